"""Train the encoder: `python -m training.train --help`."""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from claims.extraction.features import load_tokenizer
from training.augment import Names, augmented
from training.data import IGNORE, Document, batches, collate, document_windows, read_corpus, read_referents
from training.model import Encoder, Links, References, Syntax, Vectors
from training.nesting import nested
from training.teacher import teach

WEIGHTS = {"roles": 1.0, "links": 3.0, "heads": 0.2, "tags": 0.1, "entities": 0.3, "sentences": 0.1}
WEIGHTS |= {"references": 0.2, "vectors": 0.5}
ENCODER_RATE, HEAD_RATE = 2.5e-4, 1e-3
WARM_UP = 0.06
AVERAGE = 0.998


class Model(nn.Module):
    def __init__(self, folder: Path, tags: list[str]):
        super().__init__()
        self.encoder, self.links, self.references = Encoder(folder), Links(), References()
        size = self.encoder.bert.config.hidden_size
        self.syntax, self.vectors = Syntax(size, len(tags)), Vectors(size)

    def losses(self, batch: dict[str, Tensor], teacher: Tensor) -> dict[str, Tensor]:
        encoder = self.encoder
        words = encoder.words(*(batch[key] for key in ("pieces", "mask", "shape", "opens", "first")))
        found = {
            "roles": loss(encoder.roles(words), batch["roles"]),
            "entities": loss(encoder.entities(words), batch["entities"]),
            "sentences": loss(encoder.sentences(words), batch["sentences"]),
            "tags": loss(self.syntax.tags(words), batch["tags"]),
            "heads": loss(self.syntax.arcs(words), batch["heads"]),
        }
        at, first = batch["cue_window"], batch["cue_first"]
        if len(at):
            linked = self.links(encoder.word_side(words)[at], encoder.cue_side(words)[at, first], first)
            found["links"] = loss(linked, batch["linked"])
        if len(batch["mentions"]):
            window, at = batch["mentions"].unbind(1)
            sides = encoder.mention_side(words)[window, at], encoder.name_side(words)[window]
            found["references"] = reference_loss(self.references(*sides, at), batch["refers"])
        if len(batch["contents"]):
            made = self.vectors(words, batch["contents"][:, :3])
            found["vectors"] = (1 - (made * teacher[batch["contents"][:, 3]]).sum(-1)).mean()
        return found


def reference_loss(scores: Tensor, refers: Tensor) -> Tensor:
    """`refers` (mentions, words): 0 no name, 1 a name, 2 one that is meant; where none is, "nobody" is right."""
    right = torch.cat([~(refers == 2).any(1, keepdim=True), refers == 2], 1)
    known = torch.cat([torch.ones_like(right[:, :1]), refers > 0], 1)
    scores = scores.float()
    every = scores.masked_fill(~known, -1e4).logsumexp(1)
    return (every - scores.masked_fill(~right, -1e4).logsumexp(1)).mean()


def loss(scores: Tensor, gold: Tensor) -> Tensor:
    known = gold.flatten() != IGNORE
    if not known.any():
        return scores.sum() * 0
    return cross_entropy(scores.flatten(0, 1)[known], gold.flatten()[known])


class Average:
    """An exponential moving average of the weights, which is what is exported."""

    def __init__(self, model: nn.Module):
        self.values = {k: v.detach().clone() for k, v in model.state_dict().items()}

    def update(self, model: nn.Module, step: int) -> None:
        keep = min(AVERAGE, (1 + step) / (10 + step))
        for key, value in model.state_dict().items():
            if value.dtype.is_floating_point:
                self.values[key].lerp_(value, 1 - keep)


def epoch(
    quotes: list[Document],
    names: list[Document],
    referents: list[Document],
    tags: list[str],
    options: argparse.Namespace,
    number: int,
) -> Iterator[dict[str, Tensor]]:
    rng = random.Random(options.seed * 1000 + number)
    tokenizer = load_tokenizer()
    pool = Names(names)
    chosen = [augmented(nested(d, pool, rng, options.nested_share), pool, rng) for d in quotes]
    chosen += rng.sample(names, int(len(names) * options.names_share))
    chosen += rng.sample(referents, int(len(referents) * options.referents_share))
    made = [w for d in chosen for w in document_windows(d, tokenizer, tags, options.window, rng)]
    for batch in batches(made, options.batch_pieces, rng):
        yield collate(batch)


def rate(progress: float) -> float:
    return progress / WARM_UP if progress < WARM_UP else max(0.0, (1 - progress) / (1 - WARM_UP))


def train(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    quotes, names = read_corpus(options.quotes), read_corpus(options.names)
    quotes = [d for d in quotes if d.get("publisher") != options.without]
    referents = read_referents(options.referents)
    options.out.mkdir(parents=True, exist_ok=True)
    teacher = teach([*quotes, *names], options.start, options.out / "teacher.pt")
    counted = Counter(token[2] for d in quotes for token in d.get("tokens") or ())
    tags = sorted(tag for tag, n in counted.items() if n >= 50)
    model = Model(options.start, tags)
    inner = [p for p in model.encoder.bert.parameters() if p.requires_grad]
    known = {id(p) for p in model.encoder.bert.parameters()}
    outer = [p for p in model.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": inner, "lr": ENCODER_RATE}, {"params": outer, "lr": HEAD_RATE}], weight_decay=0.01, fused=True
    )
    if options.weights:
        model.load_state_dict(torch.load(options.weights, weights_only=False)["model"])
    peak = [options.rate * group["lr"] for group in optimizer.param_groups]
    average, step, began, start_epoch = Average(model), 0, time.time(), 0
    spent = 0.0
    state_path = options.out / "state.pt"
    if state_path.exists():
        state = torch.load(state_path, weights_only=False)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        average.values, step, start_epoch, spent = state["average"], state["step"], state["epoch"], state["spent"]
        print(f"resumed at step {step}", flush=True)
    log = (options.out / "log.jsonl").open("a")
    number, done = start_epoch, False
    model.train()
    while not done:
        all_batches = list(epoch(quotes, names, referents, tags, options, number))
        for i, batch in enumerate(all_batches):
            clock = spent + time.time() - began
            progress = clock / (60 * options.minutes) if options.minutes else (number + i / len(all_batches)) / options.epochs
            if progress >= 1:
                done = True
                break
            for group, top in zip(optimizer.param_groups, peak, strict=True):
                group["lr"] = top * rate(progress)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
                losses = model.losses(batch, teacher)
                total = sum(WEIGHTS[key] * value for key, value in losses.items())
            assert isinstance(total, Tensor)
            total.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            average.update(model, step)
            if step % 10 == 0:
                record: dict[str, Any] = {"step": step, "epoch": round(number + i / len(all_batches), 3)}
                record |= {"progress": round(progress, 4), "seconds": round(clock)}
                record |= {key: round(float(value.detach()), 4) for key, value in losses.items()}
                print(json.dumps(record), file=log, flush=True)
        number += 1
        torch.save(
            {
                "model": model.state_dict(),
                "average": average.values,
                "optimizer": optimizer.state_dict(),
                "step": step,
                "epoch": number,
                "spent": spent + time.time() - began,
                "tags": tags,
            },
            state_path,
        )
    torch.save({"model": average.values, "tags": tags, "step": step, "epochs": number}, options.out / "final.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quotes", type=Path, required=True, help="attributions with silver syntax (JSON Lines)")
    parser.add_argument("--names", type=Path, required=True, help="documents with gold entities (JSON Lines)")
    parser.add_argument("--referents", type=Path, required=True, help="pronouns and whom they mean (GAP)")
    parser.add_argument("--without", help="a publisher to leave out, to be scored on")
    parser.add_argument("--start", type=Path, required=True, help="folder of the pretrained encoder")
    parser.add_argument("--out", type=Path, required=True, help="folder for the log, the state and the weights")
    parser.add_argument("--epochs", type=float, default=5)
    parser.add_argument("--minutes", type=float, help="let the clock, not the epochs, set the schedule")
    parser.add_argument("--weights", type=Path, help="go on from these (final.pt), not from the pretrained encoder alone")
    parser.add_argument("--rate", type=float, default=1.0, help="of the learning rates")
    parser.add_argument("--nested-share", type=float, default=0.06, help="of the sentences that others can be made to say")
    parser.add_argument("--window", type=int, default=256, help="word pieces a window")
    parser.add_argument("--batch-pieces", type=int, default=2560)
    parser.add_argument("--names-share", type=float, default=0.2, help="share of --names read in each epoch")
    parser.add_argument("--referents-share", type=float, default=0.25, help="share of --referents read in each epoch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true", help="mixed precision: 1.7 times as fast where the processor has it")
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
