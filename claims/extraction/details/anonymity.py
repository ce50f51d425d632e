"""Why an unnamed source is unnamed: "who spoke on condition of anonymity because he was not authorised to speak"."""

import re
from collections.abc import Sequence

from claims.extraction.details.bases import MARKS_BEFORE_PHRASE, is_attached_to_quote
from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import Span
from claims.extraction.text.phrases import trim_bounds
from claims.extraction.text.sentences import CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER, Sentence

# Up to the end of the clause, or to the verb that it comes before.
CHARACTER_OF_REASON = (
    rf'(?:(?!\s(?:said|says|told)\b)[^,;:"“”\n{CONTENT_PLACEHOLDER}{ROLE_PLACEHOLDER}])'
)
NOT_TO_BE_NAMED = (
    r"(?:not\s(?:to\s)?be\s(?:further\s)?(?:named|identified|quoted|published|used|disclosed)|"
    r"(?:for|to\sremain)\sanonym(?:ity|ous))"
)
REASON_CLAUSE = (
    r"(?:,?\s+(?:because|since|as|citing|in\sorder\sto|to\s(?:discuss|describe|speak|talk|disclose|share|avoid|protect|reveal|comment|"
    r"offer)|due\sto|owing\sto|given|for\sfear|out\sof\sfear|fearing|while\sdiscussing)\b"
    rf"{CHARACTER_OF_REASON}{{2,160}})?"
)
CONDITION_OF_ANONYMITY = (
    r"(?:on|under)\s(?:the\s)?conditions?\s(?:of\s(?:strict\s)?anonymity|"
    r"(?:that\s)?(?:\w+\s){1,4}?(?:not\sbe|remain)\s(?:named|identified|used|published|anonymous|disclosed))"
)
VERB_BEFORE_CONDITION = (
    r"(?:sp(?:oke|eaks?|eaking|oken)|talk(?:ed|s|ing)|comment(?:ed|ing)|discuss(?:ed|ing)|describ(?:ed|ing)|provid(?:ed|ing)|"
    r"insist(?:ed|ing))"
)
WISH_FOR_ANONYMITY = (
    rf"(?:{VERB_BEFORE_CONDITION}\s(?:[\w'’-]+\s){{0,6}}?)?{CONDITION_OF_ANONYMITY}|sp(?:oke|eaking)\s(?:\w+\s){{0,3}}?anonymously"
    rf"|(?:ask|request|want|wish|prefer)(?:ed|s|es|ing|red|ring)?\s(?:(?:that\s)?(?:his|her|their|its)\s(?:\w+\s){{0,3}}?)?{NOT_TO_BE_NAMED}"
    r"|(?:declin|refus)(?:ed|es|ing)\sto\s(?:be\s(?:further\s)?(?:named|identified)|give\s(?:his|her|their|a)\s(?:\w+\s)?names?)"
    r"|(?:did\snot|didn['’]t|do(?:es)?\snot|not)\s(?:want|wish)(?:ing)?\sto\sbe\s(?:named|identified|quoted)"
    r"|(?:(?:was|were|is|are)\s(?:granted|given|promised)|granted|request(?:ing|ed)|insist(?:ing|ed)\son|demand(?:ing|ed))\sanonymity"
    r"|(?:(?:was|were|is|are)\s)?(?:not|n['’]t)\sauthori[sz]ed\sto\s(?:\w+\s)?(?:speak|discuss|comment|talk|brief|address|be\squoted)"
    rf"{CHARACTER_OF_REASON}{{0,80}}|lack(?:ed|ing)\sauthori[sz]ation\sto\s(?:speak|discuss|comment){CHARACTER_OF_REASON}{{0,80}}"
    rf"|(?:can|could|may)(?:not|\snot)\sbe\s(?:named|identified)|because\sof\sthe\ssensitivity\sof\s{CHARACTER_OF_REASON}{{3,80}}"
    r"|fearing\s(?:reprisals?|retribution|retaliation)|(?:for|out\sof)\sfear\sof\s(?:reprisals?|retribution|retaliation)"
)
ANONYMITY_CLAUSE = re.compile(
    rf"\b(?:both\sof\swhom\s|all\sof\swhom\s|who\s(?:all\s|both\s|also\s|only\s)?)?(?:{WISH_FOR_ANONYMITY}){REASON_CLAUSE}",
    re.I,
)
ONLY_AT_END = re.compile(r"\s(?:only|but\sonly)\s*\Z")
WORDS_FOR_UNNAMED_SOURCES = word_set(
    "officials official sources source diplomats aides advisers advisors insiders staffers police lawmakers witnesses analysts "
    "others he she they it somebody someone"
)
PERSONAL_NAME_PATTERN = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Sir|President|Senator)\.?\s)?[A-Z][\w'’-]+(?:\s(?:[A-Z]\.|[A-Z][\w'’-]+)){0,3}(?:,.*)?",
    re.S,
)


def find_reason_for_anonymity(
    sentence: Sentence, text: str, source: Span | None, known: Sequence[Span]
) -> Span | None:
    """The reason, as a span of the text, in the source or hanging on it or on its cue; none for somebody who is named."""
    if source is None or is_personal_name(source.of(text)):
        return None
    if found := ANONYMITY_CLAUSE.search(text, source.start, min(source.end, source.start + 600)):
        return Span(*trim_bounds(text, *found.span()))
    for found in ANONYMITY_CLAUSE.finditer(sentence.line):
        start, end = trim_bounds(sentence.line, *found.span())
        if is_attached_to_source(sentence, start, end, known):
            return sentence.in_text(start, end)
    return None


def is_attached_to_source(sentence: Sentence, start: int, end: int, known: Sequence[Span]) -> bool:
    """A clause with "who" must follow the source; "on condition of anonymity" may also follow the cue or a content."""
    line, source = sentence.line, sentence.source
    if source and source.end == len(line[:start].rstrip(MARKS_BEFORE_PHRASE)):
        return True
    if line.startswith(("who ", "both of whom", "all of whom"), start):
        return False
    before = len(ONLY_AT_END.sub("", line[:start]).rstrip(MARKS_BEFORE_PHRASE))
    return any(content.end == before for content in sentence.contents) or is_attached_to_quote(
        sentence, start, end, known
    )


def is_personal_name(source: str) -> bool:
    words = source.split()
    return (
        PERSONAL_NAME_PATTERN.fullmatch(source.strip()) is not None
        and words[0].casefold().strip(",") not in WORDS_FOR_UNNAMED_SOURCES
    )
