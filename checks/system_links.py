"""System links of an email that lead where their words do not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.artefacts import Body, Link
from qa.artefacts.causes import of_link
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.naming import known_labels, name_of
from qa.links.roles import mentions, role_in_address, role_in_tag, role_in_words
from qa.links.url import bare, is_web, untracked
from qa.links.way_out import SYSTEM_PAGES, leads_instead
from qa.match.link_blocks import links_by_block
from qa.request import AskedEmail
from qa.text.phrases import begun
from qa.text.wording import loose, quoted

_ONE_PAGE = ({"unsubscribe", "preferences"}, {"privacy", "imprint"})  # many brands have both on one page


@check(
    "system-links",
    Code(
        "wrong-unsubscribe",
        Severity.ERROR,
        "A link says “unsubscribe” and does not unsubscribe.",
        "Put the platform's own unsubscribe link there.",
    ),
    Code(
        "wrong-system-link",
        Severity.ERROR,
        "A link does what another one should do.",
        "Put the platform's own link for these words there.",
    ),
)
def system_links(asked: AskedEmail, body: Body) -> Iterator[Finding]:
    """Unsubscribe, view in browser and forward do what they say.

    A reader who presses “unsubscribe” and lands on the home page presses “spam” next, and the sender has broken the
    law. A reader who wants to see the email in the browser and is unsubscribed is lost. Both come of two footers
    merged into one, and no click test sees them: the pages are there.

    Fails:
        email: {}
        build: <p>Join us.</p><p><a href="https://www.acme.example/">Unsubscribe</a></p>

    Passes:
        email: {}
        build: <p>Join us.</p><p><a href="{{system.unsubscribeLink}}">Unsubscribe</a></p>
    """
    links = [link for link in body.links if link.has_href and not (link.hidden or link.outlook_only)]
    if not links:
        raise Skip("the build has no link")
    leaving = {link: name_of(link) for link in links if _says_leaving(link)} | _spoken_of(body, links)
    others = [link for link in links if link not in leaving and _is_about_something_else(link)]
    for link, name in leaving.items():
        if instead := leads_instead(link) or _shared(link, others):
            message = f"{begun(name)} leads {instead}: nobody unsubscribes there."
            yield Finding("wrong-unsubscribe", message, link.where, actual=link.href, causes=(of_link(link),))
    for link in links:
        said, leads = _said(link), role_in_tag(link.href) or _unsubscribes(link)
        if link not in leaving and said and leads and said != leads and not _may_be_one(said, leads):
            message = f"{begun(name_of(link))} leads to {SYSTEM_PAGES[leads]} ({link.href})."
            yield Finding("wrong-system-link", message, link.where, actual=link.href, causes=(of_link(link),))


def _says_leaving(link: Link) -> bool:
    """Whether a link's words speak of unsubscribing, and of no preferences."""
    return role_in_words(link.text) == "unsubscribe" and not mentions("preferences", link.text)


def _spoken_of(body: Body, links: Sequence[Link]) -> dict[Link, str]:
    """«To unsubscribe, click here»: the only link of such a block, where its own words say nothing."""
    found: dict[Link, str] = {}
    for number, inside in links_by_block(body, links).items():
        text = body.blocks[number].text if number >= 0 else ""
        alone = len(inside) == 1 and loose(inside[0].text) in known_labels("vague")
        if alone and mentions("unsubscribe", text) and not mentions("preferences", text):
            found[inside[0]] = f"{name_of(inside[0])} in {quoted(text)}"
    return found


def _said(link: Link) -> str:
    """What a link should do by its words: a system link, or "content" for what calls to buy or to read."""
    label = loose(link.text)
    return role_in_words(link.text) or ("content" if " " in label and label in known_labels("repeated") else "")


def _unsubscribes(link: Link) -> str:
    return "unsubscribe" if is_web(link.href) and role_in_address(link.href) == "unsubscribe" else ""


def _may_be_one(said: str, leads: str) -> bool:
    if said == "content":
        return leads not in ("unsubscribe", "forward")
    return any({said, leads} == pair for pair in _ONE_PAGE)


def _shared(link: Link, others: Sequence[Link]) -> str:
    """That a link leads where one leads that has nothing to do with unsubscribing, in words; "" where none does."""
    if role_in_tag(link.href) or role_in_address(link.href) == "unsubscribe" or not is_web(link.href):
        return ""
    page = bare(link.href)
    other = next((one for one in others if bare(one.href) == page), None)
    return f"where {name_of(other, 40)} leads, to {untracked(link.href)}" if other else ""


def _is_about_something_else(link: Link) -> bool:
    label = loose(link.text)
    silent = not label or label in known_labels("vague")
    return not silent and not role_in_words(label) and not mentions("unsubscribe", label)
