"""What a landing page says to search engines and analytics against the request."""

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check

WEBINAR = "https://www.acme.example/webinar"


def head(content: str, body: str = "<h1>Hello</h1>") -> str:
    return f"<!doctype html><html><head>{content}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("check", "asked", "build"),
    [
        ("page-title", {"title": "Spring | Acme"}, head("<title> Spring |\n Acme</title>")),
        ("page-title", {"title": "Q&A’s"}, head("<title>Q&amp;A's</title>")),
        (
            "page-description",
            {"description": "Forty minutes."},
            head('<meta content="Forty minutes." name="Description">'),
        ),
        ("page-heading", {"heading": "Move faster"}, head("", "<h1>Acme</h1><h1>Move <b>faster</b></h1>")),
        ("page-robots", {"robots": "noindex"}, head('<meta name="ROBOTS" content="NOINDEX">')),
        ("page-robots", {"robots": "noindex, nofollow"}, head('<meta name="robots" content="none">')),
        ("page-robots", {"robots": "index, follow"}, head("")),
        ("page-canonical", {"canonical": WEBINAR}, head(f'<link rel="canonical" href="{WEBINAR}">')),
        ("page-canonical", {"canonical": WEBINAR, "url": WEBINAR}, head('<link rel="canonical" href="/webinar">')),
        ("page-tags", {"tags": ["GTM-ABC123"]}, head("<script>gtm('GTM-ABC123')</script>")),
        (
            "page-tags",
            {"tags": ["AW-1"]},
            head("", '<noscript><iframe src="https://x.example/?id=AW-1"></iframe></noscript>'),
        ),
    ],
)
def test_what_was_asked_for(check: str, asked: dict[str, Any], build: str) -> None:
    answer = run_check(check, page=asked, build=build)
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])


@pytest.mark.parametrize(
    ("check", "asked", "build", "code", "actual"),
    [
        ("page-title", {"title": "Spring"}, head("<title>Winter</title>"), "wrong-page-title", "Winter"),
        ("page-title", {"title": "Spring"}, head(""), "wrong-page-title", None),
        ("page-description", {"description": "Forty."}, head(""), "wrong-description", None),
        ("page-heading", {"heading": "Spring"}, head("", "<h1>Winter</h1>"), "wrong-heading", "Winter"),
        ("page-heading", {"heading": "Spring"}, head("", "<h2>Spring</h2>"), "missing-heading", None),
        ("page-robots", {"robots": "noindex"}, head(""), "wrong-robots", None),
        ("page-robots", {"robots": "index"}, head('<meta name="robots" content="noindex">'), "wrong-robots", "noindex"),
        ("page-canonical", {"canonical": WEBINAR}, head(""), "wrong-canonical", None),
        (
            "page-canonical",
            {"canonical": WEBINAR},
            head('<link rel="canonical" href="http://www.acme.example/webinar">'),
            "wrong-canonical",
            "http://www.acme.example/webinar",
        ),
        (
            "page-tags",
            {"tags": ["GTM-ABC123"]},
            head("<script>gtm('GTM-ZZZ999')</script>"),
            "missing-tag",
            "GTM-ZZZ999",
        ),
        (
            "page-tags",
            {"tags": ["GTM-ABC123"]},
            head("<!-- <script>gtm('GTM-ABC123')</script> -->"),
            "missing-tag",
            None,
        ),
        ("page-tags", {"tags": ["GTM-ABC"]}, head("<script>gtm('GTM-ABC123')</script>"), "missing-tag", "GTM-ABC123"),
        (
            "page-tags",
            {"tags": ["G-SPRING26AA"]},
            head("<script src='/gtag?id=G-SPRING26AA'></script><script>gtag('config','G-SPRING25AA')</script>"),
            "unasked-tag",
            "G-SPRING25AA",
        ),
    ],
)
def test_something_else(check: str, asked: dict[str, Any], build: str, code: str, actual: str | None) -> None:
    (finding,) = run_check(check, page=asked, build=build).findings
    assert (finding.code, finding.actual) == (code, actual)
    assert finding.request is not None


def test_a_canonical_address_that_is_none() -> None:
    build = head('<link rel="canonical" href="https://[nowhere">')
    assert run_check("page-canonical", page={"canonical": WEBINAR}, build=build).codes == ["wrong-canonical"]


@pytest.mark.parametrize(
    "check", ["page-title", "page-description", "page-heading", "page-robots", "page-canonical", "page-tags"]
)
def test_what_was_not_asked_for(check: str) -> None:
    answer = run_check(check, page={}, build=head("<title>Anything</title>"))
    assert (answer.outcome, answer.reason) == (Outcome.SKIPPED, "the request does not say")


def test_a_comment_without_end_costs_nothing() -> None:
    build = head("", "<!-- " * 100_000)
    assert run_check("page-tags", page={"tags": ["GTM-ABC123"]}, build=build).codes == ["missing-tag"]
