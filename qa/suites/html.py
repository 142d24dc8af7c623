"""What pytest-html shows besides: the cards of a failing test, and the verdict of every campaign."""

from __future__ import annotations

from typing import Any


def extras(item: Any, report: Any) -> None:
    pass


class Html:
    pass
