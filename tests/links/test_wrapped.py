"""Addresses around another one: which are, and what those carry that can be read."""

from __future__ import annotations

import pytest

from qa.links.wrapped import carried, is_tracker, without_filters, wrapped_among
from tests.sent import FILTERS, READABLE, TRACKERS

PAGE = "https://www.acme.example/wool-beanie_2?size=40%2B&utm_source=news&utm_content=hero"
PAGES = (
    PAGE,
    "https://www.acme.example/",
    "http://acme.example/a--b__c?q=caf%C3%A9#top",
    "https://müller.example/über/1*2",
)

# As they were met in mails; the longest codes are cut.
MET = {
    "https://url9624.discordapp.com/ls/click?upn=qDOo8cnwIoKzt0aLL1cBeFE1RlVCKJFF5zAq8ml-2BFh1dq": "",
    "https://u.email.openai.com/uni/ls/click?upn=u001.SWvH-2F-2Fdx6zVERY": "",
    "https://link.mail.beehiiv.com/ss/c/u001.3a5P_SwQzY5x8USD2q4p0r7tZ4Xc_IMfzOhNH": "",
    "https://cWGb504.na1.hubspotlinks.com/Ctc/LY+113/cWGb504/VVVRyG8Z8BFlW1dz0y": "",
    "https://info.deeplearning.ai/e3t/Ctc/LX+113/cJhC404/VWbMJv2vnLfjW3Rh6L96gqS5YW7": "",
    "http://click.engage.frontiersin.com/?qs=42b61da43a3f9df6013a23b68436a54baa8c80ffee48007a": "",
    "https://links.joinhoney.com/a/click?_t=70657193eb7a404887947be80fb10777&_m=2d45b0f8": "",
    "https://app.acspubs.org/e/er?s=1913652004&lid=109588&elqTrackId=b1a26c28": "",
    "http://go.pardot.com/e/779123/br-termos-/2s9d1h/1387578788?h=Y8e15EGjfwatzTqGa7": "",
    "https://teaxyz.acemlnb.com/lt.php?x=3TxtmrUFUqPUT55qA1c5Zwar_n7Xz~gVkypZgIMK": "",
    "https://ctrk.klclick3.com/l/01J5V2NHDC0KB0P8B51Z9PCPZS_0": "",
    "https://thegraph.cmail20.com/t/j-l-ayhjhid-iydljjkuhy-d/": "",
    "https://r20.rs6.net/tn.jsp?f=001r45186-_W6L8rvvWnmIUDiCWp-K9": "",
    "https://r.contact.elevenlabs.io/mk/cl/f/sh/28xHLtxYQ52kJ9bDSob5PkBuK2Rm7DCbpu/d3NQuFiVd_jT": "",
    "https://email.farfetch.com/pub/cc?_ri_=X0Gzc2X%3DAQjkPkSTCQGzaeo8O8Rzcqudh3df": "",
    "http://links.mkt3337.com/ctt?kn=3&ms=MzQ3OTg3MDQS1&r=MzkxNzk3NDkwMDA0S0&b=0": "",
    "http://mandrillapp.com/track/click.php?u=30184949&id=53842650&url=http%3A%2F%2Fbanco.example%2Fa&url_id=9": (
        "http://banco.example/a"
    ),
    "https://tracking.tldrnewsletter.com/CL0/https:%2F%2Fwww.databricks.com%2Fblog%2Fgenie%3Futm_source=tldrit/1/"
    "010001a0f2430eb3-48bee3be-0ca4-4bd6-8e60-b5cf80584234-000000/5RkJWU9iJcsBwOQNv70_3zHjnYQdFeWj8z98NRcaBbU=452": (
        "https://www.databricks.com/blog/genie?utm_source=tldrit"
    ),
    "http://e.customeriomail.com/e/c/eyJlbWFpbF9pZCI6IlJQSVNBUUFCYUhzenBhYVBoSjhKWG1kZHphN0QiLCJocmVmIjoiaHR0cHM6Ly93"
    "d3cuc2hvcGlmeS5jYS9wYXJ0bmVycy90ZXJtcyIsInBvc2l0aW9uIjoyfQ/b8c7b67f71aac811cd000a949bd403e3f709fa49": (
        "https://www.shopify.ca/partners/terms"
    ),
}
STRIPPED = {
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__media.mnn.com_assets_jupiter-2Dnasa.jpg.638x0-5Fq80.jpg&d=Dw": (
        "https://media.mnn.com/assets/jupiter-nasa.jpg.638x0_q80.jpg"
    ),
    "https://urldefense.com/v3/__https://lore.kernel.org/linux-scsi/Ykqg0kr0F*2Fyzk2XW@infradead.org/__;JQ!!ACWV5N9M2RV"
    "99hQ!MwAZFXXIwuP0lv-kuUIJ0ekUiGBWlTBhU3o$": "https://lore.kernel.org/linux-scsi/Ykqg0kr0F%2Fyzk2XW@infradead.org/",
    "https://www.google.com/url?q=https://wl.example/ss/c/x&source=gmail&ust=1591434055153000": "https://wl.example/ss/c/x",
}
OWN = (
    "https://www.acme.example/webinar", "https://go.acme.example/linkedin", "https://www.acme.example/e/2027/webinar",
    "https://shop.acme.example/search?qs=hat", "https://www.mouser.com/ProductDetail/Coilcraft/C403-2/?q=lc2O252",
    "https://www.acme.example/a/click-and-collect", "https://www.acme.example/redirect-rules", "mailto:a@acme.example",
    "https://acme.us1.list-manage.com/unsubscribe?u=f1&id=9a", "https://www.linkedin.com/company/acme", "", "{{my.Link}}",
    "https://www.acme.example/l/summer-collection", "https://acme.example/r/?id=42", "https://go.acme.example/summer-2027",
)  # fmt: skip


@pytest.mark.parametrize("href", OWN)
def test_a_page_is_no_tracker(href: str) -> None:
    assert not is_tracker(href)
    assert without_filters(href) == href
    assert carried(href) == ""


@pytest.mark.parametrize("href", MET)
def test_what_was_met_in_mails_is_a_tracker(href: str) -> None:
    assert is_tracker(href)
    assert carried(href) == MET[href]


@pytest.mark.parametrize("href", STRIPPED)
def test_what_a_mailbox_wrote_is_taken_off(href: str) -> None:
    assert without_filters(href) == STRIPPED[href]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("platform", READABLE)
def test_a_target_that_is_carried_is_read(platform: str, page: str) -> None:
    assert carried(READABLE[platform](page)) == page


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("mailbox", FILTERS)
def test_a_filter_is_taken_off_and_another_inside_it(mailbox: str, page: str) -> None:
    assert without_filters(FILTERS[mailbox](page)) == page
    assert without_filters(FILTERS["safelinks"](FILTERS[mailbox](page))) == page


@pytest.mark.parametrize("platform", TRACKERS)
def test_what_a_tracker_hides_is_made_up_by_nobody(platform: str) -> None:
    assert carried(TRACKERS[platform](PAGE)) == ""


def test_a_mailbox_that_keeps_its_secret_hides_the_page() -> None:
    href = "https://protect-us.mimecast.com/s/Dq2tCqx82YfMWNPOFZubbx?domain=acme.example"
    assert without_filters(href) == href
    assert wrapped_among([href], ()) == {href}


def test_a_brands_own_tracker_is_known_by_its_codes() -> None:
    codes = [f"https://hello.acme.example/1a2b3c4d5e6f7g8h9i0j{n}" for n in range(3)]
    page, leave = "https://hello.acme.example/about", "https://hello.acme.example/unsubscribe"
    assert wrapped_among([*codes, leave], ()) == set(codes)
    assert wrapped_among([*codes, page], ()) == set()  # a site that has pages of its own
    watched = [f"https://www.youtube.com/watch?v=1a2b3c4d5e6f7g8h9i0j{n}" for n in range(3)]
    assert wrapped_among(watched, ()) == set()
    assert wrapped_among(codes[:2], ()) == set()  # two say nothing about a host
    assert wrapped_among(codes, [codes[0]]) == set()  # the request asks for such addresses
    assert wrapped_among([MARKETO], ()) == {MARKETO}  # one is enough where the path is a platform's
    assert wrapped_among([MARKETO], [MARKETO]) == set()


MARKETO = TRACKERS["marketo"](PAGE)


@pytest.mark.parametrize(
    "href",
    [
        "https://urldefense.com/v3/__https://acme.example/***__;!!x!y$",
        "https://urldefense.com/v3/__javascript:alert(1)__;!!x!y$",
        "https://eur01.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)",
        "https://e.customeriomail.com/e/c/eyJ" + "A" * 5000 + "/07",
        "https://e.customeriomail.com/e/c/eyJocmVmIjoxfQ/07",
        "https://mandrillapp.com/track/click/1/x?p=eyJwIjoie1wicFwiOlwie1xcXCJwXFxcIjoxfVwifSJ9",
        "https://click.convertkit-mail2.com/a/b/____====",
    ],
)
def test_what_is_broken_carries_nothing_but_an_address(href: str) -> None:
    for inside in (carried(href), without_filters(href)):
        assert inside in ("", href, "https://acme.example/")
