"""The reader of request.yaml: the file read, checked as a whole, every mistake in it collected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from qa.files.paths import inside
from qa.files.problem import InputProblem, Steps, closest_place, raise_all
from qa.files.readings import Readings
from qa.files.yaml import read
from qa.finding import Fault
from qa.request.copy_document import names_file, read_copy, text_blocks
from qa.request.model import NOTHING_ASKED, AskedAsset, Request
from qa.request.part import Asked
from qa.request.problems import keys_at, problems_of
from qa.source import Place

Kind = TypeVar("Kind", bound=AskedAsset)


class RequestReader:
    """One request on its way from file to model. ``places`` grows where copy comes out of other documents."""

    def __init__(self, folder: Path, name: str, readings: Readings) -> None:
        self.folder = folder
        self.readings = readings
        self.document = read(folder / name, name, readings)
        self.places: dict[Steps, Place] = dict(self.document.places)
        self.problems = list(self.document.problems)

    def request(self) -> Request:
        written = _said(self.document.written)
        if not isinstance(written, dict):
            empty = "the file is empty" if written is None else "the file holds no keys"
            where = Place(self.document.source.file)
            raise_all([InputProblem(where, (), f"{empty}; a request begins with `id:` and `name:`.")])
        if not any(written.get(key) for key in ("emails", "pages", "audience")):
            self._add((), NOTHING_ASKED)
        for steps, asset in _with_copy(written):
            self._read_copy(asset, steps)
        self.problems += _repeated(written, self.places)
        try:
            request = Request.model_validate(written, by_alias=True, by_name=False)
        except ValidationError as error:
            raise_all([*self.problems, *problems_of(error, written, self.places, self.document.keys)])
            raise AssertionError("a validation error without a problem") from error
        raise_all(self.problems)
        return self._placed(request)

    def _placed(self, request: Request) -> Request:
        """The request with its language handed down and every part told where it stands."""
        for group in ("emails", "pages"):
            for index, asset in enumerate(getattr(request, group)):
                if asset.language is None and request.language is not None:
                    self.places[(group, index, "language")] = self.places[("language",)]
        speaking = request.model_copy(
            update={
                "emails": _speaking(request.emails, request.language),
                "pages": _speaking(request.pages, request.language),
            }
        )
        _place(speaking, (), self.places)
        return speaking

    def _read_copy(self, asset: dict[str, Any], steps: Steps) -> None:
        """Put the blocks of an asset's copy in place of what was written, and their places with them."""
        written = asset["copy"]
        entries = list(enumerate(written)) if isinstance(written, list) else [(None, written)]
        found: list[tuple[str, int, Place]] = []
        for index, entry in entries:
            at = steps if index is None else (*steps, index)
            if isinstance(entry, str) and entry.strip():
                found += self._blocks(entry, at)
            else:
                self._add(at, "should be text, or the path of a .md, .txt or .docx file.")
        for path in [path for path in self.places if path[: len(steps)] == steps and len(path) > len(steps)]:
            del self.places[path]
        self.places |= {(*steps, index): place for index, (_, _, place) in enumerate(found)}
        asset["copy"] = [{"text": text, "level": level, "where": place} for text, level, place in found]

    def _blocks(self, entry: str, at: Steps) -> list[tuple[str, int, Place]]:
        where = self.places[at]
        try:
            if names_file(entry):
                blocks = read_copy(inside(self.folder, entry), entry.strip().replace("\\", "/"), self.readings)
            else:
                blocks = self._typed_blocks(entry, where)
        except Fault as fault:
            self._add(at, f"cannot be used: {fault}")
            return []
        if not blocks:
            self._add(at, f"cannot be used: there is no text in “{entry.strip()}”.")
        return [(block.text, block.level, place) for block, place in blocks]

    def _typed_blocks(self, entry: str, where: Place) -> list[Any]:
        """Blocks typed into the request. Below `|` its lines are the file's lines; other spellings fold theirs."""
        text, offset = self.document.source.text, where.offset or 0
        if text[offset : offset + 1] == "|":
            return text_blocks(entry, Place(where.file, (where.line or 0) + 1))
        return [(block, where) for block, _ in text_blocks(entry, where)]

    def _add(self, at: Steps, wrong: str) -> None:
        where = closest_place(at, self.places) or Place(self.document.source.file)
        self.problems.append(InputProblem(where, at, wrong))


def _said(written: Any, steps: Steps = ()) -> Any:
    """Without the known keys that have no value: they say nothing. Unknown ones stay, to be told of."""
    if isinstance(written, dict):
        known = keys_at(steps)
        said = {key: value for key, value in written.items() if value is not None or (known and key not in known)}
        return {key: _said(value, (*steps, key)) for key, value in said.items()}
    return [_said(entry, (*steps, 0)) for entry in written] if isinstance(written, list) else written


def _entries(written: Any, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The mappings in the list under a key, whatever else somebody wrote there."""
    listed = written.get(key) if isinstance(written, dict) else None
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            yield index, entry


def _with_copy(written: dict[str, Any]) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """Every part that has approved copy, and the way to that copy."""
    for group in ("emails", "pages"):
        for index, asset in _entries(written, group):
            if "copy" in asset:
                yield (group, index, "copy"), asset
            for number, variant in _entries(asset, "variants") if group == "emails" else ():
                if "copy" in variant:
                    yield (group, index, "variants", number, "copy"), variant


def _repeated(written: dict[str, Any], places: Mapping[Steps, Place]) -> Iterator[InputProblem]:
    """Names that two assets, two segments or two variants of one email share."""
    named: list[list[tuple[Steps, dict[str, Any]]]] = [
        [((kind, index, "name"), asset) for kind in ("emails", "pages") for index, asset in _entries(written, kind)],
        [(("audience", "segments", i, "name"), each) for i, each in _entries(written.get("audience"), "segments")],
    ]
    for index, email in _entries(written, "emails"):
        named.append([(("emails", index, "variants", i, "segment"), each) for i, each in _entries(email, "variants")])
    for group in named:
        seen: dict[str, Steps] = {}
        for steps, part in group:
            name = part.get(str(steps[-1]))
            if not isinstance(name, str):
                continue
            first = seen.setdefault(name.strip(), steps)
            if first != steps:
                wrong = f"is “{name}”, as on line {places[first].line}; every name must be its own."
                yield InputProblem(places[steps], steps, wrong)


def _speaking(assets: tuple[Kind, ...], language: str | None) -> tuple[Kind, ...]:
    return tuple(a if a.language else a.model_copy(update={"language": language}) for a in assets)


def _place(part: Asked, path: Steps, places: Mapping[Steps, Place]) -> None:
    """Tell a part and those below it where they stand. Defaults are shared between parts and stand nowhere."""
    part._path, part._places = path, places
    for field in part.model_fields_set:
        steps = (*path, type(part).model_fields[field].alias or field)
        value = getattr(part, field)
        if isinstance(value, Asked):
            _place(value, steps, places)
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if isinstance(entry, Asked):
                    _place(entry, (*steps, index), places)
