"""Which of our wordings a fact-check is about: proposed by the words of both, decided by a person.

A fact-check is read as if whoever made the claim had said it, and is compared with wordings that
share words with it, as these are with each other. Nothing is ever joined by that: what others found
stays beside our claims.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pghistory
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Q

from claims.extraction.schema import Span
from claims.gathering.candidates import build_candidates_sql, list_candidates_values
from claims.gathering.grouping import wait_for_grouping
from claims.gathering.pairing import LEAST_SCORE
from claims.gathering.prints import compute_runs
from claims.gathering.reading import ReadWording, read_wordings
from claims.models import FactCheck, FactCheckMatch, MatchStatus, Wording
from claims.relating import Utterance, is_claim, read_pair

WHY = "which claims fact-checks are about"  # in the history of what is written
FACTCHECKS_AT_ONCE = 50
# Wordings of a fact-check, or fact-checks of a wording: far more than are alike, since what a
# fact-check is about would else hang on which of both came first.
MOST_CANDIDATES = 5000

WORDINGS_OF_FACTCHECKS_SQL = build_candidates_sql(
    ("claims_factcheck", "id"), ("claims_wordingprint", "wording_id")
)
FACTCHECKS_OF_WORDINGS_SQL = build_candidates_sql(
    ("claims_wordingprint", "wording_id"), ("claims_factcheck", "id")
)

PairNumbers = tuple[int, int]  # of a fact-check and of a wording
PairKeys = tuple[int, str]  # of a fact-check, by its number, and of a wording, by its key


@dataclass(frozen=True, slots=True)
class FoundSubject:
    """That a fact-check is about what a wording says: how likely that is, and what tells it."""

    factcheck: int
    wording: str
    score: float
    status: MatchStatus
    evidence: tuple[str, ...]


def look_up_all_waiting_factchecks() -> Iterator[int]:
    """Find the claims of all fact-checks that wait; yield how many were looked at, time and again."""
    while looked_at := look_up_waiting_factchecks():
        yield looked_at


@transaction.atomic
def look_up_waiting_factchecks() -> int:
    """Find the claims of some of the fact-checks that wait; return how many these are."""
    wait_for_grouping()
    # Locked, so that none tells something else before it is noted as read; one that is just being
    # stored waits for the next pass.
    waits = FactCheck.objects.filter(read_as="").select_for_update(skip_locked=True)
    waiting = list(waits.order_by("pk")[:FACTCHECKS_AT_ONCE])
    if not waiting:
        return 0
    with pghistory.context(why=WHY):
        for factcheck in waiting:
            factcheck.runs = compute_runs([build_utterance(factcheck)])
            factcheck.read_as = compute_digest(factcheck)
        FactCheck.objects.bulk_update(waiting, ["runs", "read_as"])
        numbers = [factcheck.pk for factcheck in waiting]
        pairs = find_pairs(WORDINGS_OF_FACTCHECKS_SQL, numbers)
        wordings = read_wordings({wording for _, wording in pairs})
        found = compare(pairs, waiting, wordings)
        write_found(found, Q(factcheck__in=numbers))
    return len(waiting)


def look_up_factchecks_of(wordings: Sequence[ReadWording]) -> None:
    """Find the fact-checks that are about wordings which were just read."""
    numbers = [wording.number for wording in wordings]
    if not numbers:
        return
    pairs = [
        (factcheck, wording)
        for wording, factcheck in find_pairs(FACTCHECKS_OF_WORDINGS_SQL, numbers)
    ]
    factchecks = FactCheck.objects.filter(pk__in={factcheck for factcheck, _ in pairs})
    found = compare(pairs, factchecks, {wording.number: wording for wording in wordings})
    write_found(found, Q(wording__in=[wording.key for wording in wordings]))


def forget_subjects(wordings: Collection[int]) -> None:
    """Forget that fact-checks are about wordings that readers do not see, not what a person decided."""
    keys = Wording.objects.filter(pk__in=wordings).order_by().values_list("key", flat=True)
    write_found({}, Q(wording__in=list(keys)))


def find_pairs(statement: str, numbers: Collection[int]) -> list[PairNumbers]:
    """Return the rows of these numbers with those of the other table that share words with them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list_candidates_values(numbers, MOST_CANDIDATES))
        return [(asked, found) for asked, found, _ in cursor.fetchall()]


def build_utterance(factcheck: FactCheck) -> Utterance:
    """Return what was reviewed as if whoever claims it had said it."""
    return Utterance(
        text=factcheck.claim,
        content=(Span(0, len(factcheck.claim)),),
        speaker=factcheck.said_by,
        article=f"fact-check {factcheck.key}",
        published=factcheck.said_on or factcheck.reviewed_on,
    )


def compute_digest(factcheck: FactCheck) -> str:
    """Return what is another as soon as a fact-check reads otherwise."""
    told = (factcheck.claim, factcheck.said_by, factcheck.said_on, factcheck.reviewed_on)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def compare(
    pairs: Iterable[PairNumbers],
    factchecks: Iterable[FactCheck],
    wordings: dict[int, ReadWording],
) -> dict[PairKeys, FoundSubject]:
    """Return those of these pairs in which the fact-check is about what the wording says."""
    utterances = {factcheck.pk: build_utterance(factcheck) for factcheck in factchecks}
    found = {}
    for factcheck, number in sorted(pairs):
        if factcheck in utterances and number in wordings:
            wording = wordings[number]
            subject = find_subject(factcheck, utterances[factcheck], wording)
            if subject:
                found[factcheck, wording.key] = subject
    return found


def find_subject(number: int, claim: Utterance, wording: ReadWording) -> FoundSubject | None:
    """Return that a fact-check is about a wording, by the quote of it that is likest the claim."""
    if not is_claim(claim):
        return None
    found = []
    for quote in wording.quotes:
        reading = read_pair(claim, quote.utterance)
        is_same = reading.relation in ("same-words", "same-claim")
        if is_same and reading.same_claim >= LEAST_SCORE and is_claim(quote.utterance):
            status = MatchStatus.SURE if reading.automatic else MatchStatus.PROPOSED
            score, evidence = reading.same_claim, reading.evidence
            found.append(FoundSubject(number, wording.key, score, status, evidence))
    return max(found, key=lambda subject: subject.score, default=None)


def write_found(found: dict[PairKeys, FoundSubject], looked_at: Q) -> None:
    """Bring what is stored of those looked at to what was found; what a person decided stays."""
    left = dict(found)
    gone = []
    changed = []
    for row in FactCheckMatch.objects.filter(looked_at):
        subject = left.pop((row.factcheck_id, row.wording_id), None)
        if subject is None and not row.is_decided:
            gone.append(row.pk)
        elif update_row(row, subject):
            changed.append(row)
    if gone:
        FactCheckMatch.objects.filter(pk__in=gone).delete()
    if changed:
        FactCheckMatch.objects.bulk_update(changed, ["score", "evidence", "status", "found"])
    FactCheckMatch.objects.bulk_create([build_row(subject) for subject in left.values()])


def build_row(subject: FoundSubject) -> FactCheckMatch:
    return FactCheckMatch(
        factcheck_id=subject.factcheck,
        wording_id=subject.wording,
        score=subject.score,
        evidence=list(subject.evidence),
        status=subject.status.value,
        found=subject.status.value,
    )


def update_row(row: FactCheckMatch, subject: FoundSubject | None) -> bool:
    """Give a row what was found now, and return whether that is something else."""
    before = (row.score, row.evidence, row.status, row.found)
    if subject is None:
        row.found = ""
    else:
        row.score = subject.score
        row.evidence = list(subject.evidence)
        row.found = subject.status.value
    if not row.is_decided:
        row.status = row.found
    return (row.score, row.evidence, row.status, row.found) != before


# A person's word on that


@transaction.atomic
def decide_subjects(matches: Iterable[int], status: MatchStatus, curator: User) -> int:
    """Confirm or refuse that fact-checks are about wordings; return how many pairs that was."""
    wait_for_grouping()  # else what is found meanwhile could be written over it
    return FactCheckMatch.objects.filter(pk__in=list(matches)).decide(status, curator)


@transaction.atomic
def take_back_subjects(matches: Iterable[int]) -> int:
    """Return to what was found of these pairs; return how many decisions are taken back."""
    wait_for_grouping()
    return FactCheckMatch.objects.filter(pk__in=list(matches)).take_back()
