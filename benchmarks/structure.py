"""What the engine gains from what a page sets apart: `python -m benchmarks.structure [--out benchmarks/structure.json]`.

Made-up pages have lists and quotations without marks that somebody introduces, such that nobody
does, and headings. Each is read with what its page sets apart and, as a text alone, without.
`introduced` is the share of the words of lists and quotations that are given to who says them,
`nobody` that of the words of other lists, boxes and headings that are given to anybody.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.pages_read import PEOPLE, make_story
from benchmarks.report import build_parser, report
from claims.extraction.reading_ahead import read_each
from claims.extraction.records import ArticleText
from claims.extraction.schema import Attribution
from claims.intake.readers.html.page import read_page

LIST_INTRODUCED = (
    "Speaking at the ferry pier, {A} promised three things:",
    "{A} said the council would:",
    "In her report, {A} said that:",
    "{A} listed what she wanted to see done:",
    "Among the demands that {A} read out were:",
    "{A} told reporters that the town needed:",
)
LIST_OF_NOBODY = (
    "The bridge in numbers:",
    "Here is what is known so far:",
    "The other bridges of the county are:",
    "Key dates:",
)
ITEMS = (
    "new lamps on both sides of the river before winter",
    "a ferry every ten minutes while the work goes on",
    "free crossings for those who live in the old town",
    "a second look at every bolt by engineers from outside",
    "an end to night work near the hospital",
    "one account that every contract is paid from",
)
FACTS = (
    "412 metres from one end to the other",
    "built in 1931 and painted four times since",
    "two lanes, one footpath, no tolls",
    "about 9,000 crossings on a market day",
)
QUOTATION_INTRODUCED = (
    "In a statement, {A} wrote:",
    "{A} said in a letter to residents:",
    "{A} posted on Monday evening:",
    "The message that {A} sent to the council reads:",
    "{A} replied in an e-mail:",
)
SAID = (
    "We have looked at every plank and every bolt of it, and there is nothing to be afraid of.",
    "The money for the repairs is there, and it will be spent on nothing else.",
    "I have asked for the papers four times, and I am still waiting for them.",
    "Nobody should have to cross the river in the dark.",
)
BOXES = (
    "This story was changed on Tuesday to correct the length of the bridge.",
    "The county has eleven bridges, of which four are closed.",
)
HEADINGS = (
    "“Nobody asked us.”",
    "{A}: ‘There is nothing to hide’",
    "Mayor says bridge is safe",
    "“We will not pay for it,” says union",
    "Who pays for it?",
    "What {A} said on Monday",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what is said in it by whom, and what nobody says."""

    marked: str
    said: Sequence[tuple[str, str]]  # who, and the words
    unsaid: Sequence[str]


def make_page(rng: random.Random) -> Page:
    story = make_story(rng)
    paragraphs = [text for kind, text in story.parts if kind == "paragraph"][:8]
    speaker, other = rng.sample(PEOPLE, 2)

    def fill(sentence: str) -> str:
        return sentence.format(A=speaker)

    items, facts = rng.sample(ITEMS, 3), rng.sample(FACTS, 3)
    words = rng.sample(SAID, 2)
    box = rng.choice(BOXES)
    headings = [fill(heading) for heading in rng.sample(HEADINGS, 2)]
    parts = [
        f"<p>{paragraphs[0]}</p><p>{other}, who keeps a shop near it, was not there.</p>",
        f"<h2>{headings[0]}</h2><p>{paragraphs[1]}</p>",
        f"<p>{fill(rng.choice(LIST_INTRODUCED))}</p><ul>{write_items(items)}</ul><p>{paragraphs[2]}</p>",
        f"<p>{rng.choice(LIST_OF_NOBODY)}</p><ul>{write_items(facts)}</ul><p>{paragraphs[3]}</p>",
        f"<h2>{headings[1]}</h2><p>{paragraphs[4]}</p><p>{fill(rng.choice(QUOTATION_INTRODUCED))}</p>"
        f"<blockquote><p>{words[0]}</p><p>{words[1]}</p></blockquote><p>{paragraphs[5]}</p>",
        f"<p>It was dark by then, and the last ferry had left.</p><blockquote><p>{box}</p></blockquote><p>{paragraphs[6]}</p>",
    ]
    title = escape(story.title)
    marked = (
        f"<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"{''.join(parts)}</article></body></html>"
    )
    said = [(speaker, text) for text in (*items, *words)]
    return Page(marked, said, (*facts, box, *headings))


def write_items(items: Sequence[str]) -> str:
    return "".join(f"<li>{item}</li>" for item in items)


def measure(pages: Sequence[Page], *, has_blocks: bool) -> dict[str, Any]:
    from claims.extraction.pipeline import load

    articles = []
    for page in pages:
        document = read_page(page.marked.encode(), "page").build("page", undated=True)
        blocks = document.blocks if has_blocks else ()
        articles.append((ArticleText(document.text, None, blocks=blocks), (page, document.text)))
    shares: dict[str, list[float]] = {"introduced": [], "nobody": []}
    for (page, text), quotes in read_each(load(), articles):
        if isinstance(quotes, Exception):
            raise quotes
        for speaker, words in page.said:
            shares["introduced"].append(measure_share(text, words, quotes, speaker))
        for words in page.unsaid:
            if words in text:
                shares["nobody"].append(measure_share(text, words, quotes, ""))
    return {name: round(sum(values) / len(values), 4) for name, values in shares.items()}


def measure_share(text: str, words: str, quotes: Sequence[Attribution], speaker: str) -> float:
    """Return the share of the words that is quoted as that speaker's, or as anybody's where there is none."""
    start = text.find(words)
    if start < 0:
        return 0.0
    held: set[int] = set()
    for quote in quotes:
        name = quote.speaker.name if quote.speaker else ""
        if not speaker or name == speaker:
            for content in quote.contents:
                held.update(range(max(content.start, start), min(content.end, start + len(words))))
    return len(held) / len(words)


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rng = random.Random(3)
    pages = [make_page(rng) for _ in range(options.pages)]
    result = {
        "pages": options.pages,
        "with": measure(pages, has_blocks=True),
        "without": measure(pages, has_blocks=False),
    }
    report(result, options.out)


if __name__ == "__main__":
    main()
