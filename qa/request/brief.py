"""The request as triage judges it, before anything is built: as a whole, and each email and page of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.request import AskedEmail, AskedPage, Request

REQUEST, EMAIL, PAGE = "request", "asked email", "asked page"
KINDS = frozenset({REQUEST, EMAIL, PAGE})  # of subjects, beside those of a build


@dataclass(frozen=True, slots=True)
class Brief:
    """The request as a whole. ``lead_days``: working days the team wants between it and its send date."""

    request: Request
    lead_days: int


@dataclass(frozen=True, slots=True)
class AssetBrief:
    """One email or page as it is asked for, with the request it stands in."""

    asset: AskedEmail | AskedPage
    request: Request


@dataclass(frozen=True, slots=True)
class EmailBrief:
    """One email as it is asked for, with the request it stands in."""

    email: AskedEmail
    request: Request


@dataclass(frozen=True, slots=True)
class PageBrief:
    """One page as it is asked for, with the request it stands in."""

    page: AskedPage
    request: Request


@dataclass(frozen=True, slots=True)
class BriefPart:
    """What is judged of the campaign and of each email and page alike: the request without those, or one of them."""

    part: Request | AskedEmail | AskedPage
    request: Request
    folder: Path  # where the files that were handed over are looked for


# What each says about the subject of a check that asks for it.
SUBJECTS: Mapping[type, frozenset[str]] = {
    Brief: frozenset({REQUEST}),
    AssetBrief: frozenset({EMAIL, PAGE}),
    EmailBrief: frozenset({EMAIL}),
    PageBrief: frozenset({PAGE}),
    BriefPart: KINDS,
}


def briefs(request: Request, folder: Path, lead_days: int) -> Iterator[tuple[str, str | None, dict[type, object]]]:
    """Every subject triage judges: its kind, its name and what its checks are given."""
    yield REQUEST, None, {Brief: Brief(request, lead_days), BriefPart: BriefPart(request, request, folder)}
    for email in request.emails:
        yield EMAIL, email.name, {EmailBrief: EmailBrief(email, request), **_of_asset(email, request, folder)}
    for page in request.pages:
        yield PAGE, page.name, {PageBrief: PageBrief(page, request), **_of_asset(page, request, folder)}


def _of_asset(asset: AskedEmail | AskedPage, request: Request, folder: Path) -> dict[type, object]:
    return {AssetBrief: AssetBrief(asset, request), BriefPart: BriefPart(asset, request, folder)}
