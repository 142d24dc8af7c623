"""What cannot be read is said, and never silently left out: locked folders, pipes, shortcuts out of a campaign."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.build.campaign import find_campaigns
from qa.cli.command_line import main
from qa.finding import Unusable
from qa.pictures.svg import size_of
from qa.testing import run_check, write_campaign

BUILD = "<p>Hello</p>"


def folder(path: Path, outside: Path) -> None:
    path.mkdir()


def pipe(path: Path, outside: Path) -> None:
    os.mkfifo(path)


def shortcut(path: Path, outside: Path) -> None:
    outside.write_text("")
    path.symlink_to(outside)


def nowhere(path: Path, outside: Path) -> None:
    path.symlink_to(path.parent / "nothing")


SPECIAL = [
    (folder, "is a folder, not a file"),
    (pipe, "is a pipe or a device, not a file"),
    (shortcut, "is a shortcut to a place outside the campaign folder"),
    (nowhere, "is a shortcut to nothing"),
]
pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes, and other rights")


@pytest.fixture
def locked() -> Iterator[Path]:
    """Two campaigns, of which one lies in a folder that nobody may look into; looked at without root's rights."""
    with tempfile.TemporaryDirectory() as name:
        campaigns = Path(name)
        campaigns.chmod(0o755)
        for each in ("open", "locked/spring"):
            write_campaign(campaigns / each, build=BUILD)
        (campaigns / "locked").chmod(0)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        yield campaigns
        if root:
            os.seteuid(0)
        (campaigns / "locked").chmod(0o755)


def test_a_folder_that_is_locked_is_said_and_stops_none_of_the_others(locked: Path) -> None:
    found = {campaign.folder.name: campaign.problem for campaign in find_campaigns([locked])}
    assert found.keys() == {"open", "locked"} and not found["open"]
    assert "cannot be looked into (Permission denied), and may hold a campaign" in found["locked"]
    with pytest.raises(Unusable, match="cannot be looked into"):
        find_campaigns([locked / "locked"])


@pytest.mark.parametrize(("made", "said"), SPECIAL)
@pytest.mark.parametrize("name", ["qa.toml", "waivers.yaml"])
def test_a_policy_that_is_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, made: Callable[[Path, Path], None], said: str
) -> None:
    write_campaign(tmp_path / "spring", build=BUILD)
    (tmp_path / "qa.toml").write_text('[campaigns]\nmay = ["waivers", "gate"]\n')
    made(tmp_path / "spring" / name, tmp_path / "outside")
    assert main(["run", str(tmp_path / "spring"), "--no-render", "--report", str(tmp_path / "report")]) == 2
    error = capsys.readouterr().err
    assert name in error and said in error


@pytest.mark.parametrize(("made", "said"), SPECIAL)
@pytest.mark.parametrize("name", ["asset.envelope.yaml", "asset.html"])
def test_a_build_or_an_envelope_that_is_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, made: Callable[[Path, Path], None], said: str
) -> None:
    write_campaign(tmp_path / "spring", build=BUILD)
    file = tmp_path / "spring" / "build" / name
    file.unlink(missing_ok=True)
    made(file, tmp_path / "outside")
    assert main(["run", str(tmp_path / "spring"), "--no-render", "--report", str(tmp_path / "report")]) == 3
    shown = " ".join(capsys.readouterr().out.split())
    assert name in shown and said in shown


@pytest.mark.parametrize("tag", ['<link rel="stylesheet" href="{}">', '<script src="{}"></script>'])
def test_what_is_loaded_from_outside_the_campaign_is_missing(tmp_path: Path, tag: str) -> None:
    write_campaign(tmp_path / "spring", build=tag.format("out.css"), page={})
    (tmp_path / "out.css").write_text("p { color: red }")
    (tmp_path / "spring" / "build" / "out.css").symlink_to(tmp_path / "out.css")
    assert [f["code"] for f in found_in(tmp_path)] == ["missing-page-file"]


def found_in(folder: Path) -> list[dict[str, Any]]:
    """The findings of the page's own files."""
    import json

    arguments = ["run", str(folder / "spring"), "--no-render", "--only", "page-files", "--report", str(folder / "r")]
    main([*arguments, "--json", str(folder / "out.json")])
    document = json.loads((folder / "out.json").read_text("utf-8"))
    return [finding for result in document["results"] for finding in result["findings"]]


SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'>{}</svg>"
GOOD = [
    "",
    "<g><path d='M0 0'/></g>",
    "<!-- <g> -->",
    "<text>a &amp; b</text>",
    "<style>p { x: 1 }</style>",
    "<g>" * 400 + "</g>" * 400,
]
BAD = [
    "<g>",
    "<path d='M0 0'>",
    "<text>a & b</text>",
    "<text>a&nbsp;b</text>",
    "<use xlink:href='#a'/>",
    "<g a='1' a='2'/>",
]


@pytest.mark.parametrize("content", GOOD)
def test_a_drawing_that_is_well_formed(content: str) -> None:
    assert size_of(SVG.format(content).encode()) == (4, 3)


@pytest.mark.parametrize("content", BAD)
def test_a_drawing_that_no_browser_draws(content: str) -> None:
    assert size_of(SVG.format(content).encode()) is None
    assert size_of(SVG.format("").encode()[:-7] + content.encode()) is None


def test_a_drawing_that_is_torn_off_is_a_broken_picture() -> None:
    build = '<p><img src="logo.svg" alt="Acme"></p>'
    said = run_check("image-files", email={}, build=build, files={"build/logo.svg": SVG.format("<g>")})
    assert [finding.code for finding in said.findings] == ["broken-image"]
