"""Train the scorer of speakers and fit its confidence: `python -m training.speakers --help`.

Each article counts twice, with its quotes as they are annotated and as the engine finds them. What
other quotes' speakers tell is learned from speakers that a scorer found which had not read the
outlet, as it will find them in use; and the confidence is fitted on what such scorers find.

An encoder knows the articles that it has learned from better than any other, so each file is read
by one that has not: `--models` has as many as there are files (`training.folds` makes those).
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from claims.extraction.encoder.arrays import Flags
from claims.extraction.encoder.session import Encoder
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.scoring import is_same_actor, list_words_to_compare
from claims.extraction.speakers.candidates import CandidateTable
from claims.extraction.speakers.columns import FEATURES, FeatureColumns
from claims.extraction.speakers.constraints import exclude_candidates
from claims.extraction.speakers.features import build_features
from claims.extraction.speakers.history import fill_history
from claims.extraction.speakers.resolving import ROUNDS, Choice, choose_speakers
from claims.extraction.speakers.scorer import SPEAKERS_FILE, SpeakerScorer
from training.data import read_corpus
from training.folds import add_models, pair_with_encoders
from training.speaker_articles import SpokenArticle, read_spoken_articles
from training.speaker_examples import TIMES, read_speaker_examples
from training.speaker_report import Told, fit_confidence, format_report
from training.speaker_scorer import Examples, fit_scorer, join_examples, join_scorers

PARTS = 5  # of outlets, of which each is held out in turn
SEEDS = 3  # scorers whose mean is the one that is kept


@dataclass(slots=True)
class ScoredArticle:
    """An article's candidates with their features, and which of them are right."""

    spoken: SpokenArticle
    table: CandidateTable
    columns: FeatureColumns
    excluded: Flags
    right: Flags

    def build_examples(self, speakers: Sequence[int | None]) -> Examples:
        """Return the article's examples, with what these speakers of its quotes tell."""
        fill_history(self.table, self.columns, speakers)
        kept = ~self.excluded
        row_count = np.add.reduceat(kept, self.table.first_row, dtype=np.int64)
        return Examples(
            self.columns.values[kept],
            self.right[kept],
            np.cumsum(row_count) - row_count,
            row_count,
            np.array([quote.is_annotated for quote in self.spoken.quotes], bool),
        )

    def find_speakers(self, scorer: SpeakerScorer, rounds: int = ROUNDS) -> list[Choice | None]:
        choices, _ = choose_speakers(self.table, self.columns, self.excluded, scorer, rounds)
        return choices

    def list_told(self, scorer: SpeakerScorer) -> list[Told]:
        """Return what the scorer tells of each annotated quote."""
        told = []
        choices = self.find_speakers(scorer)
        for number, (spoken, choice) in enumerate(zip(self.spoken.quotes, choices, strict=True)):
            if not spoken.is_annotated:
                continue
            name = self.table.actors[choice.actor].name if choice else None
            share = choice.share if choice else 0.0
            is_right = is_any_of(spoken.speaker, name)
            source_type = self.table.sources[number].type
            told.append(Told(source_type, spoken.speaker, name, share, is_right))
        return told


def is_any_of(gold: str | None, name: str | None) -> bool:
    """Return whether a name is the annotated one, or one of several: "A|B"."""
    if gold is None or name is None:
        return False
    return any(is_same_actor(one, name) for one in gold.split("|"))


def build_scored_article(spoken: SpokenArticle) -> ScoredArticle:
    table = CandidateTable(spoken.context, [quote.quote for quote in spoken.quotes])
    columns = build_features(table)
    excluded = exclude_candidates(table, columns)
    right = np.zeros(len(table), bool)
    for number, quote in enumerate(spoken.quotes):
        rows = table.get_rows(number)
        names = [table.actors[table.actor_of[row]].name for row in rows]
        is_right = mark_right_names(quote.speaker, names)
        is_right &= ~excluded[rows.start : rows.stop]
        right[rows.start : rows.stop] = is_right
        right[rows.stop] = not is_right.any()  # nobody is right where no candidate is
    return ScoredArticle(spoken, table, columns, excluded, right)


def mark_right_names(gold: str | None, names: Sequence[str]) -> Flags:
    """Return which names are the annotated speaker's: word by word the same, or else alike."""
    if gold is None:
        return np.zeros(len(names), bool)
    wanted = {list_words_to_compare(one) for one in gold.split("|")}
    exact = np.array([list_words_to_compare(name) in wanted for name in names], bool)
    if exact.any():
        return exact
    return np.array([is_any_of(gold, name) for name in names], bool)


def divide_outlets(articles: Sequence[ScoredArticle], seed: int) -> list[int]:
    """Return the part of each article; all articles of an outlet are in the same."""
    outlets = sorted({article.spoken.outlet for article in articles})
    np.random.default_rng(seed).shuffle(outlets)
    part_of = {outlet: number % PARTS for number, outlet in enumerate(outlets)}
    return [part_of[article.spoken.outlet] for article in articles]


def cross_fit(
    articles: Sequence[ScoredArticle], examples: Sequence[Sequence[Examples]], seed: int
) -> list[SpeakerScorer]:
    """Return a scorer for each part, fitted on the articles of all the others."""
    parts = divide_outlets(articles, seed)
    scorers = []
    for part in range(PARTS):
        others = [
            one for number, own in enumerate(examples) if parts[number] != part for one in own
        ]
        scorers.append(fit_scorer(join_examples(others), seed))
    return scorers


def build_all_examples(articles: Sequence[ScoredArticle], seed: int) -> list[list[Examples]]:
    """Return the examples of each article: with what sources name alone, and with what scorers
    found that had not read the outlet.
    """
    first = [[article.build_examples(article.table.anchors)] for article in articles]
    scorers = cross_fit(articles, first, seed)
    parts = divide_outlets(articles, seed)
    both = []
    for article, own, part in zip(articles, first, parts, strict=True):
        choices = article.find_speakers(scorers[part], rounds=1)
        speakers = [choice.actor if choice else None for choice in choices]
        both.append([*own, article.build_examples(speakers)])
    return both


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quotes", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=MODEL_DIR / SPEAKERS_FILE)
    add_models(parser)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    spoken: list[SpokenArticle] = []
    for path, encoder in pair_with_encoders(options.quotes, options.models):
        spoken += read_spoken_articles(read_corpus(path), encoder)
    by_hand = read_speaker_examples() * TIMES
    spoken += read_spoken_articles(by_hand, Encoder(options.models[0]))
    articles = [build_scored_article(one) for one in spoken]
    scorer = train(articles, options.seed)
    save_scorer(scorer, options.out)


def train(articles: Sequence[ScoredArticle], seed: int) -> SpeakerScorer:
    """Return the scorer of all articles, with its confidence; print how good it is on others."""
    examples = build_all_examples(articles, seed)
    parts = divide_outlets(articles, seed)
    scorers = cross_fit(articles, examples, seed)
    told = []
    for article, part in zip(articles, parts, strict=True):
        told += article.list_told(scorers[part])
    raw, confidence = fit_confidence(told)
    print(format_report(told, raw, confidence))
    everything = join_examples([one for own in examples for one in own])
    fitted = [fit_scorer(everything, seed + number) for number in range(SEEDS)]
    return replace(join_scorers(fitted), raw=raw, told=confidence)


def save_scorer(scorer: SpeakerScorer, path: Path) -> None:
    np.savez_compressed(
        path,
        features=np.array(FEATURES),
        inner=scorer.inner.astype(np.float16),
        bias=scorer.bias.astype(np.float16),
        outer=scorer.outer.astype(np.float16),
        raw=scorer.raw,
        told=scorer.told,
    )


if __name__ == "__main__":
    main()
