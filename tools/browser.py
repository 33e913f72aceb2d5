"""The browser of this machine, for whatever here has to be seen or printed as readers have it."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = f"no Chromium here: install it, so that one of {', '.join(NAMES)} can be called"


def path():
    """Where Chromium is, or None if there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)
