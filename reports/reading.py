"""A record in a reader's order: results sorted into what to correct, to decide, to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from qa.report import FOREMOST, Document
from qa.report.words.approved import approved_in_words
from qa.report.words.policy import policy_in_words

from .headline import headline, outcome_of
from .views import title_of, titles

ORDER = ("error", "warning", "info", "review")  # the worst first
WHOLE = "The campaign as a whole"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, with the line that stands there."""

    label: str  # "build/invite.html, line 118"
    line: int | None
    snippet: str


@dataclass(frozen=True)
class Card:
    """One finding as a reader meets it, numbered through the campaign."""

    number: int
    severity: str
    code: str
    check: str
    title: str
    asset: str | None
    message: str
    expected: str | None
    actual: str | None
    fix: str
    where: Spot | None
    request: Spot | None
    boxes: Mapping[str, tuple[float, float, float, float]]
    view: str  # the title of the one view it was found in; "" where it holds for several
    waived: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class AssetSection:
    """One asset with what was found on it. ``about`` is the document's entry, {} for the campaign as a whole."""

    name: str
    kind: str
    about: Mapping[str, Any]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How every check went on one asset, in numbers."""

    name: str
    counts: Mapping[str, int]  # error warning info review waived, and outcomes: passed skipped broken


@dataclass(frozen=True, slots=True)
class FrameLink:
    """A link of the frame; ``part`` in words."""

    part: str
    text: str
    href: str
    line: int | None


@dataclass(frozen=True)
class Reading:
    """A whole document, sorted for a reader."""

    document: Document
    word: str  # "Held"
    sentence: str
    outcome: str
    wrong: tuple[AssetSection, ...]
    review: tuple[Card, ...]
    waived: tuple[Card, ...]
    broken: tuple[Mapping[str, Any], ...]
    skipped: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]  # reason → title → assets
    passed: tuple[tuple[str, tuple[str, ...]], ...]  # asset → titles
    tallies: tuple[Tally, ...]
    approved: tuple[str, ...]  # what was accepted before, a sentence each
    frame_links: tuple[tuple[str, tuple[FrameLink, ...]], ...]  # asset → links nothing was compared with
    policy: tuple[str, ...]  # what the campaign would have set for itself, a sentence each

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every finding that counts, as numbered."""
        return (*(card for part in self.wrong for card in part.cards), *self.review)

    def count(self, outcome: str) -> int:
        """How many results went that way."""
        return sum(result["outcome"] == outcome for result in self.document["results"])


def _depth(card: Card) -> tuple[bool, int]:
    """How far down the build it stands; what stands nowhere comes last."""
    line = card.where.line if card.where else None
    return line is None, line or 0


def read_document(document: Document) -> Reading:
    """Sort a document: the worst first, assets in the order of the request."""
    cards = list(_cards(document["results"], titles(document)))
    names = _names(document, cards)
    live = sorted(
        (c for c in cards if not c.waived),
        key=lambda c: (
            c.severity == "review",
            names.index(c.asset),
            ORDER.index(c.severity),
            c.code not in FOREMOST,
            _depth(c),
        ),
    )
    numbered = [replace(card, number=number) for number, card in enumerate(live, 1)]
    word, sentence = headline(document)
    results = document["results"]
    return Reading(
        document,
        word,
        sentence,
        outcome_of(document),
        tuple(_parts(document, names, [card for card in numbered if card.severity != "review"])),
        tuple(card for card in numbered if card.severity == "review"),
        tuple(card for card in cards if card.waived),
        tuple(result for result in results if result["outcome"] == "broken"),
        _skipped(results),
        _passed(results, names),
        tuple(_tallies(results, cards, names)),
        tuple(approved_in_words(document)),
        tuple(_frame_links(document)),
        tuple(policy_in_words(document)),
    )


def _cards(results: Iterable[Mapping[str, Any]], named: Mapping[str, str]) -> Iterable[Card]:
    for result in results:
        for finding in result["findings"]:
            yield _card(result, finding, named)
        if result["outcome"] == "review" and not result["findings"]:
            message = result["reason"] or result["title"]
            yield _card(result, {"code": result["check"], "severity": "review", "message": message}, named)


def _card(result: Mapping[str, Any], finding: Mapping[str, Any], named: Mapping[str, str]) -> Card:
    where = finding.get("where")
    return Card(
        number=0,
        severity=finding["severity"] if finding["severity"] in ORDER else "info",
        code=finding["code"],
        check=result["check"],
        title=result["title"],
        asset=finding.get("asset") or result["asset"],
        message=finding["message"],
        expected=finding.get("expected"),
        actual=finding.get("actual"),
        fix=finding.get("fix") or "",
        where=spot(where),
        request=spot(finding.get("request")),
        boxes={view: tuple(box) for view, box in ((where or {}).get("boxes") or {}).items() if len(box) == 4},
        view=title_of(finding, named),
        waived=finding.get("waived"),
    )


def sides(document: Document, finding: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The two values to set side by side, each with its label; of a request alone, nothing is built."""
    labels = ("Expected", "Found") if "readiness" in document else ("Asked for", "Built")
    for label, value in zip(labels, (finding["expected"], finding["actual"]), strict=True):
        if value is not None:
            yield label, value


def spot(place: Mapping[str, Any] | None) -> Spot | None:
    """A place of the document in words: «build/invite.eml, HTML part, line 12»."""
    if not place:
        return None
    part = {"html": "HTML part", "text": "plain-text part", "headers": "headers"}.get(
        place.get("part") or "", place.get("part")
    )
    line = f"line {place['line']:,}" if place.get("line") else ""
    return Spot(", ".join(filter(None, (place["file"], part, line))), place.get("line"), place.get("snippet") or "")


def _names(document: Document, cards: Sequence[Card]) -> list[str | None]:
    """The assets in the order of the request, the campaign as a whole first."""
    listed = [asset["name"] for asset in document["assets"]]
    others = [result["asset"] for result in document["results"]] + [card.asset for card in cards]
    return list(dict.fromkeys([None, *listed, *others]))


def _parts(document: Document, names: Sequence[str | None], cards: Sequence[Card]) -> Iterable[AssetSection]:
    about = {asset["name"]: asset for asset in document["assets"]}
    for name in names:
        if found := tuple(card for card in cards if card.asset == name):
            entry = about.get(name, {})
            yield AssetSection(name or WHOLE, entry.get("kind", "campaign"), entry, found)


def _skipped(results: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    reasons: dict[str, dict[str, list[str]]] = {}
    for result in results:
        if result["outcome"] == "skipped":
            titles = reasons.setdefault(result["reason"], {})
            titles.setdefault(result["title"], []).append(result["asset"] or WHOLE)
    ordered = sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple((reason, tuple((title, tuple(on)) for title, on in titles.items())) for reason, titles in ordered)


def _passed(
    results: Sequence[Mapping[str, Any]], names: Sequence[str | None]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    by_asset: dict[str | None, list[str]] = {name: [] for name in names}
    for result in results:
        if result["outcome"] == "passed":
            by_asset[result["asset"]].append(result["title"])
    return tuple((name or WHOLE, tuple(titles)) for name, titles in by_asset.items() if titles)


def _tallies(
    results: Sequence[Mapping[str, Any]], cards: Sequence[Card], names: Sequence[str | None]
) -> Iterable[Tally]:
    counts: dict[str | None, dict[str, int]] = {
        name: dict.fromkeys((*ORDER, "waived", "passed", "skipped", "broken"), 0) for name in names
    }
    for card in cards:
        counts[card.asset]["waived" if card.waived else card.severity] += 1
    for result in results:
        if result["outcome"] in ("passed", "skipped", "broken"):
            counts[result["asset"]][result["outcome"]] += 1
    return (Tally(name or WHOLE, count) for name, count in counts.items() if any(count.values()))


def _frame_links(document: Document) -> Iterator[tuple[str, tuple[FrameLink, ...]]]:
    for asset in document["assets"]:
        links = asset.get("frame_links") or ()
        if links:
            shown = (FrameLink(_part(one["part"]), one["text"], one["href"], one.get("line")) for one in links)
            yield asset["name"], tuple(shown)


def _part(part: str) -> str:
    return part.replace("-", " ").capitalize()


def moment(text: str | None) -> str:
    """«2026-03-10T09:00» as «10 March 2026, 09:00»; what is no date stays as it is."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return text or ""
    zone = f" {at:%Z}" if at.tzinfo else ""
    return f"{at.day} {at:%B %Y, %H:%M}{zone}"
