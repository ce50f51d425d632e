from claims.extraction.quotes.blocks import fit_to_blocks
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from claims.extraction.text.blocks import build_blocks

LINES = (
    ("Dent says it is safe", "heading"),
    ("Carla Dent said the town would have:", "paragraph"),
    ("new lamps on the bridge", "item"),
    ("a ferry every ten minutes", "item"),
    ("Nobody was hurt.", "paragraph"),
    ("412 metres from end to end", "item"),
)
WORDS = "\n".join(line for line, _ in LINES)
TEXT = Text.with_blocks(WORDS, build_blocks(WORDS, [kind for _, kind in LINES]))


def find(words: str) -> Span:
    start = WORDS.index(words)
    return Span(start, start + len(words))


def quote(source: str, cue: str, *contents: str) -> FoundQuote:
    return FoundQuote(find(source), find(cue), tuple(find(words) for words in contents), 0.9)


SAID = quote("Carla Dent", "said", "the town would have:")


def test_nobody_says_a_heading() -> None:
    in_heading = quote("Dent", "says", "it is safe")

    assert fit_to_blocks([in_heading], TEXT) == []


def test_a_quote_is_left_with_what_it_says_beside_a_heading() -> None:
    both = quote("Carla Dent", "said", "Dent says it is safe", "the town would have:")

    (kept,) = fit_to_blocks([both], TEXT)

    assert find("Dent says it is safe") not in kept.contents


def test_who_introduces_a_list_says_all_of_it() -> None:
    (kept,) = fit_to_blocks([SAID], TEXT)

    said = [content.of(WORDS) for content in kept.contents]
    assert said == ["the town would have:", "new lamps on the bridge\na ferry every ten minutes"]


def test_a_list_that_follows_a_whole_sentence_is_nobodys() -> None:
    hurt = quote("Nobody", "was", "hurt.")

    assert fit_to_blocks([hurt], TEXT) == [hurt]


def test_a_list_in_which_somebody_else_speaks_is_left_as_it_was_read() -> None:
    inner = quote("ferry", "every", "ten minutes")

    assert fit_to_blocks([SAID, inner], TEXT) == [SAID, inner]


def test_without_blocks_nothing_changes() -> None:
    assert fit_to_blocks([SAID], Text(WORDS)) == [SAID]
