"""Noun phrases by their words alone, just well enough for "told the head of the agency"."""

import re
from functools import cached_property, lru_cache

from claims.extraction.lexicon.abbreviations import (
    ABBREVIATED_COMPANY_FORMS,
    ABBREVIATED_US_STATES,
)
from claims.extraction.lexicon.grammar import (
    ADJECTIVES_IN_ED,
    AUXILIARIES_BEFORE_VERB,
    DETERMINERS,
    NOUNS_IN_ING,
    NOUNS_IN_LY,
    PASSIVE_AUXILIARIES,
    WORDS_THAT_BEGIN_NO_PHRASE,
    WORDS_THAT_END_PHRASES,
)
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Span
from claims.extraction.text.days import START_OF_TIME_EXPRESSION
from claims.extraction.text.sentences import CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER

REACH_BEFORE_VERB = 60  # characters in which the auxiliaries of a verb are looked for
REACH_OF_PASSIVE = 30  # characters in which the auxiliary of a passive is looked for
REACH_OF_SUBJECT = 120  # characters in which a subject is looked for

DETERMINER = (
    rf"(?:{build_alternation(DETERMINERS)}"
    r"|dozens\sof|hundreds\sof|a\sgroup\sof|a\scrowd\sof|The|A|An)"
)

# Words that end a noun phrase: those of a table, and what by its ending is a verb or an adverb.
WORDS_AFTER_PHRASE = (
    rf"{build_alternation(WORDS_THAT_END_PHRASES)}|"
    rf"(?!{build_alternation(NOUNS_IN_ING)}\b)[a-z]{{2,}}ing|"
    rf"(?!{build_alternation(ADJECTIVES_IN_ED)}\b)[a-z]{{3,}}ed|"
    rf"(?!{build_alternation(NOUNS_IN_LY)}\b)[a-z]{{3,}}ly"
)
ANY_WORD = r"(?:\d[\d,.]*\d|[^\W_](?:[\w'’&/.-]*[\w'’])?\.?+)(?!\w)"

# In the lines that rules read, this stands for each space before a word that ends a noun phrase, or
# before an expression of time. It is another kind of space.
PHRASE_FENCE = "\x1f"
SPACE_AFTER_PHRASE = re.compile(
    rf"[^\S\n](?=(?:{WORDS_AFTER_PHRASE})(?![\w-])|{START_OF_TIME_EXPRESSION})"
)
SPACES_WITHIN_PHRASE = rf"[^\S\n{PHRASE_FENCE}]+"  # no noun phrase goes on in the next paragraph

SMALL_WORD = rf"{build_alternation(WORDS_THAT_BEGIN_NO_PHRASE)}(?!\w)"
FIRST_WORD_AFTER_DETERMINER = rf"(?!{SMALL_WORD}){ANY_WORD}"
FIRST_WORD_WITHOUT_DETERMINER = rf"(?:(?<=\s)(?<!{PHRASE_FENCE})|(?<!\s)(?!{SMALL_WORD})){ANY_WORD}"
FIRST_WORDS = (
    rf"(?:(?:{DETERMINER}\s+){{1,2}}{FIRST_WORD_AFTER_DETERMINER}|{FIRST_WORD_WITHOUT_DETERMINER})"
)
WORD_OF_PROGRAMME_TITLE = r"(?:[A-Z0-9][\w'’]*|of|the|and|in|with|to|a|&)"
PROGRAMME_TITLE = (
    rf"""(?:["“‘](?=[A-Z0-9]){WORD_OF_PROGRAMME_TITLE}(?:\s{WORD_OF_PROGRAMME_TITLE}){{0,5}}"""
    r"""[,.]?["”’])"""
)
CORE_OF_PHRASE = (
    rf"{FIRST_WORDS}(?:{SPACES_WITHIN_PHRASE}{ANY_WORD}){{0,6}}(?:\s{PROGRAMME_TITLE})?"
)
NOUN_PHRASE = rf"{CORE_OF_PHRASE}(?:\s+of\s+{CORE_OF_PHRASE}){{0,2}}"
# Before "and" and a verb the phrase is over.
AND_NOUN_PHRASE = rf",?\s+and\s+(?=(?:{DETERMINER})\s|[A-Z]|[\w-]+s\b){NOUN_PHRASE}"
JOINED_NOUN_PHRASES = rf"{NOUN_PHRASE}(?:(?:,\s+{NOUN_PHRASE})?{AND_NOUN_PHRASE})?"
OBJECT_PRONOUN = r"(?:him|her|them|us|me)"
# What may come after a whole noun phrase.
END_OF_PHRASE = (
    rf"""(?=\s*(?:\Z|[,.;:!?()"“”—–{CONTENT_PLACEHOLDER}{ROLE_PLACEHOLDER}\n]|-\s)"""
    rf"""|\s*{PHRASE_FENCE})"""
)

ABBREVIATION_WITH_CAPITAL = build_alternation(
    word.capitalize() for word in ABBREVIATED_US_STATES | ABBREVIATED_COMPANY_FORMS | {"jr", "sr"}
)
ABBREVIATION_AT_END = re.compile(
    rf"(?:\b[A-Za-z]\.[A-Za-z]|\b(?:{ABBREVIATION_WITH_CAPITAL}|[A-Z]))\.\Z"
)
LONGEST_ABBREVIATION = 6  # characters: "Calif."
PASSIVE_AUXILIARY_AT_END = re.compile(
    rf"\b{build_alternation(PASSIVE_AUXILIARIES)}\s+"
    r"(?:(?:also|again|repeatedly|later|\w+ly)\s+)?\Z",
    re.I,
)
ING_FORM = re.compile(r"\w+ing\b")
AUXILIARIES_AT_END = re.compile(
    rf"(?<!\S)(?:(?:{build_alternation(AUXILIARIES_BEFORE_VERB)}|also|again|later|\w+ly)\s+)+\Z"
)

LEADING_MARKS = " \t\n\xa0,;:.!?—–-)]}”\"'’"
TRAILING_MARKS = " \t\n\xa0,;:!?—–-([{“‘\"'.”’)]…"
OPENING_OF_CLOSING_MARK = {"”": "“", ")": "(", "]": "[", '"': '"'}
POSSESSIVE_AT_END = re.compile(r"['’]s?\Z")
PLURAL_POSSESSIVE_AT_END = re.compile(r"s['’]\Z")
LETTER = re.compile(r"[^\W\d_]")


@lru_cache(16)
def fence_phrases(line: str) -> str:
    """Return the line, as long as before, with a fence before each word that ends a noun phrase."""
    return SPACE_AFTER_PHRASE.sub(PHRASE_FENCE, line.replace(PHRASE_FENCE, " "))


class PhraseRule:
    """A pattern with noun phrases in it, which reads fenced lines.

    What it matches may so have other spaces than the line. It is compiled when it is first used, as
    that takes some hundredths of a second.
    """

    def __init__(self, pattern: str, flags: int = 0):
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def match(self, line: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Match at `start`, as a compiled pattern does."""
        last = len(line) if end is None else end
        return self.compiled.match(fence_phrases(line), start, last)

    def search(self, line: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Search from `start`, as a compiled pattern does."""
        last = len(line) if end is None else end
        return self.compiled.search(fence_phrases(line), start, last)


SUBJECT_AT_END = PhraseRule(
    r"(?:\A|[,;:—]\s|\b(?:and|but|while|as|that|after|because)\s)"
    rf"(?P<who>[Hh]e|[Ss]he|[Tt]hey|{NOUN_PHRASE}(?:{AND_NOUN_PHRASE})?)\s*\Z"
)


def trim_bounds(line: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of `line[start:end]` without the loose marks at either end.

    A full stop stays with "U.S.", and a mark with the one that it opens or closes.
    """
    while start < end and line[start] in LEADING_MARKS:
        if has_closed_first_mark(line[start:end]):
            break
        start += 1
    while start < end and line[end - 1] in TRAILING_MARKS:
        if has_opened_last_mark(line[start:end]):
            break
        end -= 1
    return start, end


def has_closed_first_mark(words: str) -> bool:
    """Return whether the first character is a straight mark that is closed within."""
    return words[0] in "\"'" and words.count(words[0]) > 1


def has_opened_last_mark(words: str) -> bool:
    """Return whether the last character belongs to what it follows."""
    last = words[-1]
    if last == ".":
        earliest = max(len(words) - LONGEST_ABBREVIATION, 0)
        return ABBREVIATION_AT_END.search(words, earliest) is not None
    if last in OPENING_OF_CLOSING_MARK:
        return OPENING_OF_CLOSING_MARK[last] in words[:-1]
    return PLURAL_POSSESSIVE_AT_END.search(words) is not None


def find_phrase_span(line: str, start: int, end: int) -> Span | None:
    """Return the trimmed span of a noun phrase.

    None where nothing is left of it, where it holds blanked words, or where it is a possessor cut
    off from what it has.
    """
    start, end = trim_bounds(line, start, end)
    if start >= end:
        return None
    words = line[start:end]
    if ROLE_PLACEHOLDER in words or CONTENT_PLACEHOLDER in words:
        return None
    if POSSESSIVE_AT_END.search(words) or not LETTER.search(words):
        return None
    return Span(start, end)


def is_passive(line: str, verb: int) -> bool:
    """Return whether the participle at `verb` is that of a passive: "was accused"."""
    earliest = max(0, verb - REACH_OF_PASSIVE)
    auxiliary = PASSIVE_AUXILIARY_AT_END.search(line, earliest, verb)
    return auxiliary is not None and not ING_FORM.match(line, verb)


def find_subject_bounds(line: str, verb: int) -> tuple[int, int] | None:
    """Return the bounds of the noun phrase before the auxiliaries of the verb at `verb`."""
    auxiliaries = AUXILIARIES_AT_END.search(line, max(0, verb - REACH_BEFORE_VERB), verb)
    if auxiliaries is None:
        return None
    earliest = max(0, auxiliaries.start() - REACH_OF_SUBJECT)
    subject = SUBJECT_AT_END.search(line, earliest, auxiliaries.start())
    return subject.span("who") if subject else None
