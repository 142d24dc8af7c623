"""What somebody may come to accept of a run, as it is kept in its report folder: screenshots and contents."""

from __future__ import annotations

from qa.approval import baseline, contents
from qa.approval.comparison import baseline_screenshot
from qa.artefacts import Approval, AssetContents, CampaignContents, Markup, Rendering
from qa.finding import Fault, Skip
from qa.report.record import ApprovalRecord
from qa.run import Plan, Subject
from qa.run.needs import ASSETS

APPROVABLE = "looks.json"  # of a report folder: what `qa baseline accept` would keep of every screenshot
CONTENTS = "contents.json"  # and of every email and page, and of the request


def approvable_screenshots(plan: Plan, build: str) -> bytes:
    """What could be accepted. ``build``: the digest of what was built."""
    found = []
    for subject in plan.subjects:
        rendering, markup = subject.peek(Rendering), subject.peek(Markup)
        found += [
            baseline_screenshot(subject.name or "", screenshot, markup, build)
            for screenshot in (rendering.screenshots if rendering else ())
        ]
    return baseline.to_json(found).encode()


def approvable_contents(plan: Plan, verdict: str) -> bytes:
    """The contents of the same. ``verdict``: what the report says of them all."""
    found = [Approval(subject.name or "", held.parts, verdict) for subject in plan.subjects if (held := _held(subject))]
    return contents.to_json(found).encode("utf-8", "replace")


def approval_records(plan: Plan) -> tuple[ApprovalRecord, ...]:
    """What was accepted before; of a file that cannot be read, a check says so."""
    try:
        found = contents.approvals(plan.campaign.folder) if not plan.campaign.loose else {}
    except Fault:
        return ()
    return tuple(
        ApprovalRecord(asset or None, one.accepted, one.by, one.verdict, one.reason)
        for asset, one in sorted(found.items())
    )


def _held(subject: Subject) -> AssetContents | CampaignContents | None:
    if subject.kind not in (*ASSETS, "campaign") or subject.fault:
        return None
    try:
        held: AssetContents | CampaignContents = subject.get(
            AssetContents if subject.kind in ASSETS else CampaignContents
        )
    except (Skip, Fault):
        return None
    return held
