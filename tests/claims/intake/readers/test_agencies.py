# ruff: noqa: E501 -- the lines of files made here are long
import json
from typing import Any

from claims.intake.readers import Document, Problem
from tests.claims.intake.readers.reading import PARAGRAPHS, TEXT, read_all, read_one, read_refusal

MARKED = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def make_ninjs(**changes: Any) -> dict[str, Any]:
    return {
        "uri": "urn:agency:7",
        "type": "text",
        "headline": "Bridge stays open",
        "byline": "By Ana Bell",
        "versioncreated": "2024-03-05T08:00:00Z",
        "language": "en",
        "infosource": [{"name": "Coast Agency"}],
        "subject": [{"name": "Transport"}],
        "body_html": MARKED,
    } | changes


def test_ninjs_is_read() -> None:
    found = read_one(json.dumps(make_ninjs()), "item.json")

    assert (found.title, found.text, found.publisher) == ("Bridge stays open", TEXT, "Coast Agency")
    assert (str(found.published_on), found.author, found.section) == (
        "2024-03-05",
        "Ana Bell",
        "Transport",
    )
    assert found.key == "id:Coast Agency/urn:agency:7"


def test_the_headings_of_ninjs_are_told() -> None:
    marked = MARKED.replace("</p><p>", "</p><h2>Who pays for it</h2><p>", 1)

    found = read_one(json.dumps(make_ninjs(body_html=marked)), "item.json")

    assert [(found.text[start:end], kind) for start, end, kind in found.blocks] == [
        ("Who pays for it", "heading")
    ]


def test_ninjs_of_version_two_is_read() -> None:
    item = make_ninjs(
        headlines=[{"value": "Bridge stays open"}],
        bodies=[{"contenttype": "text/html", "value": MARKED}],
    )
    del item["headline"], item["body_html"]

    found = read_one(json.dumps(item), "item.json")

    assert (found.title, found.text) == ("Bridge stays open", TEXT)


def test_a_list_of_ninjs_is_read_and_what_is_withdrawn_is_named() -> None:
    items = [make_ninjs(), make_ninjs(pubstatus="canceled")]

    found, withdrawn = read_all(json.dumps(items), "items.json")

    assert isinstance(found, Document)
    assert withdrawn == Problem(
        "items.json: item 2", "the agency has withdrawn or withheld it (canceled)"
    )


def make_newsml(body: str = MARKED) -> str:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:agency:7" version="1"><itemMeta><itemClass qcode="ninat:text"/>'
        '<provider literal="Coast Agency"/><versionCreated>2024-03-05T23:00:00-05:00</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>'
        '<contentMeta><by>Ana Bell</by><headline>Bridge stays open</headline><language tag="en-GB"/><subject><name>Transport</name></subject></contentMeta>'
        '<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
        f"<body>{body}</body></html></inlineXML></contentSet></newsItem>"
    )


def test_newsml_g2_is_read() -> None:
    found = read_one(make_newsml(), "item.xml")

    assert (found.title, found.text, found.publisher) == ("Bridge stays open", TEXT, "Coast Agency")
    assert (str(found.published_on), found.author, found.section) == (
        "2024-03-05",
        "Ana Bell",
        "Transport",
    )
    assert found.language == "en-GB"


def test_newsml_without_text_or_with_entities_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + make_newsml("<p>&a;</p>")

    assert "it holds no text" in read_refusal(make_newsml(""), "item.xml")
    assert "defines XML entities" in read_refusal(bomb, "item.xml")
