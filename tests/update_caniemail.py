"""Trims what Can I email publishes to what the checks read: `python -m tests.update_caniemail FILE`.

FILE is https://www.caniemail.com/api/data.json, or data/caniemail.json of the npm package `caniemail`. Of every client
only its latest version is kept, and no client that was hardly ever tested. A feature lists the clients that lack it;
those it does not list support it fully.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "qa/data/caniemail.json"
_SEE = re.compile(r"\s*\(?\bSee \[[^\]]*\]\([^)]*\)[^.)]*\.?\)?")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def trimmed(published: dict[str, Any]) -> dict[str, Any]:
    """The compact table: when it was published, every client, every feature."""
    tested = Counter(name for feature in published["data"] for name in _cells(feature))
    clients = sorted(name for name, times in tested.items() if times > len(published["data"]) / 2)
    features = {feature["slug"]: _feature(feature, clients) for feature in published["data"]}
    return {
        "source": "https://www.caniemail.com/api/data.json",
        "licence": "MIT, Copyright (c) 2019 Rémi Parmentier: caniemail.LICENSE",
        "date": published["last_update_date"][:10],
        "clients": " ".join(clients),
        "features": dict(sorted(features.items())),
    }


def _feature(feature: dict[str, Any], clients: list[str]) -> dict[str, Any]:
    """Clients by what they support: «n» not at all, «a 1 3» partly (see notes 1 and 3), «u» nobody knows."""
    cells, support = _cells(feature), dict[str, list[str]]()
    for client in clients:
        support.setdefault(cells.get(client, "u"), []).append(client)
    support.pop("y", None)
    notes = feature["notes_by_num"] or {}
    numbers = sorted({number for cell in support for number in cell.split()[1:] if number in notes}, key=int)
    return {
        "title": feature["title"].strip(),
        "category": feature["category"],
        "url": feature["url"],
        "tested": feature["last_test_date"],
        "support": {cell: " ".join(names) for cell, names in sorted(support.items())},
        "notes": {number: _plain(notes[number]) for number in numbers if notes[number]},
    }


def _cells(feature: dict[str, Any]) -> dict[str, str]:
    """Client and what its latest version supports."""
    return {
        f"{family}.{platform}": " ".join(list(versions.values())[-1].lower().replace("#", " ").split())
        for family, platforms in feature["stats"].items()
        for platform, versions in platforms.items()
        if versions
    }


def _plain(note: str) -> str:
    return _LINK.sub(r"\1", _SEE.sub("", note)).strip()


def main() -> None:
    published = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    TARGET.write_text(json.dumps(trimmed(published), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{TARGET.name}: {len(published['data'])} features, data of {published['last_update_date'][:10]}")


if __name__ == "__main__":
    main()
