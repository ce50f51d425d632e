"""How well names are told to be one actor's, across articles, against a gold set made by reading.

    python -m benchmarks.actors ATTRIBUTED.jsonl [ATTRIBUTED.jsonl …] --gold GOLD.jsonl
        [--people PEOPLE.jsonl] [--shuffled SEED] [--out benchmarks/actors.json]

The documents come with what was found in them (`manage.py extract --documents`), and go into a
database of their own. A line of the gold set is a name in an article and who that truly is:
{"url", "name", "who", "hard"}. Of any two names of the set it is asked whether they are one actor,
and whether they should be. `people` has the same lines for all quotes of a few persons: of each it
tells on how many actors the quotes lie, and which share of them on one.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.report import build_parser, report
from benchmarks.site import open_site

WRONG_PAIRS_SHOWN = 40


class GoldName(NamedTuple):
    """A name in an article, who that is, and whether it is a hard case."""

    url: str
    name: str
    who: str
    is_hard: bool


def read_gold(path: Path) -> list[GoldName]:
    names = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        names.append(
            GoldName(record["url"], record["name"], record["who"], bool(record.get("hard")))
        )
    return names


def load_documents(paths: Iterable[Path], seed: int | None) -> None:
    """Store the documents with their quotes, in an order that the seed tells."""
    from claims.actors.joining import join_all_waiting_names
    from claims.intake.attributed import list_lines, load_lines

    lines = list(list_lines(str(path) for path in paths))
    if seed is not None:
        random.Random(seed).shuffle(lines)
    for _ in load_lines(lines, undated=True):
        pass
    for _ in join_all_waiting_names():
        pass


def find_actors(paths: Iterable[Path]) -> dict[tuple[str, str], Counter[int]]:
    """Return which actors the quotes of each name in each article are of, and how many."""
    from claims.models import Quote

    actor_of: dict[tuple[str, int, int], int | None] = {}
    rows = Quote.objects.order_by().values_list("article__url", "cue_start", "cue_end", "actor_id")
    for url, cue_start, cue_end, number in rows:
        actor_of[url, cue_start, cue_end] = number
    found: defaultdict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for attribution in record["attributions"]:
                start, end = attribution["cue"][0]
                actor = actor_of.get((record["url"], start, end))
                if actor and attribution["actor"]:
                    found[record["url"], attribution["actor"]][actor] += 1
    return found


def measure_pairs(
    gold: Iterable[GoldName], found: dict[tuple[str, str], Counter[int]]
) -> dict[str, Any]:
    """Return precision and recall over all pairs of names."""
    placed = []
    for name in gold:
        actors = found.get((name.url, name.name))
        if actors:
            placed.append((name, actors.most_common(1)[0][0]))
    counts: Counter[str] = Counter()
    wrong: dict[str, Counter[str]] = {"joined wrongly": Counter(), "apart wrongly": Counter()}
    for (one, first), (other, second) in combinations(placed, 2):
        is_joined, is_one = first == second, one.who == other.who
        sort = f"{'joined' if is_joined else 'apart'} {'rightly' if is_joined == is_one else 'wrongly'}"
        counts[sort] += 1
        if one.is_hard or other.is_hard:
            counts[f"hard: {sort}"] += 1
        if is_joined != is_one:
            names = sorted((f"{one.name} ({one.who})", f"{other.name} ({other.who})"))
            wrong[sort][" and ".join(names)] += 1
    return {
        "names": len(placed),
        "names_hard": sum(name.is_hard for name, _ in placed),
        "persons_and_bodies": len({name.who for name, _ in placed}),
        "precision": divide(counts["joined rightly"], counts["joined wrongly"]),
        "recall": divide(counts["joined rightly"], counts["apart wrongly"]),
        "precision_hard": divide(counts["hard: joined rightly"], counts["hard: joined wrongly"]),
        "recall_hard": divide(counts["hard: joined rightly"], counts["hard: apart wrongly"]),
        **{sort: dict(pairs.most_common(WRONG_PAIRS_SHOWN)) for sort, pairs in wrong.items()},
    }


def divide(right: int, wrong: int) -> float | None:
    return round(right / (right + wrong), 4) if right + wrong else None


def measure_people(
    people: Iterable[GoldName], found: dict[tuple[str, str], Counter[int]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield, for each person, on how many actors their quotes lie and how many on the first."""
    quotes: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for name in people:
        quotes[name.who].update(found.get((name.url, name.name), {}))
    for who, actors in sorted(quotes.items()):
        total = actors.total()
        most = actors.most_common(1)[0][1] if actors else 0
        yield (
            who,
            {
                "quotes": total,
                "actors": len(actors),
                "share_on_one": round(most / total, 4) if total else None,
            },
        )


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("documents", nargs="+", type=Path, metavar="ATTRIBUTED.jsonl")
    parser.add_argument("--gold", type=Path, required=True, metavar="GOLD.jsonl")
    parser.add_argument("--people", type=Path, metavar="PEOPLE.jsonl")
    parser.add_argument("--shuffled", type=int, metavar="SEED")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with open_site("actors"):
        load_documents(options.documents, options.shuffled)
        found = find_actors(options.documents)
        result = measure_pairs(read_gold(options.gold), found)
        if options.people:
            result["people"] = dict(measure_people(read_gold(options.people), found))
    report(result, options.out)


if __name__ == "__main__":
    main()
