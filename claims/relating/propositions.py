"""Whether a content says anything that may be true or false."""

from collections.abc import Sequence

from claims.extraction.lexicon.grammar import (
    ADVERBS_AFTER_PHRASE,
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
)
from claims.extraction.lexicon.verbs import LEMMA_OF_IRREGULAR_FORM
from claims.extraction.lexicon.words import word_set
from claims.relating.profiles import Profile, read_profile
from claims.relating.utterances import Utterance
from claims.relating.vocabulary import load_vocabulary
from claims.relating.wording import Word
from claims.relating.words import KEY_OF_SHIFTED_WORD

FEWEST_WORDS = 2
FEWEST_TOPICS_OF_INFINITIVE = 3  # "to cut taxes for families" tells what somebody will do
VERB_SHARE = 0.12  # of a word's places in news, from which on it counts as a verb
VERB_SHARE_OF_ENDING = 0.02  # for forms that end as verbs do: "launches", "crashed"
ACTS_OF_DOING = ("promise", "demand", "accuse", "predict", "deny", "claim", "confirm")
WORDS_BEFORE_DOING = 5  # at most, as in "the mayor of taking money"
SUBJECTS = word_set("i we they he she you who")
VERB_ENDINGS = ("ed", "es", "s")


def is_claim(utterance: Utterance) -> bool:
    """Return whether the content of a quote is a proposition, which others may say or deny too.

    "to comment", "Machado" and "the visit" have a wording and no claim.
    """
    profile = read_profile(utterance)
    words = profile.words
    if len(words) < FEWEST_WORDS or not profile.topics:
        return False
    if words[0].form == "to":
        return tells_of_doing(profile)
    if has_finite_verb(words):
        return True
    names_doing = any(word.form.endswith("ing") for word in words[:WORDS_BEFORE_DOING])
    return names_doing and tells_of_doing(profile)


def tells_of_doing(profile: Profile) -> bool:
    """Return whether an infinitive says what is done, as "to withdraw the troops by May" does."""
    if profile.gives_no_answer or profile.act not in ACTS_OF_DOING:
        return False
    return len(profile.topics) >= FEWEST_TOPICS_OF_INFINITIVE


def has_finite_verb(words: Sequence[Word]) -> bool:
    """Return whether some word is a verb with a subject before it."""
    for number, word in enumerate(words):
        before = words[number - 1].form if number else ""
        if word.form in AUXILIARIES and (number or word.form not in ("will", "may", "might")):
            return True
        if before == "to" or before in DETERMINERS or before in PREPOSITIONS:
            continue
        if before in SUBJECTS and word.form not in ADVERBS_AFTER_PHRASE:
            return True
        if number and is_verb(word):
            return True
    return False


def is_verb(word: Word) -> bool:
    """Return whether a word is the form of a verb that a sentence is built on."""
    form = word.form
    if word.is_capitalized or form.endswith("ing"):
        return False
    if form in LEMMA_OF_IRREGULAR_FORM or form in KEY_OF_SHIFTED_WORD:
        return form not in PRONOUN_FORMS
    share = load_vocabulary().get_verb_share(form)
    if form.endswith(VERB_ENDINGS):
        return share >= VERB_SHARE_OF_ENDING
    return share >= VERB_SHARE


PRONOUN_FORMS = frozenset(
    form for form, key in KEY_OF_SHIFTED_WORD.items() if key in ("i", "me", "my", "myself", "this")
)
