"""A reader that finds quotes by one pattern, quickly and without the engine. No Django."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from claims.extraction.records import ArticleText, build_record
from claims.extraction.schema import Attribution, Span, Speaker
from claims.intake.feed_entries import FeedContent, FeedPage, read_feed_content
from claims.intake.handed_in import HandedIn, read_handed_in
from claims.intake.readers import Link
from claims.intake.readers.sources import ReadItem

SAID = re.compile(r"(?P<who>[A-Z]\w+ [A-Z]\w+) (?P<cue>said) (?P<content>[^.]+)\.")
TEXT = (
    "Ana Bell said the bridge is safe. Tom Kane said the ferry is late.\n"
    "Rain fell on the harbour all day, and nobody crossed the water."
)
VERSION = "test 1"


def find_quotes(article: ArticleText) -> list[dict[str, Any]]:
    """Return a record for each “Somebody Else said something.”"""
    records = []
    for found in SAID.finditer(article.text):
        attribution = Attribution(
            source=Span(*found.span("who")),
            cue=Span(*found.span("cue")),
            contents=(Span(*found.span("content")),),
            kind="indirect",
            act="say",
            confidence=0.9,
            speaker=Speaker(found["who"], "person", 0.9, "name"),
        )
        records.append(build_record(attribution))
    return records


@dataclass
class QuickReaders:
    """Reads as a worker's readers do, without the engine; remembers which articles it read."""

    version: str = VERSION
    articles: list[str] = field(default_factory=list)

    def find_quotes(self, article: ArticleText) -> list[dict[str, Any]]:
        self.articles.append(article.text)
        return find_quotes(article)

    def read_handed_in(self, handed_in: HandedIn) -> Iterator[ReadItem | Link]:
        return read_handed_in(handed_in)

    def read_feed(self, page: FeedPage) -> FeedContent:
        return read_feed_content(page)
