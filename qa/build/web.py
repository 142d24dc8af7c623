"""The document that a web address serves, fetched over http or https within limits of size and time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.build.decoding import LARGEST_HTML, too_large
from qa.finding import Fault
from qa.network import Guard, Refused
from qa.network.redirects import redirect_target

if TYPE_CHECKING:
    from requests import Response, Session

TIMEOUT = 15  # seconds to connect, and between two pieces of the answer
LONGEST = 60  # seconds in all: a server that drips a byte now and then would hold the run for hours
REDIRECTS = 5
_HTML = frozenset({"text/html", "application/xhtml+xml", ""})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it was served. ``url`` is where it was found in the end, after redirects."""

    url: str
    content: bytes
    charset: str | None = None


def fetch(url: str, guard: Guard) -> Fetched:
    """The HTML an address serves; Fault with one clear line where it serves none, or where the guard lets nobody go."""
    import requests

    from qa.network.connection import guarded_session
    from qa.network.deadline import within

    if not url.lower().startswith(("http://", "https://")):
        raise Fault(f"{url} is no web address: only http and https are fetched.")
    with within(LONGEST) as deadline, guarded_session(guard) as session:
        session.headers["User-Agent"] = "campaign-qa"
        session.headers["Accept"] = "text/html,application/xhtml+xml"
        try:
            with _last(session, url) as response:
                fetched = _read(url, response)
        except Refused as refused:
            raise Fault(f"{url} is not fetched: {refused}.") from None
        except Fault as fault:
            raise (Fault(_late(url)) if deadline.passed else fault) from None
        except (requests.RequestException, UnicodeError, ValueError) as error:
            said = _late(url) if deadline.passed else _reason(url, error)
            raise Fault(said) from None
        if deadline.passed:  # what was cut off may look whole
            raise Fault(_late(url))
        return fetched


def _late(url: str) -> str:
    return f"{url} was not there whole after {LONGEST} seconds."


def _last(session: Session, url: str) -> Response:
    """The answer after all redirects."""
    here = url
    for _ in range(REDIRECTS + 1):
        response = session.get(here, stream=True, timeout=TIMEOUT)
        there = redirect_target(here, response.status_code, response.headers.get("location", ""))
        if not there:
            return response
        response.close()
        here = there
    raise Fault(f"{url} redirects more than {REDIRECTS} times.")


def _read(url: str, response: Response) -> Fetched:
    if response.status_code >= 400:
        raise Fault(f"{url} answered {response.status_code} ({response.reason or 'no reason given'}).")
    content_type, _, parameters = response.headers.get("Content-Type", "").partition(";")
    if content_type.strip().lower() not in _HTML:
        raise Fault(f"{url} is not HTML: it is served as {content_type.strip()[:80]}.")
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_content(65_536):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_HTML:
            raise Fault(f"{url} is {too_large(size, LARGEST_HTML).replace(' MB large', ' MB large and more')}.")
    if not size:
        raise Fault(f"{url} answered with nothing.")
    return Fetched(response.url, b"".join(pieces), _charset(parameters))


def _charset(parameters: str) -> str | None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \"'"):
            return value.strip(" \"'")
    return None


def _reason(url: str, error: Exception) -> str:
    """Why there is no page, in one line."""
    import requests

    if isinstance(error, requests.exceptions.SSLError):
        return f"{url} has no valid certificate for https."
    if isinstance(error, requests.Timeout):
        return f"{url} did not answer within {TIMEOUT} seconds."
    if not isinstance(error, requests.ConnectionError):
        return f"{url} cannot be fetched: the address, or one it redirects to, is not valid."
    said = str(error)
    if any(sign in said for sign in ("NameResolutionError", "getaddrinfo", "Name or service", "nodename")):
        return f"{url} cannot be reached: there is no such server name."
    if "refused" in said.lower():
        return f"{url} cannot be reached: the server refused the connection."
    return f"{url} cannot be reached: the connection broke off."
