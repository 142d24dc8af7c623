"""Approved copy: blocks of text out of a request, a .md, a .txt or a .docx file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.files.readings import Readings
from qa.finding import Fault
from qa.request.markdown import Block, blocks
from qa.source import Place

if TYPE_CHECKING:
    from docx.document import Document

_LARGEST = 20_000_000  # bytes of a copy document; pictures in a .docx count
_LARGEST_UNPACKED = 100_000_000  # a .docx is a zip: 100 KB of it can hold a gigabyte
_READ = (".md", ".markdown", ".txt", ".docx")
_NOT_READ = (".doc", ".pdf", ".rtf", ".odt", ".pages", ".html", ".htm", ".gdoc")
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n]++")


def names_file(text: str) -> bool:
    """Whether an entry under ``copy`` is a path: one line that ends like the name of a document."""
    entry = text.strip()
    return len(entry) < 500 and "\n" not in entry and entry.lower().endswith(_READ + _NOT_READ)


def read_copy(path: Path, name: str, readings: Readings) -> list[tuple[Block, Place]]:
    """The blocks of a document that findings call ``name``; Fault where it cannot be read."""
    if path.suffix.lower() in _NOT_READ:
        raise Fault(f"approved copy is read from a .md, .txt or .docx file, not from {path.suffix}.")
    try:
        if not path.is_file():
            raise Fault(f"there is no file “{name}” in the campaign folder.")
        if path.stat().st_size > _LARGEST:
            raise Fault(f"“{name}” is larger than {_LARGEST // 1_000_000} MB; that is no copy document.")
        content = readings.read_file(path, name)
        if path.suffix.lower() == ".docx":
            return [(block, Place(name)) for block in _word_blocks(content, name)]
        return text_blocks(_decoded(content, name), Place(name, 1), path.suffix.lower() != ".txt")
    except OSError as fault:
        raise Fault(f"“{name}” cannot be read ({fault.strerror}).") from None


def text_blocks(text: str, begins: Place, marks: bool = True) -> list[tuple[Block, Place]]:
    """The blocks of a text whose first line stands at ``begins``; with ``marks``, it is Markdown."""
    first = begins.line or 1
    return [(block, Place(begins.file, first + block.line)) for block in blocks(text, marks)]


def _decoded(content: bytes, name: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise Fault(f"“{name}” is not in UTF-8 (line {line}); save it as UTF-8.") from None


def _word_blocks(content: bytes, name: str) -> Iterator[Block]:
    """Paragraphs in the order of the document, those in table cells and content controls among them.

    Tracked changes are read as if they were accepted. python-docx's own ``paragraph.text`` would leave out what was
    inserted, and its list of paragraphs what stands in tables and in content controls.
    """
    document = _opened(content, name)
    styles = {style.style_id: style.name or "" for style in document.styles}
    for paragraph in document.element.body.iter(_word("p")):
        text = _SPACES.sub(" ", "".join(_letters(paragraph))).strip()
        if text:
            style = paragraph.find(f"{_word('pPr')}/{_word('pStyle')}")
            yield Block(text, _level(styles.get(style.get(_word("val")), "") if style is not None else ""), 0)


def _opened(content: bytes, name: str) -> Document:
    from zipfile import BadZipFile, ZipFile

    from docx import Document as open_document

    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
                raise Fault(f"“{name}” unpacks to more than {_LARGEST_UNPACKED // 1_000_000} MB; it is not read.")
        return open_document(BytesIO(content))
    except Fault:
        raise
    except BadZipFile:
        raise Fault(f"“{name}” is no Word document, or is protected by a password; save it as .docx.") from None
    except Exception as fault:  # python-docx lets through whatever a damaged part makes lxml or zipfile raise
        raise Fault(f"“{name}” is a damaged Word document ({type(fault).__name__}).") from None


def _letters(paragraph: Any) -> Iterator[str]:
    """The text of one paragraph: not what was deleted, not the paragraphs of a text box inside it."""
    walk = list(paragraph)[::-1]
    while walk:
        element = walk.pop()
        if element.tag == _word("t"):
            yield element.text or ""
        elif element.tag in (_word("br"), _word("cr"), _word("tab")):
            yield " "
        elif element.tag == _word("noBreakHyphen"):
            yield "\u2011"
        elif element.tag not in (_word("del"), _word("moveFrom"), _word("p")) and not _is_fallback(element):
            walk.extend(list(element)[::-1])


def _level(style: str) -> int:
    if style == "Title":
        return 1
    heading = _HEADING.fullmatch(style)
    return min(int(heading[1]), 6) if heading else 0


def _word(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"


def _is_fallback(element: Any) -> bool:
    """A text box is written twice: for today's Word and, in a fallback, for that of 2007."""
    return isinstance(element.tag, str) and element.tag.endswith("}Fallback")
