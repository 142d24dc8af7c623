"""Language and title of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.artefacts import Markup
from qa.artefacts.causes import of_asked
from qa.check import check
from qa.facts import facts
from qa.finding import Code, Finding, Severity, Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.request import AskedAsset, AskedPage, Request
from qa.source import Place
from qa.text.wording import quoted

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9]{1,8})*")  # https://www.rfc-editor.org/rfc/rfc5646
_TOP = re.compile(r"<(html|head)\b", re.IGNORECASE)
_FRAME = re.compile(r"<(?:!doctype|html|head|body|title)\b", re.IGNORECASE)


@check(
    "language",
    Code(
        "wrong-language",
        Severity.ERROR,
        "The document says it is in another language than asked for.",
        "Set the lang attribute of the <html> tag.",
    ),
    Code(
        "missing-language",
        Severity.WARNING,
        "The document does not say which language it is in.",
        'Add the language to the <html> tag: <html lang="en">.',
    ),
    Code(
        "invalid-language",
        Severity.WARNING,
        "The language of the document is written as no screen reader knows it.",
        'Write its code: <html lang="en">, <html lang="pt-BR">.',
    ),
)
def language(asked: AskedAsset, request: Request, markup: Markup) -> Iterator[Finding]:
    """The document says which language it is in, and it is the one asked for.

    A screen reader pronounces a German email with English sounds, and mail programs offer to translate what needs no
    translation, where the language is missing or was left over from the email that was cloned.

    Fails:
        email: {language: de}
        build: <html lang="en"><body><p>Guten Tag</p></body></html>

    Passes:
        email: {language: de}
        build: <html lang="de-AT"><body><p>Guten Tag</p></body></html>
    """
    wanted = asked.language or request.language
    where = asked.place("language") if asked.language else request.place("language")
    built = markup.lang
    if built is None or _undetermined(built.value):
        if not wanted:
            _refuse_fragment(markup)
        value = built.value.strip() if built else ""
        so = f": lang={quoted(value)} means that nobody knows" if value else ""
        says = f"; the request says {quoted(wanted)}" if wanted else ""
        message = f"The document does not say which language it is in{so}{says}."
        yield Finding("missing-language", message, built.where if built else _top(markup), where, wanted, value or None)
    elif wanted and BLOT not in masked(built.value) and not _same(wanted, built.value):
        message = f"The document says it is in {quoted(built.value)}; the request says {quoted(wanted)}."
        yield Finding("wrong-language", message, built.where, where, wanted, built.value)
    elif BLOT not in masked(built.value) and not _is_code(built.value.strip()):
        message = f"The document says lang={quoted(built.value)}, which is no code of a language."
        yield Finding("invalid-language", message, built.where, where, wanted, built.value)


def _is_code(lang: str) -> bool:
    """Whether a tag is written as one, and its language is registered; of those with three letters any may be."""
    found = _LANGUAGE.fullmatch(lang)
    return found is not None and (len(found[1]) == 3 or found[1].lower() in facts("languages")["codes"])


def _undetermined(lang: str) -> bool:
    return not lang.strip() or lang.strip().lower() in facts("languages")["undetermined"]


def _refuse_fragment(markup: Markup) -> None:
    """A module or a platform's content block is no document: what it is put into has the language and the title."""
    if not markup.source.part and not _FRAME.search(markup.masked):
        raise Skip("the build is a part of a document: it has no <html>, <head> or <body>")


def _top(markup: Markup, tag: str = "html") -> Place:
    """Where a tag of the frame stands, or would: the first one there is, else the beginning."""
    frame = {found[1].lower(): found.start() for found in reversed(list(_TOP.finditer(markup.source.text)))}
    return markup.source.place(frame.get(tag, frame.get("html", 0)))


def _same(wanted: str, built: str) -> bool:
    """Whether two language tags agree as far as both speak: the language, and the region where both name one."""
    (one, region), (other, place) = _subtags(wanted), _subtags(built)
    return one == other and (not region or not place or region == place)


def _subtags(tag: str) -> tuple[str, str]:
    """Language and region of a tag, lower case. https://www.rfc-editor.org/rfc/rfc5646"""
    first, *rest = tag.strip().lower().replace("_", "-").split("-")
    same: dict[str, str] = facts("languages")["same"]
    region = next((part for part in rest if len(part) == 2 or (len(part) == 3 and part.isdigit())), "")
    return same.get(first, first), region


@check(
    "title",
    Code(
        "missing-title",
        Severity.WARNING,
        "The document has no title.",
        "Add a <title> to the head: the headline of the page.",
    ),
    Code(
        "untitled-email",
        Severity.INFO,
        "The email has no title.",
        "Add a <title> to the head: the subject line does well.",
    ),
)
def title(asked: AskedAsset, markup: Markup) -> Iterator[Finding]:
    """The document has a title.

    It is the name of the tab when an email is viewed in a browser, what a screen reader says first, and what a
    shared link shows.

    Fails:
        email: {}
        build: <html><head><title></title></head><body><p>Hello</p></body></html>

    Passes:
        email: {}
        build: <html><head><title>Save your seat</title></head><body><p>Hello</p></body></html>
    """
    wanted = asked.title if isinstance(asked, AskedPage) else None
    if wanted is None:
        _refuse_fragment(markup)
    built = markup.title
    if built is None or not built.value.strip():
        where = built.where if built else _top(markup, "head")
        about = () if wanted is None else (of_asked(asked.place("title"), wanted),)
        code, what = ("missing-title", "page") if isinstance(asked, AskedPage) else ("untitled-email", "email")
        yield Finding(code, f"The {what} has no title.", where, causes=about)
