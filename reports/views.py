"""Descriptions of the views in a document: by title, never as the mail program itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qa.report import Document

from .plain import listed

FIDELITIES = {
    "real engine": "Drawn by the engine the program itself is made of, with other fonts and on another system.",
    "emulated": "Drawn by another engine, after what the program is known to change in a message was changed.",
    "approximate": "A likeness, good for an early warning: no other program draws as this one does.",
}
_DARK, _OFF = ", dark mode", ", pictures off"  # how qa.views.catalogue ends the title of a variant


@dataclass(frozen=True, slots=True)
class View:
    """One screenshot in words. What a document of an earlier version does not say is "", and light, with pictures."""

    asset: str
    name: str
    title: str
    family: str  # the view's name without its variant: light, dark and pictures off are one family
    fidelity: str
    dated: str
    engine: str
    dark: bool
    images: bool
    note: str
    width: int
    height: int
    agrees: str  # with its approved look: "same", "changed", "unlike"; "" where none was approved
    approved: str  # when

    @property
    def plain_title(self) -> str:
        """Without what tells the variants of a family apart."""
        title = self.title if self.images else self.title.removesuffix(_OFF)
        return title.removesuffix(_DARK) if self.dark else title

    @property
    def variant(self) -> str:
        if self.dark:
            return "Dark mode" if self.images else "Dark mode, pictures off"
        return "Light" if self.images else "Pictures off"


@dataclass(frozen=True, slots=True)
class UndrawnView:
    """A view that was wanted and is in no picture. ``lost``: it was tried."""

    asset: str
    title: str
    lost: bool
    reason: str


def described(screenshot: Mapping[str, Any]) -> View:
    """A screenshot of the document in words."""
    name, dark, images = screenshot["view"], bool(screenshot.get("dark")), bool(screenshot.get("images", True))
    approved = screenshot.get("baseline") or {}
    family = name if images else name.removesuffix("-no-images")
    return View(
        asset=screenshot["asset"] or "",
        name=name,
        title=screenshot.get("title") or name,
        family=family.removesuffix("-dark") if dark else family,
        fidelity=screenshot.get("fidelity") or "",
        dated=day(screenshot.get("dated") or ""),
        engine=screenshot.get("engine") or "",
        dark=dark,
        images=images,
        note=screenshot.get("note") or "",
        width=screenshot["width"],
        height=screenshot["height"],
        agrees=approved.get("outcome") or "",
        approved=day(approved.get("accepted") or ""),
    )


def titles(document: Document) -> Mapping[str, str]:
    """The title of every view, by its name."""
    named = [*document.get("views", ()), *document["screenshots"]]
    return {one["view"]: one.get("title") or one["view"] for one in named}


def not_fetched(document: Document) -> Mapping[str, Sequence[str]]:
    """Every asset with the servers that nothing was fetched from for it; a document of an earlier version has none."""
    return {asset["name"]: asset.get("not_fetched") or () for asset in document["assets"]}


def undrawn(document: Document) -> Iterator[UndrawnView]:
    """The views that were wanted and did not come."""
    for one in document.get("views", ()):
        if one["outcome"] != "drawn":
            title = one.get("title") or one["view"]
            yield UndrawnView(
                one["asset"] or "", title, one["outcome"] == "lost", one["reason"] or "No reason was given."
            )


def undrawn_in_words(document: Document, asset: str | None = None) -> Iterator[str]:
    """The same, a sentence for every reason: «invite was not drawn in Thunderbird and Apple Mail on Mac: …»."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in undrawn(document):
        if asset in (None, one.asset):
            found.setdefault((one.asset, one.reason), []).append(one.title)
    for (name, reason), views in found.items():
        yield f"{name or 'The campaign'} was not drawn in {listed(views)}: {reason}"


def title_of(finding: Mapping[str, Any], named: Mapping[str, str]) -> str:
    """The title of the one view a finding was made in; "" where it holds for several, or none is known."""
    boxes = list((finding.get("where") or {}).get("boxes") or {})
    only = finding.get("view") or (boxes[0] if len(boxes) == 1 < len(named) else "")
    return named.get(only, only)


def day(text: str) -> str:
    """«2026-11-22» as «22 November 2026»; what is no date stays as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"
