"""A quote as one sentence ready to print: “…,” Volker told lawmakers (CBS News, 20 Nov 2019).

It keeps who spoke, the verb with its denial, and what was said, in words of the article. Where these
make no sentence of their own they are told as the article's words.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from claims.extraction.lexicon.grammar import SENTENCE_STARTERS
from claims.extraction.lexicon.verbs import ACT_OF_VERB
from claims.extraction.lexicon.words import word_set
from claims.models import CONTENT_GAP
from claims.models.naming import NO_DATE
from claims.models.quote_queryset import LONGEST_BRIDGE
from claims.outputs.predicates import (
    FORMS_OF_BE,
    build_predicate,
    find_last_lemma,
    find_phrase_of_source,
    needs_hearer,
    takes_hearer,
    turn_into_saying,
)
from claims.passages.cutting import cut_text

OPENING_MARKS = "“‘«„\"'"
CLOSING_MARKS = "”’»\"'"
MARKS_OF_ENDS = ",.;:–—- "
SENTENCE_END = re.compile(r"[.!?…]\s|\n")
WHOLE_QUOTATION = re.compile(r"[“‘\"][A-Z]")
SPACES = re.compile(r"\s+")
DOUBLE_INTO_SINGLE = str.maketrans("“”", "‘’")
UNKNOWN_SPEAKER = "an unidentified speaker"
GONE = "; no longer in the article"
DOUBT = " (attribution uncertain)"
# Acts and verbs whose words stand before or after a quotation alike: “…,” she said.
ACTS_OF_SPEAKING = ("say", "claim", "report", "confirm", "warn", "promise", "predict", "question")
VERBS_THAT_TAKE_OBJECTS = word_set(
    """call recall describe refer discuss address cite name list quote mention read characterize
    characterise share offer reference invoke portray cast depict paint frame find show expose
    cover text put outline detail label"""
)
TELLING_OF_OUTER = {
    "asserts": ("according to ", ""),
    "denies": ("in what ", " denied"),
    "questions": ("in what ", " questioned"),
}
PieceRole = Literal["who", "unknown", "source", "doubt", "verb", "said", "teller", ""]


class SentencePiece(NamedTuple):
    """Some words of a sentence and what they are in it; in order they are the sentence."""

    role: PieceRole
    text: str


Pieces = list[SentencePiece]

# Before what somebody does not hold to be so, where the end of a line may be cut off.
DENIAL_OF_OUTER = {"denies": "Denied by {}", "questions": "Questioned by {}"}


class SentenceParts(NamedTuple):
    """What a sentence is made of. Places are offsets into the article's text.

    `bridge` is what stands between the reporting words and what is said; `hearer` whom it was told;
    `teller` who said what the quote stands within, with the `outer_stance` of that.
    """

    actor: str
    is_unsure: bool
    source: str
    source_start: int | None
    cue: str
    cue_start: int
    cue_end: int
    content: str
    content_start: int
    content_end: int
    kind: str
    bridge: str = ""
    hearer: str = ""
    teller: str = ""
    outer_stance: str = "asserts"


def format_sentence(
    parts: SentenceParts, outlet: str, day: date | None, *, is_gone: bool = False
) -> str:
    """Return the sentence with its place, to be printed as it is.

    `is_gone` says that the article no longer has the words.
    """
    gone = GONE if is_gone else ""
    return f"{capitalize_first(format_statement(parts))} ({format_place(outlet, day)}{gone})."


@lru_cache(maxsize=4096)
def format_place(outlet: str, day: date | None) -> str:
    return f"{outlet}, {day.day} {day:%b %Y}" if day else f"{outlet}, {NO_DATE}"


def format_statement(parts: SentenceParts) -> str:
    """Return the sentence without its place and full stop."""
    return join_pieces(build_pieces(parts))


def join_pieces(pieces: Iterable[SentencePiece]) -> str:
    return "".join(piece.text for piece in pieces)


def build_pieces(parts: SentenceParts, longest: int = 0, *, is_who_first: bool = False) -> Pieces:
    """Return the same sentence in pieces, for a page that shows who, the verb and the words apart.

    With `longest` what is said is cut after so many characters, and who says it and how is not.
    With `is_who_first` who says it and the verb come before the words, as a list of quotes has them:
    whoever looks down it meets “denied” before what was denied, and who denied what somebody else
    is told to have said before that.
    """
    content = SPACES.sub(" ", parts.content).strip()
    if longest:
        content = cut_text(content, longest)
    told = build_told(parts, content, is_who_first=is_who_first)
    denial = DENIAL_OF_OUTER.get(parts.outer_stance)
    if parts.teller and denial and is_who_first:
        return [SentencePiece("teller", denial.format(parts.teller)), say(": "), *told]
    if parts.teller:
        before, after = TELLING_OF_OUTER[parts.outer_stance]
        told += [say(", "), SentencePiece("teller", f"{before}{parts.teller}{after}")]
    return told


def format_headline(parts: SentenceParts, longest: int) -> str:
    """Return the statement for a title: whoever reads no further has met who said it, and any denial.

    What is said is cut after so many characters. Nothing else may be, nor the whole of it again:
    the denial may stand after the words where these are told as the article’s.
    """
    return capitalize_first(join_pieces(build_pieces(parts, longest, is_who_first=True)))


def say(text: str, role: PieceRole = "") -> SentencePiece:
    return SentencePiece(role, text)


def build_told(parts: SentenceParts, content: str, *, is_who_first: bool) -> Pieces:
    """Return who says what, in the frame that fits the words of the article."""
    speaker = describe_speaker(parts)
    if find_phrase_of_source(parts.cue):
        return tell_by_phrase(parts, speaker, content, is_who_first=is_who_first)
    predicate = build_predicate(parts.cue, parts.source)
    if not predicate or is_passive(parts):
        return tell_in_words_of_article(parts, speaker, content)
    if is_who_first:
        return tell_before_content(parts, speaker, predicate, join_interrupted(parts, content))
    has_speaker_first = is_speaker_first(parts)
    if parts.kind == "direct" and is_quotative(predicate) and is_whole_sentence(content):
        return tell_after_quotation(parts, speaker, predicate, content)
    if has_speaker_first:
        return tell_before_content(parts, speaker, predicate, content)
    if parts.kind == "direct":
        return tell_after_quotation(parts, speaker, predicate, content)
    return tell_after_content(parts, speaker, predicate, content)


def describe_speaker(parts: SentenceParts) -> Pieces:
    """Return whom the sentence names, with any doubt of it."""
    if parts.actor:
        has_article = parts.source.lower() == f"the {parts.actor.lower()}"
        name = say(f"the {parts.actor}" if has_article else parts.actor, "who")
        return [name, say(DOUBT, "doubt")] if parts.is_unsure else [name]
    unknown = say(UNKNOWN_SPEAKER, "unknown")
    if not parts.source:
        return [unknown]
    return [unknown, say(" (“"), say(SPACES.sub(" ", parts.source), "source"), say("”)")]


def is_passive(parts: SentenceParts) -> bool:
    """Tell whether the words “was denied” stand before “by Volker”: he was not denied anything."""
    is_before = parts.source_start is not None and parts.source_start >= parts.cue_end
    return is_before and bool(FORMS_OF_BE & set(parts.cue.lower().split()))


def is_speaker_first(parts: SentenceParts) -> bool:
    """Tell whether what is said follows the reporting words."""
    return parts.content_start > parts.cue_start


def is_quotative(predicate: str) -> bool:
    """Tell whether a predicate can follow a quotation: “…,” she said."""
    lemma = find_last_lemma(predicate)
    return ACT_OF_VERB.get(lemma) in ACTS_OF_SPEAKING and lemma not in VERBS_THAT_TAKE_OBJECTS


def is_whole_sentence(content: str) -> bool:
    words = content.lstrip(OPENING_MARKS)
    return words[:1].isupper() or not words[:1].isalpha()


# The frames


def tell_by_phrase(
    parts: SentenceParts, speaker: Pieces, content: str, *, is_who_first: bool
) -> Pieces:
    phrase = find_phrase_of_source(parts.cue)
    if parts.kind == "direct" and not is_who_first:
        said = say(quote_with_comma(content), "said")
        return [said, say(" "), say(phrase, "verb"), say(" "), *speaker]
    verb = say(capitalize_first(phrase), "verb")
    return [verb, say(" "), *speaker, say(", "), say(go_on_with(parts, content), "said")]


def tell_after_quotation(
    parts: SentenceParts, speaker: Pieces, predicate: str, content: str
) -> Pieces:
    quotation = say(quote_with_comma(join_interrupted(parts, content)), "said")
    return [quotation, say(" "), *speaker, say(" "), say(add_hearer(parts, predicate), "verb")]


def tell_before_content(
    parts: SentenceParts, speaker: Pieces, predicate: str, content: str
) -> Pieces:
    told = [*capitalize_pieces(speaker), say(" ")]
    said = go_on_with(parts, content)
    bridge = clean_bridge(drop_source(parts))
    if bridge:
        comma = "," if bridge.startswith(",") else ""
        between = say(f"{comma} {bridge.strip(', ')} ")
        return [*told, say(predicate, "verb"), between, say(said, "said")]
    colon = ":" if WHOLE_QUOTATION.match(said) else ""
    verb = say(add_hearer(parts, predicate), "verb")
    return [*told, verb, say(f"{colon} "), say(said, "said")]


def tell_after_content(
    parts: SentenceParts, speaker: Pieces, predicate: str, content: str
) -> Pieces:
    said = say(capitalize_first(strip_end(join_interrupted(parts, content))), "said")
    return [said, say(", "), *speaker, say(" "), say(add_hearer(parts, predicate), "verb")]


def tell_in_words_of_article(parts: SentenceParts, speaker: Pieces, content: str) -> Pieces:
    """Return words of the article as such, where they are no sentence after a name."""
    cue = make_marks_inner(SPACES.sub(" ", parts.cue))
    words = say(make_marks_inner(strip_end(content)), "said")
    quoted = [words]
    if cue and parts.cue_start < parts.content_start:
        gap = " " if parts.content_start - parts.cue_end <= 2 else " … "
        bridge = make_marks_inner(clean_bridge(parts.bridge))
        quoted = [say(cue, "verb"), say(f" {bridge} " if bridge else gap), words]
    elif cue:
        quoted = [words, say(" … "), say(strip_end(cue), "verb")]
    opening = say(", in the article’s words: “")
    return [*capitalize_pieces(speaker), opening, *quoted, say("”")]


# What they are made of


def add_hearer(parts: SentenceParts, predicate: str) -> str:
    """Return a predicate with whom it was told, or one that needs nobody."""
    if parts.hearer and takes_hearer(predicate):
        return f"{predicate} {SPACES.sub(' ', parts.hearer)}"
    return turn_into_saying(predicate) if needs_hearer(predicate) else predicate


def drop_source(parts: SentenceParts) -> str:
    """Return the words between without “by” and whoever speaks, who stands in front: of “criticised
    by aides for” it is “for”.
    """
    start = (parts.source_start or 0) - parts.cue_end
    if start < 0 or not parts.bridge.startswith(parts.source, start):
        return parts.bridge
    before = re.sub(r"\bby\s*\Z", "", parts.bridge[:start])
    return before + parts.bridge[start + len(parts.source) :]


def clean_bridge(bridge: str) -> str:
    """Return the words between the reporting words and what is said; nothing if these are others."""
    words = SPACES.sub(" ", bridge).strip()
    if not words or len(words) > LONGEST_BRIDGE or SENTENCE_END.search(bridge.strip()):
        return ""
    words = words.rstrip(OPENING_MARKS + " ")
    return "" if any(mark in words for mark in '“”"') else words


def join_interrupted(parts: SentenceParts, content: str) -> str:
    """Return the two parts of a sentence that only its attribution interrupts as one."""
    first, gap, rest = content.partition(CONTENT_GAP)
    is_between = parts.content_start < parts.cue_start < parts.content_end
    if not gap or not is_between or CONTENT_GAP in rest:
        return content
    opening = first.rstrip(CLOSING_MARKS + " ").rstrip(",")
    going_on = rest.lstrip(OPENING_MARKS + " ")
    stop = "." if going_on[:1].isupper() and opening[-1:].isalnum() else ""
    return f"{opening}{stop} {going_on}"


def quote_with_comma(content: str) -> str:
    """Return a quotation in curly marks that its attribution follows: “…,”."""
    words = make_marks_inner(strip_marks(content))
    if words.endswith(("?", "!", "…", "—")):
        return f"“{capitalize_first(words)}”"
    return f"“{capitalize_first(words.rstrip('.,; '))},”"


def strip_marks(content: str) -> str:
    """Return a quotation without the marks around it."""
    words = content.strip()
    if words[:1] and words[0] in OPENING_MARKS:
        words = words[1:]
    ending = words.rstrip(",. ")
    if ending[-1:] and ending[-1] in CLOSING_MARKS:
        words = ending[:-1]
    return words.strip()


def make_marks_inner(words: str) -> str:
    """Return words for inside quotation marks, in which double marks become single ones."""
    return words.translate(DOUBLE_INTO_SINGLE)


def strip_end(content: str) -> str:
    """Return words without the marks that end a sentence, which goes on."""
    return content.strip().rstrip(MARKS_OF_ENDS) or content


def go_on(words: str) -> str:
    """Return words that began a sentence as they go on in another one: “The” as “the”."""
    first, space, rest = words.partition(" ")
    is_common = first.lower() in SENTENCE_STARTERS and first != "I"
    return f"{first.lower()}{space}{rest}" if is_common else words


def go_on_with(parts: SentenceParts, content: str) -> str:
    """Return what is said as it goes on after who says it: as a quotation, if it is one whole."""
    if parts.kind == "direct":
        return f"“{make_marks_inner(strip_marks(content)).rstrip(',;: ')}”"
    return go_on(strip_end(content))


def capitalize_first(words: str) -> str:
    return words[:1].upper() + words[1:]


def capitalize_pieces(pieces: Pieces) -> Pieces:
    """Return the pieces of a sentence with its first letter as a capital."""
    first, *others = pieces
    return [first._replace(text=capitalize_first(first.text)), *others]
