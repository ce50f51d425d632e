"""What a link to a page shows elsewhere: a title that keeps the verb and the denial, and a line more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.models import Article, Claim, Quote
from claims.outputs.quote_parts import build_parts_of_quote
from claims.outputs.sentences import (
    capitalize_first,
    format_headline,
    format_place,
    make_marks_inner,
    strip_marks,
)
from claims.passages.cutting import cut_text

LONGEST_QUOTE_IN_TITLE = 110  # characters
LONGEST_CLAIM_IN_TITLE = 90
LONGEST_DESCRIPTION = 200
SIDE_COUNTS = {
    "asserts": ("{} quote asserts it", "{} quotes assert it"),
    "denies": ("{} quote denies it", "{} quotes deny it"),
    "questions": ("{} quote questions it", "{} quotes question it"),
    "answers": ("{} quote declines to answer it", "{} quotes decline to answer it"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A title and a description, both whole sentences to somebody who sees nothing else."""

    title: str
    description: str


def build_quote_card(quote: Quote) -> Card:
    """Return who said what, by which verb, and where it stands."""
    title = format_headline(build_parts_of_quote(quote), LONGEST_QUOTE_IN_TITLE)
    place = format_place(quote.article.outlet.name, quote.article.published_on)
    notes = [f"{place}: “{quote.headline}”."]
    if quote.status == "rejected":
        notes.insert(0, "Rejected by a curator.")
    if quote.version_id:
        notes.insert(0, "The article no longer has these words.")
    return Card(title, cut_text(" ".join(notes), LONGEST_DESCRIPTION))


def build_claim_card(claim: Claim, counts: Iterable[tuple[str, int]]) -> Card:
    """Return a claim as a claim, which nobody takes for a fact, and who takes which side of it."""
    sides = []
    taken = dict(counts)
    for side, count in taken.items():
        one, many = SIDE_COUNTS[side]
        sides.append((one if count == 1 else many).format(f"{count:,}"))
    told = capitalize_first("; ".join(sides) or "no quote of it stands")
    title = f"{name_claim(taken)}: {quote_claim(claim, LONGEST_CLAIM_IN_TITLE)}"
    return Card(title, f"{told}. A claim is what is said, not what is known.")


def name_claim(stances: Mapping[str, int]) -> str:
    """Return what a claim is called by those who speak of it, for whoever reads nothing else."""
    if "asserts" in stances:
        return "Disputed claim" if "denies" in stances else "Claim"
    if "denies" in stances:
        return "Denied claim"
    return "Questioned claim" if "questions" in stances else "Claim"


def quote_claim(claim: Claim, longest: int) -> str:
    """Return the words of a claim in one pair of quotation marks."""
    words = make_marks_inner(strip_marks(" ".join(claim.text.split()))).rstrip(",;: ")
    return f"“{cut_text(words, longest)}”"


def build_article_card(article: Article, quotes: int) -> Card:
    """Return an article by its title, with where and when it appeared."""
    noun = "quote" if quotes == 1 else "quotes"
    place = format_place(article.outlet.name, article.published_on)
    return Card(article.title, f"{place}. {quotes:,} attributed {noun}, marked in the text.")
