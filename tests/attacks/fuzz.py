"""Spoilt files through every reader, for a number of seconds: `python -m tests.attacks.fuzz --seconds 60 --seed 7`.

Each is spoilt by a seed of its own, so that one can be tried again: `--first 4711 --most 1`. What fails is kept in
`build-out/attacks/`, made smaller as long as it fails in the same way, beside a line that says what to do with it.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir, closing
from dataclasses import dataclass
from functools import partial
from itertools import count, islice
from pathlib import Path

from tests.attacks.apart import ENDED, Tried, tried_apart
from tests.attacks.command import Ended, emulate, run_command
from tests.attacks.mutations import mutated
from tests.attacks.said_in import says
from tests.attacks.spoilt_files import OPTED_OUT, Spoilt, lay, loose

KEPT = Path("build-out/attacks").resolve()
PROMISED = {"run": {0, 1, 2, 3}, "judge": {0, 1, 2, 3}, "triage": {0, 1, 2}, "draft": {0, 2}, "baseline": {0, 2}}
_TRYING = "trying"
_SMALLER = 20  # seconds for making one smaller


@dataclass(frozen=True)
class Attack:
    """A spoilt file, and what came of it."""

    seed: int
    spoilt: Spoilt
    content: bytes
    how: str
    wrong: str = ""


def attacks(folder: Path, corpus: Path | None, first: int, trying: Path) -> Iterator[Attack]:
    """One after the other, without end; the folder is the current one. ``trying``: where the one under way stands."""
    there = [*((each, each.file.read_bytes()) for each in lay(folder)), *loose(folder, corpus)]
    others = [content for _, content in there]
    kinds: dict[str, list[tuple[Spoilt, bytes]]] = {}
    for spoilt, content in there:
        kinds.setdefault(spoilt.kind, []).append((spoilt, content))
    for seed in count(first):
        chance = random.Random(seed)
        spoilt, content = chance.choice(kinds[chance.choice(sorted(kinds))])
        bad, how = mutated(chance, content, spoilt.kind, others)
        trying.write_bytes(bad)
        wrong = tried(spoilt, bad)
        yield Attack(seed, spoilt, bad, how, wrong)
        spoilt.file.write_bytes(content)


def tried(spoilt: Spoilt, content: bytes) -> str:
    """What went wrong with a spoilt file, the first thing; "" where nothing did."""
    for command in spoilt.commands:
        spoilt.file.write_bytes(content)
        ended = run_command(command)
        if wrong := _wrong(spoilt, content, command, ended):
            return wrong
    return emulate(content.decode("utf-8", "replace")) if spoilt.kind == "html" else ""


def _wrong(spoilt: Spoilt, content: bytes, command: tuple[str, ...], ended: Ended) -> str:
    named = " ".join(command[:3])
    if ended.raised:
        return f"{named}: {ended.raised}"
    if ended.code not in PROMISED[command[0]]:
        return f"{named}: exit code {ended.code}"
    if ended.traces:
        return f"{named}: {ended.traces[0]}"
    if "Traceback" in ended.said or (ended.code == 2 and not ended.told):
        return f"{named}: said {ended.said[-300:]!r}"
    if ended.code == 0 and command[0] in ("run", "judge"):
        return _wrongly_passed(spoilt, content, named)
    return ""


def _wrongly_passed(spoilt: Spoilt, content: bytes, named: str) -> str:
    """Why it must not go: what is asked for is not there by any way of reading, or somebody opted out is on a list."""
    if gone := [text for text in spoilt.wanted if not says(content, text)]:
        return f"{named}: GO without “{gone[0]}”"
    held = spoilt.file.parent.name == "made" and spoilt.kind in ("csv", "gz")
    if held and says(content, OPTED_OUT):
        return f"{named}: GO with somebody on the list who opted out"
    return ""


def smaller(attack: Attack, limit: float = _SMALLER) -> bytes:
    """The bytes that fail in the same way, with all left out that can be, as far as there is time."""
    end, content = time.monotonic() + limit, attack.content
    size = max(1, len(content) // 2)
    while time.monotonic() < end:
        at, shorter = 0, False
        while at < len(content) and time.monotonic() < end:
            rest = content[:at] + content[at + size :]
            if tried(attack.spoilt, rest) == attack.wrong:
                content, shorter = rest, True
            else:
                at += size
        if size == 1 and not shorter:
            break
        size = size if shorter else max(1, size // 2)
    return content


def keep(attack: Attack, folder: Path) -> None:
    """Write down what failed: the file, and a line that says what it is."""
    KEPT.mkdir(parents=True, exist_ok=True)
    place = attack.spoilt.file.relative_to(folder).as_posix()
    name = f"{attack.seed}-{place.replace('/', '-')}"
    (KEPT / name).write_bytes(smaller(attack))
    (KEPT / f"{name}.why").write_text(f"{place}\n{attack.how}\n{attack.wrong}\n")


def _tries(home: Path, corpus: Path | None, first: int) -> Iterator[Tried]:
    """In a new folder of that one, since the one before may have been left in the middle."""
    folder, known = Path(tempfile.mkdtemp(dir=home)), set[str]()
    with chdir(folder):
        for attack in attacks(folder, corpus, first, home / _TRYING):
            if attack.wrong and attack.wrong not in known:
                known.add(attack.wrong)
                keep(attack, folder)
            if attack.seed % 50 == 0:
                gc.unfreeze()
                gc.collect()
            yield Tried(attack.seed, attack.wrong, f"{attack.spoilt.file.relative_to(folder)} ({attack.how})")


def fuzz(
    seconds: float,
    first: int,
    corpus: Path | None = None,
    most: int = sys.maxsize,
    tell: Callable[[str], object] = print,
) -> tuple[int, Counter[str]]:
    """How many files were tried, and what went wrong how often."""
    wrong: Counter[str] = Counter()
    number = 0
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        loop = partial(_tries, home, corpus and corpus.resolve())
        with closing(tried_apart(loop, first, seconds, home / "traces")) as all_tried:
            for each in islice(all_tried, most):
                number += 1
                if each.wrong:
                    wrong[each.wrong] += 1
                    tell(f"{each.number} {each.name}: {each.wrong}")
                if each.name == ENDED:
                    KEPT.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(home / _TRYING, KEPT / f"{each.number}-{_TRYING}")
    return number, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="of the clock")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first file")
    parser.add_argument("--most", type=int, default=sys.maxsize, help="files")
    parser.add_argument("--corpus", type=Path, help="a folder of builds to spoil besides")
    given = parser.parse_args()
    os.environ.setdefault("QA_TODAY", "2026-11-22")
    number, wrong = fuzz(given.seconds, given.first, given.corpus, given.most)
    print(f"{number} spoilt files from seed {given.first}: {sum(wrong.values())} failed, in {len(wrong)} ways")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
