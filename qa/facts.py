"""Tables of facts about the world outside, in qa/data, each with its source and its date."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from qa.kept import made_of

_TABLES = Path(__file__).parent / "data"


@cache
def facts(name: str) -> dict[str, Any]:
    """The table ``qa/data/<name>.toml``, read once."""
    table: dict[str, Any] = made_of((_TABLES / f"{name}.toml").read_bytes(), f"tables/{name}", _parsed)
    return table


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is made of a table, and not of a campaign's words: what is made of it may be kept between runs."""
    return re.compile(pattern, flags)


def _parsed(table: bytes) -> dict[str, Any]:
    import tomllib  # which is wanted where a table is new

    return tomllib.loads(table.decode())
