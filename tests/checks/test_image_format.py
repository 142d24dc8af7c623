"""The check of picture formats."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from qa.finding import Outcome
from qa.profile.model import Profile
from qa.testing import Answer, picture, run_check
from tests.told import codes


def asked(src: str, files: dict[str, Any] | None = None, **options: object) -> Answer:
    profile = Profile(options={"image-formats": options})
    return run_check("image-formats", email={}, build=f'<p><img src="{src}" alt="A"></p>', files=files, profile=profile)


def animation(form: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


@pytest.mark.parametrize(
    "name", ["a.png", "a.jpg", "a.JPEG?w=600", "a.gif", "a", "a.php?f=a.webp", "{{my.Hero}}.webp"[:11]]
)
def test_formats_everybody_shows(name: str) -> None:
    assert asked(f"https://acme.example/{name}").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("name", "loser"),
    [
        ("a.webp", "Outlook on Windows"),
        ("a.avif?w=600", "Outlook on Windows"),
        ("a.SVG", "Gmail on the web"),
        ("a.heic", "Outlook on the web"),
        ("a.tiff", "Outlook on Windows"),
        ("a.bmp", "Gmail on the web"),
        ("a.ico", "Outlook on Windows"),
        ("a.mp4", "Gmail on the web"),
    ],
)
def test_formats_some_do_not_show(name: str, loser: str) -> None:
    (finding,) = asked(f"https://acme.example/{name}").findings
    assert finding.code == "unsupported-format"
    assert loser in finding.message
    assert "data of 20" in finding.message


def test_the_content_counts_not_the_name() -> None:
    assert asked("a.png", {"build/a.png": picture(9, 9, "x", "webp")}).codes == ["unsupported-format"]
    assert asked("a.webp", {"build/a.webp": picture(9, 9, "x", "png")}).outcome is Outcome.PASSED


def test_the_mix_decides() -> None:
    build = '<p><img src="https://acme.example/a.webp" alt="A"></p>'
    profile = Profile(clients={"gmail-web": 60, "apple-mail-ios": 40})
    assert run_check("image-formats", email={}, build=build, profile=profile).outcome is Outcome.PASSED
    assert asked("https://acme.example/a.webp", share=50.0).outcome is Outcome.PASSED


def test_a_picture_in_the_html_itself_is_told_once() -> None:
    import base64

    src = "data:image/webp;base64," + base64.b64encode(picture(9, 9, "x", "webp")).decode()
    assert asked(src).codes == ["embedded-picture", "unsupported-format"]
    written = {"build": f'<img src="{src}">', "email": {}}
    assert codes("image-formats", **written) == ["embedded-picture"]
    assert codes("image-formats", **written, off=("embedded-picture",)) == ["unsupported-format"]


@pytest.mark.parametrize("form", ["gif", "png"])
def test_an_animation_stands_still_in_outlook(form: str) -> None:
    answer = asked(f"a.{form}", {f"build/a.{form}": animation(form)})
    assert answer.codes == ["animated-outlook"]
    assert "2 frames" in answer.findings[0].message


def test_a_picture_used_twice_is_told_once_and_a_broken_one_as_broken() -> None:
    build = '<img src="https://a.example/a.svg"><img src="https://a.example/a.svg"><img src="b.webp">'
    answer = run_check("image-formats", email={}, build=build)
    assert answer.codes == ["unsupported-format", "unsupported-format"]
    assert "(2 times)" in answer.findings[0].message
    assert codes("image-formats", "image-files", email={}, build=build) == ["broken-image", "unsupported-format"]


def test_pictures_of_one_format_are_one_finding() -> None:
    both = '<img src="https://a.example/a.svg"><img src="https://a.example/b.svg"><img src="https://a.example/a.svg">'
    first, second = run_check("image-formats", email={}, build=f'{both}<img src="https://a.example/c.webp">').findings
    assert first.message.startswith("2 pictures are in the format SVG, which Gmail on the web")
    assert first.message.endswith("): “a.svg” (2 times) and “b.svg”.")
    assert first.each == ("a.svg https://a.example/a.svg", "b.svg https://a.example/b.svg")
    assert second.message.startswith("The picture “c.webp” is in the format webP")
    files = {"build/a.gif": animation("gif"), "build/b.gif": animation("gif")}
    (moving,) = run_check("image-formats", email={}, build='<img src="a.gif"><img src="b.gif">', files=files).findings
    said = "2 pictures move: “a.gif” and “b.gif”; Outlook on Windows shows the first frame of each alone."
    assert moving.message == said


def test_what_only_outlook_reads_is_judged_by_it_alone() -> None:
    build = '<!--[if mso]><img src="https://a.example/a.svg"><![endif]--><p>Hi</p>'
    assert run_check("image-formats", email={}, build=build).outcome is Outcome.PASSED


def test_nothing_to_look_at() -> None:
    assert run_check("image-formats", email={}, build="<p>Hi</p>").outcome is Outcome.SKIPPED
