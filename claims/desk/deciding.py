"""What curators decide about quotes: carried out and recorded in one way, whatever the page."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User

from claims.desk.adding import create_quote, get_or_create_actor
from claims.desk.correcting import (
    save_corrected_quote,
    set_act,
    set_parts,
    set_speaker,
    settle_reports,
)
from claims.desk.parts import QuoteParts, check_parts, subtract_spans
from claims.desk.quote_values import QuoteValues, build_quote_values
from claims.desk.refusals import DecisionRefused, StaleQuote
from claims.models import Actor, Article, Decision, DecisionWork, Quote, QuoteStatus

WORK_OF_STATUS = {
    QuoteStatus.ACCEPTED: DecisionWork.ACCEPT,
    QuoteStatus.REJECTED: DecisionWork.REJECT,
    QuoteStatus.UNREVIEWED: DecisionWork.UNREVIEW,
    QuoteStatus.CORRECTED: DecisionWork.CORRECT,
}


class DeskAction(StrEnum):
    """What can be done to a quote, by the word that forms send."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNREVIEW = "unreview"
    GIVE_SPEAKER = "actor"
    GIVE_NO_SPEAKER = "unknown"
    GIVE_RUNNER_UP = "runner"
    GIVE_NEW_SPEAKER = "new"
    GIVE_ACT = "act"
    GIVE_KIND = "kind"
    GIVE_PARTS = "spans"
    SPLIT = "split"
    JOIN = "join"
    ADD = "add"


STATUS_OF_ACTION = {
    DeskAction.ACCEPT: QuoteStatus.ACCEPTED,
    DeskAction.REJECT: QuoteStatus.REJECTED,
    DeskAction.UNREVIEW: QuoteStatus.UNREVIEWED,
}


@dataclass(frozen=True)
class DeskDecision:
    """What a curator wants done to a quote: the action, and the values that this action needs.

    `name` and `kind_of_actor` are those of a new speaker, `runner_up` is a place in the quote's
    list, `following` the primary key of the quote that the curator saw as the next one.
    """

    action: DeskAction
    actor: Actor | None = None
    name: str = ""
    kind_of_actor: str = ""
    runner_up: int = 0
    act: str = ""
    kind: str = ""
    parts: QuoteParts | None = None
    following: int | None = None

    def get_parts(self) -> QuoteParts:
        if self.parts is None:
            raise DecisionRefused("Say where the parts of the quote stand.")
        return self.parts


def check_stands_in_text(quote: Quote) -> None:
    """Raise `DecisionRefused` for a quote of an earlier text, whose parts do not stand in that of now."""
    if quote.version_id is not None:
        raise DecisionRefused("The article no longer has these words, so their places stay.")


@dataclass(frozen=True)
class Decider:
    """Who decides, and in which sitting at the desk.

    What is decided with one of these is one `group`, and is undone at once.
    """

    curator: User
    sitting: str = ""
    group: uuid.UUID = field(default_factory=uuid.uuid4)

    def carry_out(self, quote: Quote, decision: DeskDecision) -> Quote | None:
        """Do to a locked quote what was decided; return the quote that is new by this, if any."""
        match decision.action:
            case DeskAction.ACCEPT | DeskAction.REJECT | DeskAction.UNREVIEW:
                self.set_status(quote, STATUS_OF_ACTION[decision.action])
            case DeskAction.GIVE_SPEAKER | DeskAction.GIVE_NO_SPEAKER:
                self.give_speaker(quote, decision.actor)
            case DeskAction.GIVE_RUNNER_UP:
                self.give_runner_up(quote, decision.runner_up)
            case DeskAction.GIVE_NEW_SPEAKER:
                self.give_speaker_called(quote, decision.name, decision.kind_of_actor)
            case DeskAction.GIVE_ACT:
                self.give_act(quote, decision.act)
            case DeskAction.GIVE_KIND:
                self.give_kind(quote, decision.kind)
            case DeskAction.GIVE_PARTS:
                self.give_parts(quote, decision.get_parts())
            case DeskAction.JOIN:
                self.join_quotes(quote, lock_following_quote(quote, decision.following))
            case DeskAction.SPLIT:
                return self.split_quote(quote, decision.get_parts())
            case DeskAction.ADD:
                return self.add_quote(quote.article, decision.get_parts(), act=decision.act)
        return None

    def set_status(self, quote: Quote, status: QuoteStatus) -> None:
        """Accept, reject or put back a quote, all its other values as they are."""
        with self.record_change(quote, WORK_OF_STATUS[status]):
            quote.status = status
            settle_reports(quote, self.curator)
            Quote.objects.filter(pk=quote.pk).update(status=status)

    def give_speaker(self, quote: Quote, actor: Actor | None) -> None:
        with self.record_change(quote, DecisionWork.SPEAKER):
            set_speaker(quote, actor)
            self.save_as_corrected(quote)

    def give_speaker_called(
        self, quote: Quote, name: str, kind: str, only_here: bool = False
    ) -> None:
        """Give a quote a speaker by name, who may have to be created first.

        Undoing this deletes the new actor, unless something else has come to need it.
        """
        with self.record_change(quote, DecisionWork.SPEAKER) as noted:
            actor, is_new = get_or_create_actor(name, kind, quote.article, only_here)
            if is_new:
                noted["actor_made"] = actor.pk
            set_speaker(quote, actor)
            self.save_as_corrected(quote)

    def give_runner_up(self, quote: Quote, number: int) -> None:
        """Give a quote another speaker whom its source may mean.

        A bare surname, if it is nobody's yet, becomes an actor of this article alone.
        """
        if not 0 <= number < len(quote.runners_up):
            raise DecisionRefused("This quote has no such other speaker.")
        name = quote.runners_up[number]["name"]
        kind = quote.runners_up[number]["kind"]
        is_bare_surname = kind == "person" and len(name.split()) == 1
        self.give_speaker_called(quote, name, kind, only_here=is_bare_surname)

    def give_act(self, quote: Quote, act: str) -> None:
        with self.record_change(quote, DecisionWork.ACT):
            set_act(quote, act)
            self.save_as_corrected(quote)

    def give_kind(self, quote: Quote, kind: str) -> None:
        with self.record_change(quote, DecisionWork.KIND):
            quote.kind = kind
            self.save_as_corrected(quote)

    def give_parts(self, quote: Quote, parts: QuoteParts) -> None:
        check_stands_in_text(quote)
        check_parts(quote.article, parts, own_quote=quote.pk)
        with self.record_change(quote, DecisionWork.SPANS):
            set_parts(quote, parts)
            self.save_as_corrected(quote)

    def add_quote(self, article: Article, parts: QuoteParts, **values: Any) -> Quote:
        """Add a quote that extraction missed. Reading the article again leaves it alone."""
        check_parts(article, parts)
        quote = create_quote(article, parts, values)
        self.record_decision(quote.pk, DecisionWork.ADD, None)
        return quote

    def split_quote(self, quote: Quote, parts: QuoteParts) -> Quote:
        """Make a quote of its own of these parts; their content is taken out of the first's."""
        check_stands_in_text(quote)
        remaining = subtract_spans(quote.content_spans, parts.contents)
        if not remaining:
            raise DecisionRefused(
                "Nothing of the content would be left in the quote that is split."
            )
        check_parts(quote.article, parts)
        with self.record_change(quote, DecisionWork.SPLIT):
            set_parts(quote, QuoteParts(quote.source_span, quote.cue_span, remaining))
            self.save_as_corrected(quote)
        inherited = {
            "actor": quote.actor,
            "act": quote.act,
            "kind": quote.kind,
            "within": quote.within,
        }
        other = create_quote(quote.article, parts, inherited)
        self.record_decision(other.pk, DecisionWork.SPLIT, None)
        return other

    def join_quotes(self, quote: Quote, other: Quote) -> None:
        """Add the contents of another quote of the same source; the other is rejected."""
        check_stands_in_text(quote)
        check_stands_in_text(other)
        if not has_same_speaker(quote, other):
            raise DecisionRefused("The next quote has another source.")
        contents = sorted([*quote.content_spans, *other.content_spans])
        parts = QuoteParts(quote.source_span, quote.cue_span, contents)
        check_parts(quote.article, parts, own_quote=quote.pk)
        with self.record_change(quote, DecisionWork.JOIN):
            set_parts(quote, parts)
            self.save_as_corrected(quote)
        self.set_status(other, QuoteStatus.REJECTED)

    def save_as_corrected(self, quote: Quote) -> None:
        quote.status = QuoteStatus.CORRECTED
        settle_reports(quote, self.curator)
        save_corrected_quote(quote)

    @contextmanager
    def record_change(self, quote: Quote, work: DecisionWork) -> Iterator[QuoteValues]:
        """Record what is done to the quote within the block.

        What the block also creates can be noted in the values that it is given.
        """
        before = build_quote_values(quote.pk)
        noted: QuoteValues = {}
        yield noted
        self.record_decision(quote.pk, work, before, **noted)

    def record_decision(
        self, pk: int, work: DecisionWork, before: QuoteValues | None, **noted: Any
    ) -> Decision:
        """Store a decision with all values of its quote before (None: it is new) and after."""
        return Decision.objects.create(
            curator=self.curator,
            sitting=self.sitting,
            group=self.group,
            quote_id=pk,
            what=work,
            before=before,
            after={**build_quote_values(pk), **noted},
        )


def has_same_speaker(one: Quote, other: Quote) -> bool:
    """Tell whether two quotes have one actor or, where neither has any, one source text."""
    if one.actor_id or other.actor_id:
        return one.actor_id == other.actor_id
    return bool(one.source_text) and one.source_text == other.source_text


def find_next_quote(quote: Quote) -> Quote | None:
    """Return the quote that follows in the article; those rejected are passed over."""
    later = Quote.objects.standing().filter(article=quote.article_id, cue_start__gt=quote.cue_start)
    return later.order_by("cue_start", "pk").first()


def lock_following_quote(quote: Quote, shown: int | None) -> Quote:
    """Return the quote that follows, locked.

    Raise `StaleQuote` if it is not the one that was shown.
    """
    following = find_next_quote(quote)
    if following is None or following.pk != shown:
        raise StaleQuote("Another quote follows this one now.")
    return Quote.objects.select_for_update(of=("self",)).get(pk=following.pk)
