"""A command of `qa` in this process, under a watch: how it ended, what it said, and which mistakes of ours it met."""

from __future__ import annotations

import io
import json
import os
import signal
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.cli.command_line import main
from qa.finding import Fault
from qa.markup.tokeniser import stamped
from qa.render.emulation import emulated
from qa.source import Source
from qa.views.catalogue import all_views

PATIENCE = 10  # seconds of the processor after which a command hangs
KILLED = PATIENCE + 2  # seconds of the processor after which it ends, for what never comes to Python's next step
ASLEEP = 100  # seconds of the clock, for what waits
OUT = Path("out.json")


class Hung(BaseException):
    """No `except Exception` on the way takes this for an answer."""


@dataclass(frozen=True)
class Ended:
    """``raised``: what came out of it, or where it hung; ``traces``: of checks and gatherers that broke by our mistake."""

    code: int | None
    told: str
    said: str
    raised: str = ""
    traces: tuple[str, ...] = ()


def run_command(command: Sequence[str]) -> Ended:
    """Run a command line in the current folder."""
    out, err = io.StringIO(), io.StringIO()
    OUT.unlink(missing_ok=True)
    before = os.environ.get("QA_DEBUG")
    os.environ["QA_DEBUG"] = "1"
    try:
        with redirect_stdout(out), redirect_stderr(err), _watched():
            code: int | None = main(command)
        raised = ""
    except (Exception, Hung, SystemExit) as error:
        code, raised = None, _where(error)
    finally:
        os.environ.pop("QA_DEBUG") if before is None else os.environ.update(QA_DEBUG=before)
    return Ended(code, err.getvalue(), out.getvalue() + err.getvalue(), raised, tuple(_traces()))


def emulate(html: str) -> str:
    """What went wrong where every client's changes are made to a document; no browser is opened for it."""
    document = stamped(Source("build/asset.html", html))
    for name, view in all_views().items():
        try:
            with _watched():
                emulated(document, view)
        except Fault:
            pass
        except (Exception, Hung) as error:
            return f"emulating {name}: {_where(error)}"
    return ""


@contextmanager
def _watched() -> Iterator[None]:
    def hung(*_: object) -> None:
        raise Hung

    before: list[tuple[int, Any]] = []
    for number, timer, seconds in (
        (signal.SIGPROF, signal.ITIMER_PROF, PATIENCE),
        (signal.SIGALRM, signal.ITIMER_REAL, ASLEEP),
    ):
        before.append((number, signal.signal(number, hung)))
        signal.setitimer(timer, seconds)
    signal.setitimer(signal.ITIMER_VIRTUAL, KILLED)  # nobody answers this one: the system ends the process
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, answer in before:
            signal.signal(number, answer)


def _where(error: BaseException) -> str:
    """The kind of an error and the last lines of ours that led to it: the same mistake says the same."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if "/tests/" not in each.filename]
    if isinstance(error, (Hung, RecursionError)):  # anywhere in a loop: who called it
        ours = [each for each in frames if "site-packages" not in each.filename and "/lib/python" not in each.filename]
        frames = ours[-40:-1:8] + ours[-1:] if isinstance(error, RecursionError) else ours
        frames = [each for each in frames if "/qa/cli/" not in each.filename][-4:]
        return f"{type(error).__name__} in {' < '.join(_named(each) for each in reversed(frames))}"
    return f"{type(error).__name__} at {' < '.join(_named(each) for each in reversed(frames[-3:]))}"


def _named(frame: traceback.FrameSummary) -> str:
    return f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}"


def _traces() -> Iterator[str]:
    """What the result says of mistakes of ours: the last lines of each trace."""
    found: Any = {}
    with suppress(OSError, ValueError):
        found = json.loads(OUT.read_bytes())
    for result in found.get("results", ()) if isinstance(found, dict) else ():
        if result.get("trace"):
            lines = [line.strip() for line in result["trace"].strip().splitlines()]
            frames = [line.rpartition("/")[2] for line in lines if line.startswith("File ")]
            yield f"{result['check']} broke at {' < '.join(reversed(frames[-3:]))}: {lines[-1].partition(':')[0]}"
