"""The lists of a campaign's audience, each exported list read once; of an address only a hash is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import combinations
from pathlib import Path

from qa.artefacts import Audience, Listing, Overlap
from qa.audience.tally import ListFile, Question, address_digest, counted, each_address, masked
from qa.build.assets import Asset
from qa.build.campaign import Campaign
from qa.check import gatherer
from qa.files.paths import inside
from qa.files.readings import Readings
from qa.finding import Fault
from qa.merge_tags.field_names import fold
from qa.merge_tags.grammar import grammar
from qa.merge_tags.platforms import detect
from qa.request import AskedEmail, AskedSegment, AskedVariant, Request
from qa.source import Place


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
    question = Question(
        segment.unique,
        tuple(dict.fromkeys([*segment.required, *([segment.unique] if segment.unique else [])])),
        _token_fields(request),
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


def _token_fields(request: Request) -> tuple[str, ...]:
    """The fields the emails print without a default, folded."""
    parts: list[AskedEmail | AskedVariant] = [*request.emails]
    parts += [variant for email in request.emails for variant in email.variants]
    asked = [raw for part in parts for raw in part.tokens or ()]
    known = grammar(request.platform or "") or grammar(detect(asked))
    tags = [tag for raw in asked for tag in known.read(raw)[0]] if known else []
    return tuple(sorted({fold(t.name) for t in tags if known and t.default is None and known.fills_in(t.name)}))


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
