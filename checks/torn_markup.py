"""Torn tags, comments and conditions for Outlook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from qa.artefacts import Markup, Parts, Structure, causes
from qa.check import check
from qa.facts import compiled, facts
from qa.finding import Code, Finding, Severity
from qa.markup.merge_tag_mask import masked
from qa.merge_tags.pattern import TOKEN
from qa.source import Text
from qa.text.phrases import and_more
from qa.text.wording import quoted

# Which piece a tag was torn from nobody can tell: all of a document are one cause.
_TORN = (causes.of_page("torn tags"),)
# What a flaw of a condition for Outlook means, by its kind.
_CONDITIONS = {
    "unclosed": "The condition {} is opened and never closed",
    "unopened": "{} closes a condition that was never opened",
    "malformed": "The condition {0} is not written as Outlook reads it: <!--{0}>",
    "spaced": "A blank keeps Outlook from reading {}: none may stand in front of the bracket",
    "spaced end": "A blank keeps Outlook from reading the end of {}: it is written <![endif]",
    "torn end": "The end of the condition {} is not written as Outlook reads it: <![endif]",
    "running on": "The end of the condition {} is torn: the comment goes on behind it, and hides what follows",
    "cut": "The condition {} ends too early, at the first -->: others than Outlook see the rest of it",
    "merged": "The condition {} has no end of its own: it runs on into the next one, and hides all between",
    "hidden": "Nobody reads what stands behind {0}: what shows it to all but Outlook is missing (<!--{0}><!-->)",
    "revealed": "Everybody reads what stands behind {}, and not Outlook alone: the <!--> behind it ends the comment",
    "inside": "The condition {} stands inside one that keeps its content from Outlook, so that nobody reads it",
}


@check(
    "conditional-comments",
    Code(
        "unclosed-conditional",
        Severity.ERROR,
        "A condition for Outlook is not opened or not closed as it should be.",
        "Write the pair whole: <!--[if mso]> … <![endif]-->, with no other comment inside.",
    ),
)
def conditional_comments(structure: Structure) -> Iterator[Finding]:
    """Every condition for Outlook is closed.

    What is between an opening and its lost end disappears for everybody but Outlook, or Outlook's own version shows
    up beside the real one.

    Fails:
        email: {}
        build: <!--[if mso]><p>For Outlook</p> --><p>For all</p>

    Passes:
        email: {}
        build: <!--[if mso]><p>For Outlook</p><![endif]--><p>For all</p>
    """
    if not structure.conditions:
        return
    first = structure.conditions[0]
    yield Finding(
        "unclosed-conditional",
        f"{_CONDITIONS[first.kind].format(first.what)}{and_more([flaw.where for flaw in structure.conditions])}.",
        first.where,
        causes=_TORN,
    )


@check(
    "broken-markup",
    Code(
        "unclosed-comment",
        Severity.ERROR,
        "A comment never ends, and hides all that follows.",
        "Close the comment with -->, or take it out.",
    ),
    Code(
        "unclosed-quote",
        Severity.ERROR,
        "A quote in a tag does not end where it should.",
        "Put the missing quote behind the attribute's value.",
    ),
    Code(
        "stray-markup",
        Severity.ERROR,
        "Readers see a piece of HTML as text.",
        "Mend the tag it was torn from, or paste the text as HTML and not as text.",
    ),
    Code(
        "repeated-attribute",
        Severity.WARNING,
        "A tag has an attribute twice; the second is ignored.",
        "Put both values into one attribute.",
    ),
)
def broken_markup(structure: Structure, markup: Markup, parts: Parts) -> Iterator[Finding]:
    """No tag or comment is torn, so that text is lost or code is shown.

    One quote too few, and a mail program takes the next paragraphs for a part of the tag; the reader sees a hole, or
    the code itself.

    Fails:
        email: {}
        build: <p>Join us.</p><p>" style="color:#333333">Save your seat today.</p>

    Passes:
        email: {}
        build: <p>Join us.</p><p style="color:#333333">Save your seat today.</p>
    """
    if structure.comment is not None:
        yield Finding(
            "unclosed-comment", "A comment begins here and never ends: nothing behind it is shown.", structure.comment
        )
    if structure.quotes:
        first = structure.quotes[0]
        more = and_more([flaw.where for flaw in structure.quotes])
        lost = "never ends: nothing behind it is shown" if first.kind == "endless" else "has a quote that ends too late"
        yield Finding(
            "unclosed-quote",
            f"The tag {first.what} {lost}{more}.",
            first.where,
            each=tuple(flaw.what for flaw in structure.quotes),
            causes=_TORN,
        )
    if structure.second_attributes:
        yield _second(structure.second_attributes)
    blocks = [block for block in markup.blocks if not block.hidden]
    stray = [(block.where, hit[0]) for block in blocks for hit in _stray(TOKEN.sub(" ", block.text), block.tag)]
    if stray:
        where, code = stray[0]
        message = f"Readers see {quoted(code)}: a piece of HTML{and_more([place for place, _ in stray])}."
        yield Finding("stray-markup", message, where, actual=code, each=tuple(code for _, code in stray), causes=_TORN)
    if parts.plain is not None and (tag := _in_plain().search(masked(parts.plain.text))):
        message = f"The plain-text part shows {quoted(tag[0])}: a piece of HTML."
        yield Finding("stray-markup", message, parts.plain.place(tag.start()), actual=tag[0])


def _second(twice: Sequence[Text]) -> Finding:
    first = twice[0]
    tag, name = first.value.split()
    more = and_more([one.where for one in twice])
    message = f"The tag {tag} has {name} twice, with another value{more}: browsers and mail programs ignore the second."
    return Finding("repeated-attribute", message, first.where, actual=first.value, each=tuple(t.value for t in twice))


def _stray(text: str, tag: str) -> Iterable[re.Match[str]]:
    if tag == "pre" or not ("<" in text or '="' in text or "-->" in text):
        return ()
    return list(_torn().finditer(text))[:1]


@cache
def _in_plain() -> re.Pattern[str]:
    return compiled(facts("stray_markup")["plain"], re.IGNORECASE)


@cache
def _torn() -> re.Pattern[str]:
    table = facts("stray_markup")
    return compiled("|".join(f"(?:{pattern})" for pattern in table["patterns"]), re.IGNORECASE)
