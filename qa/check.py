"""The declarations of checks, gatherers and resources, and the registry of all that are installed."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
import textwrap
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import FunctionType, ModuleType, NoneType
from typing import Any, TypeVar, get_args

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


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that is opened once for a session and closed by it: browsers, a prober, a store of results.

    ``function`` makes it from a profile; it has a ``close()``. Two profiles of one ``key`` share it.
    """

    delivers: type
    function: Callable[[Any], Any]
    key: Callable[[Any], Hashable]


Declared = Check | Gatherer | Resource


def check(identifier: str, *codes: Code) -> Callable[[Function], Function]:
    """Declare a check under its id. The types of its parameters are what it needs, read here, once."""

    def declare(function: Function) -> Function:
        if not _IDENTIFIER.fullmatch(identifier):
            raise MisdeclaredCheck(f"{identifier!r}: an id is kebab-case, a noun")
        if not codes:
            raise MisdeclaredCheck(f"{identifier!r} declares no code: a check that cannot fail is no check")
        title, rationale, fails, passes = _sections(identifier, function)
        needs, optional = _needs(function)
        options = next((need for need in needs if issubclass(need, Options)), None)
        if options is not None and not is_dataclass(options):
            raise MisdeclaredCheck(f"{identifier!r}: {options.__name__} must be a frozen dataclass")
        declared = Check(
            identifier, title, rationale, fails, passes, codes, needs, options, function, function.__module__, optional
        )
        return _marked(function, declared)

    return declare


def gatherer(*, slow: bool = False) -> Callable[[Function], Function]:
    """Declare a gatherer of the type it returns."""

    def declare(function: Function) -> Function:
        return _marked(function, Gatherer(_delivered(function), _needs(function)[0], function, slow))

    return declare


def resource(*, key: Callable[[Any], Hashable]) -> Callable[[Function], Function]:
    """Declare a resource of the type the function returns; ``key`` is what of a profile it depends on."""

    def declare(function: Function) -> Function:
        return _marked(function, Resource(_delivered(function), function, key))

    return declare


def _marked(function: Function, declared: Declared) -> Function:
    """The function, carrying what it is declared to be: a registry finds it in its module, whenever it looks."""
    function.__declared__ = declared  # type: ignore[attr-defined]
    return function


def _delivered(function: Callable[..., Any]) -> Any:
    return _annotations(function)["return"]


def _needs(function: Callable[..., Any]) -> tuple[tuple[type, ...], frozenset[type]]:
    """The types of the parameters, and those of them that may be None: ``links: AlignedLinks | None``."""
    wanted = [what for name, what in _annotations(function).items() if name != "return"]
    optional = {hint: next(iter(set(get_args(hint)) - {NoneType})) for hint in wanted if NoneType in get_args(hint)}
    return tuple(optional.get(hint, hint) for hint in wanted), frozenset(optional.values())


def _annotations(function: Callable[..., Any]) -> dict[str, Any]:
    """What they stand for. A name is looked up: to evaluate the annotations of all checks takes four times as long."""
    known = function.__globals__
    return {
        name: known[told] if told in known else eval(told, known) if isinstance(told, str) else told
        for name, told in inspect.get_annotations(function).items()
    }


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


@dataclass(frozen=True, eq=False)  # by identity: what follows from one is kept beside it
class Registry:
    """Every check by its id, sorted; every gatherer and every resource by the type it delivers."""

    checks: Mapping[str, Check] = field(default_factory=dict)
    gatherers: Mapping[type, Gatherer] = field(default_factory=dict)
    resources: Mapping[type, Resource] = field(default_factory=dict)

    def with_modules(self, modules: Iterable[ModuleType]) -> Registry:
        """This registry and what the modules declare; MisdeclaredCheck where an id is taken."""
        checks, gatherers, resources = dict(self.checks), dict(self.gatherers), dict(self.resources)
        for declared in _declared_in(modules):
            if isinstance(declared, Check):
                other = checks.setdefault(declared.id, declared)
                if other is not declared:
                    raise MisdeclaredCheck(f"{declared.id!r} is declared twice: {other.module}, {declared.module}")
            elif isinstance(declared, Gatherer):
                gatherers[declared.delivers] = declared
            else:
                resources[declared.delivers] = declared
        return Registry(dict(sorted(checks.items())), gatherers, resources)

    def codes(self) -> dict[str, Code]:
        """Every code of every check by its name."""
        return {code.name: code for check in self.checks.values() for code in check.codes}


def registry(folder: Path | None = None) -> Registry:
    """Ours, those of installed packages (entry points ``qa.checks``), and those of a team's own folder."""
    return installed() if folder is None else installed().with_modules(_own_modules(folder))


@cache
def installed() -> Registry:
    """What is installed, read once: no campaign and no profile changes it."""
    modules = [importlib.import_module(name) for name in _MODULES]
    for package in map(importlib.import_module, _PACKAGES):
        modules += [importlib.import_module(f"{package.__name__}.{name}") for _, name, _ in _modules(package)]
    return Registry().with_modules(modules).with_modules(_of_entry_points())


_MODULES = ("qa.render.engines", "qa.probing.prober", "qa.probing.pictures")
_PACKAGES = ("qa.match", "qa.gather", "qa.checks")


def _modules(package: ModuleType) -> Iterator[pkgutil.ModuleInfo]:
    return pkgutil.iter_modules(package.__path__)


def _of_entry_points() -> Iterator[ModuleType]:
    """The modules that packages name; a check that is named by itself stands in its module."""
    for entry in entry_points(group="qa.checks"):
        loaded = entry.load()
        yield loaded if isinstance(loaded, ModuleType) else sys.modules[loaded.__module__]


def _declared_in(modules: Iterable[ModuleType]) -> Iterator[Declared]:
    for module in modules:
        for value in tuple(vars(module).values()):
            if isinstance(value, FunctionType) and (declared := getattr(value, "__declared__", None)):
                yield declared


def _own_modules(folder: Path) -> Iterator[ModuleType]:
    """The modules of a team's folder, under a name that no other folder's modules have."""
    room = f"qa_local_{sha256(str(folder.resolve()).encode()).hexdigest()[:8]}"
    for file in sorted(folder.glob("[!_]*.py")):
        spec = spec_from_file_location(f"{room}.{file.stem}", file)
        assert spec is not None and spec.loader is not None  # a .py file always has a loader
        module = sys.modules[spec.name] = module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except Exception as error:
            raise Unusable(f"{file}: this check cannot be loaded ({type(error).__name__}: {error})") from error
        yield module


def all_checks(folder: Path | None = None) -> Mapping[str, Check]:
    """Every check by its id: those installed, and those of a team's own folder."""
    return registry(folder).checks


def option_fields(options: type[Options] | None) -> dict[str, Any]:
    """The names and defaults of a check's options."""
    if options is None:
        return {}
    return {field.name: getattr(options(), field.name) for field in fields(options)}  # type: ignore[arg-type]
