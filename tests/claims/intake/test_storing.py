"""What extraction says of a quote beyond who, how and what, and quotes within quotes, as rows."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.extraction.schema import Attribution, Detail, DetailRole, RunnerUp, Span, Speaker
from claims.models import Actor, Article, Quote, note_actors_named
from claims.models import Detail as DetailRow
from claims.models import Span as SpanRow
from tests.claims.intake.test_ingest import at, attribution, store

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = (
    "Ana Bell may have told the Herald on Monday"
    ", citing a report, that Omar Reza denied that it rains.\n"
    "She added it was late."
)
WHO = Speaker(
    "Ana Bell",
    "person",
    0.6,
    "name",
    runners_up=(RunnerUp("Anna Bell", "person", 0.3), RunnerUp("Bell", "group", 0.1)),
)


def said(source: str, cue: str, *contents: str, **changes: Any) -> Attribution:
    return attribution(source, cue, *contents, text=TEXT, **changes)


def detail(role: DetailRole, words: str) -> Detail:
    return Detail(role, at(TEXT, words))


TOLD = said(
    "Ana Bell",
    "told",
    "that Omar Reza denied that it rains",
    speaker=WHO,
    act_confidence=0.8,
    said_on=date(2024, 3, 4),
    details=(
        detail("addressee", "the Herald"),
        detail("occasion", "on Monday"),
        detail("basis", "a report"),
    ),
)
DENIED = said("Omar Reza", "denied", "that it rains", act="deny", within=TOLD.cue)
RAINS = said("it", "rains", "it", speaker=None, within=DENIED.cue)


def keep(*attributions: Attribution, version: str = "1") -> dict[str, Quote]:
    """The article's quotes, by their cues, after these were found in it."""
    store(*attributions, version=version, text=TEXT)
    return {
        quote.cue: quote for quote in Quote.objects.select_related("within").order_by("cue_start")
    }


def details_of(quote: Quote) -> list[tuple[int, str, str]]:
    return list(quote.details.order_by("start").values_list("pk", "role", "text"))


def events() -> int:
    """How many writes of quotes, spans and details history has seen."""
    models: list[Any] = [Quote, SpanRow, DetailRow]
    return sum(model.pgh_event_model.objects.count() for model in models)


def test_all_that_extraction_says_of_a_quote_is_kept() -> None:
    quote = keep(TOLD)["told"]

    assert (quote.act_confidence, quote.said_on) == (0.8, date(2024, 3, 4))
    assert quote.runners_up == [
        {"name": "Anna Bell", "kind": "person", "confidence": 0.3},
        {"name": "Bell", "kind": "group", "confidence": 0.1},
    ]
    assert [row[1:] for row in details_of(quote)] == [
        ("addressee", "the Herald"),
        ("occasion", "on Monday"),
        ("basis", "a report"),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)], ids=str)
def test_quotes_within_quotes_are_quotes_of_their_own_whatever_order_they_come_in(
    order: tuple[int, ...],
) -> None:
    found = (TOLD, DENIED, RAINS)

    quotes = keep(*(found[number] for number in order))

    assert quotes["told"].within is None
    assert quotes["denied"].within == quotes["told"]
    assert quotes["rains"].within == quotes["denied"]


@pytest.mark.parametrize(
    "within",
    [
        pytest.param(Span(0, 3), id="a cue that is none"),
        pytest.param(at(TEXT, "denied"), id="its own cue"),
    ],
)
def test_a_quote_within_nothing_that_is_found_stands_by_itself(within: Span) -> None:
    assert keep(replace(DENIED, within=within))["denied"].within is None


def test_quotes_that_go_in_a_circle_are_kept_side_by_side() -> None:
    quotes = keep(replace(TOLD, within=DENIED.cue), DENIED)

    assert {quote.within for quote in quotes.values()} == {None}


def test_reading_again_what_is_unchanged_writes_nothing() -> None:
    keep(TOLD, DENIED, RAINS)
    before = events()

    keep(TOLD, DENIED, RAINS)
    Article.objects.update(extractor="0")  # as if another engine had read it last
    keep(TOLD, DENIED, RAINS)

    assert events() == before


def test_only_the_details_that_differ_are_written() -> None:
    first = details_of(keep(TOLD)["told"])
    before = events()

    again = details_of(
        keep(replace(TOLD, details=(*TOLD.details[:2], detail("hedge", "may"))), version="2")[
            "told"
        ]
    )

    assert [row for row in again if row in first] == first[:2]
    assert [row[1:] for row in again if row not in first] == [("hedge", "may")]
    assert events() == before + 3  # a detail less, one more, and the version of the quote


@pytest.mark.parametrize(
    ("found", "within"),
    [
        pytest.param((replace(TOLD, act="claim"), DENIED), "told", id="updated"),
        pytest.param((replace(DENIED, within=None),), None, id="gone"),
        pytest.param((DENIED,), None, id="gone, and the inner one not told so"),
        pytest.param((TOLD, replace(DENIED, within=None)), None, id="no longer around it"),
        pytest.param(
            (
                replace(TOLD, cue=at(TEXT, "have told")),
                replace(DENIED, within=at(TEXT, "have told")),
            ),
            "have told",
            id="moved",
        ),
    ],
)
def test_an_inner_quote_keeps_its_address_and_stands_within_what_is_there_now(
    found: tuple[Attribution, ...], within: str | None
) -> None:
    kept = keep(TOLD, DENIED)["denied"].pk

    inner = keep(*found, version="2")["denied"]

    assert inner.pk == kept
    assert (inner.within.cue if inner.within else None) == within


def test_a_quote_that_a_person_touched_keeps_its_details_and_its_place() -> None:
    quotes = keep(TOLD, DENIED)
    Quote.objects.filter(cue="denied").update(status="accepted")
    Quote.objects.filter(cue="told").update(status="corrected")
    before = events(), details_of(quotes["told"])

    again = keep(
        replace(TOLD, details=(), act_confidence=0.1), replace(DENIED, within=None), version="2"
    )

    assert (events(), details_of(again["told"])) == before
    assert again["denied"].within == again["told"]


def test_a_quote_stands_within_one_that_a_person_touched() -> None:
    keep(TOLD)
    Quote.objects.update(status="corrected")

    quotes = keep(TOLD, DENIED, version="2")

    assert quotes["denied"].within == quotes["told"]


def test_the_number_of_queries_does_not_grow_with_the_quotes() -> None:
    def cost(number: int, version: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            store(
                *many(number),
                key=f"https://example.org/{number}",
                text=spoken(number),
                version=version,
            )
        return len(queries)

    store(DENIED, text=TEXT)  # the outlet is there
    store(*many(1), key="https://example.org/1", text=spoken(1))  # and one of the claims

    assert cost(3, "1") == cost(30, "1") <= 30
    assert cost(3, "2") == cost(30, "2") <= 30


def spoken(number: int) -> str:
    return " ".join(f"Speaker {n:02} said that number {n:02} rains." for n in range(number))


def many(number: int) -> list[Attribution]:
    """As many quotes of as many speakers, each with a detail."""
    text, found = spoken(number), []
    for n in range(number):
        who, what = at(text, f"Speaker {n:02}"), at(text, f"number {n:02} rains")
        cue, more = Span(who.end + 1, who.end + 5), (Detail("basis", what),)
        speaker = Speaker(who.of(text), "person", 0.9, "name", mention=f"Mr {n:02}")
        found.append(Attribution(who, cue, (what,), "indirect", "say", 0.9, speaker, details=more))
    return found


# Whom quotes name


BELL = Speaker("Ana Bell", "person", 0.9, "name", mention="Ms Bell")
REZA = Speaker("Omar Reza", "person", 0.9, "name")
LOOSE = Speaker("Reza", "person", 0.9, "name", alone=False)


def test_those_whom_a_content_names_are_actors_whether_or_not_they_say_anything() -> None:
    quotes = keep(replace(TOLD, about=(REZA, BELL)))

    assert sorted(actor.name for actor in quotes["told"].about.all()) == ["Ana Bell", "Omar Reza"]
    assert [quote.cue for quote in Actor.objects.get(name="Omar Reza").talked_about_in.all()] == [
        "told"
    ]
    assert "Ms Bell" in {name.name for name in Actor.objects.get(name="Ana Bell").names.all()}


def test_a_name_that_does_not_tell_who_is_meant_is_nobody_unless_the_article_quotes_them() -> None:
    assert not keep(replace(TOLD, about=(LOOSE,)))["told"].about.exists()

    quotes = keep(replace(TOLD, about=(LOOSE,)), replace(DENIED, speaker=LOOSE), version="2")

    assert quotes["told"].about.get() == quotes["denied"].actor


def test_whom_a_quote_names_is_brought_up_to_date_and_left_alone_where_it_is_the_same() -> None:
    first = keep(replace(TOLD, about=(REZA, BELL)))["told"].named.get(actor__name="Omar Reza").pk

    again = keep(replace(TOLD, about=(REZA,)), version="2")["told"]

    assert [named.pk for named in again.named.all()] == [first]
    keep(TOLD, version="3")
    assert not Actor.objects.filter(name="Omar Reza").exists()  # nobody speaks of it any more


def test_whom_a_corrected_quote_names_is_read_off_its_new_words() -> None:
    quotes = keep(
        replace(TOLD, about=(REZA,)),
        replace(DENIED, speaker=REZA),
        said("She", "added", "it was late", speaker=BELL),
    )
    quote = quotes["told"]
    quote.content = "that Ms Bell left, not Rezai"

    note_actors_named(quote)

    assert [actor.name for actor in quote.about.all()] == ["Ana Bell"]
