"""Emails that were handed over before their compiler made HTML of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import Inventory, Markup
from qa.artefacts.causes import of_element
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity
from qa.markup.tokeniser import Kind
from qa.request import AskedEmail
from qa.text.phrases import listed


@check(
    "compiled-markup",
    Code(
        "uncompiled-source",
        Severity.ERROR,
        "The build is the source of an email, not the email.",
        "Compile it, and check what comes of it.",
    ),
)
def compiled_markup(asked: AskedEmail, read: Inventory, markup: Markup) -> Iterator[Finding]:
    """The email is HTML, not the source that HTML is made of.

    MJML, Inky and Maizzle have tags of their own, which a compiler turns into tables. No mail program knows them: it
    shows their words without any layout, and their buttons are no links.

    Fails:
        email: {}
        build: <mjml><mj-body><mj-section><mj-text>Join us.</mj-text></mj-section></mj-body></mjml>

    Passes:
        email: {}
        build: <table role="presentation" class="mj-section"><tr><td>Join us.</td></tr></table>
    """
    assert read.read is not None  # where there is markup, it was read from tags
    raw, started = read.read.raw, [token for token in read.read.tokens if token.kind is Kind.START]
    different = list(dict.fromkeys(token.name for token in started))
    for framework in facts("email_frameworks")["framework"]:
        names = [name for name in different if re.fullmatch(framework["pattern"], name)]
        if len(names) < framework["least"]:
            continue
        own = [token for token in started if token.name in names]
        links = [one for one in started if one.name in framework["linking"] and "href" in raw.attributes(one)]
        places = [markup.source.place(token.start) for token in own + links]
        message = (
            f"The build is the source of an email in {framework['name']}: {listed(f'<{name}>' for name in names)}. "
            "Mail programs know none of these tags and show the words alone."
        )
        about = tuple(map(of_element, places))
        yield Finding("uncompiled-source", message, places[0], actual=f"<{names[0]}>", each=tuple(names), causes=about)
        return
