"""Tokens, by which programs use the REST API as somebody, and how often anybody uses it."""

import secrets
import time
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

TOKEN_PREFIX = "newsroom_"  # by which scanners of leaked secrets know one
SECRET_BYTES = 32
SHOWN_LETTERS = 6  # of the secret, by which its owner knows a token again
# How far behind the time may be at which a token was used last: it is not written each time.
USE_NOTED_EVERY = timedelta(minutes=1)
USAGE_SQL = """
    INSERT INTO claims_apiusage (name, minute, used) VALUES (%s, %s, 1)
    ON CONFLICT (name) DO UPDATE
       SET used = CASE WHEN claims_apiusage.minute = excluded.minute
                       THEN claims_apiusage.used + 1 ELSE 1 END,
           minute = excluded.minute
    RETURNING used
"""


class TokenScope(models.TextChoices):
    """What a token may do, as far as its owner may."""

    READ = "read", "read"
    DECISIONS = "write:decisions", "decide on quotes"
    MERGES = "write:merges", "merge actors, and undo that"
    ARTICLES = "write:articles", "add articles"
    WEBHOOKS = "write:webhooks", "make, change and remove webhooks of your own"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable(self) -> Self:
        """Return the tokens that are neither revoked nor expired, of people who may sign in."""
        lasting = self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
        return lasting.filter(owner__is_active=True)

    def find_usable(self, written: str) -> "ApiToken | None":
        digest = compute_token_digest(written)
        return self.usable().select_related("owner").filter(digest=digest).first()

    def revoke(self) -> int:
        return self.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())


class ApiToken(models.Model):
    """What a program shows in its owner's place. The token itself is kept nowhere, but its digest.

    It is a random number of 256 bits: nobody finds it by trying, so that a plain digest will do.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", editable=False
    )
    name = models.CharField("what for", max_length=100)
    beginning = models.CharField(max_length=20, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = ArrayField(models.CharField(max_length=20, choices=TokenScope), verbose_name="may")
    made_at = models.DateTimeField("made", auto_now_add=True)
    expires_at = models.DateTimeField("expires")
    used_at = models.DateTimeField("last used", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("revoked", null=True, blank=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "API token"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=TokenScope.values), name="token_scopes_are_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"

    @classmethod
    def make(
        cls, owner: "User", name: str, scopes: list[str], expires_at: "datetime"
    ) -> tuple["ApiToken", str]:
        """Make a token; return it with what its owner has to keep, which nobody can read later."""
        written = TOKEN_PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        token = cls.objects.create(
            owner=owner,
            name=name,
            scopes=scopes,
            expires_at=expires_at,
            beginning=written[: len(TOKEN_PREFIX) + SHOWN_LETTERS],
            digest=compute_token_digest(written),
        )
        return token, written

    @property
    def state(self) -> str:
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at <= timezone.now() else "usable"

    def note_use(self) -> None:
        now = timezone.now()
        if self.used_at is None or now - self.used_at > USE_NOTED_EVERY:
            self.used_at = now
            ApiToken.objects.filter(pk=self.pk).update(used_at=now)


class ApiUsage(models.Model):
    """How often somebody asked in the last minute in which they did."""

    name = models.CharField(max_length=64, primary_key=True)
    minute = models.BigIntegerField(help_text="since 1970")
    used = models.IntegerField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def count(cls, name: str) -> int:
        """Count a request; return how many there were in this minute with it."""
        with connection.cursor() as cursor:
            cursor.execute(USAGE_SQL, [name, get_minute()])
            return int(cursor.fetchone()[0])

    @classmethod
    def forget_old(cls) -> None:
        """Drop the counts of minutes that are over."""
        cls.objects.filter(minute__lt=get_minute()).delete()


def get_minute() -> int:
    """Return the minutes since 1970."""
    return int(time.time()) // 60


def compute_token_digest(written: str) -> str:
    return sha256(written.encode(errors="replace")).hexdigest()
