"""What the REST API says of itself to programs, in OpenAPI 3.1."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from claims.api.examples import EXAMPLES
from claims.api.parameters import build_text_parameter
from claims.api.problems import PROBLEM_MEDIA_TYPE, PROBLEMS, ProblemSerializer, build_problem
from claims.api.shaping import EXPAND_PARAMETER, EXPANSIONS, FIELDS_PARAMETER, MOST_KEYS

READING = ("GET", "HEAD")
MOVED_STATUSES = {
    "301": "It is one with another now, or has another address: go to that.",
    "302": "Its name is taken for another actor's: go to that one.",
}
PROBLEMS_OF_ALL = (400, 406, 429, 500, 503)
PROBLEMS_OF_READING = (401, 403)  # of a token that is unknown, or may not read
PROBLEMS_OF_WRITING = (401, 403, 404, 409, 413, 415, 422)
LIMIT_HEADERS = {
    "RateLimit-Policy": "how often you may ask: `q` requests in `w` seconds",
    "RateLimit": "how many of them are left, `r`, in the next `t` seconds",
}
TAGS = {
    "quotes": "Who said what: attributed quotes, and what can be counted of them.",
    "actors": "People, organizations, states, groups and documents that say things.",
    "claims": "What quotes assert, deny or question.",
    "wordings": "The words of claims.",
    "matches": "How two wordings relate.",
    "factchecks": "What others found of claims.",
    "articles": "What was published, with its text.",
    "outlets": "Who publishes.",
    "deliveries": "What somebody hands in, and what becomes of it.",
    "trust": "How many quotes are right.",
    "changes": "What was written, for whoever keeps a copy.",
    "curation": "Deciding on quotes, merging actors, and undoing that.",
}
BODIES = ("Bounds", "Decision", "HandIn", "Merge", "Reason")  # what readers send
SOMETIMES_SENT = {
    "Expanded": ("actor", "claim", "article"),
    "Problem": ("errors",),
    "Quote": ("expanded",),
}
SECURITY_SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of yours, as `Authorization: Bearer newsroom_…`.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "The session of a browser that is signed in, with `X-CSRFToken`; for writing.",
    },
}


ONE_EXPANSION = f"({'|'.join(EXPANSIONS)})"
EXPAND = build_text_parameter(
    EXPAND_PARAMETER,
    f"rows behind it to be sent with it, with commas between: {', '.join(EXPANSIONS)}",
    pattern=f"^{ONE_EXPANSION}(,{ONE_EXPANSION})*$",
)
KEY_PATTERNS = {"id__in": "[0-9]{1,18}", "slug__in": "[a-z0-9-]+"}


class OperationSchema(AutoSchema):
    """Describes an operation, with every problem that it may answer with."""

    view: Any

    def get_operation_id(self) -> str:
        """Return a name that reads as that of a function: `list_quotes`, `get_quote`."""
        action = getattr(self.view, "action", "")
        if action == "list":
            return f"list_{self.view.many}"
        return f"get_{self.view.one}"

    def get_tags(self) -> list[str]:
        tag = getattr(self.view, "tag", "") or getattr(self.view, "many", "")
        return [tag]

    def get_override_parameters(self) -> list[Any]:
        """Return the parameters that all lists, or all rows, take."""
        action = getattr(self.view, "action", "")
        parameters = list(super().get_override_parameters())
        if action in ("list", "retrieve"):
            parameters.append(build_fields_parameter(self.view.get_serializer_class()))
            if hasattr(self.view, "expandable"):
                parameters.append(EXPAND)
        if action == "list":
            name = self.view.keys_parameter
            keys = f"several {name.removesuffix('__in')}s, with commas between; {MOST_KEYS} at most"
            key = KEY_PATTERNS[name]
            pattern = f"^{key}(,{key}){{0,{MOST_KEYS - 1}}}$"
            parameters.append(build_text_parameter(name, keys, pattern=pattern))
        return parameters

    def get_auth(self) -> list[dict[str, Any]]:
        if self.method in READING:
            return []  # a token gives a limit of one's own, and is not needed
        return [{"token": []}, {"session": []}]

    def get_description(self) -> str:  # type: ignore[override]
        description = super().get_description()
        if self.method in READING or not hasattr(self.view, "scope"):
            return str(description)
        needed = f"A token needs the scope `{self.view.scope}`."
        return f"{description}\n\n{needed}"

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for body in bodies.values():
            body["headers"] = describe_headers(LIMIT_HEADERS)
        for status in getattr(self.view, "moved_statuses", ()):
            if self.method in READING and getattr(self.view, "action", "") != "list":
                bodies[status] = {
                    "description": MOVED_STATUSES[status],
                    "headers": describe_headers({"Location": "address of that one"}),
                }
        reference = self.resolve_serializer(ProblemSerializer, "response").ref
        for status in self.list_problem_statuses():
            bodies[str(status)] = describe_problem(status, self.path, reference)
        return bodies

    def list_problem_statuses(self) -> list[int]:
        statuses = {*PROBLEMS_OF_ALL, *getattr(self.view, "problem_statuses", ())}
        is_reading = self.method in READING
        statuses.update(PROBLEMS_OF_READING if is_reading else PROBLEMS_OF_WRITING)
        if "{" in self.path or getattr(self.view, "action", "") == "list":
            statuses.add(404)  # a row, or the row where a cursor ends
        return sorted(statuses)


def build_fields_parameter(serializer_class: Any) -> OpenApiParameter:
    one = f"({'|'.join(serializer_class().fields)})"
    return build_text_parameter(
        FIELDS_PARAMETER,
        "the fields that are wanted alone, with commas between, although the schema says that all are sent",
        pattern=f"^{one}(,{one})*$",
    )


def describe_headers(headers: dict[str, str]) -> dict[str, Any]:
    return {
        name: {"description": description, "schema": {"type": "string"}}
        for name, description in headers.items()
    }


def describe_problem(status: int, path: str, reference: dict[str, Any]) -> dict[str, Any]:
    """Return the description of an answer that is a problem."""
    _, sentence = PROBLEMS[status]
    content = {"schema": reference, "example": build_problem(status, path.partition("{")[0])}
    described: dict[str, Any] = {
        "description": sentence,
        "content": {PROBLEM_MEDIA_TYPE: content},
    }
    if status == 429:
        headers = {**LIMIT_HEADERS, "Retry-After": "seconds to wait"}
        described["headers"] = describe_headers(headers)
    return described


def complete_schema(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add what is said of the whole, and an example to each answer that has one.

    Addresses stand without the slash at their end, as linters and clients want them; it may be left
    out (`headers.py`).
    """
    result["paths"] = {path.rstrip("/"): methods for path, methods in result["paths"].items()}
    result["info"]["license"] = {"name": "Apache 2.0", "identifier": "Apache-2.0"}
    result["info"]["contact"] = {"name": "The people who run this site"}
    result["servers"] = [{"url": "/", "description": "This site"}]
    result["components"]["securitySchemes"] = SECURITY_SCHEMES
    require_what_is_sent(result["components"]["schemas"])
    used = set()
    for path in result["paths"].values():
        for operation in path.values():
            used.update(operation.get("tags", []))
            operation.setdefault("security", [])
            add_example(operation)
    result["tags"] = [
        {"name": name, "description": words} for name, words in TAGS.items() if name in used
    ]
    return result


def require_what_is_sent(schemas: dict[str, Any]) -> None:
    """Say of the fields of answers that they are always there, also those that may be null."""
    for name, schema in schemas.items():
        if name not in BODIES and "properties" in schema:
            sometimes = SOMETIMES_SENT.get(name, ())
            schema["required"] = [each for each in schema["properties"] if each not in sometimes]


def add_example(operation: dict[str, Any]) -> None:
    example = EXAMPLES.get(operation["operationId"])
    if example is None:
        return
    for status, described in operation["responses"].items():
        if status.startswith("2"):
            for content in described.get("content", {}).values():
                content["example"] = example
