"""Is every platform's own markup read, and are its mistakes told from what is right? A table, a platform a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.artefacts import Parts, Token
from qa.build.assets import Asset
from qa.gather.envelope import declared_envelope
from qa.gather.tokens import tokens
from qa.merge_tags.grammar import grammar
from qa.request import Request
from qa.source import Source

# What a platform reads without complaint: values, defaults, conditions and loops, system tags, comments.
GOOD = {
    "braze": [
        "{{${first_name}}}",
        "{{ ${first_name} | default: 'there' }}",
        "{{${first_name} | default: 'there' | capitalize}}",
        '{{custom_attribute.${Favourite Colour} | default: "blue"}}',
        "{% if {{custom_attribute.${plan}}} == 'Monthly' %}a{% elsif custom_attribute.${plan} == 'Annual' %}b{% else %}c{% endif %}",
        "{% assign city = ${city} | default: 'town' %}{{city}} {{ city | upcase }}",
        "{% for item in {{event_properties.${items}}} %}{{item.name}} {{ forloop.index }}{% endfor %}",
        "{% if ${language} == 'de' and custom_attribute.${n} > 3 %}x{% endif %}",
        "{% connected_content https://api.acme.example/x :save answer %}{{answer.name}}",
        "{% abort_message('no name') %}",
        '<a href="{{${set_user_to_unsubscribed_url}}}">u</a>',
        "{{content_blocks.${footer}}}",
        "{{ event_properties.${price} | number_with_delimiter }}",
        "{%- if ${first_name} != blank -%}Hi {{${first_name}}}{%- endif -%}",
        "{% comment %}It's {{ not read }}{% endcomment %}",
        "{{custom_attribute.${address}.city}} {{ custom_attribute.${pets}[0].name }}",
        '{{ "now" | date: "%Y" }} {{ 3 | plus: 1 }}',
        "{% case ${language} %}{% when 'en' %}a{% else %}b{% endcase %}",
        "{{campaign.${name}}} {{ ${user_id} | md5 }}",
        "{% capture x %}y{% endcapture %}{{ x }}",
        "{{most_recently_used_device.${model}}} {{subscribed_state.${email_global}}}",
        "{% assign greeting = 'It’s “you”' %}{{ greeting }}",
    ],
    "customerio": [
        "{{customer.first_name}}",
        '{{ customer.first_name | default: "there" }}',
        "{% if customer.plan == 'pro' %}a{% elsif customer.plan != blank %}b{% else %}c{% endif %}",
        "{% unsubscribe_url %} {% view_in_browser_url %} {% manage_subscription_preferences_url %}",
        "{% unsubscribe %}Stop{% endunsubscribe %}",
        "{% for item in event.items %}{{ item.name }}{% endfor %}",
        "{{snippets.footer}} {{ snippets['legal footer'] }} {{journey.x}} {{trigger.code}}",
        "{% cio_link url:https://acme.example track:false %}",
        "{{ 'now' | date: '%Y' }} {{ event.price | currency }}",
        "{% assign n = customer.name | split: ' ' | first %}{{n}}",
    ],
    "klaviyo": [
        "{{ first_name }}",
        "{{ first_name|default:'friend' }}",
        "{{ first_name | title | default:'friend' }}",
        "{{ person|lookup:'Favourite Colour'|default:'blue' }}",
        "{% if person.city == 'Oslo' %}a{% elif person.vip %}b{% else %}c{% endif %}",
        "{% for item in event.extra.line_items %}{{ item.product.title }} {{ forloop.counter }}{% endfor %}",
        "{% with n=person.first_name %}{{ n }}{% endwith %}",
        "{% unsubscribe %} {% unsubscribe 'Stop' %} {% manage_preferences %} {% web_view %}",
        '<a href="{% unsubscribe_link %}">u</a> <a href="{% manage_preferences_link %}">m</a>',
        "{{ organization.name }} {{ organization.full_address }}",
        '{% today "%Y-%m-%d" as today %}{{ today }} {% current_year %}',
        "{{ event.URL }} {{ event|lookup:'$value'|floatformat:2 }}",
        "{% catalog event.ProductID %}{{ catalog_item.title }}{% endcatalog %}",
        "{# a note about {{ nothing #}",
        "{% coupon_code 'SPRING' %}",
    ],
    "hubspot": [
        "{{ contact.firstname }}",
        '{{ personalization_token("contact.firstname", "there") }}',
        "{{ personalization_token('contact.firstname','there') }}",
        '{% if contact.country == "Norway" %}a{% elif contact.city is defined %}b{% else %}c{% endif %}',
        "{% for p in products %}{{ p.name|upper }} {{ loop.index }}{% endfor %}",
        "{% set x = contact.firstname or 'you' %}{{ x }}",
        "{{ unsubscribe_link }} {{ unsubscribe_link_all }} {{ view_as_page_url }} {{unsubscribe_link_single}}",
        "{{ site_settings.company_name }} {{ site_settings.company_street_address_1 }}",
        "{{ contact.firstname|default('there', true) }}",
        '{% module "hero" path="../hero", label="Hero" %}',
        '{# it is {{ not read }} #}{{ content.name }} {{ "x"|upper }}',
        "{{ year }} {{ local_dt|datetimeformat('%Y') }} {{ a if b else c }}",
        "{{ contact.custom_field_12 }}",
    ],
    "iterable": [
        "{{firstName}}",
        '{{defaultIfEmpty firstName "there"}}',
        "{{[First Name]}} {{{htmlBody}}} {{ trip_city }}",
        '{{#if loyaltyTier}}a{{else}}b{{/if}} {{#ifEq plan "pro"}}x{{/ifEq}}',
        "{{#each shoppingCartItems}}{{name}} {{@index}} {{this.price}} {{../firstName}}{{/each}}",
        '<a href="{{unsubscribeUrl}}">u</a> <a href="{{viewInBrowserUrl}}">v</a> {{physicalAddress}}',
        "{{{snippet 'footer'}}} {{!-- a note --}} {{! note }}",
        "{{numberFormat price 'currency'}} {{dateFormat now format='YYYY'}}",
        "{{~#if a~}}x{{~/if~}} {{#unless b}}y{{/unless}}",
        "{{#ifGt (defaultIfEmpty points 0) 500}}VIP{{/ifGt}}",
        '<a href="https://acme.example/?q={{#urlEncode}}{{term}}{{/urlEncode}}">q</a>',
    ],
    "sendgrid": [
        "{{first_name}} {{{html}}}",
        '{{insert first_name "default=there"}}',
        '{{#if user.vip}}a{{else if user.new}}b{{else}}c{{/if}} {{#equals a "b"}}x{{/equals}}',
        "{{#each items}}{{this.name}} {{@index}}{{/each}} {{#greaterThan n 3}}y{{/greaterThan}}",
        '<a href="{{{unsubscribe}}}">u</a> <a href="{{{unsubscribe_preferences}}}">p</a> <a href="<%asm_group_unsubscribe_raw_url%>">a</a>',
        "{{Sender_Name}} {{Sender_Address}} {{formatDate now 'YYYY'}}",
    ],
    "pardot": [
        "{{Recipient.FirstName}} {{{Recipient.FirstName}}} {{recipient.firstname}}",
        "{{#if Recipient.FirstName}}Hi {{Recipient.FirstName}}{{else}}Hello{{/if}}",
        '<a href="{{Unsubscribe}}">u</a> <a href="{{EmailPreferenceCenter}}">p</a> {{View_Online}} {{Organization.Address}}',
        "{{Sender.FirstName}} {{Recipient.Favourite_Colour__c}} {{Account.Name}}",
        "%%first_name%% %%user_first_name%% %%unsubscribe%% %%view_online%% %%account_address%% %%my_custom_field%%",
        "{{#unless Recipient.City}}x{{/unless}}",
    ],
    "dynamics": [
        "{{FirstName}} {{ Favourite_Colour }}",
        "{{contact.firstname}} {{msdyncrm_contentsettings.msdyncrm_addressmain}}",
        '<a href="{{PreferenceCenter}}">p</a> {{CompanyAddress}} {{Message.ViewAsWebpageURL}}',
        "{{#if (eq contact.address1_city 'Oslo')}}a{{else}}b{{/if}} {{#each items}}{{this.name}}{{/each}}",
    ],
    "eloqua": [
        '<span class="eloquaemail">First_Name1</span>',
        "<span class=eloquaemail>recipientid</span>",
        '<a href="https://acme.example/?e=<span class=eloquaemail>EmailAddress</span>&x=1">x</a>',
        '<a href="https://acme.example/?e=~~eloqua..type--emailfield..syntax--EmailAddress..innerText--EmailAddress..encodeFor--url~~">x</a>',
        '<eloqua type="emailfield" syntax="First_Name1"/>',
        "<SPAN CLASS='eloquaemail'>C_Favourite_Colour1</SPAN>",
    ],
    "campaign-monitor": [
        "[firstname,fallback=there] [firstname, fallback=] [email] [Favourite Colour,fallback=blue]",
        "[if:plan=pro]a[elseif:plan=free]b[else]c[endif]",
        '<unsubscribe>Stop</unsubscribe> <webversion>View</webversion> <a href="[unsubscribe]">u</a>',
        "<!--[if mso]><table><![endif]--><!--[if !mso]><!--> x <!--<![endif]-->",
        "[currentyear] [fullname,fallback=you]",
    ],
    "activecampaign": [
        "%FIRSTNAME% %MY_FIELD% %FAVOURITE-COLOUR%",
        "%IF $FIRSTNAME != ''%Hi %FIRSTNAME%%ELSE%Hello%/IF%",
        '<a href="%UNSUBSCRIBELINK%">u</a> <a href="%WEBCOPY%">w</a> %SENDER-INFO% %SENDER-INFO-SINGLELINE%',
        '<a href="https://acme.example/?e=%EMAIL%&q=%20FOO%20BAR">x</a>',
    ],
    "adobe-campaign": [
        "<%= recipient.firstName %> <%=recipient.lastName%>",
        "<%= recipient.firstName || 'there' %>",
        "<% if (recipient.gender == 1) { %>a<% } else if (recipient.gender == 2) { %>b<% } else { %>c<% } %>",
        "<%@ include view='MirrorPageUrl' %> <%@ include option='NmsServer_URL' %>/u?id=<%= escapeUrl(recipient.cryptedId) %>",
        "<%= targetData.offer %> <%= message.delivery.id %> <%= formatDate(new Date(), '%4Y') %>",
        "<% for (var i = 0; i < 3; i++) { %>x<% } %> <% /* it's a note */ %>",
    ],
    "sfmc": [
        "%%[ SET @first = [First Name] IF Empty(@first) THEN SET @first = 'you' ENDIF ]%%%%=v(@first)=%%",
        "%%[ VAR @a, @b SET @A = AttributeValue('x') IF NOT EMPTY(@b) THEN SET @b = 1 ENDIF ]%%%%=ProperCase(@a)=%%",
        "%%[ FOR @i = 1 TO RowCount(@rows) DO ]%%%%=v(@i)=%%%%[ NEXT @i SET @rows = LookupRows('de','k','v') ]%%",
        "%%=ContentBlockByKey('head')=%% %%=v(@first)=%%",
        "<script runat=\"server\">Variable.SetValue('@x', 1);</script>%%=v(@x)=%%",
    ],
    "mailchimp": [
        "*|IF:FNAME|*Dear *|FNAME|**|ELSEIF:LNAME|*x*|ELSE:|*y*|END:IF|* *|UNSUB|* *|MC:SUBJECT|*",
        "{{#if a}}{{b}}{{/if}}",
    ],
    "marketo": ["{{lead.First Name:default=there}} {{my.Event Date}} {{system.unsubscribeLink}}"],
}

# What it does not read, and a word of what is said of it.
BROKEN = {
    "braze": [
        ("{{${first_name}", "brace"),
        ("{{${first_name}}", "brace"),
        ("{${first_name}}}", "braces"),
        ("{{${first_name} | default: ‘there’}}", "curly"),
        ("{{${first_name} | default: “there”}}", "curly"),
        ("{{${first_name} | defualt: 'there'}}", "“default” is probably meant"),
        ("{{${first_name} | default 'there'}}", "colon is missing"),
        ("{{${first_name} default: 'there'}}", "| is missing"),
        ("{{${first_name} | default: 'there}}", "quote"),
        ("{{${first_name} | }}", "nothing stands behind"),
        ("{{${first&nbsp;_name}}}", "non-breaking"),
        ("{{ ${first_name}\u00a0| default: 'x' }}", "non-breaking"),
        ("{{${<b>first_name</b>}}}", "tags split"),
        ("{{$first_name}}", "${…}"),
        ("{{{first_name}}}", "${…}"),
        ("{% if ${city} = 'Oslo' %}x{% endif %}", "=="),
        ("{% if ${city} == 'Oslo' %}x", "endif"),
        ("{% if ${city} == 'Oslo' %}x{% elseif ${city} == 'Rome' %}y{% endif %}", "elsif"),
        ("{% if ${city} == 'Oslo' %}x{% endfor %}", "endif"),
        ("{% if ${city} == 'Oslo' %}x{% enidf %}", "“endif” is probably meant"),
        ("{% asign x = 1 %}", "“assign” is probably meant"),
        ("{% abort_mesage('x') %}", "“abort_message” is probably meant"),
        ("｛｛${first_name}｝｝", "full-width"),
        ('<a href="https://acme.example/?n=%7B%7B%24%7Bfirst_name%7D%7D%7D">x</a>', "encoded"),
    ],
    "customerio": [
        ("{{customer.first_name}", "braces"),
        ("{customer.first_name}}", "braces"),
        ("{{ customer.first name }}", "blanks"),
        ("{{customer.first_name | defualt: 'x'}}", "“default”"),
        ("{% if customer.x %}a", "endif"),
        ("{% unsubcribe_url %}", "“unsubscribe_url” is probably meant"),
        ("{% view_in_brower_url %}", "“view_in_browser_url” is probably meant"),
        ("{{{customer.first_name}}}", "two braces"),
    ],
    "klaviyo": [
        ("{{ first_name|default: 'friend' }}", "blank"),
        ("{{ first_name|default:‘friend’ }}", "curly"),
        ("{{ first_name|defalut:'friend' }}", "“default”"),
        ("{% if person.vip %}x{% elsif person.new %}y{% endif %}", "elif"),
        ("{% assign x = 1 %}", "with"),
        ("{% unsubcribe %}", "“unsubscribe” is probably meant"),
        ("{% unsubscribe_lnk %}", "“unsubscribe_link” is probably meant"),
        ("{{ first_name }", "braces"),
        ("{% if person.vip %}x", "endif"),
        ("{{ first&nbsp;name }}", "non-breaking"),
        ("{{ person.first_name.<b>x</b> }}", "tags split"),
    ],
    "hubspot": [
        ("{{ contact.firstname }", "braces"),
        ("{{ personalization_tokn('contact.firstname', 'there') }}", "“personalization_token”"),
        ("{{ personalization_token('contact.firstname', 'there' }}", "brackets"),
        ("{{ personalization_token(‘contact.firstname’, ‘there’) }}", "curly"),
        ("{{ contact.firstname|defualt('x') }}", "“default”"),
        ("{{ contact.firstname|default: 'x' }}", "brackets"),
        ("{% if contact.city %}x{% elseif contact.zip %}y{% endif %}", "elif"),
        ("{% if contact.city %}x", "endif"),
        ("{{ contact.first name }}", "blanks"),
        ("{{ contact.firstname\u200b }}", "invisible"),
    ],
    "iterable": [
        ("{{firstName}", "two braces"),
        ("{firstName}}", "two braces"),
        ('{{defaultIfEmpty firstName "there"}', "two braces"),
        ('{{defaultIfEmtpy firstName "there"}}', "“defaultIfEmpty” is probably meant"),
        ("{{defaultIfEmpty firstName “there”}}", "curly"),
        ('{{defaultIfEmpty firstName "there}}', "quote"),
        ("{{#if a}}x", "{{/if}}"),
        ("{{#if a}}x{{/each}}", "{{/if}}"),
        ("{{{firstName}}", "as many"),
        ("{{#ifEqq a 'b'}}x{{/ifEqq}}", "“ifEq”"),
        ("{{#if a}}x{{endif}}", "{{/if}}"),
        ("{{ first_name|default:'there' }}", "filters"),
    ],
    "sendgrid": [
        ("{{first_name}", "two braces"),
        ('{{insrt first_name "default=there"}}', "“insert” is probably meant"),
        ("{{#if a}}x{{else}}y", "{{/if}}"),
        ("{{{unsubscribe}}", "as many"),
    ],
    "pardot": [
        ("{{Recipient.FirstName}", "two braces"),
        ("{Recipient.FirstName}}", "two braces"),
        ("%%first_name%", "closed"),
        ("%first_name%%", "open"),
        ("{{#if Recipient.City}}x", "{{/if}}"),
        ("{{Recipient.<i>FirstName</i>}}", "tags split"),
        ("%%<b>first_name</b>%%", "tags"),
    ],
    "dynamics": [("{{FirstName}", "two braces"), ("{{#if a}}x", "{{/if}}"), ("{{{FirstName}}", "as many")],
    "eloqua": [
        ('<span class="eloquaemail">First Name1</span>', "underscore"),
        ('<span class="eloqua-email">First_Name1</span>', "eloquaemail"),
        ('<span class="eloquamail">First_Name1</span>', "eloquaemail"),
        ('<span class="elouqaemail">First_Name1</span>', "eloquaemail"),
        ("<span class=eloqueemail>First_Name1</span>", "eloquaemail"),
        ('<span class="eloquaemails">First_Name1</span>', "eloquaemail"),
        ('<span class="eloquaemail">First_Name1<td>', "missing"),
        ('<span class="eloquaemail"><b>First_Name1</b></span>', "tags"),
        ('<span class="eloquaemail"></span>', "no field"),
        ('<span class="eloquaemail">First&nbsp;Name1</span>', "non-breaking"),
        ('<a href="?e=%3Cspan%20class%3Deloquaemail%3EEmailAddress%3C/span%3E">x</a>', "encoded"),
        ('<a href="?e=~~eloqua..type--emailfield..syntax--EmailAddress..encodeFor--url">x</a>', "~~"),
    ],
    "campaign-monitor": [
        ("[firstname,fallback=there", "closing"),
        ("firstname,fallback=there]", "opening"),
        ("[firstname;fallback=there]", ",fallback="),
        ("[firstname,fallback:there]", ",fallback="),
        ("[firstname fallback=there]", ",fallback="),
        ("[if:plan=pro]x", "[endif]"),
        ("<unsubcribe>Stop</unsubcribe>", "misspelt"),
        ("[unsubscibe]", "misspelt"),
        ('<a href="?n=%5Bfirstname,fallback=x%5D">x</a>', "encoded"),
    ],
    "activecampaign": [
        ("Hi %FIRSTNAME, you", "closed"),
        ("Hi FIRSTNAME%, you", "open"),
        ("%<b>FIRSTNAME</b>%", "tags"),
        ("% FIRSTNAME %", "blank"),
        ("%IF $FIRSTNAME%x", "%/IF%"),
        ('<a href="%25UNSUBSCRIBELINK%25">u</a>', "encoded"),
    ],
    "adobe-campaign": [
        ("<%= recipient.firstName >", "closed"),
        ("<= recipient.firstName %>", "open"),
        ("&lt;%= recipient.firstName %&gt;", "references"),
        ("<% if (recipient.gender == 1) { %>x", "<% } %>"),
        ("<%= recipient.firstName || “there” %>", "curly"),
        ("< %= recipient.firstName % >", "blank"),
        ("<%@ inlcude view='MirrorPageUrl' %>", "included"),
        ("<%= escapeUrl(recipient.cryptedId %>", "brackets"),
    ],
    "sfmc": [
        ("%%[ SET @a = Lookpu('de','x','y','z') ]%%", "“Lookup”"),
        ("%%=PorperCase(FirstName)=%%", "“ProperCase”"),
        ("％％FirstName％％", "full-width"),
    ],
    "mailchimp": [("＊｜FNAME｜＊", "full-width")],
    "marketo": [("｛｛lead.First Name｝｝", "full-width")],
}

# Names that are slips of what the platform knows, and what is probably meant; "" for a variable that nothing sets.
UNKNOWN = {
    "braze": [
        ("{{${frist_name}}}", "{{${first_name}}}"),
        ("{{${firstname}}}", "{{${first_name}}}"),
        ("{{${set_user_to_unsubscibed_url}}}", "{{${set_user_to_unsubscribed_url}}}"),
        ("{{custom_atribute.${plan}}}", "{{custom_attribute.${plan}}}"),
        ("{% if ${frist_name} != blank %}x{% endif %}", "{{${first_name}}}"),
        ("{% assign tier = 'x' %}{{ teir }}", "{{tier}}"),
        ("{{ loyalty }}", ""),
    ],
    "customerio": [
        ("{{customer.frist_name}}", "{{customer.first_name}}"),
        ("{{unsubscribe_url}}", "{% unsubscribe_url %}"),
        ("{{custmer.first_name}}", "{{customer.first_name}}"),
    ],
    "klaviyo": [
        ("{{ frist_name }}", "{{first_name}}"),
        ("{{ unsubscribe_link }}", "{% unsubscribe_link %}"),
        ("{{ person.frist_name }}", "{{person.first_name}}"),
        ("{{ organization.full_adress }}", "{{organization.full_address}}"),
        ("{% for item in event.items %}{{ itme.name }}{% endfor %}", "{{item}}"),
    ],
    "hubspot": [
        ("{{ contact.fristname }}", "{{ contact.firstname }}"),
        ("{{ personalization_token('contact.fristname', 'x') }}", "{{ contact.firstname }}"),
        ("{{ unsubscribe_lnk }}", "{{ unsubscribe_link }}"),
        ("{{ site_settings.company_nmae }}", "{{ site_settings.company_name }}"),
        ("{{ contcat.firstname }}", "{{ contact.firstname }}"),
    ],
    "iterable": [
        ("{{fristName}}", "{{firstName}}"),
        ("{{unsubscribeURL}}", "{{unsubscribeUrl}}"),
        ("{{unsubcribeUrl}}", "{{unsubscribeUrl}}"),
        ('{{defaultIfEmpty fristName "x"}}', "{{firstName}}"),
        ("{{viewInBrowserURL}}", "{{viewInBrowserUrl}}"),
    ],
    "sendgrid": [
        ("{{{unsubcribe}}}", "{{unsubscribe}}"),
        ("{{frist_name}}", "{{first_name}}"),
        ("{{sender_name}}", "{{Sender_Name}}"),
    ],
    "pardot": [
        ("{{Recipient.FristName}}", "{{Recipient.FirstName}}"),
        ("{{Recipeint.FirstName}}", "{{Recipient.FirstName}}"),
        ("{{Unsubcribe}}", "{{Unsubscribe}}"),
        ("%%frist_name%%", "%%first_name%%"),
        ("%%unsubcribe%%", "%%unsubscribe%%"),
    ],
    "dynamics": [("{{contact.fristname}}", "{{contact.firstname}}"), ("{{CompanyAdress}}", "{{CompanyAddress}}")],
    "eloqua": [('<span class="eloquaemail">Frist_Name1</span>', '<span class="eloquaemail">First_Name1</span>')],
    "campaign-monitor": [("[fristname,fallback=x]", "[firstname]")],
    "activecampaign": [
        ("%FRISTNAME%", "%FIRSTNAME%"),
        ("%UNSUBSCIBELINK%", "%UNSUBSCRIBELINK%"),
        ("%firstname%", "%FIRSTNAME%"),
    ],
    "adobe-campaign": [
        ("<%= recipient.fristName %>", "<%= recipient.firstName %>"),
        ("<%= recipient.firstname %>", "<%= recipient.firstName %>"),
        ("<%= recipeint.firstName %>", "<%= recipient.firstName %>"),
    ],
    "sfmc": [
        ("%%[ SET @first = 'x' ]%%%%=v(@frist)=%%", "@first"),
        ("%%[ SET @a = 'x' ]%%%%=v(@offer)=%%", ""),
        ("%%[ SET @tier = 'x' IF @teir == 'x' THEN ]%%y%%[ ENDIF ]%%", "@tier"),
        ("%%unsub_centr_url%%", "%%unsub_center_url%%"),
    ],
    "mailchimp": [
        ("*|UNSUBB|*", "*|UNSUB|*"),
        ("*|UNSUBSCRIBE|*", "*|UNSUB|*"),
        ("*|UNSUBCRIBE|*", "*|UNSUB|*"),
        ("*|LIST:ADRESS|*", "*|LIST:ADDRESS|*"),
    ],
    "marketo": [("{{system.unsubscribLink}}", "{{system.unsubscribeLink}}")],
}

# A greeting as other platforms write it.
FOREIGN = {
    "marketo": "{{lead.First Name:default=there}}",
    "mailchimp": "*|FNAME|*",
    "sfmc": "%%=v(@name)=%%",
    "braze": "{{${first_name} | default: 'there'}}",
    "hubspot": "{{ personalization_token('contact.firstname', 'there') }}",
    "klaviyo": "{{ person|lookup:'Name'|default:'x' }}",
    "pardot": "{{Recipient.FirstName}}",
    "eloqua": '<span class="eloquaemail">First_Name1</span>',
    "campaign-monitor": "[firstname,fallback=there]",
    "activecampaign": "%FIRSTNAME%",
    "adobe-campaign": "<%= recipient.firstName %>",
    "iterable": '{{defaultIfEmpty firstName "there"}}',
}

NO_TAGS = [
    "100% OFF and 50%, 100%% sure, 20 %",
    '<td style="width:100%;height:50%">',
    "<style>@media (max-width:600px){.a{color:red}}</style>",
    '<script type="application/ld+json">{"a":{"b":{"c":1}}}</script>',
    "<script>const a = {b: {c: `${d}`}}; f({{x: 1}})</script>",
    "<!--[if mso]><table width='100%'><![endif]--><!--[if gte mso 9]><xml></xml><![endif]-->",
    '<template type="amp-mustache">{{name}} {{#list}}{{/list}}</template>',
    "<pre><code>Dear {{lead.First Name} *|FNAME* %%x% {{${a}</code></pre>",
    '<a href="https://acme.example/?q=%20FOO%20&r=100%25&s=%5Bx%5D">x</a>',
    "[sic] [1] (from £20) [see below] [EUR 20]",
    "<p>a * | b | * c, {name}, {count, plural, one {item} other {items}}</p>",
    "From <b>now</b> on: 5 < 6, a <% b",
    "<script>const t = `${name} ${url}`;</script>",
]


def gather(html: str, platform: str, kind: str = "email", asked: list[str] | None = None) -> tuple[Token, ...]:
    fields = {"name": "a", "tokens": asked}
    request = Request.model_validate({"id": "1", "name": "x", "platform": platform, "emails": [fields]})
    parts = Parts("a.html", Source("a.html", html))
    asset = Asset(kind, "a", Path())
    return tokens(asset, request.emails[0], request, parts, declared_envelope(parts, asset)).built


def rows(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(platform, html) for platform, cells in table.items() for html in cells]


@pytest.mark.parametrize(("platform", "html"), rows(GOOD))
def test_what_a_platform_reads_has_no_fault(platform: str, html: str) -> None:
    wrong = [(t.raw, t.fault, t.nearest, t.known) for t in gather(html, platform) if t.fault or t.known is False]
    assert wrong == []
    assert {token.platform for token in gather(html, platform)} <= {platform}


@pytest.mark.parametrize(
    ("platform", "html", "says"), [(platform, *cell) for platform, cells in BROKEN.items() for cell in cells]
)
def test_what_a_platform_does_not_read_is_said_once(platform: str, html: str, says: str) -> None:
    faults = [token.fault for token in gather(html, platform) if token.fault]
    assert len(faults) == 1
    assert says in faults[0]


@pytest.mark.parametrize(
    ("platform", "html", "nearest"), [(platform, *cell) for platform, cells in UNKNOWN.items() for cell in cells]
)
def test_a_name_nobody_knows_is_told_with_the_nearest(platform: str, html: str, nearest: str) -> None:
    unknown = [token for token in gather(html, platform) if token.known is False]
    assert [(token.nearest, token.fault) for token in unknown] == [(nearest, "")]


@pytest.mark.parametrize("html", NO_TAGS)
@pytest.mark.parametrize("platform", GOOD)
def test_what_only_looks_like_a_tag_is_none(platform: str, html: str) -> None:
    assert [token for token in gather(html, platform) if token.fault or token.known is False] == []


@pytest.mark.parametrize(
    ("platform", "other"), [(platform, other) for platform in GOOD for other in FOREIGN if other != platform]
)
def test_another_platforms_greeting_is_foreign(platform: str, other: str) -> None:
    found = gather(f"<p>Hi {FOREIGN[other]},</p>", platform)
    assert found
    assert all(token.platform != platform or token.fault or token.known is False for token in found)


@pytest.mark.parametrize("platform", GOOD)
def test_every_platform_of_the_request_has_a_grammar(platform: str) -> None:
    known = grammar(platform)
    assert known is not None
    assert known.platform == platform
    assert {"source", "date"} <= set(known.facts)


@pytest.mark.parametrize("platform", GOOD)
@pytest.mark.parametrize(
    "piece",
    ["{{", "}}", "{{${", "{%", "%}", "{% if ", "{{{", "{{#", "%%", "%FIRSTNAME", "<%=", "%>", "[a,fallback=", "[", "|", "{{a|", "{{ '", "<span class=eloquaemail>", "~~eloqua..type--emailfield..syntax--", "%7B%24", "｛", "*|"],
)  # fmt: skip
def test_hostile_repetition_ends(platform: str, piece: str) -> None:
    gather(piece * 8_000, platform)
