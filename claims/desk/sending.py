"""Who sends something without signing in, and whether that is enough for now.

Reports and try-outs are limited in the same way: so many an hour from one network address, which
nobody can read from what is kept of it.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from newsroom.visitors import find_network


def compute_sender(request: HttpRequest) -> str:
    """Return a text that is the same for all that comes from one network address on one day.

    The address cannot be read from it.
    """
    network = find_network(request)
    return salted_hmac("claims.report", f"{date.today()}|{network}", algorithm="sha256").hexdigest()


def has_reached_limit(sent: QuerySet[Any], most: int) -> bool:
    """Return whether somebody has sent as many of these rows as they may."""
    return sent.count() >= most
