"""Which views are drawn, and what may a team say of them?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.artefacts import Darkening, Fidelity
from qa.cli.command_line import main
from qa.facts import facts
from qa.finding import Unusable
from qa.profile.load import load_profile
from qa.profile.model import Profile
from qa.render.emulation import TRANSFORMS
from qa.views.catalogue import ENGINES, all_views, selected
from tests.docs import VIEWS, views_page

EVERY = ("chromium", "webkit", "gecko")


def names(kind: str = "email", profile: Profile | None = None, available: tuple[str, ...] = EVERY) -> list[str]:
    return [view.name for view in selected(kind, profile or Profile(), available).views]


def profile_of(folder: Path, text: str) -> Profile:
    (folder / "qa.toml").write_text(text, "utf-8")
    return load_profile(folder)


def test_an_email_is_drawn_in_six_views_by_what_readers_use() -> None:
    assert names() == [
        "apple-mail-ios",
        "gmail-web",
        "outlook-windows",
        "outlook-web",
        "outlook-web-dark",
        "outlook-windows-no-images",
    ]


def test_an_email_with_styles_for_dark_mode_is_drawn_where_they_are_all_that_counts() -> None:
    found = selected("email", Profile(), EVERY, knows_dark=True)
    assert [view.name for view in found.views][4:6] == ["outlook-web-dark", "apple-mail-ios-dark"]
    assert len(found.views) == 7


def test_a_page_is_drawn_in_three_views() -> None:
    found = selected("page", Profile(), ["chromium"])
    assert [(view.name, view.width) for view in found.views] == [("phone", 375), ("tablet", 768), ("desktop", 1280)]
    assert found.missing == ()


def test_a_page_with_styles_for_dark_mode_is_drawn_on_a_phone_by_night_as_well() -> None:
    found = selected("page", Profile(), ["chromium"], knows_dark=True)
    assert [view.name for view in found.views] == ["phone", "tablet", "desktop", "phone-dark"]
    assert (found.views[-1].title, found.views[-1].prefers_dark) == ("Phone, dark mode", True)
    assert names("page", Profile(views=("desktop",))) == ["desktop"]


def test_a_page_whose_views_know_no_dark_mode_is_drawn_by_day() -> None:
    own = {name: {"darkening": "none"} for name in ("phone", "tablet")}
    found = selected("page", Profile(own_views=own), ["chromium"], knows_dark=True)
    assert [view.name for view in found.views] == ["phone", "tablet", "desktop", "desktop-dark"]


def test_a_client_whose_engine_is_missing_steps_aside_and_is_named() -> None:
    found = selected("email", Profile(), ["chromium"])
    assert [(view.name, engine) for view, engine in found.missing] == [("apple-mail-ios", "webkit")]
    assert [view.name for view in found.views][:4] == ["gmail-web", "outlook-windows", "outlook-web", "gmail-android"]


def test_without_any_engine_all_is_missing() -> None:
    found = selected("email", Profile(), [])
    assert found.views == ()
    assert {engine for _, engine in found.missing} == {"chromium", "webkit", "gecko"}


@pytest.mark.parametrize("available", [("chromium",), ("webkit",), EVERY])
def test_a_phone_and_a_desk_are_among_the_six(available: tuple[str, ...]) -> None:
    widths = [view.width for view in selected("email", Profile(), available).views]
    assert min(widths) <= 480
    assert max(widths) >= 600


def test_views_that_are_named_are_drawn_in_their_order() -> None:
    chosen = Profile(views=("yahoo-web", "gmail-ios-dark-no-images", "phone"))
    assert names(profile=chosen) == ["yahoo-web", "gmail-ios-dark-no-images"]
    assert names("page", chosen) == ["phone"]


def test_a_named_view_whose_engine_is_missing_is_not_replaced() -> None:
    found = selected("email", Profile(views=("thunderbird", "gmail-web")), ["chromium"])
    assert [view.name for view in found.views] == ["gmail-web"]
    assert [(view.name, engine) for view, engine in found.missing] == [("thunderbird", "gecko")]


def test_views_of_emails_alone_leave_pages_as_they_are() -> None:
    assert names("page", Profile(views=("gmail-web",))) == ["phone", "tablet", "desktop"]


def test_all_are_all_but_dark_modes_that_change_nothing() -> None:
    found = names(profile=Profile(views=("all",)))
    assert "gmail-android-dark-no-images" in found
    assert "gmail-web-no-images" in found
    assert "gmail-web-dark" not in found
    assert len(found) == len(set(found))


def test_every_view_comes_in_four() -> None:
    views = all_views()
    for name in facts("views")["views"]:
        dark = views[f"{name}-dark-no-images"]
        assert dark.dark
        assert not dark.images
        assert views[name].title in dark.title
        assert (views[name].dark, views[name].images) == (False, True)


@pytest.mark.parametrize("name", list(facts("views")["views"]))
def test_the_table_names_what_there_is(name: str) -> None:
    view = all_views()[name]
    assert view.engine in ENGINES
    assert set(view.transforms) <= set(TRANSFORMS)
    assert view.kind == "page" or view.client in facts("clients")["clients"]
    assert view.kind == "page" or view.source.startswith("https://")
    assert view.fidelity is not Fidelity.REAL or not view.transforms


def test_a_view_says_what_its_dark_mode_does() -> None:
    views = all_views()
    assert views["gmail-ios"].darkening is Darkening.FULL
    assert views["gmail-ios"].darkening.forced
    assert not views["apple-mail-ios"].darkening.forced
    assert views["outlook-web"].prefers_dark
    assert not views["gmail-ios"].prefers_dark


def test_a_team_names_changes_and_adds_views(tmp_path: Path) -> None:
    text = """
[render]
views = ["gmail-android", "our-portal-dark"]
[views.gmail-android]
width = 412
ratio = 2
[views.our-portal]
like = "gmail-web"
title = "Our own portal"
darkening = "full"
dated = 2026-10-01
"""
    profile = profile_of(tmp_path, text)
    views = selected("email", profile, EVERY).views
    assert [(view.name, view.width, view.ratio) for view in views] == [
        ("gmail-android", 412, 2),
        ("our-portal-dark", 1000, 1),
    ]
    assert views[0].title == "Gmail on Android"
    assert views[1].title == "Our own portal, dark mode"
    assert views[1].darkening is Darkening.FULL
    assert str(views[1].dated) == "2026-10-01"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[render]\nviews = ["gmail-wep"]',
            "line 2: `render.views` names the view `gmail-wep`, which is not known here; ",
        ),
        ('[render]\nview = ["gmail-web"]', "line 2: `render.view` is not known here; did you mean `views`?"),
        ("[views.gmail-web]\nwidht = 300", "line 2: `views.gmail-web.widht` is not known here; did you mean `width`?"),
        ('[views.gmail-web]\nwidth = "300"', "`views.gmail-web.width` should be a whole number, not '300'."),
        ("[views.gmail-web]\nwidth = 1000000", "should be from 200 to 4000, not 1000000."),
        ("[views.gmail-web]\nratio = true", "should be a number, not 'True'."),
        ('[views.gmail-web]\nengine = "chrome"', "names `chrome`, which is not known here; did you mean `chromium`?"),
        ('[views.gmail-web]\ntransforms = ["gmail-clips"]', "names `gmail-clips`, which is not known here"),
        ('[views.gmail-web]\nfidelity = "exact"', "names `exact`, which is not known here."),
        ("[views.mine]\nwidth = 300", "`views.mine` is a view of your own: it needs a `title` and a `width`"),
        ('[views.mine]\nlike = "gmail-wep"', "names `gmail-wep`, which is not known here; did you mean `gmail-web`?"),
        ('[views."Our View"]\nlike = "gmail-web"', "should be a name of small letters, digits and hyphens."),
        ('[views.mine-dark]\nlike = "gmail-web"', "is a name that stands for something else"),
        ("[views]\nmine = 3", "`views.mine` should be a table"),
    ],
)
def test_what_a_team_says_wrongly_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Unusable) as caught:
        profile_of(tmp_path, text)
    assert said in "\n".join(caught.value.problems)


def test_the_command_line_names_views(tmp_path: Path) -> None:
    assert load_profile(tmp_path, views=("gmail-web",)).views == ("gmail-web",)
    with pytest.raises(Unusable) as caught:
        load_profile(tmp_path, views=("gmail",))
    assert "--views: `gmail` is not known here; did you mean `gmail-" in caught.value.problems[0]


def test_naming_no_view_is_not_the_same_as_saying_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Unusable, match=r"qa\.toml, line 2: `render\.views` names no view; take it out"):
        profile_of(tmp_path, "[render]\nviews = []")
    (tmp_path / "qa.toml").unlink()
    (tmp_path / "a.html").write_text("<p>Hello</p>", "utf-8")
    for named in ("", " , "):
        assert main(["run", str(tmp_path / "a.html"), "--views", named, "--report", str(tmp_path / "out")]) == 2
        err = capsys.readouterr().err
        assert "--views: no view is named; leave it out" in err and "Nothing was checked." in err


def test_the_names_can_be_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--views"]) == 0
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines()] == list(facts("views")["views"])


def test_the_page_on_views_is_up_to_date() -> None:
    assert VIEWS.read_text("utf-8") == views_page(), "run python -m tests.docs"


def test_the_transforms_a_team_may_name_are_those_there_are() -> None:
    assert set(facts("views")["transforms"]) == set(TRANSFORMS)
