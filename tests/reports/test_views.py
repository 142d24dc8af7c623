"""Do the reports say what each picture is, what it is beside, and which pictures there are not?"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag

from qa import report
from tests import documents
from tests.documents import approved, document, finding, place, region, result, screenshot, view, wanted

ENGINE = "WebKit is not on this machine: run `qa setup --engines`."
MOVED = "The button “Save my seat” moved 12 px down."


@cache
def picture(file: str) -> bytes:
    """Another picture for every file."""
    return documents.picture(600, 900 + sum(file.encode()) % 97)


def soup_of(*some: dict[str, Any], read: report.Read = picture) -> BeautifulSoup:
    return BeautifulSoup(report.write("html", some, read), "lxml")


def words(part: Tag | None) -> str:
    assert part is not None
    return " ".join(part.get_text(" ").split())


def six() -> list[dict[str, Any]]:
    return [
        view(),
        view("gmail-android", "Gmail on Android", width=360, note="For readers with a Google account."),
        view("gmail-android-dark", "Gmail on Android, dark mode", width=360, note="For readers with a Google account."),
        view("outlook-windows", "Outlook on Windows", fidelity="approximate"),
        view("outlook-windows-no-images", "Outlook on Windows, pictures off", fidelity="approximate"),
        view("apple-mail-ios", "Apple Mail on iPhone", fidelity="real engine", engine="WebKitGTK 2.50"),
    ]


# --- the gallery


def test_every_view_is_shown_with_its_title_and_how_true_it_is() -> None:
    soup = soup_of(document(result(), screenshots=six()))
    families = soup.select(".family")
    assert [words(family.select_one("header h4")) for family in families] == [
        "Gmail on the web",
        "Gmail on Android",
        "Outlook on Windows",
        "Apple Mail on iPhone",
    ]
    assert [words(family.select_one(".fidelity")) for family in families] == [
        "emulated",
        "emulated",
        "approximate",
        "real engine",
    ]
    assert [words(mode) for mode in families[1].select("figcaption b")] == ["Light", "Dark mode"]
    assert [words(mode) for mode in families[2].select("figcaption b")] == ["Light", "Pictures off"]
    about = words(families[3].select_one(".about"))
    assert "drawn by WebKitGTK 2.50; facts of 22 November 2026." in about
    assert "Media queries are answered by the width of the message." in about


def test_no_picture_claims_to_be_the_program() -> None:
    soup = soup_of(document(result(), screenshots=six()))
    assert "none is that program itself" in words(soup.select_one(".pictures"))
    legend = soup.select_one(".legend")
    assert legend is not None and len(legend.select("dt")) == 3
    for badge in soup.select(".family .fidelity"):
        explained = soup.find(id=str(badge["aria-describedby"]))
        assert isinstance(explained, Tag) and "It is not the program itself." in explained.get_text()
        assert badge["tabindex"] == "0"


def test_a_filter_is_there_when_there_are_many() -> None:
    few = soup_of(document(result(), screenshots=six()))
    assert not few.select(".filter")
    more = [view(f"{name}{mode}") for name in "abcdef" for mode in ("", "-dark", "-no-images", "-dark-no-images")]
    many = soup_of(document(result(), screenshots=more))
    assert [str(radio["value"]) for radio in many.select(".filter input")] == ["", "light", "dark", "off"]
    assert len(many.select(".filter option")) == 7
    assert [str(plate["data-mode"]).split() for plate in many.select(".plate")[:4]] == [
        ["light"],
        ["dark"],
        ["off"],
        ["dark", "off"],
    ]


@pytest.mark.parametrize("number", [1, 6, 24])
def test_any_number_of_views_stays_under_the_limit(number: int) -> None:
    noise = documents.picture(500, 700, noise=True)
    screenshots = [view(f"view-{n}", width=500, height=700) for n in range(number)]
    text = report.write("html", [document(result(), screenshots=screenshots)], lambda file: noise + file.encode())
    assert text.count("<image id=") == number == text.count('class="plate ')
    assert len(text) < 5_000_000


def test_equal_pictures_are_embedded_once_and_shown_twice() -> None:
    same = documents.picture()
    soup = soup_of(document(result(), screenshots=[view(), view("yahoo-web", "Yahoo")]), read=lambda file: same)
    assert len(soup.select("image")) == 1
    assert [str(use["href"]) for use in soup.select("use.screenshot")] == ["#c1-p0", "#c1-p0"]


def test_a_document_of_an_earlier_version_is_shown_all_the_same() -> None:
    old = document(result(), screenshots=[screenshot()])
    del old["views"]
    soup = soup_of(old)
    assert words(soup.select_one(".family h4")) == "email-600"
    assert not soup.select(".fidelity")


def test_a_view_that_was_not_drawn_is_said_with_its_command() -> None:
    lost = wanted("Thunderbird", "lost", "It took longer than 20 seconds.")
    made = document(result(), screenshots=[view()], views=[wanted("Apple Mail on Mac", "missing", ENGINE), lost])
    soup = soup_of(made)
    said = words(soup.select_one(".undrawn"))
    assert said.startswith("2 views were not drawn. Nobody has seen them.")
    assert "Apple Mail on Mac WebKit is not on this machine: run qa setup --engines ." in said
    assert "Thunderbird It took longer than 20 seconds." in said
    assert [words(code) for code in soup.select(".undrawn code")] == ["qa setup --engines"]


def test_what_was_not_fetched_is_said_under_the_pictures() -> None:
    names = [f"{name}.example" for name in "abcde"]
    made = document(result(), screenshots=[view()], assets=[documents.asset(not_fetched=names)])
    said = words(soup_of(made).select_one(".unfetched"))
    assert said.startswith("Nothing is fetched from outside. What the build takes from 5 servers is in no")
    assert said.endswith(": a.example , b.example , c.example and 2 more.")
    made["assets"] = [documents.asset(not_fetched=names[:1])]
    assert "takes from 1 server is in no" in words(soup_of(made).select_one(".unfetched"))
    del made["assets"][0]["not_fetched"]
    assert not soup_of(made).select(".unfetched")


def test_an_asset_of_which_nothing_was_drawn_is_said() -> None:
    soup = soup_of(document(result(), views=[wanted("Gmail on the web", "lost", "It crashed twice.")]))
    assert "1 view was not drawn. Nobody has seen it." in words(soup.select_one(".pictures"))


# --- findings


def seen_in(*boxes: str) -> dict[str, Any]:
    return finding(where=place(boxes={name: [60, 400, 200, 44] for name in boxes}))


def test_a_finding_names_its_views_by_their_titles() -> None:
    soup = soup_of(document(result("links", "failed", seen_in("gmail-web", "gmail-android")), screenshots=six()))
    card = soup.select_one("article.card")
    assert card is not None
    assert "In the pictures Gmail on the web , Gmail on Android" in words(card)
    assert words(card.select_one(".crop figcaption")) == "As seen in Gmail on the web"
    assert len(soup.select(".plate svg a")) == 2


def test_the_crop_of_a_finding_is_from_a_plain_view_where_there_is_one() -> None:
    screenshots = [
        view("gmail-web-dark", "Dark"),
        view("gmail-web-no-images", "Off"),
        view("phone", "Phone", width=375),
    ]
    where = seen_in("gmail-web-dark", "gmail-web-no-images", "phone")
    soup = soup_of(document(result("links", "failed", where), screenshots=screenshots))
    assert words(soup.select_one(".crop figcaption")) == "As seen in Phone"
    only = soup_of(document(result("links", "failed", seen_in("gmail-web-dark")), screenshots=screenshots))
    assert words(only.select_one(".crop figcaption")) == "As seen in Dark"


# --- before and after


def changed(*regions: dict[str, Any], **more: Any) -> dict[str, Any]:
    said = finding("moved-look", "warning", message=f"{MOVED} In Gmail on the web; approved on 2026-03-03.")
    screenshots = [
        view(baseline=approved("changed", *regions, **more)),
        view("yahoo-web", "Yahoo", baseline=approved("same")),
    ]
    return document(result("approved-look", "failed", said), screenshots=screenshots)


def test_a_change_is_boxed_named_and_linked_with_its_finding() -> None:
    soup = soup_of(changed(region(MOVED), region(MOVED, (60, 700, 10, 10)), region("The hero is gone.")))
    part = soup.select_one(".compare")
    assert part is not None
    assert "1 view differs from what was approved. 1 view looks as approved." in words(soup.select_one(".beside"))
    assert [words(one) for one in part.select(".regions li")] == [f"A {MOVED} finding 1", "B The hero is gone."]
    assert len(part.select(".is rect.ring")) == 3
    assert [str(link["href"]) for link in part.select(".regions li:first-child a")] == ["#c1-d0-A", "#c1-f1"]
    assert "Before and after Gmail on the web" in words(soup.select_one("article.card"))


def test_two_pictures_are_compared_in_three_ways_and_without_a_script_side_by_side() -> None:
    soup = soup_of(changed(region(MOVED)))
    modes = soup.select(".compare .modes input")
    assert [(str(mode["value"]), mode.has_attr("checked")) for mode in modes] == [
        ("side", True),
        ("slider", False),
        ("blink", False),
    ]
    assert [words(label) for label in soup.select(".pair figcaption")] == [
        "Approved on 3 March 2026 by Kim Osei",
        "Now",
    ]
    style = (Path(report.__file__).parents[2] / "reports/templates/report.css").read_text("utf-8")
    assert ".choice.modes { display: none; }" in style and ".scripted .choice.modes { display: flex;" in style


def test_a_look_that_agrees_costs_no_picture() -> None:
    soup = soup_of(changed(region(MOVED)))
    assert len(soup.select("image")) == 3
    assert [words(one) for one in soup.select(".agrees")] == [
        "Not as approved on 3 March 2026",
        "Looks as approved on 3 March 2026",
    ]


def test_what_another_program_drew_is_said_not_to_be_compared_by_pixels() -> None:
    soup = soup_of(changed(reason="Chromium 150 drew what was approved, Chromium 156 drew this"))
    said = words(soup.select_one(".compare"))
    assert "Pixels were not compared, only words and places: Chromium 150 drew" in said
    assert "the same words in the same places" in said
    assert "1 view was drawn in another way when approved" in words(soup.select_one(".beside"))
    assert "Compared in part with what was approved on 3 March 2026" in words(soup.select_one(".plate"))
    assert "Not as approved" not in words(soup.select_one(".pictures"))


def test_a_mock_up_is_boxed_where_something_of_it_is_missing() -> None:
    missing = region("This part is not in the build.", (0, 0, 1200, 90), in_mock_up=True)
    beside = {"file": "mock-up.png", "named": "design.png", "found": 0.9, "regions": [missing, region("Another one.")]}
    design = documents.picture(1200, 1000)
    soup = soup_of(
        document(result(), screenshots=[view(mock_up=beside)]),
        read=lambda file: design if file == "mock-up.png" else picture(file),
    )
    was = soup.select_one(".was svg")
    assert was is not None and was["viewbox"] == "0 0 1200 1000"
    assert (len(was.select("rect.ring")), len(soup.select(".is rect.ring"))) == (1, 1)
    assert words(soup.select_one(".was figcaption")) == "The mock-up"


def test_only_so_many_pairs_are_shown_and_the_others_are_told() -> None:
    screenshots = [view(f"view-{n}", baseline=approved("changed", region(MOVED))) for n in range(14)]
    soup = soup_of(document(result(), screenshots=screenshots))
    assert (len(soup.select(".compare")), len(soup.select(".pair"))) == (14, 12)
    assert len([one for one in soup.select(".compare") if "left out here" in words(one)]) == 2


def test_an_approved_picture_that_is_gone_stops_nothing() -> None:
    def gone(file: str) -> bytes:
        if file == "screenshots/approved.png":
            raise FileNotFoundError(file)
        return picture(file)

    soup = soup_of(changed(region(MOVED)), read=gone)
    assert "The picture could not be read" in words(soup.select_one(".compare"))
    assert len(soup.select(".plate svg.sheet")) == 2


# --- the other writers


def several() -> dict[str, Any]:
    one = finding(message="It is wide.", view="gmail-web", where=place())
    return document(
        result("layout", "failed", one, seen_in("apple-mail-ios"), seen_in("gmail-web", "gmail-android")),
        screenshots=six(),
        views=[wanted("Apple Mail on Mac", "missing", ENGINE), wanted("Thunderbird", "missing", ENGINE)],
    )


def test_markdown_says_the_view_and_what_was_not_drawn() -> None:
    text = report.write("markdown", [several()], picture)
    assert "| It is wide. | build/invite.html, line 118; Gmail on the web |" in text
    assert "line 118; Apple Mail on iPhone |" in text
    assert "line 118 |" in text
    assert "- invite was not drawn in Apple Mail on Mac and Thunderbird: WebKit is not on this machine" in text


def test_junit_says_the_view_and_what_was_not_drawn() -> None:
    root = ElementTree.fromstring(report.write("junit", [several()], picture))
    failed = root.find(".//failure")
    assert failed is not None and failed.text is not None
    assert [line for line in failed.text.splitlines() if line.startswith("Seen in")] == [
        "Seen in: Gmail on the web",
        "Seen in: Apple Mail on iPhone",
    ]
    assert "was not drawn in Apple Mail on Mac and Thunderbird" in (root.findtext("testsuite/system-out") or "")
    assert root.get("tests") == "1"


def test_sarif_says_the_view_and_what_was_not_drawn() -> None:
    (run,) = json.loads(report.write("sarif", [several()], picture))["runs"]
    assert "Seen in: Gmail on the web" in run["results"][0]["message"]["text"]
    assert "Seen in" not in run["results"][2]["message"]["text"]
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["level"] == "warning" and "Apple Mail on Mac and Thunderbird" in notice["message"]["text"]
