"""The price of pytest over many campaigns: beside `qa run` on the same, in one process and in two.

Other programs on the machine slow both: medians of rounds that alternate, the seconds of the processor beside them.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from qa.testing import write_campaign

CAMPAIGNS, ROUNDS = 100, 5
# As users run it: modules compiled when they were installed, and a terminal written to in more than single lines.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}
SENTENCE = "The gardens of Fernhill open their gates from nine until the last lantern is out, number {} among them."
EMAIL = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Save your seat, number {0}</title></head><body>
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td style="font-size:16px">
<p><a href="https://www.acme.example/view/{0}">View in browser</a></p><h1>Save your seat</h1>{1}
<p><a href="https://www.acme.example/webinar/{0}">Save my seat</a></p>
<p>Acme Ltd, 1 High Street, London E1 6AN. <a href="https://www.acme.example/leave">Unsubscribe</a></p>
</td></tr></table></body></html>"""
Spent = tuple[float, float]  # seconds on the wall, and of the processor


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(CAMPAIGNS):
            _write(folder / "campaigns" / f"c{number:03}", number)
        alone = [sys.executable, "-m", "pytest", "campaigns", "--qa-no-render", "-q", "-p", "no:cacheprovider"]
        commands = {
            "qa run -j 1": [sys.executable, "-m", "qa", "run", "campaigns", "--no-render", "-j", "1"],
            "pytest": alone,
            "pytest -n 2": [*alone, "-n", "2"],
        }
        rounds = [[_spent(command, folder) for command in commands.values()] for _ in range(ROUNDS + 1)][1:]
        _print({name: _median(spent) for name, spent in zip(commands, zip(*rounds, strict=True), strict=True)})


def _write(folder: Path, number: int) -> None:
    """One email with a mistake in every fourth: what is found costs more than what is not."""
    copy = "".join(f"<p>{SENTENCE.format(each)}</p>" for each in range(20))
    page = f"https://www.acme.example/webinar/{number if number % 4 else 'old'}"
    email = {"subject": f"Save your seat, number {number}", "links": [{"text": "Save my seat", "url": page}]}
    build = EMAIL.format(number, copy)
    write_campaign(folder, build=build, email=email, campaign={"name": f"Webinar {number}", "platform": "marketo"})


def _median(spent: Sequence[Spent]) -> Spent:
    return statistics.median(wall for wall, _ in spent), statistics.median(cpu for _, cpu in spent)


def _spent(command: Sequence[str], folder: Path) -> Spent:
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=False, env=ENVIRONMENT)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, cpu


def _print(spent: Mapping[str, Spent]) -> None:
    for name, (wall, cpu) in spent.items():
        print(f"{CAMPAIGNS} small campaigns, {name:<17} {wall:7.1f} s   {cpu:5.1f} s of the processor")
    run, one, two = spent.values()
    print(
        f"pytest / qa run                      {one[0] / run[0]:.2f} on the wall, {one[1] / run[1]:.2f} of the processor"
    )
    print(f"one process / -n 2                   {one[0] / two[0]:.2f} on the wall")


if __name__ == "__main__":
    main()
