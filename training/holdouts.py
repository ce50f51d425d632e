"""How well the model reads a publisher that it has never read: `python -m training.holdouts
--help`.

For each publisher a model is trained without its articles and scored on those of the development
part; beside it stands a model trained as long on all publishers. The schedule is short, so the
figures are to be compared with each other alone.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from claims.extraction.encoder.session import Encoder
from claims.extraction.quotes.datelines import list_datelines
from claims.extraction.quotes.finding import find_quotes
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.selection import select_trustworthy_quotes
from claims.extraction.scoring import ScoreTally, score_document
from claims.extraction.text.article_text import Text
from training.calibrate import fit_scorer, list_examples, list_offsets
from training.data import Document, read_corpus

SCORES = ("attribution", "attribution-exact", "source exact", "cue exact", "content exact")
OPTIONS_PASSED_ON = ("quotes", "names", "referents", "start", "epochs", "batch_pieces", "threads")


def train_without(options: argparse.Namespace, publisher: str) -> Path:
    """Return the folder of a model trained without a publisher (with all, for ""), trained once."""
    out: Path = options.out / (publisher or "all")
    model = out / "model"
    if (model / "VERSION").exists():
        return model
    arguments = ["--out", str(out)]
    for name in OPTIONS_PASSED_ON:
        arguments += [f"--{name.replace('_', '-')}", str(getattr(options, name))]
    if publisher:
        arguments += ["--without", publisher]
    if options.bf16:
        arguments.append("--bf16")
    run_module("training.train", arguments)
    weights = ["--weights", str(out / "final.pt"), "--start", str(options.start)]
    run_module("training.export", [*weights, "--version", "holdout", "--out", str(model)])
    return model


def run_module(name: str, arguments: list[str]) -> None:
    subprocess.run([sys.executable, "-m", name, *arguments], check=True)


def score_model(model: Path, documents: list[Document], others: list[Document]) -> ScoreTally:
    """Return the scores on the documents; the confidence is fitted on the others."""
    encoder, tally = Encoder(model), ScoreTally()
    confidence = fit_scorer(list(list_examples(others, encoder)))
    for document in documents:
        text = Text(document["text"])
        encoded = encoder(text)
        candidates = find_quotes(encoded, confidence, text, list_datelines(encoded, text))
        found = select_trustworthy_quotes(candidates, text)
        records = [build_quote_record(quote) for quote in found]
        score_document(tally, text, document["attributions"], records)
    return tally


def build_quote_record(quote: FoundQuote) -> dict[str, list[list[int]]]:
    return {
        "source": list_offsets(quote.source),
        "cue": list_offsets(quote.cue),
        "content": [[span.start, span.end] for span in quote.contents],
    }


def list_rows(options: argparse.Namespace) -> Iterator[dict[str, object]]:
    """Yield the scores of each publisher, read and held out."""
    documents = read_corpus(options.scored)
    for publisher in sorted({document["publisher"] for document in documents}):
        own = [document for document in documents if document["publisher"] == publisher]
        others = [document for document in documents if document["publisher"] != publisher]
        row: dict[str, object] = {"publisher": publisher, "documents": len(own)}
        for name, without in (("read", ""), ("held out", publisher)):
            tally = score_model(train_without(options, without), own, others)
            row[name] = {score: round(tally.score(score).f1, 3) for score in SCORES}
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
    for row in list_rows(options):
        result.append(row)
        print(json.dumps(row), flush=True)
        (options.out / "holdouts.json").write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
