"""Quotes as JSON-LD: a schema.org list of quotations, each a part of its article."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from claims.outputs.fields import FlatRow
from claims.outputs.selecting import Selection

# https://schema.org/Quotation takes a person or an organization as who said it; others are told in
# words.
SCHEMA_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "state": "GovernmentOrganization",
}
WIKIDATA_ENTITY = "https://www.wikidata.org/entity/"


def write_json_ld(selection: Selection, batches: Iterable[list[FlatRow]]) -> Iterator[bytes]:
    head = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "@id": selection.page_address,
        "name": selection.title,
        "description": selection.summary,
        "numberOfItems": selection.total,
    }
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "itemListElement": ['.encode()
    separator = "\n"
    for batch in batches:
        items = []
        for row in batch:
            items.append(separator + json.dumps(build_quotation(row), ensure_ascii=False))
            separator = ",\n"
        yield "".join(items).encode()
    yield b"\n]}\n"


def build_quotation(row: FlatRow) -> dict[str, Any]:
    """Return a schema.org Quotation.

    It names no speaker who is in doubt, and none for words that are denied or questioned: who did
    that stands in the sentence.
    """
    quotation: dict[str, Any] = {
        "@type": "Quotation",
        "@id": row.address,
        "url": row.address,
        "identifier": row.id,
        "text": row.quote,
        "description": row.sentence,
    }
    if row.language:
        quotation["inLanguage"] = row.language
    has_known_speaker = row.actor_kind in SCHEMA_TYPES and not row.speaker_unsure
    if has_known_speaker and row.is_asserted:
        quotation["creator"] = build_creator(row)
    if row.speaker and row.is_asserted:
        quotation["creditText"] = row.speaker
    if row.said_on:
        quotation["dateCreated"] = row.said_on.isoformat()
    quotation["isPartOf"] = build_article(row)
    return quotation


def build_creator(row: FlatRow) -> dict[str, Any]:
    creator = {"@type": SCHEMA_TYPES[row.actor_kind], "name": row.actor}
    if row.wikidata:
        creator["sameAs"] = WIKIDATA_ENTITY + row.wikidata
    return creator


def build_article(row: FlatRow) -> dict[str, Any]:
    article: dict[str, Any] = {"@type": "NewsArticle", "headline": row.article_title}
    if row.published_on:
        article["datePublished"] = row.published_on.isoformat()
    if row.author:
        article["author"] = {"@type": "Person", "name": row.author}
    article["publisher"] = {"@type": "Organization", "name": row.outlet}
    if row.article_address:
        article["url"] = row.article_address
    return article
