"""Can the readers' clients show the pictures' formats? By the data of https://www.caniemail.com/."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.artefacts import BuiltImage, Images
from qa.check import Options, check
from qa.clients import Client, ClientMix, Feature, dated, features, listed
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.imagery import built_name, grouped, require_some, times
from qa.losses import OUTLOOK
from qa.request import AskedEmail
from qa.wording import quoted


@dataclass(frozen=True)
class FormatOptions(Options):
    """``share``: percent of the readers who must use the clients that do not show a picture for a warning."""

    share: float = 5.0


@check(
    "image-formats",
    Code(
        "unsupported-format",
        Severity.WARNING,
        f"A picture is in a format that a client of many readers does not show (Can I email, data of {dated()}).",
        "Save the picture as JPEG, PNG or GIF.",
    ),
    Code(
        "embedded-picture",
        Severity.WARNING,
        f"A picture is written into the HTML itself, where Gmail does not show it (Can I email, data of {dated()}).",
        "Put the picture on the web, and link to it.",
    ),
    Code(
        "animated-outlook",
        Severity.INFO,
        "Outlook on Windows shows the first frame of an animation alone.",
        "Let the first frame say what matters.",
    ),
)
def image_formats(images: Images, asked: AskedEmail, mix: ClientMix, options: FormatOptions) -> Iterator[Finding]:
    """Every picture is in a format that readers' clients show.

    Design tools and image services hand out WebP, AVIF and SVG, which every browser shows, so that nobody notices
    before the send: Outlook on Windows shows a red cross instead, and Gmail nothing for an SVG.

    Fails:
        email: {}
        build: <p><img src="https://www.acme.example/logo.svg" alt="Acme"></p>

    Passes:
        email: {}
        build: <p><img src="https://www.acme.example/logo.png" alt="Acme"></p>
    """
    require_some(images)
    for same in grouped(image for image in images.built if not (image.tag.hidden or _unreadable(image))):
        yield from _judged(same, mix.clients, options.share)


def _unreadable(image: BuiltImage) -> bool:
    """A picture nobody can show is another check's."""
    return image.picture is not None and bool(image.picture.fault)


def _judged(same: list[BuiltImage], clients: tuple[Client, ...], share: float) -> Iterator[Finding]:
    tag, picture = same[0].tag, same[0].picture
    name = f"The picture {quoted(built_name(tag))}{times(same)}"
    if all(image.tag.outlook_only for image in same):
        clients = tuple(client for client in clients if client.tested == OUTLOOK)
    if tag.src.strip()[:5].lower() == "data:" and _many(losers := _losers(features()["image-base64"], clients), share):
        message = f"{name} is written into the HTML itself; {listed(losers)} {_do(losers)} not show it so"
        yield Finding(
            "embedded-picture", f"{message} (Can I email, data of {dated()}).", tag.where, actual=built_name(tag)
        )
        return
    feature = _format(same[0])
    if feature is not None and _many(losers := _losers(feature, clients), share):
        shown = feature.title.removesuffix(" image format")
        message = f"{name} is in the format {shown}, which {listed(losers)} {_do(losers)} not show properly"
        yield Finding("unsupported-format", f"{message} (Can I email, data of {dated()}).", tag.where, actual=shown)
    elif picture is not None and picture.frames > 1 and any(client.tested == OUTLOOK for client in clients):
        message = f"{name} has {picture.frames} frames; Outlook on Windows shows the first one alone."
        yield Finding("animated-outlook", message, tag.where, actual=f"{picture.frames} frames")


def _format(image: BuiltImage) -> Feature | None:
    """The format of a picture, by its content where it was looked at, else by the end of its address."""
    formats = facts("picture_formats")
    if image.picture is not None:
        slug = formats["types"].get(image.picture.content_type)
    else:
        path = re.split(r"[?#]", image.tag.src.strip(), maxsplit=1)[0]
        slug = formats["endings"].get(posixpath.splitext(path)[1].lower())
    return features().get(slug) if slug else None


def _losers(feature: Feature, clients: tuple[Client, ...]) -> tuple[Client, ...]:
    noted = facts("picture_formats")["too_little"]
    return tuple(client for client in clients if feature.fails(client, noted))


def _many(clients: tuple[Client, ...], share: float) -> bool:
    return any(client.share >= share for client in clients)


def _do(clients: tuple[Client, ...]) -> str:
    return "does" if len(clients) == 1 else "do"
