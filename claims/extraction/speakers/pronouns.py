"""Whom a pronoun means: by where persons are named and speak around it, and by what the encoder has
learned.
"""

from claims.extraction.lexicon.pronouns import FIRST_PERSON_SINGULAR
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import ActorKind, Gender, Speaker
from claims.extraction.speakers.answers import weaken_speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.candidates import list_body_candidates, list_person_candidates
from claims.extraction.speakers.evidence import Evidence
from claims.extraction.speakers.opinions import LIKELY_SHARE, merge_opinions_of_speaker
from claims.extraction.speakers.positions import find_asker, find_person_by_position
from claims.extraction.speakers.strangers import is_stranger_since

# Where a sentence in between is about somebody without a name.
CONFIDENCE_AFTER_STRANGER = 0.6


def resolve_first_person(
    article: ArticleContext, quote: FoundQuote, evidence: Evidence, pronoun: str
) -> Speaker | None:
    """Return whoever says the words in which "I" or "we" stands.

    Outside all quotes "I" is the author.
    """
    assert quote.source
    for outer in evidence.list_latest_first():
        for content in outer.quote.contents:
            if content.start <= quote.source.start and quote.source.end <= content.end:
                return weaken_speaker(outer.speaker, 0.8, "pronoun") if outer.speaker else None
    if pronoun in FIRST_PERSON_SINGULAR and not article.is_quoted(quote.source.start):
        return article.author
    return None


def resolve_he_or_she(
    article: ArticleContext, quote: FoundQuote, evidence: Evidence, gender: Gender
) -> Speaker | None:
    """Return whom "he" or "she" means."""
    assert quote.source
    asker = find_asker(article, quote, evidence)
    placed = find_person_by_position(article, quote, evidence, gender, asker)
    if placed is not None and placed.speaker is None:
        return None  # somebody without a name, and the encoder, which knows names alone, is no help
    candidates = list_person_candidates(
        article,
        quote.source.start,
        quote.contents,
        lambda person: evidence.may_be(person, gender),
    )
    candidates = [candidate for candidate in candidates if candidate.person.name != asker]
    speaker = merge_opinions_of_speaker(placed.speaker if placed else None, candidates)
    if speaker is None or speaker.kind != "person":
        return speaker
    if is_stranger_since(article, quote, evidence, speaker.name, gender):
        return speaker.held_at(min(speaker.confidence, CONFIDENCE_AFTER_STRANGER))
    return speaker


def resolve_it_or_they(
    article: ArticleContext, quote: FoundQuote, evidence: Evidence, plural: bool
) -> Speaker | None:
    """Return the organization, state or group that "it" or "they" means.

    It is the one that spoke last in this paragraph, or else ("it" alone) the likeliest
    organization, or else the one that spoke last in the paragraph before.
    """
    assert quote.source
    number = article.get_paragraph_number(quote.source.start)
    here = find_last_body_speaking(article, evidence, number, plural)
    if here:
        return weaken_speaker(here, 0.75, "pronoun")
    if not plural:
        candidates = list_body_candidates(article, quote.source.start, quote.contents)
        if candidates and candidates[0].share >= LIKELY_SHARE:
            name, share = candidates[0]
            return Speaker(name, "organization", round(0.85 * share, 3), "pronoun")
    before = find_last_body_speaking(article, evidence, number - 1, plural) if number else None
    return weaken_speaker(before, 0.6, "pronoun") if before else None


def find_last_body_speaking(
    article: ArticleContext, evidence: Evidence, paragraph: int, plural: bool
) -> Speaker | None:
    """Return what spoke last in a paragraph and may be "it", or "they" (`plural`)."""
    kinds: tuple[ActorKind, ...] = ("organization", "state", "document")
    if plural:
        kinds = ("group", "organization")
    start, end = article.paragraphs[paragraph]
    for resolved in evidence.list_latest_first():
        source, speaker = resolved.quote.source, resolved.speaker
        if source and start <= source.start < end and speaker and speaker.kind in kinds:
            return speaker
    return None
