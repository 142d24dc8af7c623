"""The command `qa draft`."""

from __future__ import annotations

import argparse
from pathlib import Path

from qa.cli.output import tell, tell_written
from qa.draft.request import draft
from qa.finding import Unusable
from qa.text.leaving import plain


def draft_command(arguments: argparse.Namespace) -> int:
    """`qa draft`: print the request, or write it to a file that is not there yet."""
    out: Path | None = arguments.out
    if out is not None and out.exists() and not arguments.force:
        raise Unusable(f"{out} is there already; --force overwrites it.")
    text = draft(arguments.builds, folder=out.parent if out else None, kind=arguments.kind)
    if out is None:
        tell_written(text)
        return 0
    try:
        out.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise Unusable(f"{out} cannot be written: {(error.strerror or 'the disk refuses').lower()}.") from None
    tell(f"{plain(str(out))} is written. Correct it by hand before anything is compared with it.")
    return 0
