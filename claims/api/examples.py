"""Examples of what the REST API answers with, for its schema: all of them are made up."""

from typing import Any

SITE = "https://newsroom.example"
OUTLET_NAME = {"slug": "harbour-herald", "name": "Harbour Herald"}
ARTICLE_NAME = {
    "id": 7,
    "title": "Bridge to open in June",
    "url": "https://harbour-herald.example/2024/bridge",
    "published_on": "2024-03-05",
    "outlet": OUTLET_NAME,
    "page": f"{SITE}/articles/7/",
}
ARTICLE_IN_LIST = {
    **ARTICLE_NAME,
    "author": "Ana Bell",
    "section": "Local",
    "language": "en",
    "licence": "",
    "quote_count": 1,
}
ARTICLE = {
    **ARTICLE_IN_LIST,
    "copies": [],
    "text": "Ruth Okafor denied that the bridge would open in May.",
}
QUOTE = {
    "id": 12,
    "page": f"{SITE}/quotes/12/",
    "actor": {"slug": "ruth-okafor", "name": "Ruth Okafor", "kind": "person"},
    "actor_confidence": 0.98,
    "actor_method": "name",
    "runners_up": [],
    "who": {"text": "Ruth Okafor", "start": 0, "end": 11},
    "cue": {"text": "denied", "start": 12, "end": 18},
    "content": {
        "text": "that the bridge would open in May",
        "spans": [{"text": "that the bridge would open in May", "start": 19, "end": 52}],
    },
    "kind": "indirect",
    "act": "deny",
    "act_confidence": 0.95,
    "stance": "denies",
    "wording": 31,
    "claim": 31,
    "confidence": 0.97,
    "said_on": None,
    "within": None,
    "details": [],
    "extractor": "2026.11",
    "status": "unreviewed",
    "article": ARTICLE_NAME,
    "version": None,
}
ACTOR = {
    "slug": "ruth-okafor",
    "name": "Ruth Okafor",
    "kind": "person",
    "names": ["Mayor Okafor", "Ruth Okafor"],
    "article": None,
    "page": f"{SITE}/actors/ruth-okafor/",
    "quote_count": 3,
}
CLAIM = {
    "id": 31,
    "text": "that the bridge would open in May",
    "page": f"{SITE}/claims/31/",
    "wordings": [31, 40],
    "quote_count": 2,
}
WORDING = {
    "id": 31,
    "text": "that the bridge would open in May",
    "claim": 31,
    "is_proposition": True,
}
MATCH = {
    "id": 5,
    "first": 31,
    "second": 44,
    "kind": "denies",
    "status": "sure",
    "score": 0.94,
    "evidence": ["the same words, and one of them denied"],
}
OUTLET = {
    **OUTLET_NAME,
    "host": "harbour-herald.example",
    "hosts": ["harbour-herald.example"],
    "page": f"{SITE}/outlets/harbour-herald/",
    "article_count": 24,
    "quote_count": 310,
}
DELIVERY = {
    "token": "u2Jq8fXhC1",
    "made_at": "2024-03-05T09:30:00Z",
    "keeps_itself": True,
    "is_settled": True,
    "documents": [
        {
            "where": "https://harbour-herald.example/2024/bridge",
            "state": "kept",
            "reason": "",
            "title": "Bridge to open in June",
            "outcome": "new",
            "article": f"{SITE}/api/v1/articles/7/",
            "changed_at": "2024-03-05T09:30:12Z",
        }
    ],
}


def build_page(row: dict[str, Any]) -> dict[str, Any]:
    return {"next": None, "previous": None, "results": [row]}


EXAMPLES: dict[str, Any] = {
    "list_quotes": {"count": 1, **build_page(QUOTE)},
    "get_quote": QUOTE,
    "list_actors": build_page(ACTOR),
    "get_actor": ACTOR,
    "list_claims": build_page(CLAIM),
    "get_claim": CLAIM,
    "list_wordings": build_page(WORDING),
    "get_wording": WORDING,
    "list_matches": build_page(MATCH),
    "get_match": MATCH,
    "list_articles": build_page(ARTICLE_IN_LIST),
    "get_article": ARTICLE,
    "list_outlets": build_page(OUTLET),
    "get_outlet": OUTLET,
    "get_delivery": DELIVERY,
}
