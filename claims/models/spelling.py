"""Words made comparable, whichever way they are spelled: without accents, apostrophes and hyphens,
in British and American English, and by other names of one thing.
"""

import re
import unicodedata
from collections.abc import Iterator
from zlib import crc32

from claims.models.names import strip_accents
from claims.models.word_groups import BRITISH_ENDINGS, BRITISH_WORDS, ONE_THING

LONGEST_WORD = 40  # characters; what is longer is no word that somebody would type
LONGEST_KEY = 2 * LONGEST_WORD  # letters without accents may be two for one
FEWEST_LETTERS_CORRECTED = 4  # a shorter word is near too many others
MOST_LETTERS_CORRECTED = 24
# Letters of one's own that are no others with accents.
LETTERS_FOLDED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
HYPHENS = "-‐‑"
APOSTROPHES = "'’‘ʼ`´"
WORD_MARKS_TABLE = str.maketrans(HYPHENS + APOSTROPHES, "-" * len(HYPHENS) + "'" * len(APOSTROPHES))
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
CONTRACTED = re.compile(r"n't$|'(?:s|t|d|m|ll|re|ve)$")
MARKS_WITHIN = re.compile("['-]")
# Letters of European alphabets by what they are without accents, in lower case.
LETTER_FORMS: dict[str, str] = {}
for _code in range(0xC0, 0x250):
    _letter = chr(_code)
    if _letter.isalpha() and _letter == _letter.lower():
        _plain = unicodedata.normalize("NFKD", _letter.translate(LETTERS_FOLDED))[0]
        if _plain.isascii():
            LETTER_FORMS[_plain] = LETTER_FORMS.get(_plain, _plain) + _letter
BRITISH_SPELLINGS = tuple((re.compile(one), other) for one, other in BRITISH_ENDINGS)
WORDS_FOR_ONE_THING = {word: group for group in ONE_THING for word in group}
AMERICAN_WORDS = {american: british for british, american in BRITISH_WORDS.items()}


def list_words(text: str) -> list[str]:
    """Return the words of a text in lower case, in order: “O’Brien’s e-mail” has “o'brien” and
    “e-mail”.
    """
    found = WORD.findall(text.translate(WORD_MARKS_TABLE).lower())
    words = [CONTRACTED.sub("", word) for word in found]
    return [word for word in words if 0 < len(word) <= LONGEST_WORD]


def fold_word(word: str) -> str:
    """Return what is the same for all spellings of a word but British and American ones."""
    letters = strip_accents(word.lower().translate(LETTERS_FOLDED))
    plain = letters.translate(WORD_MARKS_TABLE)
    return MARKS_WITHIN.sub("", plain)[:LONGEST_KEY]


def list_other_spellings(word: str) -> list[str]:
    """Return the ways to spell a word that follow from the word itself, not the word as it is."""
    spellings = {MARKS_WITHIN.sub("", word), MARKS_WITHIN.sub(" ", word), fold_word(word)}
    spellings.update(WORDS_FOR_ONE_THING.get(word, ()))
    spellings.update(spell_across_the_ocean(word))
    if 2 <= len(word) <= 3 and word.isalpha():
        spellings.add(".".join(word) + ".")  # “us” finds “U.S.”, not the other way round
    spellings -= {word, ""}
    return sorted(spellings)


def spell_across_the_ocean(word: str) -> Iterator[str]:
    """Yield how a British word is spelled in America, and an American one in Britain.

    What is made so by rule may be no word at all: then nothing is found by it.
    """
    if word in BRITISH_WORDS:
        yield BRITISH_WORDS[word]
    if word in AMERICAN_WORDS:
        yield AMERICAN_WORDS[word]
    for ending, other in BRITISH_SPELLINGS:
        if ending.search(word):
            yield ending.sub(other, word)


def list_near_keys(key: str, deepest: int = 1) -> list[int]:
    """Return a number for a key and for each way to leave out a letter of it, or up to `deepest`.

    Two words that differ by one letter, more or less or changed, or by two that changed places,
    have a number in common.
    """
    shortened = {key}
    latest = {key}
    if not FEWEST_LETTERS_CORRECTED <= len(key) <= MOST_LETTERS_CORRECTED:
        deepest = 0
    for _ in range(deepest):
        latest = {word[:at] + word[at + 1 :] for word in latest for at in range(len(word))}
        shortened |= latest
    return sorted({crc32(word.encode()) - (1 << 31) for word in shortened})
