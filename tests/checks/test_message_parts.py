"""What a message holds besides the HTML and the plain text that are read is looked at, or told."""

from __future__ import annotations

import base64

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check

HEAD = "From: Acme <a@acme.example>\nSubject: Hi\nMIME-Version: 1.0\n"
WORDS = "Save your seat for the spring webinar with us."
LINK = "https://acme.example/seat"
ICS = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:{}\nDTSTART:20270101T100000Z\nEND:VEVENT\nEND:VCALENDAR"


def part(kind: str, body: str, headers: str = "") -> str:
    return f"Content-Type: {kind}; charset=utf-8\n{headers}\n{body}"


def multipart(kind: str, *parts: str, also: str = "") -> str:
    boundary = f"b{abs(hash((kind, parts)))}"
    inner = "".join(f"--{boundary}\n{each}\n" for each in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"{also}\n\n{inner}--{boundary}--\n'


def marked_up(words: str = WORDS, link: str = LINK) -> str:
    return f'<p>{words}</p><p><a href="{link}">Save my seat</a></p>'


TEXT = part("text/plain", f"{WORDS}\n\nSave my seat: {LINK}")
HTML = part("text/html", marked_up())
OTHER = part("text/html", marked_up("Half of everything in our winter sale.", "https://acme.example/sale"))
BOTH = multipart("alternative", TEXT, HTML)
ATTACHED = "Content-Disposition: attachment; filename=a\n"


def amp(body: str) -> str:
    return part("text/x-amp-html", f"<!doctype html><html amp4email><head></head><body>{body}</body></html>")


def said(body: str) -> Answer:
    return run_check("message-parts", email={}, build=HEAD + body)


@pytest.mark.parametrize(
    "body",
    [
        HTML,
        BOTH,
        multipart("alternative", TEXT, HTML, HTML),  # the same twice
        multipart("alternative", TEXT, amp(marked_up()), HTML),
        multipart("alternative", TEXT, part("text/enriched", f"<bold>{WORDS}</bold>\n\nSave my seat: {LINK}"), HTML),
        multipart("alternative", TEXT, part("application/xhtml+xml", f"<html><body>{marked_up()}</body></html>"), HTML),
        multipart("related", HTML, part("image/png", "x", "Content-ID: <a>\n")),
        multipart("mixed", BOTH, part("text/html", "<html><head></head><body><br></body></html>")),  # Apple Mail's
        multipart("mixed", BOTH, part("text/plain", "\n \n")),
        multipart("mixed", BOTH, part("text/html", "<p>Terms", ATTACHED)),
        multipart("mixed", BOTH, part("text/calendar", ICS.format("Winter"), ATTACHED)),
        multipart("mixed", BOTH, part("text/csv", "a,b")),
        multipart("mixed", BOTH, part("image/png", "x", "Content-Disposition: inline\nContent-ID: <a>\n")),
        multipart("mixed", BOTH, part("image/png", "x", ATTACHED)),
        multipart("mixed", BOTH, f"Content-Type: message/rfc822\n{ATTACHED}\nSubject: inner\n\nWinter"),
        multipart("report", BOTH, part("message/delivery-status", "Action: failed")),
    ],
)
def test_nothing_is_said_where_all_that_is_shown_was_read(body: str) -> None:
    assert said(body).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (multipart("alternative", TEXT, HTML, OTHER), "Part 2 of 3"),
        (multipart("alternative", TEXT, OTHER, HTML), "Part 2 of 3"),
        (multipart("alternative", TEXT, multipart("alternative", HTML, multipart("related", OTHER))), "Part 2 of 3"),
        (multipart("alternative", TEXT, HTML, part("application/xhtml+xml", "<html><p>Winter")), "(XHTML)"),
        (multipart("alternative", TEXT, HTML, part("text/watch-html", "<p>Winter")), "(HTML for watches)"),
        (multipart("alternative", TEXT, part("text/enriched", "<bold>Winter</bold> sale"), HTML), "“Winter sale”"),
        (multipart("alternative", part("text/plain", "Winter sale"), TEXT, HTML), "(plain text)"),
        (multipart("alternative", TEXT, part("text/enriched", "Save your sea"), HTML), "“Save your sea”"),
        (multipart("alternative", TEXT, part("text/markdown", "# Winter"), HTML), "(text/markdown)"),
        (
            multipart("related", OTHER, part("text/html", marked_up(), "Content-ID: <two>\n"), also="; start=two"),
            "1 of",
        ),
        (multipart("mixed", BOTH, OTHER), "besides"),
        (multipart("mixed", BOTH, part("text/html", '<img src="https://acme.example/sale.png">')), "sale.png"),
        (multipart("mixed", BOTH, part("text/plain", "You are on the list of list.example")), "besides"),
        (multipart("mixed", TEXT, part("text/plain", "Half price in winter")), "besides"),
        (multipart("mixed", BOTH, "Content-Type: message/rfc822\n\nSubject: inner\n\nWinter"), "message inside"),
        (
            multipart("mixed", HTML, multipart("digest", "Content-Type: message/rfc822\n\nSubject: a\n\nb")),
            "message in",
        ),
        (multipart("mixed", BOTH, part("image/png", "x", "Content-Disposition: inline\n")), "(a picture)"),
        (multipart("mixed", BOTH, part("application/pkcs7-mime", "MIIB")), "signed or encrypted"),
        (
            multipart("alternative", TEXT, HTML, part("text/calendar", ICS.format("Winter {{my.Name}}"))),
            "an invitation",
        ),
        # Shorter than what was checked: readers of this version cannot unsubscribe.
        (multipart("alternative", part("text/html", f"<p>{WORDS}"), HTML), "it lacks"),
    ],
)
def test_a_part_that_was_not_read(body: str, named: str) -> None:
    answer = said(body)
    assert answer.codes == ["unread-part"]
    assert answer.outcome is Outcome.FAILED
    assert named in answer.findings[0].message


def test_a_part_that_cannot_be_read() -> None:
    packed = base64.b64encode(bytes(range(4)) * 100).decode()
    body = part("text/html", packed, "Content-Transfer-Encoding: base64\n")
    assert said(multipart("alternative", TEXT, HTML, body)).codes == ["unread-part"]


def test_the_words_of_an_invitation_are_for_a_person() -> None:
    answer = said(multipart("alternative", TEXT, HTML, part("text/calendar; method=REQUEST", ICS.format("Winter"))))
    assert (answer.codes, answer.outcome) == (["unread-part"], Outcome.REVIEW)
    assert "“Winter”" in answer.findings[0].message


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (marked_up(link="https://acme.example/winter"), ["amp-link"]),
        (marked_up() + "<p>{{lead.First Name}}</p>", ["amp-leftover", "unread-amp"]),
        (marked_up() + "<p>Lorem ipsum dolor</p>", ["amp-leftover", "unread-amp"]),
        (marked_up() + '<template type="amp-mustache"><p>{{name}}</p></template>', []),
        (marked_up() + '<amp-img src="https://acme.example/a.png" width=1 height=1></amp-img><p>More', ["unread-amp"]),
        (f"<p>{WORDS}</p>", ["unread-amp"]),  # without its link
    ],
)
def test_the_amp_version_is_held_against_the_html(body: str, codes: list[str]) -> None:
    answer = said(multipart("alternative", TEXT, amp(body), HTML))
    assert answer.codes == codes
    assert [finding.code for finding in answer.findings if finding.review] == [c for c in codes if c == "unread-amp"]


def test_text_behind_the_html() -> None:
    assert said(multipart("alternative", HTML, TEXT)).codes == ["text-last"]
    assert said(multipart("mixed", HTML, TEXT)).codes == []  # the same words below it, in both


def test_a_boundary_that_is_not_there() -> None:
    whole = multipart("alternative", TEXT, HTML)
    assert said(whole).codes == []
    named = whole.partition('boundary="')[2].partition('"')[0]
    assert "missing-boundary" in said(whole.replace(f'"{named}"', '"other"')).codes
    assert "missing-boundary" in said(whole.replace(f'; boundary="{named}"', "")).codes


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_boundary_that_goes_on_in_the_next_line(line_end: str) -> None:
    whole = multipart("alternative", TEXT, HTML)
    named = whole.partition('boundary="')[2].partition('"')[0]
    header = whole.replace(f'"{named}"', f'"{named}\n y"').replace(f"--{named}", f"--{named} y")
    assert said(header.replace("\n", line_end)).codes == []


def test_a_multipart_inside_that_is_empty_loses_nothing() -> None:
    empty = part('multipart/alternative; boundary="inside"', "")
    assert said(multipart("mixed", empty, HTML)).codes == []
    assert "missing-boundary" in said(multipart("mixed", HTML, empty + f"<p>{WORDS}\n")).codes


def test_a_build_that_is_no_message() -> None:
    assert run_check("message-parts", email={}, build="<p>Hello").outcome is Outcome.SKIPPED
