"""Outlets, and the hosts at which they publish."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Count, Q

from claims.models.addresses import get_address
from claims.models.changed_rows import build_log_triggers
from claims.models.names import build_holding_condition, build_key_column
from claims.models.rules import track_history
from claims.models.standing import build_quote_count
from claims.models.text_search import NAME_WORDS, build_beginning_query

if TYPE_CHECKING:
    from django.db.models import Manager


HOST_ON_THE_WEB = re.compile(
    r"[^\s/]+\.[^\s/]+"
)  # a publisher's name in the place of one has no dot


class OutletQuerySet(models.QuerySet["Outlet"]):
    def counted(self) -> Self:
        return self.annotate(
            article_count=Count("articles", distinct=True),
            quote_count=build_quote_count("article__outlet"),
        )

    def called(self, text: str) -> Self:
        """Return the outlets whose name, or one of whose hosts, holds these letters."""
        holds = build_holding_condition(text) | Q(hosts__host__icontains=text)
        return self.alias(key=build_key_column("name")).filter(holds).distinct()

    def beginning_with(self, text: str) -> Self:
        """Return the outlets whose name has, for each word typed, a word that begins with it,
        whatever its accents and apostrophes; none where no word is typed.
        """
        words = build_beginning_query(text)
        if words is None:
            return self.none()
        keyed = self.alias(key=build_key_column("name"))
        return keyed.alias(name_words=NAME_WORDS).filter(name_words=words)

    def named(self, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Return slug and name of these outlets by their primary keys."""
        rows = self.filter(pk__in=numbers).order_by().values_list("pk", "slug", "name")
        return {pk: (slug, name) for pk, slug, name in rows}

    def with_slugs(self, slugs: Iterable[str]) -> Self:
        return self.filter(slug__in=slugs)


class OutletNameOrigin(models.TextChoices):
    """Where an outlet's name comes from, the weakest first: a stronger one takes its place."""

    HOST = "host", "its host"
    LIST = "list", "the list of well-known outlets"
    PAGE = "page", "its own pages"
    CURATOR = "curator", "a curator"


@track_history()
class Outlet(models.Model):
    """Who published an article."""

    if TYPE_CHECKING:
        hosts: "Manager[OutletHost]"
        article_count: int  # once its articles have been counted
        quote_count: int

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=100, unique=True)
    named_by = models.CharField(
        "name from",
        max_length=7,
        choices=OutletNameOrigin,
        default=OutletNameOrigin.CURATOR,
        db_default=OutletNameOrigin.CURATOR,
        editable=False,
    )

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        triggers: ClassVar = [*build_log_triggers("outlet", "SELECT 'outlet', slug FROM {rows}")]
        permissions: ClassVar = [("merge_outlet", "Can merge outlets, and undo that")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return get_address("outlet", self.slug)

    @property
    def host(self) -> str:
        """Return the first of its hosts, "" if it has none. Reads `hosts` unless prefetched."""
        hosts = [row.host for row in self.hosts.all()]
        return hosts[0] if hosts else ""

    @property
    def web_hosts(self) -> list[str]:
        """Return its hosts on the web, without what stands there for articles without an address.

        Reads `hosts` unless prefetched.
        """
        return [row.host for row in self.hosts.all() if HOST_ON_THE_WEB.fullmatch(row.host)]


@track_history()
class OutletHost(models.Model):
    """A host at which an outlet publishes; for articles without an address, the publisher's name."""

    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="hosts")
    host = models.CharField(
        max_length=253,
        unique=True,
        help_text="without www., such as news.example; or the publisher's name, in small letters",
    )

    class Meta:
        ordering: ClassVar = ["id"]
        triggers: ClassVar = [
            *build_log_triggers(
                "host",
                "SELECT 'outlet', slug FROM {rows} one JOIN claims_outlet ON claims_outlet.id = outlet_id",
            )
        ]

    def __str__(self) -> str:
        return self.host
