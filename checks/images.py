"""Are the pictures there, readable, the approved ones, and linked as asked?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.artefacts import AlignedImages, AlignedLinks, Approved, BuiltImage, Images, Links, Picture
from qa.artefacts.causes import of_asked_link, of_asked_picture, of_link, of_picture
from qa.build.assets import Asset
from qa.check import Options, check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.url import same_destination
from qa.match.image_names import built_name, elsewhere, grouped, on_the_web, require_some, surrounds, times
from qa.pictures.measure import likeness_distance
from qa.request import AskedImage
from qa.text.phrases import listed
from qa.text.wording import quoted

_MOST_NAMES = 8  # that one message lists
_NO_FILE = "There is no such file"
_OUTSIDE = "leads out of the campaign folder"  # where nothing is read


@dataclass(frozen=True)
class PictureOptions(Options):
    """``most_distance``: in how many of 64 traits the same picture may differ, resized or recompressed."""

    most_distance: int = 10


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
    "image-files",
    Code(
        "broken-image", Severity.ERROR, "A picture of the build cannot be shown.", "Put a readable file where it leads."
    ),
)
def image_files(images: Images, asset: Asset) -> Iterator[Finding]:
    """Every picture of the build can be shown.

    A file that was not uploaded, was renamed or was cut off on the way leaves a grey box with a cross in the place
    of the hero.

    Fails:
        email: {}
        build: <p><img src="images/hero.png" alt="Speakers"></p>

    Passes:
        email: {}
        build: <p><img src="images/hero.png" alt="Speakers"></p>
        files: {build/images/hero.png: {picture: [600, 300, hero]}}
    """
    require_some(images)
    if all(elsewhere(image) for image in images.built):
        raise Skip(on_the_web(images))
    causes: dict[str, list[list[BuiltImage]]] = {}
    for same in grouped(image for image in images.built if _broken(image)):
        causes.setdefault(_why(same[0]), []).append(same)
    for why, files in causes.items():
        unread = asset.kind == "page" and _OUTSIDE in why  # whether it is there, a person has to see
        first = files[0][0].tag
        each = tuple(same[0].tag.src for same in files)
        message = _unshown(files, why)
        if asset.kind == "email" and why.startswith(_NO_FILE):
            message += " In an email, a picture needs a web address, unless the platform takes it along in a zip file."
        pictures = tuple(of_picture(image.tag) for same in files for image in same)
        where, actual = first.where, first.src
        yield Finding("broken-image", message, where, actual=actual, review=unread, each=each, causes=pictures)


def _unshown(files: Sequence[list[BuiltImage]], why: str) -> str:
    """One sentence about all pictures that cannot be shown for the same reason."""
    names = [f"{quoted(same[0].tag.src)}{times(same)}" for same in files]
    if not files[0][0].tag.src.strip():
        return f"A picture{times(files[0])} has no address."
    if len(names) == 1:
        return _sentence(f"The picture {names[0]} cannot be shown: {_lowered(why)}")
    return _sentence(f"{len(names)} pictures cannot be shown, {listed(names, _MOST_NAMES)}: {_lowered(why)}")


@check(
    "image-picture",
    Code("wrong-picture", Severity.ERROR, "A picture is not the approved one.", "Put the approved picture in."),
)
def image_picture(images: AlignedImages, approved: Approved, options: PictureOptions) -> Iterator[Finding]:
    """Every picture shows what was approved.

    File names lie: last year's hero is called hero.png as well. The pictures themselves are compared, so that a
    resized or recompressed copy passes and another picture under the same name does not.

    Fails:
        email: {images: [{src: hero.png, asset: assets/hero.png}]}
        build: <p><img src="hero.png" alt="Speakers"></p>
        files:
          build/hero.png: {picture: [600, 300, last year]}
          assets/hero.png: {picture: [600, 300, this year]}

    Passes:
        email: {images: [{src: hero.png, asset: assets/hero.png}]}
        build: <p><img src="hero.png" alt="Speakers"></p>
        files:
          build/hero.png: {picture: [600, 300, this year]}
          assets/hero.png: {picture: [1200, 600, this year]}
    """
    pairs = [(asked, built) for asked, built in images.pairs if asked.asset]
    if not pairs:
        raise Skip("no approved picture can be set beside one of the build")
    for asked, built in pairs:
        wanted = approved.pictures.get(asked.asset or "")
        if _broken(built) and _OUTSIDE not in _why(built):
            yield _not_shown(asked, built)
        elif wanted is None or wanted.fault or built.picture is None or built.picture.fault:
            yield _by_eye(asked, built, wanted)
        elif not _same(wanted, built.picture, options.most_distance):
            yield Finding(
                "wrong-picture",
                f"{quoted(built_name(built.tag))} shows another picture than the approved {quoted(asked.asset or '')}.",
                built.tag.where,
                asked.place("asset"),
                expected=asked.asset,
                actual=built.picture.file,
                causes=(of_picture(built.tag),),
            )


def _not_shown(asked: AskedImage, built: BuiltImage) -> Finding:
    name, wanted = built_name(built.tag), quoted(asked.asset or "")
    name = quoted(name) if name else "A picture without an address"
    message = _sentence(f"{name} cannot be shown in the place of the approved {wanted}: {_lowered(_why(built))}")
    where, place, causes = built.tag.where, asked.place("asset"), (of_picture(built.tag),)
    return Finding("wrong-picture", message, where, place, asked.asset, built.tag.src, causes=causes)


def _by_eye(asked: AskedImage, built: BuiltImage, wanted: Picture | None) -> Finding:
    name = quoted(asked.asset or "")
    if wanted is None or wanted.fault:
        why = wanted.fault if wanted else "it is not there"
        reason = f"the approved picture {name} cannot be read: {_lowered(why)}"
    else:
        reason = f"it was not looked up: {_lowered(_why(built))}"
    message = (
        f"{quoted(built_name(built.tag))} could not be compared with the approved {name}; "
        f"compare them by eye ({reason.rstrip('.')})."
    )
    where, place, causes = built.tag.where, asked.place("asset"), (of_picture(built.tag),)
    return Finding("wrong-picture", message, where, place, asked.asset, built.tag.src, review=True, causes=causes)


def _same(wanted: Picture, built: Picture, most_distance: int) -> bool:
    if wanted.fingerprint and wanted.fingerprint == built.fingerprint:
        return True
    return likeness_distance(wanted.likeness, built.likeness) <= most_distance


@check(
    "image-link",
    Code(
        "wrong-image-link",
        Severity.ERROR,
        "A click on a picture leads elsewhere, or nowhere.",
        "Link the picture to the address in the request.",
    ),
)
def image_link(images: AlignedImages, links: Links, aligned: AlignedLinks | None) -> Iterator[Finding]:
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
    for asked, tag, url in pairs:
        if not same_destination(url, tag.link):
            around = [link for link in links.built if surrounds(link, tag)]
            leads = f"leads to {quoted(tag.link, 200)}" if tag.link.strip() else "is not linked"
            message = f"The picture {quoted(built_name(tag))} {leads}; the request says {quoted(url, 200)}."
            where, place = tag.where, asked.place("url")
            lost = [ask for ask in (aligned.missing if aligned else ()) if same_destination(ask.url, url)]
            causes = tuple(map(of_link, around)) or tuple(map(of_asked_link, lost)) or (of_picture(tag),)
            yield Finding("wrong-image-link", message, where, place, url, tag.link, causes=causes)


def _broken(image: BuiltImage) -> bool:
    return bool(image.picture.fault) if image.picture else not elsewhere(image)


def _why(image: BuiltImage) -> str:
    return image.picture.fault if image.picture else image.why


def _asked_name(asked: AskedImage) -> str:
    return asked.src or asked.asset or asked.alt or ""


def _lowered(reason: str) -> str:
    return reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
