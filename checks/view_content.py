"""Links and passages that some views of an email show and others do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa.artefacts import Features, Link, Markup, Rendering, causes
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.url import bare
from qa.match.view_contents import Unseen
from qa.match.view_differences import Lack, lacks
from qa.request import AskedEmail
from qa.text.phrases import listed
from qa.text.wording import quoted
from qa.views.backgrounds import Backgrounds

_MOST = 3  # views that one message names


@check(
    "view-content",
    Code(
        "unseen-link",
        Severity.WARNING,
        "A link is seen in some mail programs and not in others.",
        "Show it in both: look for display:none, media queries, conditional comments and colours around it.",
    ),
    Code(
        "unseen-text",
        Severity.WARNING,
        "A passage is seen in some mail programs and not in others.",
        "Show it in both: look for display:none, media queries, conditional comments and colours around it.",
    ),
)
def view_content(
    rendering: Rendering, markup: Markup, asked: AskedEmail, features: Features | None = None
) -> Iterator[Finding]:
    """What one reader sees, every reader can see.

    Responsive emails carry things twice, for phones and for desks, and Outlook's buttons stand in comments that nobody
    else reads: where one of the two is forgotten or hidden by mistake, the readers of one mail program get an email
    without its button.

    Fails:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 500px) { .cta { display: none } }</style></head><body> <p>Join
          us in spring.</p><a class="cta" href="https://acme.example/webinar">Save my seat</a></body></html>

    Passes:
        email: {}
        build: >-
          <html><head><style>@media (max-width: 500px) { .cta { color: red } }</style></head><body> <p>Join us
          in spring.</p><a class="cta" href="https://acme.example/webinar">Save my seat</a></body></html>
    """
    screenshots = [screenshot for screenshot in rendering.screenshots if screenshot.view.images]
    if len(screenshots) < 2:
        raise Skip("only one view with pictures was drawn: there is nothing to compare")
    backgrounds = Backgrounds(features, markup)
    for lack in lacks(screenshots, markup):
        yield replace(_unseen(lack, markup), causes=tuple(dict.fromkeys(_causes(lack, backgrounds, asked))))


def _unseen(lack: Lack, markup: Markup) -> Finding:
    if lack.links:
        first = lack.links[0]
        code, place = "unseen-link", first.where
        name = f"The link {quoted(first.text if first.text.strip() else first.href, 60)}"
    else:
        code, place = "unseen-text", markup.source.place(lack.passages[0].offset)
        name = quoted(lack.passages[0].text, 60)
    rest = [(len(lack.links), "link"), (len(lack.passages), "passage")]
    rest[0 if lack.links else 1] = rest[0 if lack.links else 1][0] - 1, rest[0 if lack.links else 1][1]
    more = " and ".join(f"{count} more {noun}{'s' * (count > 1)}" for count, noun in rest if count)
    nor = f", nor can {more}" if more else ""
    missing, others = (listed((one.view.title for one in some), _MOST) for some in (lack.missing, lack.others))
    message = f"{name} cannot be seen in {missing}{nor}; it can in {others}."
    goals = "\n".join(link.href for link in lack.links[:10]) or None
    return Finding(code, message, place, actual=goals, view=lack.others[0].view.name)


def _causes(lack: Lack, backgrounds: Backgrounds, asked: AskedEmail) -> Iterator[Cause]:
    """The links and passages themselves; the length of the message, and the pictures that are lost behind them."""
    markup = backgrounds.markup
    if lack.why is Unseen.CLIPPED:
        yield causes.of_page("length")
    elif lack.why is Unseen.HIDDEN:
        yield from (_of_hidden(link, markup, asked) for link in lack.links)
        pale = [link for link in lack.links if any(link.where.offset in one.there.faded for one in lack.missing)]
        yield from (causes.of_passage(link.where, link.text) for link in pale)
        yield from (causes.of_passage(markup.source.place(element.offset), element.text) for element in lack.passages)
    else:
        offsets = [link.where.offset or 0 for link in lack.links] + [element.offset for element in lack.passages]
        for offset in offsets:
            drawn = [(one, e) for one in lack.missing for e in one.there.screenshot.elements if e.offset == offset]
            if not drawn or any(one.view.dark for one, _ in drawn):
                yield causes.of_passage(markup.source.place(offset))
            yield from (backgrounds.cause(element) for one, element in drawn if not one.view.dark)


def _of_hidden(link: Link, markup: Markup, asked: AskedEmail) -> Cause:
    """A link; where its twin is hidden in the source, the link of the request that is not there for all readers."""
    goal = bare(link.href)
    if any(other.hidden and bare(other.href) == goal for other in markup.links):
        wanted = next((ask for ask in asked.links or () if bare(ask.url) == goal), None)
        return causes.of_asked_link(wanted) if wanted else causes.of_link(link)
    return causes.of_link(link)
