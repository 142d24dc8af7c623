"""Tracking parameters whose value is still that of a template."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedLinks, Link, Links
from qa.artefacts.causes import of_link, of_parameters
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.naming import name_of
from qa.links.tracking import is_tracked, parameters_of
from qa.match.tracked_links import plan_of
from qa.request import AskedAsset, Request
from qa.text.phrases import begun
from qa.text.placeholders import is_unfilled_tracking


@check(
    "unfilled-tracking",
    Code(
        "unfilled-tracking",
        Severity.ERROR,
        "A tracking parameter still holds what stands in templates.",
        "Write the value of this campaign.",
    ),
)
def unfilled_tracking(
    request: Request, asked: AskedAsset, links: Links, aligned: AlignedLinks | None
) -> Iterator[Finding]:
    """Every tracking parameter has a value of its own.

    “TBD”, “XXX” and “campaign_name” are counted as campaigns of that name, together with those of everybody else who
    forgot to write one.

    Fails:
        email: {}
        build: <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=TBD">Book</a>

    Passes:
        email: {}
        build: <a href="https://acme.example/book?utm_source=news&amp;utm_campaign=spring">Book</a>
    """
    tracked = [link for link in links.built if is_tracked(link.href)]
    if not tracked:
        raise Skip("no link carries tracking parameters")
    planned = set(_planned(request, asked))
    groups: dict[tuple[str, str], list[Link]] = {}
    for link in tracked:
        for name, value in parameters_of(link.href).items():
            if value not in planned and is_unfilled_tracking(value):
                groups.setdefault((name, value), []).append(link)
    unasked = aligned.unasked if aligned else ()
    for (name, value), together in groups.items():
        more = f" and {len(together) - 1} more" if len(together) > 1 else ""
        message = f"{begun(name_of(together[0]))}{more} carries {name}={value}: that is what stands in templates."
        about = tuple(of_link(link) if link in unasked else of_parameters(link) for link in together)
        each = tuple(f"{link.text} {link.href}" for link in together)
        yield Finding("unfilled-tracking", message, together[0].where, actual=value, each=each, causes=about)


def _planned(request: Request, asked: AskedAsset) -> Iterator[str]:
    """The values that the request gives: what is still to come in it is a question of its own."""
    plan = plan_of(request, asked)
    yield from plan.utm.parameters().values() if plan else ()
    for link in asked.links or ():
        yield from link.utm.parameters().values()
        yield from parameters_of(link.url).values()
