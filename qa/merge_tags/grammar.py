"""The grammars of merge tags, and what is wrong with a tag: the engine. Facts: qa/data/grammar_<platform>.toml."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import Any
from urllib.parse import unquote

from qa.facts import compiled, facts
from qa.merge_tags.expressions import Language, code_fault, language
from qa.merge_tags.field_names import nearest_name
from qa.merge_tags.namespaces import Names
from qa.merge_tags.variables import Variables

Region = Callable[[int], str]  # offset → "" plain text, "comment", "sample" (code, styles, scripts)

STRINGS = re.compile(r"\"[^\"]*+\"|'[^']*+'|/\*(?>(?:[^*]++|\*(?!/))*)\*/")
_CALLED = re.compile(r"(?<![\w@.])([A-Za-z]\w{2,40})\s?\(")


@dataclass(frozen=True, slots=True)
class Found:
    """A merge tag in a text: as written, where it starts, and what is to say about it. As ``artefacts.Token``."""

    raw: str
    start: int
    platform: str
    name: str = ""
    default: str | None = None
    role: str = "value"
    known: bool | None = None
    nearest: str = ""  # where the name is not known: the known one it resembles, as a whole tag
    fault: str = ""
    code: str = ""  # of logic: what its pairs are looked for in


@dataclass(frozen=True, slots=True)
class Hidden:
    """What may stand inside a name unseen, and what the name is without it."""

    pattern: re.Pattern[str]
    says: str
    becomes: str = ""


@dataclass(frozen=True)
class Grammar:
    """How one platform writes its merge tags."""

    platform: str
    facts: dict[str, Any]
    hidden: tuple[Hidden, ...]

    @cached_property
    def names(self) -> Names:
        return Names(self.facts)

    @cached_property
    def language(self) -> Language | None:
        """The template language it is written in; None where tags are no more than names."""
        return language(self.facts["language"], self.platform) if "language" in self.facts else None

    def fold(self, name: str) -> str:
        """A name as the platform compares it."""
        return self.names.fold(name)

    def judge(self, name: str) -> tuple[str, bool | None, str]:
        """A name's role, whether the platform knows it, and where it does not: the tag it resembles."""
        return self.names.judge(name)

    def fills_in(self, name: str) -> bool:
        """Whether a name is that of a person's own field, not of the programme or the platform."""
        return self.names.fills_in(name)

    # ------------------------------------------------------------------------------------------------- reading

    def read(
        self, text: str, region: Region = lambda _: "", lenient: bool = False, variables: Variables | None = None
    ) -> tuple[list[Found], str]:
        """Every tag in a text, good and broken, in order; and the text with those places blanked.

        ``lenient``: braces are also what scripts of a page write, so what resembles no known name is no tag.
        ``variables``: what the whole build sets; nothing is said of variables where it is not given.
        """
        found: list[Found] = []
        known = variables or Variables({})
        text = self.language.without_comments(text) if self.language else text
        for form in self.facts["form"]:
            hits = list(matches(form, text))
            tag_of = cache(partial(self._tag, form, known))  # the same tag often stands in a build many times
            tags = [(hit.start(), tag_of(hit.group(), hit.group("body"), region(hit.start()))) for hit in hits]
            found += [replace(tag, start=start) for start, tag in tags if tag and not (lenient and self._stray(tag))]
            text = blank(text, (hit.span() for hit in hits))
        for broken in self.facts.get("broken", ()):
            hits = [hit for hit in matches(broken, text) if not region(hit.start())]
            pieces = [self._broken(hit, broken["says"]) for hit in hits]
            if broken.get("known"):
                pieces = [tag for tag in pieces if self.judge(tag.name)[1] or tag.name in {one.name for one in found}]
            found += [tag for tag in pieces if not (lenient and self._stray(tag))]
            text = blank(text, (hit.span() for hit in hits))
        return self._paired(sorted(found, key=lambda tag: tag.start)), text

    def _tag(self, form: dict[str, Any], variables: Variables, raw: str, body: str, region: str) -> Found | None:
        tag: Found = getattr(self, f"_{form.get('reads', 'name')}")(raw, body, form)
        if not tag.fault:
            tag = self._set(tag, variables)
        if not region:
            outer = next((o["says"] for o in self.facts.get("outer", ()) if re.search(o["pattern"], raw)), "")
            stranger = tag.known is False and not tag.nearest
            return replace(tag, fault=tag.fault or ("" if stranger else outer))
        clean = not tag.fault and tag.known is not False
        wanted = tag.role == "logic" if region == "comment" else clean
        whole = raw if form.get("reads") else self.names.write(body)  # the third brace closes a rule of the style sheet
        return replace(tag, raw=whole) if wanted else None

    def _set(self, tag: Found, variables: Variables) -> Found:
        """A tag that prints a variable: one that the build sets, or one that nothing sets."""
        known, nearest = variables.judge(tag.name, tag.role != "logic")
        if known:
            return replace(tag, role="variable", known=True, nearest="")
        if known is False and (nearest or tag.known is None):
            return replace(tag, role="variable", known=False, nearest=nearest)
        return tag

    def _name(self, raw: str, body: str, form: dict[str, Any]) -> Found:
        name, default, fault = self.parse(body)
        name = f"{form['under']}.{name}" if "under" in form else name
        role, known, nearest = self.judge(name)
        code = body if role == "logic" else ""
        if known is False and not nearest:
            fault = ""  # of no tag of this platform it can be said how it ought to be written
        return Found(raw, 0, self.platform, name, default, role, known, nearest, fault, code)

    def _code(self, raw: str, body: str, form: dict[str, Any]) -> Found:
        """A tag that holds a piece of programme: nothing to look up, but its brackets and quotes must be right."""
        code = STRINGS.sub(" ", body)
        calls = self.facts.get("calls")
        role = form.get("role") or ("logic" if calls and re.match(calls, body.strip()) else "value")
        name = " ".join(body.split())
        logic = code if form.get("role") == "logic" else ""
        told = code_fault(body)
        if told.startswith("its brackets") and form.get("goes_on"):
            told = ""  # what one tag opens another one closes
        fault = told or self._hidden_in(code) or self._misnamed(code) or self._fault(code)
        return Found(raw, 0, self.platform, name, None, role, None, "", fault, logic)

    def _misnamed(self, code: str) -> str:
        """A function that nearly has the name of one of the platform's."""
        functions = self.facts.get("functions", ())
        called = (hit[1] for hit in _CALLED.finditer(code))
        known = {name.casefold() for name in functions}
        near = ((name, nearest_name(name, functions)) for name in called if name.casefold() not in known)
        return next(
            (f"it knows no function “{name}”; “{right}” is probably meant" for name, right in near if right), ""
        )

    def _value(self, raw: str, body: str, form: dict[str, Any]) -> Found:
        """A tag of a template language that prints something."""
        read = getattr(self.language, form.get("of", "value"))(body)
        fault = read.fault or self._hidden_in(STRINGS.sub(" ", body)) or self._fault(body)
        asked = next((told for name in read.names if (told := self.judge(name))[1] is False and told[2]), None)
        if read.word or not read.name:
            role = "logic" if read.word else "system"
            name, known, nearest = " ".join(body.split()), None, ""
            if read.word in self.facts.get("system_tags", ()):
                role, known = "system", True
            if asked:
                known, nearest = asked[1:]
            return Found(raw, 0, self.platform, name, None, role, known, nearest, fault, read.word)
        role, known, nearest = self.judge(read.name)
        return Found(raw, 0, self.platform, read.name, read.default, role, known, nearest, fault)

    def _statement(self, raw: str, body: str, form: dict[str, Any]) -> Found:
        return self._value(raw, body, {**form, "of": "statement"})

    def _handlebars(self, raw: str, body: str, form: dict[str, Any]) -> Found:
        return self._value(raw, body, {**form, "of": "handlebars"})

    def _hidden_in(self, code: str) -> str:
        return next((hidden.says for hidden in self.hidden if hidden.pattern.search(code)), "")

    def _fault(self, body: str) -> str:
        return next((f["says"] for f in self.facts.get("fault", ()) if re.search(f["pattern"], body)), "")

    def parse(self, body: str) -> tuple[str, str | None, str]:
        """A tag's name, its default and what is wrong with how they are written."""
        if "shape" not in self.facts and self.language is not None:
            read = (self.language.handlebars if self.facts["language"] == "handlebars" else self.language.value)(body)
            return self._plain(read.name or body), read.default, read.fault
        shape = re.fullmatch(self.facts["shape"], body.strip())
        head = shape.group("name") if shape else re.split(r"[:|]", body, maxsplit=1)[0]
        default = shape.groupdict().get("default") if shape else None
        fault = self._hidden_in(head)
        fault = fault or ("" if shape else self.facts["misshaped"])
        fault = fault or self._fault(body)
        return self._plain(head), None if default is None else html.unescape(default), fault

    def _plain(self, name: str) -> str:
        """A name without what hides in it."""
        for hidden in self.hidden:
            name = hidden.pattern.sub(hidden.becomes, name)
        return " ".join(html.unescape(name).split())

    def _broken(self, hit: re.Match[str], says: str) -> Found:
        body = next((text for text in hit.groupdict().values() if text), "")
        name, default, _ = self.parse(unquote(unquote(body)) if "%" in hit.group() else body)
        role = self.judge(name)[0]
        raw = hit.group().strip()
        return Found(raw, hit.start(), self.platform, name, default, role, None, "", says, body)

    def _stray(self, tag: Found) -> bool:
        """Whether a tag resembles none of the platform's: a page's own scripts may have written it."""
        _, known, nearest = self.judge(tag.name)
        return not (known or nearest) and (known is False or self.language is not None)

    # ------------------------------------------------------------------------------------------------- pairs of logic

    def _paired(self, tags: list[Found]) -> list[Found]:
        """Logic that opens and never closes, or closes what nothing opened, has a fault of its own."""
        for pair in self.facts.get("pair", ()):
            pattern = compiled(f"(?P<opens>{pair['opens']})|(?P<closes>{pair['closes']})", re.IGNORECASE)
            waiting: list[int] = []
            for number, tag in enumerate(tags):
                for hit in pattern.finditer(tag.code):
                    if hit.group("opens"):
                        waiting.append(number)
                    elif waiting:
                        waiting.pop()
                    else:
                        tags[number] = replace(tag, fault=tag.fault or pair["unopened"])
            for number in waiting:
                tags[number] = replace(tags[number], fault=tags[number].fault or pair["unclosed"])
        return tags


def matches(fact: dict[str, Any], text: str) -> Iterator[re.Match[str]]:
    """Where a pattern of the table matches; its needle is looked for first, which is a hundred times quicker."""
    if fact["needle"] in text:
        yield from re.finditer(fact["pattern"], text)


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with stretches (in order) made line ends: no pattern of a broken tag reaches over one."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], "\n" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


@cache
def grammar(platform: str) -> Grammar | None:
    """A platform's grammar; None where only its markers are known."""
    fact = facts(f"grammar_{platform}") if platform in facts("tokens")["labels"] else None
    hidden = tuple(Hidden(**fact | {"pattern": compiled(fact["pattern"])}) for fact in facts("tokens")["hidden"])
    return Grammar(platform, fact, hidden) if fact else None
