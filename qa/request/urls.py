"""URLs of a request, each with its place and the link it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa.artefacts.causes import of_asked
from qa.finding import Finding
from qa.request import AskedEmail, AskedLink, AskedPage
from qa.source import Place
from qa.text.phrases import listed
from qa.text.wording import quoted

_MOST = 10  # URLs named in one finding


@dataclass(frozen=True, slots=True)
class AskedUrl:
    """A URL of the request and where it stands; ``link`` is the call to action that leads there."""

    url: str
    where: Place | None
    link: AskedLink | None = None


def urls_of(asset: AskedEmail | AskedPage) -> Iterator[AskedUrl]:
    """Every URL asked for in one email or page, in the order of its fields."""
    for part in (asset, *getattr(asset, "variants", ())):
        for link in part.links or ():
            yield AskedUrl(link.url, link.place("url"), link)
        for image in part.images or ():
            if image.url is not None:
                yield AskedUrl(image.url, image.place("url"))
    if isinstance(asset, AskedPage):
        for field in ("url", "canonical"):
            if (url := getattr(asset, field)) is not None:
                yield AskedUrl(url, asset.place(field))
        if asset.form is not None and asset.form.thank_you is not None and " " not in asset.form.thank_you.strip():
            yield AskedUrl(asset.form.thank_you, asset.form.place("thank_you"))


def of_urls(code: str, says: str, group: list[AskedUrl]) -> Finding:
    """A finding that says one thing of several URLs."""
    first, *others = dict.fromkeys(each.url for each in group)
    more = f" The same is true of {listed((quoted(url, 60) for url in others), _MOST)}." if others else ""
    causes = tuple(of_asked(each.where, each.url) for each in group)
    message, where = f"{quoted(first)} {says}.{more}", group[0].where
    return Finding(code, message, request=where, actual=first, each=(first, *others), causes=causes)
