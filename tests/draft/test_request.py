"""Does a drafted request load, pass on the build it was drafted from, and catch what is changed afterwards?"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa.build.assets import loose_asset
from qa.build.campaign import Campaign
from qa.cli.command_line import main
from qa.draft.request import draft
from qa.finding import Result, Severity, Unusable
from qa.profile.model import Profile
from qa.request import AskedAsset, AskedEmail, AskedPage, Request, load_request, unwritten
from qa.verdict.judge import conclude
from tests.running import run

FIXTURES = Path(__file__).parents[2] / "fixtures"
BUILDS = sorted(file for file in FIXTURES.glob("*/build/*") if file.suffix in (".html", ".eml"))
PROFILE = Profile(render=False, skip=("phone-overflow",))


def _codes(results: Iterable[Result], *, reviews: bool = False) -> Counter[str]:
    """Findings of warning and above; with those a person must decide, where these are the ones to be held against."""
    weighed = conclude(results, PROFILE, (), date.today()).results
    shown = [judged for weight in weighed for judged in weight.judged]
    heavy = (judged.finding for judged in shown if judged.severity is not Severity.INFO)
    return Counter(finding.code for finding in heavy if reviews or not finding.review)


def _without_request(build: Path, kind: str | None = None) -> Counter[str]:
    loose = Campaign(build.parent, build.name, loose=build)
    request = unwritten(kind or loose_asset(build).kind, build.name, build.name)
    return _codes(run(loose, request, PROFILE).results, reviews=True)


def _new(folder: Path, builds: list[Path], kind: str | None = None) -> tuple[Request, Counter[str]]:
    """The drafted request, and what a run with it says that runs without a request do not."""
    (folder / "request.yaml").write_text(draft(builds, folder=folder, kind=kind), "utf-8")
    request = load_request(folder)
    said = sum((_without_request(build, kind) for build in builds), Counter[str]())
    # A draft takes the language from the text. Where the lang attribute is wrong, the loose run said so by another name.
    said["wrong-language"] += said["mislabelled-language"]
    return request, _codes(run(Campaign(folder, folder.name), request, PROFILE).results) - said


def _email(folder: Path, html: str, sidecar: Mapping[str, Any] | None = None, name: str = "invite.html") -> AskedEmail:
    """The email of a draft from a small build, after it was seen that the draft loads and passes."""
    request, new = _small(folder, html, sidecar, name)
    assert not new
    return request.emails[0]


def _small(
    folder: Path, html: str, sidecar: Mapping[str, Any] | None = None, name: str = "invite.html", kind: str = "email"
) -> tuple[Request, Counter[str]]:
    build = folder / "build" / name
    build.parent.mkdir(exist_ok=True)
    build.write_text(html, "utf-8")
    if sidecar is not None:
        (build.parent / "invite.envelope.yaml").write_text(json.dumps(sidecar, ensure_ascii=False), "utf-8")
    return _new(folder, [build], kind)


def _page(folder: Path, html: str) -> AskedPage:
    request, new = _small(folder, html, kind="page")
    assert not new
    return request.pages[0]


# ------------------------------------------------------------------------------------------------- whole campaigns


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: f"{build.parent.parent.name}-{build.name}")
def test_a_draft_loads_and_says_nothing_new_of_its_build(build: Path, tmp_path: Path) -> None:
    shutil.copytree(build.parent, tmp_path / "build")
    request, new = _new(tmp_path, [tmp_path / "build" / build.name])
    assets: list[AskedAsset] = [*request.emails, *request.pages]
    (asset,) = assets
    assert (asset.name, asset.build, new) == (build.stem, f"build/{build.name}", {})
    assert asset.wording and asset.images


@pytest.mark.parametrize("campaign", ["spring-webinar-clean", "spring-webinar-demo", "summer-variants"])
def test_several_builds_make_one_request(campaign: str, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / campaign / "build", tmp_path / "build")
    builds = sorted((tmp_path / "build").glob("*.html"))
    request, new = _new(tmp_path, builds)
    assert ([email.name for email in request.emails], new) == ([build.stem for build in builds], {})
    assert bool(request.legal.must_include) is campaign.startswith(
        "spring"
    )  # the other prints its address by merge tag


def test_what_is_changed_after_the_draft_is_found(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "spring-webinar-clean" / "build", tmp_path / "build")
    build = tmp_path / "build" / "invite.html"
    request, new = _new(tmp_path, [build])
    assert not new
    html = build.read_text("utf-8")
    email = request.emails[0]
    assert email.links and email.images and email.wording
    link, copy = email.links[-1], max(email.wording, key=lambda block: len(block.text))
    assert copy.text in html
    html = html.replace(link.url, link.url + "-winter").replace(copy.text, copy.text.replace(" the ", " no ", 1))
    build.write_text(html.replace("utm_campaign=", "utm_campaign=old-", 1), "utf-8")
    sidecar = build.with_name("invite.envelope.yaml")
    assert email.subject
    sidecar.write_text(sidecar.read_text("utf-8").replace(email.subject, "Another subject line"), "utf-8")
    found = _codes(run(Campaign(tmp_path, "changed"), request, PROFILE).results)
    assert {"wrong-destination", "changed-copy", "wrong-tracking", "wrong-subject"} <= set(found)


def test_the_draft_says_what_to_correct(tmp_path: Path) -> None:
    build = tmp_path / "invite.html"
    build.write_text("<p>Join us on Tuesday.</p><a href='mailto:a@acme.example'>Write</a>", "utf-8")
    text = draft([build])
    assert text.startswith("# A first draft of a request")
    for said in ("by hand", "no build shows it", "# platform:", "# from:", "# reply_to:", "# images:", "“Write”"):
        assert said in text


# ------------------------------------------------------------------------------------------------------------ texts

ODD = [
    'He said: "Yes" – it\'s fine',
    "Price: €49 # not a comment",
    "{{lead.First Name:default=Hi}}, save your seat",
    "*|FNAME|*, 20% off & more",
    "🎉 Party 👩‍👩‍👧 tonight, all of us",
    "- dash in front of it",
    "> quoted *and* starred _and_ `ticked`",
    "# no heading at all",
    "null",
    "2026-03-24",
    "[Read this] (first) now",
    "C:\\path\\to nowhere special",
    "a | b | c and others",
    "@here !now %25 ~ ? : ,",
    "1. Number in front of it",
    "Read our brief.md",
    "Ends with a colon:",
    "&amp; stays as it is",
    "שלום לכולם וברוכים הבאים",
    "今日は特別なお知らせがあります",
]


@pytest.mark.parametrize("text", ODD)
def test_every_text_survives(text: str, tmp_path: Path) -> None:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    lang = "he" if "ש" in text else "ja" if "今" in text else "en"
    html = f"<html lang='{lang}'><body><p>Before it all begins.</p><p>{shown}</p><img src='a.png' alt='{shown.replace(chr(39), '&#39;')}'></body></html>"
    email = _email(tmp_path, html, {"subject": text, "from": {"name": text, "address": "a@acme.example"}})
    assert email.subject == text
    assert email.sender and email.sender.name == text
    assert email.images and email.images[0].alt == text
    blocks = [block.text for block in email.wording or ()]
    assert len(text.split()) < 3 or text.endswith(".md") or text.lstrip("- ") in [b.lstrip("- ") for b in blocks]


def test_what_a_build_says_cannot_end_a_comment(tmp_path: Path) -> None:
    html = "<p>Join us on Tuesday.</p><a href='mailto:x'>Write\u2028id: evil\x85id: worse\nid: worst</a>"
    request, _ = _small(tmp_path, html)
    assert request.id == "invite"


def test_headings_keep_their_level_and_labels_are_no_copy(tmp_path: Path) -> None:
    html = (
        "<h1>Move faster in spring</h1><h3>What is new</h3><p>Join us <b>on Tuesday</b> at nine.</p><p>Hi</p>"
        "<p><a href='https://acme.example/a'>Save my own seat</a> | <a href='https://acme.example/b'>See all dates now</a></p>"
        "<div style='display:none'>Hidden text of the inbox</div><p>© 2026 Acme Ltd, all rights reserved</p>"
    )
    request, new = _small(tmp_path, html)
    blocks = [(block.level, block.text) for block in request.emails[0].wording or ()]
    assert blocks == [(1, "Move faster in spring"), (3, "What is new"), (0, "Join us on Tuesday at nine.")]
    assert (request.legal.must_include, new) == (("© 2026 Acme Ltd, all rights reserved",), {})


def test_repeated_copy_is_left_out(tmp_path: Path) -> None:
    html = "<p>Join us for the spring webinar</p><p>Join us for the spring webinar on Tuesday</p>"
    email = _email(tmp_path, html)
    assert [block.text for block in email.wording or ()] == ["Join us for the spring webinar on Tuesday"]


def test_copy_that_the_plain_text_part_has_otherwise_is_left_out(tmp_path: Path) -> None:
    message = (
        "Subject: Tickets\nFrom: Acme <a@acme.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/alternative; boundary="x"\n\n--x\nContent-Type: text/plain\n\n'
        "TICKETS FOR EVERYBODY TODAY\nTickets cost 29 euros until March.\n--x\nContent-Type: text/html\n\n"
        "<h1>Tickets for everybody today</h1><p>Tickets cost 49 euros until May.</p>\n--x--\n"
    )
    email = _email(tmp_path, message, name="invite.eml")
    assert [block.text for block in email.wording or ()] == ["Tickets for everybody today"]
    assert (email.subject, email.sender and email.sender.name) == ("Tickets", "Acme")


# ------------------------------------------------------------------------------------------------------------ links

A = "https://acme.example"


def test_links_are_named_once_and_counted(tmp_path: Path) -> None:
    html = f"<a href='{A}/a'>Book</a><a href='{A}/a'>Book</a><a href='{A}/b'>Book</a><a href='#'>Up</a>" + (
        f"<a href='{A}/c'><img src='c.png' alt='Our café'></a><a href='tel:1'>Call</a><a href='{A}/unsubscribe'>Unsubscribe</a>"
    )
    links = _email(tmp_path, html).links or ()
    assert [(link.text, link.url, link.times) for link in links] == [
        ("Book", f"{A}/a", 2),
        ("Book", f"{A}/b", None),
        ("Our café", f"{A}/c", None),
    ]


def test_a_mail_link_with_the_label_of_another_need_not_be_named(tmp_path: Path) -> None:
    html = f"<a href='{A}/contact'>Contact us</a><a href='mailto:a@acme.example'>Contact us</a>"
    assert [link.url for link in _email(tmp_path, html).links or ()] == [f"{A}/contact"]


def test_common_tracking_is_lifted(tmp_path: Path) -> None:
    utm = "utm_source=news&amp;utm_campaign=spring"
    html = (
        f"<a href='{A}/a?{utm}&amp;utm_content=hero'>Book</a><a href='{A}/b?x=1&amp;{utm}#top'>See</a>"
        "<a href='https://partner.example/c'>Partner</a>"
    )
    request, new = _small(tmp_path, html)
    links = request.emails[0].links or ()
    assert request.tracking and not new
    assert request.tracking.utm.parameters() == {"utm_source": "news", "utm_campaign": "spring"}
    assert request.tracking.exempt == ("partner.example",)
    assert [(link.url, link.utm.parameters()) for link in links] == [
        (f"{A}/a", {"utm_content": "hero"}),
        (f"{A}/b?x=1#top", {}),
        ("https://partner.example/c", {}),
    ]


def test_an_untracked_address_of_a_tracked_host_is_exempt_alone(tmp_path: Path) -> None:
    request, new = _small(tmp_path, f"<a href='{A}/a?utm_source=news'>Book</a><a href='{A}/b'>See</a>")
    assert request.tracking and request.tracking.exempt == (f"{A}/b",)
    assert not new


@pytest.mark.parametrize(
    "query", ["utm_source=", "utm_source=a&utm_source=b", "UTM_Source=a", "x?utm_source=a", "utm_source=a%20b"]
)
def test_tracking_nobody_can_read_is_not_asked_for(query: str, tmp_path: Path) -> None:
    request, new = _small(tmp_path, f"<a href='{A}/a?utm_source=news'>Book</a><a href='{A}/b?{query}'>See</a>")
    assert (request.tracking, new) == (None, {})


def test_a_link_few_readers_see_is_said(tmp_path: Path) -> None:
    html = f"<a href='{A}/a'>Book</a><!--[if mso]><v:rect href='{A}/old'><center>Book</center></v:rect><![endif]-->"
    request, new = _small(tmp_path, html)
    assert (request.emails[0].links, new) == (None, {})
    written = (tmp_path / "request.yaml").read_text("utf-8").replace("\n    # ", " ")
    assert "“Book” leads to https://acme.example/old where most readers do not see it" in written


def test_pictures_without_pixels_and_written_out_ones(tmp_path: Path) -> None:
    html = (
        f"<a href='{A}/a?utm_source=x'><img src='hero.png' alt='Two &quot;speakers&quot;'></a><img src='line.png' alt=''>"
        f"<img src='https://t.example/p.gif' width='1' height='1' alt=''><img src='data:image/png;base64,{'A' * 2000}' alt='x'>"
    )
    images = _email(tmp_path, html).images or ()
    assert [(i.src, i.alt, i.url) for i in images] == [
        ("hero.png", 'Two "speakers"', f"{A}/a"),
        ("line.png", "", None),
    ]


# ------------------------------------------------------------------------------------------------------------ tokens


def test_merge_tags_stand_as_built_without_broken_ones(tmp_path: Path) -> None:
    html = (
        "<p>Dear {{lead.First Name:default=friend}}, {{my.Event Date}} it is. {{lead.Last Name}</p>"
        "<a href='{{system.unsubscribeLink}}'>Unsubscribe</a>"
    )
    request, new = _small(tmp_path, html)
    tokens = request.emails[0].tokens
    assert (request.platform, tokens) == ("marketo", ("{{lead.First Name:default=friend}}", "{{my.Event Date}}"))
    assert not new


# ------------------------------------------------------------------------------------------------------------ pages

PAGE = f"""<!doctype html><html lang="en-GB"><head><title>Spring &amp; summer | Acme</title>
<meta name="description" content="Forty minutes: what's new"><meta name="robots" content="noindex">
<link rel="canonical" href="{A}/webinar"><script src="https://www.googletagmanager.com/gtm.js?id=GTM-ABC123"></script>
<!-- GTM-OLD999 --></head><body><h1>Move faster in spring</h1><form action="/go">
<label>Email* <input name="Email" type="email" required></label>
<label>Country <select name="Country"><option>UK</option><option>Norway</option></select></label>
<label><input type="checkbox" name="ok" checked> I agree to receive emails</label>
<input type="hidden" name="utm_source"><input type="hidden" name="formSource" value="no">
<input type="hidden" name="retURL" value="{A}/thanks"></form><form><input name="q"></form></body></html>"""


def test_the_head_of_a_page(tmp_path: Path) -> None:
    page = _page(tmp_path, PAGE)
    assert (page.title, page.description) == ("Spring & summer | Acme", "Forty minutes: what's new")
    assert (page.heading, page.robots, page.canonical) == ("Move faster in spring", "noindex", f"{A}/webinar")
    assert (page.tags, page.language) == (("GTM-ABC123",), "en-GB")


def test_the_form_of_a_page(tmp_path: Path) -> None:
    form = _page(tmp_path, PAGE).form
    assert form and form.fields and form.consent
    assert [(f.name, f.type, f.required, f.options) for f in form.fields] == [
        ("Email", "email", True, None),
        ("Country", "select", False, ("UK", "Norway")),
    ]
    assert form.hidden == {"utm_source": "query", "formSource": "no", "retURL": f"{A}/thanks"}
    assert (form.consent.text, form.consent.checked, form.thank_you) == (
        "I agree to receive emails",
        True,
        f"{A}/thanks",
    )
    assert "It is ticked from the start" in (tmp_path / "request.yaml").read_text("utf-8")


def test_a_form_whose_fields_have_no_names(tmp_path: Path) -> None:
    form = _page(tmp_path, "<h1>Hello</h1><form><input type='email' placeholder='Email'></form>").form
    assert form is None or form.fields is None


# ---------------------------------------------------------------------------------------------------- the command line


def test_it_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "invite.html").write_text(PAGE, "utf-8")
    assert main(["draft", str(tmp_path / "invite.html"), "--as", "email"]) == 0
    out = capsys.readouterr().out
    assert "\nemails:\n" in out and "    build: invite.html\n" in out


def test_it_is_written_and_nothing_is_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "invite.html").write_text(PAGE, "utf-8")
    out = tmp_path / "spring" / "request.yaml"
    line = ["draft", str(tmp_path / "invite.html"), "--out", str(out)]
    assert main(line) == 2  # no such folder
    out.parent.mkdir()
    assert main(line) == 0
    assert "build: build/invite.html" in out.read_text("utf-8")
    assert main(line) == 2
    assert "--force" in capsys.readouterr().err
    assert main([*line, "--force"]) == 0


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty.eml").write_bytes(b"")
    for name in ("none.html", "empty.eml"):
        with pytest.raises(Unusable):
            draft([tmp_path / name])


def test_a_large_hostile_build_is_drafted(tmp_path: Path) -> None:
    html = "<div>" * 3_000 + f"<p>{'#' * 50_000}</p><a href='{A}/?{'?' * 50_000}#{'#utm_' * 10_000}'>Go there now</a>"
    html += "".join(f"<p>Line number {n} of the text</p>" for n in range(3_000))
    request, _ = _small(tmp_path, html)
    assert len(request.emails[0].wording or ()) == 400


# ---------------------------------------------------------------------------------------------------------- real ones


@pytest.mark.corpus
def test_drafts_of_real_builds_load_and_say_nothing_new(corpus: Path, tmp_path: Path) -> None:
    emails, pages = sorted((corpus / "emails").rglob("*.htm*")), sorted((corpus / "landing").rglob("*.htm*"))
    sample = [(file, "email") for file in emails[:: len(emails) // 45]]
    sample += [(file, "page") for file in pages[:: len(pages) // 15]]
    for number, (file, kind) in enumerate(sample):
        folder = tmp_path / str(number)
        folder.mkdir()
        build = shutil.copy(file, folder / file.name)
        assert (file, _new(folder, [Path(build)], kind)[1]) == (file, {})


def test_short_lines_that_hold_a_fact_are_kept(tmp_path: Path) -> None:
    facts = ("24. März", "Nur 49 €", "Freitag", "9:00 Uhr", "-20 %")
    lines = "".join(f"<p>{line}</p>" for line in (*facts, "Hallo", "Mehr dazu", "Am 24. März beginnt der Verkauf"))
    email = _email(tmp_path, f'<html lang="de"><body>{lines}</body></html>')
    assert [block.text for block in email.wording or ()] == [*facts, "Am 24. März beginnt der Verkauf"]


GERMAN = "Seien Sie dabei, wenn wir Ihnen zeigen, was sich in diesem Jahr geändert hat und was das für Sie bedeutet."
FRENCH = (
    "Nous vous invitons à découvrir ce qui a changé cette année et ce que cela veut dire pour vous et pour les vôtres."
)


@pytest.mark.parametrize(
    ("html", "language"),
    [
        (f'<html lang="de"><body><p>{GERMAN}</p></body></html>', "de"),
        (f'<html lang="de-AT"><body><p>{GERMAN}</p></body></html>', "de-AT"),
        (f'<html lang="en"><body><p>{GERMAN}</p></body></html>', "de"),
        (f"<html><body><p>{FRENCH}</p></body></html>", "fr"),
        (f"<p>{FRENCH}</p>", None),
        ('<html lang="en"><body><p>Hallo Welt</p></body></html>', "en"),
        (
            '<html lang="ja"><body><p>年度の変更点と、皆さまにとっての意味を四十分でご紹介します。</p></body></html>',
            "ja",
        ),
    ],
)
def test_the_language_is_that_of_the_text(html: str, language: str | None, tmp_path: Path) -> None:
    request, _ = _small(tmp_path, html)
    assert request.language == language


@pytest.mark.parametrize(
    ("markup", "platform"),
    [
        ('<td class="mktoText" id="a">Hello</td>', "marketo"),
        ('<meta class="mktoString" id="b" default="x">', "marketo"),
        ('<a href="https://a.example/%mkt_opt_out_prefix%u?##MKT_TOK##">Out</a>', "marketo"),
        ('<div pardot-region="one">Hello</div>', "pardot"),
        ('<a href="%%view_online%%">View</a>', "pardot"),
        ('<img src="https://image.s11.exct.net/lib/x.png" alt="">', "sfmc"),
        ('<a href="https://click.s7.exacttarget.com/?qs=1">Go</a>', "sfmc"),
        ('<span class="hs_cos_wrapper">Hello</span>', "hubspot"),
        ("<singleline>Hello</singleline>", "campaign-monitor"),
        ('<td mc:edit="body">Hello</td>', "mailchimp"),
        ('<td data-editorblocktype="Text">Hello</td>', "dynamics"),
        ('<td class="mktoText"><div pardot-region="one">Hello</div></td>', None),
        ('<a href="https://a.example/?mkt_tok=abc">A link that was copied from another email</a>', None),
        ("<p>We moved from mktoText to pardot regions: singleline and multiline.</p>", None),
    ],
)
def test_the_platform_is_told_by_its_markup_and_hosts(markup: str, platform: str | None, tmp_path: Path) -> None:
    html = f'<html lang="en"><body><table role="presentation"><tr>{markup}</tr></table></body></html>'
    request, _ = _small(tmp_path, html)
    assert request.platform == platform
