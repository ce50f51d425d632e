"""Stores documents as articles, each with its quotes in one transaction, or not at all.

Those that are new go in together. One whose article is there already brings that up to date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pghistory
from django.db import DatabaseError, transaction
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from claims.extraction.schema import Attribution
from claims.history.writing import (
    Named,
    add_beside_others,
    lock_names,
    try_again_after_conflicts,
    wait_for_writers,
)
from claims.intake.addresses import canonicalize_address, clean_address
from claims.intake.copies import compare_when_stored
from claims.intake.database_errors import describe_refusal, has_too_many_locks, is_database_unusable
from claims.intake.earlier_texts import ToldValues, has_given_way_for_good
from claims.intake.factchecks import store_reviews
from claims.intake.known_articles import (
    find_known_articles,
    list_names,
    note_addresses,
    select_new_places,
)
from claims.intake.loading import load_articles
from claims.intake.outlets import (
    find_or_create_outlet,
    find_outlets_to_add,
    find_published_at,
    rename_outlet,
)
from claims.intake.readers import Document, Problem
from claims.intake.rereading import QuoteChanges
from claims.intake.storing import store_quotes
from claims.intake.versions import ArticleEdit, follow_edit
from claims.models import Article, Office, Outlet, Quote
from claims.models.copying import copy_rows, reserve_keys

# What a document may tell beside its text: what it leaves out stays as another one told it.
OPTIONAL_FIELDS = ("author", "language", "section", "licence")

ARTICLE_COLUMNS = (
    "id",
    "key",
    "outlet_id",
    "url",
    "title",
    "text",
    "published_on",
    "author",
    "language",
    "section",
    "licence",
    "extractor",
    "added_at",
)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What became of one document.

    `changes` are those of the quotes of an article that was read again.
    """

    document: Document
    outcome: Literal["new", "updated", "unchanged"]
    quotes: int
    changes: QuoteChanges | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article just stored, whether it had quotes and told offices, and what a new text did to
    these quotes.
    """

    article: Article
    is_new: bool
    has_quotes: bool = False
    has_offices: bool = False
    edit: ArticleEdit | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document of so many words, and what quotes were read in it."""

    document: Document
    attributions: Sequence[Attribution]
    words: int = 0


def store_documents(read: Sequence[ReadDocument], version: str) -> list[StoredDocument | Problem]:
    """Store documents, those that are new together, and return what came of each.

    If one cannot be stored, it is a problem and the others are stored without it.
    """
    new: dict[int, StoredDocument] = {}
    if len(read) > 1:
        try:
            new = store_new_documents(read, version)
        except DatabaseError as error:
            if is_database_unusable(error) and not has_too_many_locks(error):
                raise
            return store_in_halves(read, version)
    outcomes: list[StoredDocument | Problem] = []
    for place, each in enumerate(read):
        outcomes.append(new.get(place) or store_or_tell_why_not(each, version))
    return outcomes


def store_in_halves(read: Sequence[ReadDocument], version: str) -> list[StoredDocument | Problem]:
    """Store the first half of documents and then the others, as they cannot be stored together."""
    middle = len(read) // 2
    first = store_documents(read[:middle], version)
    return [*first, *store_documents(read[middle:], version)]


def store_or_tell_why_not(read: ReadDocument, version: str) -> StoredDocument | Problem:
    try:
        return store_document(read.document, read.attributions, version)
    except DatabaseError as error:
        if is_database_unusable(error):
            raise
        return Problem(read.document.where, describe_refusal(error))


def store_document(
    document: Document, attributions: Sequence[Attribution], version: str
) -> StoredDocument:
    """Store an article and its quotes, in one transaction."""
    read = ReadDocument(document, attributions)

    def store() -> StoredDocument:
        new = store_new_documents([read], version)
        return new[0] if new else store_document_again(document, attributions, version)

    return try_again_after_conflicts(store)


def store_new_documents(read: Sequence[ReadDocument], version: str) -> dict[int, StoredDocument]:
    """Store those of the documents whose articles are not there yet, in one transaction.

    Return what came of them by their places. Of several of one article the first is stored.
    """
    documents = [each.document for each in read]
    names = {name for document in documents for name in (document.key, *list_names(document))}
    with transaction.atomic(), pghistory.context(why=f"read by extractor {version}"):
        add_beside_others()
        lock_names(Named.ARTICLE, names)
        known = find_known_articles(documents)
        places = select_new_places(documents, known)
        if not places:
            # Gives the locks back, also where a transaction around this one goes on.
            transaction.set_rollback(True)
            return {}
        new = [read[place] for place in places]
        articles = store_articles([each.document for each in new], version)
        note_addresses(list(zip(articles, (each.document for each in new), strict=True)), known)
        attributions = [each.attributions for each in new]
        load_articles(list(zip(articles, attributions, strict=True)), version)
        store_reviews(review for each in new for review in each.document.reviews)
        compare_when_stored(len(articles))
    outcomes = {}
    for place, each in zip(places, new, strict=True):
        outcomes[place] = StoredDocument(each.document, "new", len(each.attributions))
    return outcomes


def store_articles(documents: Sequence[Document], version: str) -> list[Article]:
    """Store articles that are not there yet, without their quotes."""
    published = [find_published_at(document.url, document.publisher) for document in documents]
    outlets = find_outlets_to_add(published)
    articles = []
    for document in documents:
        article = Article(key=document.key, added_at=timezone.now())
        assign_document(article, document, version, outlets)
        articles.append(article)
    if len(articles) == 1:  # it is given its number as it goes in: one question less
        return Article.objects.bulk_create(articles)
    for article, number in zip(articles, reserve_keys(Article, len(articles)), strict=True):
        article.pk = number
    rows = [[getattr(article, column) for column in ARTICLE_COLUMNS] for article in articles]
    copy_rows(Article, ARTICLE_COLUMNS, rows)
    return articles


def store_document_again(
    document: Document, attributions: Sequence[Attribution], version: str
) -> StoredDocument:
    """Bring an article that is there to what was read of it, in one transaction.

    What is no more goes, so nobody else writes meanwhile.
    """
    with transaction.atomic(), pghistory.context(why=f"read by extractor {version}"):
        wait_for_writers()
        known = find_known_articles([document])
        article = find_article(known.get_number(document))
        if article and has_given_way_for_good(document, article):
            quotes = count_quotes([article]).get(article.pk, 0)
            return StoredDocument(document, "unchanged", quotes)
        stored = store_article(article, document, version)
        note_addresses([(stored.article, document)], known)
        changes = store_quotes(
            stored.article,
            attributions,
            version,
            stored.edit,
            has_quotes=stored.has_quotes,
            has_offices=stored.has_offices,
        )
        store_reviews(document.reviews)
        compare_when_stored()
    if stored.is_new:
        return StoredDocument(document, "new", len(attributions))
    return StoredDocument(document, "updated", len(attributions), changes)


def find_article(number: int | None) -> Article | None:
    if number is None:
        return None
    return Article.objects.select_related("outlet").filter(pk=number).first()


def is_unchanged(article: Article, document: Document) -> bool:
    told = {"text": document.text, **get_told_values(document)}
    return all(getattr(article, name) == value for name, value in told.items())


def get_told_values(document: Document) -> ToldValues:
    """Return what a document tells beside its text."""
    return {
        "title": document.title,
        "published_on": document.published_on,
        **get_optional_values(document),
    }


def get_optional_values(document: Document) -> dict[str, str]:
    """Return those of the optional fields that a document tells."""
    values = {name: str(getattr(document, name)) for name in OPTIONAL_FIELDS}
    return {name: value for name, value in values.items() if value}


def store_article(article: Article | None, document: Document, version: str) -> StoredArticle:
    """Store the article, a new one where there is none.

    Of one that was there before, the database keeps a text that gives way as a version.
    """
    if article is None:
        article = Article(key=document.key)
        assign_document(article, document, version)
        article.save()
        return StoredArticle(article, is_new=True)

    # The quotes before their article, as corrections lock them: else each could wait for the other.
    quotes = article.quotes.order_by("pk").select_for_update()
    offices = Exists(Office.objects.filter(article=OuterRef("article")))
    have_offices = list(quotes.values_list(offices, flat=True))
    old_text = article.text
    if assign_document(article, document, version):
        article.save()
    edit = None
    if old_text != document.text:
        edit = follow_edit(article, old_text)
    return StoredArticle(
        article,
        is_new=False,
        has_quotes=bool(have_offices),
        has_offices=any(have_offices),
        edit=edit,
    )


def assign_document(
    article: Article, document: Document, version: str, outlets: dict[str, Outlet] | None = None
) -> bool:
    """Give an article the values of a document, and return whether any of them differed.

    `outlets` are those that have been looked up already, by their hosts.
    """
    values = {
        "outlet": choose_outlet(article, document, outlets),
        "url": choose_url(article, document),
        "title": document.title,
        "text": document.text,
        "published_on": document.published_on,
        "extractor": version,
        **get_optional_values(document),
    }
    is_changed = False
    for name, value in values.items():
        if article.pk is None or getattr(article, name) != value:
            setattr(article, name, value)
            is_changed = True
    return is_changed


def choose_outlet(
    article: Article, document: Document, outlets: dict[str, Outlet] | None
) -> Outlet:
    """Return the outlet of a document, which is mostly that which its article has already."""
    found = find_published_at(document.url, document.publisher)
    if article.pk:
        before = find_published_at(article.url, document.publisher)
        if found.host == before.host:
            rename_outlet(article.outlet, found.name)
            return article.outlet
    return find_or_create_outlet(found, outlets)


def choose_url(article: Article, document: Document) -> str:
    """Return the address to follow: of several spellings of one the first that came."""
    before = canonicalize_address(article.url)
    if before == canonicalize_address(document.url):
        return article.url
    return clean_address(document.url)


def count_quotes(articles: Sequence[Article]) -> dict[int, int]:
    """Return how many quotes each article has, by its primary key; one without any has no row."""
    if not articles:
        return {}
    keys = [article.pk for article in articles]
    quotes = Quote.objects.present().filter(article__in=keys).order_by()
    return dict(quotes.values_list("article").annotate(Count("pk")))
