"""The addresses of the repository and of the published site, which stand in _config.yml and nowhere else."""

import functools
import re

import yaml

from run_notebooks import ROOT

PLACEHOLDER = re.compile(r"\b(OWNER|REPOSITORY)\b")


def repository():
    """Where the repository is; None while that is not set."""
    return _address("repository", "url")


def site():
    """Where the book is published; None while that is not set."""
    return _address("html", "baseurl")


def _address(section, key):
    settings = _settings((ROOT / "_config.yml").read_text(encoding="utf-8"))
    address = (settings[section][key] or "").rstrip("/")
    return None if not address or PLACEHOLDER.search(address) else address


@functools.cache
def _settings(text):
    """The settings in a text; they are asked for at every link of every copy."""
    return yaml.safe_load(text)
