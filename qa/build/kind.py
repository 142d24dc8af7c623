"""The kind of a built file: email or page."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from qa.build.bag import BuildFile
from qa.facts import facts
from qa.finding import Fault

CERTAIN = frozenset({".eml", ".txt"})  # endings of emails
_HEAD = 200_000  # bytes read to tell an email from a page


def guessed_kind(file: BuildFile) -> str:
    """An email or a page, told from what markup weighs heavier; a message or plain text is an email."""
    from qa.build.decoding import decode
    from qa.build.mime import LARGEST_MESSAGE, is_message

    if (file.bag.size(file.name) or 0) > LARGEST_MESSAGE:
        return "email"  # nobody reads it, and that is said when its parts are gathered
    head = file.read(LARGEST_MESSAGE)[:_HEAD]
    if PurePosixPath(file.name).suffix.lower() in CERTAIN or is_message(head):
        return "email"
    try:
        text = decode(PurePosixPath(file.name).name, head).text.lower()
    except Fault:
        return "email"  # it is said again, and in full, when its parts are gathered
    weights = {kind: sum(weight for sign, weight in signs.items() if sign in text) for kind, signs in _signs().items()}
    return "page" if weights["page"] > max(weights["email"], 2) else "email"  # one weak sign alone tells nothing


@cache
def _signs() -> dict[str, dict[str, int]]:
    return {kind: facts("build_kinds")[kind] for kind in ("email", "page")}
