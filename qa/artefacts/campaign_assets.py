"""The assets of a campaign, for what is asked of all of them together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CampaignAssets:
    """What every email and page of the campaign holds, gathered when a check asks for it."""

    gather: Callable[[type], tuple[Any, ...]]  # a type → the artefact of each; Skip where one has none
