"""The encoder and its heads, in PyTorch."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from claims.extraction.features import SHAPE_FEATURES
from claims.extraction.labels import ENTITIES, LINKED, ROLES
from claims.extraction.links import DISTANCES, distance_bucket

LINK_SIZE = 192
ARC_SIZE = 128
REFERENCE_SIZE = 64


class Encoder(nn.Module):
    """Word pieces to word vectors, and what is read off each word vector."""

    def __init__(self, folder: Path):
        super().__init__()
        self.bert = BertModel.from_pretrained(
            str(folder), add_pooling_layer=False, attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.1
        )
        size = self.bert.config.hidden_size
        self.bert.embeddings.word_embeddings.weight.requires_grad = False
        self.shape = nn.Embedding(SHAPE_FEATURES, size)
        self.opens = nn.Embedding(2, size)
        for extra in (self.shape, self.opens):
            nn.init.normal_(extra.weight, std=0.02)
        self.roles = nn.Linear(size, len(ROLES))
        self.entities = nn.Linear(size, len(ENTITIES))
        self.sentences = nn.Linear(size, 2)
        self.word_side = nn.Linear(size, LINK_SIZE)
        self.cue_side = nn.Linear(size, LINK_SIZE)
        self.mention_side = nn.Linear(size, REFERENCE_SIZE + 1)  # and the score of "nobody named here"
        self.name_side = nn.Linear(size, REFERENCE_SIZE)

    def words(self, pieces: Tensor, mask: Tensor, shape: Tensor, opens: Tensor, first: Tensor) -> Tensor:
        """(batch, words, size); `first` is the first piece of each word, (batch, words)."""
        embedded = self.bert.embeddings.word_embeddings(pieces) + self.shape(shape) + self.opens(opens)
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden.gather(1, first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))

    def forward(self, pieces: Tensor, mask: Tensor, shape: Tensor, opens: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        words = self.words(pieces, mask, shape, opens, first)
        return (
            self.roles(words),
            self.entities(words),
            self.sentences(words),
            self.word_side(words),
            self.cue_side(words),
            self.mention_side(words),
            self.name_side(words),
            words,
        )


class Links(nn.Module):
    """Each word's part in the attribution of one given cue: semantic role labelling with the cue as predicate."""

    def __init__(self) -> None:
        super().__init__()
        self.distance = nn.Embedding(DISTANCES, LINK_SIZE)
        self.hidden = nn.Linear(LINK_SIZE, LINK_SIZE // 2)
        self.out = nn.Linear(LINK_SIZE // 2, len(LINKED))
        nn.init.normal_(self.distance.weight, std=0.1)

    def forward(self, words: Tensor, cue: Tensor, first: Tensor) -> Tensor:
        """words (cues, words, LINK_SIZE), cue (cues, LINK_SIZE), first (cues,) → (cues, words, labels)."""
        away = distance_bucket(torch.arange(words.shape[1])[None, :].numpy() - first[:, None].numpy())
        joined = torch.relu(words + cue[:, None, :] + self.distance(torch.from_numpy(away)))
        return self.out(torch.relu(self.hidden(joined)))


class References(nn.Module):
    """Which of the names a pronoun or description refers to: likeness of the two and how far apart they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.distance = nn.Embedding(DISTANCES, 1)
        nn.init.zeros_(self.distance.weight)

    def forward(self, mentions: Tensor, names: Tensor, at: Tensor) -> Tensor:
        """mentions (m, REFERENCE_SIZE + 1), names (m, words, REFERENCE_SIZE), at (m,) → (m, 1 + words), first "nobody"."""
        away = distance_bucket(torch.arange(names.shape[1])[None, :].numpy() - at[:, None].numpy())
        likeness = (names @ mentions[:, :-1, None]).squeeze(-1) / REFERENCE_SIZE**0.5
        return torch.cat([mentions[:, -1:], likeness + self.distance(torch.from_numpy(away)).squeeze(-1)], 1)


class Vectors(nn.Module):
    """A content's words pooled into one vector, near to that of the same claim in other words."""

    def __init__(self, size: int):
        super().__init__()
        self.out = nn.Linear(size, size)

    def forward(self, words: Tensor, spans: Tensor) -> Tensor:
        """words (batch, words, size), spans (n, 3) of window, start, end → (n, size), of length 1."""
        sums = torch.cat([torch.zeros_like(words[:, :1]), words], 1).float().cumsum(1)
        window, start, end = spans.unbind(1)
        pooled = (sums[window, end] - sums[window, start]) / (end - start)[:, None]
        return nn.functional.normalize(self.out(pooled), dim=-1)


class Syntax(nn.Module):
    """Training only: the silver part of speech and head of each word, which teach the encoder where clauses end."""

    def __init__(self, size: int, tags: int):
        super().__init__()
        self.tags = nn.Linear(size, tags)
        self.child = nn.Linear(size, ARC_SIZE)
        self.head = nn.Linear(size, ARC_SIZE)

    def arcs(self, words: Tensor) -> Tensor:
        return self.child(words) @ self.head(words).transpose(1, 2) / ARC_SIZE**0.5
