"""Sources that nobody names, by what the article calls them: "US officials", "people familiar with the talks"."""

import re

from claims.extraction.lexicon.persons import (
    CROWD_NOUNS,
    PERSON_NOUN_BY_ENDING,
    PERSON_NOUNS,
)
from claims.extraction.lexicon.places import STATE_OF_DEMONYM
from claims.extraction.schema import Speaker

HEAD_NOUNS_OF_UNNAMED = (
    "people|persons?|those|m[ae]n|wom[ae]n|individuals?|someone|somebody|others|one|two|three|four|officials?|sources?|diplomats?|"
    "aides?|advis[eo]rs?|insiders?|lawmakers?|staffers?|executives?|lawyers?|associates?|friends?|allies|ally"
)
WAYS_OF_KNOWING = (
    "familiar with|with (?:\\w+ )?knowledge of|briefed (?:on|by|about)|close to|involved (?:in|with)|privy to|aware of|"
    "present at|knowledgeable about|working (?:on|with)"
)
DESCRIPTION_BY_KNOWLEDGE = re.compile(
    r"(?:(?:at least|the|a|an|several|many|some|other|most|both|all|another|(?:one|two|three|four|five|six)(?=\s))\s+){0,3}"
    rf"(?P<called>(?:(?!(?:of|for|to|with|from|by|who)\b)[\w'’.-]+\s+){{0,3}}?(?P<head>{HEAD_NOUNS_OF_UNNAMED})\s+"
    r"(?:(?:who (?:is|are|was|were)|directly|intimately|closely)\s+)?"
    rf"(?:{WAYS_OF_KNOWING})\s[^,;:()\"“”]{{3,70}}?)(?=$|[,;:(\"“]|\s(?:who|which|that|because)\b)",
    re.I,
)
PLURAL_HEAD_NOUN = re.compile(r"people|those|men|women|two|three|four|.*s", re.I)


def find_unnamed_by_knowledge(words: str) -> Speaker | None:
    """Those of whom an article says only how they know: "two people briefed on the plan"."""
    match = DESCRIPTION_BY_KNOWLEDGE.match(words)
    if match is None:
        return None
    several = PLURAL_HEAD_NOUN.fullmatch(match["head"]) is not None
    called = match["called"]
    if match.start("head") == match.start("called"):  # at the head of a sentence
        called = called[0].lower() + called[1:]
    return Speaker(
        called, "group" if several else "unnamed", 0.6, "description", alone=False, plural=several
    )


def find_unnamed_by_noun(bare: str, head: str) -> Speaker | None:
    """The judge, the family, whom the article does not name: under these words."""
    if head in CROWD_NOUNS:
        return Speaker(bare, "group", 0.5, "description", alone=False, plural=True)
    if head in PERSON_NOUNS or head in STATE_OF_DEMONYM or PERSON_NOUN_BY_ENDING.match(head):
        return Speaker(bare, "unnamed", 0.5, "description", alone=False)
    return None
