"""How fast is a build drawn, and is it drawn the same twice? Ratios to a plain Playwright loop, measured beside it.

`python -m tests.bench rendering` runs this alone. Emails are made here, with noisy pictures: the worst case for PNG.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from PIL import Image

from qa.artefacts import Parts, Rendering, Screenshot
from qa.build.assets import Asset
from qa.gather.rendering import rendering
from qa.profile.model import Profile
from qa.render.engines.chromium_found import find_browser
from qa.request import unwritten
from qa.source import Source
from qa.testing import shared
from tests.bench_emails import made_email
from tests.windows import browsers

ROUNDS = 3
FLOOR = 85  # ms of CPU a megapixel, the least that was reached in a trial
WIDTHS = {
    "narrow": {"title": "narrow", "width": 375},
    "column": {"title": "column", "width": 600, "darkening": "authored"},
    "wide": {"title": "wide", "width": 1280},
}
VIEWS = ("narrow", "column", "column-dark", "wide")
CLIENTS = ("gmail-web", "gmail-android", "outlook-windows", "outlook-web", "yahoo-web", "samsung-email")
PROFILE = Profile(views=VIEWS, own_views=WIDTHS, cache=False)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        emails = [made_email(folder, number, blocks) for number, blocks in enumerate((24, 20, 18, 14, 12, 9, 8, 6))]
        _throughput(folder, emails)
        _warm(folder, emails)
        _many_views(folder, made_email(folder, 60, 29))
        _memory(folder, emails)
        _determinism(folder, emails)
    shared().close()


def _draw(folder: Path, html: str, profile: Profile = PROFILE) -> Rendering:
    asset = Asset("email", "bench", folder)
    parts = Parts("bench.html", Source("bench.html", html))
    return rendering(asset, parts, unwritten(asset.kind, "a", "a"), profile, browsers(profile))


def _draw_all(folder: Path, emails: Iterable[str], profile: Profile = PROFILE) -> list[Rendering]:
    """As a run does it: as many assets at a time as there are browsers."""
    with ThreadPoolExecutor(profile.browsers) as pool:
        return list(pool.map(lambda email: _draw(folder, email, profile), emails))


def _throughput(folder: Path, emails: list[str]) -> None:
    """Ours against new page, set_content, full-page PNG, in turn, over the same screenshots."""
    ours: list[float] = []
    plain: list[float] = []
    cpu: list[tuple[float, float]] = []
    with _plain_loop(folder) as loop:
        _draw(folder, emails[0])
        loop(emails[:1])
        for _ in range(ROUNDS):
            before = _cpu()
            plain.append(_timed(lambda: loop(emails)))
            between = _cpu()
            ours.append(_timed(lambda: _draw_all(folder, emails)))
            cpu.append((between - before, _cpu() - between))
    megapixels = sum(_megapixels(screenshot) for email in emails for screenshot in _draw(folder, email).screenshots)
    screenshots = len(emails) * len(VIEWS)
    theirs, mine = statistics.median(plain), statistics.median(ours)
    worked = [statistics.median(each) / megapixels for each in zip(*cpu, strict=True)]
    print(f"{screenshots} screenshots, {megapixels / screenshots:.1f} megapixels each")
    print(
        f"plain Playwright                     {1000 * screenshots / theirs:7.1f} a second, {worked[0]:.0f} ms of CPU a megapixel"
    )
    print(
        f"ours                                 {1000 * screenshots / mine:7.1f} a second, {worked[1]:.0f} ms (the trial's floor: {FLOOR})"
    )
    print(f"ours / plain Playwright              {theirs / mine:7.2f} x   (at least 3.5)")


def _megapixels(screenshot: Screenshot) -> float:
    width, height = Image.open(BytesIO(screenshot.png)).size
    return width * height / 1e6


def _warm(folder: Path, emails: list[str]) -> None:
    before = os.environ.get("QA_CACHE")
    os.environ["QA_CACHE"] = str(folder / "cache")
    profile = replace(PROFILE, cache=True)
    try:
        shared().close()
        cold = _timed(lambda: _draw_all(folder, emails, profile))
        shared().close()
        warm = statistics.median(_timed(lambda: _draw_all(folder, emails, profile)) for _ in range(5))
        cached = [[screenshot.png for screenshot in _draw(folder, email, profile).screenshots] for email in emails]
        drawn = [[screenshot.png for screenshot in _draw(folder, email).screenshots] for email in emails]
    finally:
        os.environ.pop("QA_CACHE")
        if before is not None:
            os.environ["QA_CACHE"] = before
    same = "the same pictures" if cached == drawn else "OTHER PICTURES"
    print(f"with the cache warm                  {cold / warm:7.0f} x   (at least 50; {warm:.0f} ms for all, {same})")


def _many_views(folder: Path, html: str) -> None:
    names = tuple(
        f"{client}{dark}{images}" for client in CLIENTS for dark in ("", "-dark") for images in ("", "-no-images")
    )
    profile = Profile(views=names, cache=False)
    times = []
    for _ in range(3):
        shared().close()
        times.append(_timed(lambda: _draw(folder, html, profile)))
    drawn = _draw(folder, html, profile)
    lost = f", {len(drawn.lost)} LOST" if drawn.lost else ""
    print(
        f"{len(drawn.screenshots)} views of one email of {len(html.encode()) / 1000:.0f} KB        {statistics.median(times) / 1000:7.1f} s   (under 12; {sum(map(_megapixels, drawn.screenshots)):.0f} megapixels{lost})"
    )


def _memory(folder: Path, emails: list[str]) -> None:
    shared().close()
    screenshots, sizes = 0, {}
    while screenshots < 500:
        for email in emails[-3:]:
            screenshots += len(_draw(folder, email).screenshots)
            for mark in (100, 500):
                if screenshots >= mark and mark not in sizes:
                    sizes[mark] = _resident()
    print(
        f"memory, browsers and ours            {sizes[100]:7.0f} MB after 100 screenshots, {sizes[500]:.0f} MB after 500"
    )


def _determinism(folder: Path, emails: list[str]) -> None:
    """Two runs, each with browsers of its own."""
    corpus = Path(os.environ.get("QA_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus") / "emails"
    files = [file for file in sorted(corpus.rglob("*.htm*")) if file.stat().st_size > 8192]
    chosen = random.Random(4).sample(files, min(50, len(files)))
    documents = {file.relative_to(corpus).as_posix(): file.read_text("utf-8", "replace") for file in chosen}
    documents = documents or {f"made {number}": email for number, email in enumerate(emails)}
    runs: list[dict[tuple[str, str], bytes]] = []
    for _ in range(2):
        shared().close()
        runs.append(
            {
                (name, screenshot.view.name): screenshot.png
                for name, html in documents.items()
                for screenshot in _draw(folder, html).screenshots
            }
        )
    first, second = runs
    unlike = sorted(key for key in first.keys() | second.keys() if first.get(key) != second.get(key))
    share = 100 * (1 - len(unlike) / len(first))
    print(
        f"identical in two runs                {share:7.1f} %   of {len(first)} screenshots of {len(documents)} emails (at least 99)"
    )
    for name, view in unlike:
        print(f"    {name}, {view}")


def _timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


@contextmanager
def _plain_loop(folder: Path) -> Iterator[Callable[[Iterable[str]], None]]:
    """What anybody would write first."""
    from playwright.sync_api import sync_playwright

    answering = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=answering.serve_forever, daemon=True).start()
    at = f"http://127.0.0.1:{answering.server_address[1]}/"
    found = find_browser(Profile())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.path)

        def loop(emails: Iterable[str]) -> None:
            for email in emails:
                for view in VIEWS:
                    width = WIDTHS[view.removesuffix("-dark")]["width"]
                    scheme = "dark" if view.endswith("-dark") else "light"
                    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type,typeddict-item]
                    page.set_content(email.replace('src="', f'src="{at}'))
                    page.screenshot(full_page=True)
                    page.context.close()

        yield loop
        browser.close()
    answering.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def _cpu() -> float:
    """Milliseconds that this process and all it started have worked."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    ticks = sum(_stat(pid)[0] for pid in _descendants())
    return (own.ru_utime + own.ru_stime) * 1000 + ticks * 1000 / os.sysconf("SC_CLK_TCK")


def _resident() -> float:
    """MB in memory, shared pages counted once a process that has them."""
    pages = sum(_stat(pid)[1] for pid in [os.getpid(), *_descendants()])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _stat(pid: int) -> tuple[int, int]:
    """Ticks worked, by those of its children too that are gone, and pages resident."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return sum(map(int, fields[11:15])), int(fields[21])


def _descendants() -> list[int]:
    found, waiting = [], [os.getpid()]
    while waiting:
        tasks = Path(f"/proc/{waiting.pop()}/task")
        try:
            children = [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]
        except OSError:
            continue
        found += children
        waiting += children
    return found


if __name__ == "__main__":
    main()
