"""The sentences a report says of a policy that a campaign brought: what of it counts, and what does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qa.profile.model import FILE, WAIVERS
from qa.text.phrases import listed


def policy_in_words(document: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for what the campaign set for itself, one for what it would have set and may not."""
    profile = document.get("profile") or {}
    if counted := profile.get("counted"):
        yield f"The campaign brought {brought(counted)}, which counted."
    if unused := profile.get("unused"):
        may = ", ".join(f'"{name}"' for name in unused if name != "campaigns")
        allowed = f" (a {FILE} above it allows that: [campaigns] may = [{may}])" if may else ""
        yield f"The campaign brought {brought(unused)}, which changed nothing{allowed}."


def brought(settings: Sequence[str]) -> str:
    """What was brought, by its files: “gate and severity in its own qa.toml, and waivers”."""
    tables = [name for name in settings if name != WAIVERS]
    said = [f"{listed(tables)} in a {FILE} of its own"] if tables else []
    return ", and ".join([*said, WAIVERS] if WAIVERS in settings else said)
