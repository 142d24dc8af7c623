"""The models of a request's parts; qa/request/__init__.py reads them, docs/request.md explains them.

`qa schema` prints the JSON Schema generated from these models: the descriptions are what an editor shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, PrivateAttr, WithJsonSchema, model_validator

from qa.finding import Skip
from qa.request.part import Address, Asked, Language, Moment, Name, Person, Share, Spelled, Timezone
from qa.request.short_forms import sender
from qa.source import Place

Platform = Literal[
    "marketo", "sfmc", "hubspot", "braze", "klaviyo", "mailchimp", "iterable", "eloqua", "pardot", "campaign-monitor",
    "activecampaign", "sendgrid", "customerio", "adobe-campaign", "dynamics", "none",
]  # fmt: skip
Purpose = Literal["marketing", "transactional"]
PLATFORMS: tuple[str, ...] = get_args(Platform)

_COPY = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


class Sender(Asked):
    """Who an email comes from."""

    name: str | None = Field(default=None, description="From name, as the reader sees it.")
    address: str | None = Field(default=None, description="From address.")


class Utm(Asked):
    """Tracking parameters, without their ``utm_``."""

    source: Spelled | None = Field(default=None, description="utm_source, such as the platform.")
    medium: Spelled | None = Field(default=None, description="utm_medium, such as email.")
    campaign: Spelled | None = Field(default=None, description="utm_campaign.")
    content: Spelled | None = Field(default=None, description="utm_content: tells links of one email apart.")
    term: Spelled | None = Field(default=None, description="utm_term.")
    id: Spelled | None = Field(default=None, description="utm_id.")

    def parameters(self) -> dict[str, str]:
        """``{"utm_source": "marketo", …}``: the ones that were asked for."""
        values = {name: getattr(self, name) for name in Utm.model_fields}
        return {f"utm_{name}": value for name, value in values.items() if value is not None}

    @property
    def none(self) -> bool:
        """Whether the request says that there are to be none, which is more than that it says nothing."""
        return isinstance(self, NoUtm)


class NoUtm(Utm):
    """``utm: none``: links carry no tracking parameters."""


def _said_none(value: object) -> object:
    return NoUtm() if isinstance(value, str) and value.strip().lower() in ("none", "no") else value


_Utm = Annotated[Utm, BeforeValidator(_said_none, json_schema_input_type=Utm | Literal["none"])]


class AskedLink(Asked):
    """A call to action or another link."""

    text: str = Field(description="Visible text, or the alt text of the linked image.")
    url: Address = Field(description="Where it leads, without the tracking parameters.")
    utm: _Utm = Field(
        default=Utm.model_construct(),
        description="Added to the tracking of the campaign for this link alone; `none`: it carries none.",
    )
    times: int | None = Field(default=None, ge=1, description="How often it must appear; at least once if not said.")


class AskedImage(Asked):
    """A picture of the build. Needs at least one of src, asset or alt."""

    src: str | None = Field(default=None, description="File name, path or URL as built.")
    asset: str | None = Field(default=None, description="The approved picture, a file of the campaign folder.")
    alt: str | None = Field(default=None, description="Alternative text. An empty one marks decoration.")
    url: Address | None = Field(default=None, description="Where a click on it leads.")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.src or self.asset or self.alt):
            raise ValueError("needs at least one of `src`, `asset` or `alt`.")
        return self


class CopyBlock(Asked):
    """One block of approved copy. ``level`` is 1 to 6 for a heading, 0 otherwise."""

    text: str
    level: int = 0
    where: Place | None = None  # in request.yaml or in the copy document


Copy = Annotated[tuple[CopyBlock, ...], WithJsonSchema(_COPY)]
_ABOUT_COPY = (
    "Approved copy, in order: a list of blocks (`# ` begins a heading), or the path of a .md, .txt or .docx file."
)
_ABOUT_TOKENS = "Merge tags exactly as they must stand, with their defaults; exactly these, no others."
_ABOUT_TEXT = "Path of the plain-text part, where it is a file of its own."


class AskedVariant(Asked):
    """Dynamic content: what one segment sees. What it does not say, it has from its email."""

    segment: Name = Field(description="Who sees it.")
    build: str | None = Field(default=None, description="Path of this segment's own build.")
    when: str | None = Field(default=None, description="Instead of `build`: the platform's condition inside the build.")
    text: str | None = Field(default=None, description=_ABOUT_TEXT)
    subject: str | None = Field(default=None, description="Subject line for this segment.")
    preheader: str | None = Field(default=None, description="Preheader for this segment.")
    links: tuple[AskedLink, ...] | None = Field(default=None, description="Links, instead of the email's.")
    images: tuple[AskedImage, ...] | None = Field(default=None, description="Images, instead of the email's.")
    wording: Copy | None = Field(default=None, alias="copy", description=_ABOUT_COPY)
    tokens: tuple[str, ...] | None = Field(default=None, description=_ABOUT_TOKENS)
    must_include: tuple[str, ...] = Field(default=(), description="Wording needed besides the email's own.")
    must_not_include: tuple[str, ...] = Field(default=(), description="Wording banned besides the email's own.")

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if (self.build is None) == (self.when is None):
            raise ValueError("needs either a `build` of its own or a condition (`when`), one of the two.")
        return self


class AskedAsset(Asked):
    """What was asked of one email or page. None: the request does not say."""

    name: Name = Field(description="Short name of this email or page; no two are the same.")
    build: str | None = Field(default=None, description="Path of the build (.html or .eml) in the campaign folder.")
    language: Language | None = Field(default=None, description="Language code (en, pt-BR), where it is another one.")
    links: tuple[AskedLink, ...] | None = Field(default=None, description="The calls to action that were asked for.")
    images: tuple[AskedImage, ...] | None = Field(default=None, description="The pictures that were asked for.")
    wording: Copy | None = Field(default=None, alias="copy", description=_ABOUT_COPY)
    tokens: tuple[str, ...] | None = Field(default=None, description=_ABOUT_TOKENS)
    must_include: tuple[str, ...] | None = Field(default=None, description="Wording that must appear.")
    must_not_include: tuple[str, ...] | None = Field(default=None, description="Wording that must not appear.")
    mock_up: str | None = Field(default=None, description="Path of the approved design, a picture.")

    _written: bool = PrivateAttr(default=True)  # False: a build was checked without any request

    def require(self, field: str) -> Any:
        """The value of a field; Skip where the request does not say."""
        value = getattr(self, field)
        if value is None:
            raise Skip("the request does not say" if self._written else "there is no request")
        return value


_From = BeforeValidator(sender, json_schema_input_type=Sender | str | None)


class AskedEmail(AskedAsset):
    """One email of the campaign."""

    text: str | None = Field(default=None, description=_ABOUT_TEXT)
    subject: str | None = Field(default=None, description="Subject line, with its merge tags.")
    preheader: str | None = Field(default=None, description="Preheader: what an inbox shows after the subject line.")
    sender: Annotated[Sender | None, _From] = Field(
        default=None,
        alias="from",
        description="From name and address: two keys, or “Acme Events <events@acme.example>”.",
    )
    reply_to: str | None = Field(default=None, description="Reply-to address.")
    purpose: Purpose | None = Field(default=None, description="A `transactional` one needs no unsubscribe link.")
    variants: tuple[AskedVariant, ...] = Field(default=(), description="Dynamic content: who sees what.")


class AskedField(Asked):
    """A field of a form that a visitor fills in."""

    name: Name = Field(description="Name of the field in the platform.")
    label: str | None = Field(default=None, description="Label beside it.")
    type: str | None = Field(default=None, description="text, email, tel, select, textarea, checkbox …")
    required: bool | None = Field(default=None, description="Whether it must be filled in.")
    options: tuple[str, ...] | None = Field(default=None, description="What can be chosen, in order.")


class Consent(Asked):
    """The consent box of a form."""

    text: str = Field(description="Its wording, exactly.")
    checked: bool = Field(default=False, description="Whether it is ticked before the visitor touches it.")


class AskedForm(Asked):
    """The form of a page."""

    fields: tuple[AskedField, ...] | None = Field(default=None, description="Fields a visitor sees, in order.")
    hidden: Mapping[str, Spelled] | None = Field(
        default=None, description="Hidden fields and their values; `query` means filled from the page's URL."
    )
    consent: Consent | None = Field(default=None, description="The consent box.")
    thank_you: str | None = Field(default=None, description="Where the form leads once it was sent.")


class AskedPage(AskedAsset):
    """One landing page of the campaign."""

    url: Address | None = Field(default=None, description="Where the page will be.")
    title: str | None = Field(default=None, description="Title: the text of the browser's tab.")
    description: str | None = Field(default=None, description="Meta description: what a search engine shows.")
    heading: str | None = Field(default=None, description="The main heading (h1).")
    robots: str | None = Field(default=None, description="What search engines may do, such as noindex.")
    canonical: str | None = Field(default=None, description="Canonical URL.")
    form: AskedForm | None = Field(default=None, description="The form on the page.")
    tags: tuple[str, ...] | None = Field(default=None, description="Tag containers it must have, such as GTM-ABC123.")


class AskedSegment(Asked):
    """One exported list and what must hold for it."""

    name: Name = Field(description="Name of the segment; no two are the same.")
    list: str = Field(description="Path of the exported list (.csv, .csv.gz).")
    count: int | None = Field(default=None, ge=0, description="Expected number of people.")
    tolerance: Share = Field(default=0.0, description="How far the count may be off: 5% or 0.05.")
    where: str | None = Field(default=None, description="A condition every row must satisfy.")
    unique: str | None = Field(default=None, description="Column in which no value may occur twice.")
    required: tuple[str, ...] = Field(default=(), description="Columns without blanks.")


class AskedAudience(Asked):
    """Who the campaign goes to."""

    suppressions: tuple[str, ...] = Field(default=(), description="Lists of people who may be in no segment.")
    seeds: tuple[str, ...] = Field(default=(), description="Addresses that must be in every segment.")
    segments: tuple[AskedSegment, ...] = Field(default=(), description="The exported lists.")
    exclusive: bool = Field(default=False, description="Whether nobody may be in two segments.")


class People(Asked):
    """Who does each step; one person must not fill two of them."""

    triage: Person | None = Field(default=None, description="Who judges the request.")
    builder: Person | None = Field(default=None, description="Who builds.")
    reviewer: Person | None = Field(default=None, description="Who reviews the build.")
    approvers: tuple[Person, ...] = Field(default=(), description="Who signs off.")


class Send(Asked):
    """When the campaign goes out."""

    at: Moment = Field(description="Local time, such as 2026-03-10T09:00.")
    timezone: Timezone | None = Field(default=None, description="Time zone of `at`, such as Europe/London.")


class Tracking(Asked):
    """Tracking parameters that links carry."""

    utm: _Utm = Field(
        default=Utm.model_construct(),
        description="UTM parameters of every link, without `utm_`; `none`: no link has any.",
    )
    exempt: tuple[str, ...] = Field(
        default=(), description="Hosts, pages with all below them, or URL patterns (with *) that carry none."
    )


class Legal(Asked):
    """What the law of the regions asks for."""

    regions: tuple[str, ...] = Field(default=(), description="Regions it is sent to, such as uk, de.")
    must_include: tuple[str, ...] = Field(default=(), description="Wording that every email must carry.")


NOTHING_ASKED = "the request needs at least one of `emails`, `pages` or `audience`."


class Request(Asked):
    """The whole request: the source of truth."""

    id: Spelled = Field(description="Ticket number.")
    name: str = Field(description="Name of the campaign.")
    platform: Platform | None = Field(default=None, description="The platform it is built in; decides the merge tags.")
    language: Language | None = Field(default=None, description="Language code (en, pt-BR) of every email and page.")
    requested_by: Person | None = Field(default=None, description="Who asked: Name <address>.")
    people: People = Field(default=People.model_construct(), description="Who does each step.")
    send: Send | None = Field(default=None, description="When it goes out.")
    offer: Mapping[str, Spelled] = Field(
        default_factory=dict, description="Facts that must agree wherever they appear: a price, a date, a promo code."
    )
    tracking: Tracking | None = Field(default=None, description="Tracking parameters of every link.")
    legal: Legal = Field(default=Legal.model_construct(), description="Regions and legal wording.")
    emails: tuple[AskedEmail, ...] = Field(default=(), description="The emails of the campaign.")
    pages: tuple[AskedPage, ...] = Field(default=(), description="The landing pages of the campaign.")
    audience: AskedAudience | None = Field(default=None, description="Segments, suppression lists and seeds.")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.emails or self.pages or self.audience):
            raise ValueError(NOTHING_ASKED)
        return self
