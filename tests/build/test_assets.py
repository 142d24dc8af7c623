"""The parts of a campaign are found in its folder, and nothing outside it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from qa.build.assets import Asset, find_assets, loose_asset
from qa.build.bag import BuildFile, FolderBag
from qa.build.digest import digest
from qa.network import Guard
from qa.request import Request, load_request


def request(**fields: Any) -> Request:
    return Request.model_validate({"id": "T-1", "name": "Test", **fields})


def email(folder: Path, build: str | None, online: bool = False, **fields: Any) -> Asset:
    asked = request(emails=[{"name": "invite", "build": build, **fields}])
    return find_assets(folder, asked, guard=Guard() if online else None)[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "build").mkdir()
    for name in ("invite.html", "invite.txt", "invite.customers.html", "page.html"):
        (tmp_path / "build" / name).write_text("<p>x")
    return tmp_path


def test_a_build_with_its_text_and_sidecar(folder: Path) -> None:
    (folder / "build/invite.envelope.yaml").write_text("subject: Hi")
    found = email(folder, "build/invite.html", text="build/invite.txt")
    assert (found.kind, found.name, found.fault) == ("email", "invite", "")
    assert [file.name for file in (found.file, found.plain, found.sidecar) if file] == [
        "build/invite.html",
        "build/invite.txt",
        "build/invite.envelope.yaml",
    ]


def test_variants_with_a_build_of_their_own_and_pages_are_assets_in_order(folder: Path) -> None:
    variants = [
        {"segment": "customers", "build": "build/invite.customers.html"},
        {"segment": "prospects", "when": "{{#if prospect}}"},
    ]
    asked = request(
        emails=[{"name": "invite", "build": "build/invite.html", "text": "build/invite.txt", "variants": variants}],
        pages=[{"name": "registration", "build": "build/page.html"}],
    )
    found = find_assets(folder, asked)
    assert [(asset.kind, asset.name) for asset in found] == [
        ("email", "invite"),
        ("email", "invite / customers"),
        ("page", "registration"),
    ]
    assert not any(asset.fault for asset in found)
    assert found[1].plain == found[0].plain


def test_a_missing_file_names_the_nearest(folder: Path) -> None:
    found = email(folder, "build/Invte.html")
    assert found.file is None
    assert found.fault.startswith("build/Invte.html is not there; the nearest name in that folder is invite.html.")


def test_a_fault_names_the_line_of_the_request(folder: Path) -> None:
    written = "id: T-1\nname: Test\nemails:\n  - name: invite\n    build: {}\n"
    for build, said in [
        ("build/gone.html", "build/gone.html (named in request.yaml, line 5) is not there."),
        ("../x.html", "(named in request.yaml, line 5)"),
        ("marketo:email/1", "“marketo:email/1” (named in request.yaml, line 5) cannot be read"),
        ("https://acme.example/", "https://acme.example/ (named in request.yaml, line 5) is on the web"),
        ("", "The request names no build for “invite” (request.yaml, line 4)."),
    ]:
        (folder / "request.yaml").write_text(written.format(build))
        fault = find_assets(folder, load_request(folder))[0].fault
        assert said in fault, fault


def test_a_missing_folder_and_a_folder_named_as_build(folder: Path) -> None:
    assert "there is no folder final" in email(folder, "final/invite.html").fault
    assert email(folder, "build").fault == "build is a folder, not a file."


def test_a_missing_text_part_is_a_fault(folder: Path) -> None:
    assert "build/other.txt is not there" in email(folder, "build/invite.html", text="build/other.txt").fault


@pytest.mark.parametrize("build", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", r"C:\build\invite.html"])
def test_a_path_that_leaves_the_folder_is_not_followed(folder: Path, build: str) -> None:
    found = email(folder, build)
    assert found.file is None
    assert build in found.fault


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_a_symlink_that_leaves_the_folder_is_not_followed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.html"
    outside.write_text("secret")
    (folder / "build/link.html").symlink_to(outside)
    found = email(folder, "build/link.html")
    assert found.file is None
    assert "outside the campaign folder" in found.fault


def test_a_platform_reference_has_no_adapter_yet(folder: Path) -> None:
    fault = email(folder, "marketo:email/1234").fault
    assert "no adapter for marketo yet" in fault
    assert "export" in fault


def test_an_address_needs_online(folder: Path) -> None:
    assert "--online" in email(folder, "https://www.acme.example/invite").fault
    found = email(folder, "https://www.acme.example/invite", online=True)
    assert (found.on_web, found.fault) == (True, "")
    assert "not read" in email(folder, "ftp://acme.example/invite.html", online=True).fault


def test_no_build_at_all_names_a_candidate(folder: Path) -> None:
    assert "“build: build/invite.html”" in email(folder, None).fault
    (folder / "build/invite.html").unlink()
    assert email(folder, None).fault == "The request names no build for “invite”. Add “build:”."


PAGE = '<html><head><script src="a.js"></script></head><body><nav></nav><main><form><input name=e></form></main>'
EMAIL = '<html><body><table role="presentation" cellpadding="0"><tr><td>Hi {{lead.First Name}}</td></tr></table>'


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.html", PAGE, "page"),
        ("a.html", EMAIL, "email"),
        ("a.html", EMAIL + "<form><input name=e></form>", "email"),
        ("a.html", "<p>Hello", "email"),
        ("a.html", "<p>Hello</p><script>document.addEventListener('click', open)</script>", "page"),
        ("a.html", "", "email"),
        ("a.txt", "Hello <nav> <main>", "email"),
        ("a.html", f"From: a@acme.example\nSubject: x\nContent-Type: text/html\n\n{PAGE}", "email"),
    ],
)
def test_the_kind_of_a_loose_build_is_told_from_its_content(tmp_path: Path, name: str, content: str, kind: str) -> None:
    (tmp_path / name).write_text(content)
    found = loose_asset(tmp_path / name)
    assert (found.kind, found.name, found.folder, found.fault) == (kind, name, tmp_path, "")
    assert loose_asset(tmp_path / name, "page").kind == "page"


def test_a_loose_build_has_its_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>x")
    (tmp_path / "a.envelope.yaml").write_text("subject: x")
    assert (sidecar := loose_asset(tmp_path / "a.html").sidecar) and sidecar.name == "a.envelope.yaml"


def test_a_loose_build_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "invite.html").write_text("<p>x")
    assert "the nearest name in that folder is invite.html" in loose_asset(tmp_path / "invit.html").fault


def test_the_digest_depends_on_names_and_contents_not_on_where_or_in_what_order(tmp_path: Path) -> None:
    def campaign(place: str, name: str = "a.html", content: str = "a") -> list[BuildFile]:
        (tmp_path / place / "build").mkdir(parents=True)
        (tmp_path / place / "build" / name).write_text(content)
        (tmp_path / place / "request.yaml").write_text("r")
        bag = FolderBag(tmp_path / place)
        return [bag.file(f"build/{name}"), bag.file("request.yaml")]

    first = campaign("1")
    assert digest(first) == digest(list(reversed(first))) == digest(campaign("2"))
    assert digest(first).startswith("sha256:")
    assert (
        len({digest(first), digest(campaign("3", name="b.html")), digest(campaign("4", content="b")), digest([])}) == 4
    )


def test_a_name_too_long_for_one_beside_it_has_no_sidecar(tmp_path: Path) -> None:
    file = tmp_path / f"{'a' * 245}.html"
    file.write_text("<p>x</p>")
    found = loose_asset(file)
    assert (found.sidecar, found.fault) == (None, "")
