"""Dialogue that is opened with dashes, as many languages print it, and no quotation marks:

— We will not leave, said Pierre Lacroix.
"""

import re
from collections.abc import Iterator

from claims.extraction.lexicon.verbs import ACT_OF_VERB, LEMMA_OF_FORM
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.narrative import is_narrative
from claims.extraction.quotes.signatures import LAYOUT_CONFIDENCE
from claims.extraction.schema import Act, Span
from claims.extraction.text.article_text import Text

DASH_AT_START = re.compile(r"(?:[—–―]|--?)[ \u00a0]?(?=[^\W_]|[¿¡])")
CLAUSE_OF_SPEAKER = re.compile(
    r"(?<=[,?!…])[ \u00a0](?:[—–-][ \u00a0])?(?P<clause>[^.,;:?!…—–\n\"“”«»]{3,80})(?=[.,;:—–…]|\Z)"
)
APPOSITION = re.compile(r",\s[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}(?=[.,]|\Z)")
DOUBLE_MARKS = re.compile(r"[\"“”„«»]")
ACTS_OF_SPEAKING: frozenset[Act] = frozenset(
    ["say", "claim", "confirm", "deny", "warn", "promise", "demand", "question"]
)
FEWEST_LINES_OF_DIALOGUE = 2
LOOSE_MARKS = " \t\u00a0.,;:—–-"


def list_lines_of_dialogue(text: Text) -> Iterator[FoundQuote]:
    """Yield what is said in the lines of a dialogue that tell who says it."""
    openings = []
    for start, end in text.paragraphs:
        dash = DASH_AT_START.match(text, start, end)
        if dash and not DOUBLE_MARKS.search(text, start, end):
            openings.append((dash.end(), end))
    if len(openings) < FEWEST_LINES_OF_DIALOGUE:
        return
    for start, end in openings:
        quote = read_line_of_dialogue(start, end, text)
        if quote:
            yield quote


def read_line_of_dialogue(start: int, end: int, text: Text) -> FoundQuote | None:
    """Return what is said in a line, around the clause that tells who says it."""
    for match in CLAUSE_OF_SPEAKER.finditer(text, start, end):
        roles = find_source_and_cue(Span(*match.span("clause")), text)
        if roles is None:
            continue
        source, cue = roles
        end_of_clause = max(source.end, cue.end)
        apposition = APPOSITION.match(text, source.end, end) if source.start > cue.start else None
        if apposition:
            end_of_clause = source.start + len(text[source.start : apposition.end()].rstrip("."))
            source = Span(source.start, end_of_clause)
        contents = [trim(start, match.start(), text)]
        if not is_narrative(text[end_of_clause:end].strip(LOOSE_MARKS) + "."):
            contents.append(trim(end_of_clause, end, text))
        spoken = tuple(content for content in contents if content)
        if spoken:
            return FoundQuote(source, cue, spoken, LAYOUT_CONFIDENCE)
    return None


def find_source_and_cue(clause: Span, text: Text) -> tuple[Span, Span] | None:
    """Return who speaks and the verb, in "said Ana Bell" or in "the guard Ana Bell said"."""
    words = clause.of(text).split()
    if len(words) < 2:
        return None
    if is_word_of_speaking(words[0]):
        cue = Span(clause.start, clause.start + len(words[0]))
        source = trim(cue.end, clause.end, text)
    elif is_word_of_speaking(words[-1]):
        start = clause.start + clause.of(text).rindex(words[-1])
        cue = Span(start, start + len(words[-1]))
        source = trim(clause.start, start, text)
    else:
        return None
    return (source, cue) if source else None


def is_word_of_speaking(word: str) -> bool:
    """Return whether a word is an inflected form of a verb of speaking: "said", but not "state"."""
    lemma = LEMMA_OF_FORM.get(word)
    return lemma is not None and word != lemma and ACT_OF_VERB.get(lemma) in ACTS_OF_SPEAKING


def trim(start: int, end: int, text: str) -> Span | None:
    """Return the characters between two offsets without loose marks at their ends; None where
    nothing else is there.
    """
    words = text[start:end]
    first = start + len(words) - len(words.lstrip(LOOSE_MARKS))
    last = start + len(words.rstrip(LOOSE_MARKS))
    return Span(first, last) if first < last else None
