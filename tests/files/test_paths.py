from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from qa.files.paths import inside
from qa.finding import Fault


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("build/invite.html", "build/invite.html"),
        ("./build//invite.html", "build/invite.html"),
        ("build/../assets/hero.png", "assets/hero.png"),
        (r"build\invite.html", "build/invite.html"),
        (" build/Einladung für Käufer.html ", "build/Einladung für Käufer.html"),
        ("~/invite.html", "~/invite.html"),
        ("..hidden/x", "..hidden/x"),
    ],
)
def test_paths_inside_the_folder(tmp_path: Path, written: str, path: str) -> None:
    assert inside(tmp_path, written) == tmp_path / path


def test_a_shortcut_that_stays_inside_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "v2.html").write_text("x")
    (tmp_path / "invite.html").symlink_to("v2.html")
    assert inside(tmp_path, "invite.html") == tmp_path / "invite.html"


def test_the_folder_itself_may_be_reached_through_a_shortcut(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "campaign").symlink_to("real")
    assert inside(tmp_path / "campaign", "a.html") == tmp_path / "campaign" / "a.html"


@pytest.mark.parametrize(
    "written",
    [
        "../outside.html",
        "build/../../outside.html",
        "build/../../campaign/a.html",
        r"..\outside.html",
        "/etc/passwd",
        r"\\server\share\a.html",
        "//server/share/a.html",
        r"C:\a.html",
        "C:a.html",
        "file:///etc/passwd",
        "FILE:a.html",
        "https://acme.example/a.html",
        "marketo:email/1234",
        "data:text/html,x",
        "a\0.html",
        "a\n.html",
        "a\ud800.html",
        "",
        "  ",
        "x" * 300,
        "x/" * 3000,
        ".." + "/.." * 100_000,
    ],
)
def test_everything_else_is_refused_in_one_line(tmp_path: Path, written: str) -> None:
    with pytest.raises(Fault) as refused:
        inside(tmp_path, written)
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 200
    str(refused.value).encode()


def test_a_shortcut_that_leaves_is_refused(tmp_path: Path) -> None:
    campaign = tmp_path / "campaign"
    campaign.mkdir()
    (tmp_path / "secret.html").write_text("x")
    (campaign / "file.html").symlink_to(tmp_path / "secret.html")
    (campaign / "folder").symlink_to("..")
    for written in ("file.html", "folder/secret.html"):
        with pytest.raises(Fault, match="outside the campaign folder"):
            inside(campaign, written)


def test_a_shortcut_to_itself_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to("a.html")
    with suppress(Fault):  # Python 3.13 no longer minds
        assert not inside(tmp_path, "a.html").is_file()
