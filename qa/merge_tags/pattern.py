"""The patterns of a merge tag in text without markup: a whole one, half a one, the beginning of one."""

from __future__ import annotations

import re

from qa.markup.merge_tag_signs import OPENER, families

_NAMED = r"%%[^%\s][^%]*+%%"  # SFMC and Pardot, %%first_name%%; in markup this may be two widths: 100%%
_WHOLE = "|".join((*families(in_markup=False).values(), _NAMED))
_HALF = r"\{\{[^{}\s][^{}]{0,60}\}?|\{\w+\.[^{}]{0,60}\}\}|\*\|\w{1,30}\*?|%%\[?\w{1,40}%?"
_BRACKETED = r"\[\[[^\[\]\n]++\]\]"  # Mailjet's

TOKEN = re.compile(_WHOLE)
HALF_TOKEN = re.compile(_HALF)
TOKEN_OR_HALF = re.compile(f"{_WHOLE}|{_HALF}")
TOKEN_OR_BRACKETED = re.compile(f"{_WHOLE}|{_BRACKETED}")
# A template's own signs where an address begins: whatever stands there is written when the email is sent.
FILLED_LATER = re.compile(rf"{OPENER}|\{{|<\?|%[\w-]++%|\*%(?:25)?7C", re.IGNORECASE)
