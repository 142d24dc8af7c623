"""Pictures are found, measured without trusting them, and told apart by what they show."""

from __future__ import annotations

import base64
import struct
import sys
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from qa.artefacts import Attachment, BuiltImage, Header, ImageTag, Markup, Parts, Picture, WebPictures
from qa.build.assets import Asset
from qa.build.bag import FolderBag
from qa.files.readings import Readings
from qa.gather.images import approved, images
from qa.gather.picture_files import picture_files
from qa.pictures.measure import MOST_BYTES, likeness_distance, measure
from qa.pictures.svg import size_of
from qa.request import AskedEmail
from qa.source import Place, Source
from qa.testing import picture

HERO = picture(60, 40, "hero")
TOP = Place("build/a.html", 1)


def built(folder: Path, *sources: str, attachments: tuple[Attachment, ...] = ()) -> list[BuiltImage]:
    """What is behind these sources in build/a.html of a folder."""
    markup = Markup(Source("build/a.html", ""), images=tuple(ImageTag(src, TOP) for src in sources))
    headers = (Header("Subject", "x", TOP),) if attachments else None
    parts = Parts("build/a.html", headers=headers, attachments=attachments)
    asset = Asset("email", "a", folder, FolderBag(folder).file("build/a.html"))
    return list(images(markup, picture_files(markup, parts, asset, WebPictures({}))).built)


def fault_of(folder: Path, src: str) -> str:
    found = built(folder, src)[0].picture
    assert found is not None
    return found.fault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("build/hero.png", "build/images/my hero.png", "assets/hero.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(HERO)
    return tmp_path


@pytest.mark.parametrize(
    ("src", "file"),
    [
        ("hero.png", "build/hero.png"),
        (" ./hero.png?v=2#top ", "build/hero.png"),
        ("images/my%20hero.png", "build/images/my hero.png"),
        (r"images\my hero.png", "build/images/my hero.png"),
        ("../assets/hero.png", "assets/hero.png"),
    ],
)
def test_a_file_beside_the_build(folder: Path, src: str, file: str) -> None:
    found = built(folder, src)[0].picture
    assert found is not None
    assert (found.file, found.content_type, found.width, found.height, found.fault) == (file, "image/png", 60, 40, "")
    assert found.bytes == len(HERO)


def test_pictures_inside_the_message_and_inside_the_address(folder: Path) -> None:
    inline = Attachment("hero.png", "hero@acme", "image/png", HERO)
    data = f"data:image/png;base64,{base64.b64encode(HERO).decode()}"
    svg = "data:image/svg+xml,%3Csvg width='9' height='7'%3E%3C/svg%3E"
    found = [image.picture for image in built(folder, "cid:hero%40acme", data, svg, attachments=(inline,))]
    assert [(p.width, p.height, p.fault) for p in found if p] == [(60, 40, ""), (60, 40, ""), (9, 7, "")]


@pytest.mark.parametrize(
    ("src", "why"),
    [
        ("https://www.acme.example/hero.png", "on the web"),
        ("//cdn.acme.example/hero.png", "on the web"),
        ("HTTP://acme.example/hero.png", "on the web"),
        ("{{my.Hero}}", "merge tag"),
        ("https://acme.example/*|HERO|*.png", "merge tag"),
        ("/images/hero.png", "root of a website"),
        ("", "empty"),
        ("?x", "names no file"),
    ],
)
def test_what_is_not_looked_up_says_why(folder: Path, src: str, why: str) -> None:
    found = built(folder, src)[0]
    assert found.picture is None
    assert why in found.why


@pytest.mark.parametrize(
    ("src", "fault"),
    [
        ("herro.png", "no such file; the nearest name there is hero.png"),
        ("Hero.PNG", "no such file; the nearest name there is hero.png"),
        ("gone/x.png", "There is no such file."),
        ("../../etc/passwd", "leads out of the campaign folder"),
        ("%2e%2e/%2e%2e/etc/passwd", "leads out of the campaign folder"),
        ("hero%00.png", "a character that no file name can have"),
        ("file:///etc/passwd", "somebody’s own computer"),
        (r"C:\hero.png", "somebody’s own computer"),
        ("cid:nobody", "this build is no message"),
        ("data:image/png;base64", "holds no picture"),
        ("data:image/png;base64,A", "no valid base64"),
        ("javascript:alert(1)", "no address a picture can have"),
    ],
)
def test_a_source_that_leads_to_no_picture(folder: Path, src: str, fault: str) -> None:
    assert fault in fault_of(folder, src)


def test_a_file_that_is_shown_already_is_not_the_one_that_was_meant(folder: Path) -> None:
    (folder / "build/hero-2.png").write_bytes(HERO)
    (folder / "build/hero-3.png").write_bytes(HERO)
    near = [one.picture.fault for one in built(folder, "hero-1.png", "./hero-2.png?v=1", "hero.png") if one.picture]
    assert near == ["There is no such file; the nearest name there is hero-3.png.", "", ""]
    taken = built(folder, "hero-1.png", "hero-2.png", "hero-3.png", "hero.png")
    assert taken[0].picture and taken[0].picture.fault == "There is no such file."


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_a_symlink_that_leaves_the_folder_is_not_followed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.png"
    outside.write_bytes(HERO)
    (folder / "build/x.png").symlink_to(outside)
    assert "outside the campaign folder" in fault_of(folder, "x.png")


def test_each_file_is_measured_once_and_every_tag_has_its_picture(folder: Path) -> None:
    found = built(folder, "hero.png", "hero.png", "gone.png")
    assert found[0].picture is found[1].picture
    assert [image.tag.src for image in found] == ["hero.png", "hero.png", "gone.png"]


def test_approved_pictures_are_measured_by_the_path_the_request_names(folder: Path) -> None:
    asked = AskedEmail.model_validate(
        {"name": "a", "images": [{"asset": "assets/hero.png"}, {"asset": "assets/gone.png"}, {"alt": "x"}]}
    )
    found = approved(asked, Asset("email", "a", folder), Readings()).pictures
    assert found["assets/hero.png"].fingerprint == measure("x", HERO).fingerprint
    assert "no such file" in found["assets/gone.png"].fault
    assert len(found) == 2
    assert approved(AskedEmail(name="a"), Asset("email", "a", folder), Readings()).pictures == {}


def saved(image: Image.Image, kind: str, **options: object) -> Picture:
    out = BytesIO()
    image.save(out, kind, **options)
    return measure("x", out.getvalue())


@pytest.mark.parametrize("ending", ["jpg", "gif", "webp", "bmp", "png"])
def test_the_same_picture_in_another_format_and_size_is_near(ending: str) -> None:
    first, second = measure("a", picture(600, 300, "hero")), measure("b", picture(300, 150, "hero", ending))
    assert second.fault == ""
    assert first.fingerprint != second.fingerprint
    assert likeness_distance(first.likeness, second.likeness) <= 6


def test_another_picture_is_far_and_the_same_pixels_have_the_same_fingerprint() -> None:
    first = measure("a", picture(600, 300, "hero"))
    others = [measure("b", picture(600, 300, f"{seed}")) for seed in range(20)]
    assert min(likeness_distance(first.likeness, other.likeness) for other in others) > 12
    assert measure("b", picture(600, 300, "hero", "bmp")).fingerprint == first.fingerprint


def test_pictures_of_one_colour_are_like_no_other() -> None:
    red, blue = saved(Image.new("RGB", (9, 9), "red"), "PNG"), saved(Image.new("RGB", (9, 9), "blue"), "PNG")
    assert likeness_distance(red.likeness, blue.likeness) == 64
    assert red.fingerprint != blue.fingerprint


def test_frames_transparency_and_turned_photographs() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    assert saved(frames[0], "GIF", save_all=True, append_images=frames[1:]).frames == 3
    assert saved(Image.new("P", (8, 8)), "PNG", transparency=b"\0").fault == ""
    turned = Image.new("RGB", (40, 20))
    turned.getexif()[0x112] = 6
    photograph = saved(turned, "JPEG", exif=turned.getexif())
    assert (photograph.width, photograph.height) == (20, 40)


def bomb(width: int, height: int) -> bytes:
    """The beginning of a PNG that claims to be this large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def test_a_decompression_bomb_is_not_opened() -> None:
    limit = Image.MAX_IMAGE_PIXELS
    found = measure("x", bomb(30_000, 30_000))
    assert found == Picture("x", bytes=found.bytes, fault="More than 50 million pixels: too large to open.")
    assert limit == Image.MAX_IMAGE_PIXELS


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"),
        (HERO[: len(HERO) // 2], "cut off"),
        (picture(60, 40, "x", "jpg")[:-200], "cut off"),
        (b"<html><p>404 Not Found", "not a picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a picture"),
        (HERO[:60] + b"\xff" * 20 + HERO[80:], "damaged"),
        (b"<svg", "damaged"),
        (bytes(MOST_BYTES + 1), "20 MB: too large to open"),
    ],
)
def test_what_cannot_be_opened_says_why(content: bytes, fault: str) -> None:
    assert fault in measure("x", content).fault


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ("<svg width='40' height='30px'/>", (40, 30)),
        ("<svg width='1in' height='72pt'/>", (96, 96)),
        ("<svg viewBox='0 0 24 12'/>", (24, 12)),
        ("<svg width='100%' viewBox='0,0,24,12'/>", (24, 12)),
        ("<svg width='48' viewBox='0 0 24 12'/>", (48, 24)),
        ("<svg height='6' viewBox='0 0 24 12'/>", (12, 6)),
        ("<svg width='9e9' height='nan'/>", (300, 150)),
        ("<?xml version='1.0'?><!-- x --><s:svg xmlns:s='http://www.w3.org/2000/svg' width='5' height='4'/>", (5, 4)),
        ("<p/>", None),
        ("<svg width='1' width='2'/>", None),
    ],
)
def test_the_size_of_a_drawing(svg: str, size: tuple[int, int] | None) -> None:
    assert size_of(svg.encode()) == size


def test_entities_of_a_drawing_are_never_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    hostile = f'<!DOCTYPE svg [<!ENTITY e0 "x"><!ENTITY f SYSTEM "file:///etc/passwd">{levels}]>'
    assert size_of(f"{hostile}<svg width='5' height='4'>&e11;&f;</svg>".encode()) == (5, 4)
    assert size_of(f"{hostile}<svg width='&e11;'/>".encode()) in (None, (300, 150))


def test_a_huge_picture_inside_a_small_icon_is_not_decoded() -> None:
    inner = bomb(30_000, 30_000)
    entry = struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(inner), 22)
    found = measure("x.ico", struct.pack("<HHH", 0, 1, 1) + entry + inner)
    assert found.fault == "More than 50 million pixels: too large to open."


def test_a_picture_with_an_endless_side_is_not_decoded() -> None:
    assert measure("x", bomb(30_001, 1)).fault == "30001 x 1 pixels: too large to open."


def test_a_picture_is_opened_once_however_often_it_is_used() -> None:
    content = picture(40, 20, "once")
    first, again = measure("a.png", content), measure("b.png", content)
    assert (first.file, again.file) == ("a.png", "b.png")
    assert replace(again, file="a.png") == first
    assert again.fingerprint is first.fingerprint  # the very same object: not measured anew
    assert measure("c.png", picture(40, 20, "another")).fingerprint != first.fingerprint
