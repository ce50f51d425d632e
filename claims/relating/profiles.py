"""What is read of a quote once, before it is compared with any other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from claims.extraction.details.acts import list_signs_of_act, load_act_scorer
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.schema import Act
from claims.extraction.text.quotation import PLAIN_MARKS
from claims.relating.names import NO_NAMES, Name, find_state, split_states
from claims.relating.quantities import Quantity
from claims.relating.segments import Segment, list_segments
from claims.relating.utterances import Utterance
from claims.relating.vocabulary import Floats, load_vocabulary
from claims.relating.wording import Word, build_key, read_words, read_words_of
from claims.relating.words import (
    CONDITIONS,
    FORMS_OF_DENYING,
    HEDGES,
    KEY_OF_SYNONYM,
    NEGATIONS,
    NO_ANSWER_PATTERN,
    SMALL_WORDS,
    WORDS_FOR_WHAT_IS_SAID,
    WORDS_OF_FALSEHOOD,
)

NO_ANSWER = re.compile(rf"\b(?:{NO_ANSWER_PATTERN})", re.I)
LETTERS_OF_NO_ANSWER = 90  # of a content, in which it says that there is none
WORDS_READ = 400  # of a content, at most
NOT_QUOTED = np.zeros(2000, np.int8)
OWNER = re.compile(  # of eight words before the last at most, so that each is read but a few times
    r"(?<![\w.-])(?:[A-Z][\w.-]*+\s){0,8}[A-Z][\w.-]*+['’]s\s++(?=[a-z])"
)
WORDS_OF_DOUBT = ("doubt", "doubts", "denying")


@dataclass(frozen=True, eq=False)
class Profile:
    """A quote with all that comparing asks of it. Made by `read_profile`, once while it is in use, so
    that what is computed of two of them can be remembered by themselves.
    """

    utterance: Utterance
    words: tuple[Word, ...]
    segments: tuple[Segment, ...]
    speaker_names: tuple[Name, ...]
    act: Act
    cue: str

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(word.key for word in self.words)

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        return tuple(word.is_quoted for word in self.words)

    @cached_property
    def is_direct(self) -> bool:
        """Return whether the content stands inside marks from its first word on."""
        return bool(self.words) and (self.quoted[0] or 2 * sum(self.quoted) > len(self.quoted))

    @cached_property
    def forms(self) -> tuple[str, ...]:
        return tuple(word.form for word in self.words)

    @cached_property
    def topics(self) -> tuple[int, ...]:
        """The numbers of the words that say what the quote is about, each key once."""
        seen: dict[str, int] = {}
        for number, word in enumerate(self.words):
            if word.form not in SMALL_WORDS and word.key not in SMALL_WORDS:
                seen.setdefault(get_topic_key(word), number)
        return tuple(seen.values())

    @cached_property
    def topic_keys(self) -> tuple[str, ...]:
        return tuple(get_topic_key(self.words[number]) for number in self.topics)

    @cached_property
    def rarities(self) -> Floats:
        """How rare each word of `topics` is, 0 to 1."""
        vocabulary = load_vocabulary()
        rarities = [vocabulary.get_rarity(self.words[number].form) for number in self.topics]
        return np.array(rarities, np.float32)

    @cached_property
    def vectors(self) -> Floats:
        """The vector of each word of `topics`."""
        return load_vocabulary().stack([self.words[number].form for number in self.topics])

    @cached_property
    def mean_vector(self) -> Floats:
        if not self.topics:
            return np.zeros(self.vectors.shape[1], np.float32)
        summed = self.rarities @ self.vectors
        return np.asarray(summed / max(float(np.linalg.norm(summed)), 1e-6), np.float32)

    @cached_property
    def said_with(self) -> str:
        """Cue and content, as patterns read them."""
        content = self.utterance.get_content().translate(PLAIN_MARKS)
        return f"{self.cue} {content}"

    @cached_property
    def negations(self) -> int:
        return sum(form in NEGATIONS for form in self.forms)

    @cached_property
    def cue_forms(self) -> tuple[str, ...]:
        return tuple(self.cue.casefold().split())

    @cached_property
    def is_cue_negated(self) -> bool:
        return any(form in NEGATIONS or form.endswith("n't") for form in self.cue_forms)

    @cached_property
    def gives_no_answer(self) -> bool:
        """Return whether the quote says that its speaker says nothing of the matter."""
        if self.act == "no_comment":
            return True
        return NO_ANSWER.search(self.said_with[: len(self.cue) + LETTERS_OF_NO_ANSWER]) is not None

    @cached_property
    def falsehoods(self) -> int:
        """The words that call something false, of content and cue."""
        return count_words_of_falsehood(self.cue_forms) + len(self.words_of_falsehood)

    @cached_property
    def words_of_falsehood(self) -> tuple[int, ...]:
        """The numbers of the content's words that call something false."""
        return tuple(find_words_of_falsehood(self.forms))

    @cached_property
    def words_for_what_is_said(self) -> int:
        in_cue = sum(form in WORDS_FOR_WHAT_IS_SAID for form in self.cue_forms)
        return in_cue + sum(form in WORDS_FOR_WHAT_IS_SAID for form in self.forms)

    @cached_property
    def hedges(self) -> int:
        return sum(form in HEDGES for form in self.forms)

    @cached_property
    def conditions(self) -> int:
        return sum(form in CONDITIONS for form in self.forms)

    @cached_property
    def denies(self) -> bool:
        return self.act == "deny" or any(form in FORMS_OF_DENYING for form in self.cue_forms)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        found = [name for segment in self.segments for name in segment.names]
        return tuple(dict.fromkeys(found))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(quantity for segment in self.segments for quantity in segment.quantities)

    @cached_property
    def segment_of_topics(self) -> tuple[int, ...]:
        """The number of the segment in which each topic stands."""
        return tuple(
            next(
                number
                for number, segment in enumerate(self.segments)
                if segment.first <= topic < segment.end
            )
            for topic in self.topics
        )

    @cached_property
    def polarities(self) -> NDArray[np.bool_]:
        """For each topic whether the quote turns it round, by the negations of its segment."""
        is_turned = self.denies or (self.is_cue_negated and not self.gives_no_answer)
        negated = [self.segments[number].negations > 0 for number in self.segment_of_topics]
        return np.array([is_negated != is_turned for is_negated in negated], np.bool_)


def find_words_of_falsehood(forms: Sequence[str]) -> Iterator[int]:
    """Yield the places of the words that call something false; "no doubt" does not."""
    for number, form in enumerate(forms):
        is_turned = form in WORDS_OF_DOUBT and number > 0 and forms[number - 1] in NEGATIONS
        if form in WORDS_OF_FALSEHOOD and not is_turned:
            yield number


def count_words_of_falsehood(forms: Sequence[str]) -> int:
    return len(list(find_words_of_falsehood(forms)))


def get_topic_key(word: Word) -> str:
    """Return the key of a word, that of its synonyms where it has any."""
    synonym = KEY_OF_SYNONYM.get(word.form)
    return build_key(synonym) if synonym else word.key


@lru_cache(4096)
def read_profile(utterance: Utterance) -> Profile:
    """Return what comparing asks of a quote."""
    words = tuple(read_words_of(utterance))[:WORDS_READ]
    cue = utterance.get_cue()
    return Profile(
        utterance=utterance,
        words=words,
        segments=tuple(
            list_segments(utterance.text, utterance.content, words, utterance.published)
        ),
        speaker_names=tuple(list_speaker_names(utterance)),
        act=read_act(utterance),
        cue=cue.translate(PLAIN_MARKS),
    )


def read_act(utterance: Utterance) -> Act:
    """Return what the quote's cue does: it says, where there is none."""
    if utterance.cue is None:
        return "say"
    signs = list_signs_of_act(
        utterance.text, utterance.cue, utterance.content, source_is_person=True
    )
    act, _ = load_act_scorer(MODEL_DIR).classify(signs)
    return act


def list_speaker_names(utterance: Utterance) -> list[Name]:
    """Return the names in the source and of the speaker."""
    names: list[Name] = []
    for told in (utterance.speaker, utterance.get_source()):
        names.extend(split_states(list_forms_of_names(told)))
    return list(dict.fromkeys(names))


def list_forms_of_names(told: str) -> list[str]:
    """Return the words that name who speaks: of "Leo Brandt's critics" none does, of "Russia's
    foreign ministry" the state.
    """
    owners = [match.span() for match in OWNER.finditer(told)]
    forms = []
    for word in read_words(told, 0, len(told), NOT_QUOTED):
        is_owner = any(start <= word.start < end for start, end in owners)
        if not word.is_capitalized or word.form in NO_NAMES:
            continue
        if not is_owner or find_state(word.form):
            forms.append(word.form)
    return forms
