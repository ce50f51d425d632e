"""Whom a description means: a document, a body, a group, an unnamed person, or somebody whom the article has named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.lexicon.bodies import (
    BODY_NOUNS,
    DOCUMENT_NOUNS,
    RARER_ROLES_IN_LETTERS,
    ROLES_IN_LETTERS,
    WORDS_FOR_NOBODY,
)
from claims.extraction.lexicon.given_names import GENDER_OF_NOUN
from claims.extraction.lexicon.persons import PERSON_TITLES, ROLE_NOUNS
from claims.extraction.lexicon.places import (
    DEMONYM_OF_STATE,
    INSTITUTION_OF_SEAT,
    NATIONAL_NOUNS,
    STATE_OF_CAPITAL,
    STATE_OF_DEMONYM,
    STATE_OF_NAME,
)
from claims.extraction.lexicon.words import word_set
from claims.extraction.quotes.finding import FoundQuote
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.article import (
    END_OF_CORE,
    OF_OR_FOR,
    PARTICIPLES_AFTER_NOUN,
    ArticleContext,
    build_speaker,
)
from claims.extraction.speakers.descriptors import find_unnamed_by_knowledge, find_unnamed_by_noun
from claims.extraction.speakers.people import (
    Entity,
    Person,
    list_words_of_person,
    strip_article_and_possessive,
)
from claims.extraction.speakers.pronouns import LIKELY_SHARE

DETERMINER_AT_START = re.compile(
    r"^(?:the|a|an|some|many|several|most|all|other|two|three|four|five|one|another|both|these|those|his|her|its|their|"
    r"our|my)\s+",
    re.I,
)
DEFINITE_WORD_AT_START = re.compile(r"^(?:the|this|that|his|her|its|their|our|my)\s", re.I)
PARTITIVE_AT_START = re.compile(
    r"^(?:(?:only|about|around|nearly|almost|some|more than|less than|fewer than|up to|at least|over|just|as many as|the|a|an|"
    r"relatively|vast|large|great|small|growing)\s++)*(?:[\d.,]+|[a-z]+(?:-[a-z]+)?)?\s*(?:percent|per cent|%|majority|"
    r"minority|half|third|quarter|most|many|number|dozens|hundreds|thousands|millions|scores|series|couple|group|handful)\s+of\s+",
    re.I,
)
START_OF_CLAUSE = re.compile(
    r"(?<!\s)\s*[,;(–—]|\s-\s|\s(?:who|that|which|" + PARTICIPLES_AFTER_NOUN + r")\b"
)
APPOSITION_AFTER_NAME = re.compile(r",[^,.;:\n]{1,80}")
WEBSITE_NAME = re.compile(
    r"[A-Za-z0-9-]+(?:\.[a-z]{2,3})?\.(?:com|org|net|info|co|io|tv|gov|uk)(?:\.[a-z]{2})?"
)
WEBSITE_NOUN_BEFORE_NAME = re.compile(r"\A(?:[a-z]+\s){0,2}(?:web)?(?:site|portal)\s")
DESCRIPTION_BY_AGE = re.compile(
    r"the\s(?:[\w-]+\s)?(?:(?P<age>\d{1,3})-year-old|(?P<parent>mum|mom|mother|dad|father|grandmother|grandfather|gran|grandad)-of-\w+)"
    r"\b(?!['’])",
    re.I,
)
REACH_BACK_FOR_AGE = 20_000  # characters: no book is read through for each
ONE_OF_SEVERAL = re.compile(r"(?:one|another)\sof\s", re.I)
YEARS_AT_END = re.compile(r"(?:\s(?:19|20)\d\d(?:[-–/]\d{1,4})?){1,3}$")
CAPITALIZED_WORDS_OF_NO_NAME = PERSON_TITLES | NATIONAL_NOUNS  # though written with a capital
OFFICIAL = word_set(
    """ministry department commission committee federation council assembly authority directorate court administration senate
    secretariat inspectorate tribunal agency board bureau"""
)
AND_BETWEEN_SOURCES = re.compile(r"(?:,|(?<!\s))\s+(?:and|&)\s+")
ARTICLE_AFTER_AND = re.compile(r"(?:the|an?)\s", re.I)
TIME_IN_DESCRIPTION = re.compile(
    r"\s(?:last|this|earlier this|late last)\s(?:week|month|year|summer|autumn|fall|winter|spring|night|morning|evening)\b"
    r"|\s(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\s(?:yesterday|today|recently)\b"
)
SPOKESPERSON_FOR = re.compile(
    r"(?:an?|the|one|another)?\s*(?P<role>(?:[a-z-]+\s){0,2}(?:spokes(?:man|woman|person)|aide|advis[eo]r|lawyer|attorney|official))"
    r"\s+(?:for|of|to|at|with|from|in)\s+(?P<whom>[^,;()]+?)(?=$|[,;(]|\s(?:who|that|which)\b)",
    re.I,
)
BODY_BESIDE_ITS_NAME = re.compile(
    r"(?:the|an?)\s(?P<body>[a-z][a-z -]*),\s(?P<name>(?:the\s)?[A-Z][\w&.'’-]*(?:\s[A-Z&][\w&.'’-]*){0,4}),?",
    re.I,
)
PersonShares = Sequence[tuple[Person, float]]
LEAST_SHARE_OF_NAME = 0.2  # the share below which no name is taken, however few there are
BODY_OF_STATE = re.compile(
    r"(?P<state>[A-Z][\w. ]{0,50}?)(?:['’]s?)?\s+(?P<rest>(?:[a-zA-Z-]+\s)*"
    r"(?:ministry|army|navy|parliament|government|military|police|embassy|treasury|cabinet))$",
    re.I,
)


def find_state_or_seat(words: str) -> Speaker | None:
    """A state, its capital, or a seat that stands for who sits there, where the source is nothing else."""
    name = strip_article_and_possessive(words)
    key = name.casefold()
    if key in INSTITUTION_OF_SEAT:
        method = "name" if INSTITUTION_OF_SEAT[key].casefold() == key else "metonym"
        return Speaker(INSTITUTION_OF_SEAT[key], "organization", 0.95, method, mention=name)
    if key in STATE_OF_NAME:
        return Speaker(STATE_OF_NAME[key], "state", 0.95, "name", mention=name)
    return (
        Speaker(STATE_OF_CAPITAL[key], "state", 0.85, "metonym", mention=name)
        if key in STATE_OF_CAPITAL
        else None
    )


def find_states_together(words: str) -> Speaker | None:
    """Several states that say the same: "Japan and Ireland" are a group under their names."""
    found = [
        find_state_or_seat(part) for part in re.split(r",\s+and\s+|,\s+|(?<!\s)\s+and\s+", words)
    ]
    names = [each.name for each in found if each]
    if len(names) < 2 or len(names) < len(found):
        return None
    return Speaker(f"{', '.join(names[:-1])} and {names[-1]}", "group", 0.85, "name", plural=True)


def resolve_description(article: ArticleContext, quote: FoundQuote) -> Speaker | None:
    assert quote.source
    source = quote.source
    words = re.sub(r"\s+", " ", source.of(article.text)).strip(" \"'“”‘’")
    words = TIME_IN_DESCRIPTION.sub("", PARTITIVE_AT_START.sub("", words))
    core = END_OF_CORE.split(words, maxsplit=1)[0].strip() or words
    bare = strip_article_and_possessive(DETERMINER_AT_START.sub("", core))
    if found := find_unnamed_by_knowledge(words):
        return found
    if ONE_OF_SEVERAL.match(words):
        plain = START_OF_CLAUSE.split(words, maxsplit=1)[0]
        return Speaker(plain[0].lower() + plain[1:], "unnamed", 0.6, "description", alone=False)
    if (called := DESCRIPTION_BY_AGE.match(words)) and (
        so_aged := find_person_by_age(article, source, called)
    ):
        return so_aged
    nouns = re.findall(r"[\w'’-]+", OF_OR_FOR.split(YEARS_AT_END.sub("", bare), maxsplit=1)[0])
    if not nouns or all(word.casefold() in WORDS_FOR_NOBODY | {"the"} for word in nouns):
        return None
    head = nouns[-1].casefold()
    if head in DOCUMENT_NOUNS:
        bare = strip_article_and_possessive(
            DETERMINER_AT_START.sub("", START_OF_CLAUSE.split(words, maxsplit=1)[0])
        )
        return Speaker(bare, "document", 0.75, "description", has_capitalized_name(bare))
    if (
        len(nouns) == 1
        and nouns[0].isupper()
        and (head in ROLES_IN_LETTERS or is_role_in_letters(article, head))
    ):
        return Speaker(bare, "unnamed", 0.5, "description", alone=False)
    if body := find_body_named_in_source(article, source, words, bare):
        return body
    if site := WEBSITE_NAME.fullmatch(WEBSITE_NOUN_BEFORE_NAME.sub("", bare)):
        return Speaker(site[0], "organization", 0.8, "name", mention=site[0])
    if is_joint_source(article, source):
        return Speaker(
            strip_article_and_possessive(START_OF_CLAUSE.split(words, maxsplit=1)[0]),
            "group",
            0.75,
            "description",
            plural=True,
        )
    at = source.start + max(source.of(article.text).find(nouns[-1]), 0)
    if head in BODY_NOUNS:
        definite = DEFINITE_WORD_AT_START.match(words) and not has_capitalized_name(bare)
        known = body_of_kind(article, bare, at) if definite else None
        return known or Speaker(
            format_body_name(bare),
            "organization",
            0.8 if has_capitalized_name(bare) else 0.6,
            "description",
            has_capitalized_name(bare),
        )
    if is_plural_noun(head) or head in ("police", "media", "press", "public"):
        group = format_group_name(bare, article, source)
        return Speaker(group, "group", 0.8, "description", has_capitalized_name(group), plural=True)
    if nouns[-1].isupper() and len(nouns) == 1 and len(head) > 1:
        return replace(build_named_body(article, bare, "ORG"), confidence=0.8)
    if DEFINITE_WORD_AT_START.match(words) or (
        [head] == bare.casefold().split() and head in PERSON_TITLES
    ):
        meant = article.persons_meant(at, [source, *quote.contents])
        known = find_bearer_of_role(article, head, bare.removeprefix(nouns[-1]), meant)
        somebody = bool(article.roles[head]) or any(
            share >= LEAST_SHARE_OF_NAME for _, share in meant
        )  # only unclear which
        if known or somebody:
            return known
        return find_unnamed_by_noun(bare, head) or (
            Speaker(bare, "organization", 0.5, "name") if is_proper_noun(nouns[-1]) else None
        )
    if (
        head in ROLE_NOUNS
        or re.match(r"(?:an?|one|another)\s", words, re.I)
        or re.search(r"['’]s?\s", core)
    ):
        plain = bare.lower() if bare.isupper() else bare
        return Speaker(
            format_spokesperson(words) or plain, "unnamed", 0.6, "description", alone=False
        )
    if person := article.people.named.get(" ".join(list_words_of_person(bare))):
        return build_speaker(person, 0.9, mention=bare)
    return Speaker(bare, "organization", 0.5, "name") if is_proper_noun(nouns[-1]) else None


def find_person_by_age(
    article: ArticleContext, source: Span, called: re.Match[str]
) -> Speaker | None:
    """The 41-year-old, the mum-of-two: whoever is named with that age, or else the only person named so far."""
    named = article.people.within(max(source.start - REACH_BACK_FOR_AGE, 0), source.start)
    with_age = {
        p.name: p
        for span, p in named
        if called["age"] and article.text.startswith(f", {called['age']}", span.end)
    }
    persons = with_age or {p.name: p for _, p in named}
    gender = GENDER_OF_NOUN.get((called["parent"] or "").casefold())
    if len(persons) != 1:
        return None
    (only,) = persons.values()
    return (
        None
        if gender and only.gender not in (gender, None)
        else build_speaker(only, 0.85 if with_age else 0.7, "description")
    )


def is_proper_noun(noun: str) -> bool:
    return noun[:1].isupper() and noun.casefold() not in CAPITALIZED_WORDS_OF_NO_NAME


def is_joint_source(article: ArticleContext, source: Span) -> bool:
    """Whether several say the same: "the Harbour Board and the union", but not "the head of the board and the union"."""
    text, within = article.text, article.entities_in(source)
    starts = {entity.span.start for entity in within if entity.kind == "ORG"}
    for match in AND_BETWEEN_SOURCES.finditer(text, source.start, source.end):
        before = text[source.start : match.start()]
        whole = any(e.span.start < match.start() and match.end() < e.span.end for e in within)
        if not whole and (match.end() in starts or ARTICLE_AFTER_AND.match(text, match.end())):
            return (
                not START_OF_CLAUSE.search(before)
                and not END_OF_CORE.search(before)
                and not OF_OR_FOR.search(before)
            )
    return False


def find_body_named_in_source(
    article: ArticleContext, source: Span, words: str, bare: str
) -> Speaker | None:
    """The organization or place that the source names: as its head, or beside a description ("the company, Norvent")."""
    beside = BODY_BESIDE_ITS_NAME.fullmatch(words)
    if beside and beside["body"].split()[-1].casefold() in BODY_NOUNS:
        return find_state_or_seat(beside["name"]) or build_named_body(
            article, strip_article_and_possessive(beside["name"]), "ORG"
        )
    for entity in article.entities_in(source):
        if entity.kind in ("ORG", "LOC") and is_entity_at_head(article.text, entity, bare):
            name = strip_article_and_possessive(entity.span.of(article.text))
            fuller = (
                body_of_kind(article, name, source.start) if name.casefold() in BODY_NOUNS else None
            )  # "the Federation"
            return (
                find_state_or_seat(name) or fuller or build_named_body(article, name, entity.kind)
            )
    return None


def body_of_kind(article: ArticleContext, bare: str, at: int) -> Speaker | None:
    """The ministry, the health ministry: the one body so called that the article has named, the Ministry of Health.

    Not the company, the party or the bank, whose names seldom say what they are.
    """
    words = bare.casefold().split()
    if words[-1] not in OFFICIAL:
        return None
    called = [
        name
        for start, name in article.bodies[words[-1]]
        if start < at
        and set(words) <= set(name.casefold().split())
        and len(name.split()) > len(words)
    ]
    return Speaker(called[0], "organization", 0.75, "description") if len(called) == 1 else None


def is_role_in_letters(article: ArticleContext, letters: str) -> bool:
    """Whether letters that may be a body's as well are those of a role which the article has in words."""
    return letters in PERSON_TITLES or (
        letters in RARER_ROLES_IN_LETTERS and article.has(RARER_ROLES_IN_LETTERS[letters])
    )


def format_spokesperson(words: str) -> str:
    """ "A spokesman for the Clinton campaign" in its plain form, Clinton campaign spokesman; "" where no name is given."""
    match = SPOKESPERSON_FOR.match(words)
    return (
        f"{strip_article_and_possessive(match['whom'])} {match['role']}"
        if match and has_capitalized_name(match["whom"])
        else ""
    )


def has_capitalized_name(description: str) -> bool:
    """Whether a description holds a name, and so means the same in any article: "Russian officials", not "officials"."""
    return any(word[:1].isupper() for word in description.split())


def is_entity_at_head(text: str, entity: Entity, bare: str) -> bool:
    """Whether the entity is what the source names, not an adjective of it: "the State Department", not "Russian officials"."""
    name = strip_article_and_possessive(entity.span.of(text))
    if bare == name or name.startswith(f"{bare} "):
        return True
    return bool(re.match(re.escape(name) + r"(?:$|\s+(?:of|for)\b|\s*\()", bare))


def build_named_body(article: ArticleContext, name: str, kind: str) -> Speaker:
    if (
        kind == "LOC"
        and name.endswith("s")
        and (name[:-1].casefold() in STATE_OF_DEMONYM or name.endswith("landers"))
    ):
        return Speaker(name, "group", 0.8, "description", has_capitalized_name(name), plural=True)
    if kind == "LOC" and name.casefold() in NATIONAL_NOUNS:  # "the Austrian"
        return Speaker(name, "unnamed", 0.5, "description", alone=False)
    if kind == "LOC":
        return Speaker(name, "state", 0.7, "name", mention=name)
    full = article.full_name(name)
    return Speaker(
        full, "organization", 0.9, "name" if full == name else "fuller name", mention=name
    )


def format_body_name(bare: str) -> str:
    """ "Russia's foreign ministry" and "the Russian Foreign Ministry" are one: the demonym and the body in capitals."""
    match = BODY_OF_STATE.match(bare)
    if not match:
        return bare
    key = match["state"].casefold()
    state = STATE_OF_NAME.get(key) or STATE_OF_DEMONYM.get(key)
    if not state:
        return bare
    rest = match["rest"]
    proper = rest.title() if rest.casefold().endswith("ministry") else rest
    return f"{DEMONYM_OF_STATE[state]} {proper}"


def is_plural_noun(noun: str) -> bool:
    return noun in ("people", "men", "women", "children", "police") or bool(
        re.search(r"(?<![su'’])s$", noun)
    )


def format_group_name(bare: str, article: ArticleContext, source: Span) -> str:
    """A group at the head of a sentence is written as within one: "Critics" → "critics", but "Russian officials"."""
    first = bare.split()[0]
    named = bool(article.entities_in(Span(source.start, source.start + 1)))
    next_too = (
        bare.split()[1:2] != [] and bare.split()[1][0].isupper()
    )  # "World Bank and other lenders"
    proper = named or next_too or first.casefold() in STATE_OF_DEMONYM or not first[1:].islower()
    return (
        bare
        if proper or (" " not in bare and f" {bare}" in article.text)
        else first.lower() + bare[len(first) :]
    )


def find_bearer_of_role(
    article: ArticleContext, head: str, bare: str, meant: PersonShares
) -> Speaker | None:
    """The president, the architect: the one person to whom the article gives that title or role, or of several the likely one.

    "The Irish prime minister" is nobody whom the article has not called Irish.
    """
    words = [
        word
        for word in re.findall(r"[\w.]+", bare)
        if word[0].isupper() or (word in PERSON_TITLES and word != head)
    ]
    bearers = [
        person
        for person in article.roles[head].values()
        if all(is_person_called(article, person, word) for word in words)
    ]
    if len(bearers) == 1:
        sure = bearers[0].full and (head, bearers[0].name) not in article.loose
        return build_speaker(bearers[0], 0.7 if sure else 0.6, "description")
    shares = {person.name: share for person, share in meant if person in bearers}
    name = max(shares, key=lambda name: shares[name], default="")
    if (
        not name
        or shares[name] < LIKELY_SHARE * sum(shares.values())
        or shares[name] < LEAST_SHARE_OF_NAME
    ):
        return None
    return build_speaker(article.people.named[name], 0.6, "description")


def is_person_called(article: ArticleContext, person: Person, word: str) -> bool:
    """Whether the words right before some mention of a person have this one, or the state that it is the adjective of."""
    if (title := word.casefold()) in PERSON_TITLES:  # before the name, or in an apposition
        after = (APPOSITION_AFTER_NAME.match(article.text, span.end) for span in person.spans)
        return title in person.titles or any(
            words and title in words[0].casefold().split() for words in after
        )
    states = {word.casefold(), STATE_OF_DEMONYM.get(word.casefold(), word).casefold()}
    before = (article.text[max(span.start - 80, 0) : span.end].casefold() for span in person.spans)
    return any(state in words for words in before for state in states)
