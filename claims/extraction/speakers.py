"""Which actor a source refers to: the simplest resolution that is sound, and none where the article does not make it clear."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from claims.extraction.features import paragraphs
from claims.extraction.names import (
    TITLES,
    Entity,
    Gender,
    People,
    Person,
    fullest_organization,
    mended,
    organization_name,
    person_words,
    titles_before,
)
from claims.extraction.places import CAPITALS, DEMONYM_OF, DEMONYMS, SEATS, STATES
from claims.extraction.quotes import Found
from claims.extraction.schema import Span, Speaker
from claims.extraction.words import word_set

PERSONAL: dict[str, Gender] = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
NONE_OF = re.compile(r"(?:neither|either|no|not|nobody|none)\b", re.I)
FIRST = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours"])
RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
NOBODY = word_set(
    """you your one people everyone everybody anyone anybody someone somebody nobody many some others most all both few this
    these those what there something nothing each either neither several according"""
)
DETERMINER = re.compile(
    r"^(?:the|a|an|some|many|several|most|all|other|two|three|four|five|one|another|both|these|those|his|her|its|their|"
    r"our|my)\s+",
    re.I,
)
DEFINITE = re.compile(r"^(?:the|this|that|his|her|its|their|our|my)\s", re.I)
PARTICIPLES = "released|published|conducted|issued|obtained|seen|taken|posted|written|commissioned|based|held|dated"
CORE_ENDS = re.compile(
    r"\s*[,;(\[–—:]|\s+(?:who|that|which|whose|whom|in|at|on|with|from|to|by|about|against|after|before|during|as|speaking|"
    r"quoted|cited|reached|asked|familiar|close|involved|briefed|including|because|when|while|also|" + PARTICIPLES + r")\b"
)
PARTITIVE = re.compile(
    r"^(?:(?:only|about|around|nearly|almost|some|more than|less than|fewer than|up to|at least|over|just|as many as|the|a|an|"
    r"relatively|vast|large|great|small|growing)\s+)*(?:[\d.,]+|[a-z]+(?:-[a-z]+)?)?\s*(?:percent|per cent|%|majority|minority|"
    r"half|third|quarter|most|many|number|dozens|hundreds|thousands|millions|scores|series|couple|group|handful)\s+of\s+",
    re.I,
)
CLAUSE = re.compile(r"\s*[,;(]|\s(?:who|that|which|" + PARTICIPLES + r")\s")
OF = re.compile(r"\s+(?:of|for)\s+")
APPOSITION = re.compile(r",\s+(?:(?:who is|now|then)\s+)?((?:a|an|the|its|his|her|their)\s[^,.;:\n\"“”]{3,90})(?=[,.;]|$)")
DOCUMENTS = word_set(
    """report poll survey study analysis statement memo letter book article story document paper transcript email e-mail
    editorial column headline ad advertisement release bulletin filing lawsuit complaint indictment affidavit ruling
    tweet post website site data figures statistics numbers results findings information record records log diary blog budget
    index chart graph research evidence polling census dossier communique resolution dispatch"""
)
BODIES = word_set(
    """ministry department government committee party agency campaign administration court police council company university
    institute commission parliament senate congress army military navy force office team union association bank board
    bureau embassy foundation group organization organisation network newspaper magazine paper outlet station channel
    cabinet regime authority authorities service services watchdog charity firm union federation society church league
    club institution house assembly coalition alliance delegation mission secretariat tribunal treasury junta daily
    times post press"""
)
SPOKEN_FOR = word_set(
    """spokesman spokeswoman spokesperson official aide adviser advisor source insider staffer lawyer attorney representative
    strategist consultant operative analyst diplomat lawmaker officer expert economist professor critic resident
    witness voter reporter journalist negotiator surrogate ally supporter manager executive"""
)
AFTER_NAME = re.compile(
    r"\s*(?:$|[,;:(\[.–—\"”-]|(?:and|or|who|whose|of|in|at|on|from|with|to|himself|herself|also|later|then|told|says?|said|"
    r"again|both|now|too|as|the)\b)"
)
JOINT = re.compile(r"(?:,|,?\s+(?:and|&))\s+(?:(?:the|a|an|his|her|their|its)\s(?:[\w-]+\s){0,3}[\w-]+,?\s+|((?:[\w.]+\s+)*))")
PREPOSITION = re.compile(r"\b(?:for|of|to|by|with|from|at|about|against|near|behind|on|than|in|under)\s+([^,]*)$")
STATE_BODY = re.compile(
    r"(?P<state>[A-Z][\w. ]*?)(?:['’]s?)?\s+(?P<rest>(?:[a-zA-Z-]+\s)*"
    r"(?:ministry|army|navy|parliament|government|military|police|embassy|treasury|cabinet))$",
    re.I,
)


RECENT = 60  # quotes that a pronoun may look back over


class Resolved(NamedTuple):
    quote: Found
    speaker: Speaker | None


class Article:
    """What resolution looks at: the text, its paragraphs, the entities in it and who is who among the persons."""

    def __init__(self, text: str, entities: Sequence[Entity]):
        self.text, self.entities = text, mended(entities, text)
        self.people = People(text, self.entities)
        self.lines = list(paragraphs(text))
        self._line_starts = [start for start, _ in self.lines]
        self._entity_starts = [entity.span.start for entity in self.entities]
        self.roles: defaultdict[str, dict[str, Person]] = defaultdict(dict)  # "minister" to whom the article calls so
        for span, person in self.people.within(0, len(text)):
            self.call(person, titles_before(text, span) | roles_after(text, span))

    def call(self, person: Person, roles: Iterable[str]) -> None:
        for role in roles if person.full else ():
            self.roles[role][person.name] = person

    def line(self, at: int) -> int:
        """The number of the paragraph that holds character `at`."""
        return max(bisect_right(self._line_starts, at) - 1, 0)

    def entities_in(self, span: Span) -> Sequence[Entity]:
        """Those that share a character with the span."""
        first = max(bisect_right(self._entity_starts, span.start) - 1, 0)
        some = self.entities[first : bisect_left(self._entity_starts, span.end)]
        return [entity for entity in some if entity.span.overlaps(span)]

    @cache  # noqa: B019 (an article is short-lived)
    def full_name(self, organization: str) -> str:
        return fullest_organization(organization, self.text, self.entities)


def resolve(article: Article, quotes: Sequence[Found]) -> list[Resolved]:
    """A speaker, or none, for each quote, in the order of the text; later ones may lean on earlier ones."""
    done: list[Resolved] = []
    for quote in sorted(quotes, key=lambda q: (q.source or q.cue).start):
        speaker = speaker_of(article, quote, done[-RECENT:]) if quote.source else None
        done.append(Resolved(quote, speaker))
        if quote.source and speaker and speaker.method in ("name", "fuller name"):
            for span, person in article.people.within(quote.source.start, quote.source.end):
                article.call(person, role_heads(article.text[quote.source.start : span.start]))
    return done


def speaker_of(article: Article, quote: Found, done: Sequence[Resolved]) -> Speaker | None:
    assert quote.source
    words = quote.source.of(article.text)
    plain = re.sub(r"['’](?:s|d|ll|ve|re|m)?$", "", words.strip()).casefold()
    if plain in FIRST:
        return first_person(quote, done)
    if plain in PERSONAL:
        return pronoun(article, quote, done, PERSONAL[plain])
    if plain in ("it", "they", "them", "their", "its"):
        return earlier_body(article, quote, done, plural=plain[0] == "t")
    if plain in RELATIVE:
        return relative(article, quote)
    if plain in NOBODY or NONE_OF.match(words):
        return None
    if plain not in article.people.family_names and (state := place(words)):
        return state
    if mention := head_person(article, quote.source):
        return together(article, quote.source, mention) or bearer(article, mention)
    if person := article.people.by_surname(re.sub(r"['’]s?$", "", words.strip())):
        return as_speaker(person, 0.9, fuller=True, mention=words.strip())
    return described(article, quote.source)


# Names


def head_person(article: Article, source: Span) -> Span | None:
    """The person's name that is the head of the source: not "Trump's lawyer", not "a spokesman for Trump"."""
    text = article.text
    persons = [entity for entity in article.entities_in(source) if entity.kind == "PER"]
    for entity in sorted(persons, key=lambda e: len(person_words(e.span.of(text))) == 1):  # "a third Lee, Ann Lee": the fuller
        after = text[entity.span.end : source.end]
        before = text[source.start : max(entity.span.start, source.start)]
        if re.match(r"['’]", after) and not re.fullmatch(r"['’]s?", after.strip()):
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
    return as_speaker(found.person, 0.55 if found.unclear else 0.95, fuller=fuller, mention=words)


def together(article: Article, source: Span, first: Span) -> Speaker | None:
    """Several persons who say the same: "Ann Lee and Mr Diaz" are a group under their names."""
    text, at, named = article.text, first.end, [first]
    for entity in article.entities_in(source):
        if entity.kind == "PER" and at <= entity.span.start and entity.span.end <= source.end:
            between = text[at : entity.span.start]
            joint = JOINT.fullmatch(between)
            if not joint or any(word.islower() and word not in TITLES for word in re.findall(r"\w+", joint[1] or "")):
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


def object_of_preposition(before: str) -> bool:
    """Whether a name after these words belongs to a preposition: "aide to President …", but not "Secretary of State …"."""
    found = PREPOSITION.search(before)
    between = re.findall(r"[\w-]+", found[1]) if found else []
    return found is not None and (not between or between[-1].casefold() in TITLES or between[-1].islower())


def as_speaker(person: Person, confidence: float, method: str = "", fuller: bool = False, mention: str = "") -> Speaker:
    kept = confidence if person.full else min(confidence, 0.8)
    return Speaker(person.name, "person", kept, method or ("fuller name" if fuller else "name"), person.full, mention)


def place(words: str) -> Speaker | None:
    """A state, its capital, or a seat that stands for who sits there, where the source is nothing else."""
    name = organization_name(words)
    key = name.casefold()
    if key in SEATS:
        method = "name" if SEATS[key].casefold() == key else "metonym"
        return Speaker(SEATS[key], "organization", 0.95, method, mention=name)
    if key in STATES:
        return Speaker(STATES[key], "state", 0.95, "name", mention=name)
    return Speaker(CAPITALS[key], "state", 0.85, "metonym", mention=name) if key in CAPITALS else None


# Pronouns


def first_person(quote: Found, done: Sequence[Resolved]) -> Speaker | None:
    """Whoever says the words in which "I" or "we" stands."""
    assert quote.source
    for other in done:
        if other.speaker and any(c.start <= quote.source.start and quote.source.end <= c.end for c in other.quote.contents):
            return weaker(other.speaker, 0.8, "pronoun")
    return None


def pronoun(article: Article, quote: Found, done: Sequence[Resolved], gender: Gender) -> Speaker | None:
    """Whom "he" or "she" means; from then on the article's person is that, since nobody is both."""
    speaker = he_or_she(article, quote, done, gender)
    if speaker and (person := article.people.named.get(speaker.name)):
        person.pronoun = person.pronoun or gender
    return speaker


def he_or_she(article: Article, quote: Found, done: Sequence[Resolved], gender: Gender) -> Speaker | None:
    """The only person it can be in this paragraph or the one before, or else whoever spoke there last."""
    assert quote.source
    at = quote.source.start
    number = article.line(at)
    for line, sure in ((number, 0.85), (number - 1, 0.75)):
        if line < 0:
            return None
        start, end = article.lines[line]
        stop = min(end, at)
        around = [
            (span, p)
            for span, p in article.people.within(start, stop)
            if p.gender in (gender, None) and not any(c.overlaps(span) for c in quote.contents)
        ]
        last = last_person(done, start, stop, gender, article)
        persons = {p.name: p for _, p in around}
        if len(persons) == 1:
            only = next(iter(persons.values()))
            if last is None or last.name == only.name or only.gender:
                return as_speaker(only, sure, "pronoun")
        if last:
            return weaker(last, 0.95 if last.method == "pronoun" else sure - 0.05, "pronoun")
        if len(persons) > 1:
            return None
    return None


def last_person(done: Sequence[Resolved], start: int, end: int, gender: Gender, article: Article) -> Speaker | None:
    """The last person to speak between two offsets who may be `gender`."""
    for other in reversed(done):
        source = other.quote.source
        if not source or not other.speaker or other.speaker.kind != "person" or not start <= source.start < end:
            continue
        person = article.people.named.get(other.speaker.name)
        if person is None or person.gender in (gender, None):
            return other.speaker
    return None


def weaker(speaker: Speaker, factor: float, method: str) -> Speaker:
    return Speaker(speaker.name, speaker.kind, round(speaker.confidence * factor, 3), method, speaker.alone)


def earlier_body(article: Article, quote: Found, done: Sequence[Resolved], plural: bool) -> Speaker | None:
    """It or they: the organization, state or group that spoke last in this paragraph."""
    assert quote.source
    start, _ = article.lines[article.line(quote.source.start)]
    kinds = ("group", "organization") if plural else ("organization", "state", "document")
    for other in reversed(done):
        source = other.quote.source
        if source and source.start >= start and other.speaker and other.speaker.kind in kinds:
            return weaker(other.speaker, 0.75, "pronoun")
    return None


def relative(article: Article, quote: Found) -> Speaker | None:
    """Who: the person named last before it in its paragraph, within a clause."""
    assert quote.source
    start, _ = article.lines[article.line(quote.source.start)]
    before = article.people.within(max(start, quote.source.start - 80), quote.source.start)
    return as_speaker(before[-1][1], 0.75, "pronoun") if before else None


# Descriptions


def described(article: Article, source: Span) -> Speaker | None:
    words = re.sub(r"\s+", " ", source.of(article.text)).strip(" \"'“”‘’")
    words = PARTITIVE.sub("", words)
    core = CORE_ENDS.split(words, maxsplit=1)[0].strip() or words
    bare = organization_name(DETERMINER.sub("", core))
    nouns = re.findall(r"[\w'’-]+", OF.split(bare, maxsplit=1)[0])
    if not nouns or all(word.casefold() in NOBODY | {"the"} for word in nouns):
        return None
    head = nouns[-1].casefold()
    others = (e for e in article.entities_in(source) if e.kind != "PER")
    entity = next((e for e in others if ends_at_head(article.text, e, bare)), None)
    if head in DOCUMENTS:
        bare = organization_name(DETERMINER.sub("", CLAUSE.split(words, maxsplit=1)[0]))
        return Speaker(bare, "document", 0.75, "description", named(bare))
    if entity and entity.kind in ("ORG", "LOC"):
        name = organization_name(entity.span.of(article.text))
        return place(name) or named_body(article, name, entity.kind)
    if head in BODIES:
        return Speaker(body_name(bare), "organization", 0.8 if named(bare) else 0.6, "description", named(bare))
    if plural(head) or head in ("police", "media", "press", "public"):
        group = first_upper(bare, article, source)
        return Speaker(group, "group", 0.8, "description", named(group))
    if DEFINITE.match(words) or ([head] == bare.casefold().split() and head in TITLES):
        return bearer_of_role(article, head)
    if head in SPOKEN_FOR or re.match(r"(?:an?|one|another)\s", words, re.I) or re.search(r"['’]s?\s", core):
        return Speaker(bare, "unnamed", 0.6, "description", alone=False)
    if nouns[-1][:1].isupper():
        return Speaker(bare, "organization", 0.5, "name")
    return None


def named(description: str) -> bool:
    """Whether a description holds a name, and so means the same in any article: "Russian officials", not "officials"."""
    return any(word[:1].isupper() for word in description.split())


def ends_at_head(text: str, entity: Entity, bare: str) -> bool:
    """Whether the entity is what the source names, not an adjective of it: "the State Department", not "Russian officials"."""
    name = organization_name(entity.span.of(text))
    if bare == name or name.startswith(f"{bare} "):
        return True
    return bool(re.match(re.escape(name) + r"(?:$|\s+(?:of|for)\b|\s*\()", bare))


def named_body(article: Article, name: str, kind: str) -> Speaker:
    if kind == "LOC":
        return Speaker(name, "state", 0.7, "name", mention=name)
    full = article.full_name(name)
    return Speaker(full, "organization", 0.9, "name" if full == name else "fuller name", mention=name)


def body_name(bare: str) -> str:
    """ "Russia's foreign ministry" and "the Russian Foreign Ministry" are one: the demonym and the body in capitals."""
    match = STATE_BODY.match(bare)
    if not match:
        return bare
    key = match["state"].casefold()
    state = STATES.get(key) or DEMONYMS.get(key)
    if not state:
        return bare
    rest = match["rest"]
    proper = rest.title() if rest.casefold().endswith("ministry") else rest
    return f"{DEMONYM_OF[state]} {proper}"


def plural(noun: str) -> bool:
    return noun in ("people", "men", "women", "children", "police") or bool(re.search(r"(?<![su'’])s$", noun))


def first_upper(bare: str, article: Article, source: Span) -> str:
    """A group at the head of a sentence is written as within one: "Critics" → "critics", but "Russian officials"."""
    first = bare.split()[0]
    named = any(e.span.overlaps(Span(source.start, source.start + 1)) for e in article.entities)
    proper = named or first.casefold() in DEMONYMS or not first[1:].islower()
    return bare if proper or (" " not in bare and f" {bare}" in article.text) else first.lower() + bare[len(first) :]


def bearer_of_role(article: Article, head: str) -> Speaker | None:
    """The president, the architect: the one person to whom the article gives that title or role."""
    bearers = list(article.roles[head].values())
    return as_speaker(bearers[0], 0.7, "description") if len(bearers) == 1 else None


def roles_after(text: str, name: Span) -> set[str]:
    """What an apposition calls a person: "Ana Bell, the city's engineer and a poet, …" → engineer, poet."""
    found = APPOSITION.match(text, name.end, name.end + 120)
    return role_heads(found[1]) if found else set()


def role_heads(phrase: str) -> set[str]:
    """The last word of each role, before what it is of: "Minister of State and party leader" → minister, leader."""
    cores = (CORE_ENDS.split(OF.split(part, maxsplit=1)[0], maxsplit=1)[0] for part in re.split(r",|\band\b", phrase))
    return {words[-1].casefold() for core in cores if (words := re.findall(r"[\w'’-]{3,}", core))}
