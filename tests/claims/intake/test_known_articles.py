"""One article is one article, by whatever address it comes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.extraction.schema import Attribution
from claims.intake.addresses import canonicalize_address
from claims.intake.ingest import ingest_documents
from claims.intake.readers import Document
from claims.intake.storing_articles import StoredDocument, store_document
from claims.models import Article, ArticleAddress, Quote
from tests.claims.intake.test_addresses import SPELLINGS
from tests.claims.intake.test_ingest import DENIAL, SAYING, TEXT, document
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

OTHER = TEXT + "\nCorrected."
THIRD = TEXT + "\nCorrected twice."


def ingest(*documents: Document, version: str = "1", again: bool = False) -> list[str]:
    """Take documents in, in one run; return what became of each, in the order of settling."""

    def extract(document: Document) -> Sequence[Attribution]:
        return [DENIAL, SAYING]

    results = list(ingest_documents(documents, extract, version, again=again))
    assert all(isinstance(result, StoredDocument) for result in results), results
    return [result.outcome for result in results if isinstance(result, StoredDocument)]


def count_statements(*documents: Document) -> int:
    with CaptureQueriesContext(connection) as queries:
        for one in documents:
            store_document(one, [DENIAL, SAYING], "1")
    return len(queries)


# Addresses


def test_every_spelling_of_an_address_is_one_article_one_run_after_another() -> None:
    outcomes = [ingest(document(spelling))[0] for spelling in SPELLINGS]

    assert outcomes == ["new", *["unchanged"] * (len(SPELLINGS) - 1)]
    assert Article.objects.get().url == SPELLINGS[0]
    assert (
        ArticleAddress.objects.get().address == "https://harbour-herald.org/2024/03/bridge-reopens"
    )


def test_every_spelling_of_an_address_is_one_article_in_one_run() -> None:
    outcomes = ingest(*[document(spelling) for spelling in SPELLINGS])

    assert outcomes == ["new", *["unchanged"] * (len(SPELLINGS) - 1)]
    assert Article.objects.count() == 1


def test_an_article_that_comes_in_another_spelling_is_edited_and_keeps_its_quotes() -> None:
    ingest(document(SPELLINGS[0]))
    quotes = set(Quote.objects.values_list("pk", flat=True))

    outcomes = ingest(document(SPELLINGS[9], OTHER))

    assert outcomes == ["updated"]
    assert Article.objects.get().text == OTHER
    assert set(Quote.objects.values_list("pk", flat=True)) == quotes


def test_the_address_that_is_shown_has_nothing_that_follows_readers() -> None:
    ingest(document("https://a.org/story?id=5&utm_source=feed#top"))

    assert Article.objects.get().url == "https://a.org/story?id=5"


def test_articles_that_differ_in_a_number_are_two() -> None:
    outcomes = ingest(document("https://a.org/story?id=5"), document("https://a.org/story?id=6"))

    assert outcomes == ["new", "new"]


def test_an_article_is_known_by_every_address_that_its_document_tells() -> None:
    told = replace(document("https://a.org/bridge"), addresses=("https://a.org/short/5",))

    outcomes = [*ingest(told), *ingest(document("http://www.a.org/short/5"))]

    assert outcomes == ["new", "unchanged"]
    assert Article.objects.count() == 1


def test_a_page_that_has_another_article_now_is_another_article() -> None:
    page = ("https://a.org/latest",)
    first = replace(document("https://a.org/bridge"), addresses=page)
    second = replace(document("https://a.org/ferry"), addresses=page)

    outcomes = [*ingest(first), *ingest(second)]

    assert outcomes == ["new", "new"]
    latest = ArticleAddress.objects.get(address="https://a.org/latest")
    assert latest.article.key == "https://a.org/bridge"


def test_an_address_that_is_new_for_an_article_is_noted_though_nothing_else_is() -> None:
    told = replace(document("https://a.org/bridge"), addresses=("https://a.org/short/5",))
    ingest(document("https://a.org/bridge"))

    outcomes = [*ingest(told), *ingest(told)]

    assert outcomes == ["updated", "unchanged"]
    assert ArticleAddress.objects.count() == 2


def test_an_article_without_an_address_is_known_by_its_key() -> None:
    told = Document(
        "id:Harbour Herald/5", "Talks", TEXT, date(2024, 3, 5), "", "Harbour Herald", "f"
    )

    outcomes = [*ingest(told), *ingest(told)]

    assert outcomes == ["new", "unchanged"]
    assert not ArticleAddress.objects.exists()


def test_the_database_lets_no_address_be_of_two_articles() -> None:
    first, second = make_article(), make_article()
    ArticleAddress.objects.create(article=first, address="https://a.org/1")
    ArticleAddress.objects.create(article=second, address="https://a.org/1", of_another=True)

    with pytest.raises(IntegrityError):
        ArticleAddress.objects.create(article=second, address="https://a.org/1")


def test_a_new_article_costs_one_statement_more_for_its_address() -> None:
    keys = ("id:Harbour Herald/1", "id:Harbour Herald/2")
    first, second = [
        Document(key, "Talks", TEXT, date(2024, 3, 5), "", "Harbour Herald", "f") for key in keys
    ]
    for one in (document("https://a.org/first"), first):
        store_document(one, [DENIAL, SAYING], "1")

    cost = count_statements(document("https://a.org/second"))

    assert cost == count_statements(second) + 1


# Two texts of one address


def test_two_lines_with_one_address_settle_after_the_first_pass() -> None:
    lines = [document(), document(text=OTHER)]

    passes = [ingest(*lines) for _ in range(4)]

    assert passes == [["new", "updated"], *[["unchanged", "unchanged"]] * 3]
    article = Article.objects.get()
    assert article.text == OTHER
    assert [(version.text, version.sightings) for version in article.versions.all()] == [(TEXT, 1)]


def test_three_texts_of_one_address_settle_too_whatever_their_order() -> None:
    ingest(document(), document(text=OTHER), document(text=THIRD))

    passes = [
        ingest(document(text=THIRD), document(text=OTHER), document()),
        ingest(document(text=OTHER), document(), document(text=THIRD)),
    ]

    assert passes == [["unchanged"] * 3] * 2
    assert Article.objects.get().text == THIRD


def test_two_lines_with_one_text_and_two_titles_settle_too() -> None:
    lines = [document(), document(title="More talks")]

    passes = [ingest(*lines) for _ in range(3)]

    assert passes == [["new", "updated"], *[["unchanged", "unchanged"]] * 2]
    assert Article.objects.get().title == "More talks"


def test_of_two_lines_with_one_text_and_two_days_the_later_day_stays() -> None:
    lines = [replace(document(), published_on=date(2024, 3, 6)), document()]

    passes = [ingest(*lines) for _ in range(3)]

    assert passes[2] == ["unchanged", "unchanged"]
    assert Article.objects.get().published_on == date(2024, 3, 6)


def test_a_title_that_is_new_is_taken() -> None:
    for title in ("Talks", "More talks", "Talks"):
        ingest(document(title=title))

    assert ingest(document(title="Talks go on")) == ["updated"]

    assert Article.objects.get().title == "Talks go on"


def test_two_lines_settle_when_they_are_read_by_a_new_version() -> None:
    lines = [document(), document(text=OTHER)]
    ingest(*lines)

    passes = [ingest(*lines, version="2"), ingest(*lines, version="2")]

    assert passes == [["updated", "unchanged"], ["unchanged", "unchanged"]]
    assert Article.objects.get().text == OTHER


def test_two_texts_that_take_turns_stop_doing_so() -> None:
    turns = [document(), document(text=OTHER)] * 4

    outcomes = [ingest(one)[0] for one in turns]

    assert outcomes == ["new", "updated", "updated", "updated", *["unchanged"] * 4]
    assert Article.objects.get().text == OTHER


def test_two_texts_that_take_turns_stop_doing_so_where_each_comes_by_itself() -> None:
    turns = [document(), document(text=OTHER)] * 4

    outcomes = [store_document(one, [DENIAL], "1").outcome for one in turns]

    assert outcomes[:4] == ["new", "updated", "updated", "updated"]
    assert set(outcomes[4::2]) == {"unchanged"}
    assert Article.objects.get().text == OTHER


def test_a_text_that_its_outlet_goes_back_to_comes_back() -> None:
    for text in (TEXT, OTHER):
        ingest(document(text=text))

    assert ingest(document()) == ["updated"]

    assert Article.objects.get().text == TEXT


def test_a_text_of_a_later_day_comes_back_however_often_it_gave_way() -> None:
    for text in (TEXT, OTHER) * 3:
        ingest(document(text=text))
    later = replace(document(), published_on=date(2024, 3, 6))

    assert ingest(later) == ["updated"]

    assert Article.objects.get().text == TEXT


def test_reading_again_leaves_the_text_of_now() -> None:
    lines = [document(), document(text=OTHER)]
    ingest(*lines)

    outcomes = ingest(*lines, again=True)

    assert outcomes == ["updated", "unchanged"]
    assert Article.objects.get().text == OTHER


# Articles from before


def test_articles_from_before_get_their_addresses_and_the_oldest_of_several_has_it() -> None:
    migration = import_module("claims.migrations.0020_addresses")
    oldest = make_article(url="http://www.a.org/1?utm_source=x")
    doubled = make_article(url="https://a.org/1/")
    other = make_article(url="https://a.org/2")
    without = make_article(url="", key="id:a.org/3")

    with connection.schema_editor() as editor:
        migration.give_articles_their_addresses(apps, editor)

    rows = ArticleAddress.objects.values_list("article", "address", "of_another")
    assert set(rows) == {
        (oldest.pk, "https://a.org/1", False),
        (doubled.pk, "https://a.org/1", True),
        (other.pk, "https://a.org/2", False),
    }
    assert not without.addresses.exists()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_articles_from_before_are_found_by_the_rules_of_now(spelling: str) -> None:
    """Whoever changes the rules gives the articles that there are their addresses anew."""
    migration = import_module("claims.migrations.0020_addresses")

    assert migration.canonicalize_address(spelling) == canonicalize_address(spelling)


def test_documents_of_a_doubled_article_go_to_the_one_that_has_the_address() -> None:
    ingest(document("https://a.org/1"))
    oldest = Article.objects.get()
    doubled = make_article(TEXT, url="http://a.org/1", key="http://a.org/1")
    ArticleAddress.objects.create(article=doubled, address="https://a.org/1", of_another=True)

    outcomes = ingest(document("http://a.org/1", OTHER))

    texts: dict[int, Any] = dict(Article.objects.values_list("pk", "text"))
    assert outcomes == ["updated"]
    assert texts == {oldest.pk: OTHER, doubled.pk: TEXT}


def test_what_a_curator_keeps_apart_does_not_write_over_each_other() -> None:
    owner = make_article(TEXT, key="https://a.org/1", url="https://a.org/1")
    apart = make_article(TEXT, key="https://www.a.org/1", url="https://www.a.org/1")
    ArticleAddress.objects.create(article=owner, address=canonicalize_address(owner.key))
    ArticleAddress.objects.create(
        article=apart,
        address=canonicalize_address(apart.key),
        of_another=True,
        kept_apart_at=timezone.now(),
    )

    store_document(document(apart.key, TEXT + "\nCorrected."), [DENIAL], "2")

    owner.refresh_from_db()
    apart.refresh_from_db()
    assert (owner.text, apart.text) == (TEXT, TEXT + "\nCorrected.")
