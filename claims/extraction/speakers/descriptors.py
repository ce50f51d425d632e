"""Sources that nobody names, by what the article calls them: "US officials", "people familiar with the talks"."""

import re

from claims.extraction.lexicon.places import STATE_OF_DEMONYM
from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import Speaker
from claims.extraction.speakers.people import PERSON_TITLES, ROLE_NOUNS

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
PERSON_NOUNS = (
    PERSON_TITLES
    | ROLE_NOUNS
    | word_set(
        """actor actress artist athlete author billionaire businessman businesswoman candidate captain celebrity challenger
    citizen client colleague commentator comedian contender correspondent counsel daughter defendant designer driver
    employee employer entrepreneur ex-wife ex-husband father fighter filmmaker friend gunman guest historian husband
    incumbent inspector investigator investor judge juror lobbyist lawmaker man mayor millionaire minister mogul mother
    musician neighbor neighbour nominee novelist opponent owner paramedic parent partner passenger patient performer
    photographer pilot pioneer plaintiff player poet politician pollster predecessor premier priest prisoner producer
    professor prosecutor provider rapper rival sergeant shooter singer sister brother soldier son speaker star student
    subject successor superintendent survivor suspect tycoon veteran vice-chair victim visitor volunteer widow wife
    winner woman worker mp pm cm mla mep vp vpm veep girl boy child teen teenager uncle aunt nephew niece grandmother
    grandfather cousin republican democrat tory conservative liberal socialist muslim christian"""
    )
)
# Private people, of whom articles often tell without a name.
PRIVATE_PERSON_NOUNS = word_set(
    """suspect defendant accused driver victim witness resident deputy complainant passenger patient survivor claimant tenant
    worker employee customer farmer fisherman villager colleague friend teenager caller bystander"""
)
PERSON_NOUN_BY_ENDING = re.compile(
    r"(?:[a-z]{3,}(?:ologist|ographer|ician|eer)|[\w-]+(?:man|woman|person|in-law))$"
)
CROWD_NOUNS = word_set(
    "family left right crowd couple team staff opposition electorate bloc crew trio duo pair audience"
)


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
