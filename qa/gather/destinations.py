"""Pages behind the links of a sent message: read from the addresses, or followed on the web with --online."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from qa.artefacts import Destination, Destinations, Inventory, Parts, Probe
from qa.check import gatherer
from qa.gather.plain_links import addresses
from qa.links.url import same_destination
from qa.links.wrapped import carried, is_tracker, without_filters, wrapped_among
from qa.match.asked_links import leaving_labels
from qa.network.redirects import redirect_target
from qa.probing.addresses import Addresses
from qa.probing.exchange import Terms
from qa.probing.prober import Prober
from qa.profile.model import Profile
from qa.request import AskedAsset


@gatherer()
def destinations(  # noqa: PLR0913, PLR0917 - what is read, and what is asked on what terms
    parts: Parts, read: Inventory, asked: AskedAsset, terms: Terms, profile: Profile, prober: Prober
) -> Destinations:
    """Nothing of a build that was not sent: what stands around a link there was copied, and is told."""
    if not parts.was_sent:
        return Destinations()
    links = read.markup.links if read.markup else ()
    text_links = tuple(addresses(parts.plain)) if parts.plain else ()
    wanted = [link.url for link in asked.links or ()] + [image.url for image in asked.images or () if image.url]
    found = Destinations(dict(_read([*(link.href for link in links), *(link.href for link in text_links)], wanted)))
    if not profile.online or not any(page.unread for page in found.pages.values()):
        return found
    every = _addresses(found, read, parts, asked)
    unread = {page.href for page in found.pages.values() if page.unread}
    told = prober.ask([url for url in every.to_ask if url in unread], every.withheld, terms)
    followed = {
        written: _followed(page, told[page.href], wanted) if page.unread and page.href in told else page
        for written, page in found.pages.items()
    }
    return Destinations(followed, asked=True)


def _read(hrefs: Sequence[str], wanted: Sequence[str]) -> Iterator[tuple[str, Destination]]:
    """What can be told of addresses by reading them."""
    plain = {href: without_filters(href) for href in dict.fromkeys(hrefs)}
    wrapped = wrapped_among(plain.values(), wanted)
    for written, href in plain.items():
        if href in wrapped:
            inside = without_filters(carried(href))
            told = bool(inside) and not is_tracker(inside)
            yield written, Destination(inside, (href,)) if told else Destination(href, unread=True)
        elif href != written:
            yield written, Destination(href)


def _addresses(found: Destinations, read: Inventory, parts: Parts, asked: AskedAsset) -> Addresses:
    """Every address of the message, and which of them are not to be asked."""
    every = Addresses(read.markup.blocks if read.markup else (), leaving_labels(asked))
    every.add(found.links(read.markup.links if read.markup else ()))
    every.add_text(found.text_links(addresses(parts.plain)) if parts.plain else ())
    every.add_headers(parts)
    return every


def _followed(page: Destination, probe: Probe, wanted: Sequence[str]) -> Destination:
    """Where a click tracker led: to the first page on the way that the request names, else the first of no tracker."""
    behind = [url for url in _on_the_way(probe) if url != page.href]
    pages = [url for url in behind if not is_tracker(url)]
    named = [url for url in behind if any(same_destination(url, ask) for ask in wanted)]
    leads = next(chain(named, pages), "")
    if not leads:
        return replace(page, lost=probe.failure != "never" and not 200 <= probe.status < 400)
    return replace(page, href=leads, through=(page.href, *behind[: behind.index(leads)]), unread=False)


def _on_the_way(probe: Probe) -> list[str]:
    """Every address that answered, and the one that the last of them leads on to: it may be one that is not asked."""
    last = probe.hops[-1] if probe.hops else None
    on = redirect_target(last.url, last.status, last.headers.get("location", "")) if last else ""
    return list(dict.fromkeys((*(hop.url for hop in probe.hops), *filter(None, (on,)))))
