"""Structured data: JSON-LD and microdata, the annotations of Gmail's Promotions tab among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from qa.artefacts import Mentions, StructuredData, StructuredItem
from qa.artefacts.causes import of_mention
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedAsset, AskedEmail
from qa.source import Text
from qa.text.moments.calendar_times import moment
from qa.text.wording import quoted

_BEGINS = ("availabilityStarts", "validFrom", "startDate")
_ENDS = ("availabilityEnds", "validThrough", "validUntil", "priceValidUntil", "endDate")
_PICTURES = ("image", "logo")


@check(
    "structured-data",
    Code(
        "unreadable-structured-data",
        Severity.WARNING,
        "JSON-LD that is no JSON: nobody reads it.",
        "Correct the comma, the quote or the bracket.",
    ),
    Code(
        "expired-annotation",
        Severity.ERROR,
        "What machines read says that the offer is over before it is sent.",
        "Correct the date.",
    ),
    Code(
        "crossed-annotation",
        Severity.ERROR,
        "What machines read says that the offer ends before it begins.",
        "Correct the dates.",
    ),
    Code(
        "unusable-annotation-picture",
        Severity.WARNING,
        "Gmail cannot show the picture of an annotation.",
        "Give its whole address, https:// in front.",
    ),
)
def structured_data(asked: AskedAsset, data: StructuredData, mentions: Mentions) -> Iterator[Finding]:
    """What the build says to machines can be read, and holds when it is sent.

    Gmail shows deal, code and picture of an email from it, search engines price and date of a page, beside or instead
    of what the designer made. It is copied from the last campaign, and nobody sees it in a test send.

    Fails:
        campaign: {send: {at: "2026-03-10T09:00"}}
        build: >-
          <script type="application/ld+json">{"@type": "DiscountOffer", "availabilityEnds": "2025-03-31"}</script>

    Passes:
        campaign: {send: {at: "2026-03-10T09:00"}}
        build: >-
          <script type="application/ld+json">{"@type": "DiscountOffer", "availabilityEnds": "2026-03-31"}</script>
    """
    if not data.items and not data.unreadable:
        raise Skip("the build has no structured data")
    for text in data.unreadable:
        yield Finding("unreadable-structured-data", f"The JSON-LD cannot be read: {text.value}.", text.where)
    for item in data.items:
        yield from _times(item, mentions)
        if isinstance(asked, AskedEmail):
            yield from _pictures(item)


def _times(item: StructuredItem, mentions: Mentions) -> Iterator[Finding]:
    begin, end, sent = _first(item, _BEGINS), _first(item, _ENDS), mentions.sent
    if end is None:
        return
    ends, begins = _day(end), _day(begin) if begin else None
    about = tuple(of_mention(each) for each in mentions.found if each.kind == "date" and each.where == end.where)
    if ends and begins and ends < begins:
        message = f"{item.type or 'It'} is said to begin on {begins} and to end on {ends}."
        yield Finding("crossed-annotation", message, end.where, None, None, end.value, causes=about)
    elif ends and sent and ends < sent:
        message = f"{item.type or 'It'} is said to end on {ends}; it goes out on {sent}."
        yield Finding("expired-annotation", message, end.where, None, f"after {sent}", end.value, causes=about)


def _pictures(item: StructuredItem) -> Iterator[Finding]:
    text = _first(item, _PICTURES)
    if text is not None and not text.value.strip().lower().startswith("https://"):
        message = f"The picture {quoted(text.value)} of {item.type or 'the annotation'} is no address with https://."
        yield Finding("unusable-annotation-picture", message, text.where, actual=text.value)


def _first(item: StructuredItem, names: tuple[str, ...]) -> Text | None:
    return next((text for name in names if (text := item.get(name)) is not None), None)


def _day(text: Text) -> date | None:
    read = moment(text.value)
    return read.date() if isinstance(read, datetime) else read
