"""Words that a style sheet writes into an email: content of ::before and ::after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from qa.artefacts import Inventory, Markup, RawTokens
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.markup.css import Rule, declarations, rules, selectors_of
from qa.markup.tokeniser import Kind
from qa.request import AskedEmail
from qa.source import Text
from qa.text.phrases import in_lines, listed
from qa.text.wording import folded, quoted

_PSEUDO = re.compile(r"::?(?:before|after)\b", re.IGNORECASE)
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'", re.DOTALL)
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_NAMED = re.compile(r"[.#]([\w-]++)")
_WORD = re.compile(r"[^\W\d_]{3,}")  # letters; a symbol of an icon font is one or two


@check(
    "generated-text",
    Code(
        "generated-text",
        Severity.WARNING,
        "Words stand in the style sheet, where many readers do not see them (Can I email, data of 2026-05).",
        "Write them into the HTML itself.",
    ),
)
def generated_text(asked: AskedEmail, read: Inventory, markup: Markup) -> Iterator[Finding]:
    """What the email says stands in its HTML, not in its style sheet.

    Gmail and Outlook on Windows leave out what ::before and ::after add. And nobody who corrects the copy finds it
    there: neither a placeholder nor last year's price.

    Fails:
        email: {}
        build: <style>.deal::after { content:" Save 30%" }</style><p class="deal">Spring sale.</p>

    Passes:
        email: {}
        build: <style>.deal::after { content:" ›" }</style><p class="deal">Spring sale. Save 30%</p>
    """
    assert read.read is not None  # where there is markup, it was read from tags
    if found := list(_written(read.read, markup)):
        named = listed(quoted(one.value) for one in found)
        stand, them = ("stands", "it") if len(found) == 1 else ("stand", "them")
        message = (
            f"{named} {stand} in the style sheet{in_lines([one.where for one in found])}: Gmail and Outlook on Windows "
            f"do not show {them}."
        )
        each = tuple(one.value for one in found)
        yield Finding("generated-text", message, found[0].where, actual=each[0], each=each)


def _written(read: RawTokens, markup: Markup) -> Iterator[Text]:
    """The words of rules that apply to something everywhere; what a rule for phones adds, the others do without."""
    names = _names(read)
    for tag, content in pairwise(read.tokens):
        if content.kind is Kind.RAW and content.name == "style" and tag.kind is Kind.START:
            for rule in rules(read.raw.masked[content.start : content.end]):
                if not rule.around and _applies(rule, names):
                    place = markup.source.place(content.start + rule.offset)
                    yield from (Text(words, place) for words in _words(rule.body))


def _applies(rule: Rule, names: frozenset[str]) -> bool:
    adding = [one for one in selectors_of(rule.selector) if _PSEUDO.search(one)]
    return any(names.issuperset(_NAMED.findall(one)) for one in adding)


def _words(body: str) -> Iterator[str]:
    for declaration in declarations(body):
        if declaration.name == "content":
            said = "".join(hit[1] or hit[2] or "" for hit in _STRING.finditer(declaration.value))
            words = folded(_ESCAPED.sub(_unescaped, said))
            if _WORD.search(words):
                yield words


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else 0
    return chr(code) if 0 < code < 0x110000 else found[2] or ""


def _names(read: RawTokens) -> frozenset[str]:
    """Every class and id there is."""
    attributes = (read.raw.attributes(token) for token in read.tokens if token.kind is Kind.START)
    return frozenset(name for one in attributes for key in ("class", "id") for name in one.get(key, "").split())
