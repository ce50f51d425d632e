"""What other people's tools make of the REST API: `python -m benchmarks.api --help`.

- `openapi-python-client` generates a client, which mypy checks, and which is asked for every kind of
  error that can be brought about;
- `redocly` and `spectral`, which need node's `npx`, lint the schema.

`benchmarks/fuzzing.py` has what schemathesis makes of it.

The tools are in `benchmarks/requirements.txt`; they may be in an environment of their own.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.api_site import fill_site, serve_site
from benchmarks.report import build_parser, report
from benchmarks.site import open_site

PORT = 8938
PARTS = ("lint", "client")
CLIENT_NAME = "generated_client"
LINTERS = {
    "redocly": ("@redocly/cli@2", "lint"),
    "spectral": ("@stoplight/spectral-cli@6", "lint", "--ruleset", "spectral.yaml"),
}
# Asks for every kind of error with a generated client; each is parsed, or this fails.
ASKING = """
import sys
from typing import Any

from generated_client import AuthenticatedClient, Client
from generated_client.api.actors import get_actor
from generated_client.api.changes import list_changes
from generated_client.api.curation import decide_quote, undo_decision
from generated_client.api.deliveries import add_article
from generated_client.api.quotes import compare_actors, get_quote, list_quotes
from generated_client.models import Decision, HandIn, Problem
from generated_client.models.what_enum import WhatEnum

site, token = sys.argv[1:]
anonymous = Client(base_url=site)
known = AuthenticatedClient(base_url=site, token=token)
unknown = AuthenticatedClient(base_url=site, token="newsroom_none")
decision = Decision(what=WhatEnum.ACCEPT, state="stale")
errors: dict[str, Any] = {
    "no such row": get_quote.sync_detailed(999999, client=anonymous),
    "no such slug": get_actor.sync_detailed("nobody", client=anonymous),
    "a bad value": list_quotes.sync_detailed(client=anonymous, q="the"),
    "a missing value": compare_actors.sync_detailed(client=anonymous),
    "a bad since": list_changes.sync_detailed(client=anonymous, since="x"),
    "no token": add_article.sync_detailed(client=unknown, body=HandIn(text="It is safe.")),
    "a token that is none": list_quotes.sync_detailed(client=unknown),
    "a stale state": decide_quote.sync_detailed(1, client=known, body=decision),
    "a bad body": add_article.sync_detailed(client=known, body=HandIn()),
    "a refusal": add_article.sync_detailed(client=known, body=HandIn(url="no address")),
}
for what, answer in errors.items():
    assert isinstance(answer.parsed, Problem), (what, answer)
    assert answer.parsed.status == answer.status_code, what
    print(f"{what}: {answer.status_code} {answer.parsed.type_}")
page = list_quotes.sync(client=anonymous)
assert not isinstance(page, Problem) and page and page.count == len(page.results) == 40, page
print(f"{len(errors)} errors are parsed, and 40 quotes")
"""


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--tools", type=Path, required=True, help="bin folder of the tools")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="some parts")
    parser.add_argument("--out", type=Path, help="a file for the result")
    options = parser.parse_args()
    with open_site("api"), tempfile.TemporaryDirectory() as folder:
        from django.db import connection

        token = fill_site()
        database = str(connection.settings_dict["NAME"])
        schema = Path(folder) / "schema.yaml"
        write_schema(schema)
        with serve_site(database, PORT) as site:
            found: dict[str, Any] = {}
            if "lint" in options.only:
                found["lint"] = {name: lint_schema(name, schema) for name in LINTERS}
            if "client" in options.only:
                found["client"] = try_client(schema, site, token, options.tools)
    report(found, options.out)


def write_schema(path: Path) -> None:
    from django.core.management import call_command

    call_command("spectacular", "--validate", "--fail-on-warn", file=str(path))


def lint_schema(name: str, schema: Path) -> str:
    package, *command = LINTERS[name]
    (schema.parent / "spectral.yaml").write_text('extends: ["spectral:oas"]\n')
    return run(["npx", "--yes", package, *command, schema.name], schema.parent)


def try_client(schema: Path, site: str, token: str, tools: Path) -> dict[str, str]:
    """Generate a client, check its types, and ask for every kind of error with it."""
    folder = schema.parent
    config = folder / "client.yaml"
    config.write_text("post_hooks: []\n")
    generate = [str(tools / "openapi-python-client"), "generate", "--path", str(schema)]
    generate += ["--config", str(config)]
    asking = folder / "asking.py"
    asking.write_text(ASKING)
    return {
        "generated": run([*generate, "--meta", "none", "--output-path", CLIENT_NAME], folder),
        "mypy": run([str(tools / "mypy"), CLIENT_NAME, asking.name], folder),
        "asked": run([str(tools / "python"), asking.name, site, token], folder),
    }


def run(command: list[str], folder: Path) -> str:
    """Return the last lines that a tool says, and whether it is content."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
    said = (done.stdout + done.stderr).strip()
    print(said, file=sys.stderr)
    state = "passed" if done.returncode == 0 else "failed"
    return f"{state}: {said.splitlines()[-1] if said else ''}"


if __name__ == "__main__":
    main()
