"""Noun phrases by their words alone: good enough for "told the head of the agency", and for nothing more."""

import re
from functools import cached_property, lru_cache

from claims.extraction.schema import Span
from claims.extraction.text.days import START_OF_TIME_EXPRESSION
from claims.extraction.text.sentences import CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER

DETERMINER = (
    r"(?:the|an?|his|her|its|their|our|my|this|these|those|some|several|many|all|both|two|three|four|five|six|one|another|"
    r"other|fellow|dozens\sof|hundreds\sof|a\sgroup\sof|a\scrowd\sof|The|A|An)"
)
# Words that end a noun phrase.
WORDS_AFTER_PHRASE = (
    r"of|in|on|at|to|for|from|with|by|about|over|after|before|during|as|into|against|between|among|amid|through|via|without|"
    r"within|until|till|since|upon|under|like|than|because|while|when|where|who|whom|whose|which|that|if|whether|why|how|what|"
    r"so|but|or|nor|yet|and|then|there|here|not|is|are|was|were|be|been|being|am|has|have|had|do|does|did|will|would|could|"
    r"should|might|must|can|shall|may|also|again|later|earlier|he|she|they|it|we|I|you|him|them|us|me|ahead|"
    r"following|according|despite|outside|inside|near|behind|alongside|around|across|toward|towards|once|unless|though|"
    r"although|whereas|instead|afterwards?|soon|nationwide|just|only|never|ever|even|too|"
    r"the|an?|As|For|Over|After|In|On|At|By|With|To|That|From|said|says|saying|told|tells|wrote|writes|asked|asks|added|adds|called|calls|warned|warns|argued|argues|"
    r"(?!(?:meeting|hearing|briefing|gathering|ruling|building|spring|king|being|thing|wing|wedding|evening|morning|"
    r"training|housing|banking|planning|offspring|sibling|siblings)\b)[a-z]{2,}ing|(?!(?:united|allied|hundred|"
    r"armed|joint|unnamed|led|red|bed|shed|seed|need|feed|speed|embed|breed|creed|deed|seed|weed|watershed|biped)\b)[a-z]{3,}ed|"
    r"(?!(?:family|ally|assembly|daily|weekly|monthly|anomaly|italy|july|supply|reply|elderly|only)\b)[a-z]{3,}ly"
)
ANY_WORD = r"(?:\d[\d,.]*\d|[^\W_](?:[\w'’&/.-]*[\w'’])?\.?+)(?!\w)"
# A space before one of these, or before an expression of time, is a fence: in the lines that rules read it is another space.
PHRASE_FENCE = "\x1f"
SPACE_AFTER_PHRASE = re.compile(
    rf"[^\S\n](?=(?:{WORDS_AFTER_PHRASE})(?![\w-])|{START_OF_TIME_EXPRESSION})"
)
SPACES_WITHIN_PHRASE = rf"[^\S\n{PHRASE_FENCE}]+"  # no noun phrase goes on in the next paragraph
SMALL_WORD = r"(?:of|in|on|at|to|for|from|with|by|that|who|which|not|be|he|she|they|it|we|I|you|if|as|is|was|what|and)(?!\w)"
FIRST_WORD_AFTER_DETERMINER = rf"(?!{SMALL_WORD}){ANY_WORD}"
FIRST_WORD_WITHOUT_DETERMINER = rf"(?:(?<=\s)(?<!{PHRASE_FENCE})|(?<!\s)(?!{SMALL_WORD})){ANY_WORD}"  # of a phrase without a determiner
WORD_OF_PROGRAMME_TITLE = r"(?:[A-Z0-9][\w'’]*|of|the|and|in|with|to|a|&)"
PROGRAMME_TITLE = rf"""(?:["“‘](?=[A-Z0-9]){WORD_OF_PROGRAMME_TITLE}(?:\s{WORD_OF_PROGRAMME_TITLE}){{0,5}}[,.]?["”’])"""  # of a programme
CORE_OF_PHRASE = rf"(?:(?:{DETERMINER}\s+){{1,2}}{FIRST_WORD_AFTER_DETERMINER}|{FIRST_WORD_WITHOUT_DETERMINER})(?:{SPACES_WITHIN_PHRASE}{ANY_WORD}){{0,6}}(?:\s{PROGRAMME_TITLE})?"
NOUN_PHRASE = rf"{CORE_OF_PHRASE}(?:\s+of\s+{CORE_OF_PHRASE}){{0,2}}"
AND_NOUN_PHRASE = rf",?\s+and\s+(?=(?:{DETERMINER})\s|[A-Z]|[\w-]+s\b){NOUN_PHRASE}"  # "and" + a verb goes on with something else
JOINED_NOUN_PHRASES = rf"{NOUN_PHRASE}(?:(?:,\s+{NOUN_PHRASE})?{AND_NOUN_PHRASE})?"
OBJECT_PRONOUN = r"(?:him|her|them|us|me)"
# What may come after a whole noun phrase.
END_OF_PHRASE = rf"""(?=\s*(?:\Z|[,.;:!?()"“”—–{CONTENT_PLACEHOLDER}{ROLE_PLACEHOLDER}\n]|-\s)|\s*{PHRASE_FENCE})"""
ABBREVIATION_AT_END = re.compile(
    r"(?:\b[A-Za-z]\.[A-Za-z]|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|Bros|Wash|Calif|Fla|Tex|Va|Md|Pa|Conn|Mich|Ariz|Colo|Wis|Minn|Tenn|Ore|Mass|Ill|Ind|Ga|[A-Z]))\.\Z"
)
LONGEST_ABBREVIATION = 6  # characters: "Calif."
PASSIVE_AUXILIARY_AT_END = re.compile(
    r"\b(?:is|are|was|were|been|be|being|gets?|got)\s+(?:(?:also|again|repeatedly|later|\w+ly)\s+)?\Z",
    re.I,
)
ING_FORM = re.compile(r"\w+ing\b")
AUXILIARIES_AT_END = re.compile(
    r"(?<!\S)(?:(?:has|have|had|is|are|was|were|been|be|being|will|would|could|may|might|gets?|got|also|again|later|"
    r"\w+ly)\s+)+\Z"
)


@lru_cache(16)
def fence_phrases(line: str) -> str:
    """The line, character for character, with a `FENCE` for each space before a word that ends a noun phrase."""
    return SPACE_AFTER_PHRASE.sub(PHRASE_FENCE, line.replace(PHRASE_FENCE, " "))


class PhraseRule:
    """A pattern with noun phrases in it. It reads `fenced` lines, so what it matches has other spaces than the line.

    It is compiled when it is first asked, which takes a hundredth of a second or two.
    """

    def __init__(self, pattern: str, flags: int = 0):
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def match(self, line: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self.compiled.match(fence_phrases(line), start, len(line) if end is None else end)

    def search(self, line: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self.compiled.search(fence_phrases(line), start, len(line) if end is None else end)


SUBJECT_AT_END = PhraseRule(
    rf"(?:\A|[,;:—]\s|\b(?:and|but|while|as|that|after|because)\s)(?P<who>[Hh]e|[Ss]he|[Tt]hey|{NOUN_PHRASE}(?:{AND_NOUN_PHRASE})?)\s*\Z"
)
LEADING_MARKS, TRAILING_MARKS = " \t\n\xa0,;:.!?—–-)]}”\"'’", " \t\n\xa0,;:!?—–-([{“‘\"'"


def trim_bounds(line: str, start: int, end: int) -> tuple[int, int]:
    """Bounds without the loose marks at either end: a full stop stays with "U.S.", a mark with the one that opens it."""
    while (
        start < end and line[start] in LEADING_MARKS and not has_closed_first_mark(line[start:end])
    ):
        start += 1
    while (
        start < end
        and (line[end - 1] in TRAILING_MARKS + ".”’)]…")
        and not has_opened_last_mark(line[start:end])
    ):
        end -= 1
    return start, end


def has_closed_first_mark(words: str) -> bool:
    """Whether the first character is a straight mark that is closed within."""
    return words[0] in "\"'" and words.count(words[0]) > 1


def has_opened_last_mark(words: str) -> bool:
    """Whether the last character belongs to what it follows."""
    last = words[-1]
    if last == ".":
        return (
            ABBREVIATION_AT_END.search(words, max(len(words) - LONGEST_ABBREVIATION, 0)) is not None
        )
    pair = {"”": "“", ")": "(", "]": "[", '"': '"'}.get(last)
    if pair is None:
        return last in "'’" and re.search(r"s['’]\Z", words) is not None
    return pair in words[:-1]


def find_phrase_span(line: str, start: int, end: int) -> Span | None:
    """The trimmed span of a noun phrase; None where it is a possessor cut off from what it has, or nothing."""
    start, end = trim_bounds(line, start, end)
    words = line[start:end]
    if (
        start >= end
        or re.search(r"['’]s?\Z", words)
        or not re.search(r"[^\W\d_]", words)
        or ROLE_PLACEHOLDER in words
        or CONTENT_PLACEHOLDER in words
    ):
        return None
    return Span(start, end)


def is_passive(line: str, verb: int) -> bool:
    """Whether the participle at `verb` is that of a passive: "was accused"."""
    return PASSIVE_AUXILIARY_AT_END.search(
        line, max(0, verb - 30), verb
    ) is not None and not ING_FORM.match(line, verb)


def find_subject_bounds(line: str, verb: int) -> tuple[int, int] | None:
    """The bounds of the noun phrase between the start of the clause and the auxiliaries before `verb`."""
    start = max(0, verb - 60)
    auxiliaries = AUXILIARIES_AT_END.search(line, start, verb)
    found = (
        SUBJECT_AT_END.search(line, max(0, auxiliaries.start() - 120), auxiliaries.start())
        if auxiliaries
        else None
    )
    return found.span("who") if found else None
