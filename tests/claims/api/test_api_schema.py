import io
import re
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client

from claims.api.views import RESOURCES
from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, STANCES
from claims.models import QuoteStatus
from claims.models.actors import SPEAKER_VALUES
from claims.search.parameters import FILTER_PARAMETERS
from tests.claims.api_client import API, LISTS, get_detail_addresses, get_json
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The OpenAPI description, generated as strictly as can be."""
    written = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=written)
    described: dict[str, Any] = yaml.safe_load(written.getvalue())
    return described


COUNTS = ("facets", "topics", "timeline", "overview", "comparison", "trust")
WRITES = (
    "quotes/{id}/decisions",
    "decisions/{decision}/undo",
    "actors/{slug}/merges",
    "merges/{id}/undo",
    "deliveries",
)


def list_operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        operation
        for path, methods in schema["paths"].items()
        if API in path
        for operation in methods.values()
    ]


def parameters(schema: dict[str, Any], path: str) -> dict[str, dict[str, Any]]:
    described = schema["paths"][path.rstrip("/")]["get"].get("parameters", [])
    return {each["name"]: each for each in described}


def test_the_schema_is_generated_without_a_warning(schema: dict[str, Any]) -> None:
    read = {f"{API}/{plural}/": {"get"} for plural in RESOURCES.values()}
    one = {
        f"{API}/{plural}/{{{'slug' if name in ('actor', 'outlet') else 'id'}}}/": {"get"}
        for name, plural in RESOURCES.items()
    }

    counted = {f"{API}/{name}/": {"get"} for name in COUNTS}
    beside = {
        f"{API}/changes/": {"get"},
        f"{API}/quotes/{{id}}/history/": {"get"},
        f"{API}/articles/{{id}}/versions/": {"get"},
        f"{API}/deliveries/{{token}}/": {"get"},
        f"{API}/webhooks/": {"get", "post"},
        f"{API}/webhooks/{{id}}/": {"get", "patch", "delete"},
    }
    written = {f"{API}/{path}/": {"post"} for path in WRITES}
    assert {
        f"{path}/": set(methods) for path, methods in schema["paths"].items() if API in path
    } == read | one | counted | beside | written


def test_every_operation_has_a_name_like_a_function_and_no_two_the_same(
    schema: dict[str, Any],
) -> None:
    names = [operation["operationId"] for operation in list_operations(schema)]

    assert len(names) == len(set(names))
    assert {"list_quotes", "get_quote", "decide_quote", "merge_actors", "list_changes"} <= set(
        names
    )
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)+", name) for name in names), names


def test_every_operation_tells_its_problems_as_such(schema: dict[str, Any]) -> None:
    for operation in list_operations(schema):
        problems = {
            status: answer
            for status, answer in operation["responses"].items()
            if status.startswith(("4", "5"))
        }
        assert {"400", "401", "403", "406", "429", "500", "503"} <= set(problems)
        for answer in problems.values():
            assert answer["content"]["application/problem+json"]["schema"] == {
                "$ref": "#/components/schemas/Problem"
            }


def test_every_answer_has_an_example(schema: dict[str, Any]) -> None:
    for operation in list_operations(schema):
        for status, answer in operation["responses"].items():
            for content in answer.get("content", {}).values():
                assert "example" in content, (operation["operationId"], status)


def test_the_schema_is_of_openapi_3_1_and_says_where_and_under_which_licence(
    schema: dict[str, Any],
) -> None:
    tags = {tag["name"] for tag in schema["tags"]}

    assert schema["openapi"].startswith("3.1")
    assert schema["servers"] == [{"url": "/", "description": "This site"}]
    assert schema["info"]["license"]["identifier"] == "Apache-2.0"
    assert {tag for each in list_operations(schema) for tag in each["tags"]} == tags


def test_the_schema_has_every_filter(schema: dict[str, Any]) -> None:
    described = parameters(schema, f"{API}/quotes/")

    beside = {"cursor", "page_size", "id__in", "fields", "expand"}
    assert set(described) == {*FILTER_PARAMETERS, *beside}
    assert all(each["description"] for each in described.values())


@pytest.mark.parametrize(
    ("resource", "names"),
    [
        ("actors", {"q", "kind", "copies", "slug__in"}),
        ("claims", {"q", "disputed", "copies", "id__in"}),
        (
            "articles",
            {
                *("q", "outlet", "copies", "published__gte", "published__lte", "language"),
                *("ordering", "id__in"),
            },
        ),
        ("outlets", {"copies", "slug__in"}),
    ],
)
def test_the_schema_has_the_parameters_of_every_list(
    schema: dict[str, Any], resource: str, names: set[str]
) -> None:
    assert set(parameters(schema, f"{API}/{resource}/")) == names | {
        "cursor",
        "page_size",
        "fields",
    }


@pytest.mark.parametrize(
    ("resource", "name", "values"),
    [
        ("quotes", "speaker", SPEAKER_VALUES),
        ("quotes", "act", ACTS),
        ("quotes", "kind", KINDS),
        ("quotes", "stance", STANCES),
        ("quotes", "status", QuoteStatus.values),
        ("quotes", "order", ["newest", "oldest", "arrived", "relevance"]),
        ("actors", "kind", ACTOR_KINDS),
    ],
)
def test_the_schema_has_every_value_of_a_closed_set(
    schema: dict[str, Any], resource: str, name: str, values: list[str]
) -> None:
    described = parameters(schema, f"{API}/{resource}/")[name]["schema"]

    assert set(described.get("enum") or described["items"]["enum"]) == set(values)


@pytest.mark.parametrize("name", RESOURCES)
def test_the_schema_has_every_field_that_is_sent(
    client: Client, schema: dict[str, Any], name: str
) -> None:
    address = get_detail_addresses(make_quote(actor="Veldania"))[name]
    path = f"{API}/{RESOURCES[name]}/{{{'slug' if name in ('actor', 'outlet') else 'id'}}}/"
    reference = schema["paths"][path.rstrip("/")]["get"]["responses"]["200"]["content"][
        "application/json"
    ]["schema"]["$ref"]

    described = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]

    assert set(get_json(client, address)) == set(described["required"])
    asked_for = {"expanded", "found_in"} if name == "quote" else set()
    assert set(described["properties"]) - set(described["required"]) == asked_for


def test_the_schema_has_its_address(client: Client) -> None:
    response = client.get("/api/schema/")

    assert response.status_code == 200
    assert yaml.safe_load(response.content)["openapi"].startswith("3.")


def test_the_page_of_the_api_names_every_address_parameter_and_value(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()

    for words in (*LISTS, f"{API}/quotes/{{id}}/", *FILTER_PARAMETERS, "page_size", "cursor"):
        assert f"{words}</code>" in page, words
    for values in (ACTS, KINDS, STANCES, QuoteStatus.values, ACTOR_KINDS):
        listed = [
            line
            for line in page.split('<span class="hint">')
            if all(value in line for value in values)
        ]
        assert listed, values
