import io
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.api import RESOURCES
from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, STANCES
from claims.models import Actor, Claim, Quote, QuoteStatus
from claims.search import PARAMETERS, Filters
from tests.factories import make_actor, make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db

API = "/api/v1"
MOST_PAGES = 100
LISTS = [f"{API}/{name}s/" for name in RESOURCES]


def get(client: Client, address: str, status: int = 200) -> Any:
    """The JSON at an address."""
    response = client.get(address)
    assert response.status_code == status, (address, response.content[:300])
    assert response["Content-Type"] == "application/json"
    return response.json()


def details(quote: Quote) -> dict[str, str]:
    """The address of a quote and of each row behind it, by resource."""
    assert quote.actor
    return {
        "quote": f"{API}/quotes/{quote.pk}/",
        "actor": f"{API}/actors/{quote.actor.slug}/",
        "claim": f"{API}/claims/{quote.claim_id}/",
        "article": f"{API}/articles/{quote.article_id}/",
        "outlet": f"{API}/outlets/{quote.article.outlet.slug}/",
    }


def pages(client: Client, address: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of each page of a list, from the first to the last."""
    following = address
    for _ in range(MOST_PAGES):
        page = get(client, following)
        following = page["next"]
        yield page["results"]
        if not following:
            return
    raise AssertionError("the pages have no end")


def walked(client: Client, address: str) -> list[dict[str, Any]]:
    return [row for rows in pages(client, address) for row in rows]


# Lists and details


def test_the_index_says_where_everything_is(client: Client) -> None:
    index = get(client, f"{API}/")

    assert list(index) == ["quotes", "actors", "claims", "articles", "outlets"]
    for address in index.values():
        assert get(client, address)["results"] == []


@pytest.mark.parametrize("name", RESOURCES)
def test_a_row_is_the_same_in_its_list_and_by_itself(client: Client, name: str) -> None:
    quote = make_quote(actor="Veldania")

    (row,) = get(client, f"{API}/{name}s/")["results"]
    detail = get(client, details(quote)[name])

    assert row == {field: detail[field] for field in row}
    assert set(detail) - set(row) == ({"text"} if name == "article" else set())


def test_a_quote_is_told_in_full(client: Client) -> None:
    article = make_article("Officials in Veldania denied any part in it.", title="Delay", published_on=date(2024, 3, 5))
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
    )

    assert get(client, f"{API}/quotes/{quote.pk}/") == {
        "id": quote.pk,
        "page": f"http://testserver/quotes/{quote.pk}/",
        "actor": {"slug": "veldania", "name": "Veldania", "kind": "state"},
        "actor_confidence": 0.5,
        "actor_method": "metonym",
        "who": {"text": "Officials in Veldania", "start": 0, "end": 21},
        "cue": {"text": "denied", "start": 22, "end": 28},
        "content": {"text": "any part in it", "spans": [{"text": "any part in it", "start": 29, "end": 43}]},
        "kind": "indirect",
        "act": "deny",
        "stance": "denies",
        "claim": quote.claim_id,
        "confidence": 0.93,
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
    }


def test_a_quote_whose_speaker_is_unknown_and_has_no_source_says_so(client: Client) -> None:
    quote = make_quote(actor=None, source="")

    row = get(client, f"{API}/quotes/{quote.pk}/")

    assert (row["actor"], row["who"], row["actor_confidence"], row["actor_method"]) == (None, None, None, "")


def test_an_actor_is_told_with_its_names_and_how_often_it_is_quoted(client: Client) -> None:
    make_actor("Ana Bell", "person", names=("the mayor",))
    make_quote(actor=make_actor("Ana Bell", "person"))
    make_quote(actor=make_actor("Ana Bell", "person"), status="rejected")

    assert get(client, f"{API}/actors/ana-bell/") == {
        "slug": "ana-bell",
        "name": "Ana Bell",
        "kind": "person",
        "names": ["Ana Bell", "the mayor"],
        "article": None,
        "page": "http://testserver/actors/ana-bell/",
        "quote_count": 1,
    }


def test_an_actor_known_in_one_article_alone_says_in_which(client: Client) -> None:
    article = make_article()
    Actor.objects.create(name="Bell", slug="bell", kind="person", article=article)

    assert get(client, f"{API}/actors/bell/")["article"] == article.pk


def test_an_outlet_counts_its_articles_and_quotes(client: Client) -> None:
    make_article("Nobody spoke.")
    article = make_article("Veldania said it rains. Ana Bell said it pours.")
    make_quote(article=article, content="it rains")
    make_quote(article=article, actor="Ana Bell", content="it pours")

    row = get(client, f"{API}/outlets/harbour-herald/")

    assert (row["name"], row["host"], row["article_count"], row["quote_count"]) == (
        "Harbour Herald",
        "harbour-herald.example",
        2,
        2,
    )


def test_the_list_of_articles_leaves_their_texts_out(client: Client) -> None:
    article = make_quote().article

    (row,) = get(client, f"{API}/articles/")["results"]

    assert "text" not in row
    assert row["quote_count"] == 1
    assert get(client, f"{API}/articles/{article.pk}/")["text"] == article.text


def test_a_rejected_quote_is_in_no_list_unless_asked_for_and_keeps_its_address(client: Client) -> None:
    quote = make_quote(status="rejected")

    assert get(client, f"{API}/quotes/")["results"] == []
    assert [row["id"] for row in get(client, f"{API}/quotes/?status=rejected")["results"]] == [quote.pk]
    assert get(client, f"{API}/quotes/{quote.pk}/")["status"] == "rejected"


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
        article = make_article(f"{actor} said {content}.", published_on=date(2024, 3, day), outlet=outlet)
        values: dict[str, Any] = {"act": act, **more}
        make_quote(actor=actor, article=article, content=content, **values)
    expected = [quote.pk for quote in Filters.read(QueryDict(query)).quotes()]

    assert [row["id"] for row in get(client, f"{API}/quotes/?{query}")["results"]] == expected
    assert expected


def test_actors_are_found_by_any_name_and_by_kind(client: Client) -> None:
    make_actor("Ana Bell", "person", names=("the mayor", "Mayor Bell"))
    make_actor("Mayor's office", "organization")
    make_actor("Omar Reza", "person")

    assert [row["slug"] for row in walked(client, f"{API}/actors/?q=MAYOR")] == ["ana-bell", "mayors-office"]
    assert [row["slug"] for row in walked(client, f"{API}/actors/?q=mayor&kind=person")] == ["ana-bell"]


def test_claims_and_articles_are_found_by_words(client: Client) -> None:
    quote = make_quote(content="the bridge is safe")
    make_quote(content="the ferry is late")

    assert [row["id"] for row in walked(client, f"{API}/claims/?q=bridges")] == [quote.claim_id]
    assert [row["id"] for row in walked(client, f"{API}/articles/?q=bridge")] == [quote.article_id]


def test_articles_are_narrowed_by_outlet(client: Client) -> None:
    make_article(outlet="Harbour Herald")
    article = make_article(outlet="Northern Wire")

    assert [row["id"] for row in walked(client, f"{API}/articles/?outlet=northern-wire")] == [article.pk]


# Offsets


@pytest.mark.parametrize(
    ("text", "source", "cue", "contents"),
    [
        pytest.param("Veldania said it rains.", "Veldania", "said", ("it rains",), id="plain"),
        pytest.param(
            "“It rains,” Ana Bell said, “in May.”", "Ana Bell", "said", ("“It rains,”", "“in May.”"), id="in two parts"
        ),
        pytest.param("🌧🌧 Veldania said 🦊 rains 𝒏𝒐𝒘.", "Veldania", "said", ("🦊 rains 𝒏𝒐𝒘",), id="astral"),
        pytest.param(
            "👩‍👩‍👧 Žofie řekla: „🌧 dnes“ a dodala: „é́ zítra“.", "Žofie", "řekla", ("🌧 dnes", "é́ zítra"), id="astral, two parts"
        ),
        pytest.param(
            "Line one.\nVeldania said\tit\u00a0rains\u2028now.", "Veldania", "said", ("it\u00a0rains\u2028now",), id="spaces"
        ),
        pytest.param("قال عمر إن الجسر مفتوح", "عمر", "قال", ("الجسر مفتوح",), id="from right to left"),
        pytest.param("Veldania said a … b … c.", "Veldania", "said", ("a … b", "c"), id="a gap within the text itself"),
    ],
)
def test_offsets_select_exactly_the_texts(client: Client, text: str, source: str, cue: str, contents: tuple[str, ...]) -> None:
    quote = make_quote(article=make_article(text), source=source, cue=cue, content=contents)

    row = get(client, f"{API}/quotes/{quote.pk}/")
    body = get(client, f"{API}/articles/{quote.article_id}/")["text"]

    assert body == text
    selected = [row["who"], row["cue"], *row["content"]["spans"]]
    assert [part["text"] for part in selected] == [source, cue, *contents]
    assert [body[part["start"] : part["end"]] for part in selected] == [part["text"] for part in selected]
    assert row["content"]["text"] == " … ".join(contents)


# What is refused


@pytest.mark.parametrize("address", LISTS)
def test_an_unknown_parameter_is_refused_by_name(client: Client, address: str) -> None:
    told = get(client, f"{address}?colour=red&page=2", status=400)

    assert set(told) == {"colour", "page"}
    assert "colour" in told["colour"][0]


@pytest.mark.parametrize("name", RESOURCES)
def test_one_row_takes_no_parameters(client: Client, name: str) -> None:
    address = details(make_quote(actor="Veldania"))[name]

    assert set(get(client, f"{address}?colour=red&q=nothing", status=400)) == {"colour", "q"}


@pytest.mark.parametrize(
    ("query", "parameter", "told"),
    [
        ("quotes/?act=shout", "act", "shout"),
        ("quotes/?act=deny&act=shout", "act", "shout"),
        ("quotes/?kind=sung", "kind", "sung"),
        ("quotes/?stance=doubts", "stance", "doubts"),
        ("quotes/?status=lost", "status", "lost"),
        ("quotes/?actor=nobody", "actor", "nobody"),
        ("quotes/?about=nobody", "about", "nobody"),
        ("quotes/?outlet=none", "outlet", "none"),
        ("quotes/?since=yesterday", "since", "yesterday"),
        ("quotes/?until=2024-02-30", "until", "2024-02-30"),
        ("quotes/?since=2024-03-01&until=2024-01-01", "until", "2024-01-01"),
        ("quotes/?q=a%00b", "q", "NUL"),
        ("quotes/?q=" + "a" * 501, "q", "500"),
        ("quotes/?order=best", "order", "best"),
        ("quotes/?order=relevance", "order", "relevance"),
        ("actors/?kind=robot", "kind", "robot"),
        ("actors/?kind=a%00b", "kind", "NUL"),
        ("actors/?q=a%00b", "q", "NUL"),
        ("actors/?q=" + "a" * 201, "q", "200"),
        ("claims/?q=a%00b", "q", "NUL"),
        ("articles/?q=" + "a" * 201, "q", "200"),
        ("articles/?outlet=none", "outlet", "none"),
        ("articles/?outlet=a%00b", "outlet", "NUL"),
        ("outlets/?q=herald", "q", "q"),
    ],
)
def test_an_unknown_value_is_refused_by_name(client: Client, query: str, parameter: str, told: str) -> None:
    refusal = get(client, f"{API}/{query}", status=400)

    assert list(refusal) == [parameter]
    assert told in refusal[parameter][0]


def test_all_that_is_wrong_is_told_at_once(client: Client) -> None:
    refusal = get(client, f"{API}/quotes/?act=shout&act=sing&colour=red&since=x", status=400)

    assert {name: len(messages) for name, messages in refusal.items()} == {"act": 2, "colour": 1, "since": 1}


@pytest.mark.parametrize(
    "address",
    [
        "quotes/404/",
        "quotes/0/",
        "quotes/-1/",
        "quotes/one/",
        "quotes/99999999999999999999999999/",
        "quotes/%00/",
        "actors/nobody/",
        "actors/Veldania/",
        "actors/a%00b/",
        "actors/%F0%9F%A6%8A/",
        "claims/404/",
        "claims/99999999999999999999999999/",
        "articles/404/",
        "articles/one/",
        "outlets/none/",
        "outlets/%00/",
    ],
)
def test_what_does_not_exist_is_not_found_in_json(client: Client, address: str) -> None:
    make_quote(actor="Veldania")

    assert "detail" in get(client, f"{API}/{address}", status=404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_everything_is_only_read(client: Client, method: str) -> None:
    quote = make_quote(actor="Veldania")

    for address in [*LISTS, *details(quote).values(), f"{API}/"]:
        response = getattr(client, method)(address, data={"act": "deny"}, content_type="application/json")
        assert response.status_code == 405, address
        assert "detail" in response.json()

    assert Quote.objects.get().act == "say"


# Pages


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("size", [1, 3, 5, 50])
def test_following_the_pages_meets_every_row_once(client: Client, address: str, size: int) -> None:
    for number in range(11):
        make_quote(actor=f"Speaker {number}", content=f"number {number}", article=None)
        make_outlet(f"Outlet {number}")

    met = walked(client, f"{address}?page_size={size}")

    everything = {row["page"] for row in get(client, f"{address}?page_size=200")["results"]}
    assert len(everything) == len(met) == {f"{API}/outlets/": 12}.get(address, 11)
    assert {row["page"] for row in met} == everything


ORDERED = ["order=newest", "order=oldest", "q=ferry+bridge", "q=bridge", "q=bridge&order=newest", "q=bridge&order=oldest"]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("query", ORDERED)
def test_each_order_is_followed_to_its_end_whatever_ties_there_are(client: Client, query: str, size: int) -> None:
    for number in range(14):
        day = date(2024, 3, 5) + timedelta(days=number // 5)
        apart = f"ferry {'slow ' * (number // 2)}bridge"
        article = make_article(f"Veldania said {apart}. Ana Bell said the bridge.", published_on=day)
        make_quote(article=article, content=apart)
        make_quote(article=article, actor="Ana Bell", content="the bridge")
    expected = list(Filters.read(QueryDict(query)).quotes())

    met = list(pages(client, f"{API}/quotes/?{query}&page_size={size}"))

    assert sorted(row["id"] for rows in met for row in rows) == sorted(quote.pk for quote in expected)
    assert [len(rows) for rows in met[:-1]] == [size] * (len(met) - 1)
    if "order" not in query:
        assert [row["id"] for rows in met for row in rows] == [quote.pk for quote in expected]
    else:
        dates = [row["article"]["published_on"] for rows in met for row in rows]
        assert dates == sorted(dates, reverse="newest" in query)


def test_a_page_leads_back_to_the_one_before(client: Client) -> None:
    for number in range(5):
        make_quote(content=f"number {number}", article=None)
    first = get(client, f"{API}/claims/?page_size=2")

    second = get(client, first["next"])

    assert first["previous"] is None
    assert get(client, second["previous"])["results"] == first["results"]


def test_articles_that_come_in_while_one_reads_shift_nothing(client: Client) -> None:
    for number in range(4):
        article = make_article("Veldania said it rains.", published_on=date(2024, 3, 1 + number))
        make_quote(article=article, content="it rains")
    first = get(client, f"{API}/quotes/?page_size=2")

    make_quote(article=make_article("Veldania said it pours.", published_on=date(2024, 3, 9)), content="it pours")
    second = get(client, first["next"])

    days = [row["article"]["published_on"] for row in first["results"] + second["results"]]
    assert days == ["2024-03-04", "2024-03-03", "2024-03-02", "2024-03-01"]


@pytest.mark.parametrize(("query", "rows"), [("", 50), ("?page_size=3", 3), ("?page_size=200", 200)])
def test_the_size_of_a_page_is_the_readers(client: Client, query: str, rows: int) -> None:
    Claim.objects.bulk_create([Claim(text=str(number), key=str(number)) for number in range(201)])

    page = get(client, f"{API}/claims/{query}")

    assert len(page["results"]) == rows
    assert page["next"]


@pytest.mark.parametrize("size", ["0", "-1", "201", "1000000000000", "0000001999999", "x", "", "²", "%00"])
@pytest.mark.parametrize("address", LISTS)
def test_the_size_of_a_page_has_its_limits(client: Client, address: str, size: str) -> None:
    refusal = get(client, f"{address}?page_size={size}", status=400)

    assert refusal == {"page_size": ["“page_size” should be a number from 1 to 200."]}


def cursor(state: str) -> str:
    return b64encode(state.encode()).decode().replace("=", "%3D")


@pytest.mark.parametrize("address", [f"{each}?" for each in LISTS] + [f"{API}/quotes/?q=bridge&"])
@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("", id="empty"),
        pytest.param("x", id="not Base64"),
        pytest.param("%C3%A9", id="not ASCII"),
        pytest.param("%00", id="NUL"),
        pytest.param(cursor("é"), id="not ASCII within"),
        pytest.param(cursor("p=%00"), id="a position with NUL"),
        pytest.param(cursor("o=-1"), id="a negative offset"),
        pytest.param(cursor("o=many"), id="an offset in words"),
        pytest.param(cursor("r=maybe"), id="a direction in words"),
    ],
)
def test_a_broken_cursor_is_not_found(client: Client, address: str, broken: str) -> None:
    make_quote(actor="Veldania")

    assert get(client, f"{address}cursor={broken}", status=404) == {"detail": "Invalid cursor"}


@pytest.mark.parametrize("position", ["2024-99-99", "yesterday", ""])
@pytest.mark.parametrize("query", ["claims/?", "articles/?", "quotes/?", "quotes/?order=oldest&", "quotes/?q=bridge&"])
def test_a_cursor_whose_position_is_none_in_its_order_is_not_found(client: Client, query: str, position: str) -> None:
    make_quote(content="the bridge is safe")

    assert "detail" in get(client, f"{API}/{query}cursor={cursor('p=' + position)}", status=404)


@pytest.mark.parametrize("address", LISTS)
def test_a_cursor_past_the_end_is_an_empty_page(client: Client, address: str) -> None:
    make_quote(actor="Veldania")

    assert get(client, f"{address}?cursor={cursor('o=' + '9' * 40)}")["results"] == []


def test_a_cursor_of_another_order_is_not_found(client: Client) -> None:
    for number in range(3):
        article = make_article("Veldania said the bridge is safe.", published_on=date(2024, 3, 5 + number))
        make_quote(article=article, content="the bridge is safe")
    following = get(client, f"{API}/quotes/?page_size=1&order=newest&q=bridge")["next"]

    get(client, following.replace("order=newest", "order=relevance"), status=404)


# Cost


@pytest.mark.parametrize(
    "address", [*LISTS, f"{API}/quotes/?q=safe", f"{API}/quotes/?actor=speaker-0&actor=speaker-1&order=oldest"]
)
def test_a_list_takes_the_same_queries_whatever_it_holds(client: Client, address: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            get(client, address)
        return len(queries)

    for number in range(2):
        make_quote(actor=f"Speaker {number}", content=f"that number {number} is safe")
    few = cost()
    for number in range(2, 20):
        make_quote(actor=f"Speaker {number}", content=f"that number {number} is safe")

    assert cost() == few <= 5


@pytest.mark.parametrize("name", RESOURCES)
def test_one_row_takes_two_queries_at_most(client: Client, name: str, django_assert_max_num_queries: Any) -> None:
    address = details(make_quote(actor="Veldania", content=("the bridge", "is safe")))[name]

    with django_assert_max_num_queries(2):
        get(client, address)


# The description


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The OpenAPI description, generated as strictly as can be."""
    written = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=written)
    described: dict[str, Any] = yaml.safe_load(written.getvalue())
    return described


def parameters(schema: dict[str, Any], path: str) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in schema["paths"][path]["get"].get("parameters", [])}


def test_the_schema_is_generated_without_a_warning(schema: dict[str, Any]) -> None:
    read = {f"{API}/{name}s/": {"get"} for name in RESOURCES}
    one = {f"{API}/{name}s/{{{'slug' if name in ('actor', 'outlet') else 'id'}}}/": {"get"} for name in RESOURCES}

    assert {path: set(methods) for path, methods in schema["paths"].items() if API in path} == read | one


def test_the_schema_has_every_filter(schema: dict[str, Any]) -> None:
    described = parameters(schema, f"{API}/quotes/")

    assert set(described) == {*PARAMETERS, "cursor", "page_size"}
    assert all(each["description"] for each in described.values())


@pytest.mark.parametrize(
    ("resource", "names"),
    [("actors", {"q", "kind"}), ("claims", {"q"}), ("articles", {"q", "outlet"}), ("outlets", set())],
)
def test_the_schema_has_the_parameters_of_every_list(schema: dict[str, Any], resource: str, names: set[str]) -> None:
    assert set(parameters(schema, f"{API}/{resource}/")) == names | {"cursor", "page_size"}


@pytest.mark.parametrize(
    ("resource", "name", "values"),
    [
        ("quotes", "act", ACTS),
        ("quotes", "kind", KINDS),
        ("quotes", "stance", STANCES),
        ("quotes", "status", QuoteStatus.values),
        ("quotes", "order", ["newest", "oldest", "relevance"]),
        ("actors", "kind", ACTOR_KINDS),
    ],
)
def test_the_schema_has_every_value_of_a_closed_set(
    schema: dict[str, Any], resource: str, name: str, values: list[str]
) -> None:
    described = parameters(schema, f"{API}/{resource}/")[name]["schema"]

    assert set(described.get("enum") or described["items"]["enum"]) == set(values)


@pytest.mark.parametrize("name", RESOURCES)
def test_the_schema_has_every_field_that_is_sent(client: Client, schema: dict[str, Any], name: str) -> None:
    address = details(make_quote(actor="Veldania"))[name]
    path = f"{API}/{name}s/{{{'slug' if name in ('actor', 'outlet') else 'id'}}}/"
    reference = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]

    described = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]

    assert set(get(client, address)) == set(described["properties"])


def test_the_schema_has_its_address(client: Client) -> None:
    response = client.get("/api/schema/")

    assert response.status_code == 200
    assert yaml.safe_load(response.content)["openapi"].startswith("3.")


def test_the_page_of_the_api_names_every_address_parameter_and_value(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()

    for words in (*LISTS, f"{API}/quotes/{{id}}/", *PARAMETERS, "page_size", "cursor"):
        assert f"{words}</code>" in page, words
    for values in (ACTS, KINDS, STANCES, QuoteStatus.values, ACTOR_KINDS):
        listed = [line for line in page.split('<span class="hint">') if all(value in line for value in values)]
        assert listed, values
