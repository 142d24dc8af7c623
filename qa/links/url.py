"""URLs taken apart, and compared by where they lead, with merge tags kept out of the way.

Every URL library lower-cases a merge tag in the host and percent-encodes one in the query, so tags are masked first.
https://url.spec.whatwg.org/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from yarl import URL

from qa.facts import facts
from qa.merge_tags.pattern import TOKEN

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*+):", re.IGNORECASE)
_DROPPED = re.compile(r"[\t\r\n]")
_EDGE = "".join(map(chr, range(0x21)))
_MASK = re.compile(r"qatoken(\d+)x")
_ENCODED_TOKEN = re.compile(r"%7B%7B(.+?)%7D%7D", re.IGNORECASE)


class MalformedUrl(ValueError):
    """A URL no client can follow; the text says why."""


@dataclass(frozen=True, slots=True)
class Url:
    """A URL taken apart. ``parameters`` keep their order and their merge tags.

    ``bare`` is what destinations compare by: no tracking parameters, host in lower case, default port, empty path and
    slash at the end made alike, query in any order.
    """

    written: str
    scheme: str
    host: str
    path: str
    parameters: tuple[tuple[str, str], ...]
    fragment: str
    bare: str

    @property
    def tracking(self) -> tuple[tuple[str, str], ...]:
        """The utm_* parameters, as written."""
        return tuple((name, value) for name, value in self.parameters if name.lower().startswith("utm_"))


@lru_cache(maxsize=4096)
def parse(written: str) -> Url:
    """Take a URL apart. Raises MalformedUrl."""
    tokens: list[str] = []

    def mask(token: re.Match[str]) -> str:
        tokens.append(token[0])
        return f"qatoken{len(tokens) - 1}x"

    def restore(text: str) -> str:
        return _MASK.sub(lambda mark: tokens[int(mark[1])] if int(mark[1]) < len(tokens) else mark[0], text)

    masked = TOKEN.sub(mask, _decoded_tokens(written.strip()))
    try:
        url = URL(masked)
        host = restore(url.host or "")
    except (ValueError, UnicodeError) as error:
        raise MalformedUrl(str(error)) from None
    parameters = tuple((restore(name), restore(value)) for name, value in url.query.items())
    kept = sorted((name, value) for name, value in parameters if not _is_on_top(name.lower()))
    path, fragment = restore(url.path) or "/", restore(url.fragment)
    port = f":{url.explicit_port}" if url.explicit_port and not url.is_default_port() else ""
    web = (
        "https" if url.scheme in ("http", "https") else url.scheme
    )  # http for https is an insecure link, no other place
    query = "?" + "&".join(f"{name}={value}" for name, value in kept) if kept else ""
    user = f"{restore(url.raw_user or '')}@" if url.raw_user else ""
    page = path.rstrip("/") or "/"  # servers answer both, or send one on to the other
    bare = f"{web}://{user}{host}{port}{page}{query}" + (f"#{fragment}" if fragment else "")
    if url.scheme not in ("http", "https"):
        bare = _decoded_tokens(written.strip())  # mailto:, tel:, a merge tag, a relative path: nothing to normalise
    return Url(written, url.scheme, host, path, parameters, fragment, bare)


def _is_on_top(name: str) -> bool:
    """Whether a parameter says who clicked and where from, and changes nothing about the place."""
    copied = facts("hosts")["copied"]
    return name.startswith("utm_") or any(name in copied[table] for table in ("reader", "send", "click"))


def _decoded_tokens(written: str) -> str:
    """Editors percent-encode merge tags in links; the platform reads them all the same."""
    if "%7b" not in written.lower():
        return written
    return _ENCODED_TOKEN.sub(lambda token: "{{" + token[1].replace("%20", " ") + "}}", written)


def bare(written: str) -> str:
    """The form destinations compare by; the text as it is where it is no URL."""
    try:
        return parse(written).bare
    except MalformedUrl:
        return written.strip()


def untracked(written: str) -> str:
    """An address as it stands in the build, but for the parameters that say who clicked and where from.

    Where those cannot be taken out without a trace, with them.
    """
    before, mark, fragment = written.strip().partition("#")
    path, _, query = before.partition("?")
    kept = [part for part in query.split("&") if not _is_on_top(part.lower().partition("=")[0])]
    plain = (f"{path}?{'&'.join(kept)}" if any(kept) else path) + mark + fragment
    return plain if bare(plain) == bare(written) else written.strip()


def is_address(written: str) -> bool:
    """Whether a URL can be taken apart."""
    try:
        parse(written)
    except MalformedUrl:
        return False
    return True


def same_destination(one: str, other: str) -> bool:
    """Whether two URLs lead to the same place, whatever their tracking parameters."""
    return bare(one) == bare(other)


def scheme_of(written: str) -> str:
    """The scheme that browsers read, in lower case; "" where there is none.

    They take tabs and line ends out of an address, and blanks and control characters off its front.
    """
    found = _SCHEME.match(_DROPPED.sub("", written).lstrip(_EDGE))
    return found[1].lower() if found else ""


def runs_script(written: str) -> bool:
    """Whether an address runs a script instead of leading anywhere."""
    return scheme_of(written) in facts("schemes")["scripts"]


def loads_nothing(written: str) -> bool:
    """Whether an address is none that a document of the web can load from: a script, somebody's own disk."""
    scheme = scheme_of(written)
    return scheme == "file" or len(scheme) == 1 or scheme in facts("schemes")["scripts"]


def in_one_line(written: str) -> str:
    """An address without its tabs and line ends, which browsers take out, and the blanks around it."""
    return _DROPPED.sub("", written).strip()


def schemed(written: str) -> str:
    """What leaves its scheme to the page, as a page that is https asks for it; other addresses as they are."""
    address = in_one_line(written)
    return f"https:{address}" if address.startswith("//") else written


def is_web(written: str) -> bool:
    """Whether this is an http or https URL with a host."""
    return written.strip().lower().startswith(("http://", "https://"))


def matches(url: str, pattern: str) -> bool:
    """Whether a URL falls under a pattern of a request or a profile.

    A host means it and all below it; host and path, without https://, that page and all below it; ``*`` is anything.
    """
    try:
        parsed = parse(url)
    except MalformedUrl:
        return False
    pattern = unescape(pattern).strip()
    if "*" not in pattern and "://" not in pattern:
        host, slash, path = pattern.removeprefix("//").rstrip("/").partition("/")
        if not _is_below(parsed.host, host.lower()):
            return False
        return not slash or f"{parsed.path.rstrip('/')}/".lower().startswith(f"/{path}/".lower())
    wanted = ".*".join(re.escape(part) for part in pattern.rstrip("/").split("*"))
    if "://" not in pattern and not pattern.startswith("*"):
        wanted = rf"(?:https?://)?(?:[\w-]+\.)*{wanted}"
    plain = f"{parsed.scheme}://{parsed.host}{parsed.path}"  # whatever follows the “?”
    forms = (url.strip(), parsed.bare, plain)
    return any(re.fullmatch(f"{wanted}/?", form, re.IGNORECASE) is not None for form in forms)


def _is_below(host: str, other: str) -> bool:
    return host == other or host.endswith("." + other)
