"""Were these words asked for? A fact inside them is then compared by the check of those words, and by no other."""

from __future__ import annotations

from functools import cached_property

from rapidfuzz import fuzz

from qa.artefacts import Markup
from qa.request import AskedAsset, AskedEmail, AskedPage
from qa.wording import alike

_CONTEXT = 30  # characters on either side that make a mention the one that was asked for
_CHANGED = 55  # of 100: as alike as a block of copy and what became of it


class Standing:
    """What one email or page was asked to say."""

    def __init__(self, asked: AskedAsset, markup: Markup | None, plain: str = "") -> None:
        self._asked = asked
        self._plain = plain
        self._markup = markup
        self._seen: dict[str, bool] = {}
        self._whole = {
            "subject": asked.subject if isinstance(asked, AskedEmail) else None,
            "preheader": asked.preheader if isinstance(asked, AskedEmail) else None,
            "title": asked.title if isinstance(asked, AskedPage) else None,
        }

    def of(self, inside: str, passage: str, around: str, at: int, written: str) -> str:
        """ "asked", "changed" or "free"."""
        if inside in self._whole:
            wanted = self._whole[inside]
            return "free" if wanted is None else "asked" if alike(wanted) == alike(passage) else "changed"
        if inside == "alt":
            return self._alt(passage)
        if not self._words:
            return "free"
        window = alike(around[max(0, at - _CONTEXT) : at + len(written) + _CONTEXT])
        if window in self._words:
            return "asked"
        if passage not in self._seen:
            lost = self._lost if inside == "body" else self._lost_in_text if inside == "text" else ()
            self._seen[passage] = self._was_changed(alike(passage), lost)
        return "changed" if self._seen[passage] else "free"

    def _alt(self, passage: str) -> str:
        wanted = [alike(image.alt) for image in self._asked.images or () if image.alt]
        if alike(passage) in wanted:
            return "asked"
        return "changed" if any(fuzz.ratio(alt, alike(passage)) >= _CHANGED for alt in wanted) else "free"

    def _was_changed(self, passage: str, lost: tuple[str, ...]) -> bool:
        return any(
            fuzz.ratio(ask, passage) >= _CHANGED or (len(passage) < len(ask) and fuzz.partial_ratio(passage, ask) >= 85)
            for ask in lost
        )

    @cached_property
    def _asks(self) -> tuple[str, ...]:
        asked = self._asked
        texts = [block.text for block in asked.wording or ()]
        texts += [*(asked.must_include or ()), *(link.text for link in asked.links or ())]
        if isinstance(asked, AskedPage) and asked.heading:
            texts.append(asked.heading)
        return tuple(alike(text) for text in texts)

    @cached_property
    def _words(self) -> str:
        return "\n".join(self._asks)

    @cached_property
    def _lost_in_text(self) -> tuple[str, ...]:
        """Approved copy that does not stand in the plain-text part as it was approved: `plain-text-copy` says so."""
        built = alike(self._plain).casefold()
        copy = [*(block.text for block in self._asked.wording or ()), *(self._asked.must_include or ())]
        return tuple(alike(text) for text in copy if alike(text).casefold() not in built)

    @cached_property
    def _lost(self) -> tuple[str, ...]:
        """What was asked for and does not stand in the build as it was asked for."""
        built = alike(self._markup.text) if self._markup else ""
        return tuple(ask for ask in self._asks if ask not in built)
