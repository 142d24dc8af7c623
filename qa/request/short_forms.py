"""Short forms of a request's values, such as «5%» or «Acme <events@acme.example>».

Every ValueError continues a sentence that begins with the field: "should be …".
"""

from __future__ import annotations

import re

from qa.files.problem import nearest, shown

MOMENT = r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?"
_MOMENT = re.compile(MOMENT)
_AFTER = " ,.;，。、；"  # marks of the sentence that an address was copied out of
_ABBREVIATED = re.compile(r"[_/.-][A-Z][a-z]{0,3}\.$")  # …/wiki/Acme_Inc.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?>(?:-[A-Za-z0-9]{2,8})*)")


def percentage(value: object) -> object:
    """«5%» → 0.05; a bare number is a fraction already."""
    if not isinstance(value, str) or not value.strip().endswith("%"):
        return value
    try:
        return float(value.strip()[:-1]) / 100
    except ValueError:
        raise ValueError(f"should be a percentage such as 5%, not “{shown(value)}”.") from None


def sender(value: object) -> object:
    """«Acme Events <events@acme.example>» → its name and address; an address or a name may stand alone."""
    if not isinstance(value, str):
        return value
    name, bracket, rest = value.strip().rpartition("<")
    if bracket and rest.endswith(">"):
        return {"name": name.strip().strip('"') or None, "address": rest[:-1].strip()}
    return {"address" if "@" in value and " " not in value.strip() else "name": value.strip()}


def address(value: object) -> object:
    """A web address without what stands around it in a sentence or a message: «<https://acme.example/a>,»."""
    if not isinstance(value, str) or "://" not in value:
        return value
    whole = value.strip()
    for opening, closing in ("<>", "()", "“”", '""', "''"):
        if whole.startswith(opening):
            whole = whole.rstrip(_AFTER).removeprefix(opening).removesuffix(closing)
    return whole if _ABBREVIATED.search(whole) else whole.rstrip(_AFTER)


def moment(value: object) -> object:
    """A date, with a time or without: never a bare number, which would be read as seconds since 1970."""
    if isinstance(value, str) and not _MOMENT.fullmatch(value.strip()):
        raise ValueError(f"should be a local date and time such as 2026-03-10T09:00, not “{shown(value)}”.")
    return value.strip() if isinstance(value, str) else value


def language_tag(value: str) -> str:
    """A BCP 47 tag; platforms also export de_DE."""
    tag = value.replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"should be a language code such as en or pt-BR, not “{shown(value)}”.")
    return tag


def timezone(value: str) -> str:
    """A name of the IANA time zone database."""
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder of zones
        known = available_timezones()
    else:
        return value
    if not known:  # a machine without the database can judge no name
        return value
    near = nearest(value, known)
    hint = f"; did you mean `{near}`?" if near else " such as Europe/London."
    raise ValueError(f"should be the name of a time zone, not “{shown(value)}”{hint}")
