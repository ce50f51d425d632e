"""Noun phrases by their words alone: good enough for "told the head of the agency", and for nothing more."""

import re
from functools import cached_property, lru_cache

from claims.extraction.schema import Span
from claims.extraction.text.days import TIMELY
from claims.extraction.text.sentences import HOLE, NOUN

DETERMINER = (
    r"(?:the|an?|his|her|its|their|our|my|this|these|those|some|several|many|all|both|two|three|four|five|six|one|another|"
    r"other|fellow|dozens\sof|hundreds\sof|a\sgroup\sof|a\scrowd\sof|The|A|An)"
)
# Words that end a noun phrase.
BEYOND = (
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
ANY = r"(?:\d[\d,.]*\d|[^\W_](?:[\w'’&/.-]*[\w'’])?\.?+)(?!\w)"
# A space before one of these, or before an expression of time, is a fence: in the lines that rules read it is another space.
FENCE = "\x1f"
FENCED = re.compile(rf"[^\S\n](?=(?:{BEYOND})(?![\w-])|{TIMELY})")
SPACES = rf"[^\S\n{FENCE}]+"  # no noun phrase goes on in the next paragraph
SMALL = r"(?:of|in|on|at|to|for|from|with|by|that|who|which|not|be|he|she|they|it|we|I|you|if|as|is|was|what|and)(?!\w)"
FIRST = rf"(?!{SMALL}){ANY}"
START = rf"(?:(?<=\s)(?<!{FENCE})|(?<!\s)(?!{SMALL})){ANY}"  # of a phrase without a determiner
TITLE_WORD = r"(?:[A-Z0-9][\w'’]*|of|the|and|in|with|to|a|&)"
TITLE = rf"""(?:["“‘](?=[A-Z0-9]){TITLE_WORD}(?:\s{TITLE_WORD}){{0,5}}[,.]?["”’])"""  # of a programme
CORE = rf"(?:(?:{DETERMINER}\s+){{1,2}}{FIRST}|{START})(?:{SPACES}{ANY}){{0,6}}(?:\s{TITLE})?"
PHRASE = rf"{CORE}(?:\s+of\s+{CORE}){{0,2}}"
ALSO = rf",?\s+and\s+(?=(?:{DETERMINER})\s|[A-Z]|[\w-]+s\b){PHRASE}"  # "and" + a verb goes on with something else
JOINED = rf"{PHRASE}(?:(?:,\s+{PHRASE})?{ALSO})?"
PRONOUN = r"(?:him|her|them|us|me)"
# What may come after a whole noun phrase.
END = rf"""(?=\s*(?:\Z|[,.;:!?()"“”—–{HOLE}{NOUN}\n]|-\s)|\s*{FENCE})"""
PERIODS = re.compile(
    r"(?:\b[A-Za-z]\.[A-Za-z]|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|Bros|Wash|Calif|Fla|Tex|Va|Md|Pa|Conn|Mich|Ariz|Colo|Wis|Minn|Tenn|Ore|Mass|Ill|Ind|Ga|[A-Z]))\.\Z"
)
LONGEST_ABBREVIATION = 6  # characters: "Calif."
PASSIVE = re.compile(r"\b(?:is|are|was|were|been|be|being|gets?|got)\s+(?:(?:also|again|repeatedly|later|\w+ly)\s+)?\Z", re.I)
PROGRESSIVE = re.compile(r"\w+ing\b")
AUXILIARIES = re.compile(
    r"(?<!\S)(?:(?:has|have|had|is|are|was|were|been|be|being|will|would|could|may|might|gets?|got|also|again|later|"
    r"\w+ly)\s+)+\Z"
)


@lru_cache(16)
def fenced(line: str) -> str:
    """The line, character for character, with a `FENCE` for each space before a word that ends a noun phrase."""
    return FENCED.sub(FENCE, line.replace(FENCE, " "))


class Rule:
    """A pattern with noun phrases in it. It reads `fenced` lines, so what it matches has other spaces than the line.

    It is compiled when it is first asked, which takes a hundredth of a second or two.
    """

    def __init__(self, pattern: str, flags: int = 0):
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def match(self, line: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self.compiled.match(fenced(line), start, len(line) if end is None else end)

    def search(self, line: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self.compiled.search(fenced(line), start, len(line) if end is None else end)


SUBJECT = Rule(
    rf"(?:\A|[,;:—]\s|\b(?:and|but|while|as|that|after|because)\s)(?P<who>[Hh]e|[Ss]he|[Tt]hey|{PHRASE}(?:{ALSO})?)\s*\Z"
)
LEADING, TRAILING = " \t\n\xa0,;:.!?—–-)]}”\"'’", " \t\n\xa0,;:!?—–-([{“‘\"'"


def trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    """Bounds without the loose marks at either end: a full stop stays with "U.S.", a mark with the one that opens it."""
    while start < end and line[start] in LEADING and not opens(line[start:end]):
        start += 1
    while start < end and (line[end - 1] in TRAILING + ".”’)]…") and not closes(line[start:end]):
        end -= 1
    return start, end


def opens(words: str) -> bool:
    """Whether the first character is a straight mark that is closed within."""
    return words[0] in "\"'" and words.count(words[0]) > 1


def closes(words: str) -> bool:
    """Whether the last character belongs to what it follows."""
    last = words[-1]
    if last == ".":
        return PERIODS.search(words, max(len(words) - LONGEST_ABBREVIATION, 0)) is not None
    pair = {"”": "“", ")": "(", "]": "[", '"': '"'}.get(last)
    if pair is None:
        return last in "'’" and re.search(r"s['’]\Z", words) is not None
    return pair in words[:-1]


def phrase_span(line: str, start: int, end: int) -> Span | None:
    """The trimmed span of a noun phrase; None where it is a possessor cut off from what it has, or nothing."""
    start, end = trimmed(line, start, end)
    words = line[start:end]
    if start >= end or re.search(r"['’]s?\Z", words) or not re.search(r"[^\W\d_]", words) or NOUN in words or HOLE in words:
        return None
    return Span(start, end)


def is_passive(line: str, verb: int) -> bool:
    """Whether the participle at `verb` is that of a passive: "was accused"."""
    return PASSIVE.search(line, max(0, verb - 30), verb) is not None and not PROGRESSIVE.match(line, verb)


def subject(line: str, verb: int) -> tuple[int, int] | None:
    """The bounds of the noun phrase between the start of the clause and the auxiliaries before `verb`."""
    start = max(0, verb - 60)
    auxiliaries = AUXILIARIES.search(line, start, verb)
    found = SUBJECT.search(line, max(0, auxiliaries.start() - 120), auxiliaries.start()) if auxiliaries else None
    return found.span("who") if found else None
