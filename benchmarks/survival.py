"""What becomes of decisions when articles are edited: over a corpus, with a check that none is on a passage that looks alike.

    python -m benchmarks.survival DOCUMENTS.jsonl[.gz] [--decisions 400] [--rounds 4] [--out RESULT.json]

Ingests the documents into a database of its own, dropped at the end, decides on quotes at random as a curator would, and
then ingests each article again and again: first read with another threshold, then in edited versions, whose paragraphs are
moved, copied, changed, removed and new. Since the program made the edits, it knows which paragraph is which, however alike
they look: a decision on a copy, or on any other paragraph than the one it was made on, is counted as an error.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from benchmarks.site import open_site

if TYPE_CHECKING:
    from claims.desk.deciding import Decider
    from claims.extraction.schema import Attribution
    from claims.intake.readers import Document
    from claims.models import Article, Quote

EditKind = Literal["moved", "copied", "changed", "removed", "new"]
EDIT_KINDS: tuple[EditKind, ...] = get_args(EditKind)
LEAST_CONFIDENCE_KEPT = 0.6  # the other threshold: what is read with less confidence than this is dropped, and another tenth besides
DECISIONS_DRAWN = ("accepted", "corrected", "rejected")


@dataclass(frozen=True, slots=True)
class TrackedParagraph:
    """`origin` tells a paragraph from others that have its words: one that is moved or changed keeps it, a copy has its own."""

    origin: int
    text: str


class ArticleEditor:
    """Edits the paragraphs of one article as newsrooms do."""

    def __init__(self, rng: random.Random, text: str):
        self.rng, self.next = rng, 0
        self.paragraphs = [self.made(line) for line in text.split("\n")]

    def made(self, text: str) -> TrackedParagraph:
        self.next += 1
        return TrackedParagraph(self.next, text)

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def edit(self, sort: EditKind) -> None:
        """Do this to one of the paragraphs that are not empty, if there are several."""
        filled = [
            number for number, paragraph in enumerate(self.paragraphs) if paragraph.text.strip()
        ]
        if len(filled) < 2:
            return
        number, place = self.rng.choice(filled), self.rng.choice(filled)
        paragraph = self.paragraphs[number]
        if sort in ("moved", "removed"):
            del self.paragraphs[number]
        if sort == "moved":
            self.paragraphs.insert(min(place, len(self.paragraphs)), paragraph)
        elif sort == "copied":
            self.paragraphs.insert(place, self.made(paragraph.text))
        elif sort == "changed":
            self.paragraphs[number] = replace(paragraph, text=self.reworded(paragraph.text))
        elif sort == "new":
            self.paragraphs.insert(
                place, self.made(f"This is paragraph {self.next}, which is new and says little.")
            )

    def reworded(self, text: str) -> str:
        """With one word replaced."""
        words = list(re.finditer(r"\w+", text))
        word = self.rng.choice(words) if words else None
        return (
            f"{text[: word.start()]}otherwise{text[word.end() :]}" if word else f"{text} Otherwise."
        )

    def origin_at(self, offset: int) -> int:
        """The origin of the paragraph to which a character of the text belongs."""
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
        self.origins = {
            pk: editors[q.article_id].origin_at(q.cue_start) for pk, q in self.decided.items()
        }
        self.places = {pk: quote.cue_start for pk, quote in self.decided.items()}

    def look(self) -> Counter[str]:
        """How many are kept, moved, orphaned; and what must be none: lost, on a look-alike, changed, rejected and back."""
        from claims.models import Quote

        counts: Counter[str] = Counter(dict.fromkeys(("kept", "moved", "orphaned"), 0))
        errors = Counter(
            dict.fromkeys(
                (
                    "lost",
                    "on a look-alike",
                    "other words",
                    "decided otherwise",
                    "rejected and back",
                ),
                0,
            )
        )
        now = (
            Quote.objects.select_related("article", "version")
            .prefetch_related("spans")
            .in_bulk(self.decided)
        )
        for pk, before in self.decided.items():
            quote = now.get(pk)
            if quote is None:
                errors["lost"] += 1
                continue
            errors["decided otherwise"] += (quote.status, quote.act, quote.actor_id) != (
                before.status,
                before.act,
                before.actor_id,
            )
            errors["other words"] += get_words_selected(quote) != [
                before.source_text,
                before.cue,
                before.content,
            ]
            if quote.version_id:
                counts["orphaned"] += 1
                self.places.pop(pk, None)
            else:
                counts["kept" if self.places.get(pk) == quote.cue_start else "moved"] += 1
                self.places[pk] = quote.cue_start
                errors["on a look-alike"] += not self.itself(quote)
        errors["rejected and back"] = sum(
            has_come_back(quote) for quote in now.values() if quote.status == "rejected"
        )
        return counts + errors if not counts else Counter({**counts, **errors})

    def itself(self, quote: "Quote") -> bool:
        """Whether it stands in the paragraph it was decided in; or, of several that were alike, in the only one left.

        To copy a paragraph and to remove the first is to move it: from then on, that copy is the paragraph.
        """
        editor = self.editors[quote.article_id]
        origin = editor.origin_at(quote.cue_start)
        alike = next(each.text for each in editor.paragraphs if each.origin == origin)
        if sum(each.text == alike for each in editor.paragraphs) == 1:
            self.origins[quote.pk] = origin
        return origin == self.origins[quote.pk]


def get_words_selected(quote: "Quote") -> list[str]:
    """Source, cue and content as its spans select them."""
    from claims.models import CONTENT_GAP

    source = "" if quote.source_start is None else quote.text[quote.source_start : quote.source_end]
    content = CONTENT_GAP.join(quote.text[span.start : span.end] for span in quote.spans.all())
    return [source, quote.text[quote.cue_start : quote.cue_end], content]


def has_come_back(quote: "Quote") -> bool:
    """Whether readers see a quote with the words of this one, that nobody decided on."""
    from claims.models import Quote

    same = Quote.objects.standing().filter(
        article=quote.article_id, content=quote.content, cue=quote.cue
    )
    return same.filter(status="unreviewed").exists()


def decide_on_quotes(rng: random.Random, number: int) -> list["Quote"]:
    """Decide on so many quotes, or on all there are, as persons do at the desk: accepted, rejected, or corrected in one way."""
    from django.contrib.auth.models import User
    from django.db import transaction

    from claims.desk.deciding import Decider
    from claims.models import Quote

    curator, _ = User.objects.get_or_create(username="Clara")
    ids = list(Quote.objects.unreviewed().order_by("pk").values_list("pk", flat=True))
    for pk in rng.sample(ids, min(number, len(ids))):
        with transaction.atomic():
            decide_on_quote(
                rng, Decider(curator), Quote.objects.select_related("article", "claim").get(pk=pk)
            )
    return list(Quote.objects.decided().select_related("article").prefetch_related("spans"))


def decide_on_quote(rng: random.Random, by: "Decider", quote: "Quote") -> None:
    from claims.desk import deciding
    from claims.desk.parts import QuoteParts
    from claims.models import QuoteStatus

    status, contents = rng.choice(DECISIONS_DRAWN), deciding.get_content_spans(quote)
    if status != "corrected":
        by.set_status(quote, QuoteStatus(status))
    elif (way := rng.choice(("act", "speaker", "kind", "limits"))) == "act":
        by.give_act(quote, "warn")
    elif way == "speaker":
        by.give_speaker(quote, None)
    elif way == "kind":
        by.give_kind(quote, "mixed")
    else:  # without the last word
        *others, last = contents
        end = last.start + (last.of(quote.article.text).rstrip().rfind(" "))
        contents = [*others, replace(last, end=end)] if end > last.start else contents
        source, cue = deciding.get_source_span(quote), deciding.get_cue_span(quote)
        by.give_parts(quote, QuoteParts(source, cue, contents))


def vary_reading(rng: random.Random, found: Sequence["Attribution"]) -> list["Attribution"]:
    """As another model would read it: some are not found, some otherwise."""
    kept = [a for a in found if a.confidence >= LEAST_CONFIDENCE_KEPT and rng.random() > 0.1]
    return [replace(a, act="claim", speaker=None) if rng.random() < 0.2 else a for a in kept]


def edit_articles(rng: random.Random, editors: Iterable[ArticleEditor], most: int) -> Counter[str]:
    """Edit each article in one to so many ways; how often each was done."""
    done: Counter[str] = Counter()
    for editor in editors:
        for _ in range(rng.randint(1, most)):
            done[sort := rng.choice(EDIT_KINDS)] += 1
            editor.edit(sort)
    return done


ReadDocument = Callable[["Document"], Sequence["Attribution"]]


def ingest_articles(
    articles: Iterable["Article"], texts: dict[int, str], read: ReadDocument, version: str
) -> dict[str, int]:
    """Ingest the articles with these texts; what the report of it says."""
    from claims.intake.ingest import StoredDocument, ingest_documents
    from claims.intake.readers import Document
    from claims.intake.rereading import QuoteChanges

    documents = [
        Document(
            article.key,
            article.title,
            texts[article.pk],
            article.published_on,
            article.url,
            "",
            article.key,
        )
        for article in articles
    ]
    changes = QuoteChanges()
    for result in ingest_documents(documents, read, version, again=True):
        assert isinstance(result, StoredDocument), result
        changes.add(result.changes or QuoteChanges())
    return {
        sort: changes.counts[sort] for sort in ("kept", "moved", "returned", "orphaned", "vanished")
    }


def measure_survival(
    read: ReadDocument, decisions: int, rounds: int, seed: int, most: int = 3
) -> dict[str, Any]:
    """Decide, read otherwise and edit what is stored; what became of the decisions, round by round."""
    from claims.models import Article

    rng = random.Random(seed)
    articles = list(Article.objects.order_by("pk"))
    editors = {article.pk: ArticleEditor(rng, article.text) for article in articles}
    watch = DecisionWatch(editors, decide_on_quotes(rng, decisions))
    result: dict[str, Any] = {
        "articles": len(articles),
        "decisions": len(watch.decided),
        "rounds": [],
    }

    def again(name: str, version: str, reading: ReadDocument, edits: dict[str, int]) -> None:
        began = time.perf_counter()
        told = ingest_articles(
            articles, {pk: editor.text for pk, editor in editors.items()}, reading, version
        )
        seconds = round(time.perf_counter() - began, 1)
        result["rounds"].append(
            {
                "round": name,
                "edits": edits,
                "quotes": told,
                "decisions": watch.look(),
                "seconds": seconds,
            }
        )

    again(
        "read with another threshold",
        "other",
        lambda document: vary_reading(rng, read(document)),
        {},
    )
    for number in range(1, rounds + 1):
        again(
            f"edited, version {number + 1}",
            f"round {number}",
            read,
            dict(edit_articles(rng, editors.values(), most)),
        )
    return result


def count_errors(result: dict[str, Any]) -> int:
    sorts = ("lost", "on a look-alike", "other words", "decided otherwise", "rejected and back")
    return sum(each["decisions"][sort] for each in result["rounds"] for sort in sorts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=Path)
    parser.add_argument("--decisions", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with open_site("survival"):
        from claims.extraction.pipeline import load, read_article, version
        from claims.intake.ingest import StoredDocument, ingest_documents
        from claims.intake.readers import read_documents as documents

        nlp = load()

        def reading(document: "Document") -> Sequence["Attribution"]:
            return read_article(nlp, document.text, document.published_on)

        stored = list(ingest_documents(documents([str(options.documents)]), reading, version()))
        assert all(isinstance(each, StoredDocument) for each in stored), stored
        result = measure_survival(reading, options.decisions, options.rounds, options.seed)
    result = {
        "documents": options.documents.name,
        "seed": options.seed,
        **result,
        "errors": count_errors(result),
    }
    written = json.dumps(result, indent=2)
    print(written)
    if options.out:
        options.out.write_text(written + "\n")
    raise SystemExit(1 if result["errors"] else 0)


if __name__ == "__main__":
    main()
