"""What does a whole process cost? `qa run FILE --no-render` beside `emailens lint FILE`, in turns, by processor time.

Processor time and not the clock: other programs of the machine stretch the one much more than the other. Both are
installed as their users install them (`pip install .`, `npm install`): a checkout that is worked on starts slower.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
import venv
from pathlib import Path

from tests.npm import installed

HERE = Path(__file__).parent.parent
BUILD = HERE / "fixtures/spring-webinar-clean/build/invite.html"
PEER = "@emailens/cli"
ROUNDS = 15


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / BUILD.name
        shutil.copy(BUILD, file)
        ours = [_installed(folder / "ours"), "run", str(file), "--no-render"]
        theirs = _peer(folder)
        times = [(_processor_time(ours, folder), _processor_time(theirs, folder)) for _ in range(ROUNDS + 1)][1:]
    median = statistics.median(mine for mine, _ in times)
    print(f"a whole `qa run FILE --no-render`    {median:7.0f} ms of processor time")
    if theirs:
        ratio = statistics.median(mine / other for mine, other in times)
        print(f"a whole `emailens lint FILE`         {statistics.median(other for _, other in times):7.0f} ms")
        print(f"ours / theirs                        {ratio:7.2f}")


def _installed(folder: Path) -> str:
    """Our command, in an environment of its own."""
    venv.create(folder, with_pip=True)
    install = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, str(HERE)], check=True)
    return str(folder / "bin" / "qa")


def _peer(folder: Path) -> list[str]:
    """Its command: the one on the PATH, else from the package, installed here; [] without node or package."""
    command = shutil.which("emailens")
    if command is None and (modules := installed(PEER, folder / "peer")):
        command = str(modules / ".bin" / "emailens")
    return [command, "lint", str(folder / BUILD.name)] if command else []


def _processor_time(command: list[str], folder: Path) -> float:
    """Milliseconds of user and system, with all that it starts and waits for; 0 without a command."""
    if not command:
        return 0.0
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    usual["QA_CACHE"] = str(folder / "cache")  # another version at work would change what is kept under us
    before = os.times()
    subprocess.run(command, capture_output=True, check=False, cwd=folder, env=usual)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return spent * 1000


if __name__ == "__main__":
    main()
