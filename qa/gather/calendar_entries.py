"""Calendar entries a build offers, read from its links, the .ics files beside it and its text/calendar parts."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from qa.artefacts import Body, CalendarEntries, CalendarEntry, Link, Parts
from qa.build.addresses import file_named
from qa.build.assets import Asset
from qa.check import gatherer
from qa.facts import facts
from qa.finding import Fault
from qa.markup.merge_tag_mask import BLOT, masked
from qa.source import Place, Source
from qa.text.moments.calendar_times import Span, after, events_in, moment

_LARGEST = 2_000_000  # bytes of an .ics file
_HTTP = re.compile(r"(?:https?|webcals?):", re.IGNORECASE)
_INLINE = re.compile(r"data:text/calendar([^,]*),(.*)", re.IGNORECASE | re.DOTALL)


@gatherer()
def calendar_entries(body: Body, parts: Parts, asset: Asset) -> CalendarEntries:
    """Every entry, in the order of the links; then those of the parts of a message."""
    found: list[CalendarEntry] = []
    seen: set[str] = set()
    for link in body.links:
        if not link.outlook_only and link.href not in seen:
            seen.add(link.href)
            found += _behind(link, asset)
    for part in parts.attachments:
        if part.content_type in ("text/calendar", "application/ics") or part.name.lower().endswith(".ics"):
            name = f"the calendar part {part.name}".rstrip()
            found += _in_file(name, part.content, Place(parts.file, part="calendar"))
    return CalendarEntries(tuple(found), tuple(_unnamed(asset, {entry.where.file for entry in found})))


def _unnamed(asset: Asset, named: Collection[str]) -> Iterator[CalendarEntry]:
    """The entries of the .ics files in the build's own folder; on the web nobody can list it."""
    if asset.file is None or asset.on_web:
        return
    folder = posixpath.dirname(asset.file.name)
    for name in (posixpath.join(folder, each) for each in asset.bag.beside(asset.file.name)):
        if name.lower().endswith(".ics") and name not in named:
            yield from _in_named(name, asset)


def _behind(link: Link, asset: Asset) -> Iterator[CalendarEntry]:
    href = link.href.strip()
    if inline := _INLINE.match(href):
        content = unquote(inline[2]).encode()
        try:
            content = base64.b64decode(content) if ";base64" in inline[1].lower() else content
        except binascii.Error:
            return
        yield from _in_file("the calendar entry in the link", content, link.where, link.text)
    elif _HTTP.match(href):
        table = next((one for one in facts("calendars")["links"] if re.search(one["host"], href, re.IGNORECASE)), None)
        if table is not None:
            yield from _in_link(link, table)
    elif (name := file_named(href, asset)).lower().endswith(".ics"):
        yield from _in_named(name, asset, link.text)


def _in_named(name: str, asset: Asset, label: str = "") -> Iterator[CalendarEntry]:
    try:
        content = asset.bag.read(name, _LARGEST) if asset.bag.has(name) else b""
    except Fault:
        return
    yield from _in_file(f"the file {posixpath.basename(name)}", content, Place(name), label)


def _in_link(link: Link, table: dict[str, Any]) -> Iterator[CalendarEntry]:
    query = {key.lower(): values[0] for key, values in parse_qs(urlsplit(link.href.strip()).query).items()}
    start, _, end = query.get(table.get("span", ""), "").partition("/")
    start, end = start or query.get(table.get("start", ""), ""), end or query.get(table.get("end", ""), "")
    if not start or BLOT in masked(start + end):
        return
    zone = query.get(table.get("zone", ""), "")
    begins = moment(start, zone)
    ends = moment(end, zone) or after(begins, query.get(table.get("duration", ""), ""))
    yield CalendarEntry(table["kind"], link.where, begins, ends, start, end, link.text)


def _in_file(kind: str, content: bytes, where: Place, label: str = "") -> Iterator[CalendarEntry]:
    text = content.decode("utf-8", "replace")
    source = Source(where.file, text)
    for offset, span in events_in(text):
        place = source.place(offset) if where.line is None and not where.part else where
        yield _entry(kind, place, span, label)


def _entry(kind: str, where: Place, span: Span, label: str) -> CalendarEntry:
    return CalendarEntry(kind, where, span.start, span.end, span.written, span.ends, label)
