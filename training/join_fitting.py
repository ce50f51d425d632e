"""Fits the weights of joins, and measures them on what they have not seen: see `training/joins.py`."""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from claims.actors.bare_names import find_bearer_meant
from claims.actors.constraints import list_possible_bearers, may_be_one
from claims.actors.evidence import Evidence, weigh_bare_name, weigh_full_names
from claims.actors.grouping import group_full_names
from claims.actors.named_people import Bearer, NamedPerson
from claims.actors.weighing import SIGNS, WEIGHTS_FILE, JoinScorer, read_scorer
from training.named_articles import NamedArticles

PENALTY = 0.3  # of the square of what a weight differs by from what is expected
PENALTY_OF_BIAS = 0.01
# What signs weigh as long as few examples have them: of those that have had no exception.
PRIORS = {"called_so": 3.0, "same_quotation": 4.0}
# Which way a sign may weigh; those that are not here may weigh either way.
DIRECTIONS = {
    **dict.fromkeys(("called_so", "initials_alone", "same_quotation", "same_office"), 1),
    **dict.fromkeys(("same_story", "same_outlet", "in_story", "ahead_in_story"), 1),
    **dict.fromkeys(("alone_in_story", "about", "ahead_about", "alone_about"), 1),
    **dict.fromkeys(("other_office", "seen_together", "other_country", "is_given_name"), -1),
}
SURE = {"full": 0.7, "bare": 0.6}
LIKELY = 0.4
ROUNDS = 30  # of Newton's method
WEIGHT_OF_DECISION = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A question whose answer is known: `question` is "full" or "bare", `group` a surname."""

    question: str
    group: str
    evidence: Evidence
    is_one: bool
    weight: float = 1.0


# The gold


@dataclass(frozen=True, slots=True)
class GoldName:
    url: str
    name: str
    who: str


def read_gold(paths: Iterable[Path]) -> list[GoldName]:
    names = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            names.append(GoldName(record["url"], record["name"], record["who"]))
    return names


class GoldPersons:
    """Who the actors are that the gold names, and the words of their names.

    Several sets may call one person differently: whoever shares an actor with another is that one.
    """

    def __init__(self, articles: NamedArticles, gold: Iterable[GoldName]):
        self.who: dict[int, str] = {}
        self.words: set[str] = set()
        whos: defaultdict[int, list[str]] = defaultdict(list)
        for name in gold:
            number = articles.mentions.get((name.url, name.name))
            if number is None:
                continue
            whos[number].append(name.who)
            actor = articles.by_number[number]
            if actor.kind == "person":
                self.words.add(actor.key.split()[-1])
        first_of = find_first_names_of(whos.values())
        for number, called in whos.items():
            self.who[number] = first_of[called[0]]

    def are_one(self, one: int, other: int) -> bool | None:
        """Return whether two actors are one person, None where the gold does not tell."""
        if one not in self.who or other not in self.who:
            return None
        return self.who[one] == self.who[other]


def find_first_names_of(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return, for each name that is given to a person, one for all who are named together."""
    first_of: dict[str, str] = {}
    for group in groups:
        firsts = {first_of.get(name, name) for name in group}
        first = min(firsts)
        first_of |= dict.fromkeys(group, first)
        for name, other in list(first_of.items()):
            if other in firsts:
                first_of[name] = first
    return first_of


# Examples


def list_examples(articles: NamedArticles, persons: GoldPersons) -> Iterator[Example]:
    for word in sorted(persons.words):
        yield from list_full_examples(articles, persons, word)
        yield from list_bare_examples(articles, persons, word)


def list_full_examples(
    articles: NamedArticles, persons: GoldPersons, surname: str
) -> Iterator[Example]:
    people = list_full_names(articles, surname)
    articles.ignored = frozenset(word for each in people for word in each.key.split())
    for one, other in combinations(people, 2):
        is_one = persons.are_one(one.number, other.number)
        if is_one is not None and may_be_one(one, other):
            evidence = weigh_full_names(one, other, articles.count_story)
            yield Example("full", surname, evidence, is_one)


def list_full_names(articles: NamedArticles, surname: str) -> list[NamedPerson]:
    namesakes = articles.read_namesakes(surname, with_bare=False, heads={})
    people = [each for each in namesakes.full if each.name.surname == surname and each.name.given]
    return sorted(people, key=lambda person: (person.key, person.number))


def list_bare_examples(
    articles: NamedArticles, persons: GoldPersons, word: str
) -> Iterator[Example]:
    """Yield a bare name with each whom it may mean: full names that the gold joins are one bearer.

    Of bearers whom the gold does not know, those whose names may be one with the right one's are
    passed over.
    """
    heads = build_gold_heads(articles, persons, word)
    namesakes = articles.read_namesakes(word, with_bare=True, heads=heads)
    bearers = namesakes.list_bearers(word)
    articles.ignored = frozenset({word})
    for bare in sorted(namesakes.bare, key=lambda each: each.number):
        who = persons.who.get(bare.number)
        if who is None or len(bare.sightings) != 1:
            continue
        titles = namesakes.titles[bare.number]
        possible = list_possible_bearers(bare, titles, bearers, set())
        evidence = weigh_bare_name(bare, titles, possible, articles.count_story)
        for bearer in possible:
            is_one = is_bearer(bearer, who, possible, persons)
            if is_one is not None:
                yield Example("bare", word, evidence[bearer.number], is_one)


def build_gold_heads(articles: NamedArticles, persons: GoldPersons, word: str) -> dict[int, int]:
    heads: dict[int, int] = {}
    first_of: dict[str, int] = {}
    for actor in articles.by_word[word]:
        who = persons.who.get(actor.number)
        if who and actor.article is None:
            head = first_of.setdefault(who, actor.number)
            if head != actor.number:
                heads[actor.number] = head
    return heads


def is_bearer(
    bearer: Bearer, who: str, possible: Sequence[Bearer], persons: GoldPersons
) -> bool | None:
    known = {persons.who[number] for number in bearer.members if number in persons.who}
    if known:
        return who in known
    for other in possible:
        is_right = any(persons.who.get(number) == who for number in other.members)
        if is_right and other.given[:1] == bearer.given[:1]:
            return None
    return False


def read_decisions(path: Path) -> Iterator[Example]:
    """Yield what curators judged of pairs, with the evidence that they had."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        is_one = record["judgement"] == "same"
        yield Example(
            record["question"], record["group"], record["evidence"], is_one, WEIGHT_OF_DECISION
        )


# Fitting


def fit_scorer(examples: Sequence[Example], left_out: Iterable[str] = ()) -> dict[str, Any]:
    """Return the weights of both questions as `joins.json` holds them."""
    record = {}
    for question in SIGNS:
        own = [example for example in examples if example.question == question]
        fitted = fit_weights(own, SIGNS[question], frozenset(left_out))
        record[question] = {"sure": SURE[question], "likely": LIKELY, **fitted}
    return record


def fit_weights(
    examples: Sequence[Example], signs: Sequence[str], left_out: frozenset[str]
) -> dict[str, Any]:
    """Fit a logistic regression; signs that are left out weigh nothing.

    What speaks for two names never weighs against them, nor the other way round: chance in few
    examples is no evidence.
    """
    unused = set(left_out)
    while True:
        weights, bias = fit_freely(examples, signs, unused)
        wrong = {sign for sign, weight in weights.items() if weight * DIRECTIONS.get(sign, 0) < 0}
        if not wrong:
            return {"bias": bias, "weights": weights}
        unused |= wrong


def fit_freely(
    examples: Sequence[Example], signs: Sequence[str], unused: set[str]
) -> tuple[dict[str, float], float]:
    """Return the weights that Newton's method finds, and the bias."""
    columns = []
    for example in examples:
        columns.append([0.0 if sign in unused else example.evidence[sign] for sign in signs])
    inputs = np.hstack([np.array(columns, float), np.ones((len(examples), 1))])
    right = np.array([example.is_one for example in examples], float)
    shares = np.array([example.weight for example in examples])
    penalty = np.full(len(signs) + 1, PENALTY)
    penalty[-1] = PENALTY_OF_BIAS
    expected = np.array(
        [0.0 if sign in unused else PRIORS.get(sign, 0.0) for sign in signs] + [0.0]
    )
    weights = np.zeros(len(signs) + 1)
    for _ in range(ROUNDS):
        told = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (shares * (told - right)) + penalty * (weights - expected)
        curve = (inputs * (shares * told * (1 - told))[:, None]).T @ inputs + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    rounded = [round(float(weight), 4) for weight in weights]
    return dict(zip(signs, rounded[:-1], strict=True)), rounded[-1]


# Measuring


def find_heads(articles: NamedArticles, word: str, scorer: JoinScorer) -> dict[int, int]:
    """Return whom the names with a word are taken for, as the site would join them."""
    heads: dict[int, int] = {}
    surnames = {
        person.name.surname
        for person in articles.read_namesakes(word, with_bare=False, heads={}).full
    }
    for surname in sorted(surnames):
        people = list_full_names(articles, surname)
        articles.ignored = frozenset(each for one in people for each in one.key.split())
        for join in group_full_names(people, set(), articles.count_story, scorer).joins:
            heads[join.alias] = join.actor
    namesakes = articles.read_namesakes(word, with_bare=True, heads=heads)
    bearers = sorted(namesakes.list_bearers(word), key=lambda bearer: sorted(bearer.given))
    articles.ignored = frozenset({word})
    for bare in namesakes.bare:
        if len(bare.sightings) == 1:
            titles = namesakes.titles[bare.number]
            meant = find_bearer_meant(bare, titles, bearers, set(), articles.count_story, scorer)
            if meant and meant.is_sure:
                heads[bare.number] = meant.actor
    return heads


def measure(
    articles: NamedArticles,
    gold: Sequence[GoldName],
    persons: GoldPersons,
    scorer_without: Mapping[str, JoinScorer],
) -> dict[str, Any]:
    """Return precision and recall over all pairs of names, each word by its own scorer."""
    head_of: dict[int, int] = {}
    for word in sorted(persons.words):
        head_of |= find_heads(articles, word, scorer_without[word])
    placed = []
    for name in gold:
        number = articles.mentions.get((name.url, name.name))
        if number is not None:
            placed.append((name, head_of.get(number, number)))
    counts: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for (one, first), (other, second) in combinations(placed, 2):
        is_joined, is_one = first == second, one.who == other.who
        sort = f"{'joined' if is_joined else 'apart'} {'rightly' if is_joined == is_one else 'wrongly'}"
        counts[sort] += 1
        if is_joined != is_one:
            names = sorted((f"{one.name} ({one.who})", f"{other.name} ({other.who})"))
            wrong[f"{sort}: {' and '.join(names)}"] += 1
    joined = counts["joined rightly"]
    return {
        "names": len(placed),
        "precision": round(joined / max(joined + counts["joined wrongly"], 1), 4),
        "recall": round(joined / max(joined + counts["apart wrongly"], 1), 4),
        **counts,
        "wrong": dict(sorted(wrong.items(), key=lambda item: (item[0][:1] != "j", -item[1]))),
    }


def leave_groups_out(
    examples: Sequence[Example], words: Iterable[str], left_out: Iterable[str]
) -> dict[str, JoinScorer]:
    """Return, for each surname, the scorer that has not seen it."""
    left = tuple(left_out)
    whole = read_scorer(fit_scorer(examples, left))
    known = {example.group for example in examples}
    scorers = {}
    for word in words:
        scorers[word] = whole
        if word in known:
            others = [example for example in examples if example.group != word]
            scorers[word] = read_scorer(fit_scorer(others, left))
    return scorers


def fit_joins() -> None:
    """Fit, measure and write, as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", nargs="+", type=Path, metavar="ATTRIBUTED.jsonl")
    parser.add_argument("--gold", action="append", type=Path, required=True)
    parser.add_argument("--decisions", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--leave", nargs="*", default=[], metavar="SIGN")
    parser.add_argument("--weights", type=Path, default=WEIGHTS_FILE)
    options = parser.parse_args()
    articles = NamedArticles(options.documents)
    gold = read_gold(options.gold)
    persons = GoldPersons(articles, gold)
    examples = list(list_examples(articles, persons))
    if options.decisions:
        examples += read_decisions(options.decisions)
    record = fit_scorer(examples, options.leave)
    counts = Counter((example.question, example.is_one) for example in examples)
    print({f"{question} {is_one}": number for (question, is_one), number in counts.items()})
    scorers = leave_groups_out(examples, persons.words, options.leave)
    print(json.dumps(measure(articles, gold, persons, scorers), indent=1, ensure_ascii=False))
    if options.test:
        fresh = read_gold([options.test])
        others = GoldPersons(articles, fresh)
        scorer = read_scorer(record)
        whole = dict.fromkeys(others.words, scorer)
        print(json.dumps(measure(articles, fresh, others, whole), indent=1, ensure_ascii=False))
    options.weights.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
