"""A pair of actors that may be one, as a curator sees it: what articles call each side, what each says, where both stand."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from claims.models import Actor, Article, MergeCandidate, Quote
from claims.models.names import build_name_key

QUOTES_SHOWN_OF_PAIR, NAMES_SHOWN_OF_PAIR, ARTICLES_SHOWN_OF_PAIR = 3, 12, 5
QUOTES_READ_OF_PAIR = 500  # quotes of a side, for its names


@dataclass(frozen=True, slots=True)
class PairSide:
    """One actor; `names` with how many of its quotes have each as their source."""

    actor: Actor
    total: int
    names: list[tuple[str, int]]
    samples: list[Quote]


@dataclass(frozen=True, slots=True)
class CandidatePair:
    candidate: MergeCandidate
    sides: list[PairSide]
    shared: list[Article]


def build_candidate_pair(candidate: MergeCandidate) -> CandidatePair:
    """The pair must come with its actors (`MergeCandidateQuerySet.for_list`)."""
    sides = [build_pair_side(actor) for actor in (candidate.first, candidate.second)]
    articles = (
        Article.objects.filter(quotes__actor=candidate.first)
        .filter(quotes__actor=candidate.second)
        .distinct()
    )
    return CandidatePair(
        candidate,
        sides,
        list(articles.select_related("outlet").defer("text", "search")[:ARTICLES_SHOWN_OF_PAIR]),
    )


def build_pair_side(actor: Actor) -> PairSide:
    quotes: Any = Quote.objects.standing().filter(actor=actor)
    sources = Counter(
        map(
            build_name_key,
            quotes.order_by("-pk").values_list("source_text", flat=True)[:QUOTES_READ_OF_PAIR],
        )
    )
    counted = [(name.name, sources[name.key]) for name in actor.names.all()]
    names = sorted(counted, key=lambda name: (-name[1], name[0]))[:NAMES_SHOWN_OF_PAIR]
    return PairSide(
        actor, quotes.count(), names, list(quotes.for_list().newest()[:QUOTES_SHOWN_OF_PAIR])
    )


def find_next_candidate(candidate: MergeCandidate | None = None) -> MergeCandidate | None:
    """The likeliest pair that nobody has judged, other than this one."""
    left = MergeCandidate.objects.unjudged().order_by("-score", "pk")
    return left.exclude(pk=candidate.pk).first() if candidate else left.first()
