"""Contents of a build, beside those that were approved: what a picture of it does not show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from qa.approval.comparison import picture_name
from qa.artefacts import Approval, AssetChanges, ContentChange, causes
from qa.artefacts.contents import Line
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity
from qa.match.changes import named, replaced, since, together
from qa.text.phrases import listed
from qa.text.wording import folded, quoted

_ACCEPT = "Correct it; or, where it is meant, look at the new report and accept it with `qa baseline accept`."


@check(
    "approved-contents",
    Code("changed-link", Severity.WARNING, "A link is not as it was approved.", _ACCEPT),
    Code("changed-envelope", Severity.WARNING, "Subject line, preheader or sender is not as approved.", _ACCEPT),
    Code("changed-words", Severity.WARNING, "Words are not as they were approved.", _ACCEPT),
    Code("changed-form", Severity.WARNING, "A form is not as it was approved.", _ACCEPT),
    Code("changed-picture", Severity.WARNING, "A picture file is not the one that was approved.", _ACCEPT),
    Code(
        "changed-file",
        Severity.INFO,
        "A file of the build was changed after the approval, in nothing that readers see or click.",
        "Look at what was changed, then accept the new report with `qa baseline accept`.",
    ),
    Code(
        "unapproved-asset",
        Severity.WARNING,
        "An email or page was never approved, while others of its campaign were.",
        "Look at it in the report, then `qa baseline accept`.",
    ),
)
def approved_contents(changes: AssetChanges) -> Iterator[Finding]:
    """The build says, and leads to, what was approved.

    A picture shows neither where a button leads nor who an email comes from. Whoever corrects one more link after the
    stakeholder has said yes sends what nobody has approved.

    Fails:
        email: {}
        build: <p><a href="https://acme.example/buy">Buy now</a></p>
        approved: <p><a href="https://acme.example/book">Buy now</a></p>

    Passes:
        email: {}
        build: <p><a href="https://acme.example/book">Buy now</a></p>
        approved: <p><a href="https://acme.example/book">Buy now</a></p>
    """
    if changes.approval is None:
        message = "Nobody has approved this one yet; others of the campaign were approved."
        yield Finding("unapproved-asset", message, review=True, causes=(_APPROVAL,))
        return
    found = list(_found(changes, changes.approval))
    yield from found
    if not found and "files" in changes.parts:
        names = listed(quoted(line[0]) for each in changes.parts["files"] for line in (each.now or each.was,) if line)
        message = f"{names}: changed {since(changes.approval)}; words, links, pictures and envelope are the same."
        yield Finding("changed-file", message)


_APPROVAL = causes.of_page("approval")


def _found(changes: AssetChanges, when: Approval) -> Iterator[Finding]:
    parts = changes.parts
    links, words = parts.get("links", ()), parts.get("words", ())
    lone = [each for each in links if not (each.was and each.now)]  # new or gone, which pictures show, too
    yield from together("changed-link", _told([each for each in links if each not in lone], _link), when)
    yield from together("changed-link", _told(lone, _link), when, _causes(lone, _label))
    yield from together("changed-envelope", _told(parts.get("envelope", ()), named), when)
    passages = [each for each in words if not any(_is_label(each, link) for link in lone)]
    yield from together("changed-words", _told(passages, named), when, _causes(passages, _said))
    unseen = chain(_told(parts.get("alt", ()), _alt), _told(parts.get("text", ()), _plain))
    yield from together("changed-words", unseen, when)
    yield from together("changed-form", _told(parts.get("form", ()), named), when)
    pictures = parts.get("pictures", ())
    yield from together("changed-picture", _told(pictures, _picture), when, _causes(pictures, _file))


def _causes(changes: Iterable[ContentChange], words: Callable[[Line], str]) -> Iterator[Cause]:
    """What a picture of the build shows of them: the words that stand there, and those that are gone."""
    yield from (causes.of_approved_words(words(line)) for each in changes for line in (each.was, each.now) if line)


def _said(line: Line) -> str:
    return line[1]


def _label(line: Line) -> str:
    return line[0].removeprefix("“").removesuffix("”")


def _file(line: Line) -> str:
    return picture_name(line[0]) or "a picture"


def _is_label(words: ContentChange, link: ContentChange) -> bool:
    """Whether all that came into a passage, or went from it, is the label of a link that did."""
    was, now = (folded(line[1]) if line else "" for line in (words.was, words.now))
    longer, shorter = (was, now) if link.was else (now, was)
    label = _label(link.was or link.now or ("", ""))
    return label in longer and folded(longer.replace(label, " ", 1)) == shorter


def _told(
    changes: Iterable[ContentChange], words: Callable[[ContentChange], str]
) -> Iterator[tuple[ContentChange, str]]:
    yield from ((change, words(change)) for change in changes)


def _link(change: ContentChange) -> str:
    was, now = change.was, change.now
    if was and now:
        if was[1] == now[1]:
            return ""  # of its label, the words tell
        stood = "" if was[0] == now[0] else f"{was[0]} to "
        return f"{now[0]} leads to {now[1] or 'nowhere'} instead of {stood}{was[1] or 'nowhere'}"
    if now:
        return f"{now[0]} to {now[1] or 'nowhere'} is new"
    return f"{was[0]} to {was[1]} is gone" if was else ""


def _alt(change: ContentChange) -> str:
    """Of one picture, or of the one that stands in its place."""
    was, now = (line[1] if line else "" for line in (change.was, change.now))
    if was == now:
        return ""
    return f"the alternative text of {quoted(_file(change.now or change.was or ('', '')))}: {replaced(was, now)}"


def _plain(change: ContentChange) -> str:
    return f"in the plain-text part, {named(change)}"


def _picture(change: ContentChange) -> str:
    was, now = change.was, change.now
    if not was or not now:
        return " ".join(("the picture", quoted(_file(now or was or ("", ""))), "is new" if now else "is gone"))
    if was[0] == now[0]:
        return f"the picture {quoted(_file(now))} is another file"
    if _file(was) == _file(now):
        return f"the picture {quoted(_file(now))} comes from another place"
    return f"the picture {quoted(_file(now))} stands where {quoted(_file(was))} stood"
