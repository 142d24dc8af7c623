"""The record of a run, made from what was gathered and judged, and the JSON it is stored as."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from qa.artefacts import AlignedLinks, Email, KnownLinks, LinkRoles, Rendering
from qa.build.assets import Asset
from qa.build.digest import digest
from qa.finding import Judged
from qa.links.naming import name_of
from qa.match.frame_links import uncompared
from qa.profile.model import Profile
from qa.render.origin import ORIGIN
from qa.report.approvable import approval_records
from qa.report.pictures_beside import beside, details, pictures_beside
from qa.report.quotes import Quotes, quotes_of
from qa.report.read_files import build_files, other_files, request_files
from qa.report.record import (
    AsideRecord,
    AssetRecord,
    CampaignRecord,
    CauseRecord,
    FindingRecord,
    LinkRecord,
    PlaceRecord,
    ProfileRecord,
    Record,
    ResultRecord,
    RunRecord,
    ScreenshotRecord,
    VerdictRecord,
    ViewRecord,
    WaiverRecord,
)
from qa.request import AskedAsset
from qa.run import Plan, Subject
from qa.source import Place
from qa.text.leaving import escaped_json
from qa.verdict.judge import Verdict, Weight

_SERVER = re.compile(r"[a-z]+://([^/?#]+)")

Document = Mapping[str, Any]


def build_record(plan: Plan, verdict: Verdict, about: RunRecord) -> Record:
    """The record of one run. ``about`` is its "run" part: the only one two runs over the same inputs differ in."""
    quotes = quotes_of(plan)
    request = plan.request
    renderers = {
        screenshot.renderer
        for subject in plan.subjects
        if (r := subject.peek(Rendering))
        for screenshot in r.screenshots
    }
    return Record(
        run=replace(about, renderer=", ".join(sorted(filter(None, renderers))) or None, pictures=_digests(plan)),
        campaign=CampaignRecord(
            id=request.id,
            name=request.name,
            folder=plan.campaign.name,
            platform=request.platform,
            requested_by=request.requested_by,
            send_at=request.send.at.isoformat() if request.send else None,
            timezone=request.send.timezone if request.send else None,
            request_digest=digest(request_files(plan)),
            build_digest=digest(build_files(plan)),
            files=other_files(plan),
        ),
        profile=profile_record(plan.session.profile),
        verdict=verdict_record(verdict),
        assets=tuple(_asset(subject) for subject in plan.subjects if Asset in subject.given),
        results=tuple(_result(weight, quotes) for weight in verdict.results),
        screenshots=tuple(screenshot for subject in plan.subjects for screenshot in _screenshots(subject)),
        details=tuple(detail for subject in plan.subjects for detail in details(subject, picture_name)),
        views=tuple(view for subject in plan.subjects for view in _views(subject)),
        approvals=approval_records(plan),
    )


def as_stored(record: Record) -> str:
    """The record as the JSON that is stored."""
    return as_json(asdict(record))


def as_document(stored: str) -> dict[str, Any]:
    """A stored record as plain dictionaries and lists: what writers are given."""
    document: dict[str, Any] = json.loads(stored)
    return document


def as_json(document: Document | Sequence[Document]) -> str:
    """A document as it is stored; half a surrogate pair, of a name or an address, is no text and becomes “?”."""
    text = json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    return escaped_json(text.encode("utf-8", "replace").decode("utf-8"))


def picture_name(asset: str, view: str) -> str:
    """The file of a screenshot, relative to the document: readable, and unique whatever the asset is called."""
    plain = "".join(c if c.isalnum() and c.isascii() else "-" for c in asset.lower())[:60].strip("-")
    return f"screenshots/{plain}-{hashlib.sha256(asset.encode()).hexdigest()[:6]}-{view}.png"


def pictures(plan: Plan) -> Iterable[tuple[str, bytes]]:
    """Every screenshot with the file name the document gives it."""
    for subject in plan.subjects:
        if rendering := subject.peek(Rendering):
            yield from (
                (picture_name(subject.name or "", screenshot.view.name), screenshot.png)
                for screenshot in rendering.screenshots
            )
        yield from pictures_beside(subject, picture_name)


def _digests(plan: Plan) -> dict[str, str]:
    return {name: digest_of(content) for name, content in pictures(plan)}


def profile_record(profile: Profile) -> ProfileRecord:
    """What is kept of a profile."""
    return ProfileRecord(
        profile.file.name if profile.file else None,
        _fingerprint(profile.asked | profile.weighed),
        _fingerprint(profile.asked),
        profile.only,
        profile.skip,
        profile.counted,
        profile.unused,
    )


def _fingerprint(told: Mapping[str, Any]) -> str:
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return digest_of(text.encode("utf-8", "replace"))


def digest_of(content: bytes) -> str:
    """A digest as a record writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def verdict_record(verdict: Verdict) -> VerdictRecord:
    """What is kept of a verdict, but for the findings."""
    gate = verdict.gate.value if verdict.gate else "never"
    return VerdictRecord(verdict.decision.value, gate, dict(sorted(verdict.counts.items())))


def _asset(subject: Subject) -> AssetRecord:
    asset = subject.given[Asset]
    assert isinstance(asset, Asset)
    email = subject.peek(Email)
    envelope = email.envelope if email else None
    asked = subject.given.get(AskedAsset)
    return AssetRecord(
        name=subject.name or "",
        kind=subject.kind,
        file=asset.file.name if asset.file else getattr(asked, "build", None),
        subject=envelope.subject.value if envelope and envelope.subject else None,
        preheader=envelope.preheader.value if envelope and envelope.preheader else None,
        from_name=envelope.from_name.value if envelope and envelope.from_name else None,
        from_address=envelope.from_address.value if envelope and envelope.from_address else None,
        not_fetched=_not_fetched(subject.peek(Rendering)),
        frame_links=tuple(_frame_links(subject)),
    )


def _not_fetched(rendering: Rendering | None) -> tuple[str, ...]:
    """The servers outside that were asked without an answer: of an encrypted request, nothing more is known."""
    outside = (url for url in rendering.refused if not url.startswith(f"{ORIGIN}/")) if rendering else ()
    return tuple(sorted({found[1] for url in outside if (found := _SERVER.match(url))}))


def _frame_links(subject: Subject) -> Iterable[LinkRecord]:
    roles, known = subject.peek(LinkRoles), subject.peek(KnownLinks)
    if roles and known:
        for part, link in uncompared(roles, known, subject.peek(AlignedLinks)):
            yield LinkRecord(part, name_of(link), link.href, link.where.line)


def _result(weight: Weight, quotes: Quotes) -> ResultRecord:
    result = weight.result
    usual = {code.name: code.severity.value for code in result.codes}

    def finding(judged: Judged) -> FindingRecord:
        return _finding(judged, result.asset, usual[judged.finding.code], quotes)

    return ResultRecord(
        check=result.check,
        title=result.title,
        asset=result.asset,
        kind=result.kind,
        outcome=weight.outcome.value,
        reason=weight.reason,
        findings=tuple(map(finding, weight.judged)),
        set_aside=tuple(AsideRecord(each.because, each.by, finding(each.judged)) for each in weight.set_aside),
        codes=tuple(usual),
        trace=result.trace,
    )


def _finding(judged: Judged, asset: str | None, usual: str, quotes: Quotes) -> FindingRecord:
    finding = judged.finding
    return FindingRecord(
        id=finding.id,
        code=finding.code,
        severity=judged.severity.value if judged.severity else "review",
        usual=usual,
        asset=asset,
        message=finding.message,
        fix=judged.fix,
        expected=finding.expected,
        actual=finding.actual,
        where=_place(finding.where, asset, quotes, finding.view),
        view=finding.view,
        request=_place(finding.request, None, quotes),
        review=finding.review,
        causes=tuple(CauseRecord(cause.kind, cause.key, cause.name) for cause in finding.causes),
        each=finding.each,
        stands_for=judged.stands_for,
        waived=waiver_record(judged),
    )


def waiver_record(judged: Judged) -> WaiverRecord | None:
    """The waiver in force for a finding."""
    waiver = judged.waiver
    return WaiverRecord(waiver.reason, waiver.who, waiver.until.isoformat()) if waiver else None


def _place(place: Place | None, asset: str | None, quotes: Quotes, view: str = "") -> PlaceRecord | None:
    if place is None:
        return None
    boxes = {name: box for name, box in quotes.boxes(asset, place).items() if view in ("", name)}
    widest = next(reversed(boxes.values()), None)
    snippet = quotes.snippet(place)
    return PlaceRecord(place.file, place.line, place.column, place.part, place.selector, snippet, widest, boxes)


def _screenshots(subject: Subject) -> Iterable[ScreenshotRecord]:
    rendering = subject.peek(Rendering)
    for screenshot in rendering.screenshots if rendering else ():
        view = screenshot.view
        approved, mock_up = beside(subject, view, picture_name)
        yield ScreenshotRecord(
            asset=subject.name or "",
            view=view.name,
            title=view.title,
            client=view.client,
            fidelity=view.fidelity.value,
            dated=view.dated.isoformat(),
            engine=screenshot.renderer,
            dark=view.dark,
            images=view.images,
            ratio=view.ratio,
            file=picture_name(subject.name or "", view.name),
            width=screenshot.width,
            height=screenshot.height,
            note="; ".join(filter(None, (screenshot.note, view.note))),
            baseline=approved,
            mock_up=mock_up,
        )


def _views(subject: Subject) -> Iterable[ViewRecord]:
    """Every view that was wanted of an asset, and whether it came."""
    rendering = subject.peek(Rendering)
    if rendering is None:
        return
    outcomes = [(screenshot.view, "drawn", "") for screenshot in rendering.screenshots]
    outcomes += [(view, "lost", reason) for view, reason in rendering.lost]
    outcomes += [(view, "missing", reason) for view, reason in rendering.missing]
    for view, outcome, reason in outcomes:
        yield ViewRecord(subject.name or "", view.name, view.title, outcome, reason)
