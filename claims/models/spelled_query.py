"""Searches that find words however they are spelled: by rule, and as they stand somewhere on the
site (`words.py`).
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchQuery

from claims.models.spelling import (
    HYPHENS,
    WORDS_FOR_ONE_THING,
    fold_word,
    list_other_spellings,
    list_words,
)
from claims.models.word_groups import COMMON_WORDS
from claims.models.words import MOST_SPELLINGS_KEPT, Word

MOST_WORDS_SPELLED = 40  # of those that are asked for, the first
WORD_SQL = "phraseto_tsquery('english', %s)"
PAIR_SQL = "plainto_tsquery('english', %s)"
# The words of a key as they stand somewhere, any of them.
KNOWN_SQL = f"""
    COALESCE((SELECT string_agg('(' || spelled.query || ')', ' | ')::tsquery
                FROM (SELECT phraseto_tsquery('english', replace(known.word, '-', hyphen))::text AS query
                        FROM (SELECT word FROM claims_word WHERE key = %s
                               ORDER BY uses DESC, word LIMIT {MOST_SPELLINGS_KEPT}) AS known
                       CROSS JOIN unnest(ARRAY['{"', '".join(HYPHENS)}']) AS hyphen) AS spelled
               WHERE spelled.query <> ''), ''::tsquery)
"""


class SpelledWord(NamedTuple):
    """A word that is asked for, or two side by side, with other ways to spell it, and the key of
    those that stand somewhere; the key is empty where these are among the others already.
    """

    asked: str
    others: tuple[str, ...]
    key: str


Spellings = tuple[SpelledWord, ...]


class SpelledSearchQuery(SearchQuery):
    """A query of the index that also takes each word as it is spelled otherwise.

    PostgreSQL puts the other spellings in the places of the words: its dictionaries of synonyms
    would need files on the server. It looks them up itself where they were not before, and then
    plans without knowing how many rows have them.
    """

    def __init__(self, text: str, spellings: Spellings):
        super().__init__(text, search_type="websearch", config="english")
        self.spellings = spellings

    def as_sql(self, *args: Any, **options: Any) -> Any:
        sql, parameters = super().as_sql(*args, **options)
        for asked, others, key in self.spellings:
            whole = PAIR_SQL if " " in asked else WORD_SQL
            any_of_them = [whole, *[WORD_SQL] * len(others)]
            parameters = [*parameters, asked, asked, *others]
            if key:
                any_of_them.append(KNOWN_SQL)
                parameters.append(key)
            sql = f"ts_rewrite({sql}, {whole}, {' || '.join(any_of_them)})"
        if any(word.key for word in self.spellings):
            sql = f"(SELECT {sql})"  # once, and not for each row again
        return sql, parameters


def list_spellings(text: str) -> Spellings:
    """Return how the words that are asked for are spelled by rule, with the keys of further ways.

    Pairs come first, while both of their words are as they were asked for. PostgreSQL misses a
    phrase one word of which may also be the whole phrase, as that of “covid 19” would be.
    """
    asked = [word for word in list_words(text) if word not in COMMON_WORDS][:MOST_WORDS_SPELLED]
    spellings = []
    in_pairs: set[str] = set()
    for one, other in dict.fromkeys(pairwise(asked)):
        joined = fold_word(one + other)
        if joined in WORDS_FOR_ONE_THING:
            in_pairs |= {one, other}
            spellings.append(
                build_spelled_word(f"{one} {other}", WORDS_FOR_ONE_THING[joined], joined)
            )
        else:
            spellings.append(SpelledWord(f"{one} {other}", (), joined))
    for word in dict.fromkeys(asked):
        if word not in in_pairs:
            spellings.append(build_spelled_word(word, list_other_spellings(word), fold_word(word)))
    return tuple(spellings)


def find_spellings(text: str) -> Spellings:
    """Return how else the words that are asked for are spelled, by rule and as they stand
    somewhere. It takes one query.
    """
    by_rule = list_spellings(text)
    if not by_rule:
        return ()
    known = Word.objects.find_spellings(word.key for word in by_rule)
    spellings = []
    for asked, others, key in by_rule:
        word = build_spelled_word(asked, [*others, *known.get(key, ())], "")
        if word.others:
            spellings.append(word)
    return tuple(spellings)


def build_spelled_word(asked: str, others: Iterable[str], key: str) -> SpelledWord:
    """Return a word with other spellings, each once, with every kind of hyphen."""
    every: list[str] = []
    for each in (asked, *others):
        every += [each.replace("-", hyphen) for hyphen in HYPHENS]
    distinct = tuple(other for other in dict.fromkeys(every) if other != asked)
    return SpelledWord(asked, distinct, key)
