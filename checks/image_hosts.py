"""Hosts of pictures: staging sites, editors, servers of somebody's own machine."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import FurtherPictures, Images
from qa.artefacts.causes import of_picture
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.faulty.faults import is_local
from qa.links.hosts import kind_of
from qa.links.url import is_web, schemed
from qa.source import Place
from qa.text.phrases import in_lines
from qa.text.wording import quoted

_SAYS = {
    "staging": "a site for tests, or one that only colleagues reach",
    "editor": "an editor or back office, where a reader would have to log in",
    "local": "a server of somebody's own machine",
}


@check(
    "image-hosts",
    Code(
        "staging-picture",
        Severity.ERROR,
        "A picture stands on a site that readers should not, or cannot, reach.",
        "Upload the picture to where the live ones are, and use that address.",
    ),
)
def image_hosts(images: Images, others: FurtherPictures) -> Iterator[Finding]:
    """Every picture stands where all readers can reach it.

    A picture on the staging site is shown to everybody in the office, so that every proof looks right; readers see a
    grey box.

    Fails:
        email: {}
        build: <p><img src="https://staging.acme.example/hero.png" alt="Speakers"></p>

    Passes:
        email: {}
        build: <p><img src="https://www.acme.example/hero.png" alt="Speakers"></p>
    """
    there: list[tuple[str, Place, tuple[Cause, ...]]] = [
        (image.tag.src, image.tag.where, (of_picture(image.tag),)) for image in images.built
    ]
    of_markup = {image.tag.src for image in images.built}
    there += [(one.value, one.where, ()) for one in others.addresses if one.value not in of_markup]
    if not there:
        raise Skip("the build has no pictures")
    for kind, says in _SAYS.items():
        found = [each for each in there if _kind(each[0]) == kind]
        if found:
            src, where, _ = found[0]
            what = f"{len(found)} pictures stand" if len(found) > 1 else "A picture stands"
            lines = in_lines([place for _, place, _ in found])
            message = f"{what} on {says}: {quoted(src, 200)}{' and others' if len(found) > 1 else ''}{lines}."
            causes = tuple(cause for *_, each in found for cause in each)
            each = tuple(address for address, *_ in found)
            yield Finding("staging-picture", message, where, actual=src, each=each, causes=causes)


def _kind(src: str) -> str:
    address = schemed(src)
    if not is_web(address):
        return ""
    return "local" if is_local(address) else kind_of(address)
