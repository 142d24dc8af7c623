"""The contents of a campaign held against those that were approved."""

from __future__ import annotations

from qa.approval.contents import approvals
from qa.approval.line_changes import line_changes
from qa.artefacts import (
    Approval,
    AssetChanges,
    AssetContents,
    CampaignChanges,
    CampaignContents,
    ContentChange,
    Contents,
)
from qa.build.assets import Asset
from qa.build.campaign import Campaign
from qa.check import gatherer
from qa.finding import Skip


@gatherer()
def asset_changes(asset: Asset, contents: AssetContents) -> AssetChanges:
    """An email or page since it was accepted; Skip where nothing of the campaign was."""
    approved = approvals(asset.folder)
    if not approved:
        raise Skip("nothing was approved yet: look at the report, then `qa baseline accept`")
    approval = approved.get(asset.name)
    return AssetChanges(approval, _changed(approval, contents) if approval else {})


@gatherer()
def campaign_changes(campaign: Campaign, contents: CampaignContents) -> CampaignChanges:
    """The request and the profile since the campaign was accepted; Skip where it was not."""
    approval = approvals(campaign.folder).get("")
    if approval is None:
        raise Skip("nothing was approved yet: look at the report, then `qa baseline accept`")
    return CampaignChanges(approval, _changed(approval, contents))


def _changed(approval: Approval, contents: Contents) -> dict[str, tuple[ContentChange, ...]]:
    found = {}
    for part, lines in contents.parts.items():
        changes = line_changes(approval.parts.get(part, ()), lines)
        placed = [ContentChange(was, now, contents.places.get((part, now)) if now else None) for was, now in changes]
        if placed:
            found[part] = tuple(placed)
    return found
