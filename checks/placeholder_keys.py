"""Does a key or an id of the template stand where the campaign's own should?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from qa.also import in_lines
from qa.artefacts import Inventory, Markup
from qa.check import check
from qa.finding import Code, Finding, Severity
from qa.hosts import kind_of
from qa.html import Kind
from qa.link_names import listed
from qa.mask import BLOT, masked
from qa.placeholders import key_in
from qa.request import AskedAsset, AskedPage
from qa.source import Text
from qa.url import is_web
from qa.wording import quoted

_QUOTED = re.compile(r"\"([^\"\s]{3,200})\"|'([^'\s]{3,200})'|`([^`\s]{3,200})`")
_ADDRESSES = frozenset(("href", "src", "background"))  # what is no web address is said by the checks of these


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
    if found:
        found.sort(key=lambda text: text.where.offset or 0)
        keys = list(dict.fromkeys(text.value for text in found))
        places = in_lines([text.where for text in found])
        what = "placeholders of keys or ids" if len(keys) > 1 else "a placeholder of a key or an id"
        message = f"The build still has {listed(map(quoted, keys))}{places}: {what}."
        yield Finding("placeholder-key", message, found[0].where, actual="\n".join(keys), each=tuple(keys))


def _in_tags(asked: AskedAsset, read: Inventory, markup: Markup) -> Iterator[Text]:
    assert read.read is not None  # where there is markup, it was read from tags
    for token in read.read.tokens:
        if token.kind is not Kind.START:
            continue
        attributes = read.read.raw.attributes(token)
        for name, value in attributes.items():
            key = key_in(value, name) if not _is_told(token.name, name, attributes, asked) else ""
            if key and key in masked(value) and not _is_asked(key, asked):
                yield Text(key, markup.source.place(token.start))


def _in_scripts(asked: AskedAsset, markup: Markup) -> Iterator[Text]:
    for script in markup.scripts:
        for hit in _QUOTED.finditer(script.value):
            key = key_in(hit[1] or hit[2] or hit[3])
            if key and not _is_asked(key, asked):
                yield Text(key, script.where)


def _is_told(tag: str, name: str, attributes: Mapping[str, str], asked: AskedAsset) -> bool:
    """Whether another check speaks of a value: of what leads nowhere, of a form's target, of a hidden field."""
    value = attributes[name]
    if name in _ADDRESSES:
        return not is_web(value) or kind_of(value) == "sample" or BLOT in masked(value)
    if name == "value" and isinstance(asked, AskedPage) and asked.form and asked.form.hidden:
        return attributes.get("name", "") in asked.form.hidden
    return tag == "form" and name == "action"


def _is_asked(key: str, asked: AskedAsset) -> bool:
    """Whether the request asks for a tag of that kind: page-tags says which one stands in its place."""
    wanted = (asked.tags or ()) if isinstance(asked, AskedPage) else ()
    return any(key.partition("-")[0] == tag.partition("-")[0] for tag in wanted)
