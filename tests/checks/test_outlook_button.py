"""Does Outlook's own button say what everybody else's says?"""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check

HERE = "https://acme.example/seat"


def judged(outlook: str, others: str, href: str = HERE) -> Answer:
    vml = f'<!--[if mso]><v:roundrect href="{HERE}"><center>{outlook}</center></v:roundrect><![endif]-->'
    link = f'<!--[if !mso]><!--><a href="{href}">{others}</a><!--<![endif]-->'
    return run_check("outlook-buttons", email={}, build=f"<p>{vml}{link}</p>")


@pytest.mark.parametrize(
    ("outlook", "others"),
    [
        ("Save my seat", "Save my seat"),
        ("SAVE MY SEAT", "Save&nbsp;my seat"),
        ("Save my seat", "Save my seat →"),
        ("", "Save my seat"),
    ],
)
def test_the_same_words(outlook: str, others: str) -> None:
    assert judged(outlook, others).codes == []


def test_links_that_lead_elsewhere_are_other_links() -> None:
    assert judged("Save my seat", "Read more", "https://acme.example/more").outcome is Outcome.PASSED


def test_no_button_for_outlook() -> None:
    answer = run_check("outlook-buttons", email={}, build=f'<a href="{HERE}">Save my seat</a>')
    assert (answer.outcome, answer.reason) == (Outcome.SKIPPED, "the build has no button for Outlook alone")


def test_other_words() -> None:
    (finding,) = judged("Come back", "Save my seat").findings
    assert finding.code == "other-label-in-outlook"
    assert finding.message == "In Outlook on Windows, “Save my seat” says “Come back”."
    assert (finding.expected, finding.actual) == ("Save my seat", "Come back")
    assert finding.where is not None and "v:roundrect" in (finding.where.selector or "")
