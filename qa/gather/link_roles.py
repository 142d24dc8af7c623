"""The part each link of a document plays, from its place, markup, label and target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qa.artefacts import Body, Inventory, Link, LinkRoles
from qa.check import gatherer
from qa.gather.document.link_markup import LinkMarkup, link_markup
from qa.gather.document.zones import Zones
from qa.links.anchors import is_anchor
from qa.links.contact import is_contact
from qa.links.frame import host_role, is_entrance, is_home, is_service
from qa.links.hosts import host_of, owner_of
from qa.links.naming import known_labels
from qa.links.roles import role_of
from qa.text.wording import loose

_LOGO = re.compile(r"(?<![a-z])logo(?:type)?(?![a-z])", re.IGNORECASE)
_LONGEST_ENTRY = 25  # characters of an entry of a navigation
_MOST_WORDS = 3
_FEWEST_ENTRIES = 3  # that make a row of links a navigation; one less in the header


@gatherer()
def link_roles(body: Body, read: Inventory) -> LinkRoles:
    """The part of every link."""
    written = link_markup(read.read) if read.read and not body.is_plain else {}
    zones = Zones.of(body)
    roles = {link: _alone(link, written.get(link.where.offset or 0, LinkMarkup()), zones) for link in body.links}
    for row in _rows(body.links, written):
        entries = [link for link in row if roles[link] == "text" and _is_entry(link)]
        in_menu = any(written[link.where.offset or 0].in_menu for link in row)
        enough = 1 if in_menu else _FEWEST_ENTRIES - zones.in_header(row[0].where)
        if len(entries) >= enough and (in_menu or zones.in_frame(row[0].where)):
            roles |= dict.fromkeys(entries, "navigation")
    return LinkRoles(roles)


def _alone(link: Link, markup: LinkMarkup, zones: Zones) -> str:
    """The part of a link as far as it can be told without its neighbours."""
    if found := role_of(link.href, link.text) or host_role(link.href):
        return found
    if is_contact(link.href):
        return "contact"
    if is_anchor(link.href):
        return "place"
    if is_service(link.href, link.text):
        return "service"
    if _is_logo(link, zones):
        return "logo"
    if markup.is_button or link.tag.startswith("v:"):
        return "button"
    return "picture" if link.pictures else "text"


def _is_logo(link: Link, zones: Zones) -> bool:
    """Whether a link is the sign of the house: its logo, or its name over the way to its front door."""
    named = any(_LOGO.search(name.rpartition("/")[2]) for name in (*link.pictures, link.text))
    if link.pictures and named and is_entrance(link.href):
        return True
    if not is_home(link.href) or not (link.pictures or link.text.strip()):
        return False
    brand = owner_of(host_of(link.href)).partition(".")[0].replace("-", "")
    return brand in re.sub(r"[\W_]+", "", link.text).lower() or zones.in_frame(link.where)


def _is_entry(link: Link) -> bool:
    label = loose(link.text)
    short = 0 < len(label) <= _LONGEST_ENTRY and len(label.split()) <= _MOST_WORDS
    return short and label not in known_labels("repeated") and label not in known_labels("vague")


def _rows(links: Sequence[Link], written: Mapping[int, LinkMarkup]) -> Iterator[list[Link]]:
    """Runs of links of the HTML between which nothing but separators stands."""
    row: list[Link] = []
    for link in links:
        markup = written.get(link.where.offset or 0)
        if markup is None or link.hidden or link.outlook_only:
            continue
        if not markup.follows and row:
            yield row
            row = []
        row.append(link)
    if row:
        yield row
