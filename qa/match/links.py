"""Links of the request, matched with those of the build.

Every match is the best for all together, so that a message can say «"Save my seat" leads to X, the request says Y»
instead of "missing" here and "unexpected" there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa.artefacts import (
    AlignedLinks,
    Link,
    Links,
    Tokens,
)
from qa.check import gatherer
from qa.links.contact import is_contact
from qa.links.faulty.faults import is_dead
from qa.links.roles import role_in_words, role_of
from qa.links.url import bare, is_web
from qa.match.assignment import best_pairs
from qa.match.filled import fills
from qa.match.labels import SAME_TEXT, label_likeness, refuse_too_many
from qa.merge_tags.pattern import TOKEN
from qa.merge_tags.tagless import is_filled_in
from qa.request import AskedAsset, AskedLink, AskedPage
from qa.text.likeness import likeness
from qa.text.wording import extent, loose


@gatherer()
def aligned_links(asked: AskedAsset, links: Links, tokens: Tokens) -> AlignedLinks:
    """Asked links and built ones. Several can answer one that was asked for: a picture, a button, its twin."""
    wanted: tuple[AskedLink, ...] = asked.require("links")
    in_email = not isinstance(asked, AskedPage)
    groups = _groups([_as_asked(link, wanted) for link in links.built])
    keys = {key: column for column, key in enumerate(groups)}
    built = list(groups.values())
    owner: dict[int, int] = {}  # built group → asked link
    for row, ask in enumerate(wanted):
        column = keys.get((loose(ask.text), bare(ask.url)))
        if column is None and tokens.rendered:
            free = (column for column in range(len(built)) if column not in owner)
            column = next((column for column in free if _is_filled_in(ask, built[column][0], tokens)), None)
        if column is not None:
            owner.setdefault(column, row)  # label and destination as asked: nothing to weigh
    rows = [row for row in range(len(wanted)) if row not in owner.values()]
    columns = [column for column in range(len(built)) if column not in owner]
    refuse_too_many(len(wanted), len(columns), "links")
    scores = [[_link_score(wanted[row], built[column][0], row, column) for column in columns] for row in rows]
    owner |= {columns[column]: rows[row] for row, column in best_pairs(scores, 0.5)}
    for column in set(columns) - set(owner):
        if not _may_answer(built[column][0], in_email):
            continue
        link = built[column][0]
        scores_of_one = ((_link_score(ask, link, r, column), r) for r, ask in enumerate(wanted))
        score, row = max(scores_of_one, default=(0, 0))
        if score <= 0.5 and tokens.rendered:
            score, row = next(((1, r) for r, ask in enumerate(wanted) if _leads_as_filled(ask, link)), (score, row))
        if score > 0.5:
            owner[column] = row
    return _answered(wanted, built, owner)


def _is_filled_in(asked: AskedLink, built: Link, tokens: Tokens) -> bool:
    """Whether a link of a sent message is the asked one, with its words or its address filled in."""
    named = loose(asked.text) == loose(built.text) or fills(asked.text, built.text, tokens.platform)
    return named and (built.unread or bare(asked.url) == bare(built.href) or _leads_as_filled(asked, built))


def _leads_as_filled(asked: AskedLink, built: Link) -> bool:
    """Whether an address is the asked one with its merge tags filled in, and more of it is known than those."""
    return not is_filled_in(asked.url) and fills(asked.url, built.href)


def _may_answer(link: Link, in_email: bool) -> bool:
    """Whether a further link may be one asked for: an address to write to, or a place within a page, is another."""
    if is_web(link.href) or TOKEN.search(link.href) is not None:
        return True
    return in_email and is_dead(link, in_email) and not is_contact(link.href)


def _as_asked(link: Link, wanted: Sequence[AskedLink]) -> Link:
    """An address in plain text has no label of its own: it bears the asked one that stands last in front of it."""
    if link.tag:
        return link
    spans = [(extent(loose(link.text), loose(ask.text)), ask.text) for ask in wanted]
    last = max(((span[1], -span[0], text) for span, text in spans if span), default=None)
    return replace(link, text=last[2]) if last else link


def _answered(wanted: Sequence[AskedLink], built: Sequence[list[Link]], owner: Mapping[int, int]) -> AlignedLinks:
    answers: dict[int, list[Link]] = {}
    unasked: list[Link] = []
    for column, group in enumerate(built):
        (answers.setdefault(owner[column], []) if column in owner else unasked).extend(group)
    pairs = tuple((ask, tuple(_in_order(answers[row]))) for row, ask in enumerate(wanted) if row in answers)
    missing = tuple(ask for row, ask in enumerate(wanted) if row not in answers)
    return AlignedLinks(pairs, missing, tuple(_in_order(unasked)))


def _in_order(links: list[Link]) -> list[Link]:
    return sorted(links, key=lambda link: link.where.offset or 0)


def _groups(links: Sequence[Link]) -> dict[tuple[str, str], list[Link]]:
    """Built links by label and destination, in order of their first."""
    groups: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        if link.has_href:
            groups.setdefault((loose(link.text), bare(link.href)), []).append(link)
    return groups


def _is_other_system_link(asked: AskedLink, built: Link) -> bool:
    """«Unsubscribe» over the home page is no second logo."""
    said = role_in_words(built.text)
    return said != "" and said != role_of(asked.url, asked.text)


def _link_score(asked: AskedLink, built: Link, position: int, place: int) -> float:
    """How well a built link answers an asked one: its label first, then its destination, a touch for the order.

    A label alone (the link leads elsewhere) and a destination alone (the label is another) are each enough. The very
    label weighs more than a like one with the right destination: «I can attend» and «I cannot attend» may be swapped.
    """
    text = label_likeness(asked.text, built.text)
    target, found = bare(asked.url), bare(built.href)
    url = 0.6 if target == found else 0.3 * likeness(target, found) / 100
    if text < SAME_TEXT and (target != found or _is_other_system_link(asked, built)):
        return 0.0
    label = 1.1 if text == 1 else 0.6 * text if text >= SAME_TEXT else 0.3 * text
    return label + url + 0.01 / (1 + abs(position - place))
