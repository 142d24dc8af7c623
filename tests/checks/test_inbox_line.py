"""The subject line and what follows it, as an inbox shows them."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check
from tests.told import codes

HIDDEN = '<div style="display:none">{}</div>'
VIEW = '<p><a href="{{{{system.viewAsWebpageLink}}}}">{}</a></p>'
COPY = "<p>Join us for forty minutes on what changed this year.</p>"


def subject(value: str, **email: object) -> Answer:
    return run_check("subject-shown", email=email, sidecar={"subject": value}, build=COPY)


@pytest.mark.parametrize(
    "value", ["Save your seat", "Return to Rome", "re:Invent 2026", "Reminder: it is on", "AWS: news"]
)
def test_a_subject_line_that_is_shown_as_it_is(value: str) -> None:
    assert subject(value).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "value",
    [
        "Fwd: Save your seat",
        "RE: Save your seat",
        "AW: Ihr Platz",
        "WG: AW: Ihr Platz",
        "TR : Votre place",
        "RV: Su plaza",
        "SV: Din plats",
        "Odp: Twoje miejsce",
        "转发：您的席位",
        "Re[2]: Your seat",
    ],
)
def test_a_subject_line_that_looks_like_an_answer(value: str) -> None:
    assert subject(value).codes == ["answer-prefix"]
    assert subject(value, subject=value).codes == []  # as it was asked for


def test_a_real_answer_is_one() -> None:
    build = "From: a@acme.example\r\nSubject: Re: Your seat\r\nIn-Reply-To: <1@acme.example>\r\n\r\nHello"
    assert run_check("subject-shown", email={}, build=build).codes == []
    assert run_check("subject-shown", email={}, build=build.replace("In-Reply-To", "X-Seen")).codes == ["answer-prefix"]


def test_the_prefix_and_the_words_behind_it_are_told_apart() -> None:
    def both(built: str) -> list[str]:
        email = {"subject": "Save your seat"}
        return codes("subject-line", "subject-shown", email=email, sidecar={"subject": built}, build=COPY)

    assert both("Fwd: Save your seat") == ["answer-prefix"]
    assert both("Fwd: Save your place") == ["answer-prefix", "wrong-subject"]
    assert both("Fwd: [TEST] Save your seat") == ["answer-prefix", "test-prefix"]


def test_a_subject_line_that_is_cut_everywhere() -> None:
    long = "Save your seat: forty minutes on what changed this year, with all of our speakers"
    (finding,) = subject(long).findings
    assert finding.code == "long-subject" and "shows “Save your seat: forty minutes on”" in finding.message
    assert subject(long[:70]).codes == []
    assert subject("{{lead.First Name:default=our dearest friend}}, " + long[:60]).codes == []  # a tag is no length
    assert subject("春季网络研讨会：四十分钟了解今年的全部变化，与我们的所有演讲者一起参加吧").codes == ["long-subject"]
    assert run_check("subject-shown", email={}, build=f"<title>{long}</title>{COPY}").outcome is Outcome.SKIPPED


def preview(build: str, line: str | None = "Save your seat", **email: object) -> Answer:
    sidecar = {"subject": line} if line else None
    return run_check("preview-text", email=email, sidecar=sidecar, build=build)


@pytest.mark.parametrize(
    "build",
    [
        HIDDEN.format("Live on 24 March, free") + VIEW.format("View in browser") + COPY,
        HIDDEN.format("Live on 24 March, free" + "&zwnj;&nbsp;" * 60) + COPY,
        HIDDEN.format("Live on 24 March, free") + HIDDEN.format("&#847; &zwnj; &nbsp; " * 40) + COPY,
        COPY + VIEW.format("View in browser"),
        "<p>Read what readers say of the view from our office.</p>" + VIEW.format("View in browser"),
        "&nbsp;&nbsp;" + COPY,
        HIDDEN.format("{% if vip %}Your early seat is here{% else %}")
        + HIDDEN.format("Seats for all of us{% endif %}")
        + COPY,
        HIDDEN.format("Live on 24 March, free") + COPY + HIDDEN.format("The version for phones of the same"),
    ],
)
def test_a_preview_text_of_its_own(build: str) -> None:
    assert preview(build).codes == []


@pytest.mark.parametrize(
    "words",
    [
        "View in browser",
        "View online",
        "Web Version",
        "Im Browser ansehen",
        "Voir la version en ligne",
        "Ver en el navegador",
        "Trouble reading this? View this email in your browser",
        "Webversion",
        "ブラウザで表示",
    ],
)
def test_the_link_to_the_browser_is_what_the_inbox_shows(words: str) -> None:
    assert preview(VIEW.format(words) + COPY).codes == ["view-link-first"]
    assert preview(HIDDEN.format(words) + COPY).codes == ["view-link-first"]
    unknown = preview(VIEW.format(words) + COPY, None)
    assert (unknown.codes, unknown.outcome) == (["view-link-first"], Outcome.REVIEW)
    set_apart = run_check("preview-text", email={}, sidecar={"preheader": "Free"}, build=VIEW.format(words) + COPY)
    assert set_apart.codes == []


def test_the_missing_preheader_tells_it() -> None:
    build, checks = VIEW.format("View in browser") + COPY, ("preheader", "preview-text")
    asked = {"preheader": "Live on 24 March, free"}
    assert codes(*checks, email=asked, build=build) == ["missing-preheader"]
    assert codes(*checks, off=("missing-preheader",), email=asked, build=build) == ["view-link-first"]
    hidden = HIDDEN.format("View in browser") + COPY
    assert codes(*checks, email=asked, build=hidden) == ["wrong-preheader"]


@pytest.mark.parametrize("words", ["Save your seat", "save your seat!", "Save your seat: live on 24 March"])
def test_a_preheader_that_repeats_the_subject_line(words: str) -> None:
    assert preview(HIDDEN.format(words) + COPY).codes == ["repeated-subject"]
    assert preview(HIDDEN.format(words) + COPY, preheader=words).codes == []  # as it was asked for
    as_title = preview(f"<title>Save your seat</title>{HIDDEN.format(words)}{COPY}", None)
    assert as_title.codes == []  # a title is no subject line


@pytest.mark.parametrize(
    "padding", ["&zwnj;&nbsp;" * 20, "&#847;&#8199;&shy;" * 10, "\u200c\u00a0" * 30, "&nbsp; " * 12]
)
def test_padding_in_front_of_the_preheader(padding: str) -> None:
    (inside,) = preview(HIDDEN.format(padding + "Live on 24 March, free") + COPY).findings
    assert inside.code == "padded-preheader" and "“Live on 24 March, free”" in inside.message
    assert preview(HIDDEN.format(padding) + HIDDEN.format("Live on 24 March, free") + COPY).codes == [
        "padded-preheader"
    ]


def test_a_script_of_the_platform_is_no_text() -> None:
    script = '%%[ set @first = AttributeValue("FirstName") if empty(@first) then set @first = "you" endif ]%%'
    for platform in ({"platform": "sfmc"}, {}):
        two = HIDDEN.format("Live on 24 March, free") + HIDDEN.format("The winter sale ends today")
        for build, code in (
            (
                VIEW.format("View in browser").replace("{{system.viewAsWebpageLink}}", "%%view_email_url%%"),
                "view-link-first",
            ),
            (HIDDEN.format("&zwnj;&nbsp;" * 20 + "Live on 24 March, free"), "padded-preheader"),
            (two, "several-preheaders"),
        ):
            sidecar = {"subject": "Save your seat"}
            answer = run_check(
                "preview-text", campaign=platform, email={}, sidecar=sidecar, build=script + build + COPY
            )
            assert answer.codes == [code]


@pytest.mark.parametrize(
    "tag", ["*|MC_PREVIEW_TEXT|*", "{{my.Preheader}}", "%%=v(@preheader)=%%", "{{ preview_text }}"]
)
def test_a_merge_tag_that_prints_the_preheader(tag: str) -> None:
    padded = HIDDEN.format(tag + "&zwnj;&nbsp;" * 60) + VIEW.format("View in browser") + COPY
    assert preview(padded).codes == []


def test_two_preheaders() -> None:
    two = HIDDEN.format("Live on 24 March, free") + HIDDEN.format("The winter sale ends today") + COPY
    (finding,) = preview(two).findings
    assert finding.code == "several-preheaders" and "“The winter sale ends today”" in finding.message
    same = HIDDEN.format("Live on 24 March, free") * 2 + COPY
    assert preview(same).codes == []
