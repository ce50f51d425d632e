"""Searches that somebody has saved, to be told by e-mail of what is new in them."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from claims.models.rules import build_one_of_constraint

LONGEST_EMAIL = 254  # characters, as SMTP has it
DAYS_UNCONFIRMED = 3  # after which a search that nobody has confirmed is forgotten
# A search is looked at again for so long after the last change of any row: what comes with a quote,
# such as what it denies, is found a little later.
CHANGES_SETTLE_IN = timedelta(minutes=10)
LONGEST_WITHOUT_LOOK = timedelta(hours=1)


class Trigger(models.TextChoices):
    """What of the quotes of a search is told."""

    NEW = "new", "new quotes"
    REPEATED = "repeated", "somebody says again what they said before"
    DENIED = "denied", "somebody denies what these quotes say"
    FIRST = "first", "an outlet quotes somebody for the first time"
    VANISHED = "vanished", "a quote vanishes from its article"


class Pace(models.TextChoices):
    AT_ONCE = "at_once", "at once"
    DAILY = "daily", "once a day"
    WEEKLY = "weekly", "once a week"


class Follower(models.Model):
    """An address to which alerts are sent; it goes with the last of its searches.

    `email` stands nowhere else, and in no log.
    """

    email = models.CharField(max_length=LONGEST_EMAIL, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    asked_on = models.DateField(
        null=True, help_text="the last day on which it was asked to confirm"
    )
    asked = models.PositiveIntegerField(default=0, help_text="how often on that day")

    def __str__(self) -> str:
        return f"follower {self.pk}"

    @property
    def masked(self) -> str:
        """Return as much of the address as its owner knows it by: “c…@news.example”."""
        name, _, host = self.email.rpartition("@")
        return f"{name[:1]}…@{host}"

    def count_question(self) -> int:
        """Count that it is asked to confirm something; return how often that is on this day."""
        today = timezone.now().date()
        self.asked = self.asked + 1 if self.asked_on == today else 1
        self.asked_on = today
        self.save(update_fields=["asked", "asked_on"])
        return self.asked

    @classmethod
    def forget_idle(cls) -> None:
        """Forget those who follow nothing any more, but for those who are asking for something."""
        with transaction.atomic():
            unlocked = cls.objects.select_for_update(skip_locked=True, of=("self",))
            idle = unlocked.filter(searches__isnull=True).values_list("pk", flat=True)
            cls.objects.filter(pk__in=list(idle)).delete()


class FollowRequestQuerySet(models.QuerySet["FollowRequest"]):
    def sent_lately(self, sender: str) -> Self:
        """Return how often this sender has asked within the last hour."""
        return self.filter(sender=sender, made_at__gt=timezone.now() - timedelta(hours=1))

    def forget_old(self) -> None:
        self.filter(made_at__lt=timezone.now() - timedelta(days=1)).delete()


class FollowRequest(models.Model):
    """That somebody asked to follow something by e-mail, so that nobody does so too often.

    `sender` stands for a network address for a day and tells it to nobody.
    """

    sender = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = FollowRequestQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sender", "made_at"], name="follow_sender")]

    def __str__(self) -> str:
        return f"request of {self.made_at:%Y-%m-%d %H:%M}"


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def unmailed(self) -> Self:
        """Return the searches whose follower is still to be asked whether they want them, or to be sent
        the links of what they follow already.
        """
        return self.filter(mailed_at__isnull=True)

    def asked_since(self, moment: datetime) -> Self:
        return self.filter(asked_at__gt=moment)

    def due(self, changed_at: datetime | None) -> Self:
        """Return the searches whose time has come, and for which anything may be new.

        `changed_at` is when any row changed last.
        """
        now = timezone.now()
        may_have_news = Q(looked_at__isnull=True) | Q(looked_at__lt=now - LONGEST_WITHOUT_LOOK)
        if changed_at:
            may_have_news |= Q(looked_at__lt=changed_at + CHANGES_SETTLE_IN)
        return self.confirmed().filter(may_have_news, next_at__lte=now).order_by("next_at", "pk")

    def forget_unconfirmed(self) -> None:
        """Forget what nobody has confirmed, and the addresses with it."""
        horizon = timezone.now() - timedelta(days=DAYS_UNCONFIRMED)
        self.filter(confirmed_at__isnull=True, asked_at__lt=horizon).delete()
        Follower.forget_idle()


class SavedSearch(models.Model):
    """What somebody follows by e-mail: a state of the filters, a topic or a claim.

    `token` is the secret by which its follower changes and ends it. Quotes with a higher number than
    `start` may be new; what was told of them is in `SentQuote`. After some weeks `later_start`, the
    highest number of `later_start_at`, takes its place, so that it need not be compared with all.
    """

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="searches", editable=False)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    trigger = models.CharField("tells of", max_length=8, choices=Trigger)
    pace = models.CharField("how often", max_length=7, choices=Pace)
    query = models.TextField(blank=True, help_text="by which it is asked for at /follow/")
    described = models.TextField("follows", help_text="in words, as it was asked for")
    site = models.CharField(max_length=300, help_text="what addresses in mails begin with")
    asked_at = models.DateTimeField("asked for", auto_now_add=True)
    mailed_at = models.DateTimeField("asked to confirm", null=True, blank=True)
    confirmed_at = models.DateTimeField("confirmed", null=True, blank=True)
    start = models.BigIntegerField(default=0)
    later_start = models.BigIntegerField(default=0)
    later_start_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField("next look", null=True, blank=True)
    looked_at = models.DateTimeField("last look", null=True, blank=True)
    sent_at = models.DateTimeField("last mail", null=True, blank=True)
    sent = models.PositiveIntegerField("quotes sent", default=0)
    failures = models.PositiveIntegerField(default=0, help_text="one after the other")
    problem = models.CharField(max_length=300, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        verbose_name = "saved search"
        verbose_name_plural = "saved searches"
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"], condition=Q(confirmed_at__isnull=False), name="search_due"
            ),
        ]
        constraints: ClassVar = [
            build_one_of_constraint("trigger", tuple(Trigger.values), "search_trigger_is_known"),
            build_one_of_constraint("pace", tuple(Pace.values), "search_pace_is_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(next_at__isnull=False),
                name="search_confirmed_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"saved search {self.pk}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    def note(self, **values: object) -> bool:
        """Write down what has become of it; return whether it is still there. It may be ended at any
        time.
        """
        for name, value in values.items():
            setattr(self, name, value)
        return bool(SavedSearch.objects.filter(pk=self.pk).update(**values))

    def end(self) -> None:
        """Forget it, and its follower if it was the last."""
        self.delete()
        Follower.forget_idle()


class SentQuote(models.Model):
    """That a follower was told of a quote, or that it vanished: never again by the same number, nor by
    the same words in the same article.

    `batch` names the mail. The row is written before the mail is sent, and taken back where that was
    refused: what may have been sent is never sent twice.
    """

    follower = models.ForeignKey(
        Follower, models.CASCADE, related_name="sent_quotes", db_index=False
    )
    is_vanishing = models.BooleanField(default=False)
    quote = models.BigIntegerField()
    article = models.BigIntegerField()
    words = models.TextField()
    batch = models.UUIDField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["follower", "article"], name="sent_in_article"),
            models.Index(fields=["batch"], name="sent_in_mail"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["follower", "quote", "is_vanishing"], name="quote_is_sent_once"
            )
        ]

    def __str__(self) -> str:
        return f"quote {self.quote}"
