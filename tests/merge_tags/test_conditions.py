"""Conditions of every platform: what stands behind which."""

from __future__ import annotations

import pytest

from qa.merge_tags.conditions import asked_in, branches


def behind(text: str, condition: str) -> list[str]:
    return [text[branch.start : branch.end] for branch in asked_in(text, condition)]


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        ("{{attribute.${plan}}} == 'Pro'", "{% if {{attribute.${plan}}} == 'Pro' %}A{% elsif x %}B{% endif %}"),
        ('plan == "Pro"', "{%- if profile.plan=='Pro' -%}A{%- else -%}B{%- endif -%}"),
        ("plan == “Pro”", "{% if region == 'uk' %}{% if plan  ==  'Pro' %}A{% else %}B{% endif %}{% endif %}"),
        ("plan == Pro", '{{#ifEq plan "Pro"}}A{{else}}B{{/ifEq}}'),
        ("{{#if prospect}}", "{{#if prospect}}A{{/if}}"),
        ("PLAN=PRO", "*|IF:PLAN=PRO|*A*|ELSE:|*B*|END:IF|*"),
        ("IF: PLAN=PRO", "*|IF:PLAN=PRO|*A*|END:IF|*"),
        ("$lead.plan == 'Pro'", '#if( ${lead.plan}=="Pro" )A#{else}B#end'),
        ("recipient.plan == 'Pro'", "<% if (recipient.plan=='Pro') { %>A<% } else { %>B<% } %>"),
        ("plan is Pro", "[if:plan=Pro]A[else]B[endif]"),
        ("PLAN == Pro", '%IF $PLAN == "Pro"%A%ELSE%B%/IF%'),
        ("age > 5 && city == 'Ulm'", "{% if age &gt; 5 and city == 'Ulm' %}A{% endif %}"),
        ("not customer", "{% unless customer %}A{% endunless %}"),
        ("not customer", "*|IFNOT:CUSTOMER|*A*|END:IF|*"),
    ],
)
def test_a_condition_is_found_however_it_is_spelled(condition: str, text: str) -> None:
    assert behind(text, condition) == ["A"]


def test_one_ampscript_tag_may_hold_several_statements() -> None:
    text = '%%[ SET @x = "if y" IF @tier=="Gold" THEN ]%%A%%[ SET @y = 1 ]%%%%[ ELSEIF @tier == "Base" THEN ]%%B%%[ ENDIF ]%%'
    assert behind(text, '@tier == "Base"') == ["B"]
    assert behind(text, "@tier == 'Gold'") == ["A%%[ SET @y = 1 ]%%"]


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        ("customer", "{% if not customer %}A{% endif %}"),
        ("customer", "{{^customer}}A{{/customer}}"),
        ("not customer", "{% if customer %}A{% endif %}"),
        ("plan == 1", "{% if plan == 10 %}A{% endif %}"),
        ("plan == 'x'", "{% if plan != 'x' %}A{% endif %}"),
        ("plan == 'Pro'", "<p>plan == 'Pro'</p>{% if plan == 'Basic' %}A{% endif %}"),
        ("plan == 'Pro'", "{% if plan == ‘Pro’ %}A{% endif %}"),
        ("age > 5", "{% if age < 5 %}A{% endif %}"),
    ],
)
def test_another_condition(condition: str, text: str) -> None:
    assert not behind(text, condition)


def test_a_condition_that_stands_twice_has_two_branches() -> None:
    assert behind("*|IF:PLAN=PRO|*A*|END:IF|*both*|IF:PLAN=PRO|*C*|END:IF|*", "PLAN=PRO") == ["A", "C"]


def test_what_nothing_ends_goes_on() -> None:
    assert [branch.end for branch in branches("{% if a %}x")] == [11]
