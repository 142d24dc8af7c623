"""How is a file written so that nobody meets half of it?"""

from __future__ import annotations

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
