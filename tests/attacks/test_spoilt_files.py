"""Spoilt files and long runs, as many as there is time for in every test run; `make attack` tries far more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from qa.cli.command_line import main
from qa.gather.lexicons import Lexicons
from qa.testing import run_check
from qa.text.likeness import likeness_within, nearest_stretch
from qa.text.money import prices
from qa.text.spelling import slips_in, words_of
from tests.attacks.fuzz import fuzz
from tests.attacks.long_runs import slow
from tests.attacks.mutations import mutated
from tests.attacks.said_in import says


def test_spoilt_files_are_refused_or_judged() -> None:
    number, wrong = fuzz(90, 0, most=12)
    assert number and not wrong


@pytest.mark.parametrize("piece", ["a", "[["])
def test_long_runs_take_no_time(piece: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [wrong for _, wrong in slow((piece,), 6_000) if wrong] == []


def test_a_seed_spoils_a_file_in_one_way_alone() -> None:
    once, again = (mutated(random.Random(7), b"<p>Hello</p>" * 9, "html", [b"other"]) for _ in range(2))
    assert once == again and once[0] != b"<p>Hello</p>" * 9


@pytest.mark.parametrize(
    "content",
    [
        b"Save <b>my</b> seat",
        "Save my seat".encode("utf-16"),
        b"U2F2ZSBteSBzZWF0LCBwbGVhc2UhIQ==",
        b"Save=20my se=\r\nat",
    ],
)
def test_what_a_file_says_by_any_way_of_reading(content: bytes) -> None:
    assert says(content, "save my seat") and not says(content, "save my feet")


@pytest.mark.parametrize("text", ["a" * 200_000, "wrod " * 40_000, "- " * 100_000, '"a ' * 50_000])
def test_spelling_of_a_long_run(text: str) -> None:
    lexicon = Lexicons().of("en")
    assert lexicon is not None
    assert list(slips_in(words_of(text), lexicon)) == []


def test_a_wording_that_comes_back_again_and_again() -> None:
    assert nearest_stretch("ab cd", "xx ab cf yy", 75) is not None
    assert likeness_within("&amp;" * 3_000, "&amp;" * 4_000) == 0
    assert nearest_stretch("ab " * 20_000, "ab " * 60_000 + "b", 75) is None


@pytest.mark.parametrize("figure", ["9" * 400, "٣" * 400])
def test_a_figure_of_hundreds_of_digits_is_no_price(figure: str) -> None:
    text = f"Was € {figure}, now € 5: save 10 %, not € {figure}"
    assert run_check("discounts", build=f"<p>{text}</p>", email={}).outcome.value != "broken"
    assert [price.amount for _, _, price in prices(text)] == [5]


@pytest.mark.parametrize("price", ["NaN", "sNaN", "Infinity", "1e999999999", "9" * 400, "-1e-999999", "12.50"])
def test_a_price_in_structured_data_that_is_none(price: str) -> None:
    offer = f'{{"@context": "https://schema.org", "@type": "Offer", "price": "{price}", "priceCurrency": "EUR"}}'
    page = f'<script type="application/ld+json">{offer}</script><p>It costs € 12.50, was € 20, you save € 7.50.</p>'
    for check in ("offer-consistency", "discounts"):
        assert run_check(check, build=page, page={}).outcome.value != "broken"


def test_a_draft_of_a_text_with_two_addresses_in_the_midst_of_markup(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = tmp_path / "a.eml"
    build.write_bytes(b'Subject: Hi\n\na href=3D"https://ww.example/"><a href=3D"https://w')
    assert main(["draft", str(build)]) == 0
    assert "https://ww.example/" in capsys.readouterr().out
