"""Files that were handed over with a request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qa.artefacts import HandedOver
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedEmail, AskedImage
from qa.request.brief import AssetBrief
from qa.text.wording import quoted

_WIDEST = 4000  # pixels; a larger number in a name is no width


@check(
    "request-files",
    Code(
        "missing-file",
        Severity.ERROR,
        "A file that the request names is not there.",
        "Put it in that place, or name the right one.",
    ),
    Code(
        "missing-list",
        Severity.WARNING,
        "A list that the request names is not there.",
        "Export it, or name the right one; it must be there before `qa run`.",
    ),
    Code("empty-file", Severity.ERROR, "A file that the request names is empty.", "Ask for the file again."),
    Code(
        "unreadable-picture",
        Severity.ERROR,
        "A picture that was handed over cannot be opened.",
        "Ask for it again, as PNG or JPEG.",
    ),
)
def request_files(handed: HandedOver) -> Iterator[Finding]:
    """Every file that the request names was handed over and can be opened.

    Found while building, a missing picture stops the work for a day, or is replaced by last year's.

    Fails:
        campaign: {emails: [{name: invite, images: [{asset: assets/hero.png, alt: Two people}]}]}

    Passes:
        campaign: {emails: [{name: invite, images: [{asset: assets/hero.png, alt: Two people}]}]}
        files: {assets/hero.png: {picture: [1200, 600, people]}}
    """
    if not handed.files:
        raise Skip("the request names no file")
    for file in handed.files:
        if file.missing:
            code = "missing-list" if file.role == "list" and not file.outside else "missing-file"
            yield Finding(code, file.missing, request=file.where, actual=file.name)
        elif not file.bytes:
            yield Finding("empty-file", f"{quoted(file.name)} is empty.", request=file.where, actual=file.name)
        elif file.picture is not None and file.picture.fault:
            message = f"{quoted(file.name)} cannot be used. {file.picture.fault}"
            yield Finding("unreadable-picture", message, request=file.where, actual=file.name)


@check(
    "request-picture-size",
    Code(
        "small-picture",
        Severity.WARNING,
        "A picture is too small for its place.",
        "Ask for a larger one; enlarging it only makes it blurred.",
    ),
)
def request_picture_size(brief: AssetBrief, handed: HandedOver) -> Iterator[Finding]:
    """Every approved picture has the pixels its place needs.

    The picture a requester copied from a web page is a thumbnail; across the whole of an email it is a blur, and the
    larger one lies on somebody's disk.

    Fails:
        campaign: {emails: [{name: invite, images: [{asset: assets/hero.png, alt: Two people}]}]}
        files: {assets/hero.png: {picture: [320, 160, people]}}

    Passes:
        campaign: {emails: [{name: invite, images: [{asset: assets/hero.png, alt: Two people}]}]}
        files: {assets/hero.png: {picture: [1200, 600, people]}}
    """
    widths = {file.name: _width(file.picture.width, file.picture.content_type) for file in handed.files if file.picture}
    if not any(widths.values()):
        raise Skip("no picture was handed over that has pixels")
    seen: set[str] = set()
    for part in (brief.asset, *getattr(brief.asset, "variants", ())):
        images: tuple[AskedImage, ...] = part.images or ()
        for number, image in enumerate(images):
            if image.asset is None or image.asset in seen:
                continue
            seen.add(image.asset)
            first = isinstance(brief.asset, AskedEmail) and number == 0
            width, (least, place) = widths.get(image.asset, 0), _least_width(image, first)
            if 0 < width < least:
                message = f"{quoted(image.asset)} is {width} pixels wide; {place} needs {least}."
                where = image.place("asset")
                yield Finding("small-picture", message, request=where, expected=str(least), actual=str(width))


def _width(width: int, content_type: str) -> int:
    """A drawing has no pixels to lack."""
    return 0 if content_type == "image/svg+xml" else width


def _least_width(image: AskedImage, first: bool) -> tuple[int, str]:
    """The width a picture's place asks for and which place that is; 0 where nothing tells.

    A width in the name of the built file counts; else a picture called hero or banner that is the first of an email.
    """
    known, built = facts("triage")["pictures"], image.src or ""
    if (named := re.search(known["named_width"], built.rpartition("/")[2])) and int(named[1]) <= _WIDEST:
        return int(named[1]), f"its place, {quoted(built)},"
    names = f"{Path(built).stem} {Path(image.asset or '').stem}".casefold()
    if first and any(word in names for word in known["hero_words"]):
        return int(known["hero_width"]), "a picture across the whole email"
    return 0, ""
