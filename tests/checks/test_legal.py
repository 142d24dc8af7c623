"""Unsubscribe link and postal address."""

from pathlib import Path

import pytest

from qa.build.assets import Asset
from qa.build.bag import FolderBag
from qa.build.campaign import Campaign
from qa.finding import Outcome
from qa.profile.model import Profile
from qa.request import unwritten
from qa.testing import run_check
from qa.text.postal_address import has_address
from qa.text.printed_address import has_address_token
from tests.running import run


@pytest.mark.parametrize(
    "footer",
    [
        '<a href="{{system.unsubscribeLink}}">here</a>',
        '<a href="https://click.acme.example/8f3a">Unsubscribe</a>',
        '<a href="https://click.acme.example/8f3a"><img src="u.png" alt="Vom Newsletter abmelden"></a>',
        'To unsubscribe, <a href="https://click.acme.example/8f3a">click here</a>.',
        '<b><a href="https://click.acme.example/8f3a">Click here</a></b> to unsubscribe.',
        'To unsubscribe, go to your <a href="https://www.acme.example/preferences">preferences</a>.',
        "No longer interested? {% unsubscribe %}",
        "<unsubscribe>Leave</unsubscribe>",
        '<a href="https://click.acme.example/8f3a">配信停止</a>',
    ],
    ids=[
        "merge tag",
        "words",
        "picture",
        "words beside it",
        "words behind it",
        "preferences",
        "tag that prints it",
        "element",
        "Japanese",
    ],
)
def test_a_link_that_unsubscribes(footer: str) -> None:
    answer = run_check("unsubscribe", email={}, build=f"<p>Hello</p><p>{footer}</p>")
    assert (answer.outcome, answer.codes) == (Outcome.PASSED, [])


@pytest.mark.parametrize(
    "footer",
    [
        "",
        '<a href="https://www.acme.example/privacy">Privacy</a>',
        "<a>Unsubscribe</a>",
        "Unsubscribe",
        'Unsubscribe &middot; <a href="https://www.acme.example/privacy">Privacy notice</a>',
        'Unsubscribe &middot; <a href="https://www.facebook.com/acme">Facebook</a>',
        '<div style="display:none"><a href="{{system.unsubscribeLink}}">Unsubscribe</a></div>',
        '<!-- <a href="{{system.unsubscribeLink}}">Unsubscribe</a> -->',
    ],
    ids=[
        "none",
        "another",
        "no address",
        "mere words",
        "privacy beside it",
        "network beside it",
        "hidden",
        "commented out",
    ],
)
def test_no_link_that_unsubscribes(footer: str) -> None:
    answer = run_check("unsubscribe", email={}, build=f"<p>Hello</p><p>{footer}</p>")
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, ["missing-unsubscribe"])


def test_the_header_alone_is_not_enough() -> None:
    message = "Subject: Hello\nList-Unsubscribe: <https://acme.example/u>\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>Hello</p>\n"
    assert run_check("unsubscribe", email={}, build=message).codes == ["missing-unsubscribe"]


def test_words_without_a_link_are_pointed_at() -> None:
    (finding,) = run_check("unsubscribe", email={}, build="<p>Hello</p>\n<p>Unsubscribe | Privacy</p>").findings
    assert finding.message.endswith("“Unsubscribe | Privacy” is not a link.")
    assert finding.where is not None and finding.where.line == 2


def test_a_preference_centre_alone_is_for_a_person() -> None:
    build = '<p>Hello</p><p><a href="*|UPDATE_PROFILE|*">Email preferences</a></p>'
    answer = run_check("unsubscribe", email={}, build=build)
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["missing-unsubscribe"])


def test_without_a_request_nobody_knows_whether_it_is_marketing(tmp_path: Path) -> None:
    file = tmp_path / "receipt.html"
    file.write_text("<p>Your receipt</p>")
    asset = Asset("email", "receipt", tmp_path, FolderBag(tmp_path).file(file.name))
    came_out = run(
        Campaign(tmp_path, "receipt", assets=(asset,)),
        unwritten("email", "receipt", file.name),
        Profile(only=("unsubscribe",)),
    )
    assert came_out.results[-1].outcome is Outcome.REVIEW


def test_words_without_a_link_are_pointed_at_without_a_request_too(tmp_path: Path) -> None:
    file = tmp_path / "news.html"
    file.write_text("<p>Our news</p><p>Unsubscribe</p>")
    asset = Asset("email", "news", tmp_path, FolderBag(tmp_path).file(file.name))
    came_out = run(
        Campaign(tmp_path, "news.html", (asset,)),
        unwritten("email", "news", file.name),
        Profile(only=("unsubscribe",)),
    )
    result = came_out.results[-1]
    assert (result.outcome, "“Unsubscribe” is not a link" in result.findings[0].message) == (Outcome.REVIEW, True)


@pytest.mark.parametrize(
    "address",
    [
        "Acme Ltd, 1 High Street, London N1 9GU",
        "Acme Inc. | 548 Market St, Suite 300 | San Francisco, CA 94104",
        "Acme Inc., PO Box 77, Austin, Texas 78701",
        "Acme Corp, 100 King Street West, Toronto ON M5X 1A9",
        "Acme, Level 5, 100 George Street, Sydney NSW 2000",
        "Acme GmbH · Hauptstraße 5 · 10115 Berlin",
        "Acme AG, Bahnhofstrasse 12, CH-8001 Zürich",
        "Acme GmbH, Mariahilfer Straße 1, 1060 Wien",
        "Acme SA, 12 rue de la Paix, 75002 Paris",
        "Acme S.L., Calle Mayor 5, 28013 Madrid",
        "Acme S.r.l., Via Roma 12, 20121 Milano",
        "Acme Lda, Rua Augusta 10, 1100-048 Lisboa",
        "Acme Ltda, Av. Paulista 1000, São Paulo, 01310-100",
        "Acme B.V., Keizersgracht 12, 1015 CJ Amsterdam",
        "Acme AB, Storgatan 5, 111 22 Stockholm",
        "Acme ApS, Bredgade 5, 1260 København",
        "Acme AS, Karl Johans gate 5, 0154 Oslo",
        "Acme Oy, Mannerheimintie 5, 00100 Helsinki",
        "Acme Sp. z o.o., ul. Marszałkowska 1, 00-001 Warszawa",
        "Acme s.r.o., Vodičkova 12/34, 110 00 Praha",
        "ООО «Акме», 125009, Москва, ул. Тверская, 5",
        "株式会社アクメ 〒100-0001 東京都千代田区千代田1-1",
        "上海市浦东新区世纪大道100号",
        "주식회사 아크메 서울특별시 강남구 테헤란로 123",
    ],
)
def test_addresses_of_many_countries(address: str) -> None:
    assert has_address(f"Join us on 24 March 2026.\n{address}\n© 2026 Acme. All rights reserved.")


@pytest.mark.parametrize(
    "text",
    [
        "© 2026 Acme Ltd. All rights reserved.",
        "Order 28475 was placed Mar 1, call 555-5555",
        "Save 20% on 2024 models, 9858 won't close",
        "Meet us at 10 Downing Street",
        "1600 Amphitheatre guests came",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert not has_address(text)


@pytest.mark.parametrize(
    "tag",
    [
        "*|LIST:ADDRESS|*",
        "{{ organization.full_address }}",
        "%%Member_Addr%%",
        "%SENDER-INFO%",
        "{{my.Postal Address}}",
        "*|HTML:LIST_ADDRESS_HTML|*",
        "{{ site_settings.company_street_address_1 }}",
        "{{physicalAddress}}",
        "{{{Organization.Address}}}",
        "{{CompanyAddress}}",
        "[Sender_Address]",
    ],
)
def test_merge_tags_that_print_the_address(tag: str) -> None:
    assert has_address_token(f"Acme {tag}")


@pytest.mark.parametrize(
    "tag",
    [
        "{{lead.Email Address}}",
        "{{ order.shipping_address }}",
        "{{contact.address}}",
        "{{ person.address }}",
        "*|ADDRESS|*",
        "address",
    ],
)
def test_merge_tags_that_print_another_address(tag: str) -> None:
    assert not has_address_token(f"Dear {tag}")


@pytest.mark.parametrize(
    ("footer", "lost"),
    [
        ("Acme<br>%%Member_Addr%%<br>%%Member_State%% %%Member_PostalCode%%", "the town"),
        ("Acme, %%Member_City%%, %%Member_PostalCode%%", "the street"),
        (
            "{{ site_settings.company_name }} {{ site_settings.company_city }} {{ site_settings.company_zip }}",
            "the street",
        ),
        ("{{site_settings.company_street_address_1}}, {{site_settings.company_state}}", "the town"),
        ("[Sender_Name], [Sender_Address], [Sender_State] [Sender_Zip]", "the town"),
        ("{{{Sender_Name}}}<br>{{{Sender_City}}}, {{{Sender_Zip}}}", "the street"),
        ("{{ shop.name }}, {{ shop.address.city }} {{ shop.address.zip }}", "the street"),
    ],
)
def test_an_address_that_is_printed_in_part(footer: str, lost: str) -> None:
    answer = run_check("postal-address", email={}, build=f"<p>Hello</p><p>{footer}</p><p>Unsubscribe</p>")
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, ["incomplete-postal-address"])
    assert lost in answer.findings[0].message


def test_the_tag_of_a_street_may_hold_the_whole_address() -> None:
    answer = run_check("postal-address", email={}, build="<p>Acme, %%Member_Addr%%</p><p>Unsubscribe</p>")
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["incomplete-postal-address"])


@pytest.mark.parametrize(
    "footer",
    [
        "%%Member_Addr%%, %%Member_City%%",
        "%%Member_Addr%%<br>Springfield, %%Member_State%%",
        "%%Member_Addr%%, Springfield",
        "1 High Street<br>%%Member_City%% %%Member_PostalCode%%",
        "PO Box 12, [Sender_City]",
        "{{ site_settings.company_street_address_1 }}, 10115 Berlin",
        "{{ site_settings.company_street_address_1 }}<br>{{ site_settings.company_city }}",
        "{{Sender_Address}}, {{Sender_City}}, {{Sender_State}} {{Sender_Zip}}",
        "*|LIST:COMPANY|*, *|LIST:ADDRESS|*",
    ],
)
def test_an_address_that_is_printed_or_written_whole(footer: str) -> None:
    build = f"<p>Hello</p><p>{footer}</p><p>Unsubscribe</p>"
    assert run_check("postal-address", email={}, build=build).outcome is Outcome.PASSED


def test_a_footer_with_and_without_an_address() -> None:
    with_address = "<p>Hello</p><p>Acme Ltd, 1 High Street,<br>London N1 9GU</p>"
    assert run_check("postal-address", email={}, build=with_address).outcome is Outcome.PASSED
    answer = run_check("postal-address", email={}, build="<p>Hello</p>")
    assert (answer.outcome, answer.codes) == (Outcome.REVIEW, ["missing-postal-address"])


def test_an_address_that_is_hidden_is_none() -> None:
    hidden = '<p>Hello</p><p style="display:none">Acme Ltd, 1 High Street, London N1 9GU</p>'
    assert run_check("postal-address", email={}, build=hidden).codes == ["missing-postal-address"]


def test_an_address_that_was_asked_for() -> None:
    campaign = {"legal": {"must_include": ["Acme Ltd, 1 High Street, London N1 9GU"]}}
    answer = run_check("postal-address", campaign=campaign, email={}, build="<p>Hello</p>")
    assert answer.codes == ["missing-postal-address"]
    there = "<p>Acme Ltd, 1 High Street, London N1 9GU</p>"
    assert run_check("postal-address", campaign=campaign, email={}, build=there).outcome is Outcome.PASSED


def test_hostile_text_costs_nothing() -> None:
    assert not has_address("10115 B " * 100_000)
    assert not has_address("Via " * 100_000 + "1 " * 100_000)


@pytest.mark.parametrize(
    "heading", ["Shipping address", "Your billing address:", "Ship to", "Lieferadresse", "Adresse de livraison :"]
)
def test_an_address_of_the_reader_is_not_the_senders(heading: str) -> None:
    order = f"<p>Hello</p><p>{heading}</p><p>Bob Ernst</p><p>12 High Street, London N1 9GU</p><p>Thank you</p>"
    assert run_check("postal-address", email={}, build=order).codes == ["missing-postal-address"]
    footer = "<p>Acme Ltd, 1 Park Road, London N1 9GU</p>"
    assert run_check("postal-address", email={}, build=order + footer).outcome is Outcome.PASSED


def test_two_addresses_of_the_reader_side_by_side() -> None:
    address = "<td>12 High Street<br>London N1 9GU</td>"
    table = f"<table><tr><td>Ship to</td><td>Bill to</td></tr><tr>{address}{address}</tr></table>"
    assert run_check("postal-address", email={}, build=table).codes == ["missing-postal-address"]


@pytest.mark.parametrize(
    "text", ["We ship to 40 countries from our yard.", "Delivery address missing? Write to us any time."]
)
def test_a_sentence_about_shipping_is_no_heading(text: str) -> None:
    build = f"<p>{text}</p><p>Acme Ltd, 1 Park Road, London N1 9GU</p><p>Bye</p>"
    assert run_check("postal-address", email={}, build=build).outcome is Outcome.PASSED


def test_a_merge_tag_of_the_bank_is_not_the_senders_address() -> None:
    assert not has_address_token("Pay to {{ lang.bank_address }}")


def test_a_home_page_is_no_way_to_unsubscribe() -> None:
    answer = run_check("unsubscribe", email={}, build='<a href="https://acme.example">Unsubscribe</a>')
    assert (answer.outcome, answer.codes) == (Outcome.FAILED, ["missing-unsubscribe"])


@pytest.mark.parametrize(
    "href",
    [
        "https://acme.example/?u=1",
        "https://acme.example/off",
        "https://unsubscribe.acme.example/",
        "https://acme.example/#off",
        "https://{{my.Host}}/",
        "mailto:off@acme.example",
    ],
)
def test_an_address_that_may_well_unsubscribe(href: str) -> None:
    assert run_check("unsubscribe", email={}, build=f'<a href="{href}">Unsubscribe</a>').outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "address",
    [
        "Rihla Travel, 12 Al Corniche, Jeddah",
        "Brisa Toldos · Nave 7 · Poblado Norte",
        "Fjord AS | Vika 3 | Bodø",
        "Acme Ltd · The Old Mill · Kinsale · Co. Cork",
        "Acme Sp. z o.o. ul. Prosta 51 Warszawa",
        "Acme Ltd Unit 7 Riverside Park Cork",
        "Acme Ltd. Registered office: The Old Mill, Kinsale, Co. Cork, Ireland",
        "Acme SARL, Immeuble Ivoire, Plateau, BP 1234 Abidjan",
        "Acme LLC, Office 304, Sheikh Zayed Road, Dubai",
        "株式会社アクメ 本社 東京都千代田区、千代田、一丁目",
        "서울특별시 강남구 테헤란로 152 주식회사 아크메",
    ],
)
def test_an_address_that_the_request_asks_for_is_one(address: str) -> None:
    legal = {"legal": {"must_include": [address]}}
    there = run_check("postal-address", email={}, campaign=legal, build=f"<p>Hello</p><p>{address}</p>")
    assert there.outcome is Outcome.PASSED
    gone = run_check("postal-address", email={}, campaign=legal, build="<p>Hello</p><p>Join us</p>")
    assert gone.outcome is Outcome.REVIEW


@pytest.mark.parametrize(
    "words",
    [
        "© 2027 Acme Ltd, all rights reserved, No. 12345",
        "Acme Ltd, registered in England and Wales, No. 1234567",
        "Acme GmbH, HRB 12345, Amtsgericht München",
        "20 % off, until 31 January, code SPRING20",
        "Terms and conditions apply, see our site, page 3.",
    ],
)
def test_other_words_that_the_request_asks_for_are_no_address(words: str) -> None:
    legal = {"legal": {"must_include": [words]}}
    answer = run_check("postal-address", email={}, campaign=legal, build=f"<p>Hello</p><p>{words}</p>")
    assert answer.outcome is Outcome.REVIEW
