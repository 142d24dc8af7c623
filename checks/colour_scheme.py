"""The declaration of styles for dark mode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import Markup
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail

_DARK_RULES = re.compile(r"@media[^{]{0,200}prefers-color-scheme\s*+:\s*+dark", re.IGNORECASE)
_DECLARED = re.compile(r"(?<![\w-])(?:supported-)?color-scheme[s]?\s*+:", re.IGNORECASE)


@check(
    "colour-scheme",
    Code(
        "undeclared-colour-scheme",
        Severity.INFO,
        "The email has styles for dark mode and does not say that it has.",
        'Add <meta name="color-scheme" content="light dark">, and the same named "supported-color-schemes".',
    ),
)
def colour_scheme(markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """An email with styles for dark mode says so.

    Apple Mail asks an email whether it knows dark mode before it uses the styles for it; one that does not answer may
    be recoloured instead.

    Fails:
        email: {}
        build: >-
          <html><head><style>@media (prefers-color-scheme: dark) { body { color: #eeeeee }
          }</style></head></html>

    Passes:
        email: {}
        build: >-
          <html><head><meta name="color-scheme" content="light dark"><style>@media (prefers-color-scheme:
          dark) { body { color: #eeeeee } }</style></head></html>
    """
    found = _DARK_RULES.search(markup.source.text)
    if found is None:
        raise Skip("the build has no styles for dark mode")
    if not {"color-scheme", "supported-color-schemes"} & set(markup.metas) and not _DECLARED.search(markup.source.text):
        message = "The email has styles for dark mode, and no color-scheme that says so."
        yield Finding("undeclared-colour-scheme", message, markup.source.place(found.start()))
