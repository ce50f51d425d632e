"""Which actor a source refers to, and none where the article does not make it clear."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.lexicon.bodies import BODY_NOUNS, ROLES_IN_LETTERS, WORDS_FOR_NOBODY
from claims.extraction.lexicon.given_names import GIVEN_NAMES
from claims.extraction.lexicon.persons import (
    HONORIFICS,
    KIN_NOUNS,
    PERSON_NOUNS,
    PERSON_TITLES,
    WORDS_WITHIN_TITLES,
)
from claims.extraction.lexicon.pronouns import (
    FIRST_PERSON_PRONOUNS,
    GENDER_OF_PRONOUN,
    PLURAL_PRONOUNS,
    PRONOUNS,
    RELATIVE_PRONOUNS,
)
from claims.extraction.lexicon.words import word_set
from claims.extraction.quotes.finding import FoundQuote
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.article import (
    ArticleContext,
    ResolvedQuote,
    build_speaker,
    list_role_heads,
    weaken_speaker,
)
from claims.extraction.speakers.descriptions import (
    find_state_or_seat,
    find_states_together,
    resolve_description,
)
from claims.extraction.speakers.people import list_words_of_person
from claims.extraction.speakers.pronouns import (
    is_name_of_possessor,
    resolve_first_person,
    resolve_he_or_she,
    resolve_it_or_they,
    resolve_relative_pronoun,
)

NONE_AT_START = re.compile(r"(?:neither|either|no|not|nobody|none)\b", re.I)
PRONOUN_JOINED_WITH_AND = re.compile(
    r"(?:he|she|they|we|i|me|you|him|her|them)\s(?:and|&)\s.+|[^,]+(?<!\shim|\sher)\s(?:and|&)\s(?:he|she|they|we|i|me|you|him|them)",
    re.I | re.S,
)
WORD_AFTER_HEAD_NAME = re.compile(
    r"\s*(?:$|['’]s?\sown$|[,;:(\[.–—\"”-]|(?:and|or|who|whose|of|in|at|on|from|with|to|himself|herself|also|later|then|told|says?|said|"
    r"again|both|now|too|as|the)\b)"
)
TITLES_WITHOUT_OFFICE = HONORIFICS | word_set(  # right before a name, and no office
    """general major colonel captain lieutenant sergeant corporal brigadier admiral commander lord lady baroness professor
    doctor engr eng alhaji mallam hon honourable chief reverend madam datuk dato shri smt sheikh bishop justice"""
)
AGE_AFTER_NAME = r"(?:,\s\d{1,3}(?=,|\s(?:and|&)))?"
WORDS_BETWEEN_JOINT_NAMES = re.compile(
    AGE_AFTER_NAME
    + r"(?:,?\s+(?:and|&)|,)\s+(?:(?:the|a|an|his|her|their|its)\s(?:[\w-]+\s){0,3}[\w-]+,?\s+|((?:[\w.]+\s+)*))"
)
CAPITALIZED_NAME = r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}"
FIRST_OF_PAIR = re.compile(  # what stands before the second name in "Neil and Susan Barry", "Kim, 34, and her husband Paul"
    rf"(?P<first>{CAPITALIZED_NAME}){AGE_AFTER_NAME},?\s(?:and|&)\s(?:(?:(?:his|her)\s)?(?:wife|husband|partner|son|daughter|brother|sister)\s)?"
    r"(?:[A-Z][a-z]{1,4}\.?\s)?"
)
PREPOSITION_AND_OBJECT = re.compile(
    r"\b(?:for|of|to|by|with|from|at|about|against|near|behind|on|than|in|under)\s+([^,]*)$"
)
WORD_OF_ANTECEDENT = re.compile(r"[\w'’.-]*[\w'’]")
DETERMINER_WORDS = word_set(
    "the a an some many several most all other both these those this that his her its their our my your no"
)
WORDS_OUTSIDE_ANTECEDENT = word_set(
    """of in on at by for with from to about against among between into over under through during without within as than like
    and or but nor so if when while because which who whom whose is are was were be been being has have had do does did will
    would can could may might must should not said says say told asked"""
)
INITIALS_LABEL = re.compile(r"[A-Z]{2,3}")
QUESTION_LABELS, ANSWER_LABELS = frozenset(["q", "question"]), frozenset(["a", "answer"])
TALKED_WITH = re.compile(
    r"\b(?:interview(?:s|ed)?|spoke|speaks|talk(?:s|ed)?|sat down|conversation|caught up)\s(?:(?:to|with|of)\s)?",
    re.I,
)
INTERVIEW_WORD = re.compile(r"\binterview|\bQ\s?&\s?A\b", re.I)
REACH_BACK_FOR_ANTECEDENT = 120  # characters before "who" in which whom it means begins
HEAD_OF = re.compile(r"\s(?:for|of|in|at|from|with|to|who|whose|close|familiar)\s")
AGAIN = re.compile(r"(?:[Tt]he|[Tt]hat)\s(?:same\s)?([a-z-]+)")
QUOTES_TO_LOOK_BACK = 60  # quotes that a pronoun may look back over


def resolve_speakers(article: ArticleContext, quotes: Sequence[FoundQuote]) -> list[ResolvedQuote]:
    """Return each quote with a speaker or none: first those of others in the order of the text, each of which may lean on the
    ones before, then those of "I" and "we", which lean on all around them."""
    done: list[ResolvedQuote] = []
    ordered = sorted(quotes, key=get_quote_start)
    for quote in ordered:
        if is_first_person_quote(article, quote):
            continue
        speaker = (
            resolve_speaker(article, quote, done[-QUOTES_TO_LOOK_BACK:]) if quote.source else None
        )
        done.append(ResolvedQuote(quote, speaker))
        if quote.source and speaker and speaker.method in ("name", "fuller name"):
            for span, person in article.people.within(quote.source.start, quote.source.end):
                if person.full:
                    article.call(
                        person, list_role_heads(article.text[quote.source.start : span.start])
                    )
    done = resolve_labels(article, done)
    starts = [get_quote_start(resolved.quote) for resolved in done]
    oneself: list[ResolvedQuote] = []
    for quote in ordered:
        if is_first_person_quote(article, quote):
            at = bisect_left(starts, get_quote_start(quote))
            near = [
                *done[max(at - QUOTES_TO_LOOK_BACK, 0) : at + QUOTES_TO_LOOK_BACK],
                *oneself[-QUOTES_TO_LOOK_BACK:],
            ]
            oneself.append(ResolvedQuote(quote, resolve_speaker(article, quote, near)))
    return done + oneself


def get_quote_start(quote: FoundQuote) -> int:
    return (quote.source or quote.cue).start


def resolve_labels(article: ArticleContext, done: Sequence[ResolvedQuote]) -> list[ResolvedQuote]:
    """The quotes, those behind "A:" said by whoever is interviewed, and those behind initials by whose they are."""
    labels = {
        r.quote.cue: r.quote.source
        for r in done
        if r.quote.source and r.quote.cue.of(article.text) == ":"
    }
    first = min(
        (s.start for s in labels.values() if s.of(article.text).casefold() in QUESTION_LABELS),
        default=None,
    )
    guest = find_interviewed_person(article, done, first) if first is not None else None
    words = {cue: source.of(article.text) for cue, source in labels.items()}
    known = {
        label: find_speaker_by_initials(article, label)
        for label in set(words.values())
        if INITIALS_LABEL.fullmatch(label)
    }
    known |= {label: guest for label in set(words.values()) if label.casefold() in ANSWER_LABELS}
    return [r._replace(speaker=known.get(words.get(r.quote.cue, "")) or r.speaker) for r in done]


def find_speaker_by_initials(article: ArticleContext, initials: str) -> Speaker | None:
    """BO, where the article names Bea Olsen and nobody else with these initials, and BO is nothing but her label."""
    labels = re.findall(rf"^{initials}\s?:", article.text, re.M)
    if len(labels) < 2 or len(re.findall(rf"\b{initials}\b", article.text)) > len(labels):
        return None
    if initials.casefold() in ROLES_IN_LETTERS or find_state_or_seat(initials):
        return None
    bearers = [
        p
        for p in article.people.persons.values()
        if p.full and "".join(w[0] for w in p.words).upper() == initials
    ]
    return build_speaker(bearers[0], 0.75, "description") if len(bearers) == 1 else None


def find_interviewed_person(
    article: ArticleContext, done: Sequence[ResolvedQuote], until: int
) -> Speaker | None:
    """Whom the article says it talked with, or else, in an interview, the one person whom it names before the questions."""
    text, people = article.text, article.people.within(0, until)
    talks = list(TALKED_WITH.finditer(text, 0, until))
    talked = set()
    for talk in talks:
        after = next(
            (
                (span, person)
                for span, person in people
                if talk.end() <= span.start < talk.end() + 80
            ),
            None,
        )
        if after and not re.search(r"[.;:\n]", text[talk.end() : after[0].start]):
            talked.add(after[1].name)
    spoke = {
        r.speaker.name
        for r in done
        if r.quote.source
        and r.quote.source.start < until
        and r.speaker
        and r.speaker.method in ("name", "fuller name")
        if r.speaker.kind == "person"
    }
    if (
        not talks
        and INTERVIEW_WORD.search(text, 0, until)
        and {person.name for _, person in people} == spoke
    ):
        talked = spoke
    person = article.people.named.get(next(iter(talked))) if len(talked) == 1 else None
    return build_speaker(person, 0.75, "description") if person else None


def is_first_person_quote(article: ArticleContext, quote: FoundQuote) -> bool:
    """Whether the source is "I" or "we", which wait until all others are known: whose words they stand in may follow."""
    return (
        quote.source is not None
        and quote.source.of(article.text).casefold() in FIRST_PERSON_PRONOUNS
    )


def resolve_speaker(
    article: ArticleContext, quote: FoundQuote, done: Sequence[ResolvedQuote]
) -> Speaker | None:
    assert quote.source
    words = quote.source.of(article.text)
    plain = re.sub(r"['’](?:s|d|ll|ve|re|m)?$", "", words.strip()).casefold()
    if plain in FIRST_PERSON_PRONOUNS:
        return resolve_first_person(article, quote, done, plain)
    if plain in GENDER_OF_PRONOUN:
        return resolve_he_or_she(article, quote, done, GENDER_OF_PRONOUN[plain])
    if plain in PRONOUNS:
        return resolve_it_or_they(article, quote, done, plural=plain in PLURAL_PRONOUNS)
    if plain in RELATIVE_PRONOUNS:
        return resolve_relative_pronoun(article, quote) or find_speaker_described_before(
            article, quote, plain
        )
    if plain in WORDS_FOR_NOBODY or NONE_AT_START.match(words):
        return None
    if plain not in article.people.family_names and (
        state := find_state_or_seat(words) or find_states_together(words)
    ):
        return state
    if mention := find_head_person(article, quote.source):
        if PRONOUN_JOINED_WITH_AND.fullmatch(
            words
        ):  # "She and her husband, Tom Bell": more than the one who is named
            return None
        return (
            find_joint_speakers(article, quote.source, mention)
            or find_paired_speakers(article, quote.source, mention)
            or find_bearer_of_name(article, mention)
        )
    name = list_words_of_person(words)  # which the encoder has not seen as one: "Sgt Cross"
    surname = len(name) == 1 and name[0][:1].isupper() and not plain.startswith("the ")
    if surname and (person := article.people.by_surname(name[0])):
        return build_speaker(person, 0.9, fuller=True, mention=words.strip())
    return unnamed_again(article, quote, done) or resolve_description(article, quote)


def unnamed_again(
    article: ArticleContext, quote: FoundQuote, done: Sequence[ResolvedQuote]
) -> Speaker | None:
    """The official, that person: the one without a name who spoke right before, so called or "the person", "the source"."""
    assert quote.source
    again = AGAIN.fullmatch(quote.source.of(article.text))
    before = next((r for r in reversed(done) if r.quote.within is None and r.quote.source), None)
    if (
        again is None
        or before is None
        or before.speaker is None
        or before.speaker.kind != "unnamed"
    ):
        return None
    assert before.quote.source
    near = article.line(before.quote.source.start) >= article.line(quote.source.start) - 1
    noun, name = again[1], before.speaker.name
    head = HEAD_OF.split(name, maxsplit=1)[0].split()[-1].casefold()
    called = noun == head or (noun in ("person", "source") and name != noun)
    if article.people.within(before.quote.source.end, quote.source.start):  # who may be meant
        return None
    return weaken_speaker(before.speaker, 0.95, "description") if near and called else None


def find_speaker_described_before(
    article: ArticleContext, quote: FoundQuote, word: str
) -> Speaker | None:
    """Whom the words right before "who", "which" or "that" describe: "many experts, who claim …"."""
    assert quote.source
    start, _ = article.lines[article.line(quote.source.start)]
    words = find_antecedent(
        article.text, max(start, quote.source.start - REACH_BACK_FOR_ANTECEDENT), quote.source.start
    )
    if words and is_name_of_possessor(article.text, start, words.start):
        return None
    found = resolve_description(article, replace(quote, source=words)) if words else None
    if found is None or (found.kind in ("person", "unnamed", "group")) != word.startswith("who"):
        return None
    return weaken_speaker(found, 0.85, "pronoun")


def find_antecedent(text: str, start: int, end: int) -> Span | None:
    """The noun and what belongs to it before `end`: back to its article, or else as far as words are capitals."""
    words = list(WORD_OF_ANTECEDENT.finditer(text, start, end))
    if not words or text[words[-1].end() : end].strip(" ,"):
        return None
    last = words[-1]
    first = last
    for word, after in zip(words[-2::-1], words[:0:-1], strict=True):
        if (
            text[word.end() : after.start()].strip()
            or word[0].casefold() in WORDS_OUTSIDE_ANTECEDENT
        ):
            break
        if word[0].casefold() in DETERMINER_WORDS:
            return Span(word.start(), last.end())
        if first is after and word[0][:1].isupper():
            first = word
    return Span(first.start(), last.end())


# Names


def find_head_person(article: ArticleContext, source: Span) -> Span | None:
    """The person's name that is the head of the source: not "Trump's lawyer", not "a spokesman for Trump"."""
    text = article.text
    persons = [entity for entity in article.entities_in(source) if entity.kind == "PER"]
    for entity in sorted(
        persons, key=lambda e: len(list_words_of_person(e.span.of(text))) == 1
    ):  # "a third Lee, Ann Lee": the fuller
        after = text[entity.span.end : source.end]
        before = text[source.start : max(entity.span.start, source.start)]
        if re.match(r"['’]", after) and not re.fullmatch(r"['’]s?(?:\sown)?", after.strip()):
            continue
        if WORD_AFTER_HEAD_NAME.match(after) and not is_object_of_preposition(before):
            return entity.span
    return None


def find_bearer_of_name(article: ArticleContext, mention: Span) -> Speaker | None:
    """Whom the name means; none where two bear it and the article is not plainly about one of them."""
    found = article.people.at(mention)
    if found is None or found.person is None:
        return None
    words = mention.of(article.text)
    fuller = words != found.person.name
    return build_speaker(found.person, found.confidence, fuller=fuller, mention=words)


def find_joint_speakers(article: ArticleContext, source: Span, first: Span) -> Speaker | None:
    """Several persons who say the same: "Ann Lee and Mr Diaz" are a group under their names."""
    text, at, named = article.text, first.end, [first]
    for entity in article.entities_in(source):
        if entity.kind == "PER" and at <= entity.span.start and entity.span.end <= source.end:
            between = text[at : entity.span.start]
            joint = WORDS_BETWEEN_JOINT_NAMES.fullmatch(between)
            if not joint or any(
                word.islower() and word not in PERSON_TITLES | KIN_NOUNS
                for word in re.findall(r"\w+", joint[1] or "")
            ):
                break
            named.append(entity.span)
            at = entity.span.end
    if len(named) < 2 or not re.search(r"\band\b|&", text[first.end : at]):
        return None
    persons = [
        mention.person for span in named if (mention := article.people.at(span)) and mention.person
    ]
    if len(persons) < len(named):
        return None
    names = [person.name for person in persons]
    whole = all(person.full for person in persons)
    return Speaker(
        f"{', '.join(names[:-1])} and {names[-1]}",
        "group",
        0.85 if whole else 0.75,
        "name",
        alone=whole,
    )


def find_paired_speakers(article: ArticleContext, source: Span, second: Span) -> Speaker | None:
    """Two who say the same, where the second is named more fully: "Neil and Susan Barry", "Mr and Mrs Lee"."""
    before = (
        FIRST_OF_PAIR.fullmatch(article.text, source.start, second.start)
        if source.start < second.start
        else None
    )
    mention = article.people.at(second)
    if before is None or mention is None or mention.person is None:
        return None
    titled = before["first"].casefold() in HONORIFICS  # "Mr and Mrs Lee"
    first = before["first"].split()[0].casefold()
    named = first in GIVEN_NAMES | article.people.family_names or any(
        entity.kind == "PER" and entity.span.start == source.start
        for entity in article.entities_in(source)
    )
    if not titled and not named:  # "Owner and Chef Mario Rossi"
        return None
    name = (
        article.text[source.start : second.end]
        if titled
        else f"{before['first']} and {mention.person.name}"
    )
    return Speaker(name, "group", 0.8, "name", alone=False)


def is_object_of_preposition(before: str) -> bool:
    """Whether a name after these words belongs to a preposition: "aide to President …", but not "Secretary of State …" nor
    "Minister of State and head of works …".
    """
    found = PREPOSITION_AND_OBJECT.search(before)
    between = re.findall(r"[\w-]+", found[1]) if found else []
    if found is None or not between:
        return found is not None
    if between[-1].casefold() in BODY_NOUNS:  # "head of the party Ann Lee"
        return False
    body = [word for word in between if word.rstrip(".").casefold() not in TITLES_WITHOUT_OFFICE]
    office = before.split()[0].casefold() in PERSON_TITLES
    if (
        office
        and body != between
        and body
        and all(word[0].isupper() or word in WORDS_WITHIN_TITLES for word in body)
    ):
        return False  # "Minister of Finance Dr Ann Lee"
    if between[-1] in ("and", "or"):  # "the government of Ann Lee and Omar Bell"
        return True
    of_whom = between[-1].casefold() in PERSON_NOUNS
    return of_whom or (between[-1].islower() and before.split()[0].casefold() not in PERSON_TITLES)
