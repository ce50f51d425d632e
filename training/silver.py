"""Attributions that nobody annotated, found by the committed model: `python -m training.silver --help`.

PolNeAR leaves out attributions inside attributions, so a model that learns from it alone finds none. Each content, read by
itself as if it were the article, shows them; so do the articles of the world news, which nobody annotated for quotes.
"""

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from claims.extraction.encoder.features import MODEL_DIR
from claims.extraction.encoder.session import Encoder
from claims.extraction.quotes.datelines import list_datelines
from claims.extraction.quotes.finding import find_quotes
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.text.article_text import Text
from claims.extraction.text.furniture import list_furniture
from training.data import SURE, Document, read_corpus

POSSIBLE = 0.15  # a cue below this confidence is taught as none; from here up to `SURE` neither as one nor as none


def found_in(text: str, encoder: Encoder) -> list[FoundQuote]:
    text = Text(text)
    encoded = encoder(text)
    found = find_quotes(encoded, encoder.confidence, text, list_datelines(encoded, text))
    return [quote for quote in found if quote.confidence >= POSSIBLE]


def silver(quote: FoundQuote, at: Sequence[int]) -> dict[str, Any]:
    """The quote as an attribution of the document, where `at` gives each character's place; `silver` is its confidence."""

    def places(start: int, end: int) -> list[list[int]]:
        """A span that crosses a gap between contents becomes two."""
        cuts = [i for i in range(start + 1, end) if at[i] != at[i - 1] + 1]
        return [[at[a], at[b - 1] + 1] for a, b in zip([start, *cuts], [*cuts, end], strict=True)]

    return {
        "source": places(quote.source.start, quote.source.end) if quote.source else [],
        "cue": places(quote.cue.start, quote.cue.end),
        "content": list(chain.from_iterable(places(c.start, c.end) for c in quote.contents)),
        "silver": quote.confidence,
    }


def nested(document: Document, encoder: Encoder) -> Iterator[dict[str, Any]]:
    """What is attributed inside the document's contents, each content read by itself."""
    text, attributions = document["text"], document["attributions"]
    known = {
        i for a in attributions for start, end in a.get("cue") or () for i in range(start, end)
    }
    seen: set[int] = set()
    for attribution in sorted(
        attributions, key=lambda a: sum(y - x for x, y in a.get("content") or ())
    ):
        at = [i for start, end in attribution.get("content") or () for i in range(start, end)]
        for quote in found_in("".join(text[i] for i in at), encoder):
            made = silver(quote, at)
            cue = {i for start, end in made["cue"] for i in range(start, end)}
            if not cue & (known | seen):
                seen |= cue
                yield made


def in_article(document: Document, encoder: Encoder) -> Iterator[dict[str, Any]]:
    """What is attributed in an article that nobody annotated, page furniture left out."""
    text = document["text"]
    nobody = {i for line in list_furniture(text) for i in range(line.start, line.end)}
    for quote in found_in(text, encoder):
        if quote.cue.start not in nobody:
            yield silver(quote, range(len(text) + 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quotes", type=Path, required=True, help="documents with attributions (JSON Lines)"
    )
    parser.add_argument("--names", type=Path, required=True, help="documents without (JSON Lines)")
    parser.add_argument("--model", type=Path, default=MODEL_DIR, help="the model that finds more")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for quotes.jsonl.gz and names.jsonl.gz"
    )
    options = parser.parse_args()
    encoder = Encoder(options.model)
    options.out.mkdir(parents=True, exist_ok=True)
    for source, target, find in (
        (options.quotes, "quotes", nested),
        (options.names, "names", in_article),
    ):
        sure = possible = 0
        with gzip.open(options.out / f"{target}.jsonl.gz", "wt", encoding="utf-8") as lines:
            for document in read_corpus(source):
                more = list(find(document, encoder))
                sure += sum(a["silver"] >= SURE for a in more)
                possible += len(more)
                print(
                    json.dumps(
                        document | {"attributions": [*document.get("attributions", ()), *more]}
                    ),
                    file=lines,
                )
        print(
            f"{target}: {sure:,} more attributions are taught, {possible - sure:,} possible ones are passed over"
        )


if __name__ == "__main__":
    main()
