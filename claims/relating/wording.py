"""The words of a quote, brought to a form in which copies of it are alike."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from claims.extraction.text.quotation import PLAIN_MARKS, mark_quoted_characters
from claims.relating.utterances import Utterance
from claims.relating.words import (
    CONTRACTED_ENDINGS,
    CONTRACTIONS,
    KEY_OF_SHIFTED_WORD,
    KEY_OF_SPELLING,
    PHRASES_AS_ONE,
)

ENDS_OF_SENTENCE = tuple('.!?:…"')
WORD_PATTERN = re.compile(
    r"[$£€]?\d+(?:[.,]\d+)*(?:st|nd|rd|th|s|k|m|bn|b|mn|tn)?(?![^\W\d_])%?"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:'[^\W\d_]+)*"
)
SHORT_FOR_STATES = {"US": "USA", "U.S.": "USA", "U.S": "USA"}  # "us" is a pronoun
LONGEST_PHRASE = max(len(phrase) for phrase in PHRASES_AS_ONE)
WORDS_THAT_BEGIN_PHRASES = frozenset(phrase[0] for phrase in PHRASES_AS_ONE)
WORDS_BEFORE_IS = frozenset(["it", "that", "he", "she", "there", "here", "what", "who"])
LETTERS_OF_STEM = 3  # that a stem keeps at least
BRITISH_ENDINGS = (
    ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"),
    ("ise", "ize"), ("yse", "yze"), ("ysed", "yzed"), ("our", "or"), ("ours", "ors"),
    ("oured", "ored"), ("ouring", "oring"), ("tre", "ter"), ("tres", "ters"), ("ogue", "og"),
    ("ence", "ense"), ("lled", "led"), ("lling", "ling"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a content.

    `form` is in lower case and plain spelling; of `key` there is one for all its forms, tenses and
    persons. `start` is its offset into the article's text.
    """

    form: str
    key: str
    start: int
    end: int
    is_quoted: bool
    is_capitalized: bool
    begins_sentence: bool


def read_words_of(utterance: Utterance) -> list[Word]:
    """Return the words of an utterance's content, in order."""
    quoted = mark_quoted(utterance.text)
    words: list[Word] = []
    for span in utterance.content:
        words.extend(read_words(utterance.text, span.start, span.end, quoted))
    return words


@lru_cache(256)
def mark_quoted(text: str) -> NDArray[np.int8]:
    return mark_quoted_characters(text)


def read_words(text: str, start: int, end: int, quoted: NDArray[np.int8]) -> Iterator[Word]:
    """Yield the words of a stretch of a text; a contraction gives two, a known name one."""
    raw = list(split_words(text, start, end, quoted))
    at = 0
    while at < len(raw):
        length, key = match_phrase(raw, at)
        if length:
            first, last = raw[at], raw[at + length - 1]
            yield Word(
                key, key, first.start, last.end, first.is_quoted, first.is_capitalized,
                first.begins_sentence,
            )  # fmt: skip
            at += length
        else:
            yield raw[at]
            at += 1


def match_phrase(words: list[Word], at: int) -> tuple[int, str]:
    """Return how many words from `at` on are a known phrase, and its key; 0 where none are."""
    if words[at].form not in WORDS_THAT_BEGIN_PHRASES:
        return 0, ""
    for length in range(min(LONGEST_PHRASE, len(words) - at), 1, -1):
        key = PHRASES_AS_ONE.get(tuple(word.form for word in words[at : at + length]))
        if key:
            return length, key
    return 0, ""


def ends_sentence(between: str) -> bool:
    """Return whether what stands between two words ends a sentence, perhaps before a mark."""
    marks = between.rstrip()
    if marks.endswith("'"):
        marks = marks[:-1].rstrip()
    return marks.endswith(ENDS_OF_SENTENCE)


def split_words(text: str, start: int, end: int, quoted: NDArray[np.int8]) -> Iterator[Word]:
    plain = text[start:end].translate(PLAIN_MARKS)
    begins_sentence = True
    last_end = 0
    for match in WORD_PATTERN.finditer(plain):
        between = plain[last_end : match.start()]
        if last_end and ends_sentence(between):
            begins_sentence = True
        is_quoted = bool(quoted[start + match.start()])
        raw = SHORT_FOR_STATES.get(match[0], match[0])
        for form in expand_word(raw):
            yield Word(
                form,
                build_key(form),
                start + match.start(),
                start + match.end(),
                is_quoted,
                match[0][0].isupper(),
                begins_sentence,
            )
        begins_sentence = False
        last_end = match.end()


@lru_cache(65536)
def expand_word(word: str) -> tuple[str, ...]:
    """Return a word in lower case, without accents; what is contracted as the words that it is."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    if folded in CONTRACTIONS:
        return tuple(CONTRACTIONS[folded].split())
    for ending, meaning in CONTRACTED_ENDINGS:
        if folded.endswith(ending):
            return (folded[: -len(ending)], *meaning.split())
    if folded.endswith("'s"):
        folded = folded[:-2]
        if folded in WORDS_BEFORE_IS:
            return (folded, "is")
    folded = folded.replace("'", "")
    if folded.endswith(".") or re.fullmatch(r"(?:[a-z]\.)+[a-z]?", folded):
        folded = folded.replace(".", "")
    return (folded,) if folded else ()


@lru_cache(65536)
def build_key(form: str) -> str:
    """Return what all forms of a word have in common."""
    shifted = KEY_OF_SHIFTED_WORD.get(form)
    if shifted:
        return shifted
    spelling = KEY_OF_SPELLING.get(form)
    if spelling:
        return spelling
    if not form.isalpha():
        return form.replace(",", "") if form[-1:].isdigit() else form
    return stem(use_american_spelling(form))


def use_american_spelling(form: str) -> str:
    if len(form) < 6:
        return form
    for british, american in BRITISH_ENDINGS:
        if form.endswith(british):
            return form.removesuffix(british) + american
    return form


def stem(form: str) -> str:
    """Return a word without the endings of plurals, tenses and adverbs. Harman's S, and -ed, -ing.

    The rules are few on purpose: two words that are not one must not meet.
    """
    stemmed = form
    if stemmed.endswith("ies") and len(stemmed) > 4:
        stemmed = stemmed[:-3] + "y"
    elif stemmed.endswith(("sses", "shes", "ches", "xes", "zes")):
        stemmed = stemmed[:-2]
    elif stemmed.endswith("s") and not stemmed.endswith(("ss", "us", "is")) and len(stemmed) > 3:
        stemmed = stemmed[:-1]
    for ending in ("ingly", "edly", "ing", "ed", "ly"):
        rest = stemmed.removesuffix(ending)
        if rest != stemmed and len(rest) >= LETTERS_OF_STEM and re.search("[aeiouy]", rest):
            stemmed = undouble(rest)
            break
    if stemmed.endswith("i") and len(stemmed) > LETTERS_OF_STEM:
        stemmed = stemmed[:-1] + "y"
    if stemmed.endswith("e") and len(stemmed) > LETTERS_OF_STEM:
        stemmed = stemmed[:-1]
    return stemmed


def undouble(rest: str) -> str:
    if len(rest) > LETTERS_OF_STEM and rest[-1] == rest[-2] and rest[-1] not in "lsz":
        return rest[:-1]
    return rest
