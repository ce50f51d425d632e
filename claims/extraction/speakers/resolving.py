"""Which actor each source refers to, and none where the article does not make it clear.

The candidates of all quotes are scored together. What a quote's neighbours say counts, so this is
done twice: by whom sources name at first, and then by whom the first round found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.encoder.arrays import Floats
from claims.extraction.encoder.features import MODEL_DIR
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import RunnerUp, Speaker
from claims.extraction.speakers.actors import Actor
from claims.extraction.speakers.answers import ResolvedQuote
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.candidates import CandidateTable, QuoteSource, get_quote_start
from claims.extraction.speakers.constraints import exclude_candidates
from claims.extraction.speakers.features import build_features
from claims.extraction.speakers.history import fill_history
from claims.extraction.speakers.line_labels import resolve_labels
from claims.extraction.speakers.person import FIRST_NAMED_CONFIDENCE
from claims.extraction.speakers.scorer import SpeakerScorer, load_scorer

ROUNDS = 2
QUOTES_AT_ONCE = 400  # so that a book fits in memory
LEAST_SHARE_OF_SPEAKER = 0.3
LEAST_SHARE_OF_RUNNER_UP = 0.1
MOST_RUNNERS_UP = 3
# Of a surname that two bear, by the name alone.
MOST_CONFIDENCE_OF_SHARED_NAME = 0.6


def resolve_speakers(
    article: ArticleContext, quotes: Sequence[FoundQuote], scorer: SpeakerScorer | None = None
) -> list[ResolvedQuote]:
    """Return each quote with a speaker or none, in the order of the text."""
    scorer = scorer or load_scorer(MODEL_DIR)
    ordered = sorted(quotes, key=get_quote_start)
    resolved: list[ResolvedQuote] = []
    for start in range(0, len(ordered), QUOTES_AT_ONCE):
        table = CandidateTable(article, ordered[start : start + QUOTES_AT_ONCE])
        resolved += score_quotes(table, scorer)
    return resolve_labels(article, resolved)


def score_quotes(table: CandidateTable, scorer: SpeakerScorer) -> Iterator[ResolvedQuote]:
    """Yield the quotes of a table with their speakers."""
    columns = build_features(table)
    excluded = exclude_candidates(table, columns)
    speakers: Sequence[int | None] = table.anchors
    for _ in range(ROUNDS):
        fill_history(table, columns, speakers)
        shares = scorer.share(columns.values, table.first_row, excluded)
        rows = [find_likeliest(table, number, shares) for number in range(len(table.quotes))]
        speakers = [None if row is None else int(table.actor_of[row]) for row in rows]
    for number, row in enumerate(rows):
        speaker = None if row is None else build_speaker_of_row(table, number, row, shares, scorer)
        yield ResolvedQuote(table.quotes[number], speaker)


def find_likeliest(table: CandidateTable, number: int, shares: Floats) -> int | None:
    """Return the row of the likeliest candidate, None where nobody is likelier or none is likely."""
    rows = table.get_rows(number)
    if not rows:
        return None
    row = rows.start + int(shares[rows.start : rows.stop].argmax())
    share_of_nobody = shares[rows.stop]
    if shares[row] < max(LEAST_SHARE_OF_SPEAKER, share_of_nobody):
        return None
    return row


def build_speaker_of_row(
    table: CandidateTable, number: int, row: int, shares: Floats, scorer: SpeakerScorer
) -> Speaker:
    """Return a candidate as the speaker of a quote, with the others who may be."""
    source = table.sources[number]
    actor = table.actors[table.actor_of[row]]
    confidence = scorer.tell(shares[row])
    is_by_name = source.named is not None and source.named_actor is actor
    if is_by_name and source.named and source.named.confidence < FIRST_NAMED_CONFIDENCE:
        confidence = min(confidence, MOST_CONFIDENCE_OF_SHARED_NAME)
    runners_up = list_runners_up(table, number, row, shares, scorer)
    speaker = replace(
        actor.speaker,
        confidence=confidence,
        method=describe_method(table, source, actor),
        mention=find_mention(table, source, actor),
        runners_up=(),
    )
    held = tuple(replace(one, confidence=min(one.confidence, confidence)) for one in runners_up)
    return replace(speaker, runners_up=held)


def describe_method(table: CandidateTable, source: QuoteSource, actor: Actor) -> str:
    """Return how an actor was found: by a name, a description, or what stands around a pronoun."""
    if actor is table.author:
        return "author"
    if source.named and source.named_actor is actor and source.type == "name":
        return source.named.method
    if source.type == "name" and actor.is_named:
        return "fuller name"
    if source.wordings:
        return "description"
    return "pronoun"


def find_mention(table: CandidateTable, source: QuoteSource, actor: Actor) -> str:
    """Return the words of the source that name an actor, "" where none do."""
    if source.named and source.named_actor is actor:
        return source.named.mention
    if actor is table.author:
        return actor.speaker.mention
    for span in actor.mentions:
        if actor.is_named and source.at <= span.start and span.end <= source.end:
            return span.of(table.article.text)
    return ""


def list_runners_up(
    table: CandidateTable, number: int, chosen: int, shares: Floats, scorer: SpeakerScorer
) -> list[RunnerUp]:
    """Return the likeliest others whom a source may mean, the likeliest first."""
    rows = [
        row
        for row in table.get_rows(number)
        if row != chosen and shares[row] >= LEAST_SHARE_OF_RUNNER_UP
    ]
    rows.sort(key=lambda row: -shares[row])
    others = []
    for row in rows[:MOST_RUNNERS_UP]:
        actor = table.actors[table.actor_of[row]]
        others.append(RunnerUp(actor.name, actor.kind, scorer.tell(shares[row])))
    return others
