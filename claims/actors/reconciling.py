"""Finds which items of Wikidata actors are, by a file that the site holds; sure ones are set.

Sure is the one item of the file that has an actor's name as its label or alias, and its kind, where
the description agrees with what articles say: with the office that they give a person, or with the
kind of a state or a body. All other items of an actor's names are proposed, for a person to judge.
What a person confirmed, refused or set stands, so reconciling again changes nothing of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims.actors.common_bodies import PLACES
from claims.actors.sightings import run_query
from claims.actors.wikidata_items import BrokenLine, WikidataItem
from claims.extraction.lexicon.offices import TITLE_OF_OFFICE
from claims.extraction.lexicon.words import word_set
from claims.history.writing import wait_for_writers
from claims.models import ExternalId, ItemMatch
from claims.models.copying import format_array
from claims.models.item_matches import JUDGED_STATUSES
from claims.models.names import build_name_key

WHY = "reconciled with a file of items of Wikidata"
ITEMS_AT_ONCE = 1000  # looked up in one query
MOST_ITEMS_PROPOSED = 10  # of one actor
# Words of a description that agree with the kind of an actor that is no person.
WORDS_OF_KINDS = {
    "state": word_set("country state sovereign republic kingdom nation federation"),
    "organization": word_set(
        """agency organization organisation company ministry department party newspaper bank
        university institute association union court police council committee bureau office
        parliament congress alliance corporation broadcaster service force club think-tank"""
    ),
    "document": word_set("treaty law act report agreement resolution constitution book"),
    "group": word_set("group movement organization organisation people ethnic militant"),
}

# Actors known everywhere, that are taken for no other's, by their own name or by one that articles
# give them; what articles tell of their offices, and the last year in which they say something.
NAMED_SQL = """
    SELECT wanted.key, actor.id, actor.kind, actor.key = wanted.key AS is_own
      FROM unnest(%(keys)s::text[]) AS wanted (key)
     CROSS JOIN LATERAL (
           SELECT id, kind, key FROM claims_actor WHERE key = wanted.key AND article_id IS NULL
            UNION
           SELECT named.id, named.kind, named.key
             FROM claims_actorname name JOIN claims_actor named ON named.id = name.actor_id
            WHERE name.key = wanted.key AND named.article_id IS NULL
              AND position(' ' IN wanted.key) > 0) actor
     WHERE NOT EXISTS (SELECT FROM claims_actorjoin WHERE alias_id = actor.id)
"""
OFFICES_SQL = """
    SELECT DISTINCT wanted.id, office.title, office.place
      FROM unnest(%(actors)s::bigint[]) AS wanted (id)
      JOIN claims_actorname name ON name.actor_id = wanted.id
      JOIN claims_office office ON office.key = name.key
     WHERE EXISTS (SELECT FROM claims_quote
                    WHERE article_id = office.article_id AND actor_id = wanted.id)
"""
FIRST_YEARS_SQL = """
    SELECT quote.actor_id, extract(year FROM min(article.published_on))::int
      FROM claims_quote quote JOIN claims_article article ON article.id = quote.article_id
     WHERE quote.actor_id = ANY(%(actors)s::bigint[]) AND article.published_on IS NOT NULL
     GROUP BY quote.actor_id
"""


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item that has a name of an actor: whether that is the actor's own name, and its kind."""

    item: WikidataItem
    is_own_name: bool
    is_of_kind: bool


@dataclass
class Reconciled:
    """What came of a file: how many items it has, what was set and proposed, and broken lines."""

    items: int = 0
    set: int = 0
    proposed: int = 0
    broken: list[BrokenLine] = field(default_factory=list)


def reconcile(lines: Iterable[WikidataItem | BrokenLine], *, dry: bool = False) -> Reconciled:
    """Set and propose items of actors; with `dry` nothing is kept."""
    result = Reconciled()
    found = find_actors_of_items(lines, result)
    with pghistory.context(why=WHY), transaction.atomic():
        wait_for_writers()
        write_items(found, result)
        transaction.set_rollback(dry)
    return result


def find_actors_of_items(
    lines: Iterable[WikidataItem | BrokenLine], result: Reconciled
) -> dict[int, dict[str, FoundItem]]:
    """Return the items that have a name of each actor, by their numbers; count what was read."""
    found: defaultdict[int, dict[str, FoundItem]] = defaultdict(dict)
    for items in batch_items(lines, result):
        by_key: defaultdict[str, list[WikidataItem]] = defaultdict(list)
        for item in items:
            for key in {build_name_key(name) for name in (item.label, *item.aliases)} - {""}:
                by_key[key].append(item)
        for key, actor, kind, is_own in run_query(NAMED_SQL, keys=format_array(sorted(by_key))):
            for item in by_key[key]:
                known = found[actor].get(item.value)
                is_own_name = bool(is_own) or bool(known and known.is_own_name)
                found[actor][item.value] = FoundItem(item, is_own_name, item.kind == kind)
    return found


def batch_items(
    lines: Iterable[WikidataItem | BrokenLine], result: Reconciled
) -> Iterator[list[WikidataItem]]:
    remaining = iter(lines)
    while True:
        batch = list(islice(remaining, ITEMS_AT_ONCE))
        if not batch:
            return
        items = [line for line in batch if isinstance(line, WikidataItem)]
        result.broken += [line for line in batch if isinstance(line, BrokenLine)]
        result.items += len(items)
        yield items


def write_items(found: dict[int, dict[str, FoundItem]], result: Reconciled) -> None:
    """Store what was found of each actor that has no item yet."""
    refuse_items_taken_away(found)
    actors = format_array(sorted(found))
    offices: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for number, title, place in run_query(OFFICES_SQL, actors=actors):
        offices[number].add((title, place))
    years = dict(run_query(FIRST_YEARS_SQL, actors=actors))
    taken = set(ExternalId.objects.values_list("value", flat=True))
    have_item = set(ExternalId.objects.filter(actor__in=found).values_list("actor", flat=True))
    judged = {
        (match.actor_id, match.value): match.status
        for match in ItemMatch.objects.filter(actor__in=found)
    }
    owners = count_owners(found)
    for number in sorted(found.keys() - have_item):
        rows = []
        for value, one in sorted(found[number].items()):
            if value not in taken and judged.get((number, value)) not in JUDGED_STATUSES:
                rows.append(build_match(number, one, offices[number], years.get(number)))
        sure = [row for row in rows if row.status == "sure" and owners[row.value] == 1]
        own = [one for one in found[number].values() if one.is_own_name and one.is_of_kind]
        is_sure = len(sure) == 1 and len(own) == 1
        for row in rows:
            row.status = "sure" if is_sure and row is sure[0] else "proposed"
        rows.sort(key=lambda row: row.status == "proposed")  # what is set is not left out
        store_matches(rows[:MOST_ITEMS_PROPOSED], judged, result)
        if is_sure:
            ExternalId.objects.create(actor_id=number, value=sure[0].value)
            taken.add(sure[0].value)
            result.set += 1


def refuse_items_taken_away(actors: Iterable[int]) -> None:
    """Take items that were set, and that a person has taken away since, for refused."""
    numbers = ExternalId.objects.filter(actor=OuterRef("actor"), value=OuterRef("value"))
    were_set = ItemMatch.objects.filter(actor__in=actors, status="sure").order_by()
    were_set.exclude(Exists(numbers)).update(status="refused", judged_at=timezone.now())


def count_owners(found: dict[int, dict[str, FoundItem]]) -> defaultdict[str, int]:
    """Return of how many actors each item has the own name and the kind."""
    owners: defaultdict[str, int] = defaultdict(int)
    for items in found.values():
        for value, one in items.items():
            owners[value] += one.is_own_name and one.is_of_kind
    return owners


def store_matches(
    rows: Sequence[ItemMatch], known: dict[tuple[int, str], str], result: Reconciled
) -> None:
    """Store matches; those that are known already get what the file says now."""
    columns = ["label", "description", "reasons", "status"]
    ItemMatch.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["actor", "value"], update_fields=columns
    )
    for row in rows:
        is_new = (row.actor_id, row.value) not in known
        result.proposed += is_new and row.status == "proposed"


def build_match(
    actor: int, one: FoundItem, offices: set[tuple[str, str]], first_year: int | None
) -> ItemMatch:
    """Return what an item is to an actor: sure if name, kind and description agree."""
    item = one.item
    reasons = ["its name" if one.is_own_name else "a name that articles give it"]
    is_sure = one.is_own_name and one.is_of_kind
    if not one.is_of_kind:
        reasons.append(f"but of kind {item.kind}")
    agreeing = find_agreement(item, offices)
    if agreeing:
        reasons.append(f"the description agrees: {agreeing}")
    if item.died is not None and first_year is not None and item.died < first_year:
        reasons.append(f"but died in {item.died}, and is quoted in {first_year}")
        is_sure = False
    status = "sure" if is_sure and agreeing else "proposed"
    return ItemMatch(
        actor_id=actor,
        value=item.value,
        label=item.label,
        description=item.description,
        reasons=reasons,
        status=status,
    )


def find_agreement(item: WikidataItem, offices: set[tuple[str, str]]) -> str:
    """Return what of a description agrees with what articles say; "" where nothing does.

    The office of a person is to be of the same state, as far as both tell one.
    """
    words = item.description.casefold()
    if item.kind != "person":
        agreeing = sorted(WORDS_OF_KINDS.get(item.kind, frozenset()) & set(words.split()))
        return agreeing[0] if agreeing else ""
    told = list_titles(words)
    states = {state for name, state in PLACES.items() if f" {name} " in f" {words} "}
    for title, place in sorted(offices):
        if title in told and (not states or place in ("", *states) or place.casefold() in words):
            return title
    return ""


def list_titles(words: str) -> set[str]:
    """Return the titles of offices that a description tells; "vice president" is no "president"."""
    titles = set()
    rest = f" {words} ".replace(",", " ")
    for written in sorted(TITLE_OF_OFFICE, key=len, reverse=True):
        if f" {written} " in rest:
            titles.add(TITLE_OF_OFFICE[written])
            rest = rest.replace(f" {written} ", "  ")
    return titles


# A person's word


def judge_items(matches: Iterable[ItemMatch], status: str, user: User | None) -> int:
    """Confirm or refuse items, or take that back (`proposed`); return how many.

    Of an actor whose item is confirmed it is a number elsewhere, and of no other. A number that
    somebody set by hand stays.
    """
    number = 0
    with transaction.atomic():
        wait_for_writers()
        for match in matches:
            forget_number_set_by(match)
            if status == "confirmed":
                number_there = ExternalId.objects.filter(value=match.value).first()
                if number_there is None:
                    ExternalId.objects.create(
                        actor_id=match.actor_id, value=match.value, set_by=user
                    )
                elif number_there.actor_id != match.actor_id:
                    continue  # it is another actor's
            match.status = status
            match.judged_by = None if status == "proposed" else user
            match.judged_at = None if status == "proposed" else timezone.now()
            match.save()
            number += 1
    return number


def forget_number_set_by(match: ItemMatch) -> None:
    """Delete the number that an item set, by a file or as somebody confirmed it; no other."""
    if match.status not in ("sure", "confirmed"):
        return
    setter = match.judged_by if match.status == "confirmed" else None
    ExternalId.objects.filter(actor=match.actor_id, value=match.value, set_by=setter).delete()
