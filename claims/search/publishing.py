"""Who publishes most: outlets by the number of their articles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claims.models import Article, Outlet
from claims.search.copies import CopiesChoice, build_list_copies_choice


@dataclass(frozen=True, slots=True)
class PublishingOutlets:
    """The outlets that have articles, each with its `article_count`, most first."""

    outlets: list[Outlet]
    copies: CopiesChoice


def find_outlets(asked: Mapping[str, Any]) -> PublishingOutlets:
    """Return the outlets whose name or host is asked for, or all.

    An outlet has all that it published, unless each text is to count once: then what it had first.
    """
    matching = Outlet.objects.called(asked["q"]) if "q" in asked else Outlet.objects.all()
    outlets = list(matching.order_by("name", "pk"))
    every = Article.objects.count_per_outlet(outlets)
    once = Article.objects.once_per_text().count_per_outlet(outlets)
    copies = build_list_copies_choice(
        asked, sum(once.values()), sum(every.values()), is_once_by_default=False
    )
    counts = once if copies.is_once else every
    for outlet in outlets:
        outlet.article_count = counts.get(outlet.pk, 0)
    publishing = [outlet for outlet in outlets if outlet.article_count]
    publishing.sort(key=lambda outlet: -outlet.article_count)
    return PublishingOutlets(publishing, copies)
