"""The page that tells what the REST API takes and gives, made of its schema."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from claims.api.problems import PROBLEMS


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    schema = load_schema()
    context = {
        "section": "api",
        "schema": schema,
        "operations": list_operations(schema),
        "problems": PROBLEMS,
    }
    return render(request, "api_docs.html", context)


@cache
def load_schema() -> dict[str, Any]:
    """Return the schema, which is the same for as long as the site runs."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return schema


def list_operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the API's addresses with what each takes, in the order of the schema."""
    operations = []
    for path, methods in schema["paths"].items():
        if "/v1/" not in path:
            continue
        for method, operation in methods.items():
            parameters = [
                describe_parameter(parameter) for parameter in operation.get("parameters", [])
            ]
            described = {"path": f"{path}/", "method": method.upper(), "parameters": parameters}
            operations.append({**operation, **described})
    return operations


def describe_parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter with the closed set of its values, if it has one, wherever the schema keeps it."""
    schema = parameter["schema"]
    values = schema.get("enum") or schema.get("items", {}).get("enum")
    return {**parameter, "values": values}
