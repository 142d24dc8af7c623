"""Pictures of the template, in the place of the real ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qa.artefacts import Images, causes
from qa.check import check
from qa.facts import compiled, facts
from qa.finding import Code, Finding, Severity
from qa.links.hosts import host_of
from qa.links.url import schemed
from qa.match.image_names import built_name, grouped, require_some, times
from qa.text.phrases import listed
from qa.text.wording import quoted


@check(
    "placeholder-pictures",
    Code(
        "placeholder-picture",
        Severity.ERROR,
        "A picture is a placeholder that was meant to be replaced.",
        "Put the real picture in.",
    ),
)
def placeholder_pictures(images: Images) -> Iterator[Finding]:
    """No picture is a placeholder.

    Templates come with grey boxes that say “600 x 300”, or with kittens, from a service that draws any size. They
    hold the place well, so that a picture far down the email is forgotten.

    Fails:
        build: <p><img src="https://via.placeholder.com/600x300" alt="Speakers"></p>

    Passes:
        build: <p><img src="https://www.acme.example/speakers.png" alt="Speakers"></p>
    """
    require_some(images)
    if same := [image for image in images.built if _service(image.tag.src)]:
        what = f"{len(same)} pictures are placeholders" if len(same) > 1 else "A picture is a placeholder"
        hosts = listed(_service(image.tag.src) for image in same)
        message = f"{what} drawn by {hosts}: {quoted(same[0].tag.src)}{' and others' if len(same) > 1 else ''}."
        each = tuple(image.tag.src for image in same)
        where, about = same[0].tag.where, tuple(causes.of_picture(image.tag) for image in same)
        yield Finding("placeholder-picture", message, where, actual=each[0], each=each, causes=about)
    named = (one for one in images.built if not _service(one.tag.src) and _names().search(built_name(one.tag)))
    for same in grouped(named):
        name = quoted(built_name(same[0].tag))
        message = f"The picture {name}{times(same)} is called a placeholder; see whether the real one should be there."
        first, about = same[0].tag, tuple(causes.of_picture(image.tag) for image in same)
        yield Finding("placeholder-picture", message, first.where, actual=first.src, review=True, causes=about)


def _service(src: str) -> str:
    """The service that draws placeholders a picture comes from; "" where it comes from elsewhere."""
    host = host_of(schemed(src))
    known = _hosts()
    return next((end for end in (host, host.partition(".")[2]) if end in known), "")


@cache
def _hosts() -> frozenset[str]:
    return frozenset(facts("placeholders")["pictures"]["hosts"])


@cache
def _names() -> re.Pattern[str]:
    words = "|".join(map(re.escape, facts("placeholders")["pictures"]["names"]))
    return compiled(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)
