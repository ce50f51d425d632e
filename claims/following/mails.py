"""The mails: plain text and simple HTML, with links that change and end what is followed."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from claims.following.followed import Followed
from claims.following.links import build_end_address, build_search_address
from claims.following.telling import ToTell
from claims.following.triggers import Hit
from claims.models import Quote, SavedSearch, Trigger
from claims.models.followers import DAYS_UNCONFIRMED
from claims.models.text_search import has_only_common_words
from claims.outputs.fields import FlatRow
from claims.outputs.plain_characters import drop_controls
from claims.outputs.rows import read_rows_by_id
from claims.passages.cutting import cut_text
from claims.passages.marking import HIT_MARKED
from claims.search.filters import Filters
from claims.search.stream import get_quotes_by_id

# What mail programs make links of: it is left out of mails that nobody has asked for for sure, since
# anybody may have written it there.
LINKED = re.compile(r"://|@|\w\.\w\w")
LONGEST_DESCRIPTION = 120  # characters, in such a mail
LONGEST_SUBJECT = 150  # characters
QUOTES_OF_MAIL = 50
MOST_WORDS_TOLD = 8
NOUNS = {
    Trigger.NEW: ("new quote", "new quotes"),
    Trigger.REPEATED: ("said again", "said again"),
    Trigger.DENIED: ("denial", "denials"),
    Trigger.FIRST: ("quoted for the first time", "quoted for the first time"),
    Trigger.VANISHED: ("quote gone", "quotes gone"),
}


@dataclass(frozen=True, slots=True)
class ToldQuote:
    """A quote as a mail tells it. `words` are those that were searched for, as the quote has them."""

    row: FlatRow
    words: list[str]
    note: str
    other: str


def build_confirmation(search: SavedSearch) -> EmailMultiAlternatives:
    """Return the mail that asks whether somebody wants a search, or that leads to one they have."""
    is_known = search.is_confirmed
    subject = "You follow this already" if is_known else "Do you want to follow this?"
    described = cut_text(leave_out_links(search.described), LONGEST_DESCRIPTION)
    context = {
        "search": search,
        "described": described,
        "is_known": is_known,
        "days": DAYS_UNCONFIRMED,
    }
    return build_mail(search, f"Newsroom: {subject}", "confirm", context)


def leave_out_links(text: str) -> str:
    """Return a text with a mark of omission in the place of each word that becomes a link."""
    words = ["…" if LINKED.search(word) else word for word in text.split()]
    return " ".join(words)


def build_alert(search: SavedSearch, to_tell: ToTell) -> EmailMultiAlternatives | None:
    """Return the mail that tells of quotes; None if none of them stands any more."""
    shown = [hit for hit in to_tell.hits if hit.quote in find_standing(search, to_tell)]
    if not shown:
        return None
    one, several = NOUNS[Trigger(search.trigger)]
    number = len(shown)
    subject = f"{number:,} {one if number == 1 else several}: {to_tell.followed.described}"
    context = {
        "search": search,
        "described": to_tell.followed.described,
        "number": number,
        "quotes": list_told(search, to_tell.followed, shown[:QUOTES_OF_MAIL]),
        "more": max(number - QUOTES_OF_MAIL, 0),
        "page": search.site + to_tell.followed.page_of_new,
    }
    mail = build_mail(search, subject, "alert", context, batch=to_tell.batch)
    mail.extra_headers["List-Unsubscribe"] = f"<{build_end_address(search)}>"
    mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail


def find_standing(search: SavedSearch, to_tell: ToTell) -> set[int]:
    """Return those of the quotes that nobody has withdrawn since they were found."""
    quotes = Quote.objects.filter(pk__in=[hit.quote for hit in to_tell.hits])
    if search.trigger != Trigger.VANISHED:
        quotes = quotes.present()
    if "rejected" not in to_tell.followed.filters.status:
        quotes = quotes.exclude(status="rejected")
    return set(quotes.values_list("pk", flat=True))


def list_told(search: SavedSearch, followed: Followed, hits: Sequence[Hit]) -> list[ToldQuote]:
    """Return quotes as a mail tells them."""
    ids = [hit.quote for hit in hits]
    rows = {row.id: row for row in read_rows_by_id(ids, search.site)}
    words = find_words_hit(ids, followed.filters)
    told = []
    for hit in hits:
        if hit.quote in rows:
            other = search.site + hit.other if hit.other else ""
            row = rows[hit.quote]
            told.append(ToldQuote(row, words.get(hit.quote, []), hit.note, other))
    return told


def find_words_hit(ids: Sequence[int], filters: Filters) -> dict[int, list[str]]:
    """Return which words of each quote are those that the filters search for, in its own spelling."""
    if not filters.q or has_only_common_words(filters.q):
        return {}
    found = {}
    for pk, quote in get_quotes_by_id(ids, filters).items():
        hits = HIT_MARKED.findall(getattr(quote, "hits", ""))
        found[pk] = list(dict.fromkeys(hit.casefold() for hit in hits))[:MOST_WORDS_TOLD]
    return found


def build_mail(
    search: SavedSearch,
    subject: str,
    template: str,
    context: dict[str, object],
    batch: uuid.UUID | None = None,
) -> EmailMultiAlternatives:
    """Return a mail to the follower of a search, and to nobody else."""
    addresses = {
        "address": build_search_address(search),
        "end_address": build_end_address(search),
    }
    context = {**context, **addresses}
    text = drop_controls(render_to_string(f"mail/{template}.txt", context))
    html = drop_controls(render_to_string(f"mail/{template}.html", context))
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    name = batch.hex if batch else None
    mail = EmailMultiAlternatives(
        subject=cut_text(" ".join(drop_controls(subject).split()), LONGEST_SUBJECT),
        body=text,
        from_email=f"Newsroom <{settings.DEFAULT_FROM_EMAIL}>",
        to=[search.follower.email],
        headers={
            "Message-ID": make_msgid(name, domain=host),
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail
