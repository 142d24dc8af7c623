"""Texts of the request with their merge tags filled in."""

from __future__ import annotations

import pytest

from qa.match.filled import filled_in, fills, left_empty

FILLED = [
    ("Hello {{lead.First Name:default=there}}, welcome", "Hello Wren, welcome", ""),
    ("{{my.Subject}}", "Whatever it is", ""),
    ("Hallo *|FNAME|*!", "Hallo Wren Ólafsdóttir!", "mailchimp"),
    ("Dear %%FirstName%% %%LastName%%", "Dear Wren Okafor", "sfmc"),
    ("[firstname,fallback=there], your seat", "Wren, your seat", "campaign-monitor"),
    ("Hi {{ first_name|default:'there' }} – “it” is on", 'Hi Wren - "it" is on', "klaviyo"),
    ("Hi {{${first_name} | default: 'you'}},", "Hi you,", "braze"),
    ("{% if vip %}Dear{% else %}Hi{% endif %} {{ name }},", "Dear Wren,", "customerio"),
]
OTHER = [
    ("Hello {{lead.First Name}}, welcome", "Hello Wren, welcom", ""),
    ("Hello {{lead.First Name}}, welcome", "Good morning Wren, welcome", ""),
    ("Hello there", "Hello there", ""),  # no merge tag: the comparison of words has it
    ("Dear %%FirstName%%, 20 % off", "Dear Wren, 30 % off", "sfmc"),
]
EMPTY = [
    ("Hi {{lead.First Name}},", "Hi ,", "{{lead.First Name}}"),
    ("Hi {{lead.First Name}}", "Hi", "{{lead.First Name}}"),
    ("{{lead.First Name}}, save your seat", ", save your seat", "{{lead.First Name}}"),
    ("{{a.First}} save your seat", "save your seat", "{{a.First}}"),
    ("Dear {{a.First}} {{a.Last}},", "Dear Wren ,", "{{a.Last}}"),
]


@pytest.mark.parametrize(("asked", "built", "platform"), FILLED)
def test_any_value_fills_a_tag(asked: str, built: str, platform: str) -> None:
    assert fills(asked, built, platform)
    assert not left_empty(asked, built, platform)
    assert filled_in(asked, f"First. {built} Then more.", platform)


@pytest.mark.parametrize(("asked", "built", "platform"), OTHER)
def test_other_words_are_no_value(asked: str, built: str, platform: str) -> None:
    assert not fills(asked, built, platform)


@pytest.mark.parametrize(("asked", "built", "tag"), EMPTY)
def test_the_tag_that_printed_nothing(asked: str, built: str, tag: str) -> None:
    assert left_empty(asked, built) == tag
