"""The signs that merge tags are written with, family by family: the one place that knows them.

Whoever looks for tags, half tags or the beginning of one derives the pattern from here.
"""

from __future__ import annotations

import re

# What opens and closes a tag. "${" closes with a brace as any text may hold one, so that is no sign.
PAIRS = {
    "{{": "}}",  # Marketo, HubL, Liquid, Handlebars
    "{%": "%}",  # Liquid, Django, Jinja
    "{#": "#}",
    "${": "",  # Velocity, Marketo template variables
    "%%": "%%",  # SFMC, Pardot
    "*|": "|*",  # Mailchimp
    "<%": "%>",  # Adobe Campaign
    "[[": "]]",  # Mailjet
}
OPENER = "|".join(map(re.escape, PAIRS))
SIGN = re.compile("|".join(re.escape(sign) for sign in dict.fromkeys([*PAIRS, *PAIRS.values()]) if sign))


def families(in_markup: bool) -> dict[str, str]:
    """The pattern of a whole tag, by what every tag of the family holds (words in any case).

    In markup, content may hold "<" where no HTML tag can begin, so that an unclosed merge tag swallows none; in text
    without markup it may hold any. Every pattern stops at the next opener of its own kind: a thousand unclosed ones
    cost one pass, not a thousand.
    """
    less, no = (r"<(?![A-Za-z/!?])", r"<>\r\n") if in_markup else ("<", "")
    return {
        "{{": rf"\{{\{{(?>(?:[^{{}}<]++|\$?\{{[^{{}}<]*+\}}|\}}(?!\}})|{less})*)\}}\}}",
        "{%": rf"\{{%(?>(?:[^%{{<]++|%(?!\}})|\{{(?!%)|{less})*)%\}}",
        "{#": rf"\{{#(?>(?:[^#{{<]++|#(?!\}})|\{{(?!#)|{less})*)#\}}",
        "${": rf"\$!?\{{[^{{}}{no}]*+\}}",
        "%%[": r"%%\[(?>(?:[^\]%]++|\](?!%%)|%(?!%\[))*)\]%%",
        "%%=": r"%%=(?>(?:[^=%]++|=(?!%%)|%(?!%=))*)=%%",
        "*|": r"\*\|[^|*\r\n]++\|\*",
        "<%": r"<%(?>(?:[^%<]++|%(?!>)|<(?!%))*)%>",
        "fallback=": r"\[[A-Za-z][\w ]*+,\s*+(?i:fallback)=[^\[\]<>\r\n]*+\]",  # Campaign Monitor
        # Campaign Monitor's conditions; "<![endif]-->" ends one of Outlook
        "[if:": r"\[(?i:(?:else)?if:[^\[\]<>\r\n]*+|else)\]|(?<!!)\[(?i:endif)\](?!-?->|>)",
        "%if": r"%(?:(?:ELSE)?IF\b[^%<>\r\n]*+|ELSE|/IF)%",  # ActiveCampaign's conditions
        # Eloqua, in values too
        "eloquaemail": r"(?i:<span\s[^<>]*?\bclass=[\"']?eloquaemail\b[^<>]*+>[^<>]*+</span\s*+>)",
    }
