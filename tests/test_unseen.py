"""The batches of unseen campaigns as regression: what was found stays found, a clean campaign stays clean.

One mistake in three, which takes a minute and not three; `make bench` plants them all and counts.
"""

from __future__ import annotations

import pytest

from tests.first_tries import interval, table
from tests.unseen import batches, campaigns, first_tries, judge, still_open

ONE_IN = 3
CAMPAIGNS = [campaign for batch in batches() for campaign in campaigns(batch)]


@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_a_campaign_is_judged_as_well_as_it_was(campaign: str) -> None:
    batch, _, name = campaign.partition("/")
    judged, known = judge(campaign, one_in=ONE_IN), still_open(batch)
    missed = {mistake.id for mistake in judged.missed}
    of_campaign = {mistake.id for mistake in judged.planted} & set(known.missed)
    assert missed - of_campaign == set(), "no longer found"
    assert of_campaign - missed == set(), "found now: take it out of open.yaml"
    accepted = known.alarms.get(name, {})
    assert [str(said) for said in (*judged.alarms, *judged.changed) if said.code not in accepted] == []
    assert {said.code for said in judged.alarms} >= set(accepted), "no longer said: take it out of open.yaml"


def test_every_batch_has_its_first_try() -> None:
    tried = first_tries()
    assert [each["batch"] for each in tried] == batches()
    for each in tried:
        of_batch = campaigns(each["batch"])
        assert len(of_batch) == each["campaigns"]
        assert 0 < each["found"] <= each["planted"]


def test_what_is_open_says_why_and_is_planted() -> None:
    for batch in batches():
        names = {campaign.partition("/")[2] for campaign in campaigns(batch)}
        known = still_open(batch)
        assert set(known.alarms) <= names
        for mistake in known.missed:
            assert any(mistake.startswith(f"{name}-") for name in names), mistake
        for why in (*known.missed.values(), *(why for codes in known.alarms.values() for why in codes.values())):
            assert len(why.split()) > 2, why


@pytest.mark.parametrize(
    ("found", "planted", "low", "high"),
    [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (81, 100, 0.7193, 0.8816), (64, 88, 0.6219, 0.8168)],
)
def test_an_interval_is_the_exact_one(found: int, planted: int, low: float, high: float) -> None:
    # 0, 10 and 81 of 100 as in the published tables; 64 of 88 by the quantiles of the beta distribution
    assert interval(found, planted) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))


def test_the_newest_batch_is_read_first() -> None:
    rows = [row for row in table().splitlines() if row.startswith("| batch-")]
    assert [row.split()[1] for row in rows] == batches()[::-1]
