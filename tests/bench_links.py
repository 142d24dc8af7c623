"""How fast are links asked, and how politely? Sites on this machine count what reaches them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from qa.network import Guard
from qa.probing.exchange import Limits, visitors
from qa.probing.manners import Manners
from qa.probing.prober import Prober
from qa.testing import write_campaign
from tests.probing.site import Site

HOSTS, LINKS, SECONDS = 8, 400, 0.2
CAMPAIGNS, EACH, JOBS = 50, 20, 2


def main() -> None:
    _links()
    _campaigns()


def _links() -> None:
    """Many links of several hosts, each of which takes its time."""
    manners = Manners()
    with ExitStack() as open_sites:
        sites = [open_sites.enter_context(Site(seconds=SECONDS)) for _ in range(HOSTS)]
        urls = [f"{sites[n % HOSTS].url}/{n}" for n in range(LINKS)]
        asking = Prober(lambda _: visitors(Guard(("127.0.0.1",)), Limits()), manners)
        began = perf_counter()
        told = asking.ask(urls, {})
        took = perf_counter() - began
        asking.close()
        answered = sum(probe.status == 200 for probe in told.values())
        least = LINKS / HOSTS * max(SECONDS / manners.at_once, manners.delay)
        most = max(site.most for site in sites)
    print(
        f"{LINKS} links on {HOSTS} hosts, {SECONDS * 1000:.0f} ms each  {took:7.1f} s, {took / least:.2f} times the least "
        f"these manners allow; {answered} answered, at most {most} at once at a host ({manners.at_once} allowed)"
    )


def _campaigns() -> None:
    """Many campaigns in several processes, which name the same addresses and others."""
    with Site() as site, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "qa.toml").write_text('[network]\nonline = true\nallow_private = ["127.0.0.1"]\n')
        for number in range(CAMPAIGNS):
            paths = [*range(EACH // 2), *range(1000 + number * EACH, 1000 + number * EACH + EACH // 2)]
            build = "".join(f'<p><a href="{site.url}/{path}">Go {path}</a></p>' for path in paths)
            write_campaign(folder / f"campaign-{number}", build=build, email={})
        folders = [f"campaign-{number}" for number in range(CAMPAIGNS)]
        began = perf_counter()
        command = [sys.executable, "-m", "qa", "run", *folders, "-j", str(JOBS), "--no-render", "--report", "report"]
        subprocess.run(command, cwd=folder, check=False, capture_output=True)  # 1: what was built is held
        took = perf_counter() - began
        unique, twice = len(site.counted), sum(times > 1 for times in site.counted.values())
    print(
        f"{CAMPAIGNS * EACH} links of {CAMPAIGNS} campaigns, -j {JOBS}    {took:7.1f} s; {unique} addresses, "
        f"{twice} asked more than once, at most {site.most} at once"
    )


if __name__ == "__main__":
    main()
