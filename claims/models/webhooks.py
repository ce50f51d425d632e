"""Addresses of other programs that are told what changes, and what became of telling them."""

import base64
import secrets
import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims.models.changed_rows import ChangedRow, LogPosition
from claims.models.refusals import Refused
from claims.models.rules import build_one_of_constraint
from newsroom.web_addresses import LONGEST_ADDRESS

WEBHOOK_STATES = ("active", "failing", "stopped")
WANTED_STATES = ("active", "stopped")  # that its owner may set
SECRET_PREFIX = "whsec_"  # as Standard Webhooks has it
DAYS_DELIVERIES_ARE_KEPT = 30
STOPPED_BY_OWNER = "Stopped by its owner."
STOPPED_BY_SITE = "Stopped by whoever runs the site."  # and so resumed by nobody else
NOT_RESUMED = "Whoever runs the site has stopped it, and alone can resume it."
# Seconds before each further attempt; after the last a webhook is stopped.
PAUSES = (5, 60, 300, 1800, 7200, 18_000, 36_000, 86_400)


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def active(self) -> Self:
        return self.filter(stopped_at__isnull=True, owner__is_active=True)

    def due(self) -> Self:
        return self.active().filter(next_at__lte=timezone.now()).order_by("next_at", "pk")


class Webhook(models.Model):
    """An address that is told what changes: all rows, or the quotes of a state of the filters.

    `written` and `entry` are how far in the log of changes it has been told. Its secret is computed
    from `salt` and the secret of the site, so that whoever reads the table cannot sign for it.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="webhooks", editable=False
    )
    name = models.CharField("what for", max_length=100)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    query = models.TextField(blank=True, help_text="query string of the filters; empty: all rows")
    site = models.CharField(max_length=300, help_text="what addresses in it begin with")
    salt = models.CharField(max_length=64, editable=False)
    written = models.BigIntegerField(editable=False)
    entry = models.BigIntegerField(default=0, editable=False)
    made_at = models.DateTimeField("made", auto_now_add=True)
    next_at = models.DateTimeField("next attempt", default=timezone.now)
    told_at = models.DateTimeField("last told", null=True, blank=True)
    stopped_at = models.DateTimeField("stopped", null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], condition=Q(stopped_at__isnull=True), name="webhook_due"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def make(cls, owner: object, name: str, address: str, query: str, site: str) -> "Webhook":
        """Make one that is told what changes from now on."""
        end = ChangedRow.find_end()
        return cls.objects.create(
            owner=owner,
            name=name,
            address=address,
            query=query,
            site=site,
            salt=secrets.token_hex(32),
            written=end.written,
            entry=end.entry,
        )

    @property
    def key(self) -> bytes:
        """Return what it is signed with."""
        return salted_hmac("claims.webhook", self.salt, algorithm="sha256").digest()

    @property
    def secret(self) -> str:
        """Return the key as its owner has to keep it, who is shown it once."""
        return SECRET_PREFIX + base64.b64encode(self.key).decode()

    @property
    def position(self) -> LogPosition:
        return LogPosition(self.written, self.entry)

    @property
    def state(self) -> str:
        if self.stopped_at:
            return "stopped"
        return "failing" if self.problem else "active"

    @property
    def is_stopped_by_site(self) -> bool:
        return self.stopped_at is not None and self.problem == STOPPED_BY_SITE

    def stop(self, reason: str) -> None:
        """Stop it, unless it is stopped already, for a reason that stays."""
        going = Webhook.objects.filter(pk=self.pk, stopped_at__isnull=True)
        going.update(stopped_at=timezone.now(), problem=reason)

    def stop_for_site(self) -> None:
        """Stop it so that its owner cannot resume it."""
        Webhook.objects.filter(pk=self.pk).update(
            stopped_at=timezone.now(), problem=STOPPED_BY_SITE
        )

    def resume_for_owner(self) -> None:
        """Go on as its owner asks. Raises `Refused` if whoever runs the site has stopped it."""
        with transaction.atomic():
            locked = Webhook.objects.select_for_update().get(pk=self.pk)
            if locked.is_stopped_by_site:
                raise Refused(NOT_RESUMED)
            locked.resume()

    def resume(self) -> None:
        """Go on where it was stopped, with as many attempts as at first."""
        self.deliveries.filter(state=DeliveryState.WAITING).update(attempts=0)
        dead = self.deliveries.filter(state=DeliveryState.DEAD).order_by("-pk").first()
        if dead:
            WebhookDelivery.objects.filter(pk=dead.pk).update(
                state=DeliveryState.WAITING, attempts=0
            )
        Webhook.objects.filter(pk=self.pk).update(
            stopped_at=None, problem="", next_at=timezone.now()
        )


class WebhookQuote(models.Model):
    """That a webhook with filters was told of a quote: it is told, too, when that fits them no more."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="quotes", db_index=False)
    quote = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["webhook", "quote"], name="webhook_knows_quote_once")
        ]

    def __str__(self) -> str:
        return f"quote {self.quote}"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "waiting"
    DONE = "done", "done"
    DEAD = "dead", "given up"


class WebhookDelivery(models.Model):
    """What was sent to a webhook at once, or is to be: a list of changes as JSON, and what came of it."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    message = models.UUIDField(default=uuid.uuid4, unique=True)
    body = models.TextField()
    entries = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    status = models.PositiveIntegerField("answer", null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = "webhook delivery"
        verbose_name_plural = "webhook deliveries"
        constraints: ClassVar = [
            build_one_of_constraint("state", tuple(DeliveryState.values), "delivery_state_is_known")
        ]

    def __str__(self) -> str:
        return str(self.message)

    @classmethod
    def forget_old(cls) -> None:
        """Forget what was sent long ago; what waits, or was given up last, is kept."""
        horizon = timezone.now() - timedelta(days=DAYS_DELIVERIES_ARE_KEPT)
        cls.objects.filter(made_at__lt=horizon, state=DeliveryState.DONE).delete()
