"""A pair of actors that may be one, as a curator sees it: what articles call each side, what each says, where both stand."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from claims.models import Actor, Article, MergeCandidate, Quote
from claims.models.names import name_key

SAMPLES, NAMES, ARTICLES = 3, 12, 5
READ = 500  # quotes of a side, for its names


@dataclass(frozen=True, slots=True)
class Side:
    """One actor; `names` with how many of its quotes have each as their source."""

    actor: Actor
    total: int
    names: list[tuple[str, int]]
    samples: list[Quote]


@dataclass(frozen=True, slots=True)
class Pair:
    candidate: MergeCandidate
    sides: list[Side]
    shared: list[Article]


def pair(candidate: MergeCandidate) -> Pair:
    """The pair must come with its actors (`MergeCandidateQuerySet.for_list`)."""
    sides = [side(actor) for actor in (candidate.first, candidate.second)]
    articles = Article.objects.filter(quotes__actor=candidate.first).filter(quotes__actor=candidate.second).distinct()
    return Pair(candidate, sides, list(articles.select_related("outlet").defer("text", "search")[:ARTICLES]))


def side(actor: Actor) -> Side:
    quotes: Any = Quote.objects.standing().filter(actor=actor)
    sources = Counter(map(name_key, quotes.order_by("-pk").values_list("source_text", flat=True)[:READ]))
    counted = [(name.name, sources[name.key]) for name in actor.names.all()]
    names = sorted(counted, key=lambda name: (-name[1], name[0]))[:NAMES]
    return Side(actor, quotes.count(), names, list(quotes.for_list().newest()[:SAMPLES]))


def following(candidate: MergeCandidate | None = None) -> MergeCandidate | None:
    """The likeliest pair that nobody has judged, other than this one."""
    left = MergeCandidate.objects.unjudged().order_by("-score", "pk")
    return left.exclude(pk=candidate.pk).first() if candidate else left.first()
