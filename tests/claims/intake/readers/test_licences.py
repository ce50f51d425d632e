import json
from typing import Any

import pytest

from tests.claims.intake.readers.reading import PARAGRAPHS, TEXT, read_one
from tests.claims.intake.readers.test_agencies import make_newsml, make_ninjs
from tests.claims.intake.readers.test_exports import make_factiva
from tests.claims.intake.readers.test_feeds import make_item, make_rss
from tests.claims.intake.readers.test_html import make_page

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
RECORD = {
    "@type": "NewsArticle",
    "headline": "Harbour bridge to stay open",
    "datePublished": "2024-03-05",
}


@pytest.mark.parametrize(
    ("record", "licence"),
    [
        ({"license": CC_BY}, CC_BY),
        ({"license": {"@type": "CreativeWork", "name": "CC BY", "url": CC_BY}}, CC_BY),
        ({"license": [CC_BY, "https://other.example/"]}, CC_BY),
        ({"copyrightNotice": "© 2024 Herald Press"}, "© 2024 Herald Press"),
        (
            {"copyrightHolder": {"name": "Herald Press"}, "copyrightYear": 2024},
            "© 2024 Herald Press",
        ),
        ({}, ""),
    ],
    ids=["address", "object", "list", "notice", "holder", "none"],
)
def test_what_a_page_tells_machines_of_its_terms_is_kept(
    record: dict[str, Any], licence: str
) -> None:
    found = read_one(make_page(record={**RECORD, **record}), "saved.html")

    assert found.licence == licence


@pytest.mark.parametrize(
    ("head", "licence"),
    [
        (f'<link rel="license" href="{CC_BY}">', CC_BY),
        ('<meta name="dcterms.rights" content="© Herald Press">', "© Herald Press"),
        ('<meta name="copyright" content="Herald Press">', "© Herald Press"),
    ],
)
def test_the_terms_may_stand_in_the_head_of_a_page(head: str, licence: str) -> None:
    found = read_one(make_page(head=head), "saved.html")

    assert found.licence == licence


def test_the_licence_of_a_picture_is_not_that_of_the_article() -> None:
    picture = f'<figure><img src="a.jpg"><figcaption><a rel="license" href="{CC_BY}">CC BY</a></figcaption></figure>'
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)

    found = read_one(make_page(picture + text), "saved.html")

    assert found.licence == ""


def test_the_terms_of_an_item_come_before_those_of_its_feed() -> None:
    item = make_item(extra=f"<creativeCommons:license>{CC_BY}</creativeCommons:license>")
    feed = make_rss(make_item(), item.replace("/bridge<", "/second<"))
    feed = feed.replace("<channel>", "<channel><copyright>© 2024 Herald Press</copyright>")
    space = "http://backend.userland.com/creativeCommonsRssModule"
    feed = feed.replace("<rss ", f'<rss xmlns:creativeCommons="{space}" ')

    from tests.claims.intake.readers.reading import read_all

    found = read_all(feed, "news.rss")

    assert [getattr(each, "licence", each) for each in found] == ["© 2024 Herald Press", CC_BY]


def test_agencies_tell_their_terms() -> None:
    terms = "Not for use in Veldania"
    rights = f"<rightsInfo><usageTerms>{terms}</usageTerms></rightsInfo>"
    newsml = make_newsml().replace("<itemMeta>", f"{rights}<itemMeta>", 1)

    ninjs = read_one(json.dumps(make_ninjs(usageterms=terms)), "item.json")
    held = read_one(json.dumps(make_ninjs(copyrightholder="Coast Agency")), "item.json")
    news_item = read_one(newsml, "item.xml")

    assert ninjs.licence == terms
    assert held.licence == "© Coast Agency"
    assert news_item.licence == terms


def test_archives_tell_their_terms() -> None:
    row = "<tr><td class='index'><b>CY</b>&nbsp;</td><td>(c) 2024 Herald Press</td></tr></table>"
    export = make_factiva("Bridge stays open", PARAGRAPHS, "1").replace("</table>", row)

    found = read_one(f"<html><body>{export}</body></html>", "Factiva.html")

    assert found.licence == "(c) 2024 Herald Press"


def test_a_line_of_json_or_of_a_table_may_tell_its_terms() -> None:
    line = {"id": "a", "title": "Bridge", "date": "2024-03-05", "text": TEXT, "licence": CC_BY}
    table = f'title,date,text,License\nBridge,2024-03-05,"{PARAGRAPHS[0]}",{CC_BY}\n'

    assert read_one(json.dumps(line), "a.jsonl").licence == CC_BY
    assert read_one(table, "a.csv").licence == CC_BY
