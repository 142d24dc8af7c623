"""Blocks of template languages, on every platform that writes them."""

import pytest

from qa.merge_tags.blocks import unclosed_blocks
from qa.merge_tags.platforms import unbalanced
from qa.testing import run_check

LIQUID, JINJA = ["braze", "customerio", ""], ["hubspot", "klaviyo", ""]


def _faults(text: str, platform: str = "") -> list[tuple[str, str]]:
    broken = unbalanced(text, platform)
    return [(tag.raw, tag.fault) for tag in [*broken, *unclosed_blocks(text, platform, broken=broken)]]


@pytest.mark.parametrize(
    "text",
    [
        "{% if a %}A{% elsif b %}B{% else %}C{% endif %}",
        "{%- if a -%}A{%- endif -%}",
        "{% if a\n  and b %}A{% endif %}",
        "{% for x in y %}{{ x }}{% if a %}B{% endif %}{% else %}none{% endfor %}",
        "{% case a %}{% when 1 %}A{% else %}B{% endcase %}",
        "{% capture a %}B{% endcapture %}{% assign b = 1 %}",
        "{% raw %}{% if a %}{{ b }}{% endraw %}",
        "{% comment %}{% endif %}{% endcomment %}",
        "{% unless a %}B{% endunless %} {% include 'footer' %} {% unsubscribe %}",
        "{% set a = 1 %}{% block title 'Spring' %}",
        "{% set a %}B{% endset %}{% block a %}B{% endblock %}",
        "{% if a < 3 and b > 5 %}<p>A</p>{% endif %}",
        "{% if a %}A{% end %}",
    ],
)
def test_blocks_that_are_whole(text: str) -> None:
    assert _faults(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "%IF in_array('VIP', $TAGS)%Dear VIP%ELSEIF $STATUS = 1%Dear member%ELSE%Hello%/IF%",
        "%IF $A = 1%A%IF $B = 2%B%/IF%%/IF% Now 20% off IF you come",
        "[if:City=Paris]Bonjour[elseif:City=Rome]Ciao[else]Hello[endif]",
        "<!--[if mso]><p>Hello</p><![endif]--><!--[if !mso]><!-->[if:City=Paris]Bonjour[endif]<!--<![endif]-->",
        "<% if (recipient.gender == 1) { %>Sir<% } else { %>Madam<% } %>",
        "<% for each (var order in orders) { %><%= order.name %><% } %><% var text = '{'; if (a) { b = 1; } %>",
        "<% if x %>Sir<% end %>",  # Ruby's
        "Hello [endif] %20IF%20",
    ],
)
def test_conditions_that_are_whole(text: str) -> None:
    assert _faults(text) == []


@pytest.mark.parametrize(
    ("platform", "text", "raw", "says"),
    [
        ("activecampaign", "%IF $A = 1%Dear VIP", "%IF $A = 1%", "its %/IF% is missing"),
        ("activecampaign", "%IF $A = 1%A%IF $B = 2%B%/IF%", "%IF $A = 1%", "its %/IF% is missing"),
        ("activecampaign", "Dear VIP%/IF%", "%/IF%", "no %IF …% stands before it"),
        ("campaign-monitor", "[if:City=Paris]Bonjour[else]Hello", "[if:City=Paris]", "its [endif] is missing"),
        ("campaign-monitor", "Hello[endif]", "[endif]", "no [if:…] stands before it"),
        ("adobe-campaign", "<% if (a == 1) { %>Sir", "<% if (a == 1) { %>", "its <% } %> is missing"),
        ("adobe-campaign", "<% if (a) { %>Sir<% } else { %>Madam", "<% } else { %>", "its <% } %> is missing"),
        ("adobe-campaign", "Sir<% } %>", "<% } %>", "no <% … { %> stands before it"),
        ("", "[if:City=Paris]Bonjour", "[if:City=Paris]", "its [endif] is missing"),
    ],
)
def test_a_condition_that_is_not_whole(platform: str, text: str, raw: str, says: str) -> None:
    assert _faults(text, platform) == [(raw, says)]


@pytest.mark.parametrize(
    ("platform", "text"),
    [
        ("activecampaign", "%IF in_array('VIP', $TAGS)%Dear VIP%ELSE%Hello%/IF%"),
        ("campaign-monitor", "[if:City=Paris]Dear VIP[else]Hello[endif]"),
        ("adobe-campaign", "<% if (a) { %>Dear VIP<% } else { %>Hello<% } %>"),
    ],
)
def test_a_condition_is_no_copy(platform: str, text: str) -> None:
    answer = run_check(
        "copy", email={"copy": ["Dear VIP", "Hello"]}, build=f"<p>{text}</p>", campaign={"platform": platform}
    )
    assert answer.codes == []


@pytest.mark.parametrize("platform", LIQUID)
def test_liquid_spells_elsif(platform: str) -> None:
    assert _faults("{% if a %}{% elsif b %}{% endif %}", platform) == []
    wrong = _faults("{% if a %}{% elif b %}{% endif %}", platform)
    assert wrong == ([("{% elif b %}", "the platform reads elsif, not elif")] if platform else [])


@pytest.mark.parametrize("platform", JINJA)
def test_jinja_and_django_spell_elif(platform: str) -> None:
    assert _faults("{% if a %}{% elif b %}{% endif %}", platform) == []
    wrong = _faults("{% if a %}{% elseif b %}{% endif %}", platform)
    assert wrong == ([("{% elseif b %}", "the platform reads elif, not elseif")] if platform else [])


@pytest.mark.parametrize(
    "platform", ["braze", "customerio", "hubspot", "klaviyo", "iterable", "sendgrid", "dynamics", ""]
)
@pytest.mark.parametrize(
    ("text", "raw", "says"),
    [
        ("{% if a %}A", "{% if a %}", "{% endif %} is missing"),
        ("A{% endif %}", "{% endif %}", "no {% if … %} stands before it"),
        ("{% for a in b %}{{ a }}", "{% for a in b %}", "{% endfor %} is missing"),
        ("{% if a %}A{% endfor %}", "{% endfor %}", "it stands where {% if a %} ends, and that is {% endif %}"),
        ("{% if a %}{% for b in c %}A{% endif %}", "{% for b in c %}", "{% endfor %} is missing"),
        ("{% if a %}A{% end if %}", "{% end if %}", "it is written endif, in one word"),
        ("{% if a %}A{% else if b %}B{% endif %}", "{% else if b %}", "in one word"),
        ("A{% else %}B", "{% else %}", "no {% if … %} stands before it"),
        ("{% unless a %}A{% endif %}", "{% endif %}", "{% endunless %}"),
        ("{% if a }A{% endif %}", "{% if a }", "not closed with %}"),
        ("{% if a %A{% endif %}", "{% if a %", "not closed with %}"),
        ("{ % if a %}A{% endif %}", "{ % if a %}", "a space stands between"),
        ("{% if a % }A{% endif %}", "{% if a % }", "a space stands between"),
        ("{% if a %}A{ endif %}", "{ endif %}", "does not open with {%"),
        ("{{#if a}}A", "{{#if a}}", "its {{/if}} is missing"),
        ("A{{/if}}", "{{/if}}", "no {{#if}} stands before it"),
        ("{{#each a}}A{{/if}}", "{{/if}}", "it stands where {{#each a}} ends, and that is {{/each}}"),
        ("{{#if a}}A{{elseif b}}B{{/if}}", "{{elseif b}}", "{{else if …}}"),
        ("{{#if a}}A{{endif}}", "{{endif}}", "“endif” is written {{/if}}"),
    ],
)
def test_a_block_that_is_not_whole_is_told_once(platform: str, text: str, raw: str, says: str) -> None:
    (found,) = _faults(text, platform)
    assert found[0] == raw
    assert says in found[1]


@pytest.mark.parametrize(
    "text",
    ["{{#if a}}A{{else if b}}B{{else}}C{{/if}}", "{{#each a}}{{this}}{{/each}}", "{{^a}}A{{/a}}", "{{> footer}}"],
)
def test_handlebars_that_are_whole(text: str) -> None:
    assert _faults(text) == []


@pytest.mark.parametrize("platform", ["klaviyo", "hubspot", "braze", "sendgrid", "none"])
@pytest.mark.parametrize(
    "href",
    [
        "%7B%25%20unsubscribe_link%20%25%7D",
        "https://acme.example/?id=%7B%7B%20person.id%20%7D%7D",
        "https://acme.example/?id=%257B%257Bperson.id%257D%257D",
        "https://acme.example/?id=%7B%7B%24%7Buser_id%7D%7D%7D",
        "https://acme.example/?id=%24%7Buser_id%7D",
        "https://acme.example/?id=%3C%25%20id%20%25%3E",
        "https://acme.example/?id=*%7CUNIQID%7C*",
    ],
)
def test_an_encoded_tag_in_an_address(platform: str, href: str) -> None:
    build = f'<p>Join us.</p><a href="{href}">Unsubscribe</a>'
    answer = run_check("token-syntax", campaign={"platform": platform}, email={}, build=build)
    assert set(answer.codes) == {"malformed-token"}
    assert "encoded" in answer.findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        "https://acme.example/?q=%7B%22a%22%3A1%7D",
        "https://acme.example/?q=100%25%7Boff%7D",
        "<style>@media print {p {color: red}}</style>",
        '<script type="application/ld+json">{"a": {"b": {"c": 1}}}</script>',
        "<p>Save {if you can} 20%</p>",
        "<p>{ more } { and more }</p>",
    ],
)
def test_what_only_looks_like_a_broken_tag(text: str) -> None:
    assert run_check("token-syntax", email={}, build=f"<p>Join us.</p>{text}").codes == []


@pytest.mark.parametrize("platform", ["marketo", "mailchimp", "sfmc", "braze", "hubspot", "none"])
@pytest.mark.parametrize("text", ["Hello }} you", "Hello {{ you", "Save now %}"])
def test_half_a_tag_that_is_left_alone(platform: str, text: str) -> None:
    answer = run_check("token-syntax", campaign={"platform": platform}, email={}, build=f"<p>{text}</p>")
    assert answer.codes == ["malformed-token"]


@pytest.mark.parametrize(
    "text",
    [
        "Hello {{ name }} you",
        "{{#if a}}{{/if}}",
        "{{ a | default: {'b': 1} }}",
        "{% if a %}{% endif %}",
        "<style>@media screen {p {margin:0}}</style>",
        "A set {{a}} of 100% {b}",
    ],
)
def test_nothing_is_left_of_whole_tags(text: str) -> None:
    answer = run_check("token-syntax", campaign={"platform": "braze"}, email={}, build=f"<p>Join us.</p>{text}")
    assert answer.codes == []


@pytest.mark.parametrize(
    "piece", ["{% if a %}", "{% if a", "{%", "{{#if a}}", "{% if a %}{% endfor %}", "%7B%7B", "}} {{ "]
)
def test_hostile_length(piece: str) -> None:
    assert len(_faults(piece * 20_000)) <= 40_000


def test_hostile_depth() -> None:
    assert _faults("{% if a %}" * 20_000 + "{% when 1 %}{% endfor %}" * 20_000)
