"""Precision, recall and F1 of predicted attributions against gold ones, over all documents.

source, cue, content    characters of the role (soft); exact spans of one attribution's role (exact)
attribution             one-to-one pairs: contents overlap with Jaccard >= 0.5 over non-space
                        characters, and the sources overlap or both are absent
attribution-exact       the same content and the same source, up to white space, quotation marks
                        and edge punctuation
who-said-what           attribution pairs whose speakers are the same actor, in documents whose
                        gold names speakers; attributions without a gold speaker count neither for
                        nor against
act                     accuracy of the act over pairs, and its macro F1

Gold attributions that are "doubtful", of which careful readers could differ whether they are any,
count neither for nor against, nor do predictions that are paired with one of them.

Pairs are found greedily from the largest content overlap down. The measures are those of the
PolNeAR evaluations with partial content overlap, as Jaccard.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.extraction.lexicon.persons import PERSON_TITLES

SCORED_ROLES = ("source", "cue", "content")
SCORE_ROWS = (
    *(f"{role} {way}" for role in SCORED_ROLES for way in ("soft", "exact")),
    "attribution",
    "attribution-exact",
    "who-said-what",
)
LEAST_OVERLAP = 0.5  # Jaccard of the contents of a pair
EDGE_PUNCTUATION = " \t\r\n.,;:!?\"'“”‘’«»()[]–—-"
NO_PART_OF_A_NAME = PERSON_TITLES | {"a", "an"}
WORD_TO_COMPARE = re.compile(r"[a-z0-9']+")
POSSESSIVE = re.compile(r"'s\b")

RecordSpans = Iterable[Sequence[int]] | None
AttributionRecord = Mapping[str, Any]
TrimmedSpans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one row, and how many gold items it counts."""

    precision: float
    recall: float
    f1: float
    gold: int


def build_score(hits: int, predicted: int, gold: int) -> Score:
    """Return the figures for so many hits; a figure without anything to divide by is 0."""
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 0.0
    if precision + recall:
        f1 = 2 * precision * recall / (precision + recall)
    return Score(precision, recall, f1, gold)


@dataclass(slots=True)
class ScoreTally:
    """Counts over documents, a row each, and the gold and predicted acts of pairs."""

    hits: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    acts: list[tuple[str, str | None]] = field(default_factory=list)

    def count(self, row: str, hits: int, predicted: int, gold: int) -> None:
        """Add one document's counts to a row."""
        self.hits[row] += hits
        self.predicted[row] += predicted
        self.gold[row] += gold

    def score(self, row: str) -> Score:
        return build_score(self.hits[row], self.predicted[row], self.gold[row])

    def measure_act_accuracy(self) -> float:
        """Return the share of pairs whose acts are the same."""
        if not self.acts:
            return 0.0
        same = sum(gold == predicted for gold, predicted in self.acts)
        return same / len(self.acts)

    def measure_act_macro_f1(self) -> float:
        """Return the mean F1 over the acts that the gold has; rare ones weigh as much as others."""
        times_gold = Counter(gold for gold, _ in self.acts)
        times_predicted = Counter(predicted for _, predicted in self.acts)
        times_both = Counter(gold for gold, predicted in self.acts if gold == predicted)
        if not times_gold:
            return 0.0
        total = 0.0
        for act in sorted(times_gold):
            total += 2 * times_both[act] / (times_gold[act] + times_predicted[act])
        return total / len(times_gold)


@dataclass(frozen=True, slots=True)
class ScoredAttribution:
    """One attribution as the scorer sees it: with the characters and spans of its roles."""

    record: AttributionRecord
    characters: dict[str, frozenset[int]]
    spans: dict[str, TrimmedSpans]


def build_scored_attribution(record: AttributionRecord, text: str) -> ScoredAttribution:
    """Return an attribution with the offsets of its roles' characters, and with trimmed spans."""
    return ScoredAttribution(
        record,
        {role: list_role_characters(record.get(role), text) for role in SCORED_ROLES},
        {role: trim_role_spans(record.get(role), text) for role in SCORED_ROLES},
    )


def build_scored_attributions(
    records: Iterable[AttributionRecord], text: str
) -> list[ScoredAttribution]:
    """Return the attributions that have a content; others are not scored."""
    return [build_scored_attribution(record, text) for record in records if record.get("content")]


def list_role_characters(spans: RecordSpans, text: str) -> frozenset[int]:
    """Return the offsets of the characters in some spans that are no white space."""
    characters: set[int] = set()
    for start, end in spans or ():
        offsets = range(start, min(end, len(text)))
        characters.update(offset for offset in offsets if not text[offset].isspace())
    return frozenset(characters)


def trim_role_spans(spans: RecordSpans, text: str) -> TrimmedSpans:
    """Return spans in order, without punctuation and white space at their edges."""
    trimmed = []
    for start, end in sorted(tuple(span) for span in spans or ()):
        while start < end and text[start] in EDGE_PUNCTUATION:
            start += 1
        while end > start and text[end - 1] in EDGE_PUNCTUATION:
            end -= 1
        if start < end:
            trimmed.append((start, end))
    return tuple(trimmed)


def list_words_to_compare(name: str) -> tuple[str, ...]:
    """Return the words of a name without accents, titles and initials, unless it has no others."""
    decomposed = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = decomposed.encode("ascii", "ignore").decode().casefold()
    words = WORD_TO_COMPARE.findall(POSSESSIVE.sub("", plain))
    telling = [word for word in words if word not in NO_PART_OF_A_NAME and len(word) > 1]
    return tuple(telling or words)


def is_same_actor(one: str, other: str) -> bool:
    """Return whether two names may be one actor's.

    They have the same words, or those of one are among the other's and the last word is shared:
    Trump is Donald Trump.
    """
    words = list_words_to_compare(one)
    other_words = list_words_to_compare(other)
    if words == other_words:
        return True
    if not words or not other_words:
        return False
    if words[-1].rstrip("s") != other_words[-1].rstrip("s"):
        return False
    return set(words) <= set(other_words) or set(other_words) <= set(words)


def measure_overlap(characters: frozenset[int], others: frozenset[int]) -> float:
    """Return the Jaccard index of two sets of characters: what they share of what either has."""
    shared = len(characters & others)
    return shared / len(characters | others) if shared else 0.0


def pair_attributions(
    gold: Sequence[ScoredAttribution], predicted: Sequence[ScoredAttribution]
) -> list[tuple[ScoredAttribution, ScoredAttribution]]:
    """Return one-to-one pairs whose contents overlap enough, the largest overlaps first."""
    candidates = []
    for gold_number, gold_one in enumerate(gold):
        for number, predicted_one in enumerate(predicted):
            overlap = measure_overlap(
                gold_one.characters["content"], predicted_one.characters["content"]
            )
            if overlap >= LEAST_OVERLAP:
                candidates.append((-overlap, gold_number, number))
    paired_gold: set[int] = set()
    paired_predicted: set[int] = set()
    pairs = []
    for _, gold_number, number in sorted(candidates):
        if gold_number in paired_gold or number in paired_predicted:
            continue
        paired_gold.add(gold_number)
        paired_predicted.add(number)
        pairs.append((gold[gold_number], predicted[number]))
    return pairs


def leave_out_doubtful(
    gold: list[ScoredAttribution], predicted: list[ScoredAttribution]
) -> tuple[list[ScoredAttribution], list[ScoredAttribution]]:
    """Return both sides without what is doubtful and what is paired with something doubtful."""
    if not any(is_doubtful(one) for one in gold):
        return gold, predicted
    paired_with_doubtful = set()
    for gold_one, predicted_one in pair_attributions(gold, predicted):
        if is_doubtful(gold_one):
            paired_with_doubtful.add(id(predicted_one))
    kept_gold = [one for one in gold if not is_doubtful(one)]
    kept = [one for one in predicted if id(one) not in paired_with_doubtful]
    return kept_gold, kept


def is_doubtful(attribution: ScoredAttribution) -> bool:
    return bool(attribution.record.get("doubtful"))


def score_document(
    tally: ScoreTally,
    text: str,
    gold_records: Iterable[AttributionRecord],
    predicted_records: Iterable[AttributionRecord],
) -> None:
    """Add one document's counts to a tally.

    Records hold `source`, `cue` and `content` as lists of [start, end], `speaker` and `act`.
    """
    gold, predicted = leave_out_doubtful(
        build_scored_attributions(gold_records, text),
        build_scored_attributions(predicted_records, text),
    )
    pairs = pair_attributions(gold, predicted)
    for role in SCORED_ROLES:
        score_role(tally, role, gold, predicted)
    score_whole_attributions(tally, gold, predicted, pairs)
    if any("speaker" in attribution.record for attribution in gold):
        score_speakers(tally, gold, predicted, pairs)
        score_acts(tally, pairs)


def score_role(
    tally: ScoreTally,
    role: str,
    gold: Sequence[ScoredAttribution],
    predicted: Sequence[ScoredAttribution],
) -> None:
    """Count the characters of one role, and its spans."""
    gold_characters = join_characters(gold, role)
    predicted_characters = join_characters(predicted, role)
    shared = gold_characters & predicted_characters
    tally.count(f"{role} soft", len(shared), len(predicted_characters), len(gold_characters))
    gold_spans = Counter(one.spans[role] for one in gold if one.record.get(role))
    predicted_spans = Counter(one.spans[role] for one in predicted if one.record.get(role))
    same = gold_spans & predicted_spans
    tally.count(f"{role} exact", same.total(), predicted_spans.total(), gold_spans.total())


def join_characters(attributions: Iterable[ScoredAttribution], role: str) -> set[int]:
    """Return all characters that have a role in some attribution."""
    characters: set[int] = set()
    for attribution in attributions:
        characters |= attribution.characters[role]
    return characters


def score_whole_attributions(
    tally: ScoreTally,
    gold: Sequence[ScoredAttribution],
    predicted: Sequence[ScoredAttribution],
    pairs: Sequence[tuple[ScoredAttribution, ScoredAttribution]],
) -> None:
    """Count the pairs whose sources agree, and the attributions that are exactly the same."""
    good = sum(has_same_source(gold_one, predicted_one) for gold_one, predicted_one in pairs)
    tally.count("attribution", good, len(predicted), len(gold))
    gold_wholes = Counter((one.spans["source"], one.spans["content"]) for one in gold)
    predicted_wholes = Counter((one.spans["source"], one.spans["content"]) for one in predicted)
    same = gold_wholes & predicted_wholes
    tally.count("attribution-exact", same.total(), len(predicted), len(gold))


def has_same_source(gold: ScoredAttribution, predicted: ScoredAttribution) -> bool:
    """Return whether the sources of a pair overlap, or both are absent."""
    gold_source = gold.characters["source"]
    predicted_source = predicted.characters["source"]
    if not gold_source and not predicted_source:
        return True
    return not gold_source.isdisjoint(predicted_source)


def score_speakers(
    tally: ScoreTally,
    gold: Sequence[ScoredAttribution],
    predicted: Sequence[ScoredAttribution],
    pairs: Sequence[tuple[ScoredAttribution, ScoredAttribution]],
) -> None:
    """Count the pairs whose speakers are the same actor. A gold speaker may have names: "A|B"."""
    hits = 0
    without_gold_speaker = 0
    for gold_one, predicted_one in pairs:
        names = gold_one.record.get("speaker")
        speaker = predicted_one.record.get("speaker")
        if names is None:
            without_gold_speaker += 1
        elif names and speaker:
            hits += any(is_same_actor(name, speaker) for name in names.split("|"))
    gold_speakers = sum(one.record.get("speaker") is not None for one in gold)
    tally.count("who-said-what", hits, len(predicted) - without_gold_speaker, gold_speakers)


def score_acts(
    tally: ScoreTally, pairs: Sequence[tuple[ScoredAttribution, ScoredAttribution]]
) -> None:
    """Note the acts of the pairs whose gold has one."""
    for gold_one, predicted_one in pairs:
        if "act" in gold_one.record:
            tally.acts.append((gold_one.record["act"], predicted_one.record.get("act")))


def has_nested_attributions(attributions: Iterable[AttributionRecord]) -> bool:
    """Return whether the cue of one attribution stands within the content of another."""
    records = list(attributions)
    for inner in records:
        cue = inner.get("cue")
        if not cue:
            continue
        cue_start = cue[0][0]
        cue_end = cue[-1][1]
        for outer in records:
            if outer is not inner and is_within_content(cue_start, cue_end, outer):
                return True
    return False


def is_within_content(start: int, end: int, record: AttributionRecord) -> bool:
    """Return whether the characters from `start` to `end` stand within one span of a content."""
    spans = record.get("content") or ()
    return any(first <= start and end <= last for first, last in spans)


def format_score_table(tally: ScoreTally) -> str:
    """Return the figures as the evaluation prints them."""
    lines = [f"{'':20s}{'P':>8s}{'R':>8s}{'F1':>8s}{'gold':>8s}"]
    for row in SCORE_ROWS:
        if tally.gold[row]:
            lines.append(format_score_line(row, tally.score(row)))
    if tally.acts:
        accuracy = tally.measure_act_accuracy()
        macro_f1 = tally.measure_act_macro_f1()
        lines.append(
            f"act accuracy {accuracy:.3f}, macro F1 {macro_f1:.3f} over {len(tally.acts)} pairs"
        )
    return "\n".join(lines)


def format_score_line(row: str, score: Score) -> str:
    figures = f"{score.precision:8.3f}{score.recall:8.3f}{score.f1:8.3f}"
    return f"{row:20s}{figures}{score.gold:8d}"
