"""What came out, for machines? The one JSON document; every report is a function of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.artefacts import Email, Parts, Rendering, Shot
from qa.build import Asset, built_files, digest
from qa.campaign import REQUEST_NAMES
from qa.origin import ORIGIN
from qa.request import AskedAsset
from qa.run import Run, Subject
from qa.side_by_side import beside, pictures_beside
from qa.source import Place, Source
from qa.verdict import Judged, Result, Verdict

SCHEMA = 1
_SERVER = re.compile(r"[a-z]+://([^/?#]+)")
SNIPPET = 160  # characters of a source line that are shown around the place

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Quotes:
    """The texts places lead to, so that a report can show the line and the box in the picture."""

    sources: Mapping[tuple[str, str], Source]  # file and part
    shots: Mapping[str, tuple[Shot, ...]]  # by asset

    def snippet(self, place: Place) -> str | None:
        source = self.sources.get((place.file, place.part))
        if source is None or place.line is None:
            return None
        line = source.line(place.line)
        start = max(0, min((place.column or 1) - 1 - SNIPPET // 4, len(line) - SNIPPET))
        cut = line[start : start + SNIPPET]
        return ("…" if start else "") + cut.strip() + ("…" if start + SNIPPET < len(line) else "")

    def boxes(self, asset: str | None, place: Place) -> dict[str, list[int]]:
        """The box of a place in every view that shows it, the widest last."""
        source = self.sources.get((place.file, place.part))
        if asset is None or source is None or place.offset is None:
            return {}
        by_width = sorted(self.shots.get(asset, ()), key=lambda shot: shot.width)
        found = {shot.view.name: _box(shot, source, place.offset) for shot in by_width}
        return {view: box for view, box in found.items() if box}


def _box(shot: Shot, source: Source, offset: int) -> list[int] | None:
    """The element that starts at the offset, or else the nearest before it that holds it."""
    element = max((e for e in shot.elements if e.offset <= offset), key=lambda e: e.offset, default=None)
    if element is None or not element.visible:
        return None
    if element.offset != offset and "<!--[if" in source.text[element.offset : offset]:
        return None  # only Outlook reads this place: it is in no picture
    box = element.box
    return [round(box.x), round(box.y), round(box.width), round(box.height)] if box.width and box.height else None


def build_document(run: Run, verdict: Verdict, about: Mapping[str, Any]) -> dict[str, Any]:
    """The document of one run. ``about`` is its "run" part: the only one two runs over the same inputs differ in."""
    quotes = _quotes(run)
    request = run.request
    renderers = {shot.renderer for subject in run.subjects if (r := subject.peek(Rendering)) for shot in r.shots}
    return {
        "schema": SCHEMA,
        "run": {**about, "renderer": ", ".join(sorted(filter(None, renderers))) or None},
        "campaign": {
            "id": request.id,
            "name": request.name,
            "folder": run.campaign.name,
            "platform": request.platform,
            "requested_by": request.requested_by,
            "send_at": request.send.at.isoformat() if request.send else None,
            "timezone": request.send.timezone if request.send else None,
            "request_digest": digest(_request_files(run)),
            "build_digest": digest(_build_files(run)),
        },
        "verdict": {
            "outcome": verdict.decision.value,
            "gate": verdict.gate.value if verdict.gate else "never",
            "counts": dict(sorted(verdict.counts.items())),
        },
        "assets": [_asset(subject) for subject in run.subjects if Asset in subject.given],
        "results": [_result(result, quotes) for result in verdict.results],
        "screenshots": [shot for subject in run.subjects for shot in _screenshots(subject)],
        "views": [view for subject in run.subjects for view in _views(subject)],
    }


def as_json(document: Document) -> str:
    """The document as it is stored; half a surrogate pair, of a name or an address, is no text and becomes “?”."""
    text = json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    return text.encode("utf-8", "replace").decode("utf-8")


def picture_name(asset: str, view: str) -> str:
    """The file of a screenshot, relative to the document: readable, and unique whatever the asset is called."""
    plain = "".join(c if c.isalnum() and c.isascii() else "-" for c in asset.lower())[:60].strip("-")
    return f"screenshots/{plain}-{hashlib.sha256(asset.encode()).hexdigest()[:6]}-{view}.png"


def pictures(run: Run) -> Iterable[tuple[str, bytes]]:
    """Every screenshot with the file name the document gives it."""
    for subject in run.subjects:
        if rendering := subject.peek(Rendering):
            yield from ((picture_name(subject.name or "", shot.view.name), shot.png) for shot in rendering.shots)
            yield from pictures_beside(subject, picture_name)


def _quotes(run: Run) -> Quotes:
    sources: dict[tuple[str, str], Source] = {}
    shots: dict[str, tuple[Shot, ...]] = {}
    for subject in run.subjects:
        if parts := subject.peek(Parts):
            sources |= {(s.file, s.part): s for s in (parts.html, parts.plain) if s is not None}
        if rendering := subject.peek(Rendering):
            shots[subject.name or ""] = rendering.shots
    files = {file.name: file for file in _request_files(run)}
    for subject in run.subjects:
        if isinstance(asset := subject.given.get(Asset), Asset) and asset.sidecar:
            files[asset.named(asset.sidecar)] = asset.sidecar
    sources |= {(name, ""): Source(name, file.read_text("utf-8", "replace")) for name, file in files.items()}
    return Quotes(sources, shots)


def _request_files(run: Run) -> list[Path]:
    names = () if run.campaign.loose else (*REQUEST_NAMES, "waivers.yaml")
    return [file for name in names if (file := run.campaign.folder / name).is_file()]


def _build_files(run: Run) -> list[Path]:
    assets = [subject.given[Asset] for subject in run.subjects if Asset in subject.given]
    return built_files(asset for asset in assets if isinstance(asset, Asset))


def _asset(subject: Subject) -> dict[str, Any]:
    asset = subject.given[Asset]
    assert isinstance(asset, Asset)
    email = subject.peek(Email)
    envelope = email.envelope if email else None
    asked = subject.given.get(AskedAsset)
    return {
        "name": subject.name,
        "kind": subject.kind,
        "file": asset.named(asset.file) if asset.file else getattr(asked, "build", None),
        "subject": envelope.subject.value if envelope and envelope.subject else None,
        "preheader": envelope.preheader.value if envelope and envelope.preheader else None,
        "from_name": envelope.from_name.value if envelope and envelope.from_name else None,
        "from_address": envelope.from_address.value if envelope and envelope.from_address else None,
        "not_fetched": _not_fetched(subject.peek(Rendering)),
    }


def _not_fetched(rendering: Rendering | None) -> list[str]:
    """The servers outside that were asked in vain: of an encrypted request, nothing more is known."""
    outside = (url for url in rendering.refused if not url.startswith(f"{ORIGIN}/")) if rendering else ()
    return sorted({found[1] for url in outside if (found := _SERVER.match(url))})


def _result(result: Result, quotes: Quotes) -> dict[str, Any]:
    return {
        "check": result.check,
        "title": result.title,
        "asset": result.asset,
        "outcome": result.outcome.value,
        "reason": result.reason,
        "findings": [_finding(judged, result.asset, quotes) for judged in result.judged],
    }


def _finding(judged: Judged, asset: str | None, quotes: Quotes) -> dict[str, Any]:
    finding, waiver = judged.finding, judged.waiver
    return {
        "code": finding.code,
        "severity": judged.severity.value if judged.severity else "review",
        "asset": asset,
        "message": finding.message,
        "expected": finding.expected,
        "actual": finding.actual,
        "where": _place(finding.where, asset, quotes, finding.view),
        "view": finding.view,
        "request": _place(finding.request, None, quotes),
        "fix": judged.fix,
        "waived": waiver and {"reason": waiver.reason, "who": waiver.who, "until": waiver.until.isoformat()},
    }


def _place(place: Place | None, asset: str | None, quotes: Quotes, view: str = "") -> dict[str, Any] | None:
    if place is None:
        return None
    boxes = {name: box for name, box in quotes.boxes(asset, place).items() if view in ("", name)}
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "part": place.part,
        "selector": place.selector,
        "snippet": quotes.snippet(place),
        "box": next(reversed(boxes.values()), None),  # in the widest view
        "boxes": boxes,
    }


def _screenshots(subject: Subject) -> Iterable[dict[str, Any]]:
    rendering = subject.peek(Rendering)
    for shot in rendering.shots if rendering else ():
        view = shot.view
        yield {
            "asset": subject.name,
            "view": view.name,
            "title": view.title,
            "client": view.client,
            "fidelity": view.fidelity.value,
            "dated": view.dated.isoformat(),
            "engine": shot.renderer,
            "dark": view.dark,
            "images": view.images,
            "ratio": view.ratio,
            "file": picture_name(subject.name or "", view.name),
            "width": shot.width,
            "height": shot.height,
            "note": "; ".join(filter(None, (shot.note, view.note))),
            **beside(subject, view, picture_name),
        }


def _views(subject: Subject) -> Iterable[dict[str, Any]]:
    """Every view that was wanted of an asset, and whether it came."""
    rendering = subject.peek(Rendering)
    if rendering is None:
        return
    outcomes = [(shot.view, "drawn", "") for shot in rendering.shots]
    outcomes += [(view, "lost", reason) for view, reason in rendering.lost]
    outcomes += [(view, "missing", reason) for view, reason in rendering.missing]
    for view, outcome, reason in outcomes:
        yield {"asset": subject.name, "view": view.name, "title": view.title, "outcome": outcome, "reason": reason}
