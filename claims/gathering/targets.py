"""What a denial or an answer is about: the quotes of its own article, where it need not repeat their
words ("any such intention", "the allegations").
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from django.db import connection

from claims.gathering.pairing import LEAST_SCORE, FoundMatch
from claims.gathering.reading import ReadWording, StancedUtterance, read_wordings
from claims.models import MatchKind, MatchStatus
from claims.relating import Utterance, find_targets, is_claim, read_pair

# From which on what a reply is about is shown without being asked about, and how far it is ahead of
# the next quote: set on replies of 78 articles, by scores of weights that had not read their story.
SURE_SCORE_OF_DENIAL = 0.7
SURE_SCORE_OF_ANSWER = 0.65  # whoever has no comment says nothing that could be wrong
LEAST_LEAD = 0.2

# The wordings of the quotes that stand in the same article, but for what a curator rejected.
WORDINGS_OF_ARTICLES_SQL = """
    SELECT DISTINCT q.article_id, q.wording_id
      FROM claims_quote q
     WHERE q.article_id = ANY(%s) AND q.version_id IS NULL AND q.status <> 'rejected'
"""


def find_matches_in_articles(
    wordings: Sequence[ReadWording], read: dict[int, ReadWording]
) -> dict[tuple[int, int], FoundMatch]:
    """Return what those of the wordings that deny or answer something are about.

    The other wordings of their articles are read and added to `read`.
    """
    answers: list[tuple[ReadWording, StancedUtterance]] = []
    for wording in wordings:
        for quote in wording.quotes:
            if quote.is_reply:
                answers.append((wording, quote))
    by_article = list_wordings_by_article({quote.article for _, quote in answers})
    of_articles = {number for numbers in by_article.values() for number in numbers}
    read |= read_wordings(of_articles - read.keys())
    found: dict[tuple[int, int], FoundMatch] = {}
    for wording, quote in answers:
        others = [read[number] for number in by_article.get(quote.article, []) if number in read]
        match = find_target(wording, quote, others)
        if match:
            found[match.pair] = match
    return found


def find_answers_in_articles(
    wordings: Sequence[ReadWording], read: dict[int, ReadWording]
) -> list[ReadWording]:
    """Return the other wordings of the same articles that deny or answer something: with new quotes
    beside them they may be about another.

    All wordings of these articles are read and added to `read`.
    """
    articles = {quote.article for wording in wordings for quote in wording.quotes}
    by_article = list_wordings_by_article(articles)
    of_articles = {number for numbers in by_article.values() for number in numbers}
    read |= read_wordings(of_articles - read.keys())
    known = {wording.number for wording in wordings}
    return [
        read[number]
        for number in sorted(of_articles - known)
        if number in read and any(quote.is_reply for quote in read[number].quotes)
    ]


def list_pairs_with_figures(
    wordings: Sequence[ReadWording], read: dict[int, ReadWording]
) -> set[tuple[int, int]]:
    """Return the pairs of wordings of one article, one of which at least is among these, by two known
    speakers who both tell a number: an article may set the one against the other.
    """
    articles = {quote.article for wording in wordings for quote in wording.quotes}
    changed = {wording.number for wording in wordings}
    pairs = set()
    for numbers in list_wordings_by_article(articles).values():
        telling = [
            read[number] for number in numbers if number in read and has_figure(read[number])
        ]
        for one, other in combinations(telling, 2):
            speakers = {one.first.utterance.speaker, other.first.utterance.speaker}
            is_new = one.number in changed or other.number in changed
            if is_new and len(speakers) == 2 and "" not in speakers:
                pairs.add((min(one.number, other.number), max(one.number, other.number)))
    return pairs


def has_figure(wording: ReadWording) -> bool:
    return any(character.isdigit() for character in wording.first.utterance.get_content())


def list_wordings_by_article(articles: set[int]) -> dict[int, list[int]]:
    if not articles:
        return {}
    by_article: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(WORDINGS_OF_ARTICLES_SQL, [sorted(articles)])
        rows: list[Any] = cursor.fetchall()
    for article, wording in sorted(rows):
        by_article.setdefault(article, []).append(wording)
    return by_article


def may_be_target(reply: StancedUtterance, other: StancedUtterance) -> bool:
    """Return whether a quote of the same article says something that the other may be about."""
    if other.article != reply.article or reply.overlaps(other):
        return False
    return is_claim(other.utterance)


def find_target(
    wording: ReadWording, quote: StancedUtterance, others: Sequence[ReadWording]
) -> FoundMatch | None:
    """Return what a denial or an answer is about among the others of its article, if it is clear.

    It is sure only where no other quote is nearly as likely that says something else.
    """
    candidates: list[tuple[ReadWording, StancedUtterance]] = []
    for other in others:
        for each in other.quotes:
            if other.number != wording.number and may_be_target(quote, each):
                candidates.append((other, each))
    quotes = [each.utterance for _, each in candidates]
    targets = find_targets(quote.utterance, quotes)
    if not targets or targets[0][1] < LEAST_SCORE:
        return None
    place, score = targets[0]
    denies = quote.act != "no_comment" and quote.stance == "denies"
    is_refusal = denies and quote.is_refusal
    is_likely = score >= (SURE_SCORE_OF_DENIAL if denies else SURE_SCORE_OF_ANSWER)
    is_sure = is_likely and not is_refusal and is_ahead(targets, quotes)
    return FoundMatch(
        first=candidates[place][0].number,
        second=wording.number,
        kind=MatchKind.DENIES if denies else MatchKind.ANSWERS,
        score=score,
        status=MatchStatus.SURE if is_sure else MatchStatus.PROPOSED,
        evidence=("in one article",),
    )


def is_ahead(targets: Sequence[tuple[int, float]], quotes: Sequence[Utterance]) -> bool:
    """Return whether the likeliest is clearly likelier than all that say something else."""
    place, score = targets[0]
    for other, likely in targets[1:]:
        if score - likely >= LEAST_LEAD:
            return True
        reading = read_pair(quotes[place], quotes[other])
        if reading.same_claim < LEAST_SCORE:
            return False
    return True
