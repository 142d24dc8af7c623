"""What somebody may come to accept of a run, as it is kept in its report folder: screenshots and contents."""

from __future__ import annotations

from pathlib import Path

from qa.approval import baseline, contents
from qa.approval.comparison import baseline_screenshot
from qa.artefacts import Approval, AssetContents, CampaignContents, Markup, Rendering
from qa.files.paths import content_of
from qa.finding import Fault, Skip, Unusable
from qa.report.folder import REPORT
from qa.report.record import ApprovalRecord
from qa.run import Plan, Subject
from qa.run.needs import ASSETS

APPROVABLE = "looks.json"  # of a report folder: what `qa baseline accept` would keep of every screenshot
CONTENTS = "contents.json"  # and of every email and page, and of the request


def approvable_screenshots(plan: Plan, build: str, run: str = "") -> bytes:
    """What could be accepted. ``build``: the digest of what was built; ``run``: the id of the run."""
    found = []
    for subject in plan.subjects:
        rendering, markup = subject.peek(Rendering), subject.peek(Markup)
        found += [
            baseline_screenshot(subject.name or "", screenshot, markup, build)
            for screenshot in (rendering.screenshots if rendering else ())
        ]
    return baseline.to_json(found, run).encode()


def approvable_contents(plan: Plan, verdict: str, run: str = "") -> bytes:
    """The contents of the same. ``verdict``: what the report says of them all."""
    found = [Approval(subject.name or "", held.parts, verdict) for subject in plan.subjects if (held := _held(subject))]
    return contents.to_json(found, run).encode("utf-8", "replace")


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


def refuse_mixed(folder: Path, run: str) -> None:
    """Unusable where what was looked at, or what is to be kept, is not of the run that the record is of."""
    for name, sign in ((REPORT, f'data-run="{run}"'), (APPROVABLE, f'"run": "{run}"'), (CONTENTS, f'"run": "{run}"')):
        try:
            is_of_run = sign.encode() in content_of(folder / name)
        except OSError as error:
            raise Unusable(f"{folder / name}: cannot be read ({error.strerror or error}); run `qa run` again") from None
        if not is_of_run:
            raise Unusable(f"{folder / name}: of another run than the record beside it; run `qa run` again")
