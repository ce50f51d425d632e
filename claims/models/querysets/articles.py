"""The verbs of articles, their outlets and the claims in them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, F

from claims.models.querysets.quotes import build_quote_count, build_quote_exists
from claims.models.querysets.words import build_beginning_condition, build_search_query

if TYPE_CHECKING:  # named in the base classes below, where ruff does not look
    from claims.models import Article, Claim, Outlet  # noqa: F401


class ArticleQuerySet(models.QuerySet["Article"]):
    def counted(self) -> Self:
        return self.annotate(quote_count=build_quote_count())

    def search(self, text: str) -> Self:
        return self.filter(search=build_search_query(text))

    def in_outlets(self, *slugs: str) -> Self:
        return self.filter(outlet__slug__in=slugs)

    def for_list(self) -> Self:
        """With what a line of a list shows, and without the long texts that it does not; newest first."""
        return self.counted().select_related("outlet").defer("text", "search").newest()

    def newest(self) -> Self:
        """The newest first, those without a date last."""
        return self.order_by(F("published_on").desc(nulls_last=True), "-pk")

    def per_outlet(self) -> list[tuple[str, str, int]]:
        """Slug and name of each outlet there is, with how many articles are its own, most first."""
        counted = (
            self.order_by().values_list("outlet__slug", "outlet__name").annotate(count=Count("pk"))
        )
        return list(counted.order_by("-count", "outlet__name"))


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> Self:
        """What readers see in lists: those of which a quote stands."""
        return self.filter(build_quote_exists("claim"))

    def counted(self) -> Self:
        return self.annotate(quote_count=build_quote_count())

    def most_quoted(self) -> Self:
        return self.counted().order_by("-quote_count", "-pk")

    def search(self, text: str) -> Self:
        return self.filter(search=build_search_query(text))


class OutletQuerySet(models.QuerySet["Outlet"]):
    def counted(self) -> Self:
        return self.annotate(
            article_count=Count("articles", distinct=True),
            quote_count=build_quote_count("articles__"),
        )

    def beginning_with(self, text: str) -> Self:
        """Outlets whose name has, for each word typed, a word that begins so."""
        return self.filter(build_beginning_condition("name", text))

    def named(self, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Slug and name of these outlets by their numbers."""
        return {
            pk: (slug, name)
            for pk, slug, name in self.filter(pk__in=numbers)
            .order_by()
            .values_list("pk", "slug", "name")
        }

    def with_slugs(self, slugs: Iterable[str]) -> Self:
        return self.filter(slug__in=slugs)
