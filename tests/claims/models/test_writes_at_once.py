"""Two transactions at once: what each would be refused for alone, neither gets past the other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Timer

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from claims.extraction.schema import Attribution, Span
from claims.intake.readers import Document
from claims.intake.storing_articles import store_document
from claims.models import Article, Quote
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "Veldania said the bridge is safe."
ANOTHER = "Nobody spoke."
PAUSE = 0.3  # seconds in which whoever does not wait is long done


@pytest.fixture
def other() -> Iterator[BaseDatabaseWrapper]:
    """Another connection to the same database, in a transaction, which any thread may use."""
    made = connection.copy()
    made.inc_thread_sharing()
    made.set_autocommit(False)
    yield made
    made.rollback()
    made.close()


def change_text(through: BaseDatabaseWrapper, article: Article) -> None:
    with through.cursor() as cursor:
        cursor.execute("UPDATE claims_article SET text = %s WHERE id = %s", [ANOTHER, article.pk])


def test_a_text_that_is_being_changed_gets_no_quote_of_the_old_one(
    other: BaseDatabaseWrapper,
) -> None:
    article = make_article(TEXT)
    change_text(other, article)
    Timer(PAUSE, other.commit).start()

    with pytest.raises(IntegrityError, match=r"is not what its span selects|outside the text"):
        make_quote(article=article, content="the bridge is safe")

    assert Article.objects.get().text == ANOTHER
    assert not Quote.objects.exists()


def test_a_text_that_is_getting_a_quote_is_not_changed(other: BaseDatabaseWrapper) -> None:
    article = make_article(TEXT)

    with ThreadPoolExecutor(1) as aside:
        with transaction.atomic():
            make_quote(article=article, content="the bridge is safe")
            connection.check_constraints()
            changing = aside.submit(change_text, other, article)
            with pytest.raises(TimeoutError):
                changing.result(PAUSE)
        changing.result()
    with pytest.raises(IntegrityError, match="cannot change while quotes point into it"):
        other.commit()

    assert Article.objects.get().text == TEXT


def test_a_correction_that_is_being_saved_is_waited_for_and_kept(
    other: BaseDatabaseWrapper,
) -> None:
    quote = make_quote(article=make_article(TEXT), content="the bridge is safe")
    article = quote.article
    again = Document(
        article.key, article.title, TEXT, article.published_on, article.url, "", "here"
    )
    read = Attribution(
        source=Span(0, 8),
        cue=Span(9, 13),
        contents=(Span(14, 32),),
        kind="indirect",
        act="say",
        confidence=0.5,
        speaker=None,
    )
    with other.cursor() as cursor:
        cursor.execute("UPDATE claims_quote SET status = 'accepted' WHERE id = %s", [quote.pk])

    with ThreadPoolExecutor(1) as aside:
        reading = aside.submit(ingested, again, read)
        with pytest.raises(TimeoutError):
            reading.result(PAUSE)
        other.commit()
        reading.result()

    quote.refresh_from_db()
    assert (quote.status, quote.confidence, quote.extractor) == ("accepted", 0.9, "test")


def ingested(document: Document, attribution: Attribution) -> None:
    """Ingest in a thread, whose connection ends with it."""
    try:
        store_document(document, [attribution], "newer")
    finally:
        connection.close()
