"""Long runs: the same few characters tens of thousands of times, wherever a build or a request has a text.

What takes the square of their number hangs there: a pattern that begins anew at each character, a text that is copied
for each word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

from qa.testing import write_campaign
from tests.attacks.apart import Tried
from tests.attacks.command import run_command
from tests.attacks.spoilt_files import RUN

LONG = (
    20_000  # characters, in two dozen places: what takes the square of them takes minutes, what is linear a few seconds
)
PIECES = (
    "a", "9", " ", "\n", "-", ".", "<", "&", "{{", "a ", "9 ", "9.", "a.", "a-", '"', "'", "<a ", "<a b=", "(", "[[", "https://", "//", "a@", ": ",
    ":a", "=", "a=b ", "%", "* ", "_a", "一", "#", "1,", "A", "A1 ", "*|", "\\", "<!--", "/*", "a:b;", "é ", "><", '= "', "\t x", "%20", "&amp;", "@a",
    "http://a ", "a/b", "?a=b&", "€9 ", "1. ", " - ", "10 % ", "10:00 ", "1 May ", "<b>", "</b>", "<p>a", "<br>", "<a href=x>a</a>", "<td>", "<img>", "{", "}",
    "a{b:c}", "{{a}}", "{{a}} ", "%%a%%", "{%if%}", "*|A|*", "a,", "\u200b", "\u0301", "\u202e", "\0", "A. ", "Save 10 % ", "CODE10 ", "a\n\n", "> ", "| ", "&nbsp;",
)  # fmt: skip


def build(run: str) -> str:
    """An email with a run in every place a build has."""
    quoted = run.replace('"', "'")
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Hi {run}</title>
<meta name="description" content="{quoted}"><style>.x{{color:red}} {run} </style></head><body class="{quoted}">
<h1>Hi</h1><p>Hello 3 May {run}</p><p>{run}, 10 % {run}</p><a href="https://a.example/{quoted}">{run}</a><a href="{quoted}">Book</a>
<img src="{quoted}" alt="{quoted}" width="{quoted}"><td style="{quoted}" bgcolor="{quoted}">{run}</td><!-- {run} -->
<!--[if mso]>{run}<![endif]--><script>{run}</script><input name="{quoted}" value="{quoted}"><{run}>
</body></html>"""


def write(folder: Path, run: str) -> None:
    """A campaign with it everywhere."""
    short = "".join(each for each in run if each.isprintable() or each in " \n")
    words = f"Words {short} end"
    asked = {
        "subject": words,
        "copy": [words, f"Hello {short}."],
        "must_include": [words],
        "must_not_include": [f"Not {words}"],
    }
    link = {"text": f"Book {short}", "url": "https://a.example/book"}
    offer = {"price": f"€ 9 {short}.", f"ends {short[:500]}": "1 May 2026"}
    envelope = {"subject": short, "preheader": short, "from": {"name": short, "address": short}}
    campaign = {"offer": offer, "name": f"Name {short[:5000]}"}
    write_campaign(
        folder,
        build=build(run),
        plain=f"Hello\n{run}",
        email=asked | {"links": [link]},
        sidecar=envelope,
        campaign=campaign,
    )


def tries(home: Path, first: int) -> Iterator[Tried]:
    """Each piece from a number on, in a folder."""
    with chdir(home):
        for number, (piece, wrong) in enumerate(slow(PIECES[first:]), first):
            yield Tried(number, wrong, repr(piece))


def slow(pieces: tuple[str, ...] = PIECES, long: int = LONG) -> Iterator[tuple[str, str]]:
    """Each piece with what went wrong, "" where nothing did; in the current folder."""
    for piece in pieces:
        write(Path("long"), piece * (long // len(piece)))
        ended = run_command([part.format(campaign="long") for part in RUN])
        wrong = ended.raised or next(iter(ended.traces), "")
        yield piece, wrong or ("" if ended.code in (0, 1, 3) else f"exit code {ended.code}: {ended.told[:300]}")


if __name__ == "__main__":
    import sys
    import tempfile
    import time

    with tempfile.TemporaryDirectory() as name, chdir(name):
        for piece in sys.argv[1:] or PIECES:
            before = time.process_time()
            for _, wrong in slow((piece,)):
                print(f"{json.dumps(piece)} {time.process_time() - before:.1f} s {wrong}", flush=True)
