"""Everything a browser asks for ends in the proxy: the build is answered, all else refused, listed and fetched nowhere."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from qa.artefacts import Attachment, Header, Parts
from qa.build.assets import Asset
from qa.render.engines.first_frame import first_frame, first_frames
from qa.render.engines.proxy import Proxy
from qa.render.origin import ORIGIN, BuildOrigin
from qa.source import Place, Source
from tests.processes import DEADLINE

HTML = "<p>Hello</p>"
DOCUMENT = f"{ORIGIN}/build/a.html"


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with closing(Proxy()) as proxy:
        yield proxy


def served(folder: Path, html: str = HTML, images: bool = True, scripted: bool = False, **parts: object) -> BuildOrigin:
    file = "build/a.html"
    given = Parts(file, Source(file, html), **parts)  # type: ignore[arg-type]
    return BuildOrigin(Asset("email", "a", folder), given, html, images=images, scripted=scripted)


def ask(proxy: Proxy, url: str, method: str = "GET", into: str = "image", **headers: str) -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection("127.0.0.1", proxy.port, timeout=DEADLINE)) as connection:
        connection.request(method, url, headers={"Sec-Fetch-Dest": into, **headers})
        answer = connection.getresponse()
        return answer, answer.read()


def animation(ending: str) -> bytes:
    frames = [Image.new("RGB", (4, 2), colour) for colour in ("red", "lime")]
    out = BytesIO()
    frames[0].save(out, ending, save_all=True, append_images=frames[1:], duration=20, loop=0)
    return out.getvalue()


def test_the_document_and_its_files(tmp_path: Path, proxy: Proxy) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build/b.png").write_bytes(b"picture")
    build = served(tmp_path)
    with proxy.serving(build):
        answer, content = ask(proxy, DOCUMENT, into="document")
        assert (answer.status, answer.headers["Content-Type"], content) == (
            200,
            "text/html; charset=utf-8",
            b"<p>Hello</p>",
        )
        assert answer.headers["Content-Security-Policy"].startswith("script-src 'none'")
        answer, content = ask(proxy, f"{ORIGIN}/build/b.png?v=2")
        assert (answer.status, answer.headers["Content-Type"], content) == (200, "image/png", b"picture")
        assert ask(proxy, f"{ORIGIN}/build/b.png", "HEAD")[1] == b""
        assert ask(proxy, f"{ORIGIN}/build/gone.png")[0].status == 404
    assert build.refused == ()
    assert list(build.asked) == ["build/b.png", "build/gone.png"]


def test_a_connection_is_kept(tmp_path: Path, proxy: Proxy) -> None:
    with (
        proxy.serving(served(tmp_path)),
        closing(HTTPConnection("127.0.0.1", proxy.port, timeout=DEADLINE)) as connection,
    ):
        for _ in range(3):
            connection.request("GET", f"{ORIGIN}/x.png")
            assert connection.getresponse().read() == b"\n"
            assert connection.sock is not None


def test_a_document_comes_once_to_a_window_and_nothing_takes_its_place(tmp_path: Path, proxy: Proxy) -> None:
    build = served(tmp_path)
    with proxy.serving(build):
        assert ask(proxy, f"{ORIGIN}/build/other.html", into="document")[0].status == 204
        assert ask(proxy, DOCUMENT, into="document")[0].status == 200
        assert ask(proxy, DOCUMENT, into="document")[0].status == 204
        assert ask(proxy, "http://other.example/", into="document")[0].status == 204
    with proxy.serving(build):
        assert ask(proxy, DOCUMENT, into="document")[0].status == 200
    assert build.refused == (DOCUMENT, f"{ORIGIN}/build/other.html", "http://other.example/")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_everything_else_is_refused_and_listed(tmp_path: Path, proxy: Proxy, method: str) -> None:
    build = served(tmp_path)
    with proxy.serving(build):
        assert ask(proxy, "http://other.example/a", method)[0].status == 403
    assert build.refused == ("http://other.example/a",)


def test_the_build_takes_no_parcels(tmp_path: Path, proxy: Proxy) -> None:
    build = served(tmp_path)
    with proxy.serving(build):
        assert ask(proxy, f"{ORIGIN}/build/x.png", "POST")[0].status == 403
    assert build.refused == (f"{ORIGIN}/build/x.png",)


def test_tunnels_and_upgrades_are_refused_and_listed(tmp_path: Path, proxy: Proxy) -> None:
    build = served(tmp_path)
    with proxy.serving(build):
        for place in ("other.example:443", "127.0.0.1:9"):
            with socket.create_connection(("127.0.0.1", proxy.port), timeout=DEADLINE) as connection:
                connection.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode())
                assert connection.makefile("rb").readline().startswith(b"HTTP/1.1 403")
        assert ask(proxy, f"{ORIGIN}/build/s", Upgrade="websocket", Connection="Upgrade")[0].status == 403
    assert build.refused == ("127.0.0.1:9", f"{ORIGIN}/build/s", "https://other.example")


def test_nobody_is_answered_while_nothing_is_drawn(tmp_path: Path, proxy: Proxy) -> None:
    assert ask(proxy, DOCUMENT, into="document")[0].status == 404
    with proxy.serving(served(tmp_path)):
        assert ask(proxy, "/build/a.html", into="document")[0].status == 404  # asked as of a server, not of a proxy
    assert ask(proxy, DOCUMENT, into="document")[0].status == 404


def test_nonsense_harms_nobody(tmp_path: Path, proxy: Proxy) -> None:
    for nonsense in (
        b"\0\xff\r\n\r\n",
        b"GET http://build.localhost/\xff%ff HTTP/1.1\r\n\r\n",
        b"GET " + b"x" * 70_000,
    ):
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=DEADLINE) as connection:
            connection.sendall(nonsense)
    with proxy.serving(served(tmp_path)):
        assert ask(proxy, DOCUMENT, into="document")[0].status == 200


def test_pictures_switched_off(tmp_path: Path, proxy: Proxy) -> None:
    (tmp_path / "build").mkdir()
    for name in ("b.png", "b.css"):
        (tmp_path / "build" / name).write_bytes(b"x")
    logo = Attachment("logo.png", "<logo@x>", "image/png", b"x")
    build = served(tmp_path, '<img src="cid:logo@x">', images=False, attachments=(logo,))
    with proxy.serving(build):
        assert ask(proxy, f"{ORIGIN}/build/b.png")[0].status == 404
        assert ask(proxy, f"{ORIGIN}/cid:logo%40x")[0].status == 404
        assert ask(proxy, f"{ORIGIN}/build/b.css", into="style")[0].status == 200


def test_a_page_runs_scripts_and_opens_nothing(tmp_path: Path, proxy: Proxy) -> None:
    with proxy.serving(served(tmp_path, scripted=True)):
        policy = ask(proxy, DOCUMENT, into="document")[0].headers["Content-Security-Policy"]
    assert "allow-scripts" in policy
    assert "allow-popups" not in policy


def test_nothing_outside_the_folder_is_answered(tmp_path: Path, proxy: Proxy) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    campaign = tmp_path / "campaign"
    (campaign / "audience").mkdir(parents=True)
    (campaign / "audience/list.csv").write_bytes(b"a@b.example\n")
    build = served(campaign)
    with proxy.serving(build):
        assert ask(proxy, f"{ORIGIN}/..%2fsecret.png")[0].status == 403
        assert ask(proxy, f"{ORIGIN}/audience/list.csv", into="iframe")[0].status == 404
    message = served(campaign, headers=(Header("Subject", "Hi", Place("a.eml")),))
    with proxy.serving(message):
        assert ask(proxy, f"{ORIGIN}/audience/list.csv")[0].status == 404


def test_what_was_asked_for_is_compared_by_content(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    picture = tmp_path / "build/b.png"
    picture.write_bytes(b"one")
    build = served(tmp_path)
    build.answer(f"{ORIGIN}/b.png")
    build.answer(f"{ORIGIN}/c.png")
    assert served(tmp_path).unchanged(build.asked)
    picture.write_bytes(b"another")
    assert not served(tmp_path).unchanged(build.asked)
    picture.write_bytes(b"one")
    (tmp_path / "c.png").write_bytes(b"new")
    assert not served(tmp_path).unchanged(build.asked)


@pytest.mark.parametrize("ending", ["GIF", "WEBP", "PNG"])
def test_moving_pictures_come_with_their_first_frame_alone(tmp_path: Path, ending: str) -> None:
    moving = animation(ending)
    (tmp_path / "build").mkdir()
    (tmp_path / f"build/a.{ending.lower()}").write_bytes(moving)
    with closing(Proxy(still=True)) as proxy, proxy.serving(served(tmp_path)):
        answer, content = ask(proxy, f"{ORIGIN}/a.{ending.lower()}")
    with Image.open(BytesIO(content)) as image:
        assert (getattr(image, "n_frames", 1), image.convert("RGB").getpixel((1, 1))[0] > 200) == (1, True)  # type: ignore[index]
    assert answer.headers["Content-Type"] == "image/png"


def test_those_a_document_carries_too() -> None:
    from base64 import b64encode

    moving, still = b64encode(animation("GIF")), b64encode(first_frame("image/gif", animation("GIF"))[1])
    document = b'<img src="data:image/gif;base64,%s"><img src="data:image/gif;base64,%s">'
    assert (
        first_frames(document % (moving, b"!!"))
        == b'<img src="data:image/png;base64,%s"><img src="data:image/gif;base64,!!">' % still
    )


def test_what_does_not_move_or_is_no_picture_stays_as_it_is() -> None:
    out = BytesIO()
    Image.new("RGB", (4, 2)).save(out, "GIF")
    for kind, content in (("image/gif", out.getvalue()), ("image/gif", b"broken"), ("text/css", b"p{}")):
        assert first_frame(kind, content) == (kind, content)


@pytest.mark.skipif(not shutil.which("unshare"), reason="there is nothing to take the loopback interface away with")
def test_without_a_loopback_interface_it_says_what_to_do() -> None:
    script = "from qa.render.engines.proxy import Proxy; Proxy()"
    done = subprocess.run(["unshare", "-rn", sys.executable, "-c", script], capture_output=True, text=True, check=False)
    if "unshare" in done.stderr:
        pytest.skip("this machine lets nobody take it away")
    told = done.stderr.splitlines()[-1]
    assert "proxy.CutOff" in told and "127.0.0.1, which cannot be reached here" in told and "ip link set lo up" in told


@pytest.mark.skipif(not shutil.which("unshare"), reason="there is nothing to take the loopback interface away with")
@pytest.mark.parametrize("command", ["doctor", "setup"])
def test_without_a_loopback_interface_nothing_is_to_be_installed(command: str) -> None:
    order = ["unshare", "-rn", sys.executable, "-m", "qa", command]
    done = subprocess.run(order, capture_output=True, text=True, check=False, timeout=120)
    if "unshare" in done.stderr:
        pytest.skip("this machine lets nobody take it away")
    said = " ".join(done.stdout.split())
    if "is there, but" not in said and "missing browser" not in said:
        pytest.skip("no browser is there")
    assert done.returncode == 1 and "bring the loopback interface up" in said
    _, _, behind = done.stdout.partition("bring the loopback interface up")
    assert not behind.partition("\n")[2].lstrip().startswith("Install")
