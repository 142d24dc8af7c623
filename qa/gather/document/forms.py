"""The forms of a document, with their fields and the labels that the person who fills them in reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qa.artefacts import Form, FormField
from qa.gather.document.text_blocks import Capture
from qa.gather.document.tree import Element
from qa.source import Place
from qa.text.wording import folded

_BUTTONS = frozenset(("submit", "button", "reset", "image"))
_FIELDS = frozenset(("input", "select", "textarea"))
_CHOICES = frozenset(("checkbox", "radio"))
_GROUPS = ("radiogroup", "group")


@dataclass(slots=True)
class _Option:
    attributes: Mapping[str, str]
    text: Capture = field(default_factory=Capture)

    @property
    def label(self) -> str:
        return folded(self.attributes.get("label", "")) or self.text.text(hidden=True)

    @property
    def placeholder(self) -> bool:
        """An option that stands for no answer: "Please choose"."""
        return self.attributes.get("value") == ""


@dataclass(slots=True)
class _Draft:
    element: Element
    where: Place
    type: str
    around: Capture | None  # the label around it
    legend: Capture | None  # of the group it stands in
    options: list[_Option] = field(default_factory=list)
    behind: Capture = field(default_factory=Capture)  # the text that follows a box to tick
    content: str = ""

    @property
    def name(self) -> str:
        return self.element.attributes.get("name", "")


@dataclass(slots=True)
class _FormDraft:
    where: Place
    action: str
    fields: list[_Draft] = field(default_factory=list)


class Forms:
    """Collects the forms of a document. A field belongs to the form whose start tag came last and is not yet ended."""

    def __init__(self) -> None:
        self.named_by: frozenset[str] = frozenset()  # ids of elements that name a field: aria-labelledby
        self._naming: dict[str, Capture] = {}  # what those say
        self._forms: list[_FormDraft] = []
        self._open: _FormDraft | None = None
        self._labels: dict[str, Capture] = {}
        self._around: list[Capture] = []
        self._legends: list[Capture | None] = []
        self._lists: dict[str, list[_Option]] = {}
        self._options: list[_Option] | None = None
        self.behind: Capture | None = None  # listens to the text behind a box to tick

    def opened(self, element: Element, where: Place) -> Capture | None:
        """The start tag of anything that makes up a form; what comes back collects the element's text."""
        capture = self._part(element, where)
        if (identifier := element.attributes.get("id", "")) in self.named_by:
            capture = capture or Capture()
            self._naming.setdefault(identifier, capture)
        return capture

    def _part(self, element: Element, where: Place) -> Capture | None:
        attributes, name = element.attributes, element.name
        if name == "form":
            if self._open is None:
                self._open = _FormDraft(where, attributes.get("action", ""))
                self._forms.append(self._open)
        elif name == "fieldset":
            self._legends.append(None)
        elif name == "datalist":
            self._options = self._lists.setdefault(attributes.get("id", ""), [])
        elif name == "option":
            return self._option(attributes)
        elif name == "label":
            return self._label(attributes)
        elif name == "legend":
            if self._legends:
                self._legends[-1] = Capture()
                return self._legends[-1]
        elif name in _FIELDS:
            self._field(element, where)
        return None

    def closed(self, element: Element, capture: Capture | None) -> None:
        """The end of one."""
        if element.name in ("select", "datalist"):
            self._options = None
        elif element.name == "fieldset":
            self._legends.pop()
        elif element.name == "label" and capture in self._around:
            self._around.remove(capture)

    def ended(self) -> None:
        """An end tag </form>, wherever it stands: it ends the form even where its element was cut short by a table."""
        self._open = None

    @property
    def choosing(self) -> bool:
        """Whether a list of options is open: its text is no text of the page."""
        return self._options is not None

    def boundary(self) -> None:
        """The edge of a block: what follows belongs to no box before it, unless its words stand in the next cell."""
        if self.behind is not None and self.behind.text():
            self.behind = None

    def content(self, words: str) -> None:
        """What stands in a <textarea>."""
        if self._open and self._open.fields:
            self._open.fields[-1].content = words

    def built(self) -> tuple[Form, ...]:
        """The forms, in order."""
        return tuple(self._form(draft) for draft in self._forms)

    def _label(self, attributes: Mapping[str, str]) -> Capture:
        capture = Capture()
        if "for" in attributes:
            self._labels.setdefault(attributes["for"], capture)
        self._around.append(capture)
        return capture

    def _option(self, attributes: Mapping[str, str]) -> Capture | None:
        if self._options is None:
            return None
        self._options.append(_Option(attributes))
        return self._options[-1].text

    def _field(self, element: Element, where: Place) -> None:
        self.behind = None
        kind = element.attributes.get("type", "").strip().lower() or "text" if element.name == "input" else element.name
        if kind in _BUTTONS:
            return
        around = self._around[-1] if self._around else None
        legend = self._legends[-1] if self._legends else None
        draft = _Draft(element, where, kind, around, legend)
        if self._open is not None:
            self._open.fields.append(draft)
        if element.name == "select":
            self._options = draft.options
        elif kind in _CHOICES:
            self.behind = draft.behind

    def _form(self, draft: _FormDraft) -> Form:
        groups: dict[str, list[_Draft]] = {}
        for number, one in enumerate(draft.fields):
            group = f"{one.type} {one.name}" if one.type in _CHOICES and one.name else str(number)
            groups.setdefault(group, []).append(one)
        fields = [self._built(group) for group in groups.values()]
        hidden = tuple(one for one in fields if one.type == "hidden")
        return Form(draft.where, draft.action, tuple(one for one in fields if one.type != "hidden"), hidden)

    def _built(self, group: list[_Draft]) -> FormField:
        first = group[0]
        chosen = next((one for one in group if "checked" in one.element.attributes), None)
        if first.type == "radio" or len(group) > 1:
            legend = first.legend.text() if first.legend else ""
            label, options = (
                legend or self._group_name(first.element) or first.name,
                tuple(self._called(one) for one in group),
            )
            value = (chosen or first).element.attributes.get("value", "") if chosen or len(group) == 1 else ""
        else:
            label, options, value = self._called(first), self._choices(first), self._value(first)
        required = any(_required(one.element.attributes) for one in group)
        unseen = all(_unseen(one.element) for one in group)
        return FormField(first.name, first.where, label, first.type, required, options, value, bool(chosen), unseen)

    def _choices(self, draft: _Draft) -> tuple[str, ...]:
        options = draft.options or self._lists.get(draft.element.attributes.get("list", ""), [])
        return tuple(option.label for option in options if option.label and not option.placeholder)

    def _value(self, draft: _Draft) -> str:
        if draft.type == "select":
            chosen = next((option for option in draft.options if "selected" in option.attributes), None)
            return chosen.attributes.get("value", chosen.label) if chosen else ""
        return draft.content or draft.element.attributes.get("value", "")

    def _group_name(self, element: Element) -> str:
        """What a group without a fieldset is called: the nearest one that says by its role that it is a group."""
        around = element.parent
        while around is not None and around.attributes.get("role", "").strip().lower() not in _GROUPS:
            around = around.parent
        return self._pointed_at(around.attributes) or folded(around.attributes.get("aria-label", "")) if around else ""

    def _pointed_at(self, attributes: Mapping[str, str]) -> str:
        """What the elements say that aria-labelledby names."""
        naming = (self._naming.get(name) for name in attributes.get("aria-labelledby", "").split())
        return folded(" ".join(capture.text(hidden=True) for capture in naming if capture)).strip("*: ")

    def _called(self, draft: _Draft) -> str:
        """A field's label without the asterisk and the colon around it."""
        attributes = draft.element.attributes
        if said := self._pointed_at(attributes):
            return said
        pointing = self._labels.get(attributes.get("id", ""))
        captures = [capture for capture in (pointing, draft.around, draft.behind) if capture]
        written = [attributes.get(name, "") for name in ("aria-label", "title", "placeholder")]
        texts = [*(capture.text(hidden=True) for capture in captures[:-1]), folded(written[0]), captures[-1].text()]
        found = next((text for text in [*texts, *map(folded, written[1:])] if text.strip("*: ")), "")
        return found.strip("*: ")


def _unseen(element: Element) -> bool:
    """Hidden, or a trap for robots: out of sight, out of the way of the keyboard."""
    return element.gone or element.invisible or element.attributes.get("tabindex", "").strip() == "-1"


def _required(attributes: Mapping[str, str]) -> bool:
    marked = attributes.get("aria-required", "").strip().lower() == "true"
    return "required" in attributes or marked or "mktoRequired" in attributes.get("class", "").split()
