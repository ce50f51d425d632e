"""Whether mails leave the machine."""

from django.conf import settings

WRITTEN_HERE = ("filebased", "console", "dummy")


def is_mail_sent() -> bool:
    """Return whether mails go to a server, and not into a folder of whoever runs the site."""
    return not any(f".{name}." in settings.EMAIL_BACKEND for name in WRITTEN_HERE)
