"""Judging the items of a sample: one after the other, some by two people, and where these differ by a third."""

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
JudgementAnswers = dict[str, str]


class JudgementRefused(Refused):
    """Why a judgement cannot be taken, in words."""


def get_answers(judgement: SampleJudgement) -> JudgementAnswers:
    return {name: getattr(judgement, name) for name in JUDGING_QUESTIONS}


def lease_next_item(sample: Sample, user: "User") -> SampleItem | None:
    """The next that nobody else has before them, which is then this judge's for ten minutes."""
    leases.release_lease(user)
    others = Lease.objects.of_others(user).filter(quote=OuterRef("quote"))
    left = SampleItem.objects.filter(sample=sample).to_be_judged_by(user).filter(~Exists(others))
    return next(
        (
            item
            for item in left[: leases.LEASE_TRIES]
            if item.quote_id is None or leases.lease_quote(item.quote_id, user)
        ),
        None,
    )


def list_samples_waiting(user: "User") -> list[tuple[Sample, int]]:
    """The open samples of which something waits for this judge, with how many quotes."""
    counted = [
        (sample, sample.items.all().to_be_judged_by(user).count())
        for sample in Sample.objects.open().order_by("pk")
    ]  # type: ignore[attr-defined]
    return [(sample, number) for sample, number in counted if number]


def find_item_before(item: SampleItem, user: "User") -> SampleItem | None:
    """What a judge judged before this one."""
    return (
        item.sample.items.filter(position__lt=item.position, judgements__judge=user)
        .order_by("-position")
        .first()
    )


def judge_item(
    item: SampleItem, user: "User", answers: JudgementAnswers, *, settles: bool = False
) -> SampleJudgement:
    """Take what a judge says; an earlier judgement of the same person gives way to it."""
    with transaction.atomic():
        sample = Sample.objects.select_for_update().get(pk=item.sample_id)
        if sample.closed_at:
            raise JudgementRefused("The sample is closed.")
        others = [each for each in item.judgements.all() if each.judge_id != user.pk]
        if settles and (
            len(others) < 2
            or not has_differing_answers(others)
            or find_own_judgement(item, user, settles=False)
        ):
            raise JudgementRefused("A third person settles what two judges say differently.")
        if not settles and len(others) >= item.judges:
            raise JudgementRefused("Others have judged this one meanwhile.")
        values = (
            answers
            if answers["is_quote"] == "yes"
            else dict.fromkeys(JUDGING_QUESTIONS, "") | {"is_quote": "no"}
        )
        made, _ = SampleJudgement.objects.update_or_create(
            item=item, judge=user, defaults={**values, "settles": settles}
        )
    return made


def find_own_judgement(item: SampleItem, user: "User", *, settles: bool) -> SampleJudgement | None:
    return item.judgements.filter(judge=user, settles=settles).first()


def has_differing_answers(judgements: Iterable[SampleJudgement]) -> bool:
    return len({tuple(get_answers(each).items()) for each in judgements if not each.settles}) > 1


def find_settled_answers(item: SampleItem) -> JudgementAnswers | None:
    """What stands of an item whose judgements are loaded: what a third person said, else what all its judges say."""
    judgements = list(item.judgements.all())
    for each in judgements:
        if each.settles:
            return get_answers(each)
    if len(judgements) < item.judges or has_differing_answers(judgements):
        return None
    return get_answers(judgements[0])


def list_contested_items(sample: Sample) -> list[SampleItem]:
    """Items of which two judges say different things, and nobody has decided."""
    items = sample.items.filter(double=True).prefetch_related("judgements")
    return [
        item
        for item in items
        if len(item.judgements.all()) == item.judges
        and has_differing_answers(item.judgements.all())
    ]
