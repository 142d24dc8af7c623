"""Does the console say what a build without a request was taken for, and is that said only where it was guessed?"""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.cli.command_line import main

EMAIL = '<html lang="en"><body><table role="presentation"><tr><td>Hello</td></tr></table></body></html>'
PAGE = '<html lang="en"><body><nav></nav><main><p>Hello</p></main><form action="/x"></form></body></html>'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("email.html").write_text(EMAIL, "utf-8")
    Path("plain.html").write_text("<p>Dear reader, we have news.</p>", "utf-8")
    Path("page.html").write_text(PAGE, "utf-8")
    Path("mail.eml").write_text(f"Subject: Hi\nContent-Type: text/html\n\n{EMAIL}", "utf-8")


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["run", *arguments, "--no-render"])
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("file", "kind"), [("email.html", "an email"), ("plain.html", "an email"), ("page.html", "a page")]
)
def test_the_guessed_kind_is_said(file: str, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = f"The build was taken for {kind}, as the markup looks; --as email or --as page says which."
    assert said in _said(capsys, file)


def test_of_many_builds_they_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(capsys, "email.html", "plain.html", "page.html", "mail.eml")
    assert "3 builds without a request were taken for what their markup looks like: 2 emails, 1 page;" in said


@pytest.mark.parametrize("arguments", [("email.html", "--as", "page"), ("mail.eml",)])
def test_what_is_certain_is_not_said(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert "taken for" not in _said(capsys, *arguments)
