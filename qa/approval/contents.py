"""The approved contents of a campaign, kept beside its approved screenshots: baseline/contents.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from qa.approval.baseline import FOLDER, read, write
from qa.artefacts import Approval
from qa.artefacts.contents import Parts
from qa.finding import Fault

FILE = "contents.json"
SCHEMA = 1
_TEXTS = ("asset", "verdict", "accepted", "by", "reason")


def approvals(campaign: Path) -> dict[str, Approval]:
    """What was approved of a campaign, by asset ("": the campaign as a whole); Fault where the file is damaged."""
    file = campaign / FOLDER / FILE
    if not file.is_file():
        return {}
    if file.is_symlink() or file.parent.is_symlink():
        raise Fault(f"{FOLDER}/{FILE} is a shortcut to another place.")
    try:
        return {approval.asset: approval for approval in from_json(read(file))}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        raise Fault(
            f"{FOLDER}/{FILE} is damaged, or was written by another version of qa; "
            "get it back from your version control, or delete that folder and accept the campaign again."
        ) from None


def save(campaign: Path, approved: Mapping[str, Approval]) -> None:
    """Write what is approved now, in the folder of the approved screenshots."""
    (campaign / FOLDER).mkdir(parents=True, exist_ok=True)
    write(campaign / FOLDER / FILE, to_json(approved[asset] for asset in sorted(approved)).encode("utf-8", "replace"))


def to_json(approved: Iterable[Approval], run: str = "") -> str:
    """As a file: the same for the same contents, a line for all that can change; in a report with its run's id."""
    rows = [
        {name: getattr(each, name) for name in _TEXTS}
        | {"parts": {part: [f"{name}\t{said}" for name, said in lines] for part, lines in each.parts.items()}}
        for each in approved
    ]
    about = {"schema": SCHEMA, "run": run} if run else {"schema": SCHEMA}
    return json.dumps({**about, "approvals": rows}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def from_json(content: bytes) -> list[Approval]:
    """Approvals read back; ValueError, LookupError or TypeError where it is none of ours."""
    written = json.loads(content)
    if written["schema"] != SCHEMA:
        raise ValueError("written by another version of qa")
    return [_approval(row) for row in written["approvals"]]


def _approval(row: Mapping[str, Any]) -> Approval:
    texts = {name: row[name] for name in _TEXTS}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("a text was expected")
    if texts["accepted"]:
        date.fromisoformat(texts["accepted"])
    return Approval(parts=_parts(row["parts"]), **texts)


def _parts(written: Mapping[str, list[str]]) -> Parts:
    found = {}
    for part, lines in written.items():
        cut = [line.partition("\t") for line in lines]
        found[part] = tuple((name, said) for name, _, said in cut)
    return found
