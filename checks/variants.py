"""Versions of an email for segments."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Markup, Parts
from qa.artefacts.causes import of_asked
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.merge_tags.conditions import asked_in
from qa.request import AskedEmail, AskedVariant, Request
from qa.source import Place
from qa.text.wording import contains, quoted


@check(
    "variant-wording",
    Code(
        "foreign-variant-wording",
        Severity.ERROR,
        "A version holds words that were asked for another segment alone.",
        "Check which block this segment is shown; the versions may be swapped.",
    ),
    Code(
        "missing-variant", Severity.ERROR, "The condition of a version is nowhere in the build.", "Build the version."
    ),
    Code("unchecked-variant", Severity.INFO, "A version could not be compared as a whole.", "Look at a test send."),
    Code("missing-variant-wording", Severity.ERROR, "A version lacks its words.", "Put them behind its condition."),
)
def variant_wording(request: Request, asked: AskedEmail, markup: Markup, parts: Parts) -> Iterator[Finding]:
    """Every segment sees its own version of an email, and nobody another segment's.

    A customer who is greeted as a prospect knows that nobody looked. Swapped versions look perfect one by one.

    Fails:
        email:
          variants:
            - {segment: customers, build: build/customers.html, must_include: [As a customer]}
            - {segment: partners, build: build/partners.html, must_include: [As a partner]}
        build: <p>Hello</p>
        files: {build/customers.html: <p>As a partner</p>, build/partners.html: <p>As a partner</p>}

    Passes:
        email:
          variants:
            - {segment: customers, build: build/customers.html, must_include: [As a customer]}
            - {segment: partners, build: build/partners.html, must_include: [As a partner]}
        build: <p>Hello</p>
        files: {build/customers.html: <p>As a customer</p>, build/partners.html: <p>As a partner</p>}
    """
    email, own = _version(request, asked)
    if not email.variants:
        raise Skip("the request names no variants")
    if parts.was_sent and all(variant.when is not None for variant in email.variants):
        raise Skip("the message was sent to one reader: it shows one version, and holds no condition any more")
    text = markup.text.replace("\n", " ")
    if own is not None:
        yield from _lacking(own, asked, text, markup)
    for variant in email.variants:
        if variant.when is not None:
            if own is None and not parts.was_sent:
                yield from _behind_condition(variant, markup)
        elif own is None or variant.segment != own.segment:
            yield from _foreign(variant, own, asked, text, markup)


def _version(request: Request, asked: AskedEmail) -> tuple[AskedEmail, AskedVariant | None]:
    """The email this is a version of, and the variant it is; None where it is the email itself."""
    for email in request.emails:
        if email.name == asked.name:
            return email, None
        for variant in email.variants:
            if f"{email.name} / {variant.segment}" == asked.name:
                return email, variant
    return asked, None


def _lacking(own: AskedVariant, asked: AskedEmail, text: str, markup: Markup) -> Iterator[Finding]:
    """The words of its own that a version with a build of its own does not have, alternative texts counted in."""
    alts = [image.alt for image in markup.images if image.alt and not image.hidden]
    before = len(asked.must_include or ()) - len(own.must_include)
    for number, words in enumerate(own.must_include, before):
        if not any(contains(said, words) for said in (text, *alts)):
            message = f"{quoted(words)} is not in the version for the segment {quoted(own.segment)}."
            place = asked.place("must_include", number)
            about = (of_asked(place, words),)
            yield Finding("missing-variant-wording", message, None, place, words, causes=about)


def _foreign(
    variant: AskedVariant, own: AskedVariant | None, asked: AskedEmail, text: str, markup: Markup
) -> Iterator[Finding]:
    mine = asked.must_include or ()
    for number, words in enumerate(variant.must_include):
        if words not in mine and contains(text, words):
            place = next((block.where for block in markup.blocks if contains(block.text, words)), None)
            who = f"the segment {quoted(own.segment)}" if own else "everybody else"
            message = f"{quoted(words)} is for the segment {quoted(variant.segment)} alone; this version is for {who}."
            request = variant.place("must_include", number)
            yield Finding("foreign-variant-wording", message, place, request, actual=words)


def _behind_condition(variant: AskedVariant, markup: Markup) -> Iterator[Finding]:
    """A version inside the one build: its words must stand between its condition and that condition's end."""
    behind = asked_in(markup.source.text, variant.when or "")
    if not behind:
        segment = quoted(variant.segment)
        message = f"The condition {quoted(variant.when or '')} of the segment {segment} is not in the build."
        yield Finding("missing-variant", message, request=variant.place("when"), expected=variant.when)
        return
    where = markup.source.place(behind[0].tag)
    seen = [block for block in markup.blocks if not block.hidden]
    inside = [block for block in seen if any(one.start <= (block.where.offset or 0) < one.end for one in behind)]
    shown = " ".join(block.text for block in inside)
    others = [block for block in seen if block not in inside]
    for number, words in enumerate(variant.must_include):
        place = variant.place("must_include", number)
        if not contains(shown, words):
            message = f"{quoted(words)} is not in what the segment {quoted(variant.segment)} is shown."
            about = (of_asked(place, words),)
            yield Finding("missing-variant-wording", message, where, place, words, causes=about)
        elif leak := next((block for block in others if contains(block.text, words)), None):
            message = f"{quoted(words)} is for the segment {quoted(variant.segment)} alone; here everybody sees it."
            yield Finding("foreign-variant-wording", message, leak.where, place, actual=leak.text)
    for number, words in enumerate(variant.must_not_include):
        if contains(shown, words):
            message = f"The segment {quoted(variant.segment)} is shown {quoted(words)}; the request rules it out."
            place = variant.place("must_not_include", number)
            yield Finding("foreign-variant-wording", message, where, place, actual=words)
    yield from _not_compared(variant, where)


def _not_compared(variant: AskedVariant, where: Place) -> Iterator[Finding]:
    """What else was asked of a version that has no build of its own: nobody can pick it out of the one build."""
    said = ("subject", "preheader", "links", "images", "wording", "tokens", "text")
    fields = [{"wording": "copy"}.get(name, name) for name in said if getattr(variant, name) is not None]
    if fields:
        message = (
            f"The {', '.join(fields)} asked for the segment {quoted(variant.segment)} cannot be told apart inside one "
            "build: look at a test send to somebody of that segment."
        )
        yield Finding("unchecked-variant", message, where, variant.place(), review=True)
