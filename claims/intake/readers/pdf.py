"""PDF files: their lines in the order in which they are read, columns one after another."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from claims.extraction.text.hyphens import join_lines
from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.html.metadata import is_article_address
from claims.intake.readers.plain import read_lines_draft
from claims.intake.readers.repairing import repair_text

MOST_PAGES = 500
FEWEST_WORDS_A_PAGE = 5  # of a PDF that is not pictures
SAME_LINE = 0.5  # of the height of a piece, by which it may be off its line
WIDEST_BLANK = 1.2  # heights between two pieces of one line
FEWEST_LINES_OF_COLUMN = 4
MOST_CROSSING = 0.34  # of the pieces of a page may cross the gutter between its columns
NARROWEST_GUTTER = 6.0  # points
PARAGRAPH_GAP = 1.4  # of the usual distance of two lines
INDENT = 5.0  # points
SHORT_OF_MARGIN = 0.85  # of the width of a column; a line that ends before may end a paragraph
HALF_LINE = 0.6  # of the width; a line that ends before ends a paragraph
OTHER_SIZE = 1.15  # between the heights of a heading and of text
PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.I)
SENTENCE_END = re.compile(r"[.!?:][\"”’')\]]*$")
ADDRESS = re.compile(r"https?://\S+")
NO_TITLE = re.compile(
    r"^(?:microsoft word|untitled|.*\.(?:docx?|pdf|indd|qxd|html?)\s*$|https?:)", re.I
)
CUT_WORD = re.compile(r"(?:\x02|\ufffe|\u00ad)$")
MARGIN = 0.08  # of a page's height, in which what stands on every page is no text


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line; in points, from the page's left and bottom."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        return self.top - self.bottom


def read_pdf(content: bytes, where: str, *, undated: bool = False) -> Iterator[Document | Problem]:
    # Imported only here, since it takes long and few who read documents have such files.
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Broken("the PDF is encrypted; save it without its password") from None
        raise Broken("the PDF is damaged, and cannot be opened") from None
    try:
        yield read_pdf_draft(file, where).build(where, undated=undated)
    finally:
        file.close()


def read_pdf_draft(file: Any, where: str) -> Any:
    if len(file) > MOST_PAGES:
        raise Broken(f"the PDF has more than {MOST_PAGES} pages ({len(file)})")
    pages = [read_pieces(file[number]) for number in range(len(file))]
    words = sum(len(piece.text.split()) for page in pages for piece in page)
    if words < FEWEST_WORDS_A_PAGE * max(len(pages), 1):
        raise Broken(
            "the PDF holds pictures of pages and no text; it has to be recognised (OCR) first"
        )
    heights = [file[number].get_height() for number in range(len(file))]
    repeated = find_repeated_lines(pages, heights)
    address = next((found[0] for line in repeated if (found := ADDRESS.search(line))), "")
    paragraphs: list[str] = []
    title = find_title(file, pages[0] if pages else [])
    for page in pages:
        kept = [piece for piece in page if piece.text not in repeated]
        kept = [piece for piece in kept if not PAGE_NUMBER.fullmatch(piece.text)]
        add_paragraphs(paragraphs, join_lines_of_page(order_columns(kept)))
    lines = [repair_text(paragraph) for paragraph in paragraphs]
    return read_lines_draft(
        lines, where, title=title, url=address if is_article_address(address) else ""
    )


def read_pieces(page: Any) -> list[Piece]:
    """Return the lines of a page, or the pieces of them that stand in its columns."""
    text_page = page.get_textpage()
    pieces: list[Piece] = []
    for i in range(text_page.count_rects()):
        left, bottom, right, top = text_page.get_rect(i)
        text = text_page.get_text_bounded(left, bottom, right, top)
        text = " ".join(text.replace("\r", " ").replace("\n", " ").split(" ")).strip()
        if not text:
            continue
        piece = Piece(left, bottom, right, top, text)
        if pieces and is_same_line(pieces[-1], piece):
            pieces[-1] = join_pieces(pieces[-1], piece)
        else:
            pieces.append(piece)
    return pieces


def is_same_line(before: Piece, piece: Piece) -> bool:
    is_level = abs(before.bottom - piece.bottom) < SAME_LINE * max(before.height, piece.height)
    gap = piece.left - before.right
    return is_level and -before.height < gap < WIDEST_BLANK * max(before.height, piece.height)


def join_pieces(before: Piece, piece: Piece) -> Piece:
    blank = " " if piece.left - before.right > 0.1 * piece.height else ""
    return Piece(
        before.left,
        min(before.bottom, piece.bottom),
        piece.right,
        max(before.top, piece.top),
        f"{before.text}{blank}{piece.text}",
    )


def find_repeated_lines(pages: Sequence[Sequence[Piece]], heights: Sequence[float]) -> set[str]:
    """Return what stands at the top or bottom of two pages or more, such as the name of a paper."""
    seen: Counter[str] = Counter()
    for page, height in zip(pages, heights, strict=True):
        edges = {
            piece.text
            for piece in page
            if piece.bottom < MARGIN * height or piece.top > (1 - MARGIN) * height
        }
        seen.update(edges)
    return {text for text, times in seen.items() if times > 1}


def find_title(file: Any, page: Sequence[Piece]) -> str:
    """Return the title that the file has, if it is one; else what is set the largest on its first
    page.
    """
    told = str(file.get_metadata_dict().get("Title") or "").strip()
    if len(told.split()) > 2 and not NO_TITLE.match(told):
        return told
    if not page:
        return ""
    largest = max(piece.height for piece in page)
    usual = median(piece.height for piece in page)
    if largest < OTHER_SIZE * usual:
        return ""
    title = ""
    for piece in page:
        if piece.height > 0.9 * largest:
            title = join_lines(title, piece.text) if title else piece.text
        elif title:
            break
    return title


# Columns


def order_columns(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a page in the order of reading: what spans its columns parts them from
    top to bottom.
    """
    gutter = find_gutter(pieces)
    if gutter is None:
        return sorted(pieces, key=lambda piece: -piece.top)
    ordered: list[Piece] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.top):
        if piece.right <= gutter:
            left.append(piece)
        elif piece.left >= gutter:
            right.append(piece)
        else:
            ordered += [*order_columns(left), *order_columns(right), piece]
            left, right = [], []
    return [*ordered, *order_columns(left), *order_columns(right)]


def find_gutter(pieces: Sequence[Piece]) -> float | None:
    """Return where the first column ends, in points from the left; None if there is one column
    alone.
    """
    for edge in sorted({round(piece.left, 1) for piece in pieces}):
        left = [piece for piece in pieces if piece.right <= edge - NARROWEST_GUTTER]
        right = [piece for piece in pieces if piece.left >= edge - 1]
        crossing = len(pieces) - len(left) - len(right)
        if min(len(left), len(right)) < FEWEST_LINES_OF_COLUMN or crossing > MOST_CROSSING * len(
            pieces
        ):
            continue
        if share_height(left, right):
            return edge - NARROWEST_GUTTER / 2
    return None


def share_height(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether two columns stand side by side."""
    top = min(max(piece.top for piece in left), max(piece.top for piece in right))
    bottom = max(min(piece.bottom for piece in left), min(piece.bottom for piece in right))
    beside = [piece for piece in right if bottom <= piece.bottom <= top]
    return len(beside) >= FEWEST_LINES_OF_COLUMN


# Paragraphs


def join_lines_of_page(lines: Sequence[Piece]) -> list[str]:
    """Return the paragraphs of a page or column, whole."""
    pitches = [before.bottom - line.bottom for before, line in pairwise(lines)]
    usual = median([pitch for pitch in pitches if pitch > 0] or [0])
    paragraphs: list[str] = []
    column: list[Piece] = []
    for line in lines:
        before = column[-1] if column else None
        if before is None or begins_paragraph(before, line, column, usual):
            paragraphs.append(line.text)
        elif CUT_WORD.search(paragraphs[-1]):
            paragraphs[-1] = join_lines(CUT_WORD.sub("-", paragraphs[-1]), line.text)
        else:
            paragraphs[-1] = join_lines(paragraphs[-1], line.text)
        if before is not None and (line.left > before.right or line.top > before.top):
            column = []
        column.append(line)
    return [CUT_WORD.sub("-", paragraph) for paragraph in paragraphs]


def begins_paragraph(before: Piece, line: Piece, column: Sequence[Piece], usual: float) -> bool:
    sizes = sorted((before.height, line.height))
    if sizes[1] > OTHER_SIZE * 1.3 * sizes[0]:
        return True
    margin = max(piece.right for piece in column)
    start = min(piece.left for piece in column)
    is_next_column = line.bottom > before.top or line.left > before.right
    ends_short = before.right - start < SHORT_OF_MARGIN * (margin - start)
    is_half_line = before.right - start < HALF_LINE * (margin - start)
    if is_next_column:
        return bool(SENTENCE_END.search(before.text)) and line.text[:1].isupper() and ends_short
    if before.bottom - line.bottom > PARAGRAPH_GAP * usual > 0:
        return True
    if line.left - min(start, line.left) > INDENT and before.left - start < INDENT:
        return True
    return is_half_line or (ends_short and bool(SENTENCE_END.search(before.text)))


def add_paragraphs(paragraphs: list[str], more: Sequence[str]) -> None:
    """Add the paragraphs of a page; one that the end of the page before cut is whole again."""
    rest = list(more)
    if paragraphs and rest and not SENTENCE_END.search(paragraphs[-1]) and rest[0][:1].islower():
        paragraphs[-1] = join_lines(paragraphs[-1], rest.pop(0))
    paragraphs += rest
