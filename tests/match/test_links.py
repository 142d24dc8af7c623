"""Asked and built, matched: what is the same is found at once, and too much to weigh is said, not waited for."""

from __future__ import annotations

from qa.finding import Outcome
from qa.testing import run_check


def _many(count: int, label: str) -> tuple[dict[str, object], str]:
    asked = {"links": [{"text": f"Link {n}", "url": f"https://a.example/{n}"} for n in range(count)]}
    return asked, "".join(f'<a href="https://a.example/{n}">{label} {n}</a>' for n in range(count))


def test_thousands_of_links_as_asked() -> None:
    asked, build = _many(3000, "Link")
    assert run_check("link-destination", email=asked, build=build).outcome is Outcome.PASSED


def test_thousands_of_other_links_are_another_build() -> None:
    asked, build = _many(1000, "Something else")
    answer = run_check("link-destination", email=asked, build=build)
    assert answer.outcome is Outcome.BROKEN
    assert "is this the right build?" in answer.reason


def test_thousands_of_paragraphs() -> None:
    blocks = [f"This is paragraph number {n} of the approved copy." for n in range(1500)]
    build = "".join(f"<p>{block}</p>" for block in blocks)
    assert run_check("copy", email={"copy": blocks}, build=build).outcome is Outcome.PASSED
    assert (
        run_check("copy", email={"copy": blocks}, build=build.replace("approved", "changed")).outcome is Outcome.BROKEN
    )


def test_one_very_long_paragraph() -> None:
    words = " ".join(["lorem", "dolor", "amet"] * 2000)
    answer = run_check(
        "copy", email={"copy": [words]}, build=f"<p>{words} sed</p><p>{words.replace('dolor', 'colour')}</p>"
    )
    assert answer.outcome is Outcome.PASSED
    assert run_check("copy", email={"copy": [words]}, build=f"<p>{words.replace('dolor', 'dolour')}</p>").codes == [
        "changed-copy"
    ]
