"""HTML and CSS that a client drops because it does not support it. By Can I email's tests: https://www.caniemail.com

Only what was found not to work is dropped, and of what works in part only what a row of qa/data/emulation.toml says.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from qa.artefacts import View
from qa.clients.caniemail import Client, features
from qa.clients.recognise import of_declaration, of_selector, of_statement, of_tag
from qa.facts import compiled, facts
from qa.markup.css import Part, selectors_of
from qa.markup.merge_tag_mask import masked
from qa.markup.tokeniser import STAMP, Kind, RawHtml, Token
from qa.render.emulation.edits import Edit, edited, quoted, read
from qa.render.emulation.style_sheets import judged

OTHER = " elsewhere"
_ELSEWHERE = re.compile(r"(partial\. )?not supported with non[ -]google accounts")
_VALUES = re.compile(r"are not supported with non[ -]google accounts")
ALL = "\0"  # in place of a declaration: nothing of the sheet or attribute is kept
_LONG = 4096  # characters: a longer value holds a picture, and is not worth remembering
_URL = re.compile(r"url\([^)]*+\)?", re.IGNORECASE)
_STAMPED = re.compile(rf' {STAMP}="\d{{1,9}}+"')
_NEVER = frozenset(("html", "head", "body", "style", "title"))
_WHOLE = "svg"  # goes with all that is in it


class Row(NamedTuple):
    """A row of [[partly]]."""

    declaration: re.Pattern[str] | None
    selector: re.Pattern[str] | None
    at: re.Pattern[str] | None
    drops: str
    becomes: str


class Support(NamedTuple):
    """What a client does not support: features, and rows for those it supports in part."""

    lost: frozenset[str]
    rows: dict[str, tuple[Row, ...]]
    unwrapped: frozenset[str]


@cache
def support(tested: str) -> Support:
    """By the name Can I email gives a client; with OTHER behind it, for accounts that are not the maker's."""
    name, other, _ = tested.partition(OTHER)
    client = Client(name, name, 0, name)
    lost, rows, unwrapped = set[str](), dict[str, tuple[Row, ...]](), set[str]()
    for slug, feature in features().items():
        notes = [note.lower() for note in feature.says(client)]
        if other and any(map(_ELSEWHERE.match, notes)):
            lost.add(slug)
            continue
        if not other:
            notes = [note for note in notes if not _VALUES.search(note)]
        found = [row for row in facts("emulation")["partly"] if _speaks(row, slug, notes)]
        if found:
            rows[slug] = tuple(map(_row, found))
            unwrapped.update(name for row in found for name in row.get("elements", ()))
        elif feature.level(client) == "n" and not _kept(slug, notes):
            lost.add(slug)
    return Support(frozenset(lost), rows, frozenset(unwrapped))


def _speaks(row: dict[str, Any], slug: str, notes: list[str]) -> bool:
    return re.fullmatch(row["feature"], slug) is not None and any(re.search(row["note"], note) for note in notes)


def _kept(slug: str, notes: list[str]) -> bool:
    return any(
        slug in entry["features"] and ("note" not in entry or any(re.search(entry["note"], note) for note in notes))
        for entry in facts("emulation")["kept"]
    )


def _row(row: dict[str, Any]) -> Row:
    declared, selected, at = (compiled(row[key]) if key in row else None for key in ("declaration", "selector", "at"))
    return Row(declared, selected, at, row.get("drops", "one"), row.get("becomes", ""))


def unsupported(html: str, view: View) -> str:
    """The document without what the view's client drops."""
    return _without(html, tested_as(view.client))


def other_account(html: str, view: View) -> str:
    """The same, where the client shows a mailbox of another provider."""
    return _without(html, tested_as(view.client) + OTHER)


def tested_as(client: str) -> str:
    """What Can I email calls a client of clients.toml."""
    row: dict[str, str] = facts("clients")["clients"].get(client, {"tested": client})
    return row["tested"]


def _without(html: str, tested: str) -> str:
    if not support(tested).lost:
        return html
    raw, tokens = read(html)
    edits: list[Edit] = []
    within = 0  # elements that go with all that is in them
    for token in tokens:
        if within:
            edits.append(Edit(token.start, token.end))
            within += _opens(token) - (token.kind is Kind.END and token.name == _WHOLE)
        elif token.kind is Kind.START:
            edits += _of_start(raw, token, tested)
            within = int(_opens(token) and edits[-1:] == [Edit(token.start, token.end)])
        elif token.kind is Kind.END:
            if _gone(tested, token.name):
                edits.append(Edit(token.start, token.end))
        elif token.kind is Kind.RAW and token.name == "style":
            edits.append(_of_sheet(raw, token, tested))
    return edited(html, edits)


def _opens(token: Token) -> bool:
    return token.kind is Kind.START and token.name == _WHOLE and not token.closed


def _of_sheet(raw: RawHtml, token: Token, tested: str) -> Edit:
    sheet, blotted = raw.text[token.start : token.end], raw.masked[token.start : token.end]
    everything = False

    def judge(part: Part) -> str | None:
        nonlocal everything
        wanted = _part(tested, part)
        everything = everything or wanted == ALL
        return wanted

    kept = judged(sheet, blotted, judge)
    return Edit(token.start, token.end, "" if everything else kept)


def _part(tested: str, part: Part) -> str | None:
    if part.text.startswith("@"):
        return "" if _statement(tested, part.text, part.around) else None
    if part.styles:
        if any(not around.startswith("@") for around in part.around[:-1]):
            return None  # its rule goes as a whole
        return declaration(tested, part.text, False)
    if not part.body:
        return None
    if "css-nesting" in support(tested).lost and any(not around.startswith("@") for around in part.around):
        return ""
    return _selectors(tested, part.text)


@lru_cache(maxsize=1024)
def _statement(tested: str, text: str, around: tuple[str, ...]) -> bool:
    """Whether an at-rule is dropped."""
    lost, rows, _ = support(tested)
    said = " ".join((*(each for each in around if each.startswith("@")), text)).lower()[:_LONG]
    used = of_statement(text)
    return any(
        slug in lost or any(row.at is not None and row.at.search(said) for row in rows.get(slug, ())) for slug in used
    )


@lru_cache(maxsize=8192)
def _selectors(tested: str, text: str) -> str | None:
    """Those a client understands; "" where there is none; None where it understands all."""
    selectors = selectors_of(text)
    kept = [selector for selector in selectors if not _dropped(tested, selector)]
    return None if len(kept) == len(selectors) else ",".join(kept).strip()


def _dropped(tested: str, selector: str) -> bool:
    lost, rows, _ = support(tested)
    return any(
        slug in lost
        or any(row.selector is not None and row.selector.search(selector[:_LONG]) for row in rows.get(slug, ()))
        for slug in of_selector(selector)
    )


def declaration(tested: str, text: str, inline: bool) -> str | None:
    """What becomes of "property: value": None: it stays; ALL: it takes with it all that stands beside it."""
    judge = _declaration if len(text) <= _LONG else _declaration.__wrapped__
    return judge(tested, text, inline)


@lru_cache(maxsize=32768)
def _declaration(tested: str, text: str, inline: bool) -> str | None:
    name, colon, value = text.partition(":")
    if not colon:
        return None
    name, value = name.strip().lower(), value.strip()
    lost, rows, _ = support(tested)
    said = _URL.sub("url()", f"{name}: {value.lower()}")[:_LONG]
    dropped = None
    for slug in of_declaration(name, value):
        if slug in lost:
            dropped = ""
        for row in rows.get(slug, ()):
            if row.declaration is None or not row.declaration.search(said):
                continue
            if row.drops == "all" or (inline and row.drops == "inline"):
                return ALL
            dropped = f"{row.becomes}:{value};" if row.becomes and dropped is None else ""
    return dropped


def _of_start(raw: RawHtml, token: Token, tested: str) -> list[Edit]:
    """What is cut from a start tag; the same tag stands in an email dozens of times, but for its stamp."""
    behind = token.start + 1 + len(token.name)
    stamp = _STAMPED.match(raw.text, behind, token.end)
    rest = stamp.end() if stamp else behind
    if _gone(tested, token.name):
        return [Edit(token.start, token.end)]
    cuts = _cuts(tested, token.name, raw.text[rest : token.end])
    return [Edit(rest + start, rest + end, text) for start, end, text in cuts]


@lru_cache(maxsize=1024)
def _gone(tested: str, name: str) -> bool:
    """Whether the tags of an element are dropped."""
    if name in _NEVER or ":" in name:
        return False
    lost, _, unwrapped = support(tested)
    return name in unwrapped or any(slug in lost and not _attributes(slug) for slug, _ in of_tag(name, {}))


@cache
def _attributes(slug: str) -> frozenset[str]:
    """The attributes a feature is about; the address of a picture, for its formats."""
    if slug.startswith("image-"):
        return frozenset(("src",))
    return frozenset(facts("features")["found"].get(slug, {}).get("attributes", ()))


@lru_cache(maxsize=16384)
def _cuts(tested: str, name: str, rest: str) -> tuple[Edit, ...]:
    """The edits of a tag, counted from behind its name."""
    raw = RawHtml(f"<{name}{rest}")
    tag = next(iter(raw.tokens()), None)
    if tag is None or tag.kind is not Kind.START or ":" in name:
        return ()
    lost = support(tested).lost
    dropped = {each for slug, _ in of_tag(name, raw.attributes(tag)) if slug in lost for each in _attributes(slug)}
    shift = len(name) + 1
    found = []
    for attribute, start, end, value, stop in raw.places(tag):
        if attribute in dropped:
            found.append(Edit(start - shift, end - shift))
        elif attribute == "style":
            style = raw.value(value, stop)
            if (kept := styled(tested, style)) != style:
                found.append(Edit(start - shift, end - shift, f"style={quoted(kept)}"))
    return tuple(found)


def styled(tested: str, style: str) -> str:
    """A style attribute as a client keeps it."""
    dropped = []

    def judge(part: Part) -> str | None:
        dropped.append(declaration(tested, part.text, True) if part.styles else None)
        return dropped[-1]

    whole = f"_{{{style}}}"
    kept = judged(whole, masked(whole), judge)
    return "" if ALL in dropped else kept[2:-1].strip()
