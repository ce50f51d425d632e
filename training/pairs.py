"""Fit how two quotes relate: `claims/relating/model/pairs.npz`, in a minute or two.

    python -m training.pairs --pairs PAIRS.jsonl [...] [--test PAIRS.jsonl] [--out FOLDER]

Pairs are those of `manage.py relate`, each with its `relation` and, to be left out together, its
`event`; of those that nobody read ("different", since they share little) the `weight` is below 1.
Beside each file lies that of its articles. Pairs that rules make of their quotes are
added (`training.made_pairs`). With `--test` nothing is written: the pairs of another file are
scored by the model of `--pairs`, and each of its events by the model of these and its other events.
"""

import random
import zlib
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from claims.extraction.records import read_article_record, read_records
from claims.management.commands.relate import find_articles
from claims.relating.features import list_features
from claims.relating.model import FARTHEST, PairModel
from claims.relating.profiles import read_profile
from claims.relating.reading import judge
from claims.relating.records import read_pair_lines, read_pair_record
from claims.relating.utterances import RELATIONS, PairReading, Utterance
from claims.relating.vocabulary import MODEL_DIR
from training.made_pairs import make_pairs

SYMMETRIC = ("same-words", "same-claim", "different")
MADE_OF_PAIR = 2
WEIGHT_OF_MADE = 0.3
REGULARIZATION = 0.03
TREES = 100
DEPTH = 3
RATE = 0.06
SMALLEST_LEAF = 8
SEEDS = (0, 1, 2)
# Of each relation among pairs that are worth a second look.
SHARES = {
    "same-words": 0.22,
    "same-claim": 0.36,
    "denies": 0.13,
    "answers": 0.07,
    "different": 0.27,
}


@dataclass(frozen=True)
class Example:
    """A pair with its features; of some the weight is less, and some are made by rules."""

    name: str
    event: str
    relation: str
    features: dict[str, float]
    weight: float


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, nargs="+", required=True)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL_DIR)
    options = parser.parse_args()
    examples = [example for path in options.pairs for example in list_examples(path)]
    if options.test:
        report(examples, options.test)
    else:
        save(options.out / "pairs.npz", fit(examples))


def list_examples(path: Path) -> list[Example]:
    """Return the pairs of a file, symmetric ones both ways round, and what rules make of them."""
    examples = []
    for name, event, a, b, relation, weight in read_labelled(path):
        examples.append(build_example(name, event, a, b, relation, weight))
        if weight < 1:
            continue
        if relation in SYMMETRIC:
            examples.append(build_example(f"{name} turned", event, b, a, relation, 1.0))
        chance = random.Random(zlib.crc32(name.encode()))
        made = list(make_pairs(chance.choice((a, b)), chance))
        for one, other, made_relation, kind in chance.sample(made, min(MADE_OF_PAIR, len(made))):
            made_name = f"{name} made: {kind}"
            examples.append(
                build_example(made_name, event, one, other, made_relation, WEIGHT_OF_MADE)
            )
    return examples


def read_labelled(path: Path) -> Iterator[tuple[str, str, Utterance, Utterance, str, float]]:
    """Yield name, event, quotes, relation and weight of each pair of a file."""
    articles = {}
    for _, record in read_records(find_articles(path)):
        if isinstance(record, ValueError):
            raise record
        text = read_article_record(record)
        key = str(record["id"])
        articles[key] = Utterance(text.text, (), article=key, published=text.published)
    for _, record in read_pair_lines(path):
        if isinstance(record, ValueError):
            raise record
        a, b = read_pair_record(record, articles)
        weight = float(record.get("weight", 1))
        yield str(record["id"]), record["event"], a, b, record["relation"], weight


def build_example(
    name: str, event: str, a: Utterance, b: Utterance, relation: str, weight: float
) -> Example:
    features = list_features(read_profile(a), read_profile(b))
    return Example(name, event, relation, features, weight)


def fit(examples: Sequence[Example]) -> PairModel:
    names = tuple(examples[0].features)
    rows = np.array(
        [[example.features[name] for name in names] for example in examples], np.float32
    )
    labels = np.array([RELATIONS.index(example.relation) for example in examples])
    weights = balance_weights(labels, np.array([example.weight for example in examples]))
    means, scales = rows.mean(0), np.maximum(rows.std(0), 1e-3)
    linear_rows = np.clip((rows - means) / scales, -FARTHEST, FARTHEST)
    regression = LogisticRegression(C=REGULARIZATION, max_iter=2000)
    regression.fit(linear_rows, labels, sample_weight=weights)
    boostings = [fit_trees(rows, labels, weights, seed) for seed in SEEDS]
    splits, thresholds, leaves, classes = [], [], [], []
    for boosting in boostings:
        for trees in boosting.estimators_:
            for number, tree in enumerate(trees):
                split, threshold, leaf = complete_tree(tree.tree_)
                splits.append(split)
                thresholds.append(threshold)
                leaves.append(leaf * RATE / len(SEEDS))
                classes.append(number)
    shares = np.bincount(labels, weights, len(RELATIONS)) / weights.sum()
    return PairModel(
        names=names,
        means=means,
        scales=scales,
        weights=regression.coef_.astype(np.float32),
        bias=regression.intercept_.astype(np.float32),
        prior=np.log(shares).astype(np.float32),
        splits=np.array(splits, np.int32),
        thresholds=np.array(thresholds, np.float32),
        leaves=np.array(leaves, np.float32),
        classes=np.array(classes, np.int32),
    )


def balance_weights(labels: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights so that each relation has its share of all."""
    sums = np.bincount(labels, weights, len(RELATIONS))
    factors = np.array(list(SHARES.values())) * weights.sum() / sums
    return np.asarray(weights * factors[labels])


def fit_trees(
    rows: NDArray[np.float32], labels: NDArray[np.int64], weights: NDArray[np.float64], seed: int
) -> GradientBoostingClassifier:
    boosting = GradientBoostingClassifier(
        n_estimators=TREES,
        max_depth=DEPTH,
        learning_rate=RATE,
        subsample=0.6,
        max_features=0.3,
        min_samples_leaf=SMALLEST_LEAF,
        random_state=seed,
    )
    return boosting.fit(rows, labels, sample_weight=weights)


def complete_tree(
    tree: object,
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]:
    """Return splits, thresholds and leaves of a tree as a complete one of `DEPTH`."""
    inner = 2**DEPTH - 1
    splits = np.zeros(inner, np.int32)
    thresholds = np.full(inner, np.inf, np.float32)
    leaves = np.zeros(inner + 1, np.float32)

    def place(node: int, at: int) -> None:
        is_leaf = tree.children_left[node] == -1
        if at >= inner:
            leaves[at - inner] = tree.value[node].ravel()[0]
            return
        if is_leaf:
            place(node, 2 * at + 1)
            place(node, 2 * at + 2)
            return
        splits[at] = tree.feature[node]
        thresholds[at] = tree.threshold[node]
        place(tree.children_left[node], 2 * at + 1)
        place(tree.children_right[node], 2 * at + 2)

    place(0, 0)
    return splits, thresholds, leaves


def save(path: Path, model: PairModel) -> None:
    names = np.frombuffer("\n".join(model.names).encode(), np.uint8)
    np.savez_compressed(
        path,
        names=names,
        means=model.means,
        scales=model.scales,
        weights=model.weights,
        bias=model.bias,
        prior=model.prior,
        splits=model.splits.astype(np.int16),
        thresholds=model.thresholds,
        leaves=model.leaves,
        classes=model.classes.astype(np.int8),
    )


# How well it does


def report(examples: Sequence[Example], path: Path) -> None:
    """Print the scores of a file's pairs, by the examples alone and with its other events."""
    tests = list_examples(path)
    whole = [example for example in tests if is_whole(example)]
    if examples:
        model = fit(examples)
        print("the other pairs alone:")
        print_scores(whole, [judge(model, example.features, is_picked=True) for example in whole])
    print("with the other events:")
    readings: dict[str, PairReading] = {}
    for event in sorted({example.event for example in tests}):
        model = fit([*examples, *(example for example in tests if example.event != event)])
        for example in whole:
            if example.event == event:
                readings[example.name] = judge(model, example.features, is_picked=True)
    print_scores(whole, [readings[example.name] for example in whole])


def is_whole(example: Example) -> bool:
    return " made: " not in example.name and not example.name.endswith(" turned")


def print_scores(examples: Sequence[Example], readings: Sequence[PairReading]) -> None:
    relations = [example.relation for example in examples]
    print_score(
        "same words",
        [r == "same-words" for r in relations],
        [r.same_words >= 0.5 for r in readings],
    )
    same = [r in ("same-words", "same-claim") for r in relations]
    print_score("same claim", same, [r.same_claim >= 0.5 for r in readings])
    print_score("automatic", same, [r.automatic for r in readings])
    scores = []
    for relation in RELATIONS:
        truth = [r == relation for r in relations]
        scores.append(print_score(relation, truth, [r.relation == relation for r in readings]))
    print(f"macro F1 {np.mean(scores):.3f}")
    for example, reading in zip(examples, readings, strict=True):
        if reading.automatic and example.relation not in SYMMETRIC[:2]:
            print("joined and should not be:", example.name, example.relation)


def print_score(name: str, truth: Sequence[bool], said: Sequence[bool]) -> float:
    hits = sum(one and other for one, other in zip(truth, said, strict=True))
    precision, recall = hits / max(1, sum(said)), hits / max(1, sum(truth))
    score = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"  {name:12s} P {precision:.3f} R {recall:.3f} F1 {score:.3f}")
    return score


if __name__ == "__main__":
    main()
