"""What does a client make of a message before it is drawn? Small documents in, what is left of them out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa.artefacts import View
from qa.clients.caniemail import dated
from qa.facts import facts
from qa.markup.tokeniser import STAMP, stamped
from qa.render.emulation import TRANSFORMS, emulated
from qa.render.emulation.gmail import broken
from qa.render.emulation.style_sheets import judged
from qa.render.emulation.unsupported import OTHER, styled, support
from qa.source import Source
from qa.views.catalogue import all_views

GMAIL, OUTLOOK, YAHOO = "gmail.desktop-webmail", "outlook.outlook-com", "yahoo.desktop-webmail"
MINE = ("gmail-clip", "gmail-styles", "gmail-font", "unsupported", "other-account", "prefixed-names", "outlook-dark")


def done(transform: str, html: str, view: str = "gmail-web") -> str:
    """What a transform makes of a document, its stamps left out; twice is the same as once."""
    before = stamped(Source("invite.html", html))
    once = TRANSFORMS[transform](before, all_views()[view])
    assert TRANSFORMS[transform](once, all_views()[view]) == once
    return re.sub(rf' {STAMP}="\d+"', "", once)


def head(css: str, body: str = "") -> str:
    return f"<html><head><style>{css}</style></head><body>{body}</body></html>"


def sheet(transform: str, css: str, view: str = "gmail-web") -> str:
    """What is left of a style sheet."""
    found = re.search(r"<style>(.*?)</style>", done(transform, head(css), view), re.DOTALL)
    assert found
    return found[1].strip()


# Nothing is changed that the client keeps


@pytest.mark.parametrize("transform", MINE)
@pytest.mark.parametrize("view", ["gmail-web", "outlook-web", "yahoo-web", "samsung-email"])
def test_what_a_client_keeps_stays_as_it_is_written(transform: str, view: str) -> None:
    html = (
        "<!DOCTYPE html><HTML><Head><title>A &amp; B</title></Head><Body BGCOLOR=#ffffff>\n"
        '<!--[if mso]><table width="600" style="position:absolute"><tr><td><![endif]-->'
        "<!--[if !mso]><!--><p STYLE='color:red;font-weight:bold'>Hi {{lead.First Name:default=You}}</p><!--<![endif]-->"
        "<td style=color:#000;>loose</table>\r\n</Body></HTML>"
    )
    kept = done(transform, html, view)
    assert kept.replace("<style>" + facts("emulation")["gmail"]["sheet"] + "</style>", "") == html


def test_without_transforms_a_document_is_untouched() -> None:
    html = head(".a { position: absolute", "<svg></svg>")
    assert emulated(html, all_views()["apple-mail-ios"]) == html


def test_stamps_outlive_every_transform() -> None:
    html = stamped(Source("invite.html", head(".a{color:red}", '<p class=a style="position:fixed;color:red">Hi</p>')))
    view = all_views()["gmail-web"]
    assert set(re.findall(STAMP + r'="\d+"', html)) == set(re.findall(STAMP + r'="\d+"', emulated(html, view)))


def test_a_view_does_its_transforms_in_their_order() -> None:
    view = View("mine", "Mine", 600, client="gmail-web", transforms=("unsupported", "prefixed-names"))
    out = emulated(head(".a:focus{color:red}.b{color:red}"), view)
    assert "<style>.m_b{color:red}</style>" in out


# Gmail's style sheets


def test_gmail_reads_sheets_of_the_head_alone() -> None:
    html = head("p{color:red}", "<style>p{color:blue}</style><p>Hi</p>")
    assert done("gmail-styles", html) == html.replace("<style>p{color:blue}</style>", "<style></style>")


@pytest.mark.parametrize("before", ["<head>", "<body><head>", "<title>x</title>", ""])
def test_a_head_need_not_be_where_it_belongs(before: str) -> None:
    assert "color:red" in done("gmail-styles", f"{before}<style>p{{color:red}}</style></head><p>Hi</p>")


def test_gmail_reads_so_many_characters_and_no_more() -> None:
    css = "p{color:red}" + " " * (16_384 - 12)
    assert "color:red" in sheet("gmail-styles", css)
    assert sheet("gmail-styles", css + " ") == ""
    two = f"<head><style>{css[:9000]}</style><style>b{{color:red}}{css[12:9000]}</style></head>"
    assert "b{" not in done("gmail-styles", two)
    assert "p{" in done("gmail-styles", two)


@pytest.mark.parametrize(
    "css",
    [
        "@media screen{@font-face{font-family:x}}",
        "p{color:red}}",
        "p{color:red",
        "@media screen{@media print{p{top:0}}}",
    ],
)
def test_gmail_throws_a_broken_sheet_away_whole(css: str) -> None:
    assert sheet("gmail-styles", "b{color:red}" + css) == ""
    assert broken(css)


def test_braces_in_texts_and_comments_break_nothing() -> None:
    css = "/* } */ p::before{content:'}'} b{background:url(data:;{)}"
    assert sheet("gmail-styles", css) == css


# Gmail's clipping


def test_gmail_clips_behind_102_kilobytes() -> None:
    html = f"<body><table><tr><td>{'word ' * 30_000}<p>Unsubscribe</p></td></tr></table></body>"
    out = done("gmail-clip", html)
    assert "Unsubscribe" not in out
    assert re.search(r"wo?r?d? *</td></tr></table></body><div [^>]*>\[Message clipped\]&nbsp; <a ", out)
    shown, _, _ = out.partition("</td>")
    assert len(shown) == 102_400


def test_what_is_not_too_long_is_not_clipped_whatever_its_stamps_weigh() -> None:
    html = "<b></b>" * 14_000
    assert len(stamped(Source("", html))) > 102_400 > len(html)
    assert done("gmail-clip", html) == html


@pytest.mark.parametrize(
    "cut", ["<!-- %s -->", "<style>%s</style>", '<p title="%s">', "<!--[if mso]>%s<![endif]-->", "é%s"]
)
def test_clipping_leaves_nothing_half_open(cut: str) -> None:
    html = "<p>" + "x" * 102_300 + cut % ("y" * 200) + "Unsubscribe"
    out = done("gmail-clip", html)
    assert "Unsubscribe" not in out
    assert re.sub(r"<style></style>", "", out).count("<") == 6
    assert out.endswith("View entire message</a></div>")


# What a client does not support


@pytest.mark.parametrize(
    ("tested", "style", "kept"),
    [
        (GMAIL, "color:red; margin: 0 10px", "color:red; margin: 0 10px"),
        (GMAIL, "color:red; margin: -10px 0; padding:0", "color:red;  padding:0"),
        (GMAIL, "position:absolute;color:red", "color:red"),
        (
            GMAIL,
            "background-image:url(https://x.example/a-b_-1.png)",
            "background-image:url(https://x.example/a-b_-1.png)",
        ),
        (GMAIL, "color:red;background:rgb(0 128 0)", ""),
        (GMAIL, "color:red;background:oklch(80% .1 225)", ""),
        (GMAIL, "--ink:red;color:var(--ink)", "color:var(--ink)"),
        (OUTLOOK, "position:relative;color:red", "color:red"),
        (OUTLOOK, "position:sticky", "position:sticky"),
        (OUTLOOK, "background:#fff linear-gradient(red,blue)", ""),
        (YAHOO, "position:relative;position:absolute", "position:relative;"),
        (YAHOO, "height:20px", "min-height:20px;"),
        (YAHOO, "max-height:20px", "max-height:20px"),
        (YAHOO, "width:calc(100% - 10px);width:90%", "width:90%"),
        (YAHOO, "background:url(a.png) center / cover;background-color:red", "background-color:red"),
        (
            YAHOO,
            "background:url('https://x.example/a/b.png') center",
            "background:url('https://x.example/a/b.png') center",
        ),
        (GMAIL, "color:{{my.Colour}};position:fixed", "color:{{my.Colour}};"),
        (GMAIL, "color:red}{", "color:red}{"),
    ],
)
def test_declarations_are_judged_by_their_values(tested: str, style: str, kept: str) -> None:
    assert styled(tested, style) == kept


@pytest.mark.parametrize(
    ("view", "css", "kept"),
    [
        ("gmail-web", "@media (max-width:600px){.a{color:red}}", "@media (max-width:600px){.a{color:red}}"),
        ("gmail-web", "@media (prefers-color-scheme:dark){.a{color:red}} b{color:red}", "b{color:red}"),
        ("gmail-web", "@import url(x.css);b{color:red}", "b{color:red}"),
        ("gmail-web", "@font-face{font-family:x;src:url(x)} b{color:red}", "b{color:red}"),
        ("gmail-web", "a:focus,b{color:red}", "b{color:red}"),
        ("gmail-web", 'td[width="600"]{color:red} td[class~="x"]{color:red}', 'td[class~="x"]{color:red}'),
        ("gmail-web", "b{position:absolute;color:red}", "b{color:red}"),
        ("gmail-web", "b{color:red}i{background:rgb(0 0 0)}", ""),
        ("gmail-web", "b{color:red;i{top:0}}", "b{color:red;}"),
        (
            "outlook-web",
            "@media screen{@media (max-width:600px){b{color:red}}i{color:red}}",
            "@media screen{i{color:red}}",
        ),
        ("outlook-web", "a.b:hover{color:red} a:hover{color:red}", "a:hover{color:red}"),
        ("outlook-web", "[data-ogsc] .x{color:red}", "[data-ogsc] .x{color:red}"),
        ("yahoo-web", "@media print{b{color:red}}@media (max-width:9px){b{top:0}}", "@media (max-width:9px){b{}}"),
        ("samsung-email", "b{position:fixed;color:red}", "b{color:red}"),
    ],
)
def test_sheets_are_judged_rule_by_rule(view: str, css: str, kept: str) -> None:
    assert sheet("unsupported", css, view) == kept


@pytest.mark.parametrize(
    ("view", "html", "kept"),
    [
        ("gmail-web", "<p hidden>Secret</p>", "<p >Secret</p>"),
        ("gmail-web", "<p>Hi</p><svg><svg><b>x</b></svg><path/></svg><p>Ho</p>", "<p>Hi</p><p>Ho</p>"),
        ("gmail-web", '<img src="logo.svg" alt="Acme">', '<img  alt="Acme">'),
        ("gmail-web", '<img src="logo.png" srcset="a 2x">', '<img src="logo.png" >'),
        ("gmail-web", "<nav><header><b>Hi</b></header></nav>", "<header><b>Hi</b></header>"),
        ("outlook-web", "<nav><header><b>Hi</b></header></nav>", "<b>Hi</b>"),
        ("outlook-web", "<video><b>Hi</b></video>", "<video><b>Hi</b></video>"),
        ("gmail-web", "<picture><img src=a.png></picture>", "<img src=a.png>"),
        ("gmail-web", "<p style='position:fixed;font:1px \"A\"'>", '<p style="font:1px &quot;A&quot;">'),
        ("thunderbird", "<p hidden>Secret</p>", "<p hidden>Secret</p>"),
    ],
)
def test_tags_and_attributes_are_dropped(view: str, html: str, kept: str) -> None:
    assert done("unsupported", html, view) == kept


def test_an_account_of_another_provider_loses_more() -> None:
    html = '<td background="a.png" style="display:flex;color:red">'
    assert done("unsupported", html, "gmail-android") == html
    assert done("other-account", html, "gmail-android") == '<td  style="color:red">'


def test_a_note_on_values_takes_no_whole_property() -> None:
    html = '<a style="display:inline-block;color:red">Book</a><p style="display:none">'
    assert done("other-account", html, "gmail-android") == html


def test_the_rows_speak_of_notes_there_are() -> None:
    """A note that is worded anew would silently end a row."""
    clients = {row["tested"] for row in facts("clients")["clients"].values()}
    names = (client + end for client in clients for end in ("", OTHER))
    rows = {row for name in names for each in support(name).rows.values() for row in each}
    written = {tuple(row.get(key) for key in ("declaration", "selector", "at")) for row in facts("emulation")["partly"]}
    spoken = {tuple(p.pattern if p else None for p in (row.declaration, row.selector, row.at)) for row in rows}
    assert written == spoken, f"the table of Can I email of {dated()}"


# Names


def test_gmail_prefixes_names_in_tags_and_sheets() -> None:
    html = head(".a.b>#c,td.a:not(.d){margin:.5em}@media screen{.a{}}", '<p class="a  b" id=c><label for="c">')
    assert done("prefixed-names", html) == head(
        ".m_a.m_b>#m_c,td.m_a:not(.m_d){margin:.5em}@media screen{.m_a{}}",
        '<p class="m_a m_b" id="m_c"><label for="m_c">',
    )


def test_what_speaks_to_gmail_alone_is_heard() -> None:
    assert sheet("prefixed-names", "u + .body .a, b{color:red}") == ".m_body .m_a,b{color:red}"


def test_attribute_selectors_meet_the_new_names_only_where_gmail_helps_them() -> None:
    assert sheet("prefixed-names", '[class~="a"]{top:0}') == '[class~="m_a"]{top:0}'
    assert sheet("prefixed-names", '[class="a"]{top:0}', "outlook-web") == '[class="a"]{top:0}'


def test_outlook_on_the_web_gets_chains_wrong() -> None:
    assert sheet("prefixed-names", ".a.b.c .d{top:0}", "outlook-web") == ".x_a.b.c .x_d{top:0}"
    assert sheet("prefixed-names", ".a.b{top:0}", "outlook-ios") == ".x_a.x_b{top:0}"


def test_yahoo_takes_the_class_of_a_picture() -> None:
    html = head(".a{top:0}", '<img class="a" src=a.png><p class="a">')
    assert done("prefixed-names", html, "yahoo-web") == head(".yiva{top:0}", '<img  src=a.png><p class="yiva">')


# Gmail's font, Outlook's dark mode


@pytest.mark.parametrize(
    "start",
    ["<!doctype html><html><head>", "<!doctype html>", "", "<!-- x --><html lang=en>", "<html><!-- x --><head>"],
)
def test_gmails_own_sheet_stands_before_all_others(start: str) -> None:
    out = done("gmail-font", f"{start}<style>body{{font:9px x}}</style><p>Hi")
    assert out.startswith(f"{start}<style>body{{margin:0;font:small/1.5 Arial")
    assert out.index("font:small") < out.index("font:9px")


@pytest.mark.parametrize(
    ("start", "marked"),
    [
        ("<!doctype html><html lang=en>", '<!doctype html><html data-qa-outlook="" lang=en>'),
        ("<!doctype html><p>", '<!doctype html><html data-qa-outlook=""><p>'),
    ],
)
def test_messages_that_speak_to_outlooks_dark_mode_are_marked(start: str, marked: str) -> None:
    css = "<style>[data-ogsc] p{color:red}</style>"
    assert done("outlook-dark", start + css, "outlook-web") == marked + css
    assert done("outlook-dark", start, "outlook-web") == start


# Sheets in parts


@pytest.mark.parametrize("css", ["}", "a{", "{" * 60 + "}" * 60])
def test_a_sheet_whose_braces_do_not_match_is_left_alone(css: str) -> None:
    assert judged(css, css, lambda part: "") == css


# What nobody means to send


@pytest.mark.parametrize(
    "hostile",
    [
        "<style>" + "[" * 50_000 + "{a:b}</style>",
        "<style>" + ".a:b" * 25_000 + "{a:b}</style>",
        "<style>" + "a{" * 30_000,
        "<style>p{background:" + "url()," * 20_000 + "}</style>",
        "<style>" + "@media " * 15_000 + "{}</style>",
        "<p style='" + "margin:- " * 10_000 + "'>",
        "<svg>" * 20_000,
        "<a>" * 40_000 + "</b></a>" * 40_000,
        "<p class='" + "a " * 50_000 + "'>",
        "<style>" + "\ue000{" * 1000 + "{{" * 20_000,
    ],
)
@pytest.mark.parametrize("view", ["gmail-web", "outlook-web", "yahoo-web"])
def test_hostile_documents_are_done_with(hostile: str, view: str) -> None:
    html = stamped(Source("x.html", hostile))
    mine = all_views()[view]
    assert emulated(html, mine) == emulated(html, mine)


def test_real_emails_pass_all_transforms(corpus: Path) -> None:
    files = sorted((corpus / "emails").rglob("*.html"))
    views = [view for view in all_views().values() if view.kind == "email" and not view.dark and view.images]
    for file in files[:: max(1, len(files) // 40)]:
        html = stamped(Source(file.name, file.read_text("utf-8", errors="replace")))
        for view in views:
            kept = html
            for name in (name for name in view.transforms if name in MINE):
                kept = TRANSFORMS[name](kept, view)
                assert TRANSFORMS[name](kept, view) == kept, (file.name, view.name, name)
            assert len(kept) < len(html) * 2 + 500
