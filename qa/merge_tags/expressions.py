"""Expressions of template languages in merge tags: a name, its filters or its function, its default.

Liquid, HubL and Django's templates, and Handlebars. What each knows: qa/data/template_languages.toml.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from qa.facts import facts
from qa.merge_tags.field_names import nearest_name

STRING = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_COMMENT = re.compile(r"/\*(?>(?:[^*]++|\*(?!/))*)\*/")
_CURLY = re.compile("[“”„‘’‚«»]")
_PATH = re.compile(r"[A-Za-z_@$][\w$-]*+(?>(?:\.[\w$@-]++|\[[^\[\]]{0,80}+\])*)")
_KEY = re.compile(r"\[\s*[\"']([^\"'\]]+)[\"']\s*\]|\[[^\[\]]*\]")
_WORD = re.compile(r"\s*([A-Za-z_]\w*+)")
_ARGUMENT = re.compile(r"\(|\)|[\w.$@/-]*=?(?:\"[^\"]*+\"|'[^']*+')|\[[^\[\]]*+\]|[^\s()]++")


@dataclass(frozen=True, slots=True)
class Expression:
    """What is read of one tag. ``name``: the field it prints, "" where it prints none."""

    name: str = ""
    default: str | None = None
    fault: str = ""
    names: tuple[str, ...] = ()  # what else it asks for: names in conditions and arguments
    word: str = ""  # of a tag that prints nothing: what it is


def code_fault(code: str) -> str:
    """What is wrong with a piece of programme, whatever its language; its comments count for nothing."""
    plain = STRING.sub(" ", _COMMENT.sub(" ", code))
    if _CURLY.search(plain):
        return "it holds curly quotes where straight ones belong"
    if plain.count('"') % 2 or plain.count("'") % 2:
        return "a quote in it is not closed"
    return "its brackets do not match" if plain.count("(") != plain.count(")") else ""


@dataclass(frozen=True)
class Language:
    """A template language as one platform speaks it: its own filters, tags and functions besides the common ones."""

    facts: dict[str, Any]
    filters: tuple[str, ...]
    tags: tuple[str, ...]
    own: dict[str, Any]  # the platform's grammar

    def without_comments(self, text: str) -> str:
        """A text with line ends in place of its comments and of what it is to print as it stands."""
        spans: list[tuple[int, int]] = []
        for opens, closes in self.facts["quiet"]:
            at = 0
            while (opening := re.compile(opens).search(text, at)) and (
                closing := re.compile(closes).search(text, opening.end())
            ):
                spans.append((opening.end(), closing.start()))
                at = closing.end()
        for start, end in spans:
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        return text

    # ------------------------------------------------------------------------------- {{ name | filter: argument }}

    def value(self, body: str) -> Expression:
        """A tag that prints something."""
        code = body.strip().strip("-~").strip()
        fault = code_fault(code)
        head, *filters = _split(code)
        name, default, function_fault = self._head(head.strip())
        for piece in filters:
            word, argument, filter_fault = self._filter(piece)
            fault = fault or filter_fault
            if word in self.facts["defaults"]:
                default = _plain(argument)
            elif word in self.facts.get("lookups", ()):
                name = f"{name}.{_plain(argument)}" if name else ""
        return Expression(name, default, fault or function_fault)

    def _head(self, head: str) -> tuple[str, str | None, str]:
        """The name before the first filter, its default where a function gives one, and what is wrong with it."""
        blank = STRING.sub('""', head)
        call = re.match(r"([A-Za-z_]\w*+)\s*+\(", blank)
        if call:
            functions = self.own.get("functions", {})
            strings = [string[1:-1] for string in STRING.findall(head)]
            near = "" if call[1] in functions else nearest_name(call[1], functions)
            fault = f"it knows no function “{call[1]}”; “{near}” is probably meant" if near else ""
            told = strings if functions.get(near or call[1]) == "field" else []
            return (told[0] if told else ""), (told[1] if len(told) > 1 else None), fault
        head = self._unsigned(head)
        path = _PATH.match(head)
        if path is None or path[0] in self.facts["literals"]:
            return "", None, ""
        rest = head[path.end() :].strip()
        words = re.findall(r"[A-Za-z_]\w*+|\S", STRING.sub('""', rest))
        fault = ""
        if words and words[0] in self.filters and words[1:2] != ["="]:
            fault = f"a | is missing before “{words[0]}”"
        elif words and words[0].isidentifier() and words[0] not in self.facts["operators"]:
            fault = "a name holds no blanks"
        return _path(path[0]), None, fault

    def _unsigned(self, code: str) -> str:
        """Code in which fields are written without the sign that the platform has for them: ``${name}`` of Braze."""
        sign = self.own.get("field_sign")
        return re.sub(sign, lambda hit: f'{hit["of"] or "$"}["{hit["name"]}"]', code) if sign else code

    def _filter(self, piece: str) -> tuple[str, str, str]:
        word = _WORD.match(piece)
        if word is None:
            return "", "", "" if piece.strip() else "nothing stands behind one of its |"
        name, rest = word[1], piece[word.end() :]
        fault = next((f["says"] % name for f in self.facts.get("filter_fault", ()) if re.match(f["pattern"], rest)), "")
        if name not in self.filters and (near := nearest_name(name, self.filters)):
            fault = f"it knows no filter “{name}”; “{near}” is probably meant"
            name = near
        return name, rest.strip().lstrip(":(").strip().removesuffix(")"), fault

    # ------------------------------------------------------------------------------------------- {% word rest %}

    def statement(self, body: str) -> Expression:
        """A tag that decides, repeats or sets."""
        code = body.strip().strip("-+").strip()
        start = _WORD.match(code)
        word, rest = (start[1], code[start.end() :].strip()) if start else ("", code)
        fault = code_fault(rest)
        plain = word.removeprefix("end")
        if word.isidentifier() and word not in self.tags and plain not in self.tags:
            near = nearest_name(word, (*self.tags, *(f"end{tag}" for tag in self.facts["blocks"])))
            fault = fault or (f"it knows no tag “{word}”; “{near}” is probably meant" if near else "")
            word = near or word
        wrong = (
            f["says"] for f in self.facts.get("statement_fault", ()) if re.search(f["pattern"], STRING.sub('""', code))
        )
        fault = fault or next(wrong, "")
        head, *filters = _split(rest)
        if word in self.facts["filtering"]:
            fault = fault or next((told for piece in filters if (told := self._filter(piece)[2])), "")
        return Expression("", None, fault, tuple(self._names(head)) if word in self.facts["asking"] else (), word)

    def _names(self, code: str) -> list[str]:
        """The fields that a condition asks for."""
        plain = self._unsigned(STRING.sub(" ", code))
        found = [hit[0] for hit in _PATH.finditer(plain.replace("{", " ").replace("}", " "))]
        return [_path(name) for name in found if name not in (*self.facts["operators"], *self.facts["literals"])]

    # ------------------------------------------------------------------------------------------------ Handlebars

    def handlebars(self, body: str) -> Expression:
        """A tag of Handlebars: a name, a function with arguments, a block, a comment."""
        code = body.strip().strip("~").strip()
        if code.startswith("!"):
            return Expression(word="!")
        if code.startswith(">"):
            return Expression(word=">")
        fault = code_fault(code)
        if "|" in re.sub(r"\bas\s*\|[^|]*+\|", "", STRING.sub("", code)):
            return Expression(_path(code.partition("|")[0].strip()), None, "the platform knows no filters behind a |")
        sign = code[:1] if code[:1] in "#/^&" else ""
        words = [word for word in _ARGUMENT.findall(code.removeprefix(sign).strip()) if word not in "()"]
        if not words:
            return Expression(fault=fault, word=sign)
        first, *arguments = words
        known = first in self.filters or first in self.tags
        near = "" if known or not (arguments or sign) else nearest_name(first, (*self.filters, *self.tags))
        if near and sign != "/":
            fault = fault or f"it knows no function “{first}”; “{near}” is probably meant"
        names = tuple(_path(word) for word in arguments if _PATH.fullmatch(word))
        if (sign and sign != "&") or first == "else":
            return Expression("", None, fault, names, first)
        if not arguments:
            return Expression(_path(first.strip("[]")) if first[0] not in "\"'" else "", None, fault)
        if not (known or near) and all(re.fullmatch(r"\w+", word) for word in words):
            return Expression(" ".join(words), None, fault)
        default = arguments[1] if (near or first) in self.facts["defaults"] and len(arguments) > 1 else None
        told = None if default is None else _plain(default.removeprefix('"default=').removeprefix("default="))
        return Expression(names[0] if names else "", told, fault, names[1:])


def _split(code: str) -> list[str]:
    """Code cut at each | outside of strings."""
    blank = STRING.sub(lambda string: "x" * len(string[0]), code)
    cuts = [-1, *(at for at, sign in enumerate(blank) if sign == "|"), len(code)]
    return [code[start + 1 : end] for start, end in pairwise(cuts)]


def _path(written: str) -> str:
    """A dotted name, however its steps are written."""
    return _KEY.sub(lambda step: f".{step[1]}" if step[1] else "", written).strip(" .")


def _plain(argument: str) -> str:
    """What an argument says, without its quotes."""
    text = argument.strip()
    string = STRING.match(text)
    return html.unescape(string[0][1:-1] if string else text.strip("\"'"))


@cache
def language(name: str, platform: str) -> Language:
    """A template language as a platform speaks it."""
    common, own = facts("template_languages")[name], facts(f"grammar_{platform}")
    filters = (*common["filters"], *own.get("filters", ()))
    tags = (*common["tags"], *common["blocks"], *own.get("tags", ()), *own.get("system_tags", ()))
    return Language(common, filters, tags, own)
