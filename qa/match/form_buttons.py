"""The buttons of a page's forms: those that send them, and those that lead on or open something."""

from __future__ import annotations

from collections.abc import Sequence

from qa.artefacts import Inventory
from qa.markup.tokeniser import Kind, RawHtml, Token


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
            kind = "button" if leads.startswith(("#", "javascript:")) else ""
        if kind in ("submit", "image") and own:
            self.sending.append(token.start)
        elif kind == "button":
            (self.others if own else self.outside).append(token.start)
