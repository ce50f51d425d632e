"""Whether a content says anything that may be true or false."""

from collections.abc import Iterator, Sequence

from claims.extraction.lexicon.grammar import (
    ADVERBS_AFTER_PHRASE,
    AUXILIARIES,
    NOUNS_IN_ING,
    PREPOSITIONS,
)
from claims.extraction.lexicon.verbs import (
    LEMMA_OF_FORM,
    LEMMA_OF_IRREGULAR_FORM,
    VERBS_OF_ASKING,
)
from claims.extraction.lexicon.words import word_set
from claims.relating.profiles import Profile, read_profile
from claims.relating.utterances import Utterance
from claims.relating.vocabulary import load_vocabulary
from claims.relating.wording import Word
from claims.relating.words import KEY_OF_SHIFTED_WORD

FEWEST_WORDS = 2
FEWEST_WORDS_OF_SPEECH = 7  # inside marks, that are a sentence though no verb is known
FEWEST_WORDS_OF_BEING = 5  # "(is thought) to have left the country"
FEWEST_TOPICS_OF_DOING = 3  # "to cut taxes for families" tells what somebody will do
VERB_SHARE = 0.12  # of a word's places in news, from which on it counts as a verb
VERB_SHARE_OF_ENDING = 0.02  # for forms that end as verbs do: "launches", "crashed"
ACTS_OF_DOING = ("promise", "demand", "accuse", "predict", "deny", "claim", "confirm")
WORDS_BEFORE_DOING = 8  # at most, as in "the mayor of taking money"
SUBJECTS = word_set("i we they he she you who")
ARTICLES = word_set("the a an his her its their our my this these those no any such")
VERB_ENDINGS = ("ed", "es", "s")
SHARE_OF_CAPITALS_IN_TITLES = 0.6
PRONOUN_FORMS = frozenset(
    form for form, key in KEY_OF_SHIFTED_WORD.items() if key in ("i", "me", "my", "myself", "this")
)


def is_claim(utterance: Utterance) -> bool:
    """Return whether the content of a quote is a proposition, which others may say or deny too.

    "to comment", "Machado" and "the visit" have a wording and no claim.
    """
    return is_proposition(read_profile(utterance))


def is_proposition(profile: Profile) -> bool:
    """Return whether a content has a verb that is held of somebody, or tells what is to be done."""
    words = profile.words
    if len(words) < FEWEST_WORDS or not profile.topics:
        return False
    if words[0].form == "to":
        is_of_being = words[1].form in ("be", "have") and len(words) >= FEWEST_WORDS_OF_BEING
        return is_of_being or tells_of_doing(profile)
    if has_finite_verb(words):
        return True
    if profile.is_direct and len(words) >= FEWEST_WORDS_OF_SPEECH:
        return True
    beginning = words[:WORDS_BEFORE_DOING]
    names_doing = any(word.form == "to" or is_participle(word) for word in beginning)
    return names_doing and tells_of_doing(profile)


def is_participle(word: Word) -> bool:
    return word.form.endswith("ing") and word.form not in NOUNS_IN_ING


def tells_of_doing(profile: Profile) -> bool:
    """Return whether an infinitive says what is done, as "to withdraw the troops by May" does."""
    is_asked = any(LEMMA_OF_FORM.get(form) in VERBS_OF_ASKING for form in profile.cue_forms)
    if profile.gives_no_answer or not (is_asked or profile.act in ACTS_OF_DOING):
        return False
    return len(profile.topics) >= FEWEST_TOPICS_OF_DOING


def has_finite_verb(words: Sequence[Word]) -> bool:
    """Return whether some word is a verb with a subject before it."""
    capitalized = sum(word.is_capitalized for word in words)
    is_title = capitalized >= SHARE_OF_CAPITALS_IN_TITLES * len(words)
    for number, word in enumerate(words):
        before = words[number - 1].form if number else ""
        if word.form in AUXILIARIES and (number or word.form not in ("will", "may", "might")):
            return True
        if before == "to" or before in ARTICLES or before in PREPOSITIONS:
            continue
        if before in SUBJECTS and word.form not in ADVERBS_AFTER_PHRASE:
            return True
        if number and (is_title or not word.is_capitalized) and is_verb(word.form):
            return True
    return False


def is_verb(form: str) -> bool:
    """Return whether a word is the form of a verb that a sentence is built on."""
    if form.endswith("ing"):
        return False
    if form in LEMMA_OF_IRREGULAR_FORM or form in KEY_OF_SHIFTED_WORD:
        return form not in PRONOUN_FORMS
    vocabulary = load_vocabulary()
    if vocabulary.get_verb_share(form) >= VERB_SHARE:
        return True
    if not form.endswith(VERB_ENDINGS):
        return False
    if vocabulary.get_verb_share(form) >= VERB_SHARE_OF_ENDING and form.endswith("ed"):
        return True
    return any(vocabulary.get_verb_share(base) >= VERB_SHARE for base in list_bases(form))


def list_bases(form: str) -> Iterator[str]:
    """Yield the verbs that a form in -s or -ed may be of."""
    for ending in VERB_ENDINGS:
        rest = form.removesuffix(ending)
        if rest != form:
            yield rest
            yield rest + "e"
