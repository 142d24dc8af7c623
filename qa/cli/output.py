"""Lines on standard error, plain text for a terminal, and the files for scripts that were asked for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

SCRIPT_FORMATS = ("json", "junit", "sarif", "markdown")


def script_files(arguments: argparse.Namespace) -> dict[str, Path]:
    """The files for scripts that were asked for, by their format."""
    return {name: file for name in SCRIPT_FORMATS if (file := getattr(arguments, name))}


def say_problems(problems: Iterable[str]) -> None:
    """A line each on standard error."""
    for problem in problems:
        say(f"qa: {plain(problem)}")


def say(line: str) -> None:
    with suppress(OSError):
        print(line, file=sys.stderr)


def silence() -> None:
    """Nobody reads standard output any more: what is still to be flushed must not fail on the way out."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


JOINERS = "\u200c\u200d"  # they shape Persian words and emoji


def plain(text: str) -> str:
    """Text of a build, a request or a file name made harmless for a terminal: no escape sequence of it is obeyed."""
    around = zip(" " + text, text, text[1:] + " ", strict=False)
    return "".join(c if c.isprintable() or (c in JOINERS and (a + b).isprintable()) else "·" for a, c, b in around)
