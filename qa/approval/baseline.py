"""The approved screenshots of a campaign, kept beside it: baseline/baseline.json and baseline/<digest>.png."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from qa.artefacts import BaselineScreenshot
from qa.files.atomic import write_at_once
from qa.finding import Fault

FOLDER, FILE = "baseline", "baseline.json"
SCHEMA = 1
MOST_BYTES = 60_000_000  # of one file; the largest screenshot of a real email had a quarter of that
_DIGEST = re.compile(r"[0-9a-f]{64}")


def digest(picture: bytes) -> str:
    """The name a picture is kept by."""
    return hashlib.sha256(picture).hexdigest()


def load(campaign: Path) -> dict[tuple[str, str], BaselineScreenshot]:
    """What was approved of a campaign, by asset and view; Fault where the file is damaged."""
    file = campaign / FOLDER / FILE
    if not file.is_file():
        return {}
    if file.is_symlink() or file.parent.is_symlink():
        raise Fault(f"{FOLDER}/{FILE} is a shortcut to another place.")
    try:
        screenshots = from_json(read(file))
    except OSError as error:
        raise Fault(f"{FOLDER}/{FILE} cannot be read ({error.strerror or error}).") from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        line = f" (line {error.lineno} is no JSON)" if isinstance(error, json.JSONDecodeError) else ""
        raise Fault(
            f"{FOLDER}/{FILE} is damaged{line}, or was written by another version of qa; "
            "get it back from your version control, or delete that folder and accept the screenshots again."
        ) from None
    return {screenshot.key: screenshot for screenshot in screenshots}


def picture(campaign: Path, screenshot: BaselineScreenshot) -> bytes:
    """The approved picture; Fault where it is not there or is another one."""
    file = campaign / FOLDER / f"{screenshot.picture}.png"
    try:
        content = b"" if file.is_symlink() else read(file)
    except (OSError, ValueError):
        content = b""
    if digest(content) != screenshot.picture:
        raise Fault(
            f"{FOLDER}/{file.name}, the approved picture of “{screenshot.asset}” in {screenshot.view}, "
            "is missing or was changed; get it back "
            "from your version control, or delete that folder and accept the screenshots again."
        )
    return content


def save(campaign: Path, screenshots: Mapping[tuple[str, str], BaselineScreenshot], pictures: Iterable[bytes]) -> None:
    """Write what is approved now; pictures nothing names any more go."""
    folder = campaign / FOLDER
    if folder.is_symlink():
        raise Fault(f"{folder} is a shortcut to another place.")
    folder.mkdir(parents=True, exist_ok=True)
    for content in pictures:
        write(folder / f"{digest(content)}.png", content)
    write(folder / FILE, to_json(screenshots[key] for key in sorted(screenshots)).encode())
    named = {f"{screenshot.picture}.png" for screenshot in screenshots.values()}
    for file in folder.glob("*.png"):
        if _DIGEST.fullmatch(file.stem) and file.name not in named:
            file.unlink()


def to_json(screenshots: Iterable[BaselineScreenshot], run: str = "") -> str:
    """As a file: the same for the same screenshots, a line for all that can change; in a report with its run's id."""
    from qa.visual.layout import listed

    rows = []
    for screenshot in screenshots:
        row = {field.name: getattr(screenshot, field.name) for field in fields(screenshot)}
        rows.append({**row, "layout": listed(screenshot.layout)})
    about = {"schema": SCHEMA, "run": run} if run else {"schema": SCHEMA}
    return json.dumps({**about, "looks": rows}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def from_json(content: bytes) -> list[BaselineScreenshot]:
    """Screenshots read back; ValueError, KeyError or TypeError where it is none of ours."""
    written = json.loads(content)
    if written["schema"] != SCHEMA:
        raise ValueError("written by another version of qa")
    return [_screenshot(row) for row in written["looks"]]


def _screenshot(row: Mapping[str, Any]) -> BaselineScreenshot:
    from qa.visual.layout import unlisted

    texts = {
        field.name: row[field.name]
        for field in fields(BaselineScreenshot)
        if field.name not in ("ratio", "layout", "accepted", "by")
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
    return BaselineScreenshot(**texts, ratio=ratio, layout=unlisted(row["layout"]))


def read(file: Path) -> bytes:
    """A kept file; ValueError where it is larger than any of ours."""
    if file.stat().st_size > MOST_BYTES:
        raise ValueError("the file is too large")
    return file.read_bytes()


def write(file: Path, content: bytes) -> None:
    """Keep a file, unless it is the same already."""
    if file.is_file() and not file.is_symlink() and file.read_bytes() == content:
        return
    write_at_once(file, content)
