"""The user's own folder for what can be made anew."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Where it is: QA_CACHE, else the system's place."""
    if chosen := os.environ.get("QA_CACHE"):
        return Path(chosen)
    from platformdirs import user_cache_path

    try:
        return user_cache_path("campaign-qa", appauthor=False)
    except RuntimeError:  # nobody's home is known: a place that cannot be written to
        return Path(os.devnull, "campaign-qa")
