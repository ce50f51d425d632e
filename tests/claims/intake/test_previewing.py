"""What was read of a document is shown as its article would be, and nothing of it is stored."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.intake.previewing import build_unstored_article, preview_quotes
from claims.models import Actor, Article, Quote
from claims.pages.article import build_article_reading, read_part_of_unstored
from claims.passages.parts import split_into_parts
from tests.arrivals import TEXT, make_arrival, make_found
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def test_the_reading_has_the_quotes_that_the_article_would_have() -> None:
    arrival = make_arrival()

    reading = build_article_reading(TEXT, preview_quotes(arrival))

    assert [(entry.number, entry.short) for entry in reading.entries] == [
        (1, "Ana Bell"),
        (2, "Omar Reza"),
        (3, "One engineer"),
    ]
    assert [speaker.actor and speaker.actor.name for speaker in reading.speakers] == [
        "Ana Bell",
        "Omar Reza",
        None,
    ]
    assert [unheard.name for unheard in reading.unheard] == ["Veldania"]
    assert [quotation.text for quotation in reading.meter.unattributed] == [
        "“no more than twelve people at once”"
    ]
    assert [entry.quote.has_unsure_speaker for entry in reading.entries] == [False, True, False]


def test_nothing_is_stored_of_what_is_shown(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    arrival = make_arrival()

    with django_assert_num_queries(1):  # whom of them there is already
        quotes = preview_quotes(arrival)

    assert len(quotes) == 3
    assert not Quote.objects.exists()
    assert not Actor.objects.exists()
    assert not Article.objects.exists()


def test_whom_there_is_already_leads_to_their_page_and_nobody_else_does() -> None:
    known = make_actor("Ana Bell", "person", names=("Mayor Bell",))

    bell, reza, engineer = preview_quotes(make_arrival())

    assert bell.actor == known
    assert bell.actor
    assert bell.actor.slug == "ana-bell"
    assert reza.actor
    assert reza.actor.slug == ""
    assert engineer.actor is None
    assert reza.naming[0].actor.slug == ""


def test_a_quote_within_a_quote_is_numbered_within_it() -> None:
    text = "Ana Bell said Omar Reza told her the bridge is safe."
    outer = make_found(
        text, "Ana Bell", "said", "Omar Reza told her the bridge is safe", "Ana Bell"
    )
    inner = make_found(text, "Omar Reza", "told", "the bridge is safe", "Omar Reza")
    inner["within"] = outer["cue"][0]

    quotes = preview_quotes(make_arrival(text=text, quotes=[outer, inner]))

    first, second = build_article_reading(text, quotes).entries
    assert (second.outer, second.depth) == (first.number, 1)


def test_a_quote_that_is_not_stored_is_at_its_place_in_the_text() -> None:
    quotes = preview_quotes(make_arrival())

    assert [quote.get_absolute_url() for quote in quotes] == ["#quote-1", "#quote-2", "#quote-3"]


def test_a_bare_surname_that_is_named_alone_is_nobody_new() -> None:
    text = "Ana Bell said Reza was asked."
    found = make_found(
        text, "Ana Bell", "said", "Reza was asked", "Ana Bell", about=(("Reza", "person"),)
    )
    found["about"][0]["alone"] = False

    (quote,) = preview_quotes(make_arrival(text=text, quotes=[found]))

    assert quote.naming == []


def test_two_readings_of_one_cue_are_one_quote_the_surer() -> None:
    text = "Ana Bell said the bridge is safe."
    sure = make_found(text, "Ana Bell", "said", "the bridge is safe", "Ana Bell")
    unsure = {**sure, "confidence": 0.2, "act": "claim"}

    (quote,) = preview_quotes(make_arrival(text=text, quotes=[unsure, sure]))

    assert quote.act == "say"


def test_a_long_text_is_shown_in_parts_whose_quotes_keep_their_numbers() -> None:
    line = "Veldania said the bridge number {} is safe in the morning, when the harbour lay still."
    text = "\n".join(line.format(number) for number in range(1500))
    quotes = []
    for number in range(0, 1500, 300):
        content = f"the bridge number {number} is safe"
        found = make_found(text, "Veldania", "said", content, "Veldania", kind="state")
        cue = text.index(content) - len("said ")
        found["cue"], found["source"] = [[cue, cue + 4]], [[cue - 9, cue - 1]]
        quotes.append(found)
    arrival = make_arrival(text=text, quotes=quotes)
    parts = split_into_parts(text)

    readings = [read_part_of_unstored(text, part, preview_quotes(arrival)) for part in parts]

    assert len(parts) > 1
    shown = [entry.number for reading in readings for entry in reading.entries]
    assert shown == [1, 2, 3, 4, 5]
    last = readings[-1].entries[-1].quote
    assert text[parts[-1].start :][last.cue_start : last.cue_end] == "said"


def test_the_article_has_what_was_read_beside_the_text() -> None:
    article = build_unstored_article(make_arrival(date="2024-03-05", author="Ruth Okafor"))

    assert (article.published_on, article.author) == (date(2024, 3, 5), "Ruth Okafor")
    assert build_unstored_article(make_arrival(date="")).published_on is None
