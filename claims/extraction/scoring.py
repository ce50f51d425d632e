"""Scores of predicted attributions against gold ones, each as precision, recall and F1 over all documents.

source, cue, content    characters of the role (soft); exact spans of one attribution's role (exact)
attribution             one-to-one pairs: contents overlap with Jaccard >= 0.5 over non-space characters, and the sources
                        overlap or both are absent
attribution-exact       the same content and the same source, up to white space, quotation marks and edge punctuation
who-said-what           attribution pairs whose speakers are the same actor, in documents whose gold names speakers;
                        attributions without a gold speaker count neither for nor against
act                     accuracy of the act over pairs, and its macro F1

Pairs are found greedily from the largest content overlap down. The measures are those of the PolNeAR evaluations with
partial content overlap, as Jaccard.
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
EDGE_PUNCTUATION = " \t\r\n.,;:!?\"'“”‘’«»()[]–—-"
NO_PART_OF_A_NAME = PERSON_TITLES | {"a", "an"}

RecordSpans = Iterable[Sequence[int]] | None
AttributionRecord = Mapping[str, Any]
TrimmedSpans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Score:
    precision: float
    recall: float
    f1: float
    gold: int


@dataclass(slots=True)
class ScoreTally:
    """Counts over documents; `score(row)` turns those of one row into figures."""

    hit: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    acts: list[tuple[str, str | None]] = field(default_factory=list)

    def score(self, row: str) -> Score:
        precision = self.hit[row] / self.made[row] if self.made[row] else 0.0
        recall = self.hit[row] / self.gold[row] if self.gold[row] else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return Score(precision, recall, f1, self.gold[row])

    def count(self, row: str, hit: int, made: int, gold: int) -> None:
        self.hit[row] += hit
        self.made[row] += made
        self.gold[row] += gold

    def act_accuracy(self) -> float:
        return sum(gold == made for gold, made in self.acts) / len(self.acts) if self.acts else 0.0

    def act_macro_f1(self) -> float:
        labels = sorted({gold for gold, _ in self.acts})
        scores = []
        for label in labels:
            hit = sum(gold == made == label for gold, made in self.acts)
            both = sum(made == label for _, made in self.acts) + sum(
                gold == label for gold, _ in self.acts
            )
            scores.append(2 * hit / both if both else 0.0)
        return sum(scores) / len(scores) if scores else 0.0


def list_role_characters(spans: RecordSpans, text: str) -> frozenset[int]:
    return frozenset(
        i for a, b in spans or () for i in range(a, min(b, len(text))) if not text[i].isspace()
    )


def trim_role_spans(spans: RecordSpans, text: str) -> TrimmedSpans:
    kept = []
    for start, end in sorted(tuple(span) for span in spans or ()):
        while start < end and text[start] in EDGE_PUNCTUATION:
            start += 1
        while end > start and text[end - 1] in EDGE_PUNCTUATION:
            end -= 1
        if start < end:
            kept.append((start, end))
    return tuple(kept)


def list_words_to_compare(name: str) -> tuple[str, ...]:
    plain = (
        unicodedata.normalize("NFKD", name.replace("’", "'"))
        .encode("ascii", "ignore")
        .decode()
        .casefold()
    )
    words = re.findall(r"[a-z0-9']+", re.sub(r"'s\b", "", plain))
    return tuple(w for w in words if w not in NO_PART_OF_A_NAME and len(w) > 1) or tuple(words)


def is_same_actor(one: str, other: str) -> bool:
    """The same words, or the words of one within the other's with the last word shared (Trump = Donald Trump)."""
    x, y = list_words_to_compare(one), list_words_to_compare(other)
    if x == y:
        return True
    if not x or not y or x[-1].rstrip("s") != y[-1].rstrip("s"):
        return False
    return set(x) <= set(y) or set(y) <= set(x)


@dataclass(frozen=True, slots=True)
class ScoredAttribution:
    """One attribution as the scorer sees it: its record, and the characters of its roles."""

    record: AttributionRecord
    roles: dict[str, frozenset[int]]
    trimmed: dict[str, TrimmedSpans]


def build_scored_attribution(record: AttributionRecord, text: str) -> ScoredAttribution:
    return ScoredAttribution(
        record,
        {role: list_role_characters(record.get(role), text) for role in SCORED_ROLES},
        {role: trim_role_spans(record.get(role), text) for role in SCORED_ROLES},
    )


def pair_attributions(
    gold: Sequence[ScoredAttribution], made: Sequence[ScoredAttribution]
) -> list[tuple[ScoredAttribution, ScoredAttribution]]:
    """One-to-one pairs with content Jaccard >= 0.5, the largest overlaps first."""
    found = []
    for i, g in enumerate(gold):
        for j, m in enumerate(made):
            both = len(g.roles["content"] & m.roles["content"])
            if both and both / len(g.roles["content"] | m.roles["content"]) >= 0.5:
                found.append((both / len(g.roles["content"] | m.roles["content"]), -i, -j))
    taken_gold: set[int] = set()
    taken_made: set[int] = set()
    chosen = []
    for _, i, j in sorted(found, reverse=True):
        if i not in taken_gold and j not in taken_made:
            taken_gold.add(i)
            taken_made.add(j)
            chosen.append((gold[-i], made[-j]))
    return chosen


def score_document(
    tally: ScoreTally,
    text: str,
    gold: Iterable[AttributionRecord],
    made: Iterable[AttributionRecord],
) -> None:
    """Add one document's counts. Records hold `source`, `cue`, `content` as lists of [start, end], `speaker` and `act`."""
    golds = [build_scored_attribution(record, text) for record in gold if record.get("content")]
    mades = [build_scored_attribution(record, text) for record in made if record.get("content")]
    for role in SCORED_ROLES:
        g = frozenset().union(*(s.roles[role] for s in golds))
        m = frozenset().union(*(s.roles[role] for s in mades))
        tally.count(f"{role} soft", len(g & m), len(m), len(g))
        exact_g = Counter(s.trimmed[role] for s in golds if s.record.get(role))
        exact_m = Counter(s.trimmed[role] for s in mades if s.record.get(role))
        tally.count(f"{role} exact", (exact_g & exact_m).total(), exact_m.total(), exact_g.total())
    found = pair_attributions(golds, mades)
    good = sum(
        bool(g.roles["source"] & m.roles["source"]) or not (g.roles["source"] or m.roles["source"])
        for g, m in found
    )
    tally.count("attribution", good, len(mades), len(golds))
    whole_g = Counter((s.trimmed["source"], s.trimmed["content"]) for s in golds)
    whole_m = Counter((s.trimmed["source"], s.trimmed["content"]) for s in mades)
    tally.count("attribution-exact", (whole_g & whole_m).total(), len(mades), len(golds))
    if any("speaker" in s.record for s in golds):
        score_speakers(tally, golds, mades, found)


def has_nested_attributions(attributions: Iterable[AttributionRecord]) -> bool:
    """Whether the cue of one attribution stands within the content of another."""
    known = list(attributions)
    contents = [(start, end, one) for one in known for start, end in one.get("content") or ()]
    cues = [(spans[0][0], spans[-1][1], one) for one in known if (spans := one.get("cue"))]
    return any(
        start <= at and to <= end and one is not other
        for at, to, one in cues
        for start, end, other in contents
    )


def score_speakers(
    tally: ScoreTally,
    golds: Sequence[ScoredAttribution],
    mades: Sequence[ScoredAttribution],
    found: list[tuple[ScoredAttribution, ScoredAttribution]],
) -> None:
    idle = sum(g.record.get("speaker") is None for g, _ in found)
    hits = 0
    for g, m in found:
        want, got = g.record.get("speaker"), m.record.get("speaker")
        hits += bool(want and got and any(is_same_actor(w, got) for w in want.split("|")))
        if "act" in g.record:
            tally.acts.append((g.record["act"], m.record.get("act")))
    known = sum(s.record.get("speaker") is not None for s in golds)
    tally.count("who-said-what", hits, len(mades) - idle, known)


def format_score_table(tally: ScoreTally) -> str:
    """The figures as the evaluation prints them."""
    lines = [f"{'':20s}{'P':>8s}{'R':>8s}{'F1':>8s}{'gold':>8s}"]
    for row in SCORE_ROWS:
        if tally.gold[row]:
            s = tally.score(row)
            lines.append(f"{row:20s}{s.precision:8.3f}{s.recall:8.3f}{s.f1:8.3f}{s.gold:8d}")
    if tally.acts:
        accuracy, macro = tally.act_accuracy(), tally.act_macro_f1()
        lines.append(
            f"act accuracy {accuracy:.3f}, macro F1 {macro:.3f} over {len(tally.acts)} pairs"
        )
    return "\n".join(lines)
