"""The vectors that contents are taught: those that the original encoder gives to sentences, which put like claims near."""

from pathlib import Path

import torch
from torch import Tensor
from transformers import BertModel

from claims.extraction.encoder.features import CLS, SEP, load_tokenizer
from training.data import Document

LONGEST = 96  # word pieces
BATCH = 64


def teach(documents: list[Document], start: Path, kept: Path, device: str = "cpu") -> Tensor:
    """A vector of length 1 for each content, (contents, size); its row is noted as `vector` in its attribution."""
    texts: list[str] = []
    for document in documents:
        for attribution in document.get("attributions", ()):
            if attribution.get("content"):
                attribution["vector"] = len(texts)
                texts.append(" ".join(document["text"][a:b] for a, b in attribution["content"]))
    if kept.exists() and len(stored := torch.load(kept)) == len(texts):
        return stored.float()  # type: ignore[no-any-return]
    vectors = encoded(texts, start, device)
    torch.save(vectors.half(), kept)
    return vectors


@torch.no_grad()
def encoded(texts: list[str], start: Path, device: str = "cpu") -> Tensor:
    """all-MiniLM-L6-v2's own sentence vectors: the mean of the last hidden states, of length 1."""
    tokenizer, bert = (
        load_tokenizer(start),
        BertModel.from_pretrained(str(start), add_pooling_layer=False),
    )
    bert = bert.eval().to(device)
    pieces = [
        [CLS, *e.ids[: LONGEST - 2], SEP]
        for e in tokenizer.encode_batch(texts, add_special_tokens=False)
    ]
    order = sorted(range(len(texts)), key=lambda i: len(pieces[i]))
    out = torch.zeros(len(texts), bert.config.hidden_size)
    for at in range(0, len(order), BATCH):
        rows = order[at : at + BATCH]
        width = max(len(pieces[i]) for i in rows)
        ids = torch.tensor(
            [pieces[i] + [0] * (width - len(pieces[i])) for i in rows], device=device
        )
        mask = torch.tensor(
            [[1] * len(pieces[i]) + [0] * (width - len(pieces[i])) for i in rows], device=device
        )
        with torch.autocast(device, dtype=torch.bfloat16):
            hidden = (
                bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
                * mask[:, :, None]
            )
        out[rows] = torch.nn.functional.normalize(
            hidden.sum(1) / mask.sum(1, keepdim=True), dim=-1
        ).cpu()
    return out
