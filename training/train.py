"""Train the encoder: `python -m training.train --help`."""

import argparse
import json
import multiprocessing
import random
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, log_softmax

from claims.extraction.encoder.features import load_tokenizer
from claims.extraction.encoder.session import HIDDEN_SIZE
from training.augment import Names, augmented
from training.data import (
    IGNORE,
    OPEN,
    Document,
    batches,
    collate,
    document_windows,
    read_corpus,
    read_referents,
)
from training.model import Encoder, Links, References, Syntax, Vectors
from training.nesting import nested
from training.teacher import teach

WEIGHTS = {"roles": 1.0, "links": 3.0, "heads": 0.2, "tags": 0.1, "entities": 0.3, "sentences": 0.1}
WEIGHTS |= {"references": 0.2, "vectors": 0.5}
GOLD = {
    "roles": "roles",
    "entities": "entities",
    "sentences": "sentences",
    "tags": "tags",
    "heads": "heads",
    "links": "linked",
}
TAUGHT = ("roles", "entities", "sentences", "links", "references")  # the heads that teachers teach
HEAD_RATE = 1e-3
WARM_UP = 0.06
AVERAGE = 0.998
KEPT_EVERY = 300  # seconds between two states on the disk

Batch = dict[str, Tensor]
Arrays = dict[str, NDArray[Any]]


class Model(nn.Module):
    def __init__(self, folder: Path, tags: Sequence[str]):
        super().__init__()
        self.encoder, self.links, self.references = Encoder(folder), Links(), References()
        size = self.encoder.bert.config.hidden_size
        self.syntax, self.vectors = Syntax(size, len(tags)), Vectors(size)

    def forward(self, batch: Batch) -> Batch:
        """The scores of every head: of each word, of each cue and word, of each mention and word; a vector a content."""
        encoder = self.encoder
        words = encoder.words(
            *(batch[key] for key in ("pieces", "mask", "shape", "opens", "first"))
        )
        at, first = batch["cue_window"], batch["cue_first"]
        window, mention = batch["mentions"].unbind(1)
        sides = encoder.mention_side(words)[window, mention], encoder.name_side(words)[window]
        return {
            "roles": encoder.roles(words),
            "entities": encoder.entities(words),
            "sentences": encoder.sentences(words),
            "tags": self.syntax.tags(words),
            "heads": self.syntax.arcs(words),
            "links": self.links(
                encoder.word_side(words)[at], encoder.cue_side(words)[at, first], first
            ),
            "references": self.references(*sides, mention),
            "vectors": self.vectors(words, batch["contents"][:, :3]),
        }


def load(weights: Path, start: Path) -> Model:
    """A trained model (`final.pt`) on the pretrained encoder that it began with."""
    state = torch.load(weights, weights_only=False, map_location="cpu")
    model = Model(start, state["tags"])
    model.load_state_dict(state["model"])
    return model.eval()


def hard_losses(scores: Batch, batch: Batch, vectors: Tensor | None) -> Batch:
    """By what is annotated. `vectors` (contents of the corpus, size) are those that contents are to have."""
    found = {key: loss(scores[key], batch[gold]) for key, gold in GOLD.items()}
    found["references"] = reference_loss(scores["references"], batch["refers"])
    if vectors is not None:
        likeness = (scores["vectors"] * vectors[batch["contents"][:, 3]]).sum(-1)
        found["vectors"] = mean(1 - likeness)
    return found


def loss(scores: Tensor, gold: Tensor) -> Tensor:
    every = cross_entropy(
        scores.float().flatten(0, -2), gold.flatten(), ignore_index=IGNORE, reduction="sum"
    )
    return every / (gold != IGNORE).sum().clamp(min=1)


def reference_loss(scores: Tensor, refers: Tensor) -> Tensor:
    """`refers` (mentions, words): 0 no name, 1 a name, 2 one that is meant; where none is, "nobody" is right."""
    right = torch.cat([~(refers == 2).any(1, keepdim=True), refers == 2], 1)
    scores = among_names(scores, refers)
    each = scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)
    return mean(each, (refers != OPEN).all(1))


def among_names(scores: Tensor, refers: Tensor) -> Tensor:
    known = torch.cat([torch.ones_like(refers[:, :1]), refers], 1) > 0
    return scores.float().masked_fill(~known, -1e4)


def soft_losses(scores: Batch, teachers: Sequence[Batch], batch: Batch) -> Batch:
    """By the mean of what the teachers hold likely, annotated or not."""
    masks = dict.fromkeys(("roles", "entities", "sentences"), batch["word"])
    masks |= {
        "links": batch["word"][batch["cue_window"]],
        "references": torch.ones_like(batch["refers"][:, 0]),
    }
    found = {}
    for key in TAUGHT:
        of = [
            s[key].float() if key != "references" else among_names(s[key], batch["refers"])
            for s in (scores, *teachers)
        ]
        wanted = torch.stack([s.softmax(-1) for s in of[1:]]).mean(0)
        found[key] = mean(-(wanted * log_softmax(of[0], -1)).sum(-1), masks[key])
    return found


def mean(values: Tensor, of: Tensor | None = None) -> Tensor:
    """The mean of the values, or of those that `of` marks; 0 of none."""
    of = torch.ones_like(values) if of is None else of.to(values.dtype)
    return (values * of).sum() / of.sum().clamp(min=1)


class Average:
    """An exponential moving average of the weights, which is what is exported."""

    def __init__(self, model: nn.Module):
        self.values = {k: v.detach().clone() for k, v in model.state_dict().items()}

    def update(self, model: nn.Module, step: int) -> None:
        keep = min(AVERAGE, (1 + step) / (10 + step))
        now = {k: v for k, v in model.state_dict().items() if v.dtype.is_floating_point}
        torch._foreach_lerp_([self.values[k] for k in now], list(now.values()), 1 - keep)


@dataclass(frozen=True)
class Corpus:
    """What every epoch is made from. Each reads other copies of the documents, cut at other places."""

    quotes: list[Document]
    names: list[Document]
    referents: list[Document]
    tags: list[str]
    options: argparse.Namespace

    def epoch(self, number: int) -> list[Arrays]:
        options = self.options
        rng = random.Random(options.seed * 1000 + number)
        tokenizer, pool = load_tokenizer(), Names(self.names)
        risen = min(number / max(options.epochs - 1, 1), 1)
        first = options.nested_share if options.nested_first is None else options.nested_first
        share = first + (options.nested_share - first) * risen
        chosen = [augmented(nested(d, pool, rng, share), pool, rng) for d in self.quotes]
        chosen += rng.sample(self.names, int(len(self.names) * options.names_share))
        chosen += rng.sample(self.referents, int(len(self.referents) * options.referents_share))
        made = [
            w
            for d in chosen
            for w in document_windows(d, tokenizer, self.tags, options.window, rng)
        ]
        return [collate(batch) for batch in batches(made, options.batch_pieces, rng)]

    def epochs(self, number: int) -> Iterator[list[Arrays]]:
        """The epochs from `number` on; other processes make them ahead."""
        workers = self.options.workers
        with ProcessPoolExecutor(
            workers, multiprocessing.get_context("fork"), keep, (self,)
        ) as pool:
            last = int(self.options.epochs + 0.999)
            waiting = deque(
                pool.submit(kept_epoch, at) for at in range(number, min(number + workers, last))
            )
            for at in range(number, last):
                yield waiting.popleft().result()
                if at + workers < last:
                    waiting.append(pool.submit(kept_epoch, at + workers))


CORPUS: list[Corpus] = []


def keep(corpus: Corpus) -> None:
    CORPUS[:] = [corpus]


def kept_epoch(number: int) -> list[Arrays]:
    return CORPUS[0].epoch(number)


def read(options: argparse.Namespace) -> Corpus:
    quotes = [d for d in read_corpus(options.quotes) if d.get("publisher") != options.without]
    names = read_corpus(options.names)
    if options.teachers:
        names = [d | {"asked": True} for d in names]
    counted = Counter(token[2] for d in quotes for token in d.get("tokens") or ())
    tags = sorted(tag for tag, n in counted.items() if n >= 50)
    return Corpus(quotes, names, read_referents(options.referents), tags, options)


def rate(progress: float) -> float:
    return progress / WARM_UP if progress < WARM_UP else max(0.0, (1 - progress) / (1 - WARM_UP))


def on(device: str, arrays: Arrays) -> Batch:
    return {
        key: torch.from_numpy(values).to(device, non_blocking=True).long()
        for key, values in arrays.items()
    }


def mixed(options: argparse.Namespace) -> AbstractContextManager[Any]:
    return torch.autocast(options.device, dtype=torch.bfloat16, enabled=options.bf16)


def optimizer_for(model: Model, options: argparse.Namespace) -> torch.optim.AdamW:
    inner = [p for p in model.encoder.bert.parameters() if p.requires_grad]
    known = {id(p) for p in model.encoder.bert.parameters()}
    outer = [p for p in model.parameters() if id(p) not in known]
    groups = [
        {"params": inner, "lr": options.encoder_rate * options.rate},
        {"params": outer, "lr": HEAD_RATE * options.rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def train(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    corpus = read(options)
    options.out.mkdir(parents=True, exist_ok=True)
    model = Model(options.start, corpus.tags).to(options.device)
    teachers = [
        load(weights, options.teachers_start).to(options.device) for weights in options.teachers
    ]
    vectors = None
    if model.encoder.bert.config.hidden_size == HIDDEN_SIZE:  # others teach, and need no vectors
        documents = [*corpus.quotes, *corpus.names]
        vectors = teach(documents, options.start, options.out / "teacher.pt", options.device).to(
            options.device
        )
    if options.weights:
        model.load_state_dict(torch.load(options.weights, weights_only=False)["model"])
    optimizer = optimizer_for(model, options)
    peak = [group["lr"] for group in optimizer.param_groups]
    average, step, first = Average(model), 0, 0
    state_path = options.out / "state.pt"
    if state_path.exists():
        state = torch.load(state_path, weights_only=False, map_location=options.device)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        average.values, step, first = state["average"], state["step"], state["epoch"]
        print(f"resumed at step {step}", flush=True)
    log = (options.out / "log.jsonl").open("a")
    began = kept = time.monotonic()
    model.train()
    for number, made in enumerate(corpus.epochs(first), first):
        for i, arrays in enumerate(made):
            progress = (number + i / len(made)) / options.epochs
            if progress >= 1:
                break
            for group, top in zip(optimizer.param_groups, peak, strict=True):
                group["lr"] = top * rate(progress)
            losses, total = step_losses(
                model, teachers, on(options.device, arrays), vectors, options
            )
            total.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            average.update(model, step)
            if step % 20 == 0:
                record: dict[str, Any] = {"step": step, "epoch": round(number + i / len(made), 3)}
                record |= {"seconds": round(time.monotonic() - began, 1)}
                record |= {key: round(float(value.detach()), 4) for key, value in losses.items()}
                print(json.dumps(record), file=log, flush=True)
        if time.monotonic() - kept > KEPT_EVERY and number + 1 < options.epochs:
            kept = time.monotonic()
            state = {
                "model": model.state_dict(),
                "average": average.values,
                "optimizer": optimizer.state_dict(),
            }
            torch.save(state | {"step": step, "epoch": number + 1, "tags": corpus.tags}, state_path)
    torch.save(
        {"model": average.values, "tags": corpus.tags, "step": step, "epochs": options.epochs},
        options.out / "final.pt",
    )
    if options.valid:
        model.load_state_dict(average.values)
        figures = validated(model, corpus, options)
        print(json.dumps({"valid": figures}), file=log, flush=True)
        print(json.dumps(figures), flush=True)


def step_losses(
    model: Model,
    teachers: Sequence[Model],
    batch: Batch,
    vectors: Tensor | None,
    options: argparse.Namespace,
) -> tuple[Batch, Tensor]:
    """The loss of each head, and their weighted sum."""
    with mixed(options):
        scores = model(batch)
        with torch.no_grad():
            taught = [teacher(batch) for teacher in teachers]
        losses = hard_losses(scores, batch, vectors)
        if taught:
            for key, value in soft_losses(scores, taught, batch).items():
                losses[key] = (1 - options.soft) * losses[key] + options.soft * value
        total = torch.stack([WEIGHTS[key] * value for key, value in losses.items()]).sum()
    return losses, total


@torch.no_grad()
def validated(model: Model, corpus: Corpus, options: argparse.Namespace) -> dict[str, float]:
    """The mean loss of each head on documents that training does not read, as they are."""
    model.eval()
    rng = random.Random(0)
    tokenizer = load_tokenizer()
    made = [
        w
        for d in read_corpus(options.valid)
        for w in document_windows(d, tokenizer, corpus.tags, options.window, rng)
    ]
    sums: Counter[str] = Counter()
    parts = list(batches(made, options.batch_pieces, rng))
    for part in parts:
        batch = on(options.device, collate(part))
        with mixed(options):
            losses = hard_losses(model(batch), batch, None)
        sums.update({key: float(value) / len(parts) for key, value in losses.items()})
    return {key: round(value, 4) for key, value in sums.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quotes", type=Path, required=True, help="attributions with silver syntax (JSON Lines)"
    )
    parser.add_argument(
        "--names", type=Path, required=True, help="documents with gold entities (JSON Lines)"
    )
    parser.add_argument(
        "--referents", type=Path, required=True, help="pronouns and whom they mean (GAP)"
    )
    parser.add_argument("--without", help="a publisher to leave out, to be scored on")
    parser.add_argument(
        "--start", type=Path, required=True, help="folder of the pretrained encoder"
    )
    parser.add_argument(
        "--teachers",
        type=Path,
        nargs="*",
        default=[],
        help="trained models (final.pt) to learn from as well",
    )
    parser.add_argument(
        "--teachers-start", type=Path, help="folder of the pretrained encoder of the teachers"
    )
    parser.add_argument("--soft", type=float, default=0.7, help="the teachers' part in the loss")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for the log, the state and the weights"
    )
    parser.add_argument(
        "--valid", type=Path, help="attributions that are not read: the loss on them at the end"
    )
    parser.add_argument("--epochs", type=float, default=5)
    parser.add_argument(
        "--weights",
        type=Path,
        help="go on from these (final.pt), not from the pretrained encoder alone",
    )
    parser.add_argument(
        "--encoder-rate", type=float, default=2.5e-4, help="learning rate of the pretrained part"
    )
    parser.add_argument("--rate", type=float, default=1.0, help="of the learning rates")
    parser.add_argument(
        "--nested-share",
        type=float,
        default=0.06,
        help="of the sentences that others can be made to say",
    )
    parser.add_argument(
        "--nested-first",
        type=float,
        help="that share in the first epoch, from where it grows evenly",
    )
    parser.add_argument("--window", type=int, default=256, help="word pieces a window")
    parser.add_argument("--batch-pieces", type=int, default=2560)
    parser.add_argument(
        "--names-share", type=float, default=0.2, help="share of --names read in each epoch"
    )
    parser.add_argument(
        "--referents-share",
        type=float,
        default=0.25,
        help="share of --referents read in each epoch",
    )
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1, help="processes that make epochs ahead")
    parser.add_argument(
        "--bf16",
        action="store_true",
        help="mixed precision: 1.7 times as fast where the processor has it",
    )
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
