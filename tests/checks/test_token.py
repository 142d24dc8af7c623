"""Do the checks of merge tags pass what is right, and say each mistake once?"""

from __future__ import annotations

import pytest

from qa.finding import Outcome
from qa.testing import Answer, run_check
from tests.told import campaign_told

CHECKS = ("token-syntax", "token-names", "tokens-asked")
ASKED = ["{{lead.First Name:default=Hi}}", "{{my.Event Date}}"]
CLEAN = "<p>{{lead.First Name:default=Hi}}, see you on {{my.Event Date}}</p>"


def judge(
    check: str, build: str, asked: list[str] | None = None, platform: str | None = "marketo", **more: object
) -> Answer:
    email = {"tokens": asked} if asked is not None else {}
    campaign = {"platform": platform} if platform else {}
    return run_check(check, build=build, email=email | dict(more.pop("email", {})), campaign=campaign, **more)  # type: ignore


def codes(build: str, asked: list[str] | None = None, platform: str | None = "marketo") -> list[str]:
    """What a verdict over all three checks shows: one mistake must be one finding."""
    email = {"tokens": asked} if asked is not None else {}
    campaign = {"platform": platform} if platform else {}
    told = campaign_told(*CHECKS, build=build, email=email, campaign=campaign)
    return sorted(judged.finding.code for judged in told)


def test_a_clean_email_passes() -> None:
    for check in CHECKS:
        assert judge(check, CLEAN, ASKED).outcome is Outcome.PASSED


def test_an_email_without_tags_passes() -> None:
    assert judge("token-syntax", "<p>100% OFF and 50%, width:100%</p>").outcome is Outcome.PASSED
    assert judge("token-names", "<p>Hello</p>", platform=None).outcome is Outcome.PASSED


def test_what_was_not_asked_is_skipped() -> None:
    answer = judge("tokens-asked", CLEAN)
    assert (answer.outcome, answer.reason) == (Outcome.SKIPPED, "the request does not say")


def test_links_of_the_platform_and_conditions_need_not_be_asked() -> None:
    build = CLEAN + '<a href="{{system.unsubscribeLink}}">u</a> <a href="{{system.viewAsWebpageLink}}">v</a>'
    assert codes(build, ASKED) == []
    build = "*|IF:FNAME|*Dear *|FNAME|**|ELSE:|*Hello*|END:IF|* *|UNSUB|* *|LIST:ADDRESS|*"
    assert codes(build, ["*|FNAME|*"], "mailchimp") == []
    build = "%%[ IF @a == 1 THEN ]%%%%FirstName%%%%[ ENDIF ]%% %%unsub_center_url%%"
    assert codes(build, ["%%FirstName%%"], "sfmc") == []


def test_a_tag_of_the_asked_subject_line_belongs_to_that_check() -> None:
    email = {"subject": "{{lead.First Name:default=Hi}}, save your seat"}
    answer = judge("tokens-asked", "<p>{{my.Event Date}}</p>", ASKED, email=email)
    assert answer.outcome is Outcome.PASSED


def test_a_tag_in_the_sidecars_subject_line_counts() -> None:
    answer = judge(
        "tokens-asked", "<p>{{my.Event Date}}</p>", ASKED, sidecar={"subject": "{{lead.First Name:default=Hi}}!"}
    )
    assert answer.outcome is Outcome.PASSED
    answer = judge("token-syntax", "<p>x</p>", sidecar={"subject": "{{lead.First Name}, hi"})
    (finding,) = answer.findings
    assert finding.where is not None
    assert finding.where.file == "build/asset.envelope.yaml"


def test_a_page_is_looked_at_too() -> None:
    answer = run_check("token-names", build="<p>{{lead.Frist Name}}</p>", page={}, campaign={"platform": "marketo"})
    assert answer.codes == ["unknown-token"]


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (CLEAN.replace("Name:default=Hi}}", "Name:default=Hi}"), "malformed-token"),
        (CLEAN.replace("lead.First", "lead.<b>First</b>"), "malformed-token"),
        (CLEAN.replace(":default=", ":defualt="), "malformed-token"),
        (CLEAN.replace("=Hi}}", "=edit me}}"), "malformed-token"),
        (CLEAN.replace("First Name", "Frist Name"), "unknown-token"),
        (CLEAN.replace("lead.First", "led.First"), "unknown-token"),
        (CLEAN.replace("{{lead.First Name:default=Hi}}", "*|FNAME|*"), "foreign-token"),
        (CLEAN.replace("{{lead.First Name:default=Hi}}", "{{${first_name}}}"), "foreign-token"),
        (CLEAN.replace("{{lead.First Name:default=Hi}}", "Hi"), "missing-token"),
        (CLEAN.replace("Event Date", "Event Dat"), "missing-token"),
        (CLEAN.replace("=Hi}}", "=Hello}}"), "wrong-default"),
        (CLEAN.replace(":default=Hi}}", "}}"), "wrong-default"),
        (CLEAN + "{{my.Old Offer}}", "unasked-token"),
        (CLEAN + "{{lead.Company Name}}", "unasked-token"),
        (CLEAN + "{{lead.First Name}", "malformed-token"),
    ],
)
def test_one_mistake_is_one_finding(build: str, code: str) -> None:
    assert codes(build, ASKED) == [code]


@pytest.mark.parametrize(
    ("build", "code"),
    [
        ("Hi *|FNMAE|*", "unknown-token"),
        ("Hi *|fname|*", "unknown-token"),
        ("Hi *|FNAME*", "malformed-token"),
        ("Hi %%FirstName%%, *|FNAME|* %%view_email_url%%", "foreign-token"),
        ("Hi *|FNAME|* *|IF:LNAME|*x", "malformed-token"),
        ("Hi", "missing-token"),
        ("Hi *|FNAME|* *|LNAME|*", "unasked-token"),
    ],
)
def test_one_mistake_is_one_finding_in_mailchimp(build: str, code: str) -> None:
    assert codes(build, ["*|FNAME|*"], "mailchimp") == [code]


@pytest.mark.parametrize(
    ("build", "code"),
    [
        ("Hi %%FristName%%", "unknown-token"),
        ("Hi %%FirstName%", "malformed-token"),
        ("Hi %%FirstName%% %%[ IF @a THEN ]%%x", "malformed-token"),
        ("Hi {{lead.First Name}}", "foreign-token"),
        ("Hi", "missing-token"),
        ("Hi %%FirstName%% %%LastName%%", "unasked-token"),
    ],
)
def test_one_mistake_is_one_finding_in_sfmc(build: str, code: str) -> None:
    assert codes(build, ["%%FirstName%%"], "sfmc") == [code]


def test_a_repeated_mistake_is_said_once_with_its_first_place() -> None:
    (finding,) = judge("token-syntax", "<p>x</p>\n<p>{{lead.First Name}</p>\n<p>{{lead.First Name}</p>").findings
    assert "2 times" in finding.message
    assert finding.where is not None
    assert (finding.where.file, finding.where.line, finding.where.column) == ("build/asset.html", 2, 4)


def test_messages_name_what_is_meant() -> None:
    (finding,) = judge("token-names", "{{lead.Frist Name}}").findings
    assert (
        finding.message == "Marketo knows no merge tag “{{lead.Frist Name}}”. “{{lead.First Name}}” is probably meant."
    )
    (finding,) = judge("token-names", "%%emailadr%% ", platform="sfmc").findings
    assert "“%%emailaddr%%” is probably meant" in finding.message
    (finding,) = judge("tokens-asked", CLEAN.replace("Event Date", "Event Dat"), ASKED).findings
    assert finding.message == "“{{my.Event Dat}}” stands where the request asks for “{{my.Event Date}}”."
    assert finding.request is not None
    (finding,) = judge("tokens-asked", CLEAN.replace(":default=Hi", ""), ASKED).findings
    assert "has no default; the request asks for “Hi”" in finding.message


def test_the_platform_is_told_by_the_build_where_the_request_does_not_say() -> None:
    assert codes("*|FNAME|* *|UNSUB|* *|LNAME|* {{lead.First Name}}", platform=None) == ["foreign-token"]
    assert codes("{{first_name}} {name} %%X%%", platform=None) == []


@pytest.mark.parametrize("tag", ["{{lead.Frist Name:default=Hi}}", "{{lead.First Name:default=Hi}", "*|FNAME|*", ""])
def test_a_bad_merge_tag_is_not_the_one_that_was_asked_for(tag: str) -> None:
    answer = judge("tokens-asked", CLEAN.replace("{{lead.First Name:default=Hi}}", tag), ASKED)
    assert answer.codes == ["missing-token"]


def test_where_no_platform_is_known_a_person_looks() -> None:
    answer = judge("tokens-asked", "Hi {{ customer.name }}", ["{{ customer.name }}"], "none")
    assert answer.outcome is Outcome.REVIEW
    answer = judge("tokens-asked", "Hi", ["{{ customer.name }}"], "none")
    assert answer.outcome is Outcome.FAILED
    assert answer.codes == ["missing-token", "unasked-token"]


@pytest.mark.parametrize(
    "build",
    [
        "<p>Dear {{lead.First Name},</p>",
        "<p>Dear {{ first_name },</p>",
        "<p>Dear {lead.First Name}},</p>",
        "<p>Ciao {{ first_name|default:'amico' }, da oggi</p>",
        "<p>Hallo {{ person.first_name | title}, schön</p>",
        "<p>Hi {{ personalization_token('contact.firstname', 'there') }, come</p>",
        "<p>Hej {first_name|default:'vän' }}, nu</p>",
        "<p>Hola { first_name }}, hoy</p>",
        "<p>{{#if firstName}Salut</p>",
        '<a href="{% unsubscribe_link }">Se désabonner</a>',
    ],
)
@pytest.mark.parametrize("platform", [None, "none"])
def test_a_brace_too_few_is_wrong_on_every_platform(build: str, platform: str | None) -> None:
    answer = judge("token-syntax", build, platform=platform)
    assert answer.codes == ["malformed-token"]
    assert answer.findings[0].message.startswith("No platform can read")


@pytest.mark.parametrize(
    "build",
    [
        "{{first_name}} {name} {{{ name }}}",
        "{count, plural, one {item} other {items}}",
        "{{0} of {1}}",
        "<style>@media print {p {color: red}}</style>",
        "<script>let a = {b: {c}}; f({{x})</script>",
        "{% if x %}{{ y }}{% endif %}",
        "${name}} #{name}}",
    ],
)
def test_braces_that_are_no_merge_tag(build: str) -> None:
    assert codes(build, platform=None) == []


def test_a_string_of_ampscript_may_run_over_two_lines() -> None:
    build = '<p>%%=Concat("Hello there,\nyou", "!")=%% %%[ SET @a = "one\n  two" ]%%</p>'
    assert run_check("token-syntax", campaign={"platform": "sfmc"}, email={}, build=build).codes == []
    torn = build.replace('you"', "you")
    assert run_check("token-syntax", campaign={"platform": "sfmc"}, email={}, build=torn).codes == ["malformed-token"]


@pytest.mark.parametrize(
    ("platform", "tag", "build", "plain", "said"),
    [
        ("eloqua", '<span class="eloquaemail">FirstName</span>', "<p>Bonjour,</p>", 'Bonjour <span class="eloquaemail">FirstName</span>,', ["missing-token"]),
        ("mailchimp", "*|FNAME|*", "<p>Hello,</p>", "Hello *|FNAME|*,", ["missing-token"]),
        ("marketo", "{{my.Date}}", "<p>See you on {{my.Date}}</p>", "See you on {{my.Date}}", []),
        ("marketo", "{{my.Date}}", "<p>See you on {{my.Date}}</p>", "See you soon", []),
        ("klaviyo", "{{ person.city }}", '<p><a href="https://acme.example/{{ person.city }}">Shops</a></p>', "Shops", []),
    ],
)  # fmt: skip
def test_a_tag_that_only_the_text_part_kept_is_missing(
    platform: str, tag: str, build: str, plain: str, said: list[str]
) -> None:
    told = campaign_told(
        "tokens-asked", build=build, plain=plain, email={"tokens": [tag]}, campaign={"platform": platform}
    )
    assert [one.finding.code for one in told] == said


@pytest.mark.parametrize(
    ("platform", "build", "said"),
    [
        ("sfmc", "%%[ SET @name = [First Name] ]%%<p>Dear %%=v(@name)=%%,</p>", []),
        ("sfmc", "%%[ SET @name = [First Name] ]%%<p>Dear %%=v(@nmae)=%%,</p>", ["unset-variable"]),
        ("braze", "{% assign city = 'Leeds' %}<p>{{ city }}</p>", []),
        ("braze", "{% assign city = 'Leeds' %}<p>{{ ctiy }}</p>", ["unset-variable"]),
        ("braze", "{% assign city = 'Leeds' %}<p>{{ city }} {{preference_center.${Our_Own}}}</p>", []),
    ],
)
def test_a_variable_is_set_before_it_is_printed(platform: str, build: str, said: list[str]) -> None:
    told = campaign_told("token-names", build=build, email={"subject": "Hi"}, campaign={"platform": platform})
    assert [one.finding.code for one in told] == said


@pytest.mark.parametrize(
    ("platform", "tag"),
    [
        ("mailchimp", "{{ organization.full_address }}"),
        ("hubspot", "[Sender_Address], [Sender_City]"),
        ("klaviyo", "*|LIST:ADDRESS|*"),
        ("sfmc", "%%account_address%%"),
        ("pardot", "{{physicalAddress}}"),
        ("marketo", "{{{Organization.Address}}}"),
        ("activecampaign", "{{CompanyAddress}}"),
        ("braze", "%SENDER-INFO%"),
        ("iterable", "{{ site_settings.company_street_address_1 }}"),
    ],
)
def test_the_address_of_another_platform(platform: str, tag: str) -> None:
    answer = run_check("token-syntax", campaign={"platform": platform}, email={}, build=f"<p>Acme, {tag}</p>")
    assert set(answer.codes) == {"foreign-token"}


@pytest.mark.parametrize(
    ("platform", "tag"),
    [
        ("mailchimp", "*|HTML:LIST_ADDRESS_HTML|*"),
        ("hubspot", "{{ site_settings.company_street_address_1 }}"),
        ("klaviyo", "{{ organization.full_address }}"),
        ("sendgrid", "{{{Sender_Address}}} {{physicalAddress}} {{CompanyAddress}}"),
        ("pardot", "{{Organization.Address}} %%account_address%%"),
        ("iterable", "{{physicalAddress}} {{CompanyAddress}}"),
        ("dynamics", "{{CompanyAddress}}"),
    ],
)
def test_the_address_of_the_platform_itself(platform: str, tag: str) -> None:
    answer = run_check("token-syntax", campaign={"platform": platform}, email={}, build=f"<p>Acme, {tag}</p>")
    assert answer.codes == []
