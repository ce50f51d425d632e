"""An article without an address is one, however it comes in, and keeps its row when keys become clear."""

import json
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from claims.admin.merging_articles import find_articles_sharing_address
from claims.intake.arriving import deliver_files, keep_arrival
from claims.intake.attributed import build_attributed_line, load_lines
from claims.intake.ingest import ingest_documents
from claims.intake.readers import Document, read_content
from claims.intake.readers.lines import build_line
from claims.models import Article, ArticleAddress
from tests.claims.intake.arrivals import run_jobs
from tests.claims.intake.quick_readers import TEXT, VERSION
from tests.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db(transaction=True)


def ingest(line: dict[str, Any]) -> None:
    """Store the document of a line as `manage.py ingest` does."""
    content = json.dumps(line).encode()
    items = [item for item in read_content(content, "a.jsonl") if isinstance(item, Document)]
    list(ingest_documents(items, lambda document: [], VERSION))


def load(line: dict[str, Any]) -> None:
    """Store the document of a line as `manage.py load` does."""
    attributed = build_attributed_line(line, [], VERSION)
    list(load_lines([("a.jsonl:1", json.dumps(attributed).encode())]))


def load_what_was_read(line: dict[str, Any]) -> None:
    """Store the document of a line as `manage.py read` and then `manage.py load` do."""
    (document,) = read_content(json.dumps(line).encode(), "a.jsonl")
    assert isinstance(document, Document)
    load(build_line(document))


def hand_in(line: dict[str, Any]) -> None:
    """Store the document of a line as a worker does, from the queue."""
    delivery = deliver_files([("a.jsonl", json.dumps(line).encode())])
    run_jobs()
    keep_arrival(delivery.arrivals.get())


WAYS = (ingest, load, load_what_was_read, hand_in)


@pytest.mark.parametrize(
    ("publisher", "number"),
    [
        ("Harbour Herald", "5"),
        ("  Harbour Herald ", "5"),
        ("\tHarbour Herald\n", "5"),
        ("Harbour Herald", " 5 "),
        ("CBS/AP ", "2024/5"),
        ("100%2F Herald ", "5"),
        (" ", "5"),
        (f"{'x' * 199} and more", "5"),
        ("Harbour Herald", "5" * 3000),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_a_document_without_an_address_is_one_article_whichever_way_it_comes_in(
    publisher: str, number: str
) -> None:
    line = {
        "id": number,
        "publisher": publisher,
        "title": "Bridge",
        "text": TEXT,
        "date": "2024-03-05",
    }
    articles = []
    for way in WAYS:
        way(line)
        articles.append(list(Article.objects.values_list("pk", "key")))

    assert len(articles[0]) == 1
    assert articles == [articles[0]] * len(WAYS)


def test_an_article_of_a_publisher_with_a_slash_gets_the_key_that_its_document_has_now() -> None:
    migration = import_module("claims.migrations.0016_articles_without_a_date")
    wire, harbour = make_outlet("CBS/AP"), make_outlet("Harbour Herald")
    unclear = make_article(outlet=wire, key="id:CBS/AP/x/1", url="")
    clear = make_article(outlet=harbour, key="id:Harbour Herald/x/1", url="")
    with_address = make_article(outlet=wire)

    migration.mark_where_publishers_end(apps, None)

    keys = dict(Article.objects.values_list("pk", "key"))
    assert keys == {
        unclear.pk: "id:CBS%2FAP/x/1",
        clear.pk: "id:Harbour Herald/x/1",
        with_address.pk: with_address.key,
    }


def test_an_article_stored_with_blanks_around_its_publisher_gets_the_key_of_its_document() -> None:
    migration = import_module("claims.migrations.0023_bulk")
    herald = make_outlet("Harbour Herald")
    blanks = make_article(outlet=herald, key="id:  Harbour Herald /x/ 1", url="")
    slash = make_article(outlet=herald, key="id: CBS%2FAP /1", url="")
    percent = make_article(outlet=herald, key="id:100%252F /1", url="")
    long = make_article(outlet=herald, key=f"id:{'x' * 199} and more/1", url="")
    nobody = make_article(outlet=herald, key="id: /1", url="")
    clear = make_article(outlet=herald, key="id:Harbour Herald/2", url="")
    with_address = make_article(outlet=herald, key="https://herald.example/ /1")

    migration.give_keys_of_now(apps, None)

    assert dict(Article.objects.values_list("pk", "key")) == {
        blanks.pk: "id:Harbour Herald/x/ 1",
        slash.pk: "id:CBS%2FAP/1",
        percent.pk: "id:100%252F/1",
        long.pk: f"id:{'x' * 199}/1",
        nobody.pk: "id:/1",
        clear.pk: clear.key,
        with_address.pk: with_address.key,
    }


def test_an_article_whose_key_another_has_by_now_is_offered_as_one_with_it() -> None:
    migration = import_module("claims.migrations.0023_bulk")
    herald = make_outlet("Harbour Herald")
    before = make_article(outlet=herald, key="id: Harbour Herald/1", url="")
    now = make_article(outlet=herald, key="id:Harbour Herald/1", url="")

    migration.give_keys_of_now(apps, None)

    assert set(Article.objects.values_list("key", flat=True)) == {before.key, now.key}
    assert list(find_articles_sharing_address(before)) == [now]
    doubled = ArticleAddress.objects.doubled().values_list("article", flat=True)
    assert list(doubled) == [before.pk]


def test_the_key_by_which_a_merged_article_is_known_gets_that_form_too() -> None:
    migration = import_module("claims.migrations.0023_bulk")
    kept = make_article()
    address = ArticleAddress.objects.create(article=kept, address="id: Harbour Herald/1")

    migration.give_keys_of_now(apps, None)

    address.refresh_from_db()
    assert address.address == "id:Harbour Herald/1"
