"""Keys and ids of the template, in the place of the campaign's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qa.artefacts import Inventory, Markup
from qa.artefacts.causes import of_asked, of_field, of_form, of_link, of_picture
from qa.check import check
from qa.finding import Cause, Code, Finding, Severity
from qa.links.hosts import kind_of
from qa.links.url import is_web
from qa.markup.merge_tag_mask import masked
from qa.markup.tokeniser import Kind
from qa.request import AskedAsset, AskedPage
from qa.source import Text
from qa.text.phrases import in_lines, listed
from qa.text.placeholders import key_in
from qa.text.wording import quoted

_ADDRESSES = frozenset(("href", "src", "background", "action"))
_QUOTED = re.compile(r"\"([^\"\s]{3,200})\"|'([^'\s]{3,200})'|`([^`\s]{3,200})`")


@check(
    "placeholder-keys",
    Code(
        "placeholder-key",
        Severity.ERROR,
        "A key or an id is still that of the template.",
        "Put in the key or the id of the campaign, or take out what it belongs to.",
    ),
)
def placeholder_keys(asked: AskedAsset, read: Inventory, markup: Markup) -> Iterator[Finding]:
    """No key and no id is still that of the template.

    A form with the token “API_TOKEN” looks right and sends nothing, an analytics tag with the id “GTM-XXXXXX” counts
    nothing, and neither shows in a proof.

    Fails:
        page: {}
        build: <form data-form-api-token="API_TOKEN"><input name="Email"></form>

    Passes:
        page: {}
        build: <form data-form-api-token="ac3f91b7"><input name="Email"></form>
    """
    found = [*_in_tags(asked, read, markup), *_in_scripts(asked, markup)]
    found.sort(key=lambda one: one.text.where.offset or 0)
    alone = [one for one in found if not one.causes]
    shared = dict.fromkeys(one.causes for one in found if one.causes)
    for together in [*([alone] if alone else []), *([one for one in found if one.causes == each] for each in shared)]:
        keys = list(dict.fromkeys(one.text.value for one in together))
        places = in_lines([one.text.where for one in together])
        what = "placeholders of keys or ids" if len(keys) > 1 else "a placeholder of a key or an id"
        message = f"The build still has {listed(map(quoted, keys))}{places}: {what}."
        where, about = together[0].text.where, together[0].causes
        yield Finding("placeholder-key", message, where, actual="\n".join(keys), each=tuple(keys), causes=about)


class _Key(NamedTuple):
    """A key of the template, and the things another check may tell it of."""

    text: Text
    causes: tuple[Cause, ...]


def _in_tags(asked: AskedAsset, read: Inventory, markup: Markup) -> Iterator[_Key]:
    assert read.read is not None  # where there is markup, it was read from tags
    found: list[tuple[int, str, str]] = []
    for token in read.read.tokens:
        if token.kind is Kind.START:
            for name, value in read.read.raw.attributes(token).items():
                key = "" if name in _ADDRESSES and _is_no_key(value) else key_in(value, name)
                if key and key in masked(value):
                    found.append((token.start, name, key))
    holders = _holders(asked, markup) if found else {}
    for start, name, key in found:
        about = (*holders.get((start, name), ()), *_asked_instead(key, asked))
        yield _Key(Text(key, markup.source.place(start)), about)


def _holders(asked: AskedAsset, markup: Markup) -> dict[tuple[int, str], tuple[Cause, ...]]:
    """What is wrong as a whole where a key stands in it, by the offset of its tag and the attribute.

    Addresses that lead nowhere, what a form sends to, and hidden fields the request names.
    """
    hidden = (asked.form.hidden or {}) if isinstance(asked, AskedPage) and asked.form else {}
    found = [(link.where, "href", of_link(link)) for link in markup.links if _leads_nowhere(link.href)]
    pictures = [tag for tag in markup.images if _leads_nowhere(tag.src)]
    found += [(tag.where, name, of_picture(tag)) for tag in pictures for name in ("src", "background")]
    found += [(form.where, "action", of_form(form)) for form in markup.forms]
    fields = [field for form in markup.forms for field in form.hidden if field.name in hidden]
    found += [(field.where, "value", of_field(field)) for field in fields]
    return {(where.offset or 0, name): (cause,) for where, name, cause in found}


def _is_no_key(address: str) -> bool:
    """Whether a placeholder in an address could be no key: the address itself was to be put in."""
    return not is_web(address) and not {"?", "="}.intersection(address)


def _leads_nowhere(address: str) -> bool:
    return not is_web(address) or kind_of(address) == "sample"


def _in_scripts(asked: AskedAsset, markup: Markup) -> Iterator[_Key]:
    for script in markup.scripts:
        for hit in _QUOTED.finditer(script.value):
            key = key_in(hit[1] or hit[2] or hit[3])
            if key:
                yield _Key(Text(key, script.where), tuple(_asked_instead(key, asked)))


def _asked_instead(key: str, asked: AskedAsset) -> Iterator[Cause]:
    """The tags of that kind the request asks for: one of them should stand in its place."""
    for number, tag in enumerate((asked.tags or ()) if isinstance(asked, AskedPage) else ()):
        if key.partition("-")[0] == tag.partition("-")[0]:
            yield of_asked(asked.place("tags", number), tag)
