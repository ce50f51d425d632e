"""Quotes as files, in every format of the site, and as rows for tables."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Unpack

import httpx

from newsroom_client.models import Ending, Filters, Row
from newsroom_client.problems import ProblemError, Unreadable
from newsroom_client.reading import read_row
from newsroom_client.transport import Transport, list_pairs

if TYPE_CHECKING:
    import pandas

TOTAL_HEADER = "Newsroom-Total"
QUERY_HEADER = "Newsroom-Query"


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was written: how many quotes it has, and for which filters."""

    path: Path | None
    total: int
    query: str


class Rows:
    """Quotes as flat rows, read as they come; each going through them asks anew."""

    def __init__(self, downloads: "Downloads", filters: Filters):
        self._downloads = downloads
        self._filters = filters

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows. Raises `Unreadable` where fewer come than there are."""
        with self._downloads.open_file("/quotes.jsonl", self._filters) as response:
            number = 0
            for line in response.iter_lines():
                yield read_row(Row, json.loads(line))
                number += 1
            if number != read_total(response):
                raise Unreadable(f"{number} of {read_total(response)} rows came.")

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a table with the right types: days and moments as such, and no number for nothing."""
        from newsroom_client.tables import build_table

        return build_table(self)


class Downloads(Transport):
    """What is at addresses with an ending, such as `/quotes.csv`."""

    def rows(self, **filters: Unpack[Filters]) -> Rows:
        """Return the quotes of these filters as flat rows: all columns that the files have."""
        return Rows(self, filters)

    def download(
        self, ending: Ending, target: str | Path | IO[bytes], **filters: Unpack[Filters]
    ) -> Download:
        """Write the quotes of these filters into a file, in a format: `csv`, `xlsx`, `bib` and so on.

        The file is there once all of it has come.
        """
        return self._write(f"/quotes.{ending}", filters, target)

    def download_claim(
        self, claim: int, ending: Ending, target: str | Path | IO[bytes]
    ) -> Download:
        """Write the quotes of a claim into a file."""
        return self._write(f"/claims/{claim:d}.{ending}", {}, target)

    def cite(self, quote: int, ending: Ending = "txt") -> str:
        """Return a quote as a sentence ready to print, or as a reference (`bib`, `ris`, `csl`)."""
        with self.open_file(f"/quotes/{quote:d}.{ending}", {}) as response:
            return response.read().decode()

    @contextmanager
    def open_file(self, address: str, filters: Mapping[str, Any]) -> Iterator[httpx.Response]:
        """Open a file of the site.

        What it refuses it tells on a page; the API is asked what is wrong with the filters.
        """
        try:
            with self.open("GET", address, params=list_pairs(filters)) as response:
                yield response
        except ProblemError as error:
            if error.status == 400:
                self.read_json("GET", "/api/v1/timeline/", filters)
            raise

    def _write(
        self, address: str, filters: Mapping[str, Any], target: str | Path | IO[bytes]
    ) -> Download:
        with self.open_file(address, filters) as response:
            query = response.headers.get(QUERY_HEADER, "")
            if isinstance(target, str | Path):
                write_whole(response, Path(target))
                return Download(Path(target), read_total(response), query)
            for block in response.iter_bytes():
                target.write(block)
            return Download(None, read_total(response), query)


def write_whole(response: httpx.Response, path: Path) -> None:
    """Write a file under another name, and give it its own once it is whole."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            for block in response.iter_bytes():
                file.write(block)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def read_total(response: httpx.Response) -> int:
    """Return how many quotes a file has, as it says."""
    try:
        return int(response.headers[TOTAL_HEADER])
    except (KeyError, ValueError) as error:
        raise Unreadable(f"{response.url.path} does not say how many quotes it has.") from error
