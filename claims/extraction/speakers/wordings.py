"""Who a source is by its own words, in the wordings that a reader may choose from.

"A spokesman for the Clinton campaign, who …" is a spokesman, a spokesman for the Clinton campaign, or
a Clinton campaign spokesman.
"""

import re
from collections.abc import Iterator

from claims.extraction.lexicon.persons import PERSON_NOUN_BY_ENDING, PERSON_NOUNS
from claims.extraction.schema import ActorKind, Span, Speaker
from claims.extraction.speakers.actors import classify_noun
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.groups import format_group_name
from claims.extraction.speakers.named_bodies import has_capitalized_name
from claims.extraction.speakers.person_names import (
    list_words_of_person,
    strip_article_and_possessive,
)
from claims.extraction.speakers.source_words import Description, strip_determiner
from claims.extraction.speakers.states import join_names

WORDINGS = ("core", "clause", "relative", "whole", "spokesperson", "one_of", "joint")
# Those that do not begin as the source does, so that a capital is a name's.
WORDINGS_WITH_NAMES = ("spokesperson", "one_of")
END_BEFORE_RELATIVE = re.compile(r"(?<!\s)\s*[,;(–—]|\s-\s|\s(?:who|that|which|whose)\b")
BRACKETS = re.compile(r"(?<!\s)\s*\([^()]*\)")
AND = re.compile(r"\s(?:and|&)\s")
AND_OR_COMMA = re.compile(r",?\s(?:and|&)\s|,\s")
ONE_OF_SEVERAL = re.compile(r"(?:one|another)\sof\s", re.I)
SPOKESPERSON_FOR = re.compile(
    r"(?:an?|the|one|another)?\s*(?P<role>(?:[a-z-]+\s){0,2}"
    r"(?:spokes(?:man|woman|person)|aide|advis[eo]r|lawyer|attorney|official|representative))"
    r"\s+(?:for|of|to|at|with|from|in)\s+(?P<whom>[^,;()]+?)(?=$|[,;(]|\s(?:who|that|which)\b)",
    re.I,
)
EDGES_OF_NAME = " ,;:.\"'“”‘’"
WORDING_CONFIDENCE = 0.5  # of no meaning: the scorer gives another


def list_wordings(
    article: ArticleContext, description: Description
) -> Iterator[tuple[str, Speaker]]:
    """Yield who the source is by its own words, in each wording that `WORDINGS` has and that
    applies.
    """
    kind = classify_description(description)
    for wording, words in list_names(article, description).items():
        name = words.strip(EDGES_OF_NAME)
        if not name:
            continue
        if wording not in WORDINGS_WITH_NAMES:
            name = format_group_name(name, article, description.source)
        is_group = kind == "group" or wording == "joint"
        yield (
            wording,
            Speaker(
                name,
                "group" if is_group else kind,
                WORDING_CONFIDENCE,
                "description",
                alone=has_capitalized_name(name),
                plural=is_group,
            ),
        )


def list_names(article: ArticleContext, description: Description) -> dict[str, str]:
    """Return the words of each wording; "" of one that does not apply."""
    words = description.words
    before_clause = description.words_before_clause
    if ONE_OF_SEVERAL.match(words):
        several = strip_determiner(ONE_OF_SEVERAL.sub("", before_clause))
        return {"one_of": several.rstrip("s")}
    return {
        "core": description.noun_phrase,
        "clause": strip_determiner(before_clause),
        "relative": strip_determiner(END_BEFORE_RELATIVE.split(words, maxsplit=1)[0]),
        "whole": strip_determiner(BRACKETS.sub("", words)),
        "spokesperson": format_spokesperson(words),
        "joint": join_parts(article, description.source),
    }


def classify_description(description: Description) -> ActorKind:
    """Return the kind of an actor by the noun that describes it."""
    kind = classify_noun(description.last_noun)
    if ONE_OF_SEVERAL.match(description.words):
        return "unnamed"
    if kind:
        return kind
    if description.last_noun[:1].isupper():
        return "organization"
    is_person = description.head in PERSON_NOUNS or PERSON_NOUN_BY_ENDING.match(description.head)
    return "group" if description.head.endswith("s") and not is_person else "unnamed"


def format_spokesperson(words: str) -> str:
    """Return "a spokesman for the Clinton campaign" as Clinton campaign spokesman.

    "" where no name is given.
    """
    match = SPOKESPERSON_FOR.match(words)
    if match is None or not has_capitalized_name(match["whom"]):
        return ""
    return f"{strip_article_and_possessive(match['whom'])} {match['role']}"


def join_parts(article: ArticleContext, source: Span) -> str:
    """Return several who are joined by "and", each by its fullest name; "" for one alone."""
    words = BRACKETS.sub("", source.of(article.text))
    if not AND.search(words):
        return ""
    parts = [strip_determiner(part.strip()) for part in AND_OR_COMMA.split(words)]
    if len(parts) < 2 or not all(parts):
        return ""
    return join_names([find_fullest_name(article, part) for part in parts])


def find_fullest_name(article: ArticleContext, words: str) -> str:
    """Return the name of the person whom the words name, or else the words."""
    names = list_words_of_person(words)
    person = article.people.persons_by_name.get(" ".join(names))
    if person is None and len(names) == 1:
        person = article.people.find_by_surname(names[0])
    return person.name if person else words
