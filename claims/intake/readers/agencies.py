"""What news agencies send: ninjs and NewsML-G2."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.metadata import is_article_address, split_byline
from claims.intake.readers.html.page import read_fragment
from claims.intake.readers.repairing import unwrap_text
from claims.intake.readers.xml import find_elements, find_text, find_texts, parse_xml

BODY_KEYS = ("body_xhtml", "body_html", "body_text")
PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "hl2", "li"])


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
    text = ""
    for key in BODY_KEYS:
        if written := str(item.get(key) or ""):
            text = read_body(written, key != "body_text", title)
            break
    if not text:
        text = find_second_version_body(item, title)
    uri = str(item.get("uri") or "")
    byline = find_ninjs_text(item, "byline", "bylines")
    subjects = [subject for subject in item.get("subject") or [] if isinstance(subject, dict)]
    return Draft(
        title=title,
        text=text,
        day=next((str(item[key]) for key in DAY_KEYS if item.get(key)), "")[:10],
        url=uri if is_article_address(uri) else "",
        publisher=find_ninjs_publisher(item),
        author=", ".join(split_byline(byline)),
        section=str(next(iter(subjects), {}).get("name") or ""),
        language=str(item.get("language") or ""),
        number=uri,
    )


DAY_KEYS = ("firstcreated", "firstCreated", "contentcreated", "contentCreated", "versioncreated", "versionCreated")  # fmt: skip


def find_ninjs_text(item: dict[str, Any], first: str, second: str) -> str:
    """Return a text by its key in version 1, or the first of the list that has it in version 2 and later."""
    if isinstance(item.get(first), str):
        return str(item[first])
    values = [value for value in item.get(second) or [] if isinstance(value, dict)]
    return str(next(iter(values), {}).get("value") or "")


def find_second_version_body(item: dict[str, Any], title: str) -> str:
    bodies = [body for body in item.get("bodies") or [] if isinstance(body, dict)]
    for body in bodies:
        kind = str(body.get("contenttype") or body.get("contentType") or "")
        if written := str(body.get("value") or ""):
            return read_body(written, "html" in kind or "<p" in written, title)
    return ""


def find_ninjs_publisher(item: dict[str, Any]) -> str:
    sources = item.get("infosource") or item.get("infosources") or []
    for source in sources:
        if isinstance(source, dict) and source.get("name"):
            return str(source["name"])
    for key in ("source", "copyrightholder", "copyrightHolder", "provider"):
        if isinstance(item.get(key), str):
            return str(item[key])
    return ""


def read_body(written: str, is_marked: bool, title: str) -> str:
    if is_marked:
        return "\n".join(read_fragment(written, [title]))
    return unwrap_text(written)


def read_newsml(
    content: bytes, where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    """Yield the texts of a NewsML-G2 item or message; its pictures and graphics are named as not read."""
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
    text = "\n".join(list_paragraphs(content[0])) if content else ""
    if not text:
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
        title=find_text(item, "contentMeta", "headline") or find_text(item, "itemMeta", "title") or find_text(item, "headline"),
        text=text,
        day=(day or find_text(item, "versionCreated"))[:10],
        url=str(next(iter(urls), "")),
        publisher=provider or str(literal),
        author=", ".join(split_byline(by)),
        section=next(iter(find_texts(item, "subject", "name")), ""),
        language=str(language),
        number=str(item.get("guid") or ""),
    )  # fmt: skip


def list_paragraphs(content: etree._Element) -> list[str]:
    """Return the paragraphs of NITF or XHTML in an item, or its plain text."""
    body = next(
        iter(find_elements(content, "body.content") or find_elements(content, "body")), content
    )
    paragraphs = []
    for element in body.iter():
        if not isinstance(element.tag, str) or etree.QName(element).localname not in PARAGRAPHS:
            continue
        words = " ".join("".join(element.itertext()).split())
        if words:
            paragraphs.append(words)
    if paragraphs:
        return paragraphs
    plain = [unwrap_text("".join(data.itertext())) for data in find_elements(content, "inlineData")]
    return [text for text in plain if text.strip()]
