"""Speed of extraction: words a second, cold start and peak memory, beside what the machine can do at all.

    python -m benchmarks.extraction DOCUMENTS.jsonl[.gz] [--out RESULT.json]

A word is a run of characters between white space. The encoder's arithmetic bounds the speed, so the same run also measures
the machine: 32-bit matrix products of the encoder's own sizes in NumPy, and from them the words a second that the
encoder would reach were nothing else to do. Compare figures of two machines by the share of that bound.
"""

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

LAYER_PRODUCTS = 2 * (4 * 384 * 384 + 2 * 384 * 1536)  # multiply-adds counted as two, a layer and word piece
LAYERS = 6


def machine_bound(pieces_a_word: float) -> dict[str, float]:
    """Matrix products a second (10⁹ operations), and the words a second they allow."""
    a, b = np.random.rand(256, 384).astype(np.float32), np.random.rand(384, 1536).astype(np.float32)
    for _ in range(20):
        a @ b
    rounds, began = 200, time.perf_counter()
    for _ in range(rounds):
        a @ b
    rate = rounds * 2 * 256 * 384 * 1536 / (time.perf_counter() - began)
    return {"gflops": round(rate / 1e9, 1), "bound_words_a_second": round(rate / (LAYERS * LAYER_PRODUCTS * pieces_a_word))}


def eight_bit_products() -> bool:
    """Whether the processor multiplies 8-bit numbers (VNNI); the encoder is some twice as fast where it does."""
    known = Path("/proc/cpuinfo")
    return known.exists() and "vnni" in known.read_text()


def cold_start() -> float:
    """Seconds from nothing to the quotes of one sentence, in a new process."""
    code = "from claims.extraction.pipeline import load; load()('Ann said it rained.')"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - began


def measure(path: Path) -> dict[str, Any]:
    from claims.extraction.pipeline import load, version
    from claims.extraction.records import read_records

    texts = [record["text"] for _, record in read_records(path) if not isinstance(record, ValueError)]
    nlp = load()
    nlp(texts[0])
    words = pieces = quotes = 0
    began = time.perf_counter()
    for text, doc in zip(texts, nlp.pipe(texts), strict=True):
        words += len(text.split())
        pieces += len(doc._.words.piece)
        quotes += len(doc._.quotes)
    seconds = time.perf_counter() - began
    return {
        "model": version(),
        "machine": platform.processor() or platform.machine(),
        "eight_bit_products": eight_bit_products(),
        "documents": len(texts),
        "words": words,
        "quotes": quotes,
        "seconds": round(seconds, 2),
        "words_a_second": round(words / seconds),
        "cold_start_seconds": round(cold_start(), 2),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **machine_bound(pieces / words),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    result = json.dumps(measure(options.documents), indent=2)
    print(result)
    if options.out:
        options.out.write_text(result + "\n")


if __name__ == "__main__":
    main()
