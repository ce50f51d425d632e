"""Labels before the lines of a transcript: who speaks, in the ways of stations, parliaments, courts.

ANA BELL: …              Bell (D-Ohio): …          >> BELL: …        [00:01:12] Ana Bell: …
The CHAIR (Ms Bell): …   Mr. BELL of Ohio. …       Q. …              Ana Bell (00:12):
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claims.extraction.lexicon.labels import (
    LABELS_OF_NOBODY,
    OFFICES_IN_LABELS,
    TITLES_IN_LABELS,
    WORDS_WITHIN_LABELS,
)
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text

TIME = r"[(\[]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[)\]]?"
BLANK = r"[ \t\u00a0]"
BEFORE_LABEL = (
    rf"(?P<sign>(?:(?:>>|[*•·‣▪–—-]){BLANK}*)?(?:{TIME}{BLANK}*)?(?:\*\*|__)?)(?P<mark>[\"“]?)"
)
WORD_OF_LABEL = r"[^\W\d_][\w.'’-]*"
WORDS_OF_LABEL = rf"{WORD_OF_LABEL}(?:[ \u00a0]{WORD_OF_LABEL}){{0,6}}(?:[ \u00a0]\d{{1,2}})?"
# Of whom it is: "(D-Wis.)", "(Harrow) (Con)", "(Ms Bell)", ", SENATE LEADER", ", host".
AFTER_LABEL = (
    rf"(?:{BLANK}?[(\[](?P<bracket>[^()\[\]\n]{{1,60}})[)\]]"
    rf"(?:{BLANK}?[(\[][^()\[\]\n]{{1,40}}[)\]]){{0,2}}"
    r"|,[ \u00a0](?:[A-Z0-9][A-Z0-9 .,'’&/-]{1,80}|[a-z][a-z -]{2,30}))?"
)
LABEL_BEFORE_COLON = re.compile(
    rf"{BEFORE_LABEL}(?P<label>{WORDS_OF_LABEL}){AFTER_LABEL}(?:\*\*|__)?"
    rf"(?P<cue>:)(?:\*\*|__)?(?:{BLANK}+(?=\S)|{BLANK}*\Z)"
)
NAME_IN_CAPITALS = r"(?:(?:Mc|Mac|De|Di|La|Le|Van|Von|O['’])?[A-Z][A-Z'’-]+|[A-Z]\.)"
# As the records of Congress have it.
LABEL_BEFORE_STOP = re.compile(
    rf"(?P<mark>)(?:(?P<label>(?:Mr|Mrs|Ms|Miss|Dr)\.[ \u00a0]{NAME_IN_CAPITALS}"
    rf"(?:[ \u00a0]{NAME_IN_CAPITALS}){{0,3}})(?:[ \u00a0]of[ \u00a0][A-Z][a-z]+"
    r"(?:[ \u00a0][A-Z][a-z]+)?)?"
    r"|(?P<office>The(?:[ \u00a0][A-Z][A-Z-]+){1,4}(?:[ \u00a0]pro[ \u00a0]tempore)?)"
    r"(?:[ \u00a0]\((?P<bracket>[^()\n]{2,40})\))?"
    r"|(?P<part>[QA]))(?P<cue>\.)[ \u00a0\t]+(?=[A-Z\"“(])"
)
QUESTION_BEFORE_BLANKS = re.compile(r"(?P<mark>)(?P<cue>Q)[ \u00a0\t]{2,}(?=\S)")
# A name over what is said, with the time: "Ana Bell 00:12".
LABEL_BEFORE_TIME = re.compile(
    rf"(?P<mark>)(?P<label>{WORDS_OF_LABEL}){BLANK}{{0,3}}[-–—|·]?{BLANK}{{0,3}}(?P<cue>{TIME}){BLANK}*\Z"
)
LABEL_ALONE = re.compile(rf"(?P<mark>)(?P<label>{WORDS_OF_LABEL}){BLANK}*\Z")
TIME_ALONE = re.compile(rf"{TIME}{BLANK}*\Z")
NAME_IN_BRACKETS = re.compile(r"[A-Z][\w.'’-]*(?:[ \u00a0][A-Z][\w.'’-]*){1,3}")
DIGITS_AT_END = re.compile(r"[ \u00a0]\d+\Z")
CAPITALS = re.compile(r"[^a-zß-öø-ÿ]*[^\W\d_a-zß-öø-ÿ][^a-zß-öø-ÿ]+")  # two letters at least


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A paragraph that begins with a label: its number, who that is, and where the words begin.

    `source` is None where a question has nobody's name. `key` is the same for one speaker's labels.
    `formal` tells of labels as records have them, which prose has not.
    """

    paragraph: int
    source: Span | None
    cue: Span
    start_of_words: int
    key: str
    name: str
    formal: bool
    in_capitals: bool
    marked: bool  # with an opening quotation mark


def list_labelled_lines(text: Text) -> Iterator[LabelledLine]:
    """Yield the paragraphs that begin with a label which may be a speaker's."""
    for paragraph in range(len(text.paragraphs)):
        line = (
            read_label(LABEL_BEFORE_COLON, paragraph, text)
            or read_label(LABEL_BEFORE_STOP, paragraph, text)
            or read_question(paragraph, text)
            or read_label(LABEL_BEFORE_TIME, paragraph, text)
            or read_label_over_time(paragraph, text)
        )
        if line:
            line = move_to_words(line, text)
        if line:
            yield line


def move_to_words(line: LabelledLine, text: Text) -> LabelledLine | None:
    """Return a line that is a label alone as one whose words are the next paragraph; None where
    there is none.
    """
    _, end = text.paragraphs[text.find_paragraph(line.start_of_words)]
    if text[line.start_of_words : end].strip():
        return line
    following = text.find_paragraph(line.start_of_words) + 1
    if following == len(text.paragraphs):
        return None
    return replace(line, start_of_words=text.paragraphs[following][0])


def read_label(pattern: re.Pattern[str], paragraph: int, text: Text) -> LabelledLine | None:
    """Return the line that begins with a label as the pattern has it."""
    start, end = text.paragraphs[paragraph]
    match = pattern.match(text, start, end)
    if match is None:
        return None
    source = find_source_of_label(match)
    if source is None or not is_label_of_speaker(source.of(text)):
        return None
    return build_line(paragraph, match, source, Span(*match.span("cue")), match.end(), text)


def read_question(paragraph: int, text: Text) -> LabelledLine | None:
    """Return the line of a question before which a "Q" stands without a mark."""
    start, end = text.paragraphs[paragraph]
    match = QUESTION_BEFORE_BLANKS.match(text, start, end)
    if match is None:
        return None
    cue = Span(*match.span("cue"))
    return LabelledLine(paragraph, None, cue, match.end(), "q", "Q", True, True, False)


def read_label_over_time(paragraph: int, text: Text) -> LabelledLine | None:
    """Return the line that is a name, over one that is a time, over what is said."""
    start, end = text.paragraphs[paragraph]
    if paragraph + 1 == len(text.paragraphs):
        return None
    time_start, time_end = text.paragraphs[paragraph + 1]
    if not TIME_ALONE.match(text, time_start, time_end):
        return None
    match = LABEL_ALONE.match(text, start, end)
    if match is None or not is_label_of_speaker(match["label"]):
        return None
    source = Span(*match.span("label"))
    cue = Span(time_start, time_end)
    return build_line(paragraph, match, source, cue, time_end, text)


def build_line(
    paragraph: int, match: re.Match[str], source: Span, cue: Span, start_of_words: int, text: Text
) -> LabelledLine:
    name = DIGITS_AT_END.sub("", source.of(text))
    first, last = name.split()[0], name.split()[-1]
    groups = match.groupdict()
    has_sign = bool(groups.get("sign", "").strip("*_ ") or groups.get("bracket"))
    is_set_out = has_sign or cue.of(text) != ":"
    return LabelledLine(
        paragraph,
        source,
        cue,
        start_of_words,
        last.casefold(),
        name,
        formal=is_set_out or is_title(first) or is_office(source.of(text)),
        in_capitals=CAPITALS.fullmatch(last) is not None,
        marked=bool(match["mark"]),
    )


def find_source_of_label(match: re.Match[str]) -> Span | None:
    """Return who speaks by a label: of "The CHAIR (Ms Bell)" the name in brackets."""
    groups = match.groupdict()
    group = next(name for name in ("label", "office", "part") if groups.get(name))
    bracket = groups.get("bracket")
    if bracket and is_office(match[group]) and is_name_in_brackets(bracket):
        return Span(*match.span("bracket"))
    return Span(*match.span(group))


def is_office(label: str) -> bool:
    """Return whether a label is an office: "The DEPUTY SPEAKER", "Minister for Health"."""
    words = [word.rstrip(".").casefold() for word in label.split()]
    if words[0] == "the":
        return True
    for number, word in enumerate(words):
        is_last = number + 1 == len(words)
        if word in OFFICES_IN_LABELS and (is_last or words[number + 1] in WORDS_WITHIN_LABELS):
            return True
    return False


def is_name_in_brackets(words: str) -> bool:
    """Return whether what stands in brackets is a person's name, and no seat or party."""
    return NAME_IN_BRACKETS.fullmatch(words) is not None


def is_mark_of_label(cue: str) -> bool:
    """Return whether a cue is a mark, a time or a handle: what stands before it is a label."""
    return cue.startswith("@") or not any(character.isalpha() for character in cue)


def is_title(word: str) -> bool:
    return word.rstrip(".").casefold() in TITLES_IN_LABELS


def is_label_of_speaker(label: str) -> bool:
    """Return whether all words are those of a name, an office or a part."""
    words = label.split()
    if words[0].casefold() in LABELS_OF_NOBODY:
        return False
    capitals = [word for word in words if word[:1].isupper()]
    small = [word for word in words if not word[:1].isupper() and not word.isdigit()]
    return bool(capitals) and all(word in WORDS_WITHIN_LABELS for word in small)
