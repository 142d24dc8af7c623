"""When the event of a campaign is: by its offer, else by the one day and time that the build names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from qa.artefacts import Mention, Mentions
from qa.match.same_role import is_begin_key, is_deadline_key, is_event_key
from qa.request import Request
from qa.request.offer import Fact, facts_of
from qa.source import Place
from qa.text.dates import Day
from qa.text.times import TimeOfDay, offsets

_ANYWHERE = tuple(timezone(timedelta(minutes=each)) for each in range(-12 * 60, 14 * 60 + 1, 30))  # nobody says where


@dataclass(frozen=True, slots=True)
class EventMoments:
    """Days and times of an event. ``source`` says where they are from; ``zones``: in which its times may be meant."""

    days: frozenset[date]
    times: tuple[TimeOfDay, ...]
    zones: tuple[tzinfo, ...]
    source: str
    where: Place | None = None

    @property
    def times_said(self) -> list[str]:
        return list(dict.fromkeys(f"{one.hour:02}:{one.minute:02} {one.zone}".rstrip() for one in self.times))

    def has(self, start: date) -> bool:
        """Whether a moment, or a day, is one of the event's."""
        if not isinstance(start, datetime):
            return start in self.days
        return any(self._at_its_time(local) and self._on_its_day(local) for local in self._locals(start))

    def day_of(self, start: date) -> date:
        """The day of a moment: in the zone in which it would be right, if there is one."""
        if not isinstance(start, datetime):
            return start
        locals_ = self._locals(start)
        likely = [local for local in locals_ if self._at_its_time(local)] or locals_
        return next(filter(self._on_its_day, likely), likely[0]).date()

    def local(self, start: datetime) -> str:
        """A moment as the event's times are written."""
        if start.tzinfo is not None and not self.zones:
            return f"{start.astimezone(UTC):%H:%M} UTC"
        return f"{self._locals(start)[0]:%H:%M}"

    def _on_its_day(self, local: datetime) -> bool:
        return not self.days or local.date() in self.days

    def _at_its_time(self, local: datetime) -> bool:
        return not self.times or any((local.hour, local.minute) == (one.hour, one.minute) for one in self.times)

    def _locals(self, start: datetime) -> list[datetime]:
        """The moment in every zone of the event; without a zone of its own, as it stands."""
        if start.tzinfo is None:
            return [start]
        return [start.astimezone(zone) for zone in self.zones or _ANYWHERE]


def event_moments(request: Request, mentions: Mentions) -> EventMoments:
    """What the offer says, and for what it leaves out what the build says, where that names one day alone."""
    facts = facts_of(request, mentions.language)
    asked = [fact for fact in facts if fact.kind == "date" and _is_event(fact)]
    days = frozenset(on for fact in asked if (on := fact.fact.on(mentions.near)))
    named = frozenset(days or _days_of(mentions))
    times = [fact.fact for fact in facts if fact.kind == "time"]
    said = [mention for mention in mentions.found if isinstance(mention.fact, TimeOfDay) and not mention.fact.ends]
    beside = {mention.where for mention in mentions.found if _on(mention, mentions) in named}
    built = [mention.fact for mention in said if mention.where in beside]
    source, where = ("the request", asked[0].where) if asked else ("the build", None)
    read = tuple(one for one in (times or built) if isinstance(one, TimeOfDay))
    spoken = [mention.fact for mention in said if isinstance(mention.fact, TimeOfDay)]
    zones = tuple(dict.fromkeys(_zones((*read, *spoken), request, named)))
    return EventMoments(named, read, zones, source, where)


def _is_event(fact: Fact) -> bool:
    return is_event_key(fact.key) or not (is_deadline_key(fact.key) or is_begin_key(fact.key))


def _days_of(mentions: Mentions) -> Iterable[date]:
    """The one day of the build that has a time beside it."""
    timed = {mention.where for mention in mentions.found if mention.kind == "time"}
    days = {on for mention in mentions.found if mention.where in timed and (on := _on(mention, mentions))}
    return days if len(days) == 1 else ()


def _on(mention: Mention, mentions: Mentions) -> date | None:
    return mention.fact.on(mentions.near) if isinstance(mention.fact, Day) else None


def _zones(times: Sequence[TimeOfDay], request: Request, days: frozenset[date]) -> Iterable[tzinfo]:
    """The zones written beside the times; without any, that of the send."""
    written = [timezone(timedelta(hours=hours)) for one in times if one.zone for hours in offsets(one.zone)]
    if written:
        yield from written
    elif request.send is not None and request.send.timezone:
        yield ZoneInfo(request.send.timezone)
