"""Does the wording of a request fit together? Sample values, merge tags, wording asked for and ruled out, roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from qa.facts import facts
from qa.finding import Finding
from qa.grammar import grammar
from qa.part import Asked
from qa.request import AskedAsset, AskedEmail, AskedPage, AskedVariant, CopyBlock, Request
from qa.source import Place
from qa.triage_gaps import listed, used_tokens
from qa.url import TOKEN
from qa.wording import alike, contains, quoted

# Wording ruled out may name what nobody wants; conditions, options and tags are code, and URLs have codes of their own.
_NOT_READ = (
    "must_not_include",
    "where",
    "options",
    "tokens",
    "url",
    "canonical",
    "thank_you",
    "robots",
    "type",
    "when",
    "hidden",
)
_ADDRESS = re.compile(r"<([^<>@\s]++@[^<>\s]++)>|^\s*+([^<>@\s]++@[^<>\s]++)\s*+$")


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the request, the field it stands in, and where."""

    field: str
    text: str
    where: Place | None


def texts_of(part: Asked, skip: Sequence[str] = ()) -> Iterator[Said]:
    """Every text below a part of the request, but for the fields named."""
    for name, field in type(part).model_fields.items():
        if name not in part.model_fields_set or name in skip:
            continue
        yield from _texts_in(field.alias or name, getattr(part, name), part, (name,), skip)


def sample_values(part: Asked, skip: Sequence[str] = ()) -> Iterator[Finding]:
    """Sample values left in, each once."""
    seen: set[str] = set()
    for said in texts_of(part, (*_NOT_READ, *skip)):
        sample = _sample(said.text)
        if sample and sample.casefold() not in seen:
            seen.add(sample.casefold())
            message = f"`{said.field}` says {quoted(sample)}: a placeholder instead of the real value."
            yield Finding("sample-value", message, request=said.where, actual=sample)


def token_questions(asset: AskedEmail | AskedPage, request: Request) -> Iterator[Finding]:
    """Merge tags that are not listed, and those of a person that have no default."""
    used = used_tokens(asset)
    allowed = {*(asset.tokens or ())}
    for variant in getattr(asset, "variants", ()):
        allowed |= {*(variant.tokens or ())}
    strange = {tag: place for tag, place in used.items() if tag not in allowed}
    if asset.tokens is not None and strange:
        verb = "are" if len(strange) > 1 else "is"
        message = f"{listed(list(strange))} {verb} used, and `tokens` does not say so."
        yield Finding("unlisted-token", message, request=next(iter(strange.values())), actual=", ".join(strange))
    bare = [tag for tag in dict.fromkeys([*used, *(asset.tokens or ())]) if _greets_nobody(tag, request.platform or "")]
    if bare:
        verb = "have" if len(bare) > 1 else "has"
        place = used.get(bare[0]) or asset.place("tokens")
        yield Finding("bare-greeting", f"{listed(bare)} {verb} no default.", request=place, actual=", ".join(bare))


def wording_clashes(asset: AskedEmail | AskedPage, request: Request) -> Iterator[Finding]:
    """Wording that is ruled out and, elsewhere in the request, asked for."""
    banned = [(word, asset.place("must_not_include", n)) for n, word in enumerate(asset.must_not_include or ())]
    wanted = list(_asked_wording(asset))
    if isinstance(asset, AskedEmail):
        wanted += [Said("legal", text, request.legal.place("must_include")) for text in request.legal.must_include]
        for variant in asset.variants:
            yield from _variant_clashes(variant, banned)
    yield from _clashes(banned, wanted)


def unknown_segments(email: AskedEmail, request: Request) -> Iterator[Finding]:
    """Variants for segments nobody is in."""
    names = [segment.name for segment in request.audience.segments] if request.audience else []
    strange = [variant for variant in email.variants if names and variant.segment not in names]
    if strange:
        said = listed([variant.segment for variant in strange])
        message = f"There are variants for {said}; the audience has {listed(names)}."
        yield Finding("unknown-segment", message, request=strange[0].place("segment"), expected=", ".join(names))


def shared_roles(request: Request) -> Iterator[Finding]:
    """People named in two of triage, builder, reviewer and approvers; who asks may approve."""
    people = request.people
    named = [("triage", people.triage, people.place("triage")), ("builder", people.builder, people.place("builder"))]
    named += [("reviewer", people.reviewer, people.place("reviewer"))]
    named += [("approver", who, people.place("approvers", n)) for n, who in enumerate(people.approvers)]
    first: dict[str, tuple[str, str]] = {}
    for role, who, place in named:
        if not who:
            continue
        before, _ = next((first[key] for key in _keys(who) if key in first), ("", ""))
        if before and before != role:
            yield Finding("two-roles", f"{who} is {before} and {role}.", request=place, actual=who)
        for key in _keys(who):
            first.setdefault(key, (role, who))


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


def _sample(text: str) -> str:
    """What of a text is a sample; "" where nothing is."""
    plain = alike(TOKEN.sub(" ", text))
    words, small = facts("triage")["samples"], plain.casefold()
    if small in words["whole"] or small.strip(" .:!()[]<>*_\"'") in words["whole"]:
        return plain
    if (at := max(small.find(each) for each in words["within"])) >= 0:
        return plain[at : at + 40]
    hit = _left_over().search(plain)
    return hit[0] if hit else ""


@cache
def _left_over() -> re.Pattern[str]:
    """What templates hold until somebody replaces it, and addresses at hosts that stand for the real one."""
    table = facts("placeholders")
    phrases = "|".join(re.escape(phrase) for phrase in (*table["filler"], *table["phrases"]))
    patterns = "|".join(f"(?:{pattern})" for pattern in table["patterns"])
    hosts = "|".join(re.escape(host) for host in table["links"]["hosts"])
    return re.compile(
        rf"(?i:\b(?:{phrases})\b)|{patterns}|(?i:[\w.+-]{{0,64}}@(?:{hosts})\b)|(?i:https?://(?:www\.)?(?:{hosts})\b)"
    )


def _greets_nobody(tag: str, platform: str) -> bool:
    """Whether a tag fills in a person's field and has no default, on a platform that writes defaults into tags."""
    chosen = grammar(platform) if platform in facts("triage")["tokens"]["inline_defaults"] else None
    found = chosen.read(tag)[0] if chosen else []
    return any(chosen is not None and each.default is None and _is_name(each.name) for each in found)


def _is_name(name: str) -> bool:
    """Whether a field is what people are greeted with."""
    plain = "".join(letter for letter in name.casefold() if letter.isalpha())
    return plain.endswith(("firstname", "lastname", "fname", "lname", "fullname", "givenname", "surname"))


def _asked_wording(part: AskedAsset | AskedVariant) -> Iterator[Said]:
    for field in ("subject", "preheader", "title", "description", "heading"):
        if text := getattr(part, field, None):
            yield Said(field, text, part.place(field))
    for block in part.wording or ():
        yield Said("copy", block.text, block.where)
    for link in part.links or ():
        yield Said("links", link.text, link.place("text"))
    for number, text in enumerate(part.must_include or ()):
        yield Said("must_include", text, part.place("must_include", number))


def _variant_clashes(variant: AskedVariant, banned: list[tuple[str, Place | None]]) -> Iterator[Finding]:
    own = [(word, variant.place("must_not_include", n)) for n, word in enumerate(variant.must_not_include)]
    yield from _clashes([*banned, *own], list(_asked_wording(variant)))


def _clashes(banned: list[tuple[str, Place | None]], wanted: list[Said]) -> Iterator[Finding]:
    for word, place in banned:
        said = next((each for each in wanted if word and contains(TOKEN.sub(" ", each.text), word)), None)
        if said is not None:
            line = f" (line {said.where.line} of {said.where.file})" if said.where and said.where.line else ""
            message = f"{quoted(word)} is ruled out, and `{said.field}` asks for it: {quoted(said.text)}{line}."
            yield Finding("wording-clash", message, request=place, actual=said.text)


def _keys(who: str) -> list[str]:
    """What a person is recognised by: the address and, without one, the name."""
    hit = _ADDRESS.search(who)
    if hit:
        return [(hit[1] or hit[2]).casefold(), " ".join(who.partition("<")[0].casefold().split()) or (hit[1] or hit[2])]
    return [" ".join(who.casefold().split())]
