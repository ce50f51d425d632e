"""Finds the article that a document is: by any address by which it is or was known.

A document without an address is known by its key.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from claims.intake.addresses import canonicalize_address, is_front_page, is_of_inner_network
from claims.intake.readers.documents import Document
from claims.models import Article, ArticleAddress
from claims.models.copying import copy_rows, format_array

# By arrays: PostgreSQL would take long to read hundreds of names one by one.
KNOWN_ARTICLES_SQL = """
    SELECT address, article_id, 'name' FROM claims_articleaddress
     WHERE address = ANY(%(names)s::text[]) AND NOT of_another
     UNION ALL
    SELECT key, id, 'key' FROM claims_article WHERE key = ANY(%(keys)s::text[])
     UNION ALL
    SELECT article.key, article.id, 'kept apart'
      FROM claims_articleaddress apart JOIN claims_article article ON article.id = apart.article_id
     WHERE article.key = ANY(%(keys)s::text[]) AND apart.of_another AND apart.kept_apart_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class KnownArticles:
    """The primary keys of articles by the names and by the keys of some documents.

    A curator has `kept_apart` the articles of these keys from others that have their address.
    """

    by_name: dict[str, int] = field(default_factory=dict)
    by_key: dict[str, int] = field(default_factory=dict)
    kept_apart: set[str] = field(default_factory=set)

    def get_number(self, document: Document) -> int | None:
        """Return which of these articles a document is, None if it is none of them.

        Only its own address tells: at one of its others there may have been another article.
        """
        if document.key in self.kept_apart:
            return self.by_key.get(document.key)
        name = list_names(document)[0]
        return self.by_name.get(name) or self.by_key.get(document.key)

    def has_all_names(self, document: Document) -> bool:
        """Return whether an article is known by each address of a document."""
        if not document.url:
            return True
        return all(name in self.by_name for name in list_names(document))


def list_names(document: Document) -> list[str]:
    """Return what a document's article is to be known by: first its own address, then others.

    Addresses are in their canonical form. Without any it is the document's key.
    """
    if not document.url:
        return [document.key]
    return list_names_of_addresses(document.url, document.addresses)


def list_names_of_addresses(url: str, others: Iterable[str]) -> list[str]:
    """Return the canonical form of an article's own address, then those of others that name it."""
    names = [canonicalize_address(url)]
    for address in others:
        if not is_front_page(address) and not is_of_inner_network(address):
            names.append(canonicalize_address(address))
    return list(dict.fromkeys(names))


def find_known_articles(documents: Iterable[Document]) -> KnownArticles:
    """Return the articles that documents are, as far as there are any, in one query."""
    names: set[str] = set()
    keys: set[str] = set()
    for document in documents:
        names.update(list_names(document))
        keys.add(document.key)
    values = {"names": format_array(sorted(names)), "keys": format_array(sorted(keys))}
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_ARTICLES_SQL, values)
        rows = cursor.fetchall()
    known = KnownArticles()
    for name, number, found_by in rows:
        if found_by == "name":
            known.by_name[name] = number
        elif found_by == "key":
            known.by_key[name] = number
        else:
            known.kept_apart.add(name)
    return known


def find_article_at(address: str) -> Article | None:
    """Return the article that is known by an address, however that is written; its title alone."""
    if not address:
        return None
    known = ArticleAddress.objects.own().filter(address=canonicalize_address(address))
    return Article.objects.filter(addresses__in=known).only("title").first()


def find_known_addresses(addresses: Collection[str]) -> set[str]:
    """Return those of the addresses at which an article is known, however they are written."""
    canonical = {address: canonicalize_address(address) for address in addresses}
    known = ArticleAddress.objects.own().filter(address__in=set(canonical.values()))
    names = set(known.values_list("address", flat=True))
    return {address for address, name in canonical.items() if name in names}


def select_new_places(documents: Sequence[Document], known: KnownArticles) -> list[int]:
    """Return the places of those documents that are none of the known articles.

    Of several of one article it is that of the first.
    """
    places = []
    taken: set[str] = set()
    for place, document in enumerate(documents):
        names = list_names(document)
        if known.get_number(document) is None and taken.isdisjoint((names[0], document.key)):
            places.append(place)
            taken.update(names, [document.key])
    return places


def note_addresses(articles: Iterable[tuple[Article, Document]], known: KnownArticles) -> None:
    """Note the addresses of documents by which no article is known yet as their articles'."""
    noted = set(known.by_name)
    rows = []
    for article, document in articles:
        if not document.url:
            continue
        for name in list_names(document):
            if name not in noted:
                noted.add(name)
                rows.append((article.pk, name))
    if rows:
        copy_rows(ArticleAddress, ("article_id", "address"), rows)
