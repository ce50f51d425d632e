import csv
import io
from datetime import datetime

import openpyxl
import pytest

from claims.intake.readers import Document, Problem
from tests.claims.intake.readers.reading import (
    PARAGRAPHS,
    TEXT,
    read_all,
    read_links,
    read_refusal,
)

HEADER = ["ID", "Headline", "Publication Date", "Source", "Byline", "Body", "Link"]
ROW = [
    "7",
    "Bridge stays open",
    "2024-03-05",
    "Harbour Herald",
    "Ana Bell",
    TEXT,
    "https://herald.example/bridge",
]


def make_csv(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_row_of_a_table_is_an_article_and_the_broken_one_is_named(delimiter: str) -> None:
    short = [*ROW[:5], "", *ROW[6:]]

    found, broken = read_all(make_csv([HEADER, ROW, short], delimiter), "news.csv")

    assert isinstance(found, Document)
    assert (found.title, found.text, found.publisher) == (
        "Bridge stays open",
        TEXT,
        "Harbour Herald",
    )
    assert (str(found.published_on), found.author, found.url) == ("2024-03-05", "Ana Bell", ROW[6])
    assert broken == Problem("news.csv: row 3", "it has no text")


def test_a_table_without_texts_is_refused_and_its_columns_named() -> None:
    refusal = read_refusal(make_csv([["Name", "Votes"], ["Bell", "7"]]), "votes.csv")

    assert "no column of texts" in refusal
    assert "Name, Votes" in refusal


def test_dates_of_other_forms_are_read_and_what_is_none_is_named() -> None:
    rows = [HEADER, [*ROW[:2], "March 5, 2024", *ROW[3:]], [*ROW[:2], "soon", *ROW[3:]]]

    found, broken = read_all(make_csv(rows), "news.csv")

    assert isinstance(found, Document)
    assert str(found.published_on) == "2024-03-05"
    assert isinstance(broken, Problem)
    assert "'soon' is not a date" in broken.reason


def test_the_sheets_of_a_workbook_are_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Title", "Date", "Text", "Id"])
    sheet.append(["Bridge stays open", datetime(2024, 3, 5, 8), "\n".join(PARAGRAPHS), 7])
    out = io.BytesIO()
    book.save(out)

    (found,) = read_all(out.getvalue(), "news.xlsx")

    assert isinstance(found, Document)
    assert (found.title, found.text, str(found.published_on)) == (
        "Bridge stays open",
        TEXT,
        "2024-03-05",
    )


def test_a_list_of_stories_leads_to_them() -> None:
    content = (
        "stories_id,publish_date,title,url,language,media_id,media_name,media_url\n"
        "7,2024-03-05 08:00:00,Bridge,https://herald.example/bridge,en,1,Herald,herald.example\n"
        "8,,Ferry,http://herald.example/ferry?id=8,en,1,Herald,herald.example\n"
    )

    links = read_links(content, "stories.csv")

    assert links == [
        ("https://herald.example/bridge", "2024-03-05"),
        ("http://herald.example/ferry?id=8", ""),
    ]


def test_a_row_of_a_list_without_an_address_is_named() -> None:
    first, second = read_all("title,url\nBridge,herald\nFerry,\n", "stories.csv")

    assert str(first) == "stories.csv: row 2: 'herald' is not an http or https URL"
    assert str(second) == "stories.csv: row 3: '' is not an http or https URL"
