"""Everything in one file, which says what it holds."""

import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.outputs.fields import FIELDS
from tests.claims.outputs.reading import read_csv, read_sqlite
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db


def dump(file: Path, *options: str) -> str:
    said = StringIO()
    call_command("dump", str(file), *options, stdout=said)
    return said.getvalue()


def test_a_dump_has_every_table_and_says_what_its_columns_mean(tmp_path: Path) -> None:
    quote = make_quote(act="deny", cue="denied")
    make_article(title="=1+1")

    said = dump(tmp_path / "all.zip", "--site", "https://newsroom.example")

    with zipfile.ZipFile(tmp_path / "all.zip") as dumped:
        tables = {name.removesuffix(".csv"): dumped.read(name) for name in dumped.namelist()}
    assert said.startswith("1 quote: all")
    (row,) = read_csv(tables["quotes"])
    assert row["address"] == f"https://newsroom.example/quotes/{quote.pk}/"
    assert [each["title"] for each in read_csv(tables["articles"])][1:] == ["'=1+1"]
    assert [each["slug"] for each in read_csv(tables["actors"])] == ["veldania"]
    assert [each["text"] for each in read_csv(tables["claims"])] == [quote.content]
    columns = read_csv(tables["columns"])
    for name in ("quotes", "actors", "claims", "articles", "outlets"):
        told = [each["name"] for each in columns if each["table"] == name]
        assert told == tables[name].decode().splitlines()[0].split(",")
    assert len(columns) > len(FIELDS)
    assert "`articles.csv`: 2 rows" in tables["README.md"].decode()


def test_the_description_in_a_dump_names_the_table_beside_it(tmp_path: Path) -> None:
    make_quote(act="deny", cue="denied")

    dump(tmp_path / "all.zip", "--query", "act=deny")
    dump(tmp_path / "denials.csvw", "--query", "act=deny")

    with zipfile.ZipFile(tmp_path / "all.zip") as dumped:
        described = json.loads(dumped.read("quotes.csv-metadata.json"))
    assert described["url"] == "quotes.csv"
    assert json.loads((tmp_path / "denials.csvw").read_bytes())["url"] == "denials.csv"


def test_a_dump_has_no_address_that_a_reader_cannot_safely_follow(tmp_path: Path) -> None:
    for address in ("javascript:alert(1)", "https://herald.example/a"):
        make_article(url=address)

    dump(tmp_path / "all.zip")

    with zipfile.ZipFile(tmp_path / "all.zip") as dumped:
        articles = read_csv(dumped.read("articles.csv"))
    assert [each["address"] for each in articles] == ["", "https://herald.example/a"]


def test_a_dump_takes_the_query_string_of_a_page(tmp_path: Path) -> None:
    denial = make_quote(act="deny", cue="denied")
    make_quote()

    said = dump(tmp_path / "denials.sqlite", "--query", "act=deny")

    rows, about = read_sqlite((tmp_path / "denials.sqlite").read_bytes(), tmp_path / "read.sqlite")
    assert [row["id"] for row in rows] == [denial.pk]
    assert about["filters"] == "act deny"
    assert said.startswith("1 quote: act deny")


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("quotes.doc", [], "there is no format “doc”"),
        ("quotes.csv", ["--query", "act=shout"], "There is no act “shout”"),
        ("missing/quotes.csv", [], "No such file"),
    ],
)
def test_what_cannot_be_dumped_is_said(
    tmp_path: Path, name: str, options: list[str], told: str
) -> None:
    with pytest.raises(CommandError, match=told):
        dump(tmp_path / name, *options)
