"""Tracking of links that no request names: those of the frame, and those of the plain-text part."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check

PLAN: dict[str, Any] = {
    "tracking": {"utm": {"source": "news", "medium": "email", "campaign": "spring"}, "exempt": ["*/privacy"]}
}
UTM = "?utm_source=news&amp;utm_medium=email&amp;utm_campaign=spring"
ASKED = {"links": [{"text": "Book", "url": "https://www.acme.example/book"}]}
BOOK = f'<p>Join us.</p><a href="https://www.acme.example/book{UTM}">Book</a>'


def _menu(*pages: str) -> str:
    cells = "".join(f'<td><a href="{page}">{page.split("/")[3].split("?")[0]}</a></td>' for page in pages)
    return f"{BOOK}<table><tr>{cells}</tr></table>"


def _own(*names: str) -> list[str]:
    return [f"https://www.acme.example/{name}" for name in names]


def _frame(*pages: str, campaign: dict[str, Any] | None = None) -> Answer:
    return run_check("frame-tracking", campaign=campaign or PLAN, email=ASKED, build=_menu(*pages))


@pytest.mark.parametrize(
    "odd",
    [
        "https://www.acme.example/gear",
        "https://www.acme.example/gear?utm_source=news",
        "https://www.acme.example/gear?color=red",
        "https://shop.acme.example/gear",
        "https://www.acme.example/gear?utm_source=news&amp;utm_campaign=spring",
    ],
)
def test_one_link_of_a_menu_that_is_not_tracked(odd: str) -> None:
    (finding,) = _frame(*_own("men" + UTM, "women" + UTM), odd).findings
    assert (finding.code, finding.actual) == ("untracked-link", odd.replace("&amp;", "&"))


@pytest.mark.parametrize(
    "pages",
    [
        _own("men" + UTM, "women" + UTM, "gear" + UTM),
        _own("men", "women", "gear"),
        _own("men" + UTM, "women", "gear"),
        _own("men" + UTM, "women" + UTM, "privacy"),
        [*_own("men" + UTM, "women" + UTM), "https://www.instagram.com/acme"],
        [*_own("men" + UTM, "women" + UTM), "https://maker.example/gear"],
        [*_own("men" + UTM, "women" + UTM), "https://www.acme.example/unsubscribe"],
    ],
)
def test_a_menu_that_is_as_it_may_be(pages: list[str]) -> None:
    assert _frame(*pages).codes == []


def test_without_a_plan_there_is_nothing_to_measure() -> None:
    pages = _own("men" + UTM, "women" + UTM, "gear")
    assert _frame(*pages, campaign={"id": "X"}).outcome is Outcome.SKIPPED
    assert _frame(*pages, campaign={"tracking": {"utm": "none"}}).outcome is Outcome.SKIPPED


TEXT_UTM = UTM.replace("&amp;", "&")


def _text(plain: str) -> Answer:
    build = f'{BOOK}<a href="https://www.acme.example/story{UTM}&amp;utm_content=top">Story</a>'
    return run_check("text-tracking", campaign=PLAN, email={}, build=build, plain=plain)


@pytest.mark.parametrize(
    "lost",
    ["", "?utm_source=news", "?utm_source=news&utm_medium=email&utm_campaign=winter", "?x=1&utm_medium=email", "#top"],
)
def test_one_link_of_the_text_part_that_is_not_tracked_as_in_the_html(lost: str) -> None:
    answer = _text(f"Book: https://www.acme.example/book{TEXT_UTM}\nStory: https://www.acme.example/story{lost}\n")
    expected = ["untracked-text-link"] if not lost.startswith(("#", "?x")) else []  # another place, told elsewhere
    assert answer.codes == expected


def test_a_text_part_that_is_tracked_as_the_html_is() -> None:
    plain = (
        f"Book: https://www.acme.example/book{TEXT_UTM}\n(https://www.acme.example/story{TEXT_UTM}&utm_content=text)"
    )
    assert _text(plain).outcome is Outcome.PASSED


def test_a_text_part_without_any_tracking_is_for_a_person() -> None:
    answer = _text("Book: https://www.acme.example/book\nStory: https://www.acme.example/story")
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["untracked-text-link"])
