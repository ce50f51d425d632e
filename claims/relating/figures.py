"""Whose figures two quotes tell: "Norland has 94,000 soldiers there", "Sudland has sent 125,000"."""

from collections.abc import Iterator

from claims.relating.names import Name, has_alike, list_names
from claims.relating.number_words import SMALL_NUMBERS, TENS
from claims.relating.profiles import Profile, read_profile
from claims.relating.utterances import Utterance
from claims.relating.wording import Word
from claims.relating.words import SMALL_WORDS

WORDS_BEHIND_FIGURE = 3  # among which what it counts is found
WORDS_FOR_OTHERS = frozenset(("other", "others", "more", "further", "additional"))


def are_of_other_sides(one: Utterance, other: Utterance) -> bool:
    """Return whether two quotes tell their figures of different sides, each by its name.

    Then both may be right: they are read side by side, but do not contradict each other.
    """
    names_of_one = list_names_before_figure(read_profile(one))
    names_of_other = list_names_before_figure(read_profile(other))
    if not names_of_one or not names_of_other:
        return False
    return not any(has_alike(name, names_of_other) for name in names_of_one)


def list_names_before_figure(profile: Profile) -> list[Name]:
    """Return the names that stand before the first figure of a quote, in the part that tells it."""
    for part in profile.segments:
        words = profile.words[part.first : part.end]
        for number, word in enumerate(words):
            if is_figure(word):
                return list_names(profile.utterance.text, words[:number])
    return []


def count_one_thing(one: Utterance, other: Utterance) -> bool:
    """Return whether two quotes tell other figures of what is called the same: "12 killed", "15
    killed". "9/11" and "two ways" are no rivals, nor are "four suspects" and "four other suspects".
    """
    counts_of_other = list(list_counts(read_profile(other)))
    return any(
        figure != rival and not things.isdisjoint(things_of_rival)
        for figure, things in list_counts(read_profile(one))
        for rival, things_of_rival in counts_of_other
    )


def list_counts(profile: Profile) -> Iterator[tuple[str, set[str]]]:
    """Yield each figure of a quote with the words of which one is what it counts."""
    for number, word in enumerate(profile.words):
        if not is_figure(word):
            continue
        behind = profile.words[number + 1 : number + 1 + WORDS_BEHIND_FIGURE]
        if behind and behind[0].form in WORDS_FOR_OTHERS:
            continue
        yield word.key, {each.key for each in behind if each.form not in SMALL_WORDS}


def is_figure(word: Word) -> bool:
    is_spelled = word.form in SMALL_NUMBERS or word.form in TENS
    return is_spelled or word.form.lstrip("$£€")[:1].isdigit()
