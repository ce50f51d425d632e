"""What news agencies send: ninjs and NewsML-G2."""

from collections.abc import Iterator
from html import escape
from typing import Any

from lxml import etree

from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.body import Line, LineKind, join_texts
from claims.intake.readers.html.licences import write_notice
from claims.intake.readers.html.metadata import is_article_address, split_byline
from claims.intake.readers.html.page import read_fragment
from claims.intake.readers.repairing import unwrap_text
from claims.intake.readers.xml import find_elements, find_text, find_texts, parse_xml

BODY_KEYS = ("body_xhtml", "body_html", "body_text")
KIND_OF_NAME: dict[str, LineKind] = {
    "p": "paragraph",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "hl2": "heading",
    "li": "item",
}


def is_ninjs(record: Any) -> bool:
    items = record if isinstance(record, list) else [record]
    first = next(iter(items), None)
    return (
        isinstance(first, dict) and "uri" in first and ("headline" in first or "headlines" in first)
    )


def read_ninjs(record: Any, where: str, *, undated: bool = False) -> Iterator[Document | Problem]:
    items = record if isinstance(record, list) else [record]
    for number, item in enumerate(items, 1):
        here = f"{where}: item {number}" if len(items) > 1 else where
        try:
            if not isinstance(item, dict):
                raise Broken("it is no ninjs object")
            if item.get("pubstatus", "usable") != "usable":
                raise Broken(f"the agency has withdrawn or withheld it ({item['pubstatus']})")
            yield read_ninjs_item(item).build(here, undated=undated)
        except Broken as error:
            yield Problem(here, str(error))


def read_ninjs_item(item: dict[str, Any]) -> Draft:
    title = find_ninjs_text(item, "headline", "headlines")
    lines: list[Line] = []
    for key in BODY_KEYS:
        if written := str(item.get(key) or ""):
            lines = read_body(written, key != "body_text", title)
            break
    if not lines:
        lines = find_second_version_body(item, title)
    uri = str(item.get("uri") or "")
    byline = find_ninjs_text(item, "byline", "bylines")
    subjects = [subject for subject in item.get("subject") or [] if isinstance(subject, dict)]
    return Draft(
        title=title,
        text=join_texts(lines),
        kinds=tuple(line.kind for line in lines),
        day=next((str(item[key]) for key in DAY_KEYS if item.get(key)), "")[:10],
        url=uri if is_article_address(uri) else "",
        publisher=find_ninjs_publisher(item),
        author=", ".join(split_byline(byline)),
        section=str(next(iter(subjects), {}).get("name") or ""),
        language=str(item.get("language") or ""),
        number=uri,
        licence=find_ninjs_licence(item),
    )


DAY_KEYS = (
    "firstcreated",
    "firstCreated",
    "contentcreated",
    "contentCreated",
    "versioncreated",
    "versionCreated",
)


def find_ninjs_text(item: dict[str, Any], first: str, second: str) -> str:
    """Return a text by its key in version 1, or the first of the list that has it in version 2 and
    later.
    """
    if isinstance(item.get(first), str):
        return str(item[first])
    values = [value for value in item.get(second) or [] if isinstance(value, dict)]
    return str(next(iter(values), {}).get("value") or "")


def find_second_version_body(item: dict[str, Any], title: str) -> list[Line]:
    bodies = [body for body in item.get("bodies") or [] if isinstance(body, dict)]
    for body in bodies:
        kind = str(body.get("contenttype") or body.get("contentType") or "")
        if written := str(body.get("value") or ""):
            return read_body(written, "html" in kind or "<p" in written, title)
    return []


def find_ninjs_publisher(item: dict[str, Any]) -> str:
    sources = item.get("infosource") or item.get("infosources") or []
    for source in sources:
        if isinstance(source, dict) and source.get("name"):
            return str(source["name"])
    for key in ("source", "copyrightholder", "copyrightHolder", "provider"):
        if isinstance(item.get(key), str):
            return str(item[key])
    return ""


def find_ninjs_licence(item: dict[str, Any]) -> str:
    """Return the terms of use, or else the notice of copyright."""
    for key in ("usageterms", "usageTerms", "copyrightnotice", "copyrightNotice"):
        if isinstance(item.get(key), str) and item[key].strip():
            return " ".join(item[key].split())
    rights = item.get("rightsinfo") or item.get("rightsInfo") or []
    for told in rights if isinstance(rights, list) else [rights]:
        if isinstance(told, dict):
            words = [
                told.get(key) for key in ("usageterms", "usageTerms", "copyrightnotice", "href")
            ]
            if first := next((word for word in words if isinstance(word, str) and word), ""):
                return first
    holder = item.get("copyrightholder") or item.get("copyrightHolder")
    return write_notice(holder) if isinstance(holder, str) else ""


def read_body(written: str, is_marked: bool, title: str) -> list[Line]:
    return read_fragment(written if is_marked else escape(written), [title])


def read_newsml(
    content: bytes, where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    """Yield the texts of a NewsML-G2 item or message; its pictures and graphics are named as not
    read.
    """
    root = parse_xml(content)
    items = find_elements(root, "newsItem")
    if not items:
        raise Broken("the NewsML-G2 holds no newsItem")
    for number, item in enumerate(items, 1):
        here = f"{where}: item {number}" if len(items) > 1 else where
        try:
            yield read_news_item(item).build(here, undated=undated)
        except Broken as error:
            yield Problem(here, str(error))


def read_news_item(item: etree._Element) -> Draft:
    status = next(iter(item.xpath(".//*[local-name()='pubStatus']/@qcode")), "stat:usable")
    if not str(status).endswith("usable"):
        raise Broken(f"the agency has withdrawn or withheld it ({status})")
    content = find_elements(item, "contentSet")
    lines = list_lines(content[0]) if content else []
    if not lines:
        raise Broken("it holds no text")
    by = find_text(item, "contentMeta", "by") or find_text(item, "creator", "name")
    provider = find_text(item, "provider", "name")
    literal = next(iter(item.xpath(".//*[local-name()='provider']/@literal")), "")
    language = next(
        iter(item.xpath(".//*[local-name()='contentMeta']/*[local-name()='language']/@tag")), ""
    )
    day = find_text(item, "contentCreated") or find_text(item, "firstCreated")
    urls = [
        url for url in item.xpath(".//*[local-name()='link']/@href") if is_article_address(str(url))
    ]
    return Draft(
        title=find_headline(item),
        text=join_texts(lines),
        kinds=tuple(line.kind for line in lines),
        day=(day or find_text(item, "versionCreated"))[:10],
        url=str(next(iter(urls), "")),
        publisher=provider or str(literal),
        author=", ".join(split_byline(by)),
        section=next(iter(find_texts(item, "subject", "name")), ""),
        language=str(language),
        number=str(item.get("guid") or ""),
        licence=find_newsml_licence(item),
    )  # fmt: skip


def find_headline(item: etree._Element) -> str:
    headline = find_text(item, "contentMeta", "headline")
    return headline or find_text(item, "itemMeta", "title") or find_text(item, "headline")


def find_newsml_licence(item: etree._Element) -> str:
    """Return the terms of use, or else the notice of copyright."""
    for name in ("usageTerms", "copyrightNotice"):
        if told := find_text(item, "rightsInfo", name):
            return told
    holder = find_text(item, "rightsInfo", "copyrightHolder", "name")
    return write_notice(holder)


def list_lines(content: etree._Element) -> list[Line]:
    """Return the paragraphs and headings of NITF or XHTML in an item, or its plain text."""
    body = next(
        iter(find_elements(content, "body.content") or find_elements(content, "body")), content
    )
    lines = []
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        kind = KIND_OF_NAME.get(etree.QName(element).localname)
        words = " ".join("".join(element.itertext()).split())
        if kind and words:
            lines.append(Line(kind, words))
    if lines:
        return lines
    plain = [unwrap_text("".join(data.itertext())) for data in find_elements(content, "inlineData")]
    return [Line("paragraph", line) for text in plain for line in text.split("\n") if line]
