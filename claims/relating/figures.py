"""Whose figures two quotes tell: "Norland has 94,000 soldiers there", "Sudland has sent 125,000"."""

from claims.relating.names import Name, has_alike, list_names
from claims.relating.profiles import Profile, read_profile
from claims.relating.utterances import Utterance


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
            if word.form.lstrip("$£€")[:1].isdigit():
                return list_names(profile.utterance.text, words[:number])
    return []
