"""Addresses nobody can follow."""

import pytest

from qa.links.faulty.torn import doubled_address, has_blank_tail, torn, unseen_edge


@pytest.mark.parametrize(
    "href",
    [
        "https://www.acme.example/a?b=https://other.example/",
        "https://web.archive.org/web/2026/https://www.acme.example/",
        "https://www.acme.example./a",
        "https://xn--mller-kva.de/",
        "https://müller.de:8080/",
        "https://example.みんな/",
        "https://{{my.Host}}/a",
        "https://{{my.Region}}.acme.example/a",
        "https://user@acme.example/",
        "https://192.0.2.7/a",
        "https://localhost/a",
        "https://[2001:db8::1]/a",
        "mailto:events@acme.example",
    ],
)
def test_an_address_that_can_be_followed(href: str) -> None:
    assert torn(href) == ""


@pytest.mark.parametrize(
    ("href", "says"),
    [
        ("https://https://www.acme.example/a", "twice"),
        ("https:https://www.acme.example/a", "twice"),
        ("http://http//www.acme.example/a", "twice"),
        ("https:www.acme.example/a", "//"),
        ("https://www..acme.example/a", "dot too many"),
        ("https://.acme.example/a", "dot too many"),
        ("https://www,acme,example/a", "comma"),
        ("https://www.acme.example;a", "semicolon"),
        ("https://acme/a", "no dot"),
        ("https://www.acme.con/a", "“.con”"),
        ("https://www.acme.d/a", "“.d”"),
        (f"https://{'a' * 64}.example/", "63"),
        (f"https://{'a.' * 130}example/", "63"),
    ],
)
def test_a_host_that_cannot_exist(href: str, says: str) -> None:
    assert says in torn(href)


@pytest.mark.parametrize("href", ["https://a.example/", " https://a.example/\n", "https://a.example/?a=%C2%A0b", ""])
def test_what_browsers_take_off_an_address_is_no_unseen_edge(href: str) -> None:
    assert unseen_edge(href) == ""


@pytest.mark.parametrize(
    ("href", "says"),
    [
        ("https://a.example/?c=spring\u00a0", "ends in a no-break space"),
        ("https://a.example/?c=spring\u00a0 ", "ends in a no-break space"),
        ("https://a.example/?c=spring%C2%A0", "ends in a no-break space"),
        ("https://a.example/?c=spring\u200b", "ends in a zero width space"),
        ("\u3000https://a.example/", "begins with an ideographic space"),
        ("\u00a0https://a.example/", "begins with a no-break space"),
        ("\ufeffhttps://a.example/", "begins with a zero width no-break space"),
    ],
)
def test_a_character_nobody_sees_at_an_edge_is_named(href: str, says: str) -> None:
    assert unseen_edge(href).startswith(says)


@pytest.mark.parametrize("href", ["https://a.example/", "\nhttps://a.example/\n", " https://a.example/ "])
def test_a_plain_blank_at_an_edge_does_no_harm(href: str) -> None:
    assert not has_blank_tail(href)


def test_an_encoded_space_at_the_end_is_a_part_of_the_address() -> None:
    assert has_blank_tail("https://a.example/%20")


@pytest.mark.parametrize(
    "href",
    [
        "*|UNSUB|*",
        "{% unsubscribe_link %}",
        "https://a.example/out?u=*|UNSUB|*",
        "https://a.example/{{my.Page}}",
        "https://{{my.Link}}",
        "https://a.example/?id=%%jobid%%",
    ],
)
def test_a_tag_that_stands_alone_or_prints_a_piece(href: str) -> None:
    assert doubled_address(href) == ("", False)


@pytest.mark.parametrize(
    ("href", "tag", "sure"),
    [
        ("http://*|UNSUB|*", "*|UNSUB|*", True),
        ("https://www.acme.example/*|ARCHIVE|*", "*|ARCHIVE|*", True),
        ("https://%%unsub_center_url%%", "%%unsub_center_url%%", True),
        ("https://{%- unsubscribe_link -%}", "{%- unsubscribe_link -%}", True),
        ("https://{{{unsubscribe}}}", "{{{unsubscribe}}}", True),
        ("http://{{ unsubscribe_link }}", "{{ unsubscribe_link }}", True),
        ("https://{{system.unsubscribeLink}}", "{{system.unsubscribeLink}}", False),
    ],
)
def test_a_tag_that_holds_a_whole_address_stands_behind_a_host(href: str, tag: str, sure: bool) -> None:
    assert doubled_address(href) == (tag, sure)
