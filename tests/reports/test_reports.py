"""Do the reports say what the document says, and nothing a build put into it?"""

from __future__ import annotations

import base64
import hashlib
import importlib
import itertools
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from qa import report
from qa.finding import Unusable
from tests import documents
from tests.documents import asset, document, finding, hostile, place, result, screenshot

differences = importlib.import_module("qa.reports.differences")
pictures = importlib.import_module("qa.reports.pictures")
plain = importlib.import_module("qa.reports.plain")
reading = importlib.import_module("qa.reports.reading")

STYLE = Path(report.__file__).parents[2] / "reports" / "templates" / "report.css"


def read(file: str) -> bytes:
    return picture()


@cache
def picture() -> bytes:
    return documents.picture()


def soup_of(name: str, *some: dict[str, Any], reader: report.Read = read) -> BeautifulSoup:
    return BeautifulSoup(report.write(name, some, reader), "lxml")


def words(soup: BeautifulSoup) -> str:
    return " ".join(soup.get_text(" ").split())


# --- finding a writer


def test_every_writer_is_found_by_its_name() -> None:
    assert report.writers() == ("cards", "html", "index", "junit", "markdown", "sarif", "verdicts")
    for name in report.writers():
        assert report.write(name, [document(result())], read)


@pytest.mark.parametrize("name", ["htm", "pictures", "../html", "os", ""])
def test_an_unknown_writer_is_named_with_the_known_ones(name: str) -> None:
    with pytest.raises(Unusable, match="The known ones are: cards, html, index, junit"):
        report.write(name, [], read)


# --- the verdict in words


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (document(result(), result("b")), "Go Nothing was found. 2 checks passed."),
        (document(result("a", "failed", finding())), "Held 1 thing must be corrected before this goes out."),
        (document(result("a", "failed", finding(), finding(severity="warning")), gate="warning"), "Held 2 things must"),
        (document(result("a", "failed", finding(severity="warning"))), "Go Nothing stands in the way. 1 warning is worth a look."),
        (document(result("a", "failed", finding()), gate="never"), "Go The gate is off, so nothing is held. 1 error is worth"),
        (document(result("a", "review", finding(severity="review"))), "Go Nothing stands in the way. 1 thing needs a person to decide."),
        (document(result("a", "broken", reason="It died.")), "Incomplete 1 check could not be run, so nobody can say yet"),
        (document(result("a", "broken"), result("b", "failed", finding())), "Held 1 thing must be corrected before this goes out. 1 check could not be run."),
    ],
)  # fmt: skip
def test_the_verdict_is_one_plain_sentence(made: dict[str, Any], said: str) -> None:
    heading = soup_of("html", made).h1
    assert heading is not None
    assert " ".join(heading.get_text(" ").split()).startswith(said)


def test_an_outcome_nobody_knows_is_never_go() -> None:
    made = document(result())
    made["verdict"]["outcome"] = "splendid"
    assert "Incomplete" in words(soup_of("html", made))


# --- the HTML report


def rich() -> dict[str, Any]:
    wrong = finding(
        expected="https://www.acme.example/webinar",
        actual="https://www.acme.example/webinr",
        where=place(snippet='<a href="https://www.acme.example/webinr">', boxes={"email-600": [60, 400, 200, 44]}),
        request=place("request.yaml", 31, snippet="url: https://www.acme.example/webinar"),
    )
    waived = finding(
        "heavy-image",
        "warning",
        message="band.jpg is heavy.",
        waived={"reason": "Agreed.", "who": "Kim Osei", "until": "2026-06-30"},
    )
    return document(
        result("link-destination", "failed", finding("missing-title", "info", message="No title."), wrong),
        result("image-weight", "failed", waived),
        result("address", "review", reason="Somebody has to look at the address."),
        result("layout", "broken", reason="The browser ended."),
        result("variants", "skipped", reason="the request does not say"),
        result("list", "passed", asset=None),
        screenshots=[screenshot()],
    )


def test_a_finding_is_shown_with_everything_known_about_it() -> None:
    soup = soup_of("html", rich())
    card = soup.select_one("article.card")
    assert card is not None
    said = " ".join(card.get_text(" ").split())
    for part in (
        "Error",
        "wrong-destination",
        "build/invite.html, line 118",
        "request.yaml, line 31",
        "Correct the address",
    ):
        assert part in said
    assert [mark.get_text() for mark in card.select(".asked mark")] == ["a"]
    assert [mark.get_text() for mark in card.select(".built-line mark")] == ["https://www.acme.example/webinr"]
    assert [str(image["src"])[:23] for image in card.select("figure.crop img")] == ["data:image/webp;base64,"]


def test_the_worst_is_first_and_the_waived_apart() -> None:
    soup = soup_of("html", rich())
    assert [card["class"][1] for card in soup.select("article.card")] == ["error", "info", "review"]
    waived = soup.select_one("section.waived")
    assert waived is not None
    assert all(part in waived.get_text() for part in ("band.jpg is heavy.", "Kim Osei", "2026-06-30", "Agreed."))


def test_broken_and_skipped_say_why() -> None:
    said = words(soup_of("html", rich()))
    assert "What could not be run" in said and "The browser ended." in said
    assert "the request does not say" in said


def test_boxes_and_findings_lead_to_each_other() -> None:
    soup = soup_of("html", rich())
    ids = [element["id"] for element in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    links = [link["href"] for link in soup.select("a[href], use[href]")]
    assert links and all(link[1:] in ids for link in links)
    assert [box["href"] for box in soup.select(".plate svg a")] == ["#c1-f1"]


def test_headings_descend_one_at_a_time() -> None:
    for some in ([rich()], [rich(), rich()]):
        soup = soup_of("html", *some)
        levels = [int(heading.name[1]) for heading in soup.select("h1, h2, h3, h4, h5, h6")]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_several_campaigns_keep_their_ids_apart() -> None:
    soup = soup_of("html", rich(), rich())
    ids = [element["id"] for element in soup.select("[id]")]
    assert len(ids) == len(set(ids))


def test_no_document_and_no_result_still_make_a_page() -> None:
    assert "0 campaigns" in words(soup_of("html"))
    assert "Nothing was found" in words(soup_of("html", document()))


def test_two_hundred_findings_are_all_there_and_most_folded() -> None:
    many = [finding(message=f"Link {n} leads astray.", where=place(line=n)) for n in range(200)]
    soup = soup_of("html", document(result("links", "failed", *many)))
    assert len(soup.select("article.card")) == 200
    assert len(soup.select("details.more article.card")) == 175


def test_a_picture_that_cannot_be_read_is_said_and_stops_nothing() -> None:
    def fails(file: str) -> bytes:
        raise FileNotFoundError(file)

    for reader in (fails, lambda file: b"\x89PNG\r\n\x1a\n truncated", lambda file: picture()[:900]):
        soup = soup_of("html", rich(), reader=reader)
        assert "The picture could not be read" in words(soup)
        assert len(soup.select("article.card")) == 3


# --- nothing of a build acts


PLAIN = tuple(f"word{letter} and more of it" for letter in "abcdefghijkl")


def shapes(soup: BeautifulSoup) -> set[tuple[str, str]]:
    return {(tag.name, name) for tag in soup.find_all(True) for name in ("", *tag.attrs)}


@pytest.mark.parametrize("name", ["html", "index"])
def test_no_element_and_no_attribute_comes_from_a_build(name: str) -> None:
    soup = soup_of(name, hostile())
    assert shapes(soup) <= shapes(soup_of(name, hostile(PLAIN)))
    assert len(soup.find_all("script")) == len(soup.find_all("style")) == 1
    assert not soup.select("iframe, object, embed, base, link, form, [style]")
    assert not [name for _, name in shapes(soup) if name.startswith("on")]
    for tag in soup.select("[href], [src]"):
        target = str(tag.get("href") or tag.get("src"))
        assert re.fullmatch(r"#[\w-]+|data:image/webp;base64,[\w+/=]+|[\w%.-]+/report\.html", target)


@pytest.mark.parametrize("name", ["html", "index"])
def test_the_policy_lets_in_our_style_and_script_alone(name: str) -> None:
    text = report.write(name, [hostile()], read)
    policies = BeautifulSoup(text, "lxml").select("meta[http-equiv=Content-Security-Policy]")
    assert len(policies) == 1
    policy = str(policies[0]["content"])
    assert policy.startswith("default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'")
    for tag in ("style", "script"):
        inner = text.split(f"<{tag}>")[1].split(f"</{tag}>")[0]
        assert f"{tag}-src 'sha256-{base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["html", "index", "junit", "markdown", "sarif"])
def test_what_hides_or_reorders_text_is_spelled_out(name: str) -> None:
    text = report.write(name, [hostile()], read)
    assert text.encode("utf-8")
    joiner = "\u2060" if name == "markdown" else ""
    assert not set(re.findall("[\x00-\x08\x0b-\x1f\u200b\u202a-\u202e\u2060-\u2069\ufffe]", text)) - {joiner}
    assert "U+202E" in text


def test_a_megabyte_in_every_field_is_cut_with_a_word() -> None:
    long = "x" * 1_000_000
    text = report.write("html", [hostile((long,))], read)
    assert len(text) < 700_000
    assert "more characters" in text


def test_templates_never_switch_escaping_off() -> None:
    for template in STYLE.parent.glob("*.j2"):
        assert not re.search(r"\|\s*safe|autoescape|Markup", template.read_text("utf-8"))


# --- pictures

FRAME = pictures.Frame("screenshots/invite-600.png", 600, 900)


def test_many_pictures_stay_within_the_budget() -> None:
    noise = documents.picture(700, 900, noise=True)
    frames = [pictures.Frame(f"{n}.png", 700, 900) for n in range(8)]
    album = pictures.make_album(frames, {1: (0, (10, 10, 100, 40))}, lambda file: noise + file.encode(), 400_000)
    crops = sum(len(crop.uri) for crop in album.crops.values())
    assert len(album.embedded) == 8
    assert sum(len(one.uri) for one in album.embedded) + crops < 400_000 * 4 / 3 + 1000
    assert all(one.scaled and one.uri for one in album.pictures)


def test_equal_pictures_are_embedded_once() -> None:
    one, other = documents.picture(), documents.picture(600, 901)
    frames = [pictures.Frame(name, 600, 900) for name in ("a.png", "b.png", "c.png")]
    album = pictures.make_album(frames, {}, lambda file: other if file == "b.png" else one)
    assert [picture.number for picture in album.pictures] == [0, 1, 0]
    assert len(album.embedded) == 2


def test_narrow_pictures_keep_their_detail_longest() -> None:
    noise = {width: documents.picture(width, 2000, noise=True) for width in (320, 960)}
    frames = [pictures.Frame("320", 320, 2000), pictures.Frame("960", 960, 2000)]
    narrow, wide = pictures.make_album(frames, {}, lambda file: noise[int(file)], 900_000).pictures
    assert narrow.scale > wide.scale


def test_a_picture_with_two_pixels_to_one_keeps_its_size_on_the_page() -> None:
    box = (100.0, 500.0, 200.0, 44.0)
    album = pictures.make_album([pictures.Frame("a", 300, 450)], {1: (0, box)}, read)
    assert (album.pictures[0].width, album.pictures[0].height) == (300, 450)
    once = pictures.make_album([pictures.Frame("a", 600, 900)], {1: (0, box)}, read).crops[1]
    twice = pictures.make_album([pictures.Frame("a", 300, 450)], {1: (0, (50, 250, 100, 22))}, read).crops[1]
    assert once.box[2:] == (200, 44) and twice.box[2:] == (100, 22)


def test_crops_nobody_has_room_for_are_counted() -> None:
    noise = documents.picture(noise=True)
    wanted = {n: (0, (10.0, 10.0 * n, 100.0, 40.0)) for n in range(1, 20)}
    album = pictures.make_album([FRAME], wanted, lambda file: noise, 300_000)
    assert 0 < len(album.crops) < 19
    assert album.left_out == 19 - len(album.crops)


@pytest.mark.parametrize(
    "box", [(0, 0, 10, 10), (590, 890, 10, 10), (0, 0, 600, 900), (-20, -20, 40, 40), (0, 700, 600, 5000)]
)
def test_a_crop_holds_its_box_and_stays_in_the_picture(box: tuple[float, ...]) -> None:
    crop = pictures.make_album([FRAME], {1: (0, box)}, read).crops[1]
    assert 0 < crop.width <= 600 and 0 < crop.height <= 900
    assert crop.box[2:] == box[2:]
    x, y, width, height = crop.ring
    assert 0 < x < x + width < crop.width and 0 < y < y + height < crop.height


@pytest.mark.parametrize("box", [(0, 0, 0, 10), (5000, 0, 10, 10), (0, 5000, 10, 10)])
def test_a_box_outside_the_picture_has_no_crop(box: tuple[float, ...]) -> None:
    album = pictures.make_album([FRAME], {1: (0, box)}, read)
    assert not album.pictures[0].fault
    assert all(crop.box[0] >= 0 for crop in album.crops.values()) or not album.crops


# --- the words and letters that differ


def marked(pieces: Any) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("expected", "actual", "left", "right"),
    [
        ("the same", "the same", "the same", "the same"),
        ("/webinar", "/webinr", "/webin[a]r", "/webin[]r"),
        ("medium=email", "medium=emial", "medium=em[ai]l", "medium=em[ia]l"),
        ("40 minutes", "45 minutes", "[40] minutes", "[45] minutes"),
        ("a b", "a\u00a0b", "a[␣]b", "a[⟨U+00A0⟩]b"),
        ("seat", "", "[seat]", "[]"),
        ("Save", "Sa\u200bve", "[Save]", "[Sa⟨U+200B⟩ve]"),
    ],
)
def test_differences_are_marked(expected: str, actual: str, left: str, right: str) -> None:
    found = differences.difference(expected, actual)
    assert (marked(found.expected), marked(found.actual)) == (left, right)


def test_a_long_value_is_shown_where_it_differs() -> None:
    found = differences.difference("a " * 500_000 + "end", "a " * 500_000 + "fin")
    assert marked(found.expected).endswith("[end]")
    assert found.note == "Too long to show whole: characters 999,841 to 1,000,003 of 1,000,003."


# --- colours


def _ratio(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_colour_is_read_on_every_ground(scheme: int) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    root = re.findall(r":root \{([^}]*)\}", STYLE.read_text("utf-8"))[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", root))
    grounds = ["paper", "card", "sunk"]
    pairs = [
        (ink, ground)
        for ink in ("ink", "soft", "accent", "error", "warning", "info", "review", "passed")
        for ground in grounds
    ]
    pairs += [(ink, f"{ink}-wash") for ink in ("error", "warning", "info", "review", "passed")]
    pairs += [(ink, f"{tone}-wash") for ink in ("ink", "soft") for tone in ("error", "warning", "passed")]
    assert {pair: ratio for pair in pairs if (ratio := _ratio(*(colours[name] for name in pair))) < 4.5} == {}


# --- the index


def test_the_index_has_a_row_a_campaign_the_worst_first() -> None:
    some = [document(result()), rich(), document(result("a", "broken", reason="x"))]
    for number, one in enumerate(some):
        one["campaign"] |= {"id": f"C-{number}", "name": f"Spring webinar {number}", "report": f"c {number}"}
    soup = soup_of("index", *some)
    assert [row.get_text(" ", strip=True).split()[3:5] for row in soup.select("tr.row")] == [
        ["C-1", "Held"],
        ["C-2", "Incomplete"],
        ["C-0", "Go"],
    ]
    assert [link["href"] for link in soup.select("tr a")] == [
        "c%201/report.html",
        "c%202/report.html",
        "c%200/report.html",
    ]
    assert "Of 3 campaigns, 1 is held and 1 could not be checked in full." in words(soup)


def test_campaigns_of_one_name_have_their_folders_beside_it() -> None:
    some = [document(result()) for _ in range(3)]
    for one, (name, folder) in zip(
        some, [("Spring", "uk/spring"), ("Spring", "de/spring"), ("Autumn", "autumn")], strict=True
    ):
        one["campaign"] |= {"name": name, "folder": folder}
    said = " ".join(row.get_text(" ", strip=True) for row in soup_of("index", *some).select("tr.row th"))
    assert said.count("uk/spring") == said.count("de/spring") == 1 and "autumn" not in said


def test_the_index_of_nine_hundred_and_forty() -> None:
    some = [document(result("a", "failed", finding())) if n % 3 else document(result()) for n in range(940)]
    soup = soup_of("index", *some)
    assert len(soup.select("tr.row")) == 940
    assert soup.select_one("#only-held") is not None


def test_the_index_says_why_a_campaign_could_not_be_used() -> None:
    campaign = {"id": "broken", "name": "broken", "report": "broken"}
    unusable = {
        "run": {},
        "campaign": campaign,
        "verdict": {"outcome": "unusable", "counts": {}},
        "problems": ["request.yaml, line 3: a tab."],
    }
    soup = soup_of("index", unusable, document(result()))
    first = soup.select_one("tr.row")
    assert first is not None and not first.select("a")
    assert "Unusable" in first.get_text() and "request.yaml, line 3: a tab." in first.get_text()
    assert "Of 2 campaigns, 1 could not be checked at all." in words(soup)


# --- for machines


def test_junit_fails_what_holds_and_nothing_else() -> None:
    warned = result("weight", "failed", finding("heavy-image", "warning"))
    root = ElementTree.fromstring(report.write("junit", [rich() | {"results": [*rich()["results"], warned]}], read))
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == ("7", "1", "1", "2")
    suites = [suite.get("name") for suite in root]
    assert suites == ["MOPS-1423 / invite", "MOPS-1423 / The campaign as a whole"]
    failed = root.find(".//failure")
    assert failed is not None and failed.get("type") == "wrong-destination"
    assert "Built: https://www.acme.example/webinr" in (failed.text or "")
    assert root.find(".//testcase[@name='weight']/system-out") is not None


def test_junit_of_hostile_text_is_well_formed() -> None:
    root = ElementTree.fromstring(report.write("junit", [hostile()], read))
    assert {element.tag for element in root.iter()} == {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out",
    }  # fmt: skip


@pytest.mark.parametrize("made", [rich, hostile, document])
def test_sarif_keeps_the_rules_of_its_schema(made: Any) -> None:
    log = json.loads(report.write("sarif", [made()], read))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    for one in run["results"]:
        assert rules[one["ruleIndex"]] == one["ruleId"]
        assert one["level"] in ("none", "note", "warning", "error") and one["message"]["text"]
        assert (one["level"] == "none") == (one.get("kind") == "review")
        for where in [*one["locations"], *one.get("relatedLocations", ())]:
            physical = where["physicalLocation"]
            assert re.fullmatch(r"[\w.~%/-]+", physical["artifactLocation"]["uri"])
            assert physical.get("region", {"startLine": 1})["startLine"] >= 1


def test_sarif_says_where_what_is_waived_and_what_did_not_run() -> None:
    (run,) = json.loads(report.write("sarif", [rich()], read))["runs"]
    located = next(one for one in run["results"] if one["ruleId"] == "wrong-destination")
    physical = located["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "spring-webinar/build/invite.html"
    assert physical["region"]["startLine"] == 118 and physical["region"]["startColumn"] == 9
    assert (
        located["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "spring-webinar/request.yaml"
    )
    waived = next(one for one in run["results"] if one["ruleId"] == "heavy-image")
    assert waived["suppressions"][0]["justification"] == "Agreed. (Kim Osei, until 2026-06-30)"
    assert run["invocations"][0]["executionSuccessful"] is False


def test_markdown_is_a_short_table() -> None:
    text = report.write("markdown", [rich()], read)
    assert text.startswith("## Held: Spring webinar, EMEA (MOPS-1423)\n\n1 thing must be corrected")
    assert "| 1 | Error | invite | “Save my seat” leads to the wrong page. | build/invite.html, line 118 |" in text
    assert "1 check passed, 1 skipped, 1 finding waived." in text


def test_markdown_of_hostile_text_holds_no_markup_link_or_mention() -> None:
    text = report.write("markdown", [hostile()], read)
    assert "<" not in text
    assert not re.search(r"(?<!\\)[`\[\]!]|@\w|#\w|://|www\.", text)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}


def test_an_asset_the_document_does_not_list_is_shown_all_the_same() -> None:
    made = document(result("a", "failed", finding(asset="extra"), asset="extra"), assets=[asset()])
    assert "extra" in words(soup_of("html", made))
