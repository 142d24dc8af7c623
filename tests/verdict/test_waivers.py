from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from qa.check import registry
from qa.finding import Finding, Unusable, Waiver, things
from qa.profile.codes import known_codes
from qa.source import Place
from qa.verdict.waivers import load_waivers

DOCS = Path(__file__).parents[2] / "docs" / "configuration.md"
WAIVER = Waiver("missing-alt", "Decoration.", "Kim", date(2026, 4, 30), Place("waivers.yaml", 1))


def load(folder: Path, text: str, name: str = "waivers.yaml") -> tuple[Waiver, ...]:
    (folder / name).write_text(dedent(text), "utf-8")
    return load_waivers(folder, known_codes(registry()))


@pytest.mark.parametrize("text", ["", "# none so far\n", "[]\n"])
def test_no_waivers(tmp_path: Path, text: str) -> None:
    assert load_waivers(tmp_path, ()) == ()
    assert load(tmp_path, text) == ()


def test_waivers_know_their_lines(tmp_path: Path) -> None:
    first, second = load(
        tmp_path,
        """\
        - code: missing-alt
          reason: The picture is decoration.
          who: Kim Osei
          until: 2026-04-30
        - {code: clipped, reason: 42, who: Kim, until: "2026-05-01", asset: invite, contains: hero.png}
        """,
    )
    assert (first.code, first.reason, first.who, first.until) == (
        "missing-alt",
        "The picture is decoration.",
        "Kim Osei",
        date(2026, 4, 30),
    )
    assert (first.asset, first.contains, first.where.file, first.where.line) == ("", "", "waivers.yaml", 1)
    assert (second.reason, second.asset, second.contains, second.where.line) == ("42", "invite", "hero.png", 5)


def test_the_last_day_counts() -> None:
    assert not WAIVER.expired(date(2026, 4, 30))
    assert WAIVER.expired(date(2026, 5, 1))


def covers(waiver: Waiver, code: str, asset: str | None, finding: Finding) -> bool:
    return waiver.concerns(code, asset) and all(map(waiver.covers, things(finding)))


def test_a_waiver_without_more_covers_every_finding_of_its_code() -> None:
    assert covers(WAIVER, "missing-alt", "invite", Finding("missing-alt", "“hero.png” has no alt text."))
    assert covers(WAIVER, "missing-alt", None, Finding("missing-alt", ""))
    assert not covers(WAIVER, "wrong-alt", "invite", Finding("wrong-alt", ""))


def test_a_waiver_can_name_the_asset_and_a_wording() -> None:
    waiver = Waiver(**{**as_fields(WAIVER), "asset": "invite", "contains": "hero.png"})
    for message, actual, there in (
        ("“hero.png” has no alt text.", None, True),
        ("A picture has no alt text.", "img/hero.png", True),
        ("“logo.png” has no alt text.", "logo.png", False),
    ):
        finding = Finding("missing-alt", message, actual=actual)
        assert covers(waiver, "missing-alt", "invite", finding) is there
        assert not covers(waiver, "missing-alt", "invite / customers", finding)


def test_a_wording_must_be_in_each_thing_a_finding_speaks_of() -> None:
    waiver = Waiver(**{**as_fields(WAIVER), "contains": "line"})
    both = Finding("missing-alt", "“line-1.png” and “line-2.png” …", each=("line-1.png", "line-2.png"))
    assert covers(waiver, "missing-alt", "invite", both)
    assert not covers(waiver, "missing-alt", "invite", replace(both, each=(*both.each, "hero.png")))


def as_fields(waiver: Waiver) -> dict[str, object]:
    return {name: getattr(waiver, name) for name in Waiver.__dataclass_fields__}


def test_every_problem_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as unusable:
        load(
            tmp_path,
            """\
            - code: missing-alts
              reson: x
              who:
              until: soon
            - just text
            - {code: clipped, reason: x, who: [Kim], until: 2026-02-30, code: clipped}
            - {}
            """,
        )
    assert unusable.value.problems == (
        "waivers.yaml, line 1: `[0].code` “missing-alts” is not known here; did you mean `missing-alt`?",
        "waivers.yaml, line 1: `[0].reason` is missing.",
        "waivers.yaml, line 2: `[0].reson` is not known here; did you mean `reason`?",
        "waivers.yaml, line 3: `[0].who` is empty.",
        "waivers.yaml, line 4: `[0].until` should be a date such as 2026-04-30, the last day it holds, not “soon”.",
        "waivers.yaml, line 5: `[1]` should hold the keys code, reason, who, until.",
        "waivers.yaml, line 6: `[2].code` is written twice, on line 6; keep one.",
        "waivers.yaml, line 6: `[2].who` should be text.",
        "waivers.yaml, line 6: `[2].until` should be a date such as 2026-04-30, the last day it holds, not “2026-02-30”.",
        "waivers.yaml, line 7: `[3].code` is missing.",
        "waivers.yaml, line 7: `[3].reason` is missing.",
        "waivers.yaml, line 7: `[3].who` is missing.",
        "waivers.yaml, line 7: `[3].until` is missing.",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("code: clipped\n", "waivers.yaml, line 1: a list was expected; each waiver begins with “- code:”."),
        (
            '- {code: clipped, reason: "\\ud800", who: Kim, until: 2026-04-30}',
            "waivers.yaml, line 1: `[0].reason` holds half a character (a lone surrogate).",
        ),
        ("- code: a\n\twho: b\n", "waivers.yaml, line 2: a tab is used to indent; YAML wants spaces."),
    ],
)
def test_files_that_are_no_list(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(Unusable) as unusable:
        load(tmp_path, text)
    assert unusable.value.problems == (problem,)


def test_two_files(tmp_path: Path) -> None:
    load(tmp_path, "[]", "waivers.yml")
    with pytest.raises(Unusable, match="keep one"):
        load(tmp_path, "[]")


def test_the_documented_file_loads(tmp_path: Path) -> None:
    example = (DOCS.read_text("utf-8").split("```yaml\n")[1]).split("```")[0]
    (waiver,) = load(tmp_path, example)
    assert (waiver.until, waiver.asset, waiver.contains) == (date(2026, 4, 30), "invite", "line.png")


def test_a_shortcut_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("[]")
    campaign = tmp_path / "spring"
    campaign.mkdir()
    (campaign / "waivers.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(Unusable, match="outside the campaign folder"):
        load_waivers(campaign, ())
