"""A check of a team's own, as it writes one."""

from __future__ import annotations

_TEMPLATE = '''
from collections.abc import Iterator
from qa.artefacts import Markup
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity

@check("{name}", Code("{code}", Severity.ERROR, "It shouts.", "Whisper."))
def tone(markup: Markup) -> Iterator[Finding]:
    """Nobody shouts.

    Readers do not like to be shouted at.

    Fails:
        build: <p>BUY NOW!!!</p>

    Passes:
        build: <p>Hello</p>
    """
    {first}
    yield Finding("{code}", "It shouts.", causes=(Cause("passage", "1"),))
'''


def own_check(name: str, code: str, first: str) -> str:
    """Its source; ``first`` is what it does before it finds something: "pass" for nothing, "return" to find nothing."""
    return _TEMPLATE.format(name=name, code=code, first=first)
