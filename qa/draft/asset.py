"""The drafted request of one email or page: its envelope, links, pictures, copy and merge tags."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from qa.artefacts import Body, Envelope, Images, Links, Markup, Tokens
from qa.build.assets import Asset, loose_asset
from qa.draft.copy import DraftedCopy, drafted_copy
from qa.draft.links import DraftedLink, Plan, drafted_links, own_utm, pairs_left, without_utm
from qa.draft.page import put_form, put_head, put_tags
from qa.draft.yaml import Section, Value
from qa.facts import facts
from qa.finding import Fault, Skip
from qa.links.url import same_destination
from qa.match.image_names import meant_to_be_seen
from qa.merge_tags.grammar import grammar
from qa.profile.model import Profile
from qa.request import AskedAsset, Request, unwritten
from qa.request.short_forms import language_tag
from qa.run import Session, Subject
from qa.source import Text
from qa.text.language import FILLER, can_tell, other_language, primary

Artefact = TypeVar("Artefact")

BY_TEXT = "What the text is written in; the document says another one (lang), or none."
_SHORT_LINES = (
    "Left out: labels of links, and lines of fewer than three words without a date, time, price or percentage."
)
_LONGEST_SRC = 1000  # characters; what is longer is a picture written into its own address


@dataclass
class Built:
    """One build, and what was gathered from it for the draft."""

    asset: Asset
    subject: Subject
    links: list[DraftedLink] | str = ""  # a text says why there are none
    copy: DraftedCopy = field(default_factory=lambda: DraftedCopy((), ()))
    language: str = ""
    by_text: bool = False  # the text told its language, not the document

    def get(self, kind: type[Artefact]) -> Artefact | None:
        """An artefact, None where the build has no such part."""
        try:
            found: Artefact = self.subject.get(kind)
        except Skip:
            return None
        return found


@dataclass(frozen=True)
class Shared:
    """What the builds of a campaign have in common, and the folder it stands in."""

    folder: Path
    plan: Plan | None
    language: str
    legal: tuple[str, ...]


def read_build(build: Path, kind: str | None, platform: str | None = None) -> Built:
    """A build and what a draft needs of it. ``platform``: where its merge tags alone do not tell."""
    asset = loose_asset(build, kind)
    request = unwritten(asset.kind, asset.name, build.name).model_copy(update={"platform": platform})
    asked: AskedAsset = (*request.emails, *request.pages)[0]
    now = Session()
    given: dict[type, Any] = {Request: request, Profile: now.profile, Asset: asset, AskedAsset: asked}
    built = Built(asset, Subject(asset.kind, asset.name, given | {type(asked): asked}, now, asset.fault))
    if not asset.fault:
        try:
            _gather(built)
        except Fault as fault:
            built.asset = Asset(asset.kind, asset.name, asset.folder, fault=str(fault))
    return built


def _gather(built: Built) -> None:
    body, links = built.get(Body), built.get(Links)
    if body is not None:
        built.language = _language(body)
        told = other_language(body.text, primary(built.language))
        # A piece of a document need not say its language, and is not to be asked for it.
        if told and told != FILLER and can_tell(told) and "<html" in body.source.text.lower():
            built.language, built.by_text = told, True
        built.copy = drafted_copy(body, body.beside if built.asset.kind == "email" else None)
    if links is not None:
        built.links = drafted_links(links, built.asset.kind == "email")
    for kind in (Tokens, Images, Envelope) if built.asset.kind == "email" else (Tokens, Images):
        built.get(kind)


def _language(markup: Markup) -> str:
    said = markup.lang.value.strip() if markup.lang else ""
    try:
        return "" if said.lower() in facts("languages")["undetermined"] else said and language_tag(said)
    except ValueError:
        return ""


def asset_section(one: Built, name: str, shared: Shared) -> Section:
    section = Section()
    section.put("name", name)
    _put_build(section, one.asset, shared.folder)
    if one.language and one.language != shared.language:
        section.put("language", one.language, *[BY_TEXT] * one.by_text)
    markup = one.get(Markup)
    if one.asset.kind == "email":
        _put_envelope(section, one.get(Envelope) or Envelope())
    elif markup is not None:
        put_head(section, markup)
        put_form(section, markup)
        put_tags(section, markup)
    _put_links(section, one, shared.plan)
    _put_images(section, one.get(Images))
    _put_copy(section, one.copy)
    _put_tokens(section, one.get(Tokens))
    if must := [line for line in one.copy.legal if one.asset.kind != "email" or line not in shared.legal]:
        section.put("must_include", [*must])
    section.close("build")
    return section


def _put_build(section: Section, asset: Asset, folder: Path) -> None:
    assert asset.file is not None
    inside = Path(os.path.relpath((asset.folder / asset.file.name).absolute(), folder.absolute()))
    if inside.parts[0] == "..":
        section.put("build", f"build/{asset.file.name}", "The build stands elsewhere: copy it to this place.")
    else:
        section.put("build", inside.as_posix())
    plain = Path(asset.file.name).with_suffix(".txt").name
    if asset.kind == "email" and plain != asset.file.name and (asset.folder / plain).is_file():
        section.note(f"text: {plain} stands beside the build; name it if it is the plain-text part.")


def _put_envelope(section: Section, envelope: Envelope) -> None:
    guess = ("This is the HTML's title: the subject line itself is set in the platform.",)
    _put_text(section, "subject", envelope.subject, *guess * (envelope.origin == "title"))
    hidden = ("The first hidden text of the body.",) if envelope.origin != "sidecar" else ()
    _put_text(section, "preheader", envelope.preheader, *hidden)
    sender = Section()
    for key, text in (("name", envelope.from_name), ("address", envelope.from_address)):
        if text is not None and text.value.strip():
            sender.put(key, one_line(text.value))
    if sender.entries:
        section.put("from", sender)
    else:
        section.note("from: {name: …, address: …} is not shown by this build.")
    _put_text(section, "reply_to", envelope.reply_to)


def _put_text(section: Section, key: str, text: Text | None, *comments: str) -> None:
    if text is not None and text.value.strip():
        section.put(key, one_line(text.value), *comments)
    else:
        section.note(f"{key}: is not shown by this build.")


def one_line(text: str) -> str:
    return " ".join(text.split())


def _put_links(section: Section, one: Built, plan: Plan | None) -> None:
    built = one.get(Links)
    if built is None or not built.built:
        section.note("links: the build has none.")
        return
    if isinstance(one.links, str):
        section.note(f"links: name the calls to action by hand; they cannot be drafted, because {one.links}.")
        return
    entries: list[Value] = [_link(draft, plan) for draft in one.links]
    left = Counter(link.text.strip() or link.href for link in pairs_left(one.links, built))
    if left:
        names = ", ".join(f"“{name[:60]}”" for name in [*left][:12]) + (" …" if len(left) > 12 else "")
        section.note(
            f"links: left out are the platform's own links, mail and phone links, and links that lead nowhere: {names}."
        )
    if entries:
        section.put("links", entries)


def _link(draft: DraftedLink, plan: Plan | None) -> Section:
    entry = Section()
    if not draft.text:
        entry.above.append("A link without text: give its picture an alternative text, and write that here.")
    entry.put("text", draft.text)
    entry.put("url", draft.url)
    if utm := own_utm(draft, plan):
        entry.put("utm", Section({name.removeprefix("utm_"): value for name, value in utm.items()}))
    if draft.times > 1:
        entry.put("times", draft.times)
    return entry


def _put_images(section: Section, images: Images | None) -> None:
    entries: list[Value] = []
    for image in images.built if images else ():
        tag = image.tag
        if tag.kind != "img" or not tag.src.strip() or len(tag.src) > _LONGEST_SRC or not meant_to_be_seen(image):
            continue
        entry = Section()
        entry.put("src", tag.src.strip())
        if tag.alt is not None and (tag.alt.strip() or not tag.link):
            entry.put("alt", one_line(tag.alt))
        if tag.link.strip() and same_destination(url := without_utm(tag.link.strip()), tag.link):
            entry.put("url", url)
        entries.append(entry)
    if entries:
        section.put("images", entries, "Add `asset:` to each: the approved picture, which no build can tell.")
    else:
        section.note("images: the build has none, or none that a file name tells apart.")


def _put_copy(section: Section, copy: DraftedCopy) -> None:
    section.note(*(f"copy: left out: {number} that {why}." for number, why in copy.left))
    if copy.entries:
        section.put("copy", [*copy.entries], _SHORT_LINES)
    else:
        section.note("copy: no text could be taken over.")


def _put_tokens(section: Section, tokens: Tokens | None) -> None:
    known = grammar(tokens.platform) if tokens and tokens.platform else None
    if tokens is None or known is None:
        why = (
            "the merge tags of this platform cannot be listed" if tokens and tokens.platform else "none was recognised"
        )
        section.note(f"tokens: {why}.")
        return
    good = [t for t in tokens.built if t.platform == tokens.platform and not t.fault and t.known is not False]
    values = [token for token in good if token.role == "value"]
    for token in values:
        if known.fold(token.name) not in {known.fold(tag.name) for tag in known.read(token.raw)[0]}:
            section.note(f"tokens: {token.raw[:60]} cannot be written into a request.")
            return
    listed: list[Value] = [*dict.fromkeys(token.raw for token in values)]
    bad = ["Those that are not written as the platform reads them are left out."] * (len(good) < len(tokens.built))
    section.put("tokens", listed, "Exactly these, no others.", *bad)
