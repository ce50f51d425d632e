"""Text as its author meant it: decoded, without double encoding, control characters and hard line ends."""

import codecs
import re
from html import unescape
from itertools import pairwise
from textwrap import dedent

import ftfy

ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
SURROGATES_AND_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LATIN = frozenset(["iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"])
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
REPAIRS = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=True,
    fix_encoding=True,
    restore_byte_a0=True,
    replace_lossy_sequences=True,
    decode_inconsistent_utf8=True,
    fix_c1_controls=True,
    fix_latin_ligatures=True,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=True,
    fix_surrogates=True,
    remove_control_chars=True,
    normalization=None,
)
HYPHEN_AT_END = re.compile(r"[^\W\d_](?:-|\u2010|\u00ad)$")
LINE_ENDS_SENTENCE = re.compile(r"[.!?:…][\"”’')\]]*$")
LIST_MARK = re.compile(r"\s*(?:[-*•–—>]\s|\d{1,2}[.)]\s|Q[:.]|A[:.]|[A-Z][A-Z .'-]{1,40}:\s)")
INDENTED = re.compile(r"(?:\t| {2,})\S")
NARROWEST, WIDEST = 35, 120  # characters of hard-wrapped lines
FEWEST_LINES = 3
OPEN_SHARE = 0.5  # of a wrapped text's lines end within a sentence
FULL_SHARE = 0.6  # of a wrapped text's lines are nearly as long as the longest
SLACK = 18  # characters by which a line is shorter than the longest when the next word did not fit


def decode_bytes(content: bytes, declared: str = "") -> str:
    """Return bytes as text: by their byte order mark, as UTF-8, or else as is declared, or Windows'."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    name = declared.strip().lower()
    encoding = "cp1252" if name in LATIN or name.startswith("utf") else name or "cp1252"
    try:
        return content.decode(encoding, "replace")
    except LookupError:
        return content.decode("cp1252", "replace")


def drop_control_characters(text: str) -> str:
    text = text.replace("\x0c", "\n").replace("\u00ad", "")
    return SURROGATES_AND_CONTROLS.sub("", text)


def repair_text(text: str) -> str:
    """Return a text without entities, text encoded twice and ligatures; its marks stay as they are."""
    if ENTITY.search(text):
        text = unescape(text)
    return ftfy.fix_text(text, REPAIRS)


def unwrap_text(text: str) -> str:
    """Return a text with each paragraph in one line, where its lines were cut at a width.

    Lines are joined where most of them are about as long as the longest; others are paragraphs.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    lines = [line.rstrip() for line in dedent(text).split("\n")]
    width = find_wrap_width(lines)
    if width is None:
        return "\n".join(line.strip() for line in lines if line.strip())
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        if not line.strip():
            before = ""
            continue
        if before and continues(before, line, width):
            paragraphs[-1] = join_lines(paragraphs[-1], line.strip())
        else:
            paragraphs.append(line.strip())
        before = line
    return "\n".join(paragraphs)


def find_wrap_width(lines: list[str]) -> int | None:
    """Return the width at which lines were cut; None if they are whole paragraphs.

    Most of the lines of a text that was cut end within a sentence, and near the same width.
    """
    pairs = [(line, after) for line, after in pairwise(lines) if line.strip() and after.strip()]
    inner = [line for line, after in pairs if not INDENTED.match(after)]
    if len(inner) < FEWEST_LINES:
        return None
    longest = max(len(line) for line in inner)
    if not NARROWEST <= longest <= WIDEST:
        return None
    open_ends = sum(not LINE_ENDS_SENTENCE.search(line) for line in inner)
    full = sum(len(line) >= longest - SLACK for line in inner)
    is_cut = open_ends >= OPEN_SHARE * len(inner) and full >= FULL_SHARE * len(inner)
    return longest if is_cut else None


def continues(before: str, line: str, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if LIST_MARK.match(line) and LINE_ENDS_SENTENCE.search(before):
        return False
    if INDENTED.match(line) and not INDENTED.match(before):
        return False
    first_word = line.split()[0]
    had_room = len(before) + 1 + len(first_word) <= width
    return not (had_room and LINE_ENDS_SENTENCE.search(before))


def join_lines(paragraph: str, line: str) -> str:
    """Return a paragraph with a line joined to it; a word that a hyphen cut is whole again."""
    if HYPHEN_AT_END.search(paragraph) and line[:1].islower():
        head = re.split(r"\s", paragraph)[-1]
        if is_compound(head[:-1], line):
            return paragraph + line
        return paragraph[:-1] + line
    return f"{paragraph} {line}"


COMPOUND_STARTS = frozenset(
    [
        "self",
        "non",
        "co",
        "ex",
        "anti",
        "pro",
        "pre",
        "post",
        "semi",
        "half",
        "well",
        "ill",
        "long",
        "short",
        "high",
        "low",
        "far",
        "near",
        "cross",
        "all",
        "north",
        "south",
        "east",
        "west",
        "mid",
        "full",
        "part",
        "vice",
        "multi",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "year",
        "so",
        "hard",
        "soft",
        "left",
        "right",
    ]
)


def is_compound(head: str, line: str) -> bool:
    """Whether the hyphen at the end of a line is the word's own: "self-" | "made", "state-of-" | "the-art"."""
    word = re.sub(r"^\W+", "", head)
    rest = line.split()[0] if line.split() else ""
    return "-" in word or "-" in rest.strip("-") or word.casefold() in COMPOUND_STARTS
