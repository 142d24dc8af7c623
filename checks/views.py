"""Does every reader see the same, whatever the mail program?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qa.artefacts import Element, Features, Link, Markup, Rendering, View, causes
from qa.check import check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.url import bare
from qa.markup.merge_tag_mask import masked
from qa.match.visibility import Amount, Seen, Sight, Unseen, leads_nowhere, seen_in
from qa.request import AskedEmail
from qa.text.wording import loose, quoted
from qa.views.backgrounds import Backgrounds
from qa.views.legibility import ElementBlocks, calls, legible

_TEXT = facts("seen")["text"]
_NARROW = facts("seen")["phone"]["narrow"]


@check(
    "views",
    Code(
        "lost-view",
        Severity.WARNING,
        "A picture of the build could not be taken.",
        "Open the build in a browser: does it hang there, too? Else run the check once more.",
    ),
)
def views(rendering: Rendering) -> Iterator[Finding]:
    """Every view that was wanted is drawn.

    A view that was not drawn was not looked at: what is broken in it, the reader finds.

    Fails:
        page: {}
        build: <body><p>Save your seat<script>onresize = () => { if (innerWidth > 900) for (;;); }</script></body>

    Passes:
        page: {}
        build: <body><p>Save your seat</body>
    """
    for view, reason in rendering.lost:
        yield Finding("lost-view", f"{view.title} was not drawn: {reason}", view=view.name)
    if rendering.missing and not rendering.lost:
        reasons = dict.fromkeys(reason for _, reason in rendering.missing)
        raise Skip(f"not drawn: {_titles([view for view, _ in rendering.missing])}. {' '.join(reasons)}")


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
    shots = [shot for shot in rendering.shots if shot.view.images]
    if len(shots) < 2:
        raise Skip("only one view with pictures was drawn: there is nothing to compare")
    views, lacking = seen_in(shots, markup), _Lacking()
    whole = [one.there for one in views if not one.clipped]
    for link in _once(markup.links):
        without = [one.there for one in views if one.lacks(link) is Unseen.HIDDEN]
        lacking.note(link, views, left_out=_left_out(link, without, whole, markup))
    for passage in _passages(whole, markup):
        lacking.note(passage, views)
    told = lacking.offsets()
    for amount, element in _amounts(whole, markup).items():
        lacking.note(element, views, amount, told=told)
    backgrounds = Backgrounds(features, markup)
    for lack in lacking.found.values():
        yield replace(_unseen(lack, markup), causes=tuple(dict.fromkeys(_causes(lack, backgrounds, asked))))


def _left_out(link: Link, without: Sequence[Sight], sights: Sequence[Sight], markup: Markup) -> bool:
    """Whether only phones do without it, and it is none of the calls to action, which they show: as with menus."""
    if not all(sight.shot.view.width <= _NARROW and _calls(markup.links, sight) for sight in without):
        return False
    if any(link.where.offset in sight.faded for sight in without):
        return False
    return not any(_calls([link], sight) for sight in sights)


def _calls(links: Iterable[Link], sight: Sight) -> bool:
    """Whether one of the links looks like a call to action."""
    pictured = {link.where.offset: bool(link.pictures) for link in links}
    drawn = [e for e in sight.shot.elements if e.visible and e.offset in pictured]
    return any(calls(element, pictured=pictured[element.offset]) for element in drawn)


@dataclass(slots=True)
class _Lack:
    """What a number of views do not show, for one reason, and others do."""

    why: Unseen
    missing: list[Seen]
    others: list[Seen]
    links: list[Link] = field(default_factory=list)
    passages: list[Element] = field(default_factory=list)


class _Lacking:
    """What some views do not show, those together that the same views lack for the same reason."""

    def __init__(self) -> None:
        self.found: dict[tuple[Unseen, tuple[str, ...]], _Lack] = {}

    def note(
        self,
        thing: Link | Element,
        views: Sequence[Seen],
        amount: Amount | None = None,
        *,
        left_out: bool = False,
        told: Collection[tuple[Unseen, int]] = (),
    ) -> None:
        """Put down what some views do not show; what none shows is hidden on purpose."""
        offset = thing.where.offset or 0 if isinstance(thing, Link) else thing.offset
        reasons = [one.lacks(thing, amount) for one in views]
        for why in Unseen:
            missing = [one for one, reason in zip(views, reasons, strict=True) if reason is why]
            others = [one for one, reason in zip(views, reasons, strict=True) if reason is None]
            if why is Unseen.HIDDEN:  # what has faded, or was cut off, is there
                others = [one for one in views if not one.clipped and one not in missing]
            if missing and others and not (left_out and why is Unseen.HIDDEN) and (why, offset) not in told:
                key = why, tuple(one.view.name for one in missing)
                lack = self.found.setdefault(key, _Lack(why, missing, others))
                if isinstance(thing, Link):
                    lack.links.append(thing)
                else:
                    lack.passages.append(thing)

    def offsets(self) -> set[tuple[Unseen, int]]:
        """Where the links and passages begin that some views lack, and why."""
        links = {(lack.why, link.where.offset or 0) for lack in self.found.values() for link in lack.links}
        return links | {(lack.why, element.offset) for lack in self.found.values() for element in lack.passages}


def _once(links: Iterable[Link]) -> Iterable[Link]:
    """The first of the links that lead to the same place, those left out that are hidden in the source.

    What only Outlook on Windows reads comes last. Links that lead nowhere yet are the same where their words are.
    """
    goals: dict[str, Link] = {}
    for link in sorted(links, key=lambda link: link.outlook_only):
        if link.hidden or not link.has_href:
            continue
        if leads_nowhere(link):
            if link.text.strip() and not link.pictures:
                goals.setdefault(f"words {loose(link.text)}", link)
        elif not link.href.strip().startswith("#") and (link.text.strip() or link.pictures):
            goals.setdefault(bare(link.href), link)
    return sorted(goals.values(), key=lambda link: link.where.offset or 0)


def _passages(sights: Sequence[Sight], markup: Markup) -> Iterable[Element]:
    """Whole passages and headings that some view shows, those left out that are hidden in the source."""
    blocks = ElementBlocks(markup)
    found: dict[int, Element] = {}
    for sight in sights:
        for element in sight.shot.elements:
            if element.offset in sight.seen and legible(element) and _told(element):
                found.setdefault(element.offset, element)
    hidden: Mapping[int, bool] = {o: bool((block := blocks.of(e)) and block.hidden) for o, e in found.items()}
    return [element for offset, element in sorted(found.items()) if not hidden[offset]]


def _amounts(sights: Sequence[Sight], markup: Markup) -> Mapping[Amount, Element]:
    """What some view names of the offer, what is hidden in the source left out: it may be there for some alone."""
    blocks = ElementBlocks(markup)
    found: dict[Amount, Element] = {}
    for sight in sights:
        for amount, element in sight.amounts.items():
            found.setdefault(amount, element)
    hidden = {element.offset for element in found.values() if (block := blocks.of(element)) and block.hidden}
    return {amount: element for amount, element in found.items() if element.offset not in hidden}


def _told(element: Element) -> bool:
    """Whether it tells a reader something: enough words that are no merge tags."""
    least = _TEXT["heading" if element.tag in ("h1", "h2", "h3") else "passage"]
    return bool(sum(map(str.isalnum, masked(element.text))) >= least)


def _unseen(lack: _Lack, markup: Markup) -> Finding:
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
    missing, others = [one.view for one in lack.missing], [one.view for one in lack.others]
    message = f"{name} cannot be seen in {_titles(missing)}{nor}; it can in {_titles(others)}."
    goals = "\n".join(link.href for link in lack.links[:10]) or None
    return Finding(code, message, place, actual=goals, view=others[0].name)


def _causes(lack: _Lack, backgrounds: Backgrounds, asked: AskedEmail) -> Iterator[Cause]:
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
            drawn = [(one, e) for one in lack.missing for e in one.there.shot.elements if e.offset == offset]
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


def _titles(views: Sequence[View], most: int = 3) -> str:
    """« Gmail on the web, Outlook on Windows and 2 more »."""
    titles = list(dict.fromkeys(view.title for view in views))
    if len(titles) > most + 1:
        return f"{', '.join(titles[:most])} and {len(titles) - most} more"
    return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))
