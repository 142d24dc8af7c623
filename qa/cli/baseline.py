"""The command `qa baseline`: accept the screenshots of the last report, list what is accepted, drop it.

What is accepted is what somebody saw: the pictures of the last report, never new ones.
"""

from __future__ import annotations

import argparse
import json
import shlex
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.files.names import REQUEST_NAMES
from qa.finding import Unusable

if TYPE_CHECKING:
    from qa.artefacts import BaselineScreenshot

_ABOUT = "accept the screenshots of a campaign; later runs say what changed since"
_EPILOG = """\
examples:
  qa run spring-webinar                             look at qa-report/report.html
  qa baseline accept spring-webinar                 it is as it should be: keep its pictures
  qa baseline accept spring-webinar --asset invite --view gmail-web --by "Kim Osei"
  qa baseline list spring-webinar
  qa baseline drop spring-webinar --view gmail-web

The pictures of the last report are kept in the campaign's folder `baseline`, which belongs into version control.
"""


def add_baseline(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command's arguments."""
    parser = commands.add_parser(
        "baseline",
        help=_ABOUT,
        description=f"{_ABOUT[0].upper()}{_ABOUT[1:]}.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    steps = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    abouts: Mapping[Callable[[argparse.Namespace], int], tuple[str, str]] = {
        accept: ("keep the pictures of the last report", "Nothing was accepted."),
        listed: ("what was accepted, when and by whom", "Nothing was listed."),
        drop: ("forget what was accepted", "Nothing was dropped."),
    }
    for step, (about, without_effect) in abouts.items():
        each = steps.add_parser("list" if step is listed else step.__name__, help=about, description=f"{about}.")
        each.add_argument("campaign", type=Path, metavar="CAMPAIGN", help="campaign folder")
        each.add_argument("--asset", action="append", metavar="NAME", help="this email or page alone")
        each.add_argument("--view", action="append", metavar="NAME", help="this view alone")
        each.set_defaults(command=step, without_effect=without_effect)
        if step is accept:
            each.add_argument("--by", metavar="WHO", help="who accepts it (default: the name of your account)")
            each.add_argument(
                "--report", type=Path, default=Path("qa-report"), metavar="DIR", help="the report to take"
            )


def accept(arguments: argparse.Namespace) -> int:
    """Keep what the last report shows."""
    from qa.approval.accept import keep
    from qa.approval.baseline import FOLDER
    from qa.profile.clock import Clock
    from qa.report.folder import DOCUMENT
    from qa.request import load_request

    folder = _folder(arguments.campaign)
    report = _report(folder, arguments.report)
    document = _document(report / DOCUMENT)
    if document["campaign"]["build_digest"] != _build_digest(folder):
        raise Unusable(
            f"{report}: the build was changed after this report was written; "
            f"run `qa run {arguments.campaign}`, look at the new report, and accept that"
        )
    screenshots = _chosen(_reported(report), arguments)
    if not screenshots:
        raise Unusable(f"{report}: no screenshot to accept{_narrowed(arguments)}; `qa run` draws them")
    shown = {(each["asset"], each["view"]): report / each["file"] for each in document["screenshots"]}
    pictures = [_picture(screenshot, shown) for screenshot in screenshots]
    keep(
        folder, screenshots, pictures, arguments.by or _account(), Clock.of_environment().today_of(load_request(folder))
    )
    for screenshot in screenshots:
        print(f"accepted: {_plain(screenshot.asset)} in {_plain(screenshot.view)}")
    print(f"\nKept in {_plain(str(folder / FOLDER))}; later runs say what changed since.")
    return 0


def listed(arguments: argparse.Namespace) -> int:
    """Say what is accepted."""
    from qa.approval.accept import approved_screenshots

    folder = _folder(arguments.campaign)
    screenshots = _chosen(approved_screenshots(folder).values(), arguments)
    if not screenshots:
        print(f"Nothing is accepted{_narrowed(arguments)}.")
    for each in sorted(screenshots, key=lambda screenshot: screenshot.key):
        by = f" by {each.by}" if each.by else ""
        print(_plain(f"{each.asset} in {each.view}: accepted on {each.accepted}{by}, drawn by {each.renderer}"))
    for name in _left_behind(folder, screenshots):
        forget = f"qa baseline drop {shlex.quote(str(arguments.campaign))} --asset {shlex.quote(name)}"
        print(_plain(f"\nThe request has no asset of the name “{name}” any more; `{forget}` forgets it."))
    return 0


def drop(arguments: argparse.Namespace) -> int:
    """Forget what is accepted."""
    from qa.approval.accept import approved_screenshots
    from qa.approval.baseline import save
    from qa.files.atomic import alone

    folder = _folder(arguments.campaign)
    with alone(folder):
        approved = approved_screenshots(folder)
        screenshots = _chosen(approved.values(), arguments)
        if not screenshots:
            raise Unusable(f"{arguments.campaign}: nothing is accepted{_narrowed(arguments)}")
        gone = {screenshot.key for screenshot in screenshots}
        save(folder, {key: screenshot for key, screenshot in approved.items() if key not in gone}, ())
    for screenshot in screenshots:
        print(f"dropped: {_plain(screenshot.asset)} in {_plain(screenshot.view)}")
    return 0


def _folder(campaign: Path) -> Path:
    folder = campaign.parent if campaign.name in REQUEST_NAMES else campaign
    if not any((folder / name).is_file() for name in REQUEST_NAMES):
        raise Unusable(f"{campaign}: no request.yaml in this folder; screenshots are accepted of one campaign")
    return folder


def _left_behind(folder: Path, screenshots: Iterable[BaselineScreenshot]) -> list[str]:
    """The names, among what is accepted, of assets that were renamed or taken out of the request."""
    from qa.build.assets import find_assets
    from qa.request import load_request

    try:
        asked = {asset.name for asset in find_assets(folder, load_request(folder))}
    except Unusable:  # a request that cannot be read is no reason to keep the list back, and `qa run` says why
        return []
    return sorted({screenshot.asset for screenshot in screenshots} - asked)


def _report(folder: Path, given: Path) -> Path:
    """The report folder of a campaign: the one that was named, or one of many within it."""
    from qa.build.campaign import shown
    from qa.report.folder import DOCUMENT
    from qa.request import load_request

    wanted = load_request(folder).id, shown(folder.resolve().name)
    found = []
    for file in (given / DOCUMENT, *sorted(given.glob(f"*/{DOCUMENT}"))):
        if file.is_file() and ((about := _document(file)["campaign"])["id"], about["folder"]) == wanted:
            found.append(file)
    if not found:
        raise Unusable(
            f"{given}: no report of {folder} is here; run `qa run {folder}` and look at its report first, "
            "or name the report's folder with --report"
        )
    return max(found, key=lambda file: file.stat().st_mtime).parent


def _document(file: Path) -> dict[str, Any]:
    try:
        document = json.loads(file.read_bytes())
        about = document["campaign"]
        _ = about["id"], about["folder"], about["build_digest"]
        _ = [(each["asset"], each["view"], each["file"]) for each in document["screenshots"]]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        raise Unusable(f"{file}: this is no report of qa, or one of another version; run `qa run` again") from None
    assert isinstance(document, dict)
    return document


def _build_digest(folder: Path) -> str:
    from qa.build.campaign import Campaign
    from qa.build.digest import digest
    from qa.report.quotes import build_files
    from qa.run import Session, plan

    return digest(build_files(plan(Session(), Campaign(folder, folder.name))))


def _reported(report: Path) -> list[BaselineScreenshot]:
    from qa.approval.baseline import from_json
    from qa.report.approvable import APPROVABLE

    file = report / APPROVABLE
    try:
        return from_json(file.read_bytes())
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        raise Unusable(f"{file}: this file is damaged; run `qa run` again") from None


def _picture(screenshot: BaselineScreenshot, shown: Mapping[tuple[str, str], Path]) -> bytes:
    from qa.approval.baseline import digest

    try:
        picture = shown[screenshot.key].read_bytes()
    except (KeyError, OSError):
        picture = b""
    if digest(picture) != screenshot.picture:
        raise Unusable(
            f"the screenshot of {screenshot.asset} in {screenshot.view} is not in the report, or was changed; "
            "run `qa run` again"
        )
    return picture


def _chosen(screenshots: Iterable[BaselineScreenshot], arguments: argparse.Namespace) -> list[BaselineScreenshot]:
    return [
        screenshot
        for screenshot in screenshots
        if screenshot.asset in (arguments.asset or [screenshot.asset])
        and screenshot.view in (arguments.view or [screenshot.view])
    ]


def _narrowed(arguments: argparse.Namespace) -> str:
    named = [f" of {name}" for name in arguments.asset or ()] + [f" in {name}" for name in arguments.view or ()]
    return "".join(named)


def _account() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return ""


def _plain(text: str) -> str:
    from qa.cli.output import plain

    return plain(text)
