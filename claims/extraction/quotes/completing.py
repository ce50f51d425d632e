"""Quotations are quoted whole: a content that is part of what stands in quotation marks becomes all of it.

Of a quotation of several sentences the encoder often finds those next to the cue alone. The marks show where it begins and
ends.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.lexicon.pronouns import PRONOUNS
from claims.extraction.lexicon.verbs import LEMMA_OF_FORM
from claims.extraction.lexicon.words import word_set
from claims.extraction.quotes.finding import LENGTH_OF_STRETCH, FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.quotation import DOUBLE_MARKS, list_paragraphs, list_quoted_stretches

OPENING_DOUBLE_MARKS = '"“„«'
ENDS_OF_PARAGRAPH_BEFORE = '.!?”"'
MOST_WORDS_OF_HEADLINE = 15  # words
CLOSING_DOUBLE_MARKS = '"”»'
FEWEST_WORDS_OF_QUOTATION = (
    4  # words at least has a quotation that stands alone; what is shorter may be a slogan
)
WORD_WITH_APOSTROPHE = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
FURTHER_SENTENCE = re.compile(
    r"[.!?][\"”’')\]]*[ \u00a0\t]+\S"
)  # another sentence of the same paragraph
VERBS_THAT_CONTINUE = word_set(
    """say add tell explain note warn claim argue insist state write stress emphasize emphasise underline continue announce
    suggest maintain recall declare conclude testify complain acknowledge admit confirm advise contend assert reiterate observe
    remark comment speak point predict urge believe advocate highlight call"""
)


def complete_quotations(found: Sequence[FoundQuote], text: str) -> list[FoundQuote]:
    """The quotes, each with the whole of a quotation of which it has a part, where no other has the rest, and with the
    quotations that stand alone after it.
    """
    paragraph = ParagraphIndex(text)
    made = [drop_headline_and_answers(quote, paragraph) for quote in found]
    near: defaultdict[int, set[int]] = defaultdict(
        set
    )  # quotes by the stretches of text that their contents are in
    for i, quote in enumerate(made):
        for content in quote.contents:
            for stretch in list_stretches(content):
                near[stretch].add(i)
    alone = []
    for marked in list_quotations(text):
        some = {i for stretch in list_stretches(marked) for i in near[stretch]}
        touching = sorted(i for i in some if any(c.overlaps(marked) for c in made[i].contents))
        sharing = [i for i in touching if is_outside_quotation(made[i], marked)]
        partly = [
            i
            for i in sharing
            if not any(c.start <= marked.start and marked.end <= c.end for c in made[i].contents)
        ]
        if len(partly) == 1:
            made[partly[0]] = extend_to_quotation(made[partly[0]], marked)
        if not touching:
            alone.append(marked)
    return append_quotations_after(made, alone, paragraph)


def drop_headline_and_answers(quote: FoundQuote, paragraph: "ParagraphIndex") -> FoundQuote:
    """The quote without the headline above it, and a question without the answers below it."""
    text, at = paragraph.text, paragraph.of(quote.cue)
    asked = any(
        LEMMA_OF_FORM.get(word) == "ask"
        for word in WORD_WITH_APOSTROPHE.findall(quote.cue.of(text).casefold())
    )
    lines = [paragraph.of(content) for content in quote.contents]
    headed = at > 0 and paragraph.headline()
    kept = [
        c
        for c, line in zip(quote.contents, lines, strict=True)
        if not (headed and line == 0) and not (asked and line > at)
    ]
    return replace(quote, contents=tuple(kept)) if kept else quote


def list_stretches(span: Span) -> range:
    return range(span.start // LENGTH_OF_STRETCH, (span.end - 1) // LENGTH_OF_STRETCH + 1)


def append_quotations_after(
    found: list[FoundQuote], alone: Sequence[Span], paragraph: "ParagraphIndex"
) -> list[FoundQuote]:
    """The quotes, each with the quotations without a speaker that follow it: as paragraphs of their own, or ending its own.

    None follows where anybody else may be the speaker: after a question, after anything more in the paragraph before, and
    before a quotation of somebody else.
    """
    text = paragraph.text
    last: dict[
        int, tuple[int, int]
    ] = {}  # by paragraph, where the last quote in it ends, and which that is
    first: dict[int, int] = {}  # by paragraph, the quote whose cue is the first in it
    for i, quote in enumerate(found):
        if quote.within is None:
            first.setdefault(paragraph.of(quote.cue), i)
            for span in (quote.cue, *quote.contents):
                last[paragraph.of(span)] = max(last.get(paragraph.of(span), (0, 0)), (span.end, i))
    added: defaultdict[int, list[Span]] = defaultdict(list)
    for marked in alone:
        at = paragraph.of(marked)
        before, after = paragraph.around(marked)
        end, i = last.get(at if before else at - 1, (-1, -1))
        if end < 0 or end > marked.start or after or not is_spoken_sentence(marked.of(text)):
            continue
        follows = (
            before[-1] in ENDS_OF_PARAGRAPH_BEFORE if before else at > 1 or not paragraph.headline()
        )
        between, other = text[end : marked.start], first.get(at + 1)
        asked = any(
            "?" in content.of(text)[-2:] for content in (*found[i].contents[-1:], *added[i][-1:])
        )
        nobody_else = (
            not asked and not FURTHER_SENTENCE.search(between) and between.strip()[-1:] != ":"
        )
        if (
            follows
            and nobody_else
            and may_continue_in_quotation(found[i], text)
            and (other is None or may_share_source(found[other], found[i], text))
        ):
            added[i].append(marked)
            last[at] = (marked.end, i)
    return [
        replace(q, contents=tuple(sorted((*q.contents, *added[i])))) if i in added else q
        for i, q in enumerate(found)
    ]


class ParagraphIndex:
    def __init__(self, text: str):
        self.text, self.lines = text, list(list_paragraphs(text))
        self.starts = [start for start, _ in self.lines]

    def of(self, span: Span) -> int:
        return bisect_right(self.starts, span.end - 1) - 1

    def around(self, span: Span) -> tuple[str, str]:
        """The words of its paragraph before the span and after it."""
        start, end = self.lines[self.of(span)]
        return self.text[start : span.start].rstrip(), self.text[span.end : end].strip(" .,")

    def headline(self) -> bool:
        """Whether the first paragraph is one, which no quotation goes on from."""
        start, end = self.lines[0]
        return len(self.text[start:end].split()) <= MOST_WORDS_OF_HEADLINE


def may_continue_in_quotation(quote: FoundQuote, text: str) -> bool:
    """Whether a quote may go on in a quotation of its own: somebody says something, and does not ask, deny or welcome it."""
    words = WORD_WITH_APOSTROPHE.findall(quote.cue.of(text).casefold())
    return quote.source is not None and (
        not words or any(LEMMA_OF_FORM.get(word) in VERBS_THAT_CONTINUE for word in words)
    )


def may_share_source(one: FoundQuote, other: FoundQuote, text: str) -> bool:
    """Whether two sources may be one: a pronoun, or the same last word."""
    if one.source is None or other.source is None:
        return one.source is None
    words = one.source.of(text).casefold()
    return words in PRONOUNS or words.split()[-1] == other.source.of(text).casefold().split()[-1]


def is_spoken_sentence(quotation: str) -> bool:
    """Whether it is speech, and no title or sign: some words, a stop inside the marks, most words without a capital."""
    words = WORD_WITH_APOSTROPHE.findall(quotation)
    bare = quotation.strip(OPENING_DOUBLE_MARKS + "”» ")
    small = sum(word.islower() for word in words)
    stopped = bare[-1:] in ".!?…,’'" or quotation[-1:] not in CLOSING_DOUBLE_MARKS
    return (
        len(words) >= FEWEST_WORDS_OF_QUOTATION
        and bare[:1].isupper()
        and stopped
        and 2 * small >= len(words)
    )


def list_quotations(text: str) -> Iterator[Span]:
    """What stands in double marks, the marks included; not what only seems to, between the end of one and the next."""
    for start, end, marks in list_quoted_stretches(text):
        if (
            marks == DOUBLE_MARKS
            and not text[start + 1 : start + 2].isspace()
            and not text[end - 2 : end - 1].isspace()
        ):
            yield Span(start, end)


def is_outside_quotation(quote: FoundQuote, marked: Span) -> bool:
    """Whether neither cue nor source stands in the quotation, as that of a quote inside it would."""
    return not marked.overlaps(quote.cue) and not (quote.source and marked.overlaps(quote.source))


def extend_to_quotation(quote: FoundQuote, marked: Span) -> FoundQuote:
    touching = [c for c in quote.contents if c.overlaps(marked)]
    whole = Span(min(marked.start, touching[0].start), max(marked.end, touching[-1].end))
    rest = [c for c in quote.contents if c not in touching]
    return replace(quote, contents=tuple(sorted((*rest, whole))))
