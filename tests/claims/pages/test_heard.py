"""Who is heard in an article, in how many words, and who is only talked about."""

import pytest

from claims.models import Article, Quote
from claims.passages.quotations import TextWords
from tests.claims.pages.test_article import reading_of
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db


def test_words_in_a_quote_within_a_quote_count_for_both_speakers_and_once_in_all(
    article: Article,
) -> None:
    reading = reading_of(article)

    assert {
        speaker.actor and speaker.actor.name: speaker.words for speaker in reading.speakers
    } == {
        "Ana Bell": 17,
        "Omar Reza": 8,
        "Veldania": 5,
        None: 4,
    }
    assert (reading.quoted, reading.words) == (26, len(TextWords(article.text)))
    assert reading.speakers[0].of_quoted == "65%"


def test_overlapping_quotes_of_one_speaker_count_a_word_once() -> None:
    article = make_article("Veldania said and repeated that the long bridge is safe.")
    make_quote(article=article, cue="said", content="the long bridge is safe")
    make_quote(article=article, cue="repeated", content="the long bridge")

    (speaker,) = reading_of(article).speakers

    assert (speaker.words, len(speaker.entries)) == (5, 2)
    assert (speaker.of_quoted, speaker.of_all) == ("100%", "50%")


def test_the_most_quoted_come_first_and_the_unknown_last() -> None:
    article = make_article(
        "Ana Bell said it is safe. Omar Reza said that it is late again. Somebody said no, never, not at all."
    )
    make_quote(article=article, actor="Ana Bell", content="it is safe")
    make_quote(article=article, actor="Omar Reza", content="it is late again")
    make_quote(article=article, actor=None, source="Somebody", content="no, never, not at all")

    names = [
        speaker.actor.name if speaker.actor else None for speaker in reading_of(article).speakers
    ]

    assert names == ["Omar Reza", "Ana Bell", None]


def test_whom_quotes_name_and_none_is_by_is_talked_about_but_not_heard() -> None:
    article = make_article(
        "Ana Bell said Omar Reza and Veldania agree. Omar Reza denied that Veldania does."
    )
    make_actor("Veldania")
    make_actor("Omar Reza", "person")
    make_quote(article=article, actor="Ana Bell", content="Omar Reza and Veldania agree")
    make_quote(
        article=article,
        actor=make_actor("Omar Reza", "person"),
        cue="denied",
        content="that Veldania does",
    )

    (found,) = reading_of(article).unheard

    assert (found.name, found.slug) == ("Veldania", "veldania")
    assert [entry.number for entry in found.named_in] == [1, 2]


def test_a_rejected_quote_makes_nobody_heard_and_attributes_nothing(article: Article) -> None:
    Quote.objects.filter(article=article, cue="replied").update(status="rejected")

    reading = reading_of(article)

    assert len(reading.entries) == 3
    assert '"We were never asked,"' in [each.text for each in reading.meter.unattributed]
