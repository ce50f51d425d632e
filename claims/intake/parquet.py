"""Lines of documents as files of Parquet: a document a row, its attributions nested in it.

The columns are called as the keys of a line; one that a line leaves out is null.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from claims.extraction.schema import DETAIL_ROLES
from claims.models.refusals import Refused

ENDING = ".parquet"
ROWS_AT_ONCE = 1000
TEXT_COLUMNS = (
    "path",
    "id",
    "url",
    "title",
    "date",
    "publisher",
    "author",
    "language",
    "section",
    "licence",
    "text",
    "extractor",
    "refused",
)
BLOCK_KEYS = ("start", "end", "kind")
REVIEW_KEYS = ("address", "claim", "reviewer", "rating", "said_by", "said_on", "reviewed_on")

Line = dict[str, Any]


class ParquetRefused(Refused):
    """Why a file of Parquet cannot be read or written, in words."""


def import_pyarrow() -> Any:
    """Return the library. Raises `ParquetRefused` where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ParquetRefused("Parquet needs pyarrow: pip install newsroom-quotes[ray]") from None
    return pyarrow


@contextmanager
def write_parquet(path: str) -> Iterator[Callable[[Line], None]]:
    """Give what writes a line. Raises `ParquetRefused`."""
    pyarrow = import_pyarrow()
    schema = build_schema(pyarrow)
    waiting: list[Line] = []
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:

        def write_waiting() -> None:
            writer.write_table(pyarrow.Table.from_pylist(waiting, schema))
            waiting.clear()

        def write(line: Line) -> None:
            waiting.append(build_row(line))
            if len(waiting) == ROWS_AT_ONCE:
                write_waiting()

        yield write
        write_waiting()


def read_parquet(path: str) -> Iterator[Line]:
    """Yield the line of each row. Raises `ParquetRefused`, also where the file is broken."""
    pyarrow = import_pyarrow()
    try:
        for batch in pyarrow.parquet.ParquetFile(path).iter_batches(ROWS_AT_ONCE):
            for row in batch.to_pylist():
                yield build_line_of_row(row)
    except pyarrow.ArrowInvalid as error:
        raise ParquetRefused(f"it is no file of Parquet ({error})") from None


def build_row(line: Line) -> Line:
    row = dict(line)
    if "blocks" in line:
        row["blocks"] = [dict(zip(BLOCK_KEYS, block, strict=True)) for block in line["blocks"]]
    return row


def build_line_of_row(row: Line) -> Line:
    line = {key: value for key, value in row.items() if value is not None}
    blocks = line.get("blocks")
    if blocks and isinstance(blocks[0], dict):
        line["blocks"] = [[block.get(key) for key in BLOCK_KEYS] for block in blocks]
    if hasattr(line.get("date"), "isoformat"):
        line["date"] = line["date"].isoformat()
    return line


def build_schema(pyarrow: Any) -> Any:
    text = pyarrow.string()
    block = pyarrow.struct(
        {"start": pyarrow.int32(), "end": pyarrow.int32(), "kind": pyarrow.string()}
    )
    columns = dict.fromkeys(TEXT_COLUMNS, text)
    columns["addresses"] = pyarrow.list_(text)
    columns["blocks"] = pyarrow.list_(block)
    columns["reviews"] = pyarrow.list_(pyarrow.struct(dict.fromkeys(REVIEW_KEYS, text)))
    columns["attributions"] = pyarrow.list_(build_attribution_type(pyarrow))
    return pyarrow.schema(list(columns.items()))


def build_attribution_type(pyarrow: Any) -> Any:
    """Return the type of the records of attributions (`claims/extraction/records.py`)."""
    text, share, flag = pyarrow.string(), pyarrow.float64(), pyarrow.bool_()
    span = pyarrow.list_(pyarrow.int32())
    runners_up = pyarrow.list_(pyarrow.struct({"name": text, "kind": text, "confidence": share}))
    named = pyarrow.struct(
        {
            "name": text,
            "kind": text,
            "confidence": share,
            "method": text,
            "alone": flag,
            "mention": text,
            "plural": flag,
            "runners_up": runners_up,
        }
    )
    return pyarrow.struct(
        {
            "source": pyarrow.list_(span),
            "cue": pyarrow.list_(span),
            "content": pyarrow.list_(span),
            "actor": text,
            "speaker": text,
            "kind_of_actor": text,
            "actor_confidence": share,
            "actor_method": text,
            "actor_alone": flag,
            "actor_mention": text,
            "actor_plural": flag,
            "kind": text,
            "act": text,
            "confidence": share,
            "act_confidence": share,
            "runners_up": runners_up,
            "within": span,
            "about": pyarrow.list_(named),
            "said_on": text,
            **dict.fromkeys(DETAIL_ROLES, pyarrow.list_(span)),
        }
    )
