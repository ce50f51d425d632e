"""Quotes that the layout alone gives away: lines of a transcript, a quotation signed with a name after a dash.

What the layout shows is surer than what the encoder reads, which has seen few such pages: of a line that is set out the
speaker and the words are those of the layout, and nothing the encoder found runs across its borders.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from claims.extraction.lexicon.persons import ROLE_NOUNS
from claims.extraction.lexicon.words import WORD_OF_LETTERS, word_set
from claims.extraction.quotes.finding import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.furniture import is_furniture
from claims.extraction.text.quotation import list_paragraphs

LAYOUT_CONFIDENCE = 0.85  # nothing here is measured on a corpus, since ours have few such lines
WORD_OF_LABEL = r"[^\W\d_][\w.'’-]*"
TRANSCRIPT_LABEL = re.compile(
    rf"(?P<mark>[\"“]?)(?P<label>(?:{WORD_OF_LABEL}[ \u00a0]){{0,4}}{WORD_OF_LABEL})"
    r"(?:[ \u00a0]?\([^()\n]{1,40}\)|,[ \u00a0][A-Z .,'’&-]{2,80})?"  # of whom: "(D-Wis.)", ", SENATE LEADER"
    r"(?P<colon>:)[ \u00a0\t]+(?=\S)"
)
SIGN_OF_SPEECH = re.compile(
    r"\b(?:I|we|you|my|our|your|me|us|i)\b|\?|!", re.I
)  # as lists of scores, casts and notices have none
SAYING_VERB = "said|says|told|tells|added|adds|asked|asks|explained|explains"
REPORTED_SPEECH = re.compile(  # in prose alone: "," she said; said Ann Lee; Residents told the Courier
    rf"[,?!][\"”’]\s(?:[\w.'’-]+\s){{0,3}}?(?:{SAYING_VERB})\b|[.,]\s(?:{SAYING_VERB})\s[A-Z]|\b[A-Z]\w+\s(?:{SAYING_VERB})\s(?:the\s)?[A-Z]"
)
ALL_CAPITALS = re.compile(r"[^a-zß-öø-ÿ]+")
NOTE_OF_SCENE = re.compile(
    r"[\"“]?[(\[][^()\[\]\n]*[)\]][.\"”]*\s*"
)  # "(CROSSTALK)", "[Laughter.]"
OPENING_MARKS_OF_TURN = '"“'
# What closes a quotation; one that opens with a mark turned the wrong way is a slip.
CLOSING_MARKS_OF_OPENING = {'"': '"”', "“": '”"', "”": '”"', "«": "»", "‘": "’'", "'": "'’"}
SIGNED_QUOTATION = re.compile(
    r"\W{0,3}?(?P<content>[\"“”«‘'](?=\w).{3,}[\"”»’'])\s*(?P<cue>[—–―]|--?)\s*"
    r"(?P<source>(?:(?:[A-Z][\w.'’-]*|de|da|del|der|di|van|von|bin|al|el|la)\s){0,4}[A-Z][\w'’-]+)(?=\.?\s*(?:$|,|\())"
)
LABELS_OF_NOBODY = word_set(
    """image video photo caption credit source note update updated correction read watch listen more related tags topics
    published editor editors contact email phone address subject date from to cc re title answer score"""
)
PARTS_IN_TRANSCRIPT = (
    frozenset(["q", "a", "host", "narrator", "all"]) | ROLE_NOUNS
)  # for a name in a transcript


def merge_layout_quotes(text: str, found: Sequence[FoundQuote]) -> list[FoundQuote]:
    """The quotes `found` and those that the layout shows, in order; where the two differ, the layout has it."""
    shown = list(list_transcript_quotes(text))
    shown += [
        quote
        for quote in list_signed_quotes(text)
        if not any(quote.contents[0].overlaps(c) for q in shown for c in q.contents)
    ]
    if not shown:
        return list(found)
    lines = LayoutLines(shown)
    sure = {quote.cue.start: quote.confidence for quote in found}
    shown = [
        replace(quote, confidence=max(LAYOUT_CONFIDENCE, sure.get(quote.cue.start, 0)))
        for quote in shown
    ]
    cues = {at for quote in shown for at in range(quote.cue.start, quote.cue.end)}
    rest = (
        lines.kept(quote)
        for quote in found
        if cues.isdisjoint(range(quote.cue.start, quote.cue.end))
    )
    return sorted((*shown, *(quote for quote in rest if quote)), key=lambda quote: quote.cue)


class LayoutLines:
    """What is set out: where each line is, its label or signature included, and the quote that it is."""

    def __init__(self, shown: Sequence[FoundQuote]):
        self.lines = sorted((find_extent(quote), quote.contents) for quote in shown)
        self.starts = [line.start for line, _ in self.lines]

    def holding(self, span: Span) -> Sequence[Span] | None:
        """The words said in the line in which the span begins."""
        i = bisect_right(self.starts, span.start) - 1
        return self.lines[i][1] if i >= 0 and span.start < self.lines[i][0].end else None

    def touch(self, span: Span) -> bool:
        i = bisect_right(self.starts, span.start)
        return self.holding(span) is not None or (i < len(self.lines) and self.starts[i] < span.end)

    def kept(self, quote: FoundQuote) -> FoundQuote | None:
        """The quote without what is said in other lines than its own; None if no words are left, or its source is elsewhere."""
        said = self.holding(quote.cue)
        if said is None:
            contents = [content for content in quote.contents if not self.touch(content)]
        else:
            contents = [
                c
                for content in quote.contents
                for own in said
                if (c := intersect_spans(content, own))
            ]
        astray = quote.source is not None and self.holding(quote.source) != said
        return None if astray or not contents else replace(quote, contents=tuple(contents))


def find_extent(quote: FoundQuote) -> Span:
    spans = [span for span in (quote.source, quote.cue, *quote.contents) if span]
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def intersect_spans(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


# Transcripts


def list_transcript_quotes(text: str) -> Iterator[FoundQuote]:
    """`NAME: words` and the paragraphs up to the next name, where several begin so.

    It takes names that come again, or else such as the article tells of elsewhere, or calls host or guest.
    """
    lines = list(list_paragraphs(text))
    labels = [
        (i, match)
        for i, (a, b) in enumerate(lines)
        if (match := TRANSCRIPT_LABEL.match(text, a, b)) and is_label_of_speaker(match["label"])
    ]
    times = Counter(match["label"] for _, match in labels)
    words = Counter(WORD_OF_LETTERS.findall(text)) if labels else Counter()
    known = {label for label, often in times.items() if is_known_speaker(label, often, words)}
    again = {label for label in times if times[label] > 1}
    real = [
        (i, m)
        for i, m in labels
        if m["label"] in again | known or ALL_CAPITALS.fullmatch(m["label"])
    ]
    if len(real) < 2 or not (again or known.issuperset(m["label"] for _, m in real)):
        return
    if 2 * sum(bool(SIGN_OF_SPEECH.search(text, m.end(), lines[i][1])) for i, m in real) < len(
        real
    ):
        return
    # After the last one the article may go on in prose, and so it does after a headline.
    ends = [i if before else min(i, 1) for (before, _), (i, _) in pairwise(real)] + [
        real[-1][0] + 1
    ]
    for (i, match), stop in zip(real, ends, strict=True):
        first = Span(match.end(), lines[i][1])
        if contents := list_contents_of_turn(first, lines[i + 1 : stop], text, match):
            yield FoundQuote(
                Span(*match.span("label")), Span(*match.span("colon")), contents, LAYOUT_CONFIDENCE
            )


def list_contents_of_turn(
    first: Span, more: Sequence[tuple[int, int]], text: str, label: re.Match[str]
) -> tuple[Span, ...]:
    """The words of one who speaks in a transcript, paragraphs in a row as one, without what is only noted of the scene.

    Where the words stand in quotation marks, so do the paragraphs that go on with them. Page furniture, a label that is nobody
    ("Note:") and a paragraph in which others tell who said something end them.
    """
    said = [first]
    broken = False
    name = WORD_OF_LETTERS.findall(label["label"])[-1].title()
    own = re.compile(rf"\b{re.escape(name)}\s(?:{SAYING_VERB})\b")
    whole = text[first.start] in CLOSING_MARKS_OF_OPENING and is_one_quotation(
        first.of(text).rstrip()
    )
    for start, end in () if whole else more:
        if NOTE_OF_SCENE.fullmatch(text, start, end):
            broken = True
            continue
        prose = REPORTED_SPEECH.search(text, start, end) or own.search(text, start, end)
        if (
            prose
            or TRANSCRIPT_LABEL.match(text, start, end)
            or (label["mark"] and text[start] not in OPENING_MARKS_OF_TURN)
            or is_furniture(text[start:end])
        ):
            break
        if broken:
            said.append(Span(start, end))
            broken = False
        else:
            said[-1] = Span(said[-1].start, end)
    return tuple(
        trim_end_of_span(span, text)
        for span in said
        if not NOTE_OF_SCENE.fullmatch(text, span.start, span.end)
    )


def is_label_of_speaker(label: str) -> bool:
    words = label.split()
    return words[0].casefold() not in LABELS_OF_NOBODY and all(word[:1].isupper() for word in words)


def is_known_speaker(label: str, often: int, words: Counter[str]) -> bool:
    """Whether a label is a part, as host or guest, or a name that stands among the words of the text elsewhere."""
    last = WORD_OF_LETTERS.findall(label)[-1]
    return last.casefold() in PARTS_IN_TRANSCRIPT or words[last.title()] > (
        0 if last.isupper() else often
    )


def trim_end_of_span(span: Span, text: str) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip()))


# Signatures


def list_signed_quotes(text: str) -> Iterator[FoundQuote]:
    """A paragraph that is one quotation and, after a dash, there or in the next one, the name of who said it."""
    lines = list(list_paragraphs(text))
    ends = [end for _, end in lines]
    for (start, end), after in zip(lines, (*ends[1:], *ends[-1:]), strict=True):
        match = SIGNED_QUOTATION.match(text, start, end) or SIGNED_QUOTATION.match(
            text, start, after
        )
        if (
            match
            and is_one_quotation(match["content"])
            and not (match["cue"] == "-" and "\n" in match[0])
        ):
            source, cue, content = (
                Span(*match.span(part)) for part in ("source", "cue", "content")
            )
            yield FoundQuote(source, cue, (content,), LAYOUT_CONFIDENCE)


def is_one_quotation(words: str) -> bool:
    """Whether the marks at both ends belong together: not "It is safe," she said, "I think"."""
    if words[-1] not in CLOSING_MARKS_OF_OPENING[words[0]]:
        return False
    depth = 0
    for mark in words[1:-1]:
        depth += (mark in "“«") - (mark in "”»")
        if depth < 0 or mark == words[0] == '"':
            return False
    return True
