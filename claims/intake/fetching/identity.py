"""Says who asks: the project by its name, and how to reach the people who run this site."""

from django.conf import settings

PRODUCT = "Newsroom"  # what robots.txt may call it
VERSION = "0.1"
ACCEPTED = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"
    "application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.8"
)


def build_headers() -> dict[str, str]:
    """Return what every request says. Only what can be unpacked with a bound is asked for."""
    return {
        "User-Agent": build_user_agent(),
        "Accept": ACCEPTED,
        "Accept-Language": "en,*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }


def build_user_agent() -> str:
    if settings.CONTACT:
        return f"{PRODUCT}/{VERSION} (+{settings.CONTACT})"
    return f"{PRODUCT}/{VERSION}"
