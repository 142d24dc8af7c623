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
from qa.links.url import bare, is_web
from qa.text.wording import loose

_LOGO = re.compile(r"(?<![a-z])logo(?:type)?(?![a-z])", re.IGNORECASE)
_LONGEST_ENTRY = 25  # characters of an entry of a navigation
_MOST_WORDS = 3
_FEWEST_ENTRIES = 3  # that make a row of links a navigation; one less in the header
_ENTRIES_ANYWHERE = 4  # in one line, wherever it stands


@gatherer()
def link_roles(body: Body, read: Inventory) -> LinkRoles:
    """The part of every link."""
    written = link_markup(read.read) if read.read and not body.is_plain else {}
    zones = Zones.of(body)
    roles = {link: _alone(link, written.get(_at(link), LinkMarkup()), zones) for link in body.links}
    for row in _rows(body.links, written):
        entries = [link for link in row if roles[link] == "text" and _is_entry(link, written[_at(link)])]
        if _is_menu(row, entries, written, zones):
            roles |= dict.fromkeys(entries, "navigation")
    return LinkRoles(roles | dict.fromkeys(_tiles(roles), "tile"))


def _is_menu(row: Sequence[Link], entries: Sequence[Link], written: Mapping[int, LinkMarkup], zones: Zones) -> bool:
    """Whether the entries of a row are a navigation: in a menu, in the frame, or many in one line and nothing else."""
    different = len({loose(link.text) for link in entries})
    if any(written[_at(link)].in_menu for link in row):
        return different > 0
    in_frame, in_header = (any(ask(link.where) for link in row) for ask in (zones.in_frame, zones.in_header))
    if in_frame and different >= _FEWEST_ENTRIES - in_header:
        return True
    lines = {written[_at(link)].line for link in row}
    return different >= _ENTRIES_ANYWHERE and len(entries) == len(row) and len(lines) == 1


def _tiles(roles: Mapping[Link, str]) -> Iterator[Link]:
    """Links of several products: each led to by its picture and its name, or all below one folder of a site."""
    shown = [link for link, role in roles.items() if role in ("picture", "text") and is_web(link.href)]
    parts: dict[str, set[str]] = {}
    for link in shown:
        parts.setdefault(bare(link.href), set()).add(roles[link])
    pairs = {place for place, both in parts.items() if len(both) > 1}
    folders: dict[str, set[str]] = {}
    for place in parts:
        folder, _, page = place.partition("?")[0].rstrip("/").rpartition("/")
        if page and folder.count("/") > 2:  # https://host/folder
            folders.setdefault(folder, set()).add(place)
    listed = set().union(*(places for places in folders.values() if len(places) >= _FEWEST_ENTRIES))
    tiles = listed | (pairs if len(pairs) > 1 else set())
    return (link for link in shown if bare(link.href) in tiles)


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


def _is_entry(link: Link, markup: LinkMarkup) -> bool:
    label = loose(link.text)
    short = 0 < len(label) <= _LONGEST_ENTRY and len(label.split()) <= _MOST_WORDS
    return short and not markup.in_heading and label not in known_labels("repeated") | known_labels("vague")


def _rows(links: Sequence[Link], written: Mapping[int, LinkMarkup]) -> Iterator[list[Link]]:
    """Links with nothing but separators between them: those of one line, and those that stand one below the other."""
    column: list[Link] = []
    for line in _lines(links, written):
        if len(line) > 1 or not written[_at(line[0])].follows:
            yield column
            column = []
        if len(line) > 1:
            yield line
        else:
            column += line
    yield column


def _lines(links: Sequence[Link], written: Mapping[int, LinkMarkup]) -> list[list[Link]]:
    """The links that a reader sees, line by line."""
    lines: list[list[Link]] = []
    for link in links:
        markup = written.get(_at(link))
        if markup is None or link.hidden or link.outlook_only:
            continue
        if lines and markup.follows and written[_at(lines[-1][-1])].line == markup.line:
            lines[-1].append(link)
        else:
            lines.append([link])
    return lines


def _at(link: Link) -> int:
    return link.where.offset or 0
