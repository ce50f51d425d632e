"""The names in an article: those that the encoder finds, and the labels of a transcript's lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from claims.extraction.encoder.decoding import decode_labelled_words, log_softmax
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.labels import ENTITY_LABELS
from claims.extraction.lexicon.bodies import DOCUMENT_NOUNS
from claims.extraction.lexicon.labels import OFFICES_IN_LABELS, PARTS_IN_TRANSCRIPT
from claims.extraction.lexicon.persons import NAME_PARTICLES, PERSON_TITLES, ROLE_NOUNS
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.labels import is_mark_of_label
from claims.extraction.schema import Span
from claims.extraction.speakers.people import Entity, EntityKind
from claims.extraction.speakers.person_names import find_gender_of_given_name, fold_word
from claims.extraction.text.sentences import split_at_sentence_ends

# Particles of names that the lexicon does not have, such as "della", are no trade either.
TRADE_BEFORE_NAME = re.compile(
    r"(?!(?:del|della|delle|dello|degli|dei|des|dem|zum|zur|ten|ter|abu|abd|al-\w+)\s)"
    r"([a-z-]{3,})\s(?=[A-Z])"
)
WORDS_OF_NO_NAME = (
    ROLE_NOUNS | PERSON_TITLES | DOCUMENT_NOUNS | OFFICES_IN_LABELS | PARTS_IN_TRANSCRIPT
)
SHORTEST_NAME_LABEL = 3  # characters: "Q" and "A:" are parts


def list_entities(encoded: EncodedText, text: str, datelines: Sequence[Span]) -> list[Entity]:
    """Return the names of a text, but for a dateline's agency.

    None runs from one paragraph into the next, and no person's beyond its sentence.
    """
    entities = []
    for entity in list_labelled_entities(encoded):
        if entity.kind == "PER":
            for part in split_at_sentence_ends(entity.span, text):
                entities.append(Entity(trim_trade(part, text), "PER"))
        elif entity.kind != "ORG" or not entity.span.overlaps_any(datelines):
            entities.append(entity)
    return entities


def list_labelled_entities(encoded: EncodedText) -> Iterator[Entity]:
    """Yield what the encoder labels as a name, paragraph by paragraph."""
    words = encoded.words
    scores = log_softmax(encoded.entities)
    breaks = np.flatnonzero(words.opens[1:]) + 1
    for start, end in pairwise([0, *breaks.tolist(), len(words)]):
        (labelled,) = decode_labelled_words(scores[None, start:end], ENTITY_LABELS)
        for name in labelled:
            first = int(words.start[start + name.start])
            last = int(words.end[start + name.end - 1])
            kind: EntityKind = name.name  # type: ignore[assignment]
            yield Entity(Span(first, last), kind)


def trim_trade(name: Span, text: str) -> Span:
    """Return a person's name without a word before it that is none of it: "baker Ada Finn"."""
    trade = TRADE_BEFORE_NAME.match(text, name.start, name.end)
    if trade is None or trade[1] in NAME_PARTICLES:
        return name
    return Span(trade.end(), name.end)


def add_names_in_labels(
    names: Sequence[Entity], quotes: Sequence[FoundQuote], text: str
) -> list[Entity]:
    """Return the names with the labels of a transcript's lines as names of persons.

    A place or an organization that is all of a label before a single colon stays what it is, unless
    it begins with a given name.
    """
    sources = [
        quote.source for quote in quotes if quote.source and is_mark_of_label(quote.cue.of(text))
    ]
    times = Counter(source.of(text) for source in sources)
    bodies = [entity.span for entity in names if entity.kind in ("LOC", "ORG")]
    ends_of_persons = {
        entity.span.start: entity.span.end for entity in names if entity.kind == "PER"
    }
    persons = []
    for source in sources:
        label = source.of(text)
        is_body = (
            times[label] == 1
            and not begins_with_given_name(label)
            and any(body.start <= source.start and source.end <= body.end for body in bodies)
        )
        is_known = ends_of_persons.get(source.start, 0) >= source.end
        if is_name_label(label) and not is_body and not is_known:
            persons.append(Entity(source, "PER"))
    spans_of_persons = [person.span for person in persons]
    others = [entity for entity in names if not entity.span.overlaps_any(spans_of_persons)]
    return sorted((*others, *persons), key=lambda entity: entity.span)


def begins_with_given_name(label: str) -> bool:
    given, _, rest = label.partition(" ")
    return bool(rest) and find_gender_of_given_name(fold_word(given)) is not None


def is_name_label(label: str) -> bool:
    """Return whether a label is somebody's name.

    It is not where it is a part or an office ("Q", "HOST", "Fire chief") or a thing ("Poll").
    """
    words = [word for word in label.split() if not word.isdigit()]
    if len(label) < SHORTEST_NAME_LABEL or words[-1].casefold() in WORDS_OF_NO_NAME:
        return False
    return all(word[0].isupper() for word in words)
