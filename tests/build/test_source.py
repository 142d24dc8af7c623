"""A build comes from a folder, the web, or a package's own source, and gives the same findings wherever it is from."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from qa.build.assets import find_assets
from qa.build.bag import Bag, BuildFile, FolderBag, MemoryBag
from qa.build.campaign import Campaign
from qa.build.digest import built_files, digest
from qa.build.source import installed
from qa.finding import Fault
from qa.profile.model import Profile
from qa.request import load_request
from qa.testing import picture, write_campaign
from tests.running import run

HTML = """<!doctype html><html lang="en"><head><title>Spring</title></head><body><p>Hello {{lead.Frist Name}}</p>
<img src="images/hero.png" alt="" width="600"><img src="images/herp.png" alt=""><a href="http://localhost:3000/x">Go</a>
</body></html>"""
FILES = {
    "build/asset.html": HTML.encode(),
    "build/asset.envelope.yaml": b"subject: '[TEST] Spring'\nfrom: {name: Acme, address: news@acme.example}\n",
    "build/asset.txt": b"Hello {{lead.Frist Name}}\n",
    "build/images/hero.png": picture(600, 200, "hero"),
}


class Archive:
    """What somebody's package offers: builds of one archive, by references such as "archive:build/asset.html"."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._bag = MemoryBag(files)

    def takes(self, reference: str) -> bool:
        return reference.startswith("archive:")

    def deliver(self, reference: str) -> BuildFile:
        name = reference.removeprefix("archive:")
        if name == "broken":
            raise RuntimeError("no answer")
        if not self._bag.has(name):
            raise Fault(f"{reference} is not in the archive.")
        return self._bag.file(name)


@pytest.fixture
def _archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package of somebody's own, installed: its entry point is all that is known of it."""
    package = ModuleType("somebodys_archive")
    package.__dict__["source"] = Archive(FILES)
    monkeypatch.setitem(sys.modules, package.__name__, package)
    described = tmp_path / "site" / "somebodys_archive-1.0.dist-info"
    described.mkdir(parents=True)
    (described / "METADATA").write_text("Metadata-Version: 2.1\nName: somebodys-archive\nVersion: 1.0\n")
    (described / "entry_points.txt").write_text("[qa.sources]\narchive = somebodys_archive:source\n")
    monkeypatch.syspath_prepend(str(described.parent))
    installed.cache_clear()
    yield
    installed.cache_clear()


def campaign(folder: Path, prefix: str = "", **fields: str) -> Campaign:
    """A campaign whose build, text and request are the same, from its folder or with a source's prefix."""
    fields = {"build": f"{prefix}build/asset.html", "text": f"{prefix}build/asset.txt", **fields}
    write_campaign(folder, campaign={"platform": "marketo", "emails": [{"name": "asset", **fields}]})
    if not prefix:
        for name, content in FILES.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return Campaign(folder, folder.name)


@pytest.mark.usefixtures("_archive")
def test_a_folder_and_somebodys_own_source_give_the_same_findings(tmp_path: Path) -> None:
    told = []
    for each in (campaign(tmp_path / "folder" / "c"), campaign(tmp_path / "archive" / "c", "archive:")):
        came_out = run(each, load_request(each.folder), Profile(render=False))
        told.append(
            {
                (result.check, result.asset, result.outcome, finding.code, finding.message, finding.where)
                for result in came_out.results
                for finding in result.findings or ()
            }
        )
        files = built_files(find_assets(each.folder, load_request(each.folder)))
        assert [file.name for file in files] == ["build/asset.html", "build/asset.txt", "build/asset.envelope.yaml"]
    assert told[0] == told[1]
    assert {"staging-link", "missing-image-file"} & {code for _, _, _, code, _, _ in told[0]}


@pytest.mark.usefixtures("_archive")
def test_the_digest_is_over_the_bag(tmp_path: Path) -> None:
    digests = []
    for each in (campaign(tmp_path / "folder"), campaign(tmp_path / "archive", "archive:")):
        digests.append(digest(built_files(find_assets(each.folder, load_request(each.folder)))))
    assert digests[0] == digests[1]


@pytest.mark.usefixtures("_archive")
@pytest.mark.parametrize(
    ("build", "said"),
    [
        ("archive:gone.html", "archive:gone.html is not in the archive (named in request.yaml, line 1)."),
        ("archive:broken", "“archive:broken” (named in request.yaml, line 1) cannot be read: RuntimeError: no answer."),
        ("marketo:email/1", "there is no adapter for marketo yet"),
        ("ftp://acme.example/a.html", "is not read: name a file of the campaign folder, or an https address."),
        ("other:a.html", "“other:a.html” is not a path inside the campaign folder"),
    ],
)
def test_what_cannot_be_had_is_one_clear_line(tmp_path: Path, build: str, said: str) -> None:
    each = campaign(tmp_path, "archive:", build=build)
    (asset,) = find_assets(each.folder, load_request(each.folder))
    assert said in asset.fault
    assert asset.file is None


def bags(folder: Path) -> list[Bag]:
    (folder / "build").mkdir()
    (folder / "build/invite.html").write_bytes(b"<p>x")
    return [FolderBag(folder), MemoryBag({"build/invite.html": b"<p>x"})]


def test_every_bag_answers_alike(tmp_path: Path) -> None:
    for bag in bags(tmp_path):
        assert bag.read("build/invite.html", 10) == b"<p>x"
        assert bag.has("build/../build/invite.html")
        assert not bag.has("build/other.html")
        assert bag.near("build/invit.html") == "invite.html"
        assert bag.near("build/invit.html", {"build/invite.html"}) == ""
        assert (bag.is_folder("build"), bag.is_folder("."), bag.is_folder("final")) == (True, True, False)


@pytest.mark.parametrize(
    ("name", "most", "said"),
    [
        ("build/gone.html", 10, "build/gone.html is not there."),
        ("build", 10, "build is not a file."),
        ("build/invite.html", 3, "build/invite.html is 0.0 MB large; the limit is 0 MB."),
        ("../secret.html", 10, "leads out of the campaign folder"),
        ("/etc/passwd", 10, "starts at the root of the disk"),
        (r"C:\build\invite.html", 10, "is not a path inside the campaign folder."),
    ],
)
def test_every_bag_refuses_alike(tmp_path: Path, name: str, most: int, said: str) -> None:
    for bag in bags(tmp_path):
        with pytest.raises(Fault) as fault:
            bag.read(name, most)
        assert said in str(fault.value)


def test_the_digest_is_of_what_was_read(tmp_path: Path) -> None:
    folder, memory = bags(tmp_path)
    folder.read("build/invite.html", 10)
    (tmp_path / "build/invite.html").write_bytes(b"<p>later")
    assert folder.digest("build/invite.html") == memory.digest("build/invite.html")
    assert FolderBag(tmp_path).digest("build/invite.html") != memory.digest("build/invite.html")
