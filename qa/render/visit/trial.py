"""A form of a page tried out: filled in three ways and sent each time, to an endpoint of ours that says it is well."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from qa.artefacts import FormAttempt, FormTrial
from qa.render.engines.measuring import script_named
from qa.render.origin import Answer
from qa.render.visit.opened import OpenedPage
from qa.render.visit.payload import payload_of, query_of
from qa.render.visit.traffic import Sent

_WELL = Answer(200, "application/json", b'{"success": true, "ok": true, "status": "success", "result": "success"}')
_WAIT = 0.8  # seconds in which a click shows what comes of it
_PATIENCE = 5.0


async def tried(page: OpenedPage, names: Sequence[str]) -> FormTrial | None:
    """What came of the three attempts; None where the page has no form with a field in it."""
    page.traffic.reply = lambda _sent: _WELL
    found = await page.ask(f"{script_named('trial')};qa.trial.find({json.dumps(list(names))})", _PATIENCE)
    if not found:
        return None
    form = _Form(page, found)
    empty = await form.attempt("empty")
    malformed = await form.attempt("malformed") if found["mail"] else None
    good = await form.attempt("good")
    hidden = found["hidden"]
    return FormTrial(tuple(found["names"]), hidden, empty, malformed, good, tuple(form.unfilled), found["captcha"])


class _Form:
    """The form, and what the page sent before each attempt."""

    def __init__(self, page: OpenedPage, found: Mapping[str, Any]) -> None:
        self._page = page
        self._names = frozenset(found["names"])
        self._by_address = str(found["action"]).partition("?")[0] if found["method"] != "post" else ""
        self.unfilled: list[str] = []

    async def attempt(self, kind: str) -> FormAttempt:
        page, traffic = self._page, self._page.traffic
        self.unfilled = await page.ask(f"qa.trial.fill({json.dumps(kind)})", _PATIENCE) or []
        sent, led, alerts = len(traffic.sent), len(traffic.led_to), page.alerts
        pressed = await page.ask("qa.trial.press()", _PATIENCE)
        await asyncio.sleep(_WAIT)
        carried = self._carried(traffic.sent[sent:])
        left = traffic.led_to[led:]
        if carried is None and self._by_address:
            by_address = [url for url in left if url.partition("?")[0] == self._by_address and "?" in url]
            carried = query_of(by_address[0]) if by_address else None
            left = [url for url in left if url not in by_address]
        told = pressed == "disabled" or page.alerts > alerts or bool(await page.ask("qa.trial.told()", _PATIENCE))
        return FormAttempt(carried, told, left[-1] if left else "")

    def _carried(self, sent: Sequence[Sent]) -> Mapping[str, tuple[str, ...]] | None:
        """The one that has most of the form's names in it: counters send things, too."""
        bodies = [payload_of(each) for each in sent]
        known = [body for body in bodies if not self._names.isdisjoint(body)]
        return max(known, key=lambda body: len(self._names & body.keys()), default=None)
