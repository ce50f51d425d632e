"""Deciding on quotes: what is written, recorded, and refused."""

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims.desk.deciding import Decider
from claims.desk.parts import QuoteParts
from claims.desk.quote_values import build_quote_values
from claims.desk.refusals import DecisionRefused
from claims.extraction.schema import Span
from claims.models import Actor, Article, Claim, Decision, Quote, QuoteStatus, Report
from tests.claims.desk_client import SPOKEN, make_doubtful
from tests.claims.intake.test_ingest import DENIAL, SAYING, store
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Decider:
    return Decider(User.objects.create_user("Clara"), "a sitting")


def find_span(words: str, text: str = SPOKEN) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def read_again(quote: Quote) -> Quote:
    """Return the quote as it is stored, which passes every check of the database."""
    connection.check_constraints()
    return Quote.objects.get(pk=quote.pk)


@pytest.mark.parametrize(
    "status", [QuoteStatus.ACCEPTED, QuoteStatus.REJECTED, QuoteStatus.UNREVIEWED]
)
def test_to_accept_or_reject_keeps_all_values(by: Decider, status: QuoteStatus) -> None:
    quote = make_doubtful(status="corrected")
    before = build_quote_values(quote.pk)

    by.set_status(quote, status)

    after = build_quote_values(quote.pk)
    assert after == {**before, "quote": {**before["quote"], "status": status}}


@pytest.mark.parametrize(
    ("status", "verdict"),
    [("accepted", "no_error"), ("rejected", "corrected"), ("unreviewed", None)],
)
def test_a_decision_settles_what_readers_reported(
    by: Decider, status: str, verdict: str | None
) -> None:
    quote = make_doubtful(status="corrected")
    Report.objects.create(quote=quote, problem="speaker", sender="s")

    by.set_status(quote, QuoteStatus(status))

    assert Report.objects.get().verdict == verdict


def test_a_speaker_that_a_curator_gives_is_sure(by: Decider) -> None:
    quote = make_doubtful(
        actor_confidence=0.3, runners_up=[{"name": "Norland", "kind": "state", "confidence": 0.2}]
    )
    actor = make_actor("Norland")

    by.give_speaker(quote, actor)

    quote = read_again(quote)
    assert (quote.actor, quote.actor_method, quote.actor_confidence) == (actor, "curator", 1.0)
    assert (quote.runners_up, quote.status) == ([], "corrected")


def test_a_speaker_that_is_taken_away_leaves_no_method(by: Decider) -> None:
    quote = make_doubtful()

    by.give_speaker(quote, None)

    quote = read_again(quote)
    assert (quote.actor, quote.actor_method, quote.actor_confidence, quote.status) == (
        None,
        "",
        None,
        "corrected",
    )


def test_a_runner_up_is_the_actor_of_that_name_and_kind(by: Decider) -> None:
    others = [
        {"name": "Norland", "kind": "group", "confidence": 0.3},
        {"name": "Norland", "kind": "state", "confidence": 0.2},
    ]
    quote, state = make_doubtful(runners_up=others), make_actor("Norland", "state")

    by.give_runner_up(quote, 1)

    assert read_again(quote).actor == state
    assert Actor.objects.filter(name="Norland").count() == 1


def test_a_runner_up_by_a_bare_surname_is_made_for_its_article_alone(by: Decider) -> None:
    quote = make_doubtful(runners_up=[{"name": "Okafor", "kind": "person", "confidence": 0.3}])

    by.give_runner_up(quote, 0)

    assert read_again(quote).actor == Actor.objects.get(
        name="Okafor", kind="person", article=quote.article
    )


def test_there_is_no_runner_up_beyond_the_last(by: Decider) -> None:
    quote = make_doubtful()

    with pytest.raises(DecisionRefused, match="no such other speaker"):
        by.give_runner_up(quote, 0)


def test_a_new_actor_is_known_by_its_name(by: Decider) -> None:
    quote = make_doubtful()

    by.give_speaker_called(quote, "  Ruth   Okafor ", "person")

    actor = read_again(quote).actor
    assert actor is not None
    assert (actor.name, actor.kind, actor.slug, actor.names.get().name) == (
        "Ruth Okafor",
        "person",
        "ruth-okafor",
        "Ruth Okafor",
    )


@pytest.mark.parametrize(
    "name", ["", "   ", "x" * 301, "a\0b"], ids=["none", "blank", "too long", "NUL"]
)
def test_what_is_no_name_is_refused(by: Decider, name: str) -> None:
    quote = make_doubtful()

    with pytest.raises(DecisionRefused, match="characters"):
        by.give_speaker_called(quote, name, "person")


def test_the_stance_follows_the_act(by: Decider) -> None:
    quote = make_doubtful(act_confidence=0.3)

    by.give_act(quote, "deny")

    quote = read_again(quote)
    assert (quote.act, quote.stance, quote.act_confidence, quote.status) == (
        "deny",
        "denies",
        1.0,
        "corrected",
    )


def test_whom_a_quote_names_stays_unless_its_words_change(by: Decider) -> None:
    quote, named = make_doubtful(), make_actor("Norland")
    quote.about.set([named])

    by.give_act(quote, "deny")
    assert set(quote.about.all()) == {named}

    by.give_parts(
        read_again(quote),
        QuoteParts(find_span("Veldania"), find_span("said"), [find_span("is safe")]),
    )
    assert not quote.about.exists()


def test_texts_and_claim_follow_the_spans(by: Decider) -> None:
    quote = make_doubtful()

    by.give_parts(
        quote,
        QuoteParts(
            find_span("Ana Bell"),
            find_span("denied"),
            [find_span("built in May"), find_span("is safe")],
        ),
    )

    quote = read_again(quote)
    assert (quote.source_text, quote.cue, quote.content) == (
        "Ana Bell",
        "denied",
        "built in May … is safe",
    )
    assert [claim.text for claim in Claim.objects.all()] == ["built in May … is safe"]


@pytest.mark.parametrize(
    ("source", "cue", "contents", "why"),
    [
        (None, Span(0, 3), [], "at least one content"),
        (None, Span(0, 3), [Span(4, 10), Span(8, 12)], "overlap"),
        (None, Span(0, 3), [Span(4, 9999)], "ends at 9999"),
        (Span(0, 9999), Span(0, 3), [Span(4, 9)], "ends at 9999"),
        (None, Span(0, 9999), [Span(4, 9)], "ends at 9999"),
        (None, find_span("denied"), [Span(0, 3)], "has this cue"),
    ],
    ids=["no content", "overlap", "content outside", "source outside", "cue outside", "cue taken"],
)
def test_spans_that_cannot_be_are_refused(
    by: Decider, source: Span | None, cue: Span, contents: list[Span], why: str
) -> None:
    quote = make_doubtful()
    make_quote(article=quote.article, actor="Ana Bell", cue="denied", content="it")
    before = build_quote_values(quote.pk)

    with pytest.raises(DecisionRefused, match=why):
        by.give_parts(quote, QuoteParts(source, cue, contents))

    assert build_quote_values(quote.pk) == before
    assert not Decision.objects.exists()


# A quote that was missed


def test_a_missed_quote_is_a_curators_and_sure(by: Decider) -> None:
    article = make_doubtful().article
    bell = make_quote(article=article, actor="Ana Bell", cue="denied", content="it").actor

    made = read_again(
        by.add_quote(
            article,
            QuoteParts(
                find_span("Ana Bell"), find_span("on Monday"), [find_span("the ferry is late")]
            ),
            act="warn",
        )
    )

    assert (made.extractor, made.status, made.confidence) == ("curator", "accepted", 1.0)
    assert (made.source_text, made.cue, made.content) == (
        "Ana Bell",
        "on Monday",
        "the ferry is late",
    )
    assert (made.actor, made.act, made.kind, made.claim.text) == (
        bell,
        "warn",
        "indirect",
        "the ferry is late",
    )


def test_a_missed_quote_survives_another_reading(by: Decider) -> None:
    store(DENIAL)
    article = Article.objects.get()
    made = by.add_quote(article, QuoteParts(None, Span(0, 3), [Span(4, 9)]))
    before = build_quote_values(made.pk)

    store(DENIAL, SAYING, version="2")
    store(version="3")

    assert build_quote_values(made.pk) == before


# Two out of one, one out of two


def test_a_quote_is_split_in_two(by: Decider) -> None:
    quote = make_doubtful(act="warn")

    other = by.split_quote(
        quote, QuoteParts(find_span("Ana Bell"), find_span("denied"), [find_span("is safe")])
    )

    first, second = read_again(quote), read_again(other)
    assert (first.content, first.status) == ("The bridge", "corrected")
    assert (second.content, second.cue, second.source_text, second.act) == (
        "is safe",
        "denied",
        "Ana Bell",
        "warn",
    )
    assert second.actor == first.actor


def test_a_split_that_leaves_nothing_is_refused(by: Decider) -> None:
    quote = make_doubtful()

    with pytest.raises(DecisionRefused, match="Nothing of the content"):
        by.split_quote(quote, QuoteParts(None, find_span("denied"), [Span(0, 40)]))


def test_two_quotes_of_one_source_are_joined(by: Decider) -> None:
    quote = make_doubtful()
    late = find_span("the ferry is late")
    source = Span(late.start - 14, late.start - 6)
    cue = Span(late.start - 5, late.start - 1)
    other = by.add_quote(quote.article, QuoteParts(source, cue, [late]))

    by.join_quotes(quote, other)

    assert read_again(quote).content == "The bridge … is safe … the ferry is late"
    assert [read_again(each).status for each in (quote, other)] == ["corrected", "rejected"]


def test_quotes_of_two_sources_are_not_joined(by: Decider) -> None:
    quote = make_doubtful()
    other = make_quote(article=quote.article, actor="Ana Bell", cue="denied", content="it")

    with pytest.raises(DecisionRefused, match="another source"):
        by.join_quotes(quote, other)
