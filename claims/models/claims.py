"""What is said."""

import hashlib
import re
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from claims.models.addresses import get_address
from claims.models.querysets import ClaimQuerySet, build_plain_column
from claims.models.rules import track_history

if TYPE_CHECKING:
    from django.db.models import Manager

    from claims.models.quotes import Quote

CONTENT_GAP = " … "  # stands between the parts of a discontinuous content


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
        """The same for contents that differ only in case, punctuation, white space and a leading "that".

        One or two words ("this", "the charge") mean what their article was speaking of, so they are a claim of that article
        alone (by its key).
        """
        words = re.findall(r"\w+", content.casefold().replace("’", "'").replace("'", ""))
        kept = words[1:] if words[:1] == ["that"] else words
        scope = [f"article {article}:"] if len(kept) < 3 else []
        return hashlib.sha256(" ".join(scope + (kept or [content])).encode()).hexdigest()
