"""The command `qa baseline`: accept what the last report shows, list what is accepted, drop it.

What is accepted is what somebody saw: the pictures and contents of the last report, never new ones.
"""

from __future__ import annotations

import argparse
import json
import shlex
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.cli.output import tell
from qa.files.names import REQUEST_NAMES
from qa.files.paths import content_of
from qa.finding import Unusable
from qa.text.leaving import plain

if TYPE_CHECKING:
    from qa.artefacts import Approval, BaselineScreenshot

_ABOUT = "accept a campaign as its last report shows it; later runs say what changed since"
_EPILOG = """\
examples:
  qa run spring-webinar                             look at qa-report/report.html
  qa baseline accept spring-webinar                 it is as it should be: keep its pictures
  qa baseline accept spring-webinar --asset invite --view gmail-web --by "Kim Osei"
  qa baseline accept spring-webinar --reason "The old price stays until Friday, agreed with Kim"
  qa baseline list spring-webinar
  qa baseline drop spring-webinar --view gmail-web

What the last report shows is kept in the campaign's folder `baseline`, which belongs into version control: pictures,
words, links, envelope, request and profile. A campaign that is not GO is accepted only with a reason.
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
        accept: ("keep what the last report shows", "Nothing was accepted."),
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
            each.add_argument("--reason", metavar="WHY", default="", help="why, where the report is not GO")
            each.add_argument(
                "--report", type=Path, default=Path("qa-report"), metavar="DIR", help="the report to take"
            )


def accept(arguments: argparse.Namespace) -> int:
    """Keep what the last report shows."""
    from qa.approval.accept import Acceptance, keep
    from qa.approval.baseline import FOLDER
    from qa.profile.clock import Clock
    from qa.report.approvable import refuse_mixed
    from qa.report.folder import DOCUMENT
    from qa.request import load_request

    folder = _folder(arguments.campaign)
    report = _report(folder, arguments.report)
    document = _document(report / DOCUMENT)
    refuse_mixed(report, document["run"]["id"])
    _refuse_changed(folder, report, document["campaign"], arguments.campaign)
    _refuse_without_reason(report, document["verdict"], arguments)
    screenshots = _chosen(_reported(report), arguments)
    if not screenshots:
        raise Unusable(f"{report}: no screenshot to accept{_narrowed(arguments)}; `qa run` draws them")
    shown = {(each["asset"], each["view"]): report / each["file"] for each in document["screenshots"]}
    pictures = [_picture(screenshot, shown) for screenshot in screenshots]
    today = Clock.of_environment().today_of(load_request(folder))
    acceptance = Acceptance(arguments.by or _account(), today, " ".join(arguments.reason.split()))
    keep(folder, screenshots, pictures, _contents(folder, report, screenshots, arguments), acceptance)
    for screenshot in screenshots:
        tell(f"accepted: {plain(screenshot.asset)} in {plain(screenshot.view)}")
    tell(f"\nKept in {plain(str(folder / FOLDER))}; later runs say what changed since.")
    return 0


def _refuse_changed(folder: Path, report: Path, about: Mapping[str, Any], campaign: Path) -> None:
    """Nobody has looked at what was changed after the report."""
    from qa.build.campaign import Campaign
    from qa.report.read_files import changed_since
    from qa.run import Session, plan
    from qa.text.phrases import listed

    planned = plan(Session(), Campaign(folder, folder.name))
    if changed := changed_since(planned, about["request_digest"], about["build_digest"], about["files"]):
        raise Unusable(
            f"{report}: {listed(changed)} {'were' if len(changed) > 1 else 'was'} changed after this "
            f"report was written; run `qa run {campaign}`, look at the new report, and accept that"
        )


def _refuse_without_reason(report: Path, verdict: Mapping[str, Any], arguments: argparse.Namespace) -> None:
    """What holds a campaign is known to whoever accepts it all the same."""
    if verdict["outcome"] == "go" or arguments.reason.strip():
        return
    about = "some checks could not be run"
    if verdict["outcome"] == "held":
        counts = [(verdict["counts"].get(name, 0), name) for name in ("error", "warning")]
        about = " and ".join(f"{n} {name}{'s' if n > 1 else ''}" for n, name in counts if n) or "findings"
    raise Unusable(
        f"{report}: this report is {verdict['outcome'].upper()} ({about}); put that right and run "
        f'`qa run {arguments.campaign}` again, or accept it as it is and say why: --reason "…"'
    )


def _contents(
    folder: Path, report: Path, screenshots: Iterable[BaselineScreenshot], arguments: argparse.Namespace
) -> list[Approval]:
    """Of every asset that is accepted, and the request: of that, with a part of the assets, only the first time."""
    from qa.approval.accept import approved_contents
    from qa.approval.contents import from_json
    from qa.report.approvable import CONTENTS

    file = report / CONTENTS
    try:
        reported = from_json(content_of(file))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        raise Unusable(f"{file}: this file is damaged; run `qa run` again") from None
    chosen = {screenshot.asset for screenshot in screenshots}
    if not arguments.asset or "" not in approved_contents(folder):
        chosen.add("")
    return [each for each in reported if each.asset in chosen]


def listed(arguments: argparse.Namespace) -> int:
    """Say what is accepted."""
    from qa.approval.accept import approved_contents, approved_screenshots

    folder = _folder(arguments.campaign)
    screenshots = _chosen(approved_screenshots(folder).values(), arguments)
    reasons = {asset: f" (reason: {each.reason})" for asset, each in approved_contents(folder).items() if each.reason}
    if not screenshots:
        tell(plain(f"Nothing is accepted{_narrowed(arguments)}."))
    for each in sorted(screenshots, key=lambda screenshot: screenshot.key):
        by = f" by {each.by}" if each.by else ""
        when = f"accepted on {each.accepted}{by}{reasons.get(each.asset, '')}"
        tell(plain(f"{each.asset} in {each.view}: {when}, drawn by {each.renderer}"))
    for name in _left_behind(folder, screenshots):
        forget = f"qa baseline drop {shlex.quote(str(arguments.campaign))} --asset {shlex.quote(name)}"
        tell(f"\nThe request has no asset of the name “{plain(name)}” any more; `{plain(forget)}` forgets it.")
    return 0


def drop(arguments: argparse.Namespace) -> int:
    """Forget what is accepted."""
    from qa.approval.accept import approved_screenshots, forget

    folder = _folder(arguments.campaign)
    screenshots = _chosen(approved_screenshots(folder).values(), arguments)
    if not screenshots:
        raise Unusable(f"{arguments.campaign}: nothing is accepted{_narrowed(arguments)}")
    forget(folder, [screenshot.key for screenshot in screenshots])
    for screenshot in screenshots:
        tell(f"dropped: {plain(screenshot.asset)} in {plain(screenshot.view)}")
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
        document = json.loads(content_of(file))
        about, _ = document["campaign"], document["run"]["id"]
        _ = about["id"], about["folder"], about["build_digest"], about["request_digest"], about["files"].items()
        _ = document["verdict"]["outcome"], document["verdict"]["counts"]["error"]
        _ = [(each["asset"], each["view"], each["file"]) for each in document["screenshots"]]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Unusable(f"{file}: this is no report of qa, or one of another version; run `qa run` again") from None
    assert isinstance(document, dict)
    return document


def _reported(report: Path) -> list[BaselineScreenshot]:
    from qa.approval.baseline import from_json
    from qa.report.approvable import APPROVABLE

    file = report / APPROVABLE
    try:
        return from_json(content_of(file))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        raise Unusable(f"{file}: this file is damaged; run `qa run` again") from None


def _picture(screenshot: BaselineScreenshot, shown: Mapping[tuple[str, str], Path]) -> bytes:
    from qa.approval.baseline import digest

    try:
        picture = content_of(shown[screenshot.key])
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
