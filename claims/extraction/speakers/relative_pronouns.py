"""Whom "who", "which" or "that" means: the person, or the words, that stand right before it."""

import re
from dataclasses import replace

from claims.extraction.lexicon.function_words import (
    DETERMINERS_OF_ANTECEDENT,
    WORDS_OUTSIDE_ANTECEDENT,
)
from claims.extraction.lexicon.persons import KIN_NOUNS, ROLE_NOUNS
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.answers import build_speaker, weaken_speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.candidates import list_person_candidates
from claims.extraction.speakers.descriptions import resolve_description
from claims.extraction.speakers.evidence import Evidence
from claims.extraction.speakers.opinions import merge_opinions_of_speaker

WORDS_BEFORE_RELATIVE = re.compile(
    r"(?:\s+(?:of|from|at|in)\s[^,;:.]{1,40})?(?:,[^,;:.]{1,60})?,?\s*"
)  # between a name and its "who"
NOUN_BEFORE_OF_NAME = re.compile(r"\b([\w-]+)\s(?:of|for|to)\s(?:[A-Z][\w.]*\s)*\Z")
WORD_OF_ANTECEDENT = re.compile(r"[\w'’.-]*[\w'’]")
REACH_TO_NAME = 80  # characters before "who" in which the person's name begins
REACH_TO_ANTECEDENT = 120  # characters before "who" in which the words that it means begin
REACH_BACK_TO_POSSESSED = 100  # characters


def resolve_relative_pronoun(
    article: ArticleContext, quote: FoundQuote, evidence: Evidence, pronoun: str
) -> Speaker | None:
    return find_person_before(article, quote) or find_description_before(
        article, quote, evidence, pronoun
    )


def find_person_before(article: ArticleContext, quote: FoundQuote) -> Speaker | None:
    """Return the person named right before "who"; in "Lee said critics who …" it is not Lee."""
    assert quote.source
    at = quote.source.start
    start, _ = article.paragraphs[article.get_paragraph_number(at)]
    before = article.people.list_within(max(start, at - REACH_TO_NAME), at)
    if not before:
        return None
    name, person = before[-1]
    if not WORDS_BEFORE_RELATIVE.fullmatch(article.text, name.end, at):
        return None
    if is_name_of_possessor(article.text, start, name.start):
        return None
    candidates = list_person_candidates(article, at, quote.contents)
    return merge_opinions_of_speaker(build_speaker(person, 0.75, "pronoun"), candidates)


def find_description_before(
    article: ArticleContext, quote: FoundQuote, evidence: Evidence, pronoun: str
) -> Speaker | None:
    """Return whom the words right before the pronoun describe: "many experts, who claim …"."""
    assert quote.source
    at = quote.source.start
    start, _ = article.paragraphs[article.get_paragraph_number(at)]
    words = find_antecedent(article.text, max(start, at - REACH_TO_ANTECEDENT), at)
    if words is None or is_name_of_possessor(article.text, start, words.start):
        return None
    described = resolve_description(article, replace(quote, source=words), evidence)
    if described is None:
        return None
    is_somebody = described.kind in ("person", "unnamed", "group")
    if is_somebody != pronoun.startswith("who"):
        return None
    return weaken_speaker(described, 0.85, "pronoun")


def is_name_of_possessor(text: str, start: int, name: int) -> bool:
    """Return whether the name at `name` only tells whose somebody is.

    For example "the widow of PC Ian Cole, who".
    """
    noun = NOUN_BEFORE_OF_NAME.search(text, max(start, name - REACH_BACK_TO_POSSESSED), name)
    return noun is not None and noun[1].casefold() in KIN_NOUNS | ROLE_NOUNS


def find_antecedent(text: str, start: int, end: int) -> Span | None:
    """Return the noun and what belongs to it before `end`: back to its article, or else as far as
    words have capitals.
    """
    words = list(WORD_OF_ANTECEDENT.finditer(text, start, end))
    if not words or text[words[-1].end() : end].strip(" ,"):
        return None
    first = after = words[-1]
    end_of_noun = words[-1].end()
    for word in reversed(words[:-1]):
        plain = word[0].casefold()
        if text[word.end() : after.start()].strip() or plain in WORDS_OUTSIDE_ANTECEDENT:
            break
        if plain in DETERMINERS_OF_ANTECEDENT:
            return Span(word.start(), end_of_noun)
        if first is after and word[0][:1].isupper():
            first = word
        after = word
    return Span(first.start(), end_of_noun)
