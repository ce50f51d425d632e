"""What the words of a quote, and those around it, tell of whether anybody says anything in it.

"She feared | the flood" may be what she let be known, and "she crossed | the road" is none. Each
trait is a short name that `confidence.json` has a weight for, or not.
"""

from collections.abc import Sequence

from claims.extraction.details.acts import (
    WORD_OR_MARK,
    find_first_word,
    find_telling_verb,
    fold_words,
)
from claims.extraction.lexicon.grammar import WORDS_THAT_TELL_BEFORE_CUE
from claims.extraction.lexicon.pronouns import PRONOUNS, RELATIVE_PRONOUNS
from claims.extraction.lexicon.verbs import LEMMA_OF_FORM
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text

PRONOUNS_AS_SOURCES = PRONOUNS | RELATIVE_PRONOUNS | {"you"}
DETERMINERS_AT_START = ("the ", "a ", "an ")
MARKS_AROUND_CONTENT = '.,;:!?\n)(”"'
ENDS_OF_PARAGRAPH = ".!?…\"”'’"
REACH_BEFORE_CUE = 30  # characters
REACH_INTO_CONTENT = 40  # characters


def list_traits(source: Span | None, cue: Span, contents: Sequence[Span], text: Text) -> list[str]:
    words = WORD_OR_MARK.findall(fold_words(cue.of(text)))
    lemmas = [LEMMA_OF_FORM.get(word, word) for word in words]
    verb, act = find_telling_verb(words, lemmas)
    asks = "?" in text[cue.end : contents[-1].end + 1]
    where, begins = describe_beginning(cue, contents[0], text)
    who = describe_source(source, text)
    traits = [
        f"cue {' '.join(words)}",
        f"verb {verb}",
        f"act {act}",
        f"form {describe_form(words)}",
        f"before {describe_word_before(cue, text)}",
        f"source {who}",
        f"{act} by {who}",
        f"content {where}",
        f"begins {begins}",
        f"{act} {begins}",
        f"asks {asks}",
        f"quoted cue {int(text.quoted_characters[cue.start])}",
    ]
    traits += [f"word {word}" for word in words]
    if source:
        traits.append("source first" if source.end <= cue.start else "source last")
    return traits + list_traits_of_place(cue, contents, text)


def describe_form(words: Sequence[str]) -> str:
    """Return how the last word of a cue ends."""
    last = words[-1] if words else ""
    if last.endswith("ing"):
        return "ing"
    if last.endswith("ed") or (last in LEMMA_OF_FORM and not last.startswith(LEMMA_OF_FORM[last])):
        return "past"
    return "s" if last.endswith("s") else "plain"


def describe_word_before(cue: Span, text: str) -> str:
    """Return the word or mark before a cue, where it is one that tells something."""
    before = fold_words(text[max(cue.start - REACH_BEFORE_CUE, 0) : cue.start])
    words = WORD_OR_MARK.findall(before)
    if not words:
        return "nothing"
    is_telling = words[-1] in WORDS_THAT_TELL_BEFORE_CUE or not words[-1].isalpha()
    return words[-1] if is_telling else "a word"


def describe_source(source: Span | None, text: str) -> str:
    """Return a source that is a pronoun, or whether it is a name or another phrase."""
    if source is None:
        return "none"
    words = source.of(text)
    folded = words.casefold()
    if folded in PRONOUNS_AS_SOURCES:
        return folded
    is_name = words[0].isupper() and not folded.startswith(DETERMINERS_AT_START)
    return "a name" if is_name else "a phrase"


def describe_beginning(cue: Span, content: Span, text: str) -> tuple[str, str]:
    """Return where a content stands, and its first word where that tells something."""
    if content.start < cue.end:
        return "before", "before"
    return "after", find_first_word(text[content.start : content.start + REACH_INTO_CONTENT])


def list_traits_of_place(cue: Span, contents: Sequence[Span], text: Text) -> list[str]:
    """Return what stands around the contents, and what the paragraph is like."""
    after = text[contents[-1].end : contents[-1].end + 1]
    before = text[max(contents[0].start - 2, 0) : contents[0].start].strip()[-1:]
    number = text.find_paragraph(cue.start)
    start, end = text.paragraphs[number]
    traits = [
        f"then {after if after in MARKS_AROUND_CONTENT else 'words'}",
        f"behind {before if before in MARKS_AROUND_CONTENT else 'words'}",
    ]
    if text[start:end].rstrip()[-1] not in ENDS_OF_PARAGRAPH:
        traits.append("a line without an end")
    if number == 0:
        traits.append("the first paragraph")
    return traits
