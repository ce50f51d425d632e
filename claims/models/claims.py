"""What is said."""

import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from claims.models.addresses import get_address
from claims.models.rules import track_history
from claims.models.standing import build_quote_count, build_quote_exists
from claims.models.text_search import build_plain_column, build_search_query

if TYPE_CHECKING:
    from django.db.models import Manager

    from claims.models.quotes import Quote

CONTENT_GAP = " … "  # stands between the parts of a discontinuous content
LEAST_WORDS_ALONE = 3  # that mean the same in every article


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> Self:
        """Return what readers see in lists: the claims of which readers see a quote."""
        return self.filter(build_quote_exists(self.model))

    def counted(self) -> Self:
        return self.annotate(quote_count=build_quote_count())

    def search(self, text: str) -> Self:
        return self.filter(search=build_search_query(text))

    def delete_unused(self, keys: Iterable[int]) -> None:
        """Delete those of these claims that no quote makes.

        Whoever makes one just now is waited for, and then seen.
        """
        claims = self.filter(pk__in=list(keys)).order_by("pk")
        locked = list(claims.select_for_update().values_list("pk", flat=True))
        self.filter(pk__in=locked, quotes__isnull=True).delete()


@track_history("search")
class Claim(models.Model):
    """A proposition that quotes assert, deny or question."""

    if TYPE_CHECKING:
        quotes: "Manager[Quote]"

    text = models.TextField(help_text="in the words of the first quote")
    key = models.CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of the normalised words"
    )
    search = models.GeneratedField(
        expression=SearchVector(build_plain_column("text"), config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [GinIndex(fields=["search"], name="claim_search")]

    def __str__(self) -> str:
        return self.text[:100]

    def get_absolute_url(self) -> str:
        return get_address("claim", self.pk)

    @staticmethod
    def key_of(content: str, article: str) -> str:
        """Return a key that is the same for contents that differ only in case, marks,
        white space and a leading "that".

        One or two words ("this", "the charge") mean what their article was speaking of, so
        they are a claim of that article alone (by its key).
        """
        without_apostrophes = content.casefold().replace("’", "").replace("'", "")
        words = re.findall(r"\w+", without_apostrophes)
        if words[:1] == ["that"]:
            words = words[1:]
        key_words = words or [content]
        if len(words) < LEAST_WORDS_ALONE:
            key_words = [f"article {article}:", *key_words]
        return hashlib.sha256(" ".join(key_words).encode()).hexdigest()
