"""The link by which a reader unsubscribes. https://www.rfc-editor.org/rfc/rfc8058 is not enough for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.artefacts import Block, Body, Link, Purpose
from qa.artefacts.causes import of_link
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.contact import contact_fault
from qa.links.faulty.faults import fault_of, is_local
from qa.links.hosts import is_social, kind_of
from qa.links.roles import has_token, mentions, role_in_words, role_of
from qa.links.way_out import leads_instead
from qa.markup.merge_tag_mask import BLOT, masked
from qa.match.included_blocks import footer_elsewhere
from qa.match.link_blocks import links_by_block
from qa.request import AskedEmail
from qa.source import Place
from qa.text.wording import quoted


@check(
    "unsubscribe",
    Code(
        "missing-unsubscribe",
        Severity.ERROR,
        "The email has no unsubscribe link a reader can see.",
        "Put the platform's unsubscribe link into the footer.",
    ),
)
def unsubscribe(asked: AskedEmail, body: Body, purpose: Purpose) -> Iterator[Finding]:
    """The email has an unsubscribe link that a reader can see.

    The law asks for it nearly everywhere, and so do Gmail and Yahoo. A reader who cannot find it presses "spam"
    instead, and the next send reaches fewer people. The List-Unsubscribe header alone is not enough. A receipt or a new
    password (`purpose: transactional`) needs none.

    Fails:
        email: {}
        build: <p>Join us.</p><p><a href="https://www.acme.example/privacy">Privacy policy</a></p>

    Passes:
        email: {}
        build: <p>Join us.</p><p><a href="{{system.unsubscribeLink}}">Unsubscribe</a></p>
    """
    links = [link for link in body.links if link.has_href and not link.hidden and not link.outlook_only]
    roles = [role_of(link.href, link.text) for link in links]
    leaving = [
        link
        for link, role in zip(links, roles, strict=True)
        if role == "unsubscribe" or role_in_words(link.text) == "unsubscribe"
    ]
    where = asked.place("name")
    if _printed(body):
        return
    if leaving:
        if all(_leads_nowhere(link) or _leads_astray(link) for link in leaving):
            yield _dead(leaving, where)
        return
    spoken = _spoken(body.blocks)
    if purpose.transactional and not spoken:
        raise Skip(f"{purpose.because}: such an email needs no unsubscribe link")
    if not _explained(body, spoken, links):
        preferences = next((link for link, role in zip(links, roles, strict=True) if role == "preferences"), None)
        yield _missing(body, spoken, preferences, where)


def _dead(leaving: Sequence[Link], where: Place | None) -> Finding:
    """Every link that says so leads elsewhere."""
    first = leaving[0]
    astray = leads_instead(first) or "nowhere"
    message = f"{quoted(first.text or first.href)} leads {astray}; the email has no other unsubscribe link."
    return Finding("missing-unsubscribe", message, first.where, where, causes=tuple(map(of_link, leaving)))


def _missing(body: Body, spoken: frozenset[int], preferences: Link | None, where: Place | None) -> Finding:
    """No link says so: where one may be all the same, a person looks."""
    message = "The email has no unsubscribe link that a reader can see"
    if preferences:
        message += f"; see whether {quoted(preferences.text or preferences.href)} lets the reader unsubscribe."
        return Finding("missing-unsubscribe", message, preferences.where, where, review=True)
    if spoken:
        block = body.blocks[min(spoken)]
        message += f": {quoted(block.text)} {'is hidden' if block.hidden else 'is not a link'}."
        return Finding("missing-unsubscribe", message, block.where, where, review=where is None)
    if elsewhere := footer_elsewhere(body):
        return Finding("missing-unsubscribe", f"{message}; it may be in {elsewhere}.", request=where, review=True)
    if where is None:
        return Finding("missing-unsubscribe", f"{message}; if it is marketing, it needs one.", review=True)
    return Finding("missing-unsubscribe", f"{message}.", request=where)


def _leads_nowhere(link: Link) -> bool:
    if BLOT in masked(link.href):
        return False  # the platform writes it
    fault, (contact, says) = fault_of(link, in_email=True), contact_fault(link.href)
    dead = fault is not None and not fault.review and fault.code != "insecure-link"
    nobody = bool(says) and contact != "unencoded-mailto"
    return dead or nobody or is_local(link.href) or kind_of(link.href) in ("staging", "editor")


def _leads_astray(link: Link) -> bool:
    """Whether a link that speaks of unsubscribing, and of nothing else, leads somewhere else."""
    return not mentions("preferences", link.text) and bool(leads_instead(link))


def _printed(body: Body) -> bool:
    """Whether a merge tag prints the whole link, as Klaviyo's and Campaign Monitor's do."""
    return has_token("unsubscribe", body.text) or "<unsubscribe" in body.source.text.lower()


def _spoken(blocks: Sequence[Block]) -> frozenset[int]:
    """The blocks that speak of unsubscribing. All are asked at once first: mostly none does."""
    if not mentions("unsubscribe", "\n".join(block.text for block in blocks)):
        return frozenset()
    return frozenset(number for number, block in enumerate(blocks) if mentions("unsubscribe", block.text))


def _explained(body: Body, spoken: frozenset[int], links: Sequence[Link]) -> bool:
    """«To unsubscribe, click here»: the words stand beside the link, and it is none of another kind."""
    inside = links_by_block(body, links) if spoken else {}
    return any(_meant(body.blocks[number], inside.get(number, ())) for number in spoken)


def _meant(block: Block, links: Sequence[Link]) -> bool:
    """Whether one of the links is what a block speaks of. Preferences are in a sentence, not in a row of labels."""
    roles = {role_of(link.href, link.text) for link in links if not is_social(link.href)}
    if block.hidden or not roles & {"", "preferences"}:
        return False
    rest = block.text
    for link in links[:_MOST_LINKS]:
        rest = rest.replace(link.text, " ", 1)
    return "" in roles or len(re.findall(r"\w+", rest)) >= _SENTENCE


_MOST_LINKS = 50  # of one block
_SENTENCE = 3  # words
