"""Links to places in their own document. https://html.spec.whatwg.org/#scroll-to-fragid"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import unquote

from qa.markup.merge_tag_signs import SIGN

_ROUTE = re.compile(r"#(?:$|top$|[!/#]|:~:|[^#]*+#$)", re.IGNORECASE)  # a page's own routes, or a merge tag
_NAMES = re.compile(r"\b(?:id|name)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++))", re.IGNORECASE)


def is_anchor(href: str) -> bool:
    """Whether a link leads to a place in the document."""
    href = href.strip()
    return href.startswith("#") and not _ROUTE.match(href) and not SIGN.search(href[1:])


def places(source: str) -> frozenset[str]:
    """The places of a document that a link can lead to."""
    return frozenset(found[1] or found[2] or found[3] for found in _NAMES.finditer(source))


def is_there(href: str, found: Collection[str]) -> bool:
    """Whether one of the places is the one a link leads to."""
    name = href.strip()[1:]
    return name in found or unquote(name) in found
