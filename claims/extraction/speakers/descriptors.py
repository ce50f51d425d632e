"""Sources that nobody names, by what the article calls them: "US officials", "people familiar with the talks"."""

import re

from claims.extraction.lexicon.places import DEMONYMS
from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import Speaker
from claims.extraction.speakers.people import SPOKEN_FOR, TITLES

HEADS = (
    "people|persons?|those|m[ae]n|wom[ae]n|individuals?|someone|somebody|others|one|two|three|four|officials?|sources?|diplomats?|"
    "aides?|advis[eo]rs?|insiders?|lawmakers?|staffers?|executives?|lawyers?|associates?|friends?|allies|ally"
)
HOW = (
    "familiar with|with (?:\\w+ )?knowledge of|briefed (?:on|by|about)|close to|involved (?:in|with)|privy to|aware of|"
    "present at|knowledgeable about|working (?:on|with)"
)
TOLD_APART = re.compile(
    r"(?:(?:at least|the|a|an|several|many|some|other|most|both|all|another|(?:one|two|three|four|five|six)(?=\s))\s+){0,3}"
    rf"(?P<called>(?:(?!(?:of|for|to|with|from|by|who)\b)[\w'’.-]+\s+){{0,3}}?(?P<head>{HEADS})\s+"
    r"(?:(?:who (?:is|are|was|were)|directly|intimately|closely)\s+)?"
    rf"(?:{HOW})\s[^,;:()\"“”]{{3,70}}?)(?=$|[,;:(\"“]|\s(?:who|which|that|because)\b)",
    re.I,
)
SEVERAL = re.compile(r"people|those|men|women|two|three|four|.*s", re.I)
PERSONS = (
    TITLES
    | SPOKEN_FOR
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
PRIVATE = word_set(
    """suspect defendant accused driver victim witness resident deputy complainant passenger patient survivor claimant tenant
    worker employee customer farmer fisherman villager colleague friend teenager caller bystander"""
)
PERSONAL = re.compile(r"(?:[a-z]{3,}(?:ologist|ographer|ician|eer)|[\w-]+(?:man|woman|person|in-law))$")
CROWDS = word_set("family left right crowd couple team staff opposition electorate bloc crew trio duo pair audience")


def told_apart(words: str) -> Speaker | None:
    """Those of whom an article says only how they know: "two people briefed on the plan"."""
    match = TOLD_APART.match(words)
    if match is None:
        return None
    several = SEVERAL.fullmatch(match["head"]) is not None
    called = match["called"]
    if match.start("head") == match.start("called"):  # at the head of a sentence
        called = called[0].lower() + called[1:]
    return Speaker(called, "group" if several else "unnamed", 0.6, "description", alone=False, plural=several)


def as_called(bare: str, head: str) -> Speaker | None:
    """The judge, the family, whom the article does not name: under these words."""
    if head in CROWDS:
        return Speaker(bare, "group", 0.5, "description", alone=False, plural=True)
    if head in PERSONS or head in DEMONYMS or PERSONAL.match(head):
        return Speaker(bare, "unnamed", 0.5, "description", alone=False)
    return None
