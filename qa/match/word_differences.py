"""Causes of the difference between words that were asked for and those that stand in their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from qa.artefacts import AlignedLinks, Tokens, causes
from qa.finding import Cause
from qa.match.filled import fills
from qa.match.merge_tags import key_of, stands_for, tags_in
from qa.request import AskedAsset, AskedLink, AskedPage, CopyBlock
from qa.source import Place, Text
from qa.text.mojibake import GARBLED, meant, mended
from qa.text.placeholders import is_title, is_whole, placeholders_in, whole_key
from qa.text.wording import alike, changed_words, loose

_LOST = "�"
_BESIDE_SIGN = re.compile(r"\s+(?=\W|$)|(?<=\W)\s+")
_BEFORE_MARK = re.compile(r" (?=[,.;:!?])")


def causes_of(wanted: str, built: Text, asked: Cause, tokens: Tokens, *, is_named: bool = False) -> tuple[Cause, ...]:
    """The garbled letters, merge tags and placeholders in a built text, where nothing else in it differs.

    Otherwise the thing that was asked for, and the merge tags that were lost with its words; nothing where the texts
    are the same. ``is_named``: it is a title, which templates fill in words of their own.
    """
    if not changed_words(wanted, built.value) or (tokens.rendered and fills(wanted, built.value, tokens.platform)):
        return ()
    if is_whole(built.value) or (is_named and is_title(built.value)):
        inside = [causes.of_placeholder(one.cause) for one in placeholders_in(built.value)]
        return tuple(inside) or (causes.of_placeholder(whole_key(built.value)),)
    found = [causes.of_garbled(built.where, letters) for letters in GARBLED.findall(built.value)]
    theirs, wanted_words = tags_in(wanted)
    ours, words = tags_in(mended(built.value), {token.raw for token in tokens.built})
    lost, swapped = _tags(theirs, ours, tokens)
    changes = _changes(wanted_words, words, tags_gone=bool(lost))
    explained = of_changes(changes, built.where)
    if explained is None:
        return (asked, *lost)
    about = tuple(dict.fromkeys((*found, *explained, *swapped, *lost)))
    same = not about and list(map(_squeezed, theirs)) == list(map(_squeezed, ours))
    return about or (() if same else (asked,))


def of_changes(changes: Iterable[tuple[str, str]], where: Place) -> list[Cause] | None:
    """The placeholders and lost letters that explain every change of words; None where they do not."""
    found: list[Cause] = []
    for before, after in changes:
        explained = list(_explained(before, after, where))
        if not explained:
            return None
        found += explained
    return found


def garbled_letters(words: str, text: str, where: Place) -> list[Cause]:
    """The garbled letters of a text that were meant to be letters of these words."""
    return [causes.of_garbled(where, letters) for letters in set(GARBLED.findall(text)) if meant(letters) in words]


def _tags(wanted: list[str], built: list[str], tokens: Tokens) -> tuple[list[Cause], list[Cause]]:
    """The asked merge tags that are gone, and the built ones nobody asked for there.

    One that was read as a merge tag stands for the asked one it is like; it is what is wrong, and nothing is gone.
    """
    names = {token.raw: token.name for token in tokens.built}
    broken = {token.raw for token in tokens.built if token.fault or token.known is False}
    theirs, ours = Counter(map(_squeezed, wanted)), Counter(raw if raw in broken else _squeezed(raw) for raw in built)
    swapped = [raw for raw in dict.fromkeys(built) if (raw if raw in broken else _squeezed(raw)) in ours - theirs]
    likely = {name for raw in swapped if raw in names for name in (names[raw], key_of(raw, tokens.platform))}
    gone = {key_of(raw, tokens.platform) for raw in wanted if _squeezed(raw) in theirs - ours}
    lost = [key for key in sorted(gone) if not any(stands_for(name, key) for name in likely)]
    foreign = {token.raw for token in tokens.built if token.platform != tokens.platform} & set(swapped)
    if len(foreign) == len(lost) == 1:  # another platform's tag for the same
        lost = []
    return [causes.of_lost_token(key) for key in lost], [Cause("merge-tag", raw, raw) for raw in swapped]


def _squeezed(tag: str) -> str:
    """A merge tag as it is compared: platforms mostly do not mind spaces beside its signs; else the tag is broken."""
    return _BESIDE_SIGN.sub("", tag)


def _changes(wanted: str, built: str, *, tags_gone: bool) -> list[tuple[str, str]]:
    """The words that differ beside the merge tags; with a tag, the mark behind it may go as well."""
    one, other = _BEFORE_MARK.sub("", wanted), _BEFORE_MARK.sub("", built)
    if tags_gone and re.findall(r"\w+", one) == re.findall(r"\w+", other):
        return []
    return [] if one == other else changed_words(one, other) or [(one, other)]


def _explained(before: str, after: str, where: Place) -> Iterator[Cause]:
    """What makes words differ: placeholders that were never replaced, letters that were lost."""
    rest, hits = after, list(placeholders_in(after))
    for hit in hits:
        rest = rest.replace(hit.said, " ")
    if hits and (any(not hit.cause for hit in hits) or not any(map(str.isalnum, rest))):
        yield from (causes.of_placeholder(hit.cause) for hit in hits)
    elif _LOST in after and re.fullmatch(re.sub(f"{_LOST}+", ".{0,8}", re.escape(alike(after))), alike(before)):
        yield causes.of_garbled(where, _LOST)


def lost_tags(wanted: str, platform: str) -> list[Cause]:
    """The merge tags of a text that is not there at all."""
    return [causes.of_lost_token(key_of(raw, platform)) for raw in dict.fromkeys(tags_in(wanted)[0])]


def answered(asked: AskedAsset, block: CopyBlock, links: AlignedLinks | None = None) -> Cause:
    """What a block of approved copy is to the checks that compare it: headings and labels have checks of their own."""
    if isinstance(asked, AskedPage) and asked.heading and alike(asked.heading) == alike(block.text):
        return causes.of_asked(asked.place("heading"), asked.heading)
    link = next((link for link in asked.links or () if loose(link.text) == loose(block.text)), None)
    return of_label(link, links) if link else causes.of_asked(block.where, block.text)


def of_label(asked: AskedLink, links: AlignedLinks | None) -> Cause:
    """The link that answers an asked one, for what is wrong with its words; the asked one where there is none."""
    built = next((built for ask, built in links.pairs if ask is asked), ()) if links else ()
    seen = [link for link in built if not (link.hidden or link.outlook_only)] or built
    return causes.of_link(seen[0]) if seen else causes.of_asked_link(asked)
