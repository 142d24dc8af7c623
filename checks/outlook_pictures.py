"""Pictures of Outlook on Windows, beside those everybody else sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.artefacts import ImageTag, Markup
from qa.artefacts.causes import of_picture
from qa.check import check
from qa.finding import Code, Finding, Severity, Skip
from qa.markup.merge_tag_mask import BLOT, masked
from qa.pictures.names import bare_name
from qa.request import AskedEmail
from qa.text.phrases import and_more
from qa.text.wording import loose, quoted

# What people add to the name of the copy for Outlook: its size, and what it is for.
_OWN_COPY = re.compile(
    r"(?:[-_@. ]|(?<=\d)|\b)(?:outlook|mso|vml|ol|fallback|static|still|desktop|bg|background|[1-4]x|\d{2,4}x\d{2,4}"
    r"|\d{3,4}(?:px|w)|(?:600|640|650|700|1200|1280|1300|1400))(?=[-_@. ]|$)",
    re.IGNORECASE,
)
_ENDING = re.compile(r"\.[A-Za-z]{3,4}$")
_PAIRS = {"vml": "background", "img": "img"}


@check(
    "outlook-pictures",
    Code(
        "other-picture-in-outlook",
        Severity.WARNING,
        "Outlook shows another picture than everybody else sees.",
        "Put the same picture into both: the one in the conditional comment, and the one beside it.",
    ),
)
def outlook_pictures(markup: Markup, asked: AskedEmail) -> Iterator[Finding]:
    """Outlook on Windows shows the picture that everybody else sees.

    The background of a hero stands in the HTML twice, once in a comment that only Outlook reads. The one was replaced;
    the other is last month's, and no preview but Outlook's shows it.

    Fails:
        email: {}
        build: >-
          <table><tr><td background="https://cdn.acme.example/june.jpg"><!--[if mso]><v:rect style="width:600px">
          <v:fill type="frame" src="https://cdn.acme.example/may.jpg"/></v:rect><![endif]-->Hello</td></tr></table>

    Passes:
        email: {}
        build: >-
          <table><tr><td background="https://cdn.acme.example/june.jpg"><!--[if mso]><v:rect style="width:600px">
          <v:fill type="frame" src="https://cdn.acme.example/june.jpg"/></v:rect><![endif]-->Hello</td></tr></table>
    """
    own = [tag for tag in markup.images if tag.outlook_only and _is_known(tag)]
    if not own:
        raise Skip("the build has no picture for Outlook alone")
    pairs = [(tag, twin) for tag in own if (twin := _twin(tag, markup.images))]
    for sort in ("vml", "img"):  # an <img> of its own may be meant: the still of a film, another cut
        if same := [(tag, twin) for tag, twin in pairs if tag.kind == sort]:
            (tag, twin), more = same[0], and_more([tag.where for tag, _ in same])
            shown = f"Outlook on Windows shows {quoted(_name(tag))}, everybody else {quoted(_name(twin))}{more}."
            about = tuple(of_picture(tag) for tag, _ in same)
            each = tuple(f"{tag.src} / {twin.src}" for tag, twin in same)
            code, where, review = "other-picture-in-outlook", tag.where, sort == "img"
            yield Finding(code, shown, where, None, twin.src, tag.src, review=review, each=each, causes=about)


def _is_known(tag: ImageTag) -> bool:
    """Whether no merge tag says where a picture is."""
    return bool(tag.src.strip()) and BLOT not in masked(tag.src)


def _name(tag: ImageTag) -> str:
    return bare_name(tag.src) or tag.src


def _twin(tag: ImageTag, images: Sequence[ImageTag]) -> ImageTag | None:
    """The picture beside one for Outlook that others see in its place, and that is another; None where one is alike."""
    at = next(number for number, one in enumerate(images) if one is tag)
    if any(_alike(one, tag) for one in images if not one.outlook_only and one.src.strip()):
        return None
    beside = [one for one in (*images[max(0, at - 1) : at], *images[at + 1 : at + 2]) if _is_known(one)]
    twins = [one for one in beside if not one.outlook_only and one.kind == _PAIRS.get(tag.kind)]
    if tag.kind == "img":
        twins = [one for one in twins if loose(one.alt or "") and loose(one.alt or "") == loose(tag.alt or "")]
    return next((one for one in twins if not _name(one).lower().endswith(".gif") or tag.kind == "vml"), None)


def _alike(one: ImageTag, other: ImageTag) -> bool:
    return one.src.strip() == other.src.strip() or _stem(one) == _stem(other)


def _stem(tag: ImageTag) -> str:
    """The name of the file without what tells the copy for Outlook."""
    return re.sub(r"[\W_]+", "", _OWN_COPY.sub("", _ENDING.sub("", _name(tag)))).lower()
