"""Whom labels of a transcript's lines mean: "A:" behind an interviewer's "Q:", or initials."""

import re
from collections.abc import Sequence

from claims.extraction.lexicon.bodies import ROLES_IN_LETTERS
from claims.extraction.lexicon.labels import OFFICES_IN_LABELS, PARTS_IN_TRANSCRIPT
from claims.extraction.lexicon.persons import CROWD_NOUNS, PERSON_NOUNS
from claims.extraction.quotes.labels import is_mark_of_label
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.answers import ResolvedQuote, build_speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.person import Person
from claims.extraction.speakers.states import find_state_or_seat

INITIALS_LABEL = re.compile(r"[A-Z]{2,3}")
QUESTION_LABELS = frozenset(["q", "question"])
ANSWER_LABELS = frozenset(["a", "answer"])
TALKED_WITH = re.compile(
    r"\b(?:interview(?:s|ed)?|spoke|speaks|talk(?:s|ed)?|sat down|conversation|caught up|Q\s?&\s?A)"
    r"\s(?:(?:to|with|of)\s)?",
    re.I,
)
INTERVIEW_WORD = re.compile(r"\binterview|\bQ\s?&\s?A\b", re.I)
OURSELVES = re.compile(r"(?:us|me)\b")
PARTS = OFFICES_IN_LABELS | PARTS_IN_TRANSCRIPT | PERSON_NOUNS | CROWD_NOUNS
LABEL_WITHOUT_NAME = re.compile(r"^(?:the|an?)\s|\s\d+$", re.I)  # what is none of the part
SHORTEST_PART = 3  # letters
PART_CONFIDENCE = 0.6
END_OF_CLAUSE = re.compile(r"[.;:\n]")
REACH_AFTER_TALKED_WITH = 80  # characters
LABEL_CONFIDENCE = 0.75


def resolve_labels(
    article: ArticleContext, resolved: Sequence[ResolvedQuote]
) -> list[ResolvedQuote]:
    """Return the quotes, those behind "A:" said by whoever is interviewed, and those behind
    initials by whose they are.
    """
    labels: dict[Span, Span] = {}
    for quote, _ in resolved:
        if quote.source and is_mark_of_label(quote.cue.of(article.text)):
            labels[quote.cue] = quote.source
    words = {cue: label.of(article.text) for cue, label in labels.items()}
    questions = [cue for cue, label in words.items() if label.casefold() in QUESTION_LABELS]
    guest = None
    if questions:
        first_question = min(labels[cue].start for cue in questions)
        guest = find_interviewed_person(article, resolved, first_question)
    speakers: dict[str, Speaker | None] = {}
    for label in set(words.values()):
        if label.casefold() in ANSWER_LABELS:
            speakers[label] = guest
        elif INITIALS_LABEL.fullmatch(label):
            speakers[label] = find_speaker_by_initials(article, label)
    labelled: list[ResolvedQuote] = []
    for quote, speaker in resolved:
        label = words.get(quote.cue, "")
        by_label = speakers.get(label)
        if by_label is None and (speaker is None or speaker.kind == "unnamed"):
            by_label = find_part(label)
        labelled.append(ResolvedQuote(quote, by_label or speaker))
    return labelled


def find_part(label: str) -> Speaker | None:
    """Return whoever has a part or an office that a label names, and no name: "HOST", "THE COURT".

    "Q" and "A" are nobody's.
    """
    words = LABEL_WITHOUT_NAME.sub("", label).split()
    if len(label) < SHORTEST_PART or not words:
        return None
    last = words[-1].casefold()
    if last in QUESTION_LABELS | ANSWER_LABELS or last not in PARTS:
        return None
    name = " ".join(words).lower()
    return Speaker(name, "unnamed", PART_CONFIDENCE, "description", alone=False)


def find_speaker_by_initials(article: ArticleContext, initials: str) -> Speaker | None:
    """Return Bea Olsen for BO, where nobody else whom the article names has these initials.

    BO must be nothing but her label: two or more lines begin with it, and it stands nowhere else.
    """
    labels = re.findall(rf"^{initials}\s?:", article.text, re.M)
    if len(labels) < 2 or len(re.findall(rf"\b{initials}\b", article.text)) > len(labels):
        return None
    if initials.casefold() in ROLES_IN_LETTERS or find_state_or_seat(initials):
        return None
    bearers = [person for person in article.people.persons if has_initials(person, initials)]
    if len(bearers) != 1:
        return None
    return build_speaker(bearers[0], LABEL_CONFIDENCE, "description")


def has_initials(person: Person, initials: str) -> bool:
    first_letters = "".join(word[0] for word in person.words)
    return person.has_full_name and first_letters.upper() == initials


def find_interviewed_person(
    article: ArticleContext, resolved: Sequence[ResolvedQuote], until: int
) -> Speaker | None:
    """Return whom the article says before `until`, where the questions begin, that it talked with.

    Or else, in what calls itself an interview, the one person whom it names there.
    """
    talks = list(TALKED_WITH.finditer(article.text, 0, until))
    guests: set[str] = set()
    for talk in talks:
        if OURSELVES.match(article.text, talk.end()):
            person = find_person_before(article, talk.start())
        else:
            person = find_person_after(article, talk.end(), until)
        if person:
            guests.add(person.name)
    if not talks and INTERVIEW_WORD.search(article.text, 0, until):
        named = {person.name for _, person in article.people.list_within(0, until)}
        if named == list_names_of_speakers(resolved, until):
            guests = named
    guest = article.people.persons_by_name.get(guests.pop()) if len(guests) == 1 else None
    return build_speaker(guest, LABEL_CONFIDENCE, "description") if guest else None


def find_person_after(article: ArticleContext, start: int, until: int) -> Person | None:
    """Return the first person named after `start` in the same clause.

    For example "we talked with the engineer Ana Bell".
    """
    mentions = article.people.list_within(start, until)
    if not mentions:
        return None
    name, person = mentions[0]
    is_near = name.start < start + REACH_AFTER_TALKED_WITH
    if not is_near or END_OF_CLAUSE.search(article.text, start, name.start):
        return None
    return person


def find_person_before(article: ArticleContext, end: int) -> Person | None:
    """Return the last person named before `end` in the same clause.

    For example "the engineer Ana Bell talked to us".
    """
    mentions = article.people.list_within(max(end - REACH_AFTER_TALKED_WITH, 0), end)
    if not mentions:
        return None
    name, person = mentions[-1]
    return None if END_OF_CLAUSE.search(article.text, name.end, end) else person


def list_names_of_speakers(resolved: Sequence[ResolvedQuote], until: int) -> set[str]:
    """Return the persons who speak by name before `until`."""
    return {
        speaker.name
        for quote, speaker in resolved
        if quote.source
        and quote.source.start < until
        and speaker
        and speaker.kind == "person"
        and speaker.method in ("name", "fuller name")
    }
