"""A text for people who work with offsets: each paragraph with its own, and spans marked."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from claims.extraction.schema import Span

CHARACTERS_AROUND_SPANS = 300  # characters of the text shown around spans


def render_text_around(text: str, spans: Sequence[Span]) -> SafeString:
    """Return the paragraphs around the spans, numbered, with the spans marked."""
    first = min(span.start for span in spans)
    last = max(span.end for span in spans)
    start = text.rfind("\n", 0, max(first - CHARACTERS_AROUND_SPANS, 0)) + 1
    end = text.find("\n", min(last + CHARACTERS_AROUND_SPANS, len(text)))
    return render_numbered_paragraphs(text, start, end if end >= 0 else len(text), spans)


def render_numbered_paragraphs(
    text: str, start: int, end: int, spans: Sequence[Span] = ()
) -> SafeString:
    """Return a line for each paragraph of `text[start:end]`: its offsets, and spans marked."""
    rows = []
    line_start = start
    for line in text[start:end].split("\n"):
        line_end = line_start + len(line)
        if line.strip():
            marked = render_marked_text(text, line_start, line_end, spans)
            rows.append((line_start, line_end, marked))
        line_start = line_end + 1
    return format_html_join("\n", "<p>{}–{}: {}</p>", rows)


def render_marked_text(text: str, start: int, end: int, spans: Sequence[Span]) -> SafeString:
    """Return `text[start:end]` with the parts that lie in spans marked."""
    borders = {start, end}
    for span in spans:
        borders.update(border for border in (span.start, span.end) if start < border < end)
    pieces = []
    for piece_start, piece_end in pairwise(sorted(borders)):
        piece = text[piece_start:piece_end]
        is_marked = any(span.start <= piece_start and piece_end <= span.end for span in spans)
        pieces.append((format_html("<mark>{}</mark>", piece) if is_marked else piece,))
    return format_html_join("", "{}", pieces)
