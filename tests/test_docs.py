"""Are the documents current, and do their links lead somewhere?"""

import re
from pathlib import Path

import pytest

from tests.docs import CHECKS, CONFIGURATION, README, checks_page, configuration, readme

ROOT = Path(__file__).parent.parent
PAGES = [README, *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "fixtures").rglob("README.md"))]


def test_the_table_of_checks_is_current() -> None:
    assert README.read_text("utf-8") == readme(), "run: python -m tests.docs"


def test_the_page_of_checks_is_current() -> None:
    assert CHECKS.read_text("utf-8") == checks_page(), "run: python -m tests.docs"


def test_the_clients_that_count_are_current() -> None:
    assert CONFIGURATION.read_text("utf-8") == configuration(), "run: python -m tests.docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_to_files_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
