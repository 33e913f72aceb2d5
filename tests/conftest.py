"""Steady property tests: the same examples on every run, and no clock."""

from hypothesis import settings

settings.register_profile("steady", derandomize=True, database=None, deadline=None, report_multiple_bugs=False)
settings.load_profile("steady")
