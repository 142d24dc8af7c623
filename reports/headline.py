"""A verdict in one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.report import Document

from .plain import counted, listed

_OUTCOMES = ("held", "incomplete", "go")
_WEIGHTS = {"error": "error", "warning": "warning", "info": "note"}  # the heaviest first


def outcome_of(document: Document) -> str:
    """The verdict's outcome; "incomplete" for one this version does not know: never a silent go."""
    outcome = str(document["verdict"]["outcome"])
    return outcome if outcome in _OUTCOMES else "incomplete"


def holds(document: Document, severity: str) -> bool:
    """Whether a finding of that severity holds the campaign."""
    gate, weights = document["verdict"]["gate"], list(_WEIGHTS)
    return gate in weights and severity in weights and weights.index(severity) <= weights.index(gate)


def headline(document: Document) -> tuple[str, str]:
    """The verdict as a word and a sentence or two."""
    if readiness := document.get("readiness"):  # of a request, by `qa triage`
        return str(readiness).capitalize(), " ".join(filter(None, _readiness(document)))
    said = {"held": _held, "incomplete": _incomplete, "go": _go}
    outcome = outcome_of(document)
    return outcome.capitalize(), " ".join(filter(None, said[outcome](document)))


def _readiness(document: Document) -> Sequence[str]:
    if document["readiness"] == "not ready":
        return "It cannot be built from this.", _loose_ends(document["counts"]), _unrun(document)
    return "Building can begin.", _loose_ends(document["counts"])


def _held(document: Document) -> Sequence[str]:
    counts = document["verdict"]["counts"]
    holding = sum(counts.get(weight, 0) for weight in _WEIGHTS if holds(document, weight))
    return f"{counted(holding, 'thing')} must be corrected before this goes out.", _unrun(document)


def _incomplete(document: Document) -> Sequence[str]:
    rest = _loose_ends(document["verdict"]["counts"]) or "Nothing else was found."
    return f"{_unrun(document)[:-1] or 'The checks did not end'}, so nobody can say yet whether this may go out.", rest


def _go(document: Document) -> Sequence[str]:
    counts = document["verdict"]["counts"]
    if counts.get("error") and document["verdict"]["gate"] == "never":
        return "The gate is off, so nothing is held.", _loose_ends(counts)
    if rest := _loose_ends(counts):
        return "Nothing stands in the way.", rest
    passed = sum(result["outcome"] == "passed" for result in document["results"])
    waived = counts.get("waived", 0)
    return (
        "Nothing was found.",
        f"{counted(passed, 'check')} passed.",
        _verb(waived, "finding", "was waived", "were waived"),
    )


def _unrun(document: Document) -> str:
    broken = sum(result["outcome"] == "broken" for result in document["results"])
    return _verb(broken, "check", "could not be run", "could not be run")


def _loose_ends(counts: Mapping[str, int]) -> str:
    """What a person should still look at, though it holds nothing."""
    found = [(counts.get(weight, 0), word) for weight, word in _WEIGHTS.items() if counts.get(weight)]
    words = [counted(number, word) for number, word in found]
    verb = "is" if [number for number, _ in found] == [1] else "are"
    looks = f"{listed(words)} {verb} worth a look." if words else ""
    decide = _verb(counts.get("review", 0), "thing", "needs a person to decide", "need a person to decide")
    return " ".join(filter(None, (looks, decide)))


def _verb(number: int, noun: str, one: str, many: str) -> str:
    """«3 things need ….», "" for none."""
    return f"{counted(number, noun)} {one if number == 1 else many}." if number else ""
