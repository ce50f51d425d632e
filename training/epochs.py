"""The corpora that training reads, and its epochs, each of other copies of the documents, cut at
other places.
"""

import argparse
import multiprocessing
import random
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import ceil
from typing import Any

from numpy.typing import NDArray

from claims.extraction.encoder.features import load_tokenizer
from training.augment import NamePool, augment_document
from training.data import Document, leave_publisher_out, read_corpus, read_referents
from training.gold import read_gold
from training.nesting import nest_attributions
from training.windows import Window, collate, cut_into_windows, group_into_batches

Arrays = dict[str, NDArray[Any]]

LEAST_USES_OF_TAG = 50  # of a part of speech, for it to be taught


@dataclass(frozen=True)
class Corpus:
    """What every epoch is made from."""

    quotes: list[Document]
    gold: list[Document]
    names: list[Document]
    referents: list[Document]
    tags: list[str]
    options: argparse.Namespace

    def make_epoch(self, number: int) -> list[Arrays]:
        """Return the batches of an epoch, the same for the same number and seed."""
        options = self.options
        rng = random.Random(options.seed * 1000 + number)
        tokenizer, pool = load_tokenizer(), NamePool(self.names)
        share = self._get_nested_share(number)
        documents = [
            augment_document(nest_attributions(document, pool, rng, share), pool, rng)
            for document in sample_share(self.quotes, options.quotes_share, rng)
        ]
        documents += [augment_document(document, pool, rng) for document in self.gold]
        documents += sample_share(self.names, options.names_share, rng)
        documents += sample_share(self.referents, options.referents_share, rng)
        windows: list[Window] = []
        for document in documents:
            windows += cut_into_windows(document, tokenizer, self.tags, options.window, rng)
        batches = group_into_batches(windows, options.batch_pieces, rng)
        return [collate(batch) for batch in batches]

    def _get_nested_share(self, number: int) -> float:
        """Return the share of sentences put into others' mouths, which grows evenly from epoch to
        epoch.
        """
        last: float = self.options.nested_share
        if self.options.nested_first is None:
            return last
        first: float = self.options.nested_first
        progress = min(number / max(self.options.epochs - 1, 1), 1)
        return first + (last - first) * progress

    def list_epochs(self, first: int) -> Iterator[list[Arrays]]:
        """Yield the epochs from the number `first` on; other processes make them ahead."""
        workers = self.options.workers
        context = multiprocessing.get_context("fork")
        after = ceil(self.options.epochs)
        with ProcessPoolExecutor(workers, context, keep_corpus, (self,)) as pool:
            numbers = range(first, min(first + workers, after))
            waiting = deque(pool.submit(make_kept_epoch, number) for number in numbers)
            for number in range(first, after):
                yield waiting.popleft().result()
                if number + workers < after:
                    waiting.append(pool.submit(make_kept_epoch, number + workers))


def sample_share(documents: list[Document], share: float, rng: random.Random) -> list[Document]:
    return rng.sample(documents, int(len(documents) * share))


# The corpus of a process that makes epochs, so that it need not be sent for each.
KEPT_CORPUS: list[Corpus] = []


def keep_corpus(corpus: Corpus) -> None:
    KEPT_CORPUS[:] = [corpus]


def make_kept_epoch(number: int) -> list[Arrays]:
    return KEPT_CORPUS[0].make_epoch(number)


def read_training_corpus(options: argparse.Namespace) -> Corpus:
    """Return the documents that the options name, less those of the publisher that is left out."""
    quotes = leave_publisher_out(read_corpus(options.quotes), options.without)
    gold = leave_publisher_out(read_gold(options.gold), options.without)
    read_again = {document["id"] for document in gold}
    quotes = [document for document in quotes if document.get("id") not in read_again]
    names = [
        document for document in read_corpus(options.names) if document.get("id") not in read_again
    ]
    if options.teachers:
        names = [document | {"asked": True} for document in names]
    tags = options.tags or list_tags(quotes)
    return Corpus(quotes, gold, names, read_referents(options.referents), tags, options)


def list_tags(documents: list[Document]) -> list[str]:
    """Return the parts of speech that the documents have often enough."""
    uses: Counter[str] = Counter()
    for document in documents:
        uses.update(token[2] for token in document.get("tokens") or ())
    return sorted(tag for tag, times in uses.items() if times >= LEAST_USES_OF_TAG)
