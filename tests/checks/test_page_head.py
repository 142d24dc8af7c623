"""What the head of a page says."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import run_check

VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'


def _page(head: str) -> str:
    return f"<!doctype html><html><head>{head}</head><body><h1>Join us</h1></body></html>"


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        (VIEWPORT, []),
        ('<meta name="Viewport" content="width=device-width, maximum-scale=5">', []),
        ("<title>Join us</title>", ["missing-viewport"]),
        ('<meta name="viewport" content="width=device-width, user-scalable=no">', ["blocked-zoom"]),
        ('<meta name="viewport" content="width=device-width, maximum-scale=1.0">', ["blocked-zoom"]),
    ],
)
def test_the_width_on_a_phone(head: str, codes: list[str]) -> None:
    assert run_check("page-viewport", page={}, build=_page(head)).codes == codes


def test_a_part_of_a_page_has_no_head_of_its_own() -> None:
    assert run_check("page-viewport", page={}, build="<h1>Join us</h1>").outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:image" content="https://www.acme.example/og.png">',
        '<meta property="og:url" content="{{page.url}}">',
        '<link rel="canonical" href="https://www.acme.example/webinar">',
        '<script src="https://cdn.acme.example/a.js"></script>',
        '<link rel="alternate" href="http://www.acme.example/feed">',
        '<meta http-equiv="refresh" content="">',
    ],
)
def test_addresses_that_visitors_reach(head: str) -> None:
    assert run_check("page-addresses", page={}, build=_page(head)).codes == []


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ('<meta property="og:image" content="http://localhost/og.png">', "unreachable-address"),
        ('<meta property="og:url" content="https://staging.acme.example/webinar">', "unreachable-address"),
        ('<meta name="twitter:image" content="https://www.example.com/og.png">', "unreachable-address"),
        ('<link rel="canonical" href="https://staging.acme.example/webinar">', "unreachable-address"),
        ('<script src="http://cdn.acme.example/a.js"></script>', "mixed-content"),
        ('<link rel="stylesheet" href="http://cdn.acme.example/a.css">', "mixed-content"),
        ('<meta http-equiv="refresh" content="0;url=https://www.acme.example/">', "redirecting-page"),
        ('<meta http-equiv="refresh" content="30">', "redirecting-page"),
    ],
)
def test_addresses_that_they_do_not(head: str, code: str) -> None:
    assert run_check("page-addresses", page={}, build=_page(head)).codes == [code]


@pytest.mark.parametrize("name", ["description", "og:description", "og:title"])
def test_a_description_that_was_never_written(name: str) -> None:
    key = "property" if name.startswith("og:") else "name"
    answer = run_check("placeholder-text", page={}, build=_page(f'<meta {key}="{name}" content="Lorem ipsum dolor">'))
    assert answer.codes == ["placeholder-text"]
