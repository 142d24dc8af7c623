"""Markup that is broken in ways clients notice."""

from __future__ import annotations

import pytest

from qa.artefacts import RawTokens
from qa.finding import Outcome
from qa.gather.structure import Reader
from qa.markup.tokeniser import RawHtml
from qa.source import Source
from qa.testing import run_check

CELL = "<table><tr><td>{}</td></tr></table>"


def codes(check: str, build: str) -> list[str]:
    return run_check(check, email={}, build=build).codes


@pytest.mark.parametrize(
    "build",
    [
        CELL.format("one"),
        CELL.format(CELL.format("two")),
        "<table><tr><td>one<td>two<tr><td>three</table>",  # optional end tags
        "<table><thead><tr><th>one<tbody><tr><td>two</table>",
        "<table><caption>Prices</caption><colgroup><col></colgroup><tr><td>1</td></tr></table>",
        "<table><tr>{% if a %}<td>one</td>{% endif %}</tr></table>",
        "<table>{% capture a %}words{% endcapture %}<tr><td>one</td></tr></table>",
        "<table><tr>&nbsp;<td>one</td></tr></table>",
        "<!--[if mso]><table><tr><td><![endif]--><div>one</div><!--[if mso]></td></tr></table><![endif]-->",
        "<!--[if !mso]><!--><table><tr><td>a</td></tr></table><!--<![endif]--><p>b</p>",
    ],
)
def test_whole_tables(build: str) -> None:
    assert codes("table-markup", build) == []


@pytest.mark.parametrize(
    ("build", "tag", "column"),
    [
        ("<table><tr><td>one</td></tr><p>two</p>", "<table>", 1),
        ("<table><tr><td><table><tr><td>x</td></tr></td></tr></table>", "<table>", 16),
        ("<table><tr><td>one</td></tr></table></table>", "</table>", 37),
        ("<p>one</p></td></tr>", "</td>", 11),
        ("<table><tr><td>one</td></td></tr></table>", "</td>", 24),
        ("<table><tr><td><table><tr><td>a</td></tr></table></table>b</td></tr></table>", "</table>", 50),
    ],
)
def test_a_table_without_its_other_half(build: str, tag: str, column: int) -> None:
    finding, *others = run_check("table-markup", email={}, build=build).findings
    assert (finding.code, finding.actual) == ("unbalanced-table", tag)
    assert finding.where is not None and finding.where.column == column
    assert {other.code for other in others} <= {"content-outside-cell"}  # which stands there for that reason


def test_a_table_that_is_broken_for_outlook_alone() -> None:
    build = "<!--[if mso]><table><tr><td><![endif]--><div>one</div><!--[if mso]></td></tr><![endif]-->"
    (finding,) = run_check("table-markup", email={}, build=build).findings
    assert finding.code == "unbalanced-table"
    assert "Outlook" in finding.message


@pytest.mark.parametrize("inside", ["text", '<img src="a.png" alt="a">', CELL.format("a")])
def test_content_between_cells(inside: str) -> None:
    assert codes("table-markup", f"<table><tr>{inside}<td>one</td></tr></table>") == ["content-outside-cell"]


def test_many_flaws_are_one_finding() -> None:
    (finding,) = run_check("table-markup", email={}, build="<table><tr><td>a\n" * 40).findings
    assert finding.code == "unbalanced-table"
    assert "39 more" in finding.message


@pytest.mark.parametrize(
    "build",
    [
        '<p><a href="https://a.example/">one</a> two <a href="https://a.example/">three</a></p>',
        '<a href="https://a.example/"><table><tr><td>one</td></tr></table></a>',
        '<a name="top"></a><p>one</p>',
    ],
)
def test_closed_links(build: str) -> None:
    assert codes("link-markup", build) == []


@pytest.mark.parametrize(
    "build",
    [
        CELL.format('<a href="https://a.example/">one'),
        '<p><a href="https://a.example/">one <a href="https://a.example/">two</a></p>',
    ],
)
def test_a_link_that_is_never_closed(build: str) -> None:
    assert codes("link-markup", build) == ["unclosed-link"]


@pytest.mark.parametrize(
    "build",
    [
        "<!--[if mso]><p>a</p><![endif]-->",
        "<!--[if (gte mso 9)|(IE)]><p>a</p><![endif]-->",
        "<!--[if !mso]><!--><p>a</p><!--<![endif]-->",
        "<!--[if !mso]><!-- --><p>a</p><!-- <![endif]-->",
        "<!--[if !mso]>--><p>a</p><!--<![endif]-->",
        "<![if !mso]><p>a</p><![endif]>",
        "<!-- a plain comment --><p>a</p>",
        "<!--[if mso]><style>td {color: red}</style><![endif]--><p>a</p>",
        "<!--[if !mso]><!--><p>a</p><![endif]-->",
        "<!--[if mso]><p>a</p><!--<![endif]-->",
        "<!--[if mso]><p>a</p><![endif] -->",
        "<!--[if !mso]><style>v\\\\:* {behavior: url(#default#VML)}</style><![endif]--><p>a</p>",
        "<!--[if IE]><p>Your browser is old.</p><![endif]--><p>a</p>",
        "<!--[if gte mso 16]><!--><p>a</p><!--<![endif]-->",
    ],
)
def test_whole_conditions(build: str) -> None:
    assert codes("conditional-comments", build) == []


@pytest.mark.parametrize(
    "build",
    [
        "<!--[if mso]><p>a</p>--><p>b</p>",
        "<!--[if !mso]><!--><p>a</p>",
        "<p>a</p><!--<![endif]-->",
        "<p>a</p><![endif]-->",
        "<!--[if mso><p>a</p><![endif]-->",
        "<!--[if mso]><p>a</p><!-- b --><p>c</p><![endif]-->",
        "<![if !mso]><p>a</p>",
        "<!-- [if mso]><p>a</p><![endif]-->",
        "<!--\n[if mso]><p>a</p><![endif]-->",
        "<!-- [if !mso]><!--><p>a</p><!--<![endif]-->",
        "<!--[if mso]><p>a</p><! [endif]-->",
        "<!--[if !mso]><!--><p>a</p><!--<! [endif]-->",
    ],
)
def test_half_a_condition(build: str) -> None:
    assert codes("conditional-comments", build + "<p>Save your seat.</p>") == ["unclosed-conditional"]


@pytest.mark.parametrize(
    ("build", "said"),
    [
        ("<!--[if mso]><td><p>Programm</p><!--[if mso]></td><![endif]-->", "[if mso] has no end of its own"),
        (
            "<!--[if gte mso 9]><td><!--[if !mso]><!--><p>Cours</p><!--<![endif]-->",
            "[if gte mso 9] has no end of its own",
        ),
        ("<!--[if mso]><td><![endif]> <p>Horario</p> <!-- footer -->", "the comment goes on behind it"),
        ("<!--[if mso]><td><![endif]-> <p>Orario</p><!--[if mso]></td><![endif]-->", "it runs on into the next one"),
        ("<!--[if !mso]><!--><p>a</p><!--<![endif]-> <p>Agenda</p> <!-- footer -->", "the comment goes on behind it"),
        ("<!--[if mso]><td><!--[endif]-->", "not written as Outlook reads it: <![endif]"),
        ("<!--[if !mso]><!--><p>a</p><!--<[endif]-->", "not written as Outlook reads it: <![endif]"),
        ("<!--[if !mso]><a href='https://acme.example'>Réserver</a><![endif]-->", "Nobody reads"),
        ("<!--[if !mso]><!--<p>Anmelden</p><!--<![endif]-->", "Nobody reads"),
        ("<!--[if !(mso)]><img src='a.png' alt=''><!--<![endif]-->", "Nobody reads"),
        ("<!--[if mso]><!--><v:rect></v:rect><!--<![endif]-->", "Everybody reads"),
        ("<!--[if (gte mso 9)|(IE)]><!-- --><td><!-- <![endif]-->", "Everybody reads"),
        ("<!--[if !mso]><!--><p>a</p><!--[if mso]><p>b</p><![endif]--><p>c</p><!--<![endif]-->", "stands inside one"),
        ("<!--[if mso]><p>a</p><![endif]--><!--<![endif]-->", "closes a condition that was never opened"),
        ("<!--[if mso]><p>a</p>--><p>b</p><![endif]-->", "ends too early, at the first -->"),
    ],
)
def test_what_is_wrong_with_a_condition(build: str, said: str) -> None:
    (finding,) = run_check("conditional-comments", email={}, build=build + "<p>Save your seat.</p>").findings
    assert said in finding.message


def test_the_condition_itself_is_named_and_not_the_one_it_is_closed_by() -> None:
    build = "<!--[if mso]><td><p>a</p>\n<!--[if mso]></td><![endif]-->"
    (finding,) = run_check("conditional-comments", email={}, build=build).findings
    assert finding.where is not None and finding.where.line == 1


@pytest.mark.parametrize(
    "build",
    [
        '<p style="color:#333">Save your seat.</p>',
        "<p>1 < 2 and 3 > 2, a -- b, and I <3 it</p>",
        "<p>The &lt;td&gt; tag is a cell.</p>",
        "<pre>&lt;b&gt;bold&lt;/b&gt;</pre>",
        '<p title="5&quot; screen">Save</p>',
        "<p title='5\" screen'>Save</p>",
        '<a href="https://a.example/?a=1">Save</a>',
        "<!-- a --><p>Save</p><!-- b -->",
        "<p>{{ a &lt; b }}</p>",
        '<p>Dear <span class="eloquaemail">First_Name1</span>, hello</p>',
        "<p>Dear <span class=eloquaemail >C_FirstName1</span>, hello</p>",
        "<p><a href='https://a.example/u?e=<span class='eloquaemail'>recipientid</span>'>Go</a></p>",
    ],
)
def test_sound_markup(build: str) -> None:
    assert codes("broken-markup", build) == []


@pytest.mark.parametrize(
    "build",
    [
        '<p>" style="color:#333333">Save your seat.</p>',
        "<p>Save your seat.&lt;br&gt;It is free.</p>",
        "<p>&lt;strong&gt;Save&lt;/strong&gt; your seat.</p>",
        "<p>Save your seat. --> It is free.</p>",
        '<p>&lt;td class="x"</p>',
        '<p>Dear <span class="eloquaemail">First</span>, &lt;span class="x"&gt;hello&lt;/span&gt;</p>',
    ],
)
def test_code_that_readers_see(build: str) -> None:
    assert codes("broken-markup", build) == ["stray-markup"]


BUTTON = '<v:roundrect href="https://a.example" arcsize="10%"><w:anchorlock/><center>Go</center></v:roundrect>'


@pytest.mark.parametrize(
    "build",
    [
        f"<!--[if mso]>{BUTTON}<![endif]-->",
        f"<!--[if mso]>{BUTTON[:60]}><![endif]--><a href=x>Go</a><!--[if mso]></v:roundrect><![endif]-->",
        '<!--[if gte mso 9]><v:rect fill="true"><v:fill src="a.jpg"/><v:textbox><![endif]--><p>Hi</p>'
        "<!--[if gte mso 9]></v:textbox></v:rect><![endif]-->",
        "<!--[if mso]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->",
        "<!--[if mso]><v:shape /><v:fill type=tile><![endif]--><svg><rect></rect></svg>",
    ],
)
def test_shapes_for_outlook_that_are_whole(build: str) -> None:
    assert codes("outlook-shapes", build) == []


@pytest.mark.parametrize(
    "build",
    [
        f"<!--[if mso]>{BUTTON[:-14]}<![endif]--><a href=x>Go</a>",
        f"<!--[if mso]>{BUTTON.replace('v:roundrect', 'roundrect')}<![endif]-->",
        f"<!--[if mso]>{BUTTON[60:]}<![endif]-->",
        "<!--[if mso]><v:rect><fill type='tile'/></v:rect><![endif]-->",
        "<!--[if mso]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings><![endif]-->",
        "<!--[if mso]><v:rect><v:textbox><![endif]--><p>Hi</p><!--[if mso]></v:rect><![endif]-->",
    ],
)
def test_shapes_for_outlook_that_are_torn(build: str) -> None:
    assert codes("outlook-shapes", build) == ["torn-shape"]


def test_a_comment_that_never_ends() -> None:
    (finding,) = run_check("broken-markup", email={}, build="<p>Save</p>\n<!-- hero <p>your seat</p>").findings
    assert finding.code == "unclosed-comment"
    assert finding.where is not None and (finding.where.line, finding.where.column) == (2, 1)


@pytest.mark.parametrize(
    "build",
    [
        '<p><a href="https://a.example/>Save</a> <b class="x">your seat</b></p>',
        '<p><img src="hero.png alt="Two speakers" width="600"></p>',
        '<p>Save</p><p><a href="https://a.example/>your seat</a></p>',
    ],
)
def test_a_quote_that_does_not_end(build: str) -> None:
    assert codes("broken-markup", build) == ["unclosed-quote"]


def test_a_document_in_a_document() -> None:
    page = "<html><head><title>a</title></head><body><p>a</p></body></html>"
    assert codes("document-count", page) == []
    assert codes("document-count", page + page) == ["nested-document"]


def test_nothing_active() -> None:
    build = (
        '<html><head><link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Lato">'
        '<link rel="icon" href="https://a.example/i.png">'
        '<script type="application/ld+json">{}</script></head><body><p>a</p></body></html>'
    )
    assert codes("active-content", build) == []


@pytest.mark.parametrize(
    ("build", "code"),
    [
        ("<p>a</p><script>alert(1)</script>", "script-in-email"),
        ('<p>a</p><script src="https://a.example/a.js"></script>', "script-in-email"),
        ('<form action="https://a.example/"><input name="email"></form>', "form-in-email"),
        ('<link rel="stylesheet" href="css/mail.css"><p>a</p>', "external-stylesheet"),
    ],
)
def test_active_content(build: str, code: str) -> None:
    assert codes("active-content", build) == [code]


def test_pages_may_be_active() -> None:
    build = "<html><body><form><input name='a'></form><script>1</script></body></html>"
    assert run_check("active-content", page={}, build=build).results == ()


@pytest.mark.parametrize(
    "piece",
    [
        "<table>",
        "</td>",
        "<tr><td><table>",
        "<a href='x'>",
        "<!--[if mso]>",
        "<!--[if !mso]><!-->",
        "<![if x",
        '<p class="<',
        ' href="<b ',
        '<i a="b ',
    ],
)
def test_hostile_input_is_read_in_one_pass(piece: str) -> None:
    raw = RawHtml(f"<p>a</p>{piece}" * 20_000)
    source = Source("a.html", raw.text)
    structure = Reader(source, RawTokens(raw, tuple(raw.tokens()))).structure()
    assert structure.scripts == ()


@pytest.mark.parametrize(
    "build",
    [
        "<p>Join <b>us</b></p><p>It is free.</p>",
        "<b><p>Join us</p><p>It is free.</p></b>",
        "<table><tr><td><b>Join us</td><td>It is free.</td></tr></table>",  # it ends with its cell
        "<p>Join us <b>now</p>",
        "<p>{% if a %}<b>{% else %}<b class='a'>{% endif %}Join</b></p><p>It is free.</p>",
        "<p>One <font color='red'>red</font><br>Two</p><div>Three</div>",
        "<h1>Join us</h1><p>It is free.</p>",
        "<h1><div>Join us</div></h1><p>It is free.</p>",
        "<h1>Join us</h2><p>It is free.</p>",  # any heading's end tag ends it
        "<h1>Join us<h2>It is free.</h2>",  # and so does the next heading
        "<table><tr><td><h1>Join us</td><td>It is free.</td></tr></table>",
        "<p>Join <span style='color:red'>us.</p><p>It is free.</p>",  # it ends with its paragraph
        "<div><span>Join us.<div>It is free.</div></div>",  # looks like nothing
        "<center><table><tr><td>Join us.</td></tr></table><p>It is free.</p>",  # holds them all
        "<p>May 5<sup>th</sup>, 10 m<sup>2</p><p>It is free.</p>",
        "{% if a %}<h1>{% else %}<h1 class='b'>{% endif %}Join</h1><p>It is free.</p>",
    ],
)
def test_formatting_that_ends_with_its_words(build: str) -> None:
    assert codes("formatting-markup", build) == []


@pytest.mark.parametrize(
    "build",
    [
        "<p>Some <b>words</p><p>bold from here on</p>",
        "<table><tr><td><p>Some <strong>words</p><p>more</p></td></tr></table>",
        "<div>Some <em>words</div>and more",
        "<ul><li><font color='red'>One</li><li>Two</li></ul>",
        "<h2>Title <i>of it</h2><p>Text</p>",
        "<h1>Title<p>Text</p>",
        "<table><tr><td><h2>Title<br><p>Text</p><p>More</p></td></tr></table><h2>One</h2>",
        "<div><span style='font-size:30px'>Titel<p>Der Text</p></div>",
        "<div><center>Titre<div>Le texte</div></div>",
        "<p>Offre jusqu'au 1<sup>er mai, et puis c'est fini.</p>",
        "<ul><li><h3>Uno<p>El texto</p></li><li>Dos</li></ul>",
    ],
)
def test_formatting_that_goes_on(build: str) -> None:
    assert codes("formatting-markup", build) == ["unclosed-formatting"]


@pytest.mark.parametrize(
    "build",
    [
        '<p style="color:red" class="a">x</p>',
        '<p style="color:red" style="color: red;">x</p>',
        '<p {% if a %}style="color:red"{% else %}style="color:blue"{% endif %}>x</p>',
        '<p title="style= class=">x</p>',
    ],
)
def test_attributes_that_count(build: str) -> None:
    assert codes("broken-markup", build) == []


@pytest.mark.parametrize(
    "build",
    [
        '<p style="color:red" style="margin:0">x</p>',
        '<p class="lead" id="a" class="big">x</p>',
        '<p><a href="https://a.example/" style="color:red" href="https://b.example/">x</a></p>',
        '<p>x<img src="a.png" alt="A" src="b.png"></p>',
    ],
)
def test_an_attribute_that_is_there_twice(build: str) -> None:
    assert codes("broken-markup", build) == ["repeated-attribute"]


@pytest.mark.parametrize(
    "plain",
    [
        "Join us <https://acme.example/a>",
        "1 < 2 and <3, <name@acme.example>",
        "Use a <tag> here",
        'Dear <span class="eloquaemail">First_Name1</span>,',
    ],
)
def test_a_plain_text_part_without_tags(plain: str) -> None:
    assert run_check("broken-markup", email={}, build="<p>Join us.</p>", plain=plain).codes == []


@pytest.mark.parametrize(
    "plain", ["<p>Join us.</p>", "Join us.<br/>Today", 'See <a href="https://acme.example/">it</a>', "<td>9</td>"]
)
def test_a_plain_text_part_that_shows_tags(plain: str) -> None:
    assert run_check("broken-markup", email={}, build="<p>Join us.</p>", plain=plain).codes == ["stray-markup"]


@pytest.mark.parametrize(
    "build",
    [
        "<table><tr><td>one{% include 'footer.html' %}",
        "{{> header}}<tr><td>one</td></tr></table>",
        "%%=ContentBlockByKey('top')=%%<p>one</p></td></tr></table>",
        "<table><tr><td>one</td></tr>{{content_blocks.${Footer}}}",
        '{% extends "base.html" %}one</td></tr></table>',
        "<table>{% include 'row_open.html' %}<p>one</p></td></tr></table>",
    ],
)
def test_the_other_half_of_a_table_may_be_in_a_block(build: str) -> None:
    answer = run_check("table-markup", email={}, build=build)
    assert answer.outcome is Outcome.REVIEW
    assert "which is not in the build" in answer.findings[0].message


@pytest.mark.parametrize(
    "build",
    [
        "{% include 'footer.html' %}<table><tr><td>one",
        "<tr><td>one</td></tr></table>{{> header}}",
        "<!-- {{> header}} --><tr><td>one</td></tr></table>",
        "<table><tr><td>one{{ first_name }}",
        "{% include 'styles.css' %}one</td></tr></table>",
    ],
)
def test_a_block_on_the_other_side_does_not_help(build: str) -> None:
    assert run_check("table-markup", email={}, build=build).outcome is Outcome.FAILED
