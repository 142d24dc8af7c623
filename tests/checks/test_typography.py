"""Slips of the keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from qa.testing import run_check


def codes(build: str, **more: Any) -> list[str]:
    return run_check("typography", build=build, **({"email": {}} | more)).codes


@pytest.mark.parametrize(
    "text",
    [
        "Save your seat, it is free. Is it? Yes!",
        "Save your seat&nbsp;today, for 5&nbsp;€.",
        "Home&nbsp;&nbsp;|&nbsp;&nbsp;Contact",
        "a&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;b",
        "It costs 5 ... and more",
        "Written in .NET and :) for you",
        "Hello {{lead.First Name}} , welcome",
        "{{#each . }}x{{/each}}",
        "R&amp;D, &lt;3 and AT&amp;T",
        "Donau&shy;dampfschiff and Lon&zwnj;don",
        "می‌خواهم بروم",
        "👨\u200d👩\u200d👧 family",
        "1\u200b234 High Street",
    ],
)
def test_clean_text(text: str) -> None:
    assert codes(f'<html lang="en"><body><p>{text}</p></body></html>') == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Save your seat , it is free.", "space-before-punctuation"),
        ("Save your seat !", "space-before-punctuation"),
        ("<b>Price</b> : free", "space-before-punctuation"),
        ("Save&nbsp; your seat", "double-space"),
        ("Save &nbsp;your seat", "double-space"),
        ("Save\u00a0\u00a0your seat", "double-space"),
        ("Save your se\u200bat", "invisible-character"),
        ("Сохраните ме\ufeffсто", "invisible-character"),
        ("Save your se&#8203;at", "invisible-character"),
        ("Save your se&#xFEFF;&#x200b;at", "invisible-character"),
    ],
)
def test_slips(text: str, code: str) -> None:
    assert codes(f'<html lang="en"><body><p>{text}</p></body></html>') == [code]


def test_punctuation_by_language() -> None:
    build = "<p>Réservez votre place ! C’est gratuit : oui ?</p>"
    assert codes(build, email={"language": "fr"}) == []
    assert codes(build) == []  # nobody says that it is not French
    assert codes(build, email={"language": "de"}) == ["space-before-punctuation"]
    assert codes("<p>Réservez , c’est gratuit</p>", email={"language": "fr"}) == ["space-before-punctuation"]


def test_what_readers_do_not_see() -> None:
    hidden = '<div style="display:none">Preheader , &amp;nbsp; see\u200bat&nbsp; x</div><p>Hello</p>'
    assert codes(hidden) == []
    assert codes('<p title="a\u200bb">Hello</p><!-- a\u200bb --><pre>&amp;nbsp;</pre>') == []


def test_slips_are_grouped() -> None:
    (finding,) = run_check("typography", email={"language": "en"}, build="<p>Save , now</p>\n" * 30).findings
    assert finding.where is not None and finding.where.line == 1
    assert "29 more" in finding.message


@pytest.mark.parametrize("piece", ["&nbsp;", "a\u200b", " ,", "a &nbsp;"])
def test_hostile_text(piece: str) -> None:
    assert len(run_check("typography", email={}, build={"repeat": [piece, 50_000]}).findings) <= 4
