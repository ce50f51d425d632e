"""Whether a text whose lines were cut at a width gives the same who-said-what as the text itself.

    python -m benchmarks.wrapped ARTICLES.jsonl [--count 200] [--width 72] [--out benchmarks/wrapped.json]

Each article is set in the ways in which mail programs and archives set texts, and is read back as a
file of text. `texts` is the share of articles whose text is then the same to the letter; `f1` is
that of pairs of a speaker and the words said, against those in the text as it was. "as given" tells
of texts that keep their lines, as in JSON Lines, so that only the engine can join them.
"""

import json
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import build_parser, report
from claims.extraction.reading_ahead import read_each
from claims.extraction.records import ArticleText
from claims.intake.readers.documents import Broken
from claims.intake.readers.plain import read_text_draft

Pairs = Counter[tuple[str, str]]
INDENT = "    "
MAIL_WIDTH = 76
SHORTER_WHEN_QUOTED = 4
RAGGED_BY = 12  # characters by which a paragraph may be narrower
RAGGED_STEP = 5
VOWELS = "aeiouy"
SHORTEST_CUT_WORD = 6  # letters
FEWEST_BEFORE_CUT = 3
FEWEST_AFTER_CUT = 3


def set_with_blank_lines(paragraphs: Sequence[str], width: int) -> str:
    return "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)


def set_indented(paragraphs: Sequence[str], width: int) -> str:
    filled = [textwrap.fill(text, width, initial_indent=INDENT) for text in paragraphs]
    return "\n".join(filled)


def set_indented_with_blank_lines(paragraphs: Sequence[str], width: int) -> str:
    filled = [textwrap.fill(text, width, initial_indent=INDENT) for text in paragraphs]
    return "\n\n".join(filled)


def set_flush(paragraphs: Sequence[str], width: int) -> str:
    """Return the text with nothing between its paragraphs but the end of a line."""
    return "\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)


def set_hyphenated(paragraphs: Sequence[str], width: int) -> str:
    return "\n\n".join("\n".join(fill_hyphenated(text, width)) for text in paragraphs)


def set_quoted(paragraphs: Sequence[str], width: int) -> str:
    """Return the text as a mail program quotes it, with the line ends of mail."""
    filled = [textwrap.fill(paragraph, width - 2).split("\n") for paragraph in paragraphs]
    quoted = ["\r\n".join(f"> {line}" for line in lines) for lines in filled]
    return "\r\n>\r\n".join(quoted)


def set_mail(paragraphs: Sequence[str], width: int) -> str:
    """Return the text as in a mail that answers one: every second paragraph is quoted in it, and a
    little narrower.
    """
    parts = []
    for number, paragraph in enumerate(paragraphs):
        mark = "> " if number % 2 else ""
        lines = textwrap.wrap(paragraph, MAIL_WIDTH - (SHORTER_WHEN_QUOTED if mark else 0))
        parts.append("\n".join(f"{mark}{line}" for line in lines))
    return "\n\n".join(parts)


def set_ragged(paragraphs: Sequence[str], width: int) -> str:
    """Return the text with each paragraph cut at a width of its own, and blank lines between."""
    widths = range(width - RAGGED_BY, width + 1)
    cut = [
        textwrap.fill(paragraph, widths[number * RAGGED_STEP % len(widths)])
        for number, paragraph in enumerate(paragraphs)
    ]
    return "\n\n".join(cut)


def fill_hyphenated(paragraph: str, width: int) -> Iterator[str]:
    """Yield lines in which long words are cut at the end, before a consonant and a vowel."""
    line = ""
    for word in paragraph.split():
        if len(line) + 1 + len(word) <= width or not line:
            line = f"{line} {word}".strip()
            continue
        at = find_cut(word, width - len(line) - 2)
        if at:
            yield f"{line} {word[:at]}-"
            line = word[at:]
        else:
            yield line
            line = word
    yield line


def find_cut(word: str, room: int) -> int:
    """Return after how many letters a word is cut; 0 if it is not."""
    if not word.isalpha() or len(word) < SHORTEST_CUT_WORD:
        return 0
    for at in range(min(room, len(word) - FEWEST_AFTER_CUT), FEWEST_BEFORE_CUT - 1, -1):
        is_before_syllable = word[at] not in VOWELS and word[at + 1] in VOWELS
        if is_before_syllable and word[at - 1].isalpha():
            return at
    return 0


WAYS: dict[str, Callable[[Sequence[str], int], str]] = {
    "blank lines": set_with_blank_lines,
    "indented": set_indented,
    "indented, blank lines": set_indented_with_blank_lines,
    "flush": set_flush,
    "hyphenated": set_hyphenated,
    "quoted mail": set_quoted,
    "mail": set_mail,
    "ragged": set_ragged,
}
AS_GIVEN = ("blank lines", "flush")


def read_articles(path: Path, count: int) -> list[tuple[str, list[str]]]:
    """Return title and paragraphs of so many articles, spread over the file."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    step = max(len(records) // count, 1)
    articles = []
    for record in records[::step][:count]:
        paragraphs = [" ".join(line.split()) for line in record["text"].splitlines()]
        title = " ".join(str(record.get("title") or "").split()) or "No title"
        articles.append((title, [paragraph for paragraph in paragraphs if paragraph]))
    return articles


def read_back(title: str, body: str) -> str:
    """Return the text that is read in a file of text; "" if it is refused."""
    try:
        return read_text_draft(f"{title}\n2024-03-05\n\n{body}", "article.txt").text
    except Broken:
        return ""


class Engine:
    """Reads texts for quotes, each once."""

    def __init__(self) -> None:
        from claims.extraction.pipeline import load

        self.nlp = load()
        self.pairs: dict[str, Pairs] = {}

    def read(self, texts: Sequence[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self.pairs]
        articles = ((ArticleText(text, None), text) for text in new)
        for text, quotes in read_each(self.nlp, articles):
            if isinstance(quotes, Exception):
                raise quotes
            self.pairs[text] = Counter(
                (
                    quote.speaker.name if quote.speaker else "",
                    fold_words(" ".join(text[part.start : part.end] for part in quote.contents)),
                )
                for quote in quotes
            )

    def measure_f1(self, wanted: Sequence[str], found: Sequence[str]) -> float:
        self.read([*wanted, *found])
        shared = total = 0
        for one, other in zip(wanted, found, strict=True):
            shared += sum((self.pairs[one] & self.pairs[other]).values())
            total += sum(self.pairs[one].values()) + sum(self.pairs[other].values())
        return round(2 * shared / total, 4) if total else 1.0


def fold_words(text: str) -> str:
    """Return the letters and digits of a text, so that a hyphen or the end of a line does not count."""
    return re.sub(r"[\W_]+", "", text.casefold())


def measure(articles: Sequence[tuple[str, list[str]]], width: int) -> dict[str, Any]:
    engine = Engine()
    wanted = [read_back(title, "\n".join(paragraphs)) for title, paragraphs in articles]
    result: dict[str, Any] = {}
    for name, set_text in WAYS.items():
        bodies = [set_text(paragraphs, width) for _, paragraphs in articles]
        found = [read_back(title, body) for (title, _), body in zip(articles, bodies, strict=True)]
        same = sum(one == other for one, other in zip(wanted, found, strict=True))
        result[name] = {
            "texts": round(same / len(articles), 4),
            "f1": engine.measure_f1(wanted, found),
        }
    for name in AS_GIVEN:
        plain = ["\n".join(paragraphs) for _, paragraphs in articles]
        given = [WAYS[name](paragraphs, width) for _, paragraphs in articles]
        result[f"{name}, as given"] = {"f1": engine.measure_f1(plain, given)}
    return result


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("articles", type=Path, metavar="ARTICLES.jsonl")
    parser.add_argument("--count", type=int, default=200, help="of articles (200)")
    parser.add_argument("--width", type=int, default=72)
    parser.add_argument("--show", metavar="WAY", help="print the texts that differ, without quotes")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    articles = read_articles(options.articles, options.count)
    if options.show:
        show_differences(articles, options.show, options.width)
        return
    measured = measure(articles, options.width)
    report({"articles": len(articles), "width": options.width, **measured}, options.out)


def show_differences(articles: Sequence[tuple[str, list[str]]], way: str, width: int) -> None:
    """Print the lines that differ in texts that were cut and read back."""
    for title, paragraphs in articles:
        wanted = read_back(title, "\n".join(paragraphs)).split("\n")
        found = read_back(title, WAYS[way](paragraphs, width)).split("\n")
        for line in wanted:
            if line not in found:
                print("wanted:", line[:300])
        for line in found:
            if line not in wanted:
                print("found: ", line[:300])


if __name__ == "__main__":
    main()
