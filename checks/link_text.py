"""Text of links, beside where they lead."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Body, Link, Links
from qa.artefacts.causes import of_label, of_link
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.hosts import wrapping_hosts
from qa.links.naming import known_labels, lines, name_of
from qa.links.roles import role_of
from qa.links.shown_address import contradiction
from qa.match.asked_links import is_as_asked, is_compared
from qa.match.spoken_roles import spoken_roles
from qa.request import AskedAsset, AskedPage
from qa.text.phrases import begun, listed
from qa.text.wording import loose, quoted


@check(
    "link-text",
    Code(
        "misleading-link",
        Severity.WARNING,
        "The text of a link shows one address, and the link leads to another.",
        "Let the link lead to the address it shows, or show the one it leads to.",
    ),
    Code(
        "vague-link",
        Severity.INFO,
        "Links that say nothing of where they lead.",
        "Say what the reader gets: “Read the report” instead of “Click here”.",
    ),
)
def link_text(asked: AskedAsset, links: Links, body: Body) -> Iterator[Finding]:
    """Every link leads where its text says.

    A link that shows one address and leads to another is what mail filters take for fraud, and is most often a
    leftover of the last campaign. “Click here” says nothing to a reader who hears the links one by one.

    Fails:
        email: {}
        build: <p>See <a href="https://www.borealis.example/">www.acme.example</a></p>

    Passes:
        email: {}
        build: <p>See <a href="https://events.acme.example/spring">www.acme.example</a></p>
    """
    if not links.built:
        raise Skip("the build has no link")
    in_email = not isinstance(asked, AskedPage)
    wrapping = wrapping_hosts(link.href for link in links.built)
    misleading: dict[tuple[str, str, bool], list[Link]] = {}
    for link in links.built:
        shown, leads = contradiction(link, wrapping, in_email)
        if shown and not is_as_asked(asked, link):
            misleading.setdefault((shown, leads, is_compared(asked, link)), []).append(link)
    for (shown, leads, _), same in misleading.items():
        message = f"{begun(name_of(same[0]))} shows {shown} and leads {leads}."
        where, actual, causes = same[0].where, same[0].href, tuple(map(of_link, same))
        yield Finding("misleading-link", message, where, expected=shown, actual=actual, causes=causes)
    vague = [link for link in links.built if link.has_href and link.tag in ("a", "area") and _is_vague(link)]
    spoken = spoken_roles(body, vague)
    if vague := [link for link in vague if link not in spoken]:
        labels = {loose(link.text): quoted(link.text) for link in vague}
        verb = "says" if len(labels) == 1 else "say"
        message = f"{listed(labels.values())} {verb} nothing of where the link leads{lines(vague)}."
        each = tuple(f"{link.text} {link.href}" for link in vague)
        causes = tuple(map(of_label, vague))
        yield Finding("vague-link", message, vague[0].where, actual=vague[0].text, each=each, causes=causes)


def _is_vague(link: Link) -> bool:
    return loose(link.text) in known_labels("vague") and not role_of(link.href, "")
