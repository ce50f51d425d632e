"""Whom a mention may mean among the names around it, with the encoder's share of each."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.person import Person
from claims.extraction.speakers.person_names import strip_article_and_possessive

REACH_BEFORE_MENTION = 1500  # characters
REACH_AFTER_MENTION = 200  # characters


class PersonCandidate(NamedTuple):
    """A person who may be meant, and how likely that is by the encoder.

    All candidates have at most 1 together.
    """

    person: Person
    share: float


class BodyCandidate(NamedTuple):
    """Likewise an organization, by its fullest name."""

    name: str
    share: float


def list_person_candidates(
    article: ArticleContext,
    at: int,
    apart_from: Sequence[Span],
    may_be_meant: Callable[[Person], bool] = lambda person: True,
) -> list[PersonCandidate]:
    """Return the persons named near whom the mention at `at` may mean, the likeliest first.

    Names within the spans `apart_from` are none of them.
    """
    spans: list[Span] = []
    persons: list[Person] = []
    start, end = at - REACH_BEFORE_MENTION, at + REACH_AFTER_MENTION
    for span, person in article.people.list_within(start, end):
        if may_be_meant(person) and not span.overlaps_any(apart_from):
            spans.append(span)
            persons.append(person)
    shares: defaultdict[str, float] = defaultdict(float)
    by_name: dict[str, Person] = {}
    for person, share in zip(persons, article.share_names(at, spans), strict=True):
        shares[person.name] += share
        by_name[person.name] = person
    candidates = [PersonCandidate(by_name[name], share) for name, share in shares.items()]
    return sorted(candidates, key=lambda candidate: -candidate.share)


def list_body_candidates(
    article: ArticleContext, at: int, apart_from: Sequence[Span]
) -> list[BodyCandidate]:
    """Return the organizations named before `at` that the mention there may mean, the likeliest
    first.
    """
    near = Span(max(at - REACH_BEFORE_MENTION, 0), max(at, 1))
    spans = [
        entity.span
        for entity in article.list_entities_in(near)
        if entity.kind == "ORG" and not entity.span.overlaps_any(apart_from)
    ]
    shares: defaultdict[str, float] = defaultdict(float)
    for span, share in zip(spans, article.share_names(at, spans), strict=True):
        name = strip_article_and_possessive(span.of(article.text))
        shares[article.find_full_name(name)] += share
    candidates = [BodyCandidate(name, share) for name, share in shares.items()]
    return sorted(candidates, key=lambda candidate: -candidate.share)
