"""What kind of words a quote's source is, in plainer and plainer forms."""

import re
from dataclasses import dataclass

from claims.extraction.lexicon.bodies import WORDS_FOR_NOBODY
from claims.extraction.lexicon.function_words import DETERMINERS_OF_SOURCE
from claims.extraction.lexicon.pronouns import (
    FIRST_PERSON_SINGULAR,
    GENDER_OF_PRONOUN,
    PLURAL_PRONOUNS,
)
from claims.extraction.lexicon.unnamed_persons import HEAD_NOUNS_OF_UNNAMED
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.person_names import strip_article_and_possessive
from claims.extraction.speakers.roles import END_OF_CORE, OF_OR_FOR, START_OF_CLAUSE

SOURCE_TYPES = (
    "none",
    "name",
    "he",
    "she",
    "they",
    "it",
    "i",
    "we",
    "who",
    "which",
    "nobody",
    "definite",
    "indefinite",
    "plural",
    "other",
)
TYPE_OF_PRONOUN: dict[str, str] = {
    **GENDER_OF_PRONOUN,
    **dict.fromkeys(PLURAL_PRONOUNS, "they"),
    **dict.fromkeys(FIRST_PERSON_SINGULAR, "i"),
    **dict.fromkeys(("we", "us", "our", "ours"), "we"),
    **dict.fromkeys(("it", "its"), "it"),
    **dict.fromkeys(("who", "whom", "whose"), "who"),
    **dict.fromkeys(("which", "that"), "which"),
}
ACRONYMS_LIKE_PRONOUNS = ("WHO", "US", "IT")
CONTRACTION_AT_END = re.compile(r"['’](?:s|d|ll|ve|re|m)?$")
DETERMINER_AT_START = re.compile(rf"^{build_alternation(DETERMINERS_OF_SOURCE)}\s+", re.I)
DEFINITE_AT_START = re.compile(r"(?:the|this|that|these|those|his|her|its|their|our|my)\s", re.I)
INDEFINITE_AT_START = re.compile(r"(?:an?|another|one|some)\s", re.I)
PARTITIVE_AT_START = re.compile(
    r"^(?:(?:only|about|around|nearly|almost|some|more than|less than|fewer than|up to|at least|"
    r"over|just|as many as|the|a|an|relatively|vast|large|great|small|growing)\s++)*"
    r"(?:[\d.,]+|[a-z]+(?:-[a-z]+)?)?\s*"
    r"(?:percent|per cent|%|majority|minority|half|third|quarter|most|many|number|dozens|hundreds|"
    r"thousands|millions|scores|series|couple|group|handful)\s+of\s+",
    re.I,
)
TIME_IN_DESCRIPTION = re.compile(
    r"\s(?:last|this|earlier this|late last)"
    r"\s(?:week|month|year|summer|autumn|fall|winter|spring|night|morning|evening)\b"
    r"|\s(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\s(?:yesterday|today|recently)\b"
)
WAYS_OF_KNOWING = (
    r"familiar with|with (?:\w+ )?knowledge of|briefed (?:on|by|about)|close to|"
    r"involved (?:in|with)|privy to|aware of|present at|knowledgeable about|working (?:on|with)"
)
# Those of whom an article says only how they know: "two people briefed on the plan".
DESCRIPTION_BY_KNOWLEDGE = re.compile(
    r"(?:(?:at least|the|a|an|several|many|some|other|most|both|all|another"
    r"|(?:one|two|three|four|five|six)(?=\s))\s+){0,3}"
    r"(?P<called>(?:(?!(?:of|for|to|with|from|by|who)\b)[\w'’.-]+\s+){0,3}?"
    rf"(?P<head>{build_alternation(HEAD_NOUNS_OF_UNNAMED)})\s+"
    r"(?:(?:who (?:is|are|was|were)|directly|intimately|closely)\s+)?"
    rf"(?:{WAYS_OF_KNOWING})\s[^,;:()\"“”]{{3,70}}?)(?=$|[,;:(\"“]|\s(?:who|which|that|because)\b)",
    re.I,
)
YEARS_AT_END = re.compile(r"(?:\s(?:19|20)\d\d(?:[-–/]\d{1,4})?){1,3}$")
NOUN = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Description:
    """A source that is no pronoun, in plainer and plainer forms.

    Of "only half of the Irish judges in the court on Monday" `words` are "the Irish judges in the
    court", without the time and the part that it is of. The `noun_phrase`, before what is said of
    them and without the determiner, is "Irish judges". `nouns` are the words of that before "of" or
    "for"; the last one is the head.
    """

    source: Span
    words: str
    noun_phrase: str
    nouns: list[str]

    @property
    def last_noun(self) -> str:
        return self.nouns[-1]

    @property
    def head(self) -> str:
        return self.nouns[-1].casefold()

    @property
    def is_in_letters(self) -> bool:
        """Whether it is one word in capitals: "the PM", "NASA"."""
        return len(self.nouns) == 1 and self.last_noun.isupper()

    @property
    def words_before_clause(self) -> str:
        return START_OF_CLAUSE.split(self.words, maxsplit=1)[0]


def read_description(text: str, source: Span) -> Description | None:
    """Return a source in its plainer forms, None where no noun is in it."""
    words = re.sub(r"\s+", " ", source.of(text)).strip(" \"'“”‘’")
    words = PARTITIVE_AT_START.sub("", words)
    words = TIME_IN_DESCRIPTION.sub("", words)
    core = END_OF_CORE.split(words, maxsplit=1)[0].strip() or words
    by_knowledge = DESCRIPTION_BY_KNOWLEDGE.match(words)
    noun_phrase = by_knowledge["called"] if by_knowledge else strip_determiner(core)
    without_years = YEARS_AT_END.sub("", noun_phrase)
    nouns = NOUN.findall(OF_OR_FOR.split(without_years, maxsplit=1)[0])
    if by_knowledge:
        nouns = [by_knowledge["head"]]
    return Description(source, words, noun_phrase, nouns) if nouns else None


def strip_determiner(words: str) -> str:
    return strip_article_and_possessive(DETERMINER_AT_START.sub("", words))


def read_plain_words(article: ArticleContext, source: Span) -> str:
    """Return a source in small letters, without a possessive or a contracted verb: "He's" → he.

    In capitals stay those of a body that are a pronoun's too, in a text of small letters: "WHO".
    """
    words = CONTRACTION_AT_END.sub("", source.of(article.text).strip())
    is_acronym = words in ACRONYMS_LIKE_PRONOUNS and not article.is_in_capitals(source)
    return words if is_acronym else words.casefold()


def classify_source(article: ArticleContext, source: Span | None) -> str:
    """Return which of `SOURCE_TYPES` a source is."""
    if source is None:
        return "none"
    plain = read_plain_words(article, source)
    pronoun = TYPE_OF_PRONOUN.get(plain)
    if pronoun:
        return pronoun
    if plain in WORDS_FOR_NOBODY:
        return "nobody"
    if any(entity.kind != "MISC" for entity in article.list_entities_in(source)):
        return "name"
    if DEFINITE_AT_START.match(plain):
        return "definite"
    if INDEFINITE_AT_START.match(plain):
        return "indefinite"
    if plain.split(" ", 1)[0] in WORDS_FOR_NOBODY:
        return "nobody"
    return "plural" if plain.endswith("s") else "other"
