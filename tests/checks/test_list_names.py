"""Names of an exported list as merge tags print them."""

from __future__ import annotations

import pytest

from qa.testing import Answer, run_check

TAG = "{{lead.First Name:default=you}}"


def judge(
    *names: str,
    tag: str = TAG,
    platform: str = "marketo",
    column: str = "First Name",
    address: str = "person{}@acme.example",
    **audience: object,
) -> Answer:
    rows = "".join(f"{address.format(number)},{name}\n" for number, name in enumerate(names))
    asked = {"platform": platform, "audience": {"segments": [{"name": "all", "list": "a.csv"}], **audience}}
    files = {"a.csv": f"Email,{column}\n{rows}"}
    return run_check("list-names", build=f"Hi {tag}", email={"tokens": [tag]}, campaign=asked, files=files)


@pytest.mark.parametrize(
    "name",
    [
        "Ann", "José", "JOÃO", "Bo", "O", "J.", "Ng", "D'Angelo", "van der Berg", "McDonald", "Jean-Luc", "Åsa", "Null", "Nil",
        "Test", "美玲", "Ольга", "محمد", "Anna?", "", "Mr. Test", "Âkif", "Ana María", "SÃO", "Xxena",
    ],
)  # fmt: skip
def test_names(name: str) -> None:
    assert judge("Ann", name, "Bob").codes == []
    assert judge("Ann", name, "Bob", tag="{{lead.Last Name:default=you}}", column="Last Name").codes == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("RenÃ©", "R…Ã©"),
        ("MÃ¼ller", "MÃ¼…"),
        ("JosÃƒÂ©", "J…Ãƒ…"),
        ("ÐžÐ»ÑŒÐ³Ð°", "ÐžÐ»ÑŒÐ³Ð°"),
        ("J=C3=BCrgen", "J=C3=BC…"),
        ("J?rgen", "J?r…"),
        ("Ren\ufffd", "R…\ufffd"),
    ],
)
def test_garbled_names(name: str, shown: str) -> None:
    (finding,) = judge("Ann", name, name).findings
    assert finding.code == "garbled-field"
    assert finding.message == f"“First Name” is garbled in 2 rows of “all”, for example “{shown}”."
    assert (finding.where and finding.where.line) == 3


@pytest.mark.parametrize(
    "name",
    [
        "N/A", "null", "NULL", "undefined", "#N/A", "Unknown", "[not provided]", "nil", "none", "unbekannt", "Inconnu", "asdf",
        "QWERTZ", "xxx", "???", "-", "Test Test", "test2", "Max Mustermann", "Vorname", "*|FNAME|*", "{{lead.First Name}}",
    ],
)  # fmt: skip
def test_placeholders_where_a_default_does_not_help(name: str) -> None:
    (finding,) = judge("Ann", name).findings
    assert finding.code == "placeholder-field"
    assert f"“{name}”" in finding.message


@pytest.mark.parametrize("name", ["ann.smith@acme.example", "+44 7700 900123", "4711", "Win at https://spam.example/x"])
def test_what_is_no_name_but_tells_of_somebody_is_masked(name: str) -> None:
    (finding,) = judge("Ann", name).findings
    assert finding.code == "placeholder-field"
    assert f"“{name[0]}…{name[-1]}”" in finding.message


@pytest.mark.parametrize(
    ("platform", "tag", "column"),
    [
        ("mailchimp", "*|FNAME|*", "First Name"),
        ("braze", "{{${first_name} | default: 'you'}}", "first_name"),
        ("klaviyo", "{{ person.first_name|default:'you' }}", "First Name"),
        ("hubspot", "{{ contact.firstname }}", "First Name"),
        ("iterable", "{{defaultIfEmpty firstName 'you'}}", "firstName"),
        ("sfmc", "%%FirstName%%", "FirstName"),
    ],
)
def test_other_platforms(platform: str, tag: str, column: str) -> None:
    assert judge("Ann", "Bob", platform=platform, tag=tag, column=column).codes == []
    assert judge("Ann", "asdf", platform=platform, tag=tag, column=column).codes == ["placeholder-field"]


def test_a_word_that_may_be_a_name_counts_where_there_is_more_to_it() -> None:
    assert judge("Ann", "Test", "Bob", "Test").codes == ["placeholder-field"]
    assert judge("Test", address="test{}@acme.example").codes == ["placeholder-field"]
    assert judge("Test", address="anna.test@acme.example").codes == []
    last = {"tag": "{{lead.Last Name}}", "column": "Last Name"}
    assert judge("Smith", "Test", "Test", **last).codes == []
    assert judge("Test", address="qa+test{}@acme.example", **last).codes == ["placeholder-field"]
    assert judge(*["Ann"] * 9, "None", "None", "None").codes == ["placeholder-field"]
    assert judge(*["Ann"] * 900, "Null", "Null", "Null").codes == []


def test_seeds_are_tests_by_intention() -> None:
    assert (
        judge("Test", "asdf", address="seed{}@acme.example", seeds=["Seed0@acme.example", "seed1@acme.example"]).codes
        == []
    )


def test_most_names_in_the_same_letters_are_a_note() -> None:
    assert judge("ANN", "BOB", "CY", "DORA", "EVE", "Finn", "Gus").codes == []
    (finding,) = judge("ANN", "BOB", "CARL", "DORA", "EVE", "Finn").findings
    assert (finding.code, finding.message) == (
        "name-letters", "“First Name” is written in capital letters in 5 rows of “all”.",
    )  # fmt: skip
    names = ("ann", "bob", "carl", "dora", "eve")
    assert judge(*names).codes == ["name-letters"]
    tag = "{{ first_name | capitalize }}"
    assert judge(*names, tag=tag, platform="klaviyo", column="first_name").codes == []


def test_columns_that_are_not_printed_and_blanks_that_are_told_already() -> None:
    assert judge("asdf", column="Nickname").codes == []
    assert judge("N/A", tag="{{lead.First Name}}").codes == []  # which is blank-field
    assert judge("3M", "42", "TEST", tag="{{lead.Company Name:default=you}}", column="Company Name").codes == []
    assert judge("N/A", tag="{{lead.Company Name:default=you}}", column="Company Name").codes == ["placeholder-field"]


def test_a_name_like_a_blank_is_not_blank() -> None:
    def blank(*names: str) -> list[str]:
        rows = "".join(f"p{number}@acme.example,{name}\n" for number, name in enumerate(names))
        segment = {"name": "all", "list": "a.csv", "required": ["last_name"]}
        return run_check(
            "list-fields",
            campaign={"audience": {"segments": [segment]}},
            files={"a.csv": f"email,last_name\n{rows}"},
        ).codes

    assert blank("Smith", "Null") == []
    assert blank("Smith", "NULL") == ["blank-field"]
    assert blank("None", "None", "None", "Smith") == ["blank-field"]


def test_a_list_longer_than_is_looked_at_together() -> None:
    names = ["Ann"] * 9000
    answer = judge(*names, "asdf", *names)
    assert [(found.where and found.where.line) for found in answer.findings] == [9002]
