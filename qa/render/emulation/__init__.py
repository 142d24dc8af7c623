"""What a client changes in a message before it is drawn: small pure transforms of its HTML, each with its source.

Stamped HTML in, stamped HTML out: what is dropped is cut by its offsets, nothing is written anew by a parser, so that
every place in the build can still be named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from qa.artefacts import View

Transform = Callable[[str, View], str]


def _lazily(module: str, name: str) -> Transform:
    """A transform that is imported when it is first wanted."""

    def transform(html: str, view: View) -> str:
        done: str = getattr(import_module(module), name)(html, view)
        return done

    return transform


TRANSFORMS: Mapping[str, Transform] = {
    "gmail-clip": _lazily("qa.render.emulation.gmail", "clipped"),
    "gmail-styles": _lazily("qa.render.emulation.gmail", "styles"),
    "gmail-font": _lazily("qa.render.emulation.gmail", "font"),
    "unsupported": _lazily("qa.render.emulation.unsupported", "unsupported"),
    "other-account": _lazily("qa.render.emulation.unsupported", "other_account"),
    "prefixed-names": _lazily("qa.render.emulation.prefixed_names", "prefixed_names"),
    "outlook-dark": _lazily("qa.render.emulation.outlook_dark", "dark"),
    "mso": _lazily("qa.render.emulation.mso", "mso"),
    "word": _lazily("qa.render.emulation.word", "word"),
    "inlined": _lazily("qa.render.emulation.inlined", "inlined"),
    "no-style": _lazily("qa.render.emulation.inlined", "no_style"),
}


def emulated(html: str, view: View) -> str:
    """The document as the client of a view has changed it; as it was, where it changes nothing."""
    for name in view.transforms:
        html = TRANSFORMS[name](html, view)
    return html
