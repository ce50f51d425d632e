"""Writes what the Python client knows of the REST API, as its schema tells it: `python -m clients.generate`.

`models.py` has the rows that come and `operations.py` a method for each operation. All else of
the client is written by hand. A test fails where these files are not what the schema gives now.
"""

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clients.schema_types import (
    Schema,
    build_type,
    describe_first,
    is_optional,
    list_enums,
    list_models,
    name_of_reference,
)

FOLDER = Path(__file__).parent / "python" / "newsroom_client"
FILTERED = "get_timeline"  # takes the filters of quotes, and nothing else
COMMA_PARAMETERS = ("expand", "id__in", "slug__in")  # take several with commas between
# Rows come whole, so that their types hold.
PARAMETERS_LEFT_OUT = ("fields",)
LONGEST_LINE = 100
MODELS_HEAD = '''"""What the REST API sends, as its schema tells it. Written by `python -m clients.generate`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypedDict
'''
OPERATIONS_HEAD = '''"""Every operation of the REST API. Written by `python -m clients.generate`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Unpack

from newsroom_client.models import {models}
from newsroom_client.paging import Pages
from newsroom_client.transport import Transport, join_by_commas, place


class Operations(Transport):
    """The operations of the API, each by the name that its schema gives it."""
'''


def main() -> None:
    for name, text in write_files(load_schema()).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def load_schema() -> Schema:
    """Return the API's schema, of this project's settings."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from claims.api.docs import load_schema

    return load_schema()


def format_text(text: str) -> str:
    """Return a file without the imports that it does not need, as all files of the project look."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    named = ("--quiet", "--stdin-filename", str(FOLDER / "models.py"))
    for command in (("check", "--fix", "--exit-zero"), ("format",)):
        done = subprocess.run(
            [ruff, *command, *named], input=text, capture_output=True, text=True, check=True
        )
        text = done.stdout
    return text


def write_files(schema: Schema) -> dict[str, str]:
    """Return the text of each file that is made of the schema."""
    written = {"models.py": write_models(schema), "operations.py": write_operations(schema)}
    return {name: format_text(text) for name, text in written.items()}


# Models


def write_models(schema: Schema) -> str:
    parts = [MODELS_HEAD]
    for name, values in list_enums(schema):
        parts.append(f"{name} = Literal[{', '.join(map(repr, values))}]")
    parts.append(write_format_names())
    for name, described in list_models(schema):
        parts.append(write_model(name, described))
    parts.append(write_row())
    parts.append(write_filters(schema))
    return "\n\n".join(parts) + "\n"


def write_format_names() -> str:
    from claims.outputs.formats import FORMATS

    return f"Ending = Literal[{', '.join(repr(each.ending) for each in FORMATS)}]"


def write_model(name: str, described: dict[str, Any]) -> str:
    """Return the class of an object; what is only sometimes sent is None where it is not."""
    lines = [
        "@dataclass(frozen=True, slots=True, kw_only=True)",
        f"class {name}:",
    ]
    meaning = describe_first(described)
    if meaning:
        lines += write_docstring(meaning, 4)
    required = described.get("required", [])
    for field, of_field in described["properties"].items():
        kind = build_type(of_field)
        if field not in required and not is_optional(of_field):
            kind += " | None"
        default = "" if field in required else " = None"
        lines += write_field(f"{field}: {kind}{default}", describe_first(of_field))
    return "\n".join(lines)


def write_row() -> str:
    """Return the class of a flat row, whose columns are those of the files."""
    from claims.outputs.fields import FIELDS

    types = {
        "integer": "int",
        "number": "float",
        "text": "str",
        "boolean": "bool",
        "date": "date",
        "moment": "datetime",
    }
    lines = [
        "@dataclass(frozen=True, slots=True, kw_only=True)",
        "class Row:",
        '    """A quote with all that stands beside it, as one flat row: the columns of the files."""',
        "",
    ]
    for field in FIELDS:
        optional = " | None" if field.is_optional else ""
        lines += write_field(f"{field.name}: {types[field.type]}{optional}", field.description)
    return "\n".join(lines)


def write_filters(schema: Schema) -> str:
    lines = [
        "class Filters(TypedDict, total=False):",
        '    """The filters of quotes, the same in every list, count and file. Of those that take',
        "    several values any of them may be given.",
        '    """',
        "",
    ]
    for parameter in find_operation(schema, FILTERED)["parameters"]:
        kind = build_parameter_type(schema, parameter)
        lines += write_field(f"{parameter['name']}: {kind} | None", parameter["description"])
    return "\n".join(lines)


def write_field(declared: str, note: str) -> list[str]:
    """Return the line of a field, with what it means beside it, or above where that is long."""
    whole = f"    {declared}  # {note}" if note else f"    {declared}"
    if len(whole) <= LONGEST_LINE:
        return [whole]
    comments = textwrap.wrap(note, LONGEST_LINE - 6)
    return [*(f"    # {line}" for line in comments), f"    {declared}"]


# Operations

# By which method of the transport each method of HTTP goes out that has a body.
VERB_OF_WRITING = {"post": "send", "patch": "change"}


def write_operations(schema: Schema) -> str:
    methods = []
    for path, method, operation in list_operations(schema):
        methods.append(write_operation(schema, path, method, operation))
    body = "\n\n".join(methods)
    names = [name for name, _ in (*list_enums(schema), *list_models(schema))]
    used = [name for name in (*names, "Filters") if f"{name}" in body]
    head = OPERATIONS_HEAD.replace("{models}", ", ".join(sorted(used)))
    return f"{head}\n{body}\n"


def list_operations(schema: Schema) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def find_operation(schema: Schema, name: str) -> dict[str, Any]:
    for _, _, operation in list_operations(schema):
        if operation["operationId"] == name:
            return operation
    raise KeyError(name)


def write_operation(schema: Schema, path: str, method: str, operation: dict[str, Any]) -> str:
    """Return the method of an operation."""
    parameters = list_parameters(operation)
    in_path = [each for each in parameters if each["in"] == "path"]
    in_query = [each for each in parameters if each["in"] == "query"]
    filters = find_operation(schema, FILTERED)["parameters"]
    names_of_filters = {each["name"] for each in filters}
    takes_filters = names_of_filters <= {each["name"] for each in in_query}
    if takes_filters:
        in_query = [each for each in in_query if each["name"] not in names_of_filters]
    fields = list_body_fields(schema, operation)
    signature = ["self"]
    signature += [f"{each['name']}: {build_parameter_type(schema, each)}" for each in in_path]
    by_name = [write_argument(schema, each) for each in in_query]
    by_name += [write_field_argument(*field) for field in fields]
    if by_name:
        signature += ["*", *sorted(by_name, key=has_default)]
    if takes_filters:
        signature.append("**filters: Unpack[Filters]")
    kind, row = find_answer(schema, operation)
    head = f"    def {operation['operationId']}({', '.join(signature)}) -> {kind}:"
    address = write_address(path, in_path)
    meaning = operation.get("description") or operation["summary"]
    lines = [head, *write_docstring(meaning, 8)]
    if method in VERB_OF_WRITING:
        body = write_pairs([name for name, _, _ in fields])
        lines.append(f"        return self.{VERB_OF_WRITING[method]}({address}, {body}, {row})")
    elif method == "delete":
        lines.append(f"        self.remove({address})")
    else:
        pairs = write_pairs([each["name"] for each in in_query], takes_filters)
        verb = "list_rows" if kind.startswith("Pages") else "get"
        lines.append(f"        return self.{verb}({address}, {pairs}, {row})")
    return "\n".join(lines)


def list_parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    parameters = operation.get("parameters", [])
    return [each for each in parameters if each["name"] not in PARAMETERS_LEFT_OUT]


def build_parameter_type(schema: Schema, parameter: dict[str, Any]) -> str:
    """Return what a parameter takes; one of several values takes one, too."""
    described = parameter["schema"]
    if parameter["name"] in COMMA_PARAMETERS:
        return "str | int | Sequence[str | int]"
    if described.get("type") == "array":
        one = name_values(schema, described["items"])
        return f"{one} | Sequence[{one}]"
    if described.get("format") == "date":
        return "date | str"
    return name_values(schema, described)


def name_values(schema: Schema, described: dict[str, Any]) -> str:
    """Return the type of a value, by the name of the set of values that it is of, if it has one."""
    values = described.get("enum")
    for name, known in list_enums(schema):
        if values and sorted(known) == sorted(values):
            return name
    return build_type(described)


def write_argument(schema: Schema, parameter: dict[str, Any]) -> str:
    return f"{parameter['name']}: {build_parameter_type(schema, parameter)} | None = None"


def list_body_fields(
    schema: Schema, operation: dict[str, Any]
) -> list[tuple[str, dict[str, Any], bool]]:
    """Return the fields of the body that an operation takes: name, schema, and whether it must come."""
    body = operation.get("requestBody")
    if not body:
        return []
    reference = body["content"]["application/json"]["schema"]["$ref"]
    model = schema["components"]["schemas"][name_of_reference(reference)]
    required = model.get("required", [])
    return [(name, each, name in required) for name, each in model["properties"].items()]


def write_field_argument(name: str, described: dict[str, Any], is_needed: bool) -> str:
    kind = build_type(described).replace("list[", "Sequence[")
    if kind == "date":
        kind = "date | str"
    if is_needed:
        return f"{name}: {kind}"
    optional = "" if kind.endswith("None") else " | None"
    return f"{name}: {kind}{optional} = None"


def has_default(argument: str) -> bool:
    return argument.endswith("= None")


def find_answer(schema: Schema, operation: dict[str, Any]) -> tuple[str, str]:
    """Return the type that an operation gives, and that of its rows."""
    for status, answer in operation["responses"].items():
        if status == "204":
            return "None", "None"
        if status.startswith("2"):
            name = name_of_reference(answer["content"]["application/json"]["schema"]["$ref"])
            described = schema["components"]["schemas"][name]["properties"]
            if name.startswith("Paginated"):
                row = name_of_reference(described["results"]["items"]["$ref"])
                return f"Pages[{row}]", row
            return name, name
    raise ValueError(operation["operationId"])


def write_address(path: str, in_path: list[dict[str, Any]]) -> str:
    if not in_path:
        return f'"{path}/"'
    places = ", ".join(f"{each['name']}={each['name']}" for each in in_path)
    return f'place("{path}/", {places})'


def write_pairs(names: list[str], takes_filters: bool = False) -> str:
    pairs = [
        f'"{name}": join_by_commas({name})' if name in COMMA_PARAMETERS else f'"{name}": {name}'
        for name in names
    ]
    if takes_filters:
        pairs.append("**filters")
    return "{" + ", ".join(pairs) + "}"


def write_docstring(text: str, indent: int) -> list[str]:
    """Return a docstring of a text, in lines that are short enough."""
    margin = " " * indent
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    whole = f'{margin}"""{paragraphs[0]}"""'
    if len(paragraphs) == 1 and len(whole) <= LONGEST_LINE:
        return [whole, ""] if indent == 4 else [whole]
    wrapped = []
    for paragraph in paragraphs:
        wrapped += [*textwrap.wrap(paragraph, LONGEST_LINE - 4 - indent), ""]
    lines = [f'{margin}"""{wrapped[0]}']
    lines += [f"{margin}{line}" if line else "" for line in wrapped[1:-1]]
    return [*lines, f'{margin}"""', *([""] if indent == 4 else [])]


if __name__ == "__main__":
    main()
