"""The approved screenshots of a campaign, kept beside it: baseline/baseline.json and baseline/<digest>.png."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.artefacts import Look
from qa.files.atomic import write_at_once
from qa.finding import Fault

if TYPE_CHECKING:
    pass

FOLDER, FILE = "baseline", "baseline.json"
SCHEMA = 1
MOST_BYTES = 60_000_000  # of one file; the largest shot of a real email had a quarter of that
_DIGEST = re.compile(r"[0-9a-f]{64}")


def digest(picture: bytes) -> str:
    """The name a picture is kept by."""
    return hashlib.sha256(picture).hexdigest()


def load(campaign: Path) -> dict[tuple[str, str], Look]:
    """What was approved of a campaign, by asset and view; Fault where the file is damaged."""
    file = campaign / FOLDER / FILE
    if not file.is_file():
        return {}
    if file.is_symlink() or file.parent.is_symlink():
        raise Fault(f"{FOLDER}/{FILE} is a shortcut to another place.")
    try:
        looks = from_json(_read(file))
    except OSError as error:
        raise Fault(f"{FOLDER}/{FILE} cannot be read ({error.strerror or error}).") from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        line = f" (line {error.lineno} is no JSON)" if isinstance(error, json.JSONDecodeError) else ""
        raise Fault(
            f"{FOLDER}/{FILE} is damaged{line}, or was written by another version of qa; "
            "get it back from your version control, or delete that folder and accept the look again."
        ) from None
    return {look.key: look for look in looks}


def picture(campaign: Path, look: Look) -> bytes:
    """The approved picture; Fault where it is not there or is another one."""
    file = campaign / FOLDER / f"{look.picture}.png"
    try:
        content = b"" if file.is_symlink() else _read(file)
    except (OSError, ValueError):
        content = b""
    if digest(content) != look.picture:
        raise Fault(
            f"{FOLDER}/{file.name}, the approved picture of “{look.asset}” in {look.view}, is missing or was changed; "
            "get it back from your version control, or delete that folder and accept the look again."
        )
    return content


def save(campaign: Path, looks: Mapping[tuple[str, str], Look], pictures: Iterable[bytes]) -> None:
    """Write what is approved now; pictures nothing names any more go."""
    folder = campaign / FOLDER
    if folder.is_symlink():
        raise Fault(f"{folder} is a shortcut to another place.")
    folder.mkdir(parents=True, exist_ok=True)
    for content in pictures:
        _write(folder / f"{digest(content)}.png", content)
    _write(folder / FILE, to_json(looks[key] for key in sorted(looks)).encode())
    named = {f"{look.picture}.png" for look in looks.values()}
    for file in folder.glob("*.png"):
        if _DIGEST.fullmatch(file.stem) and file.name not in named:
            file.unlink()


def to_json(looks: Iterable[Look]) -> str:
    """Looks as a file: the same for the same looks, and a line for everything that can change."""
    from qa.visual.layout import listed

    rows = []
    for look in looks:
        row = {field.name: getattr(look, field.name) for field in fields(look)}
        rows.append({**row, "layout": listed(look.layout)})
    return json.dumps({"schema": SCHEMA, "looks": rows}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def from_json(content: bytes) -> list[Look]:
    """Looks read back; ValueError, KeyError or TypeError where it is none of ours."""
    written = json.loads(content)
    if written["schema"] != SCHEMA:
        raise ValueError("written by another version of qa")
    return [_look(row) for row in written["looks"]]


def _look(row: Mapping[str, Any]) -> Look:
    from qa.visual.layout import unlisted

    texts = {
        field.name: row[field.name] for field in fields(Look) if field.name not in ("ratio", "layout", "accepted", "by")
    }
    texts |= {name: row.get(name, "") for name in ("accepted", "by")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("a text was expected")
    if not _DIGEST.fullmatch(texts["picture"]):
        raise ValueError("a picture without a digest")
    if texts["accepted"]:
        date.fromisoformat(texts["accepted"])
    ratio = float(row["ratio"])
    if not 0.1 <= ratio <= 10:
        raise ValueError("an unlikely ratio")
    return Look(**texts, ratio=ratio, layout=unlisted(row["layout"]))


def _read(file: Path) -> bytes:
    if file.stat().st_size > MOST_BYTES:
        raise ValueError("the file is too large")
    return file.read_bytes()


def _write(file: Path, content: bytes) -> None:
    if file.is_file() and not file.is_symlink() and file.read_bytes() == content:
        return
    write_at_once(file, content)
