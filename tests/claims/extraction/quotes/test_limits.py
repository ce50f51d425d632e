"""Where contents begin and end, weighed against other places where they might."""

import numpy as np
import pytest

from claims.extraction.quotes.found import ContentOdds, FoundQuote
from claims.extraction.quotes.limit_signs import ArticleWords, QuoteInWords, classify_word
from claims.extraction.quotes.limits import (
    MOST_PLACES,
    LimitScorer,
    list_alternatives,
    list_quotes_nearby,
    settle_limits,
)
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from tests.claims.extraction.encoded import build_encoded

UNSURE = 0.0  # logarithm of even odds
SURE = 9.0
TEXT = "She said it would end on Friday, and the mayor urged calm."


def find_span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def build_quote(
    text: str, *contents: str, cue: str = "said", source: str = "She", odds: float | None = UNSURE
) -> FoundQuote:
    """A quote of which each word of the text is as likely to be content as any other."""
    word_count = len(build_encoded(text).words)
    content_odds = None
    if odds is not None:
        content_odds = ContentOdds(0, np.full(word_count, odds, np.float32))
    spans = tuple(find_span(text, content) for content in contents)
    return FoundQuote(
        find_span(text, source), find_span(text, cue), spans, confidence=0.9, odds=content_odds
    )


def build_scorer(**weights: float) -> LimitScorer:
    """Weights of signs alone, whose names have spaces for the underscores here."""
    by_sign = {name.replace("_", " "): weight for name, weight in weights.items()}
    return LimitScorer(by_sign, np.zeros(7, np.float32))


def list_contents_of_alternatives(
    quote: FoundQuote, text: str, *others: FoundQuote
) -> list[list[str]]:
    words = ArticleWords.of(build_encoded(text), Text(text))
    one = QuoteInWords.of(quote, words)
    nearby = [QuoteInWords.of(other, words) for other in others]
    return [
        [words.find_span(part).of(text) for part in parts]
        for parts in list_alternatives(one, one.parts, nearby, words)
    ]


def settle(text: str, quotes: list[FoundQuote], scorer: LimitScorer) -> list[list[str]]:
    settled = settle_limits(quotes, build_encoded(text), Text(text), scorer)
    return [[content.of(text) for content in quote.contents] for quote in settled]


def test_the_first_alternative_is_what_the_encoder_found() -> None:
    quote = build_quote(TEXT, "it would end on Friday")

    assert list_contents_of_alternatives(quote, TEXT)[0] == ["it would end on Friday"]


def test_a_content_may_end_before_a_phrase_or_go_on_to_the_end_of_its_sentence() -> None:
    quote = build_quote(TEXT, "it would end on Friday")

    alternatives = list_contents_of_alternatives(quote, TEXT)

    assert ["it would end"] in alternatives
    assert ["it would end on Friday, and the mayor urged calm."] not in alternatives
    assert ["it would end on Friday, and the mayor urged calm"] in alternatives


def test_no_alternative_has_words_of_the_cue_or_the_source() -> None:
    quote = build_quote(TEXT, "it would end on Friday")

    alternatives = list_contents_of_alternatives(quote, TEXT)

    assert not [parts for parts in alternatives if "said" in " ".join(parts)]


def test_no_limit_runs_through_the_cue_of_another_quote() -> None:
    text = "She said they went on to say it was safe."
    quote = build_quote(text, "they went on to say it was safe")
    other = build_quote(text, "it was safe", cue="went on to say", source="they")

    assert ["to say it was safe"] in list_contents_of_alternatives(quote, text)
    assert ["to say it was safe"] not in list_contents_of_alternatives(quote, text, other)


def test_no_limit_runs_through_an_address_or_a_hyphenated_word() -> None:
    text = "She said mails to a@news.example and co-op came back."
    quote = build_quote(text, "mails to a@news.example and co-op came back")

    alternatives = [parts[0] for parts in list_contents_of_alternatives(quote, text)]

    assert "mails" in alternatives
    assert not [content for content in alternatives if content.endswith(("a", "news", "co"))]
    assert not [
        content for content in alternatives if content.startswith(("news", "example", "op"))
    ]


def test_a_part_may_be_left_out_and_two_may_be_one() -> None:
    quote = build_quote(TEXT, "it would end", "Friday")

    alternatives = list_contents_of_alternatives(quote, TEXT)

    assert ["it would end"] in alternatives
    assert ["Friday"] in alternatives
    assert ["it would end on Friday"] in alternatives


def test_places_of_which_the_encoder_is_sure_that_they_are_none_are_no_alternatives() -> None:
    text = "She said it was sunny weather."
    quote = build_quote(text, "it was sunny weather", odds=SURE)

    assert ["it was sunny"] not in list_contents_of_alternatives(quote, text)


def test_a_long_sentence_has_a_bounded_number_of_alternatives() -> None:
    text = "She said " + "and " * 500 + "more."
    quote = build_quote(text, "and and and")

    alternatives = list_contents_of_alternatives(quote, text)

    assert len(alternatives) <= 1 + 2 * MOST_PLACES


def test_the_best_alternative_is_taken_and_asked_again() -> None:
    quote = build_quote(TEXT, "it would end on Friday, and")

    contents = settle(TEXT, [quote], build_scorer(next_on=1.0, first_would=1.0))

    assert contents == [["would end"]]


def test_weights_that_say_nothing_leave_a_content_as_it_is() -> None:
    quote = build_quote(TEXT, "it would end on Friday")

    assert settle(TEXT, [quote], build_scorer()) == [["it would end on Friday"]]


def test_what_the_layout_shows_is_left_as_it_is() -> None:
    quote = build_quote(TEXT, "it would end on Friday", odds=None)

    assert settle(TEXT, [quote], build_scorer(next_on=1.0)) == [["it would end on Friday"]]


def test_a_content_ends_before_what_its_source_says_next() -> None:
    text = "She said it would end and called for calm."
    saying = build_quote(text, "it would end and called for calm")
    calling = build_quote(text, "for calm", cue="called")

    contents = settle(text, [saying, calling], build_scorer(other_same_and=-1.0, next_and=0.5))

    assert contents == [["it would end"], ["for calm"]]


def test_the_other_quotes_that_are_looked_at_are_near() -> None:
    sentence = "She said it would end on Friday of this week or the next. "
    text = sentence * 100
    cues = [at for at in range(len(text)) if text.startswith("said", at)]
    words = ArticleWords.of(build_encoded(text), Text(text))
    quotes = [
        QuoteInWords.of(
            FoundQuote(Span(at - 4, at - 1), Span(at, at + 4), (Span(at + 5, at + 17),), 0.9), words
        )
        for at in cues
    ]

    nearby = list_quotes_nearby(quotes[50], quotes)

    assert 2 <= len(nearby) <= 10
    assert quotes[50] not in nearby


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("That", "that"),
        ("”", '"'),
        ("1914", "0"),
        ("Bell", "Name"),
        ("claimed", "verb-ed"),
        ("growing", "word-ing"),
        ("tables", "word-s"),
    ],
)
def test_a_word_is_itself_or_its_kind(word: str, kind: str) -> None:
    assert classify_word(word) == kind
