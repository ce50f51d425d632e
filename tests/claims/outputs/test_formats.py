"""What each format makes of what articles hold, however hostile, and what it says of itself."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from claims.intake.versions import compute_text_digest, list_text_versions
from claims.models import Article, ArticleVersion, ExternalId, Quote
from claims.outputs.comma_separated import BEGINNINGS_OF_FORMULAS
from claims.outputs.fields import FIELDS
from claims.outputs.formats import DOWNLOADS, FORMATS
from claims.outputs.rows import read_rows_by_id
from tests.claims.outputs.reading import (
    fetch,
    read_csv,
    read_excel,
    read_json_lines,
    read_parquet,
    read_sqlite,
)
from tests.factories import make_actor, make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("http://evil.example","click")'
HOSTILE = [
    FORMULA,
    "+1+1|' /C calc'!A0",
    "@SUM(A1)",
    "\tx, \"y\"; 'z'",
    "-2+3",
    "אמר “שלום” \u202eevil\u202c",
    "two\nlines\r\nand \u2028 more",
    "bell \x07, escape \x1b[31m",
    "]]></title><script>alert(1)</script> & {tex} $x$ \\cite{y} 50% @article{",
    "𝕌𝕟𝕚𝕔𝕠𝕕𝕖 🦊 é",
]


@pytest.fixture
def hostile() -> list[Quote]:
    """Quotes each of which has hostile words everywhere, the last one first in lists."""
    return [
        make_quote(
            actor=None,
            source=words,
            content=f"{words} it said",
            article=make_article(
                f"{words} said {words} it said",
                outlet=make_outlet(f"{words} News"),
                title=words,
                author=words,
                section=words,
            ),
        )
        for words in HOSTILE
    ]


def test_csv_has_no_cell_that_is_run_as_a_formula(client: Client, hostile: list[Quote]) -> None:
    content, _ = fetch(client, "/quotes.csv?order=arrived")
    rows = read_csv(content)

    assert not [
        cell for row in rows for cell in row.values() if cell[:1] in BEGINNINGS_OF_FORMULAS - {""}
    ]
    assert [row["quote"].removeprefix("'") for row in rows[::-1]] == [
        quote.content for quote in hostile
    ]
    assert rows[-1]["quote"] == f"'{FORMULA} it said"


def test_json_lines_and_sqlite_have_every_character(
    client: Client, hostile: list[Quote], tmp_path: Path
) -> None:
    lines = read_json_lines(fetch(client, "/quotes.jsonl")[0])
    rows, about = read_sqlite(fetch(client, "/quotes.sqlite")[0], tmp_path / "q.sqlite")
    expected = {quote.pk: (quote.content, quote.article.title) for quote in hostile}

    assert {row["id"]: (row["quote"], row["article_title"]) for row in lines} == expected
    assert {row["id"]: (row["quote"], row["article_title"]) for row in rows} == expected
    assert about["rows"] == str(len(HOSTILE))


def test_excel_has_texts_and_no_formula(client: Client, hostile: list[Quote]) -> None:
    rows, _ = read_excel(fetch(client, "/quotes.xlsx")[0])

    texts = {row["id"]: row["quote"] for row in rows}
    for quote in hostile:
        cleaned = re.sub("[\x07\x1b]", "\ufffd", quote.content).replace("\r\n", "\n")
        assert texts[quote.pk].replace("\r\n", "\n").replace("_x000D_", "") == cleaned


def test_excel_has_days_as_days_and_those_before_its_time_as_text(client: Client) -> None:
    for day in (date(1899, 12, 31), date(2024, 3, 5)):
        make_quote(article=make_article("Veldania said it.", published_on=day), content="it")

    rows, _ = read_excel(fetch(client, "/quotes.xlsx?order=oldest")[0])

    assert [row["published_on"] for row in rows] == ["1899-12-31", datetime(2024, 3, 5)]


@pytest.mark.usefixtures("hostile")
def test_parquet_has_types_and_meanings(client: Client) -> None:
    table = read_parquet(fetch(client, "/quotes.parquet")[0])

    assert [str(each.type) for each in table.schema][:3] == ["int64", "string", "string"]
    assert str(table.schema.field("published_on").type) == "date32[day]"
    assert table.schema.field("id").metadata[b"description"]
    assert sorted(table["quote"].to_pylist()) == sorted(f"{words} it said" for words in HOSTILE)


@pytest.mark.parametrize("ending", ["atom", "rss"])
def test_feeds_of_hostile_words_are_well_formed_and_carry_no_script(
    client: Client, hostile: list[Quote], ending: str
) -> None:
    import feedparser

    feed = feedparser.parse(fetch(client, f"/quotes.{ending}")[0])

    assert not feed.bozo
    assert len(feed.entries) == len(hostile)
    assert "<script" not in str([entry.summary for entry in feed.entries])


@pytest.mark.usefixtures("hostile")
def test_references_have_an_entry_a_quote_whatever_it_holds(client: Client) -> None:
    bib = fetch(client, "/quotes.bib")[0].decode()
    ris = fetch(client, "/quotes.ris")[0].decode()
    csl = json.loads(fetch(client, "/quotes.csl")[0])

    assert len(re.findall(r"^@article\{newsroom-\d+,$", bib, re.M)) == len(HOSTILE)
    unescaped = re.sub(r"\\.", "", bib)
    assert unescaped.count("{") == unescaped.count("}")
    assert ris.startswith("TY  - ")
    assert ris.count("\r\nER  - \r\n") == ris.count("TY  - NEWS\r\n") == len(HOSTILE)
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in ris.split("\r\n") if line)
    assert len(csl) == len(HOSTILE)


def test_a_row_has_all_that_stands_beside_the_quote(client: Client) -> None:
    actor = make_actor("Kurt Volker", "person")
    ExternalId.objects.create(actor=actor, value="Q7747")
    article = make_article(
        "Kurt Volker denied that he knew.",
        outlet="CBS News",
        title="Envoy denies it",
        published_on=date(2019, 11, 20),
        language="en-US",
    )
    quote = make_quote(
        actor=actor, article=article, cue="denied", content="that he knew", act="deny"
    )

    (row,) = read_json_lines(fetch(client, "/quotes.jsonl?act=deny")[0])

    assert list(row) == [field.name for field in FIELDS]
    assert row | {"added_at": ""} == {
        **row,
        "added_at": "",
        "id": quote.pk,
        "address": f"http://testserver/quotes/{quote.pk}/",
        "quote": "that he knew",
        "sentence": "Kurt Volker denied that he knew (CBS News, 20 Nov 2019).",
        "actor": "Kurt Volker",
        "actor_slug": "kurt-volker",
        "wikidata": "Q7747",
        "stance": "denies",
        "published_on": "2019-11-20",
        "outlet": "CBS News",
        "language": "en-US",
        "version": 1,
        "content_spans": "19-31",
    }
    assert datetime.fromisoformat(row["added_at"]) <= datetime.now(UTC)


def test_a_file_says_how_many_rows_it_has_and_of_which_filters(client: Client) -> None:
    make_quote(act="deny", cue="denied")
    make_quote()

    _, response = fetch(client, "/quotes.csv?act=deny")
    described = json.loads(fetch(client, "/quotes.csvw?act=deny")[0])

    assert response["Newsroom-Total"] == "1"
    assert response["Newsroom-Query"] == "act=deny"
    assert re.search(
        r'filename="newsroom-1-quote-\d{4}-\d\d-\d\d\.csv"', response["Content-Disposition"]
    )
    assert "quotes.csvw?act=deny" in response["Link"]
    assert described["url"] == "http://testserver/quotes.csv?act=deny"
    assert described["dc:extent"] == "1 rows"
    assert [each["name"] for each in described["tableSchema"]["columns"]] == [
        field.name for field in FIELDS
    ]
    assert "act deny" in fetch(client, "/quotes.bib?act=deny")[0].decode().splitlines()[0]


@pytest.mark.parametrize("address", ["/quotes/{}.csv", "/claims/{}.csv?order=arrived"])
def test_a_table_and_what_describes_it_lead_to_each_other(client: Client, address: str) -> None:
    quote = make_quote()
    asked = address.format(quote.claim_id if "claims" in address else quote.pk)

    _, response = fetch(client, asked)
    link = re.match(r'<http://testserver(.*)>; rel="describedby"', response["Link"])
    assert link
    described = json.loads(fetch(client, link[1])[0])

    assert described["url"] == f"http://testserver{asked}"


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/quotes.csv?colour=red", 400, "There is no filter “colour”"),
        ("/quotes.csv?act=shout", 400, "There is no act “shout”"),
        ("/quotes.atom?page=7", 404, "pages 1 to 1"),
        ("/quotes.atom?page=x", 404, "pages 1 to 1"),
        ("/quotes.doc", 404, ""),
        ("/claims/999.csv", 404, ""),
        ("/quotes/999.csv", 404, ""),
    ],
)
def test_what_cannot_be_sent_is_said_clearly(
    client: Client, address: str, status: int, told: str
) -> None:
    response = client.get(address)

    assert response.status_code == status
    assert told in response.content.decode()


def test_a_whole_file_of_too_many_rows_is_refused_with_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_quote()
    make_quote()
    monkeypatch.setattr("claims.outputs.formats.MOST_ROWS_OF_FILE", 1)

    response = client.get("/quotes.xlsx?act=say")

    assert response.status_code == 413
    assert "2 quotes" in response.content.decode()
    assert "manage.py dump quotes.xlsx --query" in response.content.decode()
    assert client.get("/quotes.csv?act=say").status_code == 200


def test_parquet_without_its_library_is_refused_with_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.outputs.parquet.find_spec", lambda name: None)

    response = client.get("/quotes.parquet")

    assert response.status_code == 501
    assert "pip install newsroom-quotes[parquet]" in response.content.decode()


def test_a_speaker_in_doubt_is_the_author_of_no_entry(client: Client) -> None:
    make_quote(actor="Ana Bell", actor_confidence=0.9)
    make_quote(actor="Omar Reza", actor_confidence=0.5)

    items = json.loads(fetch(client, "/quotes.jsonfeed?order=arrived")[0])["items"]
    atom = fetch(client, "/quotes.atom")[0].decode()

    assert [item.get("authors") for item in items] == [None, [{"name": "Ana Bell"}]]
    assert "<name>Ana Bell</name>" in atom
    assert "<name>Omar Reza</name>" not in atom


def test_words_that_are_denied_are_credited_to_nobody(client: Client) -> None:
    denial = make_quote(actor=make_actor("Ana Bell", "person"), act="deny", cue="denied")
    article = make_article("Ana Bell denied Omar Reza said it rains.")
    outer = make_quote(
        article=article,
        actor="Ana Bell",
        cue="denied",
        content="Omar Reza said it rains",
        act="deny",
    )
    reza = make_actor("Omar Reza", "person")
    inner = make_quote(article=article, actor=reza, content="it rains", within=outer)
    plain = make_quote(actor=make_actor("Ana Bell", "person"))

    listed = json.loads(fetch(client, "/quotes.jsonld")[0])["itemListElement"]
    items = json.loads(fetch(client, "/quotes.csl")[0])

    credited = {each["identifier"] for each in listed if {"creator", "creditText"} & set(each)}
    assert credited == {plain.pk}
    assert {each["identifier"] for each in listed} == {denial.pk, outer.pk, inner.pk, plain.pk}
    assert [item["id"] for item in items if "abstract" in item] == [f"newsroom-{plain.pk}"]


def test_a_row_says_in_which_text_of_its_article_the_quote_stands(client: Client) -> None:
    quote = make_quote()
    article = quote.article
    first, second = (
        ArticleVersion.objects.create(
            article=article,
            text=text,
            title=article.title,
            sha256=compute_text_digest(text),
            seen_at=datetime(2024, 3, day, tzinfo=UTC),
            superseded_at=datetime(2024, 3, 9, tzinfo=UTC),
        )
        for day, text in ((1, article.text), (2, "It rained."))
    )

    def read_number() -> int:
        number: int = read_json_lines(fetch(client, f"/quotes/{quote.pk}.jsonl")[0])[0]["version"]
        return number

    # The article went back to its first text, so that this is the last of two.
    assert read_number() == 2
    assert [version.key for version in list_text_versions(article)] == [str(second.pk), "now"]

    # Another text took its place, and the quote stands in the first of three.
    with transaction.atomic():
        Quote.objects.filter(pk=quote.pk).update(version=first)
        Article.objects.filter(pk=article.pk).update(text="It is dry.")
    assert read_number() == 1


def test_a_batch_with_quotes_in_quotes_takes_one_statement_more(
    django_assert_num_queries: Any,
) -> None:
    words = "A said B called C told it rains"
    article, outer = make_article(f"{words}."), None
    for name, cue in (("A", "said"), ("B", "called"), ("C", "told")):
        content = words.partition(f"{cue} ")[2]
        outer = make_quote(article=article, actor=name, cue=cue, content=content, within=outer)
    ids = list(Quote.objects.values_list("pk", flat=True))

    with django_assert_num_queries(4):
        read_rows_by_id(ids, "")


def test_a_batch_takes_few_statements(
    client: Client, django_assert_max_num_queries: Any, keep_columns: Any
) -> None:
    for number in range(5):
        make_quote(actor=f"Speaker {number}")
    keep_columns()

    with django_assert_max_num_queries(4):
        fetch(client, "/quotes.csv")


def test_what_cannot_be_read_by_a_person_is_saved_as_a_file(client: Client) -> None:
    quote = make_quote()

    for each in DOWNLOADS:
        _, response = fetch(client, f"/quotes/{quote.pk}.{each.ending}")
        how = "inline" if each.ending == "txt" else "attachment"
        assert response["Content-Disposition"].startswith(how), each.name
        assert response["Content-Type"] == each.media_type


def test_every_format_has_one_writer() -> None:
    for each in FORMATS:
        assert [each.stream, each.write_file, each.write_feed].count(None) == 2
