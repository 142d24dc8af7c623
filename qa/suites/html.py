"""What pytest-html shows besides: the findings of a test as cards with their pictures, and each campaign's verdict."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from qa.report import Document
    from qa.suites.items import SuiteItem

TOLD = "campaign_qa"  # what a report of ours carries, from process to process


def add_cards(item: SuiteItem, report: Any) -> None:
    """To a report, the findings of its test; and once for each campaign, what its verdict is."""
    from pytest_html import extras

    from qa.report import write

    judged = item.suite.judged(True)
    getattr(report, TOLD)["campaign"] = {"nodeid": item.campaign_id, "document": _without_findings(judged.document)}
    assert item.judgement is not None  # nothing is told of a test that did not run
    if item.judgement.result.findings:
        alone = {**judged.document, "results": [judged.document["results"][item.judgement.number]]}
        cards = extras.html(write("cards", [alone], judged.pictures.__getitem__))
        report.extras = [*getattr(report, "extras", ()), cards]


def _without_findings(document: Document) -> Document:
    """What a verdict is told by: small enough for every report to carry it."""
    outcomes = [{"outcome": result["outcome"]} for result in document["results"]]
    return {"campaign": document["campaign"], "verdict": document["verdict"], "results": outcomes}


class Html:
    """The process that writes the page."""

    def __init__(self) -> None:
        self._campaigns: dict[str, Document] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Each campaign's verdict, from whichever process judged it."""
        told: Mapping[str, Any] = getattr(report, TOLD, {})
        if campaign := told.get("campaign"):
            self._campaigns[campaign["nodeid"]] = campaign["document"]

    @pytest.hookimpl(optionalhook=True)
    def pytest_html_results_summary(self, prefix: list[str]) -> None:
        """The verdicts, above all tests."""
        if self._campaigns:
            from qa.report import write

            prefix.append(write("verdicts", list(self._campaigns.values()), _no_picture))

    @pytest.hookimpl(optionalhook=True)
    def pytest_html_results_table_row(self, report: Any, cells: list[str]) -> None:
        """Names from a request are text, whatever they hold: pytest-html prints names as they are."""
        if hasattr(report, TOLD):
            cells[1] = cells[1].replace(report.nodeid, escape(report.nodeid))

    @pytest.hookimpl(optionalhook=True)
    def pytest_html_results_table_html(self, report: Any, data: list[str]) -> None:
        """Cards say all that the text of a failure says."""
        if hasattr(report, TOLD) and getattr(report, "extras", None):
            data.clear()


def _no_picture(file: str) -> bytes:
    raise KeyError(file)
