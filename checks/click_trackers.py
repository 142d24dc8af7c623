"""Click trackers of a message that was sent, behind which nobody can read where links lead."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import AlignedLinks, Destinations, Links, Parts
from qa.artefacts.causes import of_link
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.hosts import host_of
from qa.links.naming import name_of
from qa.links.roles import role_in_words
from qa.match.unread import many
from qa.text.phrases import begun, listed


@check(
    "click-trackers",
    Code(
        "unread-links",
        Severity.WARNING,
        "Links of a sent message go through a click tracker, which hides where they lead.",
        "Run it with --online, or check the exported build.",
    ),
)
def click_trackers(parts: Parts, links: Links, ends: Destinations, aligned: AlignedLinks | None) -> Iterator[Finding]:
    """It is known where the links of a sent message lead.

    A platform puts an address of its own around each link that it sends. The words of the links and their number are
    compared with the request all the same; where they lead can be seen with --online, or in the exported build.

    Fails:
        email: {}
        build: |
          Received: from mx.acme.example
          Content-Type: text/html

          <a href="https://links.acme.example/a/click?_t=5cce074b&_m=74aKPN&_e=l6cj19GbssUn6h5qtXjR">Save my seat</a>

    Passes:
        email: {}
        build: |
          Received: from mx.acme.example
          Content-Type: text/html

          <a href="https://www.acme.example/webinar">Save my seat</a>
    """
    if not parts.was_sent:
        raise Skip("the build is no message that was sent")
    named = {link for _, built in (aligned.pairs if aligned else ()) for link in built}
    lost = {page.href for page in ends.pages.values() if page.lost}  # told where it is asked what stands behind links
    unread = [link for link in links.built if link.unread and not link.outlook_only and link.href not in lost]
    # The way out is never asked, and every email has one: its words say where it should lead.
    unread = [link for link in unread if link in named or not role_in_words(link.text)]
    if not unread:
        return
    hosts = listed(host_of(link.href) for link in unread)
    go = "leads" if len(unread) == 1 else "lead"
    message = f"Where {many(unread)} {go} cannot be read, as the platform's click trackers ({hosts}) hide it: "
    message += "use --online, or check the exported build."
    if ends.asked:
        message = (
            f"{begun(listed(map(name_of, unread)))} {go} through {hosts}, which did not tell where, or is not asked "
        )
        message += "as it may sign off: open it by hand, or check the exported build."
    each = tuple(f"{link.text} {link.href}" for link in unread)
    about = tuple(map(of_link, unread))
    yield Finding("unread-links", message, unread[0].where, each=each, review=True, causes=about)
