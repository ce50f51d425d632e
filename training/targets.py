"""Fit what a denial or an answer is about: `claims/relating/model/targets.json`, in half a minute.

    python -m training.targets --replies REPLIES.jsonl [...] [--test REPLIES.jsonl] [--out FOLDER]

A line: `id`, `event`, the quote `reply`, the quotes `others` of its article or story (each as `a` of
a pair of `manage.py relate`), and `targets`, the places in `others` of what it is about, none where
it is about none of them. Beside each file lies that of its articles, with "articles" in its name
where the file has "replies". With `--test` nothing is written: of the replies of another file, and
of these by events left out, it is told how often the likeliest is right.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from claims.extraction.records import read_article_record, read_records
from claims.relating.profiles import read_profile
from claims.relating.records import read_pair_lines, read_side
from claims.relating.targets import list_features_of_targets, may_be_about, score_by_weights
from claims.relating.utterances import Utterance
from claims.relating.vocabulary import MODEL_DIR

REGULARIZATION = 0.1
FEWEST_OTHERS = 3  # beside the right one, as which so many wrong ones count at most
WEIGHT_OF_WRONG = 2.0  # all of a reply together, where the right ones together are 1
FOLDS = 4
# Of those replies that were read, hardly any takes a claim up so barely that this could be fitted.
SET_BY_HAND = {"barely taken up": 1.5}

Weights = dict[str, float]


@dataclass(frozen=True)
class ReadReply:
    """A reply, with the features of each quote that it may be about, by place."""

    event: str
    features: dict[int, dict[str, float]]
    targets: frozenset[int]


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=Path, nargs="+", required=True)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL_DIR)
    options = parser.parse_args()
    replies = [reply for path in options.replies for reply in read_replies(path)]
    if options.test:
        report(replies, list(read_replies(options.test)))
        return
    weights = {name: round(weight, 4) for name, weight in fit(replies).items()}
    path = options.out / "targets.json"
    path.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def read_replies(path: Path) -> Iterator[ReadReply]:
    articles = read_articles(path.with_name(path.name.replace("replies", "articles")))
    for _, record in read_pair_lines(path):
        if isinstance(record, ValueError):
            raise record
        reply = read_profile(read_side(record, "reply", articles))
        candidates = {}
        for place, other in enumerate(record["others"]):
            profile = read_profile(read_side({"other": other}, "other", articles))
            if may_be_about(reply, profile):
                candidates[place] = profile
        features = list_features_of_targets(reply, candidates)
        yield ReadReply(record["event"], features, frozenset(record["targets"]))


def read_articles(path: Path) -> dict[str, Utterance]:
    articles = {}
    for _, record in read_records(path):
        if isinstance(record, ValueError):
            raise record
        text = read_article_record(record)
        key = str(record["id"])
        articles[key] = Utterance(text.text, (), article=key, published=text.published)
    return articles


def fit(replies: Sequence[ReadReply]) -> Weights:
    """Return the weights by which the right quotes of each reply are told from the others."""
    found = {name for reply in replies for told in reply.features.values() for name in told}
    names = sorted(found - SET_BY_HAND.keys())
    rows, labels, shares = [], [], []
    for reply in replies:
        right = reply.features.keys() & reply.targets
        wrong = max(FEWEST_OTHERS, len(reply.features) - len(right))
        for place, told in reply.features.items():
            rows.append([told[name] for name in names])
            labels.append(place in right)
            shares.append(1 / len(right) if place in right else WEIGHT_OF_WRONG / wrong)
    scales = np.maximum(np.std(rows, axis=0), 1e-3)
    regression = LogisticRegression(C=REGULARIZATION, max_iter=3000)
    regression.fit(np.array(rows) / scales, labels, sample_weight=shares)
    weights = (regression.coef_[0] / scales).tolist()
    fitted = dict(zip(names, weights, strict=True))
    return {"bias": float(regression.intercept_[0]), **fitted, **SET_BY_HAND}


# How well it does


def report(replies: Sequence[ReadReply], tests: Sequence[ReadReply]) -> None:
    print("of the other file:", count_right(tests, fit(replies)))
    events = sorted({reply.event for reply in replies})
    right = total = 0
    for fold in range(FOLDS):
        left_out = set(events[fold::FOLDS])
        weights = fit([reply for reply in replies if reply.event not in left_out])
        found = count_right([reply for reply in replies if reply.event in left_out], weights)
        right, total = right + found[0], total + found[1]
    print("by events left out:", (right, total))


def count_right(replies: Sequence[ReadReply], weights: Weights) -> tuple[int, int]:
    """Return for how many replies that have a target it comes first, and how many these are."""
    right = total = 0
    for reply in replies:
        if not reply.targets:
            continue
        total += 1
        scores = {place: score_by_weights(weights, told) for place, told in reply.features.items()}
        likeliest = max(scores, key=lambda place: scores[place], default=None)
        right += likeliest in reply.targets
    return right, total


if __name__ == "__main__":
    main()
