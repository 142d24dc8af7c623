"""What every structure of a message comes to: no GO where mail programs show something else than was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.messages import STRUCTURES, wrong


@pytest.mark.parametrize("name", STRUCTURES)
def test_what_is_shown_is_what_is_judged(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert wrong(STRUCTURES[name]) == ""
