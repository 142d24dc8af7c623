"""Content of an email or page, as a request names it: copy, links, pictures, language, and where it is built."""

from __future__ import annotations

from collections.abc import Iterator

from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.request import AskedAsset, Request
from qa.request.brief import AssetBrief, BriefPart
from qa.request.gaps import gap
from qa.text.phrases import listed
from qa.text.wording import quoted

_NO_COPY = Code(
    "no-copy",
    Severity.ERROR,
    "The request gives no copy.",
    "Ask for the approved copy, and write it, or the path of the document, under `copy`.",
)
_NO_LINKS = Code(
    "no-links",
    Severity.WARNING,
    "The request asks for no link: there is no call to action.",
    "Write text and destination of every call to action under `links`; if there is none, ask whether that is meant.",
)
_NO_BUILD = Code(
    "no-build",
    Severity.INFO,
    "The request does not say where the build will be.",
    "Write the path under `build` when it is known; without it, `qa run` has nothing to look at.",
)
_NO_ALT = Code(
    "no-alt",
    Severity.WARNING,
    "The request gives no alternative text for a picture, so any text will pass.",
    'Write what the picture shows under `alt`; `alt: ""` marks decoration.',
)
_NO_ASSET = Code(
    "no-asset",
    Severity.INFO,
    "The approved picture was not handed over.",
    "Put the approved picture into `assets/`, and name it under `asset`.",
)
_NO_LANGUAGE = Code(
    "no-language",
    Severity.WARNING,
    "The request does not say which language it is in, so no build can be in the wrong one.",
    "Write the language code, such as en or pt-BR, under `language`.",
)


@check("request-content", _NO_COPY, _NO_LINKS, _NO_BUILD)
def request_content(brief: AssetBrief) -> Iterator[Finding]:
    """The request gives copy and links of every email and page, and says where it is built.

    Without approved copy there is nothing to compare a build with: every wording passes. An email without a call to
    action asks its readers for nothing.

    Fails:
        campaign: {emails: [{name: invite, build: build/invite.html, links: [{text: Join, url: "https://acme.example/"}]}]}

    Passes:
        campaign:
          emails:
            - name: invite
              build: build/invite.html
              copy: [Join us for forty minutes.]
              links: [{text: Save my seat, url: "https://www.acme.example/webinar"}]
    """
    asset = brief.asset
    if not asset.wording and not _in_variants(asset, "wording"):
        seen = "There is a mock-up: is its wording the approved copy?" if asset.mock_up else ""
        yield gap(_NO_COPY, asset.place(), asking=seen)
    if not asset.links and not _in_variants(asset, "links") and not getattr(asset, "form", None):
        yield gap(_NO_LINKS, asset.place())
    if not asset.build:
        yield gap(_NO_BUILD, asset.place())


@check("request-pictures", _NO_ALT, _NO_ASSET)
def request_pictures(brief: AssetBrief) -> Iterator[Finding]:
    """The request gives the alternative text of every picture, and the approved file.

    What stands in place of a picture is read by everybody whose mail program shows none and by everybody who cannot
    see it; left to the builder it becomes the name of a file.

    Fails:
        campaign: {emails: [{name: invite, images: [{src: hero.png, asset: assets/hero.png}]}]}

    Passes:
        campaign: {emails: [{name: invite, images: [{src: hero.png, asset: assets/hero.png, alt: Two people}]}]}
    """
    images = brief.asset.images
    if not images:
        raise Skip("the request asks for no picture")
    wanted = ((_NO_ALT, "alt", "alternative text"), (_NO_ASSET, "asset", "approved file (`asset`)"))
    for code, field, what in wanted:
        without = [image for image in images if getattr(image, field) is None]
        if without:
            names = listed(quoted(image.src or image.asset or image.alt or "", 60) for image in without)
            yield gap(code, without[0].place(), f"The request gives no {what} for {names}.")


@check("request-language", _NO_LANGUAGE)
def request_language(brief: BriefPart) -> Iterator[Finding]:
    """The request says in which language an email or page is.

    Spelling, quotation marks, the order of dates and the voice of a screen reader all follow from it; without it, none
    of them can be wrong.

    Fails:
        campaign: {emails: [{name: invite}]}

    Passes:
        campaign: {language: en, emails: [{name: invite}]}
    """
    part, request = brief.part, brief.request
    assets = (*request.emails, *request.pages)
    if not assets:
        raise Skip("the request asks for no email and no page")
    said = any(asset.language for asset in assets)  # where none says, that is told once, of the campaign
    if not said if isinstance(part, Request) else said and not part.language:
        yield gap(_NO_LANGUAGE, part.place())


def _in_variants(asset: AskedAsset, field: str) -> bool:
    """Whether every variant says for itself what its email does not."""
    variants = getattr(asset, "variants", ())
    return bool(variants) and all(getattr(variant, field) for variant in variants)
