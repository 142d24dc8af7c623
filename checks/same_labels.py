"""Values behind the same label in several parts of an email."""

from __future__ import annotations

from collections.abc import Iterator

from qa.artefacts import Block, Body, DeclaredEnvelope, Mentions
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.match.labelled import Labelled, causes_of, differing, is_offered, labelled, offered_in, squeezed
from qa.request import AskedAsset, Request
from qa.text.wording import quoted

_BEGINNING = 20  # characters of a value by which approved wording is known


@check(
    "same-labels",
    Code(
        "wrong-value",
        Severity.ERROR,
        "A label stands before another value than elsewhere and in the offer of the request.",
        "Correct it.",
    ),
    Code(
        "diverging-value",
        Severity.WARNING,
        "The same label stands before two values.",
        "Find out which is right, and correct the other.",
    ),
)
def same_labels(
    asked: AskedAsset, request: Request, body: Body, declared: DeclaredEnvelope, mentions: Mentions
) -> Iterator[Finding]:
    """What has the same label has the same value, in the HTML, the plain-text part and the inbox.

    The table says “Acknowledge by: 18 December”, the plain-text part 11 December. Each is a date that may be right, and
    readers go by the one they see.

    Fails:
        email: {}
        build: <table><tr><th>Answer by</th><td>18 December 2026</td></tr></table>
        plain: "Answer by: 11 December 2026"

    Passes:
        email: {}
        build: <table><tr><th>Answer by</th><td>11 December 2026</td></tr></table>
        plain: "Answer by: December 11, 2026"
    """
    parts = {"the HTML": labelled(body.blocks, mentions.language)}
    if body.beside is not None:
        lines = [Block(line.value.strip(), line.where) for line in body.beside.lines()]
        parts["the plain-text part"] = labelled(lines, mentions.language)
    for name, text in declared.texts:
        if name in ("subject", "preheader"):
            parts[f"the {name}"] = labelled([Block(text.value, text.where)], mentions.language)
    if sum(map(bool, parts.values())) < 2:
        raise Skip("no label stands in two parts")
    offered = offered_in(request, mentions.language)
    worded = [*(block.text for block in asked.wording or ()), *(asked.must_include or ()), *request.legal.must_include]
    approved = squeezed("\n".join(worded))
    html = parts.pop("the HTML")
    told: set[str] = set()
    for name, there in parts.items():
        for mine, yours in differing(html, there):
            if mine.label not in told and not _is_worded(mine, approved) and not _is_worded(yours, approved):
                told.add(mine.label)
                sure = is_offered(yours, offered)
                sides = ((mine, "the HTML"), (yours, name)) if sure else ((yours, name), (mine, "the HTML"))
                yield _finding(*sides, mentions, sure=sure or is_offered(mine, offered))


def _finding(wrong: tuple[Labelled, str], right: tuple[Labelled, str], mentions: Mentions, *, sure: bool) -> Finding:
    (other, at), (one, there) = wrong, right
    says = ", and so does the offer of the request" if sure else ""
    message = f"{at[0].upper()}{at[1:]} says {quoted(f'{other.label} {other.value}', 80)}; "
    message += f"{there} says {quoted(one.value, 60)}{says}."
    code = "wrong-value" if sure else "diverging-value"
    about = tuple(causes_of(other, mentions, one))
    return Finding(code, message, other.where, None, one.value, other.value, causes=about)


def _is_worded(said: Labelled, approved: str) -> bool:
    """Whether approved wording has the value: other checks hold that against the build."""
    return squeezed(f"{said.label} {said.value[:_BEGINNING]}") in approved
