"""Probes kept from one run to the next, for as long as the profile says; a failure or an error never."""

from __future__ import annotations

import base64
import json
import os
import time
from contextlib import suppress
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from qa.artefacts.probes import Hop, Probe
from qa.kept import cache_folder, is_ours, keep
from qa.probing.exchange import Terms
from qa.profile.network import LONGEST_KEPT

_SWEEP = 500  # files that are written between two looks at what is old


def kept(url: str, terms: Terms) -> Probe | None:
    """What an earlier run was told of an address, where that is young enough."""
    if not terms.keep:
        return None
    try:
        with _file(url, terms).open("rb") as file:
            if not is_ours(file):
                return None
            told = json.load(file)
        if not 0 <= time.time() - told["at"] <= terms.keep:
            return None
        hops = tuple(Hop(**hop | {"certificate": tuple(hop["certificate"])}) for hop in told["hops"])
        return Probe(url, hops, packed=base64.b64decode(told["packed"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None  # not there, or spoilt


def store(probe: Probe, terms: Terms) -> None:
    """Keep a page that was there. A folder that cannot be written to costs nothing but time."""
    if not terms.keep or not 200 <= probe.status < 300:
        return
    told = {
        "at": time.time(),
        "hops": [asdict(hop) | {"headers": dict(hop.headers)} for hop in probe.hops],
        "packed": base64.b64encode(probe.packed).decode(),
    }
    file = _file(probe.url, terms)
    with suppress(OSError):
        keep(file, json.dumps(told).encode())
        if int(file.stem[:8], 16) % _SWEEP == 0:
            _sweep(file.parent)


def _file(url: str, terms: Terms) -> Path:
    """By all that the answer depends on: who may ask where, and in which language."""
    about = json.dumps([url, terms.allow_private, terms.language])
    return cache_folder() / "probes" / f"{sha256(about.encode()).hexdigest()}.json"


def _sweep(folder: Path) -> None:
    with os.scandir(folder) as files:
        for each in files:
            if time.time() - each.stat().st_mtime > LONGEST_KEPT:
                Path(each).unlink(missing_ok=True)
