"""A curator's word on how two wordings relate: it counts at once, and over all that is read of them.

It hangs on the wordings, not on a quote, and these stay for it though no quote has them any more.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Substr
from django.utils import timezone

from claims.gathering.grouping import regroup, wait_for_grouping
from claims.models import Match, MatchKind, MatchStatus, Quote, Wording, WordingPrint
from claims.models.decided import DECIDED_STATUSES
from claims.models.matches import SAME_KINDS, MatchQuerySet
from claims.models.refusals import Refused

QUOTES_SHOWN_OF_WORDING = 4
CHARACTERS_AROUND = 160  # a quote, on either side, by which to judge it
LONGEST_QUOTE_SHOWN = 1200  # characters


class MatchRefused(Refused):
    """Why a decision on two wordings cannot be taken, in a sentence."""


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """What stood of a match before somebody decided on it: its status, who decided, and when."""

    match: int
    status: str
    curator: int | None
    decided_at: datetime | None


@transaction.atomic
def decide_matches(matches: Iterable[int], status: MatchStatus, curator: User) -> int:
    """Confirm or refuse what was found of pairs of wordings; return how many pairs that was."""
    wait_for_grouping()
    chosen = Match.objects.filter(pk__in=list(matches))
    wordings = list_wordings(chosen)
    number = chosen.decide(status, curator)
    regroup(wordings, {}, {})
    return number


@transaction.atomic
def take_back_decisions(matches: Iterable[int]) -> None:
    """Return pairs of wordings to what was found of them, as if nobody had decided.

    The wordings are read anew, since something else may have been found of them by now.
    """
    wait_for_grouping()
    chosen = Match.objects.filter(pk__in=list(matches))
    wordings = list_wordings(chosen)
    chosen.take_back()
    WordingPrint.objects.filter(wording__in=wordings).update(read_as="")
    regroup(wordings, {}, {})


@transaction.atomic
def restore_decision(decision: EarlierDecision) -> None:
    """Return a pair of wordings to an earlier decision, or to what was found if there was none."""
    if decision.status not in DECIDED_STATUSES:
        take_back_decisions([decision.match])
        return
    wait_for_grouping()
    curator = User.objects.filter(pk=decision.curator or 0).first()
    chosen = Match.objects.filter(pk=decision.match)
    wordings = list_wordings(chosen)
    chosen.update(status=decision.status, decided_by=curator, decided_at=decision.decided_at)
    regroup(wordings, {}, {})


@transaction.atomic
def decide_pair(first: int, second: int, status: MatchStatus, curator: User) -> Match:
    """Say that two wordings are one claim or are not, whether or not anything was found of them."""
    if first == second or Wording.objects.filter(pk__in=(first, second)).count() != 2:
        raise MatchRefused("Two wordings are needed, and one of them is not there.")
    wait_for_grouping()
    match = Match.objects.of(first).of(second).first()
    if match is None:
        match = Match(first_id=first, second_id=second, score=1.0, evidence=[])
    if match.kind not in SAME_KINDS:
        match.kind = MatchKind.PARAPHRASE
        match.found = ""
    match.status = status
    match.decided_by = curator
    match.decided_at = timezone.now()
    match.save()
    regroup((first, second), {}, {})
    return match


def list_wordings(matches: Iterable[Match]) -> set[int]:
    return {number for match in matches for number in (match.first_id, match.second_id)}


# What a curator is shown


@dataclass(frozen=True, slots=True)
class MatchSide:
    """A wording of a pair, and some quotes of it."""

    wording: Wording
    quotes: Sequence[Quote]


def build_match_sides(match: Match) -> list[MatchSide]:
    """Return both sides of a match that comes with its wordings, each quote with the `passage` of its
    article around it.
    """
    start = Greatest(F("begins") - CHARACTERS_AROUND, 0) + 1
    length = Least(F("ends") - F("begins"), LONGEST_QUOTE_SHOWN) + 2 * CHARACTERS_AROUND
    sides = []
    for wording in (match.first, match.second):
        quotes = Quote.objects.standing().filter(wording=wording).for_list().oldest()
        quotes = quotes.with_bounds().annotate(passage=Substr("article__text", start, length))
        sides.append(MatchSide(wording, list(quotes[:QUOTES_SHOWN_OF_WORDING])))
    return sides


def find_next_match(
    after: Match | None = None, claim: int | None = None, kinds: Collection[str] = ()
) -> Match | None:
    """Return the likeliest match that waits for a decision, of this claim and of these kinds if any
    are given: the next one after a match that was left for later, and after the last the first.
    """
    waiting = select_waiting(claim, kinds).with_wordings().order_by("-score", "pk")
    if after is not None:
        is_behind = Q(score__lt=after.score) | Q(score=after.score, pk__gt=after.pk)
        following = waiting.filter(is_behind).first()
        if following:
            return following
    return waiting.first()


def select_waiting(claim: int | None, kinds: Collection[str]) -> MatchQuerySet:
    """Return the matches that wait for a decision, of this claim and of these kinds if any are given."""
    waiting = Match.objects.proposed()
    if claim is not None:
        waiting = waiting.of(*Wording.objects.of_claim(claim))
    return waiting.filter(kind__in=kinds) if kinds else waiting
