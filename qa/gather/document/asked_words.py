"""The words around a fact, held against the request: as asked for, changed from what was asked for, or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from qa.artefacts import ImageTag, Markup, causes
from qa.finding import Cause
from qa.match.word_differences import answered
from qa.request import AskedAsset, AskedEmail, AskedPage
from qa.source import Place
from qa.text.likeness import likeness, likeness_within
from qa.text.wording import alike

_CONTEXT = 30  # characters on either side that make a mention the one that was asked for
_CHANGED = 55  # of 100: as alike as a block of copy and what became of it
_WITHIN = 85  # of 100: a passage that is like a part of what was asked for


class MentionStatus(NamedTuple):
    """ "asked", "changed" or "free"; where it was changed, the thing that was asked for and its words."""

    status: str
    became: Cause | None = None
    asked: str = ""


class _Ask(NamedTuple):
    words: str
    cause: Cause


_FREE, _ASKED = MentionStatus("free"), MentionStatus("asked")


class AskedWords:
    """What one email or page was asked to say."""

    def __init__(self, asked: AskedAsset, markup: Markup | None, plain: str = "") -> None:
        self._asked = asked
        self._plain = plain
        self._markup = markup
        self._seen: dict[tuple[str, str, ImageTag | None], MentionStatus] = {}  # of a passage, whatever it mentions
        self._whole = {
            "subject": asked.subject if isinstance(asked, AskedEmail) else None,
            "preheader": asked.preheader if isinstance(asked, AskedEmail) else None,
            "title": asked.title if isinstance(asked, AskedPage) else None,
        }

    def of(self, inside: str, passage: str, window: tuple[str, int, int], picture: ImageTag | None) -> MentionStatus:
        """The status of a mention; ``window``: the text around it, and where in that it begins and ends."""
        if inside not in self._whole and picture is None:
            around, start, end = window
            if not self._words:
                return _FREE
            if alike(around[max(0, start - _CONTEXT) : end + _CONTEXT]) in self._words:
                return _ASKED
        key = inside, passage, picture
        if key not in self._seen:
            self._seen[key] = self._of_passage(inside, passage, picture)
        return self._seen[key]

    def _of_passage(self, inside: str, passage: str, picture: ImageTag | None) -> MentionStatus:
        if inside in self._whole:
            return self._of_whole(inside, passage)
        if picture is not None:
            return self._alt(passage, picture)
        lost = self._lost if inside == "body" else self._lost_in_text if inside == "text" else ()
        return self._at_link(passage, _became(alike(passage), lost))

    def _of_whole(self, inside: str, passage: str) -> MentionStatus:
        """A text that is asked for as a whole: a subject line, a title."""
        wanted = self._whole[inside]
        if wanted is None or alike(wanted) == alike(passage):
            return _FREE if wanted is None else _ASKED
        return MentionStatus("changed", causes.of_asked(self._asked.place(inside), wanted), wanted)

    def _at_link(self, passage: str, status: MentionStatus) -> MentionStatus:
        """What was made of a label is wrong where the link is."""
        if status.became is None or status.became.kind != "asked-link" or self._markup is None:
            return status
        link = next((link for link in self._markup.links if alike(link.text) == alike(passage)), None)
        return status._replace(became=causes.of_link(link)) if link else status

    def _alt(self, passage: str, picture: ImageTag) -> MentionStatus:
        wanted = [alike(image.alt) for image in self._asked.images or () if image.alt]
        if alike(passage) in wanted:
            return _ASKED
        nearest = max(wanted, key=lambda alt: likeness(alt, alike(passage)), default="")
        near = nearest and likeness(nearest, alike(passage)) >= _CHANGED
        return MentionStatus("changed", causes.of_picture(picture), nearest) if near else _FREE

    @cached_property
    def _asks(self) -> tuple[_Ask, ...]:
        asked = self._asked
        asks = [_Ask(alike(block.text), answered(asked, block)) for block in asked.wording or ()]
        asks += self._required(causes.of_asked)
        asks += [_Ask(alike(link.text), causes.of_asked_link(link)) for link in asked.links or ()]
        if isinstance(asked, AskedPage) and asked.heading:
            asks.append(_Ask(alike(asked.heading), causes.of_asked(asked.place("heading"), asked.heading)))
        return tuple(asks)

    def _required(self, of: Callable[[Place | None, str], Cause]) -> Iterator[_Ask]:
        for number, words in enumerate(self._asked.must_include or ()):
            yield _Ask(alike(words), of(self._asked.place("must_include", number), words))

    @cached_property
    def _words(self) -> str:
        return "\n".join(ask.words for ask in self._asks)

    @cached_property
    def _lost_in_text(self) -> tuple[_Ask, ...]:
        """Approved copy that does not status in the plain-text part as it was approved."""
        built = alike(self._plain).casefold()
        if self._markup is None:  # the plain text is all there is
            return tuple(ask for ask in self._asks if ask.words.casefold() not in built)
        of = causes.of_asked_in_text
        copy = [_Ask(alike(block.text), of(block.where, block.text)) for block in self._asked.wording or ()]
        return tuple(ask for ask in (*copy, *self._required(of)) if ask.words.casefold() not in built)

    @cached_property
    def _lost(self) -> tuple[_Ask, ...]:
        """What was asked for and does not status in the build as it was asked for."""
        built = alike(self._markup.text) if self._markup else ""
        return tuple(ask for ask in self._asks if ask.words not in built)


def _became(passage: str, lost: tuple[_Ask, ...]) -> MentionStatus:
    """What a passage was made of: the ask that is most like it, as a whole or in a part."""
    likely = [(likeness(ask.words, passage), ask) for ask in lost]
    likely = [one for one in likely if one[0] >= _CHANGED or _is_within(passage, one[1].words)]
    _, ask = max(likely, key=lambda one: one[0], default=(0, None))
    return MentionStatus("changed", ask.cause, ask.words) if ask else _FREE


def _is_within(passage: str, words: str) -> bool:
    return len(passage) < len(words) and likeness_within(passage, words) >= _WITHIN
