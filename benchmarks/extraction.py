"""Speed of extraction: words a second, cold start and peak memory, beside what the machine can do
at all.

    python -m benchmarks.extraction DOCUMENTS.jsonl[.gz] [--rounds N] [--out RESULT.json]

A word is a run of characters between white space. Each round is a process of its own, from a cold
start to the last document; the median is told, beside the slowest and the fastest round, as
neighbours on the host slow some down. The encoder's arithmetic bounds the speed, so the same run
also measures the machine: 32-bit matrix products of the encoder's own sizes in NumPy, and from them
the words a second that the encoder would reach with those and with nothing else to do. Compare
figures of two machines by the share of that bound, if both or neither have 8-bit products, which
are faster.
"""

import json
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.report import build_parser, report

LAYERS = 6
WIDTH = 384  # of a layer
INNER_WIDTH = 1536  # of the layer within a layer
# Products and sums of a layer for each word piece: four matrices of attention, two of the inner layer.
LAYER_OPERATIONS = 2 * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER_WIDTH)
PIECES_AT_ONCE = 256
WARM_UP_ROUNDS = 20
MEASURED_ROUNDS = 200


def compute_machine_bound(pieces_a_word: float) -> dict[str, float]:
    """Return the matrix products a second (in 10⁹ operations), and the words a second that they
    allow.
    """
    pieces = np.random.rand(PIECES_AT_ONCE, WIDTH).astype(np.float32)
    weights = np.random.rand(WIDTH, INNER_WIDTH).astype(np.float32)
    for _ in range(WARM_UP_ROUNDS):
        pieces @ weights
    began = time.perf_counter()
    for _ in range(MEASURED_ROUNDS):
        pieces @ weights
    seconds = time.perf_counter() - began
    operations = MEASURED_ROUNDS * 2 * PIECES_AT_ONCE * WIDTH * INNER_WIDTH
    rate = operations / seconds
    return {
        "gflops": round(rate / 1e9, 1),
        "bound_words_a_second": round(rate / (LAYERS * LAYER_OPERATIONS * pieces_a_word)),
    }


def has_eight_bit_products() -> bool:
    """Tell whether the processor multiplies 8-bit numbers (VNNI).

    The encoder is about twice as fast where it does.
    """
    description = Path("/proc/cpuinfo")
    return description.exists() and "vnni" in description.read_text()


def measure_cold_start() -> float:
    """Return the seconds from nothing to the quotes of one sentence, in a new process."""
    code = "from claims.extraction.pipeline import load; load()('Ann said it rained.')"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began


def measure_round(path: Path) -> dict[str, Any]:
    """Measure one round, in this process."""
    from claims.extraction.pipeline import load, version
    from claims.extraction.records import read_records

    texts = [
        record["text"] for _, record in read_records(path) if not isinstance(record, ValueError)
    ]
    nlp = load()
    nlp(texts[0])
    words = 0
    pieces = 0
    quotes = 0
    began = time.perf_counter()
    for text, doc in zip(texts, nlp.pipe(texts), strict=True):
        words += len(text.split())
        pieces += len(doc._.words.piece)
        quotes += len(doc._.quotes)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "model": version(),
        "documents": len(texts),
        "words": words,
        "pieces": pieces,
        "quotes": quotes,
        "seconds": seconds,
        "peak_memory_mb": round(peak / 1024),
    }


def measure_round_in_new_process(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.extraction", str(path), "--one-round"]
    finished = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(finished.stdout)
    return result


def measure(path: Path, rounds: int) -> dict[str, Any]:
    starts = []
    readings = []
    bounds = []
    for _ in range(rounds):
        starts.append(measure_cold_start())
        readings.append(measure_round_in_new_process(path))
        bounds.append(compute_machine_bound(readings[-1]["pieces"] / readings[-1]["words"]))
    first = readings[0]
    unchanging = {name: first[name] for name in ("model", "documents", "words", "quotes")}
    median_bound = {name: round(median(bound[name] for bound in bounds), 1) for name in bounds[0]}
    speeds = sorted(round(reading["words"] / reading["seconds"]) for reading in readings)
    return {
        **unchanging,
        "machine": platform.processor() or platform.machine(),
        "eight_bit_products": has_eight_bit_products(),
        "rounds": rounds,
        "words_a_second": round(median(speeds)),
        "slowest_and_fastest": [speeds[0], speeds[-1]],
        "cold_start_seconds": round(median(starts), 2),
        "peak_memory_mb": max(reading["peak_memory_mb"] for reading in readings),
        **median_bound,
    }


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path)
    parser.add_argument(
        "--one-round", action="store_true", help="one round in this process, as the others are run"
    )
    options = parser.parse_args()
    if options.one_round:
        report(measure_round(options.documents), options.out)
    else:
        report(measure(options.documents, max(options.rounds, 1)), options.out)


if __name__ == "__main__":
    main()
