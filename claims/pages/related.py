"""What relates to a quote: who denies or leaves unanswered what it says, what it denies or answers
itself, and how else the same was reported.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from claims.models import Match, MatchKind, Quote
from claims.models.quote_queryset import QuoteQuerySet

QUOTES_SHOWN = 10  # of each sort


@dataclass(frozen=True, slots=True)
class ReplyWordings:
    """Wordings by how they relate to a quote, for each kind: those that reply to its claim, and those
    that its own wording replies to.
    """

    replying: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    replied_to: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def find_reply_wordings(quote: Quote) -> ReplyWordings:
    """Return the wordings that deny or answer a quote, or that it denies or answers. One query."""
    found = ReplyWordings()
    concerns_it = Q(first__claim=quote.claim_id) | Q(second=quote.wording_id)
    kinds = (MatchKind.DENIES, MatchKind.ANSWERS)
    replies = Match.objects.public().filter(concerns_it, kind__in=kinds).order_by()
    for first, second, kind in replies.values_list("first", "second", "kind"):
        if second == quote.wording_id:
            found.replied_to[kind].add(first)
        else:
            found.replying[kind].add(second)
    return found


def find_related_quotes(quote: Quote) -> dict[str, Any]:
    """Return the quotes that its page shows beside a quote, by what they are to it.

    Each is there but once. It takes no query for what there is nothing of.
    """
    standing = Quote.objects.standing().for_list()
    replies = find_reply_wordings(quote)
    denials = list(select_denials(standing, quote, replies))
    shown = [quote.pk, *(denial.pk for denial in denials)]
    others = standing.of_claim(quote.claim_id).exclude(pk__in=shown).newest()
    return {
        "inner": standing.filter(within=quote).order_by("cue_start"),
        "denials": denials,
        "silences": select_wordings(standing, replies.replying[MatchKind.ANSWERS]),
        "denied": select_wordings(standing, replies.replied_to[MatchKind.DENIES]),
        "answered": select_wordings(standing, replies.replied_to[MatchKind.ANSWERS]),
        "others": others[:QUOTES_SHOWN],
    }


def select_denials(standing: QuoteQuerySet, quote: Quote, replies: ReplyWordings) -> QuoteQuerySet:
    """Return the quotes that deny what a quote says: by their wordings, or since they are of the same
    claim and deny it while the quote does not.
    """
    denies = Q(wording__in=replies.replying[MatchKind.DENIES])
    if quote.stance != "denies":
        denies |= Q(wording__claim=quote.claim_id, stance="denies")
    return standing.filter(denies).exclude(pk=quote.pk).newest()[:QUOTES_SHOWN]


def select_wordings(standing: QuoteQuerySet, wordings: set[int]) -> QuoteQuerySet:
    """Return the quotes with one of these wordings, the newest first."""
    if not wordings:
        return standing.none()
    return standing.filter(wording__in=wordings).newest()[:QUOTES_SHOWN]
