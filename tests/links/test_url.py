"""URLs compared as destinations, merge tags untouched."""

import pytest

from qa.links.url import MalformedUrl, matches, parse, same_destination, untracked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://acme.example", "HTTPS://ACME.example:443/"),
        ("https://a.example/?b=2&a=1", "https://a.example/?a=1&b=2&utm_source=x"),
        ("https://a.example/~x", "https://a.example/%7Ex"),
        ("https://{{my.Url}}/x?y={{lead.Id}}", "https://{{my.Url}}/x?y=%7B%7Blead.Id%7D%7D"),
        ("*|UNSUB|*", " *|UNSUB|* "),
    ],
)
def test_same_destination(one: str, other: str) -> None:
    assert same_destination(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/y"),
        ("https://a.example/X", "https://a.example/x"),
        ("https://a.example", "https://www.a.example"),
        ("https://a.example/?a=1", "https://a.example/"),
        ("https://a.example/#one", "https://a.example/#two"),
        ("https://{{my.Url}}/", "https://{{my.url}}/"),
    ],
)
def test_another_destination(one: str, other: str) -> None:
    assert not same_destination(one, other)


def test_merge_tags_keep_their_spelling() -> None:
    url = parse("https://{{my.Event Host}}/a?utm_source={{my.Source}}&n=%%First Name%%")
    assert url.host == "{{my.Event Host}}"
    assert dict(url.parameters) == {"utm_source": "{{my.Source}}", "n": "%%First Name%%"}
    assert url.tracking == (("utm_source", "{{my.Source}}"),)


@pytest.mark.parametrize("written", ["http://[::1", "https://a.example:99999/"])
def test_what_no_client_can_follow(written: str) -> None:
    with pytest.raises(MalformedUrl):
        parse(written)


def test_patterns_of_a_request() -> None:
    assert matches("https://privacy.acme.example/x", "privacy.acme.example")
    assert matches("https://www.acme.example/unsubscribe?u=1", "*/unsubscribe*")
    assert not matches("https://www.acme.example/", "privacy.acme.example")
    assert not matches("http://[::1", "*")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("http://WWW.Acme.example/Book/", "http://WWW.Acme.example/Book/"),
        ("http://acme.example/?utm_source=a&b=1&utm_medium=b#top", "http://acme.example/?b=1#top"),
        ("https://acme.example/x?utm_source=a", "https://acme.example/x"),
        ("https://acme.example/x?b=2&a=1", "https://acme.example/x?b=2&a=1"),
        ("https://{{my.Host}}/x?utm_source={{my.Source}}", "https://{{my.Host}}/x"),
        ("https://acme.example/x?a=1&amp;utm_source=a", "https://acme.example/x?a=1&amp;utm_source=a"),
        ("mailto:a@acme.example?subject=Hi", "mailto:a@acme.example?subject=Hi"),
        ("", ""),
    ],
)
def test_an_address_is_shown_as_it_stands_without_its_tracking(written: str, shown: str) -> None:
    assert untracked(written) == shown
