"""One request and its answer, as a browser would make it, within limits of time and size."""

from __future__ import annotations

import re
import socket
import ssl
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qa.facts import facts
from qa.network import Guard, Refused

if TYPE_CHECKING:
    from requests import Response, Session

MOST_BODY = 256 * 1024
_PIECE = 65_536
_MAGIC = 1024  # bytes by which a file is known
_COOKIE = re.compile(r"(?:^|, )([\w!#$%&'*+.^`|~-]+)=")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long one exchange may take, in seconds."""

    connect: float = 10
    read: float = 15  # between two pieces of the answer
    total: float = 30  # a server that drips a byte now and then would hold the run for hours


@dataclass(frozen=True, slots=True)
class Terms:
    """What of a profile and a request decides over an answer: two of the same ask an address once."""

    allow_private: tuple[str, ...] = ()
    language: str = ""  # in which pages are asked for
    keep: float = 0.0  # seconds that an answer of an earlier run counts


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request; ``failure`` and ``said`` as in a Probe."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: str = ""
    said: str = ""
    certificate: tuple[float, ...] = ()  # as in a Hop


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the table of its headers, how much of a body is read, and of which kinds besides texts."""

    headers: str = "headers"
    most: int = MOST_BODY
    kinds: tuple[str, ...] = ()  # how their content type begins


PAGES = Wanted()
Visit = Callable[[str], Answer]  # one visitor of the web, who keeps cookies from one request to the next


def visitors(guard: Guard, limits: Limits, language: str = "", wanted: Wanted = PAGES) -> Callable[[], Visit]:
    """Who makes visitors that share their connections' guard, and ask for pages in a language."""
    from qa.network.connection import GuardedAdapter, session_over

    adapter = GuardedAdapter(guard)

    def visitor() -> Visit:
        session = session_over(adapter)
        session.headers.clear()
        session.headers.update(facts("probing")[wanted.headers])
        if language:
            session.headers["Accept-Language"] = _accepted(language)
        return lambda url: exchange(session, url, limits, wanted)

    return visitor


def _accepted(language: str) -> str:
    """Languages as a browser asks for them: pt-BR, then pt, then English."""
    wanted = list(dict.fromkeys((language, language.partition("-")[0], "en")))
    return ",".join(f"{each};q={1 - place / 10:.1f}" if place else each for place, each in enumerate(wanted))


def exchange(session: Session, url: str, limits: Limits, wanted: Wanted = PAGES) -> Answer:
    """Ask one address, follow nothing."""
    import requests
    from urllib3.exceptions import HTTPError

    from qa.network.deadline import within

    with within(limits.total) as deadline:
        try:
            with session.get(
                url, stream=True, allow_redirects=False, timeout=(limits.connect, limits.read)
            ) as response:
                if deadline.passed:  # its headers were cut off, and look whole
                    return _late(limits)
                times = _times(deadline.certificate)
                return Answer(response.status_code, _kept(response), _body(response, wanted), certificate=times)
        except Refused as refused:
            return Answer(failure="private", said=str(refused))
        except (requests.RequestException, HTTPError, OSError) as error:
            return _late(limits) if deadline.passed else _failed(error, limits)
        except (UnicodeError, ValueError) as error:
            return Answer(failure="malformed", said=str(error))


def _times(certificate: Mapping[str, Any] | None) -> tuple[float, ...]:
    """From when until when a certificate is valid, in seconds since 1970."""
    return tuple(ssl.cert_time_to_seconds(certificate[end]) for end in ("notBefore", "notAfter")) if certificate else ()


def _late(limits: Limits) -> Answer:
    return Answer(failure="slow", said=f"there was no whole answer after {limits.total:g} seconds")


def _kept(response: Response) -> dict[str, str]:
    """The headers that matter. Of cookies only the names: the rest may know somebody."""
    kept = {name: response.headers[name] for name in facts("probing")["kept"]["headers"] if name in response.headers}
    if cookies := response.headers.get("set-cookie"):
        kept["set-cookie"] = " ".join(sorted(set(_COOKIE.findall(cookies))))
    return kept


def _body(response: Response, wanted: Wanted) -> bytes:
    """The beginning of a body, of what is no text only so much as tells what it is.

    What was read before it broke off, too: the answer was there.
    """
    from urllib3.exceptions import HTTPError

    if response.is_redirect:
        return b""
    kind = response.headers.get("content-type", "").strip().lower()
    most = wanted.most if _is_text(response) or (wanted.kinds and kind.startswith(wanted.kinds)) else _MAGIC
    unpack, read = _unpacking(response.headers.get("content-encoding", "")), bytearray()
    if unpack is None:
        return b""
    with suppress(HTTPError, OSError, ValueError, zlib.error):
        while len(read) < most:
            piece = response.raw.read1(_PIECE, decode_content=False)
            if not piece:
                break
            read += unpack(piece, most - len(read))
    return bytes(read[:most])


def _is_text(response: Response) -> bool:
    kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    calendar = urlsplit(response.url or "").path.lower().endswith(".ics")  # sent as anything
    return kind.startswith("text/") or kind.endswith(("xml", "json")) or calendar


def _unpacking(encoding: str) -> Callable[[bytes, int], bytes] | None:
    """What unpacks a body, never more than is wanted: a kilobyte can hold a megabyte, packed twice a gigabyte.

    None where it is packed as nobody asked for.
    """
    packings = [each.strip().lower() for each in encoding.split(",") if each.strip().lower() not in ("", "identity")]
    if not packings:
        return lambda piece, most: piece[:most]
    if packings not in (["gzip"], ["x-gzip"], ["deflate"]):
        return None
    state: list[Any] = []

    def unpacked(piece: bytes, most: int) -> bytes:
        if not state:
            bare = packings == ["deflate"] and piece[:1] != b"\x78"  # as some servers send it, without its header
            state.append(zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32))
        return state[0].decompress(piece, most)  # type: ignore[no-any-return]

    return unpacked


def _failed(error: Exception, limits: Limits) -> Answer:
    """A failure by what is at the bottom of an exception."""
    import requests

    inner = list(_inner(error))
    for each in inner:
        if isinstance(each, socket.gaierror):
            lost = each.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
            said = "there is no such server name" if lost else "its name could not be looked up"
            return Answer(failure="dns" if lost else "unreachable", said=said)
        if isinstance(each, ConnectionRefusedError):
            return Answer(failure="refused", said="the server refused the connection")
    if isinstance(error, requests.exceptions.SSLError):
        return _distrusted(" ".join(map(str, inner)).lower())
    if any(isinstance(each, TimeoutError | requests.Timeout) for each in inner):
        return Answer(failure="slow", said=f"it did not answer within {limits.read:g} seconds")
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return Answer(failure="malformed", said="it is no address")
    if any("ConnectionError" in type(each).__name__ and "New" in type(each).__name__ for each in inner):
        return Answer(failure="unreachable", said="the server cannot be reached")
    return Answer(failure="reset", said="the connection broke off")


def _inner(error: BaseException | None) -> list[BaseException]:
    """An exception and all that it wraps, however it does."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting:
        each = waiting.pop(0)
        if each is None or each in found:
            continue
        found.append(each)
        wrapped = [other for other in each.args if isinstance(other, BaseException)]
        waiting += [*wrapped, getattr(each, "reason", None), each.__cause__, each.__context__]
        waiting = [other for other in waiting if isinstance(other, BaseException)]
    return found


def _distrusted(said: str) -> Answer:
    """What is wrong with a certificate, in words; "untrusted" where a browser may be able to complete its chain."""
    signs = facts("probing")["certificates"]
    words = next((words for sign, words in signs.items() if sign in said), "its https does not work")
    chain = any(sign in said for sign in facts("probing")["chains"]["signs"])
    return Answer(failure="untrusted" if chain else "tls", said=words)
