"""The catalogue of checks and views, printed by `qa list` and `qa explain` and in the generated tables."""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from pathlib import Path

from qa.check import Check, Registry, option_fields, registry
from qa.cli.output import say, tell
from qa.finding import Unusable
from qa.profile.load import load_profile
from qa.run.needs import is_of_request
from qa.text.leaving import plain
from qa.views.catalogue import all_views


def _known() -> Registry:
    return registry(load_profile(Path.cwd()).local_checks)


def print_list() -> None:
    """Every check: id and title."""
    known = _known()
    checks = known.checks
    width = max(map(len, checks))
    for check in checks.values():
        tell(f"{check.id:<{width}}  {check.title}")
    of_request = sum(is_of_request(check, known) for check in checks.values())
    said = f"{of_request} of them, request-…, judge the request alone and are run by `qa triage`."
    say(f"\n{len(checks)} checks. {said} `qa explain CHECK` says what one asks, why, and how it fails.")


def print_views() -> None:
    """Every view: name, width, how true it is, the date of its facts, and what it stands for."""
    views = [view for view in all_views(load_profile(Path.cwd())).values() if not view.dark and view.images]
    width = max(len(view.name) for view in views)
    for view in views:
        tell(f"{view.name:<{width}}  {view.width:>4} px  {view.fidelity.value:<11}  {view.dated}  {plain(view.title)}")
    said = "Each can be had as NAME-dark, NAME-no-images and NAME-dark-no-images. docs/views.md says what each shows."
    say(f"\n{len(views)} views. {said}")


def print_explanation(name: str) -> None:
    """A check by its id, or the check a code belongs to."""
    checks = _known().checks
    by_code = {code.name: check for check in checks.values() for code in check.codes}
    check = checks.get(name) or by_code.get(name)
    if check is None:
        near = get_close_matches(name, [*checks, *by_code], 1)
        raise Unusable(
            f"{name}: there is no check or code of that name" + (f"; did you mean {near[0]}?" if near else "")
        )
    tell(explanation(check))


def explanation(check: Check) -> str:
    """The whole of what there is to say about a check, as text."""
    parts = [f"{check.id}\n{check.title}.", check.rationale, "Codes"]
    parts.append(
        "\n".join(f"  {c.name} ({c.severity})\n{textwrap.indent(f'{c.meaning} {c.fix}', '    ')}" for c in check.codes)
    )
    if options := option_fields(check.options):
        lines = "\n".join(f"  {name} = {_toml(value)}" for name, value in options.items())
        parts.append(f"Options (qa.toml, with their defaults)\n  [checks.{check.id}]\n{lines}")
    parts.append("Fails on\n" + textwrap.indent(check.fails, "  "))
    parts.append("Passes\n" + textwrap.indent(check.passes, "  "))
    return "\n\n".join(parts)


def _toml(value: object) -> str:
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
