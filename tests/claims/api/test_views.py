from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.api.views import RESOURCES
from claims.models import Actor
from claims.search.filters import Filters
from tests.claims.api_client import API, LISTS, get_detail_addresses, get_json, list_all_results
from tests.factories import make_actor, make_article, make_detail, make_quote

pytestmark = pytest.mark.django_db


# Lists and details


def test_the_index_says_where_everything_is(client: Client) -> None:
    index = get_json(client, f"{API}/")

    assert list(index) == list(RESOURCES.values())
    for address in index.values():
        assert get_json(client, address)["results"] == []


@pytest.mark.parametrize("name", RESOURCES)
def test_a_row_is_the_same_in_its_list_and_by_itself(client: Client, name: str) -> None:
    quote = make_quote(actor="Veldania")

    detail = get_json(client, get_detail_addresses(quote)[name])
    rows = get_json(client, f"{API}/{RESOURCES[name]}/")["results"]
    key = "slug" if "slug" in detail else "id"
    (row,) = [row for row in rows if row[key] == detail[key]]

    assert row == {field: detail[field] for field in row}
    assert set(detail) - set(row) == ({"copies", "text"} if name == "article" else set())


def test_a_quote_is_told_in_full(client: Client) -> None:
    article = make_article(
        "Officials in Veldania denied any part in it.", title="Delay", published_on=date(2024, 3, 5)
    )
    quote = make_quote(
        article=article,
        actor="Veldania",
        source="Officials in Veldania",
        cue="denied",
        content="any part in it",
        act="deny",
        confidence=0.93,
        actor_confidence=0.5,
        actor_method="metonym",
        act_confidence=0.8,
        said_on=date(2024, 3, 4),
        runners_up=[{"name": "Norland", "kind": "state", "confidence": 0.25}],
    )
    make_detail(quote, "target", "it")

    assert get_json(client, f"{API}/quotes/{quote.pk}/") == {
        "id": quote.pk,
        "page": f"http://testserver/quotes/{quote.pk}/",
        "actor": {"slug": "veldania", "name": "Veldania", "kind": "state"},
        "actor_confidence": 0.5,
        "actor_method": "metonym",
        "runners_up": [{"name": "Norland", "kind": "state", "confidence": 0.25}],
        "who": {"text": "Officials in Veldania", "start": 0, "end": 21},
        "cue": {"text": "denied", "start": 22, "end": 28},
        "content": {
            "text": "any part in it",
            "spans": [{"text": "any part in it", "start": 29, "end": 43}],
        },
        "kind": "indirect",
        "act": "deny",
        "act_confidence": 0.8,
        "stance": "denies",
        "wording": quote.wording_id,
        "claim": quote.claim_id,
        "confidence": 0.93,
        "said_on": "2024-03-04",
        "within": None,
        "details": [{"text": "it", "start": 41, "end": 43, "role": "target"}],
        "extractor": "test",
        "status": "unreviewed",
        "article": {
            "id": article.pk,
            "title": "Delay",
            "url": article.url,
            "published_on": "2024-03-05",
            "outlet": {"slug": "harbour-herald", "name": "Harbour Herald"},
            "page": f"http://testserver/articles/{article.pk}/",
        },
        "version": None,
    }


def test_a_quote_names_the_one_that_it_stands_within(client: Client) -> None:
    article = make_article("Ana Bell said Omar Reza denied that it rains.")
    outer = make_quote(article=article, actor="Ana Bell", content="Omar Reza denied that it rains")
    inner = make_quote(
        article=article, actor="Omar Reza", cue="denied", content="it rains", within=outer
    )

    assert get_json(client, f"{API}/quotes/{inner.pk}/")["within"] == outer.pk


def test_a_quote_whose_speaker_is_unknown_and_has_no_source_says_so(client: Client) -> None:
    quote = make_quote(actor=None, source="")

    row = get_json(client, f"{API}/quotes/{quote.pk}/")

    assert (row["actor"], row["who"], row["actor_confidence"], row["actor_method"]) == (
        None,
        None,
        None,
        "",
    )


def test_an_actor_is_told_with_its_names_and_how_often_it_is_quoted(client: Client) -> None:
    make_actor("Ana Bell", "person", names=("the mayor",))
    make_quote(actor=make_actor("Ana Bell", "person"))
    make_quote(actor=make_actor("Ana Bell", "person"), status="rejected")

    assert get_json(client, f"{API}/actors/ana-bell/") == {
        "slug": "ana-bell",
        "name": "Ana Bell",
        "kind": "person",
        "names": ["Ana Bell", "the mayor"],
        "article": None,
        "page": "http://testserver/actors/ana-bell/",
        "same_as": [],
        "quote_count": 1,
    }


def test_an_actor_known_in_one_article_alone_says_in_which(client: Client) -> None:
    article = make_article()
    Actor.objects.create(name="Bell", slug="bell", kind="person", article=article)

    assert get_json(client, f"{API}/actors/bell/")["article"] == article.pk


def test_an_outlet_counts_its_articles_and_quotes(client: Client) -> None:
    make_article("Nobody spoke.")
    article = make_article("Veldania said it rains. Ana Bell said it pours.")
    make_quote(article=article, content="it rains")
    make_quote(article=article, actor="Ana Bell", content="it pours")

    row = get_json(client, f"{API}/outlets/harbour-herald/")

    assert (row["name"], row["host"], row["article_count"], row["quote_count"]) == (
        "Harbour Herald",
        "harbour-herald.example",
        2,
        2,
    )


def test_the_list_of_articles_leaves_their_texts_out(client: Client) -> None:
    article = make_quote().article

    (row,) = get_json(client, f"{API}/articles/")["results"]

    assert "text" not in row
    assert row["quote_count"] == 1
    assert get_json(client, f"{API}/articles/{article.pk}/")["text"] == article.text


def test_a_rejected_quote_is_in_no_list_unless_asked_for_and_keeps_its_address(
    client: Client,
) -> None:
    quote = make_quote(status="rejected")

    assert get_json(client, f"{API}/quotes/")["results"] == []
    assert [row["id"] for row in get_json(client, f"{API}/quotes/?status=rejected")["results"]] == [
        quote.pk
    ]
    assert get_json(client, f"{API}/quotes/{quote.pk}/")["status"] == "rejected"


def test_claims_and_actors_of_which_no_quote_stands_are_in_no_list_and_keep_their_addresses(
    client: Client,
) -> None:
    gone = make_quote(actor="Ana Bell", content="the ferry is late", status="rejected")
    make_actor("Omar Reza", "person")
    kept = make_quote(actor="Veldania")

    assert [row["slug"] for row in get_json(client, f"{API}/actors/")["results"]] == ["veldania"]
    assert [row["id"] for row in get_json(client, f"{API}/claims/")["results"]] == [kept.claim_id]
    for address in (f"claims/{gone.claim_id}", "actors/ana-bell", "actors/omar-reza"):
        assert get_json(client, f"{API}/{address}/")["quote_count"] == 0


def test_hostile_text_stays_text(client: Client) -> None:
    hostile = "<script>alert('said')</script>"
    quote = make_quote(content=hostile)

    response = client.get(f"{API}/quotes/{quote.pk}/", headers={"accept": "text/html,*/*"})

    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.json()["content"]["text"] == hostile


# The same verbs


@pytest.mark.parametrize(
    "query",
    [
        "",
        "act=deny",
        "actor=veldania",
        "actor=veldania&actor=ana-bell&act=deny",
        "about=veldania",
        "kind=direct&kind=mixed",
        "stance=denies",
        "outlet=northern-wire",
        "status=rejected",
        "since=2024-03-02&until=2024-03-03",
        "q=ferry",
        "q=ferry&order=oldest",
        "order=oldest",
    ],
)
def test_the_filters_of_quotes_are_those_of_the_pages(client: Client, query: str) -> None:
    for day, (actor, act, content, more) in enumerate(
        [
            ("Veldania", "say", "the ferry is late", {"kind": "direct"}),
            ("Veldania", "deny", "any part in the delay of the ferry", {}),
            ("Ana Bell", "deny", "what Veldania saw", {"kind": "mixed"}),
            ("Omar Reza", "say", "the whole ferry sank", {"status": "rejected"}),
        ],
        start=1,
    ):
        outlet = "Northern Wire" if day == 2 else "Harbour Herald"
        article = make_article(
            f"{actor} said {content}.", published_on=date(2024, 3, day), outlet=outlet
        )
        values: dict[str, Any] = {"act": act, **more}
        make_quote(actor=actor, article=article, content=content, **values)
    expected = [quote.pk for quote in Filters.read(QueryDict(query)).quotes()]

    assert [row["id"] for row in get_json(client, f"{API}/quotes/?{query}")["results"]] == expected
    assert expected


def test_actors_are_found_by_any_name_and_by_kind(client: Client) -> None:
    make_quote(actor=make_actor("Ana Bell", "person", names=("the mayor", "Mayor Bell")))
    make_quote(actor=make_actor("Mayor's office", "organization"))
    make_quote(actor=make_actor("Omar Reza", "person"))

    assert [row["slug"] for row in list_all_results(client, f"{API}/actors/?q=MAYOR")] == [
        "ana-bell",
        "mayors-office",
    ]
    assert [
        row["slug"] for row in list_all_results(client, f"{API}/actors/?q=mayor&kind=person")
    ] == ["ana-bell"]


def test_claims_and_articles_are_found_by_words(client: Client) -> None:
    quote = make_quote(content="the bridge is safe")
    make_quote(content="the ferry is late")

    assert [row["id"] for row in list_all_results(client, f"{API}/claims/?q=bridges")] == [
        quote.claim_id
    ]
    assert [row["id"] for row in list_all_results(client, f"{API}/articles/?q=bridge")] == [
        quote.article_id
    ]


def test_articles_are_narrowed_by_outlet(client: Client) -> None:
    make_article(outlet="Harbour Herald")
    article = make_article(outlet="Northern Wire")

    assert [
        row["id"] for row in list_all_results(client, f"{API}/articles/?outlet=northern-wire")
    ] == [article.pk]


# Offsets


@pytest.mark.parametrize(
    ("text", "source", "cue", "contents"),
    [
        pytest.param("Veldania said it rains.", "Veldania", "said", ("it rains",), id="plain"),
        pytest.param(
            "“It rains,” Ana Bell said, “in May.”",
            "Ana Bell",
            "said",
            ("“It rains,”", "“in May.”"),
            id="in two parts",
        ),
        pytest.param(
            "🌧🌧 Veldania said 🦊 rains 𝒏𝒐𝒘.", "Veldania", "said", ("🦊 rains 𝒏𝒐𝒘",), id="astral"
        ),
        pytest.param(
            "👩‍👩‍👧 Žofie řekla: „🌧 dnes“ a dodala: „é́ zítra“.",
            "Žofie",
            "řekla",
            ("🌧 dnes", "é́ zítra"),
            id="astral, two parts",
        ),
        pytest.param(
            "Line one.\nVeldania said\tit\u00a0rains\u2028now.",
            "Veldania",
            "said",
            ("it\u00a0rains\u2028now",),
            id="spaces",
        ),
        pytest.param(
            "قال عمر إن الجسر مفتوح", "عمر", "قال", ("الجسر مفتوح",), id="from right to left"
        ),
        pytest.param(
            "Veldania said a … b … c.",
            "Veldania",
            "said",
            ("a … b", "c"),
            id="a gap within the text itself",
        ),
    ],
)
def test_offsets_select_exactly_the_texts(
    client: Client, text: str, source: str, cue: str, contents: tuple[str, ...]
) -> None:
    quote = make_quote(article=make_article(text), source=source, cue=cue, content=contents)

    row = get_json(client, f"{API}/quotes/{quote.pk}/")
    body = get_json(client, f"{API}/articles/{quote.article_id}/")["text"]

    assert body == text
    selected = [row["who"], row["cue"], *row["content"]["spans"]]
    assert [part["text"] for part in selected] == [source, cue, *contents]
    assert [body[part["start"] : part["end"]] for part in selected] == [
        part["text"] for part in selected
    ]
    assert row["content"]["text"] == " … ".join(contents)


# Cost


@pytest.mark.parametrize(
    "address",
    [
        *LISTS,
        f"{API}/quotes/?q=safe",
        f"{API}/quotes/?actor=speaker-0&actor=speaker-1&order=oldest",
    ],
)
def test_a_list_takes_the_same_queries_whatever_it_holds(client: Client, address: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            get_json(client, address)
        return len(queries)

    for number in range(2):
        make_quote(actor=f"Speaker {number}", content=f"that number {number} is safe")
    few = cost()
    for number in range(2, 20):
        make_quote(actor=f"Speaker {number}", content=f"that number {number} is safe")

    assert cost() == few <= 7  # two of them to count, where nothing is in memory yet


@pytest.mark.parametrize(
    ("name", "most"),
    [(name, 3 if name in ("quote", "claim", "outlet") else 2) for name in RESOURCES],
)
def test_one_row_takes_few_queries(
    client: Client,
    name: str,
    most: int,
    keep_columns: Callable[[], None],
    django_assert_max_num_queries: Any,
) -> None:
    address = get_detail_addresses(make_quote(actor="Veldania", content=("the bridge", "is safe")))[
        name
    ]

    keep_columns()
    with django_assert_max_num_queries(most):
        get_json(client, address)


def test_an_article_tells_who_wrote_it_in_which_section_and_language_under_what_terms(
    client: Client,
) -> None:
    article = make_article(
        author="Ana Bell", section="Local", language="en-GB", licence="© 2024 Herald Press"
    )

    row = get_json(client, f"{API}/articles/{article.pk}/")

    assert (row["author"], row["section"], row["language"]) == ("Ana Bell", "Local", "en-GB")
    assert row["licence"] == "© 2024 Herald Press"
