"""Whom "he" or "she" means by where persons are named and speak: in the same paragraph, or else in
the ones before.
"""

import re
from collections.abc import Iterator, Sequence

from claims.extraction.lexicon.given_names import GENDER_OF_NOUN
from claims.extraction.lexicon.persons import KIN_NOUNS, PRIVATE_PERSON_NOUNS, ROLE_NOUNS
from claims.extraction.lexicon.pronouns import GENDER_OF_PRONOUN
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Gender, Speaker
from claims.extraction.speakers.answers import (
    NOT_CLEAR,
    Answer,
    ResolvedQuote,
    build_speaker,
    weaken_speaker,
)
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.evidence import Evidence
from claims.extraction.speakers.person import Person
from claims.extraction.speakers.unnamed import INDEFINITE_WORD_AT_START
from claims.extraction.text.sentences import list_sentence_starts

ASKING_VERB = re.compile(r"\b(?:ask|shout|yell|heckl|inquir|enquir)\w*", re.I)
REPLYING_VERB = re.compile(
    r"\b(?:repl(?:y|ies|ied|ying)|answer(?:s|ed|ing)?|respond(?:s|ed|ing)?)\b", re.I
)
# Not "asked them to wait".
QUESTION = re.compile(
    r"\A(?:[A-Z]\w+\s){0,3}(?:whether|if|why|how|what|who|when|where|which)\b|\?[\"”’']*\Z"
)
PRESS_NOUN = re.compile(r"\b(?:reporter|journalist|interviewer|protester|heckler)\b")
KIN_OF_SOMEBODY = re.compile(
    rf"(?:his|her|their|[\w'’. -]+['’]s?)\s(?:[\w-]+\s)?(?:{'|'.join(sorted(KIN_NOUNS))})\Z", re.I
)
END_OF_SOURCE_NOUN = re.compile(r",|\s(?:for|of|in|at|from|with|to|on|who|whose|that)\s")
NOUNS_OF_SELDOM_NAMED = KIN_NOUNS | PRIVATE_PERSON_NOUNS
# Of whom somebody called so speaks is hardly the one who is called so.
NOUNS_OF_ONE_WHO_SPEAKS_OF_OTHERS = ROLE_NOUNS | GENDER_OF_PRONOUN.keys()
# In the paragraph of the pronoun, the one before, and so on.
CONFIDENCES_BY_PARAGRAPH = (0.85, 0.75, 0.65, 0.6)
# Characters back to which names are read: a book on one line would be read again at every "he".
LONGEST_PARAGRAPH = 5000
# Of the confidence, where a single word is all that names a person: it may be a place.
FACTOR_FOR_SINGLE_WORD = 0.85
CONFIDENCE_OF_OTHER_PERSON = 0.7


def find_asker(article: ArticleContext, quote: FoundQuote, evidence: Evidence) -> str:
    """Return who has just asked, where the quote is a reply.

    In "Hale asked Finn … He replied" it is Hale, who cannot be "he". "" where nobody has.
    """
    before = evidence.get_last_outer_quote()
    if before is None or before.speaker is None:
        return ""
    if not REPLYING_VERB.search(article.text, quote.cue.start, quote.cue.end):
        return ""
    asked = before.quote
    question = asked.contents[-1].of(article.text)
    if not asks(article, asked) or not QUESTION.search(question):
        return ""
    paragraphs_between = article.get_paragraph_number(
        quote.cue.start
    ) - article.get_paragraph_number(asked.cue.start)
    return before.speaker.name if paragraphs_between <= 1 else ""


def asks(article: ArticleContext, quote: FoundQuote) -> bool:
    return ASKING_VERB.search(article.text, quote.cue.start, quote.cue.end) is not None


def find_person_by_position(
    article: ArticleContext, quote: FoundQuote, evidence: Evidence, gender: Gender, asker: str
) -> Answer | None:
    """Return the only person it can be in this paragraph or one right before, or else whoever spoke
    there last.

    It is not clear where it may be somebody without a name; there is no answer where it may be
    several who are named.
    """
    assert quote.source
    at = quote.source.start
    aloud = evidence.quotes
    if quote.within is None:  # then it is not who is only said to have spoken
        aloud = [resolved for resolved in evidence.quotes if resolved.quote.within is None]
    for paragraph, sure in list_nearest_paragraphs(article, at):
        start, end = article.paragraphs[paragraph]
        end = min(end, at)
        start = max(start, end - LONGEST_PARAGRAPH)
        unnamed = find_unnamed_speaker(article, evidence, start, end, gender)
        if unnamed is not None:
            if unnamed.speaker is None:
                return NOT_CLEAR
            return Answer(weaken_speaker(unnamed.speaker, 0.9, "pronoun"))
        persons = {
            person.name: person
            for span, person in article.people.list_within(start, end)
            if evidence.may_be(person, gender)
            and not span.overlaps_any(quote.contents)
            and person.name != asker
        }
        last = find_last_person_speaking(article, evidence, aloud, start, end, gender, asker)
        speaker = choose_person(article, evidence, list(persons.values()), last, start, end, sure)
        if speaker:
            return Answer(speaker)
        if len(persons) > 1:
            return None
    return None


def list_nearest_paragraphs(article: ArticleContext, at: int) -> Iterator[tuple[int, float]]:
    """Yield the paragraph at `at`, the one before it, and those before that as long as what lies
    between is quoted words.

    With each comes how sure it is that the only person there is meant.
    """
    number = article.get_paragraph_number(at)
    for distance, sure in enumerate(CONFIDENCES_BY_PARAGRAPH):
        paragraph = number - distance
        if paragraph < 0:
            return
        yield paragraph, sure
        if distance and not article.is_mostly_quoted(paragraph):
            return


def find_last_person_speaking(
    article: ArticleContext,
    evidence: Evidence,
    quotes: Sequence[ResolvedQuote],
    start: int,
    end: int,
    gender: Gender,
    asker: str,
) -> ResolvedQuote | None:
    """Return the last quote between two offsets by a person who may be `gender` and has not just
    asked.
    """
    for resolved in reversed(quotes):
        source, speaker = resolved.quote.source, resolved.speaker
        if source is None or not start <= source.start < end:
            continue
        if speaker is None or speaker.kind != "person" or speaker.name == asker:
            continue
        person = article.people.persons_by_name.get(speaker.name)
        if person is None or evidence.may_be(person, gender):
            return resolved
    return None


def choose_person(
    article: ArticleContext,
    evidence: Evidence,
    persons: Sequence[Person],
    last: ResolvedQuote | None,
    start: int,
    end: int,
    sure: float,
) -> Speaker | None:
    """Return which of the persons named between two offsets is meant, or who spoke `last` there.

    None where it is open. The only person named is meant unless another spoke; if another did, the
    person must be of the right gender and have been named since.
    """
    speaker = last.speaker if last else None
    spoke_at = start
    if last and last.quote.source:
        spoke_at = last.quote.source.start
    if len(persons) == 1:
        only = persons[0]
        named_since = any(spoke_at <= span.start < end for span in only.spans)
        is_other = named_since and evidence.find_gender(only) is not None
        if speaker is None or speaker.name == only.name or is_other:
            confidence = sure
            if not only.has_full_name:
                confidence = round(sure * FACTOR_FOR_SINGLE_WORD, 3)
            return build_speaker(only, confidence, "pronoun")
    if speaker is None:
        return None
    other = find_person_turned_to(article, speaker, spoke_at, end)
    if other and other in persons and evidence.find_gender(other):
        return build_speaker(other, CONFIDENCE_OF_OTHER_PERSON, "pronoun")
    factor = 0.95 if speaker.method == "pronoun" else sure - 0.05
    return weaken_speaker(speaker, factor, "pronoun")


def find_person_turned_to(
    article: ArticleContext, last: Speaker, spoke_at: int, end: int
) -> Person | None:
    """Return the other person with whom the last sentence begins since `last` spoke.

    For example "Dent hit back. “…,” she said".
    """
    starts = [
        at
        for at in list_sentence_starts(article.text, spoke_at + 1, end)
        if not article.is_quoted(at)
    ]
    named = article.people.list_within(starts[-1], end) if starts else []
    if len(named) != 1:
        return None
    name, person = named[0]
    is_possessor = article.text[name.end : name.end + 1] in ("'", "’")
    if name.start != starts[-1] or is_possessor or person.name == last.name:
        return None
    return person


def find_unnamed_speaker(
    article: ArticleContext, evidence: Evidence, start: int, end: int, gender: Gender
) -> Answer | None:
    """Return the one without a name who spoke last between two offsets, no person being named
    since.

    It is not clear who is meant where somebody spoke who may be one of the persons with names: "an
    official" is nobody else, "her brother" is only seldom somebody who has a name, nor is "the
    suspect"; "the spokesman" may well be, but hardly one of whom the spokesman has just spoken.
    There is no answer where nobody without a name can be meant.
    """
    last = find_last_outer_speech(evidence, start, end)
    if last is None or last.quote.source is None:
        return None
    quote, speaker = last
    words = last.quote.source.of(article.text)
    spoken_of = count_persons_spoken_of(article, quote, words, end)
    named = len(article.people.list_within(last.quote.source.start, end))
    if spoken_of < named or (speaker and speaker.kind != "unnamed"):
        return None
    if asks(article, quote) or PRESS_NOUN.search(words):
        return None
    is_called_again = speaker is not None and speaker.method == "pronoun"
    head = find_head_noun(speaker.name if speaker and is_called_again else words)
    if GENDER_OF_NOUN.get(head) not in (gender, None):
        return None
    is_nobody_else = INDEFINITE_WORD_AT_START.match(words) or KIN_OF_SOMEBODY.match(words)
    if speaker and (is_nobody_else or is_called_again):
        return Answer(speaker)
    if head in NOUNS_OF_SELDOM_NAMED or spoken_of:
        return NOT_CLEAR
    return None


def find_last_outer_speech(evidence: Evidence, start: int, end: int) -> ResolvedQuote | None:
    """Return the latest quote with a source between two offsets that stands within no other."""
    for resolved in evidence.list_latest_first():
        source = resolved.quote.source
        if source and start <= source.start < end and resolved.quote.within is None:
            return resolved
    return None


def count_persons_spoken_of(
    article: ArticleContext, quote: FoundQuote, words: str, end: int
) -> int:
    """Return how many names of persons since the source stand in what it says, all before `end`.

    None for "the fan".
    """
    if quote.source is None or find_head_noun(words) not in NOUNS_OF_ONE_WHO_SPEAKS_OF_OTHERS:
        return 0
    contents = [content for content in quote.contents if content.end <= end]
    named = article.people.list_within(quote.source.start, end)
    return sum(span.overlaps_any(contents) for span, _ in named)


def find_head_noun(words: str) -> str:
    """Return the noun of a source that nobody names: "a spokeswoman for the union" → spokeswoman."""
    before = END_OF_SOURCE_NOUN.split(words, maxsplit=1)[0].split()
    return before[-1].casefold() if before else ""
