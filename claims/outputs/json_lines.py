"""Rows as JSON Lines: an object a line, the same keys in each."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from claims.outputs.fields import FlatRow
from claims.outputs.selecting import Selection


def write_json_lines(selection: Selection, batches: Iterable[list[FlatRow]]) -> Iterator[bytes]:
    for batch in batches:
        lines = [format_json(row) for row in batch]
        yield "".join(lines).encode()


def format_json(row: FlatRow) -> str:
    return json.dumps(row._asdict(), ensure_ascii=False, default=format_day_or_moment) + "\n"


def format_day_or_moment(value: Any) -> str:
    assert isinstance(value, date)
    return value.isoformat()
