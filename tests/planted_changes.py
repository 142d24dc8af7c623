"""Sixty visual defects, each one edit of a sample build: what a slip of the hand does to a campaign that was approved.

``find`` stands in the build (its ``nth`` occurrence, from 0), ``put`` takes its place, and the element that begins
there, or nearest before it, is where the defect must be boxed. `planted` gives the edited build and that offset.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from qa.artefacts import Parts, Rendering, Screenshot
from qa.build.assets import Asset
from qa.gather.rendering import rendering
from qa.profile.model import Profile
from qa.request import unwritten
from qa.source import Source
from qa.visual import Comparison
from tests.windows import browsers

FIXTURES = Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True)
class PlantedChange:
    """One defect. ``space``: what follows moves, and nothing else can be seen."""

    build: str
    kind: str
    find: str
    put: str
    nth: int = 0
    space: bool = False
    place: tuple[int, int, int, int] | None = None  # left, top, right, bottom, where no words stand in the element
    below: int = 0  # pixels under the element that belong to the defect: what its text runs into


INVITE, HERBST = "spring-webinar-clean/build/invite.html", "defects/bases/sale-de/build/herbst.html"
TERRACE, GUIDE = "summer-variants/build/terrace.html", "guide-download-page/build/guide.html"

CHANGES = (
    PlantedChange(INVITE, "button 4 px lower", 'class="button" style="display:inline-block;', 'class="button" style="display:inline-block; position:relative; top:4px;'),
    PlantedChange(INVITE, "button 4 px to the right", 'class="button" style="display:inline-block;', 'class="button" style="display:inline-block; position:relative; left:4px;'),
    PlantedChange(INVITE, "button colour 8 % off", "background-color:#f6b042; font-family", "background-color:#e2a23d; font-family"),
    PlantedChange(INVITE, "picture missing", "images/hero.jpg", "images/hero-2.jpg"),
    PlantedChange(INVITE, "icon missing", "images/icon-time.png", "images/icon-thyme.png"),
    PlantedChange(INVITE, "picture swapped", "images/speaker-maren.jpg", "images/speaker-idris.jpg"),
    PlantedChange(INVITE, "digit changed", "10:00 GMT", "11:00 GMT"),
    PlantedChange(INVITE, "digit changed", "Tue 16 March", "Tue 18 March"),
    PlantedChange(INVITE, "font size", "font-size:36px; line-height:42px", "font-size:35px; line-height:42px"),
    PlantedChange(INVITE, "text overlaps", "<h2 class=\"h2 dm-text\" style=\"margin:0 0 16px 0;", "<h2 class=\"h2 dm-text\" style=\"margin:0 0 -34px 0;", below=50),
    PlantedChange(INVITE, "border gone", 'border-bottom:1px solid #dfe2f1;">', 'border-bottom:1px solid transparent;">', place=(68, 1159, 572, 1302)),
    PlantedChange(INVITE, "background 8 % off", "width:40px; height:40px; border-radius:20px; background-color:#1a2160", "width:40px; height:40px; border-radius:20px; background-color:#2e3574"),
    PlantedChange(INVITE, "text colour 8 % off", "text-transform:uppercase; color:#3b4cca", "text-transform:uppercase; color:#4f60de"),
    PlantedChange(INVITE, "weight lost", "font-weight:700; color:#141a44;\">A range", "font-weight:400; color:#141a44;\">A range"),
    PlantedChange(INVITE, "corner square", "border-radius:26px; background-color", "border-radius:20px; background-color"),
    PlantedChange(HERBST, "button 4 px lower", 'style="display:inline-block; padding:13px 30px;', 'style="display:inline-block; position:relative; top:4px; padding:13px 30px;'),
    PlantedChange(HERBST, "button colour 8 % off", "background-color:#8a2f1d", "background-color:#9e3f2b"),
    PlantedChange(HERBST, "button wider", "padding:13px 30px", "padding:13px 32px"),
    PlantedChange(HERBST, "picture missing", "images/leuchte.png", "images/lampe.png"),
    PlantedChange(HERBST, "picture swapped", "images/hero.png", "images/decke.png"),
    PlantedChange(HERBST, "pictures exchanged", "images/decke.png", "images/leuchte.png"),
    PlantedChange(HERBST, "digit changed", "für 129 €", "für 139 €"),
    PlantedChange(HERBST, "digit changed", "statt 161,25 €", "statt 161,75 €"),
    PlantedChange(HERBST, "comma for a full stop", "161,25 €.", "161.25 €."),
    PlantedChange(HERBST, "code changed", "HERBST20,", "HERBST25,"),
    PlantedChange(HERBST, "font size", "font-size:24px; line-height:30px", "font-size:23px; line-height:30px"),
    PlantedChange(HERBST, "more space", "margin:0 0 16px 0; font-family:Verdana, Arial, sans-serif; font-size:16px; line-height:24px; color:#4a3a33;\">Guten", "margin:0 0 22px 0; font-family:Verdana, Arial, sans-serif; font-size:16px; line-height:24px; color:#4a3a33;\">Guten", space=True),
    PlantedChange(HERBST, "underline lost", "font-weight:bold; text-decoration:underline;\">Decke", "font-weight:bold; text-decoration:none;\">Decke"),
    PlantedChange(HERBST, "letter wrong", "<h2 class=\"dark-text\" style=\"margin:0 0 12px 0; font-family:Verdana, Arial, sans-serif; font-size:18px; line-height:22px; font-weight:bold; color:#2b1a14;\">Leuchte", "<h2 class=\"dark-text\" style=\"margin:0 0 12px 0; font-family:Verdana, Arial, sans-serif; font-size:18px; line-height:22px; font-weight:bold; color:#2b1a14;\">Leuchta"),
    PlantedChange(HERBST, "sentence lost", "Lieber anfassen? ", ""),
    PlantedChange(TERRACE, "button 4 px to the left", 'class="button" style="display:inline-block;', 'class="button" style="display:inline-block; position:relative; left:-4px;'),
    PlantedChange(TERRACE, "button colour 8 % off", "border-radius:26px; background-color:#", "border-radius:26px; filter:brightness(.92); background-color:#"),
    PlantedChange(TERRACE, "picture missing", "images/hero.jpg", "images/held.jpg"),
    PlantedChange(TERRACE, "icon missing", "images/icon-tick.png", "images/icon-tack.png", 1),
    PlantedChange(TERRACE, "picture stretched", 'style="display:block; width:600px; max-width:100%; height:auto;', 'style="display:block; width:600px; max-width:100%; height:280px; object-position:0 3px; object-fit:none;'),
    PlantedChange(TERRACE, "logo smaller", 'style="display:block; width:130px;', 'style="display:block; width:124px;'),
    PlantedChange(TERRACE, "digit changed", "within 48 hours", "within 46 hours"),
    PlantedChange(TERRACE, "digit changed", "opens on 3 May</h1>", "opens on 8 May</h1>"),
    PlantedChange(TERRACE, "font size", "font-size:26px; line-height:33px", "font-size:25px; line-height:33px"),
    PlantedChange(TERRACE, "more space", "margin:4px 0 0 0;", "margin:12px 0 0 0;", 1, space=True),
    PlantedChange(TERRACE, "less space", "padding:44px 48px;", "padding:38px 48px;", space=True),
    PlantedChange(TERRACE, "background 8 % off", "margin:0 auto; background-color:#f1f8fb;", "margin:0 auto; background-color:#dde4e7;", place=(20, 836, 620, 1021)),
    PlantedChange(TERRACE, "text colour 8 % off", "text-align:left;\">Sit on", "text-align:left; color:#1f435e;\">Sit on"),
    PlantedChange(TERRACE, "alignment", "text-align:left;\">Three things", "text-align:center;\">Three things"),
    PlantedChange(TERRACE, "text overlaps", "margin:0 0 24px 0; font-family:'Segoe UI', Helvetica, Arial, sans-serif; font-size:16px; line-height:24px;\"><a", "margin:0 0 -12px 0; font-family:'Segoe UI', Helvetica, Arial, sans-serif; font-size:16px; line-height:24px;\"><a", below=90),
    PlantedChange(GUIDE, "button 4 px lower", '<button type="submit">', '<button type="submit" style="position:relative; top:4px">'),
    PlantedChange(GUIDE, "button colour 8 % off", '<button type="submit">', '<button type="submit" style="background:#1f82ad">'),
    PlantedChange(GUIDE, "picture missing", "images/reader.jpg", "images/raeder.jpg"),
    PlantedChange(GUIDE, "picture swapped", "images/guide-cover.jpg", "images/reader.jpg"),
    PlantedChange(GUIDE, "digit changed", "24 pages</p>", "26 pages</p>"),
    PlantedChange(GUIDE, "digit changed", '<p class="number">2</p>', '<p class="number">3</p>'),
    PlantedChange(GUIDE, "font size", "<h1>", '<h1 style="font-size:45px">'),
    PlantedChange(GUIDE, "border gone", "<article>", '<article style="border-color:transparent">', 1, place=(471, 1180, 809, 1412)),
    PlantedChange(GUIDE, "border colour", '<input type="email" id="email"', '<input type="email" id="email" style="border-color:#b1cad3"'),
    PlantedChange(GUIDE, "corner square", '<div class="card" id="form">', '<div class="card" id="form" style="border-radius:4px">', place=(736, 141, 1176, 892)),
    PlantedChange(GUIDE, "text overlaps", '<p class="claim">', '<p class="claim" style="margin-right:1000px">'),
    PlantedChange(GUIDE, "word changed", "who has to agree to it", "who has to agree with it"),
    PlantedChange(GUIDE, "tick gone", "<li>The eleven", '<li style="list-style:none; padding-left:35px">The eleven'),
    PlantedChange(GUIDE, "line spacing", '<p class="lead">', '<p class="lead" style="line-height:1.6">'),
    PlantedChange(GUIDE, "letter spacing", "<h2>What is inside</h2>", '<h2 style="letter-spacing:0">What is inside</h2>'),
)  # fmt: skip


def planted(change: PlantedChange) -> tuple[str, str, int]:
    """The build as it was approved, as it is with the defect, and the offset the defect stands at."""
    text = (FIXTURES / change.build).read_text("utf-8")
    at = -1
    for _ in range(change.nth + 1):
        at = text.index(change.find, at + 1)
    return text, text[:at] + change.put + text[at + len(change.find) :], at


VIEWS = {
    "column": {"title": "column", "width": 640, "kind": "email", "engine": "chromium"},
    "desk": {"title": "desk", "width": 1280, "kind": "page", "engine": "chromium"},
}
PROFILE = Profile(own_views=VIEWS, views=tuple(VIEWS), cache=False)


class Studio:
    """Draws builds of the fixtures as they are and as they were edited, in copies of their folders."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._first: dict[str, Screenshot] = {}

    def draw(self, build: str, text: str, profile: Profile = PROFILE) -> Rendering:
        home = self._folder / build.replace("/", "-")
        if not home.exists():
            shutil.copytree((FIXTURES / build).parent, home / "build")
        file = home / "build" / Path(build).name
        file.write_text(text, "utf-8")
        kind = "page" if build == GUIDE else "email"
        asset = Asset(kind, file.stem, home)
        return rendering(
            asset,
            Parts(f"build/{file.name}", Source(f"build/{file.name}", text)),
            unwritten(asset.kind, "a", "a"),
            profile,
            browsers(profile),
        )

    def before_and_after(self, change: PlantedChange) -> tuple[Screenshot, Screenshot, int]:
        """The screenshot that was approved, the one with the defect, and the offset the defect stands at."""
        before, after, at = planted(change)
        if change.build not in self._first:
            self._first[change.build] = self.draw(change.build, before).screenshots[0]
        return self._first[change.build], self.draw(change.build, after).screenshots[0], at


def expected(
    change: PlantedChange, before: Screenshot, after: Screenshot, at: int
) -> tuple[float, float, float, float]:
    """Where the defect must be boxed: left, top, right and bottom of its element, as it was and as it is."""
    if change.place:
        return change.place
    start = max(element.offset for element in before.elements if element.offset <= at)
    boxes = [each.box for screenshot in (before, after) for each in screenshot.elements if each.offset == start]
    return (
        min(box.x for box in boxes),
        min(box.y for box in boxes),
        max(box.x + box.width for box in boxes),
        max(box.y + box.height for box in boxes) + change.below,
    )


def boxed(change: PlantedChange, found: Comparison, place: tuple[float, float, float, float]) -> bool:
    """Whether a region lies where the defect is: at least half of it; of mere space, where the rest begins to move."""
    left, top, right, bottom = place
    if change.space and any(top - 10 <= shift.below <= bottom + 60 for shift in found.shifts):
        return True
    for x, y, width, height in (region.box for region in found.regions):
        wide, high = min(x + width, right + 8) - max(x, left - 8), min(y + height, bottom + 8) - max(y, top - 8)
        if wide > 0 and high > 0 and wide * high >= 0.5 * width * height:
            return True
    return False
