"""The addresses of a List-Unsubscribe header, as mail programs read them.

https://www.rfc-editor.org/rfc/rfc2369 and, for one click, https://www.rfc-editor.org/rfc/rfc8058
"""

from __future__ import annotations

import re

from qa.links.contact import contact_fault
from qa.links.hosts import kind_of
from qa.links.url import is_web
from qa.markup.merge_tag_mask import BLOT, masked
from qa.text.wording import quoted

_ADDRESS = re.compile(r"<([^<>]*+)>")
_COMMENT = re.compile(r"\([^()]*+\)")
ONE_CLICK = "List-Unsubscribe=One-Click"


def addresses_in(value: str) -> tuple[str, ...]:
    """What stands between angle brackets; merge tags with such brackets of their own are left whole."""
    text = masked(value)
    return tuple(value[found.start(1) : found.end(1)].strip() for found in _ADDRESS.finditer(text))


def header_fault(value: str, sent: bool) -> str:
    """Why mail programs make no button of a header; "" where they do. ``sent``: no merge tag is filled in later."""
    if not value.strip():
        return "is empty"
    addresses = addresses_in(value)
    if BLOT in masked(value):
        return "still holds a merge tag" if sent else ""
    if not addresses:
        return "has no address between < and >"
    if between := _between(value):
        return f"has {between}"
    written = [address for address in addresses if address.lower().startswith("mailto:")]
    useless = [_address_fault(address) for address in addresses if not (written and _is_unsafe(address))]
    return next(filter(None, useless), "")


def _is_unsafe(address: str) -> bool:
    """Whether it is http: of old that was right, and a mail program takes the other address."""
    return address.lower().startswith("http://")


def _between(value: str) -> str:
    """What parts two addresses other than one comma."""
    rest = _COMMENT.sub("", _ADDRESS.sub("<>", value))
    pieces = [piece.strip() for piece in rest.split(",")]
    if all(piece == "<>" for piece in pieces):
        return ""
    return (
        "no comma between two addresses" if any(piece.count("<>") > 1 for piece in pieces) else "text outside < and >"
    )


def _address_fault(address: str) -> str:
    if not address:
        return "has an empty address"
    if re.search(r"\s", address):
        return f"has a space in {quoted(address)}"
    scheme = address.partition(":")[0].lower()
    if scheme == "mailto":
        kind, says = contact_fault(address)
        return (
            f"has {quoted(address)}, which no mail program can write to" if says and kind != "unencoded-mailto" else ""
        )
    if _is_unsafe(address):
        return f"has {quoted(address)}, which is not https"
    if scheme != "https" or not is_web(address):
        return f"has {quoted(address)}, which is no address of the web or of a mailbox"
    kind = kind_of(address)
    said = {"sample": "an example", "staging": "a test server", "editor": "an editor's page"}.get(kind, "")
    return f"has {quoted(address)}, which is {said}" if said else ""
