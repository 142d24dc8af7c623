"""The sessions of a run over many campaigns: one for each profile, with one clock and the same open resources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qa.finding import Unusable
from qa.profile.clock import Clock
from qa.profile.load import load_profile
from qa.profile.policy import Policy, policy_of
from qa.run.session import Resources, Session, session


class Sessions:
    """Each campaign is judged by the session of its policy. ``named`` and ``overrides`` are those of load_profile."""

    def __init__(self, resources: Resources, clock: Clock, named: Path | None = None, **overrides: Any) -> None:
        self.resources, self.clock, self._named, self._overrides = resources, clock, named, overrides
        self._known: dict[Policy, Session | Unusable] = {}

    def of(self, start: Path) -> Session:
        """The session of a campaign folder, or a lone build; the same Unusable each time where it cannot be used."""
        policy = policy_of(start, self._named)
        if policy not in self._known:
            self._known[policy] = self._made(start)
        known = self._known[policy]
        if isinstance(known, Unusable):
            raise known
        return known

    def _made(self, start: Path) -> Session | Unusable:
        try:
            return session(load_profile(start, self._named, **self._overrides), self.clock, self.resources)
        except Unusable as unusable:
            return unusable
