"""Findings of what changed since an approval, and the words for it: whole where they are short, else what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa.artefacts import Approval, ContentChange
from qa.files.names import REQUEST_NAMES
from qa.finding import Cause, Finding
from qa.source import Place
from qa.text.phrases import begun
from qa.text.wording import changed_words, quoted

_SHORT = 70  # characters of a text that is said whole
_RUNS = 3  # differences of a longer one
_MOST = 5  # changes of one sort that are said one by one


def since(approval: Approval) -> str:
    """«since the approval on 2026-11-20 by Kim Osei»"""
    return f"since the approval on {approval.accepted}{f' by {approval.by}' if approval.by else ''}"


def together(
    code: str, said: Iterable[tuple[ContentChange, str]], approval: Approval, about: Iterable[Cause] = ()
) -> Iterator[Finding]:
    """Changes of one sort as one finding, at the place of the first that has one; none where nothing is said."""
    told = [(change.where, words) for change, words in said if words]
    if told:
        each = tuple(dict.fromkeys(words for _, words in told))
        more = len(each) - _MOST
        shown = each if more <= 1 else (*each[:_MOST], f"and {more} more changes")
        where = next((place for place, _ in told if place), None)
        message = f"{begun(since(approval))}: {'; '.join(shown)}."
        yield _finding(code, message, where, each, about)


def _finding(code: str, message: str, where: Place | None, each: tuple[str, ...], about: Iterable[Cause]) -> Finding:
    asked = where is not None and where.file in REQUEST_NAMES
    return Finding(code, message, None if asked else where, where if asked else None, each=each, causes=tuple(about))


def named(change: ContentChange) -> str:
    """«subject: “Spring” became “Summer”»"""
    was, now = change.was, change.now
    if was and now and was[0] == now[0]:
        return f"{now[0]}: {replaced(was[1], now[1])}" if now[0] else replaced(was[1], now[1])
    gone = _called(was, "is gone") if was else ""
    new = _called(now, "is new") if now else ""
    return ", ".join(filter(None, (new, gone)))


def _called(line: tuple[str, str], verb: str) -> str:
    return f"{line[0]}: {quoted(line[1])} {verb}" if line[0] else f"{quoted(line[1])} {verb}"


def replaced(was: str, now: str) -> str:
    """«“Only €49” became “Only €59”»; of long texts, the words that are not the same."""
    if not was or not now:
        return _run(was, now)
    runs = changed_words(was, now, str)
    if max(len(was), len(now)) <= _SHORT or not runs:
        return _run(was, now)
    more = f" and {len(runs) - _RUNS} more differences" if len(runs) > _RUNS else ""
    return f"in {quoted(now, 40)}, {', '.join(_run(*run) for run in runs[:_RUNS])}{more}"


def _run(was: str, now: str) -> str:
    if not was or not now:
        return f"{quoted(now)} is new" if now else f"{quoted(was)} is gone"
    return f"{quoted(was)} became {quoted(now)}"
