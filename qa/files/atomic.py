"""Files written whole or not at all, and folders that one process at a time changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    from filelock import FileLock

    file = folder / ".qa-lock"
    with FileLock(file):
        try:
            yield
        finally:
            # Those who wait see that it is gone, and begin anew. Windows deletes it when it is released.
            with suppress(OSError):
                file.unlink()
