"""What curators decide about quotes: written, recorded and undone in one way, whatever page it comes from.

Each decision keeps all values of its quote before and after. Undoing one puts back what was before, row by row with the same
ids; it is refused where the quote is no longer as the decision left it.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from claims.extraction.schema import Act, Kind, Span, get_stance_of_act
from claims.history.quotes import describe_value_differences
from claims.models import (
    CONTENT_GAP,
    About,
    Actor,
    ActorName,
    Article,
    ArticleVersion,
    Claim,
    Decision,
    DecisionWork,
    Quote,
    QuoteStatus,
    Report,
    find_unused_slug,
    note_actors_named,
)
from claims.models import Span as ContentSpan
from claims.models.names import build_name_key
from claims.models.reports import ReportVerdict

CURATOR_METHOD = "curator"  # who found an actor, or a quote that extraction missed
LONGEST_ACTOR_NAME = 300
QuoteValues = dict[str, Any]
WORK_OF_STATUS = {
    QuoteStatus.ACCEPTED: DecisionWork.ACCEPT,
    QuoteStatus.REJECTED: DecisionWork.REJECT,
    QuoteStatus.UNREVIEWED: DecisionWork.UNREVIEW,
    QuoteStatus.CORRECTED: DecisionWork.CORRECT,
}


class DecisionRefused(Exception):
    """A decision that cannot be taken; the message tells the curator why. Nothing is written."""


class StaleQuote(DecisionRefused):
    """The quote is no longer what the curator saw."""


# What a decision does to a quote that is to be saved


def set_speaker(quote: Quote, actor: Actor | None) -> None:
    quote.actor = actor
    quote.actor_method = CURATOR_METHOD if actor else ""
    quote.actor_confidence = 1.0 if actor else None
    quote.runners_up = []


def set_act(quote: Quote, act: str) -> None:
    quote.act = act
    quote.act_confidence = 1.0
    quote.stance = get_stance_of_act(cast("Act", act))


def set_parts(quote: Quote, source: Span | None, cue: Span, contents: Sequence[Span]) -> None:
    """Where its parts stand. Content spans are rows, written at once: those that stay as they are stay."""
    quote.source_start, quote.source_end = (source.start, source.end) if source else (None, None)
    quote.cue_start, quote.cue_end = cue.start, cue.end
    stored = {Span(span.start, span.end): span.pk for span in quote.spans.all()}
    ContentSpan.objects.filter(
        pk__in=[pk for span, pk in stored.items() if span not in contents]
    ).delete()
    ContentSpan.objects.bulk_create(
        [
            ContentSpan(quote=quote, start=span.start, end=span.end)
            for span in contents
            if span not in stored
        ]
    )


def save_corrected_quote(quote: Quote) -> None:
    """Save it with what its spans select: texts, claim, stance, and whom it names. A claim that nobody makes any more goes."""
    before, content = quote.claim_id, quote.content
    quote.select_texts()
    quote.save()
    if quote.content != content:
        note_actors_named(quote)
    delete_unclaimed([before])
    if quote.claim.quotes.count() == 1 and quote.claim.text != quote.content:
        Claim.objects.filter(pk=quote.claim_id).update(text=quote.content)


def delete_unclaimed(claims: Iterable[int]) -> None:
    Claim.objects.filter(pk__in=list(claims), quotes__isnull=True).delete()


def settle_reports(quote: Quote, curator: User) -> None:
    """What readers reported of a quote is settled by what a curator decides about it."""
    verdicts = {QuoteStatus.ACCEPTED: ReportVerdict.NO_ERROR, QuoteStatus.UNREVIEWED: None}
    if verdict := verdicts.get(QuoteStatus(quote.status), ReportVerdict.CORRECTED):
        Report.objects.filter(quote=quote).settle(verdict, curator)


# What is wrong with spans


def find_span_problem(start: int | None, end: int | None, text: str) -> str:
    """What is wrong with a span of `text`, in words; empty if nothing."""
    if start is None or end is None:
        return "A span needs a start and an end."
    if start >= end:
        return f"The span ends ({end}) where it starts ({start}) or before."
    if end > len(text):
        return f"The span ends at {end}, and the article's text at {len(text)}."
    return ""


def find_cue_problem(
    article: Article, start: int, end: int, but: int = 0, version: ArticleVersion | None = None
) -> str:
    """That another quote has this cue, of the text as it is now or of an earlier version's; empty if none has."""
    taken = article.quotes.filter(cue_start=start, cue_end=end, version=version).exclude(pk=but)
    return "Another quote of this article has this cue." if taken.exists() else ""


def check_spans(
    article: Article, source: Span | None, cue: Span, contents: Sequence[Span], but: int = 0
) -> None:
    parts = [*([source] if source else []), cue, *contents]
    wrong = next(
        filter(None, (find_span_problem(span.start, span.end, article.text) for span in parts)), ""
    )
    ordered = sorted(contents)
    if not contents:
        wrong = wrong or "A quote has at least one content span."
    if any(one.overlaps(other) for one, other in pairwise(ordered)):
        wrong = wrong or "Two parts of the content overlap."
    if wrong := wrong or find_cue_problem(article, cue.start, cue.end, but):
        raise DecisionRefused(wrong)


# All values of a quote, and whether they have changed


def convert_to_json(value: Any) -> Any:
    """A value as JSON has it, nothing of it lost (unlike Django's own encoder, which cuts microseconds)."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def build_row_values(instance: models.Model, *without: str) -> QuoteValues:
    fields = [
        f for f in instance._meta.concrete_fields if f.name not in without and not f.generated
    ]
    return {f.attname: convert_to_json(getattr(instance, f.attname)) for f in fields}


def build_part_values(quote: Quote) -> QuoteValues:
    """The quote and its content spans: what a decision is about."""
    return {
        "quote": build_row_values(quote),
        "spans": [build_row_values(span) for span in quote.spans.all()],
    }


def compute_quote_state(quote: Quote) -> str:
    """A short text that is another as soon as anything of the quote or its content spans is; from rows as they are stored."""
    return compute_parts_digest(build_part_values(quote))


def compute_parts_digest(values: QuoteValues) -> str:
    kept = json.dumps([values["quote"], values["spans"]], sort_keys=True)
    return hashlib.sha256(kept.encode()).hexdigest()[:32]


def build_quote_values(pk: int) -> QuoteValues:
    """All that a decision may change: the quote, its spans, whom it names, its claim, what readers reported of it."""
    quote = (
        Quote.objects.select_related("claim").defer("search_content", "claim__search").get(pk=pk)
    )
    return {
        **build_part_values(quote),
        "about": [
            build_row_values(named) for named in About.objects.filter(quote=quote).order_by("pk")
        ],
        "claim": build_row_values(quote.claim),
        "reports": [
            build_row_values(report, "sender")
            for report in Report.objects.filter(quote=quote).order_by("pk")
        ],
    }


# Decisions


@dataclass(frozen=True)
class Decider:
    """Who decides, and in which sitting at the desk; what is decided with one of these is undone at once."""

    curator: User
    sitting: str = ""
    group: uuid.UUID = field(default_factory=uuid.uuid4)

    def record(
        self, pk: int, what: DecisionWork, before: QuoteValues | None, **also: Any
    ) -> Decision:
        after = {**build_quote_values(pk), **also}
        return Decision.objects.create(
            curator=self.curator,
            sitting=self.sitting,
            group=self.group,
            quote_id=pk,
            what=what,
            before=before,
            after=after,
        )

    @contextmanager
    def on(self, quote: Quote, what: DecisionWork) -> Iterator[QuoteValues]:
        """What is done to the quote within is recorded; what it also made can be noted in the values given."""
        before = build_quote_values(quote.pk)
        also: QuoteValues = {}
        yield also
        self.record(quote.pk, what, before, **also)

    def set_status(self, quote: Quote, status: QuoteStatus) -> None:
        """Accept, reject or put back, all values as they are."""
        with self.on(quote, WORK_OF_STATUS[status]):
            quote.status = status
            settle_reports(quote, self.curator)
            Quote.objects.filter(pk=quote.pk).update(status=status)

    def correct(self, quote: Quote) -> None:
        quote.status = QuoteStatus.CORRECTED
        settle_reports(quote, self.curator)
        save_corrected_quote(quote)

    def give_speaker(self, quote: Quote, actor: Actor | None) -> None:
        with self.on(quote, DecisionWork.SPEAKER):
            set_speaker(quote, actor)
            self.correct(quote)

    def give_speaker_called(
        self, quote: Quote, name: str, kind: str, only_here: bool = False
    ) -> None:
        """An actor that may have to be made. Undone, it is gone again, unless something else has come to need it."""
        with self.on(quote, DecisionWork.SPEAKER) as also:
            actor, made = get_or_create_actor(name, kind, quote.article, only_here)
            also |= {"actor_made": actor.pk} if made else {}
            set_speaker(quote, actor)
            self.correct(quote)

    def give_runner_up(self, quote: Quote, number: int) -> None:
        """Another actor that the source may mean; a bare surname, if it is nobody's yet, is one of this article."""
        if not 0 <= number < len(quote.runners_up):
            raise DecisionRefused("This quote has no such other speaker.")
        name, kind = quote.runners_up[number]["name"], quote.runners_up[number]["kind"]
        self.give_speaker_called(
            quote, name, kind, only_here=kind == "person" and len(name.split()) == 1
        )

    def give_act(self, quote: Quote, act: str) -> None:
        with self.on(quote, DecisionWork.ACT):
            set_act(quote, act)
            self.correct(quote)

    def give_kind(self, quote: Quote, kind: str) -> None:
        with self.on(quote, DecisionWork.KIND):
            quote.kind = kind
            self.correct(quote)

    def give_spans(
        self, quote: Quote, source: Span | None, cue: Span, contents: Sequence[Span]
    ) -> None:
        check_spans(quote.article, source, cue, contents, but=quote.pk)
        with self.on(quote, DecisionWork.SPANS):
            set_parts(quote, source, cue, contents)
            self.correct(quote)

    def add(
        self,
        article: Article,
        source: Span | None,
        cue: Span,
        contents: Sequence[Span],
        **values: Any,
    ) -> Quote:
        """A quote that extraction missed. It is touched, so that reading the article again leaves it alone."""
        check_spans(article, source, cue, contents)
        quote = create_quote(article, source, cue, contents, values)
        self.record(quote.pk, DecisionWork.ADD, None)
        return quote

    def split(
        self, quote: Quote, source: Span | None, cue: Span, contents: Sequence[Span]
    ) -> Quote:
        """Make these spans a quote of their own, and take its contents out of those of the one that had them."""
        left = subtract_spans(quote.content_spans, contents)
        if not left:
            raise DecisionRefused(
                "Nothing of the content would be left in the quote that is split."
            )
        check_spans(quote.article, source, cue, contents)
        with self.on(quote, DecisionWork.SPLIT):
            set_parts(quote, quote.source_span, quote.cue_span, left)
            self.correct(quote)
        inherited = {
            "actor": quote.actor,
            "act": quote.act,
            "kind": quote.kind,
            "within": quote.within,
        }
        other = create_quote(quote.article, source, cue, contents, inherited)
        self.record(other.pk, DecisionWork.SPLIT, None)
        return other

    def join(self, quote: Quote, other: Quote) -> None:
        """Add the contents of another quote of the same source to this one; the other is rejected."""
        if not has_same_speaker(quote, other):
            raise DecisionRefused("The next quote has another source.")
        contents = sorted([*quote.content_spans, *other.content_spans])
        check_spans(quote.article, quote.source_span, quote.cue_span, contents, but=quote.pk)
        with self.on(quote, DecisionWork.JOIN):
            set_parts(quote, quote.source_span, quote.cue_span, contents)
            self.correct(quote)
        self.set_status(other, QuoteStatus.REJECTED)


def create_quote(
    article: Article, source: Span | None, cue: Span, contents: Sequence[Span], values: QuoteValues
) -> Quote:
    """A quote by a curator's hand, with its rows."""
    text, contents = article.text, sorted(contents)
    content = CONTENT_GAP.join(span.of(text) for span in contents)
    claim, _ = Claim.objects.get_or_create(
        key=Claim.key_of(content, article.key), defaults={"text": content}
    )
    quote = Quote(
        article=article,
        claim=claim,
        status=QuoteStatus.ACCEPTED,
        extractor=CURATOR_METHOD,
        confidence=1.0,
        kind=values.get("kind") or find_kind_by_marks([span.of(text) for span in contents]),
        within=values.get("within"),
        source_text=source.of(text) if source else "",
        cue=cue.of(text),
        content=content,
        cue_start=cue.start,
        cue_end=cue.end,
    )
    if source:
        quote.source_start, quote.source_end = source.start, source.end
    set_speaker(quote, values.get("actor") or find_speaker_in_article(article, source))
    set_act(quote, values.get("act") or "say")
    quote.save()
    set_parts(quote, source, cue, contents)
    note_actors_named(quote)
    return quote


def find_kind_by_marks(contents: Sequence[str]) -> Kind:
    """By the marks that the contents themselves have; a curator sees it and can say otherwise."""
    marks = '"“”„«»'
    if all(text[:1] in marks and text[-1:] in marks for text in contents):
        return "direct"
    return "mixed" if any(mark in text for text in contents for mark in marks) else "indirect"


def find_speaker_in_article(article: Article, source: Span | None) -> Actor | None:
    """The one actor quoted in the article whose name the source is, if it is one's."""
    key = build_name_key(source.of(article.text)) if source else ""
    if not key:
        return None
    known = list(
        Actor.objects.filter(Q(key=key) | Q(names__key=key), quotes__article=article).distinct()[:2]
    )
    return known[0] if len(known) == 1 else None


def get_or_create_actor(
    name: str, kind: str, article: Article, only_here: bool = False
) -> tuple[Actor, bool]:
    """The actor of this name and kind that the article means, or is known everywhere; and whether it was made now.

    `only_here`: a new one is known in this article alone.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_ACTOR_NAME or "\0" in name:
        raise DecisionRefused(f"A name has between one and {LONGEST_ACTOR_NAME} characters.")
    here = Q(article__isnull=True) | Q(article=article)
    if (
        found := Actor.objects.filter(here, name=name, kind=kind)
        .order_by(models.F("article").asc(nulls_last=True))
        .first()
    ):
        return found, False
    actor = Actor.objects.create(
        name=name,
        kind=kind,
        slug=find_unused_slug(Actor, name),
        article=article if only_here else None,
    )
    ActorName.objects.create(actor=actor, name=name)
    return actor, True


def subtract_spans(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What of the spans the others leave, by the character."""
    left = list(spans)
    for other in taken:
        cut: list[Span] = []
        for span in left:
            edges = [
                (span.start, min(span.end, other.start)),
                (max(span.start, other.end), span.end),
            ]
            cut += (
                [Span(start, end) for start, end in edges if start < end]
                if span.overlaps(other)
                else [span]
            )
        left = cut
    return left


def has_same_speaker(one: Quote, other: Quote) -> bool:
    if one.actor_id or other.actor_id:
        return one.actor_id == other.actor_id
    return bool(one.source_text) and one.source_text == other.source_text


def find_next_quote(quote: Quote) -> Quote | None:
    """The quote that follows in the article, unless it was rejected."""
    after = Quote.objects.standing().filter(article=quote.article_id, cue_start__gt=quote.cue_start)
    return after.order_by("cue_start", "pk").first()


# Undoing


@dataclass(frozen=True)
class UndoneDecisions:
    what: str
    quotes: list[int]  # those that there still are


@transaction.atomic
def undo_decisions(group: uuid.UUID, curator: User | None) -> UndoneDecisions:
    """Put back what the decisions of a group changed; refused, as a whole, where one of its quotes has changed since."""
    decisions = list(
        Decision.objects.select_for_update().filter(group=group, curator=curator).order_by("-pk")
    )
    if not decisions or any(decision.undone_at for decision in decisions):
        raise DecisionRefused("There is nothing to undo.")
    quotes = Quote.objects.select_for_update(of=("self",)).filter(
        pk__in={d.quote_id for d in decisions if d.quote_id}
    )
    present = {quote.pk for quote in quotes}
    latest = {decision.quote_id: decision for decision in reversed(decisions)}
    for pk, decision in latest.items():
        if pk not in present:
            raise DecisionRefused("A quote of this decision is gone since, so it cannot be undone.")
        check_quote_unchanged(decision)
    for decision in decisions:
        undo_decision(decision)
    Decision.objects.filter(pk__in=[decision.pk for decision in decisions]).update(
        undone_at=timezone.now()
    )
    first = decisions[-1]
    number = len({decision.quote_id for decision in decisions if decision.before})
    what = (
        first.get_what_display()
        if number < 2 or first.what in (DecisionWork.SPLIT, DecisionWork.JOIN)
        else f"{number} quotes decided"
    )
    return UndoneDecisions(
        what, sorted(present - {d.quote_id for d in decisions if d.before is None})
    )


def check_quote_unchanged(decision: Decision) -> None:
    now = build_quote_values(cast("int", decision.quote_id))
    if compute_parts_digest(now) != compute_parts_digest(decision.after):
        changed = (
            "; ".join(describe_value_differences(decision.after["quote"], now["quote"]))
            or "its content spans"
        )
        raise DecisionRefused(
            f"Quote {decision.quote_id} was changed since, so this is not undone: {changed}."
        )


def undo_decision(decision: Decision) -> None:
    before, after, pk = decision.before, decision.after, cast("int", decision.quote_id)
    if before is None:
        Quote.objects.filter(pk=pk).delete()
    else:
        restore_quote(pk, before, after)
    delete_unclaimed([after["claim"]["id"]])
    if actor := after.get("actor_made"):
        Actor.objects.unquoted().filter(pk=actor).delete()


def restore_quote(pk: int, before: QuoteValues, after: QuoteValues) -> None:
    values, claim = dict(before["quote"]), before["claim"]
    if values["actor_id"] and not Actor.objects.filter(pk=values["actor_id"]).exists():
        raise DecisionRefused(
            "The speaker that this quote had is gone since, so this is not undone."
        )
    if values["within_id"] and not Quote.objects.filter(pk=values["within_id"]).exists():
        values["within_id"] = None
    values["claim_id"] = restore_claim(claim, after["claim"], pk)
    del values["id"]
    Quote.objects.filter(pk=pk).update(**convert_from_json(Quote, values))
    restore_rows(ContentSpan, pk, before["spans"])
    named = Actor.objects.filter(pk__in=[each["actor_id"] for each in before["about"]]).values_list(
        "pk", flat=True
    )
    restore_rows(About, pk, [each for each in before["about"] if each["actor_id"] in set(named)])
    settled = {each["id"]: each for each in after["reports"]}
    for report in before["reports"]:
        left = settled.get(report["id"], report)
        if report != left:
            verdict = convert_from_json(
                Report, {name: report[name] for name in ("verdict", "settled_by_id", "settled_at")}
            )
            Report.objects.filter(pk=report["id"], settled_by=left["settled_by_id"]).update(
                **verdict
            )


def restore_claim(before: QuoteValues, after: QuoteValues, pk: int) -> int:
    """The claim that the quote made, with its words and its id if they are free still."""
    claim = Claim.objects.filter(key=before["key"]).first()
    if claim is None:
        return Claim.objects.create(**before).pk
    if (
        before["id"] == after["id"]
        and claim.text == after["text"]
        and not claim.quotes.exclude(pk=pk).exists()
    ):
        Claim.objects.filter(pk=claim.pk).update(text=before["text"])
    return claim.pk


def convert_from_json(model: type[models.Model], values: QuoteValues) -> QuoteValues:
    fields = {f.attname: f for f in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def restore_rows(model: type[models.Model], quote: int, rows: list[QuoteValues]) -> None:
    """The rows of a quote as they were, each with its id; those that are the same still stay."""
    stored = {
        each.pk: build_row_values(each) for each in model._default_manager.filter(quote=quote)
    }
    wanted = {each["id"]: each for each in rows}
    gone = [pk for pk, each in stored.items() if wanted.get(pk) != each]
    model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create(
        [model(**each) for pk, each in wanted.items() if stored.get(pk) != each]
    )
