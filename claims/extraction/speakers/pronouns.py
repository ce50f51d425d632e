"""Whom a pronoun means: by where persons are named and speak around it, and by what the encoder has learned."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.lexicon.given_names import GENDER_OF_NOUN
from claims.extraction.lexicon.persons import KIN_NOUNS, PRIVATE_PERSON_NOUNS, ROLE_NOUNS
from claims.extraction.lexicon.pronouns import FIRST_PERSON_SINGULAR, GENDER_OF_PRONOUN
from claims.extraction.quotes.finding import FoundQuote
from claims.extraction.schema import Gender, RunnerUp, Span, Speaker
from claims.extraction.speakers.article import (
    ArticleContext,
    ResolvedQuote,
    build_speaker,
    weaken_speaker,
)
from claims.extraction.speakers.people import Person
from claims.extraction.speakers.strangers import strangers
from claims.extraction.text.sentences import list_sentence_starts

WORDS_BEFORE_RELATIVE = re.compile(
    r"(?:\s+(?:of|from|at|in)\s[^,;:.]{1,40})?(?:,[^,;:.]{1,60})?,?\s*"
)  # between a name and its "who"
LIKELY_SHARE = 0.6  # the share of a name from which it is what a pronoun or a description means where nothing else tells
ASKING_VERB = re.compile(r"\b(?:ask|shout|yell|heckl|inquir|enquir)\w*", re.I)
REPLIES = re.compile(
    r"\b(?:repl(?:y|ies|ied|ying)|answer(?:s|ed|ing)?|respond(?:s|ed|ing)?)\b", re.I
)
QUESTION = re.compile(
    r"\A(?:[A-Z]\w+\s){0,3}(?:whether|if|why|how|what|who|when|where|which)\b|\?[\"”’']*\Z"
)
PRESS_NOUN = re.compile(r"\b(?:reporter|journalist|interviewer|protester|heckler)\b")
REACH_BEFORE_NAME = 100  # characters
LONGEST_PARAGRAPH = 5000  # characters, back to which names are read: a book on one line would be read again at every "he"
NOUN_BEFORE_OF_NAME = re.compile(r"\b([\w-]+)\s(?:of|for|to)\s(?:[A-Z][\w.]*\s)*\Z")
INDEFINITE_WORD_AT_START = re.compile(r"(?:an?|another|one)\s", re.I)
KIN_OF_SOMEBODY = re.compile(
    rf"(?:his|her|their|[\w'’. -]+['’]s?)\s(?:[\w-]+\s)?(?:{'|'.join(sorted(KIN_NOUNS))})\Z", re.I
)
END_OF_SOURCE_NOUN = re.compile(r",|\s(?:for|of|in|at|from|with|to|on|who|whose|that)\s")
NOUNS_OF_SELDOM_NAMED = KIN_NOUNS | PRIVATE_PERSON_NOUNS
FACTOR_FOR_SINGLE_WORD = (
    0.85  # of the confidence, where a single word is all that names a person: it may be a place
)
UNSURE = 0.6  # where a sentence in between is about somebody without a name
UNCLEAR_SPEAKER = Speaker(
    "", "unnamed", 0.0, "pronoun"
)  # somebody, and the encoder, which knows names alone, is no help
# Likewise, where the places of names tell of another: of 9 such pronouns in news that is written out, 6 meant the encoder's
# person and 2 the other, and of 24 with a smaller share 7 and 16.
FIRM = 0.8
LEAST_SHARE_OF_RUNNER_UP = 0.1  # the share of a name from which it is worth mention as a runner-up
MOST_RUNNERS_UP = 3  # runners-up


def resolve_first_person(
    article: ArticleContext, quote: FoundQuote, done: Sequence[ResolvedQuote], plain: str
) -> Speaker | None:
    """Whoever says the words in which "I" or "we" stands; outside all quotes "I" is the author."""
    assert quote.source
    for other in reversed(done):
        if any(
            c.start <= quote.source.start and quote.source.end <= c.end
            for c in other.quote.contents
        ):
            return weaken_speaker(other.speaker, 0.8, "pronoun") if other.speaker else None
    return (
        article.author
        if plain in FIRST_PERSON_SINGULAR and not article.quoted(quote.source.start)
        else None
    )


def resolve_he_or_she(
    article: ArticleContext, quote: FoundQuote, done: Sequence[ResolvedQuote], gender: Gender
) -> Speaker | None:
    """Whom "he" or "she" means; from then on the article's person is that, since nobody is both."""
    assert quote.source
    meant = article.persons_meant(quote.source.start, quote.contents, gender)
    asker = asked_by(article, quote, done)
    meant = [(person, share) for person, share in meant if person.name != asker]
    placed = find_person_by_position(article, quote, done, gender, asker)
    speaker = None if placed is UNCLEAR_SPEAKER else merge_opinions_of_speaker(placed, meant)
    if (
        speaker
        and speaker.kind == "person"
        and stranger_since(article, quote, done, speaker.name, gender)
    ):
        speaker = speaker.held_at(min(speaker.confidence, UNSURE))
    if speaker and (person := article.people.named.get(speaker.name)):
        person.pronoun = person.pronoun or gender
    return speaker


def stranger_since(
    article: ArticleContext,
    quote: FoundQuote,
    done: Sequence[ResolvedQuote],
    name: str,
    gender: Gender,
) -> bool:
    """Whether a sentence since the person was named or spoke is about somebody else, who has no name."""
    assert quote.source
    at, person = quote.source.start, article.people.named.get(name)
    if person is None:
        return False
    own = (
        other.quote
        for other in done
        if other.speaker and other.speaker.name == name and other.quote.within is None
    )
    spoke = max(
        (said.source.end for said in own if said.source and said.source.end <= at), default=0
    )
    named = bisect_left(person.starts, at)
    last = max(spoke, person.starts[named - 1] if named else 0)
    start, _ = article.lines[max(article.line(at) - 1, 0)]
    return any(
        not article.quoted(where) and name not in article.roles.get(noun, {})
        for where, noun in strangers(article.text, max(last + 1, start), at, gender)
    )


def merge_opinions_of_speaker(
    placed: Speaker | None, meant: Sequence[tuple[Person, float]]
) -> Speaker | None:
    """Return one speaker of two opinions: whom the places of names and speeches tell, and whom the encoder takes for likely.

    Where they differ the places have it, unless the encoder is `FIRM` and surer than they are. The other one is a runner-up.
    """
    shares = {person.name: share for person, share in meant}
    likely, share = meant[0] if meant else (None, 0.0)
    if placed is None:
        chosen = (
            build_speaker(likely, round(0.9 * share, 3), "pronoun")
            if likely and share >= LIKELY_SHARE
            else None
        )
    elif likely is None or likely.name == placed.name:
        chosen = replace(
            placed, confidence=round(max(placed.confidence, min(0.95, 0.5 + share / 2)), 3)
        )
    else:
        doubted = round(placed.confidence * (1 - share / 2), 3)
        if share >= max(FIRM, placed.confidence):
            chosen = build_speaker(likely, round(share * (1 - placed.confidence / 2), 3), "pronoun")
            shares |= {placed.name: doubted} if placed.kind == "person" else {}
        else:
            chosen = replace(placed, confidence=doubted)
    return replace(chosen, runners_up=list_runners_up(shares, chosen)) if chosen else None


def list_runners_up(shares: dict[str, float], chosen: Speaker) -> tuple[RunnerUp, ...]:
    """Return the likeliest of the others: none is told to be likelier than the one chosen, on evidence besides the shares."""
    rest = sorted(
        (
            (share, name)
            for name, share in shares.items()
            if name != chosen.name and share >= LEAST_SHARE_OF_RUNNER_UP
        ),
        reverse=True,
    )
    return tuple(
        RunnerUp(name, "person", round(min(share, chosen.confidence), 3))
        for share, name in rest[:MOST_RUNNERS_UP]
    )


def asked_by(article: ArticleContext, quote: FoundQuote, done: Sequence[ResolvedQuote]) -> str:
    """Who has just asked, where the quote is a reply: "Hale asked Finn … He replied" is not Hale."""
    before = next((other for other in reversed(done) if other.quote.within is None), None)
    if (
        before is None
        or before.speaker is None
        or not REPLIES.search(article.text, quote.cue.start, quote.cue.end)
    ):
        return ""
    asks = ASKING_VERB.search(article.text, before.quote.cue.start, before.quote.cue.end)
    question = QUESTION.search(
        before.quote.contents[-1].of(article.text)
    )  # not "asked them to wait"
    near = article.line(quote.cue.start) - article.line(before.quote.cue.start) <= 1
    return before.speaker.name if asks and question and near else ""


def find_person_by_position(
    article: ArticleContext,
    quote: FoundQuote,
    done: Sequence[ResolvedQuote],
    gender: Gender,
    asker: str,
) -> Speaker | None:
    """The only person it can be in this paragraph or the one before, or else whoever spoke there last; or `UNCLEAR`."""
    assert quote.source
    at = quote.source.start
    aloud = [
        other for other in done if quote.within or other.quote.within is None
    ]  # not who is only said to have spoken
    for line, sure in list_nearest_paragraphs(article, at):
        start, end = article.lines[line]
        stop = min(end, at)
        start = max(start, stop - LONGEST_PARAGRAPH)
        unnamed, unclear = find_last_unnamed_speaker(article, done, start, stop, gender)
        if unclear:
            return UNCLEAR_SPEAKER
        if unnamed:
            return weaken_speaker(unnamed, 0.9, "pronoun")
        persons = {
            p.name: p
            for p in list_persons_named_between(article, start, stop, gender, quote.contents)
            if p.name != asker
        }
        last, spoke = find_last_person_speaking(
            aloud, start, stop, gender, article, apart_from=asker
        )
        if len(persons) == 1:
            only = next(iter(persons.values()))
            since = any(
                spoke <= span.start < stop for span in only.spans
            )  # named since the other spoke
            if last is None or last.name == only.name or (only.gender and since):
                return build_speaker(
                    only, sure if only.full else round(sure * FACTOR_FOR_SINGLE_WORD, 3), "pronoun"
                )
        if last and (other := turned_to(article, list(persons.values()), last, spoke, stop)):
            return build_speaker(other, 0.7, "pronoun")
        if last:
            return weaken_speaker(
                last, 0.95 if last.method == "pronoun" else sure - 0.05, "pronoun"
            )
        if len(persons) > 1:
            return None
    return None


def turned_to(
    article: ArticleContext, persons: Sequence[Person], last: Speaker, spoke: int, end: int
) -> Person | None:
    """The other person with whom the last sentence before `end` begins, since `last` spoke: "Dent hit back. “…,” she said"."""
    starts = [
        at for at in list_sentence_starts(article.text, spoke + 1, end) if not article.quoted(at)
    ]
    named = article.people.within(starts[-1], end) if starts else []
    if (
        len(named) != 1
        or named[0][0].start != starts[-1]
        or article.text[named[0][0].end : named[0][0].end + 1] in ("'", "’")
    ):
        return None
    turns = named[0][1]
    return turns if turns in persons and turns.name != last.name and turns.gender else None


def find_last_unnamed_speaker(
    article: ArticleContext, done: Sequence[ResolvedQuote], start: int, end: int, gender: Gender
) -> tuple[Speaker | None, bool]:
    """The one without a name who spoke last between two offsets, no person being named since, and whether one did who may be
    meant, though it is not clear who that is.

    "An official" is nobody else; "her brother" is only seldom somebody who has a name, nor is "the suspect"; "the spokesman"
    may well be, but hardly one of whom the spokesman has just spoken.
    """
    for other in reversed(done):
        source, speaker = other.quote.source, other.speaker
        if source and start <= source.start < end and other.quote.within is None:
            words = source.of(article.text)
            speaks_of = (
                other.quote.contents
                if find_head_noun(words) in ROLE_NOUNS | GENDER_OF_PRONOUN.keys()
                else ()
            )
            named = [span for span, _ in article.people.within(source.start, end)]
            told_of = [
                span for span in named if any(c.overlaps(span) and c.end <= end for c in speaks_of)
            ]
            if len(told_of) < len(named) or (speaker and speaker.kind != "unnamed"):
                return None, False
            asks = ASKING_VERB.search(
                article.text, other.quote.cue.start, other.quote.cue.end
            ) or PRESS_NOUN.search(words)
            head = (
                find_head_noun(words)
                if speaker is None or speaker.method != "pronoun"
                else find_head_noun(speaker.name)
            )
            if asks or GENDER_OF_NOUN.get(head) not in (gender, None):
                return None, False
            if speaker and (
                INDEFINITE_WORD_AT_START.match(words)
                or KIN_OF_SOMEBODY.match(words)
                or speaker.method == "pronoun"
            ):
                return speaker, False
            return None, head in NOUNS_OF_SELDOM_NAMED or bool(told_of)
    return None, False


def find_head_noun(words: str) -> str:
    """The noun of a source that nobody names: "a spokeswoman for the union" → spokeswoman."""
    before = END_OF_SOURCE_NOUN.split(words, maxsplit=1)[0].split()
    return before[-1].casefold() if before else ""


def list_nearest_paragraphs(article: ArticleContext, at: int) -> Iterator[tuple[int, float]]:
    """The paragraph at `at`, the one before it, and those before that as long as what lies between is quoted words."""
    number = article.line(at)
    for line, sure in zip(range(number, -1, -1), (0.85, 0.75, 0.65, 0.6), strict=False):
        yield line, sure
        if line < number and not article.mostly_quoted(line):
            return


def list_persons_named_between(
    article: ArticleContext, start: int, end: int, gender: Gender, apart_from: Sequence[Span]
) -> list[Person]:
    return [
        person
        for span, person in article.people.within(start, end)
        if person.gender in (gender, None) and not any(c.overlaps(span) for c in apart_from)
    ]


def find_last_person_speaking(
    done: Sequence[ResolvedQuote],
    start: int,
    end: int,
    gender: Gender,
    article: ArticleContext,
    apart_from: str,
) -> tuple[Speaker | None, int]:
    """The last person to speak between two offsets who may be `gender`, and where."""
    for other in reversed(done):
        source = other.quote.source
        if (
            not source
            or not other.speaker
            or other.speaker.kind != "person"
            or not start <= source.start < end
        ):
            continue
        person = article.people.named.get(other.speaker.name)
        if other.speaker.name == apart_from:
            continue
        if person is None or person.gender in (gender, None):
            return other.speaker, source.start
    return None, start


def resolve_it_or_they(
    article: ArticleContext, quote: FoundQuote, done: Sequence[ResolvedQuote], plural: bool
) -> Speaker | None:
    """It or they: the organization, state or group that spoke last in this paragraph, or else the likeliest organization, or
    else who spoke last in the paragraph before.
    """
    assert quote.source
    number = article.line(quote.source.start)
    kinds = ("group", "organization") if plural else ("organization", "state", "document")
    bodies = [
        other
        for other in done
        if other.quote.source and other.speaker and other.speaker.kind in kinds
    ]

    def last(line: int) -> Speaker | None:
        start, end = article.lines[line]
        within = [
            o.speaker for o in bodies if o.quote.source and start <= o.quote.source.start < end
        ]
        return within[-1] if within else None

    if speaker := last(number):
        return weaken_speaker(speaker, 0.75, "pronoun")
    meant = [] if plural else article.bodies_meant(quote.source.start, quote.contents)
    if meant and meant[0][1] >= LIKELY_SHARE:
        name, share = meant[0]
        return Speaker(name, "organization", round(0.85 * share, 3), "pronoun")
    return (
        weaken_speaker(speaker, 0.6, "pronoun")
        if number and (speaker := last(number - 1))
        else None
    )


def is_name_of_possessor(text: str, start: int, name: int) -> bool:
    """Whether the name at `name` only tells whose somebody is: "the widow of PC Ian Cole, who"."""
    found = NOUN_BEFORE_OF_NAME.search(text, max(start, name - REACH_BEFORE_NAME), name)
    return found is not None and found[1].casefold() in KIN_NOUNS | ROLE_NOUNS


def resolve_relative_pronoun(article: ArticleContext, quote: FoundQuote) -> Speaker | None:
    """Who: the person named right before it; in "Lee said critics who …" it is not Lee."""
    assert quote.source
    start, _ = article.lines[article.line(quote.source.start)]
    before = article.people.within(max(start, quote.source.start - 80), quote.source.start)
    meant = article.persons_meant(quote.source.start, quote.contents)
    if not before or not WORDS_BEFORE_RELATIVE.fullmatch(
        article.text, before[-1][0].end, quote.source.start
    ):
        return None
    if is_name_of_possessor(article.text, start, before[-1][0].start):
        return None
    return merge_opinions_of_speaker(build_speaker(before[-1][1], 0.75, "pronoun"), meant)
