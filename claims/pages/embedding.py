"""A quote or a claim as other sites show it in a frame: the whole sentence with its verb and its
denial, any doubt, and whether it was withdrawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from claims.models import Claim, Quote
from claims.outputs.quote_parts import build_parts_of_quote
from claims.outputs.sentences import CLOSING_MARKS, format_headline, format_place
from claims.pages.cards import Card, quote_claim
from claims.pages.claim_sides import ClaimSide
from claims.passages.cutting import cut_text
from claims.search.columns import Columns

LONGEST_QUOTE_SHOWN = 600  # characters
LONGEST_QUOTE_OF_SIDE = 160
ROOM_AROUND_QUOTE = 70  # characters: who said it and where
EMBED_WIDTH = 600  # pixels
ALL_OF_THE_ROOM = "100%"
LEAST_EMBED_WIDTH = 200
ENDS_OF_SENTENCES = (".", "?", "!", "…")
LOWEST_EMBED = 130
NARROWED_WIDTH = 420
SIDES = 34  # what is left free at both sides
LINE_HEIGHT = 26
CHARACTER_WIDTH = 8.2  # of a line, on average
OTHER_LINES = 5  # what stands under the words, with the space around
REJECTED_NOTICE = "Withdrawn: a curator found that this quote is wrong."
GONE_NOTICE = "The article no longer has these words; they are shown as they stood."
MISSING_NOTICE = "This is no longer here."
UNTOLD_NOTICE = "No quote of this claim stands any more."


@dataclass(frozen=True, slots=True)
class Embed:
    """What stands in the frame. `address` is that of the page that it is from, in full."""

    title: str
    site: str
    address: str = ""
    link: str = ""
    notice: str = ""
    said: str = ""
    place: str = ""
    is_unsure: bool = False
    sides: tuple[str, ...] = ()


def build_quote_embed(quote: Quote, card: Card, site: str) -> Embed:
    """Return a quote for a frame. The words of a rejected one are not shown any more."""
    is_rejected = quote.status == "rejected"
    notice = ""
    if is_rejected:
        notice = REJECTED_NOTICE
    elif quote.version_id:
        notice = GONE_NOTICE
    said = format_headline(build_parts_of_quote(quote), LONGEST_QUOTE_SHOWN)
    where = format_place(quote.article.outlet.name, quote.article.published_on)
    return Embed(
        title="Withdrawn quote" if is_rejected else card.title,
        site=f"{site}/",
        address=f"{site}{quote.get_absolute_url()}",
        link="This quote in its place",
        notice=notice,
        said="" if is_rejected else end_sentence(said),
        place=f"{where}: “{quote.headline}”",
        is_unsure=quote.has_unsure_speaker and not is_rejected,
    )


def end_sentence(words: str) -> str:
    """Return a sentence with its full stop, unless what it quotes ends it."""
    is_ended = words.rstrip(CLOSING_MARKS).endswith(ENDS_OF_SENTENCES)
    return words if is_ended else f"{words}."


def build_claim_embed(
    known: Columns, claim: Claim, sides: Sequence[ClaimSide], card: Card, site: str
) -> Embed:
    """Return a claim for a frame, with how many take which side of it and the latest of each."""
    latest = [int(known["id"][side.rows[0]]) for side in sides]  # the newest stand first
    quotes = (
        Quote.objects.for_display().select_related("within__actor").with_version().in_bulk(latest)
    )
    shown = [describe_side(quotes[pk]) for pk in latest if pk in quotes]
    return Embed(
        title=card.title,
        site=f"{site}/",
        address=f"{site}{claim.get_absolute_url()}",
        link="Who says so, and who denies it",
        notice="" if shown else UNTOLD_NOTICE,
        said=f"{card.title.partition(':')[0]}: {quote_claim(claim, LONGEST_QUOTE_SHOWN)}",
        place=card.description,
        sides=tuple(shown),
    )


def outline_claim_embed(claim: Claim, card: Card, sides: int) -> Embed:
    """Return a claim with room for a quote of each side, by which to tell how high its frame is."""
    room = "x" * (LONGEST_QUOTE_OF_SIDE + ROOM_AROUND_QUOTE)
    said = cut_text(claim.text, LONGEST_QUOTE_SHOWN)
    return Embed(card.title, "", said=said, place=card.description, sides=(room,) * sides)


def describe_side(quote: Quote) -> str:
    said = format_headline(build_parts_of_quote(quote), LONGEST_QUOTE_OF_SIDE)
    where = format_place(quote.article.outlet.name, quote.article.published_on)
    return f"{said} ({where})"


def build_missing_embed(site: str) -> Embed:
    return Embed(title="Not found", site=f"{site}/", notice=MISSING_NOTICE)


# Where the frame goes


def compute_embed_height(embed: Embed, width: int) -> int:
    """Return how high a frame of a width must be, in pixels, to show all.

    A wide one is narrowed by the pages of phones, and keeps its height there.
    """
    room = max(min(width, NARROWED_WIDTH) - SIDES, 1)
    lines = OTHER_LINES + int(embed.is_unsure)
    for text in (embed.said, embed.place, embed.notice, *embed.sides):
        lines += -(-int(len(text) * CHARACTER_WIDTH) // room)
    return max(lines * LINE_HEIGHT, LOWEST_EMBED)


def build_embed_code(address: str, title: str, width: int | str, height: int) -> str:
    """Return the HTML that shows a frame on another page. It may run nothing and open links.

    It is text to copy: whoever shows it on a page must escape it. The width is in pixels, or as HTML
    writes a share of the room there is.
    """
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{width}" height="{height}"'
        ' frameborder="0" loading="lazy"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )
