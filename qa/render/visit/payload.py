"""What a form sends, read from the body of a request: names, each with its values."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from qa.render.visit.traffic import Sent

_PART = re.compile(
    r'content-disposition:[^\r\n]*?\bname="([^"]*)"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n(.*)', re.I | re.S
)
_MOST = 500


def payload_of(sent: Sent) -> Mapping[str, tuple[str, ...]]:
    """As the three ways of HTML write it, or JSON: flat, or a list of names and values."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, value in list(_pairs(sent))[:_MOST]:
        found[name].append(value)
    return {name: tuple(values) for name, values in found.items()}


def query_of(url: str) -> Mapping[str, tuple[str, ...]]:
    """The same of a form that sends by its address."""
    return payload_of(Sent(url, "GET", "", urlsplit(url).query, "application/x-www-form-urlencoded"))


def _pairs(sent: Sent) -> Iterator[tuple[str, str]]:
    kind = sent.content_type.lower()
    if "multipart" in kind:
        boundary = kind and sent.content_type.partition("boundary=")[2].strip('"; ')
        for part in sent.body.split(f"--{boundary}"):
            if found := _PART.search(part):
                yield found[1], found[2].removesuffix("\n").removesuffix("\r")
        return
    try:
        yield from _of_json(json.loads(sent.body), "")
    except (ValueError, RecursionError):
        yield from parse_qsl(sent.body, keep_blank_values=True)


def _of_json(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and isinstance(value.get("name"), str) and "value" in value:
        yield from _of_json(value["value"], value["name"])
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _of_json(each, str(key))
    elif isinstance(value, list):
        for each in value:
            yield from _of_json(each, name)
    else:
        yield name, "" if value is None else str(value)
