"""The pattern of a merge tag."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"\{\{[^{}]*+\}\}|\{%[^{}]*?%\}|%%=?[^%\s][^%]*+%%|\*\|[^|]*+\|\*|<%(?:[^%<]++|%(?!>)|<(?!%))*+%>|\$\{[^{}]*+\}"
)
