"""What was corrected: quotes that were withdrawn, given to another speaker, or changed, and such as were
missed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from xml.sax.saxutils import escape

from django.db.models import F, Q, QuerySet

from claims.models import Actor, Decision, DecisionWork
from claims.outputs.feeds import FeedEntry, build_content, build_title, find_publication
from claims.outputs.fields import FlatRow
from claims.outputs.rows import read_told_rows

CorrectionKind = Literal["withdrawn", "attributed", "changed", "added"]
CORRECTION_KINDS: tuple[CorrectionKind, ...] = get_args(CorrectionKind)
KIND_LABELS: dict[CorrectionKind, str] = {
    "withdrawn": "withdrawn",
    "attributed": "given to another speaker",
    "changed": "changed",
    "added": "added",
}
WORKS_OF_KIND: dict[CorrectionKind, tuple[DecisionWork, ...]] = {
    "withdrawn": (DecisionWork.REJECT,),
    "attributed": (DecisionWork.SPEAKER,),
    "changed": (
        DecisionWork.ACT,
        DecisionWork.KIND,
        DecisionWork.SPANS,
        DecisionWork.CORRECT,
        DecisionWork.SPLIT,
        DecisionWork.JOIN,
    ),
    "added": (DecisionWork.ADD,),
}
KIND_OF_WORK = {work: kind for kind, works in WORKS_OF_KIND.items() for work in works}
NOBODY = "nobody who is clear"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction: what was done in words, and the quote as it is now, whole and as a title."""

    kind: CorrectionKind
    at: datetime
    number: int
    done: str
    row: FlatRow
    title: str
    is_taken_back: bool


def select_corrections(kind: str, order: str) -> QuerySet[Decision]:
    """Return the decisions that corrected something, the last first; or by the date of the article.

    A decision that was taken back stays among them, and is told to have been.
    """
    works = WORKS_OF_KIND[kind] if kind in CORRECTION_KINDS else tuple(KIND_OF_WORK)
    same_actor = Q(before__quote__actor_id=F("after__quote__actor_id"))
    decisions = Decision.objects.filter(what__in=works, quote__isnull=False)
    decisions = decisions.exclude(same_actor, what=DecisionWork.SPEAKER)
    if order == "published":
        day = F("quote__article__published_on").desc(nulls_last=True)
        return decisions.order_by(day, "-pk")
    return decisions.order_by("-pk")


def describe_corrections(decisions: list[Decision], site: str) -> list[Correction]:
    """Return these corrections in words. It takes as many queries for few as for many."""
    ids = {each.quote_id for each in decisions if each.quote_id is not None}
    rows = {told.row.id: told for told in read_told_rows(list(ids), site)}
    names = read_names(decisions)
    corrections = []
    for each in decisions:
        if each.quote_id in rows:
            work = DecisionWork(each.what)
            corrections.append(
                Correction(
                    kind=KIND_OF_WORK[work],
                    at=each.undone_at or each.made_at,
                    number=each.pk,
                    done=describe_work(each, names),
                    row=rows[each.quote_id].row,
                    title=build_title(rows[each.quote_id]),
                    is_taken_back=each.undone_at is not None,
                )
            )
    return corrections


def read_names(decisions: list[Decision]) -> dict[int, str]:
    """Return the names of the actors before and after."""
    numbers = set()
    for each in decisions:
        numbers.update({find_actor(each.before), find_actor(each.after)})
    actors = Actor.objects.filter(pk__in=[number for number in numbers if number])
    return dict(actors.values_list("pk", "name"))


def find_actor(values: Mapping[str, Any] | None) -> int | None:
    return get_quote_values(values).get("actor_id")


def get_quote_values(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what a decision kept of the quote; of one that was not there, nothing."""
    quote = (values or {}).get("quote")
    return quote if isinstance(quote, dict) else {}


def describe_work(decision: Decision, names: Mapping[int, str]) -> str:
    """Return what was done in a few words: “Withdrawn”, “Said by Ana Bell, not by Omar Reza”."""
    before, after = get_quote_values(decision.before), get_quote_values(decision.after)
    done = "Corrected in its words or limits"
    match decision.what:
        case DecisionWork.REJECT:
            done = "Withdrawn"
        case DecisionWork.ADD:
            done = "Added, since it was missed"
        case DecisionWork.SPEAKER:
            new = names.get(after.get("actor_id") or 0, NOBODY)
            old = names.get(before.get("actor_id") or 0, NOBODY)
            done = f"Said by {new}, not by {old}"
        case DecisionWork.ACT | DecisionWork.KIND:
            name = str(decision.what)
            done = f"Corrected from “{before.get(name)}” to “{after.get(name)}”"
    return f"{done} (taken back)" if decision.undone_at else done


# As a feed


@dataclass(frozen=True, slots=True)
class CorrectionFeed:
    """Corrections as the entries of a feed."""

    decisions: QuerySet[Decision]
    site: str
    page_address: str
    described: str
    total: int

    @property
    def title(self) -> str:
        return f"Corrections: {self.described}"

    @property
    def summary(self) -> str:
        noun = "correction" if self.total == 1 else "corrections"
        return f"{self.total:,} {noun}: {self.described}"

    def read_entries(self, start: int, stop: int) -> list[FeedEntry]:
        decisions = list(self.decisions[start:stop])
        return [build_entry(each) for each in describe_corrections(decisions, self.site)]


def build_entry(correction: Correction) -> FeedEntry:
    row = correction.row
    return FeedEntry(
        key=f"{row.address}#correction-{correction.number}",
        address=row.address,
        title=f"{correction.done}: {correction.title}",
        html=f"<p><strong>{escape(correction.done)}</strong></p>{build_content(row)}",
        text=f"{correction.done}: {row.sentence}",
        author="",
        published=find_publication(row),
        updated=correction.at,
        tags=[correction.kind, row.outlet],
        external=row.article_address,
        language=row.language,
        told={
            "id": row.id,
            "kind": correction.kind,
            "is_taken_back": correction.is_taken_back,
            "corrected_at": correction.at.isoformat(),
        },
    )
