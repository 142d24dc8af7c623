"""The command `qa` as a process of its own, started by its name or as `python -m qa`."""

from __future__ import annotations

import atexit
import gc
import os
import sys

RUBBISH = 250_000  # objects, more than a run over one email makes; usually Python looks for rubbish every 700

PATIENCE = 4  # seconds that putting away may take after a stop: browsers take half a second


def script() -> int:
    """Run the command line; the exit code.

    The process ends as soon as all is put away: the system takes back at once what Python would free object by object.
    """
    gc.set_threshold(RUBBISH, 20, 20)
    ended: list[int] = []
    atexit.register(lambda: ended and os._exit(ended[0]))  # what is registered first is called last
    try:
        from qa.kept_code import keep_code

        keep_code()
        from qa.cli.command_line import main  # here, where rubbish is looked for less often already
    except KeyboardInterrupt:
        from qa.signals import STOPPED

        ended.append(STOPPED)
    else:
        ended.append(main(patience=PATIENCE))
    return ended[0]


if __name__ == "__main__":
    sys.exit(script())
