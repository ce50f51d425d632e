"""Divide annotated articles so that each can be read by an encoder that has not learned from it:
`python -m training.folds --help`.

For each fold two files are written: `held0.jsonl.gz`, its articles, and `read0.jsonl.gz`, those of
all the others, which an encoder is trained on that then reads the held ones. All articles of an
outlet are in the same fold.
"""

import argparse
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from claims.extraction.encoder.session import Encoder
from claims.extraction.model_folder import MODEL_DIR
from training.data import Document, read_corpus
from training.speaker_articles import get_outlet

CHARACTERS_OF_ATTRIBUTION = 100  # that an attribution weighs, where folds are made alike


def divide_into_folds(documents: Sequence[Document], folds: int, seed: int) -> list[list[Document]]:
    """Return the documents in folds of about the same size, all of an outlet in one of them."""
    by_outlet: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_outlet[get_outlet(document)].append(document)
    outlets = sorted(by_outlet)
    random.Random(seed).shuffle(outlets)
    outlets.sort(key=lambda outlet: -len(by_outlet[outlet]))
    divided: list[list[Document]] = [[] for _ in range(folds)]
    sizes = [0] * folds
    for outlet in outlets:
        smallest = sizes.index(min(sizes))
        divided[smallest] += by_outlet[outlet]
        sizes[smallest] += sum(measure(document) for document in by_outlet[outlet])
    return divided


def measure(document: Document) -> int:
    attributions = document["attributions"]
    return len(document["text"]) + CHARACTERS_OF_ATTRIBUTION * len(attributions)


def write_corpus(documents: Sequence[Document], path: Path) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False) + "\n")


def add_models(parser: argparse.ArgumentParser) -> None:
    """Let a command be told which model reads each of its files."""
    parser.add_argument(
        "--models",
        type=Path,
        nargs="+",
        default=[MODEL_DIR],
        help="one that reads all files, or one for each, which has not learned from it",
    )


def pair_with_encoders(
    paths: Sequence[Path], models: Sequence[Path]
) -> Iterator[tuple[Path, Encoder]]:
    """Yield each file with the encoder that reads it."""
    if len(models) == 1:
        models = [models[0]] * len(paths)
    for path, model in zip(paths, models, strict=True):
        yield path, Encoder(model)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="JSON Lines, .gz too")
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    options = parser.parse_args()
    documents = [document for path in options.gold for document in read_corpus(path)]
    divided = divide_into_folds(documents, options.folds, options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    for number, held in enumerate(divided):
        others = [one for fold in divided if fold is not held for one in fold]
        write_corpus(held, options.out / f"held{number}.jsonl.gz")
        write_corpus(others, options.out / f"read{number}.jsonl.gz")
        print(f"fold {number}: {len(held)} articles held out, {len(others)} to read")


if __name__ == "__main__":
    main()
