"""Articles, their addresses, and what they said before."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Count, Exists, F, Q

from claims.models.addresses import get_address
from claims.models.changed_rows import build_log_triggers
from claims.models.changes import ARTICLE_NOTE_TRIGGER
from claims.models.checks import TEXT_IS_CHECKED
from claims.models.copies import (
    ARTICLE_COPIES_TRIGGERS,
    build_day_column,
    build_earlier_copy_condition,
)
from claims.models.outlets import Outlet
from claims.models.rules import track_history
from claims.models.spelled_query import Spellings
from claims.models.standing import build_quote_count
from claims.models.text_search import (
    build_phrase_condition,
    build_plain_column,
    build_search_query,
    list_phrase_patterns,
)
from newsroom.web_addresses import is_web_address

if TYPE_CHECKING:
    from django.db.models import Manager

    from claims.models.copies import Fingerprint
    from claims.models.quotes import Quote


TITLE_WORDS = SearchVector(build_plain_column("title"), config="english")
OutletCount = tuple[str, str, int]  # an outlet's slug and name, and how many articles it has


class ArticleQuerySet(models.QuerySet["Article"]):
    def counted(self) -> Self:
        return self.annotate(quote_count=build_quote_count("article"))

    def search(self, text: str, spellings: Spellings | None = None) -> Self:
        """Return the articles whose title or text has these words, a phrase just so."""
        articles = self.filter(search=build_search_query(text, spellings))
        for pattern in list_phrase_patterns(text):
            in_title = build_phrase_condition("title", pattern)
            articles = articles.filter(in_title | build_phrase_condition("text", pattern))
        return articles

    def titled(self, text: str, spellings: Spellings | None = None) -> Self:
        """Return the articles whose title has these words, a phrase just so."""
        words = build_search_query(text, spellings)
        articles = self.alias(title_words=TITLE_WORDS).filter(title_words=words)
        for pattern in list_phrase_patterns(text):
            articles = articles.filter(build_phrase_condition("title", pattern))
        return articles

    def in_outlets(self, *slugs: str) -> Self:
        return self.filter(outlet__slug__in=slugs)

    def once_per_text(self) -> Self:
        """Leave out the copies of each text but the one that was published first."""
        earlier = self.model._default_manager.alias(copy_day=build_day_column(""))
        return self.filter(~Exists(earlier.filter(build_earlier_copy_condition("", "pk"))))

    def with_shared_text(self) -> Self:
        """Annotate `shared_text`: a number that all copies of one text have, None without any."""
        return self.annotate(shared_text=F("fingerprint__shared_text"))

    def sharing_texts(self, numbers: Iterable[int]) -> Self:
        """Return the copies of these texts, the first published first, as links tell them."""
        copies = self.filter(fingerprint__shared_text__in=list(numbers)).with_shared_text()
        told = copies.select_related("outlet").only("title", "published_on", "url", "outlet")
        return told.order_by(F("published_on").asc(nulls_last=True), "pk")

    def for_list(self) -> Self:
        """Fetch what a line of a list shows, but not the long texts; newest first."""
        shown = self.counted().with_shared_text().select_related("outlet")
        return shown.defer("text", "search").newest()

    def newest(self) -> Self:
        """Order by date, the newest first and those without a date last."""
        return self.order_by(F("published_on").desc(nulls_last=True), "-pk")

    def count_per_outlet(self, outlets: Iterable[Outlet]) -> dict[int, int]:
        """Return how many of these articles each of some outlets has, by its primary key."""
        theirs = self.filter(outlet__in=list(outlets)).order_by()
        return dict(theirs.values_list("outlet").annotate(count=Count("pk")))

    def per_outlet(self) -> list[OutletCount]:
        """Return slug and name of each outlet, with how many of these articles are its
        own, most first.
        """
        outlets = self.order_by().values_list("outlet__slug", "outlet__name")
        return list(outlets.annotate(count=Count("pk")).order_by("-count", "outlet__name"))


# Keeps the text that an article had before another takes its place, as a version; one that it had
# before is seen again.
TEXT_IS_KEPT_SQL = """
    INSERT INTO claims_articleversion (article_id, text, title, sha256, seen_at, superseded_at, sightings)
    VALUES (OLD.id, OLD.text, OLD.title, encode(sha256(convert_to(OLD.text, 'UTF8')), 'hex'),
            coalesce((SELECT max(superseded_at) FROM claims_articleversion WHERE article_id = OLD.id), OLD.added_at),
            clock_timestamp(), 1)
        ON CONFLICT (article_id, sha256) DO UPDATE
       SET title = excluded.title, superseded_at = excluded.superseded_at,
           sightings = claims_articleversion.sightings + 1;
    RETURN NULL;
"""


CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)"
    r"/(?P<kind>[a-z-]{2,8})/(?P<version>\d\.\d)",
    re.I,
)


@track_history("text", "search", unindexed=("outlet", "pgh_context"))
class Article(models.Model):
    """One published text.

    The offsets of its quotes point into `text`, which changes only together with them.

    Its versions keep what it said before, whoever changes it.
    """

    if TYPE_CHECKING:
        quotes: "Manager[Quote]"
        versions: "Manager[ArticleVersion]"
        addresses: "Manager[ArticleAddress]"
        fingerprint: "Fingerprint"
        shared_text: int | None  # once that has been asked for
        copies: "list[Article]"  # the others of its text, once these have been looked for

    key = models.CharField(
        max_length=2100, unique=True, help_text="its address, or its id where it has none"
    )
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="articles")
    url = models.URLField(max_length=2000, blank=True)
    title = models.CharField(max_length=1000)
    text = models.TextField()
    published_on = models.DateField(null=True, blank=True, help_text="empty where nobody knows it")
    author = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="who wrote it; empty where nobody is named",
    )
    language = models.CharField(
        max_length=35,
        blank=True,
        default="",
        db_default="",
        help_text="as BCP 47 names it, such as en-GB",
    )
    section = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text="of its outlet, such as Politics",
    )
    licence = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="under what terms it may be used, as its page says",
    )
    extractor = models.CharField(
        max_length=40,
        blank=True,
        editable=False,
        help_text="the version that last read it; empty: not read yet",
    )
    added_at = models.DateTimeField(auto_now_add=True)
    search = models.GeneratedField(
        expression=SearchVector(build_plain_column("title"), weight="A", config="english")
        + SearchVector(build_plain_column("text"), weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [F("published_on").desc(nulls_last=True), "-id"]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="article_search"),
            GinIndex(TITLE_WORDS, name="article_title_words"),
            models.Index(
                F("published_on").desc(nulls_last=True), F("id").desc(), name="article_newest"
            ),
            models.Index(fields=["published_on", "id"], name="article_oldest"),
        ]
        triggers: ClassVar = [
            TEXT_IS_CHECKED,
            pgtrigger.Trigger(
                name="what_it_said_is_kept",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("text"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("OLD.text IS DISTINCT FROM NEW.text"),
                func=TEXT_IS_KEPT_SQL,
            ),
            ARTICLE_NOTE_TRIGGER,
            *ARTICLE_COPIES_TRIGGERS,
            *build_log_triggers("article", "SELECT 'article', id::text FROM {rows}"),
        ]
        permissions: ClassVar = [("merge_article", "Can merge articles, and undo that")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return get_address("article", self.pk)

    @property
    def web_address(self) -> str:
        """Return its address if a reader may safely follow it, else nothing: articles come
        from anywhere.
        """
        return self.url if is_web_address(self.url) else ""

    @property
    def licence_address(self) -> str:
        """Return the address of its licence if it has one that a reader may safely follow."""
        return self.licence if is_web_address(self.licence) else ""

    @property
    def licence_name(self) -> str:
        """Return its licence as people call it: "CC BY 4.0" for the address of that one."""
        named = CREATIVE_COMMONS.match(self.licence)
        if named is None:
            return self.licence
        kind = named["kind"].upper()
        return f"CC0 {named['version']}" if kind == "ZERO" else f"CC {kind} {named['version']}"


class ArticleAddressQuerySet(models.QuerySet["ArticleAddress"]):
    def own(self) -> Self:
        """Return the addresses by which articles are found: each is of one article."""
        return self.filter(of_another=False)

    def kept_apart(self) -> Self:
        """Return the addresses of articles that a curator found to be others than their owners."""
        return self.filter(of_another=True, kept_apart_at__isnull=False)

    def doubled(self) -> Self:
        """Return the addresses that articles share with the one that has them as its own.

        Those of articles that a person found to be two are left out.
        """
        return self.filter(of_another=True, kept_apart_at__isnull=True)


class ArticleAddress(models.Model):
    """An address by which an article is or was known, in its canonical form.

    An article without an address that was merged into another is known by its key here. An address
    that is `of_another` article was this one's, too, before addresses were compared: the two may
    well be one, and wait for a curator, until somebody says that they are kept apart.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="addresses")
    address = models.CharField(max_length=2100)
    of_another = models.BooleanField(
        default=False,
        db_default=False,
        help_text="whether another article has the address as its own",
    )
    kept_apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kept_apart_at = models.DateTimeField(null=True, blank=True)

    objects = ArticleAddressQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name_plural = "article addresses"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address"], condition=Q(of_another=False), name="address_is_of_one_article"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["address"], condition=Q(of_another=True), name="address_of_two_articles"
            )
        ]

    def __str__(self) -> str:
        return self.address


class ArticleVersion(models.Model):
    """A text that an article had before another took its place: once each, however often it
    came back in between.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    text = models.TextField()
    title = models.CharField(max_length=1000)
    sha256 = models.CharField(max_length=64, help_text="of the text, as UTF-8")
    seen_at = models.DateTimeField(help_text="when it was first seen")
    superseded_at = models.DateTimeField(help_text="when another text last took its place")
    sightings = models.PositiveIntegerField(default=1, help_text="how many times it came")

    class Meta:
        ordering: ClassVar = ["superseded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "sha256"], name="version_is_kept_once")
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="text_stays_as_it_was",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.text IS DISTINCT FROM NEW.text OR OLD.sha256 IS DISTINCT FROM NEW.sha256"
                    " OR OLD.article_id IS DISTINCT FROM NEW.article_id"
                ),
                func="""
                    RAISE EXCEPTION 'version % of an article stays as it was', OLD.id
                        USING ERRCODE = 'integrity_constraint_violation';
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, as seen on {self.seen_at:%Y-%m-%d}"
