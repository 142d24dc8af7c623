"""The record of a run: the one typed result that is stored, and that every report is a function of. docs/document.md"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA = 2


@dataclass(frozen=True, slots=True)
class RunRecord:
    """The one part in which two runs over the same inputs differ. ``seconds`` it took; ``target``: the campaign."""

    id: str
    started: str  # ISO 8601, UTC
    seconds: float
    version: str
    renderer: str | None = None
    target: str = ""  # the campaign folder, or the build, seen from the working folder
    pictures: dict[str, str] = field(default_factory=dict)  # file → "sha256:…": a browser may draw a photograph anew


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """What was judged. The digests are "sha256:…" of the request's and the build's files; ``files`` are the others of
    the campaign that were read, with a digest each: pictures, copy documents, mock-ups.
    """

    id: str
    name: str
    folder: str
    platform: str | None
    requested_by: str | None
    send_at: str | None
    timezone: str | None
    request_digest: str
    build_digest: str
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProfileRecord:
    """The profile it was judged by. ``asked``: digest of what decides which findings are made (a result can be weighed
    again only where that is the same); ``digest``: of all of it. ``only`` and ``skip`` are names of checks. What the
    campaign brought of its own, tables of qa.toml and "waivers", is ``counted`` or ``unused``.
    """

    file: str | None
    digest: str
    asked: str
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictRecord:
    """The decision. ``counts`` are of findings that nobody waived, but for "waived" itself."""

    outcome: str  # "go", "held" or "incomplete"
    gate: str  # "error", "warning", "info" or "never"
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class ApprovalRecord:
    """What was accepted before this run, of an asset or (None) the request; ``verdict`` is what the report said then,
    ``reason`` why it was accepted although it was not "go".
    """

    asset: str | None
    accepted: str
    by: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A link of the frame that no list was compared with. ``part`` is the one it plays: "logo", "social" …"""

    part: str
    text: str
    href: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class AssetRecord:
    """One email or page, with its envelope. ``not_fetched``: servers it asked for something while it was drawn."""

    name: str
    kind: str
    file: str | None
    subject: str | None = None
    preheader: str | None = None
    from_name: str | None = None
    from_address: str | None = None
    not_fetched: tuple[str, ...] = ()
    frame_links: tuple[LinkRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A spot to go to. ``box`` and ``boxes`` (by view) are x, y, width, height in CSS pixels of the screenshots."""

    file: str
    line: int | None = None
    column: int | None = None
    part: str = ""
    selector: str = ""
    snippet: str | None = None
    box: tuple[int, int, int, int] | None = None
    boxes: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CauseRecord:
    """One thing a finding is about; see qa.finding.Cause."""

    kind: str
    key: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class WaiverRecord:
    """The waiver in force: its reason, who gave it, and its last day."""

    reason: str
    who: str
    until: str


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """One finding: what was seen, and what the profile made of it (``severity``, ``waived``).

    ``usual`` is the severity of its code where the profile does not say another. ``stands_for`` is more than one where
    the line only counts findings, which are then among those set aside.
    """

    id: str
    code: str
    severity: str  # "error", "warning", "info" or "review"
    usual: str
    asset: str | None
    message: str
    fix: str
    expected: str | None = None
    actual: str | None = None
    where: PlaceRecord | None = None
    view: str = ""
    request: PlaceRecord | None = None
    review: bool = False
    causes: tuple[CauseRecord, ...] = ()
    each: tuple[str, ...] = ()
    stands_for: int = 1
    waived: WaiverRecord | None = None


@dataclass(frozen=True, slots=True)
class AsideRecord:
    """A finding that was made and is not shown. ``because``: "off", "told" or "counted"; ``by``: the one shown."""

    because: str
    by: str
    finding: FindingRecord


@dataclass(frozen=True, slots=True)
class ResultRecord:
    """How one check went on one asset, None being the campaign as a whole. ``codes``: all it could have said."""

    check: str
    title: str
    asset: str | None
    kind: str
    outcome: str  # "passed", "failed", "review", "skipped" or "broken"
    reason: str
    findings: tuple[FindingRecord, ...] = ()
    set_aside: tuple[AsideRecord, ...] = ()
    codes: tuple[str, ...] = ()
    trace: str = ""  # where in the code it broke


@dataclass(frozen=True, slots=True)
class RegionRecord:
    """A part of a picture that is not as approved or designed, and what is said of it. ``box`` in pixels."""

    box: tuple[int, int, int, int]
    said: str
    in_mock_up: bool = False  # the box is in the mock-up's pixels, not in the screenshot's


@dataclass(frozen=True, slots=True)
class BaselineRecord:
    """A screenshot beside the approved one. ``outcome``: "same", "changed" or "unlike"."""

    file: str
    accepted: str
    by: str
    outcome: str
    reason: str
    regions: tuple[RegionRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class MockUpRecord:
    """A screenshot beside its mock-up; ``found``: the share of the mock-up that is in the build, 0 to 1."""

    file: str
    named: str
    found: float
    regions: tuple[RegionRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreenshotRecord:
    """A picture of an asset in a view. Sizes in CSS pixels; the file has ``ratio`` times as many."""

    asset: str
    view: str
    title: str
    client: str
    fidelity: str
    dated: str
    engine: str
    dark: bool
    images: bool
    ratio: float
    file: str
    width: int
    height: int
    note: str
    baseline: BaselineRecord | None = None
    mock_up: MockUpRecord | None = None


@dataclass(frozen=True, slots=True)
class DetailRecord:
    """The approved picture, the built one and what differs between them, in one file: for the finding that tells it."""

    asset: str
    approved: str  # as the request names it: what the finding expected
    line: int | None  # of the picture in the build
    file: str
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ViewRecord:
    """A view that was wanted of an asset: "drawn", "lost" or "missing", with the reason."""

    asset: str
    view: str
    title: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that came of one campaign. ``schema`` counts the versions of this form."""

    run: RunRecord
    campaign: CampaignRecord
    profile: ProfileRecord
    verdict: VerdictRecord
    assets: tuple[AssetRecord, ...] = ()
    results: tuple[ResultRecord, ...] = ()
    screenshots: tuple[ScreenshotRecord, ...] = ()
    views: tuple[ViewRecord, ...] = ()
    details: tuple[DetailRecord, ...] = ()
    approvals: tuple[ApprovalRecord, ...] = ()
    schema: int = SCHEMA


@cache
def _adapter() -> TypeAdapter[Record]:
    """Only who reads a record or asks for its schema pays for it."""
    from pydantic import TypeAdapter

    return TypeAdapter(Record)


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record."""
    return _adapter().json_schema()


def read_record(written: bytes) -> Record:
    """A stored record; ValueError where it is none, or one of another version."""
    return _adapter().validate_json(written)
