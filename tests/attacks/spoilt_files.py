"""Campaigns with a file of every kind that a command reads, and the commands that read it: what is spoilt in turn."""

from __future__ import annotations

import gzip
import io
import shutil
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from ruamel.yaml import YAML

from qa.cli.command_line import main
from qa.profile.model import Profile
from qa.testing import accept, picture, write_campaign

FIXTURES = Path(__file__).parents[2] / "fixtures"
ENDINGS = {
    ".yaml": "yaml", ".html": "html", ".htm": "html", ".eml": "eml", ".msg": "eml", ".txt": "txt", ".md": "md",
    ".csv": "csv", ".gz": "gz", ".toml": "toml", ".json": "json", ".docx": "docx", ".png": "picture", ".jpg": "picture", ".svg": "svg", ".css": "css",
}  # fmt: skip
RUN = ("run", "{campaign}", "--no-render", "-j", "1", "--report", "out", "--json", "out.json")
COPY = "Forty minutes on what changed this year, with time for your questions."
OPTED_OUT = "ann@acme.example"
_BUILD = f"""<html lang="en"><head><meta charset="utf-8"><title>Webinar</title><link rel="stylesheet" href="a.css"></head>
<body><h1>The spring webinar</h1><p>{COPY}</p><img src="a.svg" alt="A seat"><img src="b.jpg" alt="A room" width="60" height="40">
<p><a href="https://acme.example/book?utm_source=news">Book my seat</a> by 3 May 2026, 10:00 CET, 20 % off: € 1,200.00</p></body></html>"""


@dataclass(frozen=True)
class Spoilt:
    """A file and the commands that read it. ``wanted``: texts without which a build cannot go."""

    file: Path
    kind: str
    commands: tuple[tuple[str, ...], ...]
    wanted: tuple[str, ...] = ()


def lay(folder: Path) -> list[Spoilt]:
    """Write all campaigns into a folder, in which the commands are run; every file of them that is read."""
    names = {place.name: place for place in [*FIXTURES.iterdir(), *(FIXTURES / "defects/bases").iterdir()]}
    there = {name: place for name, place in names.items() if (place / "request.yaml").is_file()}
    for name, place in there.items():
        shutil.copytree(place, folder / name)
    _write_made(folder / "made")
    (folder / "qa.toml").write_text('[campaigns]\nmay = ["waivers"]\n')
    (folder / "strict.toml").write_text('gate = "warning"\n[severity]\ninsecure-link = "error"\n')
    found = [spoilt for name in [*there, "made"] for spoilt in _of_campaign(folder / name)]
    strict = _for("made", (*RUN, "--profile", "strict.toml"))
    found += [Spoilt(folder / "qa.toml", "toml", _for("made", RUN)), Spoilt(folder / "strict.toml", "toml", strict)]
    return found + _of_report(folder)


def loose(folder: Path, corpus: Path | None) -> list[tuple[Spoilt, bytes]]:
    """Files of somebody's folder as builds without a request, each with what is in it."""
    files = (
        [file for file in sorted(corpus.rglob("*")) if ENDINGS.get(file.suffix) in ("html", "eml")] if corpus else []
    )
    found = []
    for file in files:
        kind = ENDINGS[file.suffix]
        place = folder / f"loose.{kind}"
        commands = ((*(part.format(campaign=place.name) for part in RUN),), ("draft", place.name))
        found.append((Spoilt(place, kind, commands), file.read_bytes()))
    return found


def _for(campaign: str, *commands: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.format(campaign=campaign) for part in command) for command in commands)


def _of_campaign(folder: Path) -> Iterator[Spoilt]:
    wanted = _wanted(folder / "request.yaml")
    for file in sorted(folder.rglob("*")):
        kind = next((kind for ending, kind in ENDINGS.items() if file.name.endswith(ending)), "")
        if not file.is_file() or not kind or file.name == "expected.yaml":
            continue
        more = [("triage", "{campaign}")] if file.name == "request.yaml" else []
        more += [("draft", file.relative_to(folder.parent).as_posix())] if kind in ("html", "eml") else []
        yield Spoilt(file, kind, _for(folder.name, RUN, *more), wanted.get(file.relative_to(folder).as_posix(), ()))


def _wanted(request: Path) -> dict[str, tuple[str, ...]]:
    """What every build must say, as the request has it."""
    written = YAML(typ="safe", pure=True).load(request)
    assets = [*written.get("emails", ()), *written.get("pages", ())]
    return {asset["build"]: tuple(asset.get("must_include", ())) for asset in assets if not asset.get("variants")}


def _write_made(folder: Path) -> None:
    """A campaign of what the samples have not: a Word document, a packed list, and somebody on it who opted out."""
    document = Document()
    document.add_heading("The spring webinar", 1)
    document.add_paragraph(COPY)
    written = io.BytesIO()
    document.save(written)
    segments = [{"name": "all", "list": "all.csv.gz"}, {"name": "few", "list": "few.csv"}]
    email = {
        "copy": "copy.docx",
        "must_include": [COPY],
        "links": [{"text": "Book my seat", "url": "https://acme.example/book"}],
    }
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><text x="1" y="9">Seat</text></svg>'
    waiver = "- code: insecure-link\n  reason: Agreed\n  who: Kim\n  until: 2099-12-31\n"
    write_campaign(
        folder,
        build=_BUILD,
        email=email,
        sidecar={
            "subject": "Your seat",
            "preheader": "Forty minutes",
            "from": {"name": "Acme", "address": "a@acme.example"},
        },
        campaign={"audience": {"suppressions": ["opted-out.csv"], "segments": segments}},
        files={
            "copy.docx": written.getvalue(),
            "all.csv.gz": gzip.compress(f"email,name\n{OPTED_OUT},Ann\nbo@acme.example,Bo\n".encode()),
            "few.csv": f'email;name\n"{OPTED_OUT}";"Ann"\n"bo@acme.example";"Bo, the second"\n',
            "opted-out.csv": f"email\n{OPTED_OUT}\nzoe@acme.example\n",
            "waivers.yaml": waiver,
            "build/a.css": "@media screen and (max-width:600px){.a>p{color:#123;display:none}}",
            "build/a.svg": drawing,
            "build/b.jpg": picture(60, 40, "room", "jpg"),
        },
    )


def _of_report(folder: Path) -> list[Spoilt]:
    """The files of a report and of what was accepted, which later commands read."""
    with redirect_stdout(io.StringIO()):
        main(["run", str(folder / "made"), "--no-render", "--report", str(folder / "before")])
        main(["run", str(folder / "guide-en"), "--no-render", "--report", str(folder / "good")])
    accept(folder / "guide-en", Profile(render=False))
    again = (("judge", "before"), ("run", "made", "--no-render", "-j", "1", "--report", "before"))
    found = [Spoilt(folder / "before/report.json", "json", again)]
    commands = (("baseline", "accept", "guide-en", "--report", "good", "--reason", "Friday"), ("judge", "good"))
    found += [Spoilt(file, "json", commands) for file in sorted((folder / "good").glob("*.json"))]
    kept = [file for file in sorted((folder / "guide-en/baseline").rglob("*")) if file.suffix in (".json", ".yaml")]
    commands = _for("guide-en", RUN, ("baseline", "list", "{campaign}"))
    return found + [Spoilt(file, ENDINGS[file.suffix], commands) for file in kept]
