"""What a page says of its article for machines: JSON-LD, and the `meta` elements of its head."""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

ARTICLE_TYPES = frozenset(
    [
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "AskPublicNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "SocialMediaPosting",
        "Report",
        "TechArticle",
        "ScholarlyArticle",
    ]
)
DEEPEST_JSON = 40  # levels of lists and objects that are looked through
COMMENT_AROUND = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)")
COMMENT_BEHIND = re.compile(r"(?:-->|//\]\]>|/\*\s{0,9}\]\]>\s{0,9}\*/|\]\]>)\s{0,9};?\s{0,9}$")
COMMA_TOO_MUCH = re.compile(r",\s*(?=[}\]])")


def find_article_record(page: HtmlElement) -> dict[str, Any]:
    """Return the JSON-LD object of the page's article; {} if there is none.

    Of several, as on pages that list others, it is the first with a headline and a date.
    """
    found = [node for node in list_json_objects(page) if is_article(node)]
    complete = [node for node in found if node.get("headline") and node.get("datePublished")]
    named = [node for node in found if node.get("headline") or node.get("name")]
    return next(iter(complete or named or found), {})


def find_records_by_id(page: HtmlElement) -> dict[str, dict[str, Any]]:
    """Return the JSON-LD objects that others refer to by their `@id`, such as authors."""
    return index_by_id(list_json_objects(page))


def index_by_id(objects: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    records: dict[str, dict[str, Any]] = {}
    for node in objects:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > 1:
            records.setdefault(name, node)
    return records


def is_article(node: dict[str, Any]) -> bool:
    return any(name in ARTICLE_TYPES for name in name_types(node))


def name_types(node: dict[str, Any]) -> list[str]:
    """Return the types of an object, without the addresses that some write before them."""
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return [str(name).rpartition("/")[2] for name in names]


def list_json_objects(page: HtmlElement) -> list[dict[str, Any]]:
    """Return every JSON-LD object of the page, with those inside others."""
    objects: list[dict[str, Any]] = []
    for script in page.iter("script"):
        kind = (script.get("type") or "").lower()
        if "ld+json" in kind:
            objects.extend(iterate_objects(parse_json(script.text or ""), 0))
    return objects


def parse_json(written: str) -> Any:
    """Return what a script holds, with the slips forgiven that search engines forgive; else
    None.
    """
    written = COMMENT_AROUND.sub("", written)
    written = COMMENT_BEHIND.sub("", written).strip().rstrip(";")
    for attempt in (written, COMMA_TOO_MUCH.sub("", written)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def iterate_objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST_JSON:
        return
    if isinstance(value, list):
        for item in value:
            yield from iterate_objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from iterate_objects(inner, depth + 1)


def find_string(value: Any) -> str:
    """Return the first text in a JSON-LD value: itself, its `name`, or that of the first of a
    list.
    """
    if isinstance(value, str):
        return " ".join(unescape(value).split())
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        for key in ("name", "@value", "headline", "@id", "url"):
            if value.get(key):
                return find_string(value[key])
    if isinstance(value, list):
        for item in value:
            if text := find_string(item):
                return text
    return ""


class MetaElements:
    """The `meta` elements of a page by name, property or itemprop, in small letters."""

    def __init__(self, page: HtmlElement):
        self.values: dict[str, list[str]] = {}
        for element in page.iter("meta"):
            content = " ".join(unescape(element.get("content") or "").split())
            names = (element.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
            for name in {written.strip().lower() for written in names if written}:
                if content:
                    self.values.setdefault(name, []).append(content)

    def find(self, *names: str) -> str:
        """Return the first value that one of these names has, the names in their order."""
        for name in names:
            if name in self.values:
                return self.values[name][0]
        return ""

    def list(self, *names: str) -> list[str]:
        """Return every value of the first of these names that has any."""
        for name in names:
            if name in self.values:
                return self.values[name]
        return []
