"""E-mail and phone links. https://www.rfc-editor.org/rfc/rfc6068 and https://www.rfc-editor.org/rfc/rfc3966"""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Link, Links
from qa.artefacts.causes import of_link, of_parameters
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.contact import contact_fault, is_contact
from qa.links.naming import lines, name_of
from qa.text.phrases import begun
from qa.text.wording import quoted


@check(
    "contact-links",
    Code("malformed-mailto", Severity.ERROR, "An e-mail link that reaches nobody.", "Correct the e-mail address."),
    Code(
        "unencoded-mailto",
        Severity.WARNING,
        "The subject or the text that an e-mail link fills in arrives damaged.",
        "Encode it: a space is %20, “&” is %26, a new line is %0D%0A.",
    ),
    Code("malformed-phone", Severity.ERROR, "A phone link that no phone can call.", "Correct the number."),
)
def contact_links(links: Links) -> Iterator[Finding]:
    """Every e-mail link opens a message to somebody, and every phone link calls somebody.

    Nobody clicks these when proofing, and no link checker can. A reader who does wants to buy, or to complain.

    Fails:
        build: <a href="mailto:events@acme@example">Write to us</a>

    Passes:
        build: <a href="mailto:events@acme.example?subject=Spring%20webinar">Write to us</a>
    """
    groups: dict[str, list[Link]] = {}
    for link in links.built:
        href = link.href.strip()
        if is_contact(href):
            groups.setdefault(href, []).append(link)
    if not groups:
        raise Skip("the build has no e-mail or phone link")
    for href, same in groups.items():
        code, fault = contact_fault(href)
        if fault:
            message = f"{begun(name_of(same[0]))} leads to {quoted(href, 120)}: {fault}{lines(same)}."
            cause = of_parameters if code == "unencoded-mailto" else of_link
            yield Finding(code, message, same[0].where, actual=href, causes=tuple(map(cause, same)))
