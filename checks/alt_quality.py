"""Alternative texts that say nothing of the picture. https://www.w3.org/WAI/tutorials/images/"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from string import punctuation

from qa.artefacts import AlignedImages, BuiltImage, Images
from qa.artefacts.causes import of_picture
from qa.check import check
from qa.facts import compiled, facts
from qa.finding import Code, Finding, Severity
from qa.markup.merge_tag_mask import BLOT, masked
from qa.match.image_names import built_name, meant_to_be_seen, require_some
from qa.request import AskedAsset
from qa.text.wording import alike, loose, quoted

_FACTS = facts("accessibility")["alt"]
_NOT_ITS_OWN = "tells none of them from the others"
_SEVERAL = 3  # pictures of one name; two may well be the same thing, large and small


@check(
    "alt-quality",
    Code(
        "useless-alt",
        Severity.WARNING,
        "An alternative text says nothing about its picture.",
        'Say what the picture says, in a few words; write alt="" for mere decoration.',
    ),
)
def alt_quality(asked: AskedAsset, images: Images, aligned: AlignedImages | None) -> Iterator[Finding]:
    """Alternative texts say what the pictures show.

    With pictures off, and to everybody who cannot see them, "hero_600.png" and "image" are all that is left of the
    offer.

    Fails:
        email: {}
        build: <p><img src="hero.png" alt="hero_final_v2.png"></p>

    Passes:
        email: {}
        build: <p><img src="hero.png" alt="Two speakers on a stage"></p>
    """
    require_some(images)
    pairs = aligned.pairs if aligned else ()
    asked_for = {built.tag.where: ask.alt for ask, built in pairs if ask.alt is not None}
    looked_at = [one for one in images.built if one.tag.kind == "img" and meant_to_be_seen(one)]
    looked_at = [one for one in looked_at if not _is_as_asked(one, asked_for.get(one.tag.where))]
    groups: dict[tuple[str, bool], list[BuiltImage]] = {}
    for one in looked_at:
        if reason := _useless(one):  # apart where the request has another text: that comparison may tell it better
            groups.setdefault((reason, one.tag.where in asked_for), []).append(one)
    told = [(reason, same) for (reason, _), same in groups.items()]
    told += [(_NOT_ITS_OWN, same) for same in _same_for_all(one for one in looked_at if not _useless(one))]
    for reason, same in told:
        alts = list(dict.fromkeys(one.tag.alt or "" for one in same))
        shown = ", ".join(quoted(alt) for alt in alts[:3]) + (" …" if len(alts) > 3 else "")
        named = f"{len(same)} pictures have" if len(same) > 1 else f"The picture {quoted(built_name(same[0].tag))} has"
        message = f"{named} the alternative text {shown}, which {reason}."
        each = tuple(f"{one.tag.src} {one.tag.alt}" for one in same)
        where, actual, causes = same[0].tag.where, "\n".join(alts[:10]), tuple(of_picture(one.tag) for one in same)
        yield Finding("useless-alt", message, where, actual=actual, each=each, causes=causes)


def _is_as_asked(image: BuiltImage, alt: str | None) -> bool:
    return alt is not None and alike(image.tag.alt or "") == alike(alt)


def _same_for_all(images: Iterable[BuiltImage]) -> Iterator[list[BuiltImage]]:
    """Different pictures with one alternative text; a logo may have a file for each ground it stands on."""
    groups: dict[str, list[BuiltImage]] = {}
    for one in images:
        if (one.tag.alt or "").strip() and BLOT not in masked(one.tag.src) and "logo" not in one.tag.src.lower():
            groups.setdefault(loose(one.tag.alt or ""), []).append(one)
    yield from (same for same in groups.values() if len({one.tag.src for one in same}) >= _SEVERAL)


def _useless(image: BuiltImage) -> str:
    """What is wrong with an alternative text, "" where nothing is."""
    alt = " ".join((image.tag.alt or "").split())
    if not alt or BLOT in masked(alt):
        return ""
    if len(alt) > _FACTS["longest"]:
        return f"is longer than {_FACTS['longest']} characters: nobody listens to the end"
    word = alt.casefold().strip(" .:*[]()")
    if word in _FACTS["words"] or not word.strip(punctuation) or _numbered().fullmatch(word):
        return "names no content"
    if (found := _names().fullmatch(alt)) and (found.lastgroup != "joined" or re.search(r"[_\d]", alt)):
        return "is an address" if "//" in alt else "is the name of a file"
    return ""


@cache
def _numbered() -> re.Pattern[str]:
    return compiled(_FACTS["numbered"])


@cache
def _names() -> re.Pattern[str]:
    *plain, joined = _FACTS["patterns"]
    return compiled("|".join([*(f"(?:{one})" for one in plain), f"(?P<joined>{joined})"]), re.IGNORECASE)
