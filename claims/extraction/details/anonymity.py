"""Why an unnamed source is unnamed: "because he was not authorised to speak"."""

import re
from collections.abc import Sequence

from claims.extraction.details.bases import (
    MARKS_BEFORE_PHRASE,
    find_end_before,
    is_attached_to_quote,
    is_end_of_content,
    is_end_of_source,
)
from claims.extraction.lexicon.persons import WORDS_FOR_UNNAMED_SOURCES
from claims.extraction.schema import Span
from claims.extraction.text.phrases import trim_bounds
from claims.extraction.text.sentences import CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER, Sentence

LENGTH_OF_SOURCE_READ = 600  # characters

# Up to the end of the clause, or to the verb that it comes before.
CHARACTER_OF_REASON = (
    r'(?:(?!\s(?:said|says|told)\b)[^,;:"“”\n'
    rf"{CONTENT_PLACEHOLDER}{ROLE_PLACEHOLDER}])"
)
NOT_TO_BE_NAMED = (
    r"(?:not\s(?:to\s)?be\s(?:further\s)?(?:named|identified|quoted|published|used|disclosed)"
    r"|(?:for|to\sremain)\sanonym(?:ity|ous))"
)
REASON_CLAUSE = (
    r"(?:,?\s+(?:because|since|as|citing|in\sorder\sto"
    r"|to\s(?:discuss|describe|speak|talk|disclose|share|avoid|protect|reveal|comment|offer)"
    r"|due\sto|owing\sto|given|for\sfear|out\sof\sfear|fearing|while\sdiscussing)\b"
    rf"{CHARACTER_OF_REASON}{{2,160}})?"
)
CONDITION_OF_ANONYMITY = (
    r"(?:on|under)\s(?:the\s)?conditions?\s(?:of\s(?:strict\s)?anonymity"
    r"|(?:that\s)?(?:\w+\s){1,4}?(?:not\sbe|remain)"
    r"\s(?:named|identified|used|published|anonymous|disclosed))"
)
VERB_BEFORE_CONDITION = (
    r"(?:sp(?:oke|eaks?|eaking|oken)|talk(?:ed|s|ing)|comment(?:ed|ing)|discuss(?:ed|ing)"
    r"|describ(?:ed|ing)|provid(?:ed|ing)|insist(?:ed|ing))"
)

SPOKE_ON_CONDITION = (
    rf"(?:{VERB_BEFORE_CONDITION}\s(?:[\w'’-]+\s){{0,6}}?)?{CONDITION_OF_ANONYMITY}"
    r"|sp(?:oke|eaking)\s(?:\w+\s){0,3}?anonymously"
)
ASKED_NOT_TO_BE_NAMED = (
    r"(?:ask|request|want|wish|prefer)(?:ed|s|es|ing|red|ring)?"
    rf"\s(?:(?:that\s)?(?:his|her|their|its)\s(?:\w+\s){{0,3}}?)?{NOT_TO_BE_NAMED}"
)
DECLINED_TO_BE_NAMED = (
    r"(?:declin|refus)(?:ed|es|ing)\sto\s(?:be\s(?:further\s)?(?:named|identified)"
    r"|give\s(?:his|her|their|a)\s(?:\w+\s)?names?)"
    r"|(?:did\snot|didn['’]t|do(?:es)?\snot|not)\s(?:want|wish)(?:ing)?\sto"
    r"\sbe\s(?:named|identified|quoted)"
)
WAS_GRANTED_ANONYMITY = (
    r"(?:(?:was|were|is|are)\s(?:granted|given|promised)|granted|request(?:ing|ed)"
    r"|insist(?:ing|ed)\son|demand(?:ing|ed))\sanonymity"
)
WAS_NOT_AUTHORISED = (
    r"(?:(?:was|were|is|are)\s)?(?:not|n['’]t)\sauthori[sz]ed\sto\s(?:\w+\s)?"
    rf"(?:speak|discuss|comment|talk|brief|address|be\squoted){CHARACTER_OF_REASON}{{0,80}}"
    r"|lack(?:ed|ing)\sauthori[sz]ation\sto\s(?:speak|discuss|comment)"
    rf"{CHARACTER_OF_REASON}{{0,80}}"
)
CANNOT_BE_NAMED = (
    r"(?:can|could|may)(?:not|\snot)\sbe\s(?:named|identified)"
    rf"|because\sof\sthe\ssensitivity\sof\s{CHARACTER_OF_REASON}{{3,80}}"
)
FEARED_REPRISALS = (
    r"fearing\s(?:reprisals?|retribution|retaliation)"
    r"|(?:for|out\sof)\sfear\sof\s(?:reprisals?|retribution|retaliation)"
)
WISH_FOR_ANONYMITY = (
    rf"{SPOKE_ON_CONDITION}|{ASKED_NOT_TO_BE_NAMED}|{DECLINED_TO_BE_NAMED}"
    rf"|{WAS_GRANTED_ANONYMITY}|{WAS_NOT_AUTHORISED}|{CANNOT_BE_NAMED}|{FEARED_REPRISALS}"
)
ANONYMITY_CLAUSE = re.compile(
    r"\b(?:both\sof\swhom\s|all\sof\swhom\s|who\s(?:all\s|both\s|also\s|only\s)?)?"
    rf"(?:{WISH_FOR_ANONYMITY}){REASON_CLAUSE}",
    re.I,
)
STARTS_OF_RELATIVE_CLAUSE = ("who ", "both of whom", "all of whom")
ONLY_AT_END = re.compile(r"\s(?:only|but\sonly)\s*\Z")
PERSONAL_NAME_PATTERN = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Sir|President|Senator)\.?\s)?"
    r"[A-Z][\w'’-]+(?:\s(?:[A-Z]\.|[A-Z][\w'’-]+)){0,3}(?:,.*)?",
    re.S,
)


def find_reason_for_anonymity(
    sentence: Sentence, text: str, source: Span | None, known: Sequence[Span]
) -> Span | None:
    """Return the reason as a span of the text; None for whoever is named.

    It stands in the source, or hangs on it, on its cue or on a content. `known` are the details of
    the cue found before, as spans of the line.
    """
    if source is None or is_personal_name(source.of(text)):
        return None
    source_end = min(source.end, source.start + LENGTH_OF_SOURCE_READ)
    within_source = ANONYMITY_CLAUSE.search(text, source.start, source_end)
    if within_source:
        return Span(*trim_bounds(text, *within_source.span()))
    for clause in ANONYMITY_CLAUSE.finditer(sentence.line):
        start, end = trim_bounds(sentence.line, *clause.span())
        if is_attached_to_source(sentence, start, end, known):
            return sentence.locate_in_text(start, end)
    return None


def is_attached_to_source(sentence: Sentence, start: int, end: int, known: Sequence[Span]) -> bool:
    """Return whether a clause of the line tells of the source.

    One with "who" must follow the source; "on condition of anonymity" may also follow the cue or a
    content.
    """
    line = sentence.line
    if is_end_of_source(sentence, find_end_before(line, start)):
        return True
    if line.startswith(STARTS_OF_RELATIVE_CLAUSE, start):
        return False
    words_before = ONLY_AT_END.sub("", line[:start])
    if is_end_of_content(sentence, len(words_before.rstrip(MARKS_BEFORE_PHRASE))):
        return True
    return is_attached_to_quote(sentence, start, end, known)


def is_personal_name(source: str) -> bool:
    """Return whether a source looks like a person's name; "Officials" in a headline does not."""
    if PERSONAL_NAME_PATTERN.fullmatch(source.strip()) is None:
        return False
    first_word = source.split()[0].casefold().strip(",")
    return first_word not in WORDS_FOR_UNNAMED_SOURCES
