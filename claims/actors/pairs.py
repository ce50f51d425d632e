"""Shows a curator two actors that may be one: what each is called and says, where both stand."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from claims.models import Actor, Article, MergeCandidate, Quote
from claims.models.names import build_name_key

QUOTES_SHOWN_OF_PAIR = 3  # of each side
NAMES_SHOWN_OF_PAIR = 12  # of each side
ARTICLES_SHOWN_OF_PAIR = 5
QUOTES_READ_OF_PAIR = 500  # of each side, to count its names


@dataclass(frozen=True, slots=True)
class PairSide:
    """One actor of a pair; `names` come with how many of its quotes have each as their source."""

    actor: Actor
    total: int
    names: list[tuple[str, int]]
    samples: list[Quote]


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """Both sides of a candidate, and some articles that quote both."""

    candidate: MergeCandidate
    sides: list[PairSide]
    shared: list[Article]


def build_candidate_pair(candidate: MergeCandidate) -> CandidatePair:
    """Return what is shown of a candidate, which must come with its actors (`for_list`)."""
    sides = [build_pair_side(actor) for actor in (candidate.first, candidate.second)]
    of_first = Article.objects.filter(quotes__actor=candidate.first)
    of_both = of_first.filter(quotes__actor=candidate.second).distinct()
    shown = of_both.select_related("outlet").defer("text", "search")[:ARTICLES_SHOWN_OF_PAIR]
    return CandidatePair(candidate, sides, list(shown))


def build_pair_side(actor: Actor) -> PairSide:
    quotes: Any = Quote.objects.standing().filter(actor=actor)
    read_quotes = quotes.order_by("-pk")[:QUOTES_READ_OF_PAIR]
    uses = Counter(
        build_name_key(source) for source in read_quotes.values_list("source_text", flat=True)
    )
    names = [(name.name, uses[name.key]) for name in actor.names.all()]
    names.sort(key=lambda name: (-name[1], name[0]))
    samples = list(quotes.for_list().newest()[:QUOTES_SHOWN_OF_PAIR])
    return PairSide(actor, quotes.count(), names[:NAMES_SHOWN_OF_PAIR], samples)


def find_next_candidate(candidate: MergeCandidate | None = None) -> MergeCandidate | None:
    """Return the likeliest pair that nobody has judged, other than this one."""
    unjudged = MergeCandidate.objects.waiting().order_by("-score", "pk")
    if candidate:
        unjudged = unjudged.exclude(pk=candidate.pk)
    return unjudged.first()
