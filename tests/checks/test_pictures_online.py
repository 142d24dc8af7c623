"""Pictures that a build names by URL: fetched when online, and found beside the build when not."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from qa.build.campaign import Campaign
from qa.finding import Finding, Outcome
from qa.profile.model import Profile
from qa.run import answers, plan, session
from qa.testing import picture, run_check, write_campaign
from tests.probing.site import Page, Site

URL = "https://cdn.acme.example/mail/hero.png?v=3"
BUILD = f'<p>Hi<img src="{URL}" width="600" height="300" alt="Speakers"></p>'
ASKED = {"images": [{"src": "hero.png", "asset": "assets/hero.png"}]}
HERO, SNOW = picture(600, 300, "hero"), picture(600, 300, "snow")
PNG = {"content-type": "image/png"}


def test_a_picture_that_is_there() -> None:
    answer = run_check("image-files", build=BUILD, email={}, web={URL: {"headers": PNG, "body": HERO}})
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ({"status": 404}, "the server answers 404 (not found)"),
        ({"status": 410}, "the server answers 410 (gone)"),
        ({"status": 503}, "the server answers 503"),
        ({"failure": "dns", "said": "there is no such server name"}, "there is no such server name"),
        ({"headers": {"content-type": "text/html"}, "body": "<title>Log in</title>"}, "it is not a picture"),
        ({"headers": PNG, "body": HERO[:300]}, "the picture is cut off"),
        ({"headers": PNG, "body": ""}, "the file is empty"),
    ],
)
def test_a_picture_that_is_not_there(page: dict[str, object], said: str) -> None:
    (finding,) = run_check("image-files", build=BUILD, email={}, web={URL: page}).findings
    assert finding.code == "broken-image"
    assert said in finding.message


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_wall_says_nothing_about_the_picture(status: int) -> None:
    answer = run_check("image-files", build=BUILD, email={}, web={URL: {"status": status}})
    assert (answer.outcome, answer.codes) == (Outcome.SKIPPED, [])
    assert f"the server answers a robot {status}" in answer.reason


def test_what_is_fetched_is_compared_and_measured() -> None:
    files = {"assets/hero.png": HERO}
    for body, codes in ((HERO, []), (SNOW, ["wrong-picture"])):
        web = {URL: {"headers": PNG, "body": body}}
        assert run_check("image-picture", build=BUILD, email=ASKED, files=files, web=web).codes == codes
    small = {URL: {"headers": PNG, "body": picture(300, 150, "hero")}}
    assert run_check("image-resolution", build=BUILD, email={}, web=small).codes == ["low-resolution"]


def test_what_counts_who_opens_the_email_is_not_fetched() -> None:
    build = '<p>Hi<img src="https://t.acme.example/open?m=1" width="1" height="1" alt=""></p>'
    web = {"https://t.acme.example/open?m=1": {"status": 404}}
    assert run_check("image-files", build=build, email={}, web=web).codes == []


def asked_of(site: Site, build: str, folder: Path, *, online: bool) -> list[Finding]:
    write_campaign(folder, build=build, email={})
    profile = replace(Profile(), only=("image-files",), online=online, allow_private=("127.0.0.1",), render=False)
    with (told := session(profile)).resources:
        results = answers(plan(told, Campaign(folder, folder.name)))
    assert all(result.outcome is not Outcome.BROKEN for result in results)
    return [finding for result in results for finding in result.findings]


@pytest.fixture
def site() -> Site:
    kind = {"Content-Type": "image/png"}
    pages = {
        "/hero.png": Page(headers=kind, body=HERO),
        "/gone.png": Page(404),
        "/cut.png": Page(200, kind, HERO, "short"),
    }
    return Site(pages)


def test_each_picture_is_asked_once_on_a_real_server(site: Site, tmp_path: Path) -> None:
    with site:
        build = f'<p>Hi<img src="{site.url}/hero.png" alt="a"><img src="{site.url}/hero.png" alt="b">'
        build += (
            f'<img src="{site.url}/gone.png" alt="c"></p><style>p {{background: url("{site.url}/back.png")}}</style>'
        )
        found = asked_of(site, build, tmp_path, online=True)
        assert {(each.code, each.actual) for each in found} == {
            ("broken-image", f"{site.url}/gone.png"),
            ("broken-image", f"{site.url}/back.png"),  # a page, and no picture
        }
        assert site.counted == {"/hero.png": 1, "/gone.png": 1, "/back.png": 1}
        assert all(each["Sec-Fetch-Dest"] == "image" for each in site.headers)


def test_offline_nothing_is_asked(site: Site, tmp_path: Path) -> None:
    with site:
        build = f'<p>Hi<img src="{site.url}/hero.png" srcset="{site.url}/2x.png 2x" alt="a"></p>'
        assert asked_of(site, build, tmp_path, online=False) == []
        assert site.asked == []


def test_private_networks_are_not_asked(site: Site, tmp_path: Path) -> None:
    with site:
        write_campaign(tmp_path, build=f'<p>Hi<img src="{site.url}/gone.png" alt="a"></p>', email={})
        profile = replace(Profile(), only=("image-files",), online=True, render=False)
        with (told := session(profile)).resources:
            results = answers(plan(told, Campaign(tmp_path, "a")))
            (result,) = [each for each in results if each.outcome is Outcome.SKIPPED and "private" in each.reason]
        assert site.asked == []
        assert "allow_private" in result.reason


NEARBY = ["build/asset_files/hero.png", "build/images/hero.png", "build/asset-Dateien/hero.png", "build/media/Hero.PNG"]


@pytest.mark.parametrize("place", NEARBY)
def test_offline_a_folder_beside_the_build_has_the_picture(place: str) -> None:
    files = {"assets/hero.png": HERO, place: SNOW}
    (finding,) = run_check("image-picture", build=BUILD, email=ASKED, files=files).findings
    assert (finding.code, finding.review, finding.actual) == ("wrong-picture", False, place)


def test_offline_a_zip_beside_the_build_has_the_picture() -> None:
    for seed, codes in ((HERO, []), (SNOW, ["wrong-picture"])):
        files = {"assets/hero.png": HERO, "build/images.zip": zipped({"export/hero.png": seed, "notes.txt": b"x"})}
        assert run_check("image-picture", build=BUILD, email=ASKED, files=files).codes == codes


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04broken"])
def test_a_zip_that_cannot_be_read_holds_no_picture(content: bytes) -> None:
    files = {"assets/hero.png": HERO, "build/images.zip": content}
    (finding,) = run_check("image-picture", build=BUILD, email=ASKED, files=files).findings
    assert finding.review


def test_another_name_is_another_picture() -> None:
    files = {"assets/hero.png": HERO, "build/images/footer.png": SNOW}
    (finding,) = run_check("image-picture", build=BUILD, email=ASKED, files=files).findings
    assert finding.review


def zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_the_views_show_what_lies_beside_the_build(browser: None, tmp_path: Path) -> None:
    from qa.artefacts import Rendering

    write_campaign(
        tmp_path, build=f'<body style="margin:0"><img src="{URL}" width="600" height="300" alt="x">', email={}
    )
    (tmp_path / "build/images").mkdir()
    (tmp_path / "build/images/hero.png").write_bytes(solid("#c02040"))
    profile = replace(Profile(), views=("desktop",), cache=False)
    with (told := session(profile)).resources:
        (subject,) = [each for each in plan(told, Campaign(tmp_path, "a")).subjects if each.kind == "email"]
        screenshot = subject.get(Rendering).screenshots[0]
    with Image.open(BytesIO(screenshot.png)) as drawn:
        colours = {colour for _, colour in drawn.convert("RGB").getcolors(1 << 24) or []}
    assert (0xC0, 0x20, 0x40) in colours


def solid(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (600, 300), colour).save(out, "PNG")
    return out.getvalue()


HIDDEN = [
    '<img src="{}" alt="a">',
    '<img src="https://www.acme.example/a.png" srcset="{} 2x" alt="a">',
    '<picture><source srcset="{}"><img src="https://www.acme.example/a.png" alt="a"></picture>',
    '<table><tr><td background="{}">Hi</td></tr></table>',
    '<div style="background-image: url({})">Hi</div>',
    '<style>.hero {{background: url("{}") no-repeat}}</style><p class="hero">Hi</p>',
    '<video poster="{}"></video>',
    '<!--[if mso]><v:rect xmlns:v="urn:schemas-microsoft-com:vml"><v:fill type="frame" src="{}"/></v:rect><![endif]-->',
]


@pytest.mark.parametrize("markup", HIDDEN)
@pytest.mark.parametrize(
    "address", ["http://localhost:3000/hero.png", "https://staging.acme.example/hero.png", "http://10.0.0.7/hero.png"]
)
def test_a_picture_on_a_host_no_reader_reaches(markup: str, address: str) -> None:
    build = f"<p>Hello</p>{markup.format(address)}"
    (finding,) = run_check("image-hosts", build=build, email={}).findings
    assert (finding.code, finding.actual) == ("staging-picture", address)


@pytest.mark.parametrize("markup", HIDDEN)
def test_a_picture_that_readers_reach(markup: str) -> None:
    build = f"<p>Hello</p>{markup.format('https://cdn.acme.example/hero.png')}"
    assert run_check("image-hosts", build=build, email={}).codes == []


@pytest.mark.parametrize("markup", HIDDEN)
def test_every_picture_is_asked_for_wherever_it_stands(markup: str) -> None:
    build = f"<p>Hello</p>{markup.format(URL)}"
    web = {URL: {"status": 404}, "https://www.acme.example/a.png": {"headers": PNG, "body": HERO}}
    (finding,) = run_check("image-files", build=build, email={}, web=web).findings
    assert (finding.code, finding.actual) == ("broken-image", URL)
