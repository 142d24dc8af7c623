"""The rules of the house: who may import whom, how large a file may be, and that files named as text are there."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from qa.render import cache as screenshots

ROOT = Path(__file__).parent.parent
FILES = sorted(file for top in ("qa", "checks", "reports") for file in (ROOT / top).rglob("*.py"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

# A room imports rooms of an earlier line; inside a room, and on a line, nobody imports a neighbour room.
LEVELS = (
    {"kept"},
    {"facts", "signals", "source", "visual"},
    {"finding", "markup", "kept_code"},
    {"files", "text", "check", "clients", "artefacts", "network"},
    {"merge_tags"},
    {"request", "pictures", "views"},
    {"build", "links", "audience", "profile"},
    {"match", "render", "verdict", "probing"},
    {"run", "approval"},
    {"gather", "draft", "report"},
    {"triage"},
    {"cli", "testing"},
    {"suites"},
)
LEVEL = {room: number for number, rooms in enumerate(LEVELS) for room in rooms}
NEVER = {
    "checks": {"build", "render", "gather", "run", "verdict", "report", "profile", "cli"},
    "reports": set(LEVEL) - {"report"},
    "visual": set(LEVEL) - {"visual", "facts"},  # its tables are facts; else it could be used alone
}
# What still breaks a rule, each with the reason. These lists may only become shorter.
ALLOWED_IMPORTS: dict[tuple[str, str], str] = {
    ("checks/image_size.py", "qa.build.assets"): "an asset is the build's own word for what is checked",
    ("checks/image_files.py", "qa.build.assets"): "an asset is the build's own word for what is checked",
}
LARGE_ROOMS: dict[str, str] = {
    "qa/artefacts": "a subject a module, all imported from the room itself",
    "qa/match": "a matching a module",
    "qa/render/emulation": "a client's habit a module; Word's are five of them",
    "qa/render/engines": "three browsers, each with its launch and its protocol",
    "qa/request": "the model and its readers, and what only checks of the request ask; a room for those may come",
    "qa/visual": "usable alone, so it has no neighbours to lean on",
}
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
MANY_CHECKS: dict[str, str] = {}
LONG_CHECKS: dict[str, str] = {
    "checks/inbox.py": "three lines that are read together, each with its own way of being wrong",
}
MOST_MODULES, MOST_LINES, MOST_OF_A_FUNCTION = 12, 300, 40
MOST_CHECKS, MOST_LINES_OF_CHECKS = 3, 180


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def _module(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {_module(file): file for file in FILES}


def _room(module: str) -> str:
    """The room of a module: `qa.match.links` is in match, `qa.check` in check, `checks.views` in checks."""
    first, *rest = module.split(".")
    return (rest or [""])[0] if first == "qa" else first


def _imports(node: ast.AST) -> Iterator[str]:
    """What is imported when a program runs, inside functions too; what only types need is not."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.ImportFrom) and child.module and not child.level:
            for alias in child.names:
                inner = f"{child.module}.{alias.name}"
                yield inner if inner in MODULES else child.module
        elif isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        yield from _imports(child)


@cache
def _ours(file: Path) -> frozenset[str]:
    return frozenset(each for each in _imports(_tree(file)) if each.split(".")[0] == "qa")


def test_every_room_has_a_level() -> None:
    rooms = {_room(module) for module in MODULES} - {"", "__main__", "data", "checks", "reports"}
    assert rooms == set(LEVEL)


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_a_room_imports_what_stands_before_it(file: Path) -> None:
    here = _room(_module(file))
    there = {(_room(module), module) for module in _ours(file)}
    wrong = {module for room, module in there if room in NEVER.get(here, ())}
    if here in LEVEL:
        wrong |= {module for room, module in there if room not in ("", here) and LEVEL.get(room, -1) >= LEVEL[here]}
    assert wrong == {module for name, module in ALLOWED_IMPORTS if name == _name(file)}


def test_no_module_imports_itself_by_way_of_others() -> None:
    waiting = {module: {other for other in _ours(file) if other in MODULES} for module, file in MODULES.items()}
    while free := {module for module, others in waiting.items() if not others}:
        waiting = {module: others - free for module, others in waiting.items() if module not in free}
    assert not waiting, f"in a circle, or above one: {', '.join(sorted(waiting))}"


def test_no_room_is_too_large_to_look_around_in() -> None:
    folders = {file.parent for file in FILES if file.is_relative_to(ROOT / "qa")}
    large = {_name(f) for f in folders if len([*f.glob("[!_]*.py")]) > MOST_MODULES and not _has_rooms(f)}
    assert large == set(LARGE_ROOMS)


def _has_rooms(folder: Path) -> bool:
    return any(folder.glob("*/__init__.py"))


def test_no_file_is_too_long() -> None:
    long = {_name(file) for file in FILES if len(file.read_text("utf-8").splitlines()) > MOST_LINES}
    assert long == set(LONG_FILES)


def test_a_module_of_checks_has_one_subject() -> None:
    """At most three checks, and no engine: what finds things out for a check stands in the room it belongs to."""
    files = [file for file in FILES if _room(_module(file)) == "checks"]
    many = {_name(file) for file in files if sum(map(_is_check, _tree(file).body)) > MOST_CHECKS}
    long = {_name(file) for file in files if len(file.read_text("utf-8").splitlines()) > MOST_LINES_OF_CHECKS}
    assert (many, long) == (set(MANY_CHECKS), set(LONG_CHECKS))


def _is_check(node: ast.stmt) -> bool:
    calls = [each for each in getattr(node, "decorator_list", ()) if isinstance(each, ast.Call)]
    return any(isinstance(call.func, ast.Name) and call.func.id == "check" for call in calls)


def test_no_function_is_too_long() -> None:
    assert {name for file in FILES for name in _long_functions(file)} == set(LONG_FUNCTIONS)


def _long_functions(file: Path) -> Iterator[str]:
    """Functions with more lines than allowed; the docstring of a check, which holds its examples, is not counted."""
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            first = node.body[0]
            said = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and first.end_lineno
            lines = node.end_lineno - node.lineno + 1 - (said - first.lineno + 1 if said else 0)
            if lines > MOST_OF_A_FUNCTION:
                yield f"{_name(file)}:{node.name}"


ASKS = re.compile(r"[?!](?:\s|$)")


# A newcomer finds a module by what it holds.
@pytest.mark.parametrize("file", FILES, ids=_name)
def test_a_module_says_what_it_holds_and_asks_nothing(file: Path) -> None:
    first = (ast.get_docstring(_tree(file)) or "").partition("\n")[0]
    assert first
    assert not ASKS.search(first)


def test_a_table_and_a_script_say_what_they_hold() -> None:
    firsts = {
        file: file.read_text("utf-8").partition("\n")[0]
        for pattern in ("qa/data/*.toml", "qa/render/js/*.js")
        for file in ROOT.glob(pattern)
    }
    assert firsts
    assert not {
        _name(file) for file, first in firsts.items() if not first.startswith(("# ", "// ")) or ASKS.search(first)
    }


NAMED = re.compile(r"(?<![\w./-])(?:qa|checks|reports|tests)/[\w/]+\.(?:py|toml|json|js)\b")
DOTTED = re.compile(r"""(?<=["'`])qa(?:\.[a-z_]\w*)+(?=[.]?[A-Za-z_{]*[\w.}]*["'`])""")
TEXTS = [
    *FILES,
    *sorted((ROOT / "tests").rglob("*.py")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "qa/data").glob("*.toml")),
    *(ROOT / name for name in ("README.md", "Makefile", "pyproject.toml")),
]


@pytest.mark.parametrize("file", TEXTS, ids=_name)
def test_files_named_in_a_text_are_there(file: Path) -> None:
    named = set(NAMED.findall(file.read_text("utf-8"))) - {"qa/checks.py", "qa/reports.py"}  # which must not be
    if file.suffix == ".py" and file.is_relative_to(ROOT / "tests"):
        named = {name for name in named if name.startswith("qa/")}  # tests write checks of a team's own
    assert not {name for name in named if not (ROOT / name).exists()}


@pytest.mark.parametrize("file", [*FILES, *sorted((ROOT / "tests").rglob("*.py"))], ids=_name)
def test_modules_named_in_a_text_are_there(file: Path) -> None:
    """`qa.render.engines.gecko` as a string: who imports, replaces or reads what it names does so when it runs."""
    assert not {name for name in DOTTED.findall(file.read_text("utf-8")) if not _is_known(name)}


def _is_known(name: str) -> bool:
    """Whether a dotted name is a module, or a name in one; a word of our script or of qa.toml is no module at all."""
    parts = name.split(".")
    room = ROOT / "qa" / parts[1]
    if parts[1] in ("checks", "toml", "sources") or not (room.is_dir() or room.with_suffix(".py").exists()):
        return parts[1] in NO_MODULES
    while len(parts) > 1 and ".".join(parts) not in MODULES:
        parts.pop()
    file = MODULES[".".join(parts)]
    rest = name.split(".")[len(parts) :]
    return not rest or re.search(rf"\b{rest[0]}\b", file.read_text("utf-8")) is not None


NO_MODULES = {
    "checks",
    "reports",
    "sources",
    "toml",
    "fit",
    "measure",
    "loaded",
    "settle",
    "drawn",
    "darken",
    "undarken",
    "contents",
}


def test_what_draws_is_named_in_the_cache_of_screenshots() -> None:
    parts = screenshots.drawing_files()
    assert all(part.is_file() for part in parts)
    assert {"cache.py", "origin.py", "measure.js", "darken.js", "chromium.py", "webkit.py", "gecko.py"} <= {
        part.name for part in parts
    }


def test_every_package_is_packed_and_every_pattern_finds_a_file() -> None:
    setuptools = PYPROJECT["tool"]["setuptools"]
    packed, mapped = set(setuptools["packages"]), setuptools["package-dir"]
    assert packed == {_module(f) for f in (ROOT / "qa").rglob("__init__.py")} | {"qa.checks", "qa.reports"}
    for package, patterns in setuptools["package-data"].items():
        folder = ROOT / mapped.get(package, package.replace(".", "/"))
        for pattern in patterns:
            assert any(folder.glob(pattern)), (package, pattern)
    packed_files = {file for file in (ROOT / "qa").rglob("*") if file.suffix in (".js", ".toml", ".json", ".typed")}
    patterns = [
        (ROOT / mapped.get(package, package.replace(".", "/")), each)
        for package, all_ in setuptools["package-data"].items()
        for each in all_
    ]
    assert packed_files <= {file for folder, pattern in patterns for file in folder.glob(pattern)}


@pytest.mark.parametrize("file", [*FILES, *sorted((ROOT / "tests").rglob("*.py"))], ids=_name)
def test_nothing_imports_checks_or_reports_by_name(file: Path) -> None:
    assert not {each for each in _imports(_tree(file)) if re.match(r"(qa\.)?(checks|reports)\b", each)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_only_suites_know_of_pytest(file: Path) -> None:
    if "suites" not in file.parts:
        foreign = {name.partition(".")[0] for name in _imports(_tree(file))}
        assert foreign.isdisjoint({"pytest", "_pytest", "pytest_html", "xdist"})
        assert not any(name.startswith("qa.suites") for name in _imports(_tree(file)))


def test_no_module_hides_the_mapped_packages() -> None:
    assert not (ROOT / "qa/checks.py").exists()
    assert not (ROOT / "qa/reports.py").exists()


_POSSESSIVE = re.compile(r"(?<!\\)\)(?:[+*?]|\{\{?[\d,]*\}\}?)\+")


@pytest.mark.parametrize("file", [*FILES, *sorted((ROOT / "qa/data").glob("grammar_*.toml"))], ids=_name)
def test_no_group_is_possessive(file: Path) -> None:
    """Python before 3.11.5 loses what `(?:…)++` matched (cpython issue 106052): `(?>(?:…)+)` is the same, and right."""
    assert _POSSESSIVE.findall(file.read_text("utf-8")) == []
