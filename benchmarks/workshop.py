"""The folder of a benchmark of intake: the documents that its parts need, made where they are not."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.progress import tell
from benchmarks.repeated import Record, Vocabulary, read_lines, repeat_documents, write_lines

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Workshop:
    """The folder where everything is, and what is asked."""

    folder: Path
    source: Path
    articles: int
    loaded: int
    workers: int

    @property
    def result_file(self) -> Path:
        return self.folder / "result.json"

    def read_result(self) -> dict[str, Any]:
        """Return what earlier runs in this folder measured."""
        if not self.result_file.exists():
            return {}
        result: dict[str, Any] = json.loads(self.result_file.read_text())
        return result

    def write_result(self, result: dict[str, Any]) -> None:
        self.result_file.write_text(json.dumps(result))

    def make_file(self, name: str, make: Callable[[Path], Any]) -> Path:
        """Return the file of this name, which is made where it is not there yet."""
        file = self.folder / name
        if not file.exists():
            tell(f"{name} is made")
            part = self.folder / f"{name}.part"
            make(part)
            part.rename(file)
        return file

    def find_quotes(self) -> Path:
        """Return the file of all documents with the quotes that the engine finds in them."""
        return self.make_file(
            "found.jsonl",
            lambda path: run("extract", str(self.source), str(path), "--documents"),
        )

    def write_documents(self, name: str, number: int) -> Path:
        """Return a file of so many documents that are to be read."""
        return self.write_repeated(name, number, 0, read_lines(self.source))

    def write_found(self, name: str, number: int, skipped: int = 0) -> Path:
        """Return a file of so many documents with their quotes, which are to be loaded."""
        return self.write_repeated(name, number, skipped, read_lines(self.find_quotes()))

    def write_repeated(
        self, name: str, number: int, skipped: int, documents: Sequence[Record]
    ) -> Path:
        def make(path: Path) -> None:
            vocabulary = Vocabulary(read_lines(self.find_quotes()))
            repeated = repeat_documents(documents, vocabulary, name, skipped)
            write_lines(path, islice(repeated, number))

        return self.make_file(f"{name}-{skipped}-{number}.jsonl", make)


def run(*words: str) -> float:
    """Run a command of the site, and return the seconds that it took."""
    began = time.perf_counter()
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def count_words(path: Path) -> int:
    return sum(len(document["text"].split()) for document in read_lines(path))
