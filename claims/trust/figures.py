"""Measures how far the quotes can be trusted, by what people found of a random sample of them."""

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

from claims.models import Article, Quote, Sample, SampleAnswer, SampleItem, SampleJudgement
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

# The bands of confidence of which each is compared with what was found.
CONFIDENCE_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
# What items are grouped by: what was shown of them, and the title of the group.
RESULT_GROUPS: tuple[tuple[str, str], ...] = (
    ("outlet", "Outlet"),
    ("act", "Act"),
    ("kind", "Kind"),
    ("actor_kind", "Speaker"),
)
JUDGING_QUESTION_LABELS = {
    "is_quote": "Is it a quote?",
    "limits": "Are its limits right?",
    "speaker": "Is the speaker right?",
    "act": "Is the act right?",
}

# A share with its interval, as it is stored and shown.
MeasuredShare = dict[str, Any]


class CloseRefused(Refused):
    """Why a sample cannot be closed, in words."""


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """An item whose judgement stands: what its judges saw of the quote, and what they answered."""

    stratum: int
    shown: dict[str, Any]
    answers: JudgementAnswers

    def is_right(self, question: str) -> bool:
        return self.answers[question] == SampleAnswer.YES


# Which items a share is of, and which of these are right.
ItemTest = Callable[[JudgedItem], bool]


def is_any_item(item: JudgedItem) -> bool:
    return True


def is_quote_item(item: JudgedItem) -> bool:
    return item.is_right("is_quote")


def is_speaker_clear(item: JudgedItem) -> bool:
    """Return whether the article lets a judge tell if the speaker is right.

    So it is of what is no quote.
    """
    return item.answers["speaker"] != SampleAnswer.UNCLEAR


def has_judged_speaker(item: JudgedItem) -> bool:
    return is_quote_item(item) and is_speaker_clear(item)


def has_judged_known_speaker(item: JudgedItem) -> bool:
    return has_judged_speaker(item) and bool(item.shown["actor"])


def has_judged_unknown_speaker(item: JudgedItem) -> bool:
    return has_judged_speaker(item) and not item.shown["actor"]


def is_right_in_both(item: JudgedItem) -> bool:
    return is_quote_item(item) and item.is_right("speaker")


def is_limits_right(item: JudgedItem) -> bool:
    return item.is_right("limits")


def is_speaker_right(item: JudgedItem) -> bool:
    return item.is_right("speaker")


def is_act_right(item: JudgedItem) -> bool:
    return item.is_right("act")


@dataclass(frozen=True, slots=True)
class SampleMetric:
    """A share that is published: of the items that `counts` is true of, those that are `right`."""

    label: str
    counts: ItemTest
    right: ItemTest

    def measure(self, design: dict[str, Any], judged: Sequence[JudgedItem]) -> MeasuredShare | None:
        return measure_share(design, judged, self.counts, self.right)


QUOTE_AND_SPEAKER_METRIC = SampleMetric(
    "Quote and speaker are right", is_speaker_clear, is_right_in_both
)
SAMPLE_METRICS = (
    QUOTE_AND_SPEAKER_METRIC,
    SampleMetric(
        "It is a quote: the article has somebody say or think it", is_any_item, is_quote_item
    ),
    SampleMetric(
        "Of the quotes: it begins and ends in the right place", is_quote_item, is_limits_right
    ),
    SampleMetric("Of the quotes: the speaker is right", has_judged_speaker, is_speaker_right),
    SampleMetric("… where a speaker is given", has_judged_known_speaker, is_speaker_right),
    SampleMetric(
        "… where it is left unknown: the article does not make it clear",
        has_judged_unknown_speaker,
        is_speaker_right,
    ),
    SampleMetric("Of the quotes: the act is right", is_quote_item, is_act_right),
)


def close_sample(sample: Sample, user: "User | None") -> Sample:
    """End the judging of a sample, and keep its figures.

    Raises `CloseRefused` while some is left to judge.
    """
    with transaction.atomic():
        sample = Sample.objects.select_for_update().get(pk=sample.pk)
        if sample.closed_at:
            raise CloseRefused(f"“{sample.name}” is closed already.")
        items = list(sample.items.prefetch_related("judgements__judge"))
        left = sum(find_settled_answers(item) is None for item in items)
        if left:
            quotes = "quote" if left == 1 else "quotes"
            raise CloseRefused(f"“{sample.name}” has {left} {quotes} left to judge or to settle.")
        sample.results = measure_sample(sample.design, items)
        sample.closed_at = timezone.now()
        sample.closed_by = user
        sample.save()
    return sample


def measure_sample(design: dict[str, Any], items: Sequence[SampleItem]) -> dict[str, Any]:
    """Return all figures of a sample whose items are settled, as the public page shows them."""
    judged = list_judged_items(items)
    judges = {judgement.judge_id for item in items for judgement in item.judgements.all()}
    questions = []
    for metric in SAMPLE_METRICS:
        share = metric.measure(design, judged)
        if share:
            questions.append({"label": metric.label, "share": share})
    strata = []
    for number, stratum in enumerate(design["strata"]):
        strata.append(measure_stratum(stratum, [item for item in judged if item.stratum == number]))
    doubles = sum(item.double for item in items)
    agreement = []
    if doubles:
        agreement = [measure_agreement(question, items) for question in JUDGING_QUESTIONS]
    return {
        "size": len(judged),
        "judges": len(judges),
        "double": doubles,
        "unclear": sum(not is_speaker_clear(item) for item in judged),
        "headline": QUOTE_AND_SPEAKER_METRIC.measure(design, judged),
        "questions": questions,
        "groups": [measure_groups(design, judged, key, title) for key, title in RESULT_GROUPS],
        "strata": strata,
        "agreement": agreement,
        "quote_confidence": measure_reliability(
            design, judged, "confidence", is_any_item, is_quote_item
        ),
        "limits_confidence": measure_reliability(
            design, judged, "confidence", is_any_item, is_limits_right
        ),
        "speaker_confidence": measure_reliability(
            design, judged, "actor_confidence", has_judged_speaker, is_speaker_right
        ),
    }


def list_judged_items(items: Iterable[SampleItem]) -> list[JudgedItem]:
    judged = []
    for item in items:
        answers = find_settled_answers(item)
        if answers:
            judged.append(JudgedItem(item.stratum, item.shown, answers))
    return judged


def measure_share(
    design: dict[str, Any], judged: Iterable[JudgedItem], counts: ItemTest, right: ItemTest
) -> MeasuredShare | None:
    """Return, of the items that count, the share that is right with its interval.

    None if nothing counts.
    """
    strata = design["strata"]
    sampled_items = np.zeros(len(strata))
    counted_items = np.zeros(len(strata))
    right_items = np.zeros(len(strata))
    for item in judged:
        sampled_items[item.stratum] += 1
        if counts(item):
            counted_items[item.stratum] += 1
            right_items[item.stratum] += right(item)
    population = np.array([stratum["quotes"] for stratum in strata], np.float64)
    share = estimate_share(StratumTallies(population, sampled_items, counted_items, right_items))
    if share is None:
        return None
    return {**asdict(share), "right": int(right_items.sum())}


def measure_groups(
    design: dict[str, Any], judged: Sequence[JudgedItem], key: str, title: str
) -> dict[str, Any]:
    """Return how many are right in quote and speaker, by each value of what was shown.

    The most frequent first.
    """
    rows = []
    for value, _ in Counter(item.shown[key] for item in judged).most_common():
        share = measure_share(
            design, judged, build_group_test(key, value), QUOTE_AND_SPEAKER_METRIC.right
        )
        if share:
            label = (value or "unknown").replace("_", " ")
            rows.append({"label": label, "share": share})
    return {"title": title, "rows": rows}


def build_group_test(key: str, value: str | None) -> ItemTest:
    def is_of_group(item: JudgedItem) -> bool:
        return QUOTE_AND_SPEAKER_METRIC.counts(item) and item.shown[key] == value

    return is_of_group


def measure_stratum(stratum: dict[str, Any], judged: Sequence[JudgedItem]) -> dict[str, Any]:
    """Return a stratum with what was found of its own items, by Wilson's interval."""
    counted = [item for item in judged if QUOTE_AND_SPEAKER_METRIC.counts(item)]
    right = sum(QUOTE_AND_SPEAKER_METRIC.right(item) for item in counted)
    low, high = compute_wilson(right, len(counted))
    return {
        **stratum,
        "act": stratum["act"].replace("_", " "),
        "counted": len(counted),
        "right": right,
        "low": float(low),
        "high": float(high),
    }


def measure_agreement(question: str, items: Iterable[SampleItem]) -> dict[str, Any]:
    """Return how far two judges agree on a question, where both had to answer it."""
    values = [answer.value for answer in SampleAnswer]
    table = [[0] * len(values) for _ in values]
    for item in items:
        answers = [get_answers(judgement)[question] for judgement in list_first_judgements(item)]
        if len(answers) == 2 and all(answers):
            row, column = (values.index(answer) for answer in answers)
            table[row][column] += 1
    return {"label": JUDGING_QUESTION_LABELS[question], **asdict(compute_cohens_kappa(table))}


def list_first_judgements(item: SampleItem) -> list[SampleJudgement]:
    """Return the judgements of an item but for one that settles it, in the order of their judges."""
    judgements = [judgement for judgement in item.judgements.all() if not judgement.settles]
    return sorted(judgements, key=lambda judgement: judgement.judge_id or 0)


def measure_reliability(
    design: dict[str, Any],
    judged: Sequence[JudgedItem],
    key: str,
    counts: ItemTest,
    right: ItemTest,
) -> list[dict[str, Any]]:
    """Return, by bands of a confidence, what it says on average and how many items are right."""
    rows = []
    for low, high in pairwise(CONFIDENCE_EDGES):
        is_in_band = build_band_test(key, low, high, counts)
        share = measure_share(design, judged, is_in_band, right)
        if share:
            mean = float(np.mean([item.shown[key] for item in judged if is_in_band(item)]))
            rows.append({"low": low, "high": high, "mean": mean, "share": share})
    return rows


def build_band_test(key: str, low: float, high: float, counts: ItemTest) -> ItemTest:
    """Return a test of whether a confidence lies in a band, of the items that count.

    Only the last band has its end.
    """

    def is_in_band(item: JudgedItem) -> bool:
        value = item.shown[key]
        if value is None or value < low:
            return False
        return (value < high or high == CONFIDENCE_EDGES[-1]) and counts(item)

    return is_in_band


@dataclass(frozen=True, slots=True)
class TrustFigure:
    """What stands beside a number of quotes: how many of a sample were right, and the margin."""

    size: int
    reviewed: datetime
    percent: int
    margin: int


def find_trust_figure() -> TrustFigure | None:
    """Return the figure of the sample closed last, or None if none is closed. Takes one query."""
    columns = ("results__size", "closed_at", "results__headline")
    row = Sample.objects.closed().values_list(*columns).first()
    if row is None:
        return None
    size, closed_at, headline = row
    return build_trust_figure(size, cast("datetime", closed_at), headline)


def build_trust_figure(
    size: int, reviewed: datetime, share: MeasuredShare | None
) -> TrustFigure | None:
    """Return a share in whole percents, or None if there is none.

    The margin reaches from the share as it is shown to the farther end of the interval, rounded up.
    """
    if share is None:
        return None
    percent = round(100 * share["value"])
    margin = max(100 * share["high"] - percent, percent - 100 * share["low"])
    return TrustFigure(size, reviewed, percent, ceil(round(margin, 6)))


@dataclass(frozen=True, slots=True)
class ChangesSinceSample:
    """What there is since a sample was drawn: quotes, and articles that another extractor read."""

    quotes: int
    articles: int
    versions: list[str]


def count_changes_since(sample: Sample) -> ChangesSinceSample:
    known = sample.design["extractors"]
    others = Article.objects.exclude(extractor__in=["", *known])
    versions = others.order_by("extractor").values_list("extractor", flat=True).distinct()
    return ChangesSinceSample(Quote.objects.standing().count(), others.count(), list(versions))
