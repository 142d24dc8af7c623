"""The faults of a link as such, whatever the request says. https://url.spec.whatwg.org/"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.artefacts import Link
from qa.facts import facts
from qa.links.contact import contact_fault
from qa.links.faulty.torn import doubled_address, torn, unseen_edge
from qa.links.hosts import is_social, kind_of
from qa.links.roles import role_of
from qa.links.url import MalformedUrl, is_web, parse, runs_script, scheme_of
from qa.markup.merge_tag_signs import SIGN
from qa.merge_tags.pattern import FILLED_LATER, TOKEN
from qa.text.wording import quoted

_WEB_ADDRESS = re.compile(r"[\w-]++(\.[\w-]++)*\.(?!(?:html?|php|aspx?|pdf|png|jpe?g|gif)\b)[a-z]{2,}([/?#:]|$)", re.I)
_SCHEMES = facts("schemes")
_MISTYPED = re.compile(r"(?>(?:%20)*)(?=[htps]*tp)[htps]{3,8}[:;]?/+", re.IGNORECASE)  # htpps://, https//, https;//
_WELL_TYPED = re.compile(r"https?://[^/\s]", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://|mailto:[^@?]*+@)(?:www\.)?([^/?#:@\s]++)", re.IGNORECASE)
_UNDECODED = re.compile(r"3D[\"']")  # href=3D"…": told of the text as a whole, once
_DEAD = ("empty-link", "malformed-link", "placeholder-link", "relative-link")
_PLACEHOLDERS = facts("placeholders")["links"]


@dataclass(frozen=True, slots=True)
class LinkFault:
    """A finding's code, and what is said of one link and of several: the same words are one cause."""

    code: str
    one: str
    many: str
    review: bool = False


def fault_of(link: Link, in_email: bool) -> LinkFault | None:
    """What is wrong with a link; None for nothing."""
    href = link.href.strip()
    masked = TOKEN.sub("token", href)
    if not href:
        return LinkFault("empty-link", "has no destination", "have no destination")
    if edge := unseen_edge(link.href):
        return _leads("malformed-link", f"{quoted(href)}, which {edge}", f"an address that {edge}")
    if masked.startswith("[") and masked.endswith("]") and not masked.startswith("[["):
        return None if role_of(href, "") else _placeholder(href)
    if FILLED_LATER.match(href) or _UNDECODED.match(href):
        return None
    nowhere = masked in ("#", "#!") or runs_script(masked)
    if nowhere and not in_email:
        return None if link.opens else _scripted(href)
    if nowhere or masked.lower() in _PLACEHOLDERS["whole"]:
        return _placeholder(href)
    if (cause := _stands_in(masked)) is not None:
        return _placeholder(href, cause)
    return None if masked.startswith("#") else _address_fault(href, masked, in_email)


def is_dead(link: Link, in_email: bool) -> bool:
    """Whether no reader gets anywhere by a link: its address is empty, leads nowhere, or leads to a place for tests."""
    fault = fault_of(link, in_email) if link.has_href else None
    return is_refused(link.href) or (fault is not None and not fault.review and fault.code in _DEAD)


def is_root(href: str) -> bool:
    """Whether an address is the bare entrance of a network or a map, where no brand is at home."""
    try:
        url = parse(href)
    except MalformedUrl:
        return False
    address = f"{url.host.removeprefix('www.')}{url.path}".rstrip("/")
    return is_web(href) and not url.parameters and not url.fragment and address in _PLACEHOLDERS["roots"]


def _leads(code: str, one: str, many: str = "", review: bool = False) -> LinkFault:
    return LinkFault(code, f"leads to {one}", f"lead to {many or one}", review)


def _placeholder(href: str, cause: str = "") -> LinkFault:
    return _leads("placeholder-link", f"the placeholder {quoted(href)}", f"the placeholder {quoted(cause or href)}")


def _stands_in(masked: str) -> str | None:
    """What of an address stands for the real one: its host, or "" for all of it; None for nothing."""
    host = _HOST.match(masked)
    if host and (_is_sample(host[1].lower()) or kind_of(masked) == "sample"):
        return host[1].lower()
    if re.search(_PLACEHOLDERS["unfilled"], masked) or _is_name(masked):
        return ""
    page = masked.partition("//")[2].partition("/")[2]
    return "" if is_social(masked) and re.fullmatch(_PLACEHOLDERS["pages"], page, re.IGNORECASE) else None


def _is_sample(host: str) -> bool:
    return host in _PLACEHOLDERS["hosts"] or re.fullmatch(_PLACEHOLDERS["named_hosts"], host) is not None


def _is_name(masked: str) -> bool:
    """Whether what a page or a place of it should be called by is what stands in templates: /tbd, #ADDLINK."""
    address, _, fragment = masked.partition("#")
    if re.fullmatch(_PLACEHOLDERS["fragments"], fragment):
        return True
    path = address.partition("?")[0].rstrip("/").partition("//")[2]
    step = path.rpartition("/")[2] if "/" in path else ""
    return any(re.fullmatch(_PLACEHOLDERS["names"], each, re.IGNORECASE) for each in (step, fragment))


def _scripted(href: str) -> LinkFault:
    """On a page, a script may open a menu or a form there."""
    more = "see whether a script makes something happen there"
    return _leads("placeholder-link", f"{quoted(href)}: {more}", f"{quoted(href)} ({more})", review=True)


def _address_fault(href: str, masked: str, in_email: bool) -> LinkFault | None:
    if is_local(href):
        return _leads("malformed-link", f"{quoted(href)}, which no browser opens for a reader")
    scheme = scheme_of(masked)
    if _MISTYPED.match(masked) and not _WELL_TYPED.match(masked):
        return _leads("malformed-link", f"{quoted(href)}, which is no address")
    if not scheme or (scheme not in _SCHEMES["opened"] and "." in scheme):
        return _unfinished(href, masked, in_email)
    if scheme not in _SCHEMES["opened"]:
        return _odd_scheme(href, scheme)
    if scheme in ("http", "https") and (fault := _web_fault(href, masked)):
        return fault
    try:
        parse(href)
    except MalformedUrl as error:
        return _leads("malformed-link", f"{quoted(href)}, which is no address ({error})")
    if scheme == "http":
        return _leads("insecure-link", f"{quoted(href)}, which is not https", "addresses that are not https")
    return None


def _odd_scheme(href: str, scheme: str) -> LinkFault | None:
    if scheme in _SCHEMES["gone"]:
        return _leads("malformed-link", f"{quoted(href)}, which browsers and mail programs no longer open")
    if "://" in href:
        return None  # into the sender's own app
    sees = "see whether readers have an app for it"
    many = f"an address that begins with {quoted(scheme + ':')}: {sees}"
    return _leads("malformed-link", f"{quoted(href)}: {sees}", many, review=True)


def _web_fault(href: str, masked: str) -> LinkFault | None:
    """What is wrong with an address of the web that begins as one should."""
    tag, sure = doubled_address(href)
    if tag:
        holds = "holds a whole address already" if sure else "seems to hold a whole address: send a test"
        many = f"an address with {quoted(tag)} behind a host or https://: the tag {holds}"
        return _leads("malformed-link", f"{quoted(href)}; but the tag {quoted(tag)} {holds}", many, review=not sure)
    fault = torn(href) or ("has a space in it" if re.search(r"\s", masked) else "")
    return _leads("malformed-link", f"{quoted(href)}, which {fault}") if fault else None


def _unfinished(href: str, masked: str, in_email: bool) -> LinkFault | None:
    """An address without a scheme: a page's own, or the beginning is missing."""
    if _WEB_ADDRESS.match(masked.removeprefix("//")) and (in_email or not masked.startswith("/")):
        missing = "https:" if masked.startswith("//") else "https://"
        many = "an address without the https:// before it"
        return _leads("malformed-link", f"{quoted(href)}: the {missing} is missing", many)
    many = "an address that names no site"
    return _leads("relative-link", f"{quoted(href)}, which names no site", many) if in_email else None


_RESERVED = re.compile(r"[\"<>|{}\\^`]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_LOCAL = re.compile(r"file:|[a-z]:[\\/]|\\\\[\w.-]|localhost:\d", re.IGNORECASE)
_UNREACHABLE = ("staging", "editor")


def is_local(href: str) -> bool:
    """Whether a link leads to a file or a server on somebody's own machine."""
    return _LOCAL.match(href.strip()) is not None


def is_refused(href: str) -> bool:
    """Whether readers reach nobody there, however well it is written: a site for tests, or no e-mail address."""
    return is_local(href) or kind_of(href) in _UNREACHABLE or bool(contact_fault(href)[1])


def unencoded_in(href: str) -> str:
    """The first character of an address that must be encoded; "" where there is none, or where it is a merge tag's."""
    text = href.strip()
    plain = TOKEN.sub("", text)
    if SIGN.search(plain):
        return ""  # half a merge tag is no character
    found = re.search(r"\s", plain) or _RESERVED.search(plain) or _FOREIGN.search(plain.partition("#")[0])
    return found[0] if found else ""
