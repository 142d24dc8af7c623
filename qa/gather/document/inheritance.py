"""What an element has from itself and from the one around it: whether readers see it, its text, its link, its block."""

from __future__ import annotations

from qa.artefacts.document import UNTIL
from qa.gather.document.tree import Element
from qa.gather.visibility.colours import alike
from qa.markup.tokeniser import nesting

_BLOCK = nesting()["block"]
_STRIKES = frozenset(("s", "del", "strike"))
_NEVER_DRAWN = frozenset(("defs", "symbol", "clippath", "mask", "marker", "noframes", "rp", "datalist"))
_FALLBACKS = frozenset(("video", "audio", "object", "canvas"))


def inherit(element: Element, parent: Element, *, scripted: bool, browsed: bool) -> None:
    """Note it on the element. ``scripted``: where it is read, scripts run; ``browsed``: it is read in a browser."""
    style = element.style
    element.gone = parent.gone or style.gone or "hidden" in element.attributes or _unshown(element, scripted, browsed)
    element.tiny = parent.tiny if style.tiny is None else style.tiny
    element.transparent = parent.transparent if style.transparent is None else style.transparent
    element.invisible = parent.invisible if style.invisible is None else style.invisible
    element.size = parent.size if style.size is None else style.size
    element.struck = parent.struck or style.struck or element.name in _STRIKES
    element.link = element.own_link or parent.link
    element.block = element if element.name in _BLOCK else parent.block
    _inherit_colours(element, parent)
    element.doubt = parent.doubt or style.doubt or _unsure(element, browsed)


def _inherit_colours(element: Element, parent: Element) -> None:
    style, attributes = element.style, element.attributes
    plain = "" if element.name == "a" else parent.colour  # browsers give links a colour of their own
    element.colour = style.colour or attributes.get("color", attributes.get("text", "")).lower() or plain
    if "background" in attributes:
        element.ground = ""
    elif style.ground is not None:
        element.ground = style.ground
    else:
        element.ground = attributes.get("bgcolor", "").lower() or parent.ground


def _unshown(element: Element, scripted: bool, browsed: bool) -> bool:
    """Whether its tag keeps it from readers."""
    if element.name == "dialog":
        return "open" not in element.attributes
    if element.name in _NEVER_DRAWN or "popover" in element.attributes:
        return True
    return (element.name == "noscript" and scripted) or (browsed and _is_fallback(element))


def _is_fallback(element: Element) -> bool:
    """Whether it stands in for a film or the like, where that cannot be played."""
    around = element.parent
    return around is not None and around.name in _FALLBACKS and element.name not in ("source", "track", "param")


def _unsure(element: Element, browsed: bool) -> str:
    """Why nobody can tell from the source whether it is seen; "" where one can."""
    around = element.parent
    if around is not None and element.name != "summary":
        if around.name == "details" and "open" not in around.attributes:
            return f"a closed <details>{UNTIL}it is opened"
        if not browsed and _is_fallback(element):
            return f"a <{around.name}>{UNTIL}a mail program cannot play it"
    return "the colour of what is behind it" if alike(element.colour, element.ground) else ""
