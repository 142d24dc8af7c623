"""The postal address of the sender."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Body, Purpose
from qa.artefacts.causes import of_asked, of_placeholder
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.included_blocks import footer_elsewhere
from qa.request import AskedEmail, Request
from qa.text.placeholders import names_address, placeholders_in
from qa.text.postal_address import has_address, has_address_token, is_like_address, without_customers
from qa.text.wording import contains, quoted


@check(
    "postal-address",
    Code(
        "missing-postal-address",
        Severity.ERROR,
        "The email shows no postal address of the sender.",
        "Add the company's postal address to the footer.",
    ),
)
def postal_address(asked: AskedEmail, request: Request, body: Body, purpose: Purpose) -> Iterator[Finding]:
    """The email shows the postal address of the sender.

    The law of the United States, Canada and most of Europe asks for it, and mail filters look for it. A footer that
    was cut from the module library takes it along. A receipt or a new password (`purpose: transactional`) needs none.

    Fails:
        email: {}
        build: <p>Join us.</p><p>Acme Ltd. All rights reserved.</p>

    Passes:
        email: {}
        build: <p>Join us.</p><p>Acme Ltd, 1 High Street, London N1 9GU</p>
    """
    visible = without_customers(block.text for block in body.blocks if not block.hidden and not block.outlook_only)
    required = [(words, request.legal.place("must_include", n)) for n, words in enumerate(request.legal.must_include)]
    required += [(words, asked.place("must_include", n)) for n, words in enumerate(asked.must_include or ())]
    required = [(words, place) for words, place in required if is_like_address(words)]
    if any(contains(body.text, words) for words, _ in required) or has_address(visible) or has_address_token(visible):
        return
    where = request.place("legal")
    if placeholders := [one for one in placeholders_in(visible) if names_address(one.said)]:
        message = f"The postal address of the sender is still a placeholder: {quoted(placeholders[0].said)}."
        about = tuple(of_placeholder(one.cause) for one in placeholders)
        yield Finding("missing-postal-address", message, request=where, causes=about)
    elif purpose.transactional and not required:
        raise Skip(f"{purpose.because}: such an email needs no postal address")
    else:
        elsewhere = footer_elsewhere(body)
        message = "No postal address of the sender was recognised; look for one in the footer."
        if elsewhere:
            message = f"The build shows no postal address of the sender; it may be in {elsewhere}."
        about = tuple(of_asked(place, words) for words, place in required)
        yield Finding("missing-postal-address", message, request=where, review=True, causes=about)
