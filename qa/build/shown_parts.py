"""The parts of a MIME message that mail programs show, and which of several versions they choose.

https://www.rfc-editor.org/rfc/rfc2046#section-5.1.4 (alternatives: the last one that is understood) and
https://www.rfc-editor.org/rfc/rfc2387#section-3.2 (which of related parts is the root).
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message

from qa.facts import facts

HTML, PLAIN = ("text/html", "application/xhtml+xml"), ("text/plain",)  # what is understood, the better known first
_CHOOSING = ("multipart/alternative", "multipart/related")
_DEEPEST = 100


def leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that hold something, in order. A message inside the message is one part: it is not looked into."""
    if depth > _DEEPEST:
        raise RecursionError
    if _is_multipart(message):
        for part in inner(message):
            yield from leaves(part, depth + 1)
    else:
        yield message


def inner(message: Message) -> list[Message]:
    """The parts of a multipart, or the message inside a part."""
    held = message.get_payload() if message.is_multipart() else None
    return [part for part in held if isinstance(part, Message)] if isinstance(held, list) else []


def in_order(message: Message, kinds: tuple[str, ...], among: list[Message]) -> list[Message]:
    """The parts of these kinds, what a mail program shows first; then, should that be unreadable, the others."""
    chosen = next(filter(None, (shown(message, kind) for kind in kinds)), [])
    others = [leaf for kind in kinds for leaf in among if is_shown_as(leaf, kind)]
    return list({id(leaf): leaf for leaf in [*chosen, *others]}.values())


def shown(message: Message, kind: str) -> list[Message]:
    """What a mail program shows that understands this kind of part, in order."""
    if not _is_multipart(message):
        return [message] if is_shown_as(message, kind) else []
    parts = inner(message)
    if message.get_content_subtype() == "alternative":
        return next(filter(None, (shown(part, kind) for part in reversed(parts))), [])
    if message.get_content_subtype() == "related" and (found := shown(_root(message, parts), kind)):
        return found
    return [leaf for part in parts for leaf in shown(part, kind)]


def is_shown(leaf: Message) -> bool:
    """Whether a mail program shows a part in the message itself, not as a file that can be opened."""
    kind = leaf.get_content_type()
    if kind.startswith("image/"):  # one with an address of its own stands where the HTML names it
        addressed = leaf.get("content-id") or leaf.get("content-location")
        return leaf.get_content_disposition() == "inline" and not addressed
    if leaf.get_content_disposition() == "attachment" or kind in facts("shown_parts")["files"]:
        return False
    return kind.startswith("text/") or kind in facts("shown_parts")["shown"]


def is_shown_as(leaf: Message, kind: str) -> bool:
    """Whether a mail program shows a part as one of this kind; a multipart without parts it takes for text."""
    broken = leaf.get_content_maintype() == "multipart" and kind in PLAIN
    return (leaf.get_content_type() == kind or broken) and leaf.get_content_disposition() != "attachment"


def alternatives(message: Message) -> set[int]:
    """The ids of all leaves of which a mail program chooses: several versions, or related parts and their root."""
    choosing = (part for part in message.walk() if part.get_content_type() in _CHOOSING)
    return {id(leaf) for part in choosing for leaf in leaves(part)}


def ends_in_text(message: Message) -> bool:
    """Whether plain text is the last of several versions, behind the HTML: a mail program may choose it."""
    for part in message.walk():
        if part.get_content_type() == "multipart/alternative":
            versions = [
                "html" if shown(each, HTML[0]) else "text" for each in inner(part) if any(map(is_shown, leaves(each)))
            ]
            if "html" in versions and shown(inner(part)[-1], PLAIN[0]) and versions[-1] == "text":
                return True
    return False


def _is_multipart(message: Message) -> bool:
    return message.get_content_maintype() == "multipart" and message.is_multipart()


def _root(message: Message, parts: list[Message]) -> Message:
    """The part that the others belong to: the one that `start` names, else the first."""
    start = str(message.get_param("start") or "").strip().strip("<>")
    named = (part for part in parts if start and str(part.get("content-id", "")).strip().strip("<>") == start)
    return next(named, parts[0] if parts else message)
