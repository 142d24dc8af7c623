"""A trial of a check: `run_check` builds a small campaign, runs one check on it, and returns what it said.

For our own tests, for the examples in the checks' docstrings, and for people who write checks of their own.
"""

from __future__ import annotations

import atexit
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from qa.artefacts import Rendering
from qa.build.campaign import Campaign
from qa.check import Check, registry
from qa.finding import Finding, Outcome, Result
from qa.probing.exchange import Answer as WebAnswer
from qa.probing.exchange import Visit
from qa.probing.manners import Manners
from qa.probing.pictures import PictureProber
from qa.probing.prober import Prober
from qa.profile.model import Profile
from qa.run import Resources, Session, answers, plan, session
from qa.run.needs import is_drawn


@dataclass(frozen=True)
class Answer:
    """What one check said about a small campaign, all its assets together."""

    results: tuple[Result, ...]

    @property
    def findings(self) -> list[Finding]:
        return [finding for result in self.results for finding in result.findings]

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings]

    @property
    def outcome(self) -> Outcome:
        """The worst of all: broken, failed, review, passed, skipped."""
        order = [Outcome.BROKEN, Outcome.FAILED, Outcome.REVIEW, Outcome.PASSED, Outcome.SKIPPED]
        return min((result.outcome for result in self.results), key=order.index)

    @property
    def reason(self) -> str:
        return "; ".join(dict.fromkeys(result.reason for result in self.results if result.reason))


def run_check(
    check: str,
    *,
    build: str | bytes | Mapping[str, Any] = "",
    email: Mapping[str, Any] | None = None,
    page: Mapping[str, Any] | None = None,
    campaign: Mapping[str, Any] | None = None,
    plain: str | None = None,
    sidecar: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    approved: str | bytes | Mapping[str, Any] | None = None,
    profile: Profile | None = None,
    web: Mapping[str, Mapping[str, Any]] | None = None,
) -> Answer:
    """Run one check on a campaign made of what is given. Browsers stay open for the next call.

    ``build`` is the HTML (or, starting with a header, the message) of one email, or of one page where ``page`` is
    given; ``email``/``page`` are its fields in the request, ``campaign`` the request's other fields, ``plain`` its
    plain-text part, ``sidecar`` its envelope, ``files`` more files by path: text, bytes, or
    ``{"picture": [width, height, "seed"]}`` (the same seed draws the same picture at any size) or
    ``{"repeat": ["<p>Hello</p>", 9000]}``, behind what ``begins`` says, which ``build`` may be as well.
    ``web`` is what stands on the web, by address, in place of the real one: ``{"status": 404}``, with ``headers``,
    ``location``, ``body`` and ``certificate`` (its first day and its last), or ``{"failure": "dns"}`` as in a `Probe`;
    other addresses answer with an empty page.
    ``approved`` is the build as it was when it was accepted, or what was another then: ``{"campaign": {…}}``.
    """
    written: dict[str, Any] = {"build": build, "email": email, "page": page, "campaign": campaign, "plain": plain}
    written |= {"sidecar": sidecar, "files": files}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = replace(profile or Profile(), only=(check,))
        chosen = chosen if web is None else replace(chosen, online=True)
        if approved is not None:
            other = approved if isinstance(approved, Mapping) and "repeat" not in approved else {"build": approved}
            write_campaign(folder, **written | dict(other))
            accept(folder, chosen)
        write_campaign(folder, **written)
        results = answers(plan(_session(chosen, web), Campaign(folder, folder.name)))
    told = [result for result in results if result.check == check or result.outcome is Outcome.BROKEN]
    return Answer(tuple(told))


def _session(profile: Profile, web: Mapping[str, Mapping[str, Any]] | None = None) -> Session:
    """A session whose browsers stay open for the next call, and are closed with the process."""
    if web is None:
        return session(profile, resources=shared())
    told = session(profile)
    for kind in (Prober, PictureProber):
        told.resources.lend(kind, told.registry, profile, kind(lambda _terms: lambda: web_of(web), _AT_ONCE))
    return told


_AT_ONCE = Manners(delay=0, again=0, longest_wait=0)


def web_of(web: Mapping[str, Mapping[str, Any]]) -> Visit:
    """A visitor of the web that a trial describes."""

    def answer(url: str) -> WebAnswer:
        page = dict(web.get(url, {}))
        headers = dict(page.pop("headers", {}))
        if location := page.pop("location", ""):
            headers["location"] = location
        page["certificate"] = tuple(map(_moment, page.get("certificate", ())))
        body = page.get("body", b"")
        page["body"] = body if isinstance(body, bytes) else str(body).encode()
        return WebAnswer(**{"status": 302 if location else 200} | page, headers=headers)

    return answer


def _moment(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()


@cache
def shared() -> Resources:
    """The resources of every trial in this process: no browser is started twice."""
    resources = Resources()
    atexit.register(resources.close)
    return resources


def accept(folder: Path, profile: Profile) -> None:
    """Accept a campaign as it is now, as far as the profile has it looked at."""
    from qa.approval import baseline, contents
    from qa.approval.accept import Acceptance, keep
    from qa.report.approvable import approvable_contents, approvable_screenshots

    seen = plan(_session(profile), Campaign(folder, folder.name))
    answers(seen)
    pictures = [
        screenshot.png
        for subject in seen.subjects
        if (found := subject.peek(Rendering))
        for screenshot in found.screenshots
    ]
    screenshots = baseline.from_json(approvable_screenshots(seen, ""))
    held = contents.from_json(approvable_contents(seen, "go"))
    keep(folder, screenshots, pictures, held, Acceptance("Kim Osei", date(2026, 11, 20)))


def write_campaign(
    folder: Path,
    *,
    build: str | bytes | Mapping[str, Any] = "",
    email: Mapping[str, Any] | None = None,
    page: Mapping[str, Any] | None = None,
    campaign: Mapping[str, Any] | None = None,
    plain: str | None = None,
    sidecar: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
) -> None:
    """Write the campaign `run_check` describes into a folder."""
    request: dict[str, Any] = {"id": "T-1", "name": "Example", **(campaign or {})}
    content = _content("", build)
    if content:
        ending = (
            "eml" if content[:200].lower().startswith((b"from:", b"subject:", b"mime-version:", b"to:")) else "html"
        )
        _write(folder / f"build/asset.{ending}", content)
        fields: dict[str, Any] = {"name": "asset", "build": f"build/asset.{ending}"}
        if plain is not None:
            _write(folder / "build/asset.txt", plain.encode())
            fields["text"] = "build/asset.txt"
        if sidecar is not None:
            _write(folder / "build/asset.envelope.yaml", json.dumps(sidecar).encode())
        kind = "emails" if page is None else "pages"
        request.setdefault(kind, []).insert(0, fields | dict((email if page is None else page) or {}))
    for path, value in (files or {}).items():
        _write(folder / path, _content(path, value))
    _write(folder / "request.yaml", json.dumps(request, ensure_ascii=False).encode())


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _content(path: str, value: Any) -> bytes:
    if isinstance(value, Mapping) and "repeat" in value:
        text, times = value["repeat"]
        return str(value.get("begins", "")).encode() + str(text).encode() * int(times)
    if isinstance(value, Mapping):
        width, height, seed = value["picture"]
        return picture(int(width), int(height), str(seed), path.rpartition(".")[2])
    return value if isinstance(value, bytes) else str(value).encode()


def picture(width: int, height: int, seed: str, ending: str = "png") -> bytes:
    """A picture file: the same seed draws the same motif at any size and in any format."""
    from io import BytesIO

    from PIL import Image, ImageDraw

    numbers = sha256(seed.encode()).digest() * 2
    image = Image.new("RGB", (width, height), (numbers[0], numbers[1], numbers[2]))
    draw = ImageDraw.Draw(image)
    for at in range(3, 53, 5):
        x, y = numbers[at] / 256 * width, numbers[at + 1] / 256 * height
        fill = (numbers[at + 2], numbers[at + 3], numbers[at + 4])
        draw.ellipse((x - width / 5, y - height / 5, x + width / 5, y + height / 5), fill=fill)
    out = BytesIO()
    image.save(out, {"jpg": "JPEG"}.get(ending, ending.upper()))
    return out.getvalue()


def example(check: str, text: str) -> Answer:
    """Run the YAML example of a check's docstring."""
    from ruamel.yaml import YAML

    written = YAML(typ="safe", pure=True).load(text)
    if lists := written.pop("profile", None):  # by the names of `Profile`
        changed: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in lists.items()
        }
        written["profile"] = replace(Profile(), **changed)
    return run_check(check, **written)


def needs_browser(check: Check) -> bool:
    """Whether a check looks at the build in a browser."""
    return is_drawn(check, registry())
