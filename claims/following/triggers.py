"""Which quotes a saved search tells of: new ones, or those that its trigger is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from django.db.models import Exists, OuterRef, Q

from claims.following.followed import Followed
from claims.history.log import annotate_event_before, get_event_model, get_events_of_model
from claims.models import ArticleVersion, Claim, MatchKind, Quote, SavedSearch, Trigger
from claims.pages.topics import (
    MOST_CLAIMS_LOOKED_UP,
    find_replies,
    find_replying_rows,
    list_first_values,
    mask_numbers,
)
from claims.search.columns import (
    ASSERTS_CODE,
    DENIES_CODE,
    REJECTED_CODE,
    Columns,
    RowMask,
    RowNumbers,
)
from claims.search.reading import UNKNOWN_SPEAKER_NUMBER

CURATOR = "curator"  # the extractor of a quote that a person added
MOST_CLAIM_WORDS = 160  # characters of a claim beside its denial


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote that is told of. `note` says what it has to do with another; `other` is the quote before
    it, or the claim that it denies, by its address.
    """

    quote: int
    note: str = ""
    other: str = ""


@dataclass(frozen=True)
class Looking:
    """A look at a saved search: what it follows, and from which quote and moment on."""

    known: Columns
    followed: Followed
    start: int
    since: datetime

    @cached_property
    def rows(self) -> RowNumbers:
        """The rows of all that is followed."""
        return self.followed.find_rows(self.known)

    @cached_property
    def told(self) -> RowMask:
        """The rows that readers see."""
        return np.asarray(self.known["status"] != REJECTED_CODE)

    def select_new(self, rows: RowNumbers) -> RowNumbers:
        """Return those of the rows that have come in since, in the order in which they came."""
        new = rows[self.known["id"][rows] > self.start]
        return new[np.argsort(self.known["id"][new])]


def find_hits(search: SavedSearch, looking: Looking) -> list[Hit]:
    """Return the quotes that a search may tell of, in the order in which they came in."""
    match search.trigger:
        case Trigger.REPEATED:
            return list(find_repeated(looking))
        case Trigger.DENIED:
            return list(find_denials(looking))
        case Trigger.FIRST:
            return list(find_first_of_outlet(looking))
        case Trigger.VANISHED:
            return list(find_vanished(looking))
        case _:
            return [Hit(pk) for pk in list_ids(looking, looking.select_new(looking.rows))]


def list_ids(looking: Looking, rows: RowNumbers) -> list[int]:
    ids: list[int] = looking.known["id"][rows].tolist()
    return ids


def find_repeated(looking: Looking) -> Iterator[Hit]:
    """Yield the quotes in which somebody asserts what they asserted before, in another article.

    A copy of the article in which they did so says nothing again.
    """
    known = looking.known
    is_assertion = looking.told & known["proposition"] & (known["stance"] == ASSERTS_CODE)
    new = looking.select_new(looking.rows)
    new = new[is_assertion[new] & (known["actor"][new] != UNKNOWN_SPEAKER_NUMBER)]
    if not len(new):
        return
    said = np.flatnonzero(is_assertion & mask_numbers(known["claim"], known["claim"][new]))
    for row in new.tolist():
        is_same = known["claim"][said] == known["claim"][row]
        is_same &= known["actor"][said] == known["actor"][row]
        is_same &= known["id"][said] < known["id"][row]
        is_same &= known["article"][said] != known["article"][row]
        if known["copied"][row]:
            is_same &= known["copied"][said] != known["copied"][row]
        before = said[is_same]
        if len(before):
            latest = int(known["id"][before].max())
            yield Hit(int(known["id"][row]), "said before", f"/quotes/{latest}/")


def find_denials(looking: Looking) -> Iterator[Hit]:
    """Yield the quotes in which somebody denies what the quotes that are followed say: the same words,
    or others that a match tells to be a denial.
    """
    known = looking.known
    is_said = known["proposition"] & (known["stance"] == ASSERTS_CODE)
    said = looking.rows[is_said[looking.rows]]
    claims = list_first_values(known["claim"][said], MOST_CLAIMS_LOOKED_UP)
    if looking.followed.claim:
        claims = np.array([looking.followed.claim.pk], np.int64)
    denied = {}
    is_denial = looking.told & known["proposition"] & (known["stance"] == DENIES_CODE)
    for row in np.flatnonzero(is_denial & mask_numbers(known["claim"], claims)).tolist():
        denied[row] = int(known["claim"][row])
    replies = [each for each in find_replies(claims.tolist()) if each.kind == MatchKind.DENIES]
    for row, reply in find_replying_rows(known, replies).items():
        denied.setdefault(row, reply.claim)
    rows = np.array([row for row in denied if looking.told[row]], np.intp)
    if looking.followed.filters.counts_texts_once:
        rows = rows[~known.is_repeated[rows]]
    new = looking.select_new(rows)
    texts = dict(
        Claim.objects.filter(pk__in={denied[row] for row in new.tolist()}).values_list("pk", "text")
    )
    for row in new.tolist():
        words = " ".join(texts.get(denied[row], "").split())[:MOST_CLAIM_WORDS]
        yield Hit(int(known["id"][row]), f"denies: “{words}”", f"/claims/{denied[row]}/")


def find_first_of_outlet(looking: Looking) -> Iterator[Hit]:
    """Yield the first quote of an actor that came in from an outlet, each once."""
    known = looking.known
    new = looking.select_new(looking.rows)
    new = new[known["actor"][new] != UNKNOWN_SPEAKER_NUMBER]
    if not len(new):
        return
    actors = mask_numbers(known["actor"], known["actor"][new])
    said = np.flatnonzero(looking.told & actors)
    for row in new.tolist():
        is_same = known["actor"][said] == known["actor"][row]
        is_same &= known["outlet"][said] == known["outlet"][row]
        if int(known["id"][said[is_same]].min()) == int(known["id"][row]):
            yield Hit(int(known["id"][row]), "quoted by this outlet for the first time here")


def find_vanished(looking: Looking) -> Iterator[Hit]:
    """Yield the quotes whose words an edit has taken out of their article since."""
    events = get_events_of_model(Quote).filter(
        pgh_created_at__gt=looking.since, pgh_label="update", version__isnull=False
    )
    rows = annotate_event_before(events).order_by("pgh_id").values_list("pgh_obj_id", "last")
    before_of = {number: last for number, last in rows if last is not None}
    stood = get_event_model(Quote)._default_manager.filter(
        pgh_id__in=list(before_of.values()), version__isnull=True
    )
    stood_before = set(stood.values_list("pgh_obj_id", flat=True))
    absent = Quote.objects.absent().filter(pk__in=stood_before).exclude(status="rejected")
    quotes = looking.followed.narrow(absent)
    for pk in quotes.order_by("pk").values_list("pk", flat=True):
        yield Hit(pk, "no longer in its article")


def select_newly_told(ids: list[int], since: datetime) -> set[int]:
    """Return those of the quotes whose article came in, or was edited, since a moment, or that a
    person added: a quote that is found when an old text is read anew is no news.
    """
    was_edited = ArticleVersion.objects.filter(article=OuterRef("article"), superseded_at__gt=since)
    is_news = Q(article__added_at__gt=since) | Q(extractor=CURATOR) | Exists(was_edited)
    return set(Quote.objects.filter(is_news, pk__in=ids).values_list("pk", flat=True))
