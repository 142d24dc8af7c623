"""Small campaigns under pytest, for tests of the plugin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qa.testing import write_campaign

LINK = "https://acme.example/book"
BUILD = '<html lang="en"><title>Hi</title><p>Hello</p><p><a href="{}">Book</a></p></html>'
ASKED = {"name": "invite", "links": [{"text": "Book", "url": LINK}]}
WAIVER = "- {{code: {}, reason: The page moves., who: Kim Osei, until: 2099-01-01}}\n"
ONLY = '[checks]\nonly = ["link-destination", "link-syntax", "subject-line", "title", "list-condition"]\n[campaigns]\nmay = ["waivers"]\n'


def write(folder: Path, url: str = LINK, **about: Any) -> Path:
    """A campaign with one link."""
    write_campaign(folder, **{"build": BUILD.format(url), "email": ASKED, **about})
    return folder


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """In a process of its own: pytester makes this one forget what a run has imported, and other tests use it."""
    return pytester.runpytest_subprocess("--qa-no-render", "-p", "no:xdist", *arguments)
