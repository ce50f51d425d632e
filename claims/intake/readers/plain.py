"""Texts without marks: what their first lines say of them, and the rest in whole paragraphs."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from claims.extraction.lexicon.words import word_set
from claims.extraction.text.wrapping import find_wrapping
from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.days import read_written_day
from claims.intake.readers.html.furniture import is_furniture_line
from claims.intake.readers.html.metadata import is_person, split_byline
from claims.intake.readers.problems import describe_little_text
from claims.intake.readers.repairing import decode_bytes, repair_text, unwrap_text

HEAD_LINES = 8  # at the top, among which title, byline, date and address stand
MOST_LINES_OF_HEAD = 16  # with blank ones
MOST_LINES_OF_TITLE = 3
LONGEST_TITLE = 200  # characters of a first line that is a title
MOST_WORDS_OF_STOPPED_TITLE = 12  # "… imports from the U.S."; longer, it is a sentence of the text
LONGEST_DATE_LINE = 80
FEWEST_WORDS = 10  # of an article
FULL_STOP = re.compile(r"\.[\"”’')\]]*$")
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
BYLINE = re.compile(r"(?i:by|von|author:?|written by)\s+(?P<names>[A-Z].{1,120})")
ADDRESS = re.compile(r"<?(https?://\S+?)>?")
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
WRITTEN_DATE = re.compile(
    rf"\b(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd"
    rf"|th)?\s+{MONTH},?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{8})\b",
    re.I,
)
DATELINE = re.compile(r"\d{4}\s?:\s")  # "CAIRO – 26 July 2022: The minister"
DATE_LINE_WORDS = re.compile(
    r"\b(?:(?:last|first)?\s?(?:published|updated|posted|modified)|on|at|by|of|the|[ap]\.?m\b\.?"
    r"|(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?)\b",
    re.I,
)
MOST_WORDS_BESIDE_DATE = 4
PARTICLES = word_set("de da del der di la le van von den bin al")
LABEL = re.compile(
    r"(?P<label>title|headline|date|published|url|source|publisher|outlet|author|byline|section"
    r"|language|licen[cs]e)\s*:\s*(?P<value>\S.*)",
    re.I,
)
FIELD_OF_LABEL = {
    "title": "title", "headline": "title", "date": "day", "published": "day", "url": "url",
    "source": "publisher",
    "publisher": "publisher", "outlet": "publisher", "author": "author", "byline": "author",
    "section": "section",
    "language": "language", "licence": "licence", "license": "licence",
}  # fmt: skip


def is_seed(content: bytes) -> bool:
    """Whether a text file has the three first lines of the seed format, if only nearly."""
    lines = content[:20_000].removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n", 3)
    second = lines[1].strip() if len(lines) > 1 else b""
    third = lines[2].strip() if len(lines) > 2 else b""
    has_date = bool(re.fullmatch(rb"\d{8}", second))
    has_address = bool(re.match(rb"[a-z][a-z+.-]*:\S", third))
    return has_date or has_address


def read_plain_text(
    content: bytes, where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    """Yield the article of a text file that is not in the seed format."""
    text = repair_text(decode_bytes(content)).removeprefix("\ufeff")
    if not text.strip():
        raise Broken("it is empty")
    yield read_text_draft(text, where).build(where, undated=undated)


def read_text_draft(text: str, where: str, **known: str) -> Draft:
    """Return a text as an article, its paragraphs whole; what is `known` of it stays."""
    lines = text.strip("\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head, rest = split_head(lines, has_title=bool(known.get("title")))
    body = unwrap_text("\n".join(rest)).split("\n")
    return read_lines_draft([*head, *body], where, **known)


def split_head(lines: Sequence[str], *, has_title: bool) -> tuple[list[str], Sequence[str]]:
    """Return the lines at the top that say what the text is, the title whole, and the lines after
    them.
    """
    head: list[str] = []
    at = 0
    while at < min(len(lines), MOST_LINES_OF_HEAD):
        line = lines[at].strip()
        if not line or read_head_line(line, may_be_title=False):
            head.append(line)
            at += 1
            continue
        title = [] if has_title else find_title_lines(lines, at)
        if not title:
            break
        head.append(" ".join(title))
        at += len(title)
        has_title = True
    return head, lines[at:]


def find_title_lines(lines: Sequence[str], at: int) -> list[str]:
    """Return the lines of the title that begins at a line; none where the text itself begins."""
    block: list[str] = []
    is_before_head = False
    for line in lines[at:]:
        is_before_head = read_head_line(line.strip(), may_be_title=False) is not None
        if not line.strip() or is_before_head:
            break
        block.append(line.strip())
    is_short = len(block) <= MOST_LINES_OF_TITLE and len(" ".join(block)) <= LONGEST_TITLE
    if is_short and (is_before_head or not block[-1].endswith(".")):
        return block
    is_wrapped = find_wrapping([line.rstrip() for line in lines[at:]]) is not None
    return [] if is_wrapped or not is_title_like(block[0]) else block[:1]


def read_lines_draft(lines: Sequence[str], where: str, **known: str) -> Draft:
    """Return paragraphs as an article: title, byline, date and address are taken from the first of
    them.
    """
    values: dict[str, Any] = {name: value for name, value in known.items() if value}
    body: list[str] = []
    for i, line in enumerate(line.strip() for line in lines):
        if not line:
            continue
        field = (
            read_head_line(line, may_be_title=not values.get("title") and not body)
            if i < HEAD_LINES
            else None
        )
        if field and field[0] not in values:
            values[field[0]] = field[1]
        elif (
            not (field and field[0] != "title")
            and not is_furniture_line(line)
            and line != values.get("title")
        ):
            body.append(line)
    if not body and SENTENCE_END.search(values.get("title", "")) and not known.get("title"):
        body = [values["title"]]  # a single paragraph
    if not values.get("title"):
        values["title"] = shorten_title(body[0]) if body else PurePath(where).stem
    words = sum(len(line.split()) for line in body)
    if words < FEWEST_WORDS:
        raise Broken(describe_little_text(words))
    return Draft(text="\n".join(body), **values)


def shorten_title(line: str) -> str:
    """Return a paragraph as the title of a text that has none: its beginning, in whole words."""
    if len(line) <= LONGEST_TITLE:
        return line
    beginning = line[:LONGEST_TITLE].rpartition(" ")[0] or line[: LONGEST_TITLE - 1]
    return f"{beginning.rstrip(' ,;:–—-')}…"


def read_head_line(line: str, *, may_be_title: bool) -> tuple[str, str] | None:
    """Return which field a line at the top holds, and its value; None if it is text."""
    if label := LABEL.fullmatch(line):
        name, value = FIELD_OF_LABEL[label["label"].lower()], label["value"].strip()
        return (name, find_written_day(value)) if name == "day" else (name, value)
    if address := ADDRESS.fullmatch(line):
        return "url", address[1]
    if byline := BYLINE.fullmatch(line):
        names = [name for name in split_byline(byline["names"]) if is_written_name(name)]
        return ("author", ", ".join(names)) if names else None
    if is_date_line(line) and (day := find_written_day(line)):
        return "day", day
    if may_be_title and is_title_like(line):
        return "title", line
    return None


def is_title_like(line: str) -> bool:
    """Return whether a line may be a title: it is short, and no long sentence with a full stop."""
    if len(line) > LONGEST_TITLE:
        return False
    return len(line.split()) <= MOST_WORDS_OF_STOPPED_TITLE or not FULL_STOP.search(line)


def is_written_name(name: str) -> bool:
    """Return whether words are a person's name with its capitals: not "Friday morning the
    council".
    """
    words = [word for word in name.split() if word.casefold() not in PARTICLES]
    return is_person(name) and all(word[:1].isupper() for word in words)


def is_date_line(line: str) -> bool:
    """Return whether a line tells a date and no more: a name or two, and no sentence."""
    if len(line) > LONGEST_DATE_LINE or line.endswith(",") or DATELINE.search(line):
        return False
    rest = DATE_LINE_WORDS.sub(" ", WRITTEN_DATE.sub(" ", line))
    words = re.findall(r"[^\W\d_]+", rest)
    return len(words) <= MOST_WORDS_BESIDE_DATE and all(word[:1].isupper() for word in words)


def find_written_day(line: str) -> str:
    """Return the first date in a line as YYYY-MM-DD; "" if there is none."""
    for found in WRITTEN_DATE.finditer(line):
        if day := read_written_day(found[0]):
            return day.isoformat()
    return ""
