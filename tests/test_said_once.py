"""Which other check speaks of a link already."""

from __future__ import annotations

import pytest

from qa.artefacts import Link
from qa.link_names import name_of
from qa.request import AskedEmail, AskedLink
from qa.said_once import is_compared, is_dead, is_faulted
from qa.source import Place

ASKED = AskedEmail(name="invite", links=(AskedLink(text="Book", url="https://acme.example/book"),))


def link(href: str, text: str = "Read on", pictures: tuple[str, ...] = ()) -> Link:
    return Link(href, text, Place("invite.html"), pictures=pictures)


@pytest.mark.parametrize("href", ["https://acme.example/book?utm_source=news", "https://acme.example/book"])
def test_a_link_as_it_was_asked_for(href: str) -> None:
    assert is_compared(ASKED, link(href, "Book"))
    assert not is_faulted(ASKED, link(href, "Book"))


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("https://acme.example/winter", "Book"),  # link-destination
        ("https://acme.example/winter", "Winter sale"),  # unasked-links
        ("https://staging.acme.example/book", "Book"),  # link-hosts
    ],
)
def test_a_link_that_another_check_finds_fault_with(href: str, text: str) -> None:
    assert is_faulted(ASKED, link(href, text))


def test_without_links_in_the_request_only_a_bad_address_is_a_fault() -> None:
    silent = AskedEmail(name="invite")
    assert not is_compared(silent, link("https://acme.example/a"))
    assert not is_faulted(silent, link("https://acme.example/a"))
    for href in ("#", "https//acme.example", "mailto:events@acme@example", "https://acme.example/a|b"):
        assert is_faulted(silent, link(href)), href
    assert is_dead(link("#"), True)
    assert not is_dead(link("https://acme.example/a"), True)


def test_a_link_is_called_by_its_words_or_its_picture() -> None:
    assert name_of(link("#")) == "“Read on”"
    assert name_of(link("#", "", ("https://acme.example/img/hero.png?v=2",))) == "the linked picture “hero.png”"
    assert name_of(link("#", "", ("data:image/png;base64,AA",))) == "the linked picture"
    assert name_of(link("#", "")) == "a link without text"
