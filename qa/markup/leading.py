"""Addresses that an element leads to by other means than its href: a script in its attributes, a button's formaction.

https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#attr-fs-formaction
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_EVENTS = ("onclick", "onmousedown", "onmouseup", "onpointerdown", "onpointerup", "ontouchstart", "ontouchend")
_BUTTONS = ("button", "input")
_LITERAL = r"(?:\"([^\"]*+)\"|'([^']*+)'|`([^`$]*+)`)"
_GOES = re.compile(
    rf"\blocation(?:\s*\.\s*href)?\s*=(?!=)\s*{_LITERAL}"
    rf"|\blocation\s*\.\s*(?:assign|replace)\s*\(\s*{_LITERAL}"
    rf"|(?:\bwindow\s*\.\s*|(?<![\w.]))open\s*\(\s*{_LITERAL}"
)
_REFRESH = re.compile(r"\s*+(\d++)(?:\.\d*+)?\s*+(?:[;,]\s*+(?:url\s*+=\s*+)?[\"']?([^\"'\s]*+))?", re.IGNORECASE)


def led_to(name: str, attributes: Mapping[str, str]) -> str:
    """Where a click on an element leads besides its href, as far as that stands there in words; "" where nowhere."""
    if name in _BUTTONS and "formaction" in attributes:
        return attributes["formaction"].strip()
    for event in _EVENTS:
        found = _GOES.search(attributes[event]) if event in attributes else None
        address = next((each.strip() for each in found.groups() if each), "") if found else ""
        if address and not address.startswith("#"):
            return address
    return ""


def refreshed(content: str) -> tuple[int, str] | None:
    """After how many seconds a refresh leads on, and where: "" is the page itself; None where it does not."""
    found = _REFRESH.match(content)
    return (int(found[1]), found[2] or "") if found else None
