"""Lines of a transcript, "NAME: words", and the paragraphs that go on with them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from claims.extraction.lexicon.labels import PARTS_IN_TRANSCRIPT
from claims.extraction.lexicon.words import WORD_OF_LETTERS
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.labels import (
    LABEL_BEFORE_COLON,
    LabelledLine,
    list_labelled_lines,
)
from claims.extraction.quotes.narrative import SIGN_OF_SPEECH, is_narrative
from claims.extraction.quotes.signatures import (
    CLOSING_MARKS_OF_OPENING,
    LAYOUT_CONFIDENCE,
    is_one_quotation,
)
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from claims.extraction.text.furniture import is_furniture

FEWEST_LINES_OF_TRANSCRIPT = 2
LEAST_SHARE_OF_SPEECH = 0.5  # of the lines, that have a sign of it
LEAST_SHARE_OF_FORMAL_SPEECH = 0.2
SAYING_VERB = "said|says|told|tells|added|adds|asked|asks|explained|explains"
REPORTED_SPEECH = (
    re.compile(  # in prose alone: "," she said; said Ann Lee; Residents told the Courier
        rf"[,?!][\"”’]\s(?:[\w.'’-]+\s){{0,3}}?(?:{SAYING_VERB})\b|"
        rf"[.,]\s(?:{SAYING_VERB})\s[A-Z]|"
        rf"\b[A-Z]\w+\s(?:{SAYING_VERB})\s(?:the\s)?[A-Z]"
    )
)
NOTE_OF_SCENE = re.compile(  # "(CROSSTALK)", "[Laughter.]", "00:12"
    r"[\"“]?[(\[][^()\[\]\n]*[)\]][.\"”]*\s*|[(\[]?\d{1,2}:\d{2}(?::\d{2})?[)\]]?\s*"
)
OPENING_MARKS_OF_TURN = '"“'


def list_transcript_quotes(text: Text) -> Iterator[FoundQuote]:
    """Yield what is said in a transcript: each line, and the paragraphs up to the next name."""
    lines = list_lines_of_transcript(text)
    for number, line in enumerate(lines):
        end_of_turn = find_end_of_turn(lines, number, text)
        contents = list_contents_of_turn(line, end_of_turn, text)
        if contents:
            yield FoundQuote(line.source, line.cue, contents, LAYOUT_CONFIDENCE)


def find_end_of_turn(lines: Sequence[LabelledLine], number: int, text: Text) -> int:
    """Return the paragraph before which a speaker's turn ends.

    After the last line the article may go on in prose, and so it does after a headline.
    """
    line = lines[number]
    is_last = number + 1 == len(lines)
    if line.paragraph == 0 or is_last:
        return text.find_paragraph(line.start_of_words) + 1
    return lines[number + 1].paragraph


def list_lines_of_transcript(text: Text) -> list[LabelledLine]:
    """Return the lines of a transcript that begin with a speaker; none where the text is none.

    It takes several, of names that come again, or else of such as the article tells of elsewhere,
    or calls host or guest, or has with a title; and half of them have to look like speech. What
    stands right between two such lines is one as well, though its own name comes once.
    """
    labelled = list(list_labelled_lines(text))
    if len(labelled) < FEWEST_LINES_OF_TRANSCRIPT:
        return []
    times = Counter(line.name for line in labelled)
    times_of_key = Counter(line.key for line in labelled)
    words = Counter(WORD_OF_LETTERS.findall(text))
    known = {name for name in times if is_known_speaker(name, times[name], words)}
    lines = []
    for line in labelled:
        is_known = line.name in known or line.formal
        if times_of_key[line.key] > 1 or is_known or line.in_capitals:
            lines.append(line)
    if len(lines) < FEWEST_LINES_OF_TRANSCRIPT:
        return []
    is_repeated = any(times_of_key[line.key] > 1 for line in lines)
    are_all_known = all(line.name in known or line.formal for line in lines)
    if not is_repeated and not are_all_known:
        return []
    if is_repeated:
        kept = {line.paragraph for line in lines}
        lines = [line for line in labelled if line.paragraph in kept or is_between(line, kept)]
    return lines if looks_like_speech(lines, text) else []


def is_between(line: LabelledLine, paragraphs: Set[int]) -> bool:
    return line.paragraph - 1 in paragraphs and line.paragraph + 1 in paragraphs


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
    """Return whether enough of the lines have a sign of speech."""
    count = 0
    for line in lines:
        _, end = text.paragraphs[text.find_paragraph(line.start_of_words)]
        if SIGN_OF_SPEECH.search(text, line.start_of_words, end):
            count += 1
    is_formal = all(line.formal for line in lines)
    least = LEAST_SHARE_OF_FORMAL_SPEECH if is_formal else LEAST_SHARE_OF_SPEECH
    return count >= least * len(lines)


def list_contents_of_turn(line: LabelledLine, end_of_turn: int, text: Text) -> tuple[Span, ...]:
    """Return the words of one speaker, paragraphs in a row as one, without notes of the scene.

    Where the words of the line itself are a whole quotation nothing goes on with them.
    """
    number = text.find_paragraph(line.start_of_words)
    _, end = text.paragraphs[number]
    contents = [Span(line.start_of_words, end)]
    following = text.paragraphs[number + 1 : end_of_turn]
    surname = WORD_OF_LETTERS.findall(line.name)[-1].title()
    speech_of_own = re.compile(rf"\b{re.escape(surname)}\s(?:{SAYING_VERB})\b")
    if is_whole_quotation(contents[0], text):
        following = []
    is_broken = False  # by a note of the scene
    for start, end in following:
        if NOTE_OF_SCENE.fullmatch(text, start, end):
            is_broken = True
        elif (
            speech_of_own.search(text, start, end)
            or is_end_of_turn(line, start, end, text)
            or is_narrative(text[start:end])
        ):
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


def is_whole_quotation(content: Span, text: Text) -> bool:
    opens_with_mark = text[content.start] in CLOSING_MARKS_OF_OPENING
    return opens_with_mark and is_one_quotation(content.of(text).rstrip())


def is_end_of_turn(line: LabelledLine, start: int, end: int, text: Text) -> bool:
    """Return whether a paragraph goes on with no turn of the line's speaker.

    It is page furniture, has a label that is nobody ("Note:") or others tell in it who said
    something. Where the line stands in quotation marks, so do the paragraphs that go on with it.
    """
    if REPORTED_SPEECH.search(text, start, end) or LABEL_BEFORE_COLON.match(text, start, end):
        return True
    if line.marked and text[start] not in OPENING_MARKS_OF_TURN:
        return True
    return is_furniture(text[start:end])


def trim_end_of_span(span: Span, text: str) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip()))
