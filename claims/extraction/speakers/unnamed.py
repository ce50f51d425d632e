"""Sources that nobody names, by what the article calls them.

For example "US officials", "people familiar with the talks".
"""

import re

from claims.extraction.lexicon.persons import CROWD_NOUNS, PERSON_NOUN_BY_ENDING, PERSON_NOUNS
from claims.extraction.lexicon.places import STATE_OF_DEMONYM
from claims.extraction.lexicon.unnamed_persons import HEAD_NOUNS_OF_UNNAMED
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import ActorKind, Speaker
from claims.extraction.speakers.answers import ResolvedQuote, weaken_speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.evidence import Evidence

WAYS_OF_KNOWING = (
    r"familiar with|with (?:\w+ )?knowledge of|briefed (?:on|by|about)|close to|"
    r"involved (?:in|with)|privy to|aware of|present at|knowledgeable about|working (?:on|with)"
)
DESCRIPTION_BY_KNOWLEDGE = re.compile(
    r"(?:(?:at least|the|a|an|several|many|some|other|most|both|all|another"
    r"|(?:one|two|three|four|five|six)(?=\s))\s+){0,3}"
    r"(?P<called>(?:(?!(?:of|for|to|with|from|by|who)\b)[\w'’.-]+\s+){0,3}?"
    rf"(?P<head>{'|'.join(sorted(HEAD_NOUNS_OF_UNNAMED))})\s+"
    r"(?:(?:who (?:is|are|was|were)|directly|intimately|closely)\s+)?"
    rf"(?:{WAYS_OF_KNOWING})\s[^,;:()\"“”]{{3,70}}?)(?=$|[,;:(\"“]|\s(?:who|which|that|because)\b)",
    re.I,
)
PLURAL_HEAD_NOUN = re.compile(r"people|those|men|women|two|three|four|.*s", re.I)
INDEFINITE_WORD_AT_START = re.compile(r"(?:an?|another|one)\s", re.I)
DEFINITE_NOUN_ALONE = re.compile(r"(?:[Tt]he|[Tt]hat)\s(?:same\s)?([a-z-]+)")
END_OF_UNNAMED_HEAD = re.compile(r"\s(?:for|of|in|at|from|with|to|who|whose|close|familiar)\s")


def find_unnamed_by_knowledge(words: str) -> Speaker | None:
    """Return those of whom an article says only how they know: "two people briefed on the plan"."""
    match = DESCRIPTION_BY_KNOWLEDGE.match(words)
    if match is None:
        return None
    called = match["called"]
    if match.start("head") == match.start(
        "called"
    ):  # it may have a capital at the head of a sentence
        called = called[0].lower() + called[1:]
    several = PLURAL_HEAD_NOUN.fullmatch(match["head"]) is not None
    kind: ActorKind = "group" if several else "unnamed"
    return Speaker(called, kind, 0.6, "description", alone=False, plural=several)


def find_unnamed_by_noun(description: str, head: str) -> Speaker | None:
    """Return the judge or the family whom the article does not name, under these words."""
    if head in CROWD_NOUNS:
        return Speaker(description, "group", 0.5, "description", alone=False, plural=True)
    if head in PERSON_NOUNS or head in STATE_OF_DEMONYM or PERSON_NOUN_BY_ENDING.match(head):
        return Speaker(description, "unnamed", 0.5, "description", alone=False)
    return None


def find_unnamed_again(
    article: ArticleContext, quote: FoundQuote, evidence: Evidence
) -> Speaker | None:
    """Return the one without a name who spoke right before, where the source calls them so again.

    "The official" is the senior official; "the person" and "the source" are anybody. Whoever is
    named in between may be meant as well, and then nobody is returned.
    """
    assert quote.source
    again = DEFINITE_NOUN_ALONE.fullmatch(quote.source.of(article.text))
    if again is None:
        return None
    before = find_last_with_source(evidence)
    if before is None or before.speaker is None or before.speaker.kind != "unnamed":
        return None
    assert before.quote.source
    earlier = before.quote.source
    paragraph = article.get_paragraph_number(quote.source.start)
    if article.get_paragraph_number(earlier.start) < paragraph - 1:
        return None
    if article.people.list_within(earlier.end, quote.source.start):
        return None
    name = before.speaker.name
    noun = again[1]
    head = END_OF_UNNAMED_HEAD.split(name, maxsplit=1)[0].split()[-1].casefold()
    is_anybody = noun in ("person", "source") and name != noun
    if noun == head or is_anybody:
        return weaken_speaker(before.speaker, 0.95, "description")
    return None


def find_last_with_source(evidence: Evidence) -> ResolvedQuote | None:
    """Return the latest quote that has a source and stands within no other."""
    for resolved in evidence.list_latest_first():
        if resolved.quote.within is None and resolved.quote.source:
            return resolved
    return None
