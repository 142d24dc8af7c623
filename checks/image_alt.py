"""Alternative texts: there, and as asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qa.artefacts import AlignedImages, BuiltImage, Images, Link, Markup, Tokens
from qa.artefacts.causes import of_link, of_picture
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.match.filled import fills
from qa.match.image_names import built_name, grouped, meant_to_be_seen, require_some, surrounds, times
from qa.request import AskedAsset, AskedImage
from qa.text.phrases import in_lines, listed
from qa.text.wording import alike, loose, quoted

_MOST_NAMES = 8  # that one message lists


@check(
    "image-alt",
    Code(
        "missing-alt",
        Severity.WARNING,
        "A picture has no alternative text.",
        'Say in its alt attribute what the picture says; write alt="" for mere decoration.',
    ),
    Code(
        "wrong-alt", Severity.ERROR, "An alternative text is not the one asked for.", "Copy the text from the request."
    ),
)
def image_alt(
    asked: AskedAsset, images: Images, aligned: AlignedImages | None, markup: Markup, tokens: Tokens
) -> Iterator[Finding]:
    """Every picture says in words what it shows, in the words that were asked for.

    Many mail programs hide pictures until they are asked to show them, and a screen reader never shows them: then
    the alternative text is all there is, or the file's name is read aloud.

    Fails:
        email: {images: [{src: hero.png, alt: Portrait of the two speakers}]}
        build: <p><img src="hero.png" alt="Portrait"><img src="icon.png"></p>

    Passes:
        email: {images: [{src: hero.png, alt: Portrait of the two speakers}]}
        build: <p><img src="hero.png" alt="Portrait of the two speakers"><img src="line.png" alt=""></p>
    """
    require_some(images)
    pairs = aligned.pairs if aligned else ()
    described = [(ask, built) for ask, built in pairs if ask.alt is not None]
    spoken_for = {built.tag.where for _, built in described}
    rest = [image for image in images.built if image.tag.where not in spoken_for]
    said = [(ask, built) for ask, built in described if _is_said(ask, built, tokens)]
    other = [pair for pair in described if pair not in said]
    findings = [*_reworded(other, asked, markup.links), *_unnamed(rest), *_mute(rest, markup.links)]
    # Pictures with another text than asked for: told apart, because the comparison may tell it better.
    as_asked = {built.tag.where for _, built in said if built.tag.alt is not None}
    unlike = [built for _, built in described if built.tag.where not in as_asked]
    findings += [*_unnamed(unlike), *_mute(unlike, markup.links)]
    yield from sorted(findings, key=lambda finding: (finding.where and finding.where.offset) or 0)


def _reworded(
    described: Iterable[tuple[AskedImage, BuiltImage]], asked_for: AskedAsset, links: Sequence[Link]
) -> Iterator[Finding]:
    for asked, built in described:
        wanted, alt = asked.alt or "", built.tag.alt
        reads = "is missing" if alt is None else f"is {quoted(alt, 200)}" if alt.strip() else "is empty"
        name = quoted(built_name(built.tag))
        message = f"The alternative text of {name} {reads}; the request says {quoted(wanted, 200)}."
        where, place = built.tag.where, asked.place("alt")
        causes = (of_picture(built.tag), *map(of_link, _named_after(wanted, built, asked_for, links)))
        yield Finding("wrong-alt", message, where, place, wanted, alt, causes=causes)


def _is_said(asked: AskedImage, built: BuiltImage, tokens: Tokens) -> bool:
    wanted, alt = asked.alt or "", built.tag.alt or ""
    return alike(alt) == alike(wanted) or (tokens.rendered and fills(wanted, alt, tokens.platform))


def _named_after(alt: str, built: BuiltImage, asked: AskedAsset, links: Iterable[Link]) -> list[Link]:
    """The links around a picture that lose their own words with its text: the request names both alike."""
    if loose(alt) not in {loose(ask.text) for ask in asked.links or ()}:
        return []
    return [link for link in links if surrounds(link, built.tag)]


def _unnamed(images: Iterable[BuiltImage]) -> Iterator[Finding]:
    """Pictures without any alt attribute: a screen reader reads their file names aloud."""
    seen = (image for image in images if image.tag.kind == "img" and meant_to_be_seen(image))
    if files := grouped(image for image in seen if image.tag.alt is None):
        yield _silent(files, "has no alternative text", "have no alternative text")


def _mute(images: Iterable[BuiltImage], links: Iterable[Link]) -> Iterator[Finding]:
    """Pictures that are links, with an empty alternative text and nothing else in the link to read."""
    mute = [link for link in links if link.pictures and not link.text.strip() and not link.hidden]
    empty = (image for image in images if image.tag.alt is not None and image.tag.link and meant_to_be_seen(image))
    if files := grouped(image for image in empty if any(surrounds(link, image.tag) for link in mute)):
        fix = "Say in its alt attribute where the link leads."
        both = "is a link, and its alternative text is empty", "are links, and their alternative texts are empty"
        yield replace(_silent(files, *both), actual="", fix=fix)


def _silent(files: Sequence[list[BuiltImage]], one: str, many: str) -> Finding:
    """One finding about all pictures of an asset that say nothing."""
    names = [f"{quoted(built_name(same[0].tag))}{times(same)}" for same in files]
    first, each = files[0][0].tag.where, tuple(same[0].tag.src for same in files)
    causes = tuple(of_picture(image.tag) for same in files for image in same)
    if len(files) == 1:
        return Finding("missing-alt", f"The picture {names[0]} {one}.", first, each=each, causes=causes)
    places = sorted(image.tag.where for same in files for image in same)
    message = f"{len(names)} pictures {many}: {listed(names, _MOST_NAMES)}{in_lines(places)}."
    return Finding("missing-alt", message, first, each=each, causes=causes)
