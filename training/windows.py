"""Windows of documents, with their labels, in batches of arrays."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claims.extraction.encoder.features import CLS, MASK, SEP, Words, read_words, split_into_windows
from claims.extraction.encoder.labels import ROLE_LABELS
from training.data import IGNORE, Content, Cue, Document, Labels, Mention

MASKED_SHARE = 0.05  # of the word pieces, which the model has to do without


@dataclass(slots=True)
class Window:
    """Some words of a document; words, cues, mentions and contents are counted from its first one.

    `first` is the first piece of each word, counted with [CLS]. `targets` has one value a word.
    """

    pieces: np.ndarray
    shape: np.ndarray
    opens: np.ndarray
    first: np.ndarray
    targets: dict[str, np.ndarray]
    cues: list[Cue]
    mentions: list[Mention]
    contents: list[Content]


def cut_into_windows(
    document: Document,
    tokenizer: Tokenizer,
    tags: Sequence[str],
    size: int,
    rng: random.Random,
    overlap: int = 0,
) -> Iterator[Window]:
    """Yield the document in windows of at most `size` word pieces, the first cut at a random place."""
    words = read_words(document["text"], tokenizer)
    if not len(words):
        return
    labels = Labels(document, words, tags)
    verbs = list_other_verbs(labels)
    for start, end in split_into_windows(words, size - 2, overlap, rng.randrange(size // 2)):
        yield build_window(words, labels, verbs, start, end, rng)


def list_other_verbs(labels: Labels) -> list[int]:
    """Return the verbs that are known to be no cues, nor part of one."""
    cues = {cue.first for cue in labels.cues}
    excluded = (ROLE_LABELS.index("I-cue"), IGNORE)
    return [
        verb for verb in labels.verbs if verb not in cues and labels.roles[verb] not in excluded
    ]


def build_window(
    words: Words, labels: Labels, verbs: Sequence[int], start: int, end: int, rng: random.Random
) -> Window:
    first_piece = int(words.first[start])
    after = int(words.first[end]) if end < len(words) else len(words.piece)
    cues = choose_cues(labels, verbs, start, end, rng)
    pieces = words.piece[first_piece:after].copy()
    masked = [rng.random() < MASKED_SHARE for _ in range(after - first_piece)]
    pieces[np.array(masked, bool)] = MASK
    word_of_piece = words.word_of[first_piece:after]
    mentions = [
        move_mention(mention, start, end)
        for mention in labels.mentions
        if start <= mention.word < end
    ]
    contents = [
        Content(content.start - start, content.end - start, content.row)
        for content in labels.contents
        if start <= content.start and content.end <= end
    ]
    return Window(
        np.concatenate([[CLS], pieces, [SEP]]),
        np.concatenate([[0], words.shape[word_of_piece], [0]]),
        np.concatenate([[0], words.opens[word_of_piece], [0]]),
        words.first[start:end] - first_piece + 1,
        cut_targets(labels, start, end),
        cues,
        mentions,
        contents,
    )


def choose_cues(
    labels: Labels, verbs: Sequence[int], start: int, end: int, rng: random.Random
) -> list[Cue]:
    """Return the cues of a window and a third as many verbs, at least one, that are none."""
    cues = [
        Cue(cue.first - start, cue.tags[start:end])
        for cue in labels.cues
        if start <= cue.first < end
    ]
    others = [verb for verb in verbs if start <= verb < end]
    chosen = rng.sample(others, min(len(others), 1 + len(cues) // 3))
    no_part = np.zeros(end - start, np.int64)
    return cues + [Cue(verb - start, no_part) for verb in chosen]


def move_mention(mention: Mention, start: int, end: int) -> Mention:
    """Return a mention with the names that stand in the window, but for itself."""
    names = {
        last - start: refers
        for last, refers in mention.names.items()
        if start <= last < end and last != mention.word
    }
    return Mention(mention.word - start, names)


def cut_targets(labels: Labels, start: int, end: int) -> dict[str, np.ndarray]:
    heads = labels.heads[start:end] - start
    is_outside = (labels.heads[start:end] < start) | (labels.heads[start:end] >= end)
    heads[is_outside] = IGNORE
    return {
        "roles": labels.roles[start:end],
        "entities": labels.entities[start:end],
        "heads": heads,
        "tags": labels.tags[start:end],
        "sentences": labels.sentences[start:end],
    }


def group_into_batches(
    windows: list[Window], most_pieces: int, rng: random.Random
) -> Iterator[list[Window]]:
    """Yield windows of like length together, at most `most_pieces` word pieces a batch, in random
    order.
    """
    ordered = sorted(windows, key=lambda window: (len(window.pieces) // 8, rng.random()))
    batches: list[list[Window]] = []
    for window in ordered:
        if not batches or is_full(batches[-1], window, most_pieces):
            batches.append([])
        batches[-1].append(window)
    rng.shuffle(batches)
    yield from batches


def is_full(batch: list[Window], window: Window, most_pieces: int) -> bool:
    """Return whether one window more makes a batch too large, each padded to the longest."""
    longest = max(len(window.pieces), len(batch[-1].pieces))
    return (len(batch) + 1) * longest > most_pieces


def collate(batch: list[Window]) -> dict[str, NDArray[Any]]:
    """Return a batch as arrays, as small as they can be, since other processes make and send them."""
    length = max(len(window.pieces) for window in batch)
    width = max(len(window.first) for window in batch)
    cues = [(number, cue) for number, window in enumerate(batch) for cue in window.cues]
    mentions = [
        (number, mention) for number, window in enumerate(batch) for mention in window.mentions
    ]
    contents = [
        (number, content.start, content.end, content.row)
        for number, window in enumerate(batch)
        for content in window.contents
    ]
    places_of_mentions = [(number, mention.word) for number, mention in mentions]
    arrays = {
        "pieces": pad([window.pieces for window in batch], length, 0, np.int32),
        "mask": pad([np.ones(len(window.pieces)) for window in batch], length, 0),
        "shape": pad([window.shape for window in batch], length, 0),
        "opens": pad([window.opens for window in batch], length, 0),
        "first": pad([window.first for window in batch], width, 0, np.int16),
        "word": pad([np.ones(len(window.first)) for window in batch], width, 0),
    }
    for key in ("roles", "entities", "tags", "sentences"):
        arrays[key] = pad([window.targets[key] for window in batch], width, IGNORE)
    heads = [window.targets["heads"] for window in batch]
    arrays["heads"] = pad(heads, width, IGNORE, np.int16)
    arrays["cue_window"] = np.array([number for number, _ in cues], np.int64)
    arrays["cue_first"] = np.array([cue.first for _, cue in cues], np.int64)
    arrays["mentions"] = np.array(places_of_mentions, np.int64).reshape(-1, 2)
    arrays["refers"] = collate_names([mention for _, mention in mentions], width)
    arrays["contents"] = np.array(contents, np.int64).reshape(-1, 4)
    arrays["linked"] = pad([cue.tags for _, cue in cues], width, IGNORE)
    return arrays


def pad(values: Sequence[NDArray[Any]], size: int, fill: int, kind: type = np.int8) -> NDArray[Any]:
    """Return rows of like length, the ends filled up."""
    rows = np.full((len(values), size), fill, kind)
    for row, value in zip(rows, values, strict=True):
        row[: len(value)] = value
    return rows


def collate_names(mentions: Sequence[Mention], width: int) -> NDArray[np.int8]:
    """Return what each word is to each mention: 0 no name, else as in `Mention`."""
    names = np.zeros((len(mentions), width), np.int8)
    for row, mention in zip(names, mentions, strict=True):
        for last, refers in mention.names.items():
            row[last] = refers
    return names
