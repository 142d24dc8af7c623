"""All processes of a run ask through one prober: each address once, few at a time, whatever -j says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from qa.cli.command_line import main
from qa.finding import Fault
from qa.network import Guard
from qa.probing.exchange import Limits, visitors
from qa.probing.manners import Manners
from qa.probing.prober import Prober
from qa.probing.shared import Counter, SharedProber
from qa.testing import write_campaign
from tests.probing.site import Page, Site


def prober() -> Prober:
    return Prober(lambda _: visitors(Guard(("127.0.0.1",)), Limits(2, 2, 2)), Manners(delay=0, again=0))


def test_who_hands_in_the_same_addresses_gets_the_same_answers() -> None:
    with Site({"/3": Page(404)}) as site:
        counter = Counter(prober())
        urls = [f"{site.url}/{n}" for n in range(8)]
        with ThreadPoolExecutor(6) as processes:
            told = list(processes.map(lambda _: SharedProber(counter.address).ask(urls, {}), range(12)))
        counter.close()
        assert all(each == told[0] for each in told)
        assert told[0][f"{site.url}/3"].status == 404
        assert set(site.counted.values()) == {1}


def test_what_is_withheld_is_withheld_there() -> None:
    with Site() as site:
        counter = Counter(prober())
        told = SharedProber(counter.address).ask([f"{site.url}/a"], {f"{site.url}/a": "it is"})
        counter.close()
        assert told[f"{site.url}/a"].failure == "never"
        assert site.asked == []


def test_a_stranger_is_sent_away_and_stops_nobody() -> None:
    with Site() as site:
        counter = Counter(prober())
        with pytest.raises(AuthenticationError):
            Client(counter.address, authkey=b"none of ours")
        assert SharedProber(counter.address).ask([f"{site.url}/a"], {})[f"{site.url}/a"].status == 200
        counter.close()


def test_a_counter_that_is_closed_breaks_the_check_and_does_not_hang() -> None:
    counter = Counter(prober())
    counter.close()
    with pytest.raises(Fault, match="could not be asked"):
        SharedProber(counter.address).ask(["https://acme.example/"], {})


def test_what_goes_wrong_there_is_told_here() -> None:
    class Broken(Prober):
        def ask(self, *_: object) -> dict:  # type: ignore[type-arg,override]
            raise RuntimeError("out of threads")

    counter = Counter(Broken(lambda _: lambda: lambda url: None))  # type: ignore[arg-type,return-value]
    with pytest.raises(Fault, match="out of threads"):
        SharedProber(counter.address).ask(["https://acme.example/"], {})
    counter.close()


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_many_campaigns_in_many_processes_ask_each_address_once(tmp_path: Path, jobs: str) -> None:
    with Site({"/3": Page(404)}, seconds=0.05) as site:
        for number in range(6):
            folder = tmp_path / "campaigns" / str(number)
            write_campaign(folder, build="".join(f'<p><a href="{site.url}/{n}">Go {n}</a>' for n in range(8)), email={})
        (tmp_path / "qa.toml").write_text('[network]\nonline = true\nallow_private = ["127.0.0.1"]\n')
        folders = [str(tmp_path / "campaigns" / str(number)) for number in range(6)]
        report = str(tmp_path / "report")
        assert main(["run", *folders, "-j", jobs, "--no-render", "--only", "dead-links", "--report", report]) == 1
        assert len(site.asked) == len(site.counted) == 8
        assert site.most <= 2
