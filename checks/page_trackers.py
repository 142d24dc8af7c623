"""Analytics and advertising tags of a page, as a browser asks for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from qa.artefacts import Markup, PageVisit
from qa.artefacts.causes import of_asked
from qa.check import Options, check
from qa.finding import Code, Finding, Severity
from qa.match.trackers import account_of, lacks_scripts, tags_of
from qa.request import AskedPage
from qa.source import Place
from qa.text.phrases import listed
from qa.text.wording import quoted

_HELD = re.compile(r"type\s*=\s*[\"']?text/plain", re.IGNORECASE)  # how consent tools hold a script back


@dataclass(frozen=True)
class TrackerOptions(Options):
    """``consent_first``: whether tags may be asked for only once the visitor agreed to it."""

    consent_first: bool = False


@check(
    "page-trackers",
    Code(
        "doubled-tag",
        Severity.WARNING,
        "A tag is in the page twice: each visit is counted twice.",
        "Take one of the two snippets out.",
    ),
    Code(
        "idle-tag",
        Severity.WARNING,
        "A tag that was asked for is written in the page, and no browser loads it.",
        "Paste the whole snippet of the tag, and see that it is configured with this id.",
    ),
    Code(
        "early-tracker",
        Severity.WARNING,
        "A tag is asked for before the visitor agreed to it.",
        "Let the consent tool load the tag.",
    ),
)
def page_trackers(asked: AskedPage, visit: PageVisit, markup: Markup, options: TrackerOptions) -> Iterator[Finding]:
    """Browsers ask for every tag that was asked for, once, and for none too early.

    An id in the source proves nothing: half a snippet counts no visit, and one that was pasted twice counts each visit
    double. Whether tags may load before the visitor agrees is the team's to say (`consent_first`).

    Fails:
        page: {}
        build: |
          <html><head><script src="https://www.googletagmanager.com/gtm.js?id=GTM-ABC123"></script>
          <script src="https://www.googletagmanager.com/gtm.js?id=GTM-ABC123"></script></head><body>Join us</body>

    Passes:
        page: {tags: [GTM-ABC123]}
        build: |
          <html><head><script src="https://www.googletagmanager.com/gtm.js?id=GTM-ABC123"></script></head>
          <body>Join us</body></html>
    """
    counted = Counter(found for url in visit.scripts if (found := account_of(url)))
    for (name, account), times in counted.items():
        if times > 1:
            message = f"The page loads {name} {quoted(account)} {'twice' if times == 2 else f'{times} times'}."
            yield Finding("doubled-tag", message, _place(account, markup), actual=account)
    yield from _idle(asked, visit, markup, {account for _, account in counted})
    if options.consent_first and (early := _early(visit)):
        message = f"The page asks for {listed(early)} as soon as it is opened, before anybody agreed to it."
        yield Finding("early-tracker", message, None, actual=early[0], each=tuple(early))


def _idle(asked: AskedPage, visit: PageVisit, markup: Markup, loaded: set[str]) -> Iterator[Finding]:
    """Tags asked for of the sorts that a browser can be seen to load; the page may hold them back for consent."""
    text = markup.source.text
    for number, tag in enumerate(asked.tags or ()):
        asks = tag in loaded or tag in visit.configured or any(tag in one.url for one in visit.requests)
        if asks or tag not in text or not re.match(r"(?:GTM|G|AW|DC)-", tag):
            continue
        place = asked.place("tags", number)
        message = f"The tag {quoted(tag)} is written in the page, and a browser that opens the page does not ask for it"
        message += "; a consent tool may hold it back." if _HELD.search(text) else "."
        about = (of_asked(place, tag),)
        review = bool(_HELD.search(text)) or lacks_scripts(visit)
        yield Finding("idle-tag", message, _place(tag, markup), place, tag, review=review, causes=about)


def _early(visit: PageVisit) -> list[str]:
    """The names of tags whose hosts were asked for anything."""
    found = (tag["name"] for one in visit.requests for tag in tags_of(one.host))
    return list(dict.fromkeys(found))


def _place(word: str, markup: Markup) -> Place | None:
    at = markup.source.text.find(word)
    return markup.source.place(at) if at >= 0 else None
