"""What was asked for and no reader sees is not present: every way of hiding, in an email and on a page."""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from tests.attacks.hiding import WAYS, Way, names_of, presence, said


@pytest.mark.parametrize("kind", ["email", "page"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_nothing_hidden_passes_without_a_drawing(way: Way, kind: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    told = said(way, kind, tmp_path, render=False)
    if way.told:
        assert {check: told[check].outcome for check in presence(kind)} == dict.fromkeys(presence(kind), Outcome.FAILED)
    elif not way.traced:
        assert told["asked-in-views"].outcome is Outcome.SKIPPED
        assert "was not looked at" in told["asked-in-views"].reason
    else:
        assert told["asked-in-views"].outcome is Outcome.REVIEW
        messages = [finding.message for finding in told["asked-in-views"].findings]
        for name in names_of(way._replace(partly=False), kind):
            assert any(name in message and "not looked at" in message for message in messages), name


@pytest.mark.parametrize("kind", ["email", "page"])
@pytest.mark.parametrize("way", [way for way in WAYS if not way.told], ids=lambda way: way.name)
def test_what_the_source_leaves_open_is_found_in_the_views(way: Way, kind: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    told = said(way, kind, tmp_path, render=True)["asked-in-views"]
    assert told.outcome is (Outcome.REVIEW if way.opens else Outcome.FAILED)
    messages = [finding.message for finding in told.findings]
    for name in names_of(way, kind):
        assert any(name in message for message in messages), name


@pytest.mark.parametrize("kind", ["email", "page"])
@pytest.mark.parametrize("render", [False, True])
def test_what_is_shown_is_not_called_hidden(kind: str, render: bool, tmp_path) -> None:  # type: ignore[no-untyped-def]
    told = said(Way("nothing", ".y{display:none} .x{color:#333}"), kind, tmp_path, render=render)
    assert {told[check].outcome for check in presence(kind)} == {Outcome.PASSED}
    assert told["asked-in-views"].outcome is (Outcome.PASSED if render else Outcome.SKIPPED)
