"""What is collected on the walk over a document: links, pictures, headings and what stands in its head."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from qa.artefacts import ImageTag
from qa.gather.document.forms import Forms
from qa.gather.document.text_blocks import Blocks, Capture
from qa.gather.document.tree import Element
from qa.gather.visibility.hiding import declared
from qa.gather.visibility.styles import backgrounds, pixels, pixels_of
from qa.markup.leading import led_to
from qa.source import Place, Text
from qa.text.wording import folded

VML_SHAPES = ("v:roundrect", "v:rect", "v:shape", "v:oval", "v:group")
_VML_PICTURES = ("v:fill", "v:image", "v:imagedata")
_PERCENT = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3})?)\s*%\s*")
MOST_LISTENING = 8  # headings, or labels, open in one another: more is no form but an attack
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(slots=True, eq=False)
class Draft:
    """A link or a heading whose text is still being read."""

    element: Element
    where: Place
    outlook_only: bool
    href: str | None = None  # of a link: None where it has none
    led_to: str = ""  # where a script of its own leads instead
    around: Draft | None = None  # the link it stands in
    text: Capture = field(default_factory=Capture)
    pictures: list[str] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)

    @property
    def hidden(self) -> bool:
        unseen = bool(self.text.hidden) and not self.pictures and not "".join(self.text.seen).strip()
        return self.element.gone or self.element.invisible or unseen

    @property
    def doubt(self) -> str:
        """What may hide it, or all its words."""
        return self.element.doubt or ("" if self.text.plain or self.pictures else self.text.doubt)

    @property
    def words(self) -> str:
        """What a reader sees of it: its text, else what stands for its pictures."""
        return self.text.text(hidden=self.hidden) or folded(" ".join(self.alts))


class Found:
    """Collects what a document holds, in document order (blocks: those of the document, then those of its comments)."""

    def __init__(self, browsed: bool = False) -> None:
        self.browsed = browsed  # it is read where a click may run a script
        self.blocks: list[Blocks] = []
        self.links: list[Draft] = []
        self.images: list[ImageTag] = []
        self.headings: list[tuple[int, Draft]] = []
        self.scripts: list[Text] = []
        self.metas: dict[str, Text] = {}
        self.forms = Forms()
        self.roots: list[tuple[Element, Place]] = []  # <html>, <body>
        self.title: Text | None = None
        self.canonical: Text | None = None
        self.doctype = ""
        self.frames: list[tuple[str, Element, Place]] = []  # documents that stand in an attribute: srcdoc
        self.straddling: Draft | None = None  # a VML button that one comment opens and another closes
        self._open_headings: dict[Element, Draft] = {}
        self._noting: dict[str, Callable[[Element, Place, bool], None]] = {
            **dict.fromkeys(("a", "area", *VML_SHAPES), self._link),
            **dict.fromkeys(_VML_PICTURES, self._vml_picture),
            **dict.fromkeys(("img", "input"), self._image),
        }
        self._outside_body: dict[str, Callable[[Element, Place], None]] = {
            **dict.fromkeys(("html", "body"), self._root),
            **{"meta": self._meta, "link": self._canonical, "script": self._script},
        }

    def opened(self, element: Element, where: Callable[[Element], Place], outlook_only: bool) -> None:
        """Take down what an element is; ``where`` is only asked for what is worth a place."""
        attributes = element.attributes
        if element.name in self._noting:
            self._noting[element.name](element, where(element), outlook_only)
        elif element.name in self._outside_body and not outlook_only:
            self._outside_body[element.name](element, where(element))
        if self.browsed:
            self._browsed(element, where)
        if (element.name in _HEADINGS or attributes.get("role") == "heading") and not outlook_only:
            self._heading(element, where(element))
        if "background" in attributes or "url(" in attributes.get("style", ""):
            written = [attributes.get("background", "").strip(), *backgrounds(attributes.get("style", ""))]
            for src in dict.fromkeys(filter(None, written)):
                self._picture(element, where(element), src, "background", outlook_only)

    def closed(self, element: Element) -> None:
        """The end of an element."""
        self._open_headings.pop(element, None)

    def drafts(self, inner: Element, outlook_only: bool) -> list[Draft]:
        """The links and headings that what stands in an element is a part of."""
        drafts = list(self._open_headings.values())
        if inner.link is not None:
            drafts.append(inner.link)
            if inner.link.around is not None:
                drafts.append(inner.link.around)
        if self.straddling is not None and not outlook_only:
            drafts.append(self.straddling)
        return drafts

    def _link(self, element: Element, where: Place, outlook_only: bool) -> None:
        if element.name in VML_SHAPES and "href" not in element.attributes:
            return
        href = element.attributes.get("href")
        if href is None and element.name == "a" and in_drawing(element):
            href = element.attributes.get("xlink:href")
        self._begin(Draft(element, where, outlook_only, href, "", element.link))

    def _browsed(self, element: Element, where: Callable[[Element], Place]) -> None:
        """What only a browser follows: a click that runs a script, the document in an attribute."""
        attributes, own = element.attributes, element.own_link
        address = led_to(element.name, attributes)
        if address and own is None:
            self._begin(Draft(element, where(element), False, address, "", element.link))
        elif address and own.href is not None and not is_dead(own.href):
            own.led_to = address
        elif address:
            own.href = address
        if element.name == "iframe" and "srcdoc" in attributes:
            self.frames.append((attributes["srcdoc"], element, where(element)))

    def _begin(self, draft: Draft) -> None:
        draft.element.own_link = draft.element.link = draft
        self.links.append(draft)

    def _heading(self, element: Element, where: Place) -> None:
        level = element.attributes.get("aria-level", element.name[1:])
        draft = Draft(element, where, False)
        if not draft.hidden and len(self._open_headings) < MOST_LISTENING:
            self._open_headings[element] = draft
            self.headings.append((int(level) if re.fullmatch("[1-9]", level) else 2, draft))

    def _root(self, element: Element, where: Place) -> None:
        self.roots.append((element, where))

    def _meta(self, element: Element, where: Place) -> None:
        attributes = element.attributes
        if "charset" in attributes:
            self.metas.setdefault("charset", Text(attributes["charset"], where))
        for key in ("name", "property", "http-equiv"):
            if name := attributes.get(key, "").strip().lower():
                self.metas.setdefault(name, Text(attributes.get("content", ""), where))

    def _canonical(self, element: Element, where: Place) -> None:
        if self.canonical is None and "canonical" in element.attributes.get("rel", "").lower().split():
            self.canonical = Text(element.attributes.get("href", ""), where)

    def _script(self, element: Element, where: Place) -> None:
        if "src" in element.attributes:
            self.scripts.append(Text(element.attributes["src"], where))

    def _image(self, element: Element, where: Place, outlook_only: bool) -> None:
        attributes = element.attributes
        if element.name == "input" and attributes.get("type", "").strip().lower() != "image":
            return
        self._picture(element, where, attributes.get("src", ""), "img", outlook_only)
        if not (element.gone or element.invisible):
            for draft in self.drafts(element, outlook_only):
                draft.pictures.append(attributes.get("src", ""))
                draft.alts.append(attributes.get("alt", ""))

    def _vml_picture(self, element: Element, where: Place, outlook_only: bool) -> None:
        if "src" in element.attributes:
            self._picture(element, where, element.attributes["src"], "vml", outlook_only)

    def _picture(self, element: Element, where: Place, src: str, kind: str, outlook_only: bool) -> None:
        alt = None if kind == "background" else element.attributes.get("alt")
        width, height = (_measure(element, side) for side in ("width", "height"))
        link = (element.link.href or "") if element.link else ""
        hidden = element.gone or element.invisible
        scales, cell = (_scales(element), _cell(element)) if kind == "img" else (False, None)
        tag = ImageTag(src, where, alt, width, height, link, kind, hidden, outlook_only, scales=scales, cell=cell)
        self.images.append(tag)


def in_drawing(element: Element) -> bool:
    """Whether an element stands in an <svg>."""
    around: Element | None = element
    while around is not None and around.name != "svg":
        around = around.parent
    return around is not None


def is_dead(href: str) -> bool:
    """Whether an address leads nowhere by itself: it is there for the script beside it."""
    return href.strip()[:1] in ("", "#") or href.strip().lower().startswith("javascript:")


def _measure(element: Element, side: str) -> int | None:
    """Declared pixels: of the attribute, of the style, for a VML fill of the shape around it."""
    own = pixels(element.attributes.get(side))
    if own is None:
        own = pixels_of(side, element.attributes.get("style", ""))
    return _measure(element.parent, side) if own is None and element.name == "v:fill" and element.parent else own


def _scales(element: Element) -> bool:
    """Whether a style overrules what the attributes say of one side: "height: auto", a width in percent."""
    css = element.attributes.get("style", "")
    if "object-fit" in css.lower():
        return True
    styled = declared(css)
    return any((found := styled.get(side)) is not None and pixels(found.value) is None for side in ("width", "height"))


def _cell(element: Element) -> int | None:
    """The declared width of the innermost cell or table around a picture, or a share of one further out."""
    share, around = 1.0, element.parent
    while around is not None:
        if around.name in ("td", "th", "table"):
            css = around.attributes.get("style", "")
            if (own := pixels(around.attributes.get("width")) or pixels_of("width", css)) is not None:
                return round(share * own)
            found = _PERCENT.fullmatch(around.attributes.get("width", ""))
            share *= float(found[1]) / 100 if found else 1.0
        around = around.parent
    return None
