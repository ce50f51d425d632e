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

from claims.models import Answer, Article, Quote, Sample, SampleItem
from claims.trust.judging import QUESTIONS, Answers, answers_of, settled
from claims.trust.statistics import Tallies, cohens_kappa, estimate, wilson

if TYPE_CHECKING:
    from django.contrib.auth.models import User

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)  # of confidences that are compared with what was found


class CannotClose(ValueError):
    """Why a sample cannot be closed, in words."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An item of which it stands what was found."""

    stratum: int
    shown: dict[str, Any]
    found: Answers

    @property
    def is_quote(self) -> bool:
        return self.found["is_quote"] == Answer.YES

    def right(self, question: str) -> bool:
        return self.found[question] == Answer.YES

    @property
    def told(self) -> bool:
        """Whether it could be told if the speaker is right."""
        return self.found["speaker"] != Answer.UNCLEAR

    @property
    def right_in_both(self) -> bool:
        return self.is_quote and self.right("speaker")


Test = Callable[[Judged], bool]


@dataclass(frozen=True, slots=True)
class Metric:
    """A share: of the items that `counts` is true of, those that are `right`."""

    label: str
    counts: Test
    right: Test

    def of(self, design: dict[str, Any], judged: Sequence[Judged]) -> dict[str, Any] | None:
        return told(design, judged, self.counts, self.right)


def everything(one: Judged) -> bool:
    return True


def quotes(one: Judged) -> bool:
    return one.is_quote


def speakers(one: Judged) -> bool:
    """Quotes of which it could be told if the speaker is right."""
    return one.is_quote and one.told


def right(question: str) -> Test:
    return lambda one: one.right(question)


METRICS = (
    Metric("Quote and speaker are right", lambda one: one.told, lambda one: one.right_in_both),
    Metric("It is a quote: the article has somebody say or think it", everything, quotes),
    Metric("Of the quotes: it begins and ends in the right place", quotes, right("limits")),
    Metric("Of the quotes: the speaker is right", speakers, right("speaker")),
    Metric("… where a speaker is given", lambda one: speakers(one) and bool(one.shown["actor"]), right("speaker")),
    Metric(
        "… where it is left unknown: the article does not make it clear",
        lambda one: speakers(one) and not one.shown["actor"],
        right("speaker"),
    ),
    Metric("Of the quotes: the act is right", quotes, right("act")),
)
BOTH = METRICS[0]
LABELS = {
    "is_quote": "Is it a quote?",
    "limits": "Are its limits right?",
    "speaker": "Is the speaker right?",
    "act": "Is the act right?",
}


def close(sample: Sample, user: "User | None") -> Sample:
    """End the judging of a sample, and keep its figures."""
    with transaction.atomic():
        sample = Sample.objects.select_for_update().get(pk=sample.pk)
        if sample.closed_at:
            raise CannotClose(f"“{sample.name}” is closed already.")
        items = list(sample.items.prefetch_related("judgements__judge"))
        if left := sum(settled(item) is None for item in items):
            raise CannotClose(f"“{sample.name}” has {left} quote{'' if left == 1 else 's'} left to judge or to settle.")
        sample.results = measured(sample.design, items)
        sample.closed_at, sample.closed_by = timezone.now(), user
        sample.save()
    return sample


def measured(design: dict[str, Any], items: Sequence[SampleItem]) -> dict[str, Any]:
    """All figures of a sample whose items are settled, as the public page shows them."""
    judged = [Judged(item.stratum, item.shown, found) for item in items if (found := settled(item))]
    judges = {each.judge_id for item in items for each in item.judgements.all()}
    return {
        "size": len(judged),
        "judges": len(judges),
        "double": sum(item.double for item in items),
        "unclear": sum(not one.told for one in judged),
        "headline": BOTH.of(design, judged),
        "questions": [{"label": metric.label, "share": share} for metric in METRICS if (share := metric.of(design, judged))],
        "groups": [group(design, judged, *each) for each in GROUPS],
        "strata": [stratum(each, [one for one in judged if one.stratum == at]) for at, each in enumerate(design["strata"])],
        "agreement": [agreement(question, items) for question in QUESTIONS] if any(item.double for item in items) else [],
        "quote_confidence": reliability(design, judged, "confidence", everything, quotes),
        "limits_confidence": reliability(design, judged, "confidence", everything, right("limits")),
        "speaker_confidence": reliability(design, judged, "actor_confidence", speakers, right("speaker")),
    }


def told(design: dict[str, Any], judged: Iterable[Judged], counts: Test, good: Test) -> dict[str, Any] | None:
    """A share with its interval; None where nothing counts."""
    strata = design["strata"]
    sampled, counted, found = (np.zeros(len(strata)) for _ in range(3))
    for one in judged:
        counting = counts(one)
        sampled[one.stratum] += 1
        counted[one.stratum] += counting
        found[one.stratum] += counting and good(one)
    share = estimate(Tallies(np.array([each["quotes"] for each in strata], np.float64), sampled, counted, found))
    return {**asdict(share), "right": int(found.sum())} if share else None


GROUPS: tuple[tuple[str, str], ...] = (("outlet", "Outlet"), ("act", "Act"), ("kind", "Kind"), ("actor_kind", "Speaker"))


def group(design: dict[str, Any], judged: Sequence[Judged], key: str, title: str) -> dict[str, Any]:
    """Right in quote and speaker, by each value of what was shown; the most frequent first."""
    values = Counter(one.shown[key] for one in judged)
    rows = [
        {"label": (value or "unknown").replace("_", " "), "share": share}
        for value, _ in values.most_common()
        if (share := told(design, judged, lambda one, value=value: BOTH.counts(one) and one.shown[key] == value, BOTH.right))  # type: ignore[misc]
    ]
    return {"title": title, "rows": rows}


def stratum(described: dict[str, Any], judged: Sequence[Judged]) -> dict[str, Any]:
    """One stratum by itself, with Wilson's interval."""
    counted = [one for one in judged if BOTH.counts(one)]
    good = sum(map(BOTH.right, counted))
    low, high = wilson(good, len(counted))
    return {
        **described,
        "act": described["act"].replace("_", " "),
        "counted": len(counted),
        "right": good,
        "low": float(low),
        "high": float(high),
    }


def agreement(question: str, items: Iterable[SampleItem]) -> dict[str, Any]:
    """How far two judges agree on a question, of the quotes that both had to answer it of."""
    values = [each.value for each in Answer]
    table = [[0] * len(values) for _ in values]
    for item in items:
        pair = sorted((each for each in item.judgements.all() if not each.settles), key=lambda each: each.judge_id or 0)
        answers = [answers_of(each)[question] for each in pair]
        if len(answers) == 2 and all(answers):
            table[values.index(answers[0])][values.index(answers[1])] += 1
    return {"label": LABELS[question], **asdict(cohens_kappa(table))}


def reliability(design: dict[str, Any], judged: Sequence[Judged], key: str, counts: Test, good: Test) -> list[dict[str, Any]]:
    """By bands of a confidence: what it says on average, and how many are right."""
    rows = []
    for low, high in pairwise(EDGES):

        def within(one: Judged, low: float = low, high: float = high) -> bool:
            value = one.shown[key]
            return value is not None and low <= value < (high if high < 1 else 2) and counts(one)

        if share := told(design, judged, within, good):
            mean = float(np.mean([one.shown[key] for one in judged if within(one)]))
            rows.append({"low": low, "high": high, "mean": mean, "share": share})
    return rows


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands beside a number of quotes: of so many drawn at random, the share that was right, and its margin."""

    size: int
    reviewed: datetime
    percent: int
    margin: int


def figure() -> Figure | None:
    """Of the sample closed last; None where none is. One query."""
    found = Sample.objects.closed().values_list("results__size", "closed_at", "results__headline").first()
    return figure_of(found[0], cast("datetime", found[1]), found[2]) if found else None


def figure_of(size: int, reviewed: datetime, share: dict[str, Any] | None) -> Figure | None:
    """In whole percents; the margin reaches the farther end of the interval from the share as it is shown, rounded up."""
    if share is None:
        return None
    percent = round(100 * share["value"])
    margin = max(100 * share["high"] - percent, percent - 100 * share["low"])
    return Figure(size, reviewed, percent, ceil(round(margin, 6)))


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed since a sample was drawn: quotes that stand now, and articles that another extractor has read."""

    quotes: int
    articles: int
    versions: list[str]


def since(sample: Sample) -> Since:
    known = sample.design["extractors"]
    others = Article.objects.exclude(extractor__in=["", *known])
    versions = others.order_by("extractor").values_list("extractor", flat=True).distinct()
    return Since(Quote.objects.standing().count(), others.count(), list(versions))
