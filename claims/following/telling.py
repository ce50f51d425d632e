"""What of the hits of a search is told: nothing twice to one follower, and nothing that is no news."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from claims.following.followed import Followed, restore_followed
from claims.following.triggers import Hit, Looking, find_hits, select_newly_told
from claims.models import FormerArticle, Quote, SavedSearch, SentQuote, Trigger
from claims.models.refusals import Refused
from claims.search.columns import Columns

WORDS = re.compile(r"\w+")
LONGEST_WORDS = 2000  # characters of a quote, by which it is known again
LEAST_SHARE = 0.5  # of the longer of two quotes, that the other has to have to be the same
START_MOVES_AFTER = timedelta(days=30)
LONGEST_LOOK_BACK = timedelta(days=60)  # at what has vanished: twice as long as the start lasts


@dataclass(frozen=True, slots=True)
class ToTell:
    """What a mail tells, of what is followed, and by which name it is known in `SentQuote`."""

    followed: Followed
    hits: list[Hit]
    batch: uuid.UUID


@dataclass(frozen=True, slots=True)
class QuoteWords:
    """A quote by what lasts of it: its number, its article, and its words."""

    quote: int
    article: int
    words: str


def find_what_to_tell(search: SavedSearch, known: Columns) -> ToTell:
    """Return what is to be told, and write down that it was. Raises `Refused` if it cannot be looked
    for any more. Its follower has to be locked.
    """
    followed = restore_followed(search)
    if followed.problems:
        raise Refused(" ".join(problem.message for problem in followed.problems))
    assert search.confirmed_at is not None
    since = max(search.confirmed_at, timezone.now() - LONGEST_LOOK_BACK)
    looking = Looking(known, followed, search.start, since)
    hits = find_hits(search, looking)
    is_vanishing = search.trigger == Trigger.VANISHED
    if not is_vanishing:
        told = select_newly_told([hit.quote for hit in hits], search.confirmed_at)
        hits = [hit for hit in hits if hit.quote in told]
    words_of = read_words([hit.quote for hit in hits])
    sent = SentWords(search.follower_id, is_vanishing, words_of.values())
    batch = uuid.uuid4()
    new_hits = []
    rows = []
    for hit in hits:
        words = words_of.get(hit.quote)
        if words is None or not sent.add(words):
            continue
        new_hits.append(hit)
        rows.append(
            SentQuote(
                follower_id=search.follower_id,
                is_vanishing=is_vanishing,
                quote=words.quote,
                article=words.article,
                words=words.words,
                batch=batch,
            )
        )
    SentQuote.objects.bulk_create(rows)
    return ToTell(followed, new_hits, batch)


def take_back(batch: uuid.UUID) -> None:
    """Have what was not sent told another time."""
    SentQuote.objects.filter(batch=batch).delete()


def read_words(ids: Sequence[int]) -> dict[int, QuoteWords]:
    quotes = Quote.objects.filter(pk__in=ids).order_by()
    return {
        pk: QuoteWords(pk, article, normalize(content))
        for pk, article, content in quotes.values_list("pk", "article_id", "content")
    }


def normalize(content: str) -> str:
    """Return the words of a quote, whatever their case and marks."""
    return " ".join(WORDS.findall(content.casefold()))[:LONGEST_WORDS]


class SentWords:
    """What a follower was told already in the articles of some quotes."""

    def __init__(self, follower: int, is_vanishing: bool, quotes: Iterable[QuoteWords]):
        articles = {each.article for each in quotes}
        former = FormerArticle.objects.filter(article__in=articles)
        self.article_now = dict(former.values_list("number", "article_id"))
        sent = SentQuote.objects.filter(
            follower=follower,
            is_vanishing=is_vanishing,
            article__in=[*articles, *self.article_now],
        )
        self.quotes: set[int] = set()
        self.words: dict[int, list[str]] = defaultdict(list)
        for quote, article, words in sent.values_list("quote", "article", "words"):
            self.note(QuoteWords(quote, self.article_now.get(article, article), words))

    def note(self, told: QuoteWords) -> None:
        self.quotes.add(told.quote)
        self.words[told.article].append(told.words)

    def add(self, new: QuoteWords) -> bool:
        """Note a quote as told; return whether it was not yet, by its number or its words."""
        is_known = new.quote in self.quotes
        is_known |= any(is_same(new.words, words) for words in self.words[new.article])
        if not is_known:
            self.note(new)
        return not is_known


def is_same(one: str, other: str) -> bool:
    """Return whether words of one article are those of one quote, whose limits may have been moved."""
    shorter, longer = sorted((one, other), key=len)
    if shorter == longer:
        return True
    return len(shorter) >= LEAST_SHARE * len(longer) and f" {shorter} " in f" {longer} "


# From where on quotes may be new


def begin(search: SavedSearch, now: datetime) -> None:
    """Have a search tell of what comes in from now on."""
    highest = find_highest_quote()
    search.start = search.later_start = highest
    search.later_start_at = now


def move_start(search: SavedSearch) -> None:
    """Leave out of account what came in long ago and was found to be told or not."""
    now = timezone.now()
    if search.later_start_at and search.later_start_at > now - START_MOVES_AFTER:
        return
    search.start = search.later_start
    search.later_start = find_highest_quote()
    search.later_start_at = now


def find_highest_quote() -> int:
    return Quote.objects.aggregate(highest=Max("pk"))["highest"] or 0
