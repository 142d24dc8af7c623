"""Are the pictures sharp, light, and described in words?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.artefacts import AlignedImages, BuiltImage, Images, Link, Markup
from qa.artefacts.causes import of_link, of_picture
from qa.build.assets import Asset
from qa.check import Options, check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.image_names import DOT, built_name, grouped, meant_to_be_seen, on_the_web, require_some, surrounds, times
from qa.request import AskedAsset, AskedImage
from qa.text.phrases import in_lines, listed
from qa.text.wording import alike, loose, quoted

_LIMITS = facts("limits")["pictures"]
_MOST_NAMES = 8  # that one message lists


@dataclass(frozen=True)
class ResolutionOptions(Options):
    """``ratio``: pixels a picture must have for each pixel it is shown in; 2 asks for pictures for dense screens."""

    ratio: float = 1.0


@dataclass(frozen=True)
class WeightOptions(Options):
    """Bytes: of one picture, and of all pictures of an email or a page together."""

    most: int = _LIMITS["most"]
    most_of_an_email: int = _LIMITS["most_of_an_email"]
    most_of_a_page: int = _LIMITS["most_of_a_page"]


@check(
    "image-resolution",
    Code(
        "low-resolution",
        Severity.WARNING,
        "A picture has fewer pixels than it is shown in.",
        "Export the picture again, at least as wide as it is shown; twice as wide looks sharp on a phone.",
    ),
)
def image_resolution(images: Images, options: ResolutionOptions) -> Iterator[Finding]:
    """Every picture has the pixels for its place.

    A picture that is blown up to fill its place is blurred for everybody, and most of all on the dense screen of a
    phone.

    Fails:
        email: {}
        build: <p><img src="hero.png" width="600" alt="Speakers"></p>
        files: {build/hero.png: {picture: [300, 150, hero]}}

    Passes:
        email: {}
        build: <p><img src="hero.png" width="600" alt="Speakers"></p>
        files: {build/hero.png: {picture: [1200, 600, hero]}}
    """
    require_some(images)
    measured = [image for image in images.built if image.picture and image.picture.width and image.tag.width]
    if not measured:
        raise Skip("no picture's own size and size in the build are both known")
    for same in grouped(image for image in measured if _blown_up(image, options.ratio)):
        tag, picture = same[0].tag, same[0].picture
        assert picture is not None and tag.width is not None
        yield Finding(
            "low-resolution",
            f"{quoted(built_name(tag))} is {picture.width} px wide and is shown {tag.width} px wide{times(same)}: "
            "it will look blurred.",
            tag.where,
            expected=f"{round(tag.width * options.ratio)} px",
            actual=f"{picture.width} px",
            causes=tuple(of_picture(image.tag) for image in same),
        )


def _blown_up(image: BuiltImage, ratio: float) -> bool:
    picture, width = image.picture, image.tag.width or 0
    if picture is None or picture.content_type == "image/svg+xml" or image.tag.kind != "img":
        return False
    return min(picture.width, picture.height) > DOT and picture.width < width * ratio


@check(
    "image-weight",
    Code(
        "heavy-image",
        Severity.WARNING,
        "One picture is too heavy.",
        "Save the picture at the size it is shown, and compress it.",
    ),
    Code(
        "heavy-images",
        Severity.WARNING,
        "The pictures together are too heavy.",
        "Compress the pictures, or show fewer.",
    ),
)
def image_weight(images: Images, asset: Asset, options: WeightOptions) -> Iterator[Finding]:
    """The pictures are light enough for a phone on a train.

    Most emails are opened on the way somewhere and looked at for a few seconds; a picture that comes later than that
    was made for nobody.

    Fails:
        email: {}
        build: <p><img src="hero.bmp" alt="Speakers"></p>
        files: {build/hero.bmp: {picture: [600, 300, hero]}}

    Passes:
        email: {}
        build: <p><img src="hero.png" alt="Speakers"></p>
        files: {build/hero.png: {picture: [600, 300, hero]}}
    """
    require_some(images)
    files = {image.picture.file: image for image in reversed(images.built) if image.picture and image.picture.bytes}
    if not files:
        raise Skip(on_the_web(images))
    sizes = {file: image.picture.bytes if image.picture else 0 for file, image in files.items()}
    heavy: list[Cause] = []
    for file, image in sorted(files.items(), key=lambda item: item[1].tag.where.offset or 0):
        size = sizes[file]
        if size > options.most:
            heavy.append(of_picture(image.tag))
            yield Finding(
                "heavy-image",
                f"{quoted(built_name(image.tag))} weighs {_size(size)}; a picture may weigh {_size(options.most)}.",
                image.tag.where,
                expected=f"at most {_size(options.most)}",
                actual=_size(size),
                causes=(of_picture(image.tag),),
            )
    most = options.most_of_a_page if asset.kind == "page" else options.most_of_an_email
    together = sum(sizes.values())
    # Were each heavy picture as light as it may be: where that is enough, they are all that is wrong.
    enough = sum(min(size, options.most) for size in sizes.values()) <= most
    if together > most:
        yield Finding(
            "heavy-images",
            f"The {len(files)} pictures weigh {_size(together)} together; {_size(most)} is the most for all.",
            expected=f"at most {_size(most)}",
            actual=_size(together),
            causes=tuple(heavy) if enough else (),
        )


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
def image_alt(asked: AskedAsset, images: Images, aligned: AlignedImages | None, markup: Markup) -> Iterator[Finding]:
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
    findings = [*_reworded(described, asked, markup.links), *_unnamed(rest), *_mute(rest, markup.links)]
    # Pictures with another text than asked for: told apart, because the comparison may tell it better.
    as_asked = {built.tag.where for ask, built in described if built.tag.alt is not None and _is_said(ask, built)}
    unlike = [built for _, built in described if built.tag.where not in as_asked]
    findings += [*_unnamed(unlike), *_mute(unlike, markup.links)]
    yield from sorted(findings, key=lambda finding: (finding.where and finding.where.offset) or 0)


def _reworded(
    described: Iterable[tuple[AskedImage, BuiltImage]], asked_for: AskedAsset, links: Sequence[Link]
) -> Iterator[Finding]:
    for asked, built in described:
        wanted, alt = asked.alt or "", built.tag.alt
        if not _is_said(asked, built):
            reads = "is missing" if alt is None else f"is {quoted(alt, 200)}" if alt.strip() else "is empty"
            name = quoted(built_name(built.tag))
            message = f"The alternative text of {name} {reads}; the request says {quoted(wanted, 200)}."
            where, place = built.tag.where, asked.place("alt")
            causes = (of_picture(built.tag), *map(of_link, _named_after(wanted, built, asked_for, links)))
            yield Finding("wrong-alt", message, where, place, wanted, alt, causes=causes)


def _is_said(asked: AskedImage, built: BuiltImage) -> bool:
    return alike(built.tag.alt or "") == alike(asked.alt or "")


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


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{round(size / 1000)} KB"
