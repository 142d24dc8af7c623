"""Ways to hide what was asked for: a style sheet, what is put around it, and whether the source alone tells.

`python -m tests.attacks.hiding` prints what is told of each, in an email and on a page, drawn and not.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from qa.build.campaign import Campaign
from qa.finding import Outcome, Result
from qa.profile.model import Profile
from qa.run import answers, plan, session
from qa.testing import shared, write_campaign

ASKED_LINK = {"text": "Book my seat", "url": "https://acme.example/book"}
COPY = "Forty minutes on what changed this year, with time for your questions."
WORDING = "Places are given in the order of booking"
_THINGS = (
    f'<p>{COPY}</p><p class="small">{WORDING}.</p><p><a href="https://acme.example/book">Book my seat</a></p>'
    '<p><a href="{{system.unsubscribeLink}}">Unsubscribe</a></p>'
)
_SHOWN = '<h1>The spring webinar</h1><p>It begins at ten. Read <a href="https://acme.example/programme">the programme</a>.</p>'


class Way(NamedTuple):
    """One way of hiding."""

    name: str
    sheet: str = ""
    around: str = '<div class="x" id="x">%s</div>'
    told: bool = True  # the source alone tells; else it leaves a doubt, for a person or for the drawn views
    partly: bool = False  # on phones alone
    opens: bool = False  # at a click: a person decides
    traced: bool = True  # the source holds a sign of it; else it is only said that nothing was drawn
    head: str = ""


def document(way: Way) -> str:
    """A build whose asked things are hidden that way, and that shows something else."""
    sheet = f"<style>{way.sheet}</style>" if way.sheet else ""
    viewport = '<meta name="viewport" content="width=device-width">'
    head = f'<head><meta charset="utf-8"><title>Webinar</title>{viewport}{way.head}{sheet}</head>'
    return f'<!DOCTYPE html><html lang="en">{head}<body>{_SHOWN}{way.around.replace("%s", _THINGS)}</body></html>'


def _inline(name: str, style: str, **more: bool) -> Way:
    return Way(name, "", f'<div style="{style}">%s</div>', **more)


_NONE = "{display:none}"
WAYS = (
    # By a selector.
    Way("a class", f".x{_NONE}"),
    Way("an id", f"#x{_NONE}"),
    Way("a descendant", f"body div p{_NONE}"),
    Way("a child", f"body > .x > p{_NONE}"),
    Way("an attribute", f"div[class]{_NONE}"),
    Way("the beginning of an attribute", f"div[id^=x] p{_NONE}"),
    Way(":where", f":where(body) :where(.x) p{_NONE}"),
    Way(":is", f"body :is(.x, .y){_NONE}"),
    Way(":has", f"div:has(a){_NONE}"),
    Way(":nth-child", f"body > :nth-child(3){_NONE}"),
    Way(":nth-child … of", f".x p:nth-child(n of p){_NONE}", told=False),
    Way(":last-child", f"body > :last-child{_NONE}"),
    Way(":not", f".x:not(.y){_NONE}"),
    Way("a sibling", f"h1 ~ div{_NONE}"),
    Way("the next one", f"h1 + p + div{_NONE}"),
    Way("every element", f".x *{_NONE}"),
    Way("a nested rule", "body{ & .x{display:none} }"),
    Way("the type of media", f"@media screen{{.x{_NONE}}}"),
    Way("@layer", f"@layer base{{body .x{_NONE}}}"),
    Way("media that always hold", f"@media (min-width:1px){{body .x{_NONE}}}", told=False),
    Way("a narrow window", f"@media (max-width:600px){{.x{_NONE}}}", told=False, partly=True),
    Way("a nested media query", "body .x{@media (min-width:1px){display:none}}", told=False),
    Way("@supports", f"@supports (display:grid){{.x{_NONE}}}", told=False),
    Way("an important rule", ".x{display:none!important}", '<div class="x" style="display:block">%s</div>'),
    Way("two sheets", f".x{_NONE}", head="<style>.x{display:block}</style>"),
    # By a declaration.
    _inline("display", "display:none"),
    _inline("an escaped property", r"d\69splay:none"),
    _inline("an escaped value", r"display:n\6f ne"),
    _inline("visibility", "visibility:hidden"),
    _inline("collapse", "visibility:collapse"),
    _inline("opacity", "opacity:0"),
    _inline("next to no opacity", "opacity:.01"),
    _inline("opacity by filter", "filter:opacity(0)"),
    _inline("a mask", "-webkit-mask-image:linear-gradient(transparent,transparent)"),
    _inline("text of no size", "font-size:0"),
    _inline("text of no size in a shorthand", "font:0/0 Arial"),
    _inline("no height", "height:0;overflow:hidden"),
    _inline("no greatest height", "max-height:0;overflow:hidden"),
    _inline("no width", "width:0;overflow:hidden;white-space:nowrap"),
    _inline("to the left of the screen", "position:absolute;left:-9999px"),
    _inline("above the screen", "position:absolute;top:-9999px"),
    _inline("a margin", "margin-left:-9999px"),
    _inline("an indent", "text-indent:-9999px"),
    _inline("moved away", "transform:translateX(-9999px)"),
    _inline("scale", "transform:scale(0)"),
    _inline("the property scale", "scale:0"),
    _inline("turned aside", "transform:rotateY(90deg)"),
    _inline("clip", "position:absolute;clip:rect(0,0,0,0)"),
    _inline("clip-path", "clip-path:inset(50%)"),
    _inline("clip-path of a circle", "clip-path:circle(0)"),
    _inline("clip-path of a polygon", "clip-path:polygon(0 0,0 0,0 0)"),
    _inline("content-visibility", "content-visibility:hidden"),
    Way("a transparent colour", ".x,.x a{color:transparent}"),
    Way("a transparent fill", ".x{-webkit-text-fill-color:transparent}"),
    Way("white on white", ".x,.x a{color:#fff;text-decoration:none}", told=False),
    Way("nearly white on white", ".x,.x a{color:#fefefe;background:#ffffff;text-decoration:none}", told=False),
    Way("black on black", ".x{background:#000} .x,.x a{color:#000}", told=False),
    Way(
        "covered", "", '<div style="position:relative">%s<div style="position:absolute;inset:0;background:#fff"></div></div>',
        told=False, traced=False,
    ),
    # By a tag or an attribute.
    Way("hidden", "", "<div hidden>%s</div>"),
    Way("a closed <details>", "", "<details><summary>More</summary>%s</details>", told=False, opens=True),
    Way("a closed dialogue", "", "<dialog>%s</dialog>"),
    Way("a popover", "", "<div popover>%s</div>"),
    Way("definitions of a drawing", "", '<svg width="1" height="1"><defs><foreignObject>%s</foreignObject></defs></svg>'),
    Way("a template", "", "<template>%s</template>"),
)  # fmt: skip

LOOKING = ("link-presence", "copy", "required-wording", "unsubscribe", "asked-in-views")
_ASKED = {"links": [ASKED_LINK], "copy": [COPY], "must_include": [WORDING]}
_WIDTHS = {"narrow": 390, "broad": 700}


def said(way: Way, kind: str, folder: Path, *, render: bool) -> dict[str, Result]:
    """What the checks of presence and of sight say of a build, by the check."""
    write_campaign(folder, build=document(way), **{kind: _ASKED})
    views = {name: {"title": name, "width": width, "kind": kind} for name, width in _WIDTHS.items()}
    profile = Profile(only=LOOKING, render=render, views=tuple(views), own_views=views)
    found = answers(plan(session(profile, resources=shared()), Campaign(folder, "attack")))
    return {result.check: result for result in found}


def presence(kind: str) -> tuple[str, ...]:
    """The checks of presence, one for each of the things that are hidden."""
    return LOOKING[:4] if kind == "email" else LOOKING[:3]


def names_of(way: Way, kind: str) -> list[str]:
    """How the things that are hidden are called: on a phone alone, words that other readers see are not asked about."""
    things = ["“Book my seat”", f"“{COPY[:59]}", f"“{WORDING}”", "The unsubscribe link"]
    things = things if kind == "email" else things[:3]
    return [name for name in things if "link" in name or "Book" in name] if way.partly else things


def _in_a_word(way: Way, kind: str, *, render: bool) -> str:
    """ "found" where every hidden thing holds the campaign, "asked" where a person is asked, "PASSED" where none is."""
    with tempfile.TemporaryDirectory() as folder:
        told = said(way, kind, Path(folder), render=render)
    seen = told["asked-in-views"]
    things = zip(presence(kind), names_of(way._replace(partly=False), kind), strict=True)
    words = []
    for check, name in things:
        named = name not in names_of(way, kind) or any(name in finding.message for finding in seen.findings)
        if told[check].outcome is Outcome.FAILED or (seen.outcome is Outcome.FAILED and named):
            words.append("found")
        elif Outcome.REVIEW in (told[check].outcome, seen.outcome) and named:
            words.append("asked")
        else:
            words.append("PASSED" if "not looked at" not in (seen.reason or "") else "not looked")
    order = ("PASSED", "not looked", "asked", "found")
    return min(words, key=order.index)


def main() -> None:
    """The table, and how many are found in each column."""
    columns = [(kind, render) for kind in ("email", "page") for render in (False, True)]
    rows = [(way.name, *(_in_a_word(way, kind, render=render) for kind, render in columns)) for way in WAYS]
    titles = ("", "email", "email, drawn", "page", "page, drawn")
    for row in (titles, *rows):
        print(f"{row[0]:34}", *(f"{cell:14}" for cell in row[1:]))
    print(
        f"{f'found, of {len(rows)}':34}",
        *(f"{column.count('found'):<14}" for column in list(zip(*rows, strict=True))[1:]),
    )


if __name__ == "__main__":
    main()
