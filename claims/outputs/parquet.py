"""Rows as Parquet, with types; needs pyarrow, which is large and so an extra of its own."""

import json
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from claims.models.refusals import Refused
from claims.outputs.fields import FIELDS, FieldType, FlatRow
from claims.outputs.selecting import Selection

MISSING = (
    "This site cannot write Parquet, as pyarrow is not installed: `pip install newsroom-quotes[parquet]`."
    " CSV, JSON Lines and SQLite have the same rows."
)


def check_parquet() -> None:
    """Raise `Refused` where Parquet cannot be written."""
    if find_spec("pyarrow") is None:
        raise Refused(MISSING)


def write_parquet(selection: Selection, batches: Iterable[list[FlatRow]], path: Path) -> None:
    """Write the rows a batch at a time; each column has its meaning, the file what it holds."""
    check_parquet()
    import pyarrow
    import pyarrow.parquet

    schema = build_schema(selection)
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            columns = [list(values) for values in zip(*batch, strict=True)]
            arrays = [
                pyarrow.array(values, type=field.type)
                for values, field in zip(columns, schema, strict=False)
            ]
            if arrays:
                writer.write_batch(pyarrow.record_batch(arrays, schema=schema))


def build_schema(selection: Selection) -> Any:
    import pyarrow

    types: dict[FieldType, Any] = {
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "text": pyarrow.string(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "moment": pyarrow.timestamp("us", tz="UTC"),
    }
    fields = [
        pyarrow.field(
            field.name,
            types[field.type],
            nullable=field.is_optional,
            metadata={"description": field.description},
        )
        for field in FIELDS
    ]
    return pyarrow.schema(fields, metadata={"newsroom": json.dumps(selection.describe())})
