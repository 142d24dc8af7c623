"""The check of client support: what readers lose, judged on values and on the team's client mix."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.profile.model import Profile
from qa.testing import Answer, run_check

FLEX = '<div style="display:flex"><div>24 March</div><div>Online</div></div>'


def asked(build: str, mix: dict[str, float] | None = None, **options: object) -> Answer:
    profile = Profile(options={"client-support": options}, **({"clients": mix} if mix else {}))
    return run_check("client-support", email={}, build=build, profile=profile)


@pytest.mark.parametrize(
    "build",
    [
        "<p>Hello</p>",
        '<p style="border-radius:4px; box-shadow:0 0 2px #000; transition:all 1s; text-shadow:0 0 1px red">Hi</p>',
        "<style>@font-face{font-family:F;src:url(f)} a:hover{color:red} @media (max-width:600px){.a{display:flex}}</style><p class=a>Hi",
        '<div style="display:block; width:600px; position:relative; padding:20px">Hi</div>',
        f"<!--[if !mso]><!-->{FLEX}<!--<![endif]--><!--[if mso]><table><tr><td>24 March</td></tr></table><![endif]-->",
        f'<div style="display:none; mso-hide:all">Soon</div><div style="mso-hide:all; display:flex">{FLEX[:0]}Hi</div>',
        '<td style="background:#1a1a1a url(hero.jpg)">Hi</td>',
        '<td bgcolor="#1a1a1a" style="background-image:linear-gradient(red, blue)">Hi</td>',
        '<p style="color:#333; color:var(--ink)">Hi</p>',
        '<p style="font-size:16px; font-size:1rem">Hi</p>',
        '<p style="color:rgba(0,0,0,.8); border:1px solid rgba(255,255,255,.9)">Hi</p>',
        "<video src=a.mp4><a href=x><img src=a.png></a></video>",
        '<img src=a.png width=170 style="width:170px">',
        '<table><tr><td style="padding:12px 30px; background:#369"><a href=x style="color:#fff">Go</a></td></tr></table>',
        '<span style="position:absolute; left:-9999px">Soon</span>',
        '<!--[if mso]><table width=600><tr><td><![endif]--><div style="max-width:600px">Hi</div><!--[if mso]></td></tr></table><![endif]-->',
        "<picture><source srcset=a.webp><img src=a.png></picture>",
        '<table width="100%"><tr><td></td><td width="600"><div style="max-width:600px">Hi</div></td><td></td></tr></table>',
        '<style>.c{max-width:600px}</style><table width="100%"><tr><td style="width:600px"><div class=c>Hi</div></table>',
        '<table width=640><tr><td><table width="100%"><tr><td><div style="max-width:600px">Hi</div></table></table>',
    ],
)
def test_nobody_misses_anything(build: str) -> None:
    answer = asked(build)
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (FLEX, "Outlook on Windows"),
        ('<div style="display:grid; grid-template-columns:1fr 1fr">Hi</div>', "one below the other"),
        ('<p style="position:absolute; top:10px">Hi</p>', "Gmail on the web"),
        ('<p style="color:var(--ink)">Hi</p>', "dropped"),
        ('<td style="background:url(hero.jpg) center">Hi</td>', "no colour stands in"),
        ('<td background="hero.jpg">Hi</td>', "no colour stands in"),
        ('<td style="background-image:linear-gradient(red, blue)">Hi</td>', "gradient is missing"),
        ('<p style="color:rgb(0 128 0)">Hi</p>', "drops every style"),
        ('<p style="color:rgba(255, 255, 255, .9)">Hi</p>', "turns black"),
        ('<p style="font-size:1.2rem">Hi</p>', "size is dropped"),
        ('<p style="width:calc(100% - 20px)">Hi</p>', "size is dropped"),
        ("<video src=a.mp4></video>", "video is missing"),
        ("<svg width=10><path d=M0></svg>", "drawing is missing"),
        ("<p hidden>Soon</p>", "should be hidden is shown"),
        ('<p style="visibility:hidden">Soon</p>', "should be hidden is shown"),
        ('<img src=a.png style="display:none">', "hidden picture is shown"),
        ('<img src=a.png style="width:170px">', "size of its file"),
        ('<div style="max-width:600px; margin:0 auto">Hi</div>', "as wide as the window"),
        ('<table width="100%"><tr><td><div style="max-width:600px">Hi</div></table>', "as wide as the window"),
        ('<table><tr><td width=600>Logo<td><div style="max-width:600px">Hi</div></table>', "as wide as the window"),
        ('<table width=600><tr><td>Logo</table><div style="max-width:600px">Hi</div>', "as wide as the window"),
        ("<div class=a>Hi</div><style>.a{& b{color:red} p{top:0}}</style><b>x</b>", "other rules"),
        (f"<style>{'p{color:red}' * 1500}</style><p>Hi", "beyond 16 KB"),
        ("<body><style>p{color:red}</style><p>Hi", "rules are dropped"),
        ("<style>@import url(https://acme.example/mail.css);</style><p>Hi", "never arrive"),
    ],
)
def test_what_readers_lose(build: str, words: str) -> None:
    answer = asked(build)
    assert "unsupported-feature" in answer.codes
    assert any(words in finding.message for finding in answer.findings), answer.findings


PADDED = "display:inline-block; padding:12px 30px"


@pytest.mark.parametrize(
    "build",
    [
        f'<td bgcolor="#2456c7" style="padding:12px 30px"><a href=x style="{PADDED}">Go</a>',
        f'<td style="background:#fc0; height:44px"><a href=x style="{PADDED}; color:#fff"><b>Go</b></a>',
        f'<td bgcolor=teal height=44><a href=x style="{PADDED}">Go</a>',
        f'<td bgcolor="#2456c7"><!--[if mso]>&nbsp;&nbsp;<![endif]--><a href=x style="{PADDED}">Go</a>',
        f'<a href=x style="{PADDED};background:#369"><!--[if mso]><i style="mso-text-raise:30pt">&nbsp;</i><![endif]-->Go</a>',
        f'<a href=x style="{PADDED};background:#369">Go</a><!--[if gte mso 9]></td></tr></table><![endif]-->',
        f'<!--[if true]><table><tr><td style="padding:9px"><![endif]--><a href=x style="{PADDED};background:red">Go</a>',
        f'<a href=x style="{PADDED};background:#369;mso-padding-alt:12px 30px">Go</a>',
        f'<a href=x style="{PADDED};background:#369;border:8px solid #369">Go</a>',
        f'<td bgcolor="#ffffff" style="padding:40px"><a href=x style="{PADDED}">Archive</a> <a href=y>News</a>',
        f'<td bgcolor=teal style="mso-padding-alt:12px 30px"><a href=x style="{PADDED};background:teal">Go</a>',
        f'<td bgcolor="#faf7f0" style="mso-padding-alt:12px"><a href=x style="{PADDED};background:#faf7f0">Go</a>',
    ],
)
def test_a_button_that_keeps_its_shape_in_outlook(build: str) -> None:
    assert "unsupported-feature" not in asked(f"<table><tr>{build}</table>").codes


@pytest.mark.parametrize(
    "build",
    [
        f'<td bgcolor="#2456c7"><a href=x style="{PADDED}">Go</a>',
        f'<td bgcolor="#ffffff" style="padding:40px"><a href=x style="{PADDED};background:#369">Go</a>',
        f'<td style="padding:40px"><table><tr><td bgcolor=teal><a href=x style="{PADDED}">Go</a></table>',
        f'<td><!--[if mso]><p>For Outlook</p><![endif]--><p>All</p><a href=x style="{PADDED};background:#369">Go</a>',
        f'<td><!--[if !mso]><!--><b>x</b><!--<![endif]--><a href=x style="{PADDED};border:1px solid red">Go</a>',
    ],
)
def test_a_button_that_shrinks_in_outlook_is_worth_a_note(build: str) -> None:
    answer = asked(f"<table><tr>{build}</table>")
    assert "degraded-feature" in answer.codes
    assert any("button shrinks" in finding.message for finding in answer.findings)


@pytest.mark.parametrize(
    "build",
    [
        '<td bgcolor="2a2e36"><table><tr><td background="hero.jpg">Hi</table>',
        '<td style="background-color:#102040"><div style="background-image:url(hero.jpg)"><p>Hi</p></div>',
        '<td background="line.gif">&nbsp;</td>',
        '<td background="hero.jpg"><img src="logo.png" alt="Acme"></td>',
        '<td><div style="background:url(hero.jpg) center; height:300px"></div><p>Hi</p>',
    ],
)
def test_a_picture_behind_no_text_or_on_a_dark_ground_loses_nothing(build: str) -> None:
    assert not any("no colour stands in" in one.message for one in asked(f"<table><tr>{build}</table>").findings)


@pytest.mark.parametrize(
    "build",
    [
        '<td bgcolor="#ffffff"><table><tr><td background="hero.jpg"><img src="l.png" alt="A"><p>Hi</p></table>',
        '<td bgcolor="#102040">A<td><div style="background:url(hero.jpg)"><table><tr><td>Hi</table></div>',
    ],
)
def test_a_picture_behind_text(build: str) -> None:
    assert any("no colour stands in" in one.message for one in asked(f"<table><tr>{build}</table>").findings)


@pytest.mark.parametrize(
    "build", ['<img src=a.png style="object-fit:cover">', '<p style="margin:-10px 0">Hi</p>', '<p style="transform:rotate(3deg)">Hi</p>']
)  # fmt: skip
def test_a_matter_of_looks_is_said_in_passing(build: str) -> None:
    assert asked(build).codes == ["degraded-feature"]


def test_one_finding_a_feature_with_its_clients_its_place_and_its_count() -> None:
    (finding,) = asked(f"<p>Hi</p>\n{FLEX}{FLEX}").findings
    assert "“display: flex” on <div> does not work in Outlook on Windows (14 % of readers)." in finding.message
    assert "There are 2 such places." in finding.message
    assert "Can I email, data of 20" in finding.message
    assert finding.where is not None and finding.where.line == 2
    assert finding.fix


def test_a_grid_and_its_columns_are_one_loss() -> None:
    grid = '<div style="display:grid; grid-template-columns:1fr 1fr">Hi</div>'
    (finding,) = asked(grid).findings
    assert "“display: grid; grid-template-columns: 1fr 1fr” on <div>" in finding.message
    assert "Gmail on the web" in finding.message and "Outlook on Windows" in finding.message
    assert "such places" not in finding.message
    (finding,) = asked(grid * 2).findings
    assert "There are 2 such places." in finding.message
    (finding,) = asked(grid, {"gmail-web": 100}).findings
    assert "single column" in finding.message


def test_background_and_its_shorthand_are_one_loss() -> None:
    assert asked('<td background="a.jpg" style="background-image:url(a.jpg)">Hi</td>').codes == ["unsupported-feature"]


def test_the_mix_decides() -> None:
    assert asked(FLEX, {"apple-mail-ios": 60, "gmail-web": 40}).outcome is Outcome.PASSED
    assert asked(FLEX, {"apple-mail-ios": 97, "outlook-windows": 3}).codes == ["degraded-feature"]
    assert asked(FLEX, share=20.0).codes == ["degraded-feature"]


def test_only_outlook_reads_what_is_in_its_comments() -> None:
    inside = '<!--[if mso]><p style="position:absolute">Hi</p><![endif]--><p>Hi</p>'
    (finding,) = asked(inside).findings
    assert "Outlook on Windows (14 % of readers)." in finding.message


def test_what_outlook_is_spared_others_may_still_miss() -> None:
    build = '<!--[if mso]><v:rect><v:fill type="gradient" /></v:rect><![endif]--><td style="background:linear-gradient(red, blue)">'
    (finding,) = asked(build).findings
    assert "Outlook on Windows" not in finding.message
    assert "Outlook on the web" in finding.message


def test_never_more_than_ten_and_the_heaviest_first() -> None:
    styles = (
        "display:flex", "position:absolute", "color:var(--a)", "background:url(a)", "color:oklch(1 2 3)", "font-size:1rem",
        "width:calc(1px + 1%)", "visibility:hidden", "margin:-1px", "transform:scale(2)", "filter:blur(2px)", "column-count:2",
        "color:light-dark(red, blue)", "object-fit:cover",
    )  # fmt: skip
    answer = asked("".join(f'<p style="{style}">Hi</p>' for style in styles))
    assert len(answer.codes) == 10
    assert answer.codes == sorted(answer.codes, reverse=True)  # "unsupported-feature" before "degraded-feature"
    assert "more do not work everywhere" in answer.findings[-1].message


def test_a_page_is_shown_by_browsers() -> None:
    assert run_check("client-support", page={}, build=FLEX).results == ()


@pytest.mark.parametrize("href", ["#HREF-1#", "#!", "#{{my.Anchor}}"])
def test_what_is_no_anchor(href: str) -> None:
    assert run_check("client-support", build=f'<p><a href="{href}">Agenda</a></p>', email={}).codes == []


def test_anchors_and_overlaps_that_are_lost() -> None:
    anchor = '<p><a href="#agenda">Agenda</a></p><h2 id="agenda">Agenda</h2>'
    assert run_check("client-support", build=anchor, email={}).codes == ["degraded-feature"]
    lost = anchor + '<p><a href="#nowhere">More</a></p>'
    assert run_check("client-support", build=lost, email={}).codes == ["degraded-feature"] * 2
    assert run_check("client-support", build='<div style="margin-top:-24px">x</div>', email={}).codes
    assert not run_check("client-support", build='<div style="margin-right:-24px">x</div>', email={}).codes


def test_a_picture_as_wide_as_its_column_needs_a_width_for_outlook() -> None:
    assert run_check("client-support", build='<img src="a.png" style="width:100%">', email={}).codes
    assert not run_check("client-support", build='<img src="a.png" width="600" style="width:100%">', email={}).codes


def test_what_is_counted_with_a_form_is_told_beside_it() -> None:
    styles = (
        "display:flex", "display:grid", "position:absolute", "color:oklch(1 0 0)", "width:1vw", "width:1rem",
        "width:calc(1px + 1%)", "visibility:hidden", "margin:-1px", "transform:scale(2)", "filter:blur(2px)",
    )  # fmt: skip
    answer = asked("".join(f'<p style="{style}">Hi</p>' for style in styles) + "<form><input name=a></form>")
    rest = answer.findings[-1]
    assert "more do not work everywhere" in rest.message
    assert len(rest.causes) >= len(rest.each)  # no form stands for what is counted with it
