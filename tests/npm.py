"""Packages of npm, to be measured beside ours."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def installed(package: str, folder: Path) -> Path | None:
    """Where the modules of a package are, installed into a folder; None, and a word why, where it cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        print(f"{package:<36} not measured: node and npm are not on this machine")
        return None
    install = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), package]
    folder.mkdir(exist_ok=True)
    if subprocess.run(install, capture_output=True, check=False, cwd=folder, timeout=300).returncode:
        print(f"{package:<36} not measured: the package cannot be installed here")
        return None
    return folder / "node_modules"
