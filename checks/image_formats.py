"""Formats of pictures that the readers' clients cannot show, by the data of https://www.caniemail.com/."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.artefacts import BuiltImage, Images
from qa.artefacts.causes import of_picture
from qa.check import Options, check
from qa.clients.caniemail import Client, Feature, dated, features
from qa.clients.degradation import OUTLOOK
from qa.clients.mix import ClientMix, shares
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.match.image_names import built_name, grouped, require_some, times
from qa.request import AskedEmail
from qa.text.phrases import listed
from qa.text.wording import quoted

_MOST_NAMES, _MOST_CLIENTS = 8, 4  # that one message lists
_LONGEST = 300  # characters of an address: one that holds the picture itself is endless


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
    reasons: dict[tuple[_Reason, tuple[str, ...]], list[list[BuiltImage]]] = {}
    for same in grouped(image for image in images.built if not image.tag.hidden):
        found = list(_reasons(same, mix.clients, options.share))
        for number, reason in enumerate(found):  # with what else is wrong: pictures that have all of it in common
            besides = ("broken",) * _is_broken(same[0]) + tuple(one.code for one in found[:number])
            reasons.setdefault((reason, besides), []).append(same)
    for (reason, _), files in reasons.items():
        first = files[0][0].tag
        each = tuple(f"{built_name(same[0].tag)} {same[0].tag.src[:_LONGEST]}" for same in files)
        actual = _frames(files[0]) if reason.code == "animated-outlook" else reason.what or built_name(first)
        pictures = tuple(of_picture(image.tag) for same in files for image in same)
        yield Finding(reason.code, _told(reason, files), first.where, actual=actual, each=each, causes=pictures)


class _Reason(NamedTuple):
    """What is wrong with a picture, and for whom: pictures that have it in common are told together."""

    code: str
    what: str
    affected: tuple[Client, ...]


def _is_broken(image: BuiltImage) -> bool:
    return image.picture is not None and bool(image.picture.fault)


def _reasons(same: list[BuiltImage], clients: tuple[Client, ...], share: float) -> Iterator[_Reason]:
    """All that is wrong with the format of a picture, the worst first."""
    tag, picture = same[0].tag, same[0].picture
    if all(image.tag.outlook_only for image in same):
        clients = tuple(client for client in clients if client.tested == OUTLOOK)
    if tag.src.strip()[:5].lower() == "data:" and _many(
        affected := _affected(features()["image-base64"], clients), share
    ):
        yield _Reason("embedded-picture", "", affected)
    feature = _format(same[0])
    if feature is not None and _many(affected := _affected(feature, clients), share):
        yield _Reason("unsupported-format", feature.title.removesuffix(" image format"), affected)
    if picture is not None and picture.frames > 1 and any(client.tested == OUTLOOK for client in clients):
        yield _Reason("animated-outlook", "", ())


def _told(reason: _Reason, files: Sequence[list[BuiltImage]]) -> str:
    """One sentence about all pictures that have it in common."""
    alone = len(files) == 1
    names = [f"{quoted(built_name(same[0].tag))}{times(same)}" for same in files]
    subject = f"The picture {names[0]}" if alone else f"{len(files)} pictures"
    verb, them, rest = ("is", "it", "") if alone else ("are", "them", f": {listed(names, _MOST_NAMES)}")
    if reason.code == "animated-outlook":
        frames = f"{subject} has {_frames(files[0])}" if alone else f"{subject} move{rest}"
        return f"{frames}; Outlook on Windows shows the first {'one' if alone else 'frame of each'} alone."
    who = f"{listed(shares(reason.affected), _MOST_CLIENTS)} {_does(reason.affected)} not show"
    source = f"(Can I email, data of {dated()})"
    if reason.code == "embedded-picture":
        return f"{subject} {verb} written into the HTML itself; {who} {them} so {source}{rest}."
    return f"{subject} {verb} in the format {reason.what}, which {who} properly {source}{rest}."


def _frames(same: Sequence[BuiltImage]) -> str:
    return f"{same[0].picture.frames} frames" if same[0].picture else ""


def _format(image: BuiltImage) -> Feature | None:
    """The format of a picture, by its content where it was looked at, else by the end of its address."""
    formats = facts("picture_formats")
    if image.picture is not None and image.picture.content_type:
        slug = formats["types"].get(image.picture.content_type)
    else:
        path = re.split(r"[?#]", image.tag.src.strip(), maxsplit=1)[0]
        slug = formats["endings"].get(posixpath.splitext(path)[1].lower())
    return features().get(slug) if slug else None


def _affected(feature: Feature, clients: tuple[Client, ...]) -> tuple[Client, ...]:
    noted = facts("picture_formats")["too_little"]
    return tuple(client for client in clients if feature.fails(client, noted))


def _many(clients: tuple[Client, ...], share: float) -> bool:
    return any(client.share >= share for client in clients)


def _does(clients: tuple[Client, ...]) -> str:
    return "does" if len(clients) == 1 else "do"
