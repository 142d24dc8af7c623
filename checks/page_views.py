"""Can every visitor fill in and send the form of a page, and follow its links, whatever the screen?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.artefacts import (
    AlignedLinks,
    Element,
    Form,
    FormField,
    Inventory,
    Link,
    LinkedFiles,
    Markup,
    Rendering,
    Shot,
    View,
    causes,
)
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.links.anchors import is_anchor
from qa.links.url import bare
from qa.markup.tokeniser import Kind
from qa.match.form import asked_form
from qa.match.form_buttons import FormButtons
from qa.request import AskedForm, AskedPage
from qa.text.phrases import listed
from qa.text.wording import loose, quoted
from qa.views.legibility import calls

_CHOICES = ("select", "checkbox", "radio", "file")  # what designers hide and draw again: then their label is looked for
_SPEAKS = ("label", "legend", "span")
_MENUS = ("nav", "menu", "ul", "ol", "dialog")  # on phones behind a button, or left out
_LEAST = 1  # CSS pixels; what is no wider or higher is of no size


@check(
    "page-form-seen",
    Code(
        "unseen-submit",
        Severity.ERROR,
        "The button that sends the form is seen in some views of the page and not in others.",
        "Show it in every view: look for display:none, a size of nothing and media queries around it.",
    ),
    Code(
        "unseen-required-field",
        Severity.ERROR,
        "A field that must be filled in is seen in some views of the page and not in others: there, nothing is sent.",
        "Show it in every view, or let nobody be required to fill it in.",
    ),
    Code(
        "unseen-field",
        Severity.WARNING,
        "A field of the form is seen in some views of the page and not in others.",
        "Show it in every view: look for display:none, a size of nothing and media queries around it.",
    ),
)
def page_form_seen(
    rendering: Rendering, markup: Markup, read: Inventory, asked: AskedPage, files: LinkedFiles | None = None
) -> Iterator[Finding]:
    """The form can be filled in and sent on every screen.

    A rule meant for a phone that hides one column too many takes the button with it: the page looks finished, half of
    its visitors can read all of it, and none of them can sign up.

    Fails:
        page: {form: {fields: [{name: Email}]}}
        build: >-
          <html><head><meta name="viewport" content="width=device-width"><style>@media (max-width: 500px) { button
          { display: none } }</style></head><body><form><label>Email <input name="Email"></label>
          <button>Save my seat</button></form></body></html>

    Passes:
        page: {form: {fields: [{name: Email}]}}
        build: >-
          <html><head><meta name="viewport" content="width=device-width"><style>@media (max-width: 500px) { button
          { width: 100% } }</style></head><body><form><label>Email <input name="Email"></label>
          <button>Save my seat</button></form></body></html>
    """
    form, built = asked_form(asked, markup)
    sights = _sights(rendering, markup, files)
    twins = [built, *(one for one in markup.forms if one is not built and _same(one, built, form))]
    buttons = FormButtons(read, {one.where.offset or 0 for one in twins})
    missing = [sight for sight in sights if buttons.sending and not sight.any(buttons.sending)]
    if missing and len(missing) < len(sights):
        yield _unsent(buttons, missing, sights, markup, twins)
    elif missing and not any(sight.any(buttons.others) for sight in sights) and _fields_seen(twins, sights):
        message = "The button that sends the form is seen in no view of the page; look at it in a browser."
        yield Finding("unseen-submit", message, markup.source.place(min(buttons.sending)), review=True)
    gone = [sight for sight in missing if not _fields_seen(twins, [sight])]  # none of the form is seen
    yield from _hidden(form, twins)
    wanted = {field.name.casefold() for field in form.fields or ()}
    for field in built.fields:
        if not field.unseen and (field.required or field.name.removesuffix("[]").casefold() in wanted):
            yield from _unseen(field, twins, buttons, sights, gone)


def _hidden(asked: AskedForm, forms: Sequence[Form]) -> Iterator[Finding]:
    """Fields that were asked for and that the build hides from every visitor."""
    built = [field for form in forms for field in form.fields]
    for wanted in asked.fields or ():
        same = [field for field in built if field.name.removesuffix("[]").casefold() == wanted.name.casefold()]
        if same and all(field.unseen for field in same):
            code = "unseen-required-field" if same[0].required else "unseen-field"
            message = f"The field {quoted(wanted.label or wanted.name)} is seen in no view of the page."
            about = (causes.of_asked(wanted.place(), wanted.label or wanted.name),)
            yield Finding(code, message, same[0].where, wanted.place(), actual=same[0].name, causes=about)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a view shows."""

    view: View
    seen: dict[int, Element]  # by offset
    words: frozenset[str]  # of labels
    measured: int  # the offset up to which was looked

    def any(self, offsets: Iterable[int]) -> bool:
        """Whether one of these is seen; what was not measured may be."""
        return any(offset in self.seen or offset > self.measured for offset in offsets)


def _sights(rendering: Rendering, markup: Markup, files: LinkedFiles | None) -> list[_Sight]:
    if files and files.unstyled:
        raise Skip(f"the style sheet {quoted(files.unstyled)} is not in the build: the page looks otherwise without it")
    sights = [_sight(shot, markup) for shot in rendering.shots if shot.view.images]
    if len(sights) < 2:
        raise Skip("only one view with pictures was drawn: there is nothing to compare")
    return sights


def _sight(shot: Shot, markup: Markup) -> _Sight:
    seen = {e.offset: e for e in shot.elements if e.visible and min(e.box.width, e.box.height) > _LEAST}
    words = frozenset(loose(element.text) for element in seen.values() if element.tag in _SPEAKS)
    partly = "only the first" in shot.note
    measured = max((e.offset for e in shot.elements), default=0) if partly else len(markup.source.text)
    return _Sight(shot.view, seen, words - {""}, measured)


def _same(one: Form, other: Form, asked: AskedForm) -> bool:
    """Whether two forms ask for the same: one for phones, one for desks."""
    wanted = {field.name.casefold() for field in asked.fields or ()}
    names, others = ({field.name.casefold() for field in form.fields} for form in (one, other))
    return bool(others) and names >= (others & wanted or others)


def _fields_seen(forms: Iterable[Form], sights: Iterable[_Sight]) -> bool:
    offsets = [field.where.offset or 0 for form in forms for field in form.fields]
    return any(sight.any(offsets) for sight in sights)


def _unsent(
    buttons: FormButtons, missing: Sequence[_Sight], sights: Sequence[_Sight], markup: Markup, forms: Sequence[Form]
) -> Finding:
    """The button that sends the form is missing somewhere; a person looks where something else may lead to it."""
    others = [sight for sight in sights if sight not in missing]
    first = min(offset for offset in buttons.sending if others[0].any([offset]))
    element = others[0].seen.get(first)
    name = f"The button {quoted(element.text)}" if element and element.text else "The button that sends the form"
    whole = not any(_fields_seen(forms, [sight]) for sight in missing)
    openers = [*buttons.others, *(buttons.outside if whole else ())]
    unsure = all(sight.any(openers) for sight in missing)
    what = f"{name} and the fields of its form" if whole else name
    rest = "look whether something there leads to it" if unsure else "nobody can send the form there"
    message = f"{what} cannot be seen in {_titles(missing)}, and can in {_titles(others)}: {rest}."
    where, view, about = markup.source.place(first), missing[0].view.name, tuple(map(causes.of_form, forms))
    return Finding("unseen-submit", message, where, review=unsure, view=view, causes=about)


def _unseen(
    field: FormField, forms: Sequence[Form], buttons: FormButtons, sights: Sequence[_Sight], gone: Sequence[_Sight]
) -> Iterator[Finding]:
    """A field that some views show and others do not: those that show nothing of the form, and the rest."""
    same = [one for form in forms for one in form.fields if one is field or (one.name and one.name == field.name)]
    lacking = [sight for sight in sights if not any(_shown(one, sight) for one in same)]
    others = [sight for sight in sights if sight not in lacking]
    whole = [sight for sight in lacking if sight in gone]
    if whole and others:
        openers = [*buttons.others, *buttons.outside]
        yield replace(_unseen_in(whole, others, field, openers), causes=tuple(map(causes.of_form, forms)))
    if (missing := [sight for sight in lacking if sight not in gone]) and others:
        yield replace(_unseen_in(missing, others, field, buttons.others), causes=(causes.of_field(field),))


def _unseen_in(
    missing: Sequence[_Sight], others: Sequence[_Sight], field: FormField, openers: Sequence[int]
) -> Finding:
    unsure = all(sight.any(openers) for sight in missing)  # a form in steps
    code = "unseen-required-field" if field.required else "unseen-field"
    name = quoted(field.label or field.name)
    end = ", so that nothing is sent there" if field.required and not unsure else ""
    if unsure:
        end = "; look whether a button there leads to it"
    message = f"The field {name} cannot be seen in {_titles(missing)}, and can in {_titles(others)}{end}."
    return Finding(code, message, field.where, actual=field.name, review=unsure, view=missing[0].view.name)


def _shown(field: FormField, sight: _Sight) -> bool:
    if sight.any([field.where.offset or 0]):
        return True
    label = loose(field.label)
    return field.type in _CHOICES and any(len(words) > 3 and words in label for words in sight.words)


@check(
    "page-links-seen",
    Code(
        "unseen-page-link",
        Severity.WARNING,
        "A call to action of the request is seen in some views of the page and not in others.",
        "Show it in every view: look for display:none, a size of nothing and media queries around it.",
    ),
)
def page_links_seen(
    rendering: Rendering, read: Inventory, aligned: AlignedLinks, asked: AskedPage, files: LinkedFiles | None = None
) -> Iterator[Finding]:
    """The calls to action of the request are seen on every screen.

    A menu may step aside on a phone. The button the page was made for may not: what the visitor cannot see, nobody
    follows.

    Fails:
        page: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: >-
          <html><head><meta name="viewport" content="width=device-width"><style>a { display: inline-block; padding:
          14px } @media (max-width: 500px) { a { display: none } }</style></head><body><p>Join us in spring.</p><a
          href="https://acme.example/webinar">Save my seat</a></body></html>

    Passes:
        page: {links: [{text: Save my seat, url: "https://acme.example/webinar"}]}
        build: >-
          <html><head><meta name="viewport" content="width=device-width"><style>a { display: inline-block; padding:
          14px } @media (max-width: 500px) { a { display: block } }</style></head><body><p>Join us in spring.</p><a
          href="https://acme.example/webinar">Save my seat</a></body></html>
    """
    if (markup := read.markup) is None:
        raise read.reason or Skip("the build has no HTML part")
    sights = _sights(rendering, markup, files)
    menus = _in_menus(read)
    for wanted in aligned.missing:
        message = f"The link {quoted(wanted.text)} can be seen in no view: it is not in the page."
        about = (causes.of_asked_link(wanted),)
        yield Finding("unseen-page-link", message, request=wanted.place(), expected=wanted.url, causes=about)
    for wanted, built in aligned.pairs:
        goals = {bare(link.href) for link in built}
        links = [*built, *(link for link in markup.links if bare(link.href) in goals)]
        offsets = {link.where.offset or 0 for link in links}
        missing = [sight for sight in sights if not sight.any(offsets)]
        calls = [link for link in built if (link.where.offset or 0) not in menus and _calls(link, sights)]
        if calls and missing and not is_anchor(calls[0].href):
            others = [sight for sight in sights if sight not in missing]
            message = f"{_name(calls[0])} cannot be seen in {_titles(missing)}; it can in {_titles(others)}."
            view = missing[0].view.name
            about = (causes.of_link(calls[0]),)
            yield Finding("unseen-page-link", message, calls[0].where, wanted.place(), view=view, causes=about)


def _in_menus(read: Inventory) -> frozenset[int]:
    """The links that stand in a menu or a list."""
    found, depth = set(), 0
    for token in read.read.tokens if read.read else ():
        if token.name in _MENUS and token.kind is Kind.START:
            depth += 1
        elif token.name in _MENUS and token.kind is Kind.END:
            depth = max(0, depth - 1)
        elif depth and token.name == "a":
            found.add(token.start)
    return frozenset(found)


def _calls(link: Link, sights: Iterable[_Sight]) -> bool:
    """Whether it looks like a call to action in one of these views."""
    drawn = [e for sight in sights if (e := sight.seen.get(link.where.offset or 0))]
    return any(calls(element, pictured=bool(link.pictures)) for element in drawn)


def _name(link: Link) -> str:
    return f"The link {quoted(link.text if link.text.strip() else link.href, 60)}"


def _titles(sights: Sequence[_Sight], most: int = 3) -> str:
    """« Phone, Tablet and Desktop »; a view in dark mode is named where it is not as by day."""
    by_day = {sight.view.name for sight in sights}
    titles = [s.view.title for s in sights if not (s.view.dark and s.view.name.removesuffix("-dark") in by_day)]
    return listed(titles, most)
