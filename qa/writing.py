"""How is a file written so that nobody meets half of it?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex


def write_at_once(file: Path, content: bytes) -> None:
    """Write a file whole, or leave what was there, whoever reads or writes it meanwhile. Raises OSError."""
    beside = file.with_name(f".qa-{token_hex(8)}")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else of this machine is between reading and writing there. Raises OSError."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:  # Windows has none; there the last to write wins
        yield
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        flock(opened, LOCK_EX)
        yield
    finally:
        os.close(opened)
