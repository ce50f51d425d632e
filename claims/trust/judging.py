"""Has the items of a sample judged, some by two people, and by a third where these differ."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef

from claims.desk import leases
from claims.models import Lease, Sample, SampleItem, SampleJudgement
from claims.models.refusals import Refused

if TYPE_CHECKING:
    from django.contrib.auth.models import User

JUDGING_QUESTIONS = ("is_quote", "limits", "speaker", "act")

# What is answered to each of the questions; what is no quote has no answer to the others.
JudgementAnswers = dict[str, str]
NO_QUOTE_ANSWERS: JudgementAnswers = {"is_quote": "no", "limits": "", "speaker": "", "act": ""}


class JudgementRefused(Refused):
    """Why a judgement cannot be taken, in words."""


def get_answers(judgement: SampleJudgement) -> JudgementAnswers:
    return {question: getattr(judgement, question) for question in JUDGING_QUESTIONS}


def lease_next_item(sample: Sample, user: "User") -> SampleItem | None:
    """Return the next item that nobody else has before them, leased to this judge.

    None if there is none.
    """
    leases.release_lease(user)
    leased = Lease.objects.of_others(user).filter(quote=OuterRef("quote"))
    waiting = SampleItem.objects.filter(sample=sample).to_be_judged_by(user)
    for item in waiting.filter(~Exists(leased))[: leases.LEASE_TRIES]:
        # The quote of an item may be gone: then there is nothing to lease.
        if item.quote_id is None or leases.lease_quote(item.quote_id, user):
            return item
    return None


def list_samples_waiting(user: "User") -> list[tuple[Sample, int]]:
    """Return the open samples of which something waits for this judge, with how many quotes."""
    waiting = []
    for sample in Sample.objects.open().order_by("pk"):
        number = SampleItem.objects.filter(sample=sample).to_be_judged_by(user).count()
        if number:
            waiting.append((sample, number))
    return waiting


def find_item_before(item: SampleItem, user: "User") -> SampleItem | None:
    """Return what a judge judged before this item, by its place in the sample."""
    judged = item.sample.items.filter(position__lt=item.position, judgements__judge=user)
    return judged.order_by("-position").first()


def judge_item(
    item: SampleItem, user: "User", answers: JudgementAnswers, *, settles: bool = False
) -> SampleJudgement:
    """Take what a judge says; an earlier judgement of the same person gives way to it.

    `settles`: it decides between two judges who differ. Raises `JudgementRefused`.
    """
    with transaction.atomic():
        sample = Sample.objects.select_for_update().get(pk=item.sample_id)
        if sample.closed_at:
            raise JudgementRefused("The sample is closed.")
        others = [other for other in item.judgements.all() if other.judge_id != user.pk]
        if settles:
            check_may_settle(item, user, others)
        elif len(others) >= item.judges:
            raise JudgementRefused("Others have judged this one meanwhile.")
        if answers["is_quote"] != "yes":
            answers = NO_QUOTE_ANSWERS
        judgement, _ = SampleJudgement.objects.update_or_create(
            item=item, judge=user, defaults={**answers, "settles": settles}
        )
    return judgement


def check_may_settle(item: SampleItem, user: "User", others: list[SampleJudgement]) -> None:
    """Raise `JudgementRefused` unless two others differ and this judge has not judged the item."""
    are_two_apart = len(others) >= 2 and has_differing_answers(others)
    if not are_two_apart or find_own_judgement(item, user, settles=False):
        raise JudgementRefused("A third person settles what two judges say differently.")


def find_own_judgement(item: SampleItem, user: "User", *, settles: bool) -> SampleJudgement | None:
    return item.judgements.filter(judge=user, settles=settles).first()


def has_differing_answers(judgements: Iterable[SampleJudgement]) -> bool:
    """Return whether judges differ, apart from one who settles it."""
    different = set()
    for judgement in judgements:
        if not judgement.settles:
            different.add(tuple(get_answers(judgement).items()))
    return len(different) > 1


def find_settled_answers(item: SampleItem) -> JudgementAnswers | None:
    """Return what stands of an item with its judgements, or None while something is left to say.

    That is what a third person said, else what all its judges say.
    """
    judgements = list(item.judgements.all())
    for judgement in judgements:
        if judgement.settles:
            return get_answers(judgement)
    if len(judgements) < item.judges or has_differing_answers(judgements):
        return None
    return get_answers(judgements[0])


def list_contested_items(sample: Sample) -> list[SampleItem]:
    """Return the items of which two judges say different things, and nobody has decided."""
    contested = []
    for item in sample.items.filter(double=True).prefetch_related("judgements"):
        judgements = item.judgements.all()
        if len(judgements) == item.judges and has_differing_answers(judgements):
            contested.append(item)
    return contested
