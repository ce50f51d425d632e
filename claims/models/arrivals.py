"""What was handed in to be read: by link, paste, file or feed, and what becomes of each document."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.models.addresses import get_address
from claims.models.articles import Article
from claims.models.rules import track_history

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.db.models import Manager

LONGEST_REASON = 1000  # characters
PASTED = "pasted text"  # where a text was that came without a file or an address
ARRIVAL_LINE_FIELDS = (
    "delivery",
    "delivery__token",
    "where",
    "state",
    "reason",
    "changed_at",
    "article",
    "article__title",
)


class FeedQuerySet(models.QuerySet["Feed"]):
    def with_counts(self) -> Self:
        """Annotate `article_count`: how many articles a feed has brought, as far as that is known."""
        articles = Count("deliveries__arrivals__article", distinct=True)
        # Rows that are counted have lost the model's order.
        return self.annotate(article_count=articles).order_by("name", "source", "pk")

    def due(self) -> Self:
        """Return the feeds that are to be looked at now."""
        return self.filter(is_active=True, next_look_at__lte=timezone.now())


@track_history("etag", "last_modified", "last_looked_at", "next_look_at", "failures", "problem")
class Feed(models.Model):
    """A source that is looked at again and again: the address of a feed, or a folder of the server."""

    source = models.CharField(
        max_length=2000, unique=True, help_text="the address of a feed, or a folder on the server"
    )
    name = models.CharField(max_length=200, blank=True, help_text="what the feed calls itself")
    is_active = models.BooleanField(default=True, help_text="whether it is looked at")
    minutes_between_looks = models.PositiveIntegerField(default=15)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    last_looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_look_at = models.DateTimeField(default=timezone.now, editable=False)
    failures = models.PositiveIntegerField(
        default=0, editable=False, help_text="looks in a row that failed; each doubles the wait"
    )
    problem = models.CharField(
        max_length=LONGEST_REASON, blank=True, editable=False, help_text="why the last look failed"
    )

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "source"]
        indexes: ClassVar = [
            models.Index(fields=["next_look_at"], condition=Q(is_active=True), name="feed_due")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(minutes_between_looks__range=(1, 10_080)),
                name="feed_is_looked_at_between_a_minute_and_a_week",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.source

    def get_absolute_url(self) -> str:
        return get_address("feed", self.pk)


class FeedItem(models.Model):
    """Something that a feed has brought already, so that it is not fetched and read again.

    `name` stands for its address, its id, or its path in a folder. `stamp` tells a file from a
    later one of that name.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="items")
    name = models.CharField(max_length=64)
    stamp = models.CharField(max_length=60, blank=True)
    seen_at = models.DateTimeField(help_text="when it was last seen there, to the day")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed", "name"], name="feed_brings_an_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.feed}: {self.name}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def sent_lately(self, sender: str) -> Self:
        """Return what this sender has handed in within the last hour."""
        return self.filter(sender=sender, made_at__gt=timezone.now() - timedelta(hours=1))

    def of_person(self, user: "User | AnonymousUser", remembered: Iterable[int]) -> Self:
        """Return what somebody has handed in: under their name, else what their browser remembers."""
        there = self.not_discarded().filter(feed=None)
        if user.is_authenticated:
            return there.filter(added_by=user.pk)
        return there.filter(added_by=None, pk__in=remembered)

    def not_discarded(self) -> Self:
        """Leave out what was thrown away, of which nothing but its sender is known for a day."""
        return self.filter(Exists(Arrival.objects.filter(delivery=OuterRef("pk"))))

    def for_list(self) -> Self:
        """Annotate what a line of a list shows: how many documents there are and in which states, and
        what the first of them is.
        """
        first = Arrival.objects.filter(delivery=OuterRef("pk")).order_by("pk")
        title_read = KeyTextTransform("title", "document")
        title = Coalesce("article__title", title_read, output_field=models.TextField())
        states = {
            state.value: Count("arrivals", filter=Q(arrivals__state=state))
            for state in ArrivalState
        }
        return self.annotate(
            documents=Count("arrivals"),
            first_where=Subquery(first.values("where")[:1]),
            first_title=Subquery(first.annotate(title=title).values("title")[:1]),
            **states,
        ).order_by("-made_at", "-pk")


class Delivery(models.Model):
    """What somebody, or a feed, handed in at once: a link, a text, or files.

    `token` is what its page is called by, so that nobody guesses another's. `sender` stands for the
    network address of one who is not signed in. Documents of a delivery that keeps itself
    (`keeps_itself`) become articles as soon as they are read; others wait until a person keeps
    them, and are forgotten if nobody does.
    """

    if TYPE_CHECKING:
        arrivals: "Manager[Arrival]"

    token = models.CharField(max_length=43, unique=True, editable=False)
    feed = models.ForeignKey(
        Feed, models.SET_NULL, null=True, blank=True, related_name="deliveries"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sender = models.CharField(max_length=64, blank=True, editable=False)
    keeps_itself = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["sender", "made_at"], name="delivery_sender")]

    def __str__(self) -> str:
        return f"delivery {self.pk}"

    def get_absolute_url(self) -> str:
        return get_address("delivery", self.token)


class ArrivalState(models.TextChoices):
    """How far a document has come. `READ` waits for a person to keep it; `KEPT` is an article."""

    QUEUED = "queued", "waiting"
    READING = "reading", "being read"
    READ = "read", "read"
    KEPT = "kept", "kept"
    REFUSED = "refused", "not in"


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def unsettled(self) -> Self:
        """Return those that are waiting or being read."""
        return self.filter(state__in=(ArrivalState.QUEUED, ArrivalState.READING))

    def change(self, **values: object) -> int:
        """Give these rows new values; return how many there are."""
        return self.update(**values, changed_at=timezone.now())

    def for_list(self) -> Self:
        """Fetch what a line of a list shows, and none of what was handed in or read.

        Annotates `title`, as it was read, and `quotes`, how many were found.
        """
        title = KeyTextTransform("title", "document")
        quotes = Func(
            F("attributions"),
            function="jsonb_array_length",
            output_field=models.IntegerField(),
        )
        lines = self.annotate(title=title, quotes=quotes).select_related("article", "delivery")
        return lines.only(*ARRIVAL_LINE_FIELDS)


class Arrival(models.Model):
    """One document on its way in, or what it is to be read from.

    First it is what was handed in: an `address` to fetch, or the `content` of a file or a paste
    (whose name or address is `where`). Once that is opened, it is the first document found in it,
    the others are arrivals of their own, and the `content` is gone. What was handed in with an
    address and a content is read from the content if the address cannot be fetched. `told` is what
    the feed says of it, as in a document: what the reader does not find is taken from there.
    `document` holds what the reader saw, as `manage.py read` writes it, and `attributions` what the
    engine found, as `manage.py extract` writes it; once it is an article, that has both.

    `attempts` counts how often it was begun to open it, and then to read it. What a worker writes
    is taken only if nobody has begun it again since.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="arrivals")
    where = models.CharField(max_length=2000, help_text="its file, or its address")
    address = models.CharField(
        max_length=2000, blank=True, help_text="to be fetched; of a file in a folder, its path"
    )
    content = models.BinaryField(null=True, blank=True, editable=False)
    told = models.JSONField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=8, choices=ArrivalState, default=ArrivalState.QUEUED)
    reason = models.CharField(
        max_length=LONGEST_REASON, blank=True, help_text="why it is not in, or is waiting again"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    document = models.JSONField(null=True, blank=True)
    attributions = models.JSONField(null=True, blank=True)
    extractor = models.CharField(
        max_length=40, blank=True, editable=False, help_text="the version that read it"
    )
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )
    outcome = models.CharField(
        max_length=9, blank=True, help_text="new, updated or unchanged, once it is kept"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(
                fields=["changed_at"],
                condition=Q(state__in=("queued", "reading", "read")),
                name="arrival_on_its_way",
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=ArrivalState.values), name="arrival_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="arrival_is_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return f"{self.delivery.get_absolute_url()}{self.pk}/"
