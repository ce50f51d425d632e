"""Make `claims/relating/model/words.npz`: what single words mean, and how rare they are in news.

    python -m training.word_vectors --start FOLDER --texts TEXTS.jsonl.gz [...]

Each word goes through the encoder of the folder by itself; of the means of its last states the
directions that all share are taken off, and the strongest of the rest kept (Mu and Viswanath 2018;
the way of model2vec). Rarity is the logarithm of the share of texts that hold the word; what of a
word is a verb is told by how often it stands right behind a pronoun, "to" or an auxiliary.
"""

import gzip
import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.extraction.lexicon.words import word_set
from claims.relating.vocabulary import MODEL_DIR
from claims.relating.wording import WORD_PATTERN, expand_word

WORDS_KEPT = 16_000
FEWEST_TEXTS = 3
SIZE = 96
SHARED_DIRECTIONS = 1
BATCH = 256
WORDS_BEFORE_VERBS = word_set(
    "i he she it we they you who to will would can could should may might must did does do"
)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=MODEL_DIR / "words.npz")
    options = parser.parse_args()
    counts, text_count = count_texts_of_words(list_texts(options.texts))
    words = choose_words(counts)
    vectors = reduce(encode_words(options.start, words))
    rarities = get_rarities(words, counts, text_count)
    save(options.out, words, vectors, rarities, get_verb_shares(words, list_texts(options.texts)))


def list_texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def count_texts_of_words(texts: Iterable[str]) -> tuple[Counter[str], int]:
    counts: Counter[str] = Counter()
    text_count = 0
    for text in texts:
        forms = {form for match in WORD_PATTERN.finditer(text) for form in expand_word(match[0])}
        counts.update(forms)
        text_count += 1
    return counts, text_count


def choose_words(counts: Counter[str]) -> list[str]:
    common = [
        (word, count)
        for word, count in counts.items()
        if count >= FEWEST_TEXTS and word.isalpha() and word.isascii()
    ]
    common.sort(key=lambda entry: (-entry[1], entry[0]))
    return sorted(word for word, _ in common[:WORDS_KEPT])


def encode_words(start: Path, words: list[str]) -> NDArray[np.float32]:
    import torch
    from transformers import AutoModel, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(start)
    model = AutoModel.from_pretrained(start).eval()
    rows = []
    with torch.inference_mode():
        for first in range(0, len(words), BATCH):
            batch = tokenizer(words[first : first + BATCH], padding=True, return_tensors="pt")
            hidden = model(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1)
            rows.append(((hidden * mask).sum(1) / mask.sum(1)).numpy())
    return np.concatenate(rows).astype(np.float32)


def reduce(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the vectors in fewer dimensions, without what is common to all."""
    centred = vectors - vectors.mean(0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    kept = directions[SHARED_DIRECTIONS : SHARED_DIRECTIONS + SIZE]
    return np.asarray(centred @ kept.T, np.float32)


def get_rarities(words: list[str], counts: Counter[str], text_count: int) -> NDArray[np.uint8]:
    shares = np.array([counts[word] / text_count for word in words])
    rarities = np.log(shares) / np.log(FEWEST_TEXTS / text_count)
    return np.asarray(np.clip(rarities, 0.02, 1) * 255, np.uint8)


def get_verb_shares(words: list[str], texts: Iterable[str]) -> NDArray[np.uint8]:
    """Return for each word, of 255, how often a word stands before it that verbs follow."""
    everywhere: Counter[str] = Counter()
    as_verb: Counter[str] = Counter()
    for text in texts:
        before = ""
        for match in WORD_PATTERN.finditer(text):
            for form in expand_word(match[0]):
                everywhere[form] += 1
                as_verb[form] += before in WORDS_BEFORE_VERBS
                before = form
    shares = [as_verb[word] / max(1, everywhere[word]) for word in words]
    return np.asarray(np.array(shares) * 255, np.uint8)


def save(
    path: Path,
    words: list[str],
    vectors: NDArray[np.float32],
    rarities: NDArray[np.uint8],
    verb_shares: NDArray[np.uint8],
) -> None:
    scale = np.abs(vectors).max(1, keepdims=True)
    small = np.rint(vectors / scale * 127).astype(np.int8)
    joined = np.frombuffer("\n".join(words).encode(), np.uint8)
    np.savez_compressed(path, words=joined, vectors=small, rarities=rarities, verbs=verb_shares)


if __name__ == "__main__":
    main()
