"""Bad input gets an error that names argument, rule and value: held to the letter."""

import re

import pytest


def refuses(call, error, message):
    """Assert that a call raises that error, with that text in its message."""
    with pytest.raises(error, match=re.escape(message)):
        call()
