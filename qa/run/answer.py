"""The answer to one job: what a check says of one subject, with every fault turned into an outcome."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from typing import Any

from qa.check import Check, Options
from qa.finding import Fault, Finding, Outcome, Result, Skip
from qa.run.needs import ASSETS, gathered_for
from qa.run.plan import BUILD, READ_FIRST, Job, Plan
from qa.run.subject import Subject, one_line
from qa.text.phrases import listed


def answer(job: Job) -> Result:
    """Ask a check. Nothing that goes wrong in it stops the others; what could not be looked at is never passed."""
    subject, check = job.subject, job.check

    def said(outcome: Outcome, reason: str = "", findings: Iterable[Finding] = (), trace: str = "") -> Result:
        return Result(
            check.id, check.title, subject.name, outcome, reason, tuple(findings), check.codes, subject.kind, trace
        )

    unread = _unread(job)
    if check.id == BUILD.id:
        return said(Outcome.BROKEN, unread) if unread else said(Outcome.PASSED)
    if unread:
        return said(Outcome.SKIPPED, "there is no build to look at")
    try:
        needs = [_need(check, need, subject) for need in check.needs]
        findings = list(check.function(*needs))
        for finding in findings:
            check.code(finding.code)
    except Skip as reason:
        return said(Outcome.SKIPPED, str(reason))
    except Fault as fault:
        return said(Outcome.BROKEN, str(fault), trace=fault.trace)
    except Exception as error:
        return said(Outcome.BROKEN, f"the check itself failed: {one_line(error)}", trace=traceback.format_exc())
    if not findings:
        return said(Outcome.PASSED)
    failed = any(not finding.review for finding in findings)
    return said(Outcome.FAILED if failed else Outcome.REVIEW, "", findings)


def unchanged(plan: Plan) -> Result | None:
    """Broken where a file is not any more what was read of it; None where all are. Asked when all else is answered."""
    if not (changed := plan.readings.changed()):
        return None
    reason = f"{listed(changed)} changed while {'they were' if len(changed) > 1 else 'it was'} checked; run it again"
    title = "The files stay as they are while they are checked"
    return Result(BUILD.id, title, None, Outcome.BROKEN, reason, (), BUILD.codes, "campaign")


def _unread(job: Job) -> str:
    """Why there is nothing to look at; "" where there is, or where the check does without."""
    subject, known = job.subject, job.subject.session.registry
    if subject.fault or subject.kind not in ASSETS:
        return subject.fault
    wanted = gathered_for(job.check, known)
    for kind in READ_FIRST:
        if kind in wanted:
            try:
                subject.get(kind)
            except Fault as fault:
                subject.fault = str(fault)
                return subject.fault
            except Skip:
                pass
    return ""


def _need(check: Check, need: type, subject: Subject) -> Any:
    """The options of a check or an artefact; None where it can do without what was not asked for or is not there."""
    if issubclass(need, Options):
        return subject.session.profile.options_for(check)
    try:
        return subject.get(need)
    except Skip:
        if need in check.optional:
            return None
        raise
