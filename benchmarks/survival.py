"""What becomes of decisions when articles are edited: over a corpus, checked so that none is on a
passage that looks alike.

    python -m benchmarks.survival DOCUMENTS.jsonl[.gz] [--decisions 400] [--rounds 4] [--out RESULT.json]

Ingests the documents into a database of its own, dropped at the end, decides on quotes at random as
a curator would, and then ingests each article again and again: first read with another threshold,
then in edited versions, whose paragraphs are moved, copied, changed, removed and new. Since the
program made the edits, it knows which paragraph is which, however alike they look: a decision on a
copy, or on any other paragraph than the one it was made on, is counted as an error.
"""

import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from benchmarks.report import build_parser, report
from benchmarks.site import build_reader, ingest_file, open_site

if TYPE_CHECKING:
    from benchmarks.site import ReadDocument
    from claims.desk.deciding import Decider
    from claims.extraction.schema import Attribution
    from claims.intake.readers import Document
    from claims.models import Article, Quote

EditKind = Literal["moved", "copied", "changed", "removed", "new"]
EDIT_KINDS: tuple[EditKind, ...] = get_args(EditKind)
LEAST_CONFIDENCE_KEPT = 0.6  # the other threshold
SHARE_NOT_FOUND = 0.1  # of the quotes above it
SHARE_READ_OTHERWISE = 0.2  # of the quotes found
DECISIONS_DRAWN = ("accepted", "corrected", "rejected")
CORRECTIONS_DRAWN = ("act", "speaker", "kind", "limits")
FATES = ("kept", "moved", "orphaned")
ERRORS = ("lost", "on a look-alike", "other words", "decided otherwise", "rejected and back")
QUOTE_CHANGES = ("kept", "moved", "returned", "orphaned", "vanished")


@dataclass(frozen=True, slots=True)
class TrackedParagraph:
    """A paragraph whose `origin` tells it from others that have its words.

    One that is moved or changed keeps its origin; a copy has its own.
    """

    origin: int
    text: str


class ArticleEditor:
    """Edits the paragraphs of one article as newsrooms do."""

    def __init__(self, rng: random.Random, text: str):
        self.rng = rng
        self.last_origin = 0
        self.paragraphs = [self.make_paragraph(line) for line in text.split("\n")]

    def make_paragraph(self, text: str) -> TrackedParagraph:
        """Return a paragraph with an origin that no other has."""
        self.last_origin += 1
        return TrackedParagraph(self.last_origin, text)

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def edit(self, kind: EditKind) -> None:
        """Edit one of the paragraphs that are not empty, if there are several."""
        filled = [
            number for number, paragraph in enumerate(self.paragraphs) if paragraph.text.strip()
        ]
        if len(filled) < 2:
            return
        number = self.rng.choice(filled)
        place = self.rng.choice(filled)
        paragraph = self.paragraphs[number]
        if kind == "moved":
            del self.paragraphs[number]
            self.paragraphs.insert(min(place, len(self.paragraphs)), paragraph)
        elif kind == "removed":
            del self.paragraphs[number]
        elif kind == "copied":
            self.paragraphs.insert(place, self.make_paragraph(paragraph.text))
        elif kind == "changed":
            self.paragraphs[number] = replace(paragraph, text=self.replace_word(paragraph.text))
        elif kind == "new":
            text = f"This is paragraph {self.last_origin}, which is new and says little."
            self.paragraphs.insert(place, self.make_paragraph(text))

    def replace_word(self, text: str) -> str:
        """Return a text with one of its words replaced, or with a new one if it has none."""
        words = list(re.finditer(r"\w+", text))
        if not words:
            return f"{text} Otherwise."
        word = self.rng.choice(words)
        return f"{text[: word.start()]}otherwise{text[word.end() :]}"

    def find_origin(self, offset: int) -> int:
        """Return the origin of the paragraph to which a character of the text belongs."""
        end = 0
        for paragraph in self.paragraphs:
            end += len(paragraph.text) + 1
            if offset < end:
                return paragraph.origin
        raise ValueError(f"the text has no character {offset}")


class DecisionWatch:
    """Knows where each decision was made, and says what has become of them."""

    def __init__(self, editors: dict[int, ArticleEditor], quotes: Iterable["Quote"]):
        self.editors = editors
        self.decided = {quote.pk: quote for quote in quotes}
        self.places = {pk: quote.cue_start for pk, quote in self.decided.items()}
        self.origins = {pk: self.find_origin(quote) for pk, quote in self.decided.items()}

    def find_origin(self, quote: "Quote") -> int:
        return self.editors[quote.article_id].find_origin(quote.cue_start)

    def count_fates(self) -> Counter[str]:
        """Count the decisions by what became of them (`FATES`), and those that are wrong
        (`ERRORS`).
        """
        from claims.models import Quote

        counts: Counter[str] = Counter(dict.fromkeys((*FATES, *ERRORS), 0))
        rows = Quote.objects.select_related("article", "version").prefetch_related("spans")
        quotes = rows.in_bulk(self.decided)
        for pk, before in self.decided.items():
            quote = quotes.get(pk)
            if quote is None:
                counts["lost"] += 1
                continue
            counts["decided otherwise"] += get_decision(quote) != get_decision(before)
            words = [before.source_text, before.cue, before.content]
            counts["other words"] += get_words_selected(quote) != words
            if quote.status == "rejected":
                counts["rejected and back"] += has_come_back(quote)
            if quote.version_id:
                counts["orphaned"] += 1
                self.places.pop(pk, None)
            else:
                counts["kept" if self.places.get(pk) == quote.cue_start else "moved"] += 1
                self.places[pk] = quote.cue_start
                counts["on a look-alike"] += not self.is_in_its_paragraph(quote)
        return counts

    def is_in_its_paragraph(self, quote: "Quote") -> bool:
        """Tell whether a quote stands in the paragraph it was decided in.

        Of several that were alike, that is the only one left. To copy a paragraph and to remove the
        first is to move it: from then on, that copy is the paragraph.
        """
        origin = self.find_origin(quote)
        paragraphs = self.editors[quote.article_id].paragraphs
        text = next(paragraph.text for paragraph in paragraphs if paragraph.origin == origin)
        alike = sum(paragraph.text == text for paragraph in paragraphs)
        if alike == 1:
            self.origins[quote.pk] = origin
        return origin == self.origins[quote.pk]


def get_decision(quote: "Quote") -> tuple[str, str, int | None]:
    """Return what a decision says of a quote."""
    return quote.status, quote.act, quote.actor_id


def get_words_selected(quote: "Quote") -> list[str]:
    """Return source, cue and content as the quote's spans select them."""
    from claims.models import CONTENT_GAP

    source = "" if quote.source_start is None else quote.text[quote.source_start : quote.source_end]
    content = CONTENT_GAP.join(quote.text[span.start : span.end] for span in quote.spans.all())
    return [source, quote.text[quote.cue_start : quote.cue_end], content]


def has_come_back(quote: "Quote") -> bool:
    """Tell whether readers see a quote with the words of this one that nobody decided on."""
    from claims.models import Quote

    same = Quote.objects.standing().filter(
        article=quote.article_id, content=quote.content, cue=quote.cue
    )
    return same.filter(status="unreviewed").exists()


def decide_on_quotes(rng: random.Random, number: int) -> list["Quote"]:
    """Decide on so many quotes, or on all there are, as curators do, and return all that are
    decided on.
    """
    from django.contrib.auth.models import User
    from django.db import transaction

    from claims.desk.deciding import Decider
    from claims.models import Quote

    curator, _ = User.objects.get_or_create(username="Clara")
    ids = list(Quote.objects.unreviewed().order_by("pk").values_list("pk", flat=True))
    for pk in rng.sample(ids, min(number, len(ids))):
        with transaction.atomic():
            quote = Quote.objects.select_related("article", "wording").get(pk=pk)
            decide_on_quote(rng, Decider(curator), quote)
    return list(Quote.objects.decided().select_related("article").prefetch_related("spans"))


def decide_on_quote(rng: random.Random, decider: "Decider", quote: "Quote") -> None:
    """Accept or reject a quote, or correct it in one way."""
    from claims.models import QuoteStatus

    status = rng.choice(DECISIONS_DRAWN)
    if status != "corrected":
        decider.set_status(quote, QuoteStatus(status))
        return
    correction = rng.choice(CORRECTIONS_DRAWN)
    if correction == "act":
        decider.give_act(quote, "warn")
    elif correction == "speaker":
        decider.give_speaker(quote, None)
    elif correction == "kind":
        decider.give_kind(quote, "mixed")
    else:
        take_last_word_off(decider, quote)


def take_last_word_off(decider: "Decider", quote: "Quote") -> None:
    """End the content of a quote one word earlier, where it has several."""
    from claims.desk.parts import QuoteParts

    contents = quote.content_spans
    *others, last = contents
    end = last.start + last.of(quote.article.text).rstrip().rfind(" ")
    if end > last.start:
        contents = [*others, replace(last, end=end)]
    decider.give_parts(quote, QuoteParts(quote.source_span, quote.cue_span, contents))


def vary_reading(rng: random.Random, found: Sequence["Attribution"]) -> list["Attribution"]:
    """Return what another model would find: some are not found, some are read otherwise."""
    kept = []
    for attribution in found:
        is_confident = attribution.confidence >= LEAST_CONFIDENCE_KEPT
        if is_confident and rng.random() > SHARE_NOT_FOUND:
            kept.append(attribution)
    varied = []
    for attribution in kept:
        if rng.random() < SHARE_READ_OTHERWISE:
            varied.append(replace(attribution, act="claim", speaker=None))
        else:
            varied.append(attribution)
    return varied


def edit_articles(rng: random.Random, editors: Iterable[ArticleEditor], most: int) -> Counter[str]:
    """Edit each article in one to `most` ways, and return how often each was done."""
    edits: Counter[str] = Counter()
    for editor in editors:
        for _ in range(rng.randint(1, most)):
            kind = rng.choice(EDIT_KINDS)
            edits[kind] += 1
            editor.edit(kind)
    return edits


def ingest_articles(
    articles: Iterable["Article"], texts: dict[int, str], read: "ReadDocument", version: str
) -> dict[str, int]:
    """Ingest the articles with these texts, and return what changed of their quotes."""
    from claims.intake.ingest import ingest_documents
    from claims.intake.rereading import QuoteChanges
    from claims.intake.storing_articles import StoredDocument

    documents = [build_document(article, texts[article.pk]) for article in articles]
    changes = QuoteChanges()
    for result in ingest_documents(documents, read, version, again=True):
        assert isinstance(result, StoredDocument), result
        if result.changes:
            changes.add(result.changes)
    return {kind: changes.counts[kind] for kind in QUOTE_CHANGES}


def build_document(article: "Article", text: str) -> "Document":
    """Return the article as a document that has another text."""
    from claims.intake.readers import Document

    day = article.published_on
    return Document(article.key, article.title, text, day, article.url, "", article.key)


class SurvivalTrial:
    """Ingests the stored articles again and again, and keeps the figures of each `rounds`."""

    def __init__(self, rng: random.Random, decisions: int):
        from claims.models import Article

        self.articles = list(Article.objects.order_by("pk"))
        self.editors = {article.pk: ArticleEditor(rng, article.text) for article in self.articles}
        self.watch = DecisionWatch(self.editors, decide_on_quotes(rng, decisions))
        self.rounds: list[dict[str, Any]] = []

    def ingest_again(
        self, name: str, version: str, read: "ReadDocument", edits: dict[str, int]
    ) -> None:
        began = time.perf_counter()
        texts = {pk: editor.text for pk, editor in self.editors.items()}
        changes = ingest_articles(self.articles, texts, read, version)
        seconds = round(time.perf_counter() - began, 1)
        figures = {"quotes": changes, "decisions": self.watch.count_fates(), "seconds": seconds}
        self.rounds.append({"round": name, "edits": edits, **figures})


def measure_survival(
    read: "ReadDocument", decisions: int, rounds: int, seed: int, most: int = 3
) -> dict[str, Any]:
    """Decide, read otherwise and edit, and return what became of the decisions, round by round."""
    rng = random.Random(seed)
    trial = SurvivalTrial(rng, decisions)

    def read_otherwise(document: "Document") -> Sequence["Attribution"]:
        return vary_reading(rng, read(document))

    trial.ingest_again("read with another threshold", "other", read_otherwise, {})
    for number in range(1, rounds + 1):
        edits = dict(edit_articles(rng, trial.editors.values(), most))
        trial.ingest_again(f"edited, version {number + 1}", f"round {number}", read, edits)
    return {
        "articles": len(trial.articles),
        "decisions": len(trial.watch.decided),
        "rounds": trial.rounds,
    }


def count_errors(result: dict[str, Any]) -> int:
    return sum(figures["decisions"][error] for figures in result["rounds"] for error in ERRORS)


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--decisions", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with open_site("survival"):
        from claims.intake.storing_articles import StoredDocument

        read = build_reader()
        stored = ingest_file(options.documents, read)
        assert all(isinstance(result, StoredDocument) for result in stored), stored
        figures = measure_survival(read, options.decisions, options.rounds, options.seed)
    errors = count_errors(figures)
    origin = {"documents": options.documents.name, "seed": options.seed}
    report({**origin, **figures, "errors": errors}, options.out)
    raise SystemExit(1 if errors else 0)


if __name__ == "__main__":
    main()
