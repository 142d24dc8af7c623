"""A landing page and its form, as a request names them."""

from __future__ import annotations

from collections.abc import Iterator

from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request.brief import PageBrief
from qa.request.gaps import gaps

_PAGE = {
    "title": Code(
        "no-title",
        Severity.WARNING,
        "The request gives no page title.",
        "Write the text of the browser's tab under `title`.",
    ),
    "url": Code(
        "no-url",
        Severity.WARNING,
        "The request does not say where the page will be.",
        "Write the address of the page under `url`.",
    ),
    "description": Code(
        "no-description",
        Severity.INFO,
        "The request gives no meta description.",
        "Write what a search engine should show under `description`.",
    ),
    "heading": Code("no-heading", Severity.INFO, "The request gives no main heading.", "Write the h1 under `heading`."),
    "robots": Code(
        "no-robots",
        Severity.INFO,
        "The request does not say whether search engines may list the page.",
        "Write noindex or index under `robots`.",
    ),
    "tags": Code(
        "no-tags",
        Severity.INFO,
        "The request names no tag container, so nobody will notice when the page is not measured.",
        "Write the ids, such as GTM-ABC123, under `tags`.",
    ),
}
_FORM = {
    "fields": Code(
        "no-fields",
        Severity.ERROR,
        "The request asks for a form and does not say what it asks visitors.",
        "List the fields, in order, under `form: fields`.",
    ),
    "consent": Code(
        "no-consent",
        Severity.WARNING,
        "The request asks for a form and says nothing about consent.",
        "Write the wording of the consent box under `form: consent`, or ask whether none is needed.",
    ),
    "thank_you": Code(
        "no-thank-you",
        Severity.WARNING,
        "The request does not say where the form leads once it was sent.",
        "Write the address of the thank-you page under `form: thank_you`.",
    ),
}


@check("request-page", *_PAGE.values())
def request_page(brief: PageBrief) -> Iterator[Finding]:
    """The request says where a page will be, how it is titled, and who may find and measure it.

    These are the parts nobody sees in a design, so they are forgotten until the page is live: a tab called “Untitled”,
    a page for invited guests in a search engine, a campaign without one measured visit.

    Fails:
        campaign: {pages: [{name: registration, title: Spring webinar}]}

    Passes:
        campaign:
          pages:
            - name: registration
              url: https://www.acme.example/webinar
              title: Spring webinar
              description: Forty minutes, live.
              heading: Move faster
              robots: noindex
              tags: [GTM-ABC123]
    """
    yield from gaps(brief.page, _PAGE)


@check("request-form", *_FORM.values())
def request_form(brief: PageBrief) -> Iterator[Finding]:
    """The request says what a form asks, how it asks for consent, and where it leads.

    A form without a list of its fields cannot be built; one without the wording of its consent is built with whatever
    the last campaign said, which is a matter for lawyers.

    Fails:
        campaign: {pages: [{name: registration, form: {consent: {text: I agree.}}}]}

    Passes:
        campaign:
          pages:
            - name: registration
              form: {fields: [{name: email}], consent: {text: I agree.}, thank_you: "https://www.acme.example/thanks"}
    """
    if brief.page.form is None:
        raise Skip("the request asks for no form")
    yield from gaps(brief.page.form, _FORM)
