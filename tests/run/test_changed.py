"""A file that changes while a campaign is checked: no GO, and the digest is that of the bytes that were judged."""

from __future__ import annotations

import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from qa.artefacts import Parts
from qa.build.assets import Asset, find_assets
from qa.build.bag import FolderBag
from qa.build.campaign import Campaign
from qa.build.digest import built_files, digest
from qa.cli.command_line import main
from qa.files.atomic import write_at_once
from qa.files.readings import Readings
from qa.finding import Fault, Outcome
from qa.profile.model import Profile
from qa.render.origin import ORIGIN, BuildOrigin
from qa.report.examine import Examined, examine
from qa.request import load_request
from qa.run import answers, plan, session
from qa.source import Source
from qa.suites.suite import Suite, key_of
from qa.testing import picture, shared, write_campaign
from qa.verdict.judge import UNUSABLE, Decision

HTML = """<html lang="en"><head><meta charset="utf-8"><title>Seat</title></head><body>
<p>Save your seat.</p><img src="hero.png" alt="A seat" width="60" height="40">
<p><a href="https://acme.example/seat">Save my seat</a></p></body></html>"""
OTHER = HTML.replace("seat.", "seat now.")
NEW_FILES: dict[str, bytes] = {
    "build/asset.html": OTHER.encode(),
    "build/asset.txt": b"Something else: https://acme.example/other",
    "build/asset.envelope.yaml": b"subject: Another",
    "build/hero.png": picture(60, 40, "other"),
    "request.yaml": b'{"id": "T-2", "name": "Other", "emails": [{"name": "asset", "build": "build/asset.html"}]}',
    "copy.md": b"Another text that nobody has approved.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    email = {"copy": "copy.md", "links": [{"text": "Save my seat", "url": "https://acme.example/seat"}]}
    files = {"build/hero.png": picture(60, 40, "seat"), "copy.md": "Save your seat."}
    text = "Save your seat.\n\nSave my seat: https://acme.example/seat"
    write_campaign(tmp_path, build=HTML, email=email, plain=text, sidecar={"subject": "Your seat"}, files=files)
    return tmp_path


def digests(folder: Path) -> tuple[str, str]:
    request = load_request(folder)
    return digest(built_files(find_assets(folder, request))), digest([FolderBag(folder).file("request.yaml")])


def judged(folder: Path, moment: int | str, change: Callable[[], object], profile: Profile) -> Examined:
    """The campaign, changed once: at a step by its number, or when a check or artefact of that name is begun."""
    steps: list[str] = []

    def step(said: str, _done: int, _all: int) -> None:
        steps.append(said)
        if (len(steps) - 1 if isinstance(moment, int) else said.rpartition(": ")[2]) == moment:
            change()

    examined = examine(session(profile, resources=shared()), Campaign(folder, folder.name), step)
    assert isinstance(moment, int) or any(said.endswith(f": {moment}") for said in steps), steps
    return examined


def reasons(examined: Examined) -> list[str]:
    assert examined.document is not None
    results = examined.document["results"]
    return [each["reason"] for each in results if each["outcome"] == "broken" and each["asset"] is None]


@pytest.mark.parametrize("name", NEW_FILES)
@pytest.mark.parametrize("moment", [5, 20, 60, -1])
def test_a_file_that_changes_in_the_midst_is_no_go(folder: Path, name: str, moment: int) -> None:
    profile = Profile(render=False)
    before = digests(folder)
    steps = len(plan(session(profile), Campaign(folder, folder.name)).jobs)
    examined = judged(folder, moment % steps, lambda: (folder / name).write_bytes(NEW_FILES[name]), profile)
    assert examined.document is not None
    about = examined.document["campaign"]
    told = reasons(examined)
    if told:
        assert examined.decision is not Decision.GO
        assert told == [f"{name} changed while it was checked; run it again"]
        assert (about["build_digest"], about["request_digest"]) == before
    else:  # before anybody had read it: what was judged is what is there now
        assert name in ("build/asset.envelope.yaml", "build/hero.png")
        assert (about["build_digest"], about["request_digest"]) == digests(folder)


@pytest.mark.parametrize("name", ["build/asset.html", "request.yaml"])
def test_a_file_that_is_gone_at_the_end(folder: Path, name: str) -> None:
    before = digests(folder)
    examined = judged(folder, 40, (folder / name).unlink, Profile(render=False))
    assert reasons(examined) == [f"{name} changed while it was checked; run it again"]
    assert examined.document is not None
    about = examined.document["campaign"]
    assert (about["build_digest"], about["request_digest"]) == before


def test_nothing_is_said_where_nothing_changes(folder: Path) -> None:
    examined = judged(
        folder, 10, lambda: (folder / "build/asset.html").write_bytes(HTML.encode()), Profile(render=False)
    )
    assert reasons(examined) == []
    assert examined.document is not None
    assert examined.document["campaign"]["build_digest"] == digests(folder)[0]


def test_what_is_written_in_a_loop_is_never_go_as_something_else(folder: Path) -> None:
    """A program that writes the build over and over, now this, now that."""
    stopped, file = threading.Event(), folder / "build/asset.html"

    def write() -> None:
        while not stopped.is_set():
            for content in (OTHER, HTML):
                write_at_once(file, content.encode())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        planned = plan(session(Profile(render=False), resources=shared()), Campaign(folder, folder.name))
        results = answers(planned)
    finally:
        stopped.set()
        writer.join(10)
    parts = planned.subjects[0].peek(Parts)
    if parts is None:  # it was another one when it was read again
        assert any(result.outcome is Outcome.BROKEN for result in results)
    else:
        known = FolderBag(folder, readings=planned.readings).digest("build/asset.html")
        assert known == sha256(parts.html.text.encode()).hexdigest()


def test_a_file_is_refused_from_its_second_version_on(tmp_path: Path) -> None:
    file, readings = tmp_path / "a.html", Readings()
    bag = FolderBag(tmp_path, readings=readings)
    file.write_bytes(b"one")
    first = bag.digest("a.html")
    assert bag.read("a.html", 10) == b"one"
    file.write_bytes(b"two")
    with pytest.raises(Fault, match=r"a\.html changed while it was checked"):
        bag.read("a.html", 10)
    assert bag.digest("a.html") == first
    file.write_bytes(b"one")  # and back again: what was read in between was neither
    assert readings.changed() == ("a.html",)


def test_a_list_is_known_by_its_size_and_time(tmp_path: Path) -> None:
    file, readings = tmp_path / "a.csv", Readings()
    file.write_bytes(b"email\na@acme.example\n")
    readings.watch(file, "a.csv")
    assert readings.changed() == ()
    file.write_bytes(b"email\nb@acme.example\nc@acme.example\n")
    assert readings.changed() == ("a.csv",)


def test_the_browser_is_not_handed_another_picture_than_was_read(folder: Path) -> None:
    bag = FolderBag(folder)
    asset = Asset("email", "asset", folder, bag.file("build/asset.html"))
    origin = BuildOrigin(asset, Parts("build/asset.html", Source("build/asset.html", HTML)), HTML)
    read = bag.read("build/hero.png", 1_000_000)
    assert origin.answer(f"{ORIGIN}/build/hero.png").content == read
    (folder / "build/hero.png").write_bytes(picture(60, 40, "other"))
    assert origin.answer(f"{ORIGIN}/build/hero.png").status == 404


@pytest.mark.parametrize("name", ["build/asset.html", "build/hero.png"])
def test_a_change_while_it_is_drawn(folder: Path, name: str) -> None:
    profile, before = Profile(views=("gmail-web",), cache=False), digests(folder)
    examined = judged(folder, "rendering", lambda: (folder / name).write_bytes(NEW_FILES[name]), profile)
    assert reasons(examined) == [f"{name} changed while it was checked; run it again"]
    assert examined.decision is not Decision.GO
    assert examined.document is not None
    assert examined.document["campaign"]["build_digest"] == before[0]


@pytest.mark.parametrize("name", NEW_FILES)
def test_a_result_is_not_that_of_files_that_changed_after_it(folder: Path, name: str, tmp_path: Path) -> None:
    report, result = tmp_path / "report", ["judge", str(tmp_path / "report")]
    main(["run", str(folder), "--no-render", "--report", str(report)])
    before = main(result)
    assert before in (0, 1)
    (folder / name).write_bytes(NEW_FILES[name])
    assert main(result) == UNUSABLE


def test_under_pytest_the_first_test_says_it(folder: Path) -> None:
    suite = Suite(session(Profile(render=False), resources=shared()), Campaign(folder, folder.name))
    chosen = [job for job in suite.plan.jobs if job.check.id in ("alt-quality", "plain-text")]
    for job in chosen:
        suite.expect(job)
    (folder / "request.yaml").write_bytes(NEW_FILES["request.yaml"])  # read when the tests were collected
    results = suite.judged(pictured=False).results
    assert [results[key_of(job)].outcome is Outcome.BROKEN for job in chosen] == [True, False]
