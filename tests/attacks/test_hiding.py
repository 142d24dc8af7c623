"""What was asked for and no reader sees is not present: every way of hiding, in an email and on a page."""

from __future__ import annotations

import pytest

from qa.build.campaign import Campaign
from qa.finding import Outcome, Result
from qa.profile.model import Profile
from qa.run import answers, plan, session
from qa.testing import shared, write_campaign
from tests.attacks.hiding import ASKED_LINK, COPY, WAYS, WORDING, Way, document

_ASKED = {"links": [ASKED_LINK], "copy": [COPY], "must_include": [WORDING]}
_LOOKING = ("link-presence", "copy", "required-wording", "unsubscribe", "asked-in-views")
_WIDTHS = {"narrow": 390, "broad": 700}


def _said(way: Way, kind: str, tmp_path: object, *, render: bool) -> dict[str, Result]:
    """What the checks of presence and of sight say of a build, by the check."""
    asked = {kind: _ASKED}
    write_campaign(tmp_path, build=document(way), **asked)  # type: ignore[arg-type]
    views = {name: {"title": name, "width": width, "kind": kind} for name, width in _WIDTHS.items()}
    profile = Profile(only=_LOOKING, render=render, views=tuple(views), own_views=views)
    found = answers(plan(session(profile, resources=shared()), Campaign(tmp_path, "attack")))
    return {result.check: result for result in found}


def _names(way: Way, kind: str) -> list[str]:
    """How the things that are hidden are called: on a phone alone, words that other readers see are not asked about."""
    things = ["“Book my seat”", f"“{COPY[:59]}", f"“{WORDING}”", "The unsubscribe link"]
    things = things if kind == "email" else things[:3]
    return [name for name in things if "link" in name or "Book" in name] if way.partly else things


def _presence(kind: str) -> tuple[str, ...]:
    return _LOOKING[:4] if kind == "email" else _LOOKING[:3]


@pytest.mark.parametrize("kind", ["email", "page"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_nothing_hidden_passes_without_a_drawing(way: Way, kind: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    said = _said(way, kind, tmp_path, render=False)
    if way.told:
        assert {check: said[check].outcome for check in _presence(kind)} == dict.fromkeys(
            _presence(kind), Outcome.FAILED
        )
    elif not way.traced:
        assert said["asked-in-views"].outcome is Outcome.SKIPPED
        assert "was not looked at" in said["asked-in-views"].reason
    else:
        assert said["asked-in-views"].outcome is Outcome.REVIEW
        messages = [finding.message for finding in said["asked-in-views"].findings]
        for name in _names(way._replace(partly=False), kind):
            assert any(name in message and "not looked at" in message for message in messages), name


@pytest.mark.parametrize("kind", ["email", "page"])
@pytest.mark.parametrize("way", [way for way in WAYS if not way.told], ids=lambda way: way.name)
def test_what_the_source_leaves_open_is_found_in_the_views(way: Way, kind: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    said = _said(way, kind, tmp_path, render=True)["asked-in-views"]
    assert said.outcome is (Outcome.REVIEW if way.opens else Outcome.FAILED)
    messages = [finding.message for finding in said.findings]
    for name in _names(way, kind):
        assert any(name in message for message in messages), name


@pytest.mark.parametrize("kind", ["email", "page"])
@pytest.mark.parametrize("render", [False, True])
def test_what_is_shown_is_not_called_hidden(kind: str, render: bool, tmp_path) -> None:  # type: ignore[no-untyped-def]
    said = _said(Way("nothing", ".y{display:none} .x{color:#333}"), kind, tmp_path, render=render)
    assert {said[check].outcome for check in _presence(kind)} == {Outcome.PASSED}
    assert said["asked-in-views"].outcome is (Outcome.PASSED if render else Outcome.SKIPPED)
