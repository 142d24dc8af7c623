"""The patterns of a merge tag, and that all of them come from one table."""

from __future__ import annotations

import re
import time

import pytest

from qa.markup.merge_tag_mask import BLOT, masked
from qa.markup.merge_tag_signs import PAIRS, SIGN
from qa.merge_tags.pattern import FILLED_LATER, HALF_TOKEN, TOKEN, TOKEN_OR_BRACKETED, TOKEN_OR_HALF

WHOLE = [
    "{{lead.First Name:default=there}}",
    "{{custom_attribute.${plan_name}}}",
    "{% if {{custom_attribute.${plan}}} == 'Monthly' %}",
    "{# said to nobody #}",
    "${company}",
    "$!{company}",
    "%%[ set @rate = 10 % 3 ]%%",
    "%%=v(@name)=%%",
    "*|FNAME|*",
    "<%= recipient.firstName %>",
    "[firstname,fallback=there]",
    "<span class=eloquaemail>recipientid</span>",
    "<span id='n' class='eloquaemail' >C_FirstName1</span>",
]


@pytest.mark.parametrize("tag", WHOLE)
def test_a_tag_is_one_tag_in_text_and_in_markup(tag: str) -> None:
    for before, after in (("Hi ", ", hello"), ("https://acme.example/?a=", "&b=1")):
        assert TOKEN.findall(before + tag + after) == [tag]
        assert TOKEN_OR_HALF.findall(before + tag + after) == [tag]
        assert masked(before + tag + after) == before + BLOT * len(tag) + after


def test_a_name_between_percent_signs_is_a_tag_where_no_width_can_stand() -> None:
    assert TOKEN.findall("Hi %%First Name%%, 100% of it") == ["%%First Name%%"]
    assert masked("Hi %%First Name%%") == "Hi %%First Name%%"


def test_an_unclosed_tag_swallows_no_markup() -> None:
    assert TOKEN.findall("{{my.Text:default=<b>}} and more") == ["{{my.Text:default=<b>}}"]
    assert masked("{{my.Text <b>there}}</b>") == "{{my.Text <b>there}}</b>"


@pytest.mark.parametrize("text", ["Save 20 % {today}", "a < b > c", "[1] and [[2]]", "5 * 3 | 4", "$ 5", "100%"])
def test_texts_without_a_tag(text: str) -> None:
    assert not TOKEN.search(text)
    assert not HALF_TOKEN.search(text)


@pytest.mark.parametrize("half", ["{{lead.First", "{lead.First Name}}", "*|FNAME", "%%name%", "{{lead.First Name}"])
def test_half_a_tag(half: str) -> None:
    assert not TOKEN.search(f"Hi {half}")
    assert TOKEN_OR_HALF.findall(f"Hi {half}") == [half]


def test_double_brackets_are_a_tag_for_who_asks() -> None:
    assert TOKEN_OR_BRACKETED.findall("Hi [[data:name]], {{name}}") == ["[[data:name]]", "{{name}}"]


@pytest.mark.parametrize("opener", PAIRS)
def test_every_opener_is_a_sign_and_begins_what_is_filled_in_later(opener: str) -> None:
    assert SIGN.search(f"x{opener}")
    assert FILLED_LATER.match(f"{opener}url")
    assert not PAIRS[opener] or SIGN.search(f"x{PAIRS[opener]}")


@pytest.mark.parametrize("href", ["{url}", "<?= $url ?>", "%unsubscribe_url%"])
def test_other_templates_begin_addresses_too(href: str) -> None:
    assert FILLED_LATER.match(href)


@pytest.mark.parametrize("href", ["https://acme.example", "#top", "%20x", "[url]", "< a"])
def test_addresses_that_are_what_they_are(href: str) -> None:
    assert not FILLED_LATER.match(href)
    assert not SIGN.search(href)


@pytest.mark.parametrize(
    "piece", [*PAIRS, *filter(None, PAIRS.values()), "{{a", "%%[a]", "%%=a", "[a,fallback=", "{{$"]
)
@pytest.mark.parametrize("pattern", [TOKEN, TOKEN_OR_HALF, TOKEN_OR_BRACKETED])
def test_hostile_texts_are_read_in_linear_time(piece: str, pattern: re.Pattern[str]) -> None:
    began = time.perf_counter()
    assert pattern.sub("", piece * (100_000 // len(piece))) is not None
    assert time.perf_counter() - began < 2
