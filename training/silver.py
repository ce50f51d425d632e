"""Attributions that nobody annotated, found by a model, and annotated ones that it doubts:
`python -m training.silver --help`.

PolNeAR leaves out attributions inside attributions, so a model that learns from it alone finds
none. Each content, read by itself as if it were the article, shows them; so do the articles of the
world news, which nobody annotated for quotes. PolNeAR also has deeds and attitudes that are no
statements: what a model that learned from other articles holds unlikely is passed over.
"""

import argparse
import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from claims.extraction.encoder.session import Encoder
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.quotes.candidates import list_candidate_quotes
from claims.extraction.quotes.datelines import list_datelines
from claims.extraction.quotes.finding import find_quotes, score_quotes
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from claims.extraction.text.furniture import list_furniture
from training.data import SURE, Document, read_corpus

# A cue below this confidence is taught as none; from here up to `SURE` neither as one nor as none.
POSSIBLE = 0.15


def find_possible_quotes(text: str, encoder: Encoder) -> list[FoundQuote]:
    known_text = Text(text)
    encoded = encoder(known_text)
    datelines = list_datelines(encoded, known_text)
    found = find_quotes(encoded, encoder.confidence, known_text, datelines)
    return [quote for quote in found if quote.confidence >= POSSIBLE]


def mark_doubted(document: Document, encoder: Encoder) -> Document:
    """Return the document with the model's confidence as `silver` in annotated attributions whose
    cues it holds unlikely.
    """
    text = Text(document["text"])
    candidates = list(list_candidate_quotes(encoder(text), text))
    confidence_at: dict[int, float] = {}  # of the surest candidate whose cue has a character
    for quote in score_quotes(candidates, encoder.confidence, text):
        for at in range(quote.cue.start, quote.cue.end):
            confidence_at[at] = max(confidence_at.get(at, 0.0), quote.confidence)
    attributions = []
    for attribution in document["attributions"]:
        cue = list_characters(attribution.get("cue") or ())
        confidence = max((confidence_at.get(at, 0.0) for at in cue), default=1.0)
        if confidence < POSSIBLE:
            attribution = attribution | {"silver": confidence}
        attributions.append(attribution)
    return document | {"attributions": attributions}


def build_silver_attribution(quote: FoundQuote, places: Sequence[int]) -> dict[str, Any]:
    """Return the quote as an attribution of the document, in which `places` has each character's
    place.

    `silver` is its confidence.
    """
    contents = [split_at_gaps(content, places) for content in quote.contents]
    return {
        "source": split_at_gaps(quote.source, places) if quote.source else [],
        "cue": split_at_gaps(quote.cue, places),
        "content": list(chain.from_iterable(contents)),
        "silver": quote.confidence,
    }


def split_at_gaps(span: Span, places: Sequence[int]) -> list[list[int]]:
    """Return where a span stands in the document: in two or more pieces where it crosses a gap
    between contents.
    """
    cuts = [at for at in range(span.start + 1, span.end) if places[at] != places[at - 1] + 1]
    bounds = pairwise([span.start, *cuts, span.end])
    return [[places[start], places[end - 1] + 1] for start, end in bounds]


def list_nested(document: Document, encoder: Encoder) -> Iterator[dict[str, Any]]:
    """Yield what is attributed inside the document's contents, each content read by itself, the
    shortest first.
    """
    text, attributions = document["text"], document["attributions"]
    seen: set[int] = set()  # the characters of cues
    for attribution in attributions:
        seen |= list_characters(attribution.get("cue") or ())
    for attribution in sorted(attributions, key=measure_content):
        places = [at for start, end in attribution.get("content") or () for at in range(start, end)]
        for quote in find_possible_quotes("".join(text[at] for at in places), encoder):
            silver = build_silver_attribution(quote, places)
            cue = list_characters(silver["cue"])
            if cue.isdisjoint(seen):
                seen |= cue
                yield silver


def list_characters(spans: Iterable[Sequence[int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def measure_content(attribution: dict[str, Any]) -> int:
    """Return the length of an attribution's content in characters."""
    return sum(end - start for start, end in attribution.get("content") or ())


def list_in_article(document: Document, encoder: Encoder) -> Iterator[dict[str, Any]]:
    """Yield what is attributed in an article that nobody annotated, page furniture left out."""
    text = document["text"]
    furniture = list_characters((line.start, line.end) for line in list_furniture(text))
    for quote in find_possible_quotes(text, encoder):
        if quote.cue.start not in furniture:
            yield build_silver_attribution(quote, range(len(text) + 1))


def write_silver(
    documents: Iterable[Document],
    list_more: Callable[[Document, Encoder], Iterator[dict[str, Any]]],
    encoder: Encoder,
    path: Path,
    doubts: bool = False,
) -> tuple[int, int]:
    """Write the documents with more attributions.

    Return how many of these are sure, and how many only possible.
    """
    sure = possible = 0
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for document in documents:
            if doubts and "attributions" in document:
                document = mark_doubted(document, encoder)
            more = list(list_more(document, encoder))
            sure_here = sum(attribution["silver"] >= SURE for attribution in more)
            sure += sure_here
            possible += len(more) - sure_here
            attributions = [*document.get("attributions", ()), *more]
            print(json.dumps(document | {"attributions": attributions}), file=lines)
    return sure, possible


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quotes", type=Path, required=True, help="documents with attributions (JSON Lines)"
    )
    parser.add_argument("--names", type=Path, required=True, help="documents without (JSON Lines)")
    parser.add_argument("--model", type=Path, default=MODEL_DIR, help="the model that finds more")
    parser.add_argument(
        "--doubts",
        action="store_true",
        help="pass over annotated attributions that the model holds unlikely",
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for quotes.jsonl.gz and names.jsonl.gz"
    )
    options = parser.parse_args()
    encoder = Encoder(options.model)
    options.out.mkdir(parents=True, exist_ok=True)
    for name, corpus, list_more in (
        ("quotes", options.quotes, list_nested),
        ("names", options.names, list_in_article),
    ):
        path = options.out / f"{name}.jsonl.gz"
        sure, possible = write_silver(read_corpus(corpus), list_more, encoder, path, options.doubts)
        taught = f"{name}: {sure:,} more attributions are taught"
        print(f"{taught}, {possible:,} possible ones are passed over")


if __name__ == "__main__":
    main()
