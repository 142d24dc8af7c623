"""Campaigns under pytest, spread over processes: everything is told as by one process, and a campaign goes whole."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.suite_campaigns import ASKED, ONLY, WAIVER, run, write

TWO = ("--qa-no-render", "-n", "2")


@pytest.mark.parametrize("more", [(), ("--dist", "loadgroup"), ("--dist", "load")], ids=" ".join)
def test_campaigns_are_spread_over_processes(pytester: pytest.Pytester, campaigns: Path, more: tuple[str, ...]) -> None:
    result = pytester.runpytest_subprocess("campaigns", "--qa-no-render", "-n", "2", "--qa-fail-on", "warning", *more)
    result.assert_outcomes(failed=1, passed=7, skipped=2)
    result.stdout.fnmatch_lines(["FAILED campaigns/bad/invite::link-destination* - “Book” leads to *"])


def test_processes_collect_what_the_first_one_decided(pytester: pytest.Pytester, campaigns: Path) -> None:
    pytester.makepyfile(test_own="def test_own(): pass")
    pytester.runpytest_subprocess("-n", "2").assert_outcomes(passed=1)


def test_a_failure_of_several_processes_is_the_last_failure_of_one(pytester: pytest.Pytester, campaigns: Path) -> None:
    pytester.runpytest_subprocess("campaigns", "--qa-no-render", "-n", "2")
    run(pytester, "campaigns", "--lf").assert_outcomes(failed=1, deselected=9)


def told(file: Path) -> dict[str, tuple[object, ...]]:
    """What a file of JUnit says of each test but its times: outcome and words, and its properties."""
    cases = {}
    for case in ElementTree.parse(file).iter("testcase"):
        said = tuple((each.tag, each.get("message"), each.text) for each in case if each.tag != "properties")
        properties = tuple((each.get("name"), each.get("value")) for each in case.iter("property"))
        cases[f"{case.get('classname')}.{case.get('name')}"] = (said, properties)
    return cases


@pytest.fixture
def all_outcomes(campaigns: Path) -> Path:
    """Besides a campaign that passes and one that fails: one that is waived, one that is broken, one with a question."""
    for name in ("waived", "broken", "question"):
        write(campaigns / name, "https://acme.example/boook" if name == "waived" else "https://acme.example/book")
    (campaigns / "waived" / "waivers.yaml").write_text(WAIVER.format("wrong-destination"))
    (campaigns / "broken" / "build" / "asset.html").unlink()
    tokens = {**ASKED, "tokens": ["{{ customer.name }}"]}
    write(campaigns / "question", email=tokens, build="Hi {{ customer.name }}")
    (campaigns.parent / "qa.toml").write_text(ONLY.replace('"title"', '"title", "tokens-asked"'))
    return campaigns


def test_several_processes_tell_what_one_tells(pytester: pytest.Pytester, all_outcomes: Path) -> None:
    one = run(pytester, "campaigns", "--junitxml=one.xml")
    two = pytester.runpytest_subprocess("campaigns", *TWO, "--junitxml=two.xml")
    outcomes = one.parseoutcomes()
    assert set(outcomes) == {"failed", "passed", "skipped", "xfailed", "errors"}
    assert two.parseoutcomes() == outcomes
    assert told(pytester.path / "two.xml") == told(pytester.path / "one.xml")
    assert two.stdout.str().count("for a person to decide (1)") == 1
    assert sum("tokens-asked" in line for line in two.outlines) == 1


def test_what_is_below_the_gate_is_a_warning_of_whichever_process(pytester: pytest.Pytester, campaigns: Path) -> None:
    (pytester.path / "qa.toml").write_text(ONLY + '[severity]\nwrong-destination = "warning"\n')
    result = pytester.runpytest_subprocess("campaigns", *TWO)
    result.assert_outcomes(passed=8, skipped=2, warnings=1)
    result.stdout.fnmatch_lines(["*campaigns/bad/build/asset.html:1: FindingWarning: “Book” leads to *"])


@pytest.mark.parametrize(
    ("chosen", "outcomes"),
    [
        (("-k", "destination"), {"failed": 1, "passed": 1}),
        (("-m", "link"), {"failed": 1, "passed": 3}),
        (("campaigns/bad/invite::link-destination",), {"failed": 1}),
        (("-v", "--durations=3"), {"failed": 1, "passed": 7, "skipped": 2}),
    ],
    ids=" ".join,
)
def test_processes_run_what_was_chosen(
    pytester: pytest.Pytester, campaigns: Path, chosen: tuple[str, ...], outcomes: dict[str, int]
) -> None:
    named = () if "::" in chosen[0] else ("campaigns",)
    pytester.runpytest_subprocess(*named, *TWO, *chosen).assert_outcomes(**outcomes)


def test_the_first_failures_stop_all_processes(pytester: pytest.Pytester, campaigns: Path) -> None:
    for number in range(12):
        write(campaigns / f"c{number}", "https://acme.example/boook")
    for options, most in (("-x", 2), ("--maxfail=3", 6)):
        result = pytester.runpytest_subprocess("campaigns", *TWO, options)
        failed = result.parseoutcomes()["failed"]
        assert failed <= most
        result.stdout.fnmatch_lines(["*stopping after * failures*"])


def test_the_last_failures_run_again_in_processes(pytester: pytest.Pytester, campaigns: Path) -> None:
    run(pytester, "campaigns")
    pytester.runpytest_subprocess("campaigns", *TWO, "--lf").assert_outcomes(failed=1)
    write(campaigns / "bad")
    pytester.runpytest_subprocess("campaigns", *TWO, "--lf").assert_outcomes(passed=1)
    assert json_of_last_failures(pytester) == "{}"


def json_of_last_failures(pytester: pytest.Pytester) -> str:
    """What the cache of pytest holds."""
    file = pytester.path / ".pytest_cache" / "v" / "cache" / "lastfailed"
    return file.read_text() if file.exists() else "{}"


def test_hooks_and_marks_of_a_users_own_hold_in_every_process(pytester: pytest.Pytester, campaigns: Path) -> None:
    pytester.makeconftest(
        """
        import pytest
        def pytest_runtest_setup(item):
            with open("heard", "a") as file:
                print(item.nodeid, file=file)
        def pytest_collection_modifyitems(items):
            for item in items:
                if item.nodeid == "campaigns/bad/invite::link-destination":
                    item.add_marker(pytest.mark.skip(reason="until Monday"))
        """
    )
    pytester.runpytest_subprocess("campaigns", *TWO).assert_outcomes(passed=7, skipped=3)
    heard = (pytester.path / "heard").read_text().splitlines()
    assert len(heard) == len(set(heard)) >= 9


def test_campaigns_are_spread_beside_other_tests(pytester: pytest.Pytester, campaigns: Path) -> None:
    pytester.makeini("[pytest]\nqa_campaigns = campaigns\n")
    pytester.makepyfile(test_own="import pytest\n@pytest.mark.parametrize('n', range(5))\ndef test_own(n): pass")
    pytester.runpytest_subprocess(*TWO).assert_outcomes(failed=1, passed=12, skipped=2)


def test_a_process_that_dies_costs_no_other_campaign(pytester: pytest.Pytester, campaigns: Path) -> None:
    pytester.makeconftest(
        """
        import os
        def pytest_runtest_setup(item):
            if "bad" in item.nodeid:
                os._exit(1)
        """
    )
    result = pytester.runpytest_subprocess("campaigns", *TWO, "--max-worker-restart=1")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*worker *crashed while running *campaigns/bad/*"])
    assert result.parseoutcomes()["passed"] == 4
