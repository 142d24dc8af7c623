"""Ids that stand twice, where a link or a label needs them to stand once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Inventory, Markup
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.markup.repeated_ids import RepeatedId, repeated_ids
from qa.merge_tags.conditions import Branch, branches
from qa.text.phrases import in_lines, listed
from qa.text.wording import quoted


@check(
    "repeated-ids",
    Code(
        "repeated-id",
        Severity.WARNING,
        "A link or a label points at an id that two places have.",
        "Give each place an id of its own, and point at the right one.",
    ),
)
def repeated_id(read: Inventory, markup: Markup) -> Iterator[Finding]:
    """What a link or a label points at is there once.

    A section or a field that was copied keeps its id: the second entry of a table of contents leads to the first
    section, and a click on the second label goes into the first field.

    Fails:
        page: {}
        build: <a href="#day-1">Monday</a> <h2 id="day-1">Monday</h2><h2 id="day-1">Tuesday</h2>

    Passes:
        page: {}
        build: <a href="#day-1">Monday</a> <h2 id="day-1">Monday</h2><h2 id="day-2">Tuesday</h2>
    """
    assert read.read is not None  # where there is markup, it was read from tags
    found = list(repeated_ids(read.read.raw, read.read.tokens))
    behind = branches(markup.source.text) if found else ()
    found = [one for one in found if not _apart(one.places, behind)]
    for by_label in (False, True):
        if same := [one for one in found if one.by_label == by_label]:
            yield _told(same, markup)


def _told(same: Sequence[RepeatedId], markup: Markup) -> Finding:
    places = [markup.source.place(one.places[1]) for one in same]
    named = listed(quoted(one.name) for one in same)
    ids, stand = ("id", "stands") if len(same) == 1 else ("ids", "stand")
    goes = "a click on the label goes" if same[0].by_label else "a link to it leads"
    message = f"The {ids} {named} {stand} twice{in_lines(places)}: {goes} to the first of the two."
    return Finding("repeated-id", message, places[0], actual=same[0].name, each=tuple(one.name for one in same))


def _apart(places: Sequence[int], behind: Sequence[Branch]) -> bool:
    """Whether a condition of the platform may choose one of the two places."""
    return any(len({branch.start <= place < branch.end for place in places}) > 1 for branch in behind)
