"""What was asked for against what was built, matched once: links, images, copy blocks, form fields.

Every match is the best for all together, so that a message can say «"Save my seat" leads to X, the request says Y»
instead of "missing" here and "unexpected" there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from rapidfuzz import fuzz

from qa.artefacts import (
    AlignedCopy,
    AlignedFields,
    AlignedImages,
    AlignedLinks,
    Approved,
    Block,
    Body,
    BuiltImage,
    Form,
    FormField,
    Images,
    Link,
    Links,
    Markup,
    Picture,
)
from qa.assignment import best_pairs
from qa.check import gatherer
from qa.finding import Fault, Skip
from qa.links.contact import is_contact
from qa.links.faults import is_dead
from qa.links.url import bare, is_web
from qa.merge_tags.pattern import TOKEN
from qa.merge_tags.tagless import tagless
from qa.pictures.measure import likeness_distance
from qa.request import AskedAsset, AskedField, AskedImage, AskedLink, AskedPage, CopyBlock
from qa.source import Text
from qa.text.wording import alike, extent, loose

SAME_TEXT = 0.8  # of 1: likely the same label, changed
SAME_COPY = 0.55  # a block less like than this was not changed: it is another one
MOST_COMPARED = 250_000  # pairs; a build with more that answers nothing as asked is another campaign's
_ADDRESS = re.compile(r"[(<\[]{0,2}(?:https?://|\bwww\.)[^\s<>()\[\]]++[)>\]]{0,2}", re.IGNORECASE)
NEAR_PICTURE = 12  # of 64 bits of the perceptual hash


@gatherer()
def aligned_links(asked: AskedAsset, links: Links) -> AlignedLinks:
    """Asked links and built ones. Several can answer one that was asked for: a picture, a button, its twin."""
    wanted: tuple[AskedLink, ...] = asked.require("links")
    in_email = not isinstance(asked, AskedPage)
    groups = _groups([_as_asked(link, wanted) for link in links.built])
    keys = {key: column for column, key in enumerate(groups)}
    built = list(groups.values())
    owner: dict[int, int] = {}  # built group → asked link
    for row, ask in enumerate(wanted):
        column = keys.get((loose(ask.text), bare(ask.url)))
        if column is not None:
            owner.setdefault(column, row)  # label and destination as asked: nothing to weigh
    rows = [row for row in range(len(wanted)) if row not in owner.values()]
    columns = [column for column in range(len(built)) if column not in owner]
    _refuse_too_many(len(wanted), len(columns), "links")
    scores = [[_link_score(wanted[row], built[column][0], row, column) for column in columns] for row in rows]
    owner |= {columns[column]: rows[row] for row, column in best_pairs(scores, 0.5)}
    for column in set(columns) - set(owner):
        if not _may_answer(built[column][0], in_email):
            continue
        score, row = max(
            ((_link_score(ask, built[column][0], r, column), r) for r, ask in enumerate(wanted)), default=(0, 0)
        )
        if score > 0.5:
            owner[column] = row
    return _answered(wanted, built, owner)


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


def _refuse_too_many(asked: int, built: int, what: str) -> None:
    if asked * built > MOST_COMPARED:
        many = f"{asked:,} {what} asked for and {built:,} others built"
        raise Fault(f"{many} are too many to be matched: is this the right build?")


def _groups(links: Sequence[Link]) -> dict[tuple[str, str], list[Link]]:
    """Built links by label and destination, in order of their first."""
    groups: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        if link.has_href:
            groups.setdefault((loose(link.text), bare(link.href)), []).append(link)
    return groups


def _link_score(asked: AskedLink, built: Link, position: int, place: int) -> float:
    """How well a built link answers an asked one: its label first, then its destination, a touch for the order.

    A label alone (the link leads elsewhere) and a destination alone (the label is another) are each enough. The very
    label weighs more than a like one with the right destination: «I can attend» and «I cannot attend» may be swapped.
    """
    text = label_likeness(asked.text, built.text)
    target, found = bare(asked.url), bare(built.href)
    url = 0.6 if target == found else 0.3 * fuzz.ratio(target, found) / 100
    if text < SAME_TEXT and target != found:
        return 0.0
    label = 1.1 if text == 1 else 0.6 * text if text >= SAME_TEXT else 0.3 * text
    return label + url + 0.01 / (1 + abs(position - place))


def label_likeness(asked: str, built: str) -> float:
    """How alike two labels are, from 0 to 1: case, arrows and punctuation around them do not count."""
    one, other = loose(asked), loose(built)
    return 1.0 if one == other else fuzz.ratio(one, other) / 100


@gatherer()
def aligned_images(asked: AskedAsset, images: Images, approved: Approved) -> AlignedImages:
    """Asked pictures and built ones, by file name, by what they show, and by their alternative texts."""
    wanted: tuple[AskedImage, ...] = asked.require("images")
    built = [image for image in images.built if not image.tag.hidden]
    built = [image for image in built if not image.tag.outlook_only or image.tag.kind == "vml"]
    scores = [[_image_score(ask, image, approved.pictures.get(ask.asset or "")) for image in built] for ask in wanted]
    matched = best_pairs(scores, 0.3)
    rows, columns = {row for row, _ in matched}, {column for _, column in matched}
    return AlignedImages(
        tuple((wanted[row], built[column]) for row, column in matched),
        tuple(ask for row, ask in enumerate(wanted) if row not in rows),
        tuple(image for column, image in enumerate(built) if column not in columns),
    )


def _image_score(asked: AskedImage, built: BuiltImage, approved: Picture | None) -> float:
    name = asked.src is not None and file_name(asked.src) == file_name(built.tag.src)
    exact = asked.src is not None and asked.src.strip() == built.tag.src.strip()
    likeness = _same_picture(approved, built.picture)
    alt = label_likeness(asked.alt, built.tag.alt) if asked.alt and built.tag.alt else 0.0
    link = asked.url is not None and bool(built.tag.link) and bare(asked.url) == bare(built.tag.link)
    return 0.5 * name + 0.1 * exact + 0.6 * likeness + (0.4 * alt if alt >= SAME_TEXT else 0.0) + 0.1 * link


def file_name(src: str) -> str:
    """The bare file name of a path or URL, lower case, without its query."""
    return src.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].rstrip("/").rpartition("/")[2].casefold()


def _same_picture(approved: Picture | None, built: Picture | None) -> bool:
    if approved is None or built is None or approved.fault or built.fault:
        return False
    if approved.fingerprint == built.fingerprint:
        return True
    return likeness_distance(approved.likeness, built.likeness) <= NEAR_PICTURE


@gatherer()
def aligned_copy(asked: AskedAsset, body: Body) -> AlignedCopy:
    """Asked copy blocks and the passages that answer them: word for word where they stand so, else the nearest."""
    wanted: tuple[CopyBlock, ...] = asked.require("wording")
    built = [block for block in body.blocks if not block.hidden and not block.outlook_only and block.text]
    built = _as_approved(built, wanted) if body.is_plain else built
    found = _verbatim([alike(ask.text) for ask in wanted], built)
    left = [row for row in range(len(wanted)) if row not in found]
    taken = {text.where for text in found.values()}
    passages = [text for text in _passages(built) if text.where not in taken]
    _refuse_too_many(len(left), len(passages), "copy blocks")
    normal = [tagless(text.value) for text in passages]  # a long merge tag must not make two texts unlike
    scores = [[_copy_score(tagless(wanted[row].text), text) for text in normal] for row in left]
    nearest = {left[row]: (passages[column], scores[row][column]) for row, column in best_pairs(scores, SAME_COPY)}
    pairs = {row: (wanted[row], text, 1.0) for row, text in found.items()}
    pairs |= {row: (wanted[row], text, score) for row, (text, score) in nearest.items()}
    missing = tuple(ask for row, ask in enumerate(wanted) if row not in pairs)
    return AlignedCopy(tuple(pairs[row] for row in sorted(pairs)), missing)


def _as_approved(built: Sequence[Block], wanted: Sequence[CopyBlock]) -> list[Block]:
    """Paragraphs of a plain text as the copy would have them: no addresses, and headings not in capitals."""
    capitals = {alike(ask.text).casefold(): ask.text for ask in wanted}
    bare = [replace(block, text=" ".join(_ADDRESS.sub("", block.text).split())) for block in built]
    headings = {block.where: capitals.get(alike(block.text).casefold()) for block in bare if block.text.isupper()}
    return [replace(block, text=headings.get(block.where) or block.text) for block in bare if block.text]


def _copy_score(wanted: str, built: str) -> float:
    return min(0.99, fuzz.ratio(wanted, built) / 100)  # 1 is word for word, merge tags among them


def _verbatim(wanted: Sequence[str], built: Sequence[Block]) -> dict[int, Text]:
    """The asked blocks whose words stand exactly so, each in a place of its own: in one block, or over several.

    Each is looked for behind the one before it, so that words that occur twice are matched in order.
    """
    texts = [alike(block.text) for block in built]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    whole, taken, behind = " ".join(texts), set[int](), 0
    found: dict[int, Text] = {}
    for row, words in enumerate(wanted):
        spans = (extent(whole, words, behind), *_extents(whole, words))
        span = next((span for span in spans if span and span[0] not in taken), None)
        if span is not None:
            taken.add(span[0])
            behind = span[1]
            first = bisect_right(starts, span[0]) - 1
            inside = span[1] <= starts[first] + len(texts[first])
            found[row] = Text(built[first].text if inside else words, built[first].where)
    return found


def _extents(text: str, words: str) -> Iterator[tuple[int, int]]:
    span = extent(text, words)
    while span:
        yield span
        span = extent(text, words, span[1])


def _passages(built: Sequence[Block]) -> Iterator[Text]:
    """What an asked block can have become: a built block, or two neighbours it was split into."""
    for block in built:
        yield Text(block.text, block.where)
    for one, other in pairwise(built):
        yield Text(f"{one.text} {other.text}", one.where)


@gatherer()
def aligned_fields(page: AskedPage, markup: Markup) -> AlignedFields:
    """Asked form fields and built ones, by name, else by label, in the form that answers most of them."""
    if page.form is None:
        page.require("form")
    if page.form is None or page.form.fields is None:
        raise Skip("the request does not say which fields the form has")
    if not markup.forms:
        raise Skip("the page has no form")
    names = {field.name.casefold() for field in page.form.fields}
    form = max(markup.forms, key=lambda form: sum(built.name.casefold() in names for built in form.fields))
    return _fields(page.form.fields, form)


def _fields(wanted: Sequence[AskedField], form: Form) -> AlignedFields:
    seen = [built for built in form.fields if not built.unseen]
    scores = [[_field_score(ask, built) for built in seen] for ask in wanted]
    matched = best_pairs(scores, 0.5)
    rows, columns = {row for row, _ in matched}, {column for _, column in matched}
    return AlignedFields(
        form,
        tuple((wanted[row], seen[column]) for row, column in matched),
        tuple(ask for row, ask in enumerate(wanted) if row not in rows),
        tuple(built for column, built in enumerate(seen) if column not in columns),
    )


def _field_score(asked: AskedField, built: FormField) -> float:
    if asked.name == built.name:
        return 2.0
    if asked.name.casefold() == built.name.casefold().removesuffix("[]"):  # PHP's way of naming a group
        return 1.5
    label = asked.label or ("" if built.name else asked.name)  # without a name, what it is called is all there is
    return label_likeness(label, built.label) if label and built.label else 0.0
