"""The door of the commands: all that is printed goes through it, and nothing of a build is obeyed on its way."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from qa.text.leaving import plain, plain_lines

SCRIPT_FORMATS = ("json", "junit", "sarif", "markdown")


def script_files(arguments: argparse.Namespace) -> dict[str, Path]:
    """The files for scripts that were asked for, by their format."""
    return {name: file for name in SCRIPT_FORMATS if (file := getattr(arguments, name))}


def say_problems(problems: Iterable[str]) -> None:
    """A line each on standard error."""
    for problem in problems:
        say(f"qa: {plain(problem)}")


def say(text: str) -> None:
    """Lines on standard error; who does not listen changes nothing."""
    with suppress(OSError):
        print(plain_lines(text), file=sys.stderr)


def tell(text: str, out: IO[str] | None = None) -> None:
    """Lines on standard output."""
    print(plain_lines(text), file=out, flush=out is not None)


def tell_written(text: str) -> None:
    """A whole document on standard output, which its writer has made harmless in its own way."""
    sys.stdout.write(text)


def silence() -> None:
    """Nobody reads standard output any more: what is still to be flushed must not fail on the way out."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
