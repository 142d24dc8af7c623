"""All attacks, for a bounded time, on this machine alone: `make attack`, or `python -m tests.attacks --seconds 300`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from functools import partial
from pathlib import Path

from tests.attacks import concurrent_runs, fuzz, long_runs, messages
from tests.attacks.apart import tried_apart

TABLES = {
    "hiding ways": ["tests/attacks/test_hiding.py"],
    "strings × writers": ["tests/attacks/test_strings.py"],
    "moments of change": ["tests/run/test_changed.py"],
    "report folder": ["tests/attacks/test_report_folder.py"],
    "stops": ["tests/run/test_stops.py"],
}
# Of the clock; the tables above take two minutes or so. Every long run has its turn in this time on two slow cores.
SECONDS = {"long runs": 400, "spoilt files": 120}
Row = tuple[int, list[str]]  # how many were tried, and what went wrong


def _tests(files: list[str]) -> Row:
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", *files]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return len(files), failed or ([f"pytest ended with {done.returncode}"] if done.returncode else [])


def _messages() -> Row:
    with tempfile.TemporaryDirectory() as name, chdir(name):
        said = {each: messages.wrong(structure) for each, structure in messages.STRUCTURES.items()}
    return len(said), [f"{each}: {wrong}" for each, wrong in said.items() if wrong]


def _long_runs(seconds: float) -> Row:
    with tempfile.TemporaryDirectory() as name:
        loop, traces = partial(long_runs.tries, Path(name)), Path(name) / "traces"
        done = list(tried_apart(loop, 0, seconds, traces))
    return len(done), [f"{long_runs.PIECES[each.number]!r}: {each.wrong}" for each in done if each.wrong]


def _concurrent(rounds: int) -> Row:
    with tempfile.TemporaryDirectory() as name:
        concurrent_runs.write_campaigns(Path(name))
        found = [concurrent_runs.a_round(Path(name), "--no-render") for _ in range(rounds)]
    return rounds, ["; ".join(wrong) for wrong in found if wrong]


def _fuzz(seconds: float, first: int, corpus: Path | None) -> Row:
    number, wrong = fuzz.fuzz(seconds, first, corpus)
    return number, [f"{each} ({times} ×)" for each, times in wrong.items()]


def _rows(given: argparse.Namespace) -> Iterator[tuple[str, Callable[[], Row]]]:
    for name, files in TABLES.items():
        yield name, lambda files=files: _tests(files)  # type: ignore[misc]
    yield "message structures", _messages
    yield "runs into one folder", lambda: _concurrent(given.rounds)
    yield "long runs", lambda: _long_runs(given.seconds or SECONDS["long runs"])
    yield "spoilt files", lambda: _fuzz(given.seconds or SECONDS["spoilt files"], given.first, given.corpus)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, help="of the clock, for long runs and for spoilt files each")
    parser.add_argument("--rounds", type=int, default=5, help="of three runs into one folder")
    parser.add_argument("--first", type=int, default=0, help="seed of the first spoilt file")
    parser.add_argument("--corpus", type=Path, help="a folder of builds to spoil besides")
    given = parser.parse_args()
    os.environ.setdefault("QA_TODAY", "2026-11-22")
    done = [(name, *attack()) for name, attack in _rows(given)]
    print("\n| attack | tried | failed |\n|---|---|---|")
    for name, tried, failed in done:
        print(f"| {name} | {tried} | {len(failed)} |")
    for name, _, failed in done:
        print(*(f"{name}: {each}" for each in failed), sep="\n", end="\n" if failed else "")
    return 1 if any(failed for _, _, failed in done) else 0


if __name__ == "__main__":
    sys.exit(main())
