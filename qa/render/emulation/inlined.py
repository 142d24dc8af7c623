"""A message where <style> is not read: its style attributes, with its sheets inlined before or not.

A client without <style> keeps style attributes and nothing of the sheets: `no_style`. Whether the sheets were inlined
before is not the client's doing but the platform's, when it sends. So the honest picture has two steps: `inlined`,
where the platform does that (`as_sent`), and then `no_style`. Where nothing is known of a platform, the build is shown
as it is.
"""

from __future__ import annotations

from qa.artefacts import View
from qa.facts import facts
from qa.markup.tokeniser import Kind, RawHtml, Token
from qa.render.emulation.edits import Edit, edited, read
from qa.render.emulation.inlining import with_styles_inlined


def no_style(html: str, view: View) -> str:
    """The document without style sheets."""
    raw, tokens = read(html)
    return edited(html, [Edit(token.start, token.end) for token in tokens if _of_a_sheet(raw, token)])


def inlined(html: str, view: View) -> str:
    """The document with its sheets inlined and kept, as senders' tools do it. Fault where they cannot be worked out."""
    return with_styles_inlined(html)


def as_sent(platform: str, switched_on: bool | None = None) -> tuple[str, ...]:
    """The transforms that come before all others, for builds of a platform: "inlined" where it inlines when it sends.

    ``switched_on``: what the team says of its own account; None where it says nothing and the default holds.
    """
    known = facts("inlining")["platforms"].get(platform, {}).get("when", "")
    by_default = known == "default" if switched_on is None else switched_on
    return ("inlined",) if by_default else ()


def _of_a_sheet(raw: RawHtml, token: Token) -> bool:
    if token.name == "style":
        return True
    is_link = token.name == "link" and token.kind is Kind.START
    return is_link and "stylesheet" in raw.attributes(token).get("rel", "").lower().split()
