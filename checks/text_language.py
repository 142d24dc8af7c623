"""Language of the text, beside the one it should be in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from qa.artefacts import Block, Body, KnownLinks
from qa.artefacts.causes import of_placeholder
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.request import AskedAsset, AskedEmail, Request
from qa.request.texts import texts_of
from qa.source import Place
from qa.text.language import FILLER, can_tell, is_surely, is_too_short, name_of_language, other_language, primary
from qa.text.line_language import language_of_line, names_among
from qa.text.wording import alike, quoted

_TWO_LANGUAGES = 0.3  # share of the text from which another language is meant to be there


@check(
    "text-language",
    Code(
        "wrong-text-language",
        Severity.ERROR,
        "The text is in another language than asked for.",
        "Put in the version of the language that was asked for.",
    ),
    Code(
        "mislabelled-language",
        Severity.WARNING,
        "The text is in another language than the document says.",
        "Correct the lang attribute of the <html> tag, or the text.",
    ),
    Code(
        "foreign-block",
        Severity.WARNING,
        "One part of the text is in another language than the rest.",
        "Translate it, or take it out: it was left over from another version.",
    ),
)
def text_language(asked: AskedAsset, request: Request, body: Body, known: KnownLinks) -> Iterator[Finding]:
    """The text is in the language that was asked for, all of it.

    Versions in ten languages are cloned from one; the German footer of the Spanish email, or the whole English body
    under a French subject line, is seen by no link check, and by every reader.

    Fails:
        email: {language: de}
        build: <p>Join us for forty minutes on what has changed this year, and bring your questions with you.</p>

    Passes:
        email: {language: de}
        build: <p>Seien Sie vierzig Minuten dabei, wenn wir Ihnen zeigen, was sich in diesem Jahr geändert hat.</p>
    """
    wanted = asked.language or request.language
    expected = primary(wanted or (body.lang.value if body.lang else ""))
    if not can_tell(expected):
        raise Skip("neither the request nor the build says which language, or it is none we can tell")
    blocks = [block for block in body.blocks if not block.hidden and not block.outlook_only]
    text = " ".join(block.text for block in blocks)
    if is_too_short(text):
        raise Skip("the text is too short to tell its language")
    whole = other_language(text, expected)
    if whole:
        yield _wrong(whole, wanted, expected, body, asked.place("language") or request.place("language"))
    if whole not in ("", FILLER):
        return
    foreign = [(block, found) for block in blocks if (found := other_language(block.text, expected))]
    if is_surely(text, expected):
        said = alike("\n".join(one.text for one in texts_of(request)))
        told, names = {found for _, found in foreign}, names_among(said) | known.owners
        short = _short(_lines(body, blocks), expected, names)
        foreign += [one for one in short if one[1] not in told and alike(one[0].text) not in said]
    filler = [one for one in foreign if one[1] == FILLER]
    approved = _approved(asked, request)
    yield from _left_over([one for one in foreign if one not in filler], expected, len(text), approved)
    yield from _left_over([] if whole else filler, expected, len(text), approved)


def _lines(body: Body, blocks: Sequence[Block]) -> Iterator[Block]:
    """Single lines, labels and alternative texts."""
    yield from blocks
    yield from (Block(link.text, link.where) for link in body.links if not link.hidden and not link.outlook_only)
    yield from (Block(image.alt, image.where) for image in body.images if image.alt and not image.outlook_only)


def _short(lines: Iterable[Block], expected: str, names: Collection[str]) -> list[tuple[Block, str]]:
    """Those in another language, but for those that hold another one."""
    found: dict[str, tuple[Block, str]] = {}
    for line in lines:
        words = alike(line.text)
        language = "" if words in found else language_of_line(line.text, expected, names)
        if language and primary(line.lang) != language:  # else its markup says so
            found[words] = (line, language)
    return [one for words, one in found.items() if not any(other != words and other in words for other in found)]


def _wrong(found: str, wanted: str | None, expected: str, body: Body, asked_at: Place | None) -> Finding:
    if wanted:
        message = f"The text is in {name_of_language(found)}; the request asks for {name_of_language(expected)}."
        longest = max((block for block in body.blocks if not block.hidden), key=lambda block: len(block.text))
        one, other, about = name_of_language(expected), name_of_language(found), _causes(found)
        return Finding("wrong-text-language", message, longest.where, asked_at, one, other, causes=about)
    message = f"The text is in {name_of_language(found)}; the document says it is in {name_of_language(expected)}."
    declared = body.lang.where if body.lang else None
    one, other, about = name_of_language(found), name_of_language(expected), _causes(found)
    return Finding("mislabelled-language", message, declared, None, one, other, causes=about)


def _causes(found: str) -> tuple[Cause, ...]:
    return (of_placeholder(""),) if found == FILLER else ()


def _left_over(foreign: Sequence[tuple[Block, str]], expected: str, letters: int, approved: str) -> Iterator[Finding]:
    others = [(block, found) for block, found in foreign if alike(block.text) not in approved]
    if not others:
        return
    meant = sum(len(block.text) for block, _ in others) > _TWO_LANGUAGES * letters
    first, found = others[0]
    more = {1: "", 2: " (and one more part)"}.get(len(others), f" (and {len(others) - 1} more parts)")
    message = (
        f"{quoted(first.text, 60)}{more} is in {name_of_language(found)}; the rest is in {name_of_language(expected)}."
    )
    each = tuple(block.text for block, _ in others)
    one, other, about = name_of_language(expected), name_of_language(found), _causes(found)
    yield Finding("foreign-block", message, first.where, None, one, other, review=meant, each=each, causes=about)


def _approved(asked: AskedAsset, request: Request) -> str:
    """The wording of the request: what it asks for in another language is meant to be."""
    texts = [block.text for block in asked.wording or ()]
    texts += asked.must_include or ()
    if isinstance(asked, AskedEmail):
        texts += request.legal.must_include
    return alike("\n".join(texts))
