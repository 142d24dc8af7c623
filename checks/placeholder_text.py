"""Text of the template that nobody replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.artefacts import Body, DeclaredEnvelope
from qa.artefacts.causes import of_placeholder, of_written_token
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import Request
from qa.request.texts import texts_of
from qa.source import Text
from qa.text.phrases import listed
from qa.text.placeholders import Placeholder, holds_any, is_title, is_whole, placeholders_in, whole_key
from qa.text.wording import alike, loose, quoted

_HEAD = ("og:title", "twitter:title")
_DESCRIPTIONS = ("description", "og:description", "twitter:description")


@check(
    "placeholder-text",
    Code("placeholder-text", Severity.ERROR, "Text that was meant to be replaced is still there.", "Replace it."),
)
def placeholder_text(declared: DeclaredEnvelope, body: Body, request: Request) -> Iterator[Finding]:
    """No placeholder is left in the build.

    “Lorem ipsum”, “XX% off” and “[Insert name]” are what templates are made of, and what readers screenshot.

    Fails:
        build: <p>Save XX% until [insert date].</p>

    Passes:
        build: <p>Save 20% until Sunday.</p>
    """
    passages = list(_passages(declared, body))
    if not passages:
        raise Skip("the build has no text")
    found: dict[str, list[_Passage]] = {}
    any_inside = holds_any(passage.text.value for passage in passages)
    for passage in passages:
        for one in _left_in(passage, any_inside):
            if one.sort == "remark" and _is_asked(one.said, request):
                continue
            said = Text(one.said, passage.text.where)
            found.setdefault(one.cause, []).append(replace(passage, text=said, sort=one.sort))
    for together in _neighbours(found):
        first = together[0][0]
        actual = "\n".join(same[0].text.value for same in together)
        each = tuple(same[0].text.value for same in together)
        about = [of_placeholder(key) for key, same in found.items() if any(same is one for one in together)]
        about += [of_written_token(said) for said in each if said.startswith("{{")]
        yield Finding(
            "placeholder-text",
            _message(together, together[0] is found.get("")),
            first.text.where,
            actual=actual,
            review=first.sort in ("doubtful", "remark"),
            each=each,
            causes=tuple(about),
        )


@dataclass(frozen=True, slots=True)
class _Passage:
    """A text a reader may meet. ``number``: those of neighbours differ by one. ``kind``: what it may be as a whole."""

    text: Text
    number: int
    kind: str = ""
    sort: str = ""  # of the placeholder that was found in it
    inside: str = ""  # what a title is called


def _passages(declared: DeclaredEnvelope, body: Body) -> Iterator[_Passage]:
    labels = {loose(field.label) for form in body.forms for field in form.fields}
    number = 0
    for block in body.blocks:
        kind = "" if labels and loose(block.text) in labels else "whole"
        yield _Passage(Text(block.text, block.where), number := number + 1, kind)
    blocks = {block.text for block in body.blocks}
    titles = {"title": body.title} | {name: body.metas.get(name) for name in _HEAD}
    apart = [(text, "") for name in _DESCRIPTIONS if (text := body.metas.get(name)) is not None]
    apart += [(Text(image.alt, image.where), "alts") for image in body.images if image.alt]
    apart += [(Text(link.text, link.where), "links") for link in body.links if link.tag and link.text]
    apart += [(text, "") for _, text in declared.texts]
    for text, kind in apart:
        if kind != "links" or (text.value not in blocks or not is_whole(text.value)):
            yield _Passage(text, number := number + 2, kind)
    for name, title in titles.items():
        if title is not None:
            yield _Passage(title, number := number + 2, "titles", inside=name)
    number += 1
    for text in body.beside.lines() if body.beside else ():
        yield _Passage(text, number := number + 1)


def _left_in(passage: _Passage, any_inside: bool) -> Iterator[Placeholder]:
    """The placeholders of a passage; of a link only what it is as a whole, as its words stand in a block as well."""
    text = passage.text.value
    inside = list(placeholders_in(text)) if any_inside and passage.kind != "links" else []
    if not inside and _is_whole(passage):
        yield Placeholder(text, whole_key(text))
    yield from inside


def _is_whole(passage: _Passage) -> bool:
    """Whether a passage as a whole is what stands in templates; an alternative text may be what a block is as well."""
    text, kind = passage.text.value, passage.kind
    if kind == "titles":
        return is_title(text)
    return bool(kind) and (is_whole(text, kind) or (kind == "alts" and is_whole(text)))


def _message(together: Sequence[Sequence[_Passage]], is_filler: bool) -> str:
    names = listed(f"{quoted(same[0].text.value)}{_where(same)}" for same in together)
    match together[0][0].sort:
        case "unfilled":
            return f"The build says {names}: a program printed it where it found no value."
        case "doubtful":
            them = "them" if len(together) > 1 else "it"
            return f"See whether the platform fills in {names}, or somebody was to replace {them}."
        case "remark":
            return f"See whether readers are meant to be told {names}, or it is a note from the making."
    if is_filler:
        filler = f"{quoted(together[0][0].text.value, 40)}{_where(together[0])}"
        return f"The build still has filler text, {filler}: a placeholder."
    return f"The build still says {names}: {'placeholders' if len(together) > 1 else 'a placeholder'}."


def _is_asked(said: str, request: Request) -> bool:
    """Whether the request has these words: «(date to be confirmed)» is then what readers are to be told."""
    return any(alike(said).casefold() in alike(one.text).casefold() for one in texts_of(request))


def _neighbours(found: Mapping[str, list[_Passage]]) -> Iterator[list[list[_Passage]]]:
    """Placeholders in one passage, or in one and the next, are one thing that was forgotten: an address, say."""
    told: list[list[list[_Passage]]] = []
    for cause, same in sorted(found.items(), key=lambda one: one[1][0].number):
        before = told[-1][-1][0] if told and cause and told[-1][-1] is not found.get("") else None
        near = before is not None and same[0].number - before.number <= 1 and same[0].sort == before.sort
        if near:
            told[-1].append(same)
        else:
            told.append([same])
    yield from told


def _where(same: Sequence[_Passage]) -> str:
    titles = [one.inside for one in same if one.kind == "titles"]
    if len(titles) == len(same):
        return f" in its {' and '.join(titles)}"
    return f", {len(same)} times" if len(same) > 1 else ""
