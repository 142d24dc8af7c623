"""The command `qa judge`: a stored result weighed again, refused where request or build have changed since."""

from __future__ import annotations

import argparse
from pathlib import Path

from qa.build.campaign import Campaign, find_campaigns
from qa.files.paths import content_of
from qa.finding import Unusable
from qa.profile.clock import Clock
from qa.profile.load import load_profile
from qa.report.document import as_document, as_stored, digest_of
from qa.report.examine import report_files, waivers_of
from qa.report.folder import DOCUMENT, REPORT, prepare, publish, write_whole
from qa.report.folder_lock import held
from qa.report.judge_again import judged_again
from qa.report.read_files import changed_since
from qa.report.record import Record, read_record
from qa.run import Plan, plan, session
from qa.text.leaving import plain
from qa.text.phrases import listed
from qa.verdict.judge import EXIT_CODES, Decision


def judge_result(arguments: argparse.Namespace) -> int:
    """Weigh a result again; print, write and return what `qa judge` promises."""
    from qa.cli import terminal

    file: Path = arguments.result / DOCUMENT if arguments.result.is_dir() else arguments.result
    record = _read(file)
    campaign = _campaign(arguments.campaign or Path(record.run.target))
    profile = load_profile(campaign.loose or campaign.folder, arguments.profile, gate=arguments.fail_on)
    judging = session(profile, Clock.of_environment())
    planned = plan(judging, campaign)
    _refuse_changed(record, planned)
    again = judged_again(record, profile, waivers_of(planned), judging.clock.today_of(planned.request))
    stored = as_stored(again)
    document = as_document(stored)
    if arguments.json:
        write_whole(arguments.json, stored)
    if arguments.report:
        prepare(arguments.report)
        with held(arguments.report, again.run.target):
            publish(arguments.report, report_files(document, stored, _pictures(file.parent, again)))
    out = terminal.Terminal()
    terminal.print_verdict(out, document)
    if arguments.report:
        out.print(f"\nReport: {plain(str(arguments.report / REPORT))}")
    return EXIT_CODES[Decision(again.verdict.outcome)]


def _read(file: Path) -> Record:
    try:
        return read_record(content_of(file))
    except OSError as error:
        raise Unusable(f"{file}: cannot be read ({error.strerror or error})") from None
    except ValueError:
        raise Unusable(f"{file}: this is no result of qa, or one of another version; run `qa run` again") from None


def _campaign(target: Path) -> Campaign:
    if not target.exists():
        raise Unusable(f"{target}: the campaign of this result is not there; name its folder with --campaign")
    return find_campaigns([target])[0]


def _refuse_changed(record: Record, planned: Plan) -> None:
    """Unusable where what was judged is not what is there now."""
    about = record.campaign
    if changed := changed_since(planned, about.request_digest, about.build_digest, about.files):
        raise Unusable(f"{about.name}: {listed(changed)} changed since this result; run `qa run` again")


def _pictures(folder: Path, record: Record) -> dict[str, bytes]:
    """The screenshots beside a result, each the one that was judged."""
    names = [
        side.file
        for screenshot in record.screenshots
        for side in (screenshot, screenshot.baseline, screenshot.mock_up)
        if side
    ]
    try:
        found = {name: content_of(folder / name) for name in dict.fromkeys(names)}
    except OSError as error:
        raise Unusable(f"{error.filename}: this screenshot of the result is not there; run `qa run` again") from None
    if other := [name for name, content in found.items() if digest_of(content) != record.run.pictures.get(name)]:
        raise Unusable(*(f"{folder / name}: not the screenshot of this result; run `qa run` again" for name in other))
    return found
