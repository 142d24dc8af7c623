"""Builders of documents for the tests of reports: small ones, a real-looking one, and a hostile one."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

HOSTILE = (
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(2)>",
    "</style></title></textarea><svg/onload=alert(3)>",
    "javascript:alert(4)",
    "' autofocus onfocus='alert(5)",
    "--><iframe src=data:text/html,x></iframe>",
    "{{ 7*7 }}{% raw %}",
    "</script><base href=https://evil.example/>",
    '<meta http-equiv="Content-Security-Policy" content="default-src *">',
    "safe\u202egnp.exe\u2066\u200bx\x00\x1b[31m\ud800\ufffe",
    "]]></system-out><evil/>",
    "[click](javascript:alert(6)) ![x](https://evil.example/x.png) @everyone #1 | `a` <b>\n\n# big",
)


def place(file: str = "build/invite.html", line: int | None = 118, **more: Any) -> dict[str, Any]:
    blank = {"column": 9, "part": "", "selector": "", "snippet": None, "box": None, "boxes": {}}
    return {**blank, "file": file, "line": line, **more}


def finding(code: str = "wrong-destination", severity: str = "error", **more: Any) -> dict[str, Any]:
    return {
        "id": "5f0c2a91b7de",
        "code": code,
        "severity": severity,
        "asset": "invite",
        "message": "“Save my seat” leads to the wrong page.",
        "expected": None,
        "actual": None,
        "where": None,
        "request": None,
        "fix": "Correct the address of the link.",
        "waived": None,
        **more,
    }


def result(
    check: str = "link-destination", outcome: str = "passed", *findings: dict[str, Any], **more: Any
) -> dict[str, Any]:
    blank = {"title": f"The title of {check}", "asset": "invite", "reason": ""}
    return {**blank, "check": check, "outcome": outcome, "findings": list(findings), **more}


def asset(name: str = "invite", kind: str = "email", **more: Any) -> dict[str, Any]:
    blank = {
        "subject": "Save your seat",
        "preheader": "Live on 24 March",
        "from_name": "Acme",
        "from_address": "events@acme.example",
        "not_fetched": [],
    }
    return {**blank, "name": name, "kind": kind, "file": f"build/{name}.html", **more}


def screenshot(file: str = "screenshots/invite-600.png", **more: Any) -> dict[str, Any]:
    return {"asset": "invite", "view": "email-600", "file": file, "width": 600, "height": 900, "note": "", **more}


def view(name: str = "gmail-web", title: str = "Gmail on the web", **more: Any) -> dict[str, Any]:
    """A screenshot with everything that is said of its view."""
    said = {
        "view": name,
        "title": title,
        "client": "gmail-web",
        "fidelity": "emulated",
        "dated": "2026-11-22",
        "engine": "Chromium 156.0",
        "dark": "-dark" in name,
        "images": not name.endswith("-no-images"),
        "ratio": 1.0,
        "note": "Media queries are answered by the width of the message.",
        "baseline": None,
        "mock_up": None,
    }
    return screenshot(f"screenshots/{name}.png", **{**said, **more})


def wanted(title: str, outcome: str = "drawn", reason: str = "", **more: Any) -> dict[str, Any]:
    """An entry of the document's "views"."""
    name = title.lower().replace(" ", "-")
    return {"asset": "invite", "view": name, "title": title, "outcome": outcome, "reason": reason, **more}


def approved(outcome: str = "changed", *regions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The "baseline" of a screenshot."""
    blank = {"file": "screenshots/approved.png", "accepted": "2026-03-03", "by": "Kim Osei", "reason": ""}
    return {**blank, "outcome": outcome, "regions": list(regions), **more}


def region(said: str, box: tuple[int, ...] = (60, 400, 200, 44), **more: Any) -> dict[str, Any]:
    return {"box": list(box), "said": said, **more}


def document(*results: dict[str, Any], gate: str = "error", **more: Any) -> dict[str, Any]:
    """A whole document, its counts and its outcome worked out from the results."""
    found = [one for each in results for one in each["findings"]]
    counts = Counter("waived" if one["waived"] else one["severity"] for one in found)
    holding = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[gate]
    broken = any(each["outcome"] == "broken" for each in results)
    outcome = "held" if any(counts[name] for name in holding) else "incomplete" if broken else "go"
    return {
        "schema": 2,
        "run": {
            "id": "r1",
            "started": "2026-03-02T14:05:00+00:00",
            "seconds": 1.9,
            "version": "0.1.0",
            "renderer": "Chromium 140",
        },
        "campaign": {
            "id": "MOPS-1423",
            "name": "Spring webinar, EMEA",
            "folder": "spring-webinar",
            "platform": "marketo",
            "requested_by": "Dana Ortiz <dana@acme.example>",
            "send_at": "2026-03-10T09:00:00",
            "timezone": "Europe/London",
            "request_digest": "sha256:0",
            "build_digest": "sha256:1",
            "files": {"build/hero.png": "sha256:2"},
        },
        "verdict": {
            "outcome": outcome,
            "gate": gate,
            "counts": {k: counts[k] for k in ("error", "warning", "info", "review", "waived")},
        },
        "assets": [asset()],
        "results": list(results),
        "screenshots": [],
        "views": [],
        **more,
    }


def hostile(texts: tuple[str, ...] = HOSTILE) -> dict[str, Any]:
    """A document in which every text that a build or a request can reach is one of ``texts``."""
    many = [
        finding(
            text,
            severity,
            message=text,
            expected=text,
            actual=text[::-1],
            fix=text,
            where=place(text, 3, part=text, selector=text, snippet=text, boxes={text: [10, 10, 50, 20]}),
            request=place(text, 3, snippet=text),
            asset=text,
            waived={"reason": text, "who": text, "until": text, "file": text, "line": 1}
            if severity == "info"
            else None,
        )
        for text in texts
        for severity in ("error", "warning", "info", "review")
    ]
    outcomes = ("passed", "skipped", "broken", "review")
    whole = document(
        *(result("hostile", "failed", one, asset=one["asset"], title=one["message"]) for one in many),
        *(result(text, outcome, title=text, asset=text, reason=text) for text in texts for outcome in outcomes),
        assets=[
            asset(text, file=text, subject=text, preheader=text, from_name=text, from_address=text, not_fetched=[text])
            for text in texts
        ],
        screenshots=[_hostile_view(text) for text in texts],
        views=[
            wanted(text, outcome, text, asset=text, view=text)
            for text in texts
            for outcome in ("drawn", "lost", "missing")
        ],
    )
    whole["campaign"] |= dict.fromkeys(
        ("id", "name", "folder", "platform", "requested_by", "send_at", "timezone", "report"), " ".join(texts)
    )
    whole["run"] |= dict.fromkeys(("started", "renderer", "version"), texts[0])
    return whole


def _hostile_view(text: str) -> dict[str, Any]:
    said = region(text)
    return view(
        text,
        text,
        asset=text,
        note=text,
        client=text,
        engine=text,
        dated=text,
        dark=False,
        images=True,
        baseline=approved("unlike", said, by=text, reason=text, accepted=text),
        mock_up={"file": "screenshots/mock-up.png", "named": text, "regions": [said, said | {"in_mock_up": True}]},
    )


def picture(width: int = 600, height: int = 900, noise: bool = False) -> bytes:
    """A PNG: two bands of colour, or noise, which no format can make small."""
    from PIL import Image

    if noise:
        image = Image.effect_noise((width, height), 120).convert("RGB")
    else:
        image = Image.new("RGB", (width, height), "white")
        image.paste((28, 79, 124), (0, 0, width, height // 3))
    held = io.BytesIO()
    image.save(held, "PNG", compress_level=1)
    return held.getvalue()
