"""What each head loses: against what is annotated, and against what teachers hold likely."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, log_softmax

from training.data import IGNORE, MEANT, OPEN

Batch = dict[str, Tensor]

# Heads with a label for every word, and the array of a batch that has the labels.
GOLD = {
    "roles": "roles",
    "entities": "entities",
    "sentences": "sentences",
    "tags": "tags",
    "heads": "heads",
    "links": "linked",
}
TAUGHT = ("roles", "entities", "sentences", "links", "references")  # the heads that teachers teach
IMPOSSIBLE = -1e4  # a score that leaves no probability


def compute_hard_losses(scores: Batch, batch: Batch, vectors: Tensor | None) -> Batch:
    """Return the losses by what is annotated.

    `vectors` (contents of the corpus, size) are those that contents are to have; None where they
    are not taught.
    """
    losses = {head: compute_loss(scores[head], batch[gold]) for head, gold in GOLD.items()}
    losses["references"] = compute_reference_loss(scores["references"], batch["refers"])
    if vectors is not None:
        wanted = vectors[batch["contents"][:, 3]]
        likeness = (scores["vectors"] * wanted).sum(-1)
        losses["vectors"] = compute_mean(1 - likeness)
    return losses


def compute_loss(scores: Tensor, gold: Tensor) -> Tensor:
    """Return the mean cross entropy of the words that have a label; 0 of none."""
    total = cross_entropy(
        scores.float().flatten(0, -2), gold.flatten(), ignore_index=IGNORE, reduction="sum"
    )
    return total / (gold != IGNORE).sum().clamp(min=1)


def compute_reference_loss(scores: Tensor, refers: Tensor) -> Tensor:
    """Return the loss of mentions whose names are noted: all that is meant is right, or "nobody"
    where nothing is.

    `scores` (mentions, 1 + words), first "nobody"; `refers` (mentions, words): 0 for no name, else
    as in `Mention`.
    """
    is_meant = refers == MEANT
    is_right = torch.cat([~is_meant.any(1, keepdim=True), is_meant], 1)
    scores = keep_names(scores, refers)
    losses = scores.logsumexp(1) - scores.masked_fill(~is_right, IMPOSSIBLE).logsumexp(1)
    return compute_mean(losses, (refers != OPEN).all(1))


def keep_names(scores: Tensor, refers: Tensor) -> Tensor:
    """Return the scores with nothing possible but names and "nobody"."""
    is_possible = torch.cat([torch.ones_like(refers[:, :1]), refers], 1) > 0
    return scores.float().masked_fill(~is_possible, IMPOSSIBLE)


def compute_soft_losses(scores: Batch, teachers: Sequence[Batch], batch: Batch) -> Batch:
    """Return the losses by the mean of what the teachers hold likely, annotated or not."""
    losses = {}
    for head in TAUGHT:
        ours, *theirs = (prepare_scores(each, head, batch) for each in (scores, *teachers))
        wanted = torch.stack([each.softmax(-1) for each in theirs]).mean(0)
        loss = -(wanted * log_softmax(ours, -1)).sum(-1)
        losses[head] = compute_mean(loss, mark_taught(head, batch))
    return losses


def prepare_scores(scores: Batch, head: str, batch: Batch) -> Tensor:
    if head == "references":
        return keep_names(scores[head], batch["refers"])
    return scores[head].float()


def mark_taught(head: str, batch: Batch) -> Tensor:
    """Return which words, words of cues or mentions of a batch are there, and no padding."""
    if head == "links":
        return batch["word"][batch["cue_window"]]
    if head == "references":
        return torch.ones_like(batch["refers"][:, 0])
    return batch["word"]


def compute_mean(values: Tensor, marked: Tensor | None = None) -> Tensor:
    """Return the mean of the values, or of those that are marked; 0 of none."""
    if marked is None:
        marked = torch.ones_like(values)
    marked = marked.to(values.dtype)
    return (values * marked).sum() / marked.sum().clamp(min=1)
