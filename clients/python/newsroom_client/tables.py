"""Flat rows as a table of pandas, which is installed by `newsroom-client[pandas]`."""

from collections.abc import Iterable
from datetime import date, datetime
from operator import attrgetter
from typing import TYPE_CHECKING

from newsroom_client.models import Row
from newsroom_client.reading import list_hints

if TYPE_CHECKING:
    import pandas

# The type of a column, by that of its values; each has room for nothing.
COLUMN_TYPES: dict[type, str] = {
    bool: "boolean",
    int: "Int64",
    float: "Float64",
    str: "string",
    date: "datetime64[s]",
    datetime: "datetime64[us, UTC]",
}


def build_table(rows: Iterable[Row]) -> "pandas.DataFrame":
    import pandas

    names = list(list_hints(Row))
    values = list(map(attrgetter(*names), rows))
    table = pandas.DataFrame(values, columns=names, dtype=object)
    return table.astype({name: find_column_type(name) for name in names})


def find_column_type(name: str) -> str:
    hint = list_hints(Row)[name]
    for kind, column_type in COLUMN_TYPES.items():
        if hint in (kind, kind | None):
            return column_type
    raise TypeError(name)
