"""Exports of Factiva as XML: fields named by two letters, or by what these stand for."""

import re
from collections.abc import Iterator

from lxml import etree

from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.factiva import FIELDS, Fields, make_draft
from claims.intake.readers.xml import parse_xml

FIELD_OF_NAME = {
    "HEADLINE": "HD", "LEADPARAGRAPH": "LP", "TAILPARAGRAPHS": "TD", "BYLINE": "BY",
    "PUBLICATIONDATE": "PD",
    "SOURCENAME": "SN", "SECTIONNAME": "SE", "ACCESSIONNO": "AN", "REFERENCE": "AN",
    "COPYRIGHT": "CY",
    "BASELANGUAGE": "LA",
}  # fmt: skip
FIELD_ATTRIBUTES = ("name", "code", "id", "type")
PARAGRAPH_NAMES = frozenset(["P", "PARA", "PARAGRAPH"])
START = re.compile(
    rb"<(?:\w+:)?(?:ppsArticle\w*|HD)\b|\b(?:name|code|id|type)=[\"']HD[\"']"
    rb"|<(?:\w+:)?(?:headline|leadParagraph|accessionNo)\b",
    re.I,
)
ARCHIVE_PREFIX = re.compile(r"^distdoc:\S*::Article/")


def is_factiva_xml(start: bytes) -> bool:
    """Return whether a file that is XML begins like such an export."""
    return START.search(start) is not None and b"<html" not in start.lower()


def read_factiva_xml(
    content: bytes, where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    """Yield each article of an export, or what is wrong with it."""
    articles = list(iterate_articles(parse_xml(content)))
    if not articles:
        raise Broken("the XML holds no article of Factiva (HD with LP or TD)")
    for number, fields in enumerate(articles, 1):
        here = f"{where}: article {number}"
        try:
            yield make_draft(fields).build(here, undated=undated)
        except Broken as error:
            yield Problem(here, str(error))


def iterate_articles(root: etree._Element) -> Iterator[Fields]:
    """Yield the fields of each element that has a headline among its children."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        fields: Fields = {}
        for child in element:
            name = find_field(child)
            if name and name not in fields:
                fields[name] = list_paragraphs(child)
        if "HD" in fields and len(fields) > 1:
            number = " ".join(fields.get("AN", []))
            yield fields | {"AN": [ARCHIVE_PREFIX.sub("", number)]}


def find_field(element: etree._Element) -> str:
    """Return the two letters of the field that an element is; "" if it is none."""
    if not isinstance(element.tag, str):
        return ""
    names = [etree.QName(element).localname]
    names += [element.get(attribute) or "" for attribute in FIELD_ATTRIBUTES]
    for name in names:
        upper = str(name).upper()
        if upper in FIELDS:
            return upper
        if upper in FIELD_OF_NAME:
            return FIELD_OF_NAME[upper]
    return ""


def list_paragraphs(element: etree._Element) -> list[str]:
    """Return the paragraphs of a field, or all that it holds as one."""
    parts = [
        part
        for part in element.iter()
        if isinstance(part.tag, str) and etree.QName(part).localname.upper() in PARAGRAPH_NAMES
    ]
    lines = [" ".join("".join(part.itertext()).split()) for part in parts or [element]]
    return [line for line in lines if line]
