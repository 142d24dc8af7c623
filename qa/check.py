"""How does a check say what it needs? @check, @gatherer, the two registries, and how both are found."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, NoneType
from typing import Any, TypeVar, get_args, get_type_hints

from qa.finding import Code, Finding, Unusable

Function = TypeVar("Function", bound=Callable[..., Any])

_SECTION = re.compile(r"^(Fails|Passes):\s*$", re.MULTILINE)
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Options:
    """Base of a check's options: a frozen dataclass whose fields ``[checks.<id>]`` in qa.toml can set."""


class MisdeclaredCheck(Unusable):
    """A check or gatherer that cannot be registered: a mistake in the code, said at start."""


@dataclass(frozen=True, slots=True, eq=False)  # each is one of a kind, and asked about thousands of times
class Check:
    """A registered check: what it is called, why it is there, what it needs and how it can fail."""

    id: str
    title: str
    rationale: str
    fails: str  # an example, YAML
    passes: str
    codes: tuple[Code, ...]
    needs: tuple[type, ...]
    options: type[Options] | None
    function: Callable[..., Iterable[Finding]]
    module: str
    optional: frozenset[type] = frozenset()  # needs that are None where there is nothing to be gathered

    def code(self, name: str) -> Code:
        """The declared code of that name; KeyError where the check never declared it."""
        return next((code for code in self.codes if code.name == name), None) or _undeclared(self.id, name)


@dataclass(frozen=True, slots=True)
class Gatherer:
    """A registered gatherer: what it needs and the one type it delivers."""

    delivers: type
    needs: tuple[type, ...]
    function: Callable[..., Any]
    slow: bool  # started early, beside the checks that do not wait for it


_checks: dict[str, Check] = {}
_gatherers: dict[type, Gatherer] = {}


def check(identifier: str, *codes: Code) -> Callable[[Function], Function]:
    """Register a check under its id. The types of its parameters are what it needs, read here, once."""

    def register(function: Function) -> Function:
        if not _IDENTIFIER.fullmatch(identifier):
            raise MisdeclaredCheck(f"{identifier!r}: an id is kebab-case, a noun")
        if identifier in _checks and _checks[identifier].module != function.__module__:
            raise MisdeclaredCheck(
                f"{identifier!r} is registered twice: {_checks[identifier].module}, {function.__module__}"
            )
        if not codes:
            raise MisdeclaredCheck(f"{identifier!r} declares no code: a check that cannot fail is no check")
        title, rationale, fails, passes = _sections(identifier, function)
        needs, optional = _needs(function)
        options = next((need for need in needs if issubclass(need, Options)), None)
        if options is not None and not is_dataclass(options):
            raise MisdeclaredCheck(f"{identifier!r}: {options.__name__} must be a frozen dataclass")
        _checks[identifier] = Check(
            identifier, title, rationale, fails, passes, codes, needs, options, function, function.__module__, optional
        )
        return function

    return register


def gatherer(*, slow: bool = False) -> Callable[[Function], Function]:
    """Register a gatherer for the type it returns."""

    def register(function: Function) -> Function:
        delivers = get_type_hints(function)["return"]
        _gatherers[delivers] = Gatherer(delivers, _needs(function)[0], function, slow)
        return function

    return register


def _needs(function: Callable[..., Any]) -> tuple[tuple[type, ...], frozenset[type]]:
    """The types of the parameters, and those of them that may be None: ``links: AlignedLinks | None``."""
    hints = get_type_hints(function)
    wanted = [hints[name] for name in inspect.signature(function).parameters]
    optional = {hint: next(iter(set(get_args(hint)) - {NoneType})) for hint in wanted if NoneType in get_args(hint)}
    return tuple(optional.get(hint, hint) for hint in wanted), frozenset(optional.values())


def _sections(identifier: str, function: Callable[..., Any]) -> tuple[str, str, str, str]:
    title, _, rest = (inspect.getdoc(function) or "").partition("\n")
    pieces = _SECTION.split(rest)
    examples = {name: textwrap.dedent(body).strip() for name, body in zip(pieces[1::2], pieces[2::2], strict=True)}
    rationale = pieces[0].strip()
    if not title or not rationale or set(examples) != {"Fails", "Passes"}:
        raise MisdeclaredCheck(
            f"{identifier!r}: its docstring needs a title, a rationale, an example under Fails: and one under Passes:"
        )
    return title.rstrip("."), rationale, examples["Fails"], examples["Passes"]


def _undeclared(identifier: str, code: str) -> Code:
    raise KeyError(f"the check {identifier} yields {code!r}, which it never declared")


def all_checks(folder: Path | None = None) -> dict[str, Check]:
    """Every check by id, sorted: ours, those of installed packages (entry points ``qa.checks``), those of a folder."""
    _discover()
    if folder is not None:
        _load_folder(folder)
    return dict(sorted(_checks.items()))


def all_gatherers() -> dict[type, Gatherer]:
    """Every gatherer by the type it delivers."""
    _discover()
    return _gatherers


@cache
def _discover() -> None:
    importlib.import_module("qa.align")
    for package in ("qa.gather", "qa.checks"):
        for module in _modules(importlib.import_module(package)):
            importlib.import_module(module)
    for entry in entry_points(group="qa.checks"):
        entry.load()


def _modules(package: ModuleType) -> Iterator[str]:
    for found in pkgutil.iter_modules(package.__path__):
        yield f"{package.__name__}.{found.name}"


@cache
def _load_folder(folder: Path) -> None:
    for file in sorted(folder.glob("[!_]*.py")):
        spec = spec_from_file_location(f"qa_local.{file.stem}", file)
        assert spec is not None and spec.loader is not None  # a .py file always has a loader
        module = sys.modules[spec.name] = module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise Unusable(f"{file}: this check cannot be loaded ({type(error).__name__}: {error})") from error


def option_fields(options: type[Options] | None) -> dict[str, Any]:
    """The names and defaults of a check's options."""
    if options is None:
        return {}
    return {field.name: getattr(options(), field.name) for field in fields(options)}  # type: ignore[arg-type]
