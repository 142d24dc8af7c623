"""Each campaign under the profile of its own, the team's own checks wherever they are wanted, one clock for all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qa.cli.command_line import main
from qa.finding import Unusable
from qa.profile.clock import Clock
from qa.profile.model import Profile
from qa.run import Resources, session
from qa.testing import write_campaign
from tests.own_checks import own_check

LOOSE = "<html lang='en'><title>Hi</title><p>Hello <a href='http://acme.example/a'>there</a></p></html>"
MAY = '[campaigns]\nmay = ["waivers"]\n'
OWN = own_check("tone", "shouting", 'if "!!!" not in markup.text:\n        return')


def _run(folder: Path, *arguments: object) -> tuple[int, list[dict[str, Any]]]:
    file = folder / "out.json"
    code = main(
        ["run", *map(str, arguments), "--no-render", "--report", str(folder / "report"), "--json", str(file), "-j", "2"]
    )
    documents = json.loads(file.read_text("utf-8"))
    return code, documents if isinstance(documents, list) else [documents]


def _verdicts(documents: list[dict[str, Any]]) -> dict[str, str]:
    return {document["campaign"]["folder"]: document["verdict"]["outcome"] for document in documents}


def test_each_campaign_is_judged_by_the_nearest_profile(tmp_path: Path) -> None:
    for team, gate in (("strict", "warning"), ("easy", "error")):
        write_campaign(tmp_path / team / f"{team}-campaign", build=LOOSE)
        (tmp_path / team / "qa.toml").write_text(f'gate = "{gate}"\n[checks]\nonly = ["link-syntax"]\n')
    strict, easy = tmp_path / "strict" / "strict-campaign", tmp_path / "easy" / "easy-campaign"
    alone = {**_verdicts(_run(tmp_path, strict)[1]), **_verdicts(_run(tmp_path, easy)[1])}
    assert alone == {"strict-campaign": "held", "easy-campaign": "go"}
    for order in ((strict, easy), (easy, strict)):
        code, documents = _run(tmp_path, *order)
        assert (code, _verdicts(documents)) == (1, alone)


def test_a_profile_that_cannot_be_used_stops_its_own_campaigns_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for team in ("good", "bad"):
        write_campaign(tmp_path / team / "c", build=LOOSE)
    (tmp_path / "bad" / "qa.toml").write_text('gat = "error"\n')
    code, documents = _run(tmp_path, tmp_path / "good" / "c", tmp_path / "bad" / "c")
    assert (code, len(documents)) == (1, 1)
    assert "gat" in capsys.readouterr().out
    assert main(["run", str(tmp_path / "bad" / "c"), "--report", str(tmp_path / "r")]) == 2


def test_the_teams_own_checks_are_known_to_waivers_and_to_every_process(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "tone.py").write_text(OWN)
    (tmp_path / "qa.toml").write_text('[checks]\nfolder = "own"\nonly = ["tone"]\n' + MAY)
    for name in ("a", "b"):
        write_campaign(tmp_path / name, build="<p>BUY NOW!!!</p>")
    waiver = "- {code: shouting, reason: The sale is loud., who: Kim Osei, until: 2099-01-01}\n"
    (tmp_path / "a" / "waivers.yaml").write_text(waiver)
    code, documents = _run(tmp_path, tmp_path / "a", tmp_path / "b")
    assert (code, _verdicts(documents)) == (1, {"a": "go", "b": "held"})


def test_a_check_that_breaks_keeps_where_it_broke(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "tone.py").write_text(OWN.replace('"!!!" not in markup.text', "markup.txt"))
    (tmp_path / "qa.toml").write_text('[checks]\nfolder = "own"\nonly = ["tone"]\n')
    write_campaign(tmp_path / "c", build="<p>Hello</p>")
    code, (document,) = _run(tmp_path, tmp_path / "c")
    (broken,) = [result for result in document["results"] if result["outcome"] == "broken"]
    assert code == 3
    assert "AttributeError" in broken["reason"] and "tone.py" in broken["trace"]
    assert "tone.py" not in capsys.readouterr().out
    monkeypatch.setenv("QA_DEBUG", "1")
    _run(tmp_path, tmp_path / "c")
    assert "tone.py" in capsys.readouterr().out


def test_two_teams_own_checks_of_one_name_do_not_meet(tmp_path: Path) -> None:
    for team, words in (("one", "!!!"), ("two", "???")):
        own = tmp_path / team / "own"
        own.mkdir(parents=True)
        (own / "tone.py").write_text(OWN.replace('"!!!"', f'"{words}"'))
        (tmp_path / team / "qa.toml").write_text('[checks]\nfolder = "own"\nonly = ["tone"]\n')
        write_campaign(tmp_path / team / f"campaign-{team}", build="<p>BUY NOW!!!</p>")
    _, documents = _run(tmp_path, tmp_path / "one" / "campaign-one", tmp_path / "two" / "campaign-two")
    assert _verdicts(documents) == {"campaign-one": "held", "campaign-two": "go"}


def test_one_clock_for_waivers_and_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_campaign(tmp_path / "c", build=LOOSE)
    waiver = "- {code: insecure-link, reason: The shop moves in May., who: Kim Osei, until: 2026-04-30}\n"
    (tmp_path / "c" / "waivers.yaml").write_text(waiver)
    (tmp_path / "qa.toml").write_text(MAY)
    codes = {}
    for day in ("2026-04-30", "2026-05-01"):
        monkeypatch.setenv("QA_TODAY", day)
        _, (document,) = _run(tmp_path, tmp_path / "c", "--only", "link-syntax")
        codes[day] = [f["code"] for result in document["results"] for f in result["findings"] if not f["waived"]]
    assert codes == {"2026-04-30": [], "2026-05-01": ["insecure-link", "expired-waiver"]}


def test_the_day_is_that_of_the_place_a_campaign_is_sent_from() -> None:
    far_east, far_west = Clock().today("Pacific/Kiritimati"), Clock().today("Pacific/Niue")
    assert far_east > far_west  # 25 hours apart


def test_a_day_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_TODAY", "soon")
    with pytest.raises(Unusable, match="QA_TODAY is “soon”"):
        session(Profile())


def test_an_email_and_a_list_of_one_name_are_told_apart(tmp_path: Path) -> None:
    audience = {"segments": [{"name": "invite", "list": "audience/all.csv", "count": 9}]}
    write_campaign(
        tmp_path / "c",
        build=LOOSE,
        email={"name": "invite"},
        campaign={"audience": audience},
        files={"audience/all.csv": "email\na@acme.example\n"},
    )
    _, (document,) = _run(tmp_path, tmp_path / "c", "--only", "list-count,link-syntax")
    found = {(result["asset"], result["kind"]) for result in document["results"] if result["findings"]}
    assert found == {("invite", "email"), ("invite (list)", "segment")}


def test_a_waiver_is_called_unused_only_where_its_check_looked(tmp_path: Path) -> None:
    write_campaign(tmp_path / "c", build="<p>Hello <a href='https://acme.example/a'>there</a></p>")
    waiver = "- {code: insecure-link, reason: Moved., who: Kim Osei, until: 2099-01-01}\n"
    (tmp_path / "c" / "waivers.yaml").write_text(waiver)
    (tmp_path / "qa.toml").write_text(MAY)
    said = {}
    for only in ("link-syntax", "alt-quality"):
        _, (document,) = _run(tmp_path, tmp_path / "c", "--only", only)
        said[only] = [f["code"] for result in document["results"] for f in result["findings"]]
    assert said == {"link-syntax": ["unused-waiver"], "alt-quality": []}


def test_resources_are_opened_once_and_closed_last_first() -> None:
    from qa.check import Registry, Resource

    closed = []

    class Lamp:
        def __init__(self, profile: Profile) -> None:
            self.room = profile.browser

        def close(self) -> None:
            closed.append(self.room)

    known = Registry(resources={Lamp: Resource(Lamp, Lamp, lambda profile: profile.browser)})
    with Resources() as resources:
        hall = resources.get(Lamp, known, Profile(browser="hall"))
        assert resources.get(Lamp, known, Profile(browser="hall", jobs=9)) is hall
        assert resources.get(Lamp, known, Profile(browser="cellar")) is not hall
    assert closed == ["cellar", "hall"]
