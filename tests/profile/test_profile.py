from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from qa.check import all_checks, registry
from qa.clients.mix import usual_mix
from qa.finding import Severity, Unusable
from qa.profile.codes import WAIVER_CODES, known_codes
from qa.profile.load import load_profile
from qa.profile.model import Profile
from qa.verdict import judge
from qa.visual import AREA, COLOUR

DOCS = Path(__file__).parents[2] / "docs" / "configuration.md"

OWN_CHECK = '''
from collections.abc import Iterator
from dataclasses import dataclass

from qa.artefacts import Links
from qa.check import Options, check
from qa.finding import Code, Finding, Severity


@dataclass(frozen=True)
class HostOptions(Options):
    hosts: tuple[str, ...] = ()
    strict: bool = False
    name: str = "x"


@check("own-hosts", Code("foreign-host", Severity.ERROR, "Not ours.", "Ask."))
def own_hosts(links: Links, options: HostOptions) -> Iterator[Finding]:
    """Links stay with us.

    Others do not.

    Fails:
      build: x
    Passes:
      build: y
    """
    yield from ()
'''


def load(folder: Path, text: str, **overrides: Any) -> Profile:
    (folder / "qa.toml").write_text(dedent(text), "utf-8")
    return load_profile(folder, **overrides)


def problems(folder: Path, text: str, **overrides: Any) -> list[str]:
    with pytest.raises(Unusable) as unusable:
        load(folder, text, **overrides)
    return [problem.replace(f"{folder.resolve()}/", "") for problem in unusable.value.problems]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    profile = load_profile(tmp_path)
    assert profile == Profile()
    assert profile.gate is Severity.ERROR


def test_the_whole_file(tmp_path: Path) -> None:
    profile = load(
        tmp_path,
        """
        gate = "warning"

        [checks]
        skip = ["phone-overflow"]

        [checks.image-weight]
        most = 200_000

        [checks.image-resolution]
        ratio = 2

        [severity]
        insecure-link = "error"
        missing-alt = "off"
        unused-waiver = "info"

        [brand]
        domains = ["acme.example", "Acme.Test"]
        [links]
        known = ["https://www.linkedin.com/company/acme", "acme.example/help"]

        [render]
        browser = "/usr/bin/chromium"

        [visual]
        colour = 0.01
        area = 9
        """,
    )
    assert profile == Profile(
        gate=Severity.WARNING,
        skip=("phone-overflow",),
        severities={"insecure-link": Severity.ERROR, "missing-alt": None, "unused-waiver": Severity.INFO},
        options={"image-weight": {"most": 200_000}, "image-resolution": {"ratio": 2.0}},
        domains=("acme.example", "acme.test"),
        known_links=("https://www.linkedin.com/company/acme", "acme.example/help"),
        browser="/usr/bin/chromium",
        visual_colour=0.01,
        visual_area=9,
        file=(tmp_path / "qa.toml").resolve(),
    )


def test_options_are_the_check_s_own_but_for_what_the_profile_says(tmp_path: Path) -> None:
    weight = all_checks()["image-weight"]
    by_default: Any = Profile().options_for(weight)
    chosen: Any = load(tmp_path, "[checks.image-weight]\nmost = 1").options_for(weight)
    assert chosen.most == 1
    assert chosen.most_of_an_email == by_default.most_of_an_email


def test_the_nearest_file_above_counts(tmp_path: Path) -> None:
    below = tmp_path / "campaigns" / "spring" / "build"
    below.mkdir(parents=True)
    load(tmp_path, 'gate = "never"')
    assert load_profile(below).gate is None
    (tmp_path / "campaigns" / "qa.toml").write_text('gate = "warning"')
    assert load_profile(below).gate is Severity.WARNING


@pytest.mark.parametrize("folder", [".", "build"])
@pytest.mark.parametrize("key", ["checks.folder", "render.browser"])
def test_a_campaign_brings_nothing_that_is_run(tmp_path: Path, folder: str, key: str) -> None:
    campaign, own = tmp_path / "spring", tmp_path / "spring" / folder
    own.mkdir(parents=True)
    assert load(tmp_path, f'{key} = "{tmp_path}"').gate is Severity.ERROR
    (campaign / "request.yaml").write_text("id: a")
    load_profile(campaign)
    (said,) = problems(own, f'{key} = "{tmp_path}"')
    assert said == (
        f"qa.toml, line 1: `{key}` is refused: a campaign may not bring checks or a browser of its own; "
        "put this into a qa.toml above it."
    )


def test_a_build_without_a_request_brings_nothing_that_is_run_either(tmp_path: Path) -> None:
    load(tmp_path, 'render.browser = "x"')
    build = tmp_path / "a.html"
    build.write_text("<p>")
    with pytest.raises(Unusable, match="may not bring"):
        load_profile(build)


def test_the_command_line_counts_more(tmp_path: Path) -> None:
    text = 'gate = "warning"\n[checks]\nonly = ["title"]\nskip = ["language", "copy"]'
    assert load(tmp_path, text, gate="never", jobs=3, online=True, only=None).gate is None
    assert load(tmp_path, text, gate="error").gate is Severity.ERROR
    assert load(tmp_path, text, gate=None).gate is Severity.WARNING
    profile = load(tmp_path, text, only=("copy",), skip=("sender",))
    assert (profile.only, profile.skip) == (("copy",), ("language", "sender"))


def test_every_problem_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert problems(
        tmp_path,
        """\
        gat = "error"
        gate = "fatal"
        [checks]
        only = ["link-destinaton"]
        skip = "title"
        folder = "nowhere"
        [checks.image-wieght]
        most = 1
        [checks.image-weight]
        mots = 1
        most = "1"
        most_of_an_email = true
        [checks.title]
        most = 1
        [severity]
        missing-alts = "off"
        missing-alt = "none"
        [brand]
        domains = ["https://acme.example"]
        [render]
        browser = 1
        brouser = ""
        """,
    ) == [
        "qa.toml, line 1: `gat` is not known here; did you mean `gate`?",
        "qa.toml, line 2: `gate` is “fatal”; it should be one of error, warning, never.",
        "qa.toml, line 4: `checks.only` names the check `link-destinaton`, which is not known here; did you mean `link-destination`? "
        "`qa list` names them all.",
        'qa.toml, line 5: `checks.skip` should be a list of texts: ["…", "…"], not \'title\'.',
        "qa.toml, line 6: `checks.folder` names a folder that is not there: nowhere.",
        "qa.toml, line 7: `checks.image-wieght` is not known here; did you mean `image-weight`?",
        "qa.toml, line 10: `checks.image-weight.mots` is not known here; did you mean `most`?",
        "qa.toml, line 11: `checks.image-weight.most` should be a whole number, not '1'.",
        "qa.toml, line 12: `checks.image-weight.most_of_an_email` should be a whole number, not 'True'.",
        "qa.toml, line 13: `checks.title` sets options, and this check has none.",
        "qa.toml, line 16: `severity.missing-alts` is not known here; did you mean `missing-alt`?",
        "qa.toml, line 17: `severity.missing-alt` is “none”; it should be one of error, warning, info, off.",
        "qa.toml, line 19: `brand.domains` should hold bare domains such as acme.example, not “https://acme.example”.",
        "qa.toml, line 21: `render.browser` should be text in quotes, not '1'.",
        "qa.toml, line 22: `render.brouser` is not known here; did you mean `browser`?",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("gate = error", "qa.toml, line 1: this is no TOML: invalid value."),
        ('a = 1\na = 2', "qa.toml, line 2: this is no TOML: cannot overwrite a value."),
        ('checks = "x"', "qa.toml, line 1: `checks` should be a table: [checks] on a line of its own."),
        ("[[severity]]", "qa.toml, line 1: `severity` should be a table: [severity] on a line of its own."),
        ('checks.image-weight = {most = "x"}', "qa.toml, line 1: `checks.image-weight.most` should be a whole number, not 'x'."),
        ('[checks]\n"image-weight".most = "x"', "qa.toml, line 2: `checks.image-weight.most` should be a whole number, not 'x'."),
    ],
)  # fmt: skip
def test_other_mistakes(tmp_path: Path, text: str, problem: str) -> None:
    (said,) = problems(tmp_path, text)
    assert said.startswith(problem.removesuffix("."))


@pytest.mark.parametrize("number", ["-1", "nan", "inf", "-inf"])
def test_a_limit_is_a_number_from_0_on(tmp_path: Path, number: str) -> None:
    number = f"{number}.0" if number == "-1" else number
    (said,) = problems(tmp_path, f"checks.image-resolution.ratio = {number}")
    assert said.startswith("qa.toml, line 1: `checks.image-resolution.ratio` should be a number from 0 on, not ")
    (said,) = problems(tmp_path, "checks.image-weight.most = -1")
    assert said == "qa.toml, line 1: `checks.image-weight.most` should be a number from 0 on, not -1."


def test_a_number_too_long_to_be_read(tmp_path: Path) -> None:
    assert problems(tmp_path, f"a = {'9' * 10_000}") == ["qa.toml: a number in it is far too long."]


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "qa.toml").write_bytes("# Grüße".encode("latin-1"))
    with pytest.raises(Unusable, match="not in UTF-8"):
        load_profile(tmp_path)


def test_unknown_checks_on_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as unusable:
        load_profile(tmp_path, only=("titel",), skip=("title", "zzz"))
    assert unusable.value.problems == (
        "--only: the check `titel` is not known here; did you mean `title`? `qa list` names them all.",
        "--skip: the check `zzz` is not known here; `qa list` names them all.",
    )


def test_severities_can_name_what_the_verdict_finds_itself() -> None:
    assert {judge.EXPIRED.name, judge.UNUSED.name} == set(WAIVER_CODES) <= known_codes(registry())


def ask(folder: Path, question: str) -> str:
    """In an interpreter of its own: a team's check stays registered for as long as one runs."""
    command = [sys.executable, "-c", question]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


ASK = """
from pathlib import Path
from qa.check import all_checks
from qa.profile.load import load_profile
from qa.finding import Unusable
try:
    profile = load_profile(Path())
    print(profile.local_checks.name, profile.options_for(all_checks(profile.local_checks)["own-hosts"]))
except Unusable as unusable:
    print(unusable)
"""


def test_a_team_s_own_checks(tmp_path: Path) -> None:
    (tmp_path / "qa_checks").mkdir()
    (tmp_path / "qa_checks" / "hosts.py").write_text(OWN_CHECK)
    profile = tmp_path / "qa.toml"
    profile.write_text(
        '[checks]\nfolder = "qa_checks"\n[checks.own-hosts]\nhosts = ["a"]\n[severity]\nforeign-host = "info"'
    )
    assert ask(tmp_path, ASK) == "qa_checks HostOptions(hosts=('a',), strict=False, name='x')\n"
    profile.write_text('[checks]\nfolder = "qa_checks"\n[checks.own-hosts]\nhosts = [1]\nstrict = 1\nnme = "x"')
    assert ask(tmp_path, ASK).splitlines() == [
        'qa.toml, line 4: `checks.own-hosts.hosts` should be a list of texts: ["…", "…"], not \'[1]\'.',
        "qa.toml, line 5: `checks.own-hosts.strict` should be true or false, not '1'.",
        "qa.toml, line 6: `checks.own-hosts.nme` is not known here; did you mean `name`?",
    ]
    (tmp_path / "qa_checks" / "hosts.py").write_text("import nothing_of_that_name")
    said = ask(tmp_path, ASK)
    assert "hosts.py: this check cannot be loaded (ModuleNotFoundError" in said


def test_settings_alone_load_nothing_heavy(tmp_path: Path) -> None:
    question = "import sys, qa.profile.model; print({'pydantic', 'bs4', 'lxml', 'ruamel'} & set(sys.modules))"
    assert ask(tmp_path, question) == "set()\n"


def test_the_documented_file_loads(tmp_path: Path) -> None:
    example = (DOCS.read_text("utf-8").split("```toml\n")[1]).split("```")[0]
    profile = load(tmp_path, example)
    assert (profile.skip, profile.domains) == (("phone-overflow",), ("acme.example",))
    assert profile.options == {"image-weight": {"most": 300_000}}


def test_the_client_mix(tmp_path: Path) -> None:
    assert Profile().clients == load(tmp_path, "").clients == usual_mix()
    mix = load(tmp_path, "[clients.mix]\noutlook-windows = 40\n'gmx.desktop-webmail' = 2.5\n").clients
    assert mix == {"outlook-windows": 40.0, "gmx.desktop-webmail": 2.5}
    assert load(tmp_path, "clients = {mix = {gmail-web = 100}}").clients == {"gmail-web": 100.0}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[clients.mix]\noutlok-windows = 40", "qa.toml, line 2: `clients.mix.outlok-windows` is not known here; did you mean `outlook-windows`?"),
        ("[clients.mix]\ngmail-web = '40 %'", "qa.toml, line 2: `clients.mix.gmail-web` should be a number, not '40 %'."),
        ("[clients.mix]\ngmail-web = -1", "qa.toml, line 2: `clients.mix.gmail-web` should be a number from 0 on, not -1."),
        ("[clients.mix]\ngmail-web = 0", "qa.toml, line 1: `clients.mix` names no client that anybody uses."),
        ("[clients.mix]\ngmail-web = 70\ngmail-ios = 60", "qa.toml, line 1: `clients.mix` adds up to 130: the shares are in percent of all readers."),
        ("[clients]\nmix = ['gmail-web']", "qa.toml, line 2: `clients.mix` should be a table: [clients.mix] on a line of its own."),
        ("[clients]\nshares = 5", "qa.toml, line 2: `clients.shares` is not known here. Known: mix."),
        ("[checks.client-support]\nclients = ['gmail-web 100']", "qa.toml, line 2: `checks.client-support.clients` is not known here. Known: share."),
    ],
)  # fmt: skip
def test_a_client_mix_that_cannot_be_used(tmp_path: Path, text: str, problem: str) -> None:
    assert problems(tmp_path, text) == [problem]


def test_the_limits_of_the_approved_look(tmp_path: Path) -> None:
    assert (load(tmp_path, "").visual_colour, load(tmp_path, "").visual_area) == (COLOUR, AREA)
    profile = load(tmp_path, "[visual]\ncolour = 0.05\narea = 20")
    assert (profile.visual_colour, profile.visual_area) == (0.05, 20)
    assert load(tmp_path, "visual = {colour = 0, area = 1}").visual_colour == 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[visual]\ncolour = 0.3", "qa.toml, line 2: `visual.colour` should be a distance in colour from 0 to 0.2, not 0.3."),
        ("[visual]\ncolour = '2 %'", "qa.toml, line 2: `visual.colour` should be a number, not '2 %'."),
        ("[visual]\ncolour = -0.1", "qa.toml, line 2: `visual.colour` should be a number from 0 on, not -0.1."),
        ("[visual]\n\narea = 0", "qa.toml, line 3: `visual.area` should be a number of pixels from 1 to 400, not 0."),
        ("visual.area = 401", "qa.toml, line 1: `visual.area` should be a number of pixels from 1 to 400, not 401."),
        ("[visual]\narea = 4.5", "qa.toml, line 2: `visual.area` should be a whole number, not '4.5'."),
        ("[visual]\ncolor = 0.02", "qa.toml, line 2: `visual.color` is not known here; did you mean `colour`?"),
        ("visual = 0.02", "qa.toml, line 1: `visual` should be a table: [visual] on a line of its own."),
    ],
)  # fmt: skip
def test_limits_of_the_approved_look_that_cannot_be_used(tmp_path: Path, text: str, problem: str) -> None:
    assert problems(tmp_path, text)[0] == problem


def test_a_known_link_is_an_address(tmp_path: Path) -> None:
    text = '[links]\nknown = ["https://acme.example/*", "our LinkedIn page"]\n'
    with pytest.raises(
        Unusable, match=r"line 2: `links.known` should hold addresses such as .* not “our LinkedIn page”"
    ):
        load(tmp_path, text)
