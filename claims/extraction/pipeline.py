"""The spaCy pipeline: text in, attributions out.

    nlp = load()
    doc = nlp("Ukraine says Russia has deployed tanks.")
    doc._.quotes   # list of Attribution, in the order of their cues
    doc.spans["sources"], doc.spans["cues"], doc.spans["contents"]
    doc._.quote_vectors   # what each quote says, as a vector

The component works behind any tokenizer, in any pipeline: `spacy.blank("en").add_pipe("newsroom_quotes")`. What an article's
page says of it helps, where it is known: `doc._.published`, a date, `doc._.publisher` and `doc._.author`.
"""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans
from spacy.vocab import Vocab

import claims.extraction.packing  # noqa: F401  (what it registers)
from claims.extraction.details.acts import classify_act_with_confidence
from claims.extraction.details.details import find_details
from claims.extraction.encoder.decoding import decode_labelled_words, log_softmax
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.features import MODEL_DIR
from claims.extraction.encoder.labels import ENTITY_LABELS
from claims.extraction.encoder.session import Encoder, PendingEncoding
from claims.extraction.lexicon.bodies import DOCUMENT_NOUNS, WORDS_FOR_NOBODY
from claims.extraction.lexicon.persons import NAME_PARTICLES, PERSON_TITLES, ROLE_NOUNS
from claims.extraction.lexicon.pronouns import (
    GENDER_OF_PRONOUN,
    PLURAL_PRONOUNS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
)
from claims.extraction.quotes.completing import complete_quotations
from claims.extraction.quotes.datelines import list_datelines
from claims.extraction.quotes.finding import FoundQuote, find_quotes, nest_quotes, share_sources
from claims.extraction.quotes.hearers import replace_hearer_with_teller
from claims.extraction.quotes.inner import add_inner_quotes
from claims.extraction.quotes.kinds import classify_kind
from claims.extraction.quotes.layout import merge_layout_quotes
from claims.extraction.quotes.selection import select_trustworthy_quotes
from claims.extraction.records import ArticleText
from claims.extraction.schema import Attribution, Span, Speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.mentions import list_named_actors
from claims.extraction.speakers.people import Entity, EntityKind
from claims.extraction.speakers.resolving import resolve_speakers
from claims.extraction.text.quotation import OPENING_MARKS, mark_quoted_characters
from claims.extraction.text.sentences import split_at_sentence_ends

T = TypeVar("T")
DOCS_AHEAD, WORDS_AHEAD = 50, 10_000
NO_NAMES = ROLE_NOUNS | PERSON_TITLES | DOCUMENT_NOUNS  # as labels of lines
UNCLEAR_PRONOUNS = frozenset(GENDER_OF_PRONOUN) | PLURAL_PRONOUNS | {"who", "whom", "whose"}
TEXT_KEY = (
    "newsroom_text"  # the text that a document was made from, which is slow to put together again
)
TRADE_BEFORE_NAME = re.compile(
    r"(?!(?:del|della|delle|dello|degli|dei|des|dem|zum|zur|ten|ter|abu|abd|al-\w+)\s)([a-z-]{3,})\s(?=[A-Z])"
)
LONGEST_CLOSING_PUNCTUATION = (
    2  # characters of punctuation by which an inner content may end later than the one around it
)

for _name in ("words", "quotes", "quote_vectors", "published", "publisher", "author"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


@cache
def get_encoder(folder: str, threads: int) -> Encoder:
    """One session a process and folder, shared by the components."""
    return Encoder(Path(folder), threads)


class WordTokenizer:
    """A token for each word of the encoder; white space beyond a single space makes tokens of its own."""

    def __init__(self, vocab: Vocab, reader: Encoder):
        self.vocab, self.reader = vocab, reader

    def __call__(self, text: str) -> Doc:
        words = self.reader.words(text)
        tokens: list[str] = []
        spaces: list[bool] = []
        at = 0
        bounds = zip(
            [*words.start.tolist(), len(text)], [*words.end.tolist(), len(text)], strict=True
        )
        for start, end in bounds:
            gap = text[at:start]
            if gap.startswith(" ") and spaces:
                spaces[-1], gap = True, gap[1:]
            for part in (gap, text[start:end]):
                if part:
                    tokens.append(part)
                    spaces.append(False)
            at = end
        doc = Doc(self.vocab, words=tokens, spaces=spaces)
        doc._.words = words
        doc.user_data[TEXT_KEY] = text
        return doc


@Language.factory(
    "newsroom_quotes",
    assigns=["doc._.quotes", "doc._.quote_vectors", "doc.spans", "doc.ents", "token.is_sent_start"],
    default_config={"model": str(MODEL_DIR), "threads": 0},
)
class QuotesComponent:
    """Who said what: one pass of the encoder, and what is read off it. Names and sentences that are there already stay."""

    def __init__(self, nlp: Language, name: str, model: str, threads: int):
        self.encoder = get_encoder(model, threads)

    def __call__(self, doc: Doc) -> Doc:
        return self.finish(doc, self.begin(doc)())

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 0) -> Iterator[Doc]:
        """The documents, each finished while the encoder reads the ones after it, whatever `batch_size`.

        Those are at most `AHEAD` documents and `WORDS_AHEAD` words; a longer document is finished before the next is begun.
        """
        begun: deque[tuple[Doc, PendingEncoding]] = deque()
        waiting = 0
        try:
            for doc in stream:
                begun.append((doc, self.begin(doc)))
                waiting += len(doc)
                while waiting > WORDS_AHEAD or len(begun) > DOCS_AHEAD:
                    first, outcome = begun.popleft()
                    waiting -= len(first)
                    yield self.finish(first, outcome())
            while begun:
                first, outcome = begun.popleft()
                yield self.finish(first, outcome())
        finally:
            for _, unread in begun:
                unread.cancel()

    def begin(self, doc: Doc) -> PendingEncoding:
        return self.encoder.begin(doc._.words or self.encoder.words(doc.text))

    def finish(self, doc: Doc, encoded: EncodedText) -> Doc:
        names = list_entities(encoded, doc.user_data.get(TEXT_KEY) or doc.text)
        doc._.quotes = self.attributions(doc, encoded, names)
        doc._.quote_vectors = self.encoder.vectors.of(
            encoded, [quote.contents for quote in doc._.quotes]
        )
        doc.spans["sources"] = [
            build_token_span(doc, q.source, "source") for q in doc._.quotes if q.source
        ]
        doc.spans["cues"] = [build_token_span(doc, q.cue, "cue") for q in doc._.quotes]
        doc.spans["contents"] = [
            build_token_span(doc, span, "content") for q in doc._.quotes for span in q.contents
        ]
        if not doc.has_annotation("ENT_IOB"):
            doc.set_ents(filter_spans([build_token_span(doc, e.span, e.kind) for e in names]))
        if not doc.to_array("SENT_START").any():
            doc.from_array(["SENT_START"], mark_sentence_starts(doc, encoded))
        return doc

    def attributions(
        self, doc: Doc, encoded: EncodedText, names: list[Entity]
    ) -> list[Attribution]:
        text = doc.user_data.get(TEXT_KEY) or doc.text
        inside = mark_quoted_characters(text)
        model = self.encoder
        found = select_trustworthy_quotes(
            find_quotes(encoded, model.confidence, text, inside), text, inside
        )
        found = select_trustworthy_quotes(
            merge_layout_quotes(text, complete_quotations(found, text)), text, inside
        )
        found = nest_quotes(
            add_inner_quotes(found, text, model)
        )  # anew: an outer quote may have been left out
        found = share_sources(found, text)
        names = add_names_in_labels(names, found, text)
        article = ArticleContext(
            text,
            names,
            partial(model.references.shares, encoded),
            doc._.publisher or "",
            doc._.author or "",
        )
        found = [
            replace(q, source=article.whole_source(q.source, q.cue)) if q.source else q
            for q in found
        ]
        found = nest_quotes([replace_hearer_with_teller(quote, text) for quote in found])
        made = [
            build_attribution(article, inside, quote, speaker, doc._.published)
            for quote, speaker in resolve_speakers(article, found)
        ]
        return sorted(drop_redundant_quotes(made, text), key=lambda quote: quote.cue)


def drop_redundant_quotes(quotes: list[Attribution], text: str) -> list[Attribution]:
    """The quotes, but for reasons why another's source has no name ("who asked not to be named"), and but for inner quotes that
    tell a reader nothing which the outer one does not."""
    reasons = [d.span for quote in quotes for d in quote.details if d.role == "anonymity"]
    by_cue = {quote.cue: quote for quote in quotes}
    left_out = {
        quote.cue: quote.within
        for quote in quotes
        if any(reason.overlaps(quote.cue) for reason in reasons)
        or (quote.within and is_redundant_inner_quote(quote, by_cue[quote.within], text))
    }

    def around(cue: Span | None) -> Span | None:
        while cue in left_out:
            cue = left_out[cue]
        return cue

    return [
        replace(quote, within=around(quote.within)) for quote in quotes if quote.cue not in left_out
    ]


def is_redundant_inner_quote(inner: Attribution, outer: Attribution, text: str) -> bool:
    """Whether an inner quote, without quotation marks of its own, is of nobody in particular ("you would think") or of the
    outer one's own speaker, whose words are told anyway ("Bell said she hoped …")."""
    if inner.contents[0].of(text)[0] in OPENING_MARKS:
        return False
    if inner.speaker is None:
        return inner.source is None or is_nobody_in_particular(inner.source.of(text).casefold())
    itself = inner.source and inner.source.of(text).casefold() in PRONOUNS
    same = outer.speaker is not None and inner.speaker.name == outer.speaker.name
    last = inner.contents[-1].end
    held = any(
        c.start <= inner.cue.start and last <= c.end + LONGEST_CLOSING_PUNCTUATION
        for c in outer.contents
    )
    return bool(itself and same and held)


def is_nobody_in_particular(source: str) -> bool:
    """Whether a source without a speaker is nobody in particular; "he" and "who" are somebody, only unclear who."""
    return (
        source in PRONOUNS | RELATIVE_PRONOUNS and source not in UNCLEAR_PRONOUNS
    ) or source.split()[0] in WORDS_FOR_NOBODY


def add_names_in_labels(names: list[Entity], found: list[FoundQuote], text: str) -> list[Entity]:
    """The names, and the labels of a transcript's lines as names of persons; a place before a single colon stays one."""
    sources = [quote.source for quote in found if quote.source and quote.cue.of(text) == ":"]
    times = Counter(source.of(text) for source in sources)
    bodies = [entity.span for entity in names if entity.kind in ("LOC", "ORG")]
    labels = [
        source
        for source in sources
        if is_name_label(source.of(text))
        and (times[source.of(text)] > 1 or not any(body.overlaps(source) for body in bodies))
    ]
    known = {entity.span.start for entity in names if entity.kind == "PER"}
    people = [Entity(label, "PER") for label in labels if label.start not in known]
    rest = [
        entity
        for entity in names
        if not any(entity.span.overlaps(person.span) for person in people)
    ]
    return sorted((*rest, *people), key=lambda entity: entity.span)


def is_name_label(label: str) -> bool:
    """Whether a label is somebody's name, not their part or office ("Q", "HOST", "Fire chief") nor a thing ("Poll")."""
    words = label.split()
    return (
        len(label) > 2
        and all(word[0].isupper() for word in words)
        and words[-1].casefold() not in NO_NAMES
    )


def build_attribution(
    article: ArticleContext,
    inside: NDArray[np.int8],
    quote: FoundQuote,
    speaker: Speaker | None,
    published: date | None,
) -> Attribution:
    """The finished quote: its kind, its act, whom it is about and what else is said of it."""
    text = article.text
    person = speaker is None or speaker.kind in ("person", "unnamed")
    act, sure = classify_act_with_confidence(quote.cue.of(text), quote.contents[0].of(text), person)
    details, said_on = find_details(text, quote.source, quote.cue, quote.contents, act, published)
    return Attribution(
        quote.source,
        quote.cue,
        quote.contents,
        classify_kind(quote.contents, text, inside),
        act,
        quote.confidence,
        speaker,
        sure,
        details,
        said_on,
        quote.within,
        list_named_actors(article, quote.contents),
    )


def mark_sentence_starts(doc: Doc, encoded: EncodedText) -> Any:
    """1 for each token that begins a sentence, and -1 (as spaCy has it) for every other."""
    starts = encoded.words.start[(encoded.sentences.argmax(-1) == 1) | (encoded.words.opens == 1)]
    length, spaced = (
        doc.to_array(["LENGTH", "SPACY"]).astype(np.int64).T
        if len(doc)
        else np.zeros((2, 0), np.int64)
    )
    at = np.concatenate([[0], np.cumsum(length + spaced)[:-1]])[: len(doc)]
    made = np.where(np.isin(at, starts), 1, -1)
    made[:1] = 1
    return made.astype(np.int64).view(np.uint64)


def list_entities(encoded: EncodedText, text: str) -> list[Entity]:
    """The names of the text, but for a dateline's agency; none runs from one paragraph into the next."""
    words, scores, lines = (
        encoded.words,
        log_softmax(encoded.entities),
        list_datelines(encoded, text),
    )
    made: list[Entity] = []
    for start, end in pairwise([0, *(np.flatnonzero(words.opens[1:]) + 1), len(words)]):
        (found,) = decode_labelled_words(scores[None, start:end], ENTITY_LABELS)
        for e in found:
            span = Span(int(words.start[start + e.start]), int(words.end[start + e.end - 1]))
            kind: EntityKind = e.name  # type: ignore[assignment]
            if kind == "ORG" and any(
                line.overlaps(span) for line in lines
            ):  # the agency that reports
                continue
            made += (
                [
                    Entity(trim_trade(part, text), kind)
                    for part in split_at_sentence_ends(span, text)
                ]
                if kind == "PER"
                else [Entity(span, kind)]
            )
    return made


def trim_trade(name: Span, text: str) -> Span:
    """A person's name without a word before it that is none of it: "baker Ada Finn"."""
    before = TRADE_BEFORE_NAME.match(text, name.start, name.end)
    return Span(before.end(), name.end) if before and before[1] not in NAME_PARTICLES else name


def build_token_span(doc: Doc, span: Span, label: str) -> DocSpan:
    made = doc.char_span(span.start, span.end, label=label, alignment_mode="expand")
    assert made is not None, f"no token at {span}"
    return made


def load(model: Path = MODEL_DIR, threads: int = 0) -> Language:
    """The whole pipeline. `threads`: of the encoder, 0 for one a core. Raises `ModelMissing` naming the file."""
    nlp = Language(max_length=20_000_000)
    nlp.tokenizer = WordTokenizer(nlp.vocab, get_encoder(str(model), threads))
    nlp.add_pipe("newsroom_quotes", config={"model": str(model), "threads": threads})
    return nlp


def read_article(
    nlp: Language, text: str, published: date | None = None, publisher: str = ""
) -> list[Attribution]:
    """The attributions of an article, read with what its page says of it."""
    doc = nlp.make_doc(text)
    doc._.published, doc._.publisher = published, publisher
    quotes: list[Attribution] = nlp(doc)._.quotes
    return quotes


def read_articles(
    nlp: Language, articles: Iterable[tuple[ArticleText, T]]
) -> Iterator[tuple[T, list[Attribution]]]:
    """Likewise of many, each given with what to know it by; a third faster, as one is worked out while others are encoded."""

    def docs() -> Iterator[tuple[Doc, T]]:
        for (text, published, publisher, author), known_by in articles:
            doc = nlp.make_doc(text)
            doc._.published, doc._.publisher = published, publisher
            doc._.author = author
            yield doc, known_by

    for doc, known_by in nlp.pipe(docs(), as_tuples=True):
        yield known_by, doc._.quotes


def version(model: Path = MODEL_DIR) -> str:
    """Of the model, as it is stored with every quote."""
    return get_encoder(str(model), 0).version
