"""Tags of trackers among what a page asked for, and scripts of the web that the page cannot do without."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from qa.artefacts import PageVisit
from qa.facts import facts


def tags_of(host: str) -> list[dict[str, Any]]:
    """The tags that a host is one of."""
    return [tag for tag in facts("trackers")["tags"] if host and f".{host}".endswith(f".{tag['host']}")]


def account_of(url: str) -> tuple[str, str] | None:
    """The tag and the account that the address of a script is for."""
    for tag in tags_of(_host(url)):
        if tag.get("id") and (found := re.search(tag["id"], url)):
            return tag["name"], found[1]
    return None


def lacks_scripts(visit: PageVisit) -> bool:
    """Whether scripts did not come that others may need: from the web, or because they are not in the build."""
    if any(one.kind == "script" and one.status == 404 for one in visit.requests):
        return True
    away = [one.host for one in visit.requests if one.host and one.kind == "script"]
    away += [host for url in visit.scripts if (host := _host(url)) and not host.endswith(".localhost")]
    return any(not any(tag.get("waits") for tag in tags_of(host)) for host in away)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
