"""The marks of Outlook's dark mode. https://www.hteumeuleu.com/2019/dealing-with-outlook-com-s-dark-mode/"""

from __future__ import annotations

from qa.artefacts import View
from qa.markup.tokeniser import Kind
from qa.render.emulation.edits import read

MARK = ' data-qa-outlook=""'


def dark(html: str, view: View) -> str:
    """The document, marked where its style sheets speak of data-ogsc or data-ogsb: darken.js then sets those."""
    del view
    if "data-og" not in html or MARK in html:
        return html
    _, tokens = read(html)
    at = 0
    for token in tokens:
        if token.kind is Kind.START:
            if token.name == "html":
                behind = token.start + len("<html")
                return html[:behind] + MARK + html[behind:]
            break
        if token.kind is Kind.DECLARATION:
            at = token.end
    return f"{html[:at]}<html{MARK}>{html[at:]}"
