"""What speaks for each candidate of a quote and against it, as numbers that the scorer weighs.

What the words around a name tell is in `likeness.py`, where it stands in `nearness.py`, and what
other quotes tell in `history.py`.
"""

import numpy as np

from claims.extraction.lexicon.bodies import NOUNS_SELDOM_IN_NAMES
from claims.extraction.speakers.candidates import KINDS, CandidateTable, QuoteSource
from claims.extraction.speakers.columns import FeatureColumns
from claims.extraction.speakers.likeness import fill_likeness
from claims.extraction.speakers.nearness import fill_nearness
from claims.extraction.speakers.wordings import WORDINGS

INTRODUCING_MARKS = (":", "―", "—")
WORDS_OF_SAYING = ("said", "says", "told", "added")
KINDS_BY_SOURCE: dict[str, tuple[str, ...]] = {
    "he": ("person", "unnamed"),
    "she": ("person", "unnamed"),
    "i": ("person", "unnamed"),
    "who": ("person", "unnamed", "group"),
    "they": ("group", "organization"),
    "we": ("group", "organization", "state"),
    "it": ("organization", "state", "document"),
    "which": ("organization", "state", "document", "group"),
}
POSSESSIVES = ("'s", "’s", "' ", "’ ")
NUMBER_OF_GENDER = {None: 0, "he": 1, "she": 2}
REACH_OF_HEARER = 60  # characters after a cue


def build_features(table: CandidateTable) -> FeatureColumns:
    """Return the features of all candidates, but for those that other quotes' speakers tell."""
    columns = FeatureColumns(len(table))
    if table.quotes:
        fill_source_and_quote(table, columns)
        fill_kind(table, columns)
        fill_naming(table, columns)
        fill_wordings(table, columns)
        fill_agreement(table, columns)
        fill_likeness(table, columns)
        fill_nearness(table, columns)
        fill_salience(table, columns)
        fill_content(table, columns)
    return columns


def fill_source_and_quote(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell of all candidates of a quote what its source and its words are like."""
    rows = [describe_quote(table, number) for number in range(len(table.quotes))]
    names = sorted({name for row in rows for name in row})
    for name in names:
        columns.put(name, table.spread_quotes([row.get(name, 0.0) for row in rows]))


def describe_quote(table: CandidateTable, number: int) -> dict[str, float]:
    source = table.sources[number]
    quote, article = source.quote, table.article
    content = quote.contents[0]
    cue = quote.cue.of(article.text).casefold()
    length = content.end - content.start
    place = table.places[number]
    before = table.order[place - 1] if place else None
    is_first = before is None or table.paragraph[before] != table.paragraph[number]
    gaps = [source.at - span.end for span in quote.contents]
    described = {
        f"source_{source.type}": 1.0,
        "quoted": article.count_quoted(content) / length,
        "colon": float(cue in INTRODUCING_MARKS),
        "according": float(cue.startswith("accord")),
        "said": float(any(word in cue for word in WORDS_OF_SAYING)),
        "length": np.log1p(length) / 5,
        "nested": len(table.outer_quotes[number]) / 2,
        "first_in_paragraph": float(is_first),
        "source_after_quotation": float(any(0 <= gap < 4 for gap in gaps)),
    }
    if quote.source:
        described |= describe_source_words(table, source)
    return described


def describe_source_words(table: CandidateTable, source: QuoteSource) -> dict[str, float]:
    quote, article = source.quote, table.article
    assert quote.source
    words = quote.source.of(article.text).split()
    entities = article.list_entities_in(quote.source)
    described = {
        "source_words": min(len(words), 12) / 6,
        "source_in_capitals": float(words[-1].isupper() and len(words[-1]) > 1),
        "source_with_and": float("and" in words),
        "source_has_person": float(any(entity.kind == "PER" for entity in entities)),
        "source_quoted": float(article.is_quoted(source.at)),
        "source_after_content": float(source.at > quote.contents[0].start),
        "source_far": np.log1p(abs(source.at - quote.cue.start)) / 5,
    }
    main = source.main_wording
    if main and f"head_{main.kind}" in ("head_document", "head_organization", "head_unnamed"):
        described[f"head_{main.kind}"] = 1.0
    elif main and main.kind == "group":
        described["head_group"] = 1.0
    if source.description and source.description.head in NOUNS_SELDOM_IN_NAMES:
        described["head_seldom_in_names"] = 1.0
    return described


def fill_kind(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell what each candidate is, and how its name looks."""
    actors = table.actors
    for number, kind in enumerate(KINDS):
        columns.put(f"kind_{kind}", table.spread_actors(table.kind == number))
    columns.put("nobody", table.is_nobody)
    if table.author:
        columns.put("author", table.actor_of == table.author.number)
    is_full = [actor.speaker.alone and " " in actor.name for actor in actors]
    columns.put("full_name", table.spread_actors(is_full))
    columns.put("described", table.spread_actors(~table.is_named))
    columns.put("words", table.spread_actors([min(len(words), 10) / 5 for words in table.words]))
    has_capital = [any(word[0].isupper() for word in actor.name.split()) for actor in actors]
    columns.put("capital", table.spread_actors(has_capital))
    columns.put("capitals", table.spread_actors([share_capitals(actor.name) for actor in actors]))
    is_animate = np.isin(table.kind, [KINDS.index(kind) for kind in ("person", "group", "unnamed")])
    columns.put("animate", table.spread_actors(is_animate))
    is_plural = [actor.speaker.plural or is_in_plural(actor.name) for actor in actors]
    columns.put("plural", table.spread_actors(is_plural))


def is_in_plural(name: str) -> bool:
    return name.endswith("s") and not name.endswith(("ss", "us", "is"))


def share_capitals(name: str) -> float:
    """Return the share of the words of a name that begin with a capital, but for small ones."""
    words = [word for word in name.split() if len(word) > 3]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def fill_naming(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell whom each source names, and which names stand in it."""
    for number, source in enumerate(table.sources):
        rows = table.get_rows(number)
        every_row = slice(rows.start, rows.stop + 1)
        named, actor = source.named, source.named_actor
        if named is None or actor is None:
            columns.get("unnamed_source")[every_row] = 1
        else:
            columns.get("named_other")[every_row] = named.confidence
            row = table.find_row(number, actor.number)
            columns.mark("named_other", row, 0)
            columns.mark("named", row)
            columns.mark("named_confidence", row, named.confidence)
            columns.mark("metonym", row, float(named.method == "metonym"))
            words = len(table.article.text[source.at : source.end].split())
            rest = words - len((named.mention or named.name).split())
            columns.mark("named_rest", row, min(max(rest, 0), 8) / 8)
        fill_names_in_source(table, columns, number)


def fill_names_in_source(table: CandidateTable, columns: FeatureColumns, number: int) -> None:
    """Tell which candidates are mentioned in a source, and which of the others have a fuller name."""
    source, mentions, text = table.sources[number], table.mentions, table.article.text
    named = []
    for mention in mentions.list_between(source.at, source.end):
        actor = int(mentions.actor[mention])
        start, end = int(mentions.start[mention]), int(mentions.end[mention])
        is_whole = start == source.at and end == source.end
        if is_whole and not table.is_named[actor]:
            continue
        row = table.find_row(number, actor)
        columns.mark("within_source", row)
        if start <= source.at + 4:
            columns.mark("starts_source", row)
        if end >= source.end:
            columns.mark("ends_source", row)
        if text.startswith(POSSESSIVES, end):
            columns.mark("possessor_in_source", row)
        if table.is_named[actor] and table.words[actor]:
            named.append(table.words[actor])
    for name in named:
        for other in table.actors_by_word.get(name[0], ()):
            words = table.words[other]
            if len(words) > len(name) and set(name) <= set(words):
                columns.mark("fuller", table.find_row(number, other))


def fill_wordings(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell which candidates are wordings of the source itself."""
    for number, source in enumerate(table.sources):
        is_only = len({actor.number for actor in source.wordings.values()}) == 1
        for wording in WORDINGS:
            actor = source.wordings.get(wording)
            if actor is None:
                continue
            row = table.find_row(number, actor.number)
            columns.mark("wording", row)
            columns.mark(f"wording_{wording}", row)
            columns.mark("only_wording", row, float(is_only))
            is_possessive = "’s " in actor.name or "'s " in actor.name
            columns.mark("possessive", row, float(is_possessive))


def fill_agreement(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell which candidates agree with the source in gender, and in what they are."""
    genders = np.zeros(table.nobody)
    for actor in table.actors:
        if actor.person:
            genders[actor.number] = NUMBER_OF_GENDER[actor.person.find_gender()]
    gender = table.spread_actors(genders)
    asked_genders = [
        NUMBER_OF_GENDER[source.type] if source.type in ("he", "she") else 0
        for source in table.sources
    ]
    asked = table.spread_quotes(asked_genders)
    is_asked = (asked > 0) & (columns.get("kind_person") > 0)
    differs = is_asked & (gender > 0) & (gender != asked)
    columns.put("gender_agrees", is_asked & (gender == asked))
    columns.put("gender_differs", differs)
    columns.put("gender_unknown", is_asked & (gender == 0))
    fitting = np.ones((len(table.quotes), len(KINDS) + 1), bool)
    for number, source in enumerate(table.sources):
        kinds = KINDS_BY_SOURCE.get(source.type, KINDS)
        fitting[number, : len(KINDS)] = [kind in kinds for kind in KINDS]
    kind = np.append(table.kind, len(KINDS))[table.actor_of]
    agrees = fitting[table.quote_of, kind] & ~table.is_nobody & ~differs
    columns.put("agrees", agrees)
    columns.put("disagrees", ~agrees & ~table.is_nobody)
    fill_unlike_kinds(table, columns)


def fill_unlike_kinds(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell which bodies are candidates of "a spokesman for …", and which persons of "the firm"."""
    mains = [source.main_wording for source in table.sources]
    is_person = table.spread_quotes([main is not None and main.kind == "unnamed" for main in mains])
    kinds = ("organization", "document")
    is_body = table.spread_quotes([main is not None and main.kind in kinds for main in mains])
    is_candidate_person = columns.get("kind_person") + columns.get("kind_unnamed") > 0
    is_candidate_body = columns.get("kind_organization") + columns.get("kind_state") > 0
    columns.put("body_for_person", (is_person > 0) & is_candidate_body)
    columns.put("person_for_body", (is_body > 0) & is_candidate_person)


def fill_salience(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell how much the article is about each candidate."""
    mentions = table.mentions
    times = table.spread_actors(table.times_mentioned)
    columns.put("times_mentioned", np.log1p(times) / 3)
    columns.put("share_mentioned", times / max(len(mentions), 1))
    columns.put("most_mentioned", (table.rank(times) == 0) & ~table.is_nobody)
    first = np.full(table.nobody, len(table.article.text))
    first[mentions.actor[::-1]] = mentions.start[::-1]
    is_before = table.spread_actors(first) < table.at[table.quote_of]
    columns.put("named_before", is_before & ~table.is_nobody)
    ranked = np.argsort(-table.times_mentioned, kind="stable").tolist()
    persons = [actor for actor in ranked if table.actors[actor].kind == "person"]
    if persons:
        columns.put("most_named_person", table.actor_of == persons[0])
    named = [actor for actor in ranked if table.is_named[actor]]
    if named:
        first_named = min(named, key=lambda actor: first[actor])
        columns.put("first_named", table.actor_of == first_named)
    is_person = columns.get("kind_person") > 0
    persons_of_quote = np.bincount(table.quote_of[is_person], minlength=len(table.quotes))
    columns.put("persons_near", table.spread_quotes(np.minimum(persons_of_quote, 8) / 8))
    times_source = np.bincount(mentions.actor[table.is_source_mention], minlength=table.nobody)
    columns.put("times_source", np.minimum(table.spread_actors(times_source), 6) / 6)


def fill_content(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell whom a quote's own words name, and whom it is told to."""
    actor_of_mention = table.mentions.actor
    for number, source in enumerate(table.sources):
        quote = source.quote
        for content in quote.contents:
            for mention in table.mentions.list_between(content.start, content.end):
                row = table.find_row(number, int(actor_of_mention[mention]))
                columns.mark("named_in_content", row)
        first = quote.contents[0].start
        is_source_after = quote.source is not None and quote.source.start >= quote.cue.end
        if first <= quote.cue.end or is_source_after:
            continue
        end = min(first + 1, quote.cue.end + REACH_OF_HEARER)
        for mention in table.mentions.list_between(quote.cue.end, end):
            row = table.find_row(number, int(actor_of_mention[mention]))
            columns.mark("hearer", row)
