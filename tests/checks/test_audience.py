"""Do the checks of an audience pass a right list, and say each mistake of a wrong one?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from qa.finding import Outcome, Severity
from qa.profile.model import Profile
from qa.testing import Answer, run_check
from tests.told import campaign_told

PEOPLE = "email,first_name\nann@acme.example,Ann\nbob@acme.example,Bob\n"


def judge(
    check: str, content: str | bytes = PEOPLE, segment: Mapping[str, object] | None = None, **asked: object
) -> Answer:
    files = {"audience/a.csv": content, **dict(asked.pop("files", {}))}  # type: ignore[call-overload]
    fields = {"name": "prospects", "list": "audience/a.csv", **(segment or {})}
    return run_check(check, campaign={"audience": {"segments": [fields], **asked}}, files=files)


def test_count() -> None:
    assert judge("list-count", segment={"count": 2}).outcome is Outcome.PASSED
    assert judge("list-count", segment={"count": 4, "tolerance": "50%"}).outcome is Outcome.PASSED
    assert judge("list-count").outcome is Outcome.SKIPPED
    answer = judge("list-count", segment={"count": 12000, "tolerance": "5%"})
    assert answer.codes == ["wrong-count"]
    message = "“prospects” holds 2 people; the request expects 12,000 (11,400 to 12,600)."
    assert answer.findings[0].message == message


def test_a_broken_row_is_counted_as_a_person() -> None:
    assert judge("list-count", PEOPLE + "cy@acme.example\n", {"count": 3}).outcome is Outcome.PASSED


def test_an_empty_list() -> None:
    assert judge("list-count", "email,first_name\n").codes == ["empty-list"]
    for check in ("list-uniqueness", "list-rows", "list-fields"):
        assert judge(check, "email,first_name\n", {"unique": "email"}).outcome is Outcome.PASSED


def test_uniqueness() -> None:
    assert judge("list-uniqueness", segment={"unique": "Email"}).outcome is Outcome.PASSED
    assert judge("list-uniqueness").outcome is Outcome.SKIPPED
    answer = judge("list-uniqueness", PEOPLE + "Ann@acme.example,Ann\n", {"unique": "email"})
    assert answer.codes == ["repeated-address"]
    (finding,) = answer.findings
    assert finding.message == "1 row of “prospects” repeats an earlier one, for example A…n@acme.example."
    assert (finding.where and finding.where.line, finding.actual) == (4, "line 4")


def test_a_unique_column_that_is_missing_is_said_once() -> None:
    assert judge("list-uniqueness", segment={"unique": "customer id"}).outcome is Outcome.SKIPPED
    assert judge("list-fields", segment={"unique": "customer id"}).codes == ["missing-column"]


def test_rows() -> None:
    assert judge("list-rows").outcome is Outcome.PASSED
    answer = judge("list-rows", PEOPLE + "cy@acme.example\ndi@acme.example,Di,York\n")
    assert answer.codes == ["broken-row"]
    assert answer.findings[0].actual == "lines 4, 5"


def test_fields() -> None:
    assert judge("list-fields", segment={"required": ["Email", "First Name"]}).outcome is Outcome.PASSED
    assert judge("list-fields", segment={"required": ["last_name"]}).codes == ["missing-column"]
    answer = judge("list-fields", PEOPLE + "cy@acme.example,\n", {"required": ["first_name"]})
    assert answer.codes == ["blank-field"]
    assert answer.findings[0].message == "“first_name” is blank in 1 row of “prospects”."


def test_fields_that_merge_tags_print() -> None:
    asked = {"platform": "marketo", "audience": {"segments": [{"name": "all", "list": "a.csv"}]}}
    files = {"a.csv": "Email,First Name\nann@acme.example,\n"}
    for tag, codes in (("{{lead.First Name}}", ["blank-field"]), ("{{lead.First Name:default=you}}", [])):
        answer = run_check("list-fields", build=tag, email={"tokens": [tag]}, campaign=asked, files=files)
        assert answer.codes == codes


def test_suppression() -> None:
    files = {"audience/out.csv": "cy@acme.example\n"}
    assert judge("suppression", suppressions=["audience/out.csv"], files=files).outcome is Outcome.PASSED
    assert judge("suppression").outcome is Outcome.SKIPPED
    files = {"audience/out.csv": "Email\nBOB@acme.example\n"}
    answer = judge("suppression", suppressions=["audience/out.csv"], files=files)
    assert answer.codes == ["suppressed-address"]
    assert "bob@" not in answer.findings[0].message


def test_a_list_without_addresses_cannot_pass() -> None:
    files = {"audience/out.csv": "bob@acme.example\n"}
    answer = judge("suppression", "id,name\n1,Ann\n", suppressions=["audience/out.csv"], files=files)
    assert answer.outcome is Outcome.BROKEN
    assert "no column of e-mail addresses" in answer.reason


def test_seeds() -> None:
    assert judge("seeds", seeds=["Ann@acme.example"]).outcome is Outcome.PASSED
    assert judge("seeds").outcome is Outcome.SKIPPED
    missing = judge("seeds", seeds=["ann@acme.example", "qa@acme.example"])
    assert (missing.codes, missing.findings[0].expected) == (["missing-seed"], "qa@acme.example")
    assert missing.outcome is Outcome.FAILED
    segments = [{"name": "prospects", "list": "audience/a.csv"}]
    asked = {"audience": {"segments": segments, "seeds": ["qa@acme.example"]}}
    (shown,) = campaign_told("seeds", campaign=asked, files={"audience/a.csv": PEOPLE})
    assert shown.severity is Severity.ERROR  # the request asked for it


def test_overlap() -> None:
    def overlap(other: str, exclusive: bool = True) -> Answer:
        segments = [{"name": "one", "list": "a.csv"}, {"name": "two", "list": "b.csv"}]
        audience = {"exclusive": exclusive, "segments": segments}
        return run_check("segment-overlap", campaign={"audience": audience}, files={"a.csv": PEOPLE, "b.csv": other})

    assert overlap("email\ncy@acme.example\n").outcome is Outcome.PASSED
    assert overlap("email\nann@acme.example\n", exclusive=False).outcome is Outcome.SKIPPED
    answer = overlap("email\ncy@acme.example\nANN@acme.example\nbob@acme.example\n")
    assert answer.codes == ["shared-address"]
    assert answer.findings[0].message.startswith("2 people are in both “one” and “two”")


def test_a_condition_is_not_evaluated_yet_and_never_passes() -> None:
    answer = judge("list-condition", segment={"where": "country = 'GB'"})
    assert (answer.outcome, answer.codes) == (Outcome.SKIPPED, [])  # one day "unchecked-condition"
    assert "not evaluated yet" in answer.reason
    assert judge("list-condition").outcome is Outcome.SKIPPED


def test_a_binary_list_breaks_its_checks_with_one_clear_line() -> None:
    answer = judge("list-rows", b"PK\x03\x04\x00\x00")
    assert answer.outcome is Outcome.BROKEN
    assert (
        answer.reason == "audience/a.csv is an Excel workbook or a zip archive, not a CSV list: export the list as CSV."
    )


def _addresses(rows: str) -> list[str]:
    segments = {"segments": [{"name": "all", "list": "a.csv"}]}
    return run_check("list-addresses", campaign={"audience": segments}, files={"a.csv": f"email\n{rows}\n"}).codes


def test_addresses_that_mail_can_be_sent_to() -> None:
    assert _addresses("ann@acme.example\nb.o'neil+x@mail.acme.co.uk\n jürgen@müller.example ") == []


@pytest.mark.parametrize("address", ["notanaddress", "x@@a.example", "a b@acme.example", "a@acme", "@acme.example"])
def test_addresses_that_it_cannot(address: str) -> None:
    assert _addresses(f"ann@acme.example\n{address}") == ["malformed-address"]


def test_seeds_on_every_list_are_no_overlap() -> None:
    segments = [{"name": name, "list": f"{name}.csv"} for name in ("a", "b")]
    audience = {"segments": segments, "exclusive": True, "seeds": ["qa@acme.example"]}
    files = {
        "a.csv": "email\nqa@acme.example\nann@acme.example\n",
        "b.csv": "email\nQA@acme.example\nbob@acme.example\n",
    }
    assert run_check("segment-overlap", campaign={"audience": audience}, files=files).codes == []


def test_cells_that_say_nothing_are_blank() -> None:
    segments = {"segments": [{"name": "all", "list": "a.csv", "required": ["name"]}]}
    files = {"a.csv": "email,name\na@acme.example,NULL\nb@acme.example,Ann\n"}
    assert run_check("list-fields", campaign={"audience": segments}, files=files).codes == ["blank-field"]


BROKEN = PEOPLE + "cy@acme.example\n"


@pytest.mark.parametrize(
    ("check", "segment", "code"),
    [
        ("list-uniqueness", {"unique": "Email"}, "repeated-address"),
        ("list-fields", {"required": ["Email"]}, "blank-field"),
    ],
)
def test_rows_that_cannot_be_read_are_not_passed(check: str, segment: dict[str, object], code: str) -> None:
    answer = judge(check, BROKEN, segment)
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, [code])


def test_rows_that_cannot_be_read_are_told_once() -> None:
    audience = {"suppressions": ["out.csv"], "segments": [{"name": "all", "list": "a.csv", "unique": "Email"}]}
    parts: dict[str, Any] = {
        "campaign": {"audience": audience},
        "files": {"a.csv": BROKEN, "out.csv": "eve@a.example\n"},
    }
    checks = ("list-rows", "list-uniqueness", "suppression")
    assert [judged.finding.code for judged in campaign_told(*checks, **parts)] == ["broken-row"]
    without = campaign_told(*checks, profile=Profile(severities={"broken-row": None}), **parts)
    assert sorted(judged.finding.code for judged in without) == ["repeated-address", "suppressed-address"]


@pytest.mark.parametrize(
    "cell",
    ["ann@acme.example", "Ann.O'Neil@acme.example", "björn@acme.example", "a=b@acme.example", " ann@acme.example "],
)
def test_addresses_as_they_should_be(cell: str) -> None:
    assert judge("list-addresses", f"email,first_name\n{cell},Ann\n").codes == []


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("\u200bann@acme.example", "zero width space"),
        ("ann@acme.example\u00a0", "no-break space"),
        ("ann@acme\u00ad.example", "soft hyphen"),
        ("mailto:ann@acme.example", "mailto:"),
        ('="ann@acme.example"', "formula"),
        ("'ann@acme.example", "quotes"),
        ("Ann <ann@acme.example>", "brackets"),
        ("ａｎｎ@acme.example", "another width"),
        ("ann@acme。example", "another width"),
    ],
)
def test_an_address_with_something_around_it_is_named_and_still_recognised(cell: str, says: str) -> None:
    people = f"email,first_name\nbob@acme.example,Bob\n{cell},Ann\n"
    (finding,) = judge("list-addresses", people).findings
    assert finding.code == "malformed-address"
    assert says in finding.message
    out = {"suppressions": ["audience/out.csv"], "files": {"audience/out.csv": "email\nann@acme.example\n"}}
    assert judge("suppression", people, **out).codes == ["suppressed-address"]
    twice = f"{people}ann@acme.example,Ann\n"
    assert judge("list-uniqueness", twice, {"unique": "email"}).codes == ["repeated-address"]


@pytest.mark.parametrize(
    "row",
    [
        "bob@acme.example,ann@acme.example",
        'bob@acme.example,"mailto:Ann@acme.example?subject=Hi"',
        "bob@acme.example,ａｎｎ＠acme.example",
        "bob@acme.example,ann@acme。example",
        "a\u2066nn@acme.example,bob@acme.example",
    ],
)
def test_somebody_suppressed_is_found_in_any_column_and_spelling(row: str) -> None:
    files = {"audience/out.csv": "email\nann@acme.example\n"}
    answer = judge("suppression", f"email,work email\n{row}\n", suppressions=["audience/out.csv"], files=files)
    assert answer.codes == ["suppressed-address"]
    assert "ann@acme" not in answer.findings[0].message


def test_a_cell_that_speaks_of_an_address_is_not_that_address() -> None:
    files = {"audience/out.csv": "email\nann@acme.example\n"}
    people = "email,note\nbob@acme.example,met ann@acme.example in May\n"
    assert judge("suppression", people, suppressions=["audience/out.csv"], files=files).codes == []


def test_a_suppression_list_with_something_around_its_addresses_still_holds_them() -> None:
    files = {"audience/out.csv": "email\nmailto:ANN@acme.example\n\u200bbob@acme.example\n"}
    answer = judge("suppression", suppressions=["audience/out.csv"], files=files)
    assert answer.codes == ["suppressed-address"]
    assert "2 rows" in answer.findings[0].message or "2 people" in answer.findings[0].message


ANN = [
    "ann@acme.example;", "ann@acme.example.", "(ann@acme.example)", "ann@acme.example (work)", "ann%40acme.example", "ann&#64;acme.example",
    "ann(at)acme.example", "ann [at] acme.example", "ann @ acme.example", '"""ann""@acme.example"', "smtp:ann@acme.example", "E-mail: ann@acme.example",
    "ann\u00ad@acme.example", "ann\uff20acme.example", "'ann@acme.example", '"Ann, O\'Neil <ann@acme.example>"', '"=""ann@acme.example"""', "ann@acme.example/",
]  # fmt: skip


@pytest.mark.parametrize("written", ANN)
def test_an_address_is_the_same_whatever_stands_around_it(written: str) -> None:
    for people, out in ((written, "ann@acme.example"), ("ann@acme.example", written)):
        files = {"audience/out.csv": f"email\n{out}\nzoe@acme.example\n"}
        answer = judge(
            "suppression", f"email\n{people}\nbob@acme.example\n", suppressions=["audience/out.csv"], files=files
        )
        assert answer.codes == ["suppressed-address"] and not answer.findings[0].review
    assert judge("list-addresses", f"email\n{written}\n").codes == ["malformed-address"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ann@müller.example", "ann@xn--mller-kva.example"),
        ("ann@MÜLLER.example", "Ann@XN--MLLER-KVA.example"),
        ("ann@mu\u0308ller.example", "ann@xn--mller-kva.example"),
        ("ann@straße.example", "ann@xn--strae-oqa.example"),
        ("ann@例え.example", "ann@xn--r8jz45g.example"),
    ],
)
def test_a_domain_is_the_same_in_both_of_its_spellings(one: str, other: str) -> None:
    for people, out in ((one, other), (other, one)):
        files = {"audience/out.csv": f"email\n{out}\n"}
        answer = judge("suppression", f"email\n{people}\n", suppressions=["audience/out.csv"], files=files)
        assert answer.codes == ["suppressed-address"]
        assert judge("list-addresses", f"email\n{people}\n").codes == []


@pytest.mark.parametrize(
    "out",
    [
        "email\nann@acme.example; zoe@acme.example\n",
        "email,second e-mail\nzoe@acme.example,ann@acme.example\n",
        "zoe@acme.example\nAnn <ann@acme.example>\n",
    ],
)
def test_every_address_of_a_suppression_list_counts(out: str) -> None:
    files = {"audience/out.csv": out}
    people = "email\nann@acme.example\n"
    assert judge("suppression", people, suppressions=["audience/out.csv"], files=files).codes == ["suppressed-address"]


@pytest.mark.parametrize(
    "cell",
    ["5f4dcc3b5aa765d61d8327deb882cf99", "@acme.example", "acme.example", "met ann@acme.example in May", "ann@acme"],
)
def test_a_row_of_a_suppression_list_without_an_address_is_said(cell: str) -> None:
    files = {"audience/out.csv": f"email\nzoe@acme.example\n{cell}\n"}
    people = "email\nann@acme.example\n"
    (finding,) = judge("suppression", people, suppressions=["audience/out.csv"], files=files).findings
    assert finding.review and "1 row" in finding.message and finding.where and finding.where.line == 3


@pytest.mark.parametrize(
    ("people", "out"),
    [
        ("ann+news@acme.example", "ann@acme.example"),  # may be somebody else's, everywhere but with one provider
        ("o'brien@acme.example", "brien@acme.example"),
        ("ann@acme.example.org", "ann@acme.example"),
        ("joann@acme.example", "ann@acme.example"),
    ],
)
def test_another_address_is_another_one(people: str, out: str) -> None:
    files = {"audience/out.csv": f"email\n{out}\n"}
    people = f"email\n{people}\n"
    assert judge("suppression", people, suppressions=["audience/out.csv"], files=files).codes == []


def test_letters_that_only_look_like_those_of_an_address() -> None:
    assert judge("list-addresses", "email\n\u0430nn@acme.example\n").codes == ["malformed-address"]
    assert judge("list-addresses", "email\nанна@acme.example\n").codes == []
