"""The trial of a page's form: filled in and sent in a browser, so that nothing leaves the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.artefacts import Arrival, FormTrial
from qa.check import gatherer
from qa.finding import Skip
from qa.gather.page_visit import PageFiles
from qa.render.engines import Browsers
from qa.request import AskedPage

if TYPE_CHECKING:
    from qa.render.visit.opened import OpenedPage


@gatherer(slow=True)
def form_trial(asked: AskedPage, files: PageFiles, arrival: Arrival, browsers: Browsers) -> FormTrial:
    """Of the form that the request speaks of, opened by the address of the email's button."""
    from qa.render.visit.trial import tried
    from qa.render.visit.visitor import visit

    form = asked.require("form")
    names = [*(field.name for field in form.fields or ()), *(form.hidden or ())]

    async def seen(page: OpenedPage) -> FormTrial | None:
        return await tried(page, names)

    trial = visit(browsers, files.served, arrival, seen)
    if trial is None:
        raise Skip(
            "without the scripts of the web the page has no form with a field that was asked for: send it once by hand"
        )
    return trial
