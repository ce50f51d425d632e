"""Train the encoder: `python -m training.train --help`."""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TextIO

import torch
from torch import Tensor, nn

from claims.extraction.encoder.features import load_tokenizer
from claims.extraction.encoder.session import HIDDEN_SIZE
from training.data import read_corpus
from training.epochs import Arrays, Corpus, read_training_corpus
from training.losses import Batch, compute_hard_losses, compute_soft_losses
from training.model import Encoder, Links, References, Syntax, Vectors
from training.teacher import teach
from training.windows import collate, cut_into_windows, group_into_batches

WEIGHTS = {
    "roles": 1.0,
    "links": 3.0,
    "heads": 0.2,
    "tags": 0.1,
    "entities": 0.3,
    "sentences": 0.1,
    "references": 0.2,
    "vectors": 0.5,
}
HEAD_RATE = 1e-3  # learning rate of all that is not pretrained
WARM_UP = 0.06  # the part of training in which the learning rates rise
AVERAGE = 0.998  # what stays of the averaged weights at each step
SAVED_EVERY = 300  # seconds between two states on the disk
LOGGED_EVERY = 20  # steps


class Model(nn.Module):
    """The encoder with every head, those that teach it alone included."""

    def __init__(self, folder: Path, tags: Sequence[str]):
        super().__init__()
        self.encoder = Encoder(folder)
        self.links = Links()
        self.references = References()
        size = self.encoder.bert.config.hidden_size
        self.syntax = Syntax(size, len(tags))
        self.vectors = Vectors(size)

    def forward(self, batch: Batch) -> Batch:
        """Return the scores of every head: of each word, each cue and word, each mention and word;
        a vector a content.
        """
        encoder = self.encoder
        words = encoder.words(
            batch["pieces"], batch["mask"], batch["shape"], batch["opens"], batch["first"]
        )
        window_of_cue, cue = batch["cue_window"], batch["cue_first"]
        window_of_mention, mention = batch["mentions"].unbind(1)
        word_sides = encoder.word_side(words)[window_of_cue]
        cue_sides = encoder.cue_side(words)[window_of_cue, cue]
        mention_sides = encoder.mention_side(words)[window_of_mention, mention]
        name_sides = encoder.name_side(words)[window_of_mention]
        return {
            "roles": encoder.roles(words),
            "entities": encoder.entities(words),
            "sentences": encoder.sentences(words),
            "tags": self.syntax.tags(words),
            "heads": self.syntax.arcs(words),
            "links": self.links(word_sides, cue_sides, cue),
            "references": self.references(mention_sides, name_sides, mention),
            "vectors": self.vectors(words, batch["contents"][:, :3]),
        }


def load_model(weights: Path, start: Path) -> Model:
    """Return a trained model (`final.pt`) on the pretrained encoder that it began with."""
    state = torch.load(weights, weights_only=False, map_location="cpu")
    model = Model(start, state["tags"])
    model.load_state_dict(state["model"])
    return model.eval()


class MovingAverage:
    """An exponential moving average of the weights, which is what is exported."""

    def __init__(self, model: nn.Module):
        self.values = {name: value.detach().clone() for name, value in model.state_dict().items()}

    def update(self, model: nn.Module, step: int) -> None:
        kept = min(AVERAGE, (1 + step) / (10 + step))
        now = {
            name: value
            for name, value in model.state_dict().items()
            if value.dtype.is_floating_point
        }
        averaged = [self.values[name] for name in now]
        torch._foreach_lerp_(averaged, list(now.values()), 1 - kept)


def get_rate(progress: float) -> float:
    """Return the part of the highest learning rate that is due at a point between 0 and 1 of
    training.
    """
    if progress < WARM_UP:
        return progress / WARM_UP
    return max(0.0, (1 - progress) / (1 - WARM_UP))


def load_batch(device: str, arrays: Arrays) -> Batch:
    return {
        name: torch.from_numpy(values).to(device, non_blocking=True).long()
        for name, values in arrays.items()
    }


def use_mixed_precision(options: argparse.Namespace) -> AbstractContextManager[Any]:
    return torch.autocast(options.device, dtype=torch.bfloat16, enabled=options.bf16)


def build_optimizer(model: Model, options: argparse.Namespace) -> torch.optim.AdamW:
    """Return an optimizer with one rate for the pretrained part and another for the rest."""
    pretrained = list(model.encoder.bert.parameters())
    known = {id(parameter) for parameter in pretrained}
    others = [parameter for parameter in model.parameters() if id(parameter) not in known]
    groups = [
        {
            "params": [parameter for parameter in pretrained if parameter.requires_grad],
            "lr": options.encoder_rate * options.rate,
        },
        {"params": others, "lr": HEAD_RATE * options.rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def read_vectors(corpus: Corpus, model: Model, options: argparse.Namespace) -> Tensor | None:
    """Return the vectors that contents are to have.

    None for a larger model, which teaches others and needs none.
    """
    if model.encoder.bert.config.hidden_size != HIDDEN_SIZE:
        return None
    documents = [*corpus.quotes, *corpus.gold, *corpus.names]
    vectors = teach(documents, options.start, options.out / "teacher.pt", options.device)
    return vectors.to(options.device)


class Training:
    """A model in training, with all that a run which was cut off goes on from."""

    def __init__(self, options: argparse.Namespace, corpus: Corpus):
        self.options = options
        self.corpus = corpus
        self.model = Model(options.start, corpus.tags).to(options.device)
        self.teachers = [
            load_model(weights, options.teachers_start).to(options.device)
            for weights in options.teachers
        ]
        self.vectors = read_vectors(corpus, self.model, options)
        if options.weights:
            stored = torch.load(options.weights, weights_only=False)
            self.model.load_state_dict(stored["model"])
        self.optimizer = build_optimizer(self.model, options)
        self.highest_rates = [group["lr"] for group in self.optimizer.param_groups]
        self.average = MovingAverage(self.model)
        self.step = 0
        self.first_epoch = 0
        self.state_path: Path = options.out / "state.pt"
        if self.state_path.exists():
            self._resume()

    def _resume(self) -> None:
        state = torch.load(self.state_path, weights_only=False, map_location=self.options.device)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average.values = state["average"]
        self.step = state["step"]
        self.first_epoch = state["epoch"]
        print(f"resumed at step {self.step}", flush=True)

    def save_state(self, next_epoch: int) -> None:
        state = {
            "model": self.model.state_dict(),
            "average": self.average.values,
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "epoch": next_epoch,
            "tags": self.corpus.tags,
        }
        torch.save(state, self.state_path)

    def save_final(self) -> None:
        final = {
            "model": self.average.values,
            "tags": self.corpus.tags,
            "step": self.step,
            "epochs": self.options.epochs,
        }
        torch.save(final, self.options.out / "final.pt")

    def learn(self, arrays: Arrays, progress: float) -> Batch:
        """Take one step at a point between 0 and 1 of training; return the losses before it."""
        for group, highest in zip(self.optimizer.param_groups, self.highest_rates, strict=True):
            group["lr"] = highest * get_rate(progress)
        batch = load_batch(self.options.device, arrays)
        losses, total = self.compute_losses(batch)
        total.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self.average.update(self.model, self.step)
        return losses

    def compute_losses(self, batch: Batch) -> tuple[Batch, Tensor]:
        """Return the loss of each head, and their weighted sum."""
        soft = self.options.soft
        with use_mixed_precision(self.options):
            scores = self.model(batch)
            with torch.no_grad():
                taught = [teacher(batch) for teacher in self.teachers]
            losses = compute_hard_losses(scores, batch, self.vectors)
            if taught:
                for head, loss in compute_soft_losses(scores, taught, batch).items():
                    losses[head] = (1 - soft) * losses[head] + soft * loss
            weighted = [WEIGHTS[head] * loss for head, loss in losses.items()]
            total = torch.stack(weighted).sum()
        return losses, total


def train(options: argparse.Namespace) -> None:
    """Train a model from the corpora, or go on with one that was cut off, and write its log and
    weights.
    """
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    if options.weights:
        options.tags = torch.load(options.weights, weights_only=False)["tags"]
    corpus = read_training_corpus(options)
    options.out.mkdir(parents=True, exist_ok=True)
    training = Training(options, corpus)
    with (options.out / "log.jsonl").open("a") as log:
        read_epochs(training, log)
        training.save_final()
        if options.valid:
            training.model.load_state_dict(training.average.values)
            figures = validate(training.model, corpus, options)
            print(json.dumps({"valid": figures}), file=log, flush=True)
            print(json.dumps(figures), flush=True)


def read_epochs(training: Training, log: TextIO) -> None:
    """Learn from every batch until the end of the schedule, saving the state from time to time."""
    epochs = training.options.epochs
    began = saved = time.monotonic()
    training.model.train()
    first = training.first_epoch
    for number, batches in enumerate(training.corpus.list_epochs(first), first):
        for batch_number, arrays in enumerate(batches):
            epoch = number + batch_number / len(batches)
            if epoch >= epochs:
                break
            losses = training.learn(arrays, epoch / epochs)
            if training.step % LOGGED_EVERY == 0:
                record: dict[str, Any] = {
                    "step": training.step,
                    "epoch": round(epoch, 3),
                    "seconds": round(time.monotonic() - began, 1),
                }
                for head, loss in losses.items():
                    record[head] = round(float(loss.detach()), 4)
                print(json.dumps(record), file=log, flush=True)
        if time.monotonic() - saved > SAVED_EVERY and number + 1 < epochs:
            saved = time.monotonic()
            training.save_state(number + 1)


@torch.no_grad()
def validate(model: Model, corpus: Corpus, options: argparse.Namespace) -> dict[str, float]:
    """Return the mean loss of each head on documents that training does not read, as they are."""
    model.eval()
    rng = random.Random(0)
    tokenizer = load_tokenizer()
    windows = []
    for document in read_corpus(options.valid):
        windows += cut_into_windows(document, tokenizer, corpus.tags, options.window, rng)
    batches = list(group_into_batches(windows, options.batch_pieces, rng))
    sums: Counter[str] = Counter()
    for windows_of_batch in batches:
        batch = load_batch(options.device, collate(windows_of_batch))
        with use_mixed_precision(options):
            losses = compute_hard_losses(model(batch), batch, None)
        sums.update({head: float(loss) / len(batches) for head, loss in losses.items()})
    return {head: round(loss, 4) for head, loss in sums.items()}


def main() -> None:
    train(build_parser().parse_args())


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quotes", type=Path, required=True, help="attributions with silver syntax (JSON Lines)"
    )
    parser.add_argument(
        "--quotes-share", type=float, default=1.0, help="share of --quotes read in each epoch"
    )
    parser.add_argument(
        "--gold",
        type=Path,
        nargs="*",
        default=[],
        help="articles read whole, with speakers (JSON Lines): each is read in each epoch",
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
    parser.set_defaults(tags=None)
    return parser


if __name__ == "__main__":
    main()
