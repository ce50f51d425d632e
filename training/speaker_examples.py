"""Examples of speakers that are written by hand, as articles that were annotated."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.data import Document

FILE_OF_EXAMPLES = Path(__file__).parent / "speaker_examples.txt"
TIMES = 3  # that each counts, as there are so few


def read_speaker_examples(path: Path = FILE_OF_EXAMPLES) -> list[Document]:
    """Return the examples, each as an article of an outlet of its own."""
    documents: list[Document] = []
    for line in path.read_text().splitlines():
        if line.startswith("#"):
            continue
        text, *parts = (part.strip() for part in line.split("|"))
        if text != "+":
            name = f"example {len(documents)}"
            documents.append({"id": name, "publisher": name, "text": text, "attributions": []})
        document = documents[-1]
        document["attributions"].append(build_attribution(document["text"], parts))
    return documents


def build_attribution(text: str, parts: list[str]) -> dict[str, Any]:
    source, cue, content, speaker = parts
    start_of_source = text.rindex(source)
    start_of_content = text.rindex(content)
    spans = {
        "source": (start_of_source, source),
        "cue": (find_cue(text, cue, start_of_source), cue),
        "content": (start_of_content, content),
    }
    attribution: dict[str, Any] = {
        role: [[start, start + len(words)]] for role, (start, words) in spans.items()
    }
    return attribution | {"speaker": speaker or None, "kind": "none"}


def find_cue(text: str, cue: str, near: int) -> int:
    """Return where a cue stands nearest to its source."""
    return min(iterate_places(text, cue), key=lambda place: abs(place - near))


def iterate_places(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)
