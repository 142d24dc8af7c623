"""A session: all that decides over a campaign besides the campaign, as one value."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from qa.check import Registry, registry
from qa.profile.clock import Clock
from qa.profile.model import Profile

T = TypeVar("T")


class Resources:
    """What is opened once, on first use, and shared by all who need it: browsers, a store. Safe from many threads."""

    def __init__(self) -> None:
        self._open: dict[tuple[type, Hashable], Any] = {}
        self._lock = threading.Lock()

    def get(self, wanted: type[T], known: Registry, profile: Profile) -> T:
        """The resource of a type for a profile, opened if it is not yet."""
        declared = known.resources[wanted]
        key = (wanted, declared.key(profile))
        with self._lock:
            if key not in self._open:
                self._open[key] = declared.function(profile)
            opened: T = self._open[key]
            return opened

    def lend(self, wanted: type[T], known: Registry, profile: Profile, opened: T) -> None:
        """Give a resource that somebody else opened, in place of the one that would be opened."""
        with self._lock:
            self._open[wanted, known.resources[wanted].key(profile)] = opened

    def close(self) -> None:
        """Close what is open, the last first; harmless when nothing is, and what is wanted later is opened anew."""
        with self._lock:
            opened = list(self._open.values())
            self._open.clear()
        for each in reversed(opened):
            with suppress(Exception):  # the others are to be closed all the same
                each.close()

    def __enter__(self) -> Resources:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class Session:
    """A profile at work: the profile itself, the checks there are, the clock, and what is open.

    Each campaign is judged by the session of its own profile; sessions share their clock and resources.
    """

    profile: Profile = field(default_factory=Profile)
    registry: Registry = field(default_factory=registry)
    clock: Clock = field(default_factory=Clock)
    resources: Resources = field(default_factory=Resources)

    def under(self, profile: Profile) -> Session:
        """The same session under another profile, with that team's own checks."""
        known = self.registry if profile.local_checks == self.profile.local_checks else registry(profile.local_checks)
        return replace(self, profile=profile, registry=known)


def session(profile: Profile, clock: Clock | None = None, resources: Resources | None = None) -> Session:
    """A session of a profile; with the clock of this machine and resources of its own unless others are given."""
    return Session(profile, registry(profile.local_checks), clock or Clock.of_environment(), resources or Resources())
