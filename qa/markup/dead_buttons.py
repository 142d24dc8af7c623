"""Tags that look like a button or a link and lead nowhere, and buttons and links in one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from qa.facts import facts
from qa.markup.tokeniser import Kind, RawHtml, Token

BUTTON_NAME = re.compile(r"(?<![a-z])(?:btn|button|cta)(?![a-z])", re.IGNORECASE)
_FILLED = re.compile(r"(?<![\w-])background(?:-color)?\s*+:(?!\s*+(?:0|none|transparent|inherit))", re.IGNORECASE)
_LONGEST_LABEL = 200  # characters
_MOST_INSIDE = 300  # tags and texts: no button holds more
_AROUND = ("a", "form", "noscript")


class DeadButton(NamedTuple):
    """Where it stands, what it says, what is wrong with it, and whether a script may still mend it."""

    start: int
    words: str
    fault: str
    doubtful: bool = False


def dead_buttons(raw: RawHtml, tokens: Sequence[Token], in_email: bool) -> Iterator[DeadButton]:
    """Links without an address that look like buttons, addresses on tags that are no links, buttons in an email."""
    open_now = dict.fromkeys(_AROUND, 0)
    for number, token in enumerate(tokens):
        if token.name in open_now and token.kind is Kind.START:
            open_now[token.name] += 1
        elif token.name in open_now and token.kind is Kind.END:
            open_now[token.name] = max(0, open_now[token.name] - 1)
        if token.kind is Kind.START:
            within = open_now["a"] if token.name != "a" else 0
            fault, doubtful = _fault(token.name, raw.attributes(token), in_email, bool(within), bool(open_now["form"]))
            words = _words(raw, tokens[number + 1 : number + _MOST_INSIDE], token.name) if fault else ("", False)
            if words[0] and not words[1]:
                yield DeadButton(token.start, words[0], fault, doubtful)


class NestedButton(NamedTuple):
    """Where the outer tag of the two stands, what the inner one says, and which is the outer: "a" or "button"."""

    start: int
    words: str
    outer: str


def nested_buttons(raw: RawHtml, tokens: Sequence[Token]) -> Iterator[NestedButton]:
    """A <button> in a link, or a link in a <button>: HTML allows neither, and mail programs and browsers differ."""
    around: dict[str, Token] = {}
    for number, token in enumerate(tokens):
        if token.name not in ("a", "button"):
            continue
        other = "button" if token.name == "a" else "a"
        if token.kind is Kind.END:
            around.pop(token.name, None)
        elif token.kind is Kind.START and (token.name == "button" or raw.attributes(token).get("href", "").strip()):
            around[token.name] = token
            if other in around:
                yield NestedButton(
                    around.pop(other).start,
                    _words(raw, tokens[number + 1 : number + _MOST_INSIDE], token.name)[0],
                    other,
                )


def _fault(name: str, attributes: Mapping[str, str], in_email: bool, in_link: bool, in_form: bool) -> tuple[str, bool]:
    """What is wrong with a tag; "" for nothing."""
    table = facts("markup")["links"]
    if in_link or not _OPENING.isdisjoint(attributes):
        return "", False
    if "href" in attributes:
        stands = name in table["on"] and bool(attributes["href"].strip())
        return (f"its address stands on a <{name}>, which is no link", not in_email) if stands else ("", False)
    if name == "button":
        return ("a <button> does nothing in an email" if in_email and not in_form else "", False)
    if name != "a":
        return "", False
    if slip := next((one for one in attributes if one in table["slips"] and attributes[one].strip()), ""):
        return f"its address stands behind {slip}=, not href=", False
    if {"name", "id"} & attributes.keys() and not BUTTON_NAME.search(attributes.get("class", "")):
        return "", False
    style = attributes.get("style", "")
    filled = _FILLED.search(style) is not None and "padding" in style
    looks = filled or "data-linkto" in attributes or BUTTON_NAME.search(attributes.get("class", ""))
    return ("its <a> has no href", not in_email) if looks else ("", False)


_OPENING = frozenset(
    ("onclick", "on", "data-toggle", "data-bs-toggle", "aria-haspopup", "aria-controls", "data-dismiss")
)


def _words(raw: RawHtml, following: Sequence[Token], name: str) -> tuple[str, bool]:
    """What stands in an element, and whether a real link does."""
    said, depth = "", 0
    for token in following:
        if token.kind is Kind.TEXT and len(said) < _LONGEST_LABEL:
            said += raw.words(token.start, token.end)
        elif token.kind is Kind.START and token.name == "a" and name != "a":
            return said, True
        elif token.kind is Kind.START and token.name == name:
            depth += 1
        elif token.kind is Kind.END and token.name == name:
            if depth == 0:
                break
            depth -= 1
    return " ".join(said.split()), False
