"""Surroundings a run may meet, and whether it says the same in each: `python -m tests.matrix [PYTHON …]`, as root on Linux.

Each row is a `qa run` over the sample campaigns, compared with the plain one; the interpreters given have it installed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SAMPLES = ("autumn-sale-eml", "guide-download-page", "spring-webinar-clean", "spring-webinar-demo", "summer-variants")
DRAWN = ("spring-webinar-clean",)


class Row(NamedTuple):
    """``around``: the command in front of the run; None in ``env`` is unset; ``drawn``: with a browser."""

    name: str
    env: Mapping[str, str | None] = {}
    around: tuple[str, ...] = ()
    drawn: bool = False


ROWS = (
    Row("LC_ALL=C", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    Row("LC_ALL=tr_TR.UTF-8", {"LC_ALL": "tr_TR.UTF-8"}),
    Row("LC_ALL=ja_JP.eucJP", {"LC_ALL": "ja_JP.eucJP"}),
    Row("TZ=Pacific/Apia", {"TZ": "Pacific/Apia"}),
    Row("TZ=America/St_Johns", {"TZ": "America/St_Johns"}),
    Row("TZ=Asia/Kathmandu", {"TZ": "Asia/Kathmandu"}),
    Row("no HOME", {"HOME": None}),
    Row("HOME that is not there", {"HOME": "/nowhere/at/all"}, drawn=True),
    Row("another user than root", {"HOME": "/nowhere"}, ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), drawn=True),
    Row("no /dev/shm", {}, ("unshare", "-m", "sh", "-c", 'umount -l /dev/shm; mount -t tmpfs -o ro,size=0 x /dev/shm; exec "$@"', "-"), drawn=True),
    Row("no loopback", {}, ("unshare", "-rn"), drawn=True),
)  # fmt: skip


def said(row: Row, python: str, folder: Path) -> dict[str, object]:
    """What a run says of every sample: the exit code and the findings; what went wrong where there is no result."""
    env = {name: value for name, value in (os.environ | row.env).items() if value is not None}
    env["QA_TODAY"], env["QA_CACHE"] = "2026-11-22", str(folder / "cache")
    found: dict[str, object] = {}
    for sample in DRAWN if row.drawn else SAMPLES:
        out = folder / "out.json"
        out.unlink(missing_ok=True)
        command = [*row.around, python, "-m", "qa", "run", str(ROOT / "fixtures" / sample), "--json", str(out)]
        command += ["--report", str(folder / "report")] + ([] if row.drawn else ["--no-render"])
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, errors="replace", check=False
        )
        found[sample] = (done.returncode, _findings(out) or done.stderr.strip()[-300:])
    return found


def _findings(out: Path) -> list[tuple[str, str]]:
    if not out.is_file():
        return []
    results = json.loads(out.read_bytes())["results"]
    broken = [(each["check"], each["reason"]) for each in results if each["outcome"] == "broken"]
    return sorted(broken + [(each["code"], each["message"]) for found in results for each in found["findings"]])


def main(pythons: Sequence[str]) -> int:
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        plain = {drawn: said(Row("plain", drawn=drawn), sys.executable, folder) for drawn in (False, True)}
        print("| surroundings | campaigns | drawn | came out |\n|---|---|---|---|")
        rows = [(row, sys.executable) for row in ROWS] + [(Row(f"`{python}`"), python) for python in pythons]
        for row, python in rows:
            for each in folder.iterdir():
                subprocess.run(["rm", "-rf", str(each)], check=True)
            found = said(row, python, folder)
            other = [f"{sample}: {found[sample]}" for sample in found if found[sample] != plain[row.drawn][sample]]
            wrong += bool(other)
            print(
                f"| {row.name} | {len(found)} | {'yes' if row.drawn else 'no'} | {'; '.join(other)[:600] or 'the same'} |",
                flush=True,
            )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
