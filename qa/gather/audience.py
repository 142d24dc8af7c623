"""The lists of a campaign's audience, each exported list read once; of an address only a hash is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from qa.artefacts import Audience, Listing, Overlap
from qa.audience.list_file import ListFile, address_digest, each_address, masked
from qa.audience.tally import Question, counted
from qa.build.assets import Asset
from qa.build.campaign import Campaign
from qa.check import gatherer
from qa.facts import facts
from qa.files.paths import inside
from qa.files.readings import Readings
from qa.finding import Fault
from qa.merge_tags.field_names import fold
from qa.merge_tags.grammar import Grammar, grammar
from qa.merge_tags.platforms import detect
from qa.request import AskedEmail, AskedSegment, AskedVariant, Request
from qa.request.texts import used_tokens
from qa.source import Place

_WORD, _STRINGS = re.compile(r"[^\W\d]\w*"), re.compile(r"'[^']*'|\"[^\"]*\"")


@gatherer()
def listing(segment: AskedSegment, asset: Asset, request: Request, readings: Readings) -> Listing:
    """The list of one segment, and what stands in it against the request."""
    _watch(asset.folder, (segment,), request, readings)
    return _segment_listing(asset.folder, segment, request)


@gatherer()
def audience(request: Request, campaign: Campaign, readings: Readings) -> Audience:
    """The lists of all segments, and who is on two of them."""
    segments = request.audience.segments if request.audience else ()
    _watch(campaign.folder, segments, request, readings)
    listings = tuple((segment, _segment_listing(campaign.folder, segment, request)) for segment in segments)
    seeds = frozenset(map(address_digest, request.audience.seeds)) if request.audience else frozenset()
    return Audience(listings, tuple(_overlaps(campaign.folder, listings, seeds)))


def _watch(folder: Path, segments: Iterable[AskedSegment], request: Request, readings: Readings) -> None:
    written = [segment.list for segment in segments] + [*(request.audience.suppressions if request.audience else ())]
    for name in written:
        with suppress(Fault):  # which is told when the list is read
            readings.watch(inside(folder, name), name)


def _segment_listing(folder: Path, segment: AskedSegment, request: Request) -> Listing:
    asked = request.audience
    listed, said = _printed(request)
    recased = facts("list_names")["patterns"]["recased"]
    question = Question(
        segment.unique,
        tuple(dict.fromkeys([*segment.required, *([segment.unique] if segment.unique else [])])),
        _names(field for field in listed if not field.has_default),
        _names([*listed, *said]),
        _names(field for field in [*listed, *said] if re.search(recased, field.raw, re.IGNORECASE)),
        tuple(_file(folder, written) for written in asked.suppressions) if asked else (),
        asked.seeds if asked else (),
        bool(asked and asked.exclusive and len(asked.segments) > 1),
    )
    return counted(_file(folder, segment.list), question)


def _file(folder: Path, written: str) -> ListFile:
    path = inside(folder, written)
    if not path.is_file():
        raise Fault(f"{written} is not there.")
    state = path.stat()
    return ListFile(path, written, (state.st_mtime_ns, state.st_size))


@dataclass(frozen=True, slots=True)
class _Field:
    """A person's field that a merge tag prints: its name, folded, and the tag."""

    name: str
    raw: str
    has_default: bool


def _printed(request: Request) -> tuple[list[_Field], list[_Field]]:
    """The fields that the merge tags print: of those the request lists, and of those its wording holds besides."""
    parts: list[AskedEmail | AskedVariant] = [*request.emails]
    parts += [variant for email in request.emails for variant in email.variants]
    listed = [raw for part in parts for raw in part.tokens or ()]
    said = [raw for email in request.emails for raw in used_tokens(email)]
    known = grammar(request.platform or "") or grammar(detect([*listed, *said]))
    return list(_fields(listed, known)), list(_fields(said, known))


def _fields(tags: Iterable[str], known: Grammar | None) -> Iterator[_Field]:
    for raw in tags:
        if known is None:  # any word of the tag may be the name, and whether it has a default cannot be read
            yield from (_Field(fold(word), raw, True) for word in _WORD.findall(_STRINGS.sub("", raw)))
        else:
            found = (tag for tag in known.read(raw)[0] if known.fills_in(tag.name))
            yield from (_Field(fold(tag.name), raw, tag.default is not None) for tag in found)


def _names(fields: Iterable[_Field]) -> tuple[str, ...]:
    return tuple(sorted({field.name for field in fields}))


def _overlaps(
    folder: Path, listings: tuple[tuple[AskedSegment, Listing], ...], seeds: frozenset[bytes]
) -> Iterator[Overlap]:
    for (one, first), (other, second) in combinations(listings, 2):
        shared = (first.digests & second.digests) - seeds  # seeds are to be on every list
        if shared:
            file = _file(folder, other.list)
            found = ((value, row) for digest, value, row in each_address(file, second.addresses) if digest in shared)
            value, row = next(found)
            yield Overlap(one.name, other.name, len(shared), masked(value), Place(file.shown, row.line))
