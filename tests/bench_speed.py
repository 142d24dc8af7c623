"""How fast is it? Medians of several rounds, with yardsticks measured in the same run.

Machines differ and are noisy: read the ratios before the milliseconds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

from qa.build.assets import loose_asset
from qa.build.campaign import Campaign
from qa.check import all_checks
from qa.profile.model import Profile
from qa.request import load_request, unwritten
from qa.testing import needs_browser
from tests.npm import installed
from tests.running import run

ROOT = Path(__file__).parent.parent
CLEAN, DEMO = ROOT / "fixtures/spring-webinar-clean", ROOT / "fixtures/spring-webinar-demo"
LEAST = 8192  # bytes; smaller emails are snippets
NOT_EMAILS = "hteumeuleu__caniemail"  # test pages for single features
PEER = "@emailens/engine"
_AUDIT = """
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const { auditEmail } = createRequire(process.cwd() + "/")("@emailens/engine");
const files = JSON.parse(readFileSync(0, "utf-8"));
const times = [];
for (const [round, list] of [files.slice(0, 20), files].entries())
  for (const file of list) {
    const html = readFileSync(file, "utf-8");
    const started = performance.now();
    try { auditEmail(html); } catch {}
    if (round) times.push(performance.now() - started);
  }
console.log(JSON.stringify(times));
"""


def main() -> None:
    print(f"start-up, `qa --version`             {_median(_qa('--version'), 9):7.0f} ms")
    _static()
    with tempfile.TemporaryDirectory() as report:
        demo = _median(_qa("run", str(DEMO), "--report", report), 3)
    print(f"the demo campaign with screenshots   {demo / 1000:7.1f} s")
    _linearity()
    _corpus()


def _median(action: Callable[[], object], rounds: int) -> float:
    """Milliseconds, after one round to warm up."""
    action()
    return statistics.median(_timed(action) for _ in range(rounds))


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def _qa(*arguments: str) -> Callable[[], object]:
    command = [sys.executable, "-m", "qa", *arguments]
    return lambda: subprocess.run(command, capture_output=True, check=False, cwd=tempfile.gettempdir())


def _profile() -> Profile:
    return Profile(render=False, skip=tuple(check.id for check in all_checks().values() if needs_browser(check)))


def _static() -> None:
    request = load_request(CLEAN)
    invite = request.model_copy(update={"emails": request.emails[:1], "pages": (), "audience": None})
    html = (CLEAN / (request.emails[0].build or "")).read_text("utf-8")
    ours = _median(lambda: run(Campaign(CLEAN, "bench"), invite, _profile()), 15)
    parse = _median(lambda: BeautifulSoup(html, "lxml"), 15)
    print(
        f"static checks, one email of {len(html) / 1000:.0f} KB   {ours:7.0f} ms   {ours / parse:4.1f} x bs4 + lxml alone"
    )


def _loose(file: Path) -> Callable[[], object]:
    """The whole static catalogue over one build without a request, as `qa run FILE` does it."""
    asset = loose_asset(file)
    campaign = Campaign(file.parent, file.name, loose=file, kind=asset.kind, assets=(asset,))
    request, profile = unwritten(asset.kind, asset.name, file.name), _profile()
    return lambda: run(campaign, request, profile)


def _linearity() -> None:
    """Milliseconds a megabyte, of one email whose body is repeated."""
    text = (CLEAN / "build/invite.html").read_text("utf-8")
    head, _, body = text.partition("<body")
    start, body = body.index(">") + 1, body.rpartition("</body>")[0]
    with tempfile.TemporaryDirectory() as folder:
        each = []
        for size in (100_000, 1_000_000, 4_500_000):
            file = Path(folder) / f"{size}.html"
            times = max(1, (size - len(head)) // len(body[start:]))
            file.write_text(f"{head}<body{body[:start]}{body[start:] * times}</body></html>", "utf-8")
            each.append(_median(_loose(file), 3 if size < 2_000_000 else 1) / file.stat().st_size * 1e6)
    shown = ", ".join(f"{ms:.0f}" for ms in each)
    print(f"ms a megabyte, at 0.1, 1 and 4.5 MB  {shown}   4.5 MB: {each[2] / each[0]:.2f} x what 0.1 MB costs")


def _corpus() -> None:
    folder = Path(os.environ.get("QA_CORPUS") or ROOT.parent / "shared" / "corpus") / "emails"
    if not folder.is_dir():
        print("real emails                          not on this machine (QA_CORPUS names the folder)")
        return
    found = (file for file in sorted(folder.rglob("*.htm*")) if NOT_EMAILS not in file.as_posix())
    files = [file for file in found if file.stat().st_size > LEAST]
    for file in files[:20]:
        _loose(file)()
    ours = [_timed(_loose(file)) for file in files]
    _print("qa, the static catalogue", ours, files)
    theirs = _audited(files)
    if theirs:
        _print(f"{PEER}, auditEmail", theirs, files)
        medians = statistics.median(ours) / statistics.median(theirs)
        print(f"ours / theirs                        median {medians:.2f}, in all {sum(ours) / sum(theirs):.2f}")


def _print(name: str, times: list[float], files: list[Path]) -> None:
    per_100_kb = sum(times) / sum(file.stat().st_size for file in files) * 100_000
    ninety_fifth = statistics.quantiles(times, n=20)[-1]
    print(
        f"{name:<36} {len(files)} real emails: median {statistics.median(times):.1f} ms, "
        f"95th percentile {ninety_fifth:.0f} ms, {per_100_kb:.0f} ms per 100 KB"
    )


def _audited(files: list[Path]) -> list[float]:
    """What the npm package needs for the same files, installed into a folder that is thrown away; [] without it."""
    with tempfile.TemporaryDirectory() as folder:
        if installed(PEER, Path(folder)) is None:
            return []
        script = Path(folder) / "audit.mjs"
        script.write_text(_AUDIT, "utf-8")
        names = json.dumps([str(file.resolve()) for file in files])
        ran = subprocess.run(
            ["node", str(script)], input=names, capture_output=True, text=True, check=False, cwd=folder
        )
    if ran.returncode:
        print(f"{PEER:<36} not measured: {ran.stderr.strip().splitlines()[-1:]}")
        return []
    times: list[float] = json.loads(ran.stdout)
    return times


if __name__ == "__main__":
    main()
