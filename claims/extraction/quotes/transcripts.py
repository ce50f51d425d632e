"""Lines of a transcript, "NAME: words", and the paragraphs that go on with them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.extraction.lexicon.persons import ROLE_NOUNS
from claims.extraction.lexicon.words import WORD_OF_LETTERS, word_set
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.signatures import (
    CLOSING_MARKS_OF_OPENING,
    LAYOUT_CONFIDENCE,
    is_one_quotation,
)
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from claims.extraction.text.furniture import is_furniture

WORD_OF_LABEL = r"[^\W\d_][\w.'’-]*"
TRANSCRIPT_LABEL = re.compile(
    rf"(?P<mark>[\"“]?)(?P<label>(?:{WORD_OF_LABEL}[ \u00a0]){{0,4}}{WORD_OF_LABEL})"
    # Of whom it is: "(D-Wis.)", ", SENATE LEADER".
    r"(?:[ \u00a0]?\([^()\n]{1,40}\)|,[ \u00a0][A-Z .,'’&-]{2,80})?"
    r"(?P<colon>:)[ \u00a0\t]+(?=\S)"
)
ALL_CAPITALS = re.compile(r"[^a-zß-öø-ÿ]+")
LABELS_OF_NOBODY = word_set(
    """image video photo caption credit source note update updated correction read watch listen more
    related tags topics published editor editors contact email phone address subject date from to cc
    re title answer score"""
)
# What may stand for a name.
PARTS_IN_TRANSCRIPT = frozenset(["q", "a", "host", "narrator", "all"]) | ROLE_NOUNS
# Lists of scores, casts and notices have none of these.
SIGN_OF_SPEECH = re.compile(r"\b(?:I|we|you|my|our|your|me|us|i)\b|\?|!", re.I)
FEWEST_LINES_OF_TRANSCRIPT = 2
SAYING_VERB = "said|says|told|tells|added|adds|asked|asks|explained|explains"
REPORTED_SPEECH = (
    re.compile(  # in prose alone: "," she said; said Ann Lee; Residents told the Courier
        rf"[,?!][\"”’]\s(?:[\w.'’-]+\s){{0,3}}?(?:{SAYING_VERB})\b|"
        rf"[.,]\s(?:{SAYING_VERB})\s[A-Z]|"
        rf"\b[A-Z]\w+\s(?:{SAYING_VERB})\s(?:the\s)?[A-Z]"
    )
)
NOTE_OF_SCENE = re.compile(  # "(CROSSTALK)", "[Laughter.]"
    r"[\"“]?[(\[][^()\[\]\n]*[)\]][.\"”]*\s*"
)
OPENING_MARKS_OF_TURN = '"“'


class LabelledLine(NamedTuple):
    paragraph: int  # its number
    label: re.Match[str]

    @property
    def name(self) -> str:
        return self.label["label"]


def list_transcript_quotes(text: Text) -> Iterator[FoundQuote]:
    """Yield what is said in a transcript: each line, and the paragraphs up to the next name."""
    lines = list_lines_of_transcript(text)
    for number, line in enumerate(lines):
        _, end = text.paragraphs[line.paragraph]
        following = text.paragraphs[line.paragraph + 1 : find_end_of_turn(lines, number)]
        contents = list_contents_of_turn(line, Span(line.label.end(), end), following, text)
        if contents:
            source = Span(*line.label.span("label"))
            cue = Span(*line.label.span("colon"))
            yield FoundQuote(source, cue, contents, LAYOUT_CONFIDENCE)


def find_end_of_turn(lines: Sequence[LabelledLine], number: int) -> int:
    """Return the paragraph before which a speaker's turn ends.

    After the last line the article may go on in prose, and so it does after a headline.
    """
    line = lines[number]
    is_last = number + 1 == len(lines)
    if line.paragraph == 0 or is_last:
        return line.paragraph + 1
    return lines[number + 1].paragraph


def list_lines_of_transcript(text: Text) -> list[LabelledLine]:
    """Return the lines of a transcript that begin with a speaker; none where the text is none.

    It takes several, of names that come again, or else of such as the article tells of elsewhere,
    or calls host or guest; and half of them have to look like speech.
    """
    labelled = list_labelled_lines(text)
    if not labelled:
        return []
    times = Counter(line.name for line in labelled)
    words = Counter(WORD_OF_LETTERS.findall(text))
    repeated = {name for name in times if times[name] > 1}
    known = {name for name in times if is_known_speaker(name, times[name], words)}
    lines = []
    for line in labelled:
        is_in_capitals = ALL_CAPITALS.fullmatch(line.name) is not None
        if line.name in repeated or line.name in known or is_in_capitals:
            lines.append(line)
    if len(lines) < FEWEST_LINES_OF_TRANSCRIPT:
        return []
    if not repeated and not known.issuperset(line.name for line in lines):
        return []
    return lines if looks_like_speech(lines, text) else []


def list_labelled_lines(text: Text) -> list[LabelledLine]:
    """Return the paragraphs that begin with a label which may be a speaker's."""
    labelled = []
    for paragraph, (start, end) in enumerate(text.paragraphs):
        match = TRANSCRIPT_LABEL.match(text, start, end)
        if match and is_label_of_speaker(match["label"]):
            labelled.append(LabelledLine(paragraph, match))
    return labelled


def is_label_of_speaker(label: str) -> bool:
    words = label.split()
    if words[0].casefold() in LABELS_OF_NOBODY:
        return False
    return all(word[:1].isupper() for word in words)


def is_known_speaker(name: str, times: int, words: Counter[str]) -> bool:
    """Return whether a label is a part, as host or guest, or a name that the text has elsewhere.

    `times` is how often it is a label, and `words` how often the text has each word.
    """
    last_word = WORD_OF_LETTERS.findall(name)[-1]
    if last_word.casefold() in PARTS_IN_TRANSCRIPT:
        return True
    in_labels = 0 if last_word.isupper() else times
    return words[last_word.title()] > in_labels


def looks_like_speech(lines: Sequence[LabelledLine], text: Text) -> bool:
    """Return whether half of the lines or more have a sign of speech."""
    count = 0
    for line in lines:
        _, end = text.paragraphs[line.paragraph]
        if SIGN_OF_SPEECH.search(text, line.label.end(), end):
            count += 1
    return 2 * count >= len(lines)


def list_contents_of_turn(
    line: LabelledLine, first: Span, following: Sequence[tuple[int, int]], text: Text
) -> tuple[Span, ...]:
    """Return the words of one speaker, paragraphs in a row as one, without notes of the scene.

    `first` are those of the line itself. Where they are a whole quotation nothing goes on with
    them.
    """
    contents = [first]
    is_broken = False  # by a note of the scene
    surname = WORD_OF_LETTERS.findall(line.name)[-1].title()
    speech_of_own = re.compile(rf"\b{re.escape(surname)}\s(?:{SAYING_VERB})\b")
    opens_with_mark = text[first.start] in CLOSING_MARKS_OF_OPENING
    if opens_with_mark and is_one_quotation(first.of(text).rstrip()):
        following = ()
    for start, end in following:
        if NOTE_OF_SCENE.fullmatch(text, start, end):
            is_broken = True
        elif speech_of_own.search(text, start, end) or is_end_of_turn(line, start, end, text):
            break
        elif is_broken:
            contents.append(Span(start, end))
            is_broken = False
        else:
            contents[-1] = Span(contents[-1].start, end)

    spoken = []
    for content in contents:
        if not NOTE_OF_SCENE.fullmatch(text, content.start, content.end):
            spoken.append(trim_end_of_span(content, text))
    return tuple(spoken)


def is_end_of_turn(line: LabelledLine, start: int, end: int, text: Text) -> bool:
    """Return whether a paragraph goes on with no turn of the line's speaker.

    It is page furniture, has a label that is nobody ("Note:") or others tell in it who said
    something. Where the line stands in quotation marks, so do the paragraphs that go on with it.
    """
    if REPORTED_SPEECH.search(text, start, end) or TRANSCRIPT_LABEL.match(text, start, end):
        return True
    if line.label["mark"] and text[start] not in OPENING_MARKS_OF_TURN:
        return True
    return is_furniture(text[start:end])


def trim_end_of_span(span: Span, text: str) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip()))
