"""What was asked for and is in the source, in the views: seen by all, by some, by nobody."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.profile.model import Profile
from qa.testing import Answer, run_check

_WIDTHS = {"narrow": 390, "broad": 800}
_LINK = {"text": "Book my seat", "url": "https://acme.example/book"}
_BUTTON = '<a class="x" href="https://acme.example/book" style="display:inline-block;padding:14px">Book my seat</a>'
_PICTURE = '<a href="https://acme.example/book"><img src="hero.png" alt="The hall" width="300" height="120"></a>'


def judged(body: str, sheet: str = "", kind: str = "email", *, render: bool = True, **asked: object) -> Answer:
    views = {name: {"title": name.title(), "width": width, "kind": kind} for name, width in _WIDTHS.items()}
    profile = Profile(views=tuple(views), own_views=views, render=render)
    head = f'<head><meta name="viewport" content="width=device-width"><style>{sheet}</style></head>'
    build = f"<!DOCTYPE html><html>{head}<body><p>Join us in spring.</p>{body}</body></html>"
    files = {"build/hero.png": {"picture": [300, 120, "hero"]}}
    given = {kind: {"links": [_LINK], **asked}}
    return run_check("asked-in-views", build=build, files=files, profile=profile, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["email", "page"])
@pytest.mark.parametrize(
    ("body", "sheet"),
    [
        (_BUTTON, ""),
        (_PICTURE + _BUTTON, "@media (max-width:500px){.x{color:red}}"),
        # Twins, one for each width.
        (f'<div class="wide">{_BUTTON}</div><div class="small">{_BUTTON}</div>',
         "@media (max-width:500px){.wide{display:none}} @media (min-width:501px){.small{display:none}}"),
        # A picture that says what its text would.
        ('<a href="https://acme.example/book" style="display:block;width:300px;height:120px;text-indent:-999px;'
         'overflow:hidden;background:url(hero.png)">Book my seat</a>', ""),
        # Letters in a gradient, light letters on a dark ground, a link around a picture that says it.
        (_BUTTON, ".x{background:linear-gradient(red,blue);-webkit-background-clip:text;color:transparent}"),
        (_BUTTON, ".x{background:#123;color:#fff}"),
        (_PICTURE.replace("The hall", "Book my seat"), ""),
        (_BUTTON, "@keyframes in{from{opacity:0}to{opacity:1}} .x{opacity:0;animation:in 1s forwards}"),
    ],
)  # fmt: skip
def test_what_every_reader_sees(body: str, sheet: str, kind: str) -> None:
    assert judged(body, sheet, kind).outcome is Outcome.PASSED


@pytest.mark.parametrize("kind", ["email", "page"])
def test_a_link_that_is_on_no_phone(kind: str) -> None:
    """The picture that leads to the same page does not stand for it."""
    found = judged(_PICTURE + _BUTTON, "@media (max-width:500px){.x{display:none!important}}", kind)
    assert found.codes == ["unseen-asked-link"]
    assert "on no phone; it can in Broad" in found.findings[0].message


def test_a_link_that_some_readers_do_not_see() -> None:
    found = judged(_PICTURE + _BUTTON, "@media (min-width:500px){.x{display:none!important}}")
    assert found.codes == ["partly-unseen-link"]


@pytest.mark.parametrize("kind", ["email", "page"])
def test_words_that_nobody_sees(kind: str) -> None:
    body = '<div style="background:#222"><p style="color:#232323">Terms apply to all of it.</p></div>' + _BUTTON
    assert judged(body, kind=kind, must_include=["Terms apply"]).codes == ["unseen-asked-text"]
    assert judged(body.replace("#232323", "#fff"), kind=kind, must_include=["Terms apply"]).codes == []


def test_what_opens_at_a_click_is_for_a_person() -> None:
    found = judged(f"<details><summary>More</summary>{_BUTTON}</details>", kind="page")
    assert found.outcome is Outcome.REVIEW
    script = "<script>document.title = 'x'</script>"
    found = judged(f'{script}<div class="tab"><div>{_BUTTON}</div></div>', ".tab > div{display:none}", "page")
    assert found.outcome is Outcome.REVIEW


def test_without_a_drawing_nothing_passes() -> None:
    assert judged(_BUTTON, render=False).outcome is Outcome.SKIPPED
    unsure = judged(_BUTTON, "@media (max-width:500px){.x{display:none!important}}", render=False)
    assert unsure.outcome is Outcome.REVIEW
    assert "@media (max-width:500px) .x" in unsure.findings[0].message


_MAP = '<img src="{src}" usemap="#m" width="300" height="120" alt="The hall">'
_AREA = (
    '<map name="{name}"><area shape="{shape}" coords="{at}" href="https://acme.example/book" alt="Book my seat"></map>'
)


@pytest.mark.parametrize("kind", ["email", "page"])
@pytest.mark.parametrize(
    ("src", "name", "shape", "at", "seen"),
    [
        ("hero.png", "m", "rect", "10,10,90,60", True),
        ("https://acme.example/hero.png", "m", "circle", "60 60 40", True),  # which is not loaded here
        ("hero.png", "m", "default", "", True),
        ("hero.png", "m", "poly", "0,0,90,0,45,60", True),
        ("hero.png", "other", "rect", "10,10,90,60", False),
        ("hero.png", "m", "rect", "10,10,10,60", False),
    ],
)
def test_a_link_that_lies_over_a_picture(kind: str, src: str, name: str, shape: str, at: str, seen: bool) -> None:
    picture, area = _MAP.format(src=src), _AREA.format(name=name, shape=shape, at=at)
    for body in (picture + area, area + picture):
        assert judged(body, "", kind).codes == ([] if seen else ["unseen-asked-link"])
    assert judged(f'<div style="display:none!important">{picture}</div>{area}', "", kind).codes == ["unseen-asked-link"]


@pytest.mark.parametrize(
    "label", ["<label>Your seat <b>in the hall</b></label>", "<p>Your seat <b>in the hall</b></p>"]
)
def test_the_choices_of_a_list_are_no_part_of_what_stands_before_it(label: str) -> None:
    choices = "".join(f"<option>{number}. A rather long choice, of many</option>" for number in range(20))
    assert (
        judged(f"{label}<select>{choices}</select>{_BUTTON}", kind="page", copy=["Your seat in the hall"]).codes == []
    )


@pytest.mark.parametrize(
    "around",
    [
        '<div style="background:{{my.Colour}}">%s</div>',
        '<table><tr><td bgcolor="*|COLOUR|*">%s</td></tr></table>',
        '<div class="c">%s</div>',
        '<div style="color:${colour}">%s</div>',
        '<div style="background-color: %%%%= v(@colour) =%%%%">%s</div>',
    ],
)
def test_colours_that_merge_tags_write_are_looked_at_in_a_proof(around: str) -> None:
    sheet = ".c{background:{{my.Colour}}} .x{color:inherit} div,td{color:#fff}"
    (finding,) = judged(around % _BUTTON, sheet).findings
    assert finding.review and "merge tags write its colours" in finding.message
    far = "@media (min-width:1px){.far{display:none!important}}"
    hidden = judged(around % f'<div class="far">{_BUTTON}</div>', sheet + far)
    assert hidden.outcome is Outcome.FAILED


def test_a_link_without_words_is_called_by_its_address() -> None:
    link = {"text": "", "url": "https://acme.example/book"}
    (finding,) = judged('<p><a href="https://acme.example/book"></a></p>', links=[link]).findings
    assert "The link to “https://acme.example/book”" in finding.message
