"""Does another check speak of this link already? One mistake is said once, by the check that knows most of it."""

from __future__ import annotations

from qa.align import SAME_TEXT, label_likeness
from qa.artefacts import Link
from qa.hosts import kind_of
from qa.hrefs import LONGEST, is_refused, unencoded_in
from qa.link_faults import fault_of
from qa.request import AskedAsset, AskedLink, AskedPage
from qa.system_links import role_of
from qa.url import bare, is_web, same_destination

_DEAD = ("empty-link", "malformed-link", "placeholder-link", "relative-link")


def named_by(asked: AskedAsset, link: Link) -> AskedLink | None:
    """The link of the request that this one answers: it has its label, or leads where it leads (as qa.align pairs)."""
    wanted = asked.links or ()
    same = next((ask for ask in wanted if bare(ask.url) == bare(link.href)), None)
    return same or next((ask for ask in wanted if label_likeness(ask.text, link.text) >= SAME_TEXT), None)


def is_compared(asked: AskedAsset, link: Link) -> bool:
    """Whether `link-destination` or `unasked-links` compares this link with the request, be it right or wrong."""
    if asked.links is None:
        return False
    return (is_web(link.href) and not role_of(link.href, link.text)) or named_by(asked, link) is not None


def is_dead(link: Link, in_email: bool) -> bool:
    """Whether `link-syntax`, `link-hosts` or `contact-links` refuses a link as such, whatever the request says."""
    fault = fault_of(link, in_email) if link.has_href else None
    return is_refused(link.href) or (fault is not None and not fault.review and fault.code in _DEAD)


def is_shortened(asked: AskedAsset, link: Link) -> bool:
    """Whether `link-hosts` wants the whole address in place of this one, which is a shortener's."""
    return kind_of(link.href) == "shortener" and not is_compared(asked, link)


def is_faulted(asked: AskedAsset, link: Link) -> bool:
    """Whether a check of links finds fault with this one: `link-destination`, `unasked-links` or one of `is_dead`."""
    ask = named_by(asked, link)
    if ask is not None:
        return not same_destination(ask.url, link.href) or bool(kind_of(link.href))
    if asked.links is not None and not role_of(link.href, link.text):
        return True
    badly_written = len(link.href) > LONGEST or bool(kind_of(link.href)) or bool(unencoded_in(link.href))
    return badly_written or is_dead(link, not isinstance(asked, AskedPage))
