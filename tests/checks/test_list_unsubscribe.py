"""The List-Unsubscribe headers of a message and of an envelope beside the build."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check

ONE_CLICK = "List-Unsubscribe=One-Click"
GOOD = "<https://news.acme.example/u/31>, <mailto:u@news.acme.example?subject=31>"
LINK = '<p><a href="https://news.acme.example/u/31">Unsubscribe</a></p>'


def message(*headers: str, sent: bool = False, body: str = LINK) -> Answer:
    route = ["Received: from mx.acme.example by mail.example; Tue, 24 Nov 2026 10:00:00 +0000"] if sent else []
    lines = [*route, "From: Acme <a@acme.example>", "Subject: Join us", "Content-Type: text/html", *headers, "", body]
    return run_check("list-unsubscribe", email={}, build="\r\n".join(lines))


def sidecar(**headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return run_check("list-unsubscribe", email={}, sidecar={"headers": named}, build="<p>Join us.</p>")


@pytest.mark.parametrize(
    "value",
    [
        GOOD,
        "<mailto:u@acme.example>,<https://acme.example/u>",
        "(Unsubscribe) <https://acme.example/u?a=1,2>",
        "<{{system.unsubscribeLink}}>",
        "<%%unsub_center_url%%>",
        "*|UNSUB|*",
    ],
)
def test_a_header_that_mail_programs_read(value: str) -> None:
    good = sidecar(List_Unsubscribe=value, List_Unsubscribe_Post=ONE_CLICK)
    assert (good.outcome, good.codes) == (Outcome.PASSED, [])


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("nonsense", "no address"),
        ("https://acme.example/u", "no address"),
        ("<http://acme.example/u>", "not https"),
        ("<https://acme.example/u> <mailto:u@acme.example>", "no comma"),
        ("<https://acme.example/u>; <mailto:u@acme.example>", "no comma"),
        ("Unsubscribe: <https://acme.example/u>", "outside"),
        ("<https://acme.example/u 31>", "a space"),
        ("<https://example.com/unsub>", "an example"),
        ("<https://staging.acme.com/u>", "a test server"),
        ("<www.acme.example/u>", "no address of the web"),
        ("<mailto:>", "write to"),
        ("<>", "an empty address"),
        ("", "is empty"),
    ],
)
def test_a_header_that_they_do_not(value: str, says: str) -> None:
    for bad in (
        sidecar(List_Unsubscribe=value, List_Unsubscribe_Post=ONE_CLICK),
        message(f"List-Unsubscribe: {value}", f"List-Unsubscribe-Post: {ONE_CLICK}"),
    ):
        (finding,) = bad.findings
        assert finding.code == "malformed-list-unsubscribe" and says in finding.message


@pytest.mark.parametrize("tag", ["<%%unsub_url%%>", "<{{unsubscribe_link}}>", "<*|UNSUB|*>"])
def test_a_merge_tag_is_left_in_a_message_that_was_sent(tag: str) -> None:
    headers = (f"List-Unsubscribe: {tag}", f"List-Unsubscribe-Post: {ONE_CLICK}")
    assert message(*headers).codes == []
    (finding,) = message(*headers, sent=True).findings
    assert finding.code == "malformed-list-unsubscribe" and "merge tag" in finding.message


def test_one_click() -> None:
    assert message(f"List-Unsubscribe: {GOOD}", f"List-Unsubscribe-Post: {ONE_CLICK}", sent=True).codes == []
    assert message(f"List-Unsubscribe: {GOOD}").codes == ["missing-one-click"]
    assert sidecar(List_Unsubscribe=GOOD).codes == ["missing-one-click"]
    post = f"List-Unsubscribe-Post: {ONE_CLICK}"
    (mailto,) = message("List-Unsubscribe: <mailto:u@acme.example>", post).findings
    assert mailto.code == "missing-one-click" and "no https address" in mailto.message
    unsafe = message("List-Unsubscribe: <http://acme.example/u>, <mailto:u@acme.example>", post)
    assert unsafe.codes == ["missing-one-click"]
    other = message(f"List-Unsubscribe: {GOOD}", "List-Unsubscribe-Post: One-Click")
    assert other.codes == ["malformed-list-unsubscribe"]


def test_a_header_is_missed_only_where_the_message_was_sent_and_can_be_left() -> None:
    assert message().outcome is Outcome.SKIPPED
    assert run_check("list-unsubscribe", email={}, build=LINK).outcome is Outcome.SKIPPED
    assert message(sent=True).codes == ["missing-list-unsubscribe"]
    assert message(sent=True, body="<p>Join us.</p>").codes == []


def test_a_receipt_needs_none_of_them() -> None:
    receipt = "<h1>Your receipt from Acme</h1><p>Order number 20931</p>" + LINK
    assert message(sent=True, body=receipt).codes == []
    assert message(f"List-Unsubscribe: {GOOD}", sent=True, body=receipt).codes == []
    assert message("List-Unsubscribe: <http://acme.example>", body=receipt).codes == ["malformed-list-unsubscribe"]
