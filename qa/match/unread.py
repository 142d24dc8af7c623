"""Links of a sent message that go through a click tracker, so that nobody can read where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa.artefacts import Link
from qa.finding import Finding, Skip


def readable(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links of which it is known where they lead."""
    return tuple(link for link in links if not link.unread)


def many(links: Sequence[Link]) -> str:
    """«23 links», «1 link»."""
    return f"{len(links)} link{'' if len(links) == 1 else 's'}"


def judged(found: Iterator[Finding], links: Iterable[Link]) -> Iterator[Finding]:
    """What was found; Skip where nothing was, and some of the links that were to be looked at are unread."""
    told = list(found)
    yield from told
    unread = [] if told else [link for link in links if link.unread]
    if unread:
        go = "goes" if len(unread) == 1 else "go"
        raise Skip(f"{many(unread)} {go} through a click tracker, behind which nobody can read where they lead")
