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
    "same_as": [],
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
FACTCHECK = {
    "id": 2,
    "address": "https://harbour-checks.example/bridge",
    "reviewer": "Harbour Checks",
    "rating": "Mostly true",
    "claim": "The bridge will open in May.",
    "said_by": "Ruth Okafor",
    "said_on": "2024-03-05",
    "reviewed_on": "2024-03-07",
    "claims": [{"wording": 31, "claim": 31, "status": "confirmed", "score": 0.88}],
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

FACETS = {
    "count": 2,
    "facets": [
        {
            "parameter": "act",
            "more": 0,
            "values": [
                {"value": "deny", "label": "deny", "qualifier": "", "count": 2, "selected": False}
            ],
        }
    ],
}
TOPIC = {
    "quotes": 1,
    "sides": [
        {
            "side": "asserts",
            "number": 1,
            "quotes": 1,
            "speakers": [
                {
                    "actor": "ruth-okafor",
                    "name": "Ruth Okafor",
                    "is_unsure": False,
                    "quote": 12,
                    "cue": "said",
                    "content": "that the bridge would open in May",
                    "outlet": "Harbour Herald",
                    "published_on": "2024-03-05",
                    "others": 0,
                    "replies_to": None,
                    "is_near": False,
                }
            ],
        }
    ],
}
TIMELINE = {
    "step": "day",
    "undated": 0,
    "bars": [{"since": "2024-03-05", "until": "2024-03-05", "count": 2}],
}
OKAFOR = {"slug": "ruth-okafor", "label": "Ruth Okafor"}
HERALD = {"slug": "harbour-herald", "label": "Harbour Herald"}
DENIALS_BY_OUTLET = {
    "heads": [{"slug": "deny", "label": "deny"}],
    "whole": {"name": {"slug": "", "label": "All outlets"}, "total": 2, "counts": [2]},
    "lines": [{"name": HERALD, "total": 2, "counts": [2]}],
    "more": 0,
}
NO_ACCUSATIONS = {
    "heads": [],
    "whole": {"name": {"slug": "", "label": "All speakers"}, "total": 0, "counts": []},
    "lines": [],
    "more": 0,
}
OVERVIEW = {
    "count": 2,
    "actors": [{"actor": OKAFOR, "count": 2, "timeline": TIMELINE}],
    "acts": DENIALS_BY_OUTLET,
    "accusations": NO_ACCUSATIONS,
    "sources": NO_ACCUSATIONS,
}
COMPARISON = {
    "actors": [
        {"slug": "ruth-okafor", "name": "Ruth Okafor", "quote_count": 3, "naming_count": 1},
        {"slug": "ana-bell", "name": "Ana Bell", "quote_count": 5, "naming_count": 0},
    ],
    "tables": [
        {
            "key": "numbers",
            "title": "In numbers",
            "lines": [{"label": "Quotes", "counts": [3, 5]}],
        }
    ],
    "claims": [{"claim": 31, "text": "that the bridge would open in May"}],
}
SHARE = {"value": 0.91, "low": 0.87, "high": 0.94, "right": 182, "number": 200}
TRUST = {
    "sample": {
        "name": "spring",
        "closed_at": "2024-04-01T12:00:00Z",
        "size": 200,
        "headline": SHARE,
        "questions": [{"label": "Of the quotes: the speaker is right", "share": SHARE}],
        "articles_read_since": 0,
    }
}
CHANGES = {
    "since": "48213-991",
    "next": None,
    "results": [
        {
            "at": "2024-03-05T09:30:12Z",
            "resource": "quote",
            "key": "12",
            "change": "present",
            "address": f"{SITE}/api/v1/quotes/12/",
            "moved_to": None,
        }
    ],
}
STATE = "9b74c9897bac770ffc029102a200c5de"
HISTORY = {
    "state": STATE,
    "changes": [
        {
            "when": "2024-03-06T08:00:00Z",
            "by": "curator",
            "word": "changed",
            "what": ["review: unreviewed → accepted"],
        }
    ],
}
VERSIONS = {
    "results": [
        {
            "key": "now",
            "title": "Bridge to open in June",
            "text": ARTICLE["text"],
            "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
            "seen_at": "2024-03-05T09:30:12Z",
            "superseded_at": None,
        }
    ]
}
DECISION = "6f1c2a8e-0d2b-4e5f-9a61-3c1d5b7e9f00"
DECIDED = {
    "decision": DECISION,
    "state": STATE,
    "quote": {**QUOTE, "status": "accepted"},
    "added": None,
}
MERGED = {
    "id": 3,
    "title": "“Mayor Okafor” into “Ruth Okafor”",
    "reason": "The mayor is Ruth Okafor.",
    "made_at": "2024-03-06T08:10:00Z",
    "undone_at": None,
    "left": [],
}
UNDONE_MERGE = {**MERGED, "undone_at": "2024-03-06T08:15:00Z"}


def build_page(row: dict[str, Any]) -> dict[str, Any]:
    return {"next": None, "previous": None, "results": [row]}


WEBHOOK = {
    "id": 3,
    "name": "our archive",
    "address": "https://archive.example/hook",
    "query": "act=deny",
    "state": "active",
    "problem": "",
    "made_at": "2024-03-05T09:30:00Z",
    "told_at": "2024-03-05T11:02:10Z",
    "deliveries": [
        {
            "message": "0b9f2d6e-4d55-4a0e-8f0e-0d6c4f1f2a77",
            "state": "done",
            "entries": 2,
            "attempts": 1,
            "status": 204,
            "reason": "",
            "made_at": "2024-03-05T11:02:09Z",
            "tried_at": "2024-03-05T11:02:10Z",
        }
    ],
}
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
    "list_factchecks": build_page(FACTCHECK),
    "get_factcheck": FACTCHECK,
    "list_articles": build_page(ARTICLE_IN_LIST),
    "get_article": ARTICLE,
    "list_outlets": build_page(OUTLET),
    "get_outlet": OUTLET,
    "get_delivery": DELIVERY,
    "add_article": {**DELIVERY, "is_settled": False, "documents": []},
    "get_facets": FACETS,
    "get_topic": TOPIC,
    "get_timeline": TIMELINE,
    "get_overview": OVERVIEW,
    "compare_actors": COMPARISON,
    "get_trust": TRUST,
    "list_changes": CHANGES,
    "get_quote_history": HISTORY,
    "list_article_versions": VERSIONS,
    "decide_quote": DECIDED,
    "undo_decision": {"what": "accepted", "quotes": [12]},
    "merge_actors": MERGED,
    "undo_merge": UNDONE_MERGE,
    "list_webhooks": {"results": [WEBHOOK]},
    "add_webhook": {
        **WEBHOOK,
        "deliveries": [],
        "told_at": None,
        "secret": "whsec_bWFkZSB1cCBmb3IgdGhpcyBleGFtcGxlIGFsb25lLg==",
    },
    "get_webhook": WEBHOOK,
    "change_webhook": {**WEBHOOK, "state": "stopped", "problem": "Stopped by its owner."},
}
