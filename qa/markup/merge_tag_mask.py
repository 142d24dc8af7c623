"""Markup with its merge tags blotted out, character for character, so that no tokeniser reads HTML in them."""

from __future__ import annotations

import re
from functools import cache

BLOT = "\ue000"  # private use: a build that holds it anyway loses nothing, as text is always cut from the original

# Content may hold "<" where no tag can begin, so that an unclosed merge tag swallows no markup.
_LESS = r"<(?![A-Za-z/!?])"
# Every pattern stops at the next opener of its own kind: a thousand unclosed ones cost one pass, not a thousand.
_FAMILIES = {
    "{{": rf"\{{\{{(?:[^{{}}<]++|\$?\{{[^{{}}<]*+\}}|\}}(?!\}})|{_LESS})*+\}}\}}",  # Marketo, HubL, Liquid, Handlebars
    "{%": rf"\{{%(?:[^%{{<]++|%(?!\}})|\{{(?!%)|{_LESS})*+%\}}",  # Liquid, Django, Jinja
    "{#": rf"\{{#(?:[^#{{<]++|#(?!\}})|\{{(?!#)|{_LESS})*+#\}}",
    "${": r"\$!?\{[^{}<>\r\n]*+\}",  # Velocity, Marketo template variables
    "%%[": r"%%\[(?:[^\]%]++|\](?!%%)|%(?!%\[))*+\]%%",  # SFMC
    "%%=": r"%%=(?:[^=%]++|=(?!%%)|%(?!%=))*+=%%",
    "*|": r"\*\|[^|*\r\n]++\|\*",  # Mailchimp
    "<%": r"<%(?:[^%<]++|%(?!>)|<(?!%))*+%>",  # Adobe Campaign
    "fallback=": r"\[[A-Za-z][\w ]*+,\s*+fallback=[^\[\]<>\r\n]*+\]",  # Campaign Monitor
    "eloquaemail": r"<span\s++class=[\"']?eloquaemail[\"']?\s*+>[^<>]*+</span\s*+>",  # Eloqua, also inside attributes
}

# What several of them begin or end with is looked for once, by a pattern: that is three times quicker than "in".
_SIGNS = (
    (re.compile(r"\{[{%#]"), ("{{", "{%", "{#")),
    (re.compile(r"\$\{"), ("${",)),
    (re.compile(r"%[%>]"), ("%%[", "%%=", "<%")),
    (re.compile(r"\|\*"), ("*|",)),
)
_WORDS = ("fallback=", "eloquaemail")  # in any case


@cache
def _pattern(openers: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_FAMILIES[opener] for opener in openers), re.IGNORECASE)


def masked(text: str) -> str:
    """The text with every merge tag replaced by as many blots, so that offsets hold in both."""
    openers = [opener for sign, some in _SIGNS if sign.search(text) for opener in some if opener in text]
    lowered = text.lower()
    openers += [word for word in _WORDS if word in lowered]
    if not openers:
        return text
    return _pattern(tuple(openers)).sub(lambda found: BLOT * (found.end() - found.start()), text)
