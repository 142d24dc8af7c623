"""Names of built pictures in messages, and which pictures can be looked at; for the checks of pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.artefacts import BuiltImage, Images, ImageTag, Link
from qa.finding import Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.pictures.names import bare_name

ON_THE_WEB = "on the web; not looked up offline"
OUTSIDE = "leads out of the campaign folder"  # where nothing is read
_ENDING = re.compile(r"\.[a-z]{3,4}$")
_CODED = re.compile(r"(?=.*\d)[0-9a-f_-]{12,}|(?=.*\d.*\d.*\d)[a-z0-9_-]{20,}|\d+")
DOT = 2  # pixels; what is no larger counts opens or holds a cell apart


def require_some(images: Images) -> None:
    """Skip where there is nothing to look at."""
    if not images.built:
        raise Skip("the build has no pictures")


def elsewhere(image: BuiltImage) -> bool:
    """Whether a picture is on the web, or a merge tag says where it is, so that nobody looked."""
    return image.picture is None and image.tag.src.strip()[:1] not in ("", "#", "?")


def on_the_web(images: Images) -> str:
    """The reason for a skip where no picture could be measured."""
    if any(image.picture for image in images.built):
        return "none of the pictures can be read; image-files says why"
    reasons = {image.why for image in images.built if image.why and image.why != ON_THE_WEB}
    if reasons:
        return f"no picture could be looked up: {'; '.join(sorted(reasons))}"
    if len(images.built) == 1:
        return "the only picture is on the web; it is not looked up offline"
    return f"all {len(images.built)} pictures are on the web; they are not looked up offline"


def meant_to_be_seen(image: BuiltImage) -> bool:
    """Whether a reader is to see it: not hidden, not for Outlook alone, no tracking pixel or spacer line."""
    tag, picture = image.tag, image.picture
    sizes = [tag.width, tag.height, *([picture.width, picture.height] if picture and not picture.fault else [])]
    return not (tag.hidden or tag.outlook_only or any(size is not None and size <= DOT for size in sizes))


def surrounds(link: Link, tag: ImageTag) -> bool:
    """Whether a link is the one around a picture."""
    return tag.src in link.pictures and tag.link == link.href


def grouped(images: Iterable[BuiltImage]) -> list[list[BuiltImage]]:
    """Pictures of the same file together, in the order of their first."""
    groups: dict[str, list[BuiltImage]] = {}
    for image in images:
        groups.setdefault(image.tag.src, []).append(image)
    return list(groups.values())


def times(same: list[BuiltImage]) -> str:
    """« (3 times)», or nothing for once."""
    return f" ({len(same)} times)" if len(same) > 1 else ""


def built_name(tag: ImageTag) -> str:
    """What a picture of the build is called: its file name, or its address where it has none."""
    if tag.src.lower().startswith("data:"):
        return tag.src.partition(",")[0]
    return bare_name(tag.src) or tag.src


def _stem(src: str) -> str:
    """The name of a file in lower case, without its ending."""
    return _ENDING.sub("", bare_name(src).casefold())


def is_coded(src: str) -> bool:
    """Whether the name of a file is a code that a platform gave it, or a merge tag's."""
    name = _stem(src)
    return BLOT in masked(src) or not name or src[:5].lower() in ("data:", "cid:") or _CODED.fullmatch(name) is not None


def is_broken(image: BuiltImage) -> bool:
    """Whether a picture that was looked up cannot be shown."""
    return bool(image.picture.fault) if image.picture else not elsewhere(image)


def why_broken(image: BuiltImage) -> str:
    """Why a picture cannot be shown, or was not looked up."""
    return image.picture.fault if image.picture else image.why
