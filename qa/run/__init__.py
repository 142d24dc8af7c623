"""The run of one campaign's checks: plan, answer, and all answers of a plan.

``plan(session, campaign)`` lists the jobs and reads nothing; ``answer(job)`` is one Result; ``answers(plan)`` are all.
"""

from qa.run.answer import answer
from qa.run.plan import MISSING_BUILD, Job, Plan, plan, selected
from qa.run.runner import Step, answers
from qa.run.session import Resources, Session, session
from qa.run.sessions import Sessions
from qa.run.subject import Subject

__all__ = [
    "MISSING_BUILD",
    "Job",
    "Plan",
    "Resources",
    "Session",
    "Sessions",
    "Step",
    "Subject",
    "answer",
    "answers",
    "plan",
    "selected",
    "session",
]
