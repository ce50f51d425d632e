"""How far the quotes can be trusted: what people found of a random sample of them, with how sure that is."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from django.db import transaction
from django.utils import timezone

from claims.models import Article, Quote, Sample, SampleAnswer, SampleItem
from claims.models.refusals import Refused
from claims.trust.judging import (
    JUDGING_QUESTIONS,
    JudgementAnswers,
    find_settled_answers,
    get_answers,
)
from claims.trust.statistics import (
    StratumTallies,
    compute_cohens_kappa,
    compute_wilson,
    estimate_share,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CONFIDENCE_EDGES = (
    0.0,
    0.5,
    0.7,
    0.8,
    0.9,
    0.95,
    1.0,
)  # of confidences that are compared with what was found


class CloseRefused(Refused):
    """Why a sample cannot be closed, in words."""


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """An item of which it stands what was found."""

    stratum: int
    shown: dict[str, Any]
    found: JudgementAnswers

    @property
    def is_quote(self) -> bool:
        return self.found["is_quote"] == SampleAnswer.YES

    def right(self, question: str) -> bool:
        return self.found[question] == SampleAnswer.YES

    @property
    def told(self) -> bool:
        """Whether it could be told if the speaker is right."""
        return self.found["speaker"] != SampleAnswer.UNCLEAR

    @property
    def right_in_both(self) -> bool:
        return self.is_quote and self.right("speaker")


ItemTest = Callable[[JudgedItem], bool]


@dataclass(frozen=True, slots=True)
class SampleMetric:
    """A share: of the items that `counts` is true of, those that are `right`."""

    label: str
    counts: ItemTest
    right: ItemTest

    def of(self, design: dict[str, Any], judged: Sequence[JudgedItem]) -> dict[str, Any] | None:
        return measure_share(design, judged, self.counts, self.right)


def is_any_item(one: JudgedItem) -> bool:
    return True


def is_quote_item(one: JudgedItem) -> bool:
    return one.is_quote


def has_judged_speaker(one: JudgedItem) -> bool:
    """Quotes of which it could be told if the speaker is right."""
    return one.is_quote and one.told


def build_right_test(question: str) -> ItemTest:
    return lambda one: one.right(question)


SAMPLE_METRICS = (
    SampleMetric(
        "Quote and speaker are right", lambda one: one.told, lambda one: one.right_in_both
    ),
    SampleMetric(
        "It is a quote: the article has somebody say or think it", is_any_item, is_quote_item
    ),
    SampleMetric(
        "Of the quotes: it begins and ends in the right place",
        is_quote_item,
        build_right_test("limits"),
    ),
    SampleMetric(
        "Of the quotes: the speaker is right", has_judged_speaker, build_right_test("speaker")
    ),
    SampleMetric(
        "… where a speaker is given",
        lambda one: has_judged_speaker(one) and bool(one.shown["actor"]),
        build_right_test("speaker"),
    ),
    SampleMetric(
        "… where it is left unknown: the article does not make it clear",
        lambda one: has_judged_speaker(one) and not one.shown["actor"],
        build_right_test("speaker"),
    ),
    SampleMetric("Of the quotes: the act is right", is_quote_item, build_right_test("act")),
)
QUOTE_AND_SPEAKER_METRIC = SAMPLE_METRICS[0]
JUDGING_QUESTION_LABELS = {
    "is_quote": "Is it a quote?",
    "limits": "Are its limits right?",
    "speaker": "Is the speaker right?",
    "act": "Is the act right?",
}


def close_sample(sample: Sample, user: "User | None") -> Sample:
    """End the judging of a sample, and keep its figures."""
    with transaction.atomic():
        sample = Sample.objects.select_for_update().get(pk=sample.pk)
        if sample.closed_at:
            raise CloseRefused(f"“{sample.name}” is closed already.")
        items = list(sample.items.prefetch_related("judgements__judge"))
        if left := sum(find_settled_answers(item) is None for item in items):
            raise CloseRefused(
                f"“{sample.name}” has {left} quote{'' if left == 1 else 's'} left to judge or to settle."
            )
        sample.results = measure_sample(sample.design, items)
        sample.closed_at, sample.closed_by = timezone.now(), user
        sample.save()
    return sample


def measure_sample(design: dict[str, Any], items: Sequence[SampleItem]) -> dict[str, Any]:
    """All figures of a sample whose items are settled, as the public page shows them."""
    judged = [
        JudgedItem(item.stratum, item.shown, found)
        for item in items
        if (found := find_settled_answers(item))
    ]
    judges = {each.judge_id for item in items for each in item.judgements.all()}
    return {
        "size": len(judged),
        "judges": len(judges),
        "double": sum(item.double for item in items),
        "unclear": sum(not one.told for one in judged),
        "headline": QUOTE_AND_SPEAKER_METRIC.of(design, judged),
        "questions": [
            {"label": metric.label, "share": share}
            for metric in SAMPLE_METRICS
            if (share := metric.of(design, judged))
        ],
        "groups": [measure_groups(design, judged, *each) for each in RESULT_GROUPS],
        "strata": [
            measure_stratum(each, [one for one in judged if one.stratum == at])
            for at, each in enumerate(design["strata"])
        ],
        "agreement": [measure_agreement(question, items) for question in JUDGING_QUESTIONS]
        if any(item.double for item in items)
        else [],
        "quote_confidence": measure_reliability(
            design, judged, "confidence", is_any_item, is_quote_item
        ),
        "limits_confidence": measure_reliability(
            design, judged, "confidence", is_any_item, build_right_test("limits")
        ),
        "speaker_confidence": measure_reliability(
            design, judged, "actor_confidence", has_judged_speaker, build_right_test("speaker")
        ),
    }


def measure_share(
    design: dict[str, Any], judged: Iterable[JudgedItem], counts: ItemTest, good: ItemTest
) -> dict[str, Any] | None:
    """A share with its interval; None where nothing counts."""
    strata = design["strata"]
    sampled, counted, found = (np.zeros(len(strata)) for _ in range(3))
    for one in judged:
        counting = counts(one)
        sampled[one.stratum] += 1
        counted[one.stratum] += counting
        found[one.stratum] += counting and good(one)
    share = estimate_share(
        StratumTallies(
            np.array([each["quotes"] for each in strata], np.float64), sampled, counted, found
        )
    )
    return {**asdict(share), "right": int(found.sum())} if share else None


RESULT_GROUPS: tuple[tuple[str, str], ...] = (
    ("outlet", "Outlet"),
    ("act", "Act"),
    ("kind", "Kind"),
    ("actor_kind", "Speaker"),
)


def measure_groups(
    design: dict[str, Any], judged: Sequence[JudgedItem], key: str, title: str
) -> dict[str, Any]:
    """Right in quote and speaker, by each value of what was shown; the most frequent first."""
    values = Counter(one.shown[key] for one in judged)
    rows = [
        {"label": (value or "unknown").replace("_", " "), "share": share}
        for value, _ in values.most_common()
        if (
            share := measure_share(
                design,
                judged,
                lambda one, value=value: (
                    QUOTE_AND_SPEAKER_METRIC.counts(one) and one.shown[key] == value
                ),
                QUOTE_AND_SPEAKER_METRIC.right,
            )
        )  # type: ignore[misc]
    ]
    return {"title": title, "rows": rows}


def measure_stratum(described: dict[str, Any], judged: Sequence[JudgedItem]) -> dict[str, Any]:
    """One stratum by itself, with Wilson's interval."""
    counted = [one for one in judged if QUOTE_AND_SPEAKER_METRIC.counts(one)]
    good = sum(map(QUOTE_AND_SPEAKER_METRIC.right, counted))
    low, high = compute_wilson(good, len(counted))
    return {
        **described,
        "act": described["act"].replace("_", " "),
        "counted": len(counted),
        "right": good,
        "low": float(low),
        "high": float(high),
    }


def measure_agreement(question: str, items: Iterable[SampleItem]) -> dict[str, Any]:
    """How far two judges agree on a question, of the quotes that both had to answer it of."""
    values = [each.value for each in SampleAnswer]
    table = [[0] * len(values) for _ in values]
    for item in items:
        pair = sorted(
            (each for each in item.judgements.all() if not each.settles),
            key=lambda each: each.judge_id or 0,
        )
        answers = [get_answers(each)[question] for each in pair]
        if len(answers) == 2 and all(answers):
            table[values.index(answers[0])][values.index(answers[1])] += 1
    return {"label": JUDGING_QUESTION_LABELS[question], **asdict(compute_cohens_kappa(table))}


def measure_reliability(
    design: dict[str, Any], judged: Sequence[JudgedItem], key: str, counts: ItemTest, good: ItemTest
) -> list[dict[str, Any]]:
    """By bands of a confidence: what it says on average, and how many are right."""
    rows = []
    for low, high in pairwise(CONFIDENCE_EDGES):

        def within(one: JudgedItem, low: float = low, high: float = high) -> bool:
            value = one.shown[key]
            return value is not None and low <= value < (high if high < 1 else 2) and counts(one)

        if share := measure_share(design, judged, within, good):
            mean = float(np.mean([one.shown[key] for one in judged if within(one)]))
            rows.append({"low": low, "high": high, "mean": mean, "share": share})
    return rows


@dataclass(frozen=True, slots=True)
class TrustFigure:
    """What stands beside a number of quotes: of so many drawn at random, the share that was right, and its margin."""

    size: int
    reviewed: datetime
    percent: int
    margin: int


def find_trust_figure() -> TrustFigure | None:
    """Of the sample closed last; None where none is. One query."""
    found = (
        Sample.objects.closed()
        .values_list("results__size", "closed_at", "results__headline")
        .first()
    )
    return build_trust_figure(found[0], cast("datetime", found[1]), found[2]) if found else None


def build_trust_figure(
    size: int, reviewed: datetime, share: dict[str, Any] | None
) -> TrustFigure | None:
    """In whole percents; the margin reaches the farther end of the interval from the share as it is shown, rounded up."""
    if share is None:
        return None
    percent = round(100 * share["value"])
    margin = max(100 * share["high"] - percent, percent - 100 * share["low"])
    return TrustFigure(size, reviewed, percent, ceil(round(margin, 6)))


@dataclass(frozen=True, slots=True)
class ChangesSinceSample:
    """What has changed since a sample was drawn: quotes that stand now, and articles that another extractor has read."""

    quotes: int
    articles: int
    versions: list[str]


def count_changes_since(sample: Sample) -> ChangesSinceSample:
    known = sample.design["extractors"]
    others = Article.objects.exclude(extractor__in=["", *known])
    versions = others.order_by("extractor").values_list("extractor", flat=True).distinct()
    return ChangesSinceSample(Quote.objects.standing().count(), others.count(), list(versions))
