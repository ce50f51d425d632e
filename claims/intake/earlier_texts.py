"""Tells an edit of an article from two documents that give one article two texts.

An article whose text is edited gets the new text, and one that is edited back gets the old text
again. But where two lines of a file have one address and two texts, or two pages of one address,
each would undo the other at every reading. So a text that the article had before is taken again
only

- if its document is of a later day than the article, or
- if it comes back for the first time, and no document of the same run has the text of now.

The same holds of a title or another value that was told before with the text of now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from claims.intake.known_articles import find_known_articles
from claims.intake.readers.documents import Document
from claims.intake.versions import compute_text_digest
from claims.models import Article, ArticleVersion

ToldValues = dict[str, Any]  # what a document tells of its article, by the names of the fields

# A text that has given way so often does not come back.
MOST_SIGHTINGS = 2


@dataclass(frozen=True, slots=True)
class StoredText:
    """What is stored of a document's article, if there is one.

    `has_all_names` says whether the article is known by every address that the document tells.
    `sightings` is how often the document's text came and gave way to another; 0 if it is the
    article's now, or new, or of a later day.
    """

    article: Article | None = None
    has_all_names: bool = False
    has_versions: bool = False
    sightings: int = 0


def look_up_texts(documents: Sequence[Document], fields: Iterable[str]) -> list[StoredText]:
    """Return what is stored of each document's article, in three queries for all.

    The articles have their texts and these `fields` alone.
    """
    known = find_known_articles(documents)
    numbers = [known.get_number(document) or 0 for document in documents]
    versions = ArticleVersion.objects.filter(article=OuterRef("pk"))
    rows = Article.objects.order_by().only("text", "published_on", *fields)
    articles = rows.annotate(has_versions=Exists(versions)).in_bulk(set(numbers) - {0})
    pairs = []
    for document, number in zip(documents, numbers, strict=True):
        if number in articles:
            pairs.append((document, articles[number]))
    sightings = count_sightings(pairs)
    found = []
    for document, number in zip(documents, numbers, strict=True):
        article = articles.get(number)
        if article is None:
            found.append(StoredText())
            continue
        text = StoredText(
            article,
            has_all_names=known.has_all_names(document),
            has_versions=bool(getattr(article, "has_versions", False)),
            sightings=sightings.get((number, compute_text_digest(document.text)), 0),
        )
        found.append(text)
    return found


def count_sightings(pairs: Iterable[tuple[Document, Article]]) -> dict[tuple[int, str], int]:
    """Return how often texts of documents came and gave way, by article and digest of the text."""
    wanted = set()
    for document, article in pairs:
        if article.text != document.text and not is_of_later_day(document, article):
            wanted.add((article.pk, compute_text_digest(document.text)))
    if not wanted:
        return {}
    rows = ArticleVersion.objects.filter(
        article__in={number for number, _ in wanted}, sha256__in={digest for _, digest in wanted}
    ).order_by()
    sightings = {}
    for number, digest, count in rows.values_list("article_id", "sha256", "sightings"):
        if (number, digest) in wanted:
            sightings[number, digest] = count
    return sightings


def list_values_told(
    articles: Iterable[Article], fields: Iterable[str]
) -> dict[int, list[ToldValues]]:
    """Return what was told of articles beside their texts, by their primary keys.

    It is read from their history: title, day, and these fields.
    """
    numbers = {article.pk for article in articles}
    if not numbers:
        return {}
    events = Article.pgh_event_model.objects.filter(pgh_obj__in=numbers)  # type: ignore[attr-defined]
    told: dict[int, list[ToldValues]] = {}
    for values in events.order_by().values("pgh_obj_id", "title", "published_on", *fields):
        told.setdefault(values["pgh_obj_id"], []).append(values)
    return told


def is_of_later_day(document: Document, article: Article) -> bool:
    if document.published_on is None or article.published_on is None:
        return False
    return document.published_on > article.published_on


def has_given_way_for_good(document: Document, article: Article) -> bool:
    """Return whether a document's text is one that the article had twice, and that does not return."""
    sightings = count_sightings([(document, article)])
    return any(count >= MOST_SIGHTINGS for count in sightings.values())
