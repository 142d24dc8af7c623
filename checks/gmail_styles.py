"""Style sheets that Gmail does not read. https://github.com/hteumeuleu/email-bugs/issues?q=label%3AGmail"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import Inventory, Markup
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.markup.css import Broken, parts
from qa.markup.tokeniser import Kind
from qa.request import AskedEmail

_FOR_PHONES = re.compile(r"@media[^{}]{0,200}width", re.IGNORECASE)


@check(
    "gmail-styles",
    Code(
        "unmatched-braces",
        Severity.WARNING,
        "The braces of a style sheet do not match, so that rules may be lost.",
        "Close every { with a }, and take out a } that closes nothing.",
    ),
    Code(
        "dropped-sheet",
        Severity.WARNING,
        "Gmail drops a style sheet that holds the rules for phones.",
        "Put the rule in a rule into a <style> of its own.",
    ),
)
def gmail_styles(read: Inventory, markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """Gmail reads the style sheets of the email.

    Where Gmail does not like one rule, it drops the whole style sheet, without a word: the email looks right in every
    other program, and on a phone with Gmail it is a page for desks.

    Fails:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 600px) { .a { width: 100% } } @media screen { @font-face {
          font-family: Acme } }</style></head><body><p>Join us</p></body></html>

    Passes:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 600px) { .a { width: 100% } }</style><style>@media screen {
          @font-face { font-family: Acme } }</style></head><body><p>Join us</p></body></html>
    """
    tokens = read.read.tokens if read.read else ()
    sheets = [token for token in tokens if token.kind is Kind.RAW and token.name == "style"]
    if read.read is None or not sheets:
        raise Skip("the build has no style sheet")
    for token in sheets:
        try:
            rules = list(parts(read.read.raw.masked[token.start : token.end]))
        except Broken as broken:
            message = (
                "The braces of this style sheet do not match: the first without its other half stands here, and the "
                "mistake may be in a rule before or behind it. Gmail is said to read nothing of such a sheet, and "
                "other programs may lose the rules behind the mistake."
            )
            yield Finding("unmatched-braces", message, markup.source.place(token.start + broken.at))
            continue
        nested = [rule for rule in rules if rule.text.startswith("@") and any(a.startswith("@") for a in rule.around)]
        wrappers = {around for rule in nested for around in rule.around}
        lost = [rule for rule in rules if not rule.around and rule.text not in wrappers]
        if nested and any(_FOR_PHONES.match(rule.text) for rule in lost):  # else it is hidden from Gmail on purpose
            name = nested[0].text.split()[0]
            message = (
                f"Gmail reads nothing of this style sheet, its rules for phones included: a {name} stands in another "
                "rule with @."
            )
            yield Finding("dropped-sheet", message, markup.source.place(token.start + nested[0].start))
