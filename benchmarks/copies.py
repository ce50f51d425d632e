"""How well copies of one text are told from other texts, and what that costs.

    python -m benchmarks.copies DOCUMENTS.jsonl [DOCUMENTS.jsonl …] [--out benchmarks/copies.json]

Of each document that is long enough it makes eight copies as outlets do: two paragraphs cut, some
with an opening of their own, some with a line of page furniture or with words edited. It also makes
updates of it, in which a share of the paragraphs is another document's. For several lengths of
shingles it tells how much copies, updates and different documents have in common, and which share
of the stories is one group from one containment on. Then it measures what a text of 800 words
costs, beside datasketch if that is installed, and what finding its copies costs in a database of
its own that holds the documents and so many made-up fingerprints.
"""

import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.report import build_parser, report
from benchmarks.site import open_site
from claims.passages import shingles
from claims.passages.shingles import TextShingles, compute_share

SEED = 1
COPIES = 8
PARAGRAPHS_CUT = 2
LEAST_PARAGRAPHS = 8
LEAST_WORDS = 200
LENGTHS_TRIED = (3, 4, 5, 6)  # words of a shingle
THRESHOLDS_TRIED = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
KEPT_OF_UPDATE = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9)  # of the paragraphs
WORDS_EDITED = 0.01  # of a copy that an editor went over
FURNITURE = "Sign up here for our newsletter and never miss a story from us again."
COST_ROUNDS = 50
WORDS_OF_COST = 800
TEXTS_STORED = 200
STORIES_STORED = 250
PERCENTILES = (0, 1, 5, 50, 95, 99, 100)


def read_texts(paths: Iterable[Path]) -> list[list[str]]:
    """Return the paragraphs of each different document."""
    known: dict[str, list[str]] = {}
    for path in paths:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        for line in content.decode().split("\n"):
            text = json.loads(line)["text"] if line else ""
            paragraphs = [part.strip() for part in text.splitlines() if part.strip()]
            known.setdefault(" ".join(paragraphs), paragraphs)
    known.pop("", None)
    return list(known.values())


def is_long_enough(paragraphs: Sequence[str]) -> bool:
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    return len(paragraphs) >= LEAST_PARAGRAPHS and words >= LEAST_WORDS


def make_copy(rng: random.Random, paragraphs: Sequence[str], other: Sequence[str]) -> str:
    """Return a report as another outlet prints it."""
    left_out = set(rng.sample(range(1, len(paragraphs)), PARAGRAPHS_CUT))
    kept = [part for place, part in enumerate(paragraphs) if place not in left_out]
    if rng.random() < 0.25:
        kept.insert(0, rng.choice(other))
    if rng.random() < 0.25:
        kept.insert(rng.randrange(len(kept)), FURNITURE)
    if rng.random() < 0.25:
        kept = [edit_words(rng, part) for part in kept]
    return "\n".join(kept)


def edit_words(rng: random.Random, text: str) -> str:
    words = text.split()
    for place in range(len(words)):
        if rng.random() < WORDS_EDITED:
            words[place] = "edited"
    return " ".join(words)


def make_update(
    rng: random.Random, paragraphs: Sequence[str], other: Sequence[str], kept: float
) -> str:
    """Return a later report on the same: a new beginning, and a share of the old paragraphs."""
    number = round(len(paragraphs) * kept)
    old = sorted(rng.sample(range(len(paragraphs)), number))
    new = list(other[: len(paragraphs) - number])
    return "\n".join([*new, *(paragraphs[place] for place in old)])


# What copies and others have in common


def measure_length(texts: list[list[str]], words: int) -> dict[str, Any]:
    """Return what copies, updates and different texts have in common by shingles of so many words."""
    shingles.WORDS_PER_SHINGLE = words
    shingles.PLACE_FACTORS = shingles.make_factors(words, 1)
    rng = random.Random(SEED)
    stories = [paragraphs for paragraphs in texts if is_long_enough(paragraphs)]
    with_whole = []
    between_copies = []
    met = Counter[str]()
    one_group = Counter[float]()
    updates: dict[float, list[float]] = {kept: [] for kept in KEPT_OF_UPDATE}
    for place, paragraphs in enumerate(stories):
        other = stories[place - 1]
        whole = TextShingles("\n".join(paragraphs))
        copies = [TextShingles(make_copy(rng, paragraphs, other)) for _ in range(COPIES)]
        with_whole += [compute_share(whole, copy) for copy in copies]
        shares = {}
        bands = [set(copy.bands) for copy in copies]
        for one in range(COPIES):
            for two in range(one):
                share = compute_share(copies[one], copies[two])
                between_copies.append(share)
                met["all"] += 1
                if bands[one] & bands[two]:
                    met["met"] += 1
                    shares[one, two] = share
        for threshold in THRESHOLDS_TRIED:
            linked = [pair for pair, share in shares.items() if share >= threshold]
            one_group[threshold] += count_groups(linked) == 1
        for kept in KEPT_OF_UPDATE:
            update = TextShingles(make_update(rng, paragraphs, other, kept))
            updates[kept].append(compute_share(whole, update))
    return {
        "stories": len(stories),
        "copy and whole": describe_shares(with_whole),
        "copy and copy": describe_shares(between_copies),
        "copies that meet in a band": round(met["met"] / met["all"], 4),
        "stories whose eight copies, without the whole, are one group": {
            str(threshold): round(one_group[threshold] / len(stories), 4)
            for threshold in THRESHOLDS_TRIED
        },
        "updates, by the share of paragraphs kept": {
            str(kept): describe_shares(shares) for kept, shares in updates.items()
        },
        "different documents": measure_different([TextShingles("\n".join(text)) for text in texts]),
    }


def count_groups(pairs: Iterable[tuple[int, int]]) -> int:
    groups = [{place} for place in range(COPIES)]
    for one, two in pairs:
        of_one = next(group for group in groups if one in group)
        of_two = next(group for group in groups if two in group)
        if of_one is not of_two:
            groups.remove(of_two)
            of_one |= of_two
    return len(groups)


def describe_shares(shares: Sequence[float]) -> dict[str, float]:
    values = np.percentile(shares, PERCENTILES)
    return {
        f"p{name}": round(float(value), 3) for name, value in zip(PERCENTILES, values, strict=True)
    }


def measure_different(texts: Sequence[TextShingles]) -> dict[str, Any]:
    """Return how many pairs of documents have how much in common, and how many meet in a band."""
    shares = list_shares_of_pairs(texts)
    bands = [set(text.bands) for text in texts]
    met = sum(bool(bands[one] & bands[two]) for one, two in shares)
    edges = (0.05, 0.1, 0.2, *THRESHOLDS_TRIED, 0.95)
    return {
        "documents": len(texts),
        "pairs": len(texts) * (len(texts) - 1) // 2,
        "pairs that meet in a band": met,
        "pairs with at least": {
            str(edge): sum(share >= edge for share in shares.values()) for edge in edges
        },
    }


def list_shares_of_pairs(texts: Sequence[TextShingles]) -> dict[tuple[int, int], float]:
    """Return how much each pair of texts that have a shingle in common have in common."""
    owners = np.repeat(np.arange(len(texts)), [len(text.whole) for text in texts])
    found = np.concatenate([text.whole for text in texts])
    order = np.argsort(found, kind="stable")
    found, owners = found[order], owners[order]
    starts = np.flatnonzero(np.r_[True, found[1:] != found[:-1]])
    common = Counter[tuple[int, int]]()
    for group in np.split(owners, starts[1:]):
        if len(group) > 1:
            members = group.tolist()
            common.update((one, two) for at, two in enumerate(members) for one in members[:at])
    return {(one, two): compute_share(texts[one], texts[two]) for one, two in common}


# Cost


def make_long_text(texts: list[list[str]], rng: random.Random) -> str:
    words: list[str] = []
    while len(words) < WORDS_OF_COST:
        words += rng.choice(rng.choice(texts)).split()
    return " ".join(words[:WORDS_OF_COST])


def time_each(action: Callable[[str], Any], texts: Sequence[str]) -> float:
    """Return the milliseconds of processor time that a text takes, the median of all."""
    times = []
    for text in texts:
        began = time.process_time()
        action(text)
        times.append(time.process_time() - began)
    return round(float(np.median(times)) * 1000, 3)


def measure_cost(texts: list[list[str]]) -> dict[str, Any]:
    rng = random.Random(SEED)
    long_texts = [make_long_text(texts, rng) for _ in range(COST_ROUNDS)]
    other = TextShingles(long_texts[0])

    def compute_own(text: str) -> list[int]:
        return TextShingles(text).bands

    def verify(text: str) -> float:
        return compute_share(TextShingles(text), other)

    cost: dict[str, Any] = {
        "words": WORDS_OF_COST,
        "shingles and bands, ms": time_each(compute_own, long_texts),
        "comparing with a candidate, ms": time_each(verify, long_texts),
    }
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return cost
    number = shingles.BANDS * shingles.HASHES_PER_BAND
    index = MinHashLSH(num_perm=number, params=(shingles.BANDS, shingles.HASHES_PER_BAND))

    def compute_theirs(text: str) -> Any:
        words = shingles.WORD.findall(text.casefold())
        runs = zip(*(words[place:] for place in range(shingles.WORDS_PER_SHINGLE)), strict=False)
        own = MinHash(num_perm=number)
        own.update_batch([" ".join(run).encode() for run in set(runs)])
        return index.query(own)

    cost["datasketch, ms"] = time_each(compute_theirs, long_texts)
    return cost


def measure_database(texts: list[list[str]], fingerprints: int) -> dict[str, Any]:
    """Return what finding the copies of a new article costs among so many others."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from claims.intake import copies
    from claims.models import Article, Outlet

    outlet = Outlet.objects.get()

    def add(number: int, text: str) -> None:
        Article.objects.create(
            key=f"{number}", outlet=outlet, title=f"{number}", text=text, extractor="1"
        )

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILL_SQL, [outlet.pk, fingerprints])
        cursor.execute(FILL_BANDS_SQL, [shingles.BANDS])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")
    rng = random.Random(SEED)
    wall, cpu, statements = [], [], []
    for number in range(TEXTS_STORED):
        add(number, make_long_text(texts, rng))
        began, began_cpu = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as queries:
            copies.compare_waiting_texts()
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - began_cpu)
        statements.append(sum(not each["sql"].startswith(("BEGIN", "COMMIT")) for each in queries))
    return {
        "articles before": fingerprints,
        "a new article, ms": round(float(np.median(wall)) * 1000, 2),
        "of which processor, ms": round(float(np.median(cpu)) * 1000, 2),
        "statements, a lock among them": int(np.median(statements)),
        "slowest, ms": round(max(wall) * 1000, 1),
    }


def measure_groups(texts: list[list[str]]) -> dict[str, Any]:
    """Return how many stories, each in eight outlets that cut something else, end as one group."""
    from claims.intake import copies
    from claims.models import Article, Fingerprint, Outlet

    rng = random.Random(SEED)
    long_texts = [paragraphs for paragraphs in texts if is_long_enough(paragraphs)]
    stories = rng.sample(long_texts, min(STORIES_STORED, len(long_texts)))
    outlet = Outlet.objects.create(name="Herald", slug="herald")
    printed = []
    for place, paragraphs in enumerate(stories):
        for _ in range(COPIES):
            printed.append((place, make_copy(rng, paragraphs, stories[place - 1])))
    rng.shuffle(printed)
    for number, (place, text) in enumerate(printed):
        Article.objects.create(
            key=f"{place}-{number}", outlet=outlet, title=f"{place}", text=text, extractor="1"
        )
        if number % 10 == 0:
            copies.compare_waiting_texts()
    for _ in copies.compare_all_waiting_texts():
        pass
    groups: dict[str, Counter[int | None]] = {}
    for story, group in Fingerprint.objects.values_list("article__title", "shared_text"):
        groups.setdefault(story, Counter())[group] += 1
    numbers = Counter(group for of_story in groups.values() for group in of_story if group)
    return {
        "stories": len(stories),
        "in eight articles each, all in one group": sum(
            max(of_story.values()) == COPIES and None not in of_story
            for of_story in groups.values()
        ),
        "articles in no group": sum(of_story[None] for of_story in groups.values()),
        "groups with more than one story": sum(number > 1 for number in numbers.values()),
    }


FILL_SQL = """
    INSERT INTO claims_article (key, outlet_id, url, title, text, extractor, added_at)
    SELECT 'made-' || number, %s, '', 'made', 'made', '1', now() FROM generate_series(1, %s) number
"""
FILL_BANDS_SQL = """
    INSERT INTO claims_fingerprint (article_id, bands)
    SELECT a.id, ARRAY(SELECT (random() * 4294967295 - 2147483648)::bigint::int
                         FROM generate_series(1, %s) WHERE a.id > 0)
      FROM claims_article a WHERE a.title = 'made'
"""


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("documents", nargs="+", type=Path, metavar="DOCUMENTS.jsonl")
    parser.add_argument("--fingerprints", type=int, default=100_000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    texts = read_texts(options.documents)
    chosen = shingles.WORDS_PER_SHINGLE
    result: dict[str, Any] = {"chosen": describe_choice(), "by words of a shingle": {}}
    for words in LENGTHS_TRIED:
        result["by words of a shingle"][str(words)] = measure_length(texts, words)
    shingles.WORDS_PER_SHINGLE = chosen
    shingles.PLACE_FACTORS = shingles.make_factors(chosen, 1)
    result["cost"] = measure_cost(texts)
    with open_site("copies"):
        result["groups, none of the articles whole"] = measure_groups(texts)
        result["database"] = measure_database(texts, options.fingerprints)
    report(result, options.out)


def describe_choice() -> dict[str, Any]:
    return {
        "words of a shingle": shingles.WORDS_PER_SHINGLE,
        "bands": shingles.BANDS,
        "hashes of a band": shingles.HASHES_PER_BAND,
        "least share of the shorter text": shingles.LEAST_SHARE,
        "least shingles": shingles.LEAST_SHINGLES,
    }


if __name__ == "__main__":
    main()
