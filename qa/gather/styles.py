"""What styles does each element get where a client reads no <style>? The sheets inlined, as senders' tools do it."""

from __future__ import annotations

import logging
import re
import warnings
from functools import cache
from typing import Any

from qa.artefacts import Parts, Styles
from qa.check import gatherer
from qa.finding import Fault, Skip
from qa.html import STAMP, stamped

LARGEST = 2_000_000  # characters; no client shows a tenth of it
MOST_MATCHES = (
    10_000_000  # rules × elements; each rule is tried on each element: three seconds. Real emails: 0.5 million
)
_STAMP = re.compile(rf' {STAMP}="\d{{1,9}}+"')


@gatherer()
def styles(parts: Parts) -> Styles:
    """The document with its style sheets inlined. Start tags keep their stamps, so that places can be given."""
    if parts.html is None:
        raise Skip("the build has no HTML part")
    return Styles(inlined(stamped(parts.html), parts.file))


def inlined(html: str, file: str) -> str:
    """A document with its style sheets inlined; Fault where they cannot be worked out."""
    try:
        _refuse(_STAMP.sub("", html))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _inlined(html)
    except Exception as error:  # cssutils raises whatever a broken style sheet makes it stumble over
        reason = (str(error) or type(error).__name__).strip().split("\n", 1)[0][:200]
        raise Fault(f"the styles of {file} could not be worked out: {reason}") from None


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
