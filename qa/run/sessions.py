"""The sessions of a run over many campaigns: one for each profile, with one clock and the same open resources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qa.finding import Unusable
from qa.profile.clock import Clock
from qa.profile.load import load_profile
from qa.profile.model import profile_file
from qa.run.session import Resources, Session, session


class Sessions:
    """Each campaign is judged by the session of the qa.toml nearest to it. ``overrides`` are those of load_profile."""

    def __init__(self, resources: Resources, clock: Clock, **overrides: Any) -> None:
        self.resources, self.clock, self._overrides = resources, clock, overrides
        self._known: dict[Path | None, Session | Unusable] = {}

    def of(self, folder: Path) -> Session:
        """The session of a campaign folder; the same Unusable each time where its profile cannot be used."""
        file = profile_file(folder)
        if file not in self._known:
            self._known[file] = self._made(folder)
        known = self._known[file]
        if isinstance(known, Unusable):
            raise known
        return known

    def _made(self, folder: Path) -> Session | Unusable:
        try:
            return session(load_profile(folder, **self._overrides), self.clock, self.resources)
        except Unusable as unusable:
            return unusable
