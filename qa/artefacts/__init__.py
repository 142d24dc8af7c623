"""Artefacts, what gathering returns: plain frozen data about a build; nothing here judges.

A check imports what it needs from here; the modules below are the subjects.
"""

from qa.artefacts.aligned import AlignedCopy, AlignedFields, AlignedImages, AlignedLinks
from qa.artefacts.approval import BaselineComparison, BaselineScreenshot, Change, Compared, MockUpLikeness, Unlike
from qa.artefacts.audience import Audience, Listing, Overlap, PoorCells
from qa.artefacts.calendar import CalendarEntries, CalendarEntry
from qa.artefacts.campaign_assets import CampaignAssets
from qa.artefacts.contents import (
    Approval,
    AssetChanges,
    AssetContents,
    CampaignChanges,
    CampaignContents,
    Changes,
    ContentChange,
    Contents,
)
from qa.artefacts.destinations import Destination, Destinations
from qa.artefacts.document import Block, Body, Form, FormField, ImageTag, Inventory, Link, Links, Markup, RawTokens
from qa.artefacts.drawn import DrawnContents
from qa.artefacts.handed_over import HandedFile, HandedOver
from qa.artefacts.link_roles import KnownLinks, LinkRoles
from qa.artefacts.linked_files import FurtherPictures, LinkedFile, LinkedFiles
from qa.artefacts.mentions import Mention, Mentions, PlainLink, PlainLinks, Today
from qa.artefacts.message import (
    Attachment,
    DeclaredEnvelope,
    Email,
    Envelope,
    FurtherPart,
    FurtherVersion,
    FurtherVersions,
    Header,
    HtmlEnvelope,
    InboxText,
    Page,
    Parts,
    Purpose,
)
from qa.artefacts.passages import Misspelling, Misspellings, Passage, Passages
from qa.artefacts.pictures import (
    Approved,
    BuiltImage,
    Images,
    Picture,
    PictureDetail,
    PictureDetails,
    PictureFile,
    PictureFiles,
    WebPictures,
)
from qa.artefacts.probes import Hop, Probe, ProbedLink, Probes
from qa.artefacts.rendering import Box, Element, Rendering, Screenshot
from qa.artefacts.structure import Features, FeatureUse, Flaw, Structure, TableTag
from qa.artefacts.structured import StructuredData, StructuredItem
from qa.artefacts.tokens import Token, TokenPlaces, Tokens
from qa.artefacts.view import Darkening, Fidelity, View
from qa.artefacts.visit import Arrival, FormAttempt, FormTrial, PageRequest, PageVisit, ScriptError

__all__ = [
    "AlignedCopy",
    "AlignedFields",
    "AlignedImages",
    "AlignedLinks",
    "Approval",
    "Approved",
    "Arrival",
    "AssetChanges",
    "AssetContents",
    "Attachment",
    "Audience",
    "BaselineComparison",
    "BaselineScreenshot",
    "Block",
    "Body",
    "Box",
    "BuiltImage",
    "CalendarEntries",
    "CalendarEntry",
    "CampaignAssets",
    "CampaignChanges",
    "CampaignContents",
    "Change",
    "Changes",
    "Compared",
    "ContentChange",
    "Contents",
    "Darkening",
    "DeclaredEnvelope",
    "Destination",
    "Destinations",
    "DrawnContents",
    "Element",
    "Email",
    "Envelope",
    "FeatureUse",
    "Features",
    "Fidelity",
    "Flaw",
    "Form",
    "FormAttempt",
    "FormField",
    "FormTrial",
    "FurtherPart",
    "FurtherPictures",
    "FurtherVersion",
    "FurtherVersions",
    "HandedFile",
    "HandedOver",
    "Header",
    "Hop",
    "HtmlEnvelope",
    "ImageTag",
    "Images",
    "InboxText",
    "Inventory",
    "KnownLinks",
    "Link",
    "LinkRoles",
    "LinkedFile",
    "LinkedFiles",
    "Links",
    "Listing",
    "Markup",
    "Mention",
    "Mentions",
    "Misspelling",
    "Misspellings",
    "MockUpLikeness",
    "Overlap",
    "Page",
    "PageRequest",
    "PageVisit",
    "Parts",
    "Passage",
    "Passages",
    "Picture",
    "PictureDetail",
    "PictureDetails",
    "PictureFile",
    "PictureFiles",
    "PlainLink",
    "PlainLinks",
    "PoorCells",
    "Probe",
    "ProbedLink",
    "Probes",
    "Purpose",
    "RawTokens",
    "Rendering",
    "Screenshot",
    "ScriptError",
    "Structure",
    "StructuredData",
    "StructuredItem",
    "TableTag",
    "Today",
    "Token",
    "TokenPlaces",
    "Tokens",
    "Unlike",
    "View",
    "WebPictures",
]
