"""Draws a stratified random sample of the quotes that readers see, to be judged by people.

Quotes fall into cells by outlet, act and band of confidence. A cell of which a proportional sample
would hold fewer than two is joined with its like of all acts, then of all outlets; whatever is
still too small is one stratum of its own. Each stratum gets its share of the sample, two at least,
so the quotes weigh nearly alike; what is left of inequality the weights undo. Within a stratum
quotes come in the order of a hash of the seed and their number: whoever has the seed draws the same
again.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import randbelow
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Quote, Sample, SampleItem
from claims.models.doubt import REVIEW_BELOW
from claims.models.naming import NO_DATE
from claims.models.refusals import Refused
from claims.trust.statistics import allocate_sample

# Of each stratum so many are drawn at least, so that it shows how much its quotes differ.
LEAST_QUOTES_OF_STRATUM = 2
LARGEST_SAMPLE = 5000
SEEDS = 2**32  # how many there are to choose from
# Each band with the confidence at which the next one begins.
CONFIDENCE_BANDS = (
    (REVIEW_BELOW, f"below {REVIEW_BELOW:.0%}"),
    (0.9, f"{REVIEW_BELOW:.0%} to 90%"),
    (1.01, "90% and more"),
)
ALL_OTHERS = ""
# How many characters of the article a judge sees around a quote, at the least.
LEAST_CHARACTERS_BEFORE = 1200
LEAST_CHARACTERS_AFTER = 400


class DrawRefused(Refused):
    """Why no sample can be drawn, in words."""


class StratumCell(NamedTuple):
    """What the quotes of a stratum have in common.

    An empty text stands for all that are in no stratum of their own.
    """

    outlet: str
    act: str
    band: str


@dataclass(frozen=True, slots=True)
class Stratum:
    """A cell with the primary keys of its quotes."""

    cell: StratumCell
    quotes: list[int]


def draw_sample(
    name: str, size: int, *, double: float = 0.0, seed: int | None = None, user: User | None = None
) -> Sample:
    """Draw a sample and store it; `double` is the share of it that two people judge.

    Raises `DrawRefused`.
    """
    check_sample_request(name, size, double)
    if seed is None:
        seed = randbelow(SEEDS)
    with transaction.atomic():
        strata = build_strata(size)
        if not strata:
            raise DrawRefused("There are no quotes to draw from.")
        populations = [len(stratum.quotes) for stratum in strata]
        sizes = allocate_sample(populations, size, LEAST_QUOTES_OF_STRATUM)
        strata_of_quotes: dict[int, int] = {}
        for number, stratum in enumerate(strata):
            for quote in select_first_by_hash(seed, stratum.quotes, sizes[number]):
                strata_of_quotes[quote] = number
        design = build_sample_design(strata, sizes)
        sample = Sample.objects.create(name=name, seed=seed, drawn_by=user, design=design)
        number_of_doubles = round(double * len(strata_of_quotes))
        items = build_sample_items(sample, strata_of_quotes, number_of_doubles)
        SampleItem.objects.bulk_create(items)
    return sample


def check_sample_request(name: str, size: int, double: float) -> None:
    """Raise `DrawRefused` for a sample that cannot be drawn from any quotes."""
    if not 0 <= double <= 1:
        raise DrawRefused("The share for two judges is a number from 0 to 1.")
    if not LEAST_QUOTES_OF_STRATUM <= size <= LARGEST_SAMPLE:
        raise DrawRefused(f"A sample has {LEAST_QUOTES_OF_STRATUM} to {LARGEST_SAMPLE} quotes.")
    if not name.strip():
        raise DrawRefused("A sample needs a name.")
    if Sample.objects.filter(name=name).exists():
        raise DrawRefused(f"There is a sample “{name}” already.")


def select_first_by_hash(
    seed: int, quotes: Iterable[int], number: int, purpose: str = "draw"
) -> list[int]:
    """Return so many of the quotes, in the order of the hash of seed, purpose and key."""

    def compute_hash(quote: int) -> bytes:
        return sha256(f"{seed}:{purpose}:{quote}".encode()).digest()

    return sorted(quotes, key=compute_hash)[:number]


def build_strata(size: int) -> list[Stratum]:
    """Return the quotes as they are now, in strata large enough for a sample of this size."""
    cells = group_quotes_by_cell()
    population = sum(len(quotes) for quotes in cells.values())
    for widen in CELL_WIDENINGS:
        wider_cells: defaultdict[StratumCell, list[int]] = defaultdict(list)
        for cell, quotes in cells.items():
            is_large_enough = len(quotes) * size >= LEAST_QUOTES_OF_STRATUM * population
            wider_cells[cell if is_large_enough else widen(cell)] += quotes
        cells = wider_cells
    return [Stratum(cell, sorted(quotes)) for cell, quotes in sorted(cells.items())]


def group_quotes_by_cell() -> dict[StratumCell, list[int]]:
    rows = Quote.objects.standing().order_by("pk")
    columns = ("pk", "article__outlet__name", "act", "confidence")
    cells: defaultdict[StratumCell, list[int]] = defaultdict(list)
    for quote, outlet, act, confidence in rows.values_list(*columns).iterator():
        cells[StratumCell(outlet, act, get_confidence_band(confidence))].append(quote)
    return cells


# With what a cell that is too small is joined, step by step.
CELL_WIDENINGS: tuple[Callable[[StratumCell], StratumCell], ...] = (
    lambda cell: StratumCell(cell.outlet, ALL_OTHERS, cell.band),
    lambda cell: StratumCell(ALL_OTHERS, ALL_OTHERS, cell.band),
    lambda cell: StratumCell(ALL_OTHERS, ALL_OTHERS, ALL_OTHERS),
)


def get_confidence_band(confidence: float) -> str:
    return next(name for below, name in CONFIDENCE_BANDS if confidence < below)


def build_sample_design(strata: Sequence[Stratum], sizes: Sequence[int]) -> dict[str, Any]:
    """Return what was drawn from what, as it is stored with a sample."""
    extractors = Quote.objects.standing().order_by().values_list("extractor", flat=True)
    rows = []
    for stratum, size in zip(strata, sizes, strict=True):
        rows.append({**stratum.cell._asdict(), "quotes": len(stratum.quotes), "sampled": size})
    return {
        "quotes": sum(len(stratum.quotes) for stratum in strata),
        "size": sum(sizes),
        "extractors": dict(Counter(extractors.iterator()).most_common()),
        "strata": rows,
    }


def build_sample_items(
    sample: Sample, strata_of_quotes: dict[int, int], number_of_doubles: int
) -> list[SampleItem]:
    """Return the items of a sample in a random order, so many of them for two judges."""
    chosen = list(strata_of_quotes)
    doubles = set(select_first_by_hash(sample.seed, chosen, number_of_doubles, "double"))
    order = select_first_by_hash(sample.seed, chosen, len(chosen), "order")
    quotes = Quote.objects.for_display().in_bulk(chosen)
    items = []
    for position, pk in enumerate(order, 1):
        items.append(
            SampleItem(
                sample=sample,
                quote=quotes[pk],
                position=position,
                stratum=strata_of_quotes[pk],
                double=pk in doubles,
                shown=build_item_copy(quotes[pk]),
            )
        )
    return items


def build_item_copy(quote: Quote) -> dict[str, Any]:
    """Return all that is judged of a quote, with the paragraphs around it.

    Spans count from the beginning of `text`.
    """
    article = quote.article
    contents = [(span.start, span.end) for span in quote.spans.all()]
    cue = (quote.cue_start, quote.cue_end)
    sources = []
    if quote.source_start is not None and quote.source_end is not None:
        sources.append((quote.source_start, quote.source_end))
    start, end = find_paragraphs_around(article.text, [*contents, cue, *sources])

    def count_from_start(part: tuple[int, int]) -> list[int]:
        return [part[0] - start, part[1] - start]

    return {
        "address": quote.get_absolute_url(),
        "article": article.title,
        "article_address": article.get_absolute_url(),
        "url": article.url,
        "outlet": article.outlet.name,
        "date": article.published_on.isoformat() if article.published_on else NO_DATE,
        "text": article.text[start:end],
        "starts": start,
        "source": count_from_start(sources[0]) if sources else None,
        "cue": count_from_start(cue),
        "content": [count_from_start(content) for content in contents],
        "words": {"source": quote.source_text, "cue": quote.cue, "content": quote.content},
        "actor": quote.actor.name if quote.actor else None,
        "actor_kind": quote.actor.kind if quote.actor else None,
        "act": quote.act,
        "kind": quote.kind,
        "status": quote.status,
        "confidence": quote.confidence,
        "actor_confidence": quote.actor_confidence,
        "act_confidence": quote.act_confidence,
        "extractor": quote.extractor,
    }


def find_paragraphs_around(text: str, parts: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the half-open offsets of the paragraphs around parts, with all that a judge sees."""
    first = min(start for start, _ in parts)
    last = max(end for _, end in parts)
    line_feed_before = text.rfind("\n", 0, max(first - LEAST_CHARACTERS_BEFORE, 0))
    line_feed_after = text.find("\n", last + LEAST_CHARACTERS_AFTER)
    end = line_feed_after if line_feed_after >= 0 else len(text)
    return line_feed_before + 1, end
