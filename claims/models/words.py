"""The words that quotes, headlines and names have, as they are written there: by them what is
spelled otherwise is found, and what is misspelled corrected.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models

from claims.models.spelling import LONGEST_KEY, LONGEST_WORD, fold_word, list_near_keys

MOST_SPELLINGS_KEPT = 8  # of one word, those used most
COUNT_WORDS_SQL = """
    INSERT INTO claims_word (word, key, near, uses)
    SELECT word, key, string_to_array(near, ' ')::int[], uses
      FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[]) AS told (word, key, near, uses)
     ORDER BY word
        ON CONFLICT (word) DO UPDATE SET uses = claims_word.uses + excluded.uses
"""


class WordQuerySet(models.QuerySet["Word"]):
    def find_spellings(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """Return the words with these keys as they are written, those used most first."""
        rows = self.filter(key__in=list(keys)).order_by("-uses", "word")
        spellings: dict[str, list[str]] = {}
        for key, word in rows.values_list("key", "word"):
            kept = spellings.setdefault(key, [])
            if len(kept) < MOST_SPELLINGS_KEPT:
                kept.append(word)
        return spellings


class Word(models.Model):
    """A word as it is written somewhere, in lower case.

    `key` is the same for all its spellings, `near` has the numbers by which misspelled words meet
    it, and `uses` counts the quotes, headlines and names that have it, or had it once: what is
    taken away is not counted off.
    """

    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)
    key = models.CharField(max_length=LONGEST_KEY)
    near = ArrayField(models.IntegerField())
    uses = models.PositiveIntegerField()

    objects = WordQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["key"], name="word_key"),
            GinIndex(fields=["near"], name="word_near"),
        ]

    def __str__(self) -> str:
        return self.word

    @classmethod
    def add_uses(cls, uses: Mapping[str, int]) -> None:
        """Count further uses of words, of which some may be new. It takes one query."""
        keys = [fold_word(word) for word in uses]
        near = [" ".join(map(str, list_near_keys(key))) for key in keys]
        with connection.cursor() as cursor:
            cursor.execute(COUNT_WORDS_SQL, [list(uses), keys, near, list(uses.values())])


class WordsRead(models.Model):
    """How far the words of a kind of row have been counted: all rows up to this number."""

    kind = models.CharField(max_length=20, primary_key=True)
    upto = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind} {self.upto}"
