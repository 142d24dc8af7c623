"""Are merge tags found where they stand, and are the broken ones told from what only looks like one?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.artefacts import Header, Parts, Token, Tokens
from qa.build.assets import Asset
from qa.gather.envelope import declared_envelope
from qa.gather.tokens import tokens
from qa.merge_tags.field_names import fold, nearest_name
from qa.merge_tags.grammar import grammar
from qa.merge_tags.platforms import detect
from qa.request import Request
from qa.source import Place, Source


def gather(html: str, platform: str | None = "marketo", kind: str = "email", asked: list[str] | None = None) -> Tokens:
    fields = {"name": "a", "tokens": asked}
    request = Request.model_validate({"id": "1", "name": "x", "platform": platform, "emails": [fields]})
    parts = Parts("a.html", Source("a.html", html))
    asset = Asset(kind, "a", Path())
    return tokens(asset, request.emails[0], request, parts, declared_envelope(parts, asset))


def only(html: str, platform: str | None = "marketo") -> Token:
    (token,) = gather(html, platform).built
    return token


GOOD = {
    "marketo": [
        "{{lead.First Name}}",
        "{{ lead.First Name }}",
        "{{lead.First Name:default=there}}",
        "{{lead.First Name:default=}}",
        "{{lead.First Name:default=Tom &amp; Ann}}",
        "{{LEAD.first name}}",
        "{{Company.Industry}}",
        "{{my.Event Date}}",
        '<a href="https://{{my.Url}}?x=1">Go</a>',
        '<img src="https://acme.example/{{lead.Id}}.png" alt="{{lead.First Name:default=You}}">',
        "{{system.unsubscribeLink}}",
        "{{system.unsubscribelink}}",
        "{{member.webinar url}}",
        "{{trigger.Name}}",
        "{{SP_Send_Alert_Info}}",
        "{{lead.Renewal Month 2}}",
        "{{lead.County}}",
    ],
    "mailchimp": [
        "*|FNAME|*",
        "*|LIST:ADDRESS|*",
        "*|HTML:LIST_ADDRESS_HTML|*",
        "*|DATE:d/m/Y|*",
        "*|TITLE:FNAME|*",
        "*|NAME|*",
        "*|MNAME|*",
        "*|PHONE2|*",
        "*|MC_PREVIEW_TEXT|*",
        "*|MC:SUBJECT|*",
        "*|PROMO_CODE:[$store_id=1, $rule_id=2, $code_id=3]|*",
        "*|LIST:RECENT5|*",
    ],
    "sfmc": [
        "%%FirstName%%",
        "%%first_name%%",
        "%%First Name%%",
        "%%[First Name]%%",
        "%%view_email_url%%",
        "%%[SET @name = 1]%%%%=v(@name)=%%",
        '%%[SET @n = 1]%%%%=IIF(Empty(@n),"there",@n)=%%',
        '%%[SET @n = 1]%%%%=IIF(Empty(@n),"We’re here","It\'s you")=%%',
        "<a href=\"%%=RedirectTo(Concat('https://acme.example/?id=', @id))=%%\">Go</a>",
        "%%[ SET @a = 'x' /* don’t */ ]%%",
        "%%City%%",
    ],
}

NO_TAGS = [
    "100% OFF and 50%",
    '<td style="width:100%;height:50%">',
    "<style>@media (max-width:600px){.a{color:red}}</style>",
    "<style>.a{width:100%}.b{width:50%}}}</style>",
    '<script type="application/ld+json">{"a":{"b":{"c":1}}}</script>',
    "<script>if(a){b={c:{d:1}}}</script>",
    "<!--[if mso]><table width='100%'><![endif]-->",
    "<!--[if gte mso 9]><xml><o:AllowPNG/></xml><![endif]-->",
    '<a href="https://acme.example/?q=%20FOO%20&r=100%25">x</a>',
    "<pre><code>Dear {{lead.First Name}</code></pre>",
    "<code>*|FNAME*</code>",
    "<!-- {{lead.First Name} was here, %%FirstName% too -->",
    "Velocity: ${lead.FirstName} and $!{x}",
    "<p>a * | b | * c</p>",
    "prices: 50%% off, 100%%;",
    "[sic] [1] (see below)",
    '<template type="amp-mustache">{{name}</template>',
    '<button onclick="if(x){my.open()}">x</button>',
]

BROKEN = {
    "marketo": [
        ("{{lead.First Name}", "not closed"),
        ("Hi {{lead.First Name, save your seat", "not closed"),
        ("{lead.First Name}}", "open and close"),
        ("{lead.First Name}", "open and close"),
        ("lead.First Name}}", "opening braces"),
        ("{{{lead.First Name}}}", "not three"),
        ("{ {lead.First Name} }", "space"),
        ("[[lead.First Name]]", "brackets"),
        ("{{lead.<span>First Name</span>}}", "tags split"),
        ("<b>{</b>{lead.First Name}}", "tags split"),
        ("{<b>{lead.First Name}</b>}", "tags split"),
        ("{{lead.First&nbsp;Name}}", "non-breaking"),
        ("{{lead.First\u00a0Name}}", "non-breaking"),
        ("{{lead.\u200bFirst Name}}", "invisible"),
        ("{{lead.First Name:defualt=Hi}}", ":default="),
        ("{{lead.First Name: default = Hi}}", ":default="),
        ('{{lead.First Name|default:"Hi"}}', ":default="),
        ("{{lead.First Name:default=edit me}}", "edit me"),
        ('<a href="https://acme.example/?n=%7B%7Blead.First%20Name%7D%7D">x</a>', "percent-encoded"),
        ('<a href="https://acme.example/?n=%257B%257Blead.Id%257D%257D">x</a>', "percent-encoded"),
        ("&#123;&#123;lead.First Name&#125;&#125;", "references"),
    ],
    "mailchimp": [
        ("*|FNAME*", "closed"),
        ("*|FNAME|", "closed"),
        ("*|FNAME", "closed"),
        ("|FNAME|*", "open"),
        ("|FNAME|", "asterisks"),
        ("*FNAME*", "bars"),
        ("* |FNAME| *", "space"),
        ("*|<b>FNAME</b>|*", "tags split"),
        ('<a href="*%7CUNSUB%7C*">x</a>', "percent-encoded"),
        ("*|IF:FNAME|*Dear", "END:IF"),
        ("*|END:IF|*", "IF"),
        ("*|INTERESTED:Topics:Wine|*", "END:INTERESTED"),
    ],
    "sfmc": [
        ("%%FirstName%", "closed"),
        ("%%FirstName", "closed"),
        ("%FirstName%%", "open"),
        ("%%<b>First</b>Name%%", "tags"),
        ("%%First&nbsp;Name%%", "invisible"),
        ("%%=v(@name)%%", "closed"),
        ("%=v(@name)=%%", "open"),
        ("%%=v(@name=%%", "brackets"),
        ("%%=IIF(Empty(@n),“there”,@n)=%%", "curly"),
        ('%%=v("x)=%%', "quote"),
        ("%%[ SET @a = 1 ]%", "closed"),
        ("SET @a = 1 ]%%", "open"),
        ("%%[ IF @a == 1 THEN ]%%x", "ENDIF"),
        ("%%[ ENDIF ]%%", "IF"),
        ("%%[ FOR @i = 1 TO 3 DO ]%%", "NEXT"),
        ('<a href="?x=%25%25FirstName%25%25">x</a>', "encoded"),
    ],
}


@pytest.mark.parametrize(("platform", "html"), [(platform, html) for platform in GOOD for html in GOOD[platform]])
def test_a_good_tag_is_read_and_has_no_fault(platform: str, html: str) -> None:
    for token in gather(html, platform).built:
        assert (token.fault, token.nearest, token.platform) == ("", "", platform)
        assert token.known is not False
    assert gather(html, platform).built


@pytest.mark.parametrize("html", NO_TAGS)
@pytest.mark.parametrize("platform", [*GOOD, None])
def test_what_only_looks_like_a_tag_is_none(platform: str | None, html: str) -> None:
    assert gather(html, platform).built == ()


@pytest.mark.parametrize(
    ("platform", "html", "fault"), [(platform, html, fault) for platform in BROKEN for html, fault in BROKEN[platform]]
)
def test_a_broken_tag_is_found_once_and_named(platform: str, html: str, fault: str) -> None:
    assert fault in only(html, platform).fault


@pytest.mark.parametrize(
    ("platform", "html", "nearest"),
    [
        ("marketo", "{{lead.Frist Name}}", "{{lead.First Name}}"),
        ("marketo", "{{led.First Name}}", "{{lead.First Name}}"),
        ("marketo", "{{lead.FirstName}}", "{{lead.First Name}}"),
        ("marketo", "{{system.unsubscribLink}}", "{{system.unsubscribeLink}}"),
        ("marketo", "{{system.unknown}}", ""),
        ("marketo", "{{first_name}}", ""),
        ("marketo", "{{ product.price | money }}", ""),
        ("mailchimp", "*|FNMAE|*", "*|FNAME|*"),
        ("mailchimp", "*|fname|*", "*|FNAME|*"),
        ("mailchimp", "*|LIST:ADRESS|*", "*|LIST:ADDRESS|*"),
        ("mailchimp", "*|LSIT:ADDRESS|*", "*|LIST:ADDRESS|*"),
        ("mailchimp", "*|LONGERTHANTEN|*", ""),
        ("sfmc", "%%emailadr%%", "%%emailaddr%%"),
        ("sfmc", "%%unsub_centre_url%%", "%%unsub_center_url%%"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(platform: str, html: str, nearest: str) -> None:
    token = only(html, platform)
    assert (token.known, token.nearest, token.fault) == (False, nearest, "")


def test_a_name_the_request_asks_for_is_known() -> None:
    (token,) = gather("{{lead.Frist Name}}", asked=["{{lead.Frist Name}}"]).built
    assert token.known


def test_pairs_of_conditions_are_whole_also_inside_comments() -> None:
    html = "<!--*|IF:MC_PREVIEW_TEXT|*--><span>*|MC_PREVIEW_TEXT|*</span><!--*|END:IF|*-->"
    assert [(t.role, t.fault) for t in gather(html, "mailchimp").built] == [
        ("logic", ""),
        ("system", ""),
        ("logic", ""),
    ]
    html = "%%[ IF @a THEN SET @b = 'if' ]%%a%%[ ELSEIF @c THEN ]%%b%%[ ELSE ]%%c%%[ ENDIF ]%%"
    assert not any(token.fault for token in gather(html, "sfmc").built)


def test_a_broken_end_closes_its_condition_all_the_same() -> None:
    assert [bool(token.fault) for token in gather("*|IF:FNAME|*x*|END:IF*", "mailchimp").built] == [False, True]


def test_name_default_and_place() -> None:
    token = gather("<p>\r\n  Dear {{lead.First Name:default=you &amp; yours}},</p>").built[0]
    assert (token.name, token.default) == ("lead.First Name", "you & yours")
    assert (token.where.line, token.where.column) == (2, 8)


def test_roles() -> None:
    roles = [
        token.role for token in gather("%%[ SET @a = 1 ]%%%%=RedirectTo(@u)=%%%%view_email_url%%%%Name%%", "sfmc").built
    ]
    assert roles == ["logic", "logic", "system", "value"]


@pytest.mark.parametrize(
    ("html", "platform"),
    [
        ("{{lead.First Name:default=Hi}}", "marketo"),
        ("{{my.Event}}", "marketo"),
        ("*|FNAME|*", "mailchimp"),
        ("%%unsub_center_url%%", "sfmc"),
        ("%%[ SET @a = 1 ]%%", "sfmc"),
        ("{{${first_name}}}", "braze"),
        ('{{ personalization_token("contact.firstname","there") }}', "hubspot"),
        ("{% unsubscribe %}", "klaviyo"),
        ("[firstname,fallback=there]", "campaign-monitor"),
        ("%FIRSTNAME%", "activecampaign"),
        ("<%@ include view='MirrorPageUrl' %>", "adobe-campaign"),
        ("<span class=eloquaemail>First_Name1</span>", "eloqua"),
        ("{{first_name}} {{ shop.name }} {% if x %}{% endif %}", ""),
        ("<%= name %>", ""),
        ("%%RANDOM%%", ""),
    ],
)
def test_the_platform_is_told_by_its_own_marks(html: str, platform: str) -> None:
    assert detect([html]) == platform


@pytest.mark.parametrize(
    "html",
    [
        "*|FNAME|*",
        "%%emailaddr%%",
        "{{${first_name}}}",
        "{% if customer %}",
        "<%= recipient.firstName %>",
        "[firstname,fallback=there]",
        "%FIRSTNAME%",
        "{% unsubscribe %}",
    ],
)
def test_another_platforms_tag_is_foreign_and_nothing_else(html: str) -> None:
    token = only(html)
    assert token.platform not in ("marketo", "")
    assert (token.fault, token.known) == ("", None)


def test_a_family_of_platforms_is_not_foreign_to_its_members() -> None:
    for platform in ("hubspot", "braze", "klaviyo", "customerio"):
        found = gather("{% if a %}{{ a.b }}{% endif %}{{ event.name }}{name}", platform).built
        assert {token.platform for token in found} == {platform}


def test_braces_of_a_pages_scripts_are_no_tags_but_slips_are() -> None:
    assert gather("<div>{{ item.title }} {{ user.name | upper }} {{ x.y }</div>", kind="page").built == ()
    assert [t.nearest for t in gather("{{led.First Name}}", kind="page").built] == ["{{lead.First Name}}"]


def test_a_good_tag_in_styles_and_scripts_counts() -> None:
    html = "<style>.a{color:{{my.Colour}}}</style><script>var n = '{{lead.First Name}}';</script>"
    assert [token.raw for token in gather(html).built] == ["{{my.Colour}}", "{{lead.First Name}}"]


def test_tags_of_the_plain_text_and_the_headers() -> None:
    request = Request.model_validate({"id": "1", "name": "x", "platform": "marketo", "emails": [{"name": "a"}]})
    headers = (
        Header("Subject", "{{lead.First Name}}, hi", Place("a.eml", 3)),
        Header("X-Other", "{{lead.Id}}", Place("a.eml")),
    )
    parts = Parts("a.eml", plain=Source("a.eml", "Dear\n{{lead.First Name}", part="text"), headers=headers)
    asset = Asset("email", "a", Path())
    built = tokens(asset, request.emails[0], request, parts, declared_envelope(parts, asset)).built
    assert [(token.inside, token.where.line, bool(token.fault)) for token in built] == [
        ("subject", 3, False),
        ("text", 2, True),
    ]


def test_where_no_platform_is_known_what_is_asked_is_found() -> None:
    found = gather("Hi {{ customer.name }}", "none", asked=["{{ customer.name }}", "{{ customer.town }}"])
    assert [token.name for token in found.built] == ["{{ customer.name }}"]


def test_names_of_one_field() -> None:
    assert fold("lead.First Name") == fold("first_name") == fold("FNAME") == fold("firstName")
    assert nearest_name("Frist Name", ["Last Name", "First Name"]) == "First Name"
    assert nearest_name("First Name 2", ["First Name"]) == ""
    assert nearest_name("Countrys", ["Country"]) == ""


@pytest.mark.parametrize("platform", GOOD)
@pytest.mark.parametrize(
    "piece",
    [
        "{{",
        "}}",
        "{",
        "{{lead.",
        "%%",
        "%%[",
        "%%=",
        "]%%",
        "*|",
        "|*",
        "<!--",
        "<code>",
        "{<a>",
        "%7B%7Blead.",
        "{% if ",
    ],
)
def test_hostile_repetition_ends(platform: str, piece: str) -> None:
    gather(piece * 20_000, platform)


def test_every_grammar_names_its_platform() -> None:
    for platform in GOOD:
        known = grammar(platform)
        assert known is not None
        assert known.platform == platform
    assert grammar("") is None
    assert grammar("none") is None
