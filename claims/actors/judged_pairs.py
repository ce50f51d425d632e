"""Lists what people judged of pairs of persons with the evidence that there is, to learn from.

Of a full name beside a bare one the evidence is that of the bare name's article, in which others of
the surname may be meant as well. Pairs of bodies, and of bare names, teach nothing.
"""

from collections.abc import Iterator
from typing import Any

from claims.actors.constraints import list_possible_bearers, may_be_one
from claims.actors.evidence import Evidence, weigh_bare_name, weigh_full_names
from claims.actors.likeness import split_person_name
from claims.actors.named_people import NamedPerson
from claims.actors.sightings import Namesakes, Stories, read_namesakes
from claims.models import Actor, Judgement, MergeCandidate

FIRM_JUDGEMENTS = (Judgement.SAME, Judgement.DIFFERENT)


def list_judged_pairs() -> Iterator[dict[str, Any]]:
    """Yield what was judged of each pair: its question, surname and names, the evidence, the word."""
    pairs = MergeCandidate.objects.filter(judgement__in=FIRM_JUDGEMENTS)
    pairs = pairs.filter(first__kind="person", second__kind="person")
    for pair in pairs.select_related("first", "second").order_by("pk"):
        bare, full = sorted((pair.first, pair.second), key=lambda actor: actor.article_id is None)
        if full.article_id is not None:
            continue
        question = "full" if bare.article_id is None else "bare"
        surname = split_person_name(full.key if question == "full" else bare.key).surname
        evidence = find_evidence(question, surname, bare, full)
        if evidence is not None:
            yield {
                "question": question,
                "group": surname,
                "names": [pair.first.name, pair.second.name],
                "evidence": evidence,
                "judgement": pair.judgement,
            }


def find_evidence(question: str, surname: str, one: Actor, other: Actor) -> Evidence | None:
    """Return the evidence of a pair, None where its names rule it out or nothing is left of it."""
    namesakes = read_namesakes(surname, with_bare=question == "bare")
    stories = Stories()
    if question == "full":
        people = {person.number: person for person in namesakes.full}
        first, second = people.get(one.pk), people.get(other.pk)
        if first is None or second is None or not may_be_one(first, second):
            return None
        stories.ignored = frozenset(word for each in people.values() for word in each.key.split())
        return weigh_full_names(first, second, stories.count)
    stories.ignored = frozenset({surname})
    return find_evidence_of_bare_name(surname, one, other, namesakes, stories)


def find_evidence_of_bare_name(
    word: str, one: Actor, other: Actor, namesakes: Namesakes, stories: Stories
) -> Evidence | None:
    bare = find_person(namesakes.bare, one)
    if bare is None or len(bare.sightings) != 1:
        return None
    titles = namesakes.titles[bare.number]
    possible = list_possible_bearers(bare, titles, namesakes.list_bearers(word), set())
    evidence = weigh_bare_name(bare, titles, possible, stories.count)
    for bearer in possible:
        if other.pk in bearer.members:
            return evidence[bearer.number]
    return None


def find_person(people: list[NamedPerson], actor: Actor) -> NamedPerson | None:
    return next((person for person in people if person.number == actor.pk), None)
