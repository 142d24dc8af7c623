"""The inventory of an HTML document: what it holds, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.artefacts import Destinations, HtmlEnvelope, Markup, Parts
from qa.finding import Fault, Skip
from qa.gather.inventory import html_envelope, inventory, markup
from qa.gather.inventory import read as gathered
from qa.request import AskedEmail
from qa.source import Source

ASKED = AskedEmail(name="a")


def read(html: str) -> Markup:
    return inventory(Source("build/a.html", html))


def links(html: str) -> list[tuple[str, str]]:
    return [(link.href, link.text) for link in read(html).links]


# The document as a whole


def test_what_stands_in_the_head() -> None:
    found = read(
        "<!DOCTYPE html>\n<HTML LANG=en-GB dir=RTL><head><meta charset=utf-8><title>Spring &amp;\n webinar</title>"
        '<META NAME=Robots content=noindex><meta property="og:title" content="T"><meta http-equiv=X-UA content=Y>'
        '<link rel="stylesheet" href=x><link rel="Canonical" href="https://a.example/?a&amp;b"><script src=s.js></script>'
        "<script>let a = '<p>x</p>'</script></head><body><p>Hi</p></body></html>"
    )
    assert (found.doctype, found.dir) == ("html", "rtl")
    assert found.lang is not None and (found.lang.value, found.lang.where.line) == ("en-GB", 2)
    assert found.title is not None and found.title.value == "Spring & webinar"
    assert {name: text.value for name, text in found.metas.items()} == {
        "charset": "utf-8", "robots": "noindex", "og:title": "T", "x-ua": "Y",
    }  # fmt: skip
    assert found.canonical is not None and found.canonical.value == "https://a.example/?a&b"
    assert [script.value for script in found.scripts] == ["s.js", "let a = '<p>x</p>'"]
    assert found.text == "Hi"


def test_the_language_may_be_written_the_xml_way_or_on_the_body() -> None:
    assert [found.lang and found.lang.value for found in (read("<html xml:lang=de>"), read("<body lang=fr>"), read("x"))] == [
        "de", "fr", None,
    ]  # fmt: skip


def test_the_title_of_a_drawing_is_not_the_title() -> None:
    found = read("<svg><title>Logo</title></svg><title>Page</title>")
    assert found.title is not None and found.title.value == "Page"


def test_every_place_is_that_of_the_start_tag_in_the_source() -> None:
    html = '<p>one</p>\r\n<TABLE><tr><p>x<A HREF="u" class="cta big">go</A>\r\n<td id=hero><IMG SRC=a.png></table>'
    found = read(html)
    assert [html[link.where.offset :][:2] for link in found.links] == ["<A"]
    assert (found.links[0].where.line, found.links[0].where.column) == (2, 16)
    assert found.links[0].where.selector == "a.cta"
    assert html[found.images[0].where.offset or 0 :].startswith("<IMG")
    assert [(block.tag, block.where.column) for block in found.blocks[:1]] == [("p", 4)]


def test_a_build_without_html_has_no_markup_but_a_glimpse() -> None:
    nothing = gathered(Parts("a.txt"), ASKED)
    assert html_envelope(nothing) == HtmlEnvelope()
    with pytest.raises(Skip, match="no HTML part"):
        markup(nothing, Destinations())


def test_markup_and_html_envelope_are_one_reading() -> None:
    found = gathered(Parts("a.html", Source("a.html", "<title>T</title><div hidden>Soon</div><p>Hello")), ASKED)
    assert found.markup is not None
    assert html_envelope(found) == HtmlEnvelope(found.markup.title, found.markup.preheader)
    assert html_envelope(found).title is not None


@pytest.mark.parametrize("tags", ["<div>" * 100_000, "<table><tr><td>" * 40_000])
def test_a_hundred_thousand_nested_tags_are_one_clear_fault(tags: str) -> None:
    found = gathered(Parts("build/a.html", Source("build/a.html", tags)), ASKED)
    with pytest.raises(Fault, match=r"build/a\.html: its HTML nests more than 5,000 elements"):
        markup(found, Destinations())
    assert html_envelope(found) == HtmlEnvelope()


# Links


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<a href="https://a.example/?a=1&amp;b=2">Save <b>my</b>\n seat</a>',
            [("https://a.example/?a=1&b=2", "Save my seat")],
        ),
        ("<a href=x>one<a href=y>two", [("x", "one"), ("y", "two")]),
        ("<a href=x><img src=i alt='A speaker'></a>", [("x", "A speaker")]),
        ("<a href=x><img src=i alt='A'>text</a>", [("x", "text")]),
        ("<a href=x aria-label='Home'></a><a href=y title='T'><img src=i></a>", [("x", "Home"), ("y", "T")]),
        ("<a href=x><table><tr><td>Button</td></tr></table></a>", [("x", "Button")]),
        ("<a href=x><div>a</a></div><p>b", [("x", "a")]),
        ("<p><a href=x>a<p>b</a>c", [("x", "a b")]),
        ("<a href=x>a <span hidden>b</span></a>", [("x", "a")]),
        ("<div hidden><a href=x>a</a></div>", [("x", "a")]),
        ("<map><area href=x alt=North></map>", [("x", "North")]),
        ("<a name=top></a>", [("", "")]),
        ("<a href=''>a</a>", [("", "a")]),
        ("<td><a href=x>a</td><td>b</td>", [("x", "a")]),
        ('<a href="%%=RedirectTo("https://a.example")=%%">a</a>', [("https://a.example", "a")]),
    ],
)
def test_links_and_their_text(html: str, expected: list[tuple[str, str]]) -> None:
    assert links(html) == expected


def test_what_else_is_known_of_a_link() -> None:
    named, hidden, pictured = read(
        "<a name=x></a><i hidden><a href=y>t</a></i><a href=z><img src=a><img src=b></a>"
    ).links
    assert (named.has_href, hidden.has_href) == (False, True)
    assert (hidden.hidden, pictured.hidden) == (True, False)
    assert pictured.pictures == ("a", "b")


# Outlook


def test_a_vml_button_is_a_link_for_outlook_alone() -> None:
    html = (
        '<!--[if mso]><v:roundrect href="https://a.example/?a&amp;b" style="height:40px"><w:anchorlock/><center>Go</center>'
        '</v:roundrect><![endif]--><!--[if !mso]><!--><a href="https://a.example/">Go now</a><!--<![endif]-->'
    )
    found = read(html)
    assert [(link.tag, link.href, link.text, link.outlook_only) for link in found.links] == [
        ("v:roundrect", "https://a.example/?a&b", "Go", True),
        ("a", "https://a.example/", "Go now", False),
    ]
    assert [(block.text, block.outlook_only) for block in found.blocks] == [("Go", True), ("Go now", False)]
    assert found.text == "Go now"
    assert html[found.links[0].where.offset or 0 :].startswith("<v:roundrect")


def test_a_vml_button_may_span_two_comments() -> None:
    html = "<!--[if mso]><v:rect href=x><center><![endif]--><a href=x>Go</a><!--[if mso]></center></v:rect><![endif]--><p>after"
    assert links(html) == [("x", "Go"), ("x", "Go")]
    assert links("<!--[if mso]><v:rect href=x><![endif]--><p>never closed") == [("x", "")]


def test_ghost_tables_leave_the_document_alone() -> None:
    html = (
        "<table><tr><td>a<!--[if (gte mso 9)|(IE)]><table><tr><td><![endif]--><div>b</div>"
        "<!--[if (gte mso 9)|(IE)]></td></tr></table><![endif]--></td><td>c</td></tr></table>"
    )
    assert [(block.text, block.outlook_only) for block in read(html).blocks] == [
        ("a", False),
        ("b", False),
        ("c", False),
    ]


def test_vml_pictures() -> None:
    html = (
        '<!--[if gte mso 9]><v:rect style="width:600px;height:225pt"><v:fill type="frame" src="bg.jpg"/><v:textbox><![endif]-->'
        "text<!--[if gte mso 9]></v:textbox></v:rect><![endif]-->"
    )
    (picture,) = read(html).images
    assert (picture.src, picture.kind, picture.outlook_only) == ("bg.jpg", "vml", True)
    assert (picture.width, picture.height) == (600, 300)


@pytest.mark.parametrize(
    "html",
    [
        "<!--[if mso]><p>x<!-- y --> visible <![endif]-->", "<!--[if mso]><p>x", "<!--[if mso", "<![endif]-->", "<!--[if ]>x<![endif]-->",
        "<!--[if mso]><![endif]--><!--[if mso]></td></table></v:rect></a></p></br><![endif]-->", "<!--[if mso]><![if !vml]>x<![endif]><![endif]-->",
        "<!--[if mso]><html lang=xx><meta name=a content=b><title>no</title><form><input name=a></form><![endif]-->",
    ],
)  # fmt: skip
def test_broken_conditionals_are_survived(html: str) -> None:
    found = read(html + "<p>end")
    assert found.lang is None and found.title is None and found.forms == () and found.metas == {}


@pytest.mark.parametrize("condition", ["!mso", "IE", "lt IE 9", "(!mso)&(IE)", "!gte mso 9"])
def test_what_outlook_does_not_read_is_a_comment(condition: str) -> None:
    assert read(f"<!--[if {condition}]><p>x</p><a href=x>y</a><![endif]-->").blocks == ()


def test_settings_of_word_are_no_text() -> None:
    assert read("<!--[if mso]><xml><o:PixelsPerInch>96</o:PixelsPerInch></xml><![endif]-->").blocks == ()


# Pictures


def test_pictures_of_every_kind() -> None:
    found = read(
        '<body background="b.png"><a href=u><img src=a.png alt="" width=600 height="50%"></a><img src="c.png" style="width:300px">'
        "<table style=\"background:#fff url('d.png') no-repeat;background-image:url(e.png)\"><td background=f.png style='background:url(f.png)'>"
        "</table><input type=IMAGE src=g.png alt=Go><div hidden><img src=h.png></div>"
    )
    assert [(image.src, image.kind) for image in found.images] == [
        ("b.png", "background"), ("a.png", "img"), ("c.png", "img"), ("d.png", "background"), ("e.png", "background"),
        ("f.png", "background"), ("g.png", "img"), ("h.png", "img"),
    ]  # fmt: skip
    _, first, second, *_, button, hidden = found.images
    assert (first.alt, first.width, first.height, first.link) == ("", 600, None, "u")
    assert (second.alt, second.width, second.link) == (None, 300, "")
    assert (button.alt, button.hidden, hidden.hidden) == ("Go", False, True)


def test_a_picture_is_seen_where_text_has_no_size() -> None:
    assert [image.hidden for image in read('<td style="font-size:0"><img src=a></td>').images] == [False]


# Headings


def test_headings() -> None:
    found = read(
        "<h1>Move <em>faster</em></h1><h2><table><tr><td>In a table</td></tr></table></h2><p role=heading aria-level=3>Third</p>"
        "<div role=heading>No level</div><h4 hidden>gone</h4><h1><img src=a alt='In a picture'></h1><h5></h5>"
    )
    assert [(level, text.value) for level, text in found.headings] == [
        (1, "Move faster"), (2, "In a table"), (3, "Third"), (2, "No level"), (1, "In a picture"),
    ]  # fmt: skip


# Forms


def test_a_form_and_its_fields() -> None:
    (form,) = read(
        '<form action="/send"><label for=e>Work email<span>*</span>:</label><input id=e name=Email type=EMAIL required>'
        "<label>Country <select name=Country aria-required=true><option value=''>Please choose<option>UK<option value=de selected>Germany</select></label>"
        "<textarea name=Message placeholder='Your message'> Hello </textarea><input name=Phone aria-label=Phone class='mktoField mktoRequired'>"
        "<input type=checkbox name=consent checked> I agree to <a href=p>receive emails</a><br>"
        "<fieldset><legend>Size</legend><label><input type=radio name=size value=s>Small</label><label><input type=radio name=size value=l checked required>Large</label></fieldset>"
        "<input list=l name=City><datalist id=l><option value=b label=Berlin><option value=p>Paris</datalist>"
        "<input type=hidden name=utm_source value=query><input type=submit value=Go><button>Go</button></form>"
    ).forms
    assert form.action == "/send"
    email, country, message, phone, consent, size, city = form.fields
    assert (email.name, email.label, email.type, email.required) == ("Email", "Work email", "email", True)
    assert (country.label, country.type, country.required) == ("Country", "select", True)
    assert (country.options, country.value) == (("UK", "Germany"), "de")
    assert (message.label, message.type, message.value, message.required) == (
        "Your message",
        "textarea",
        " Hello ",
        False,
    )
    assert (phone.label, phone.type, phone.required) == ("Phone", "text", True)
    assert (consent.label, consent.type, consent.checked) == ("I agree to receive emails", "checkbox", True)
    assert (size.label, size.options, size.value) == ("Size", ("Small", "Large"), "l")
    assert (size.required, size.checked) == (True, True)
    assert city.options == ("Berlin", "Paris")
    assert [(hidden.name, hidden.value) for hidden in form.hidden] == [("utm_source", "query")]


def test_a_form_cut_short_by_a_table_keeps_its_fields() -> None:
    found = read(
        "<table><form action=a><tr><td><input name=x></td></tr><tr><td><input name=y></td></tr></form></table><input name=z>"
    )
    assert [[field.name for field in form.fields] for form in found.forms] == [["x", "y"]]


@pytest.mark.corpus
def test_real_emails_are_read_and_every_place_is_true(corpus: Path) -> None:
    files = sorted(corpus.rglob("*.htm*"))
    assert files
    for file in files:
        html = file.read_text("utf-8", "replace")
        found = read(html)
        for thing in (*found.links, *found.images):
            offset = thing.where.offset or 0
            assert html[offset] == "<", (file, thing)
            assert html[offset + 1 :].lower().startswith(thing.where.selector.split(".")[0].split("#")[0]), (
                file,
                thing,
            )
