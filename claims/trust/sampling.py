"""Drawing a stratified random sample of the quotes that readers see, to be judged by people.

Quotes fall into cells by outlet, act and band of confidence. A cell of which a proportional sample would hold fewer than two
is joined with its like of all acts, then of all outlets; whatever is still too small is one stratum of its own. Each stratum
gets its share of the sample, two at least, so the quotes weigh nearly alike; what is left of inequality the weights undo.
Within a stratum quotes come in the order of a hash of the seed and their number: whoever has the seed draws the same again.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from secrets import randbelow
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Quote, Sample, SampleItem
from claims.models.doubt import REVIEW_BELOW
from claims.models.naming import NO_DATE
from claims.models.refusals import Refused
from claims.trust.statistics import allocate_sample

LEAST_QUOTES_OF_STRATUM = 2  # of a stratum, so that it shows how much its quotes differ
LARGEST_SAMPLE = 5000
CONFIDENCE_BANDS = (
    (REVIEW_BELOW, f"below {REVIEW_BELOW:.0%}"),
    (0.9, f"{REVIEW_BELOW:.0%} to 90%"),
    (1.01, "90% and more"),
)
ALL_OTHERS = ""
LEAST_CHARACTERS_BEFORE, LEAST_CHARACTERS_AFTER = (
    1200,
    400,
)  # characters of the article that a judge sees around a quote, at the least

StratumCell = tuple[
    str, str, str
]  # outlet, act, band; empty: all that are in no stratum of their own


class DrawRefused(Refused):
    """Why no sample can be drawn, in words."""


@dataclass(frozen=True, slots=True)
class Stratum:
    cell: StratumCell
    quotes: list[int]


def draw_sample(
    name: str, size: int, *, double: float = 0.0, seed: int | None = None, user: User | None = None
) -> Sample:
    """Draw a sample and store it; `double` is the share of it that two people judge."""
    if not 0 <= double <= 1:
        raise DrawRefused("The share for two judges is a number from 0 to 1.")
    if not LEAST_QUOTES_OF_STRATUM <= size <= LARGEST_SAMPLE:
        raise DrawRefused(f"A sample has {LEAST_QUOTES_OF_STRATUM} to {LARGEST_SAMPLE} quotes.")
    if not name.strip() or Sample.objects.filter(name=name).exists():
        raise DrawRefused(
            f"There is a sample “{name}” already." if name.strip() else "A sample needs a name."
        )
    seed = randbelow(2**32) if seed is None else seed
    with transaction.atomic():
        found = build_strata(size)
        if not found:
            raise DrawRefused("There are no quotes to draw from.")
        sizes = allocate_sample([len(each.quotes) for each in found], size, LEAST_QUOTES_OF_STRATUM)
        chosen = [
            (at, quote)
            for at, each in enumerate(found)
            for quote in select_first_by_hash(seed, each.quotes, sizes[at])
        ]
        sample = Sample.objects.create(
            name=name, seed=seed, drawn_by=user, design=build_sample_design(found, sizes)
        )
        SampleItem.objects.bulk_create(
            build_sample_items(sample, chosen, round(double * len(chosen)))
        )
    return sample


def select_first_by_hash(
    seed: int, quotes: Iterable[int], number: int, purpose: str = "draw"
) -> list[int]:
    """So many of the quotes, by the order of the hash of the seed and their number."""
    return sorted(quotes, key=lambda quote: sha256(f"{seed}:{purpose}:{quote}".encode()).digest())[
        :number
    ]


def build_strata(size: int) -> list[Stratum]:
    """The quotes as they are now, in strata large enough for a sample of this size."""
    rows = (
        Quote.objects.standing()
        .order_by("pk")
        .values_list("pk", "article__outlet__name", "act", "confidence")
    )
    cells: dict[StratumCell, list[int]] = defaultdict(list)
    for quote, outlet, act, confidence in rows.iterator():
        cells[outlet, act, get_confidence_band(confidence)].append(quote)
    whole = sum(map(len, cells.values()))
    for wider in CELL_WIDENINGS:
        counts = {cell: len(quotes) for cell, quotes in cells.items()}
        joined: dict[StratumCell, list[int]] = defaultdict(list)
        for cell, quotes in cells.items():
            joined[
                cell if counts[cell] * size >= LEAST_QUOTES_OF_STRATUM * whole else wider(cell)
            ] += quotes
        cells = joined
    return [Stratum(cell, sorted(quotes)) for cell, quotes in sorted(cells.items())]


CELL_WIDENINGS: tuple[Callable[[StratumCell], StratumCell], ...] = (
    lambda cell: (cell[0], ALL_OTHERS, cell[2]),
    lambda cell: (ALL_OTHERS, ALL_OTHERS, cell[2]),
    lambda cell: (ALL_OTHERS, ALL_OTHERS, ALL_OTHERS),
)


def get_confidence_band(confidence: float) -> str:
    return next(name for below, name in CONFIDENCE_BANDS if confidence < below)


def build_sample_design(found: list[Stratum], sizes: list[int]) -> dict[str, Any]:
    """What was drawn from what."""
    quotes = Quote.objects.standing().order_by().values_list("extractor", flat=True)
    keys = ("outlet", "act", "band")
    return {
        "quotes": sum(len(each.quotes) for each in found),
        "size": sum(sizes),
        "extractors": dict(Counter(quotes.iterator()).most_common()),
        "strata": [
            {**dict(zip(keys, each.cell, strict=True)), "quotes": len(each.quotes), "sampled": size}
            for each, size in zip(found, sizes, strict=True)
        ],
    }


def build_sample_items(
    sample: Sample, chosen: list[tuple[int, int]], twice: int
) -> list[SampleItem]:
    stratum = {quote: at for at, quote in chosen}
    doubled = set(select_first_by_hash(sample.seed, stratum, twice, "double"))
    rows = Quote.objects.for_display().in_bulk(list(stratum))
    return [
        SampleItem(
            sample=sample,
            quote=rows[quote],
            position=position,
            stratum=stratum[quote],
            double=quote in doubled,
            shown=build_item_copy(rows[quote]),
        )
        for position, quote in enumerate(
            select_first_by_hash(sample.seed, stratum, len(stratum), "order"), 1
        )
    ]


def build_item_copy(quote: Quote) -> dict[str, Any]:
    """All that is judged of a quote, with the paragraphs around it; spans count from the beginning of `text`."""
    article = quote.article
    contents = [(span.start, span.end) for span in quote.spans.all()]
    source = (quote.source_start, quote.source_end) if quote.source_start is not None else None
    ends = [*contents, (quote.cue_start, quote.cue_end), *([source] if source else [])]
    start = (
        article.text.rfind(
            "\n", 0, max(min(a for a, _ in ends if a is not None) - LEAST_CHARACTERS_BEFORE, 0)
        )
        + 1
    )
    stop = article.text.find(
        "\n", max(b for _, b in ends if b is not None) + LEAST_CHARACTERS_AFTER
    )
    return {
        "address": quote.get_absolute_url(),
        "article": article.title,
        "article_address": article.get_absolute_url(),
        "url": article.url,
        "outlet": article.outlet.name,
        "date": article.published_on.isoformat() if article.published_on else NO_DATE,
        "text": article.text[start : stop if stop >= 0 else None],
        "starts": start,
        "source": [source[0] - start, source[1] - start]
        if source and source[0] is not None and source[1]
        else None,
        "cue": [quote.cue_start - start, quote.cue_end - start],
        "content": [[a - start, b - start] for a, b in contents],
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
