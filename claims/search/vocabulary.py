"""The words of the site, counted as quotes, articles and names come in.

What is counted is what came in since the last time, some thousand rows at once. A quote that is
rejected or goes stays counted: the counts only tell which of two spellings is the likelier.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import models, transaction

from claims.models import ActorName, Article, Quote, Word, WordsRead
from claims.models.spelling import list_words

ROWS_AT_ONCE = 5000
COLUMNS_WITH_WORDS: tuple[tuple[type[models.Model], str], ...] = (
    (Quote, "content"),
    (Article, "title"),
    (ActorName, "name"),
)


def count_new_words() -> Iterator[int]:
    """Count the words of all rows that came in since they were counted last; yield how many rows
    each step had.
    """
    for model, column in COLUMNS_WITH_WORDS:
        while number := count_words_of_some(model, column):
            yield number


def count_words_of_some(model: type[models.Model], column: str) -> int:
    """Count the words of the next rows, all of them or none; return how many rows there were.

    A row whose transaction ends after that of a later one may be missed, and its words with it
    where no other row has them.
    """
    with transaction.atomic():
        WordsRead.objects.get_or_create(kind=column)
        read = WordsRead.objects.select_for_update().get(kind=column)
        manager: Any = model._default_manager
        rows = manager.filter(pk__gt=read.upto).order_by("pk").values_list("pk", column)
        found = list(rows[:ROWS_AT_ONCE])
        if not found:
            return 0
        uses: Counter[str] = Counter()
        for _, text in found:
            uses.update(set(list_words(text)))
        if uses:
            Word.add_uses(uses)
        read.upto = found[-1][0]
        read.save(update_fields=["upto"])
        return len(found)
