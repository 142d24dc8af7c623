"""How can a whole file be changed without changing what it says? Turns for the harmless edits of the defect corpus."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

_TAG = re.compile(r"(?s)<!--.*?-->|<style.*?</style>|<script.*?</script>|<!\[[^>]*>|</?[a-zA-Z][^<>]*>")


def _text(change: Callable[[str], str]) -> Callable[[Path], None]:
    def turn(file: Path) -> None:
        file.write_bytes(change(file.read_bytes().decode("utf-8")).encode("utf-8"))

    return turn


def _tags(change: Callable[[str], str]) -> Callable[[Path], None]:
    """A change of every tag that is no comment, style or script."""

    def one(match: re.Match[str]) -> str:
        return match[0] if match[0].startswith(("<!", "<style", "<script")) else change(match[0])

    return _text(lambda text: _TAG.sub(one, text))


def _upper(tag: str) -> str:
    return re.sub(r"^</?[a-z0-9]+|(?<= )[a-z-]+(?==)", lambda name: name[0].upper(), tag)


def _single_quoted(tag: str) -> str:
    return re.sub(r'="([^"\']*)"', r"='\1'", tag)


def _reversed_attributes(tag: str) -> str:
    found = re.fullmatch(r"<([a-zA-Z][\w:]*)((?:\s+[\w:-]+=\"[^\"]*\")+)(\s*/?)>", tag)
    if not found:
        return tag
    attributes = re.findall(r"[\w:-]+=\"[^\"]*\"", found[2])
    return f"<{found[1]} {' '.join(reversed(attributes))}{found[3]}>"


def _attribute_per_line(tag: str) -> str:
    return re.sub(r'(?<=")\s+(?=[\w:-]+=")', "\n     ", tag)


def _minified(text: str) -> str:
    return re.sub(r"[ \t]*\n[ \t]*", " ", re.sub(r">[ \t]*\n\s*<", "><", text))


def _entities(text: str) -> str:
    return "".join(letter if ord(letter) < 128 else f"&#{ord(letter)};" for letter in text)


def _hexadecimal(text: str) -> str:
    return "".join(letter if ord(letter) < 128 else f"&#x{ord(letter):X};" for letter in text)


def _recoded(encoding: str) -> Callable[[Path], None]:
    def turn(file: Path) -> None:
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        for part in message.walk():
            if part.get_content_maintype() == "text":
                part.set_content(part.get_content(), part.get_content_subtype(), charset="utf-8", cte=encoding)
        file.write_bytes(message.as_bytes())

    return turn


def _picture(size: float, quality: int) -> Callable[[Path], None]:
    """The same picture, resized and saved with losses; under its old name, whatever that ends in."""

    def turn(file: Path) -> None:
        from PIL import Image

        with Image.open(file) as found:
            picture = found.convert("RGB")
        width, height = (round(side * size) for side in picture.size)
        picture.resize((width, height)).save(file, "JPEG", quality=quality)

    return turn


def _cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:300])


def _utf16(file: Path) -> None:
    file.write_bytes(file.read_bytes().decode("utf-8").encode("utf-16"))


def _latin(file: Path) -> None:
    file.write_bytes(file.read_bytes().decode("utf-8").encode("cp1252"))


def _saved(kind: str, **options: int) -> Callable[[Path], None]:
    """The same picture, pixel for pixel, saved otherwise."""

    def turn(file: Path) -> None:
        from PIL import Image

        with Image.open(file) as found:
            picture = found.convert("RGB")
        picture.save(file, kind, **options)

    return turn


def _detail(file: Path) -> None:
    """A price in the corner that was not approved."""
    from PIL import Image, ImageDraw

    with Image.open(file) as source:
        image = source.convert("RGB")
    pen, side = ImageDraw.Draw(image), min(image.size) // 6
    pen.text((side, side), "$59", "white", font_size=side, stroke_width=2, stroke_fill="black")
    image.save(file)


def _mirrored(file: Path) -> None:
    from PIL import Image, ImageOps

    with Image.open(file) as found:
        ImageOps.mirror(found.convert("RGB")).save(file, "PNG")


def _animated(file: Path) -> None:
    """The picture, and then itself in grey."""
    from PIL import Image

    with Image.open(file) as found:
        picture = found.convert("RGB")
    later = picture.convert("L").convert("RGB")
    picture.save(file, "GIF", save_all=True, append_images=[later], duration=500)


def _noisy(file: Path) -> None:
    """A picture of its own of a good 320 KB, which no compression makes smaller."""
    import random

    from PIL import Image

    letters = random.Random(file.name).randbytes(600 * 180 * 3)
    Image.frombytes("RGB", (600, 180), letters).save(file, "PNG", compress_level=1)


def _very_long_link(text: str) -> str:
    """The last tracked link with a term that somebody pasted a page into."""
    before, parameter, after = text.rpartition("utm_content=")
    return f"{before}utm_term={'x' * 2100}&amp;{parameter}{after}"


def _padded(size: int) -> Callable[[Path], None]:
    """An email with so many modules left in as comments that it has this many bytes."""

    def turn(file: Path) -> None:
        text = file.read_text("utf-8")
        comments = (f"<!-- module {number:05}: switched off -->\n" for number in range((size - len(text)) // 38))
        file.write_text(text.replace("</body>", f"{''.join(comments)}</body>", 1), "utf-8")

    return turn


TURNS: dict[str, Callable[[Path], None]] = {
    "crlf": _text(lambda text: text.replace("\n", "\r\n")),
    "cr": _text(lambda text: text.replace("\n", "\r")),
    "bom": _text(lambda text: "\ufeff" + text),
    "minified": _text(_minified),
    "blank-lines": _text(lambda text: text.replace("\n", "\n\n")),
    "tabs": _text(lambda text: re.sub(r"(?m)^ +", lambda found: "\t" * (len(found[0]) // 2), text)),
    "entities": _text(_entities),
    "hexadecimal-entities": _text(_hexadecimal),
    "upper-case-tags": _tags(_upper),
    "single-quotes": _tags(_single_quoted),
    "reversed-attributes": _tags(_reversed_attributes),
    "attribute-per-line": _tags(_attribute_per_line),
    "quoted-printable": _recoded("quoted-printable"),
    "base64": _recoded("base64"),
    "recompressed": _picture(1, 60),
    "half-size": _picture(0.5, 85),
    "larger": _picture(1.5, 85),
    "cut-off": _cut_off,
    "heavy": _saved("PNG", compress_level=0),
    "webp": _saved("WEBP", lossless=1),
    "animated": _animated,
    "detail": _detail,
    "mirrored": _mirrored,
    "noisy": _noisy,
    "tiny": _picture(0.3, 90),
    "padded-to-95-KB": _padded(97_500),
    "padded-to-110-KB": _padded(114_000),
    "very-long-link": _text(_very_long_link),
    "no-links-asked": _text(lambda text: re.sub(r"(?ms)^    links:\n.*?(?=^    images:)", "", text)),
    "no-copy-asked": _text(lambda text: re.sub(r"(?ms)^    copy:.*?(?=^    tokens:)", "", text)),
    "utf-16": _utf16,
    "windows-1252": _latin,
}
