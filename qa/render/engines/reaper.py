"""A program of its own that ends a browser, and removes its folder, as soon as its owner is gone.

It is started with the folder and the browser's command, and holds the other end of a pipe that nothing is written to:
when that closes, by intent, on Ctrl-C or because its owner was killed, the browser has no owner any more.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

GRACE = 10  # seconds a killed browser may take to be gone


def keep(folder: str, command: list[str]) -> None:
    """Run a command until it or its owner ends; then nothing of it is left."""
    nowhere = subprocess.DEVNULL
    browser = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    over = threading.Event()
    for wait in (sys.stdin.buffer.read, browser.wait):
        threading.Thread(target=_then, args=(wait, over), daemon=True).start()
    over.wait()
    _end(browser)
    with contextlib.suppress(subprocess.TimeoutExpired):
        browser.wait(GRACE)
    for _ in range(3):  # its last children may still be writing
        shutil.rmtree(folder, ignore_errors=True)


def _then(wait: Callable[[], object], over: threading.Event) -> None:
    wait()
    over.set()


def _end(browser: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(browser.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(OSError):
            os.killpg(browser.pid, signal.SIGKILL)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's to answer
    keep(sys.argv[1], sys.argv[2:])
    os._exit(0)  # a thread may still be reading
