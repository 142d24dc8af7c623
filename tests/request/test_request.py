from __future__ import annotations

import json
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from qa.files.yaml import parse
from qa.finding import Skip, Unusable
from qa.request import AskedEmail, AskedVariant, Request, load_request, schema, unwritten
from qa.request.copy_document import names_file
from qa.request.markdown import blocks
from qa.request.variants import with_variant
from qa.source import Source

DOCS = Path(__file__).parents[2] / "docs" / "request.md"
EXAMPLE = DOCS.read_text("utf-8").split("```yaml\n")[1].split("```")[0]
MINIMAL = "id: T-1\nname: Example\nemails:\n  - name: invite\n"


def write(folder: Path, text: str | bytes, **files: str | bytes) -> Path:
    for name, content in {"request.yaml": text, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def load(folder: Path, text: str | bytes, **files: str | bytes) -> Request:
    return load_request(write(folder, text if isinstance(text, bytes) else dedent(text), **files))


def problems(folder: Path, text: str | bytes, **files: str | bytes) -> tuple[str, ...]:
    with pytest.raises(Unusable) as unusable:
        load(folder, text, **files)
    assert all("\n" not in problem for problem in unusable.value.problems)
    return unusable.value.problems


@pytest.fixture
def example(tmp_path: Path) -> Request:
    return load(tmp_path, EXAMPLE, **{"assets/registration.md": "# Register now\n\nIt is *free*.\n"})


def spelled(place: Any) -> str:
    """What stands at a place of the example."""
    assert place.file == "request.yaml"
    return EXAMPLE.splitlines()[place.line - 1][place.column - 1 :]


# The example of the documentation


def test_the_documented_example_loads(example: Request) -> None:
    email, page = example.emails[0], example.pages[0]
    assert (example.id, example.platform, example.offer["event_date"]) == ("MOPS-1423", "marketo", "2026-03-24")
    assert example.send is not None and example.send.at == datetime(2026, 3, 10, 9)
    assert email.sender is not None and email.sender.address == "events@acme.example"
    assert email.links is not None and email.links[0].utm.parameters() == {"utm_content": "hero"}
    assert page.form is not None and page.form.fields is not None and page.form.fields[1].options == ("UK", "Germany")
    assert example.audience is not None and example.audience.segments[0].tolerance == 0.05


def test_every_value_knows_its_line(example: Request) -> None:
    email = example.emails[0]
    assert email.links is not None and email.sender is not None
    assert spelled(email.place()).startswith("name: invite")
    assert spelled(email.place("subject")).startswith('"{{lead.First Name')
    assert spelled(email.place("sender")).startswith("{name: Acme Events")
    assert spelled(email.sender.place("address")).startswith("events@")
    assert spelled(email.place("links", 1)).startswith("{text: Privacy")
    assert spelled(email.links[0].place("url")) == "https://www.acme.example/webinar"
    assert spelled(email.links[0].place("utm", "content")).startswith("hero}")
    assert spelled(email.place("wording", 1)).startswith("Join us")
    assert spelled(example.place("offer", "price")).startswith('"€49"')


def test_what_nobody_wrote_has_the_place_of_what_is_around_it(example: Request) -> None:
    email = example.emails[0]
    assert email.links is not None
    assert email.links[1].place("times") == email.place("links", 1)
    assert email.links[1].utm.place() is None


def test_the_language_is_handed_down(example: Request) -> None:
    assert (example.emails[0].language, example.pages[0].language) == ("en", "en")
    assert example.pages[0].place("language") == example.place("language")


def test_an_asset_keeps_its_own_language(tmp_path: Path) -> None:
    request = load(tmp_path, MINIMAL + "    language: de_DE\nlanguage: en\n")
    assert request.emails[0].language == "de-DE"


def test_copy_comes_out_of_a_document(example: Request) -> None:
    wording = example.pages[0].wording
    assert wording is not None
    assert [(block.text, block.level) for block in wording] == [("Register now", 1), ("It is free.", 0)]
    assert [(block.where.file, block.where.line) for block in wording if block.where] == [
        ("assets/registration.md", 1),
        ("assets/registration.md", 3),
    ]
    assert example.pages[0].place("wording", 1) == wording[1].where


# Values as they were spelled


@pytest.mark.parametrize(
    "spelling", ["001", "1.10", "0x1F", "49", "true", "no", "on", "2026-03-24", ".5", "1_000", "9e3"]
)
def test_text_keeps_its_spelling(tmp_path: Path, spelling: str) -> None:
    assert load(tmp_path, MINIMAL + f"    subject: {spelling}\n").emails[0].subject == spelling


@pytest.mark.parametrize("ending", ["", " ~", " null"])
def test_a_key_without_a_value_says_nothing(tmp_path: Path, ending: str) -> None:
    request = load(tmp_path, MINIMAL + f"    subject:{ending}\n    must_include:{ending}\nlegal:{ending}\n")
    with pytest.raises(Skip, match="the request does not say"):
        request.emails[0].require("subject")
    assert request.legal.regions == ()


def test_numbers_and_truth_where_they_are_wanted(tmp_path: Path) -> None:
    request = load(
        tmp_path,
        """
        id: 1
        name: x
        pages:
          - {name: p, form: {fields: [{name: a, required: yes}, {name: b, required: false}], hidden: {n: 7}}}
        audience:
          segments:
            - {name: s, list: a.csv, count: 12000, tolerance: 0.1}
        """,
    )
    form, audience = request.pages[0].form, request.audience
    assert form is not None and form.fields is not None and audience is not None
    assert [field.required for field in form.fields] == [True, False]
    assert form.hidden == {"n": "7"}
    assert (audience.segments[0].count, audience.segments[0].tolerance) == (12000, 0.1)


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("Acme Events <events@acme.example>", "Acme Events", "events@acme.example"),
        ("'\"Acme, Events\" <events@acme.example>'", "Acme, Events", "events@acme.example"),
        ("<events@acme.example>", None, "events@acme.example"),
        ("events@acme.example", None, "events@acme.example"),
        ("Acme Events", "Acme Events", None),
        ("{name: Acme}", "Acme", None),
    ],
)
def test_ways_to_write_a_sender(tmp_path: Path, written: str, name: str | None, address: str | None) -> None:
    email = load(tmp_path, MINIMAL + f"    from: {written}\n").emails[0]
    assert email.sender is not None
    assert (email.sender.name, email.sender.address) == (name, address)
    assert email.sender.place("address") is not None


@pytest.mark.parametrize("written", ["2026-03-10T09:00", "2026-03-10 09:00", '"2026-03-10T09:00:00"'])
def test_ways_to_write_a_moment(tmp_path: Path, written: str) -> None:
    send = load(tmp_path, MINIMAL + f"send: {{at: {written}, timezone: Europe/London}}\n").send
    assert send is not None and send.at == datetime(2026, 3, 10, 9)


def test_other_files_and_encodings(tmp_path: Path) -> None:
    windows = MINIMAL.replace("\n", "\r\n") + "    subject: Grüße\r\n"
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "request.yml").write_bytes(b"\xef\xbb\xbf" + windows.encode())
    request = load_request(tmp_path / "a")
    place = request.emails[0].place("subject")
    assert place is not None and (place.file, place.line, place.column) == ("request.yml", 5, 14)
    assert load(tmp_path, b"\xff\xfe" + windows.encode("utf-16-le")).emails[0].subject == "Grüße"


def test_anchors_stand_for_what_they_name(tmp_path: Path) -> None:
    request = load(
        tmp_path,
        """
        id: 1
        name: x
        emails:
          - {name: a, links: &links [{text: Go, url: https://acme.example}]}
          - {name: b, links: *links}
        """,
    )
    second = request.emails[1].links
    assert second is not None and second[0].url == "https://acme.example"
    place = second[0].place("url")
    assert place is not None and place.line == 5


# Copy


def copy_of(folder: Path, written: str, **files: str | bytes) -> list[tuple[str, int, str, int | None]]:
    email = load(folder, MINIMAL + written, **files).emails[0]
    assert email.wording is not None
    return [(b.text, b.level, b.where.file, b.where.line) for b in email.wording if b.where is not None]


def test_copy_is_a_list_of_blocks_and_documents(tmp_path: Path) -> None:
    written = '    copy:\n      - "## Why"\n      - a.txt\n      - Because **we** can.\n'
    assert copy_of(tmp_path, written, **{"a.txt": "First\n\n- Second\n"}) == [
        ("Why", 2, "request.yaml", 6),
        ("First", 0, "a.txt", 1),
        ("Second", 0, "a.txt", 3),
        ("Because we can.", 0, "request.yaml", 8),
    ]


def test_copy_typed_below_a_bar_keeps_its_lines(tmp_path: Path) -> None:
    assert copy_of(tmp_path, "    copy: |\n      # Why\n\n      Because\n      we can.\n      - so\n") == [
        ("Why", 1, "request.yaml", 6),
        ("Because we can.", 0, "request.yaml", 8),
        ("so", 0, "request.yaml", 10),
    ]


def test_copy_out_of_word(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("Move faster", 1)
    document.add_paragraph("Join us for ").add_run("40 minutes.").bold = True
    document.add_paragraph("First", style="List Bullet")
    document.add_paragraph("")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "When", "24 March"
    document.add_heading("Details", 2)
    document.save(str(tmp_path / "copy.docx"))
    assert copy_of(tmp_path, "    copy: copy.docx\n") == [
        ("Move faster", 1, "copy.docx", None),
        ("Join us for 40 minutes.", 0, "copy.docx", None),
        ("First", 0, "copy.docx", None),
        ("When", 0, "copy.docx", None),
        ("24 March", 0, "copy.docx", None),
        ("Details", 2, "copy.docx", None),
    ]


def test_tracked_changes_count_as_accepted(tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml

    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = Document()
    document.add_paragraph("Only ")._p.append(
        parse_xml(f'<w:ins xmlns:w="{name}" w:id="1"><w:r><w:t>forty</w:t></w:r></w:ins>')
    )
    document.paragraphs[0]._p.append(
        parse_xml(f'<w:del xmlns:w="{name}" w:id="2"><w:r><w:t>fifty</w:t><w:delText>fifty</w:delText></w:r></w:del>')
    )
    document.save(str(tmp_path / "copy.docx"))
    assert [text for text, *_ in copy_of(tmp_path, "    copy: copy.docx\n")] == ["Only forty"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**Hi {{lead.First_Name:default=*x*}}**, *you*", "Hi {{lead.First_Name:default=*x*}}, you"),
        (
            "Hello *|FNAME|*, %%First_Name%% and {{ a_b }}_{{ c_d }}",
            "Hello *|FNAME|*, %%First_Name%% and {{ a_b }}_{{ c_d }}",
        ),
        ("[Save my seat](https://acme.example/x_y_z) now", "Save my seat now"),
        ("Save 20%* now*", "Save 20%* now*"),
        ("*Terms apply.", "*Terms apply."),
        ("5 * 3 * 2 and snake_case_name", "5 * 3 * 2 and snake_case_name"),
        ("***both*** __bold__ _it_ ~~off~~ `code`", "both bold it off code"),
        (r"\*kept\* &amp; 49&nbsp;€<sup>1</sup> ![x](y.png)", "*kept* & 49" + "\xa0€1"),
        ("Dear <First Name>, see <https://acme.example>", "Dear <First Name>, see https://acme.example"),
        ("[Seat](https://acme.example/a_(b)) or [stand](https://acme.example 'By (the) door')", "Seat or stand"),
        ("*all **of** it* and **all *of* it**", "all of it and all of it"),
        ("Hello *|FNAME*,", "Hello *|FNAME*,"),
        ("Liebe Kund*innen und Partner*innen", "Liebe Kund*innen und Partner*innen"),
        ("Now<br>or never, [never]({{my.Never_Url}})", "Now or never, never"),
    ],
)
def test_marks_are_taken_off(written: str, said: str) -> None:
    assert [block.text for block in blocks(written)] == [said]


@pytest.mark.parametrize(
    "tag",
    [
        r"{{ a|default:\*b_c_d\* }}",
        "{% if a_b_ == '*c*' %}",
        "{# *c* #}",
        "*|IF:A_B_C|*",
        "%%A_b_c%%",
        r"%%=Concat(\"*a*\", @b_c_)=%%",
        "${a_b_[*c*]}",
        r"<%= recipient.a_b_ + '\*' * 2 * 3 %>",
        '[[data:a_b_:"*c*"]]',
        "[firstname,fallback=*you*]",
        "<span class=eloquaemail>A_b_</span>",
    ],
)
def test_merge_tags_are_left_alone(tag: str) -> None:
    assert [block.text for block in blocks(f"*Hello* {tag} **{tag}**\n\n- {tag}_{tag}")] == [
        f"Hello {tag} {tag}",
        f"{tag}_{tag}",
    ]


def test_a_merge_tag_of_several_lines_keeps_the_numbers_of_those_below() -> None:
    text = "%%[\n  set @a = '*x*'\n\n    # b\n]%%\n\n*Hello*"
    assert [(block.text, block.line) for block in blocks(text)] == [
        ("%%[ set @a = '*x*'", 0),
        ("# b ]%%", 3),
        ("Hello", 6),
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("1. One\n2. Two", ["One", "Two"]),
        ("1. One\n1. Two", ["One", "Two"]),
        ("5. Five\n6. Six\n   and a half", ["Five", "Six and a half"]),
        ("• One\n• Two", ["One", "Two"]),
        ("1. One\n   - a\n   - b\n2. Two", ["One", "a", "b", "Two"]),
        ("24. März 2026\n\n1. One\n2. Two", ["24. März 2026", "One", "Two"]),
        ("24. März: Berlin\n25. März: Hamburg", ["24. März: Berlin", "25. März: Hamburg"]),
        ("2026. A year to come", ["2026. A year to come"]),
    ],
)
def test_numbers_of_a_list_go_and_those_of_a_date_stay(written: str, said: list[str]) -> None:
    assert [block.text for block in blocks(written)] == said


def test_nothing_is_a_mark_in_a_fence() -> None:
    assert [(block.text, block.level, block.line) for block in blocks("```\n# One\n*two*\n\nThree\n```\n# Four")] == [
        ("# One *two*", 0, 1),
        ("Three", 0, 4),
        ("Four", 1, 6),
    ]


def test_plain_text_without_empty_lines_is_a_block_a_line() -> None:
    assert [block.text for block in blocks("One\n*Two*\n", marks=False)] == ["One", "*Two*"]
    assert [(block.text, block.level, block.line) for block in blocks("One\n===\nTwo\n- Three\nfour", marks=False)] == [
        ("One", 1, 0),
        ("Two", 0, 2),
        ("Three", 0, 3),
        ("four", 0, 4),
    ]


def test_dividers_comments_and_front_matter_say_nothing() -> None:
    text = "---\ntitle: x\n---\nOne\n\n***\n<!-- two\n -->\n| A | B |\n|---|---|\n"
    assert [(block.text, block.line) for block in blocks(text)] == [("One", 3), ("A", 8), ("B", 8)]


@pytest.mark.parametrize("text", ["assets/copy.docx", "Copy final.md", "a.PDF"])
def test_what_is_a_document(text: str) -> None:
    assert names_file(text)


@pytest.mark.parametrize("text", ["Join us.", "Read\ncopy.md", "# Heading"])
def test_what_is_no_document(text: str) -> None:
    assert not names_file(text)


@pytest.mark.parametrize(
    "hostile",
    [
        "*a",
        "**a",
        "_a ",
        "[",
        "[a](",
        "{{",
        "<b ",
        "`a",
        "<!--",
        "- ",
        "# ",
        "1. ",
        "\\*",
        "|-",
        "***",
        "~~",
        "%%a",
        "> ",
    ],
)
def test_hostile_copy_is_read_in_linear_time(hostile: str) -> None:
    list(blocks(hostile * 20_000 + "x"))


# Variants, and what nobody asked


def test_a_variant_is_its_email_but_for_what_it_says(example: Request) -> None:
    email = example.emails[0]
    seen = with_variant(email, email.variants[0])
    assert (seen.name, seen.build) == ("invite / customers", "build/invite.customers.html")
    assert (seen.subject, seen.preheader) == ("Your customer seat is waiting", email.preheader)
    assert (seen.must_include, seen.must_not_include) == (("Terms apply", "As a customer"), ("Winter",))
    assert (seen.links, seen.variants, seen.language) == (email.links, (), "en")


def test_a_variant_s_values_know_their_lines(example: Request) -> None:
    email = example.emails[0]
    seen = with_variant(email, email.variants[0])
    assert spelled(seen.place()).startswith("segment: customers")
    assert spelled(seen.place("name")).startswith("customers")
    assert spelled(seen.place("subject")).startswith('"Your customer seat')
    assert seen.place("preheader") == email.place("preheader")
    assert spelled(seen.place("must_include", 0)).startswith('"Terms')
    assert spelled(seen.place("must_include", 1)).startswith('"As a customer')
    assert seen.links is not None and seen.links[1].place("url") == email.place("links", 1, "url")
    assert spelled(seen.place("links", 1, "url")).startswith("https://www.acme.example/privacy")


def test_a_variant_s_links_take_the_place_of_the_email_s(tmp_path: Path) -> None:
    email = load(
        tmp_path,
        MINIMAL
        + "    links: [{text: A, url: a, times: 2}]\n    variants:\n      - {segment: s, when: x, links: [{text: B, url: b}]}\n",
    ).emails[0]
    seen = with_variant(email, email.variants[0])
    place = seen.place("links", 0, "times")
    assert seen.links is not None and seen.links[0].text == "B"
    assert place is not None and place.line == 7


def test_variants_made_by_hand_need_no_places() -> None:
    email = AskedEmail(name="a", subject="x")  # type: ignore[call-arg]
    seen = with_variant(email, AskedVariant(segment="s", build="b.html"))
    assert (seen.name, seen.subject, seen.build, seen.place("subject")) == ("a / s", "x", "b.html", None)


@pytest.mark.parametrize("kind", ["email", "page"])
def test_a_request_nobody_wrote(kind: str) -> None:
    request = unwritten(kind, "invite", "invite.html")
    (asset,) = request.emails if kind == "email" else request.pages
    assert (asset.name, asset.build, asset.place()) == ("invite", "invite.html", None)
    with pytest.raises(Skip, match="there is no request"):
        asset.require("links")


# Mistakes


def test_every_mistake_is_said_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert problems(
        tmp_path,
        """\
        id: 1
        platform: marketto
        emails:
          - name: invite
            preheadr: x
            must_include: Terms
            links:
              - {text: A, utm: {sorce: x}}
          - name: invite
            copy: assets/none.md
        timezone: Europe/London
        subject: x
        id: 2
        """,
    ) == (
        "request.yaml, line 1: `name` is missing.",
        "request.yaml, line 2: `platform` is “marketto”, which is not known; did you mean `marketo`?",
        "request.yaml, line 5: `emails[0].preheadr` is not known here; did you mean `preheader`?",
        "request.yaml, line 6: `emails[0].must_include` should be a list: one entry a line, each beginning with “- ”, not “Terms”.",
        "request.yaml, line 8: `emails[0].links[0].url` is missing.",
        "request.yaml, line 8: `emails[0].links[0].utm.sorce` is not known here; did you mean `source`?",
        "request.yaml, line 9: `emails[1].name` is “invite”, as on line 4; every name must be its own.",
        "request.yaml, line 10: `emails[1].copy` cannot be used: there is no file “assets/none.md” in the campaign folder.",
        "request.yaml, line 11: `timezone` is not known here; it belongs in `send`.",
        "request.yaml, line 12: `subject` is not known here; it belongs in `emails`.",
        "request.yaml, line 13: `id` is written twice, on lines 1 and 13; keep one.",
    )


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("    subject: [a]", "`emails[0].subject` should be text, not a list."),
        ("    wording: [a]", "`emails[0].wording` is not known here."),
        ("    foo:", "`emails[0].foo` is not known here."),
        ("    links: [Save]", "`emails[0].links[0]` should be a set of `key: value` lines, indented below it, not “Save”."),
        ("    links: [{text: a, url: b, times: two}]", "`emails[0].links[0].times` should be a whole number"),
        ("    links: [{text: a, url: b, times: 0}]", "`emails[0].links[0].times` should be 1 or more, not “0”."),
        ("    must_include: [~]", "`emails[0].must_include[0]` is empty."),
        ("    images: [{url: x}]", "`emails[0].images[0]` needs at least one of `src`, `asset` or `alt`."),
        ("    variants: [{segment: a}]", "`emails[0].variants[0]` needs either a `build` of its own or a condition"),
        ("    copy: [{text: a}]", "`emails[0].copy[0]` should be text, or the path of a .md, .txt or .docx file."),
        ("    copy: ../a.md", "`emails[0].copy` cannot be used: “../a.md” leads out of the campaign folder"),
        ("    copy: brief.pdf", "`emails[0].copy` cannot be used: approved copy is read from a .md, .txt or .docx file"),
        ("    language: english", "`emails[0].language` should be a language code such as en or pt-BR, not “english”."),
        ("    from: [a]", "`emails[0].from` should be a set of `key: value` lines"),
        ("send: {at: tomorrow}", "`send.at` should be a local date and time such as 2026-03-10T09:00, not “tomorrow”."),
        ("send: {at: 1773133200}", "`send.at` should be a local date and time"),
        ("send: {at: 2026-02-30}", "`send.at` is “2026-02-30”; there is no such date or time."),
        ("send: {at: 2026-03-10, timezone: Europe/Londn}", "did you mean `Europe/London`?"),
        ("audience: {segments: [{name: a, list: b, tolerance: 5}]}", "`audience.segments[0].tolerance` should be 1 or less"),
        ("audience: {segments: [{name: a, list: b}, {name: a, list: c}]}", "`audience.segments[1].name` is “a”, as on line 5"),
        ("pages: [{name: invite}]", "`pages[0].name` is “invite”, as on line 4"),
        ('    subject: "\\ud800"', "`emails[0].subject` holds half a character (a lone surrogate)."),
        ('"a\\eb": 1', "`a b` is not known here"),
    ],
)  # fmt: skip
def test_one_mistake_is_said_once(tmp_path: Path, written: str, problem: str) -> None:
    (said,) = problems(tmp_path, MINIMAL + written + "\n")
    assert said.startswith("request.yaml, line 5: ")
    assert problem in said


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "request.yaml: the file is empty; a request begins with `id:` and `name:`."),
        ("# nothing\n", "request.yaml: the file is empty; a request begins with `id:` and `name:`."),
        ("- a\n", "request.yaml: the file holds no keys; a request begins with `id:` and `name:`."),
        ("id: 1\nemails:\n\t- name: a\n", "request.yaml, line 3: a tab is used to indent; YAML wants spaces."),
        (b"id: 1\nname: Gr\xfc\xdfe\n", "request.yaml, line 2: a character is not in UTF-8; save the file as UTF-8."),
        (b"\x89PNG\r\n\x1a\n\0\0", "request.yaml, line 1: a character is not in UTF-8; save the file as UTF-8."),
        ('id: "\\UFFFFFFFF"', "request.yaml: an escape in double quotes (\\u or \\U) stands for no character."),
        ("id: a\0b\n", "request.yaml, line 1: the file holds a character that no text has (a control character)."),
        ("subject: {{lead.Name}}\n", "request.yaml, line 1: text that begins with { or [ must stand in quotes."),
        ("id: 1\nsubject: {{a}}, hi\n", "request.yaml, line 2: text that begins with {{ must stand in quotes."),
        ("subject: *|FNAME|*, hi\n", "request.yaml, line 1: text that begins with * is YAML of its own; put the whole text in quotes."),
        ("subject: %%Name%%\n", "request.yaml, line 1: text that begins with %% must stand in quotes."),
        ("subject: !important\n", "request.yaml, line 1: text that begins with ! is YAML of its own; put the whole text in quotes."),
        ('id: 1\nsubject: "Hi\nname: x\n', "request.yaml, line 2: a quotation mark that is opened here is never closed."),
        ("id: 1\nname x\nemails: []\n", "request.yaml, line 2: a key without its colon and a space after it (`key: value`)."),
        ("a:\n    b: c\n  d: e\n", "request.yaml, line 3: the indentation does not fit the lines above."),
        ("emails: - name: a\n", "request.yaml, line 1: “- ” begins a list entry; begin it on a line of its own, or put the text in quotes."),
        ("copy: |text\n", "request.yaml, line 1: text after `|` or `>` belongs on the next line, indented."),
        ("subject: \"Hi\" [you]\n", "request.yaml, line 1: text goes on after a closing quotation mark. Put the other kind of quotes around the whole text."),
        ("id: 1\n---\nid: 2\n", "request.yaml, line 3: a second document begins here (after `---`); one file is one document."),
        ("a: " + "[" * 100_000, "request.yaml, line 1: lists or keys are nested too deeply."),
        ("a: &a [*a]\n", "request.yaml, line 1: text that begins with * is YAML of its own; put the whole text in quotes."),
        ("a: x\n" * 300_000, "request.yaml: the file is larger than 1,000 KB; that is no request.yaml."),
        ('a: "' + "x" * 900_000, "request.yaml, line 1: a quotation mark that is opened here is never closed."),
    ],
    ids=range(24),
)  # fmt: skip
def test_files_that_are_no_yaml(tmp_path: Path, written: str | bytes, problem: str) -> None:
    assert problems(tmp_path, written) == (problem,)


def test_a_few_lines_cannot_become_a_billion_values() -> None:
    names = "abcdefghijkl"
    bomb = "a: &a [x]\n" + "".join(f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in pairwise(names))
    with pytest.raises(Unusable, match="more than 50,000 values"):
        parse(Source("request.yaml", bomb))


def test_plain_values_are_text_as_spelled() -> None:
    document = parse(
        Source("a.yaml", "{a: 1, b: 0x1F, c: 1.5, d: true, e: no, f: 2026-03-24, g: ~, h: '1', i: 0o17, j: .inf}")
    )
    assert document.written == {
        "a": "1", "b": "0x1F", "c": "1.5", "d": "true", "e": "no", "f": "2026-03-24", "g": None, "h": "1", "i": "0o17", "j": ".inf",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is no Word document"),
        (b"\xd0\xcf\x11\xe0 an old .doc", "is no Word document"),
        (b"PK\x05\x06" + b"\0" * 18, "is a damaged Word document"),
    ],
)
def test_word_documents_that_cannot_be_read(tmp_path: Path, content: bytes, reason: str) -> None:
    (said,) = problems(tmp_path, MINIMAL + "    copy: a.docx\n", **{"a.docx": content})
    assert reason in said


def test_copy_that_cannot_be_read(tmp_path: Path) -> None:
    (said,) = problems(tmp_path, MINIMAL + "    copy: [a.md, Fine]\n", **{"a.md": "Grüße".encode("latin-1")})
    assert "“a.md” is not in UTF-8 (line 1)" in said
    (said,) = problems(tmp_path, MINIMAL + "    copy: a.md\n", **{"a.md": "\n"})
    assert "there is no text in “a.md”" in said


def test_folders_without_a_request(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"holds no request\.yaml"):
        load_request(tmp_path)
    write(tmp_path, MINIMAL, **{"request.yml": MINIMAL})
    with pytest.raises(Unusable, match="keep one"):
        load_request(tmp_path)


def test_a_request_elsewhere_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, MINIMAL)
    (tmp_path / "campaign").mkdir()
    (tmp_path / "campaign" / "request.yaml").symlink_to("../request.yaml")
    with pytest.raises(Unusable, match="outside the campaign folder"):
        load_request(tmp_path / "campaign")


# The schema


def properties(written: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    parts = [written, *written["$defs"].values()]
    return [(f"{part['title']}.{name}", field) for part in parts for name, field in part["properties"].items()]


def test_the_schema_describes_every_key() -> None:
    described = dict(properties(schema()))
    assert [name for name, field in described.items() if not field.get("description")] == []
    assert {"AskedEmail.from", "AskedEmail.copy", "request.yaml.id"} <= set(described)
    assert not {"AskedEmail.sender", "AskedEmail.wording"} & set(described)
    json.dumps(schema())


def test_the_schema_knows_the_short_forms() -> None:
    described = dict(properties(schema()))
    assert {"type": "string"} in described["AskedEmail.from"]["anyOf"]
    assert {"type": "string", "pattern": r"^[\d.]+ ?%$"} in described["AskedSegment.tolerance"]["anyOf"]
    assert '{"type": "string"}' in json.dumps(described["AskedEmail.copy"])
    assert "CopyBlock" not in schema()["$defs"]
