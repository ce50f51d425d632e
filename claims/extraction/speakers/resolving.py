"""Which actor a source refers to, and none where the article does not make it clear."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.lexicon.given_names import GIVEN_NAMES
from claims.extraction.lexicon.words import word_set
from claims.extraction.quotes.finding import Found
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.article import KIN, Article, Resolved, as_speaker, role_heads, weaker
from claims.extraction.speakers.descriptions import BODIES, LETTERS, NOBODY, described, place, places
from claims.extraction.speakers.descriptors import PERSONS
from claims.extraction.speakers.people import HONORIFICS, TITLES, WITHIN_TITLES, person_words
from claims.extraction.speakers.pronouns import (
    FIRST,
    PERSONAL,
    PLURAL,
    PRONOUNS,
    RELATIVE,
    earlier_body,
    first_person,
    of_another,
    pronoun,
    relative,
)

NONE_OF = re.compile(r"(?:neither|either|no|not|nobody|none)\b", re.I)
WITH_PRONOUN = re.compile(
    r"(?:he|she|they|we|i|me|you|him|her|them)\s(?:and|&)\s.+|[^,]+(?<!\shim|\sher)\s(?:and|&)\s(?:he|she|they|we|i|me|you|him|them)",
    re.I | re.S,
)
AFTER_NAME = re.compile(
    r"\s*(?:$|['’]s?\sown$|[,;:(\[.–—\"”-]|(?:and|or|who|whose|of|in|at|on|from|with|to|himself|herself|also|later|then|told|says?|said|"
    r"again|both|now|too|as|the)\b)"
)
RANKS = HONORIFICS | word_set(  # right before a name, and no office
    """general major colonel captain lieutenant sergeant corporal brigadier admiral commander lord lady baroness professor
    doctor engr eng alhaji mallam hon honourable chief reverend madam datuk dato shri smt sheikh bishop justice"""
)
AGE = r"(?:,\s\d{1,3}(?=,|\s(?:and|&)))?"
JOINT = re.compile(
    AGE + r"(?:,?\s+(?:and|&)|,)\s+(?:(?:the|a|an|his|her|their|its)\s(?:[\w-]+\s){0,3}[\w-]+,?\s+|((?:[\w.]+\s+)*))"
)
NAME = r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,2}"
PAIRED = re.compile(  # what stands before the second name in "Neil and Susan Barry", "Kim, 34, and her husband Paul"
    rf"(?P<first>{NAME}){AGE},?\s(?:and|&)\s(?:(?:(?:his|her)\s)?(?:wife|husband|partner|son|daughter|brother|sister)\s)?"
    r"(?:[A-Z][a-z]{1,4}\.?\s)?"
)
PREPOSITION = re.compile(r"\b(?:for|of|to|by|with|from|at|about|against|near|behind|on|than|in|under)\s+([^,]*)$")
LAST_WORDS = re.compile(r"[\w'’.-]*[\w'’]")
DETERMINERS = word_set("the a an some many several most all other both these those this that his her its their our my your no")
BETWEEN = word_set(
    """of in on at by for with from to about against among between into over under through during without within as than like
    and or but nor so if when while because which who whom whose is are was were be been being has have had do does did will
    would can could may might must should not said says say told asked"""
)
INITIALS = re.compile(r"[A-Z]{2,3}")
QUESTIONS, ANSWERS = frozenset(["q", "question"]), frozenset(["a", "answer"])
TALKED = re.compile(
    r"\b(?:interview(?:s|ed)?|spoke|speaks|talk(?:s|ed)?|sat down|conversation|caught up)\s(?:(?:to|with|of)\s)?", re.I
)
INTERVIEW = re.compile(r"\binterview|\bQ\s?&\s?A\b", re.I)
BACK = 120  # characters before "who" in which whom it means begins
HEAD_OF = re.compile(r"\s(?:for|of|in|at|from|with|to|who|whose|close|familiar)\s")
AGAIN = re.compile(r"(?:[Tt]he|[Tt]hat)\s(?:same\s)?([a-z-]+)")
RECENT = 60  # quotes that a pronoun may look back over


def resolve(article: Article, quotes: Sequence[Found]) -> list[Resolved]:
    """Return each quote with a speaker or none: first those of others in the order of the text, each of which may lean on the
    ones before, then those of "I" and "we", which lean on all around them."""
    done: list[Resolved] = []
    ordered = sorted(quotes, key=start_of)
    for quote in ordered:
        if speaks_of_oneself(article, quote):
            continue
        speaker = speaker_of(article, quote, done[-RECENT:]) if quote.source else None
        done.append(Resolved(quote, speaker))
        if quote.source and speaker and speaker.method in ("name", "fuller name"):
            for span, person in article.people.within(quote.source.start, quote.source.end):
                if person.full:
                    article.call(person, role_heads(article.text[quote.source.start : span.start]))
    done = with_labels(article, done)
    starts = [start_of(resolved.quote) for resolved in done]
    oneself: list[Resolved] = []
    for quote in ordered:
        if speaks_of_oneself(article, quote):
            at = bisect_left(starts, start_of(quote))
            near = [*done[max(at - RECENT, 0) : at + RECENT], *oneself[-RECENT:]]
            oneself.append(Resolved(quote, speaker_of(article, quote, near)))
    return done + oneself


def start_of(quote: Found) -> int:
    return (quote.source or quote.cue).start


def with_labels(article: Article, done: Sequence[Resolved]) -> list[Resolved]:
    """The quotes, those behind "A:" said by whoever is interviewed, and those behind initials by whose they are."""
    labels = {r.quote.cue: r.quote.source for r in done if r.quote.source and r.quote.cue.of(article.text) == ":"}
    first = min((s.start for s in labels.values() if s.of(article.text).casefold() in QUESTIONS), default=None)
    guest = interviewed(article, done, first) if first is not None else None
    words = {cue: source.of(article.text) for cue, source in labels.items()}
    known = {label: by_initials(article, label) for label in set(words.values()) if INITIALS.fullmatch(label)}
    known |= {label: guest for label in set(words.values()) if label.casefold() in ANSWERS}
    return [r._replace(speaker=known.get(words.get(r.quote.cue, "")) or r.speaker) for r in done]


def by_initials(article: Article, initials: str) -> Speaker | None:
    """BO, where the article names Bea Olsen and nobody else with these initials, and BO is nothing but her label."""
    labels = re.findall(rf"^{initials}\s?:", article.text, re.M)
    if len(labels) < 2 or len(re.findall(rf"\b{initials}\b", article.text)) > len(labels):
        return None
    if initials.casefold() in LETTERS or place(initials):
        return None
    bearers = [p for p in article.people.persons.values() if p.full and "".join(w[0] for w in p.words).upper() == initials]
    return as_speaker(bearers[0], 0.75, "description") if len(bearers) == 1 else None


def interviewed(article: Article, done: Sequence[Resolved], until: int) -> Speaker | None:
    """Whom the article says it talked with, or else, in an interview, the one person whom it names before the questions."""
    text, people = article.text, article.people.within(0, until)
    talks = list(TALKED.finditer(text, 0, until))
    talked = set()
    for talk in talks:
        after = next(((span, person) for span, person in people if talk.end() <= span.start < talk.end() + 80), None)
        if after and not re.search(r"[.;:\n]", text[talk.end() : after[0].start]):
            talked.add(after[1].name)
    spoke = {
        r.speaker.name
        for r in done
        if r.quote.source and r.quote.source.start < until and r.speaker and r.speaker.method in ("name", "fuller name")
        if r.speaker.kind == "person"
    }
    if not talks and INTERVIEW.search(text, 0, until) and {person.name for _, person in people} == spoke:
        talked = spoke
    person = article.people.named.get(next(iter(talked))) if len(talked) == 1 else None
    return as_speaker(person, 0.75, "description") if person else None


def speaks_of_oneself(article: Article, quote: Found) -> bool:
    """Whether the source is "I" or "we", which wait until all others are known: whose words they stand in may follow."""
    return quote.source is not None and quote.source.of(article.text).casefold() in FIRST


def speaker_of(article: Article, quote: Found, done: Sequence[Resolved]) -> Speaker | None:
    assert quote.source
    words = quote.source.of(article.text)
    plain = re.sub(r"['’](?:s|d|ll|ve|re|m)?$", "", words.strip()).casefold()
    if plain in FIRST:
        return first_person(article, quote, done, plain)
    if plain in PERSONAL:
        return pronoun(article, quote, done, PERSONAL[plain])
    if plain in PRONOUNS:
        return earlier_body(article, quote, done, plural=plain in PLURAL)
    if plain in RELATIVE:
        return relative(article, quote) or described_before(article, quote, plain)
    if plain in NOBODY or NONE_OF.match(words):
        return None
    if plain not in article.people.family_names and (state := place(words) or places(words)):
        return state
    if mention := head_person(article, quote.source):
        if WITH_PRONOUN.fullmatch(words):  # "She and her husband, Tom Bell": more than the one who is named
            return None
        return together(article, quote.source, mention) or paired(article, quote.source, mention) or bearer(article, mention)
    name = person_words(words)  # which the encoder has not seen as one: "Sgt Cross"
    surname = len(name) == 1 and name[0][:1].isupper() and not plain.startswith("the ")
    if surname and (person := article.people.by_surname(name[0])):
        return as_speaker(person, 0.9, fuller=True, mention=words.strip())
    return unnamed_again(article, quote, done) or described(article, quote)


def unnamed_again(article: Article, quote: Found, done: Sequence[Resolved]) -> Speaker | None:
    """The official, that person: the one without a name who spoke right before, so called or "the person", "the source"."""
    assert quote.source
    again = AGAIN.fullmatch(quote.source.of(article.text))
    before = next((r for r in reversed(done) if r.quote.within is None and r.quote.source), None)
    if again is None or before is None or before.speaker is None or before.speaker.kind != "unnamed":
        return None
    assert before.quote.source
    near = article.line(before.quote.source.start) >= article.line(quote.source.start) - 1
    noun, name = again[1], before.speaker.name
    head = HEAD_OF.split(name, maxsplit=1)[0].split()[-1].casefold()
    called = noun == head or (noun in ("person", "source") and name != noun)
    if article.people.within(before.quote.source.end, quote.source.start):  # who may be meant
        return None
    return weaker(before.speaker, 0.95, "description") if near and called else None


def described_before(article: Article, quote: Found, word: str) -> Speaker | None:
    """Whom the words right before "who", "which" or "that" describe: "many experts, who claim …"."""
    assert quote.source
    start, _ = article.lines[article.line(quote.source.start)]
    words = antecedent(article.text, max(start, quote.source.start - BACK), quote.source.start)
    if words and of_another(article.text, start, words.start):
        return None
    found = described(article, replace(quote, source=words)) if words else None
    if found is None or (found.kind in ("person", "unnamed", "group")) != word.startswith("who"):
        return None
    return weaker(found, 0.85, "pronoun")


def antecedent(text: str, start: int, end: int) -> Span | None:
    """The noun and what belongs to it before `end`: back to its article, or else as far as words are capitals."""
    words = list(LAST_WORDS.finditer(text, start, end))
    if not words or text[words[-1].end() : end].strip(" ,"):
        return None
    last = words[-1]
    first = last
    for word, after in zip(words[-2::-1], words[:0:-1], strict=True):
        if text[word.end() : after.start()].strip() or word[0].casefold() in BETWEEN:
            break
        if word[0].casefold() in DETERMINERS:
            return Span(word.start(), last.end())
        if first is after and word[0][:1].isupper():
            first = word
    return Span(first.start(), last.end())


# Names


def head_person(article: Article, source: Span) -> Span | None:
    """The person's name that is the head of the source: not "Trump's lawyer", not "a spokesman for Trump"."""
    text = article.text
    persons = [entity for entity in article.entities_in(source) if entity.kind == "PER"]
    for entity in sorted(persons, key=lambda e: len(person_words(e.span.of(text))) == 1):  # "a third Lee, Ann Lee": the fuller
        after = text[entity.span.end : source.end]
        before = text[source.start : max(entity.span.start, source.start)]
        if re.match(r"['’]", after) and not re.fullmatch(r"['’]s?(?:\sown)?", after.strip()):
            continue
        if AFTER_NAME.match(after) and not object_of_preposition(before):
            return entity.span
    return None


def bearer(article: Article, mention: Span) -> Speaker | None:
    """Whom the name means; none where two bear it and the article is not plainly about one of them."""
    found = article.people.at(mention)
    if found is None or found.person is None:
        return None
    words = mention.of(article.text)
    fuller = words != found.person.name
    return as_speaker(found.person, found.confidence, fuller=fuller, mention=words)


def together(article: Article, source: Span, first: Span) -> Speaker | None:
    """Several persons who say the same: "Ann Lee and Mr Diaz" are a group under their names."""
    text, at, named = article.text, first.end, [first]
    for entity in article.entities_in(source):
        if entity.kind == "PER" and at <= entity.span.start and entity.span.end <= source.end:
            between = text[at : entity.span.start]
            joint = JOINT.fullmatch(between)
            if not joint or any(word.islower() and word not in TITLES | KIN for word in re.findall(r"\w+", joint[1] or "")):
                break
            named.append(entity.span)
            at = entity.span.end
    if len(named) < 2 or not re.search(r"\band\b|&", text[first.end : at]):
        return None
    persons = [mention.person for span in named if (mention := article.people.at(span)) and mention.person]
    if len(persons) < len(named):
        return None
    names = [person.name for person in persons]
    whole = all(person.full for person in persons)
    return Speaker(f"{', '.join(names[:-1])} and {names[-1]}", "group", 0.85 if whole else 0.75, "name", alone=whole)


def paired(article: Article, source: Span, second: Span) -> Speaker | None:
    """Two who say the same, where the second is named more fully: "Neil and Susan Barry", "Mr and Mrs Lee"."""
    before = PAIRED.fullmatch(article.text, source.start, second.start) if source.start < second.start else None
    mention = article.people.at(second)
    if before is None or mention is None or mention.person is None:
        return None
    titled = before["first"].casefold() in HONORIFICS  # "Mr and Mrs Lee"
    first = before["first"].split()[0].casefold()
    named = first in GIVEN_NAMES | article.people.family_names or any(
        entity.kind == "PER" and entity.span.start == source.start for entity in article.entities_in(source)
    )
    if not titled and not named:  # "Owner and Chef Mario Rossi"
        return None
    name = article.text[source.start : second.end] if titled else f"{before['first']} and {mention.person.name}"
    return Speaker(name, "group", 0.8, "name", alone=False)


def object_of_preposition(before: str) -> bool:
    """Whether a name after these words belongs to a preposition: "aide to President …", but not "Secretary of State …" nor
    "Minister of State and head of works …".
    """
    found = PREPOSITION.search(before)
    between = re.findall(r"[\w-]+", found[1]) if found else []
    if found is None or not between:
        return found is not None
    if between[-1].casefold() in BODIES:  # "head of the party Ann Lee"
        return False
    body = [word for word in between if word.rstrip(".").casefold() not in RANKS]
    office = before.split()[0].casefold() in TITLES
    if office and body != between and body and all(word[0].isupper() or word in WITHIN_TITLES for word in body):
        return False  # "Minister of Finance Dr Ann Lee"
    if between[-1] in ("and", "or"):  # "the government of Ann Lee and Omar Bell"
        return True
    of_whom = between[-1].casefold() in PERSONS
    return of_whom or (between[-1].islower() and before.split()[0].casefold() not in TITLES)
