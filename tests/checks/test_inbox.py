"""Subject line, preheader and sender against the request."""

import pytest

from qa.finding import Outcome
from qa.testing import run_check

MESSAGE = (
    "From: Acme Events <events@acme.example>\r\nReply-To: help@acme.example\r\nSubject: Save your seat\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hello</p>\r\n"
)


@pytest.mark.parametrize(
    "built", ["Save your seat", "  Save   your seat ", "Save your\u00a0seat"], ids=["same", "spaces", "nbsp"]
)
def test_subject_line_that_was_asked_for(built: str) -> None:
    answer = run_check(
        "subject-line", email={"subject": "Save your seat"}, sidecar={"subject": built}, build="<p>x</p>"
    )
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])


@pytest.mark.parametrize(
    ("built", "code"),
    [
        ("Save your place", "wrong-subject"),
        ("save your seat", "wrong-subject"),
        ("", "missing-subject"),
    ],
)
def test_another_subject_line(built: str, code: str) -> None:
    answer = run_check(
        "subject-line", email={"subject": "Save your seat"}, sidecar={"subject": built}, build="<p>x</p>"
    )
    assert answer.codes == [code]


@pytest.mark.parametrize("built", ["[TEST] Save your seat", "Draft: Save your seat", "[TEST] Buy our other product"])
def test_a_subject_line_that_says_test_is_another_one_too(built: str) -> None:
    email = {"subject": "Save your seat"}
    answer = run_check("subject-line", email=email, sidecar={"subject": built}, build="<p>x</p>")
    assert answer.codes == ["test-prefix", "wrong-subject"]
    assert run_check("subject-line", email={}, sidecar={"subject": built}, build="<p>x</p>").codes == ["test-prefix"]


def test_a_subject_that_speaks_of_tests_is_no_test() -> None:
    wanted = "Test your knowledge: five questions"
    answer = run_check("subject-line", email={"subject": wanted}, sidecar={"subject": wanted}, build="<p>x</p>")
    assert answer.codes == []


def test_subject_line_of_a_message_names_both_lines() -> None:
    answer = run_check("subject-line", email={"subject": "Save my seat"}, build=MESSAGE)
    (finding,) = answer.findings
    assert (finding.code, finding.expected, finding.actual) == ("wrong-subject", "Save my seat", "Save your seat")
    assert finding.where is not None and (finding.where.file, finding.where.line) == ("build/asset.eml", 3)
    assert finding.request is not None and finding.request.file == "request.yaml"


def test_title_stands_for_the_subject_line_and_says_so() -> None:
    build = "<html><head><title>Winter news</title></head><body><p>x</p></body></html>"
    answer = run_check("subject-line", email={"subject": "Spring news"}, build=build)
    assert answer.codes == ["title-not-subject"]
    assert run_check("subject-line", email={"subject": "Winter news"}, build=build).codes == []


@pytest.mark.parametrize(
    "tag", ["*|MC:SUBJECT|*", "{{ subject }}", "%%emailname_%%", "<%= delivery.label %>", "%SUBJECT%"]
)
def test_a_title_that_the_platform_fills_in_is_no_subject_line(tag: str) -> None:
    build = "<html><head><title>{}</title></head><body><p>x</p></body></html>"
    assert run_check("subject-line", email={"subject": "Spring"}, build=build.format(tag)).outcome is Outcome.SKIPPED
    winter = run_check("subject-line", email={"subject": "Spring"}, build=build.format(f"{tag} Winter"))
    assert winter.codes == ["title-not-subject"]


def test_subject_line_nobody_asked_for_and_nothing_shows() -> None:
    assert run_check("subject-line", email={}, build=MESSAGE).outcome is Outcome.SKIPPED
    assert run_check("subject-line", email={"subject": "x"}, build="<p>x</p>").outcome is Outcome.SKIPPED


HIDDEN = '<body><div style="display:none">{}</div><p>Hello there, dear reader</p></body>'


def test_preheader_that_was_asked_for() -> None:
    build = HIDDEN.format("Free, forty minutes &zwnj;&nbsp;&zwnj;&nbsp;")
    assert run_check("preheader", email={"preheader": "Free, forty minutes"}, build=build).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "build",
    [
        '<table><tr><td class="preheader mcnPreheader">Free, forty minutes</td></tr></table><p>Hello there</p>',
        "<p>Free, forty&nbsp;minutes. <a href='{{system.viewAsWebpageLink}}'>View in browser</a></p><p>Hello there</p>",
        "<div class='visually-first'><span>Free,</span> <b>forty minutes</b></div><h1>Hello there</h1>",
    ],
)
def test_a_preheader_in_sight_is_what_the_inbox_shows(build: str) -> None:
    assert run_check("preheader", email={"preheader": "Free, forty minutes"}, build=build).outcome is Outcome.PASSED


def test_a_preheader_further_down_is_none() -> None:
    build = "<p>View in browser</p><p>Free, forty minutes</p>"
    (finding,) = run_check("preheader", email={"preheader": "Free, forty minutes"}, build=build).findings
    assert finding.code == "missing-preheader" and "the inbox shows “View in browser”" in finding.message


@pytest.mark.parametrize(
    "tag", ["*|MC_PREVIEW_TEXT|*", "{{my.Preheader}}", "%%=v(@preheader)=%%", "{{ preview_text }}"]
)
def test_a_preheader_that_is_filled_in_later_is_for_a_person(tag: str) -> None:
    answer = run_check("preheader", email={"preheader": "Free, forty minutes"}, build=HIDDEN.format(tag))
    assert answer.outcome is Outcome.REVIEW and "look at a test send" in answer.findings[0].message
    mixed = run_check("preheader", email={"preheader": "Free, forty minutes"}, build=HIDDEN.format(f"Hurry, {tag}"))
    assert mixed.outcome is Outcome.FAILED


@pytest.mark.parametrize(
    ("build", "code"),
    [(HIDDEN.format("The winter sale ends"), "wrong-preheader"), ("<p>Hello</p>", "missing-preheader")],
)
def test_another_preheader(build: str, code: str) -> None:
    assert run_check("preheader", email={"preheader": "Free, forty minutes"}, build=build).codes == [code]


def test_sender_that_was_asked_for() -> None:
    wanted = {"from": {"name": "Acme Events", "address": "Events@acme.example"}, "reply_to": "help@acme.example"}
    assert run_check("sender", email=wanted, build=MESSAGE).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"from": {"name": "Acme"}}, "wrong-from-name"),
        ({"from": {"address": "news@acme.example"}}, "wrong-from-address"),
        ({"reply_to": "events@acme.example"}, "wrong-reply-to"),
    ],
)
def test_another_sender(wanted: dict[str, object], code: str) -> None:
    assert run_check("sender", email=wanted, build=MESSAGE).codes == [code]


def test_sender_cannot_be_read_from_bare_html() -> None:
    answer = run_check("sender", email={"reply_to": "a@acme.example"}, build="<p>x</p>")
    assert answer.outcome is Outcome.SKIPPED
    assert ".eml" in answer.reason
