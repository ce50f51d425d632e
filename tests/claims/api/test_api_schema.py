import io
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


def parameters(schema: dict[str, Any], path: str) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in schema["paths"][path]["get"].get("parameters", [])}


def test_the_schema_is_generated_without_a_warning(schema: dict[str, Any]) -> None:
    read = {f"{API}/{plural}/": {"get"} for plural in RESOURCES.values()}
    one = {
        f"{API}/{plural}/{{{'slug' if name in ('actor', 'outlet') else 'id'}}}/": {"get"}
        for name, plural in RESOURCES.items()
    }

    delivery = {f"{API}/deliveries/{{token}}/": {"get"}}
    assert {
        path: set(methods) for path, methods in schema["paths"].items() if API in path
    } == read | one | delivery


def test_the_schema_has_every_filter(schema: dict[str, Any]) -> None:
    described = parameters(schema, f"{API}/quotes/")

    assert set(described) == {*FILTER_PARAMETERS, "cursor", "page_size"}
    assert all(each["description"] for each in described.values())


@pytest.mark.parametrize(
    ("resource", "names"),
    [
        ("actors", {"q", "kind", "copies"}),
        ("claims", {"q", "copies"}),
        ("articles", {"q", "outlet", "copies"}),
        ("outlets", {"copies"}),
    ],
)
def test_the_schema_has_the_parameters_of_every_list(
    schema: dict[str, Any], resource: str, names: set[str]
) -> None:
    assert set(parameters(schema, f"{API}/{resource}/")) == names | {"cursor", "page_size"}


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
    reference = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]["$ref"]

    described = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]

    assert set(get_json(client, address)) == set(described["properties"])


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
