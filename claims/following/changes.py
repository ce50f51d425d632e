"""What became of the rows that the log of changes names: they are there, moved, or gone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from django.db.models import Model

from claims.models import (
    Actor,
    Article,
    ChangedRow,
    Claim,
    FactCheck,
    FormerArticle,
    FormerClaim,
    FormerOutletSlug,
    FormerQuote,
    FormerSlug,
    Match,
    Outlet,
    Quote,
    Wording,
)

# Where the key of a row that was merged into another leads to: a table, its column of former keys,
# and the column of the key now.
FORMER_KEYS: dict[str, tuple[type[Model], str, str]] = {
    "actor": (FormerSlug, "slug", "actor__slug"),
    "article": (FormerArticle, "number", "article_id"),
    "outlet": (FormerOutletSlug, "slug", "outlet__slug"),
    "quote": (FormerQuote, "number", "quote_id"),
}
SLUGGED = ("actor", "outlet")


class ChangeNow(NamedTuple):
    """What is so now of a row that was written. `key_now` is that of the row that it is one with."""

    at: datetime
    resource: str
    key: str
    change: Literal["present", "moved", "gone"]
    key_now: str


def list_changes(entries: Sequence[ChangedRow]) -> list[ChangeNow]:
    """Return what is so now of each row, once, in the order in which they were written last."""
    latest = {(entry.resource, entry.key): entry for entry in entries}
    ordered = sorted(latest.values(), key=lambda entry: entry.position)
    keys: dict[str, set[str]] = defaultdict(set)
    for resource, key in latest:
        keys[resource].add(key)
    present = {resource: find_present_keys(resource, keys[resource]) for resource in keys}
    moved = {
        resource: find_moved_keys(resource, keys[resource] - present[resource]) for resource in keys
    }
    changes = []
    for entry in ordered:
        key_now = moved[entry.resource].get(entry.key, "")
        change: Literal["present", "moved", "gone"] = "moved" if key_now else "gone"
        if entry.key in present[entry.resource]:
            change = "present"
        changes.append(ChangeNow(entry.at, entry.resource, entry.key, change, key_now))
    return changes


def find_present_keys(resource: str, keys: Iterable[str]) -> set[str]:
    """Return those of the keys whose rows are there, for everybody to see."""
    rows: Any = {
        "quote": Quote.objects.all(),
        "actor": Actor.objects.all(),
        "claim": Claim.objects.all(),
        "wording": Wording.objects.all(),
        "match": Match.objects.public(),
        "factcheck": FactCheck.objects.all(),
        "article": Article.objects.all(),
        "outlet": Outlet.objects.all(),
    }[resource]
    column = "slug" if resource in SLUGGED else "pk"
    found = rows.filter(**{f"{column}__in": list(keys)}).order_by()
    return {str(key) for key in found.values_list(column, flat=True)}


def find_moved_claims(keys: set[str]) -> dict[str, str]:
    """Return the claim that each of these is now: that of its first wording, or of what took the
    place of that.
    """
    claims = Wording.objects.filter(pk__in=list(keys)).values_list("pk", "claim_id")
    former = FormerClaim.objects.filter(number__in=list(keys)).values_list("number", "wording")
    claim_of = dict(
        Wording.objects.filter(pk__in=[pk for _, pk in former]).values_list("pk", "claim")
    )
    moved = {str(number): claim_of[wording] for number, wording in former if wording in claim_of}
    moved.update((str(key), now) for key, now in claims if key != now)
    return {key: str(now) for key, now in moved.items()}


def find_moved_keys(resource: str, keys: set[str]) -> dict[str, str]:
    """Return the key of the row that each of these rows is now; those that are gone are left out."""
    if not keys:
        return {}
    if resource == "claim":
        return find_moved_claims(keys)
    if resource not in FORMER_KEYS:
        return {}
    table, column, column_now = FORMER_KEYS[resource]
    former = table._default_manager.filter(**{f"{column}__in": list(keys)})
    return {str(key): str(now) for key, now in former.values_list(column, column_now)}
