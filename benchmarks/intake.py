"""How fast articles go in: read and stored by several processes, beside the engine alone, and loaded.

    python -m benchmarks.intake DOCUMENTS.jsonl [--articles N] [--loaded N] [--workers N]
                                [--out RESULT.json]

In one run, on one machine and in a database of its own:

- `engine`: the words a second of `extract` alone, without a database;
- `ingest`: those of `ingest --workers N` end to end, as a share of the engine's; the first
  thousand articles beside the last;
- `load`: quotes a second of `load --workers N`, the first tenth beside the last;
- `ingest_after_load`: as `ingest`, with all of those in the database;
- `storing`: what storing alone costs an article that was read already, in one process: statements
  and milliseconds, in the database that is empty and in the one that is full.

Documents are repeated as often as needed: in each repetition a part of the words is other words of
the same length, so that names, claims and addresses are new, and offsets stay right. Times include
the start of all processes.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.report import build_parser, report
from benchmarks.site import open_site

if TYPE_CHECKING:
    from claims.intake.ingest import Outcome

CHANGING_WORDS = re.compile(r"\b[A-Z][a-z]{3,}\b|\b[a-z]{7,}\b")
SHARE_OF_NAMES_CHANGED = 0.4
SHARE_OF_WORDS_CHANGED = 0.1
VOWELS = "aeiou"
CONSONANTS = "bcdfghjklmnpqrstvwxyz"
MEASURED_ALONE = 200  # articles of which storing alone is measured
STEP = 1000  # articles


# More documents than there are


class Changer:
    """Changes a part of the words of texts into others of the same length, each always alike."""

    def __init__(self, number: int):
        self.number = number
        self.words: dict[str, str] = {}

    def change(self, text: str) -> str:
        return CHANGING_WORDS.sub(self.change_word, text) if self.number else text

    def change_word(self, match: re.Match[str]) -> str:
        word = match.group()
        if word not in self.words:
            rng = random.Random(f"{word} {self.number}")
            share = SHARE_OF_NAMES_CHANGED if word[0].isupper() else SHARE_OF_WORDS_CHANGED
            self.words[word] = self.make_word(word, rng) if rng.random() < share else word
        return self.words[word]

    def make_word(self, word: str, rng: random.Random) -> str:
        made = word[0]
        for letter in word[1:]:
            made += rng.choice(VOWELS if letter in VOWELS else CONSONANTS)
        return made

    def change_value(self, value: Any) -> Any:
        """Change all texts in a value of JSON but for what is no text of an article."""
        if isinstance(value, str):
            return self.change(value)
        if isinstance(value, list):
            return [self.change_value(item) for item in value]
        if isinstance(value, dict):
            return {
                key: item if key in ("kind", "method", "extractor") else self.change_value(item)
                for key, item in value.items()
            }
        return value


def repeat_documents(documents: list[dict[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    """Yield documents without end, each with an address of its own."""
    number = 0
    while True:
        changer = Changer(number)
        for place, document in enumerate(documents):
            changed = dict(document)
            for field in ("title", "text"):
                changed[field] = changer.change(document[field])
            if "attributions" in document:
                changed["attributions"] = [
                    change_attribution(changer, record) for record in document["attributions"]
                ]
            host = f"outlet{place % 40}.example"
            changed["url"] = f"https://{host}/{name}/{number}/{place}"
            changed["id"] = changed["url"]
            yield changed
        number += 1


def change_attribution(changer: Changer, record: dict[str, Any]) -> dict[str, Any]:
    changed = dict(record)
    for field in ("actor", "speaker", "actor_mention", "about", "runners_up"):
        changed[field] = changer.change_value(record[field])
    return changed


def write_lines(path: Path, documents: Iterable[dict[str, Any]]) -> int:
    """Write documents, a line each, and return how many words they have."""
    words = 0
    with path.open("w", encoding="utf-8") as lines:
        for document in documents:
            words += len(document["text"].split())
            lines.write(json.dumps(document, ensure_ascii=False) + "\n")
    return words


# What is measured


def measure_engine(path: Path, words: int, out: Path) -> dict[str, Any]:
    command = [sys.executable, "manage.py", "extract", str(path), str(out), "--documents"]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    return {"seconds": round(seconds, 1), "words_a_second": round(words / seconds)}


def measure_ingest(path: Path, words: int, workers: int) -> dict[str, Any]:
    from claims.intake.readers import Link, read_documents
    from claims.management.commands.ingest import start_ingest

    with start_ingest(workers, again=False, limit=600) as ingest:
        began = time.perf_counter()
        items = read_documents([str(path)], undated=True)
        times = time_outcomes(ingest(item for item in items if not isinstance(item, Link)))
        seconds = time.perf_counter() - began
    return {
        "articles": len(times),
        "workers": workers,
        "seconds": round(seconds, 1),
        "words_a_second": round(words / seconds),
        **compare_ends(times, min(STEP, len(times) // 3 - 1)),
    }


def time_outcomes(outcomes: "Iterable[Outcome]") -> list[float]:
    """Return when what came of each document was known; none may be a problem."""
    times = []
    for outcome in outcomes:
        assert getattr(outcome, "outcome", "") == "new", outcome
        times.append(time.perf_counter())
    return times


def compare_ends(times: list[float], step: int) -> dict[str, float]:
    """Return the articles a second of the first and of the last so many, starts aside.

    Processes tell what they did a chunk at a time, so `step` should be several chunks.
    """
    first = step / (times[2 * step] - times[step])
    last = step / (times[-1] - times[-step - 1])
    return {
        "first_articles_a_second": round(first, 1),
        "last_articles_a_second": round(last, 1),
        "last_by_first": round(last / first, 2),
    }


def measure_load(documents: list[dict[str, Any]], number: int, workers: int) -> dict[str, Any]:
    from claims.management.bulk import load_in_processes
    from claims.models import Quote

    repeated = islice(repeat_documents(documents, "loaded"), number)
    lines = ((str(place), json.dumps(document).encode()) for place, document in enumerate(repeated))
    before = Quote.objects.count()
    began = time.perf_counter()
    times = time_outcomes(load_in_processes(lines, workers, undated=True))
    seconds = time.perf_counter() - began
    quotes = Quote.objects.count() - before
    return {
        "articles": len(times),
        "quotes": quotes,
        "workers": workers,
        "seconds": round(seconds, 1),
        "quotes_a_second": round(quotes / seconds),
        **compare_ends(times, max(len(times) // 10, 2)),
    }


def measure_storing(documents: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Measure storing alone, of articles that were read already, in this process."""
    from django.db import connection

    from claims.intake.attributed import load_lines

    lines = [
        (str(place), json.dumps(document).encode())
        for place, document in enumerate(islice(repeat_documents(documents, name), MEASURED_ALONE))
    ]
    statements = 0

    def count(execute: Any, *given: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*given)

    with connection.execute_wrapper(count):
        began = time.perf_counter()
        times = time_outcomes(load_lines(lines, undated=True))
        seconds = time.perf_counter() - began
    return {
        "articles": len(times),
        "statements_an_article": round(statements / len(times), 2),
        "milliseconds_an_article": round(seconds * 1000 / len(times), 2),
    }


def measure(path: Path, articles: int, loaded: int, workers: int) -> dict[str, Any]:
    documents = [json.loads(line) for line in path.open(encoding="utf-8")]
    result: dict[str, Any] = {"cores": len(os.sched_getaffinity(0))}
    with tempfile.TemporaryDirectory() as place, open_site("intake"):
        folder = Path(place)
        alone, several, later = (folder / f"{name}.jsonl" for name in ("alone", "ingest", "later"))
        words = write_lines(alone, islice(repeat_documents(documents, "alone"), len(documents)))
        out = folder / "out.jsonl"
        result["engine"] = measure_engine(alone, words, out)
        found = [json.loads(line) for line in out.open(encoding="utf-8")]

        result["storing"] = {"empty": measure_storing(found, "empty")}
        words = write_lines(several, islice(repeat_documents(documents, "ingest"), articles))
        result["ingest"] = measure_ingest(several, words, workers)
        if loaded:
            result["load"] = measure_load(found, loaded, workers)
            result["storing"]["full"] = measure_storing(found, "full")
            words = write_lines(later, islice(repeat_documents(documents, "later"), len(documents)))
            result["ingest_after_load"] = measure_ingest(later, words, workers)
        for name in ("ingest", "ingest_after_load"):
            if name in result:
                share = result[name]["words_a_second"] / result["engine"]["words_a_second"]
                result[name]["of_engine"] = round(share, 3)
    return result


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--loaded", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    result = measure(options.documents, options.articles, options.loaded, options.workers)
    report(result, options.out)


if __name__ == "__main__":
    main()
