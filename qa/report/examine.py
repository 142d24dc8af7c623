"""The examination of one campaign or many, from target to report: plan, answers, verdict, record, writers."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from qa import version
from qa.build.campaign import Campaign
from qa.build.kind import CERTAIN
from qa.finding import Unusable, Waiver
from qa.profile.clock import Clock
from qa.profile.codes import known_codes
from qa.profile.model import Profile
from qa.report import write
from qa.report.approvable import APPROVABLE, CONTENTS, approvable_contents, approvable_screenshots
from qa.report.document import as_document, as_stored, build_record, pictures
from qa.report.folder import DOCUMENT, REPORT, refuse_named
from qa.report.record import RunRecord
from qa.run import Plan, Resources, Session, Step, answers, plan
from qa.run import session as session_of_profile
from qa.run.needs import ASSETS
from qa.verdict.judge import WORST_FIRST, Decision, conclude
from qa.verdict.waivers import load_waivers

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from qa.run.processes import Outcome


@dataclass(frozen=True, slots=True)
class Examined:
    """One campaign, examined, and nothing written yet. ``problems`` say why it could not be used.

    ``files`` are those of its report folder by name. Whole and plain, so that it travels between processes.
    """

    name: str
    decision: Decision | None = None
    document: Mapping[str, Any] | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    killed: bool = False  # with the process that checked it
    taken_for: str = ""  # "email" or "page": what only its markup told
    unused: tuple[str, ...] = ()  # what it brought of its own policy and may not set


def exit_code(codes: Iterable[int]) -> int:
    """The one code of many: the first that occurs of held, unusable, incomplete, go."""
    there = set(codes)
    return next(code for code in WORST_FIRST if code in there)


def examine(
    session: Session, campaign: Campaign, step: Step = lambda *_: None, outputs: Sequence[Path] = ()
) -> Examined:
    """Ask everything of one campaign and make its report. Raises Unusable where the request cannot be used.

    ``outputs`` are the files that will be written: none of them may be one the request names.
    """
    started, clock = session.clock.now(), monotonic()
    planned = plan(session, campaign)
    refuse_named(planned.request, planned.campaign, outputs)
    results = answers(planned, step)
    verdict = conclude(results, session.profile, waivers_of(planned), session.clock.today_of(planned.request))
    about = run_record(campaign, started, monotonic() - clock)
    stored = as_stored(build_record(planned, verdict, about))
    document = as_document(stored)
    shown = dict(pictures(planned))
    files = report_files(document, stored, shown)
    files[APPROVABLE] = approvable_screenshots(planned, document["campaign"]["build_digest"], about.id)
    files[CONTENTS] = approvable_contents(planned, verdict.decision.value, about.id)
    unused, taken_for = session.profile.unused, _taken_for(planned)
    return Examined(campaign.name, verdict.decision, document, files, taken_for=taken_for, unused=unused)


def _taken_for(planned: Plan) -> str:
    """The kind of a build without a request where nothing but its markup tells; a message is an email for certain."""
    build = planned.campaign.loose
    if build is None or planned.campaign.kind or build.suffix.lower() in CERTAIN:
        return ""
    return next((subject.kind for subject in planned.subjects if subject.kind in ASSETS and not subject.fault), "")


def waivers_of(planned: Plan) -> tuple[Waiver, ...]:
    """The waivers of a campaign that count; Unusable where they cannot be read."""
    campaign, session = planned.campaign, planned.session
    if campaign.loose or not session.profile.takes_waivers:
        return ()
    return load_waivers(campaign.folder, known_codes(session.registry))


def run_record(campaign: Campaign, started: datetime, seconds: float) -> RunRecord:
    """What is kept of a run besides its result."""
    return RunRecord(
        id=sha256(f"{started.isoformat()} ".encode() + os.fsencode(campaign.folder)).hexdigest()[:12],
        started=started.isoformat(timespec="seconds"),
        seconds=round(seconds, 2),
        version=version(),
        target=(campaign.loose or campaign.folder).as_posix(),
    )


def report_files(document: Mapping[str, Any], stored: str, shown: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a report folder, pictures first: whoever reads one of them finds what it names."""
    page = write("html", [document], shown.__getitem__)
    return {**shown, REPORT: page.encode("utf-8", "replace"), DOCUMENT: stored.encode()}


@dataclass(frozen=True, slots=True)
class Target:
    """A campaign and the profile it is judged by."""

    campaign: Campaign
    session: Session
    outputs: tuple[Path, ...] = ()


def examine_many(
    targets: Sequence[Target], jobs: int, over: Executor | None = None
) -> Generator[tuple[int, Examined], None, None]:
    """Every campaign with its number, as they finish: over processes of this machine, or over another executor.

    A campaign that cannot be used is told and does not stop the others. What an executor must carry is plain: the
    campaign and its profile there, the whole result back; nothing is written where it runs.
    """
    from qa.run.processes import spread

    browsers = 1 if min(jobs, len(targets)) > 1 else None
    with _counter(targets) if over is None else nullcontext() as counter:
        work = []
        for target in targets:
            profile = target.session.profile
            each = replace(profile, jobs=1, browsers=browsers or profile.browsers)
            work.append((target.campaign, each, target.session.clock, target.outputs, counter))
        yield from _outcomes(targets, spread(examine_one, work, jobs, over))


def _outcomes(
    targets: Sequence[Target], spread: Generator[Outcome[Examined], None, None]
) -> Iterator[tuple[int, Examined]]:
    with closing(spread) as outcomes:
        for outcome in outcomes:
            name = targets[outcome.number].campaign.name
            problem = f"{name}: the process that checked it was killed"
            yield outcome.number, outcome.value or Examined(name, problems=(problem,), killed=True)


@contextmanager
def _counter(targets: Sequence[Target]) -> Iterator[Any]:
    """Where all processes have their links asked: each once, and few of a host at once, however many processes."""
    session = next((target.session for target in targets if target.session.profile.online), None)
    if session is None:
        yield None
        return
    from qa.probing.prober import Prober
    from qa.probing.shared import Counter

    with closing(Counter(session.resources.get(Prober, session.registry, session.profile))) as counter:
        yield counter.address


_sessions: dict[str, Session] = {}  # of a worker process: one a profile, for as long as it works


def examine_one(
    campaign: Campaign, profile: Profile, clock: Clock, outputs: Sequence[Path], counter: Any = None
) -> Examined:
    """In a worker process. The session of a profile is made once, and its resources stay open for the next campaign.

    ``counter`` is where links are asked, if not here.
    """
    if campaign.problem:
        return Examined(campaign.name, problems=(campaign.problem,))
    try:
        return examine(_session_of(profile, clock, counter), campaign, outputs=outputs)
    except Unusable as unusable:
        return Examined(campaign.name, problems=unusable.problems)
    except Exception as error:  # one campaign must never stop the others
        return Examined(campaign.name, problems=(f"{campaign.name}: {type(error).__name__}: {error}",))


def _session_of(profile: Profile, clock: Clock, counter: Any) -> Session:
    key = repr(profile)
    if key not in _sessions:
        if not _sessions:
            from multiprocessing.util import Finalize

            Finalize(None, _resources.close, exitpriority=100)  # a worker ends without atexit
        _sessions[key] = made = session_of_profile(profile, clock, _resources)
        if counter is not None:
            from qa.probing.prober import Prober
            from qa.probing.shared import SharedProber

            _resources.lend(Prober, made.registry, profile, SharedProber(counter))
    return _sessions[key]


_resources = Resources()
