"""The vectors that contents are taught: those that the original encoder gives to sentences, which
put like claims near.
"""

from pathlib import Path

import torch
from torch import Tensor
from transformers import BertModel

from claims.extraction.encoder.features import CLS, SEP, load_tokenizer
from training.data import Document

MOST_PIECES = 96  # of a text
TEXTS_AT_ONCE = 64


def teach(documents: list[Document], start: Path, stored_at: Path, device: str = "cpu") -> Tensor:
    """Return a vector of length 1 for each content, (contents, size), and note its row as `vector`
    in its attribution.

    The vectors are stored, and taken from there where there are as many.
    """
    texts: list[str] = []
    for document in documents:
        for attribution in document.get("attributions", ()):
            if attribution.get("content"):
                attribution["vector"] = len(texts)
                spans = attribution["content"]
                texts.append(" ".join(document["text"][first:after] for first, after in spans))
    if stored_at.exists():
        stored: Tensor = torch.load(stored_at)
        if len(stored) == len(texts):
            return stored.float()
    vectors = encode_texts(texts, start, device)
    torch.save(vectors.half(), stored_at)
    return vectors


@torch.no_grad()
def encode_texts(texts: list[str], start: Path, device: str = "cpu") -> Tensor:
    """Return all-MiniLM-L6-v2's own sentence vectors: the mean of the last hidden states, of length
    1.
    """
    bert = BertModel.from_pretrained(str(start), add_pooling_layer=False).eval().to(device)
    encodings = load_tokenizer(start).encode_batch(texts, add_special_tokens=False)
    pieces = [[CLS, *encoding.ids[: MOST_PIECES - 2], SEP] for encoding in encodings]
    order = sorted(range(len(texts)), key=lambda number: len(pieces[number]))
    vectors = torch.zeros(len(texts), bert.config.hidden_size)
    for at in range(0, len(order), TEXTS_AT_ONCE):
        rows = order[at : at + TEXTS_AT_ONCE]
        ids, mask = pad_pieces([pieces[row] for row in rows], device)
        with torch.autocast(device, dtype=torch.bfloat16):
            hidden = bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
            hidden = hidden * mask[:, :, None]
        means = hidden.sum(1) / mask.sum(1, keepdim=True)
        vectors[rows] = torch.nn.functional.normalize(means, dim=-1).cpu()
    return vectors


def pad_pieces(rows: list[list[int]], device: str) -> tuple[Tensor, Tensor]:
    """Return rows of word pieces filled up with zeros, and a mask that is 1 where a piece is."""
    width = max(len(row) for row in rows)
    ids = [row + [0] * (width - len(row)) for row in rows]
    mask = [[1] * len(row) + [0] * (width - len(row)) for row in rows]
    return torch.tensor(ids, device=device), torch.tensor(mask, device=device)
