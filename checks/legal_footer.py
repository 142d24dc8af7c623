"""Statements that the law of a region wants, beside an unsubscribe link and an address. No legal advice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from qa.artefacts import Body, Email, Purpose
from qa.artefacts.causes import of_asked, of_asked_link
from qa.check import check
from qa.facts import facts
from qa.finding import Cause, Code, Finding, Severity, Skip
from qa.links.roles import has_token, role_of
from qa.match.included_blocks import footer_elsewhere
from qa.request import AskedEmail, Request
from qa.source import Place

_FACTS = facts("legal")


@dataclass(frozen=True, slots=True)
class _Requirement:
    """One thing a region wants, by how it is recognised: the role of a link, a pattern, the mark of a subject line."""

    name: str
    certain: bool
    role: str = ""
    pattern: str = ""
    subject: list[str] = field(default_factory=list)


@check(
    "legal-footer",
    Code(
        "missing-legal-element",
        Severity.WARNING,
        "Something the law of a region wants was not found in the email.",
        "Add it, usually to the footer; ask the legal team what it has to say.",
    ),
)
def legal_footer(asked: AskedEmail, request: Request, email: Email, body: Body, purpose: Purpose) -> Iterator[Finding]:
    """The email shows what the law of its regions wants.

    An Impressum in Germany, the registered number in Britain, “(광고)” in Korea: each is a line in the footer or the
    subject that the version cloned from another country does not have. A summary for builders, not legal advice.

    Fails:
        campaign: {legal: {regions: [de]}}
        email: {}
        build: <p>Hallo</p><p><a href="https://acme.example/datenschutz">Datenschutz</a></p>

    Passes:
        campaign: {legal: {regions: [de]}}
        email: {}
        build: <p>Hallo</p><p><a href="https://acme.example/datenschutz">Datenschutz</a> Acme GmbH, HRB 12345</p>
    """
    if not request.legal.regions:
        raise Skip("the request does not say which regions it is sent to")
    regions = {region: _region(region) for region in request.legal.regions}
    where = request.legal.place("regions") or request.place("legal")
    for region, known in regions.items():
        if known not in _FACTS["regions"] and region.strip().lower() not in facts("regions")["privacy"]:
            message = f"Nothing is known here about the law of the region “{region}”; compare the footer by hand."
            yield Finding("missing-legal-element", message, None, where, review=True)
    wanting: dict[str, list[str]] = {}
    for region, known in regions.items():
        for name in _FACTS["regions"].get(known, ()):
            wanting.setdefault(name, []).append(region)
    for name, wanted_by in wanting.items():
        wanted = _wanted(name)
        needless = wanted.subject and purpose.transactional  # “(광고)” is for advertisements
        if not needless and not _shown(wanted, email, body):
            about = tuple(_asked_for(wanted, asked, request))
            yield _missing(wanted, wanted_by, footer_elsewhere(body), where, about)


def _region(written: str) -> str:
    region = written.strip().lower().replace("_", "-").replace(" ", "-")
    same: dict[str, str] = _FACTS["same"]
    return same.get(region, region)


@cache
def _wanted(name: str) -> _Requirement:
    return _Requirement(**_FACTS["wanted"][name])


def _asked_for(wanted: _Requirement, asked: AskedEmail, request: Request) -> Iterator[Cause]:
    """The things of the request that would have brought it: a subject line, a link, a wording."""
    if wanted.subject:
        if asked.subject is not None and _marked(wanted, asked.subject):
            yield of_asked(asked.place("subject"), asked.subject)
        return
    for link in asked.links or ():
        if wanted.role and role_of(link.url, link.text) == wanted.role:
            yield of_asked_link(link)
    for part in (request.legal, asked):
        for number, words in enumerate(part.must_include or ()):
            if _said(wanted, words):
                yield of_asked(part.place("must_include", number), words)


def _shown(wanted: _Requirement, email: Email, body: Body) -> bool:
    if wanted.subject:
        subject = email.envelope.subject
        if subject is None:
            return email.envelope.origin not in ("headers", "sidecar")  # what is not shown cannot be judged
        return _marked(wanted, subject.value)
    alts = (image.alt for image in body.images if image.alt and not image.hidden)
    text = "\n".join((body.text, *alts))
    if _said(wanted, text) or (wanted.role and has_token(wanted.role, text)):
        return True
    links = (link for link in body.links if not link.hidden and not link.outlook_only)
    return bool(wanted.role) and any(role_of(link.href, link.text) == wanted.role for link in links)


def _marked(wanted: _Requirement, subject: str) -> bool:
    start = subject.lstrip().upper()
    return any(start.startswith(mark) for mark in wanted.subject)


def _said(wanted: _Requirement, text: str) -> bool:
    return bool(wanted.pattern) and re.search(wanted.pattern, text, re.IGNORECASE) is not None


def _missing(
    wanted: _Requirement, regions: list[str], elsewhere: str, where: Place | None, about: tuple[Cause, ...]
) -> Finding:
    place = f"“{', '.join(regions)}”"
    message = f"{place} wants {wanted.name}; none was recognised in the email."
    if elsewhere := "" if wanted.subject else elsewhere:
        message = f"{place} wants {wanted.name}; the build has none, and it may be in {elsewhere}."
    review = bool(elsewhere) or not wanted.certain
    return Finding("missing-legal-element", message, None, where, wanted.name, review=review, causes=about)
