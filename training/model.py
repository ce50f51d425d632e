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

    def words(self, pieces: Tensor, mask: Tensor, shape: Tensor, opens: Tensor, first: Tensor) -> Tensor:
        """(batch, words, size); `first` is the first piece of each word, (batch, words)."""
        embedded = self.bert.embeddings.word_embeddings(pieces) + self.shape(shape) + self.opens(opens)
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden.gather(1, first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))

    def forward(
        self, pieces: Tensor, mask: Tensor, shape: Tensor, opens: Tensor, first: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        words = self.words(pieces, mask, shape, opens, first)
        return (
            self.roles(words),
            self.entities(words),
            self.sentences(words),
            self.word_side(words),
            self.cue_side(words),
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


class Syntax(nn.Module):
    """Training only: the silver part of speech and head of each word, which teach the encoder where clauses end."""

    def __init__(self, size: int, tags: int):
        super().__init__()
        self.tags = nn.Linear(size, tags)
        self.child = nn.Linear(size, ARC_SIZE)
        self.head = nn.Linear(size, ARC_SIZE)

    def arcs(self, words: Tensor) -> Tensor:
        return self.child(words) @ self.head(words).transpose(1, 2) / ARC_SIZE**0.5
