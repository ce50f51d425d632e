"""Exports of Factiva as HTML: articles whose fields have names of two letters."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from claims.extraction.lexicon.words import word_set
from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.licences import write_notice
from claims.intake.readers.html.metadata import is_person, split_byline
from claims.intake.readers.html.page import parse_page
from claims.intake.readers.html.titles import read_words
from claims.intake.readers.plain import find_written_day
from claims.intake.readers.repairing import decode_bytes

FIELDS = word_set(
    """
    HD CR WC PD ET SN SC NGC GC ED PG VOL LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN BY SE ART CLM
    """
)
TEXT_FIELDS = ("LP", "TD")
Fields = dict[str, list[str]]  # paragraphs by the two letters of their field


def is_factiva(content: bytes) -> bool:
    """Whether a page is such an export, with a headline and a number for each article."""
    fields = set(re.findall(rb">\s*(HD|LP|TD|AN|PD|SN)\s*(?:&nbsp;)?\s*<", content))
    return {b"HD", b"PD"} <= fields and bool(fields & {b"LP", b"TD"})


def read_factiva(
    content: bytes, where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    page = parse_page(decode_bytes(content))
    for number, fields in enumerate(iterate_articles(page), 1):
        here = f"{where}: article {number}"
        try:
            yield make_draft(fields).build(here, undated=undated)
        except Broken as error:
            yield Problem(here, str(error))


def iterate_articles(page: HtmlElement) -> Iterator[Fields]:
    """Yield the fields of one article after another; a headline begins the next."""
    fields: Fields = {}
    for row in page.iter("tr"):
        cells = row.findall("td")
        if len(cells) < 2:
            continue
        name = read_words(cells[0])
        if name not in FIELDS:
            continue
        begins = name in ("SE", "HD") and "HD" in fields
        if begins:
            yield fields
            fields = {}
        fields[name] = list_paragraphs(cells[1])
    if fields:
        yield fields


def make_draft(fields: Fields) -> Draft:
    """Return an article of its fields. Raises `Broken` where none of them holds a text."""
    values = {name: " ".join(paragraphs) for name, paragraphs in fields.items()}
    lines = [line for name in TEXT_FIELDS for line in fields.get(name, [])]
    if not lines:
        raise Broken("it has no text (LP, TD)")
    names = [name for name in split_byline(values.get("BY", "")) if is_person(name)]
    return Draft(
        title=values.get("HD", ""),
        text="\n".join(lines),
        day=find_written_day(values.get("PD", "")),
        publisher=values.get("SN", ""),
        author=", ".join(names),
        section=values.get("SE", ""),
        licence=write_notice(values.get("CY", "")),
        number=values.get("AN", "").removeprefix("Document "),
    )


def list_paragraphs(cell: HtmlElement) -> list[str]:
    paragraphs = [read_words(paragraph) for paragraph in cell.iter("p")] or [read_words(cell)]
    return [paragraph for paragraph in paragraphs if paragraph]
