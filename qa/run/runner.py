"""The answers to a whole plan, in one process: slow artefacts are gathered beside the checks that do not wait."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from qa.finding import Result
from qa.run.answer import answer, unchanged
from qa.run.needs import slow_needs
from qa.run.plan import BUILD, Plan
from qa.run.subject import settled

Step = Callable[[str, int, int], None]  # what is being done, steps behind, steps in all


def answers(plan: Plan, step: Step = lambda *_: None) -> tuple[Result, ...]:
    """Every job's result, in the order of the plan, and one more where a file changed meanwhile.

    Afterwards whatever was begun is there or has failed.
    The session's resources stay open for the next plan, unless this one is stopped.
    """
    profile, known = plan.session.profile, plan.session.registry
    found: dict[int, Result] = {}
    pool = ThreadPoolExecutor(max(profile.jobs, profile.browsers), thread_name_prefix="gather")  # no browser waits

    def ask(number: int) -> None:
        job = plan.jobs[number]
        step(f"{job.subject.name or plan.campaign.name}: {job.check.id}", len(found), total)
        found[number] = answer(job)

    finished = False
    try:
        total = len(plan.jobs)
        first = [number for number, job in enumerate(plan.jobs) if job.check.id == BUILD.id]
        for number in first:
            ask(number)
        slow = [(subject, kind) for subject, kind in plan.slow if not subject.fault]
        total += len(slow)
        for subject, kind in slow:
            subject.start(kind, pool)
        rest = [number for number in range(len(plan.jobs)) if number not in found]
        for number in sorted(rest, key=lambda at: bool(slow_needs(plan.jobs[at].check, known))):  # who waits comes last
            ask(number)
        for done, (subject, kind) in enumerate(slow):
            step(f"{subject.name}: {kind.__name__.lower()}", len(found) + done, total)
            settled(kind, lambda subject=subject, kind=kind: subject.get(kind))  # type: ignore[misc]
        finished = True
    finally:
        if not finished:
            plan.session.resources.close()  # first: whoever waits for a page that hangs waits no longer
        pool.shutdown(wait=True, cancel_futures=True)
    changed = unchanged(plan)
    return (*(found[number] for number in range(len(plan.jobs))), *([changed] if changed else ()))
