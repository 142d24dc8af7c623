"""Screenshots of a run that somebody may come to accept, as they are kept in its report folder."""

from __future__ import annotations

from qa.approval import baseline
from qa.approval.comparison import baseline_screenshot
from qa.artefacts import Markup, Rendering
from qa.run import Plan

APPROVABLE = "looks.json"  # of a report folder: what `qa baseline accept` would keep of every screenshot


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
