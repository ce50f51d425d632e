"""Saved searches, and the looks of a worker at them."""

from datetime import timedelta
from typing import Any

from django.core import mail
from django.utils import timezone

from claims.following.alerts import confirm, look_and_tell
from claims.models import Follower, SavedSearch

ADA = "ada@reader.example"


def make_search(query: str = "", *, email: str = ADA, **values: Any) -> SavedSearch:
    """Return a search that is confirmed and due; what comes in from now on is new."""
    follower, _ = Follower.objects.get_or_create(email=email)
    defaults = {"trigger": "new", "pace": "at_once", "site": "https://news.example"}
    search = SavedSearch.objects.create(
        follower=follower, query=query, described=query, **{**defaults, **values}
    )
    confirm(search)
    make_due(search)
    return search


def get_html(message: mail.EmailMessage) -> str:
    """Return what a mail has for programs that show HTML."""
    assert isinstance(message, mail.EmailMultiAlternatives)
    ((html, media_type),) = message.alternatives
    assert media_type == "text/html"
    return str(html)


def make_due(search: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=search.pk).update(next_at=timezone.now() - timedelta(seconds=1))


def look(search: SavedSearch) -> str:
    """Look at a search as when it is due; return the text of the mail, empty if none was sent."""
    make_due(search)
    before = len(mail.outbox)
    look_and_tell(search.pk)
    return "\n".join(str(each.body) for each in mail.outbox[before:])
