"""What a vague link («click here») is for, by the sentence it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qa.artefacts import Link, Markup
from qa.links.naming import known_labels
from qa.links.roles import mentions, role_of, speaks_of_trouble
from qa.match.link_blocks import links_by_block
from qa.text.wording import loose

_ROLES = ("unsubscribe", "preferences", "view-in-browser", "forward", "privacy", "imprint")
_LONGEST = 400  # characters; a longer text says more than one thing


def spoken_roles(markup: Markup, links: Iterable[Link]) -> Mapping[Link, str]:
    """The roles of the links that say nothing themselves and are the only such link of their sentence."""
    vague = [link for link in links if loose(link.text) in known_labels("vague") and not role_of(link.href, "")]
    found: dict[Link, str] = {}
    for number, inside in (links_by_block(markup, vague) if vague else {}).items():
        text = markup.blocks[number].text if number >= 0 else ""
        if len(inside) == 1 and len(text) <= _LONGEST and (role := _role_in(text)):
            found[inside[0]] = role
    return found


def _role_in(sentence: str) -> str:
    """The role a sentence speaks of; "" for none."""
    said = next((role for role in _ROLES if mentions(role, sentence)), "")
    return said or ("view-in-browser" if speaks_of_trouble(sentence) else "")
