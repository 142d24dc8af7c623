"""Copy, required and banned words, placeholders, and the versions of segments."""

from typing import Any

import pytest

from qa.finding import Outcome
from qa.testing import run_check
from tests.told import campaign_told

COPY = "Join us on 24 March for forty minutes on what changed this year."


def _copy(build: str, *blocks: str) -> Any:
    return run_check("copy", email={"copy": list(blocks or (COPY,))}, build=build)


@pytest.mark.parametrize(
    "build",
    [
        f"<p>{COPY}</p>",
        "<p>Join us on <b>24&nbsp;March</b> for\n forty minutes<br>on what changed this year.</p>",
        f"<td>Hello. {COPY} Bye.</td>",
        "<p>Join us on 24 March for</p><p>forty minutes on what changed this year.</p>",
    ],
    ids=["same", "markup", "inside", "split"],
)
def test_copy_is_there_unchanged(build: str) -> None:
    assert _copy(build).outcome is Outcome.PASSED


def test_typographic_quotes_are_no_change() -> None:
    assert _copy("<p>It’s “free” – really…</p>", 'It\'s "free" - really...').codes == []


def test_changed_copy_names_the_words() -> None:
    (finding,) = _copy(f"<p>{COPY.replace('24', '26')}</p>").findings
    assert finding.code == "changed-copy"
    assert "“24” became “26”" in finding.message
    assert finding.where is not None and finding.request is not None


def test_missing_copy() -> None:
    assert _copy("<p>Something else altogether, of another campaign.</p>").codes == ["missing-copy"]


def test_hidden_copy_is_not_there() -> None:
    assert _copy(f'<p style="display:none">{COPY}</p><p>Hello</p>').codes == ["missing-copy"]


def test_one_changed_block_among_many_is_matched_to_its_own() -> None:
    blocks = ["# Move faster in spring", "Doors open at nine.", "Doors close at five.", "See you there."]
    build = "<h1>Move faster in spring</h1><p>Doors open at ten.</p><p>Doors close at five.</p><p>See you there.</p>"
    (finding,) = _copy(build, *blocks).findings
    assert finding.expected == "Doors open at nine."


def test_required_words() -> None:
    asked = {"must_include": ["Terms apply"]}
    assert run_check("required-wording", email=asked, build="<p>terms  apply.</p>").outcome is Outcome.PASSED
    assert run_check("required-wording", email=asked, build='<img src="a.png" alt="Terms apply">').codes == []
    assert run_check("required-wording", email=asked, build="<p>Terms applying</p>").codes == ["missing-wording"]
    legal = {"legal": {"must_include": ["Acme Ltd, 1 High Street"]}}
    assert run_check("required-wording", campaign=legal, build="<p>x</p>").codes == ["missing-wording"]
    assert run_check("required-wording", build="<p>x</p>").outcome is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("asked", "built", "change"),
    [
        ("Acme Ltd, 1 High Street, Leeds LS2 7QD.", "Acme Ltd, 1 High Street, Leeds LS2 7OD.", "“7QD.” became “7OD.”"),
        ("Handelsregister: HRB 214077 München", "HANDELSREGISTER: HRB 214071 MÜNCHEN", "“214077” became “214071”"),
        ("Offre valable jusqu'au 30 juin 2027.", "Offre valable jusqu’au 30 juin 2026.", "“2027.” became “2026.”"),
        ("Precio con IVA incluido: 45 €", "Precio con IVA incluido: 54 €", "“45” became “54”"),
        ("عرض سار حتى 30 مايو 2027", "عرض سار حتى 31 مايو 2027", "“30” became “31”"),
    ],
)
def test_required_words_with_one_exchanged_are_changed(asked: str, built: str, change: str) -> None:
    build = f"<h1>Hello</h1>\n<p>Small print. {built} More of it.</p>"
    (finding,) = run_check("required-wording", email={"must_include": [asked]}, build=build).findings
    assert finding.code == "changed-wording"
    assert change in finding.message
    assert finding.where is not None and finding.where.line == 2


@pytest.mark.parametrize("built", ["Acme Ltd, 1 High Street", "Beta Ltd, 9 Low Road, York YO1 1AA.", "Leeds LS2 7QD"])
def test_required_words_that_are_others_or_too_few_are_missing(built: str) -> None:
    asked = {"must_include": ["Acme Ltd, 1 High Street, Leeds LS2 7QD."]}
    answer = run_check("required-wording", email=asked, build=f"<p>{built}</p>")
    assert answer.codes == ["missing-wording"]


@pytest.mark.parametrize(
    ("banned", "built", "found"),
    [
        ("early bird", "Early-bird tickets", True),
        ("early-bird", "Only for early birds and the early bird", True),
        ("early bird", "Our earlybird price", True),
        ("Black Friday", "BLACK‑FRIDAY", True),
        ("Frühbucher Rabatt", "Frühbucher-Rabatt", True),
        ("early bird", "An early start for birds", False),
        ("a part", "Two things apart", False),
    ],
)
def test_a_hyphen_does_not_hide_banned_words(banned: str, built: str, found: bool) -> None:
    asked = {"must_not_include": [banned]}
    assert bool(run_check("banned-wording", email=asked, build=f"<p>{built}</p>").codes) is found
    plain = f"Hello and welcome. {built} here"
    assert bool(run_check("banned-wording", email=asked, build="<p>Hello</p>", plain=plain).codes) is found


def test_a_hyphen_in_an_address_is_no_space() -> None:
    plain = "Book here: https://acme.example/early-bird"
    asked = {"must_not_include": ["early bird"]}
    assert run_check("banned-wording", email=asked, build="<p>Hello</p>", plain=plain).codes == []


@pytest.mark.parametrize(
    "build",
    [
        "<p>Our ｗｉｎｔｅｒ sale</p>",
        "<p>Our \U0001d416\U0001d422\U0001d427\U0001d42d\U0001d41e\U0001d42b sale</p>",
        '<p>Hi</p><form><input name="a" value="Winter sale"></form>',
        '<p>Hi</p><form><input name="a" placeholder="Winter sale"></form>',
        '<p>Hi</p><form><select name="a"><option>Summer</option><option>Winter</option></select></form>',
        '<p>Hi</p><form><textarea name="a">Winter</textarea></form>',
        '<p>Hi</p><form><label>Winter <input name="a"></label></form>',
        '<p>Hi</p><a href="https://acme.example" aria-label="Winter sale"><img src="a.png" alt=""></a>',
        '<p>Hi</p><a href="https://acme.example">Winter sale</a>',
    ],
)
def test_banned_words_wherever_a_visitor_meets_them(build: str) -> None:
    (finding,) = run_check("banned-wording", page={"must_not_include": ["Winter"]}, build=build).findings
    assert "times" not in finding.message


def test_banned_words() -> None:
    asked = {"must_not_include": ["Winter"]}
    assert run_check("banned-wording", email=asked, build="<p>Midwinter offers</p>").outcome is Outcome.PASSED
    build = '<p>Our WINTER sale</p><img src="a.png" alt="The winter sale">'
    answer = run_check("banned-wording", email=asked, build=build)
    assert answer.codes == ["banned-wording"]
    assert "2 times" in answer.findings[0].message
    plain = run_check("banned-wording", email=asked, build="<p>Hello</p>", plain="Hello\n\nThe winter sale")
    assert plain.findings[0].where is not None and plain.findings[0].where.line == 3


@pytest.mark.parametrize(
    "text",
    [
        "Save 20% until Sunday",
        "Size XXL, now 10% off",
        "The Lorem brothers",
        "[1] See the terms",
        "Episode XX: the return",
        "We do our best",
        "TODO INCLUIDO hasta el domingo",
        "Date of birth (DD/MM/YYYY)",
        "Press [Enter] to go on",
        "123 St George’s Terrace",
        "Write to tbd@acme.example or see TBD.example",
    ],
)
def test_text_that_is_no_placeholder(text: str) -> None:
    assert run_check("placeholder-text", build=f"<p>{text}</p>").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "text",
    [
        "Lorem ipsum dolor sit amet",
        "Save XX% now",
        "Until DD/MM/YYYY",
        "Price: €XX",
        "Speaker: TBD",
        "The speaker is TBD.",
        "Hello [First name]",
        "The [Product Name] team",
        "[Put your call to action here]",
        "TODO: speaker",
        "TODO",
        "203 Fake St. Mountain View",
        "Jane Doe",
        "[Insert date here]",
        "Hier steht Ihr Text",
        "Votre texte ici",
    ],
)
def test_text_that_is_a_placeholder(text: str) -> None:
    assert run_check("placeholder-text", build=f"<p>{text}</p>").codes[0] == "placeholder-text"


def test_filler_text_is_one_finding_however_much_there_is_of_it() -> None:
    lorem = "<p>Dear reader, lorem ipsum dolor sit amet, consectetur adipiscing elit.</p>"
    (finding,) = run_check("placeholder-text", build=lorem + "<p>Book</p>" + lorem + "<p>LOREM IPSUM</p>").findings
    assert finding.message == (
        "The build still has filler text, “lorem ipsum dolor sit amet, consectetur…”, 3 times: a placeholder."
    )


def test_a_phrase_is_one_finding_however_it_is_written() -> None:
    build = "<p>[Company name] and [COMPANY NAME]</p><p>[Company Name]</p><p>[First name]</p>"
    messages = [finding.message for finding in run_check("placeholder-text", build=build).findings]
    assert messages == [
        "The build still says “[Company name]”, 2 times: a placeholder.",
        "The build still says “[First name]”: a placeholder.",
    ]


def _variants(customers: str, partners: str) -> Any:
    variants = [
        {"segment": name, "build": f"build/{name}.html", "must_include": [f"As a {name[:-1]}"]}
        for name in ("customers", "partners")
    ]
    files = {"build/customers.html": customers, "build/partners.html": partners}
    return run_check("variant-wording", email={"variants": variants}, build="<p>Hello</p>", files=files)


def test_every_segment_sees_its_own_version() -> None:
    assert _variants("<p>As a customer</p>", "<p>As a partner</p>").outcome is Outcome.PASSED


def test_swapped_versions() -> None:
    answer = _variants("<p>As a partner</p>", "<p>As a partner</p>")
    assert answer.codes == ["missing-variant-wording", "foreign-variant-wording"]
    assert answer.results[1].asset == "asset / customers"


@pytest.mark.parametrize(
    ("build", "codes"),
    [
        ("*|IF:PLAN=PRO|*<p>As a customer</p>*|ELSE:|*<p>Hello</p>*|END:IF|*", []),
        ("*|IF:PLAN=PRO|*<p>Hello</p>*|ELSE:|*<p>As a customer</p>*|END:IF|*", ["missing-variant-wording"]),
        ("<p>As a customer</p>", ["missing-variant"]),
        ("*|IF:PLAN=PRO|*<p>As a customer</p>*|END:IF|*<p>As a customer, too</p>", ["foreign-variant-wording"]),
        ("*|IF:PLAN=PRO|*x*|IF:AGE>3|*y*|ELSE:|*z*|END:IF|*<p>As a customer</p>*|END:IF|*", []),
    ],
    ids=["behind", "in the other branch", "no condition", "leaked", "past a nested one"],
)
def test_version_behind_a_condition(build: str, codes: list[str]) -> None:
    variants = [{"segment": "customers", "when": "PLAN=PRO", "must_include": ["As a customer"]}]
    answer = run_check("variant-wording", campaign={"platform": "mailchimp"}, email={"variants": variants}, build=build)
    assert answer.codes == codes


def test_what_cannot_be_compared_inside_one_build_is_for_a_person() -> None:
    variants = [{"segment": "customers", "when": "PLAN=PRO", "subject": "Your seat", "copy": ["Hello"]}]
    build = "*|IF:PLAN=PRO|*<p>Hello</p>*|END:IF|*"
    answer = run_check("variant-wording", campaign={"platform": "mailchimp"}, email={"variants": variants}, build=build)
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["unchecked-variant"])
    assert "subject, copy" in answer.findings[0].message


def test_words_ruled_out_are_found_in_the_inbox_too() -> None:
    answer = run_check(
        "banned-wording",
        email={"must_not_include": ["Winter"]},
        sidecar={"subject": "Winter sale"},
        build="<p>Hello</p>",
    )
    assert answer.codes == ["banned-wording"]
    assert answer.findings[0].where is not None and answer.findings[0].where.file == "build/asset.envelope.yaml"


def test_placeholders_in_subject_line_and_text_part() -> None:
    answer = run_check(
        "placeholder-text", sidecar={"subject": "Save XX% now"}, build="<p>Hi</p>", plain="Hi\nUntil DD/MM/YYYY"
    )
    assert answer.codes == ["placeholder-text"] * 2


MARKETO = {"platform": "marketo"}
GREETING = "Hi {{lead.First Name:default=there}}, save your seat"


@pytest.mark.parametrize("tag", ["{{lead.Frist Name:default=there}}", "{{lead.First Name:default=there}", "*|FNAME|*"])
def test_a_bad_merge_tag_is_seen_by_every_check_alone(tag: str) -> None:
    built = f"Hi {tag}, save your seat"
    email = {"subject": GREETING, "copy": [GREETING]}
    parts: Any = {"campaign": MARKETO, "email": email, "sidecar": {"subject": built}, "build": f"<p>{built}</p>"}
    assert run_check("copy", **parts).codes == ["changed-copy"]
    assert run_check("subject-line", **parts).codes == ["wrong-subject"]
    (judged,) = campaign_told("copy", "subject-line", "token-syntax", "token-names", **parts)
    assert judged.finding.code in ("foreign-token", "malformed-token", "unknown-token")


@pytest.mark.parametrize(
    ("asked", "built", "codes"),
    [
        ("{{lead.First Name:default=my friend}}", "{{lead.First Name:default=myfriend}}", ["changed-copy"]),
        ("{{lead.First Name}}", "{{lead.FirstName}}", ["changed-copy"]),
        ("{{lead.First Name}} {{lead.Last Name}}", "{{lead.Last Name}} {{lead.First Name}}", ["changed-copy"]),
        ("{{lead.First Name}}", "{{lead.First  Name}}", []),
    ],
)
def test_merge_tags_in_copy_are_compared(asked: str, built: str, codes: list[str]) -> None:
    email = {"copy": [f"Hi {asked}, save your seat"]}
    answer = run_check("copy", campaign=MARKETO, email=email, build=f"<p>Hi {built}, save your seat</p>")
    assert answer.codes == codes


def test_spaces_beside_the_signs_of_a_merge_tag_are_no_change() -> None:
    email = {"copy": ["Hi {{first_name}}, save your seat"], "tokens": ["{{first_name}}"]}
    build = "<p>Hi {{ first_name }}, save your seat</p>"
    assert run_check("copy", campaign={"platform": "iterable"}, email=email, build=build).codes == []


def test_a_merge_tag_that_is_gone_is_a_change_of_the_copy() -> None:
    email = {"copy": [GREETING]}
    assert run_check("copy", campaign=MARKETO, email=email, build="<p>Hi you, save your seat</p>").codes == [
        "changed-copy"
    ]


def test_garbled_copy_is_told_by_encoding_where_nothing_else_changed() -> None:
    asked = {"copy": ["Drinnen wird es gemütlich, draußen regnet es."]}
    build = "<p>Drinnen wird es gemÃ¼tlich, drauÃŸen regnet es.</p>"
    assert run_check("copy", email=asked, build=build).codes == ["changed-copy"]
    (judged,) = campaign_told("copy", "encoding", email=asked, build=build)
    assert judged.finding.code == "garbled-text"
    written_out = build.replace("Ã", "&Atilde;")
    assert run_check("encoding", email=asked, build=written_out).codes == []
    (judged,) = campaign_told("copy", "encoding", email=asked, build=written_out)
    assert judged.finding.code == "changed-copy"
