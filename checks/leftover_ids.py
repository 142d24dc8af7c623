"""Ids of another campaign that are left in the build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.artefacts import AlignedLinks, Body, ImageTag, Link, Parts
from qa.artefacts.causes import of_link, of_parameters, of_picture
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.request import Request
from qa.source import Source
from qa.text.wording import quoted

_TICKET = re.compile(r"([A-Za-z][A-Za-z0-9]{1,12})([-_ ])((?:\d{4}[-_])?\d{1,7})")


@check(
    "leftover-ids",
    Code(
        "leftover-id", Severity.ERROR, "The build carries the id of another campaign.", "Replace it by this campaign's."
    ),
)
def leftover_ids(request: Request, parts: Parts, body: Body | None, links: AlignedLinks | None) -> Iterator[Finding]:
    """No id of another campaign is left in the build.

    The ticket number sits in hidden fields, tracking and comments, where nobody reads it. With that of the campaign
    this one was cloned from, answers and orders are booked there.

    Fails:
        campaign: {id: MOPS-1423}
        build: <p>Quote MOPS-1399 when you call.</p>

    Passes:
        campaign: {id: MOPS-1423}
        build: <p>Quote MOPS-1423 when you call.</p>
    """
    ticket = _TICKET.fullmatch(request.id.strip())
    if ticket is None:
        raise Skip("the request's id has no pattern by which others are known")
    mine = re.compile(rf"(?<![\w-]){re.escape(ticket[1])}[-_ ]?\d(?:[\d_-]*\d)?(?![\w-])", re.IGNORECASE)
    for source in filter(None, (parts.html, parts.plain)):
        groups: dict[tuple[str, bool], list[tuple[int, Cause | None]]] = {}
        for hit in mine.finditer(source.text):
            if _is_another(hit[0], ticket) and not _is_named(hit[0], request):
                holder = _holder(hit.start(), source, body, links.unasked if links else ())
                groups.setdefault((hit[0].upper(), holder is not None), []).append((hit.start(), holder))
        for (written, _), found in sorted(groups.items(), key=lambda group: group[0][1]):
            times = f", {len(found)} times" if len(found) > 1 else ""
            message = f"The build carries {quoted(written)}{times}; this campaign is {quoted(request.id)}."
            place, about = source.place(found[0][0]), tuple(holder for _, holder in found if holder)
            yield Finding("leftover-id", message, place, request.place("id"), request.id, written, causes=about)


def _is_another(written: str, ticket: re.Match[str]) -> bool:
    """Whether an id of the same shape is another one: as long, give or take a digit."""
    mine, other = re.sub(r"\D", "", ticket[3]), re.sub(r"\D", "", written[len(ticket[1]) :])
    return mine != other and abs(len(mine) - len(other)) <= 1


def _holder(offset: int, source: Source, body: Body | None, unasked: Sequence[Link]) -> Cause | None:
    """The link or the picture in whose tag something stands."""
    if body is None or body.is_plain or source is not body.source:
        return None
    tags: list[Link | ImageTag] = [*body.links, *body.images]
    holder = max((tag for tag in tags if _start(tag) <= offset), key=_start, default=None)
    if holder is None or "<" in source.text[_start(holder) + 1 : offset]:
        return None
    if not isinstance(holder, Link):
        return of_picture(holder)
    tracking = source.text.rfind("utm_", _start(holder), offset)
    in_tracking = tracking >= 0 and not re.search(r"[&?#\"']", source.text[tracking:offset])
    return of_parameters(holder) if in_tracking and holder not in unasked else of_link(holder)


def _start(tag: Link | ImageTag) -> int:
    return tag.where.offset or 0


def _is_named(written: str, request: Request) -> bool:
    return written.casefold() in request.model_dump_json().casefold()
