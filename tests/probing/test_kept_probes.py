"""Answers of the web are kept from one run to the next as long as the profile says; failures and errors never."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.artefacts.probes import Probe
from qa.network import Guard
from qa.probing.exchange import Limits, Terms, visitors
from qa.probing.manners import Manners
from qa.probing.prober import Prober
from tests.probing.site import Page, Site, moved

KEEP = Terms(keep=3600)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QA_CACHE", str(tmp_path))
    return tmp_path / "probes"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def ask(url: str, terms: Terms = KEEP) -> Probe:
    """As a run of its own does."""
    asking = Prober(lambda _: visitors(Guard(("127.0.0.1",)), Limits(2, 2, 2)), Manners(delay=0, again=0))
    try:
        return asking.ask([url], {}, terms)[url]
    finally:
        asking.close()


def test_a_page_that_answered_is_not_asked_again_while_its_answer_is_young(site: Site) -> None:
    site.pages["/a"] = moved("/b")
    first = ask(f"{site.url}/a")
    assert ask(f"{site.url}/a") == first
    assert first.body == b"<title>Page</title><p>Hello"
    assert site.asked == ["/a", "/b"]


def test_nothing_is_kept_unless_it_is_asked_for(site: Site, cache: Path) -> None:
    ask(f"{site.url}/a", Terms())
    assert not cache.exists()
    ask(f"{site.url}/a")
    ask(f"{site.url}/a", Terms())
    assert len(site.asked) == 3


@pytest.mark.parametrize("page", [Page(404), Page(403), Page(503), Page(fault="reset"), moved("/a")])
def test_what_failed_is_asked_again(site: Site, cache: Path, page: Page) -> None:
    site.pages["/a"] = page
    ask(f"{site.url}/a")
    assert not cache.exists()
    site.pages["/a"] = Page()
    assert ask(f"{site.url}/a").status == 200


def test_what_is_old_or_spoilt_is_asked_again(site: Site, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(f"{site.url}/a")
    (file,) = cache.iterdir()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3601)
    ask(f"{site.url}/a")
    assert len(site.asked) == 2
    file.write_text("{")
    ask(f"{site.url}/a")
    assert len(site.asked) == 3


@pytest.mark.skipif(os.name == "nt", reason="on Windows the folder is the account's own")
def test_what_others_can_write_is_not_believed(site: Site, cache: Path) -> None:
    ask(f"{site.url}/a")
    (file,) = cache.iterdir()
    file.chmod(0o666)
    ask(f"{site.url}/a")
    assert len(site.asked) == 2


def test_another_language_or_another_network_is_another_answer(site: Site) -> None:
    ask(f"{site.url}/a")
    ask(f"{site.url}/a", Terms(language="de", keep=3600))
    ask(f"{site.url}/a", Terms(("127.0.0.1",), keep=3600))
    assert len(site.asked) == 3


def test_what_is_withheld_by_now_is_no_answer_any_more(site: Site) -> None:
    site.pages["/a"] = moved("/b")
    ask(f"{site.url}/a")
    asking = Prober(lambda _: visitors(Guard(("127.0.0.1",)), Limits(2, 2, 2)), Manners(delay=0, again=0))
    told = asking.ask([f"{site.url}/a"], {f"{site.url}/b": "it is"}, KEEP)
    assert told[f"{site.url}/a"].failure == "never"
