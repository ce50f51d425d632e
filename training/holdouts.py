"""How well the model reads a publisher that it has never read: `python -m training.holdouts --help`.

For each publisher a model is trained without its articles and scored on those of the development part; beside it stands a
model trained as long on all publishers. The schedule is short, so the figures are to be compared with each other alone.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from claims.extraction.encoder.confidence import ConfidenceScorer
from claims.extraction.encoder.session import Encoder
from claims.extraction.quotes.datelines import list_datelines
from claims.extraction.quotes.finding import find_quotes
from claims.extraction.quotes.selection import select_trustworthy_quotes
from claims.extraction.scoring import ScoreTally, score_document
from claims.extraction.text.article_text import Text
from training.calibrate import examples, fitted
from training.data import Document, read_corpus

ROWS = ("attribution", "attribution-exact", "source exact", "cue exact", "content exact")
PASSED = ("quotes", "names", "referents", "start", "epochs", "batch_pieces", "threads")


def trained(options: argparse.Namespace, without: str) -> Path:
    """The folder of a model trained without a publisher (or with all, for ""); made once."""
    out: Path = options.out / (without or "all")
    if (out / "model" / "VERSION").exists():
        return out / "model"
    given = [
        item
        for name in PASSED
        for item in (f"--{name.replace('_', '-')}", str(getattr(options, name)))
    ]
    extra = [*(["--without", without] if without else []), *(["--bf16"] if options.bf16 else [])]
    python = [sys.executable, "-m"]
    subprocess.run([*python, "training.train", *given, *extra, "--out", str(out)], check=True)
    weights = ["--weights", str(out / "final.pt"), "--start", str(options.start)]
    subprocess.run(
        [*python, "training.export", *weights, "--version", "holdout", "--out", str(out / "model")],
        check=True,
    )
    return out / "model"


def scored(model: Path, documents: list[Document], others: list[Document]) -> ScoreTally:
    """Scores on the documents; the confidence is fitted on the others."""
    encoder, tally = Encoder(model), ScoreTally()
    signs, labels, _ = examples(others, encoder)
    *weights, bias = fitted(signs, labels)
    confidence = ConfidenceScorer(np.array(weights, np.float32), float(bias))
    for document in documents:
        text = Text(document["text"])
        encoded = encoder(text)
        quotes = find_quotes(encoded, confidence, text, list_datelines(encoded, text))
        found = select_trustworthy_quotes(quotes, text)
        made = [
            {
                "source": [[q.source.start, q.source.end]] if q.source else [],
                "cue": [[q.cue.start, q.cue.end]],
                "content": [[s.start, s.end] for s in q.contents],
            }
            for q in found
        ]
        score_document(tally, text, document["attributions"], made)
    return tally


def rows(options: argparse.Namespace) -> Iterator[dict[str, object]]:
    documents = read_corpus(options.scored)
    for publisher in sorted({d["publisher"] for d in documents}):
        own = [d for d in documents if d["publisher"] == publisher]
        others = [d for d in documents if d["publisher"] != publisher]
        row: dict[str, object] = {"publisher": publisher, "documents": len(own)}
        for name, without in (("read", ""), ("held out", publisher)):
            tally = scored(trained(options, without), own, others)
            row[name] = {key: round(tally.score(key).f1, 3) for key in ROWS}
        yield row


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("quotes", "names", "referents", "start"):
        parser.add_argument(f"--{name}", type=Path, required=True, help="as for training.train")
    parser.add_argument(
        "--scored", type=Path, required=True, help="documents to score on, with their publishers"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for the models and holdouts.json"
    )
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--batch-pieces", type=int, default=2560)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true")
    options = parser.parse_args()
    result = []
    for row in rows(options):
        result.append(row)
        print(json.dumps(row), flush=True)
        (options.out / "holdouts.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
