"""The grammars of merge tags, and what is wrong with a tag. The engine; every fact is in qa/data/tokens.toml."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from typing import Any
from urllib.parse import unquote

from qa.facts import compiled, facts
from qa.merge_tags.field_names import nearest_name

Region = Callable[[int], str]  # offset → "" plain text, "comment", "sample" (code, styles, scripts)

_STRINGS = re.compile(r"\"[^\"]*+\"|'[^']*+'|/\*(?:[^*]++|\*(?!/))*+\*/")
_SMART_QUOTES = re.compile("[“”„‘’‚«»]")


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


@dataclass(frozen=True)
class Namespace:
    """The part of a name before the separator, and what may follow it."""

    name: str
    names: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # known too, but nothing is taken for a slip of them
    open: bool = False  # further names exist
    pattern: str = ""  # what those look like
    role: str = "value"
    field: bool = False  # of a person: an exported list may have a column of that name


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
    def namespaces(self) -> dict[str, Namespace]:
        spaces: dict[str, Namespace] = {}
        for fact in self.facts["namespace"]:
            names = fact["name"] if isinstance(fact["name"], list) else [fact["name"]]
            rest: dict[str, Any] = {
                key: tuple(value) if isinstance(value, list) else value for key, value in fact.items()
            }
            spaces |= {self.fold(name): Namespace(**(rest | {"name": name})) for name in names}
        return spaces

    def fold(self, name: str) -> str:
        """A name as the platform compares it."""
        return name if self.facts.get("case_matters") else name.casefold()

    def write(self, name: str) -> str:
        """A name as a whole tag."""
        return str(self.facts["write"] % name)

    # ------------------------------------------------------------------------------------------------- reading

    def read(self, text: str, region: Region = lambda _: "", lenient: bool = False) -> tuple[list[Found], str]:
        """Every tag in a text, good and broken, in order; and the text with those places blanked.

        ``lenient``: braces are also what scripts of a page write, so what resembles no known name is no tag.
        """
        found: list[Found] = []
        for form in self.facts["form"]:
            hits = list(matches(form, text))
            tag_of = cache(partial(self._tag, form))  # the same tag often stands in a build many times
            tags = [(hit.start(), tag_of(hit.group(), hit.group("body"), region(hit.start()))) for hit in hits]
            found += [replace(tag, start=start) for start, tag in tags if tag and not (lenient and self._stray(tag))]
            text = blank(text, (hit.span() for hit in hits))
        for broken in self.facts["broken"]:
            hits = [hit for hit in matches(broken, text) if not region(hit.start())]
            pieces = [self._broken(hit, broken["says"]) for hit in hits]
            found += [tag for tag in pieces if not (lenient and self._stray(tag))]
            text = blank(text, (hit.span() for hit in hits))
        return self._paired(sorted(found, key=lambda tag: tag.start)), text

    def _tag(self, form: dict[str, Any], raw: str, body: str, region: str) -> Found | None:
        tag = self._code(raw, body, form) if form.get("code") else self._named(raw, body)
        if not region:
            outer = next((o["says"] for o in self.facts.get("outer", ()) if re.search(o["pattern"], raw)), "")
            stranger = tag.known is False and not tag.nearest
            return replace(tag, fault=tag.fault or ("" if stranger else outer))
        clean = not tag.fault and tag.known is not False
        wanted = tag.role == "logic" if region == "comment" else clean
        whole = raw if form.get("code") else self.write(body)  # the third brace closes a rule of the style sheet
        return replace(tag, raw=whole) if wanted else None

    def _named(self, raw: str, body: str) -> Found:
        name, default, fault = self.parse(body)
        role, known, nearest = self.judge(name)
        code = body if role == "logic" else ""
        if known is False and not nearest:
            fault = ""  # of no tag of this platform it can be said how it ought to be written
        return Found(raw, 0, self.platform, name, default, role, known, nearest, fault, code)

    def _code(self, raw: str, body: str, form: dict[str, Any]) -> Found:
        """A tag that holds a piece of programme: nothing to look up, but its brackets and quotes must be right."""
        code = _STRINGS.sub(" ", body)
        role = form.get("role") or ("logic" if re.match(self.facts["calls"], body.strip()) else "value")
        name = " ".join(body.split())
        logic = code if form.get("role") == "logic" else ""
        return Found(raw, 0, self.platform, name, None, role, None, "", self._code_fault(code), logic)

    def _code_fault(self, code: str) -> str:
        if _SMART_QUOTES.search(code):
            return "it holds curly quotes where straight ones belong"
        if code.count('"') % 2 or code.count("'") % 2:
            return "a quote in it is not closed"
        if code.count("(") != code.count(")"):
            return "its brackets do not match"
        return next((hidden.says for hidden in self.hidden if hidden.pattern.search(code)), "")

    def parse(self, body: str) -> tuple[str, str | None, str]:
        """A tag's name, its default and what is wrong with how they are written."""
        shape = re.fullmatch(self.facts["shape"], body.strip())
        head = shape.group("name") if shape else re.split(r"[:|]", body, maxsplit=1)[0]
        default = shape.groupdict().get("default") if shape else None
        fault = next((hidden.says for hidden in self.hidden if hidden.pattern.search(head)), "")
        fault = fault or ("" if shape else self.facts["misshaped"])
        fault = fault or next((f["says"] for f in self.facts.get("fault", ()) if re.search(f["pattern"], body)), "")
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
        _, known, nearest = self.judge(tag.name)
        return known is False and not nearest

    # ----------------------------------------------------------------------------------------------- judging names

    def judge(self, name: str) -> tuple[str, bool | None, str]:
        """A name's role, whether the platform knows it, and where it does not: the tag it resembles."""
        head, separator, rest = name.partition(self.facts["separator"]) if self.facts["separator"] else ("", "", name)
        if not separator and getattr(self.namespaces.get(self.fold(name)), "role", "") != "logic":
            head, rest = "", name
        space = self.namespaces.get(self.fold(head))
        if space is not None:
            return self._judge_in(space, head + separator, rest)
        nearest = nearest_name(head, [known.name for known in self.namespaces.values() if known.name])
        if not nearest and not self.facts.get("closed"):
            return "value", None, ""
        role = self.namespaces[self.fold(nearest)].role if nearest else "value"
        return role, False, self.write(f"{nearest}{separator}{rest}") if nearest else ""

    def _judge_in(self, space: Namespace, prefix: str, rest: str) -> tuple[str, bool | None, str]:
        folded = self.fold(rest)
        if folded in map(self.fold, space.system):
            return "system", True, ""
        if folded in map(self.fold, (*space.names, *space.others)):
            return space.role, True, ""
        nearest = nearest_name(rest, (*space.names, *space.system), bool(self.facts.get("spaces_matter")))
        fits = not space.pattern or re.fullmatch(space.pattern, rest) is not None
        if space.open and fits and not nearest:
            return space.role, None, ""
        if not nearest and space.pattern and re.fullmatch(space.pattern, rest.upper()):
            nearest = rest.upper()
        role = "system" if nearest in space.system else space.role if nearest else "value"
        return role, False, self.write(prefix + nearest) if nearest else ""

    def fills_in(self, name: str) -> bool:
        """Whether a name is that of a person's own field, not of the programme or the platform."""
        head, separator, _ = name.partition(self.facts["separator"]) if self.facts["separator"] else ("", "", "")
        space = self.namespaces.get(self.fold(head if separator else ""))
        return space is not None and space.field and self.judge(name)[0] == "value"

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
    fact = facts("tokens")["platform"].get(platform)
    hidden = tuple(Hidden(**fact | {"pattern": compiled(fact["pattern"])}) for fact in facts("tokens")["hidden"])
    return Grammar(platform, fact, hidden) if fact else None
