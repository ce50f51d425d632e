"""Whom a description means: a document, a body, a group, an unnamed person, or somebody whom the article has named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from claims.extraction.lexicon.given_names import CALLED
from claims.extraction.lexicon.places import CAPITALS, DEMONYM_OF, DEMONYMS, NATIONALS, SEATS, STATES
from claims.extraction.lexicon.words import word_set
from claims.extraction.quotes.finding import Found
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.article import CORE_ENDS, OF, PARTICIPLES, Article, as_speaker
from claims.extraction.speakers.descriptors import as_called, told_apart
from claims.extraction.speakers.people import SPOKEN_FOR, TITLES, Entity, Person, organization_name, person_words
from claims.extraction.speakers.pronouns import LIKELY

NOBODY = word_set(
    """q a you your one people everyone everybody anyone anybody someone somebody nobody many some others most all both few this
    these those what there something nothing each either neither several according former latter
    majesty highness excellency holiness another second third"""
)
DETERMINER = re.compile(
    r"^(?:the|a|an|some|many|several|most|all|other|two|three|four|five|one|another|both|these|those|his|her|its|their|"
    r"our|my)\s+",
    re.I,
)
DEFINITE = re.compile(r"^(?:the|this|that|his|her|its|their|our|my)\s", re.I)
PARTITIVE = re.compile(
    r"^(?:(?:only|about|around|nearly|almost|some|more than|less than|fewer than|up to|at least|over|just|as many as|the|a|an|"
    r"relatively|vast|large|great|small|growing)\s++)*(?:[\d.,]+|[a-z]+(?:-[a-z]+)?)?\s*(?:percent|per cent|%|majority|"
    r"minority|half|third|quarter|most|many|number|dozens|hundreds|thousands|millions|scores|series|couple|group|handful)\s+of\s+",
    re.I,
)
CLAUSE = re.compile(r"(?<!\s)\s*[,;(–—]|\s-\s|\s(?:who|that|which|" + PARTICIPLES + r")\b")
DOCUMENTS = word_set(
    """report poll survey study inquiry investigation review audit analysis statement memo letter book article story
    document paper transcript email e-mail
    editorial column headline ad advertisement release bulletin filing lawsuit complaint indictment affidavit ruling
    tweet post website site data figures statistics numbers results findings information record records log diary blog budget
    index chart graph research evidence polling census dossier communique resolution dispatch video clip film movie documentary
    footage recording tape piece program programme episode account law act bill constitution treaty accord agreement deal rule
    policy motion average poster caption convention estimate estimates forecast forecasts projection projections calculation
    calculations tally circular gazette"""
)
BODIES = word_set(
    """ministry department government committee party agency campaign administration court police council company university
    institute commission parliament senate congress army military navy force office team union association bank board
    bureau embassy foundation group organization organisation network newspaper magazine paper outlet station channel
    cabinet regime authority authorities service services watchdog charity firm union federation society church league
    club institution house assembly coalition alliance delegation mission secretariat tribunal treasury junta daily
    times post press center centre panel jury chapter chain fund journal city county town state province country nation
    municipality district village academy hospital school airline airport clinic laboratory library theatre theater museum label
    retailer manufacturer regulator operator startup division prosecution consortium presidency broadcaster publisher
    television tv radio"""
)
BESIDE_NAME = re.compile(r",[^,.;:\n]{1,80}")
SITE = re.compile(r"[A-Za-z0-9-]+(?:\.[a-z]{2,3})?\.(?:com|org|net|info|co|io|tv|gov|uk)(?:\.[a-z]{2})?")
OF_A_SITE = re.compile(r"\A(?:[a-z]+\s){0,2}(?:web)?(?:site|portal)\s")
AGED = re.compile(
    r"the\s(?:[\w-]+\s)?(?:(?P<age>\d{1,3})-year-old|(?P<parent>mum|mom|mother|dad|father|grandmother|grandfather|gran|grandad)-of-\w+)"
    r"\b(?!['’])",
    re.I,
)
LOOK_BACK = 20_000  # characters: no book is read through for each
ONE_OF = re.compile(r"(?:one|another)\sof\s", re.I)
YEARS = re.compile(r"(?:\s(?:19|20)\d\d(?:[-–/]\d{1,4})?){1,3}$")
LETTERS = word_set("pm cm fm vp ceo ag md dg cj")  # of a role: prime minister, managing director
MORE_LETTERS = {  # of a role only where the article has it in words, else of a body
    "dp": "deputy president", "dpp": "director of public prosecutions", "igp": "inspector general", "ig": "inspector general",
    "dig": "deputy inspector general", "vc": "vice chancellor", "dc": "deputy commissioner", "ssp": "senior superintendent",
    "cs": "cabinet secretary", "ps": "principal secretary", "cp": "commissioner of police", "hod": "head of department",
}  # fmt: skip
NO_NAMES = TITLES | NATIONALS  # though written with a capital
OFFICIAL = word_set(
    """ministry department commission committee federation council assembly authority directorate court administration senate
    secretariat inspectorate tribunal agency board bureau"""
)
AND = re.compile(r"(?:,|(?<!\s))\s+(?:and|&)\s+")
ANOTHER = re.compile(r"(?:the|an?)\s", re.I)
WHEN = re.compile(
    r"\s(?:last|this|earlier this|late last)\s(?:week|month|year|summer|autumn|fall|winter|spring|night|morning|evening)\b"
    r"|\s(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\s(?:yesterday|today|recently)\b"
)
SPOKESMAN = re.compile(
    r"(?:an?|the|one|another)?\s*(?P<role>(?:[a-z-]+\s){0,2}(?:spokes(?:man|woman|person)|aide|advis[eo]r|lawyer|attorney|official))"
    r"\s+(?:for|of|to|at|with|from|in)\s+(?P<whom>[^,;()]+?)(?=$|[,;(]|\s(?:who|that|which)\b)",
    re.I,
)
BESIDE = re.compile(
    r"(?:the|an?)\s(?P<body>[a-z][a-z -]*),\s(?P<name>(?:the\s)?[A-Z][\w&.'’-]*(?:\s[A-Z&][\w&.'’-]*){0,4}),?", re.I
)
Meant = Sequence[tuple[Person, float]]
UNLIKELY = 0.2  # the share below which no name is taken, however few there are
STATE_BODY = re.compile(
    r"(?P<state>[A-Z][\w. ]{0,50}?)(?:['’]s?)?\s+(?P<rest>(?:[a-zA-Z-]+\s)*"
    r"(?:ministry|army|navy|parliament|government|military|police|embassy|treasury|cabinet))$",
    re.I,
)


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


def places(words: str) -> Speaker | None:
    """Several states that say the same: "Japan and Ireland" are a group under their names."""
    found = [place(part) for part in re.split(r",\s+and\s+|,\s+|(?<!\s)\s+and\s+", words)]
    names = [each.name for each in found if each]
    if len(names) < 2 or len(names) < len(found):
        return None
    return Speaker(f"{', '.join(names[:-1])} and {names[-1]}", "group", 0.85, "name", plural=True)


def described(article: Article, quote: Found) -> Speaker | None:
    assert quote.source
    source = quote.source
    words = re.sub(r"\s+", " ", source.of(article.text)).strip(" \"'“”‘’")
    words = WHEN.sub("", PARTITIVE.sub("", words))
    core = CORE_ENDS.split(words, maxsplit=1)[0].strip() or words
    bare = organization_name(DETERMINER.sub("", core))
    if found := told_apart(words):
        return found
    if ONE_OF.match(words):
        plain = CLAUSE.split(words, maxsplit=1)[0]
        return Speaker(plain[0].lower() + plain[1:], "unnamed", 0.6, "description", alone=False)
    if (called := AGED.match(words)) and (so_aged := aged(article, source, called)):
        return so_aged
    nouns = re.findall(r"[\w'’-]+", OF.split(YEARS.sub("", bare), maxsplit=1)[0])
    if not nouns or all(word.casefold() in NOBODY | {"the"} for word in nouns):
        return None
    head = nouns[-1].casefold()
    if head in DOCUMENTS:
        bare = organization_name(DETERMINER.sub("", CLAUSE.split(words, maxsplit=1)[0]))
        return Speaker(bare, "document", 0.75, "description", named(bare))
    if len(nouns) == 1 and nouns[0].isupper() and (head in LETTERS or spelt_out(article, head)):
        return Speaker(bare, "unnamed", 0.5, "description", alone=False)
    if body := named_here(article, source, words, bare):
        return body
    if site := SITE.fullmatch(OF_A_SITE.sub("", bare)):
        return Speaker(site[0], "organization", 0.8, "name", mention=site[0])
    if joint(article, source):
        return Speaker(organization_name(CLAUSE.split(words, maxsplit=1)[0]), "group", 0.75, "description", plural=True)
    at = source.start + max(source.of(article.text).find(nouns[-1]), 0)
    if head in BODIES:
        definite = DEFINITE.match(words) and not named(bare)
        known = body_of_kind(article, bare, at) if definite else None
        return known or Speaker(body_name(bare), "organization", 0.8 if named(bare) else 0.6, "description", named(bare))
    if plural(head) or head in ("police", "media", "press", "public"):
        group = first_upper(bare, article, source)
        return Speaker(group, "group", 0.8, "description", named(group), plural=True)
    if nouns[-1].isupper() and len(nouns) == 1 and len(head) > 1:
        return replace(named_body(article, bare, "ORG"), confidence=0.8)
    if DEFINITE.match(words) or ([head] == bare.casefold().split() and head in TITLES):
        meant = article.persons_meant(at, [source, *quote.contents])
        known = bearer_of_role(article, head, bare.removeprefix(nouns[-1]), meant)
        somebody = bool(article.roles[head]) or any(share >= UNLIKELY for _, share in meant)  # only unclear which
        if known or somebody:
            return known
        return as_called(bare, head) or (Speaker(bare, "organization", 0.5, "name") if is_named(nouns[-1]) else None)
    if head in SPOKEN_FOR or re.match(r"(?:an?|one|another)\s", words, re.I) or re.search(r"['’]s?\s", core):
        plain = bare.lower() if bare.isupper() else bare
        return Speaker(spoken_for(words) or plain, "unnamed", 0.6, "description", alone=False)
    if person := article.people.named.get(" ".join(person_words(bare))):
        return as_speaker(person, 0.9, mention=bare)
    return Speaker(bare, "organization", 0.5, "name") if is_named(nouns[-1]) else None


def aged(article: Article, source: Span, called: re.Match[str]) -> Speaker | None:
    """The 41-year-old, the mum-of-two: whoever is named with that age, or else the only person named so far."""
    named = article.people.within(max(source.start - LOOK_BACK, 0), source.start)
    with_age = {p.name: p for span, p in named if called["age"] and article.text.startswith(f", {called['age']}", span.end)}
    persons = with_age or {p.name: p for _, p in named}
    gender = CALLED.get((called["parent"] or "").casefold())
    if len(persons) != 1:
        return None
    (only,) = persons.values()
    return None if gender and only.gender not in (gender, None) else as_speaker(only, 0.85 if with_age else 0.7, "description")


def is_named(noun: str) -> bool:
    return noun[:1].isupper() and noun.casefold() not in NO_NAMES


def joint(article: Article, source: Span) -> bool:
    """Whether several say the same: "the Harbour Board and the union", but not "the head of the board and the union"."""
    text, within = article.text, article.entities_in(source)
    starts = {entity.span.start for entity in within if entity.kind == "ORG"}
    for match in AND.finditer(text, source.start, source.end):
        before = text[source.start : match.start()]
        whole = any(e.span.start < match.start() and match.end() < e.span.end for e in within)
        if not whole and (match.end() in starts or ANOTHER.match(text, match.end())):
            return not CLAUSE.search(before) and not CORE_ENDS.search(before) and not OF.search(before)
    return False


def named_here(article: Article, source: Span, words: str, bare: str) -> Speaker | None:
    """The organization or place that the source names: as its head, or beside a description ("the company, Norvent")."""
    beside = BESIDE.fullmatch(words)
    if beside and beside["body"].split()[-1].casefold() in BODIES:
        return place(beside["name"]) or named_body(article, organization_name(beside["name"]), "ORG")
    for entity in article.entities_in(source):
        if entity.kind in ("ORG", "LOC") and ends_at_head(article.text, entity, bare):
            name = organization_name(entity.span.of(article.text))
            fuller = body_of_kind(article, name, source.start) if name.casefold() in BODIES else None  # "the Federation"
            return place(name) or fuller or named_body(article, name, entity.kind)
    return None


def body_of_kind(article: Article, bare: str, at: int) -> Speaker | None:
    """The ministry, the health ministry: the one body so called that the article has named, the Ministry of Health.

    Not the company, the party or the bank, whose names seldom say what they are.
    """
    words = bare.casefold().split()
    if words[-1] not in OFFICIAL:
        return None
    called = [
        name
        for start, name in article.bodies[words[-1]]
        if start < at and set(words) <= set(name.casefold().split()) and len(name.split()) > len(words)
    ]
    return Speaker(called[0], "organization", 0.75, "description") if len(called) == 1 else None


def spelt_out(article: Article, letters: str) -> bool:
    """Whether letters that may be a body's as well are those of a role which the article has in words."""
    return letters in TITLES or (letters in MORE_LETTERS and article.has(MORE_LETTERS[letters]))


def spoken_for(words: str) -> str:
    """ "A spokesman for the Clinton campaign" in its plain form, Clinton campaign spokesman; "" where no name is given."""
    match = SPOKESMAN.match(words)
    return f"{organization_name(match['whom'])} {match['role']}" if match and named(match["whom"]) else ""


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
    if kind == "LOC" and name.endswith("s") and (name[:-1].casefold() in DEMONYMS or name.endswith("landers")):
        return Speaker(name, "group", 0.8, "description", named(name), plural=True)
    if kind == "LOC" and name.casefold() in NATIONALS:  # "the Austrian"
        return Speaker(name, "unnamed", 0.5, "description", alone=False)
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
    named = bool(article.entities_in(Span(source.start, source.start + 1)))
    next_too = bare.split()[1:2] != [] and bare.split()[1][0].isupper()  # "World Bank and other lenders"
    proper = named or next_too or first.casefold() in DEMONYMS or not first[1:].islower()
    return bare if proper or (" " not in bare and f" {bare}" in article.text) else first.lower() + bare[len(first) :]


def bearer_of_role(article: Article, head: str, bare: str, meant: Meant) -> Speaker | None:
    """The president, the architect: the one person to whom the article gives that title or role, or of several the likely one.

    "The Irish prime minister" is nobody whom the article has not called Irish.
    """
    words = [word for word in re.findall(r"[\w.]+", bare) if word[0].isupper() or (word in TITLES and word != head)]
    bearers = [person for person in article.roles[head].values() if all(called_so(article, person, word) for word in words)]
    if len(bearers) == 1:
        sure = bearers[0].full and (head, bearers[0].name) not in article.loose
        return as_speaker(bearers[0], 0.7 if sure else 0.6, "description")
    shares = {person.name: share for person, share in meant if person in bearers}
    name = max(shares, key=lambda name: shares[name], default="")
    if not name or shares[name] < LIKELY * sum(shares.values()) or shares[name] < UNLIKELY:
        return None
    return as_speaker(article.people.named[name], 0.6, "description")


def called_so(article: Article, person: Person, word: str) -> bool:
    """Whether the words right before some mention of a person have this one, or the state that it is the adjective of."""
    if (title := word.casefold()) in TITLES:  # before the name, or in an apposition
        after = (BESIDE_NAME.match(article.text, span.end) for span in person.spans)
        return title in person.titles or any(words and title in words[0].casefold().split() for words in after)
    states = {word.casefold(), DEMONYMS.get(word.casefold(), word).casefold()}
    before = (article.text[max(span.start - 80, 0) : span.end].casefold() for span in person.spans)
    return any(state in words for words in before for state in states)
