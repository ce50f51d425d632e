"""DOCX files, and RTF."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from striprtf.striprtf import rtf_to_text

from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.nexis import is_nexis, read_nexis_text
from claims.intake.readers.plain import read_lines_draft, read_text_draft
from claims.intake.readers.repairing import repair_text

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

TITLE_STYLES = re.compile(r"title|heading 1|headline", re.I)
FURNITURE_STYLES = re.compile(r"caption|toc|header|footer", re.I)
KINDS_OF_STYLES = (
    (re.compile(r"heading|subtitle", re.I), "heading"),
    (re.compile(r"list", re.I), "item"),
    (re.compile(r"(?:intense )?quote", re.I), "quotation"),
)


def read_docx(content: bytes, where: str, *, undated: bool = False) -> Iterator[Document | Problem]:
    # Imported only here, since it takes long and few who read documents have such files.
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        file = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        raise Broken("the DOCX is damaged, and cannot be opened") from None
    title, lines = "", []
    kinds: dict[str, str] = {}  # of lines that are no paragraphs
    for part in file.iter_inner_content():
        if isinstance(part, Table):
            lines += list_table_rows(part)
            continue
        text = " ".join(part.text.split())
        style = (part.style.name or "") if part.style is not None else ""
        if text and not title and not lines and TITLE_STYLES.match(style):
            title = text
        elif text and not FURNITURE_STYLES.match(style):
            lines += split_paragraph(part)
            kinds |= dict.fromkeys(split_paragraph(part), find_kind(style))
    whole = "\n".join([title, *lines])
    if is_nexis(whole):
        yield from read_nexis_text(whole, where, undated=undated)
        return
    author = file.core_properties.author or ""
    known = {"title": title or find_told_title(file.core_properties.title)}
    if len(author.split()) > 1:
        known["author"] = author
    draft = read_lines_draft([repair_text(line) for line in lines], where, **known)
    kinds_of_lines = tuple(kinds.get(line, "paragraph") for line in draft.text.split("\n"))
    yield replace(draft, kinds=kinds_of_lines).build(where, undated=undated)


def find_kind(style: str) -> str:
    """Return what a paragraph in a style is, such as a heading."""
    return next((kind for names, kind in KINDS_OF_STYLES if names.match(style)), "paragraph")


def split_paragraph(paragraph: "Paragraph") -> list[str]:
    """Return the lines of a paragraph with breaks in it."""
    lines = [" ".join(line.split()) for line in paragraph.text.split("\n")]
    return [line for line in lines if line]


def list_table_rows(table: "Table") -> list[str]:
    rows = []
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        rows.append(" | ".join(dict.fromkeys(cell for cell in cells if cell)))
    return [row for row in rows if row]


def find_told_title(title: str | None) -> str:
    """Return the title in a file's properties, unless it is a name that Word gave it."""
    words = (title or "").strip()
    return words if len(words.split()) > 2 else ""


def read_rtf(content: bytes, where: str, *, undated: bool = False) -> Iterator[Document | Problem]:
    try:
        written = content.decode("latin-1")
        text = rtf_to_text(written, "cp1252", "replace")  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError) as error:
        raise Broken(f"the RTF cannot be read ({error})") from None
    if is_nexis(text):
        yield from read_nexis_text(text, where, undated=undated)
        return
    yield read_text_draft(repair_text(text), where).build(where, undated=undated)
