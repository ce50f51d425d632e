"""Text as its author meant it: decoded, without double encoding, control characters and hard line
ends.
"""

import codecs
import re
from html import unescape
from textwrap import dedent

import ftfy

from claims.extraction.text.hyphens import find_joint, learn_words
from claims.extraction.text.wrapping import list_joined_lines

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
QUOTED_LINE = re.compile(r"(?:>[ \t]?)+(?=\S)|>+[ \t]*$")  # as mail programs quote
FEWEST_QUOTED_LINES = 2


def decode_bytes(content: bytes, declared: str = "") -> str:
    """Return bytes as text: by their byte order mark, as UTF-8, or else as is declared, or
    Windows'.
    """
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
    """Return a text without entities, text encoded twice and ligatures; its marks stay as they
    are.
    """
    if ENTITY.search(text):
        text = unescape(text)
    return ftfy.fix_text(text, REPAIRS)


def unwrap_text(text: str) -> str:
    """Return a text with each paragraph in one line, where its lines were cut at a width."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    lines = [line.rstrip() for line in dedent(drop_quoting_marks(text)).split("\n")]
    joined = list_joined_lines(lines)
    if not any(joined):
        return "\n".join(line.strip() for line in lines if line.strip())
    words = learn_words(lines)
    paragraphs: list[list[str]] = []  # each in pieces
    for line, is_joined in zip(lines, joined, strict=True):
        if is_joined:
            last = paragraphs[-1][-1]
            lost, between = find_joint(last, line.strip(), words)
            paragraphs[-1][-1] = last[: len(last) - lost]
            paragraphs[-1] += (between, line.strip())
        elif line:
            paragraphs.append([line.strip()])
    return "\n".join("".join(pieces) for pieces in paragraphs)


def drop_quoting_marks(text: str) -> str:
    """Return a text without the marks that mail programs put before lines; what they part stays
    apart.
    """
    lines = text.split("\n")
    if sum(bool(QUOTED_LINE.match(line)) for line in lines) < FEWEST_QUOTED_LINES:
        return text
    kept: list[str] = []
    was_quoted = False
    for line in lines:
        mark = QUOTED_LINE.match(line)
        if bool(mark) != was_quoted and kept:
            kept.append("")
        kept.append(line[mark.end() :] if mark else line)
        was_quoted = bool(mark)
    return "\n".join(kept)
