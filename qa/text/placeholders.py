"""Placeholders: texts that a template holds until somebody replaces them. By the table qa/data/placeholders.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from qa.facts import compiled, facts
from qa.markup.merge_tag_mask import BLOT, masked
from qa.text.wording import alike, loose

_LONGEST_WHOLE = 40  # characters, with the punctuation around it
_SORTS = ("doubtful", "unfilled", "remark")
_SHOWN = 200  # characters of filler text


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One that was found. ``cause`` is the same for the same placeholder, "" for filler text, however much there is."""

    said: str
    cause: str
    # "doubtful": perhaps a merge tag of a platform that is not known; "unfilled": printed for no value;
    # "remark": a note that readers may be meant to see
    sort: str = ""


def placeholders_in(text: str) -> Iterator[Placeholder]:
    """Every placeholder in a text, each cause once."""
    seen: set[str] = set()
    for hit in _anywhere().finditer(text):
        said = text[hit.start() : hit.start() + _SHOWN] if hit["filler"] else hit[0]
        cause = "" if hit["filler"] else alike(said).casefold()
        in_tag = hit["unfilled"] and BLOT in masked(text)[hit.start() : hit.end()]  # {{ name | default: null }}
        if cause not in seen and not in_tag:
            seen.add(cause)
            yield Placeholder(said.strip(), cause, hit.lastgroup if hit.lastgroup in _SORTS else "")


def holds_any(texts: Iterable[str]) -> bool:
    """Whether there is a placeholder in any of these texts: mostly there is none, and one look at all of them tells."""
    return _anywhere().search("\0".join(texts)) is not None


def unanswered_in(text: str) -> str:
    """What of a value of a request says that it is still to come: “TBD”, “see attached”; "" where nothing does."""
    words, small = facts("placeholders")["unanswered"], text.casefold()
    if small in words["whole"] or small.strip(" .:!()[]<>*_\"'") in words["whole"]:
        return text
    at = max(small.find(each) for each in words["within"])
    return text[at : at + 40] if at >= 0 else ""


def is_whole(text: str, kind: str = "whole") -> bool:
    """Whether a text as a whole is what stands in templates; ``kind``: "whole", "links", "titles" or "alts"."""
    return len(text) <= _LONGEST_WHOLE and _whole(kind).fullmatch(loose(text)) is not None


def is_title(text: str) -> bool:
    """Whether a title is still that of the template."""
    return is_whole(text, "titles") or _titles().search(text) is not None


def whole_key(text: str) -> str:
    """The key of a text that is a placeholder as a whole: «Headline 1» and «Headline 2» are the same one."""
    return re.sub(r"\d+", "0", loose(text))


def names_address(text: str) -> bool:
    """Whether the sender's address is still a placeholder."""
    return _addresses().search(text) is not None


def key_in(value: str, attribute: str = "") -> str:
    """The first placeholder of a key or an id in a value, "" where there is none; ``attribute``: whose value it is."""
    table = facts("placeholders")["keys"]
    if attribute in table["not_in"] or attribute.startswith("aria-"):
        return ""
    named = attribute.endswith(tuple(table["attributes"]))
    if (found := _keys().search(value)) and (found.lastgroup != "named" or named):
        return found[found.lastgroup or 0]
    return ""


def is_unfilled_tracking(value: str) -> bool:
    """Whether the value of a tracking parameter is one that stands in templates."""
    return compiled(facts("placeholders")["keys"]["tracking"], re.IGNORECASE).fullmatch(value) is not None


@cache
def _keys() -> re.Pattern[str]:
    table = facts("placeholders")["keys"]
    anywhere, alone, named = (_either(table[kind]) for kind in ("anywhere", "alone", "named"))
    whole = rf"(?:\A|[?&][\w-]{{1,40}}=)(?P<alone>(?i:{alone}))(?=\Z|[&#])"
    return compiled(rf"(?P<anywhere>{anywhere})|{whole}|\A(?P<named>{named})\Z")


@cache
def _anywhere() -> re.Pattern[str]:
    """Filler text, phrases and patterns, as one pattern; its groups tell what was filler text, and what is doubtful."""
    table = facts("placeholders")
    filler, phrases = _any_of(table["filler"]), _any_of([*table["phrases"], *chain(*table["local"].values())])
    kinds = ("patterns", "addresses", "doubtful", "unfilled")
    patterns, addresses, doubtful, unfilled = (_either(table[kind]) for kind in kinds)
    certain = rf"(?P<filler>(?i:\b(?:{filler})\b))|(?i:\b(?:{phrases})\b)|{addresses}|{patterns}|{_notes()}"
    left, asked = _remarks()
    return compiled(rf"(?P<unfilled>{unfilled})|{certain}|{left}|(?P<doubtful>{doubtful})|(?P<remark>{asked})")


def _remarks() -> tuple[str, str]:
    """Notes in round brackets: those that only builders write, and those a reader may be meant to see."""
    notes, remarks = dict(facts("placeholders")["notes"]), facts("placeholders")["remarks"]
    things, states, lacking = remarks["things"], remarks["states"], remarks["lacking"]
    facts_of = "|".join(one["things"] for one in notes.values() if isinstance(one, dict))
    word = r"(?:[\w’'-]{1,16} ){0,2}"

    def bracket(opening: str, inside: str, closing: str) -> str:
        return rf"(?i:[{opening}]\s?{word}(?:{inside})\s?[.!…?]{{0,3}}\s?[{closing}](?!\())"

    def said_of(things: str) -> str:
        return rf"(?:{things}) ?[:–—-]? {word}(?:{states})|(?:{lacking}) (?:[\w’'-]{{1,8}}[ ’'])?(?:{things})"

    any_thing, reader = f"{things}|{facts_of}", rf"(?![^()（）]{{0,40}}(?<!\w)(?:{notes['not']})(?!\w))"
    orders = rf"(?:{remarks['orders']}) {word}(?:{any_thing})|(?:{any_thing}) {word}(?:{remarks['orders']})"
    certain = [bracket(r"(（\[［", said_of(things), r")）\]］"), *remarks["certain"]]
    doubtful = [
        bracket("(（", rf"{reader}(?:{said_of(any_thing)}|{orders}|(?<=[(（])(?:{states}))", ")）"),
        *remarks["doubtful"],
    ]
    settled, questioned = _labelled(any_thing)
    certain.append(rf"(?i:(?<!\w)(?:{remarks['labels']}):\s?{settled}(?!\w))")
    doubtful += [bracket("(（", settled, ")）"), questioned]
    doubtful.append(rf"(?<![^\0])(?i:{said_of(things)})\s?[.!…]{{0,3}}(?![^\0])")  # all of a passage
    return _either(certain), _either(doubtful)


def _labelled(things: str) -> tuple[str, str]:
    """What colleagues are asked to settle with whom; and a sentence that calls itself a note and is an order alone."""
    notes, remarks = facts("placeholders")["notes"], facts("placeholders")["remarks"]
    verbs = "|".join([remarks["orders"], *(one["verbs"] for one in notes.values() if isinstance(one, dict))])
    word = r"(?:[\w’'-]{1,16}\.? ){0,2}"
    with_whom = rf"(?:{remarks['colleagues']})"
    settled = rf"{word}(?:(?:{verbs}) {word}{with_whom}|{with_whom} {word}(?:{verbs}))"
    order = rf"(?:{verbs}) {word}(?:{things})|(?:{things}) {word}(?:{remarks['orders']})"
    return settled, rf"(?i:(?<!\w)(?:{remarks['labels']}):\s?{word}(?:{order})\s?(?![^\0.!?)]))"


def _notes() -> str:
    """Notes in square brackets or between marks: in one language what is to be done to what, or before which moment."""
    table = dict(facts("placeholders")["notes"])
    moments, reader = table.pop("moments"), table.pop("not")

    def within(words: str) -> str:
        return rf"(?=[^\[\]\0]{{0,80}}?(?<!\w)(?:{words})(?!\w))"

    kinds = [within(moments), *(within(one["verbs"]) + within(one["things"]) for one in table.values())]
    no_label = rf"(?!\w+ ?:)(?!{within(reader)})"  # [Update: …], [Check your order]
    note = rf"{no_label}(?:{'|'.join(kinds)})"
    in_brackets = rf"(?<!\])\[{note}[^\[\]{{}}|=\0]{{3,120}}\](?!\(|\s{{0,3}}<?https?:)"
    between_marks = (
        rf"(?<![!*#])(?:!{{3,5}}|\*{{3,5}}|#{{3,5}}) ?{note}[^\[\]{{}}|=\0!*#]{{3,80}}(?:!{{3}}|\*{{3}}|#{{3}})"
    )
    return rf"(?i:{in_brackets}|{between_marks})"


@cache
def _addresses() -> re.Pattern[str]:
    return compiled(_either(facts("placeholders")["addresses"]))


@cache
def _whole(kind: str) -> re.Pattern[str]:
    return compiled(_either(facts("placeholders")["alone"][kind]))


@cache
def _titles() -> re.Pattern[str]:
    return compiled(_either(facts("placeholders")["titles"]), re.IGNORECASE)


def _either(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _any_of(phrases: list[str]) -> str:
    """Any of some phrases: those that begin alike together, as a pattern of hundreds is tried at every letter."""
    ends: dict[str, list[str]] = {}
    for phrase in dict.fromkeys(phrases):
        first, space, rest = phrase.partition(" ")
        ends.setdefault(_word(first), []).append(r"\s+" * bool(space) + r"\s+".join(map(_word, rest.split())))
    longest = {first: "|".join(sorted(several, key=len, reverse=True)) for first, several in ends.items()}
    return "|".join(f"{first}(?:{several})" for first, several in sorted(longest.items()))


def _word(word: str) -> str:
    return re.escape(word).replace("'", "['’]")
