"""Runs that share one report folder, many rounds of them: `python -m tests.attacks.concurrent_runs [ROUNDS]`.

Three campaigns are run at the same time into one folder. Whatever is there afterwards must be of one run: its record,
its page, its pictures and what could be accepted; and of three runs at least one ends well, the others say who is there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from qa.testing import write_campaign

NAMES = ("spring", "summer", "autumn")
QA = (sys.executable, "-m", "qa")
ENDED = frozenset({0, 1, 3})


def write_campaigns(folder: Path) -> None:
    for name in NAMES:
        html = f"<html lang='en'><title>{name}</title><p>Hello {name}</p></html>"
        write_campaign(folder / name, build=html, campaign={"id": name.upper(), "name": name})


def run_at_once(folder: Path, *options: str) -> dict[str, tuple[int, str]]:
    """Every campaign at the same time: the exit code and what was said of it."""
    runs = {
        name: subprocess.Popen([*QA, "run", name, *options], cwd=folder, text=True, stdout=-1, stderr=-1)
        for name in NAMES
    }
    return {name: (run.wait(), "".join(run.communicate())) for name, run in runs.items()}


def inconsistencies(report: Path) -> list[str]:
    """What in a report folder is not of the run that its record is of."""
    record = json.loads((report / "report.json").read_bytes())
    run = record["run"]["id"]
    wrong = [name for name in ("looks.json", "contents.json") if json.loads((report / name).read_bytes())["run"] != run]
    page = (report / "report.html").read_text("utf-8")
    if f'data-run="{run}"' not in page or record["campaign"]["name"] not in page:
        wrong.append("report.html")
    named = record["run"]["pictures"]
    there = {file.relative_to(report).as_posix(): file.read_bytes() for file in report.glob("screenshots/*")}
    digests = {name: f"sha256:{sha256(content).hexdigest()}" for name, content in there.items()}
    wrong += [] if digests == named else ["screenshots"]
    known = {"report.json", "report.html", "looks.json", "contents.json", "screenshots"}
    return wrong + sorted({file.name for file in report.iterdir()} - known)


def a_round(folder: Path, *options: str) -> list[str]:
    """What went wrong in one round."""
    ended = run_at_once(folder, *options)
    wrong = inconsistencies(folder / "qa-report")
    if not any(code in ENDED for code, _ in ended.values()):
        wrong.append("nobody ended")
    for name, (code, said) in ended.items():
        if code not in ENDED and (code != 2 or "another run is writing its report there" not in said):
            wrong.append(f"{name}: {code} {said}")
    return wrong


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    options = sys.argv[2:]
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        write_campaigns(Path(name))
        for number in range(rounds):
            wrong = a_round(Path(name), *options)
            bad += bool(wrong)
            print(f"round {number + 1}: {wrong or 'consistent'}", flush=True)
    print(f"{rounds} rounds of three runs, {bad} inconsistent")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
