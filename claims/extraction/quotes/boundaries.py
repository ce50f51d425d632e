"""Where a source, a cue and a content begin and end.

What the encoder cuts short or lets run on is put right by the words around it.
"""

import re
from collections.abc import Iterable, Sequence

from claims.extraction.lexicon.function_words import WORDS_OF_NO_SOURCE
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from claims.extraction.text.quotation import OPENING_MARKS
from claims.extraction.text.sentences import (
    REACH_OF_SENTENCE,
    find_stop_after,
)

CLAUSE_BEGUN_AT_END = re.compile(  # at the end of a source
    r"(?<=\w),?\s+"
    r"(?:(?:which|who)(?:\s+[\w’'-]+)?|in|on|of|at|for|from|with|and|the|an?|to|by|\()\Z"
)
CUE_CUT_SHORT = re.compile(r"\b(?:the|a|an|this|last|next|its|his|her|their)$", re.I)
REST_OF_CUE = re.compile(r"(?:\s+[\w’'-]+){1,2}?(?=[,.;:\s])")
ENDS_OF_INTRODUCTION = (":", ",", "—", "–")  # before what stands in the next paragraph
STOPS_AND_BLANKS = ".… \t\u00a0\n"


# Sources


def trim_source(source: Span, text: str) -> Span | None:
    """Return the source without what does not belong to it; None where only "the" is left, or an
    adverb: "Never urged …".
    """
    clause = CLAUSE_BEGUN_AT_END.search(text, source.start, source.end)
    if clause:
        source = Span(source.start, clause.start())
    if source.of(text).casefold() in WORDS_OF_NO_SOURCE:
        return None
    return source


# Cues


def complete_cue(cue: Span, others: Sequence[Span], text: str) -> Span:
    """Return the cue; where it stops at "last" or "in an", with the missing word: "last month".

    It takes no word of the `others`, the quote's other spans.
    """
    if not CUE_CUT_SHORT.search(text, cue.start, cue.end):
        return cue
    rest = REST_OF_CUE.match(text, cue.end)
    if rest is None or "\n" in rest[0]:
        return cue
    return extend_span(cue, rest.end(), others)


def extend_span(span: Span, end: int, others: Iterable[Span]) -> Span:
    """Return the span up to `end`, or as it is where it would run into one of the others."""
    longer = Span(span.start, end)
    for other in others:
        if longer.overlaps(other) and not span.overlaps(other):
            return span
    return longer


# Contents


def complete_to_sentence(content: Span, others: Sequence[Span], text: Text) -> Span:
    """Return the content up to the end of its sentence, where none of the `others` stands in that.

    Of a quotation the marks show where it ends.
    """
    if text.quoted_characters[content.end - 1]:
        return content
    rest = text[content.end : content.end + REACH_OF_SENTENCE]
    rest = rest[: find_stop_after(rest, 0)].rstrip(STOPS_AND_BLANKS)
    return extend_span(content, content.end + len(rest), others)


def keep_to_paragraph(contents: Sequence[Span], cue: Span, text: Text) -> list[Span]:
    """Return the contents without what stands in other paragraphs than the cue's.

    A quotation may stand there, and whatever the cue's paragraph introduces. Of 5,600 unquoted
    contents in the world news 27 stand in other paragraphs that nothing introduces.
    """
    reach = max(content.end for content in contents)
    paragraph = find_paragraph_of_sentence(cue, reach, text)
    introduces = paragraph.of(text).rstrip().endswith(ENDS_OF_INTRODUCTION)
    kept = []
    for content in contents:
        is_quotation = text[content.start] in OPENING_MARKS or text.quoted_characters[content.start]
        is_introduced = introduces and content.end > paragraph.end
        if is_quotation or (is_introduced and content.start >= paragraph.start):
            kept.append(content)
        elif content.overlaps(paragraph):
            kept.append(cut_to_paragraph(content, paragraph, text))
    return kept


def find_paragraph_of_sentence(cue: Span, reach: int, text: Text) -> Span:
    """Return the paragraph of a cue, with those that begin before `reach` and go on in the middle
    of a sentence, as the lines of a wire do.
    """
    number = text.find_paragraph(cue.start)
    start, end = text.paragraphs[number]
    while end < reach and number + 1 < len(text.paragraphs):
        number += 1
        next_start, next_end = text.paragraphs[number]
        if not text[next_start].islower():
            break
        end = next_end
    return Span(start, end)


def cut_to_paragraph(content: Span, paragraph: Span, text: str) -> Span:
    """Return what of a content stands in a paragraph that it shares characters with."""
    start = max(content.start, paragraph.start)
    end = content.end
    if end > paragraph.end:
        end = start + len(text[start : paragraph.end].rstrip(" \t\u00a0."))
    return Span(start, max(end, start + 1))
