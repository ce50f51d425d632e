"""What is wrong with a query string, in sentences for whoever typed it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from claims.passages.cutting import cut_text

LONGEST_VALUE_SHOWN = 60  # characters


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """A part of a query string that cannot be used, in a sentence."""

    parameter: str
    value: str
    message: str


def list_repeated_problems(query: QueryDict, names: Iterable[str]) -> list[QueryProblem]:
    """Return a problem for each of these parameters that is given several times although it
    takes one value.
    """
    problems = []
    for name in dict.fromkeys(names):
        values = [value for value in query.getlist(name) if value]
        if len(values) > 1:
            taken = shorten_query_value(values[-1])
            message = f"“{name}” is given more than once; “{taken}” is taken."
            problems.append(QueryProblem(name, taken, message))
    return problems


def shorten_query_value(value: str) -> str:
    """Return a value as a message can show it; it may be of any length, and hold NUL."""
    return cut_text(value.replace("\0", "�"), LONGEST_VALUE_SHOWN)
