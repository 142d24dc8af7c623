"""Contents of a campaign that an approval holds on to besides its look, and what changed of them since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.source import Place

Line = tuple[str, str]  # what something is called, and what it says
Parts = Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True)
class Contents:
    """Part by part, in the order of the build; ``places`` are those of today's lines, by part and line."""

    parts: Parts
    places: Mapping[tuple[str, Line], Place] = field(default_factory=dict)


class AssetContents(Contents):
    """Of an email or page: "envelope", "links", "words", "alt", "text" (the plain-text part), "pictures", "files"."""


class CampaignContents(Contents):
    """Of the campaign as a whole: "request" (its fields), "profile" (the lines of qa.toml), "assets" (their names)."""


@dataclass(frozen=True, slots=True)
class Approval:
    """What was accepted, of one asset or (``asset`` is "") of the campaign as a whole.

    ``verdict`` is what the report said then; ``reason`` why it was accepted although it was not GO.
    """

    asset: str
    parts: Parts
    verdict: str = ""
    accepted: str = ""  # the date; "" in a report, where nothing is accepted yet
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ContentChange:
    """One line that is not as approved: None where there was none, or is none any more."""

    was: Line | None
    now: Line | None
    where: Place | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed of a thing since its approval, part by part; ``approval`` is None where nobody approved it."""

    approval: Approval | None
    parts: Mapping[str, tuple[ContentChange, ...]] = field(default_factory=dict)


class AssetChanges(Changes):
    """Of an email or page."""


class CampaignChanges(Changes):
    """Of the campaign as a whole."""
