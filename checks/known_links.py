"""Links of the frame beside those the team knows."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedLinks, KnownLinks, LinkRoles, Links
from qa.artefacts.causes import of_link
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.hosts import host_of, one_owner
from qa.links.naming import name_of
from qa.match.frame_links import is_team_sort, sort_of, whole
from qa.match.known_links import is_of_campaign, is_of_team
from qa.match.unread import judged, readable
from qa.text.phrases import begun


@check(
    "known-links",
    Code(
        "unlisted-link",
        Severity.WARNING,
        "A link of the frame is none of those the team knows.",
        "Correct it, or add it to `[links] known` in qa.toml.",
    ),
)
def known_links(links: Links, roles: LinkRoles, known: KnownLinks, aligned: AlignedLinks | None) -> Iterator[Finding]:
    """Logo, navigation, social icons and footer lead where the team's emails always lead.

    Nobody asks for these links and nobody clicks them in a proof: a template copied from a sister brand keeps the
    sister's LinkedIn page for years. Of networks, app stores and the brand's own pages, each is compared where
    `[links] known` in qa.toml names one of the sort.

    Fails:
        profile: {known_links: ["https://www.linkedin.com/company/acme"]}
        email: {}
        build: <p>Join us.</p><a href="https://www.linkedin.com/company/acne">LinkedIn</a>

    Passes:
        profile: {known_links: ["https://www.linkedin.com/company/acme"]}
        email: {}
        build: <p>Join us.</p><a href="https://www.linkedin.com/company/acme">LinkedIn</a>
    """
    if not known.team:
        raise Skip("the profile names no links that stand in every email ([links] known)")
    yield from judged(_unlisted(links, roles, known, aligned), links.built)


def _unlisted(links: Links, roles: LinkRoles, known: KnownLinks, aligned: AlignedLinks | None) -> Iterator[Finding]:
    answered = {link for _, built in (aligned.pairs if aligned else ()) for link in built}
    said: set[str] = set()
    for link in readable(links.built):
        if link in answered or link.hidden or not is_team_sort(link, roles, known):
            continue
        if link.href in said or is_of_team(known, link.href) or is_of_campaign(known, link.href):
            continue
        said.add(link.href)
        right = next((one for one in known.team if _one_network(one, link.href)), "")
        knows = f"the team's links name {right}" if right else "it is none of the team's links"
        message = f"{begun(name_of(link))} leads to {link.href}; {knows}."
        yield Finding("unlisted-link", message, link.where, None, right or None, link.href, causes=(of_link(link),))


def _one_network(address: str, href: str) -> bool:
    return sort_of(address) != "" and one_owner(host_of(whole(address)), host_of(href))
