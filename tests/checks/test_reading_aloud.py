"""What screen readers cannot read aloud."""

import pytest

from qa.testing import run_check

MAP = '<map name="nav"><area shape="rect" coords="0,0,9,9" href="https://acme.example/" alt="Home"></map>'


@pytest.mark.parametrize(
    "build",
    [
        '<p aria-hidden="true">*</p><h1>Join us</h1>',
        f'<p>Hi<img src="a.png" alt="A" usemap="#nav">{MAP}</p>',
        '<iframe src="https://acme.example/form" title="Registration"></iframe><p>Hi</p>',
        '<iframe src="https://www.googletagmanager.com/ns.html" height="0" width="0"></iframe><p>Hi</p>',
        '<iframe src="https://acme.example/t" style="display: none"></iframe><p>Hi</p>',
        "<h2>{{my.Title}}</h2>",
        '<h2><img src="a.png" alt="Join us"></h2>',
        '<h2 id="name"></h2><p>Hi</p>',
    ],
)
def test_what_can_be_read_aloud(build: str) -> None:
    assert run_check("reading-aloud", page={}, build=build).codes == []


@pytest.mark.parametrize(
    ("build", "code"),
    [
        ('<html><body aria-hidden="true"><p>Hi</p></body></html>', "hidden-document"),
        ('<p>Hi<img src="a.png" alt="A" usemap="#nomap"></p>', "missing-map"),
        (f'<p>Hi<img src="a.png" alt="A" usemap="#menu">{MAP}</p>', "missing-map"),
        ('<iframe src="https://acme.example/form" width="100%" height="400"></iframe><p>Hi</p>', "untitled-frame"),
        ("<h2></h2><p>Hi</p>", "empty-heading"),
        ("<h3>&nbsp;</h3><p>Hi</p>", "empty-heading"),
    ],
)
def test_what_cannot(build: str, code: str) -> None:
    assert run_check("reading-aloud", page={}, build=build).codes == [code]
    assert run_check("reading-aloud", email={}, build=build).codes == [code]
