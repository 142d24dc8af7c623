"""Campaigns as suites of pytest: what is collected, how each outcome is told, what can be chosen, and what is spread."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.own_checks import own_check
from tests.suite_campaigns import ASKED, LINK, ONLY, WAIVER, run, write


def names(result: pytest.RunResult) -> list[str]:
    """The tests of `--collect-only -q`."""
    return [line for line in result.outlines if "::" in line and " " not in line]


def test_every_check_of_every_asset_is_a_test(pytester: pytest.Pytester, campaigns: Path) -> None:
    checks = ("build", "link-destination", "link-syntax", "subject-line", "title")
    wanted = [f"campaigns/{campaign}/invite::{check}" for campaign in ("bad", "good") for check in checks]
    assert names(run(pytester, "campaigns", "--collect-only", "-q")) == wanted
    result = run(pytester, "campaigns")
    result.assert_outcomes(failed=1, passed=7, skipped=2)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


@pytest.mark.parametrize(
    "named",
    ["campaigns/bad/invite::link-destination", "campaigns/bad/request.yaml::invite::link-destination"],
)
def test_a_test_is_run_by_its_name(pytester: pytest.Pytester, campaigns: Path, named: str) -> None:
    result = run(pytester, named)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["FAILED campaigns/bad/invite::link-destination - *"])


@pytest.mark.parametrize(
    ("named", "hint"),
    [
        (
            "invite::wrong-destination",
            "`wrong-destination` is not known here: it is a code of the check `link-destination`",
        ),
        ("invite::link-destinaton", "did you mean `link-destination`?"),
        ("invite::zzz", "The check `zzz` is not known here; `qa list` names them all."),
        ("invite::form-fields", "The check `form-fields` is not asked of this."),
        ("request.yaml::invte::title", "There is no `invte` in this campaign; did you mean `invite`?"),
        ("request.yaml::wrong-alt", "it is a code of the check `image-alt`"),
    ],
)
def test_a_name_that_is_none_has_a_hint(pytester: pytest.Pytester, campaigns: Path, named: str, hint: str) -> None:
    result = run(pytester, f"campaigns/bad/{named}")
    assert result.ret and hint in result.stdout.str()


def test_an_asset_and_a_campaign_are_run_by_their_names(pytester: pytest.Pytester, campaigns: Path) -> None:
    run(pytester, "campaigns/bad/invite").assert_outcomes(failed=1, passed=3, skipped=1)
    run(pytester, "campaigns/good").assert_outcomes(passed=4, skipped=1)


def test_a_failure_is_the_finding_without_a_traceback(pytester: pytest.Pytester, campaigns: Path) -> None:
    result = run(pytester, "campaigns/bad")
    result.stdout.fnmatch_lines(
        [
            "*bad/invite: link-destination*",
            "What should be: Every call to action leads where the request says.",
            "*“Book” leads to *",
            "  code            wrong-destination (error)",
            f"  asked for       {LINK}",
            "  built           https://acme.example/boook",
            "  in the build    campaigns/bad/build/asset.html:1",
            "  in the request  campaigns/bad/request.yaml:1",
            "  what to do      *",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert "qa/suites" not in result.stdout.str()


def test_nothing_is_collected_that_nobody_named(pytester: pytest.Pytester) -> None:
    write(pytester.path / "tests" / "fixtures" / "spring")
    pytester.makepyfile(**{"tests/test_own": "def test_own(): pass"})
    for arguments in ((), ("tests",), (".",), ("tests/test_own.py",)):
        run(pytester, *arguments).assert_outcomes(passed=1)
    assert len(names(run(pytester, "tests/fixtures", "--collect-only", "-q"))) > 50
    assert len(names(run(pytester, "tests/fixtures/spring", "--collect-only", "-q"))) > 50


def test_the_ini_file_says_where_campaigns_are(pytester: pytest.Pytester, campaigns: Path) -> None:
    pytester.makepyfile(test_own="def test_own(): pass")
    run(pytester).assert_outcomes(passed=1)
    pytester.makeini("[pytest]\nqa_campaigns = campaigns\n")
    run(pytester).assert_outcomes(failed=1, passed=8, skipped=2)
    run(pytester, "test_own.py").assert_outcomes(passed=1)
    pytester.makeini("[pytest]\nqa_campaigns =\n")
    assert run(pytester, "campaigns").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_nothing_that_a_campaign_brings_is_run(pytester: pytest.Pytester, campaigns: Path) -> None:
    for file in ("conftest.py", "test_theirs.py"):
        (campaigns / "good" / file).write_text("raise SystemExit('run!')\n")
    pytester.makeini("[pytest]\nqa_campaigns = campaigns\n")
    run(pytester).assert_outcomes(failed=1, passed=7, skipped=2)


def test_a_folder_without_a_request_is_not_collected(pytester: pytest.Pytester, campaigns: Path) -> None:
    (campaigns / "good" / "request.yaml").unlink()
    run(pytester, "campaigns").assert_outcomes(failed=1, passed=3, skipped=1)


def test_a_request_that_cannot_be_read_is_one_clear_error(pytester: pytest.Pytester, campaigns: Path) -> None:
    (campaigns / "bad" / "request.yaml").write_text("id: T-1\nname: Example\nemials: []\n")
    result = run(pytester, "campaigns")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*ERROR collecting campaigns/bad*", "request.yaml, line 3: `emials`*`emails`*", "*qa schema*"]
    )
    assert "Traceback" not in result.stdout.str()


def test_a_profile_that_cannot_be_used_is_told_once(pytester: pytest.Pytester, campaigns: Path) -> None:
    (pytester.path / "qa.toml").write_text('gat = "error"\n')
    result = run(pytester, "campaigns")
    result.assert_outcomes(errors=2)
    assert result.stdout.str().count("`gat`") == 1


def test_what_is_skipped_says_why(pytester: pytest.Pytester, campaigns: Path) -> None:
    result = run(pytester, "campaigns/good", "-rs")
    result.stdout.fnmatch_lines(["SKIPPED * campaigns/good/request.yaml:1: the request does not say"])


def test_a_waived_finding_is_an_expected_failure(pytester: pytest.Pytester, campaigns: Path) -> None:
    (campaigns / "bad" / "waivers.yaml").write_text(WAIVER.format("wrong-destination"))
    result = run(pytester, "campaigns/bad", "-rx")
    result.assert_outcomes(xfailed=1, passed=4, skipped=1)
    result.stdout.fnmatch_lines(["XFAIL *link-destination - *The page moves. (Kim Osei, until 2099-01-01)"])


def test_a_waiver_that_covers_nothing_is_told_where_its_check_was_selected(
    pytester: pytest.Pytester, campaigns: Path
) -> None:
    (campaigns / "good" / "waivers.yaml").write_text(WAIVER.format("wrong-destination"))
    run(pytester, "campaigns/good").assert_outcomes(passed=5, skipped=1, warnings=1)
    run(pytester, "campaigns/good", "-k", "waivers").assert_outcomes(passed=1, deselected=5)
    run(pytester, "campaigns/good", "-k", "waivers or syntax").assert_outcomes(passed=2, deselected=4)


def test_what_is_below_the_gate_is_a_warning_that_never_fails(pytester: pytest.Pytester, campaigns: Path) -> None:
    (pytester.path / "qa.toml").write_text(ONLY + '[severity]\nwrong-destination = "warning"\n')
    result = run(pytester, "campaigns", "-W", "error")
    result.assert_outcomes(passed=8, skipped=2, warnings=1)
    result.stdout.fnmatch_lines(["*campaigns/bad/build/asset.html:1: FindingWarning: “Book” leads to *"])
    run(pytester, "campaigns", "--qa-fail-on", "warning").assert_outcomes(failed=1, passed=7, skipped=2)


def test_what_a_person_must_decide_passes_and_is_told_apart(pytester: pytest.Pytester, campaigns: Path) -> None:
    (pytester.path / "qa.toml").write_text('[checks]\nonly = ["tokens-asked"]\n')
    write(
        campaigns / "good",
        campaign={},
        email={**ASKED, "tokens": ["{{ customer.name }}"]},
        build="Hi {{ customer.name }}",
    )
    result = run(pytester, "campaigns/good")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        ["*for a person to decide (1)*", "campaigns/good/invite::tokens-asked", "*unasked-token*"]
    )


def test_what_could_not_be_looked_at_is_an_error(pytester: pytest.Pytester, campaigns: Path) -> None:
    (campaigns / "good" / "build" / "asset.html").unlink()
    result = run(pytester, "campaigns/good")
    result.assert_outcomes(errors=1, skipped=4)
    result.stdout.fnmatch_lines(["This could not be checked: *asset.html*", "ERROR campaigns/good/invite::build - *"])
    run(pytester, "campaigns/good", "-k", "title or syntax").assert_outcomes(errors=1, skipped=1, deselected=3)


def own_checks(folder: Path, **checks: tuple[str, str]) -> None:
    """The team's own checks: by name, their code and what they do first."""
    (folder / "own").mkdir()
    for name, (code, first) in checks.items():
        (folder / "own" / f"{name}.py").write_text(own_check(name, code, first))
    (folder / "qa.toml").write_text(f'[checks]\nfolder = "own"\nonly = {json.dumps(list(checks))}\n')


def test_a_check_that_breaks_shows_where_on_demand(
    pytester: pytest.Pytester, campaigns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_checks(pytester.path, tone=("shouting", "1 / 0"))
    result = run(pytester, "campaigns/good", "-m", "tone", "--strict-markers")
    result.assert_outcomes(errors=1, deselected=1)
    result.stdout.fnmatch_lines(["This could not be checked: *ZeroDivisionError*"])
    assert "Traceback" not in result.stdout.str()
    monkeypatch.setenv("QA_DEBUG", "1")
    run(pytester, "campaigns/good").stdout.fnmatch_lines(["*tone.py*", "*ZeroDivisionError*"])


def test_what_another_check_tells_better_fails_once(pytester: pytest.Pytester, campaigns: Path) -> None:
    own_checks(pytester.path, tone=("shouting", "pass"), volume=("too-loud", "pass"))
    table = '{"shouting": frozenset({"too-loud"})}'
    pytester.makeconftest(f"from qa.verdict import precedence\nprecedence.precedence = lambda: {table}\n")
    result = run(pytester, "campaigns/good", "-rfs")
    result.assert_outcomes(failed=1, passed=1, skipped=1)
    result.stdout.fnmatch_lines(["FAILED *::tone - It shouts.*"])
    result.stdout.fnmatch_lines(["SKIPPED *told by shouting"])
    run(pytester, "campaigns/good", "-k", "volume").assert_outcomes(failed=1, deselected=2)


@pytest.mark.parametrize(
    ("chosen", "outcomes"),
    [
        (("-k", "destination and bad"), {"failed": 1, "deselected": 9}),
        (("-m", "link"), {"failed": 1, "passed": 3, "deselected": 6}),
        (("-m", "link and error", "-k", "good"), {"passed": 2, "deselected": 8}),
        (("-m", "marketo"), {"deselected": 10}),
        (("-m", "not rendering"), {"failed": 1, "passed": 7, "skipped": 2}),
        (("-x", "-q"), {"failed": 1, "passed": 1}),
        (("--deselect", "campaigns/bad/invite::link-destination"), {"passed": 7, "skipped": 2, "deselected": 1}),
    ],
    ids=" ".join,
)
def test_tests_are_chosen_as_pytest_users_are_used_to(
    pytester: pytest.Pytester, campaigns: Path, chosen: tuple[str, ...], outcomes: Mapping[str, int]
) -> None:
    run(pytester, "campaigns", "--strict-markers", *chosen).assert_outcomes(**outcomes)


def test_the_last_failures_run_again(pytester: pytest.Pytester, campaigns: Path) -> None:
    run(pytester, "campaigns")
    run(pytester, "campaigns", "--lf").assert_outcomes(failed=1, deselected=9)
    write(campaigns / "bad")
    run(pytester, "campaigns", "--lf").assert_outcomes(passed=1, deselected=9)


def test_marks_of_a_users_own_are_obeyed(pytester: pytest.Pytester, campaigns: Path) -> None:
    pytester.makeconftest(
        """
        import pytest
        def pytest_collection_modifyitems(items):
            for item in items:
                if item.nodeid == "campaigns/bad/invite::link-destination":
                    item.add_marker(pytest.mark.skip(reason="until Monday"))
        """
    )
    run(pytester, "campaigns").assert_outcomes(passed=7, skipped=3)


def test_hooks_of_a_users_own_hear_of_every_test(pytester: pytest.Pytester, campaigns: Path) -> None:
    pytester.makeconftest("def pytest_runtest_setup(item): print('heard', item.name)")
    result = run(pytester, "campaigns", "-s")
    assert result.stdout.str().count("heard") == 10


def test_campaigns_stand_beside_other_tests(pytester: pytest.Pytester, campaigns: Path) -> None:
    pytester.makeini("[pytest]\nqa_campaigns = campaigns\n")
    for name in ("aaa", "zzz"):
        source = (
            "import pytest\n@pytest.fixture(scope='module')\ndef one():\n    yield 1\ndef test_one(one): assert one\n"
        )
        pytester.makepyfile(**{f"test_{name}": source})
    run(pytester).assert_outcomes(failed=1, passed=9, skipped=2)


def test_what_a_campaign_brought_and_may_not_set_is_told(pytester: pytest.Pytester, campaigns: Path) -> None:
    (campaigns / "bad" / "qa.toml").write_text('gate = "never"\n')
    result = run(pytester, "campaigns")
    result.assert_outcomes(failed=1, passed=7, skipped=2)
    result.stdout.fnmatch_lines(["*brought by campaigns, and changed nothing*", "*bad: gate in a qa.toml of its own"])
    (pytester.path / "kind.toml").write_text(ONLY.replace('"waivers"', '"gate"'))
    run(pytester, "campaigns", "--qa-profile", "kind.toml").assert_outcomes(passed=8, skipped=2, warnings=1)
