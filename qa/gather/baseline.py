"""The screenshots of a build held against the approved ones in the baseline folder."""

from __future__ import annotations

from collections.abc import Iterator

from qa.approval import baseline
from qa.approval.comparison import compared
from qa.artefacts import BaselineComparison, BaselineScreenshot, Compared, Markup, Rendering
from qa.build.assets import Asset
from qa.check import gatherer
from qa.finding import Skip
from qa.profile.model import Profile


@gatherer()
def baseline_comparison(asset: Asset, rendering: Rendering, markup: Markup, profile: Profile) -> BaselineComparison:
    """Every view of an asset against the one that was accepted; Skip where none was, of no asset of the campaign."""
    accepted = baseline.load(asset.folder)
    approved = {view: one for (name, view), one in accepted.items() if name == asset.name}
    if not accepted:  # else it was renamed, or came after the approval
        raise Skip("nothing was approved yet: look at the report, then `qa baseline accept`")
    drawn = {screenshot.view.name for screenshot in rendering.screenshots}
    failed = {view.name for view, _ in (*rendering.lost, *rendering.missing)}
    undrawn = [name for name in sorted(approved) if name not in drawn]
    if profile.views:  # whoever names some does not want the others
        undrawn = [name for name in undrawn if name in failed]
    return BaselineComparison(
        tuple(_compared(asset, rendering, markup, approved, profile)),
        tuple(screenshot.view for screenshot in rendering.screenshots if screenshot.view.name not in approved),
        tuple((approved[name], _reason(name, rendering)) for name in undrawn),
    )


def _compared(
    asset: Asset, rendering: Rendering, markup: Markup, approved: dict[str, BaselineScreenshot], profile: Profile
) -> Iterator[Compared]:
    colour, area = profile.visual_colour, profile.visual_area
    for screenshot in rendering.screenshots:
        if one := approved.get(screenshot.view.name):
            before = baseline.picture(asset.folder, one)
            yield compared(screenshot, one, before, markup, colour=colour, area=area)


def _reason(name: str, rendering: Rendering) -> str:
    """Why a view that was approved is in no picture."""
    for view, reason in (*rendering.lost, *rendering.missing):
        if view.name == name:
            return reason
    return "it is not among the views that are drawn now"
