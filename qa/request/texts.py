"""Texts of a request, with the field each stands in and its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.merge_tags.pattern import TOKEN
from qa.request import AskedAsset, AskedVariant, CopyBlock
from qa.request.part import Asked
from qa.source import Place


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the request, the field it stands in, and where."""

    field: str
    text: str
    where: Place | None


def texts_of(part: Asked, skip: Sequence[str] = ()) -> Iterator[Said]:
    """Every text below a part of the request, but for the fields named."""
    for name, field in type(part).model_fields.items():
        if name in part.model_fields_set and name not in skip:
            yield from _texts_in(field.alias or name, getattr(part, name), part, (name,), skip)


def asked_wording(part: AskedAsset | AskedVariant) -> Iterator[Said]:
    """Every wording that an email or page, or one of its variants, is asked to carry."""
    for field in ("subject", "preheader", "title", "description", "heading"):
        if text := getattr(part, field, None):
            yield Said(field, text, part.place(field))
    for block in part.wording or ():
        yield Said("copy", block.text, block.where)
    for link in part.links or ():
        yield Said("links", link.text, link.place("text"))
    for number, text in enumerate(part.must_include or ()):
        yield Said("must_include", text, part.place("must_include", number))


def used_tokens(asset: AskedAsset) -> dict[str, Place | None]:
    """Every merge tag in the wording and the links of an asset, and where it first stands."""
    texts: list[tuple[str, Place | None]] = []
    for part in (asset, *getattr(asset, "variants", ())):
        for field in ("subject", "preheader"):
            texts.append((getattr(part, field, None) or "", part.place(field)))
        texts += [(block.text, block.where) for block in part.wording or ()]
        for link in part.links or ():
            texts += [(link.text, link.place("text")), (link.url, link.place("url"))]
    found: dict[str, Place | None] = {}
    for text, place in texts:
        for tag in TOKEN.findall(text):
            found.setdefault(tag, place)
    return found


def _texts_in(
    shown: str, value: object, part: Asked, steps: tuple[str | int, ...], skip: Sequence[str]
) -> Iterator[Said]:
    if isinstance(value, str):
        yield Said(shown, value, part.place(*steps))
    elif isinstance(value, CopyBlock):
        yield Said(shown, value.text, value.where)
    elif isinstance(value, Asked):
        for said in texts_of(value, skip):
            yield Said(f"{shown}: {said.field}", said.text, said.where)
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _texts_in(f"{shown}: {key}", entry, part, (*steps, key), skip)
    elif isinstance(value, tuple):
        for number, entry in enumerate(value):
            yield from _texts_in(shown, entry, part, (*steps, number), skip)
