"""What was corrected: quotes that were withdrawn, given to another speaker, or changed, and such as were
missed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from xml.sax.saxutils import escape

from django.db.models import F, Q, QuerySet

from claims.models import Actor, Decision, DecisionWork, Merge
from claims.models.merges import MergeWork
from claims.outputs.feeds import FeedEntry, build_content, build_title, find_publication
from claims.outputs.fields import FlatRow
from claims.outputs.rows import ToldRow, read_told_rows

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
MOST_MERGES_FOLLOWED = 10  # of an actor into another, of that into a third, and so on


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction: what was done in words, and the quote as it is now, whole and as a title. The
    words of a quote that was withdrawn since are not told.
    """

    kind: CorrectionKind
    at: datetime
    number: int
    done: str
    row: FlatRow
    title: str
    is_taken_back: bool
    is_withdrawn_since: bool


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
    """Return these corrections in words. It takes as many queries for few as for many.

    Where both speakers are one by now, nothing was corrected.
    """
    ids = {each.quote_id for each in decisions if each.quote_id is not None}
    rows = {told.row.id: told for told in read_told_rows(list(ids), site)}
    speakers = read_speakers(decisions)
    corrections = []
    for each in decisions:
        told = rows.get(each.quote_id or 0)
        if told and not is_of_one_speaker(each, speakers):
            corrections.append(describe_correction(each, told, speakers))
    return corrections


def describe_correction(decision: Decision, told: ToldRow, speakers: "Speakers") -> Correction:
    work = DecisionWork(decision.what)
    is_rejected = told.row.status == "rejected"
    is_taken_back = decision.undone_at is not None
    is_taken_back |= work == DecisionWork.REJECT and not is_rejected
    is_withdrawn_since = work != DecisionWork.REJECT and is_rejected
    done = describe_work(decision, speakers)
    if is_taken_back:
        done = f"{done} (taken back)"
    if is_withdrawn_since:
        done = f"{done} (since withdrawn)"
    return Correction(
        kind=KIND_OF_WORK[work],
        at=decision.undone_at or decision.made_at,
        number=decision.pk,
        done=done,
        row=told.row,
        title=build_title(told),
        is_taken_back=is_taken_back,
        is_withdrawn_since=is_withdrawn_since,
    )


# Who was said to speak: actors by the numbers that they had then, each with its number and its name.
Speakers = Mapping[int, tuple[int, str]]


def read_speakers(decisions: list[Decision]) -> Speakers:
    """Return who the actors before and after are now, that were merged into others since, too."""
    numbers = {
        number
        for each in decisions
        for number in (find_actor(each.before), find_actor(each.after))
        if number
    }
    number_now = {number: number for number in numbers}
    names = read_names(numbers)
    for _ in range(MOST_MERGES_FOLLOWED):
        gone = set(number_now.values()) - names.keys()
        survivors = find_survivors(gone)
        if not survivors:
            break
        number_now = {old: survivors.get(now, now) for old, now in number_now.items()}
        names.update(read_names(survivors.values()))
    return {old: (now, names[now]) for old, now in number_now.items() if now in names}


def read_names(numbers: Iterable[int]) -> dict[int, str]:
    return dict(Actor.objects.filter(pk__in=list(numbers)).values_list("pk", "name"))


def find_survivors(numbers: Collection[int]) -> dict[int, int]:
    """Return into whom the actors with these numbers, which are gone, were merged."""
    if not numbers:
        return {}
    merges = Merge.objects.standing().filter(
        table="actor", work=MergeWork.MERGE, actors__overlap=list(numbers)
    )
    return {
        number: survivor
        for actors, survivor in merges.order_by("pk").values_list("actors", "survivor")
        for number in actors
        if number in numbers and number != survivor
    }


def is_of_one_speaker(decision: Decision, speakers: Speakers) -> bool:
    """Return whether a quote was given to another speaker who is the same by now."""
    if decision.what != DecisionWork.SPEAKER:
        return False
    before = speakers.get(find_actor(decision.before) or 0)
    after = speakers.get(find_actor(decision.after) or 0)
    return before is not None and before == after


def find_actor(values: Mapping[str, Any] | None) -> int | None:
    return get_quote_values(values).get("actor_id")


def get_quote_values(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what a decision kept of the quote; of one that was not there, nothing."""
    quote = (values or {}).get("quote")
    return quote if isinstance(quote, dict) else {}


def describe_work(decision: Decision, speakers: Speakers) -> str:
    """Return what was done in a few words: “Withdrawn”, “Said by Ana Bell, not by Omar Reza”."""
    before, after = get_quote_values(decision.before), get_quote_values(decision.after)
    done = "Corrected in its words or limits"
    match decision.what:
        case DecisionWork.REJECT:
            done = "Withdrawn"
        case DecisionWork.ADD:
            done = "Added, since it was missed"
        case DecisionWork.SPEAKER:
            done = describe_speakers(before.get("actor_id"), after.get("actor_id"), speakers)
        case DecisionWork.ACT | DecisionWork.KIND:
            name = str(decision.what)
            done = f"Corrected from “{before.get(name)}” to “{after.get(name)}”"
    return done


def describe_speakers(old: int | None, new: int | None, speakers: Speakers) -> str:
    """Return who says a quote and who does not; no names, if one of them is there no more."""
    if (old and old not in speakers) or (new and new not in speakers):
        return "Given to another speaker"
    _, new_name = speakers[new] if new else (0, NOBODY)
    _, old_name = speakers[old] if old else (0, NOBODY)
    return f"Said by {new_name}, not by {old_name}"


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
    text = title = correction.done
    html = f"<p><strong>{escape(correction.done)}</strong></p>"
    if not correction.is_withdrawn_since:
        text = f"{text}: {row.sentence}"
        title = f"{title}: {correction.title}"
        html += build_content(row)
    return FeedEntry(
        key=f"{row.address}#correction-{correction.number}",
        address=row.address,
        title=title,
        html=html,
        text=text,
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
            "is_withdrawn_since": correction.is_withdrawn_since,
            "corrected_at": correction.at.isoformat(),
        },
    )
