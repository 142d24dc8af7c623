"""What a message that was sent still holds, and what its mailbox thought of it."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check
from tests.told import codes

ROUTE = "Received: from mx.acme.example by mail.example; Tue, 24 Nov 2026 10:00:00 +0000"


def written(*headers: str, subject: str = "Join us", body: str = "<p>Hello Dana</p>", route: str = ROUTE) -> str:
    lines = [route, *headers, "From: Acme <a@acme.example>", f"Subject: {subject}", "Content-Type: text/html", ""]
    return "\r\n".join([*filter(None, lines[:-1]), "", body])


TAGS = [
    "{{lead.First Name:default=Hi}}",
    "*|FNAME|*",
    "%%FirstName%%",
    "{{ contact.firstname }}",
    "{{ first_name|default:'' }}",
    "{{${first_name}}}",
]


@pytest.mark.parametrize("tag", TAGS)
def test_a_merge_tag_is_left_in_a_message_that_was_sent(tag: str) -> None:
    in_body = written(body=f"<p>Hello {tag}, here is the programme.</p>")
    assert run_check("sent-tokens", email={}, build=in_body).codes == ["unfilled-token"]
    in_subject = written(subject=f"Hello {tag}")
    (finding,) = run_check("sent-tokens", email={}, build=in_subject).findings
    assert finding.code == "unfilled-token" and "the subject line" in finding.message
    assert codes("sent-tokens", "token-syntax", "token-names", email={}, build=in_body)


def test_it_is_told_once_however_often_it_stands_there() -> None:
    build = written(subject="Hi *|FNAME|*", body="<p>Hello *|FNAME|*</p><p>Dear *|FNAME|*</p>")
    assert run_check("sent-tokens", email={}, build=build).codes == ["unfilled-token"]


@pytest.mark.parametrize(
    ("platform", "tag", "code"),
    [("marketo", "*|FNAME|*", "foreign-token"), ("marketo", "{{lead.Frist Name}}", "unknown-token")],
)
def test_the_code_that_says_why_tells_it(platform: str, tag: str, code: str) -> None:
    build = written(body=f"<p>Hello {tag}, here is the programme.</p>")
    checks = ("sent-tokens", "token-syntax", "token-names")
    assert codes(*checks, campaign={"platform": platform}, email={}, build=build) == [code]
    assert codes(*checks, off=(code,), campaign={"platform": platform}, email={}, build=build) == ["unfilled-token"]


def test_a_build_holds_merge_tags() -> None:
    assert run_check("sent-tokens", email={}, build="<p>Hello *|FNAME|*</p>").outcome is Outcome.SKIPPED
    assert run_check("sent-tokens", email={}, build=written(subject="*|FNAME|*", route="")).outcome is Outcome.SKIPPED


@pytest.mark.parametrize("body", ["<p>Hello Dana, 50% off, 100%% sure</p>", "<style>@media{a{b:c}}</style><p>{Hi}</p>"])
def test_a_message_without_merge_tags(body: str) -> None:
    assert run_check("sent-tokens", email={}, build=written(body=body)).codes == []


def believed(*verdicts: str) -> Answer:
    headers = [f"Authentication-Results: mx.example; {verdict}" for verdict in verdicts]
    return run_check("authentication", email={}, build=written(*headers))


@pytest.mark.parametrize(
    "verdict",
    [
        "spf=pass smtp.mailfrom=acme.example; dkim=pass; dmarc=pass",
        "spf=softfail; dkim=pass header.d=acme.example; dmarc=pass",  # forwarded
        "dkim=fail header.d=old.example; dkim=pass header.d=acme.example; spf=pass; dmarc=pass",
        "spf=fail; dkim=pass",
        "spf=neutral; dkim=none",
        "none",
    ],
)
def test_a_mailbox_that_believed_the_sender(verdict: str) -> None:
    assert believed(verdict).codes == []


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        ("spf=pass; dkim=pass; dmarc=fail (p=REJECT)", "dmarc=fail"),
        ("spf=softfail; dkim=none", "spf=softfail"),
        ("dkim=fail (body hash did not verify)", "dkim=fail"),
        ("SPF=Fail smtp.mailfrom=acme.example;\r\n DKIM=none; DMARC=Fail", "spf=fail and dmarc=fail"),
    ],
)
def test_a_mailbox_that_did_not(verdict: str, says: str) -> None:
    (finding,) = believed(verdict).findings
    assert finding.code == "failed-authentication" and says in finding.message


def test_the_last_mailbox_counts() -> None:
    assert believed("dmarc=pass", "dmarc=fail").codes == []
    assert run_check("authentication", email={}, build=written()).outcome is Outcome.SKIPPED
