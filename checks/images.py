"""Pictures of the request: there, and linked."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedImages, AlignedLinks, Approved, Links, Tokens
from qa.artefacts.causes import of_asked_link, of_asked_picture, of_link, of_picture
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.url import same_destination
from qa.match.filled import fills
from qa.match.image_names import built_name, is_coded, surrounds
from qa.match.images import are_compared
from qa.pictures.names import is_one_name
from qa.request import AskedImage
from qa.text.wording import quoted


@check(
    "image-presence",
    Code("missing-image", Severity.ERROR, "A picture that was asked for is not in the build.", "Add the picture."),
)
def image_presence(images: AlignedImages) -> Iterator[Finding]:
    """Every picture that was asked for is in the build.

    A module that was left out or cloned from the last campaign takes its picture with it, and nobody misses what is
    not on the screen.

    Fails:
        email: {images: [{src: hero.png}, {src: speaker.png}]}
        build: <p><img src="hero.png" alt="Speakers"></p>
        files: {build/hero.png: {picture: [600, 300, hero]}}

    Passes:
        email: {images: [{src: hero.png}]}
        build: <p><img src="hero.png" alt="Speakers"></p>
        files: {build/hero.png: {picture: [600, 300, hero]}}
    """
    for asked in images.missing:
        name = _asked_name(asked)
        yield Finding(
            "missing-image",
            f"The picture {quoted(name)} was asked for and is not in the build.",
            request=asked.place(),
            expected=name,
            causes=(of_asked_picture(asked),),
        )


@check(
    "image-source",
    Code(
        "other-picture-file",
        Severity.ERROR,
        "A picture is another file than the one that was asked for.",
        "Put the right picture there, or correct its name in the request.",
    ),
)
def image_source(images: AlignedImages, approved: Approved) -> Iterator[Finding]:
    """Every picture is the file that was asked for.

    Whoever swaps a picture often leaves its alternative text: the proof reads right, and last year's speaker is
    shown. Where an approved picture can be compared, what it shows decides; else its name does: a size, a version or a
    code may be added to it, as platforms do, a word or a year may not.

    Fails:
        email: {images: [{src: spring-hero.png, alt: Two speakers}]}
        build: <p><img src="https://cdn.acme.example/winter-hero.png" alt="Two speakers"></p>

    Passes:
        email: {images: [{src: spring-hero.png, alt: Two speakers}]}
        build: <p><img src="https://cdn.acme.example/spring-hero.png?v=2" alt="Two speakers"></p>
    """
    named = [(asked, built, asked.src) for asked, built in images.pairs if asked.src]
    if not named:
        raise Skip("the request names no file of a picture that is in the build")
    for asked, built, src in named:
        if is_one_name(src, built.tag.src) or are_compared(approved.pictures.get(asked.asset or ""), built.picture):
            continue
        name, coded = built_name(built.tag), is_coded(built.tag.src)
        more = "; its name there is a code, so look at it" if coded else ""
        said = f" with the text {quoted(built.tag.alt)}" if built.tag.alt else ""
        message = f"The picture{said} is {quoted(name)}; the request says "
        message += f"{quoted(src)}{more}."
        where, place = built.tag.where, asked.place("src")
        about = (of_picture(built.tag),)
        yield Finding("other-picture-file", message, where, place, src, built.tag.src, review=coded, causes=about)


@check(
    "image-link",
    Code(
        "wrong-image-link",
        Severity.ERROR,
        "A click on a picture leads elsewhere, or nowhere.",
        "Link the picture to the address in the request.",
    ),
)
def image_link(images: AlignedImages, links: Links, aligned: AlignedLinks | None, tokens: Tokens) -> Iterator[Finding]:
    """A click on a picture leads where the request says.

    The hero is the largest button of an email and the first that is clicked, and its link is the one that nobody
    sees while building.

    Fails:
        email: {images: [{src: hero.png, url: https://www.acme.example/webinar}]}
        build: <p><a href="https://www.acme.example/winter"><img src="hero.png" alt="Speakers"></a></p>

    Passes:
        email: {images: [{src: hero.png, url: https://www.acme.example/webinar}]}
        build: <p><a href="https://www.acme.example/webinar?utm_source=x"><img src="hero.png" alt="Speakers"></a></p>
    """
    pairs = [(asked, built.tag, asked.url) for asked, built in images.pairs if asked.url]
    if not pairs:
        raise Skip("the request does not say where a click on a picture leads")
    if pairs and all(tag.unread for _, tag, _ in pairs):
        raise Skip("the pictures' links go through a click tracker, behind which nobody can read where they lead")
    for asked, tag, url in pairs:
        filled = tokens.rendered and bool(tag.link.strip()) and fills(url, tag.link)
        if not (tag.unread or filled or same_destination(url, tag.link)):
            around = [link for link in links.built if surrounds(link, tag)]
            leads = f"leads to {quoted(tag.link, 200)}" if tag.link.strip() else "is not linked"
            message = f"The picture {quoted(built_name(tag))} {leads}; the request says {quoted(url, 200)}."
            where, place = tag.where, asked.place("url")
            lost = [ask for ask in (aligned.missing if aligned else ()) if same_destination(ask.url, url)]
            causes = tuple(map(of_link, around)) or tuple(map(of_asked_link, lost)) or (of_picture(tag),)
            yield Finding("wrong-image-link", message, where, place, url, tag.link, causes=causes)


def _asked_name(asked: AskedImage) -> str:
    return asked.src or asked.asset or asked.alt or ""
