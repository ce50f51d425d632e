"""Quotes as annotations of their articles (https://www.w3.org/TR/annotation-model/).

What is said is selected by its words with those around them, which finds it in the original page,
and by its place in the text as it was read here.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, Least, Substr

from claims.models import Span
from claims.models.addresses import get_address
from claims.outputs.fields import FlatRow
from claims.outputs.linked_data import WIKIDATA_ENTITY
from claims.outputs.selecting import Selection

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
ENDING = "anno"
LETTERS_AROUND = 32  # before and after the words


class SelectedWords(NamedTuple):
    """A part of what a quote says, in its text: the words, their place, and those around them."""

    start: int
    end: int
    before: str
    exact: str
    after: str


def write_annotations(selection: Selection, batches: Iterable[list[FlatRow]]) -> Iterator[bytes]:
    """Yield a collection with one page, which has an annotation for each quote."""
    head = {
        "@context": CONTEXT,
        "id": f"{selection.page_address}#annotations",
        "type": "AnnotationCollection",
        "label": selection.title,
        "total": selection.total,
    }
    page = {
        "id": f"{selection.page_address}#annotations-1",
        "type": "AnnotationPage",
        "partOf": head["id"],
        "startIndex": 0,
    }
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    opening_of_page = json.dumps(page, ensure_ascii=False)[:-1]
    yield f'{opening}, "first": {opening_of_page}, "items": ['.encode()
    separator = "\n"
    for batch in batches:
        words = read_selected_words([row.id for row in batch])
        items = []
        for row in batch:
            annotation = build_annotation(row, words[row.id], selection.site)
            items.append(separator + json.dumps(annotation, ensure_ascii=False))
            separator = ",\n"
        yield "".join(items).encode()
    yield b"\n]}}\n"


def read_selected_words(quotes: Sequence[int]) -> dict[int, list[SelectedWords]]:
    """Return the parts of each of these quotes, in the order of its text. It takes one query."""
    found: defaultdict[int, list[SelectedWords]] = defaultdict(list)
    spans = select_words_around(Span.objects.filter(quote__in=quotes))
    for quote, *words in spans.order_by("quote", "start"):
        found[quote].append(SelectedWords(*words))
    return found


def select_words_around(spans: "QuerySet[Span]") -> Any:
    """Return the number of the quote, the place, and the words before, in and after each span."""
    text = Coalesce("quote__version__text", "quote__article__text")
    room = Value(LETTERS_AROUND, IntegerField())
    first = Greatest(F("start") - room, Value(0, IntegerField()))
    before = Substr(text, first + 1, Least(F("start"), room))
    exact = Substr(text, F("start") + 1, F("end") - F("start"))
    after = Substr(text, F("end") + 1, LETTERS_AROUND)
    return spans.values_list("quote", "start", "end", before, exact, after)


def build_annotation(row: FlatRow, words: Sequence[SelectedWords], site: str) -> dict[str, Any]:
    """Return one annotation: the sentence that tells the quote, and who speaks, if that is sure."""
    bodies: list[dict[str, Any]] = [
        {
            "type": "TextualBody",
            "value": row.sentence,
            "format": "text/plain",
            "language": "en",
            "purpose": "describing",
        },
        {"type": "TextualBody", "value": row.act.replace("_", " "), "purpose": "tagging"},
    ]
    if row.actor and not row.speaker_unsure:
        address = f"{site}{get_address('actor', row.actor_slug)}"
        source = WIKIDATA_ENTITY + row.wikidata if row.wikidata else address
        bodies.append({"type": "SpecificResource", "source": source, "purpose": "identifying"})
    targets = [build_target(row, each, site) for each in words]
    return {
        "id": f"{row.address.removesuffix('/')}.{ENDING}",
        "type": "Annotation",
        "motivation": "describing",
        "created": row.added_at.isoformat(timespec="seconds"),
        "generator": {"id": f"{site}/", "type": "Software", "name": f"Newsroom {row.extractor}"},
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def build_target(row: FlatRow, words: SelectedWords, site: str) -> dict[str, Any]:
    """Return what is annotated: words of the article, as published or else as it is shown here."""
    page = f"{site}{get_address('article', row.article_id)}"
    quoted: dict[str, Any] = {"type": "TextQuoteSelector", "exact": words.exact}
    if words.before:
        quoted["prefix"] = words.before
    if words.after:
        quoted["suffix"] = words.after
    place = {"type": "TextPositionSelector", "start": words.start, "end": words.end}
    return {
        "type": "SpecificResource",
        "source": row.article_address or page,
        "selector": [quoted, place],
        "state": {"type": "TimeState", "cached": page},
    }
