"""Platform, regions and people of a campaign, as a request names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import Request
from qa.request.brief import Brief
from qa.request.gaps import gap
from qa.source import Place
from qa.text.phrases import listed

_NO_PLATFORM = Code(
    "no-platform",
    Severity.WARNING,
    "The request does not say which platform it is built in, so its merge tags are judged by a guess.",
    "Write it under `platform`; `none` where there is none.",
)
_NO_REGIONS = Code(
    "no-regions",
    Severity.WARNING,
    "The request does not say where it is sent, so nobody knows which legal wording it needs.",
    "List the regions under `legal: regions`, and the wording they need under `legal: must_include`.",
)
_NO_PEOPLE = Code(
    "no-people",
    Severity.WARNING,
    "The request does not say who does what.",
    "Write name and address under `people`.",
)
_NO_REQUESTER = Code(
    "no-requester",
    Severity.INFO,
    "The request does not say who asked.",
    "Write name and address under `requested_by`: questions go there.",
)
_ADDRESS = re.compile(r"<([^<>@\s]++@[^<>\s]++)>|^\s*+([^<>@\s]++@[^<>\s]++)\s*+$")


@check("request-setting", _NO_PLATFORM, _NO_REGIONS)
def request_setting(brief: Brief) -> Iterator[Finding]:
    """The request names the platform an email is built in and the regions it is sent to.

    The platform decides how a merge tag is written and who adds the unsubscribe link; the region decides what the law
    wants in the footer.

    Fails:
        campaign: {platform: marketo, emails: [{name: invite}]}

    Passes:
        campaign: {platform: marketo, legal: {regions: [uk]}, emails: [{name: invite}]}
    """
    request = brief.request
    if not request.emails:
        raise Skip("the request asks for no email")
    if request.platform is None:
        yield gap(_NO_PLATFORM, request.place())
    if not request.legal.regions:
        yield gap(_NO_REGIONS, request.place("legal"))


@check(
    "request-people",
    _NO_PEOPLE,
    _NO_REQUESTER,
    Code(
        "two-roles",
        Severity.WARNING,
        "One person fills two roles.",
        "Name somebody else for one of them: four eyes see more than two.",
    ),
)
def request_people(brief: Brief) -> Iterator[Finding]:
    """The request says who asked, builds, reviews and approves, and nobody does two of these.

    Whoever built an email does not see its mistakes any more. A question that can go to nobody is answered by a guess.

    Fails:
        campaign:
          requested_by: Dana Ortiz <dana@acme.example>
          people: {builder: Bo Lind <bo@acme.example>, reviewer: Bo Lind <bo@acme.example>, approvers: [Dana Ortiz]}
          emails: [{name: invite}]

    Passes:
        campaign:
          requested_by: Dana Ortiz <dana@acme.example>
          people: {builder: Bo Lind <bo@acme.example>, reviewer: Kim Osei <kim@acme.example>, approvers: [Dana Ortiz]}
          emails: [{name: invite}]
    """
    request, people = brief.request, brief.request.people
    if request.requested_by is None:
        yield gap(_NO_REQUESTER, request.place())
    named = {"builder": people.builder, "reviewer": people.reviewer, "approver": people.approvers}
    missing = [role for role, who in named.items() if not who]
    if missing:
        yield gap(_NO_PEOPLE, request.place("people"), f"Nobody is named as {listed(missing)}.")
    yield from _shared_roles(request)


def _shared_roles(request: Request) -> Iterator[Finding]:
    """People named in two of triage, builder, reviewer and approvers; who asks may approve."""
    first: dict[str, str] = {}
    for role, who, place in _roles(request):
        keys = _keys(who)
        before = next((first[key] for key in keys if key in first), role)
        if before != role:
            yield Finding("two-roles", f"{who} is {before} and {role}.", request=place, actual=who)
        for key in keys:
            first.setdefault(key, role)


def _roles(request: Request) -> Iterator[tuple[str, str, Place | None]]:
    people = request.people
    for role in ("triage", "builder", "reviewer"):
        if who := getattr(people, role):
            yield role, who, people.place(role)
    for number, who in enumerate(people.approvers):
        if who:
            yield "approver", who, people.place("approvers", number)


def _keys(who: str) -> list[str]:
    """What a person is recognised by: the address and the name."""
    found = _ADDRESS.search(who)
    name = " ".join(who.partition("<")[0].casefold().split())
    address = (found[1] or found[2]).casefold() if found else ""
    return list(filter(None, (address, name)))
