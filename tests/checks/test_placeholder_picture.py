"""Placeholders in the place of pictures."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check


def ask(*sources: str) -> Answer:
    build = "".join(f'<p><img src="{src}" alt="Speakers"></p>\n' for src in sources)
    return run_check("placeholder-pictures", build=build, email={})


@pytest.mark.parametrize(
    "src",
    [
        "https://www.acme.example/speakers.png",
        "https://www.acme.example/picsum.photos/1.png",
        "https://placeholder.acme.example/hero.png",
        "images/displaceholders.png",
        "{{my.Hero}}",
    ],
)
def test_pictures_that_are_no_placeholders(src: str) -> None:
    assert ask(src).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "src",
    [
        "https://via.placeholder.com/600x300",
        "//placehold.it/600x300",
        "https://placehold.co/600x300.png?text=Hero",
        "http://fastly.picsum.photos/id/2/600/300.jpg",
        "https://dummyimage.com/600x300/000/fff",
    ],
)
def test_pictures_from_a_service_that_draws_placeholders(src: str) -> None:
    answer = ask(src)
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, ["placeholder-picture"])


def test_pictures_of_one_service_are_one_finding() -> None:
    (finding,) = ask("https://placehold.it/600x300", "https://placehold.it/20x20").findings
    assert finding.message.startswith("2 pictures are placeholders drawn by placehold.it")
    assert finding.each == ("https://placehold.it/600x300", "https://placehold.it/20x20")


def test_pictures_of_several_services_are_one_finding() -> None:
    (finding,) = ask("https://placehold.it/600x300", "https://picsum.photos/20").findings
    assert finding.message.startswith("2 pictures are placeholders drawn by placehold.it and picsum.photos: ")


@pytest.mark.parametrize("src", ["images/hero-placeholder.png", "https://acme.example/your_logo2.png"])
def test_a_picture_that_is_called_so_is_for_a_person_to_decide(src: str) -> None:
    answer = ask(src)
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["placeholder-picture"])


def test_no_pictures() -> None:
    assert run_check("placeholder-pictures", build="<p>Hello</p>", email={}).outcome is Outcome.SKIPPED
