"""The buttons of a page's forms: those that send them, and those that lead on or open something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.artefacts import Inventory
from qa.links.url import runs_script
from qa.markup.tokeniser import Kind, RawHtml, Token

_SPOKEN = ("alt", "aria-label", "title")


class FormButtons:
    """The buttons of some forms, by offset: those that send them, and the others, which lead on or open something."""

    def __init__(self, read: Inventory, forms: set[int]) -> None:
        self.sending: list[int] = []
        self.others: list[int] = []
        self.outside: list[int] = []
        if read.read is not None:
            self._collect(read.read.raw, read.read.tokens, forms)
        if not self.sending:  # a script sends what is filled in
            self.sending, self.others = self.others, []

    def _collect(self, raw: RawHtml, tokens: Sequence[Token], forms: set[int]) -> None:
        names = {raw.attributes(t).get("id", "") for t in tokens if t.kind is Kind.START and t.start in forms} - {""}
        within: bool | None = None  # one of the forms; None outside of any
        for token in tokens:
            if token.name == "form" and token.kind is Kind.END:
                within = None
            elif token.kind is Kind.START and token.name == "form" and within is None:
                within = token.start in forms
            elif token.kind is Kind.START and token.name in ("button", "input", "a"):
                attributes = raw.attributes(token)
                own = attributes["form"] in names if "form" in attributes and token.name != "a" else bool(within)
                self._put(token, dict(attributes), own)

    def _put(self, token: Token, attributes: dict[str, str], own: bool) -> None:
        kind = attributes.get("type", "").strip().lower()
        if token.name == "button":
            kind = kind if kind in ("button", "reset") else "submit"
        elif token.name == "a":
            leads = attributes.get("href", "#").strip().lower()
            kind = "button" if leads.startswith("#") or runs_script(leads) else ""
        if kind in ("submit", "image") and own:
            self.sending.append(token.start)
        elif kind == "button":
            (self.others if own else self.outside).append(token.start)


def unnamed_buttons(raw: RawHtml, tokens: Sequence[Token]) -> list[int]:
    """The offsets of buttons in forms that have no words, neither to be seen nor to be heard."""
    found, within = [], False
    for number, token in enumerate(tokens):
        if token.name == "form":
            within = token.kind is Kind.START
        elif within and token.kind is Kind.START and token.name in ("button", "input"):
            attributes = raw.attributes(token)
            said = any(attributes.get(name, "").strip() for name in ("aria-label", "aria-labelledby", "title"))
            silent = _is_silent(raw, tokens[number + 1 :]) if token.name == "button" else _says_nothing(attributes)
            if silent and not said and "hidden" not in attributes:
                found.append(token.start)
    return found


def _says_nothing(attributes: Mapping[str, str]) -> bool:
    """Whether an <input> is a button without words; one that sends has words of its own where none are written."""
    kind = attributes.get("type", "").strip().lower()
    if kind == "image":
        return not attributes.get("alt", "").strip()
    written = attributes.get("value", "" if kind == "button" else kind)
    return kind in ("submit", "button", "reset") and not written.strip()


def _is_silent(raw: RawHtml, following: Sequence[Token]) -> bool:
    for token in following:
        if token.name == "button" and token.kind is Kind.END:
            return True
        if token.kind is Kind.TEXT and raw.words(token.start, token.end).strip():
            return False
        if token.kind is Kind.START:
            attributes = raw.attributes(token)
            if token.name == "title" or any(attributes.get(name, "").strip() for name in _SPOKEN):
                return False
    return True
