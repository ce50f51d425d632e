"""Which offices articles give those whom they name: when, and of which place."""

from typing import ClassVar

from django.db import models

from claims.models.articles import Article


class Office(models.Model):
    """An office that an article gives somebody, by the name under which it knows them.

    It belongs to the name in the article, not to an actor: whoever's that name is there, by joins,
    merges and splits, is whom the article gives the office. The day is the article's.
    """

    # Found by `office_is_told_once`.
    article = models.ForeignKey(Article, models.CASCADE, related_name="offices", db_index=False)
    key = models.CharField(max_length=300, help_text="the name, made comparable")
    title = models.CharField(max_length=60)
    place = models.CharField(max_length=80, blank=True, help_text="empty where it is not told")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "key", "title", "place"], name="office_is_told_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["key"], name="office_key")]

    def __str__(self) -> str:
        return f"{self.title} of {self.place}" if self.place else self.title
