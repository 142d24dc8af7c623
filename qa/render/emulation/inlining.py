"""Style sheets inlined into style attributes, as senders' tools do it."""

from __future__ import annotations

import logging
import re
import warnings
from functools import cache
from typing import Any

from qa.finding import Fault
from qa.markup.tokeniser import STAMP

LARGEST = 2_000_000  # characters; no client shows a tenth of it
# Rules × elements; each rule is tried on each element: three seconds. Real emails: 0.5 million.
MOST_MATCHES = 10_000_000
_STAMP = re.compile(rf' {STAMP}="\d{{1,9}}+"')


def with_styles_inlined(html: str) -> str:
    """A stamped document with its style sheets inlined, and kept. Fault where they cannot be worked out."""
    try:
        _refuse(_STAMP.sub("", html))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _inlined(html)
    except Exception as error:  # cssutils raises whatever a broken style sheet makes it stumble over
        reason = (str(error) or type(error).__name__).strip().split("\n", 1)[0][:200]
        raise Fault(f"the styles of the message could not be worked out: {reason}") from None


def _refuse(html: str) -> None:
    if not html.strip():
        raise ValueError("the HTML is empty")
    if len(html) > LARGEST or html.count("{") * html.count("<") > MOST_MATCHES:
        raise ValueError("the HTML is too large, or has too many rules for its size")


def _inlined(html: str) -> str:
    inliner = _inliner()(
        html,
        disable_link_rewrites=True,
        keep_style_tags=True,
        strip_important=False,
        disable_basic_attributes=["width", "height", "bgcolor", "align", "valign"],
        disable_validation=True,
        align_floating_images=False,
        remove_unset_properties=False,
        cache_css_parsing=False,
        allow_network=False,
        allow_loading_external_files=False,
        cssutils_logging_level=logging.CRITICAL + 1,
    )
    inlined = str(inliner.transform(pretty_print=False))
    # The parser stops, without a word, where elements are nested deeper than 255 levels.
    last = _STAMP.findall(html)[-10:]
    if last and not any(stamp in inlined for stamp in last):
        raise ValueError("its elements are nested too deeply")
    return inlined


@cache
def _inliner() -> Any:
    import cssutils
    from premailer import Premailer

    parser = cssutils.CSSParser(validate=False, fetcher=_nothing)

    class Inliner(Premailer):  # type: ignore[misc]
        def _parse_css_string(self, css_body: str, validate: bool = True) -> Any:
            """Premailer's own would fetch what @import names, from the network and from the disk."""
            return parser.parseString(css_body or "", validate=validate)

    return Inliner


def _nothing(url: str) -> tuple[str, bytes]:
    return "utf-8", b""
