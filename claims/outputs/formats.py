"""Every format that quotes go out in: its ending, its name, and what writes it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from claims.outputs.annotations import write_annotations
from claims.outputs.bundles import MOST_QUOTES_OF_BUNDLE, write_bundle
from claims.outputs.comma_separated import write_csv, write_csv_description
from claims.outputs.excel import MOST_EXCEL_ROWS, write_excel
from claims.outputs.feeds import FeedPage, write_atom, write_json_feed, write_rss
from claims.outputs.fields import FlatRow
from claims.outputs.json_lines import write_json_lines
from claims.outputs.linked_data import write_json_ld
from claims.outputs.parquet import check_parquet, write_parquet
from claims.outputs.references import write_bibtex, write_csl, write_ris, write_sentences
from claims.outputs.selecting import Selection
from claims.outputs.sqlite_file import write_sqlite

StreamWriter = Callable[[Selection, Iterable[list[FlatRow]]], Iterator[bytes]]
FileWriter = Callable[[Selection, Iterable[list[FlatRow]], Path], None]
FeedWriter = Callable[[FeedPage], bytes]
Use = Literal["table", "reference", "linked data", "feed", "description"]

MOST_ROWS_OF_FILE = 50_000  # of what is written as a whole before it is sent


@dataclass(frozen=True, slots=True)
class Format:
    """A format, by the ending of its address.

    It has one writer: of a stream, of a whole file, or of a page of a feed. `suffix` is the ending
    of the file that is saved.
    """

    ending: str
    name: str
    use: Use
    media_type: str
    suffix: str = ""
    stream: StreamWriter | None = None
    write_file: FileWriter | None = None
    write_feed: FeedWriter | None = None
    most_rows: int | None = None
    check: Callable[[], None] | None = None
    is_read_at_once: bool = False  # in the browser, rather than saved

    @property
    def most_rows_sent(self) -> int | None:
        """Return how many quotes a page can have made of it; None: any number."""
        if self.write_file is None:
            return None
        return min(self.most_rows or MOST_ROWS_OF_FILE, MOST_ROWS_OF_FILE)

    def build_file_name(self, selection: Selection) -> str:
        """Return what a saved file is called: it says how many quotes it has, and of when."""
        noun = "quote" if selection.total == 1 else "quotes"
        day = f"{selection.made_at:%Y-%m-%d}"
        return f"newsroom-{selection.total}-{noun}-{day}.{self.suffix or self.ending}"


FORMATS: tuple[Format, ...] = (
    Format("csv", "CSV", "table", "text/csv; charset=utf-8; header=present", stream=write_csv),
    Format(
        "xlsx",
        "Excel",
        "table",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_file=write_excel,
        most_rows=MOST_EXCEL_ROWS,
    ),
    Format("jsonl", "JSON Lines", "table", "application/jsonl", stream=write_json_lines),
    Format(
        "parquet",
        "Parquet",
        "table",
        "application/vnd.apache.parquet",
        write_file=write_parquet,
        check=check_parquet,
    ),
    Format("sqlite", "SQLite", "table", "application/vnd.sqlite3", write_file=write_sqlite),
    Format("jsonld", "JSON-LD", "linked data", "application/ld+json", stream=write_json_ld),
    Format(
        "anno",
        "Annotations",
        "linked data",
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
        suffix="annotations.jsonld",
        stream=write_annotations,
    ),
    Format(
        "bib", "BibTeX", "reference", "application/x-bibtex; charset=utf-8", stream=write_bibtex
    ),
    Format(
        "ris",
        "RIS",
        "reference",
        "application/x-research-info-systems; charset=utf-8",
        stream=write_ris,
    ),
    Format(
        "csl",
        "CSL-JSON",
        "reference",
        "application/vnd.citationstyles.csl+json",
        suffix="csl.json",
        stream=write_csl,
    ),
    Format(
        "txt",
        "Sentences",
        "reference",
        "text/plain; charset=utf-8",
        stream=write_sentences,
        is_read_at_once=True,
    ),
    Format(
        "bundle",
        "Bundle to check",
        "reference",
        "application/zip",
        suffix="zip",
        write_file=write_bundle,
        most_rows=MOST_QUOTES_OF_BUNDLE,
    ),
    Format("atom", "Atom", "feed", "application/atom+xml; charset=utf-8", write_feed=write_atom),
    Format("rss", "RSS", "feed", "application/rss+xml; charset=utf-8", write_feed=write_rss),
    Format("jsonfeed", "JSON Feed", "feed", "application/feed+json", write_feed=write_json_feed),
    Format(
        "csvw",
        "Description of the CSV",
        "description",
        "application/csvm+json",
        suffix="csv-metadata.json",
        stream=write_csv_description,
    ),
)
FORMAT_OF_ENDING = {each.ending: each for each in FORMATS}
FEEDS = tuple(each for each in FORMATS if each.use == "feed")
DOWNLOADS = tuple(each for each in FORMATS if each.use not in ("feed", "description"))
