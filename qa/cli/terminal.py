"""The terminal: what all commands print on it, and the progress and the verdict of `qa run`."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from qa.report import FOREMOST
from qa.report.folder import Published
from qa.report.words.approved import approved_in_words
from qa.report.words.policy import brought, policy_in_words
from qa.text.leaving import plain, plain_lines

if TYPE_CHECKING:
    from rich.progress import Progress

VERDICTS = {
    "go": ("bold green", "GO", "Nothing found that holds it."),
    "held": ("bold red", "HELD", "It must not go out like this."),
    "incomplete": ("bold yellow", "INCOMPLETE", "Something that should have been checked could not be."),
}
COLOURS = {"error": "red", "warning": "yellow", "info": "blue", "review": "magenta"}
LONGEST_NAME = 200  # characters
SHOWN_TARGETS = 40  # in the summary of many; the index has them all


class Terminal(Console):
    """Standard output in colours; who stops reading it does not change the verdict."""

    def __init__(self) -> None:
        super().__init__(highlight=False, soft_wrap=True, markup=False)

    def on_broken_pipe(self) -> None:
        """Heard, where rich would end the program."""
        raise BrokenPipeError

    def print(self, *objects: Any, **how: Any) -> None:
        """Texts in lines as they were composed, each made plain."""
        super().print(*map(_plain_text, objects), **how)

    def paragraph(self, text: str, style: str = "") -> None:
        """Lines of whole words: one cut within could begin a line with what is an order only there."""
        for line in textwrap.wrap(plain(text), self.width - 10, break_long_words=False, break_on_hyphens=False):
            self.print(Text(" " * 10 + line, style))


def _plain_text(text: str | Text) -> Text:
    text = Text(text) if isinstance(text, str) else text.copy()
    text.plain = plain_lines(text.plain)
    return text


@contextmanager
def progress(console: Console) -> Iterator[Progress | None]:
    """A live bar on a terminal; None where the output goes to a file."""
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<40.40}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield bar


def steps(bar: Progress | None) -> Callable[[str, int, int], None]:
    """A listener for qa.run that moves one bar."""
    if bar is None:
        return lambda *_: None
    task = bar.add_task("gathering", total=None)

    def step(doing: str, behind: int, total: int) -> None:
        bar.update(task, description=escape(_name(doing)), completed=behind, total=total)

    return step


def campaigns(bar: Progress | None, total: int) -> Callable[[], None]:
    """To be called after each campaign of many."""
    if bar is None:
        return lambda: None
    task = bar.add_task("campaigns", total=total)
    return lambda: bar.advance(task)


def print_verdict(out: Terminal, document: Mapping[str, Any]) -> None:
    """The verdict and every finding that counts, by asset; what was not looked at in one line each."""
    campaign, verdict = document["campaign"], document["verdict"]
    style, word, sentence = VERDICTS[verdict["outcome"]]
    about = " · ".join(_name(campaign[key]) for key in ("name", "id") if campaign[key])
    out.print(Text.assemble((f" {word} ", f"{style} reverse"), f"  {about}"))
    out.print(Text(f"{sentence} {_counts(verdict['counts'])}"))
    for approved in approved_in_words(document):
        out.print(Text(f"Approved {plain(approved)}"))
    for said in policy_in_words(document):
        out.print(Text(plain(said), "yellow"))
    files = {asset["name"]: asset["file"] for asset in document["assets"]}
    for asset, findings in groupby(_ordered(document), key=lambda finding: finding["asset"] or "campaign"):
        out.print(Text(f"\n{_name(asset)}", "bold"))
        for finding in findings:
            _print_finding(out, finding, files.get(asset) or "")
    _print_rest(out, document["results"])


def _ordered(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    assets = [asset["name"] for asset in document["assets"]]
    weights = list(COLOURS)
    findings = [f for result in document["results"] for f in result["findings"] if not f["waived"]]

    def order(finding: Mapping[str, Any]) -> tuple[int, int, bool, int]:
        asset = assets.index(finding["asset"]) if finding["asset"] in assets else len(assets)
        line = (finding["where"] or {}).get("line") or 0
        return asset, weights.index(finding["severity"]), finding["code"] not in FOREMOST, line

    return sorted(findings, key=order)


def _print_finding(out: Terminal, finding: Mapping[str, Any], file: str) -> None:
    """A finding with its place; what is missing has the line that asks for it, else the ``file`` that lacks it."""
    where = finding["where"] or finding["request"]
    place = _name(where["file"] if where else file)
    place += f":{where['line']}" if where and where["line"] else ""
    place += f" (of its {plain(where['part'])} part)" if where and where["part"] else ""
    head = Text.assemble(
        ("  " + finding["severity"].ljust(8), COLOURS[finding["severity"]]),
        (finding["code"], "bold"),
        "  ",
        (place, "dim"),
    )
    out.print(head)
    out.paragraph(finding["message"])


def _print_rest(out: Terminal, results: Sequence[Mapping[str, Any]]) -> None:
    broken = [result for result in results if result["outcome"] == "broken"]
    if broken:
        out.print(Text("\nCould not be checked", "bold yellow"))
    for reason in dict.fromkeys((result["asset"], result["reason"]) for result in broken):
        ids = [r["check"] for r in broken if (r["asset"], r["reason"]) == reason]
        out.print(Text(f"  {_name(reason[0] or 'campaign')}: {plain(reason[1])} ({', '.join(ids)})"))
    for trace in dict.fromkeys(result["trace"] for result in broken if os.environ.get("QA_DEBUG") == "1"):
        for line in trace.splitlines():
            out.print(Text(f"    {plain(line)}", "dim"))
    undrawn = [result for result in results if result["check"] == "views" and result["outcome"] == "skipped"]
    for reason in dict.fromkeys(result["reason"] for result in undrawn):
        names = ", ".join(_name(result["asset"]) for result in undrawn if result["reason"] == reason)
        out.print(Text(f"\nViews not looked at ({names}): {plain(reason)}", "yellow"))
    tally = {
        name: sum(r["outcome"] == name for r in results) for name in ("passed", "failed", "review", "skipped", "broken")
    }
    out.print(Text("\nChecks: " + " · ".join(f"{count} {name}" for name, count in tally.items() if count), "dim"))


def print_kinds(out: Terminal, kinds: Sequence[str]) -> None:
    """What builds without a request were taken for: which checks look at them hangs on it."""
    if len(kinds) == 1:
        said = f"The build was taken for {'an email' if kinds[0] == 'email' else 'a page'}, as the markup looks"
    elif kinds:
        counts = [(kinds.count(kind), kind) for kind in ("email", "page")]
        told = ", ".join(f"{number} {kind}{'s' if number > 1 else ''}" for number, kind in counts if number)
        said = f"{len(kinds)} builds without a request were taken for what their markup looks like: {told}"
    else:
        return
    out.print(Text(f"{said}; --as email or --as page says which."))


def print_summary(out: Terminal, published: Sequence[Published], folder: Path) -> None:
    """A line a target, those that do not go first."""
    waiting = sorted(published, key=lambda each: not each.exit_code) if len(published) <= SHOWN_TARGETS else published
    waiting = [each for each in waiting if each.exit_code or len(published) <= SHOWN_TARGETS]
    for each in waiting[:SHOWN_TARGETS]:
        word = _outcome(each)
        style = VERDICTS.get(word, ("bold yellow",))[0]
        report = "; ".join(each.problems) or each.folder.relative_to(folder)
        out.print(Text.assemble((word.upper().ljust(11), style), f"{_name(each.name)}  ", (plain(str(report)), "dim")))
    if len(waiting) > SHOWN_TARGETS:
        out.print(f"… and {len(waiting) - SHOWN_TARGETS} more")
    if told := [f"{_name(each.name)} ({brought(each.unused)})" for each in published if each.unused]:
        cut = [*told[:SHOWN_TARGETS], *(["…"] if len(told) > SHOWN_TARGETS else [])]
        said = f"\nBrought by campaigns, and changed nothing: {plain('; '.join(cut))}"
        out.print(Text(said.strip() if not waiting else said, "yellow"))
    words = [_outcome(each) for each in published]
    tally = " · ".join(f"{words.count(word)} {word}" for word in dict.fromkeys(sorted(words)))
    out.print(f"\n{len(published)} targets: {tally}")


def _outcome(published: Published) -> str:
    if published.killed:
        return "incomplete"
    return published.decision.value if published.decision else "unusable"


def _counts(counts: Mapping[str, int]) -> str:
    words = {
        "error": "error",
        "warning": "warning",
        "info": "note",
        "review": "to decide by a person",
        "waived": "waived",
    }
    said = [
        f"{counts[key]} {word}{'s' if counts[key] != 1 and key in ('error', 'warning', 'info') else ''}"
        for key, word in words.items()
        if counts[key]
    ]
    return ", ".join(said) + ("." if said else "")


def _name(text: str) -> str:
    """A name, cut where no screen would hold it."""
    return plain(text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…")
