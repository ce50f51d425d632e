"""How often the language of a paragraph is told right: `python -m benchmarks.languages_read [TEXT.txt …]`.

The sentences are those that spaCy gives as examples of each language, most of them from news, in
paragraphs of three; English ones are of made-up stories besides. A paragraph of another language is
right where it is refused, whatever it is called, an English one where it is not. Texts of one's own
come as files with a paragraph a line, named for their language: `de.txt`, `en-1.txt`.
"""

import random
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.pages_read import make_story
from benchmarks.report import build_parser, report
from claims.intake.readers.languages import FEWEST_LETTERS, NAMES, find_foreign_language

SENTENCES = 3  # of a paragraph
STORIES = 100
# Without blanks between words and sentences.
WRITTEN_TOGETHER = ("zh", "ja", "th")


def list_example_paragraphs(language: str) -> list[str]:
    """Return paragraphs of spaCy's example sentences, each beginning one sentence further on."""
    try:
        sentences: list[str] = import_module(f"spacy.lang.{language}.examples").sentences
    except (ImportError, AttributeError):
        return []
    joint = "" if language in WRITTEN_TOGETHER else " "
    starts = range(max(len(sentences) - SENTENCES + 1, 1))
    return [joint.join(sentences[start : start + SENTENCES]) for start in starts]


def list_made_paragraphs() -> list[str]:
    rng = random.Random(11)
    stories = [make_story(rng) for _ in range(STORIES)]
    return [text for story in stories for kind, text in story.parts if kind == "paragraph"]


def read_files(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield the language and the text of each paragraph of files named for their language."""
    for path in paths:
        language = re.split(r"[-_.]", path.name)[0]
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield language, line


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("texts", nargs="*", type=Path, metavar="TEXT.txt")
    parser.add_argument("--wrong", action="store_true", help="print what is told wrong")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    paragraphs = [
        (language, text)
        for language in ("en", *NAMES)
        for text in list_example_paragraphs(language)
    ]
    paragraphs += [("en", text) for text in list_made_paragraphs()]
    paragraphs += read_files(options.texts)
    results: dict[str, list[bool]] = {}
    for language, text in paragraphs:
        if sum(map(str.isalpha, text)) < FEWEST_LETTERS:
            continue
        is_right = bool(find_foreign_language(text)) == (language != "en")
        results.setdefault(language, []).append(is_right)
        if options.wrong and not is_right:
            print(language, text[:200])
    shares = {name: round(sum(right) / len(right), 4) for name, right in sorted(results.items())}
    every = [right for rights in results.values() for right in rights]
    report(
        {"paragraphs": len(every), "right": round(sum(every) / len(every), 4), "languages": shares},
        options.out,
    )


if __name__ == "__main__":
    main()
