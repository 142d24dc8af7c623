"""The request and the team's profile, beside those under which a campaign was approved."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import CampaignChanges
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.match.changes import named, since, together
from qa.text.phrases import begun, listed
from qa.text.wording import quoted

_ACCEPT = "Have the one who approved it look at what changed, then accept the new report with `qa baseline accept`."


@check(
    "approved-request",
    Code("changed-request", Severity.WARNING, "The request is not the one that was approved.", _ACCEPT),
    Code("changed-profile", Severity.WARNING, "The profile (qa.toml) is not the one it was approved under.", _ACCEPT),
    Code(
        "dropped-asset",
        Severity.WARNING,
        "An email or page that was approved is no more in the request.",
        "Put it back; or forget its approval with `qa baseline drop`.",
    ),
    Code(
        "rewritten-request",
        Severity.INFO,
        "The file of the request was changed after the approval, in nothing that it asks for.",
        "Look at what was changed, then accept the new report with `qa baseline accept`.",
    ),
)
def approved_request(changes: CampaignChanges) -> Iterator[Finding]:
    """What was asked for, and the rules it is judged by, are those of the approval.

    A build that passes is right as far as its request is. Where the request was made to fit the build after somebody
    had approved both, or the profile switched a check off, GO says less than it did.

    Fails:
        email: {}
        campaign: {name: Spring sale}
        build: <p>Hello</p>
        approved: {campaign: {name: Winter sale}, build: <p>Hello</p>}

    Passes:
        email: {}
        build: <p>Hello</p>
        approved: <p>Hello</p>
    """
    parts, approval = changes.parts, changes.approval
    if approval is None:
        return
    asked = [(change, named(change)) for change in parts.get("request", ())]
    yield from together("changed-request", asked, approval)
    yield from together("changed-profile", ((each, named(each)) for each in parts.get("profile", ())), approval)
    gone = [each.was[1] for each in parts.get("assets", ()) if each.was]
    if gone:
        verb = "are" if len(gone) > 1 else "is"
        message = f"{begun(since(approval))}: {listed(map(quoted, gone))} {verb} no more in the request."
        yield Finding("dropped-asset", message, each=tuple(gone))
    if not asked and not gone and "files" in parts:
        names = listed(line[0] for each in parts["files"] for line in (each.now or each.was,) if line)
        yield Finding("rewritten-request", f"{names} was written anew {since(approval)}, and asks for the same.")
