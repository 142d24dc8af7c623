"""The command line of `qa`. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from qa.cli.baseline import add_baseline
from qa.cli.output import say, say_problems, silence, tell, tell_written
from qa.files.scratch import SCRATCH
from qa.finding import Unusable
from qa.signals import STOPPED, stoppable
from qa.text.leaving import plain

ABOUT_EXIT_CODES = """\
exit codes:
  0  go: nothing at or above the gate
  1  held: a finding at or above the gate
  2  the command, the request or the configuration cannot be used: nothing was checked; or a result cannot be written
  3  incomplete: a check that should have run could not, or nothing was looked at; and nothing worse
 70  a mistake in qa itself; QA_DEBUG=1 shows where
"""
SOFTWARE_ERROR = 70  # EX_SOFTWARE of sysexits.h


def main(argv: Sequence[str] | None = None, patience: float | None = None) -> int:
    """Run a command line; the exit code. ``patience``: seconds a stop may take, in a process of its own."""
    try:
        with stoppable(patience, SCRATCH.remove):
            return _command(argv)
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:  # `qa list | head`
        silence()
        return 0
    except OSError as error:
        silence()
        say_problems([f"{error.filename or 'the output'}: cannot be read or written ({error.strerror or error})"])
        return 2
    except Exception as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # Python 3.11 wraps it while a class is made
            return _stopped()
        if os.environ.get("QA_DEBUG") == "1":
            raise
        wrong = f"{type(error).__name__}: {error}".rstrip(".")
        say_problems([f"this should not happen: {wrong}; set QA_DEBUG=1 to see where"])
        return SOFTWARE_ERROR


def _stopped() -> int:
    say("qa: stopped; no report was written.")
    return STOPPED


def _command(argv: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        parser = _parser()
        arguments = parser.parse_args(argv)
        if arguments.version:
            from qa import version

            tell(f"campaign-qa {version()}")
            return 0
        if not hasattr(arguments, "command"):
            parser.print_help()
            return 2
        command: Callable[[argparse.Namespace], int] = arguments.command
        try:
            return command(arguments)
        except Unusable as unusable:
            say_problems(unusable.problems)
            if without := getattr(arguments, "without_effect", "Nothing was checked."):
                say(without)
            return 2
    finally:
        if sys.stdout is not None:  # as it is after `>&-`
            sys.stdout.flush()  # here, where a full disk can still be told


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(plain(message))


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="qa",
        description="Compare built emails and landing pages with the request they were built from.",
        epilog="start here:  qa run CAMPAIGN-FOLDER      then open qa-report/report.html\n\n" + ABOUT_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_run(commands)
    _add_draft(commands)
    _add_triage(commands)
    _add_judge(commands)
    add_baseline(commands)
    listing = _add(commands, "list", _list, "every check: its id, and what it asks of a build")
    listing.add_argument(
        "--views", action="store_true", help="every view a build can be drawn in, instead of the checks"
    )
    explain = _add(commands, "explain", _explain, "what a check asks, why, how it can fail, one example of each")
    explain.set_defaults(without_effect="")
    explain.add_argument("check", metavar="CHECK", help="the id of a check (see `qa list`), or of one of its codes")
    schema = _add(commands, "schema", _schema, "the JSON Schema of request.yaml, for your editor")
    schema.add_argument("--document", action="store_true", help="that of the result (report.json), for your scripts")
    setup = _add(commands, "setup", _machine, "install a browser for the screenshots")
    setup.add_argument("--engines", action="store_true", help="also WebKit (Apple Mail) and Firefox (Thunderbird)")
    _add(commands, "doctor", _machine, "say what is there, what is missing and how to get it")
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    command: Callable[[argparse.Namespace], int],
    about: str,
    epilog: str = "",
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=about,
        description=about[0].upper() + about[1:] + ".",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=command)
    return parser


RUN_EPILOG = f"""\
targets:
  a campaign folder (it holds request.yaml), a folder of campaigns, or bare build files (.html, .eml):
  those are checked without a request, and every check that needs one is skipped and says so.

examples:
  qa run spring-webinar                     check a campaign, write qa-report/report.html
  qa run spring-webinar --open              … and open it
  qa run build/invite.html                  a builder's self-check
  qa run campaigns/ --junit out.xml -j 4    every campaign below a folder, for CI
  qa run spring-webinar --only link-destination,tracking --no-render

{ABOUT_EXIT_CODES}"""


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    run = _add(commands, "run", _run, "gather, check and report: the main job", RUN_EPILOG)
    run.add_argument("targets", nargs="+", type=Path, metavar="TARGET", help="campaign folder, or build file")
    run.add_argument("--report", type=Path, default=Path("qa-report"), metavar="DIR", help="where the report goes")
    for name in ("json", "junit", "sarif", "markdown"):
        run.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"also write the result as {name}")
    run.add_argument("--fail-on", choices=("error", "warning", "never"), help="the gate (default: error, or qa.toml's)")
    _add_profile(run)
    run.add_argument("--only", action="append", metavar="CHECK", help="run these checks alone (comma-separated)")
    run.add_argument("--skip", action="append", metavar="CHECK", help="leave these checks out (comma-separated)")
    run.add_argument(
        "--as", dest="kind", choices=("email", "page"), help="what a bare build file is (default: guessed)"
    )
    run.add_argument(
        "--online", action="store_true", help="ask links, fetch builds by URL; else no request leaves the machine"
    )
    run.add_argument(
        "--views", action="append", metavar="VIEW", help="draw these (comma-separated; see `qa list --views`), or all"
    )
    run.add_argument("--no-render", action="store_true", help="no browser, no screenshots")
    run.add_argument("-j", "--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="work on N at a time")
    run.add_argument("--open", action="store_true", help="open the report when it is there")


def _add_triage(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    codes = (
        "exit codes:\n  0  ready, or ready with questions\n  1  not ready\n  2  the request or qa.toml cannot be used\n"
    )
    about = "judge the request alone, before anything is built: what is missing, contradictory, late or too poor"
    triage = _add(commands, "triage", _triage, about, codes)
    triage.add_argument("targets", nargs="+", type=Path, metavar="TARGET", help="campaign folder, or a folder of them")
    for name in ("json", "junit", "sarif", "markdown"):
        triage.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"also write the result as {name}")
    _add_profile(triage)
    triage.add_argument("--today", type=_day, metavar="DATE", help="judge as on that day, such as 2026-03-01")


def _add_judge(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "weigh a stored result again, by another qa.toml or new waivers: nothing is drawn, read or asked anew"
    epilog = (
        "A result whose request or build has changed since is refused: what was not looked at is never passed.\n\n"
        "examples:\n"
        "  qa judge qa-report                        by today's qa.toml and waivers.yaml\n"
        "  qa judge qa-report --fail-on warning      as a stricter gate before launch\n"
        f"  qa judge out.json --profile strict.toml   by another team's profile\n\n{ABOUT_EXIT_CODES}"
    )
    judge = _add(commands, "judge", _judge, about, epilog)
    judge.set_defaults(without_effect="Nothing was judged.")
    judge.add_argument("result", type=Path, metavar="RESULT", help="a report folder, or the json of one result")
    judge.add_argument("--campaign", type=Path, metavar="DIR", help="where the campaign is (default: where it was)")
    _add_profile(judge)
    judge.add_argument(
        "--fail-on", choices=("error", "warning", "never"), help="the gate (default: error, or qa.toml's)"
    )
    judge.add_argument("--report", type=Path, metavar="DIR", help="also write a report of it")
    judge.add_argument("--json", type=Path, metavar="FILE", help="also write the result as json")


def _add_profile(command: argparse.ArgumentParser) -> None:
    about = "the team's qa.toml (default: the nearest above the campaign)"
    command.add_argument("--profile", type=Path, metavar="FILE", help=about)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: a date such as 2026-03-01 was expected") from None


def _add_draft(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    codes = "exit codes:\n  0  the draft is written\n  2  a build cannot be read, or the file is there already\n"
    draft = _add(commands, "draft", _draft, "write a first request.yaml from a build, to be corrected by hand", codes)
    draft.set_defaults(without_effect="Nothing was drafted.")
    draft.add_argument("builds", nargs="+", type=Path, metavar="BUILD", help="build file (.html, .eml)")
    draft.add_argument("--out", type=Path, metavar="FILE", help="where it goes (default: it is printed)")
    draft.add_argument("--force", action="store_true", help="overwrite that file")
    draft.add_argument("--as", dest="kind", choices=("email", "page"), help="what the builds are (default: guessed)")


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text}: a number from 1 to 64 was expected")
    return int(text)


def _run(arguments: argparse.Namespace) -> int:
    from qa.cli.run import run_targets

    return run_targets(arguments)


def _triage(arguments: argparse.Namespace) -> int:
    from qa.cli.triage import triage_targets

    return triage_targets(arguments)


def _judge(arguments: argparse.Namespace) -> int:
    from qa.cli.judge import judge_result

    return judge_result(arguments)


def _draft(arguments: argparse.Namespace) -> int:
    from qa.cli.draft import draft_command

    return draft_command(arguments)


def _list(arguments: argparse.Namespace) -> int:
    from qa.cli.catalogue import print_list, print_views

    print_views() if arguments.views else print_list()
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    from qa.cli.catalogue import print_explanation

    print_explanation(arguments.check)
    return 0


def _schema(arguments: argparse.Namespace) -> int:
    import json

    from qa.report.record import record_schema
    from qa.request import schema

    wanted = record_schema() if arguments.document else schema()
    tell_written(json.dumps(wanted, indent=2, ensure_ascii=False) + "\n")
    return 0


def _machine(arguments: argparse.Namespace) -> int:
    """`qa setup`, and `qa doctor`, which only looks."""
    from qa.cli.doctor import doctor, setup
    from qa.profile.load import load_profile

    profile = load_profile(Path.cwd())
    if "engines" not in arguments:
        return doctor(sys.stdout, profile=profile)
    return setup(sys.stdout, profile=profile, engines=arguments.engines)
