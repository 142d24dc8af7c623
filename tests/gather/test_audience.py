"""Are exported lists read as they come: any delimiter, any encoding, broken rows and all?"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from qa.artefacts import Listing
from qa.audience import csv_list
from qa.audience.csv_list import email_column, read_table
from qa.audience.list_file import masked
from qa.build.assets import Asset
from qa.build.campaign import Campaign
from qa.files.readings import Readings
from qa.finding import Fault, Skip
from qa.gather.audience import audience, listing
from qa.request import Request

PEOPLE = "email,first_name,city\nann@acme.example,Ann,Köln\nbob@acme.example,Bob,Bath\n"


def write(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def rows(folder: Path, content: str | bytes, name: str = "a.csv") -> list[tuple[int, list[str] | None]]:
    return [(row.line, row.cells) for row in read_table(write(folder, content, name), name).rows]


def gather(folder: Path, content: str | bytes, segment: dict[str, object] | None = None, **asked: object) -> Listing:
    write(folder, content)
    fields = {"name": "all", "list": "a.csv", **(segment or {})}
    emails = asked.pop("emails", [])
    platform = asked.pop("platform", None)
    request = Request.model_validate(
        {"id": "1", "name": "x", "platform": platform, "emails": emails, "audience": {"segments": [fields], **asked}}
    )
    assert request.audience is not None
    return listing(request.audience.segments[0], Asset("segment", "all", folder), request, Readings())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_common_export_is_read(tmp_path: Path, delimiter: str, encoding: str, newline: str) -> None:
    content = PEOPLE.replace(",", delimiter).replace("\n", newline).encode(encoding)
    table = read_table(write(tmp_path, content), "a.csv")
    assert table.columns == ("email", "first_name", "city")
    assert [row.cells for row in table.rows] == [
        ["ann@acme.example", "Ann", "Köln"],
        ["bob@acme.example", "Bob", "Bath"],
    ]
    assert bool(table.note) == (encoding in ("utf-16", "utf-16-le", "cp1252"))


def test_a_zipped_list_is_read_by_its_content(tmp_path: Path) -> None:
    for name in ("a.csv.gz", "b.csv"):
        assert len(rows(tmp_path, gzip.compress(PEOPLE.encode()), name)) == 2


def test_quoted_cells_hold_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    content = 'email,note\nann@acme.example,"a, ""b""\nand c"\nbob@acme.example,5" screen\n'
    assert rows(tmp_path, content) == [
        (2, ["ann@acme.example", 'a, "b"\nand c']),
        (4, ["bob@acme.example", '5" screen']),
    ]


def test_a_quote_that_is_never_closed_spoils_its_own_row_alone(tmp_path: Path) -> None:
    people = "".join(f"p{number}@acme.example,P\n" for number in range(200))
    found = rows(tmp_path, f'email,name\nann@acme.example,"Ann\n{people}bob@acme.example,"Bob\n')
    assert len(found) == 202
    assert [line for line, cells in found if cells is None] == [2, 203]


def test_the_line_that_names_the_delimiter_and_blank_lines_are_no_rows(tmp_path: Path) -> None:
    assert rows(tmp_path, "sep=;\nemail;a,b\n\nann@acme.example;1,2\n,\n") == [
        (4, ["ann@acme.example", "1,2"]),
        (5, [","]),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"PK\x03\x04 workbook", "Excel workbook"),
        (b"\x00\x01\x02\xff" * 9 + b"text" * 99, "binary"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (gzip.compress(PEOPLE.encode() * 9000)[:-40], "damaged"),
        (b"\x1f\x8b not really", "damaged"),
        (b'"email,name\nann@acme.example,Ann\n', "first row is not closed"),
    ],
)
def test_what_is_no_list_is_one_clear_line(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(Fault, match=message) as raised:
        rows(tmp_path, content)
    assert "\n" not in str(raised.value)


def test_a_parquet_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Skip, match="export the list as CSV"):
        rows(tmp_path, b"PAR1....PAR1", "a.parquet")


def test_columns_of_addresses() -> None:
    assert email_column(["Id", "E-Mail"]) == 1
    assert email_column(["Email Address"]) == 0
    assert email_column(["first_name", "EmailAddress", "Work Email"]) == 1
    assert email_column(["Id", "Correo electrónico"]) == 1
    assert email_column(["Id", "Newsletter"]) is None


def test_addresses_are_masked() -> None:
    assert masked(" anne@acme.example ") == "a…e@acme.example"
    assert masked("a@acme.example") == "a…@acme.example"
    assert masked("4711") == "4…1"


def test_a_clean_list(tmp_path: Path) -> None:
    found = gather(tmp_path, PEOPLE, {"unique": "email", "required": ["First Name"]})
    assert (found.rows, found.broken_rows, found.repeated_rows, dict(found.blanks)) == (2, 0, 0, {})
    assert found.addresses == "email"


def test_rows_of_another_width_are_kept_and_counted(tmp_path: Path) -> None:
    found = gather(tmp_path, "email,city\na@x.example,Bath,\nb@x.example\nc@x.example,Bath,Avon\nd@x.example,York\n")
    assert (found.rows, found.broken_rows) == (4, 2)
    assert [place.line for place in found.broken] == [3, 4]


def test_repeated_addresses_case_aside(tmp_path: Path) -> None:
    found = gather(tmp_path, "Email\nann@x.example\nbob@x.example\n Ann@X.example\n", {"unique": "email"})
    assert found.repeated_rows == 1
    assert [(value, place.line) for value, place in found.repeated] == [("A…n@X.example", 4)]


def test_blanks_of_required_fields_and_of_fields_tags_print(tmp_path: Path) -> None:
    content = "Email,First Name,Town,Country\na@x.example,,,\nb@x.example, ,York,\n,Cy,,\n"
    emails = [{"name": "e", "tokens": ["{{lead.First Name}}", "{{lead.Town:default=you}}", "{{my.Country}}"]}]
    found = gather(tmp_path, content, {"required": ["email"]}, emails=emails, platform="marketo")
    assert {name: (count, place.line) for name, (count, place) in found.blanks.items()} == {
        "First Name": (2, 2),
        "email": (1, 4),
    }
    emails = [{"name": "e", "tokens": ["*|FNAME|*"]}]
    assert list(gather(tmp_path, content, emails=emails, platform="mailchimp").blanks) == ["First Name"]


def test_suppressions_with_and_without_a_header(tmp_path: Path) -> None:
    for content in ("ANN@acme.example\n", "Name;E-Mail\nAnn;ann@acme.example\n"):
        write(tmp_path, content, "out.csv")
        found = gather(tmp_path, PEOPLE, suppressions=["out.csv"])
        assert [(value, place.line) for value, place in found.suppressed] == [("a…n@acme.example", 2)]
    write(tmp_path, "zoe@acme.example\n", "out.csv")
    assert gather(tmp_path, PEOPLE, suppressions=["out.csv"]).suppressed_rows == 0


def test_a_suppression_list_outside_the_campaign_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(Fault):
        gather(tmp_path, PEOPLE, suppressions=["../out.csv"])
    with pytest.raises(Fault, match="not there"):
        gather(tmp_path, PEOPLE, suppressions=["out.csv"])


def test_seeds(tmp_path: Path) -> None:
    found = gather(tmp_path, PEOPLE, seeds=["BOB@acme.example", "qa@acme.example"])
    assert found.missing_seeds == ("qa@acme.example",)


def test_a_list_without_a_header_has_rows_all_the_same(tmp_path: Path) -> None:
    found = gather(tmp_path, "Ann,ann@acme.example\nBob,bob@acme.example\n", seeds=["ann@acme.example"])
    assert (found.columns, found.rows, found.addresses, found.missing_seeds) == ((), 2, "column 2", ())


def test_a_changed_list_is_read_again(tmp_path: Path) -> None:
    assert gather(tmp_path, PEOPLE).rows == 2
    assert gather(tmp_path, PEOPLE + "cy@acme.example,Cy,York\n").rows == 3


def test_segments_with_people_in_common(tmp_path: Path) -> None:
    write(tmp_path, PEOPLE, "a.csv")
    write(tmp_path, "Name;Email\nCy;cy@acme.example\nBob;Bob@acme.example\n", "b.csv")
    segments = [{"name": "one", "list": "a.csv"}, {"name": "two", "list": "b.csv"}]
    request = Request.model_validate({"id": "1", "name": "x", "audience": {"exclusive": True, "segments": segments}})
    (overlap,) = audience(request, Campaign(tmp_path, "x"), Readings()).overlaps
    assert (overlap.first, overlap.second, overlap.people) == ("one", "two", 1)
    assert (overlap.example, overlap.where.file, overlap.where.line) == ("B…b@acme.example", "b.csv", 3)


def test_a_line_that_never_ends_and_a_list_without_end_are_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = gzip.compress(b"email\n" + b"a" * (csv_list.LONGEST_LINE + 1))
    with pytest.raises(Fault, match=r"a\.csv\.gz, line 2, is longer than 1,000,000 characters"):
        rows(tmp_path, endless, "a.csv.gz")
    monkeypatch.setattr(csv_list, "LARGEST", 100)
    with pytest.raises(Fault, match="in parts"):
        rows(tmp_path, "email\n" + "a@b.example\n" * 10)


def test_more_rows_than_any_list_has_and_a_gzip_of_nothing_are_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(list(rows(tmp_path, gzip.compress(b"email\n" + b"a@b.example\n" * 9000), "a.csv.gz"))) == 9000
    monkeypatch.setattr(csv_list, "SMALL", 1000)
    with pytest.raises(Fault, match="unpacks to more than 100 times its size: this is no list of people"):
        rows(tmp_path, gzip.compress(b"email\n" + b"a@b.example\n" * 9000), "a.csv.gz")
    monkeypatch.setattr(csv_list, "MOST_ROWS", 10)
    for end in ("\n", "\r", "\r\n"):
        assert len(list(rows(tmp_path, f"email{end}" + f"a@b.example{end}" * 9))) == 9
        with pytest.raises(Fault, match="has more than 10 rows: export the list in parts"):
            rows(tmp_path, f"email{end}" + f"a@b.example{end}" * 10)
