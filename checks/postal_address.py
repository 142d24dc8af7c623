"""The postal address of the sender."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Body, Purpose, TokenPlaces
from qa.artefacts.causes import of_asked, of_passage, of_placeholder
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.match.included_blocks import footer_elsewhere
from qa.request import AskedEmail, Request
from qa.source import Place
from qa.text.placeholders import names_address, placeholders_in
from qa.text.postal_address import has_address, is_like_address, without_customers
from qa.text.printed_address import LostPart, has_address_token, lost_parts, names_part
from qa.text.wording import contains, quoted


@check(
    "postal-address",
    Code(
        "missing-postal-address",
        Severity.ERROR,
        "The email shows no postal address of the sender.",
        "Add the company's postal address to the footer.",
    ),
    Code(
        "incomplete-postal-address",
        Severity.ERROR,
        "A part of the sender's postal address is lost.",
        "Put the merge tag of the street or the town back into the footer.",
    ),
)
def postal_address(
    asked: AskedEmail, request: Request, body: Body, purpose: Purpose, places: TokenPlaces | None
) -> Iterator[Finding]:
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
    if lost := next(lost_parts(visible), None):
        yield _incomplete(lost, body, request.place("legal"), tuple(_misspelt(places)))
        return
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
        about = tuple(of_asked(place, words) for words, place in required) or tuple(_misspelt(places))
        yield Finding("missing-postal-address", message, request=where, review=True, causes=about)


def _misspelt(places: TokenPlaces | None) -> Iterator[Cause]:
    """Merge tags that would print the address or a part of it, if the platform knew them."""
    if places is None:
        return
    for token in places.tokens.built:
        unread = token.fault or token.known is False or token.platform != places.tokens.platform
        if unread and names_part(token.nearest or token.raw):
            yield from places.causes[token.raw]


def _incomplete(lost: LostPart, body: Body, request: Place | None, misspelt: tuple[Cause, ...]) -> Finding:
    """The finding about an address that merge tags print in part: at the block in which another tag of it stands."""
    standing = next(block for block in body.blocks if not block.hidden and lost.standing in block.text)
    message = f"The address of the sender has lost the {lost.part}: {lost.standing} is there, and {lost.name} is not."
    if not lost.certain:
        message = f"Only {lost.standing} prints the address of the sender; does it hold the {lost.part} too?"
    about = misspelt or (of_passage(standing.where, standing.text),)
    return Finding("incomplete-postal-address", message, standing.where, request, review=not lost.certain, causes=about)
