"""A document as rows: an article with its quotes, each in its place, what a person decided kept."""

from dataclasses import replace
from typing import Any

import pytest

from claims.extraction.schema import Span, Speaker
from claims.intake.ingest import ingest_documents
from claims.intake.readers import Problem
from claims.intake.storing_articles import StoredDocument
from claims.models import Actor, Article, Claim, Quote
from tests.claims.intake.test_ingest import (
    ADDING,
    DENIAL,
    SAYING,
    TEXT,
    attribution,
    document,
    rows,
    store,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_document_becomes_an_article_with_its_quotes() -> None:
    result = store(DENIAL, SAYING, ADDING)

    assert isinstance(result, StoredDocument)
    assert (result.outcome, result.quotes) == ("new", 3)
    denial, saying, adding = Quote.objects.order_by("cue_start")
    assert (denial.source_text, denial.cue, denial.content) == (
        "Ukraine",
        "denied",
        "any plan to attack",
    )
    assert (denial.act, denial.stance, denial.extractor) == ("deny", "denies", "1")
    assert denial.actor
    assert denial.actor.kind == "state"
    assert saying.actor
    assert saying.actor.slug == "anna-berg"
    assert adding.actor is None
    assert adding.source_text == "She"


def test_a_new_extractor_updates_quotes_in_place() -> None:
    store(DENIAL, SAYING)
    kept = Quote.objects.get(cue="denied").pk
    longer = attribution("Ukraine", "denied", "plan to attack", act="claim")

    store(longer, ADDING, version="2")

    quote = Quote.objects.get(pk=kept)
    assert (quote.content, quote.act, quote.stance, quote.extractor) == (
        "plan to attack",
        "claim",
        "asserts",
        "2",
    )
    assert set(Quote.objects.values_list("cue", flat=True)) == {"denied", "added"}
    assert not Claim.objects.filter(text="any plan to attack").exists()


@pytest.mark.parametrize("status", ["accepted", "corrected", "rejected"])
def test_a_quote_that_a_person_touched_is_neither_overwritten_nor_deleted_nor_doubled(
    status: str,
) -> None:
    store(DENIAL, SAYING)
    Quote.objects.filter(cue="denied").update(status=status, act="warn")
    Quote.objects.filter(cue="said").update(status=status)

    store(attribution("Ukraine", "denied", "plan to attack", act="claim"), version="2")

    touched = Quote.objects.get(cue="denied")
    assert (touched.act, touched.content, touched.extractor) == ("warn", "any plan to attack", "1")
    assert Quote.objects.filter(cue="said").exists()
    assert Quote.objects.count() == 2


def test_an_edited_article_takes_the_place_of_the_one_stored() -> None:
    store(DENIAL)
    before = Quote.objects.values().get()

    result = store(DENIAL, text=TEXT + "\nCorrected.")

    assert isinstance(result, StoredDocument)
    assert (result.outcome, result.quotes) == ("updated", 1)
    assert Article.objects.get().text == TEXT + "\nCorrected."
    assert Quote.objects.values().get() == before
    assert [version.text for version in Article.objects.get().versions.all()] == [TEXT]


def test_an_edited_article_that_cannot_be_stored_leaves_the_one_stored() -> None:
    store(DENIAL, SAYING)
    Quote.objects.filter(cue="said").update(status="accepted")
    before = rows()

    result = store(replace(DENIAL, source=Span(5, 5000)), text="Nobody spoke.", version="2")

    assert isinstance(result, Problem)
    assert rows() == before
    assert not Quote.objects.absent().exists()
    assert not Article.objects.get().versions.exists()


def test_one_name_is_one_actor_across_articles_and_a_surname_is_not() -> None:
    surname = attribution(
        "Anna Berg",
        "said",
        '"we wait"',
        speaker=Speaker("Berg", "person", 0.8, "name", alone=False),
    )
    for key in ("https://example.org/a", "https://example.org/b"):
        store(DENIAL, surname, key=key)

    assert Actor.objects.filter(name="Ukraine").count() == 1
    assert Actor.objects.filter(name="Berg").count() == 2
    first, second = Actor.objects.filter(name="Berg").order_by("pk")
    assert (first.slug, second.slug) == ("berg", f"berg-{second.pk}")


def test_the_same_words_are_one_claim_whatever_their_case_and_marks() -> None:
    text = "Ann said that rain fell. Bob denied “Rain fell”."
    quotes = [
        attribution("Ann", "said", "that rain fell", text=text),
        attribution("Bob", "denied", "“Rain fell”", text=text, act="deny"),
    ]

    store(*quotes, text=text)

    claim = Claim.objects.get()
    assert set(claim.quotes.values_list("stance", flat=True)) == {"asserts", "denies"}


def test_a_span_that_the_database_refuses_leaves_nothing_of_its_document() -> None:
    outside = replace(DENIAL, source=Span(5, 5000))

    result = store(outside)

    assert isinstance(result, Problem)
    assert "outside the text" in result.reason
    assert not Article.objects.exists()
    assert not Actor.objects.exists()


def test_an_article_takes_few_queries(
    django_assert_max_num_queries: Any,
) -> None:
    store(DENIAL, key="https://example.org/first")

    with django_assert_max_num_queries(22 + 9):  # to store it, and to look for its copies
        store(DENIAL, SAYING, ADDING)


def test_what_a_document_tells_of_its_article_is_stored_and_what_another_does_not_tell_stays() -> (
    None
):
    told = replace(
        document(), author="Ana Bell", section="Local", language="en-GB", licence="© Herald Press"
    )

    first = list(ingest_documents([told], lambda each: [], "1"))
    silent = list(ingest_documents([document()], lambda each: [], "1"))
    other = list(ingest_documents([replace(told, author="Tom Kane")], lambda each: [], "1"))

    outcomes = [
        each.outcome for each in (*first, *silent, *other) if isinstance(each, StoredDocument)
    ]
    article = Article.objects.get()
    assert outcomes == ["new", "unchanged", "updated"]
    assert (article.author, article.section, article.language) == ("Tom Kane", "Local", "en-GB")
    assert article.licence == "© Herald Press"
