"""A visit of a page: what it asked for, wrote and complained of while a browser with scripts on had it open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a visitor comes to a page: what stands behind the “?” of the address, as the button of an email has it."""

    query: str = ""
    is_of_email: bool = False  # else it is made up, so that what the page does with it is seen
    is_https: bool = True


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One thing that the page asked for. Only files of the build are answered; all that would leave is refused."""

    url: str  # of a file of the build: its path there
    kind: str  # "script", "stylesheet", "image", "font", "xhr", "fetch", "ping", "document", "websocket" …
    status: int = 0  # 200, or 404 for a file that is not there; 0: it was refused
    size: int = 0  # bytes of the answer
    host: str = ""  # "" for the build itself


@dataclass(frozen=True, slots=True)
class ScriptError:
    """What a browser's console shows in red. ``line`` is one of the document, None in a file of its own."""

    message: str
    line: int | None = None
    file: str = ""  # the path of the script's own file; "" for a script in the document
    uncaught: bool = True  # thrown and caught by nobody; else written by a script: console.error


@dataclass(frozen=True, slots=True)
class PageVisit:
    """What was seen from the moment a page was opened until it was quiet, with nobody touching it."""

    requests: tuple[PageRequest, ...] = ()
    errors: tuple[ScriptError, ...] = ()
    cookies: tuple[str, ...] = ()  # names of those that scripts set
    scripts: tuple[str, ...] = ()  # addresses of the scripts in the final document, each as often as it is there
    configured: tuple[str, ...] = ()  # ids that the page's own scripts handed to Google's tags
    hidden: tuple[Mapping[str, str], ...] = ()  # for each form of the final document: hidden fields and their values
    blocked: tuple[str, ...] = ()  # what browsers do not load into a page that is https, because it is not
    led_to: tuple[str, ...] = ()  # addresses that the page tried to go to by itself


@dataclass(frozen=True, slots=True)
class FormAttempt:
    """One attempt to send a form. ``sent`` holds names and values of what would have left, None where nothing would."""

    sent: Mapping[str, tuple[str, ...]] | None = None
    told: bool = False  # whether a visitor saw a message that was not there before
    led_to: str = ""  # where the page went afterwards by itself; what a server answers is not known

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all came of it."""
        return self.sent is None and not self.told and not self.led_to


@dataclass(frozen=True, slots=True)
class FormTrial:
    """A form filled in and sent, in a browser and to nobody: with nothing in it, with a malformed address, and well."""

    names: tuple[str, ...]  # of all its fields, as they are after scripts
    hidden: Mapping[str, str]  # hidden fields and what the address of the page left in them
    empty: FormAttempt
    malformed: FormAttempt | None  # None: it asks for no e-mail address
    good: FormAttempt
    unfilled: tuple[str, ...] = ()  # required fields that nobody could fill in: no visitor sees them
    has_captcha: bool = False
