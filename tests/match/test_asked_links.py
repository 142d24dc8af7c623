"""The links of a build as the request names them."""

from __future__ import annotations

import pytest

from qa.artefacts import Link
from qa.artefacts.causes import of_link, of_parameters
from qa.links.faulty.faults import is_dead
from qa.links.naming import name_of
from qa.match.asked_links import asked_address, is_as_asked, is_compared, named_by, wrong_part
from qa.request import AskedEmail, AskedLink, Request, Tracking, Utm
from qa.source import Place

BOOK = AskedLink(text="Book", url="https://acme.example/book")
ASKED = AskedEmail(name="invite", links=(BOOK,))
REQUEST = Request(id="T-1", name="Example", emails=(ASKED,), tracking=Tracking(utm=Utm(source="news")))


def link(href: str, text: str = "Read on", pictures: tuple[str, ...] = ()) -> Link:
    return Link(href, text, Place("invite.html"), pictures=pictures)


@pytest.mark.parametrize("href", ["https://acme.example/book?utm_source=news", "https://acme.example/book"])
def test_a_link_as_it_was_asked_for(href: str) -> None:
    assert is_as_asked(ASKED, link(href, "Book →"))
    assert is_compared(ASKED, link(href, "Book"))
    assert asked_address(ASKED, href) == BOOK.url


def test_a_link_that_is_compared_need_not_be_as_asked() -> None:
    for other in (link("https://acme.example/winter", "Book"), link(BOOK.url, "Winter sale")):
        assert named_by(ASKED, other) == BOOK
        assert not is_as_asked(ASKED, other)
    assert is_compared(ASKED, link("https://acme.example/winter", "Winter sale"))
    assert asked_address(ASKED, "https://acme.example/winter") == ""


def test_a_request_that_names_no_links_compares_none() -> None:
    assert not is_compared(AskedEmail(name="invite"), link("https://acme.example/a"))


@pytest.mark.parametrize(
    "href", ["https://acme.example/book?ref=x?utm_source=news", "https://acme.example/book&utm_a=b"]
)
def test_torn_parameters_are_all_that_is_wrong(href: str) -> None:
    assert wrong_part(link(href, "Book"), BOOK, REQUEST) == of_parameters(link(href))


@pytest.mark.parametrize(
    "href", ["https://acme.example/winter", "https://acme.example/winter?a=b?utm_source=news", "", "https://[x"]
)
def test_a_link_to_another_place_is_wrong_as_a_whole(href: str) -> None:
    assert wrong_part(link(href, "Book"), BOOK, REQUEST) == of_link(link(href))


@pytest.mark.parametrize(
    "href", ["", "#", "https//acme.example", "/book", "mailto:events@acme@example", "https://staging.acme.example/"]
)
def test_a_dead_link_leads_no_reader_anywhere(href: str) -> None:
    assert is_dead(link(href), True)
    assert not is_dead(link("https://acme.example/a"), True)


def test_a_link_is_called_by_its_words_or_its_picture() -> None:
    assert name_of(link("#")) == "“Read on”"
    assert name_of(link("#", "", ("https://acme.example/img/hero.png?v=2",))) == "the linked picture “hero.png”"
    assert name_of(link("#", "", ("data:image/png;base64,AA",))) == "the linked picture"
    assert name_of(link("#", "")) == "a link without text"
