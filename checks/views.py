"""Views that could not be drawn."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Rendering
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.text.phrases import listed

_MOST = 3  # views that one message names


@check(
    "views",
    Code(
        "lost-view",
        Severity.WARNING,
        "A picture of the build could not be taken.",
        "Open the build in a browser: does it hang there, too? Else run the check once more.",
    ),
)
def views(rendering: Rendering) -> Iterator[Finding]:
    """Every view that was wanted is drawn.

    A view that was not drawn was not looked at: what is broken in it, the reader finds.

    Fails:
        page: {}
        build: <body><p>Save your seat<script>onresize = () => { if (innerWidth > 900) for (;;); }</script></body>

    Passes:
        page: {}
        build: <body><p>Save your seat</body>
    """
    for view, reason in rendering.lost:
        yield Finding("lost-view", f"{view.title} was not drawn: {reason}", view=view.name)
    if rendering.missing and not rendering.lost:
        reasons = dict.fromkeys(reason for _, reason in rendering.missing)
        raise Skip(f"not drawn: {listed((view.title for view, _ in rendering.missing), _MOST)}. {' '.join(reasons)}")
