"""Scripts of a page that may write into it: those that say so, and those that come from the web and are never run."""

from __future__ import annotations

import re

from qa.artefacts import Markup
from qa.facts import facts
from qa.source import Text

# What changes words, addresses or places. A form's own values, classes and styles are no part of it.
_WRITES = re.compile(
    r"(?<!location)\.(?:innerHTML|outerHTML|innerText|textContent|href|nodeValue|formAction)\s*\+?=(?!=)"
    r"|\.(?:insertAdjacent(?:HTML|Text|Element)|replaceWith|replaceChildren|attachShadow|setHTML\w*)\s*\("
    r"|\bdocument\.(?:write(?:ln)?|title)\s*(?:\(|=(?!=))"
    r"|\bsetAttribute\s*\(\s*[\"'](?:href|action|formaction|srcdoc)[\"']"
    r"|\.(?:html|text|attr)\s*\(\s*[^)\s]"
)
_LEADS = re.compile(r"\blocation\s*(?:\.\s*href\s*)?=(?!=)|\blocation\.(?:replace|assign)\s*\(")
# What runs only once a visitor did something, or a form was sent.
_LATER = re.compile(r"\baddEventListener\b|\.on\w*\s*(?:\(|=(?!=))|\.(?:then|submit|click)\s*\(")
_YEAR = re.compile(
    r"(?:document\.write(?:ln)?\s*\(|\.(?:innerHTML|innerText|textContent)\s*=)\s*"
    r"\(?new\s+Date(?:\(\))?\)?\s*\.\s*getFullYear\(\)"
)  # of a copyright
_REMOTE = re.compile(r"\s*(?:https?:)?//\S+\s*$")
_LONGEST = 200_000  # characters of one script that is looked through; a longer one is a library


def writing_script(markup: Markup) -> Text | None:
    """The first piece of a script in the page that writes into it, with the script's place."""
    for script in markup.scripts:
        if len(script.value) <= _LONGEST and (found := _written(_YEAR.sub("", script.value))):
            return Text(found[0].strip(), script.where)
    return None


def _written(script: str) -> re.Match[str] | None:
    """Where a script writes, or leads on before anybody did anything."""
    later = _LATER.search(script)
    return _WRITES.search(script) or _LEADS.search(script, 0, later.start() if later else len(script))


def remote_scripts(markup: Markup) -> list[str]:
    """The scripts from the web that may bring along or change what a page says; counters, maps … are none."""
    scripts = (script.value.strip() for script in markup.scripts if _REMOTE.match(script.value))
    return [address for address in scripts if not is_harmless(address)]


def is_harmless(address: str) -> bool:
    """Whether an address is one of those that films, maps, counters and the like are known by."""
    harmless: list[str] = facts("forms")["embeds"]["no_form"]
    return any(mark in address.lower() for mark in harmless)
