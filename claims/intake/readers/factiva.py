"""Exports of Factiva as HTML: articles whose fields have names of two letters."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.metadata import is_person, split_byline
from claims.intake.readers.html.page import parse_page
from claims.intake.readers.html.titles import read_words
from claims.intake.readers.plain import find_written_day
from claims.intake.readers.repairing import decode_bytes

FIELDS = frozenset(
    [
        "HD",
        "CR",
        "WC",
        "PD",
        "ET",
        "SN",
        "SC",
        "NGC",
        "GC",
        "ED",
        "PG",
        "VOL",
        "LA",
        "CY",
        "LP",
        "TD",
        "CT",
        "RF",
        "CO",
        "IN",
        "NS",
        "RE",
        "IPC",
        "IPD",
        "PUB",
        "AN",
        "BY",
        "SE",
        "ART",
        "CLM",
    ]
)


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


def iterate_articles(page: HtmlElement) -> Iterator[dict[str, HtmlElement]]:
    """Yield the fields of one article after another; a headline begins the next."""
    fields: dict[str, HtmlElement] = {}
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
        fields[name] = cells[1]
    if fields:
        yield fields


def make_draft(fields: dict[str, HtmlElement]) -> Draft:
    values = {name: read_words(cell) for name, cell in fields.items()}
    lines = [
        line for name in ("LP", "TD") if name in fields for line in list_paragraphs(fields[name])
    ]
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
        number=values.get("AN", "").removeprefix("Document "),
    )


def list_paragraphs(cell: HtmlElement) -> list[str]:
    paragraphs = [read_words(paragraph) for paragraph in cell.iter("p")] or [read_words(cell)]
    return [paragraph for paragraph in paragraphs if paragraph]
