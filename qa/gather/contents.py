"""The contents of emails and pages, and of the campaign, that an approval holds on to besides the look."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from qa.artefacts import AssetContents, Body, CampaignContents, DeclaredEnvelope, Link, Markup, Parts
from qa.artefacts.contents import Line
from qa.build.addresses import file_named
from qa.build.assets import Asset
from qa.build.bag import FolderBag
from qa.build.campaign import Campaign
from qa.build.digest import built_files
from qa.check import gatherer
from qa.files.names import REQUEST_NAMES
from qa.files.readings import Readings
from qa.files.toml import read_toml
from qa.finding import Fault, Skip
from qa.links.naming import in_outlook, name_of
from qa.profile.model import Profile
from qa.request import AskedAsset, Request
from qa.request.lines import request_lines
from qa.source import Place, Text
from qa.text.wording import folded

# Headers that somebody chooses; the others a mail server writes, anew for every message.
_CHOSEN = ("to", "cc", "bcc", "sender", "return-path", "list-unsubscribe", "list-unsubscribe-post", "list-id")
_LONGEST = 300  # characters of an address or a label; a longer address is a picture written into itself
_Placed = Iterator[tuple[Line, Place | None]]


@gatherer()
def asset_contents(
    asset: Asset, asked: AskedAsset, parts: Parts, body: Body, declared: DeclaredEnvelope
) -> AssetContents:
    """What stands in an email or page, line by line."""
    if asked.place() is None:
        raise Skip("there is no request, and so no campaign that anybody could have approved")
    found: dict[str, list[tuple[Line, Place | None]]] = {
        "envelope": list(_envelope(declared, body)),
        "links": [((_label(link), link.href.strip()), link.where) for link in body.links],
        "words": list(_words(body)),
        "alt": [
            ((tag.src.strip()[:200], folded(tag.alt or "")), tag.where) for tag in body.images if tag.kind == "img"
        ],
        "text": list(_plain_lines(body)),
        "form": list(_forms(body)),
        "pictures": list(_pictures(asset, parts, body)),
        "files": [((name, digest), None) for name, digest in _files(asset)],
    }
    lines = {part: tuple(line for line, _ in placed) for part, placed in found.items()}
    places = {(part, line): place for part, placed in reversed(found.items()) for line, place in placed[::-1] if place}
    return AssetContents(lines, places)


def _envelope(declared: DeclaredEnvelope, body: Body) -> _Placed:
    """What an inbox and a search engine show, and the headers that somebody chose."""
    one = declared.envelope
    texts = [
        ("subject" if one.subject else "title", one.subject or body.title),
        ("preheader", one.preheader or body.preheader),
        ("from name", one.from_name),
        ("from address", one.from_address),
        ("reply-to", one.reply_to),
        ("description", body.metas.get("description")),
        ("robots", body.metas.get("robots")),
        ("canonical address", body.canonical),
    ]
    headers = [header for header in one.headers if header.name.lower() in _CHOSEN]
    texts += [(f"header {header.name}", Text(header.value, header.where)) for header in headers]
    yield from (((name, folded(text.value)), text.where) for name, text in texts if text)


def _label(link: Link) -> str:
    return name_of(link, _LONGEST) + in_outlook(link)


def _words(body: Body) -> _Placed:
    """Every passage, those that only some readers see among them; the preheader is a line of the inbox."""
    first = folded(body.preheader.value) if body.preheader else ""
    for block in body.blocks:
        if not (block.hidden and first and block.text in first):
            yield ("", block.text), block.where


def _alternatives(markup: Markup) -> _Placed:
    for tag in markup.images:
        if tag.kind == "img":
            yield (tag.src.strip()[:_LONGEST], folded(tag.alt or "")), tag.where


def _plain_lines(body: Body) -> _Placed:
    for line in body.beside.lines() if body.beside else ():
        if text := folded(line.value):
            yield ("", text), line.where


def _forms(markup: Markup) -> _Placed:
    for form in markup.forms:
        yield ("the form's target", form.action.strip()), form.where
        for field in form.fields:
            must = ", required" if field.required else ""
            yield (
                (f"the field {field.name or field.label}", f"{field.type}{must}: {', '.join(field.options)}"),
                field.where,
            )
        yield from (((f"the hidden field {field.name}", field.value.strip()), field.where) for field in form.hidden)


def _pictures(asset: Asset, parts: Parts, markup: Markup) -> _Placed:
    """Each picture by its address, with the digest of its file where the build has it."""
    carried = {one.cid: hashlib.sha256(one.content).hexdigest() for one in parts.attachments}
    for tag in markup.images:
        src = tag.src.strip()
        known = carried.get(src[4:]) if src.lower().startswith("cid:") else _digest(asset, src)
        yield (src[:_LONGEST], known or ""), tag.where


def _digest(asset: Asset, src: str) -> str:
    try:
        name = file_named(src, asset)
        return asset.bag.digest(name) if name and asset.bag.has(name) else ""
    except (Fault, OSError):
        return ""


def _files(asset: Asset) -> Iterable[Line]:
    return [(file.name, file.bag.digest(file.name)) for file in built_files([asset])]


def _policy(profile: Profile) -> Iterator[tuple[Line, Place]]:
    """The lines of the team's qa.toml, and those of the campaign's own that count."""
    if profile.file:
        yield from read_toml(profile.file, profile.file.name).lines()
    if profile.brought:
        lines = read_toml(profile.brought, profile.brought.name).lines()
        yield from ((line, where) for line, where in lines if line[0].partition(".")[0] in profile.may)


@gatherer()
def campaign_contents(campaign: Campaign, request: Request, profile: Profile, readings: Readings) -> CampaignContents:
    """What was asked for, by which policy it is judged, and which emails and pages there are."""
    if campaign.loose:
        raise Skip("there is no request, and so no campaign that anybody could have approved")
    asked = [((called, said), where) for called, said, where in request_lines(request)]
    varied = [(email.name, variant) for email in request.emails for variant in email.variants if variant.build]
    names = [asset.name for asset in (*request.emails, *request.pages)] + [
        f"{name} / {v.segment}" for name, v in varied
    ]
    bag = FolderBag(campaign.folder, readings=readings)
    files = tuple((name, bag.digest(name)) for name in REQUEST_NAMES if bag.has(name))
    policy = list(_policy(profile))
    parts = {
        "request": tuple(line for line, _ in asked),
        "profile": tuple(line for line, _ in policy),
        "assets": tuple(("", name) for name in names),
        "files": files,
    }
    places = {("request", line): where for line, where in reversed(asked) if where}
    return CampaignContents(parts, places | {("profile", line): where for line, where in policy})
