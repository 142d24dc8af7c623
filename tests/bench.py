"""How fast is it? `make bench`: medians of several rounds, with a yardstick measured in the same run.

Machines differ and are noisy: read the ratios before the milliseconds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

from qa.campaign import Campaign
from qa.config import Settings
from qa.request import load_request
from qa.run import run

ROOT = Path(__file__).parent.parent
CLEAN, DEMO = ROOT / "fixtures/spring-webinar-clean", ROOT / "fixtures/spring-webinar-demo"


def _median(action: Callable[[], object], rounds: int) -> float:
    """Milliseconds, after one round to warm up."""
    action()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        action()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _qa(*arguments: str) -> Callable[[], object]:
    command = [sys.executable, "-m", "qa", *arguments]
    return lambda: subprocess.run(command, capture_output=True, check=False, cwd=tempfile.gettempdir())


def _static() -> None:
    request = load_request(CLEAN)
    invite = request.model_copy(update={"emails": request.emails[:1], "pages": (), "audience": None})
    html = (CLEAN / (request.emails[0].build or "")).read_text("utf-8")
    settings = Settings(render=False, skip=("phone-overflow",))
    ours = _median(lambda: run(Campaign(CLEAN, "bench"), invite, settings), 15)
    parse = _median(lambda: BeautifulSoup(html, "lxml"), 15)
    print(
        f"static checks, one email of {len(html) / 1000:.0f} KB   {ours:7.0f} ms   {ours / parse:4.1f} x bs4 + lxml alone"
    )


def _corpus() -> None:
    folder = Path(os.environ.get("QA_CORPUS") or ROOT.parent / "shared" / "corpus")
    if not folder.is_dir():
        print("real emails                          not on this machine (QA_CORPUS names the folder)")
        return
    files = [f for kind in ("emails", "eml") for f in sorted((folder / kind).rglob("*")) if f.is_file()]
    files = [f for f in files if f.suffix in (".html", ".htm", ".eml", ".msg", ".txt", "")]
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as report:
        _qa("run", *map(str, files), "--no-render", "--report", report)()
    seconds = time.perf_counter() - started
    print(
        f"{len(files)} real emails, no pictures          {seconds:7.1f} s    {seconds / len(files) * 1000:4.0f} ms each"
    )


def main() -> None:
    print(f"start-up, `qa --version`             {_median(_qa('--version'), 9):7.0f} ms")
    _static()
    with tempfile.TemporaryDirectory() as report:
        demo = _median(_qa("run", str(DEMO), "--report", report), 3)
    print(f"the demo campaign with screenshots   {demo / 1000:7.1f} s")
    _corpus()


if __name__ == "__main__":
    main()
