"""What does a request leave unsaid? Every field that is missing, and the checks that will be skipped without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.facts import facts
from qa.finding import Finding
from qa.part import Asked
from qa.request import AskedAsset, AskedEmail, AskedImage, AskedPage, AskedSegment, Request
from qa.source import Place
from qa.url import TOKEN
from qa.wording import quoted


def asset_gaps(asset: AskedEmail | AskedPage, request: Request) -> Iterator[Finding]:
    """What is missing of one email or page."""
    yield from _empty_fields("email" if isinstance(asset, AskedEmail) else "page", asset)
    if not asset.build:
        yield _gap("no-build", asset.place())
    if not asset.wording and not _in_variants(asset, "wording"):
        yield _gap("no-copy", asset.place(), review=bool(asset.mock_up))
    if not asset.links and not _in_variants(asset, "links") and not getattr(asset, "form", None):
        yield _gap("no-links", asset.place())
    if not asset.language and any(other.language for other in (*request.emails, *request.pages)):
        yield _gap("no-language", asset.place())
    yield from _picture_gaps(asset)
    if asset.tokens is None and (tags := sorted(used_tokens(asset))):
        yield _gap(
            "no-tokens", asset.place(), f"The merge tags {listed(tags)} are used, and `tokens` does not list them."
        )
    if isinstance(asset, AskedEmail):
        yield from _sender_gaps(asset)
    elif asset.form is not None:
        yield from _empty_fields("form", asset.form)


def campaign_gaps(request: Request) -> Iterator[Finding]:
    """What is missing of the campaign as a whole."""
    assets = (*request.emails, *request.pages)
    if assets and not any(asset.language for asset in assets):
        yield _gap("no-language", request.place())
    if request.requested_by is None:
        yield _gap("no-requester", request.place())
    yield from _people_gaps(request)
    if request.emails:
        yield from _sending_gaps(request)
    if request.audience is not None:
        yield from _audience_gaps(request)


def used_tokens(asset: AskedAsset) -> dict[str, Place | None]:
    """Every merge tag in the wording of an asset, and where it first stands."""
    texts: list[tuple[str, Place | None]] = []
    for part in (asset, *getattr(asset, "variants", ())):
        for field in ("subject", "preheader"):
            texts.append((getattr(part, field, None) or "", part.place(field)))
        texts += [(block.text, block.where) for block in part.wording or ()]
        for link in part.links or ():
            texts += [(link.text, link.place("text")), (link.url, link.place("url"))]
    found: dict[str, Place | None] = {}
    for text, place in texts:
        for tag in TOKEN.findall(text):
            found.setdefault(tag, place)
    return found


def listed(values: Sequence[str], most: int = 5) -> str:
    """«“a”, “b” and 3 more»."""
    said = [quoted(value, 60) for value in values[:most]]
    if len(values) > most:
        return f"{', '.join(said)} and {len(values) - most} more"
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _empty_fields(kind: str, part: Asked) -> Iterator[Finding]:
    for code, fact in facts("triage")["codes"].items():
        if fact.get("of") == kind and not getattr(part, fact["field"]):
            yield _gap(code, part.place())


def _gap(code: str, place: Place | None, message: str = "", review: bool = False) -> Finding:
    """A finding about something missing; it names the checks that will be skipped."""
    fact = facts("triage")["codes"][code]
    checks = fact.get("checks", ())
    skipped = f" Without it, `qa run` skips {', '.join(checks)}." if checks else ""
    if review:
        skipped += " There is a mock-up: is its wording the approved copy?"
    return Finding(code, (message or fact["meaning"]) + skipped, request=place, review=review)


def _in_variants(asset: AskedAsset, field: str) -> bool:
    """Whether every variant says for itself what its email does not."""
    variants = getattr(asset, "variants", ())
    return bool(variants) and all(getattr(variant, field) for variant in variants)


def _picture_gaps(asset: AskedAsset) -> Iterator[Finding]:
    images: Sequence[AskedImage] = asset.images or ()
    for code, field, what in (("no-alt", "alt", "alternative text"), ("no-asset", "asset", "approved file (`asset`)")):
        without = [image for image in images if getattr(image, field) is None]
        if without:
            names = listed([image.src or image.asset or image.alt or "" for image in without])
            yield _gap(code, without[0].place(), f"The request gives no {what} for {names}.")


def _sender_gaps(email: AskedEmail) -> Iterator[Finding]:
    sender = email.sender
    if sender is None:
        yield _gap("no-sender", email.place())
    elif not (sender.name and sender.address):
        lacking = "address" if sender.name else "name"
        yield _gap("no-sender", email.place("sender"), f"The request gives no from {lacking}.")


def _people_gaps(request: Request) -> Iterator[Finding]:
    people = request.people
    named = {"builder": people.builder, "reviewer": people.reviewer, "approver": people.approvers}
    missing = [role for role, who in named.items() if not who]
    if missing:
        roles = " and ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
        yield _gap("no-people", request.place("people"), f"Nobody is named as {roles}.")


def _sending_gaps(request: Request) -> Iterator[Finding]:
    if request.platform is None:
        yield _gap("no-platform", request.place())
    if request.tracking is None or not request.tracking.utm.parameters():
        yield _gap("no-tracking", request.place("tracking"))
    if not request.legal.regions:
        yield _gap("no-regions", request.place("legal"))
    if request.audience is None or not request.audience.segments:
        yield _gap("no-audience", request.place("audience"))
    if request.send is None:
        yield _gap("no-send-date", request.place())
        return
    if request.send.at.strftime("%H:%M:%S") == "00:00:00":
        yield _gap("no-send-time", request.send.place("at"))
    if request.send.timezone is None:
        yield _gap("no-timezone", request.send.place("at"))


def _audience_gaps(request: Request) -> Iterator[Finding]:
    audience = request.audience
    assert audience is not None
    if not audience.segments:
        return
    if not audience.suppressions:
        yield _gap("no-suppressions", audience.place())
    if not audience.seeds:
        yield _gap("no-seeds", audience.place())
    uncounted: list[AskedSegment] = [segment for segment in audience.segments if segment.count is None]
    if uncounted:
        names = listed([segment.name for segment in uncounted])
        yield _gap(
            "no-count", uncounted[0].place(), f"The request does not say how many people are expected in {names}."
        )
