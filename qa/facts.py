"""Tables of facts about the world outside, in qa/data, each with its source and its date."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def facts(name: str) -> dict[str, Any]:
    """The table ``qa/data/<name>.toml``, read once."""
    return tomllib.loads(files("qa.data").joinpath(f"{name}.toml").read_text("utf-8"))
