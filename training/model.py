"""The encoder and its heads, in PyTorch."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from claims.extraction.encoder.features import SHAPE_FEATURE_COUNT, load_tokenizer
from claims.extraction.encoder.labels import ENTITY_LABELS, LINK_LABELS, ROLE_LABELS
from claims.extraction.encoder.links import DISTANCE_BUCKET_COUNT, get_distance_bucket

LINK_SIZE = 192
ARC_SIZE = 128
REFERENCE_SIZE = 64
FARTHEST = 1024  # words; more than a window has
# By their names in other vocabularies.
SPECIAL_PIECES = {"[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}


class Encoder(nn.Module):
    """Word pieces to word vectors, and what is read off each word vector."""

    def __init__(self, folder: Path):
        super().__init__()
        self.bert = AutoModel.from_pretrained(
            str(folder),
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.1,
        )
        self.register_buffer("vocabulary", read_vocabulary(folder), persistent=False)
        size = self.bert.config.hidden_size
        self.bert.embeddings.word_embeddings.weight.requires_grad = False
        self.shape = nn.Embedding(SHAPE_FEATURE_COUNT, size)
        self.opens = nn.Embedding(2, size)
        for extra in (self.shape, self.opens):
            nn.init.normal_(extra.weight, std=0.02)
        self.roles = nn.Linear(size, len(ROLE_LABELS))
        self.entities = nn.Linear(size, len(ENTITY_LABELS))
        self.sentences = nn.Linear(size, 2)
        self.word_side = nn.Linear(size, LINK_SIZE)
        self.cue_side = nn.Linear(size, LINK_SIZE)
        self.mention_side = nn.Linear(
            size, REFERENCE_SIZE + 1
        )  # and the score of "nobody named here"
        self.name_side = nn.Linear(size, REFERENCE_SIZE)

    def words(
        self, pieces: Tensor, mask: Tensor, shape: Tensor, opens: Tensor, first: Tensor
    ) -> Tensor:
        """Return the word vectors (batch, words, size).

        `first` (batch, words) is the first piece of each word.
        """
        assert isinstance(self.vocabulary, Tensor)
        embedded = (
            self.bert.embeddings.word_embeddings(self.vocabulary[pieces])
            + self.shape(shape)
            + self.opens(opens)
        )
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden.gather(1, first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))

    def forward(
        self, pieces: Tensor, mask: Tensor, shape: Tensor, opens: Tensor, first: Tensor
    ) -> tuple[Tensor, ...]:
        words = self.words(pieces, mask, shape, opens, first)
        return (
            self.roles(words),
            self.entities(words),
            self.sentences(words),
            self.word_side(words),
            self.cue_side(words),
            words,
        )


def read_vocabulary(folder: Path) -> Tensor:
    """Return for each of our word pieces its number in the pretrained encoder's own vocabulary."""
    ours = load_tokenizer().get_vocab()
    theirs = AutoTokenizer.from_pretrained(str(folder)).get_vocab()
    numbers = torch.zeros(max(ours.values()) + 1, dtype=torch.long)
    for piece, number in ours.items():
        other_name = SPECIAL_PIECES.get(piece)
        numbers[number] = theirs[other_name if other_name in theirs else piece]
    return numbers


class Distances(nn.Module):
    """A vector for each signed distance in words, by the buckets that the engine uses."""

    def __init__(self, size: int, spread: float):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(DISTANCE_BUCKET_COUNT, size) * spread)
        buckets = torch.from_numpy(get_distance_bucket(np.arange(-FARTHEST, FARTHEST + 1)))
        self.register_buffer("buckets", buckets, persistent=False)

    def forward(self, words: int, at: Tensor) -> Tensor:
        """Return the vectors (n, words, size) from the words `at` (n,) to each of the first
        `words`.
        """
        assert isinstance(self.buckets, Tensor)
        away = torch.arange(words, device=at.device)[None, :] - at[:, None]
        return self.weight[self.buckets[away + FARTHEST]]


class Links(nn.Module):
    """Each word's part in the attribution of one given cue: semantic role labelling with the cue as
    predicate.
    """

    def __init__(self) -> None:
        super().__init__()
        self.distance = Distances(LINK_SIZE, 0.1)
        self.hidden = nn.Linear(LINK_SIZE, LINK_SIZE // 2)
        self.out = nn.Linear(LINK_SIZE // 2, len(LINK_LABELS))

    def forward(self, words: Tensor, cue: Tensor, first: Tensor) -> Tensor:
        """Return the scores (cues, words, labels) of words (cues, words, LINK_SIZE) for cues (cues,
        LINK_SIZE).

        `first` (cues,) is the first word of each cue.
        """
        joined = torch.relu(words + cue[:, None, :] + self.distance(words.shape[1], first))
        return self.out(torch.relu(self.hidden(joined)))


class References(nn.Module):
    """Which of the names a pronoun or description refers to: likeness of the two and how far apart
    they stand.
    """

    def __init__(self) -> None:
        super().__init__()
        self.distance = Distances(1, 0.0)

    def forward(self, mentions: Tensor, names: Tensor, at: Tensor) -> Tensor:
        """Return the scores (m, 1 + words) of "nobody" and of each word for mentions (m,
        REFERENCE_SIZE + 1).

        `names` are (m, words, REFERENCE_SIZE); `at` (m,) is the word of each mention.
        """
        likeness = (names @ mentions[:, :-1, None]).squeeze(-1) / REFERENCE_SIZE**0.5
        distance = self.distance(names.shape[1], at).squeeze(-1)
        return torch.cat([mentions[:, -1:], likeness + distance], 1)


class Vectors(nn.Module):
    """A content's words pooled into one vector, near to that of the same claim in other words."""

    def __init__(self, size: int):
        super().__init__()
        self.out = nn.Linear(size, size)

    def forward(self, words: Tensor, spans: Tensor) -> Tensor:
        """Return vectors (n, size) of length 1, of spans (n, 3) of window, start and end in words
        (batch, words, size).
        """
        sums = torch.cat([torch.zeros_like(words[:, :1]), words], 1).float().cumsum(1)
        window, start, end = spans.unbind(1)
        pooled = (sums[window, end] - sums[window, start]) / (end - start)[:, None]
        return nn.functional.normalize(self.out(pooled), dim=-1)


class Syntax(nn.Module):
    """Training only: the silver part of speech and head of each word, which teach the encoder where
    clauses end.
    """

    def __init__(self, size: int, tags: int):
        super().__init__()
        self.tags = nn.Linear(size, tags)
        self.child = nn.Linear(size, ARC_SIZE)
        self.head = nn.Linear(size, ARC_SIZE)

    def arcs(self, words: Tensor) -> Tensor:
        return self.child(words) @ self.head(words).transpose(1, 2) / ARC_SIZE**0.5
