"""Quotations are quoted whole: a content that is part of one becomes all of it.

Of a quotation of several sentences the encoder often finds those next to the cue alone. The marks
show where it begins and ends.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from claims.extraction.lexicon.pronouns import PRONOUNS
from claims.extraction.lexicon.verbs import LEMMA_OF_FORM
from claims.extraction.lexicon.words import word_set
from claims.extraction.quotes.finding import LENGTH_OF_STRETCH
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from claims.extraction.text.quotation import DOUBLE_MARKS

OPENING_DOUBLE_MARKS = '"“„«'
CLOSING_DOUBLE_MARKS = '"”»'
ENDS_OF_SPOKEN_SENTENCE = ".!?…,’'"
ENDS_OF_PARAGRAPH_BEFORE = '.!?”"'
LOOSE_MARKS_AFTER_QUOTATION = " .,"
MOST_WORDS_OF_HEADLINE = 15
FEWEST_WORDS_OF_QUOTATION = 4  # of one that stands alone; what is shorter may be a slogan
WORD_WITH_APOSTROPHE = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
FURTHER_SENTENCE = re.compile(r"[.!?][\"”’')\]]*[ \u00a0\t]+\S")  # of the same paragraph
VERBS_THAT_CONTINUE = word_set(
    """say add tell explain note warn claim argue insist state write stress emphasize emphasise
    underline continue announce suggest maintain recall declare conclude testify complain
    acknowledge admit confirm advise contend assert reiterate observe remark comment speak point
    predict urge believe advocate highlight call"""
)


def complete_quotations(quotes: Sequence[FoundQuote], text: Text) -> list[FoundQuote]:
    """Return the quotes, each with the whole of a quotation of which it alone has a part.

    Quotations of which no quote has a part are quotes of their own, if they go on with the one that
    they follow.
    """
    completed = list(quotes)
    quotes_near = index_by_stretches(completed)
    quotations = list(list_quotations(text))
    standing_alone = []
    speaker_of: dict[Span, int] = {}
    for quotation in quotations:
        nearby: set[int] = set()
        for stretch in list_stretches(quotation):
            nearby |= quotes_near[stretch]
        touching = [number for number in sorted(nearby) if has_part(completed[number], quotation)]
        touching = leave_to_its_speaker(quotation, touching, completed, text)
        in_need = [number for number in touching if lacks_rest(completed[number], quotation)]
        if len(in_need) == 1:
            number = in_need[0]
            completed[number] = extend_to_quotation(completed[number], quotation)
        outer = [number for number in touching if not quotation.overlaps(completed[number].cue)]
        if len(outer) == 1:
            speaker_of[quotation] = outer[0]
        if not outer:
            standing_alone.append(quotation)
    pairs = [pair for pair in pairwise(quotations) if goes_on_in_next(*pair, text)]
    alone = join_paragraphs_left_open(completed, pairs, standing_alone, speaker_of)
    return add_quotations_after(completed, alone, text)


def join_paragraphs_left_open(
    quotes: list[FoundQuote],
    pairs: Sequence[tuple[Span, Span]],
    standing_alone: Sequence[Span],
    speaker_of: dict[Span, int],
) -> list[Span]:
    """Give a quotation that nobody has to whoever has the one before it, which is left open at the
    end of its paragraph, or the one after it, if it is left open itself; return those that are
    still nobody's.

    `pairs` are of quotations that go on in the next one, and `speaker_of` has the quotes' numbers.
    """
    alone = set(standing_alone)
    joined: defaultdict[int, list[Span]] = defaultdict(list)
    for one, other in [pair[::-1] for pair in reversed(pairs)] + list(pairs):
        number = speaker_of.get(one)
        if other in alone and number is not None:
            joined[number].append(other)
            speaker_of[other] = number
            alone.remove(other)
    for number, spans in joined.items():
        contents = sorted((*quotes[number].contents, *spans))
        quotes[number] = replace(quotes[number], contents=tuple(contents))
    return [quotation for quotation in standing_alone if quotation in alone]


def goes_on_in_next(quotation: Span, following: Span, text: Text) -> bool:
    """Return whether a quotation has no closing mark, since the next paragraph goes on with it."""
    if text[quotation.end - 1] in CLOSING_DOUBLE_MARKS:
        return False
    paragraph = text.find_paragraph(quotation.start)
    is_next = paragraph + 1 == text.find_paragraph(following.start)
    return is_next and text.paragraphs[paragraph + 1][0] == following.start


def leave_to_its_speaker(
    quotation: Span, touching: list[int], quotes: list[FoundQuote], text: Text
) -> list[int]:
    """Return the quotes that have a part of a quotation, where one has all of it and its cue in the
    same paragraph: the others lose their part, if it is not all that they have.

    What a quote inside the quotation has stays with it.
    """
    paragraph = find_paragraph_of_span(quotation, text)
    owners = [
        number
        for number in touching
        if find_paragraph_of_span(quotes[number].cue, text) == paragraph
        and not quotation.overlaps(quotes[number].cue)
        and any(holds(content, quotation) for content in quotes[number].contents)
    ]
    if len(owners) != 1:
        return touching
    kept = []
    for number in touching:
        quote = quotes[number]
        others = [content for content in quote.contents if not content.overlaps(quotation)]
        is_elsewhere = find_paragraph_of_span(quote.cue, text) != paragraph
        if is_elsewhere and others:
            quotes[number] = replace(quote, contents=tuple(others))
        else:
            kept.append(number)
    return kept


def index_by_stretches(quotes: Sequence[FoundQuote]) -> defaultdict[int, set[int]]:
    """Return the numbers of the quotes by the stretches of text that their contents touch."""
    numbers_near: defaultdict[int, set[int]] = defaultdict(set)
    for number, quote in enumerate(quotes):
        for content in quote.contents:
            for stretch in list_stretches(content):
                numbers_near[stretch].add(number)
    return numbers_near


def list_stretches(span: Span) -> range:
    """Return the numbers of the stretches of text that a span touches."""
    return range(span.start // LENGTH_OF_STRETCH, (span.end - 1) // LENGTH_OF_STRETCH + 1)


def list_quotations(text: Text) -> Iterator[Span]:
    """Yield what stands in double marks, the marks included.

    What only seems to, between the end of one quotation and the start of the next, has a space
    inside its marks.
    """
    for start, end, marks in text.quoted_stretches:
        after_opening = text[start + 1 : start + 2]
        before_closing = text[end - 2 : end - 1]
        has_space_inside = after_opening.isspace() or before_closing.isspace()
        if marks == DOUBLE_MARKS and not has_space_inside:
            yield Span(start, end)


def has_part(quote: FoundQuote, quotation: Span) -> bool:
    return any(content.overlaps(quotation) for content in quote.contents)


def lacks_rest(quote: FoundQuote, quotation: Span) -> bool:
    """Return whether a quote may be completed to a quotation of which it has a part.

    A quote whose own cue or source stands in the quotation is one inside it.
    """
    if quotation.overlaps(quote.cue):
        return False
    if quote.source and quotation.overlaps(quote.source):
        return False
    return not any(holds(content, quotation) for content in quote.contents)


def holds(content: Span, quotation: Span) -> bool:
    return content.start <= quotation.start and quotation.end <= content.end


def extend_to_quotation(quote: FoundQuote, quotation: Span) -> FoundQuote:
    """Return the quote with the contents that touch the quotation as one, which holds all of it."""
    touching = [content for content in quote.contents if content.overlaps(quotation)]
    contents = [content for content in quote.contents if not content.overlaps(quotation)]
    start = min(quotation.start, touching[0].start)
    end = max(quotation.end, touching[-1].end)
    contents.append(Span(start, end))
    return replace(quote, contents=tuple(sorted(contents)))


def find_paragraph_of_span(span: Span, text: Text) -> int:
    """Return the number of the paragraph in which a span ends."""
    return text.find_paragraph(span.end - 1)


def begins_with_headline(text: Text) -> bool:
    """Return whether the first paragraph is a headline, which no quotation goes on from."""
    start, end = text.paragraphs[0]
    return len(text[start:end].split()) <= MOST_WORDS_OF_HEADLINE


def list_lemmas(cue: str) -> list[str | None]:
    """Return the lemma of each word of a cue, None for a word that is no form of a known verb."""
    words = WORD_WITH_APOSTROPHE.findall(cue.casefold())
    return [LEMMA_OF_FORM.get(word) for word in words]


# Quotations that go on with the quote before them


class QuotesByParagraph:
    """Which quote ends last in each paragraph, and which begins first, by their numbers.

    Quotes inside others do not count. `last` grows as quotations are added to quotes.
    """

    def __init__(self, quotes: Sequence[FoundQuote], text: Text):
        self.last: dict[int, tuple[int, int]] = {}  # by paragraph: where the quote ends, its number
        self.first: dict[int, int] = {}  # by paragraph: the quote whose cue is the first
        for number, quote in enumerate(quotes):
            if quote.within is not None:
                continue
            self.first.setdefault(find_paragraph_of_span(quote.cue, text), number)
            for span in (quote.cue, *quote.contents):
                paragraph = find_paragraph_of_span(span, text)
                before = self.last.get(paragraph, (0, 0))
                self.last[paragraph] = max(before, (span.end, number))


def add_quotations_after(
    quotes: Sequence[FoundQuote], quotations: Sequence[Span], text: Text
) -> list[FoundQuote]:
    """Return the quotes, and as one each the quotations without a speaker that go on with one.

    They follow as paragraphs of their own or end the quote's own paragraph. None follows where
    anybody else may be the speaker. Their cue is the mark with which they open.
    """
    added: list[tuple[list[Span], float]] = []
    places = QuotesByParagraph(quotes, text)
    for quotation in quotations:
        if added and goes_on_in_next(added[-1][0][-1], quotation, text):
            added[-1][0].append(quotation)
            continue
        number = find_quote_to_go_on_with(quotation, quotes, places, text)
        if number is None:
            continue
        added.append(([quotation], quotes[number].confidence))
        places.last[find_paragraph_of_span(quotation, text)] = (quotation.end, number)
    more = []
    for spans, confidence in added:
        mark = Span(spans[0].start, spans[0].start + 1)
        more.append(FoundQuote(None, mark, tuple(spans), confidence))
    return sorted([*quotes, *more], key=lambda quote: quote.cue)


def find_quote_to_go_on_with(
    quotation: Span, quotes: Sequence[FoundQuote], places: QuotesByParagraph, text: Text
) -> int | None:
    """Return the number of the quote that a quotation without a speaker goes on with.

    It is the last one of its paragraph or, where the quotation begins that, of the paragraph
    before. None where that speaker may have stopped, or who speaks next begins here.
    """
    if not may_go_on_with_quote(quotation, text):
        return None
    paragraph = find_paragraph_of_span(quotation, text)
    begins_paragraph = not get_words_before(quotation, text)
    last = places.last.get(paragraph - 1 if begins_paragraph else paragraph)
    if last is None:
        return None
    end, number = last
    if end > quotation.start:
        return None
    if not may_speak_on(quotes[number], text[end : quotation.start], text):
        return None
    next_number = places.first.get(paragraph + 1)
    if next_number is None or may_share_source(quotes[next_number], quotes[number], text):
        return number
    return None


def may_go_on_with_quote(quotation: Span, text: Text) -> bool:
    """Return whether a quotation that nobody has said stands where another may go on.

    It is speech that ends its paragraph, and comes after the end of a sentence, not of a headline.
    """
    if get_words_after(quotation, text) or not is_spoken_sentence(quotation.of(text)):
        return False
    before = get_words_before(quotation, text)
    if before:
        return before[-1] in ENDS_OF_PARAGRAPH_BEFORE
    return find_paragraph_of_span(quotation, text) > 1 or not begins_with_headline(text)


def get_words_before(span: Span, text: Text) -> str:
    """Return the words of its paragraph before a span."""
    start, _ = text.paragraphs[find_paragraph_of_span(span, text)]
    return text[start : span.start].rstrip()


def get_words_after(span: Span, text: Text) -> str:
    """Return the words of its paragraph after a span, without a stop."""
    _, end = text.paragraphs[find_paragraph_of_span(span, text)]
    return text[span.end : end].strip(LOOSE_MARKS_AFTER_QUOTATION)


def is_spoken_sentence(quotation: str) -> bool:
    """Return whether a quotation is speech, and no title or sign.

    It has some words, most of them without a capital but for the first, and a stop inside the
    marks, unless they are not closed.
    """
    words = WORD_WITH_APOSTROPHE.findall(quotation)
    if len(words) < FEWEST_WORDS_OF_QUOTATION:
        return False
    bare = quotation.strip(OPENING_DOUBLE_MARKS + "”» ")
    is_closed = quotation[-1:] in CLOSING_DOUBLE_MARKS
    if is_closed and bare[-1:] not in ENDS_OF_SPOKEN_SENTENCE:
        return False
    words_in_small_letters = sum(word.islower() for word in words)
    return bare[:1].isupper() and 2 * words_in_small_letters >= len(words)


def may_speak_on(quote: FoundQuote, between: str, text: str) -> bool:
    """Return whether a quote may go on in a quotation of its own, after the words between.

    Somebody says something, and does not ask, deny or welcome it, nor is anything told between.
    """
    if quote.source is None:
        return False
    lemmas = list_lemmas(quote.cue.of(text))
    if lemmas and VERBS_THAT_CONTINUE.isdisjoint(lemmas):
        return False
    if "?" in quote.contents[-1].of(text)[-2:]:
        return False
    return not FURTHER_SENTENCE.search(between) and between.strip()[-1:] != ":"


def may_share_source(one: FoundQuote, other: FoundQuote, text: str) -> bool:
    """Return whether two quotes may be of one source: a pronoun, or with the same last word."""
    if one.source is None or other.source is None:
        return one.source is None
    source = one.source.of(text).casefold()
    other_source = other.source.of(text).casefold()
    return source in PRONOUNS or source.split()[-1] == other_source.split()[-1]
