"""Check a bundle of quotes from Newsroom, offline: python3 check.py [TEXT.txt …]

Says what is wrong and exits with 1, or that nothing is. Needs Python 3.9 and nothing else.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


def find_changed_files(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the files, by their hashes."""
    listed = []
    for line in (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        digest, _, name = line.partition("  ")
        listed.append(name)
        path = folder / name
        if not path.is_file():
            yield f"{name} is missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{name} has been changed"
    for name in ("README.md", "check.py", "about.json", "quotes.json"):
        if name not in listed:
            yield f"{name} has no hash"


def find_wrong_slices(quotes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with the slices of the quotes within their excerpts."""
    for quote in quotes:
        excerpt = quote["excerpt"]
        for piece in quote["slices"]:
            start = piece["start"] - excerpt["start"]
            end = piece["end"] - excerpt["start"]
            if excerpt["text"][start:end] != piece["text"]:
                yield f"quote {quote['id']}: the {piece['role']} does not stand where it should"


def check_text(path: Path, quotes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with a text of the reader's; say of which quotes it is."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    found = [quote for quote in quotes if quote["article"]["sha256"] == digest]
    if not found:
        yield f"{path} is the text of no quote here"
        return
    text = content.decode("utf-8")
    for quote in found:
        for piece in quote["slices"]:
            if text[piece["start"] : piece["end"]] != piece["text"]:
                yield f"quote {quote['id']}: the {piece['role']} does not stand in {path}"
    print(f"{path} is the text of {len(found)} of the quotes.")


def find_problems(folder: Path, texts: list[str]) -> Iterator[str]:
    problems = list(find_changed_files(folder))
    yield from problems
    if problems:
        return  # what has been changed need not be read
    quotes = json.loads((folder / "quotes.json").read_text(encoding="utf-8"))
    yield from find_wrong_slices(quotes)
    for text in texts:
        yield from check_text(Path(text), quotes)
    print(f"{len(quotes)} quotes were looked at.")


def main() -> int:
    problems = 0
    for problem in find_problems(FOLDER, sys.argv[1:]):
        print(f"WRONG: {problem}")
        problems += 1
    if not problems:
        print("All is as it was when this was made.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
