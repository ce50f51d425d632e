"""Whom a description means: a document, a body, a group, an unnamed person, or somebody whom the
article has named.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from claims.extraction.lexicon.bodies import (
    BODY_NOUNS,
    DOCUMENT_NOUNS,
    RARER_ROLES_IN_LETTERS,
    ROLES_IN_LETTERS,
    WORDS_FOR_NOBODY,
)
from claims.extraction.lexicon.function_words import DETERMINERS_OF_SOURCE
from claims.extraction.lexicon.persons import PERSON_TITLES, ROLE_NOUNS
from claims.extraction.lexicon.places import NATIONAL_NOUNS
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.answers import (
    NOT_CLEAR,
    Answer,
    answer_if_found,
    build_speaker,
)
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.candidates import list_person_candidates
from claims.extraction.speakers.described_persons import (
    LEAST_SHARE_OF_NAME,
    find_bearer_of_role,
    find_person_by_age,
)
from claims.extraction.speakers.evidence import Evidence
from claims.extraction.speakers.groups import format_group_name, is_joint_source, names_several
from claims.extraction.speakers.named_bodies import (
    build_organization,
    find_body_by_noun,
    find_body_named_in_source,
    format_body_name,
    has_capitalized_name,
)
from claims.extraction.speakers.person_names import (
    list_words_of_person,
    strip_article_and_possessive,
)
from claims.extraction.speakers.roles import END_OF_CORE, OF_OR_FOR, START_OF_CLAUSE
from claims.extraction.speakers.unnamed import (
    INDEFINITE_WORD_AT_START,
    find_unnamed_by_knowledge,
    find_unnamed_by_noun,
)

DETERMINER_AT_START = re.compile(rf"^(?:{'|'.join(sorted(DETERMINERS_OF_SOURCE))})\s+", re.I)
DEFINITE_WORD_AT_START = re.compile(r"^(?:the|this|that|his|her|its|their|our|my)\s", re.I)
POSSESSIVE = re.compile(r"['’]s?\s")
PARTITIVE_AT_START = re.compile(
    r"^(?:(?:only|about|around|nearly|almost|some|more than|less than|fewer than|up to|at least|"
    r"over|just|as many as|the|a|an|relatively|vast|large|great|small|growing)\s++)*"
    r"(?:[\d.,]+|[a-z]+(?:-[a-z]+)?)?\s*"
    r"(?:percent|per cent|%|majority|minority|half|third|quarter|most|many|number|dozens|hundreds|"
    r"thousands|millions|scores|series|couple|group|handful)\s+of\s+",
    re.I,
)
WEBSITE_NAME = re.compile(
    r"[A-Za-z0-9-]+(?:\.[a-z]{2,3})?\.(?:com|org|net|info|co|io|tv|gov|uk)(?:\.[a-z]{2})?"
)
WEBSITE_NOUN_BEFORE_NAME = re.compile(r"\A(?:[a-z]+\s){0,2}(?:web)?(?:site|portal)\s")
ONE_OF_SEVERAL = re.compile(r"(?:one|another)\sof\s", re.I)
YEARS_AT_END = re.compile(r"(?:\s(?:19|20)\d\d(?:[-–/]\d{1,4})?){1,3}$")
CAPITALIZED_WORDS_OF_NO_NAME = PERSON_TITLES | NATIONAL_NOUNS  # though written with a capital
TIME_IN_DESCRIPTION = re.compile(
    r"\s(?:last|this|earlier this|late last)"
    r"\s(?:week|month|year|summer|autumn|fall|winter|spring|night|morning|evening)\b"
    r"|\s(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\s(?:yesterday|today|recently)\b"
)
SPOKESPERSON_FOR = re.compile(
    r"(?:an?|the|one|another)?\s*(?P<role>(?:[a-z-]+\s){0,2}"
    r"(?:spokes(?:man|woman|person)|aide|advis[eo]r|lawyer|attorney|official))"
    r"\s+(?:for|of|to|at|with|from|in)\s+(?P<whom>[^,;()]+?)(?=$|[,;(]|\s(?:who|that|which)\b)",
    re.I,
)
NOUN = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class Description:
    """A source in plainer and plainer forms.

    Of "only half of the Irish judges in the court on Monday" `words` are "the Irish judges in the
    court", without the time and the part that it is of. The `core`, before what is said of them, is
    "the Irish judges", and the `noun_phrase`, without the determiner, "Irish judges". `nouns` are
    the words of that before "of" or "for"; the last one is the head.
    """

    quote: FoundQuote
    source: Span
    words: str
    core: str
    noun_phrase: str
    nouns: list[str]

    @property
    def last_noun(self) -> str:
        return self.nouns[-1]

    @property
    def head(self) -> str:
        return self.nouns[-1].casefold()

    @property
    def is_definite(self) -> bool:
        return DEFINITE_WORD_AT_START.match(self.words) is not None

    @property
    def is_in_letters(self) -> bool:
        """Whether it is one word in capitals: "the PM", "NASA"."""
        return len(self.nouns) == 1 and self.last_noun.isupper()

    @property
    def words_before_clause(self) -> str:
        return START_OF_CLAUSE.split(self.words, maxsplit=1)[0]

    def find_head_offset(self, text: str) -> int:
        """Return where in the text the head stands."""
        return self.source.start + max(self.source.of(text).find(self.last_noun), 0)


def read_description(text: str, quote: FoundQuote) -> Description:
    assert quote.source
    words = re.sub(r"\s+", " ", quote.source.of(text)).strip(" \"'“”‘’")
    words = PARTITIVE_AT_START.sub("", words)
    words = TIME_IN_DESCRIPTION.sub("", words)
    core = END_OF_CORE.split(words, maxsplit=1)[0].strip() or words
    noun_phrase = strip_determiner(core)
    without_years = YEARS_AT_END.sub("", noun_phrase)
    nouns = NOUN.findall(OF_OR_FOR.split(without_years, maxsplit=1)[0])
    return Description(quote, quote.source, words, core, noun_phrase, nouns)


def strip_determiner(words: str) -> str:
    return strip_article_and_possessive(DETERMINER_AT_START.sub("", words))


def resolve_description(
    article: ArticleContext, quote: FoundQuote, evidence: Evidence
) -> Speaker | None:
    """Return whom a source means that is neither a pronoun nor a person's name, by the first rule
    that it falls under.
    """
    description = read_description(article.text, quote)
    for rule in RULES_OF_DESCRIPTIONS:
        answer = rule(article, description, evidence)
        if answer is not None:
            return answer.speaker
    return None


def answer_by_knowledge(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for those of whom the article says how they know: "two people briefed on the plan"."""
    return answer_if_found(find_unnamed_by_knowledge(description.words))


def answer_one_of_several(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for "one of the judges", who is unnamed."""
    if not ONE_OF_SEVERAL.match(description.words):
        return None
    words = description.words_before_clause
    name = words[0].lower() + words[1:]
    return Answer(Speaker(name, "unnamed", 0.6, "description", alone=False))


def answer_by_age(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for "the 41-year-old" and "the mum-of-two"."""
    words = description.words
    return answer_if_found(find_person_by_age(article, evidence, description.source, words))


def answer_words_for_nobody(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for words that mean nobody in particular: "many others"."""
    for noun in description.nouns:
        if noun.casefold() not in WORDS_FOR_NOBODY and noun.casefold() != "the":
            return None
    return NOT_CLEAR


def answer_document(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for "a survey by the institute"."""
    if description.head not in DOCUMENT_NOUNS:
        return None
    name = strip_determiner(description.words_before_clause)
    return Answer(Speaker(name, "document", 0.75, "description", has_capitalized_name(name)))


def answer_role_in_letters(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for "the PM", who may be another than the prime minister whom the article names."""
    if not description.is_in_letters or not is_role_in_letters(article, description.head):
        return None
    return Answer(Speaker(description.noun_phrase, "unnamed", 0.5, "description", alone=False))


def is_role_in_letters(article: ArticleContext, letters: str) -> bool:
    """Return whether letters are those of a role.

    If they may be a body's as well, the article must have the role in words.
    """
    if letters in ROLES_IN_LETTERS or letters in PERSON_TITLES:
        return True
    role = RARER_ROLES_IN_LETTERS.get(letters)
    return role is not None and role in article.text_in_lowercase


def answer_named_body(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for an organization or a place that the source names."""
    body = find_body_named_in_source(
        article, description.source, description.words, description.noun_phrase
    )
    return answer_if_found(body)


def answer_website(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for "the website Norvent.com"."""
    site = WEBSITE_NAME.fullmatch(WEBSITE_NOUN_BEFORE_NAME.sub("", description.noun_phrase))
    if site is None:
        return None
    return Answer(Speaker(site[0], "organization", 0.8, "name", mention=site[0]))


def answer_joint_source(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for several who say the same: "the Harbour Board and the union"."""
    if not is_joint_source(article, description.source):
        return None
    name = strip_article_and_possessive(description.words_before_clause)
    return Answer(Speaker(name, "group", 0.75, "description", plural=True))


def answer_body(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for a body by what it is: "Russia's foreign ministry", "the company"."""
    if description.head not in BODY_NOUNS:
        return None
    noun_phrase = description.noun_phrase
    is_named = has_capitalized_name(noun_phrase)
    if description.is_definite and not is_named:
        at = description.find_head_offset(article.text)
        known = find_body_by_noun(article, noun_phrase, at)
        if known:
            return Answer(known)
    name = format_body_name(noun_phrase)
    confidence = 0.8 if is_named else 0.6
    return Answer(Speaker(name, "organization", confidence, "description", is_named))


def answer_group(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for a noun in the plural, or of many: "Russian officials", "police"."""
    if not names_several(description.head):
        return None
    name = format_group_name(description.noun_phrase, article, description.source)
    is_named = has_capitalized_name(name)
    return Answer(Speaker(name, "group", 0.8, "description", is_named, plural=True))


def answer_body_in_letters(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for one word in capitals: "NASA"."""
    if not description.is_in_letters or len(description.head) < 2:
        return None
    return Answer(build_organization(article, description.noun_phrase, 0.8))


def answer_definite(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for "the president": whom the article calls so, or else, if there can be no such
    person, somebody unnamed.

    It is not clear who is meant where several may be.
    """
    head, noun_phrase = description.head, description.noun_phrase
    is_title_alone = noun_phrase.casefold().split() == [head] and head in PERSON_TITLES
    if not description.is_definite and not is_title_alone:
        return None
    at = description.find_head_offset(article.text)
    apart_from = [description.source, *description.quote.contents]
    candidates = list_person_candidates(article, at, apart_from)
    words_before = noun_phrase.removeprefix(description.last_noun)
    known = find_bearer_of_role(article, evidence, head, words_before, candidates)
    if known:
        return Answer(known)
    is_role_of_somebody = bool(evidence.roles.get_bearers(head))
    if is_role_of_somebody or any(c.share >= LEAST_SHARE_OF_NAME for c in candidates):
        return NOT_CLEAR
    return answer_if_found(find_unnamed_by_noun(noun_phrase, head)) or answer_proper_noun(
        article, description, evidence
    )


def answer_indefinite(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for "a spokesman for Norvent" and "Bell's brother", who are unnamed."""
    is_unnamed = (
        description.head in ROLE_NOUNS
        or INDEFINITE_WORD_AT_START.match(description.words)
        or POSSESSIVE.search(description.core)
    )
    if not is_unnamed:
        return None
    name = format_spokesperson(description.words)
    if not name:
        name = description.noun_phrase
        name = name.lower() if name.isupper() else name
    return Answer(Speaker(name, "unnamed", 0.6, "description", alone=False))


def format_spokesperson(words: str) -> str:
    """Return "a spokesman for the Clinton campaign" as Clinton campaign spokesman.

    "" where no name is given.
    """
    match = SPOKESPERSON_FOR.match(words)
    if match is None or not has_capitalized_name(match["whom"]):
        return ""
    return f"{strip_article_and_possessive(match['whom'])} {match['role']}"


def answer_name_of_person(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for a person's name that is not read as one here but is elsewhere in the article."""
    noun_phrase = description.noun_phrase
    name = " ".join(list_words_of_person(noun_phrase))
    person = article.people.persons_by_name.get(name)
    return Answer(build_speaker(person, 0.9, mention=noun_phrase)) if person else None


def answer_proper_noun(
    article: ArticleContext, description: Description, evidence: Evidence
) -> Answer | None:
    """Answer for any other word with a capital, which is taken for a body's name.

    Nobody is meant by anything else.
    """
    noun = description.last_noun
    if noun[:1].isupper() and noun.casefold() not in CAPITALIZED_WORDS_OF_NO_NAME:
        return Answer(Speaker(description.noun_phrase, "organization", 0.5, "name"))
    return NOT_CLEAR


DescriptionRule = Callable[[ArticleContext, Description, Evidence], Answer | None]

# In this order: the first that answers has it. From `answer_document` on there is a noun.
RULES_OF_DESCRIPTIONS: tuple[DescriptionRule, ...] = (
    answer_by_knowledge,
    answer_one_of_several,
    answer_by_age,
    answer_words_for_nobody,
    answer_document,
    answer_role_in_letters,
    answer_named_body,
    answer_website,
    answer_joint_source,
    answer_body,
    answer_group,
    answer_body_in_letters,
    answer_definite,
    answer_indefinite,
    answer_name_of_person,
    answer_proper_noun,
)
