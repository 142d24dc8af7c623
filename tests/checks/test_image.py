"""Pictures against the request: there, shown, the right ones, sharp, light, described, linked."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw

from qa.finding import Outcome, Severity
from qa.profile.model import Profile
from qa.testing import Answer, picture, run_check
from tests.told import campaign_told, codes

HERO = {"picture": [600, 300, "hero"]}


def ask(check: str, build: str, images: list[dict[str, Any]] | None = None, **more: Any) -> Answer:
    return run_check(check, email={} if images is None else {"images": images}, build=build, **more)


def test_asked_pictures_that_are_there() -> None:
    answer = ask(
        "image-presence",
        '<p><img src="images/hero.png"></p>',
        [{"src": "hero.png"}],
        files={"build/images/hero.png": HERO},
    )
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])


def test_an_asked_picture_that_is_not_there() -> None:
    answer = ask("image-presence", "<p>Hello</p>", [{"src": "hero.png", "alt": "Speakers"}])
    (finding,) = answer.findings
    assert (finding.code, finding.expected) == ("missing-image", "hero.png")
    assert finding.request is not None and finding.request.file == "request.yaml"


def test_without_asked_pictures_nothing_is_missing() -> None:
    answer = ask("image-presence", "<p>Hello</p>")
    assert (answer.outcome, answer.reason) == (Outcome.SKIPPED, "the request does not say")


@pytest.mark.parametrize(
    "src",
    [
        "hero.png",
        "./hero.png",
        "hero.png?v=2",
        "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
    ],
)
def test_pictures_that_can_be_shown(src: str) -> None:
    assert ask("image-files", f'<img src="{src}">', files={"build/hero.png": HERO}).codes == []


@pytest.mark.parametrize(
    ("src", "content", "said"),
    [
        ("hero.png", picture(60, 30, "x")[:200], "“hero.png” cannot be shown"),
        ("hero.png", b"", "“hero.png” cannot be shown"),
        ("other.png", b"x", "“other.png” cannot be shown"),
        ("", b"x", "A picture has no address."),
        ("cid:logo", b"x", "“cid:logo” cannot be shown"),
        ("../../secret.png", b"x", "cannot be shown"),
    ],
    ids=["truncated", "empty file", "missing", "no address", "no such part", "outside the campaign"],
)
def test_pictures_that_cannot_be_shown(src: str, content: bytes, said: str) -> None:
    (finding,) = ask("image-files", f'<p><img src="{src}"></p>', files={"build/hero.png": content}).findings
    assert finding.code == "broken-image"
    assert said in finding.message and finding.message.endswith(".")


def test_one_missing_file_is_one_finding() -> None:
    answer = ask("image-files", '<img src="a.png"><img src="a.png"><img src="a.png">')
    assert [finding.message for finding in answer.findings] == [
        "The picture “a.png” (3 times) cannot be shown: there is no such file. "
        "In an email, a picture needs a web address, unless the platform takes it along in a zip file."
    ]


def test_pictures_that_are_missing_are_one_finding() -> None:
    build = '<img src="img/a.png"><img src="img/b.png"><img src="img/a.png"><img src="other/c.png">'
    assert [finding.message for finding in run_check("image-files", build=build, page={}).findings] == [
        "3 pictures cannot be shown, “img/a.png” (2 times), “img/b.png” and “other/c.png”: there is no such file.",
    ]


def test_what_stands_beside_the_folder_of_a_page_is_for_a_person() -> None:
    build = '<img src="../../assets/hero.png">'
    assert run_check("image-files", page={}, build=build).outcome is Outcome.REVIEW
    (finding,) = run_check("image-files", page={}, build=build + '<img src="../../assets/b.png">').findings
    assert finding.message == (
        "2 pictures cannot be shown, “../../assets/hero.png” and “../../assets/b.png”: the address leads out of the "
        "campaign folder; only files inside it are read."
    )
    assert ask("image-files", build).outcome is Outcome.FAILED


def test_pictures_on_the_web_are_not_passed() -> None:
    two = '<img src="https://img.acme.example/a.png"><img src="https://img.acme.example/b.png">'
    answer = ask("image-files", two)
    assert answer.outcome is Outcome.SKIPPED
    assert answer.reason == "all 2 pictures are on the web; they are not looked up offline"
    assert ask("image-files", '<img src="{{my.Hero}}">').outcome is Outcome.SKIPPED
    assert ask("image-files", "<p>None</p>").reason == "the build has no pictures"


def test_a_picture_is_the_approved_one_at_any_size_and_in_any_format() -> None:
    files = {"build/hero.jpg": HERO, "assets/hero.png": {"picture": [1200, 600, "hero"]}}
    answer = ask(
        "image-picture", '<img src="hero.jpg">', [{"src": "hero.jpg", "asset": "assets/hero.png"}], files=files
    )
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])


@pytest.mark.parametrize("scale", [0.5, 0.35])
@pytest.mark.parametrize(
    ("drawn", "kind"),
    [("portrait", "PNG"), ("portrait", "JPEG"), ("icon", "PNG"), ("icon", "JPEG"), ("white logo", "PNG")],
)
def test_a_picture_of_few_shapes_is_the_approved_one_at_half_its_size(scale: float, drawn: str, kind: str) -> None:
    asset = DRAWN[drawn]
    small = asset.resize((round(asset.width * scale), round(asset.height * scale)), Image.Resampling.LANCZOS)
    files = {"build/hero.png": _encoded(small, kind), "assets/hero.png": _encoded(asset, "PNG")}
    wanted = [{"src": "hero.png", "asset": "assets/hero.png"}]
    answer = ask("image-picture", '<p><img src="hero.png"></p>', wanted, files=files)
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])


def test_two_portraits_before_the_same_wall_are_two_pictures() -> None:
    files = {"build/a.png": _encoded(DRAWN["portrait"], "PNG"), "assets/a.png": _encoded(DRAWN["colleague"], "PNG")}
    wanted = [{"src": "a.png", "asset": "assets/a.png"}]
    assert ask("image-picture", '<p><img src="a.png"></p>', wanted, files=files).codes == ["wrong-picture"]


def _portrait(skin: str, shirt: str) -> Image.Image:
    image = Image.new("RGBA", (560, 560), "#e8e4da")
    draw = ImageDraw.Draw(image)
    draw.ellipse((80, 400, 480, 800), fill=shirt)
    draw.ellipse((190, 130, 370, 350), fill=skin)
    return image


def _icon() -> Image.Image:
    image = Image.new("RGBA", (96, 96), "#1a4a7a")
    ImageDraw.Draw(image).ellipse((28, 28, 68, 68), outline="white", width=6)
    return image


def _white_logo() -> Image.Image:
    image = Image.new("RGBA", (400, 120), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 100, 100), fill="white")
    draw.rectangle((130, 50, 380, 70), fill="white")
    return image


def _encoded(image: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    on_white = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    (on_white if kind == "JPEG" else image).save(out, kind, **({"quality": 60} if kind == "JPEG" else {}))
    return out.getvalue()


DRAWN = {
    "portrait": _portrait("#8d5a3a", "#b2384c"),
    "colleague": _portrait("#8d5a3a", "#2c6b57"),
    "icon": _icon(),
    "white logo": _white_logo(),
}


def test_another_picture_under_the_same_name() -> None:
    files = {"build/hero.png": {"picture": [600, 300, "winter"]}, "assets/hero.png": HERO}
    (finding,) = ask(
        "image-picture", '<img src="hero.png">', [{"src": "hero.png", "asset": "assets/hero.png"}], files=files
    ).findings
    assert (finding.code, finding.expected, finding.actual) == ("wrong-picture", "assets/hero.png", "build/hero.png")


@pytest.mark.parametrize(
    ("src", "files", "said"),
    [
        ("https://img.acme.example/hero.png", {"assets/hero.png": HERO}, "on the web"),
        ("hero.png", {"build/hero.png": HERO}, "cannot be read"),
    ],
    ids=["on the web", "nothing approved"],
)
def test_what_cannot_be_compared_is_for_a_person(src: str, files: dict[str, Any], said: str) -> None:
    answer = ask("image-picture", f'<img src="{src}">', [{"src": "hero.png", "asset": "assets/hero.png"}], files=files)
    assert answer.outcome is Outcome.REVIEW
    assert said in answer.findings[0].message and "compare them by eye" in answer.findings[0].message


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="hero.png" width="600">',
        '<img src="hero.png" width="300">',
        '<img src="hero.png" style="width:600px">',
        '<img src="dot.png" width="600">',
    ],
    ids=["as wide", "narrower", "by style", "a spacer"],
)
def test_pictures_with_enough_pixels(tag: str) -> None:
    assert (
        ask("image-resolution", tag, files={"build/hero.png": HERO, "build/dot.png": {"picture": [1, 1, "x"]}}).codes
        == []
    )


def test_a_picture_a_few_pixels_short_is_sharp_enough() -> None:
    files = {"build/hero.png": {"picture": [397, 200, "hero"]}}
    assert ask("image-resolution", '<p><img src="hero.png" width="400"></p>', files=files).codes == []
    assert ask("image-resolution", '<p><img src="hero.png" width="420"></p>', files=files).codes == ["low-resolution"]


def test_pictures_with_too_few_pixels() -> None:
    (finding,) = ask("image-resolution", '<img src="hero.png" width="640">', files={"build/hero.png": HERO}).findings
    assert (finding.code, finding.expected, finding.actual) == ("low-resolution", "640 px", "600 px")
    assert "600 px wide and is shown 640 px wide" in finding.message


def test_a_team_can_ask_for_double_density() -> None:
    profile = Profile(options={"image-resolution": {"ratio": 2}})
    build, files = '<img src="hero.png" width="400">', {"build/hero.png": HERO}
    assert ask("image-resolution", build, files=files).codes == []
    assert ask("image-resolution", build, files=files, profile=profile).codes == ["low-resolution"]


def test_light_pictures() -> None:
    assert ask("image-weight", '<img src="hero.png">', files={"build/hero.png": HERO}).outcome is Outcome.PASSED


def test_one_heavy_picture_is_told_once() -> None:
    files = {"build/hero.bmp": {"picture": [800, 600, "hero"]}}  # 1.4 MB
    written = {"build": '<img src="hero.bmp"><img src="hero.bmp">', "email": {}, "files": files}
    (shown,) = campaign_told("image-weight", **written)
    assert (shown.finding.code, shown.finding.actual) == ("heavy-image", "1.4 MB")
    (shown,) = campaign_told("image-weight", **written, profile=Profile(severities={"heavy-image": None}))
    assert (shown.finding.code, shown.finding.actual) == ("heavy-images", "1.4 MB")


def test_many_pictures_are_heavy_together() -> None:
    names = [f"{number}.bmp" for number in range(3)]
    files = {f"build/{name}": {"picture": [400, 300, name]} for name in names}  # 0.36 MB each
    build = "".join(f'<img src="{name}">' for name in names)
    answer = ask("image-weight", build, files=files)
    assert answer.codes == ["heavy-images"]
    assert answer.findings[0].actual == "1.1 MB"
    assert run_check("image-weight", page={}, build=build, files=files).codes == []


@pytest.mark.parametrize(
    "build",
    [
        '<img src="a.png" alt="Speakers">',
        '<img src="a.png" alt="">',
        '<img src="https://t.acme.example/open" width="1" height="1">',
        '<div style="display:none"><img src="a.png"></div>',
        '<a href="https://www.acme.example"><img src="a.png" alt=""> Save my seat</a>',
    ],
    ids=["described", "decoration", "tracking pixel", "hidden", "a link with words"],
)
def test_pictures_that_need_no_more_words(build: str) -> None:
    assert ask("image-alt", build).codes == []


@pytest.mark.parametrize(
    ("build", "said"),
    [
        ('<img src="i/a.png">', "The picture “a.png” has no alternative text."),
        ('<img src="a.png"><img src="a.png">', "The picture “a.png” (2 times) has no alternative text."),
        (
            '<a href="https://www.acme.example"><img src="a.png" alt=""></a>',
            "The picture “a.png” is a link, and its alternative text is empty.",
        ),
    ],
)
def test_pictures_without_words(build: str, said: str) -> None:
    answer = ask("image-alt", f"<p>{build}</p>")
    assert [(finding.code, finding.message) for finding in answer.findings] == [("missing-alt", said)]


def test_pictures_without_words_are_told_together() -> None:
    bare = '<img src="i/a.png">\n<img src="i/b.png">\n<img src="i/a.png">\n'
    linked = '<a href="https://www.acme.example"><img src="c.png" alt=""></a>\n' * 2
    other = '<a href="https://www.acme.example/d"><img src="d.png" alt=""></a>'
    bare_ones, linked_ones = ask("image-alt", bare + linked + other).findings
    assert bare_ones.message == "2 pictures have no alternative text: “a.png” (2 times) and “b.png” (lines 1, 2, 3)."
    assert bare_ones.each == ("i/a.png", "i/b.png")
    said = "2 pictures are links, and their alternative texts are empty: “c.png” (2 times) and “d.png” (lines 4, 5, 6)."
    assert linked_ones.message == said and "where the link leads" in linked_ones.fix
    many = "".join(f'<img src="{number}.png">' for number in range(40))
    (finding,) = ask("image-alt", many).findings
    assert "“7.png” and 32 more." in finding.message and len(finding.each) == 40


@pytest.mark.parametrize("alt", ["The two speakers", " The  two speakers "])
def test_the_alternative_text_that_was_asked_for(alt: str) -> None:
    assert ask("image-alt", f'<img src="a.png" alt="{alt}">', [{"src": "a.png", "alt": "The two speakers"}]).codes == []


@pytest.mark.parametrize("tag", ['<img src="a.png" alt="Speakers">', '<img src="a.png" alt="">', '<img src="a.png">'])
def test_another_alternative_text_is_told_once(tag: str) -> None:
    asked = {"images": [{"src": "a.png", "alt": "The two speakers"}]}
    (shown,) = campaign_told("image-alt", "alt-quality", build=tag, email=asked)
    assert (shown.finding.code, shown.finding.expected) == ("wrong-alt", "The two speakers")


def test_without_the_comparison_a_picture_is_still_without_words() -> None:
    asked = {"images": [{"src": "a.png", "alt": "The two speakers"}]}
    assert codes("image-alt", build='<img src="a.png">', email=asked, off=("wrong-alt",)) == ["missing-alt"]
    decoration = {"images": [{"src": "a.png", "alt": ""}]}
    assert codes("image-alt", build='<img src="a.png" alt="">', email=decoration) == []
    assert codes("image-alt", build='<img src="a.png">', email=decoration) == ["missing-alt"]  # its name is read aloud


@pytest.mark.parametrize(
    "url", ["https://www.acme.example/webinar", "https://www.acme.example/webinar?utm_source=marketo"]
)
def test_a_picture_that_leads_where_it_should(url: str) -> None:
    build = f'<a href="{url}"><img src="a.png" alt="x"></a>'
    assert ask("image-link", build, [{"src": "a.png", "url": "https://www.acme.example/webinar"}]).codes == []


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (
            '<a href="https://www.acme.example/winter"><img src="a.png" alt="x"></a>',
            "leads to “https://www.acme.example/winter”",
        ),
        ('<img src="a.png" alt="x">', "is not linked"),
    ],
)
def test_a_picture_that_leads_elsewhere(build: str, said: str) -> None:
    (finding,) = ask("image-link", build, [{"src": "a.png", "url": "https://www.acme.example/webinar"}]).findings
    assert finding.code == "wrong-image-link"
    assert said in finding.message


LINKED = {"src": "a.png", "alt": "Seat", "url": "https://www.acme.example/webinar"}
SEAT = {"text": "Seat", "url": "https://www.acme.example/webinar"}


@pytest.mark.parametrize(
    ("build", "code"),
    [
        ('<a href="https://www.acme.example/winter"><img src="a.png" alt="Seat"></a>', "wrong-destination"),
        ('<a href="#"><img src="a.png" alt="Seat"></a>', "placeholder-link"),
        ('<a href="https://staging.acme.example/webinar"><img src="a.png" alt="Seat"></a>', "staging-link"),
        ('<img src="a.png" alt="Seat">', "missing-link"),
    ],
)
def test_what_the_checks_of_links_say_is_not_said_again(build: str, code: str) -> None:
    asked = {"links": [SEAT], "images": [LINKED]}
    checks = ("image-link", "link-destination", "link-presence", "link-syntax", "link-hosts", "unasked-links")
    assert run_check("image-link", build=build, email=asked).codes == ["wrong-image-link"]
    assert codes(*checks, build=build, email=asked) == [code]


def test_a_picture_that_is_asked_for_with_its_link_need_not_be_among_the_links() -> None:
    asked = {"links": [SEAT | {"text": "Book"}], "images": [LINKED]}
    build = '<a href="https://www.acme.example/winter"><img src="a.png" alt="Seat"></a>'
    assert run_check("unasked-links", build=build, email=asked).codes == ["unasked-link"]
    assert codes("image-link", "unasked-links", build=build, email=asked) == ["wrong-image-link"]
    right = build.replace("/winter", "/webinar")
    assert run_check("unasked-links", build=right, email=asked).codes == []


def test_severities() -> None:
    from qa.check import all_checks

    weights = {code.name: code.severity for check in all_checks().values() for code in check.codes}
    assert weights["missing-alt"] is weights["low-resolution"] is weights["heavy-image"] is Severity.WARNING
    assert weights["broken-image"] is weights["wrong-alt"] is Severity.ERROR


FILES = {"build/a.png": {"picture": [600, 300, "a"]}, "build/b.webp": {"picture": [600, 300, "b"]}}


@pytest.mark.parametrize(
    "build",
    [
        '<p>Hi<picture><source srcset="b.webp 1x, a.png 2x"><img src="a.png" alt="A"></picture></p>',
        '<p>Hi<img src="a.png" srcset="https://cdn.acme.example/a2.png 2x" alt="A"></p>',
        '<p>Hi<img src="a.png" srcset="{{ a }} 2x, /root.png 3x" alt="A"></p>',
        "<style>@font-face {font-family: A; src: url(a.woff2)} p {background: url(a.png)}</style><p>Hi</p>",
        '<p>Hi<img src="a.png" srcset="data:image/png;base64,AAAA 2x" alt="A"></p>',
    ],
)
def test_further_pictures_that_are_there(build: str) -> None:
    assert run_check("image-files", page={}, build=build, files=FILES).codes == []


@pytest.mark.parametrize(
    ("build", "names"),
    [
        ('<p>Hi<picture><source srcset="no.webp 1x, no2.webp 2x"><img src="a.png" alt="A"></picture></p>', "no2.webp"),
        ('<p>Hi<img src="a.png" srcset="no.png 2x" alt="A"></p>', "no.png"),
        ('<p>Hi</p><video poster="no.jpg" src="https://cdn.acme.example/a.mp4"></video>', "no.jpg"),
        ("<style>.hero {background-image: url('no.jpg')}</style><p>Hi</p>", "no.jpg"),
        ('<link rel="icon" href="no.svg"><p>Hi</p>', "no.svg"),
    ],
)
def test_a_further_picture_that_is_missing(build: str, names: str) -> None:
    answer = run_check("image-files", page={}, build=build, files=FILES)
    assert answer.codes == ["broken-image"]
    assert names in answer.findings[0].message
    assert run_check("page-files", page={}, build=build, files=FILES).codes == []


def test_an_icon_that_is_missing_as_a_picture_too_is_told_once() -> None:
    build = '<link rel="icon" href="./Logo.PNG"><p><img src="./Logo.PNG" alt="Acme"></p>'
    (finding,) = run_check("image-files", page={}, build=build).findings
    assert finding.message.startswith("The picture “./Logo.PNG” cannot be shown")


def test_a_picture_is_called_as_its_file_is_written() -> None:
    (finding,) = run_check("image-alt", email={}, build='<img src="https://a.example/LOL-Hero.JPG">').findings
    assert "“LOL-Hero.JPG”" in finding.message


SAID = {"images": [{"src": "spring-hero.png", "alt": "Two speakers"}]}


@pytest.mark.parametrize(
    "src",
    [
        "spring-hero.png",
        "https://cdn.acme.example/a1/Spring_Hero_600x300.png?v=3",
        "https://cdn.acme.example/spring-hero@2x.jpg",
        "images/spring%20hero.png",
        "springHero-1200w.webp",
        "https://cdn.acme.example/8f3b1c2d9e/spring-hero_v3-final.png",
        "https://img.acme.example/fetch?w=600&url=https%3A%2F%2Fwww.acme.example%2Fspring-hero.png",
        "https://img.acme.example/spring-hero.png/w_600,f_auto",
    ],
)
def test_a_picture_that_is_the_file_asked_for(src: str) -> None:
    build = f'<p>Hi<img src="{src.replace("%20", "-")}" alt="Two speakers"></p>'
    assert run_check("image-source", email=SAID, build=build).codes == []


@pytest.mark.parametrize(
    "src",
    [
        "winter-hero.png",
        "https://cdn.acme.example/old/hero-2025.png",
        "team.jpg",
        "2019-spring-hero.png",
        "spring-hero-sale.png",
        "spring.png",
        "frühling-hero.jpg",
    ],
)
def test_another_file_under_the_text_that_was_asked_for(src: str) -> None:
    build = f'<p>Hi<img src="{src}" alt="Two speakers"></p>'
    (finding,) = run_check("image-source", email=SAID, build=build).findings
    assert (finding.code, finding.actual, finding.review) == ("other-picture-file", src, False)


def test_a_name_within_another_is_no_match() -> None:
    asked = {"images": [{"src": "hero.png", "alt": "Two speakers"}]}
    build = '<p>Hi<img src="2019-winter-hero.png" alt="Two speakers"></p>'
    (finding,) = run_check("image-source", email=asked, build=build).findings
    assert (finding.code, finding.actual, finding.review) == ("other-picture-file", "2019-winter-hero.png", False)


@pytest.mark.parametrize(
    "src", ["https://cdn.acme.example/8f3b1c2d9e7a4b5c.png", "https://cdn.acme.example/1029384.png", "{{my.Hero}}"]
)
def test_a_name_that_is_a_code_is_for_a_person(src: str) -> None:
    (finding,) = run_check("image-source", email=SAID, build=f'<p>Hi<img src="{src}" alt="Two speakers"></p>').findings
    assert finding.review


def test_a_file_by_another_name_that_shows_the_approved_picture_is_right() -> None:
    asked = {"images": [{"src": "spring-hero.png", "alt": "Two speakers", "asset": "assets/hero.png"}]}
    build = '<p>Hi<img src="{}" alt="Two speakers"></p>'
    files = {
        "assets/hero.png": {"picture": [600, 300, "hero"]},
        "build/8.png": {"picture": [600, 300, "hero"]},
        "build/9.png": {"picture": [600, 300, "snow"]},
    }
    assert run_check("image-source", email=asked, build=build.format("8.png"), files=files).codes == []
    both = codes("image-source", "image-picture", email=asked, build=build.format("9.png"), files=files)
    assert both == ["wrong-picture"]
