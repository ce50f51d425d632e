"""The text of a page's article: one paragraph, heading, list item or row a line."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from claims.intake.readers.html.boxes import take_out_boxes
from claims.intake.readers.html.furniture import (
    is_about_author,
    is_furniture_line,
    is_of_names,
)
from claims.intake.readers.html.posts import sign_posts
from claims.intake.readers.html.pruning import drop_scripts, mark_article, prune_page
from claims.intake.readers.html.structured import find_string
from claims.intake.readers.html.titles import fold

LineKind = Literal["heading", "paragraph", "item", "quotation", "row"]
KIND_OF_TAG: dict[str, LineKind] = {
    "head": "heading", "p": "paragraph", "item": "item", "quote": "quotation", "row": "row",
    "code": "paragraph",
}  # fmt: skip
TAGS_OF_LINES = ("p", "item", "head", "quote", "list", "table", "row")
KINDS_AROUND_LINES = ("quotation", "item")
SHINGLE = 4  # words
FEWEST_WORDS_REPEATED = 6  # of a line that is left out because it stands elsewhere, too
FEWEST_WORDS_PULLED = 3  # of a quotation set apart that stands in the text, too
LONGEST_NAME = 6  # words below such a quotation that name who said it
MOST_HOLDERS = 30  # texts that are looked through for a line that may be repeated in them
FOUND_SHARE = 0.7  # of what the page says its text is; where less was found, that is taken
FEWEST_WORDS_OF_BODY = 60
FEW_WORDS = 250  # of an article from which too much may have been taken
LEAST_KEPT = 0.5  # of the words found in the page as it was; where less is left, that is taken
NOTE_LINES = 3  # at the end, among which notes on the author may stand
HEAD_LINES = 4  # at the top, among which title and byline may stand
SHORT_LINE = 12  # words
# Of a text that is shorter trafilatura doubts that it is the article, and takes all words of the page
# for one paragraph.
SHORTEST_TEXT = 40  # characters
TAKE_SHORT_TEXTS = use_config()
TAKE_SHORT_TEXTS["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(SHORTEST_TEXT)
ALL_QUOTED = re.compile(r"[“\"‘«][^“”\"«»]+[”\"’»]")
UNFINISHED = re.compile(r"[a-z,;–—-]$")


@dataclass(frozen=True, slots=True)
class Line:
    kind: LineKind
    text: str


def read_body(
    page: HtmlElement,
    headlines: Sequence[str],
    record: dict[str, Any],
    author: str = "",
    outlet: str = "",
) -> list[Line]:
    """Return the lines of the article. `page` is changed: what is not the article is taken out of
    it.
    """
    sign_posts(page)
    drop_scripts(page)
    whole = deepcopy(page)
    take_out_boxes(page, headlines)
    prune_page(page)
    mark_article(page)
    lines = clean_lines(extract_lines(page), headlines)
    if count_words(lines) < FEW_WORDS:
        unpruned = clean_lines(extract_lines(whole), headlines)
        if count_words(lines) < LEAST_KEPT * count_words(unpruned):
            lines = unpruned
    told = find_string(record.get("articleBody"))
    if told and is_better(told, lines):
        paragraphs = split_told_body(record["articleBody"])
        lines = clean_lines([Line("paragraph", text) for text in paragraphs], headlines)
    return leave_out_notes(lines, author, outlet)


def join_texts(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


def count_words(lines: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in lines)


def extract_lines(page: HtmlElement) -> list[Line]:
    """Return the lines that trafilatura takes for the article's; nothing is fetched."""
    found = bare_extraction(
        deepcopy(page),
        include_comments=False,
        include_tables=True,
        with_metadata=False,
        config=TAKE_SHORT_TEXTS,
    )
    body = getattr(found, "body", None)
    if body is None:
        return []
    return list(iterate_lines(body))


def iterate_lines(body: Any, within: LineKind | None = None) -> Iterator[Line]:
    """Yield the lines of trafilatura's tree; text between its elements is a paragraph, too.

    What stands `within` a quotation or an item is one.
    """
    for element in body:
        kind = KIND_OF_TAG.get(element.tag)
        if within and kind in (None, "paragraph"):
            kind = within
        inner = [child for child in element if child.tag in TAGS_OF_LINES]
        if kind is not None and not inner:
            yield from split_at_breaks(element, kind)
        elif kind == "row":
            cells = [" ".join("".join(cell.itertext()).split()) for cell in element]
            yield Line("row", " | ".join(cell for cell in cells if cell))
        else:
            if element.text and element.text.strip():
                yield Line(kind or "paragraph", " ".join(element.text.split()))
            yield from iterate_lines(element, kind if kind in KINDS_AROUND_LINES else None)
        if element.tail and element.tail.strip():
            yield Line(within or "paragraph", " ".join(element.tail.split()))


def split_at_breaks(element: Any, kind: LineKind) -> Iterator[Line]:
    """Yield the lines of a paragraph that has line breaks in it; one within a sentence is a
    blank.
    """
    parts = [element.text or ""]
    for child in element.iterdescendants():
        if child.tag == "lb":
            parts.append(child.tail or "")
        else:
            parts[-1] += (child.text or "") + (child.tail or "")
    lines: list[str] = []
    for part in parts:
        words = " ".join(part.split())
        if lines and words[:1].islower() and UNFINISHED.search(lines[-1]):
            lines[-1] += f" {words}"
        elif words:
            lines.append(words)
    for line in lines:
        yield Line(kind, line)


# What of the lines is the article's


def clean_lines(lines: Sequence[Line], headlines: Sequence[str]) -> list[Line]:
    """Return the lines without furniture, the title and what stands elsewhere in the text, too."""
    kept = [line for line in lines if line.text.strip() and not is_furniture_line(line.text)]
    kept = [
        line
        for i, line in enumerate(kept)
        if not (i < HEAD_LINES and is_title(line.text, headlines))
    ]
    kept = leave_out_repeated(kept)
    while kept and kept[-1].kind == "heading":
        kept.pop()
    return kept


def leave_out_notes(lines: Sequence[Line], author: str, outlet: str) -> list[Line]:
    """Return the lines without the names of author and outlet at the top, and what is told of them
    below.
    """
    first_note = max(len(lines) - NOTE_LINES, 1)
    kept = []
    for i, line in enumerate(lines):
        is_at_edge = i < HEAD_LINES or i >= first_note
        is_note = i >= first_note and is_about_author(line.text, author)
        if not is_note and not (is_at_edge and is_of_names(line.text, author, outlet)):
            kept.append(line)
    return kept


def is_title(text: str, headlines: Sequence[str]) -> bool:
    folded = fold(text).strip(" .")
    return any(folded == fold(headline).strip(" .") for headline in headlines)


def leave_out_repeated(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those that repeat words of others, as pull quotes and teasers do."""
    folded = [fold_words(line.text) for line in lines]
    holders = index_beginnings(folded)
    joined = "\n".join(words for words in folded if words.count(" ") >= LONGEST_NAME)
    kept: list[Line] = []
    seen: set[str] = set()
    was_pulled = False
    for line, words in zip(lines, folded, strict=True):
        is_set_apart = line.kind == "quotation" or bool(ALL_QUOTED.fullmatch(line.text))
        fewest = FEWEST_WORDS_PULLED if is_set_apart else FEWEST_WORDS_REPEATED
        is_long = words.count(" ") >= fewest - 1
        others = holders.get(tuple(words.split()[:FEWEST_WORDS_PULLED]), [])
        is_within = any(len(other) > len(words) and words in other for other in others)
        is_name_below = was_pulled and 0 < len(words.split()) <= LONGEST_NAME and words in joined
        was_pulled = is_set_apart and is_long and (words in seen or is_within)
        if is_name_below or (is_long and (words in seen or is_within)):
            continue
        seen.add(words)
        kept.append(line)
    return kept


def index_beginnings(texts: Sequence[str]) -> dict[tuple[str, ...], list[str]]:
    """Return, by three words on end, the first texts that have them: a line can only be repeated in
    one of these.
    """
    found: dict[tuple[str, ...], list[str]] = {}
    for text in texts:
        words = text.split()
        for i in range(len(words) - FEWEST_WORDS_PULLED + 1):
            holders = found.setdefault(tuple(words[i : i + FEWEST_WORDS_PULLED]), [])
            if len(holders) < MOST_HOLDERS:
                holders.append(text)
    return found


def fold_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


# What the page says its text is


def is_better(told: str, lines: Sequence[Line]) -> bool:
    """Whether the text that the page gives machines is to be taken: much of it was not found in the
    page.
    """
    if len(told.split()) < FEWEST_WORDS_OF_BODY:
        return False
    wanted = list_shingles(told)
    found = list_shingles(" ".join(line.text for line in lines))
    return bool(wanted) and len(wanted & found) < FOUND_SHARE * len(wanted)


def list_shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def split_told_body(told: Any) -> list[str]:
    """Return the paragraphs of a text for machines, in which marks and entities may stand."""
    text = unescape(told if isinstance(told, str) else find_string(told))
    text = re.sub(r"<(?:br|/p|/h\d|/li|/div)\b[^>]*>", "\n", text, flags=re.I)
    text = re.sub(r"<[^>\n]{1,300}>", "", text)
    paragraphs = [" ".join(line.split()) for line in text.splitlines()]
    return [paragraph for paragraph in paragraphs if paragraph]
