"""Which actor a source refers to, and none where the article does not make it clear."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from claims.extraction.lexicon.bodies import WORDS_FOR_NOBODY
from claims.extraction.lexicon.pronouns import (
    FIRST_PERSON_PRONOUNS,
    GENDER_OF_PRONOUN,
    PLURAL_PRONOUNS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
)
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Gender, Span, Speaker
from claims.extraction.speakers.answers import (
    NOT_CLEAR,
    Answer,
    ResolvedQuote,
    answer_if_found,
    build_speaker,
)
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.descriptions import resolve_description
from claims.extraction.speakers.evidence import Evidence
from claims.extraction.speakers.line_labels import resolve_labels
from claims.extraction.speakers.named_sources import find_head_person, resolve_named_source
from claims.extraction.speakers.person import Person
from claims.extraction.speakers.person_names import list_words_of_person
from claims.extraction.speakers.pronouns import (
    resolve_first_person,
    resolve_he_or_she,
    resolve_it_or_they,
)
from claims.extraction.speakers.relative_pronouns import resolve_relative_pronoun
from claims.extraction.speakers.roles import list_role_heads
from claims.extraction.speakers.states import find_state_or_seat, find_states_together
from claims.extraction.speakers.unnamed import find_unnamed_again

CONTRACTION_AT_END = re.compile(r"['’](?:s|d|ll|ve|re|m)?$")
NONE_AT_START = re.compile(r"(?:neither|either|no(?!\.?\s?\d)|not|nobody|none)\b", re.I)
PERSONAL_PRONOUN = r"(?:he|she|they|we|i|me|you|him|her|them)"
PRONOUN_JOINED_WITH_AND = re.compile(
    rf"{PERSONAL_PRONOUN}\s(?:and|&)\s.+"
    r"|[^,]+(?<!\shim|\sher)\s(?:and|&)\s(?:he|she|they|we|i|me|you|him|them)",
    re.I | re.S,
)
ACRONYMS_LIKE_PRONOUNS = ("WHO", "US", "IT")
METHODS_BY_NAME = ("name", "fuller name")
QUOTES_TO_LOOK_BACK = 60  # over which a pronoun may look back


def resolve_speakers(article: ArticleContext, quotes: Sequence[FoundQuote]) -> list[ResolvedQuote]:
    """Return each quote with a speaker or none.

    First come those of others in the order of the text, each of which may lean on the ones before,
    then those of "I" and "we", which lean on all around them: whose words they stand in may be said
    afterwards.
    """
    ordered = sorted(quotes, key=get_quote_start)
    first_person = [quote for quote in ordered if is_first_person_quote(article, quote)]
    others = [quote for quote in ordered if not is_first_person_quote(article, quote)]
    resolved = resolve_labels(article, resolve_in_order(article, others))
    return resolved + resolve_first_person_quotes(article, first_person, resolved)


def get_quote_start(quote: FoundQuote) -> int:
    return (quote.source or quote.cue).start


def is_first_person_quote(article: ArticleContext, quote: FoundQuote) -> bool:
    """Return whether the source is "I" or "we"."""
    if quote.source is None:
        return False
    return quote.source.of(article.text).casefold() in FIRST_PERSON_PRONOUNS


def resolve_in_order(article: ArticleContext, quotes: Sequence[FoundQuote]) -> list[ResolvedQuote]:
    """Return the quotes with their speakers.

    What each tells of persons is evidence for those after it. That is what it calls a person whom
    it names, and that a person whom it calls "he" is no "she".
    """
    resolved: list[ResolvedQuote] = []
    roles = article.roles.copy()
    genders: dict[Person, Gender] = {}
    for quote in quotes:
        if quote.source is None:
            resolved.append(ResolvedQuote(quote, None))
            continue
        evidence = Evidence(resolved[-QUOTES_TO_LOOK_BACK:], roles, genders)
        speaker = resolve_speaker(article, quote, evidence)
        resolved.append(ResolvedQuote(quote, speaker))
        if speaker is None:
            continue
        if speaker.method in METHODS_BY_NAME:
            for person, words in list_words_before_names(article, quote.source):
                roles.add(person, list_role_heads(words))
        gender = GENDER_OF_PRONOUN.get(read_plain_words(article, quote.source))
        called = article.people.persons_by_name.get(speaker.name)
        if gender and called:
            genders.setdefault(called, gender)
    return resolved


def list_words_before_names(article: ArticleContext, source: Span) -> list[tuple[Person, str]]:
    """Return the persons whom a source names in full, each with the words from its start to the
    name.
    """
    return [
        (person, article.text[source.start : name.start])
        for name, person in article.people.list_within(source.start, source.end)
        if person.has_full_name
    ]


def resolve_first_person_quotes(
    article: ArticleContext, quotes: Sequence[FoundQuote], others: Sequence[ResolvedQuote]
) -> list[ResolvedQuote]:
    """Return the quotes of "I" and "we" with their speakers, by the quotes around each and those of
    this kind before it.
    """
    starts = [get_quote_start(other.quote) for other in others]
    resolved: list[ResolvedQuote] = []
    for quote in quotes:
        at = bisect_left(starts, get_quote_start(quote))
        around = others[max(at - QUOTES_TO_LOOK_BACK, 0) : at + QUOTES_TO_LOOK_BACK]
        evidence = Evidence([*around, *resolved[-QUOTES_TO_LOOK_BACK:]], article.roles, {})
        resolved.append(ResolvedQuote(quote, resolve_speaker(article, quote, evidence)))
    return resolved


@dataclass(frozen=True, slots=True)
class Source:
    """A quote's source as the rules look at it: its words, and these in small letters without a
    contraction.
    """

    span: Span
    words: str
    plain: str
    quote: FoundQuote


def read_plain_words(article: ArticleContext, source: Span) -> str:
    """Return a source in small letters, without a possessive or a contracted verb: "He's" → he.

    In capitals stay those of a body that are a pronoun's too, in a text of small letters: "WHO".
    """
    words = CONTRACTION_AT_END.sub("", source.of(article.text).strip())
    is_acronym = words in ACRONYMS_LIKE_PRONOUNS and not article.is_in_capitals(source)
    return words if is_acronym else words.casefold()


def resolve_speaker(
    article: ArticleContext, quote: FoundQuote, evidence: Evidence
) -> Speaker | None:
    """Return whom the source of a quote means, by the first rule that it falls under.

    None where that is not clear.
    """
    assert quote.source
    words = quote.source.of(article.text)
    source = Source(quote.source, words, read_plain_words(article, quote.source), quote)
    for rule in RULES_OF_SOURCES:
        answer = rule(article, source, evidence)
        if answer is not None:
            return answer.speaker
    return None


def answer_first_person(
    article: ArticleContext, source: Source, evidence: Evidence
) -> Answer | None:
    """Answer for "I" and "we"."""
    if source.plain not in FIRST_PERSON_PRONOUNS:
        return None
    return Answer(resolve_first_person(article, source.quote, evidence, source.plain))


def answer_he_or_she(article: ArticleContext, source: Source, evidence: Evidence) -> Answer | None:
    """Answer for "he" and "she"."""
    gender = GENDER_OF_PRONOUN.get(source.plain)
    if gender is None:
        return None
    return Answer(resolve_he_or_she(article, source.quote, evidence, gender))


def answer_it_or_they(article: ArticleContext, source: Source, evidence: Evidence) -> Answer | None:
    """Answer for "it" and "they"."""
    if source.plain not in PRONOUNS:
        return None
    plural = source.plain in PLURAL_PRONOUNS
    return Answer(resolve_it_or_they(article, source.quote, evidence, plural))


def answer_relative_pronoun(
    article: ArticleContext, source: Source, evidence: Evidence
) -> Answer | None:
    """Answer for "who", "which" and "that"."""
    if source.plain not in RELATIVE_PRONOUNS:
        return None
    return Answer(resolve_relative_pronoun(article, source.quote, evidence, source.plain))


def answer_nobody(article: ArticleContext, source: Source, evidence: Evidence) -> Answer | None:
    """Answer for words that mean nobody in particular: "everyone", "neither of them"."""
    if source.plain in WORDS_FOR_NOBODY or NONE_AT_START.match(source.words):
        return NOT_CLEAR
    return None


def answer_state(article: ArticleContext, source: Source, evidence: Evidence) -> Answer | None:
    """Answer for states, capitals and seats, unless somebody in the article is called so."""
    if source.plain in article.people.family_names:
        return None
    return answer_if_found(find_state_or_seat(source.words) or find_states_together(source.words))


def answer_named_person(
    article: ArticleContext, source: Source, evidence: Evidence
) -> Answer | None:
    """Answer for a source whose head is a person's name.

    "She and her husband, Tom Bell" are more than the one who is named.
    """
    name = find_head_person(article, source.span)
    if name is None:
        return None
    if PRONOUN_JOINED_WITH_AND.fullmatch(source.words):
        return NOT_CLEAR
    return Answer(resolve_named_source(article, source.span, name))


def answer_surname(article: ArticleContext, source: Source, evidence: Evidence) -> Answer | None:
    """Answer for a surname of somebody in the article that is not read as a name here: "Sgt Cross"."""
    words = list_words_of_person(source.words)
    if len(words) != 1 or not words[0][:1].isupper() or source.plain.startswith("the "):
        return None
    person = article.people.find_by_surname(words[0])
    if person is None:
        return None
    return Answer(build_speaker(person, 0.9, "fuller name", source.words.strip()))


def answer_unnamed_again(
    article: ArticleContext, source: Source, evidence: Evidence
) -> Answer | None:
    """Answer for "the official" of whom the quote before was."""
    return answer_if_found(find_unnamed_again(article, source.quote, evidence))


def answer_description(
    article: ArticleContext, source: Source, evidence: Evidence
) -> Answer | None:
    """Answer for whatever is left."""
    return Answer(resolve_description(article, source.quote, evidence))


SourceRule = Callable[[ArticleContext, Source, Evidence], Answer | None]

# In this order: the first that answers has it.
RULES_OF_SOURCES: tuple[SourceRule, ...] = (
    answer_first_person,
    answer_he_or_she,
    answer_it_or_they,
    answer_relative_pronoun,
    answer_nobody,
    answer_state,
    answer_named_person,
    answer_surname,
    answer_unnamed_again,
    answer_description,
)
