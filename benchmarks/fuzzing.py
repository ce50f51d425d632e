"""What schemathesis finds wrong with the REST API, operation by operation.

    python -m benchmarks.fuzzing --tools BIN [--examples 500] [--minutes 5] [--again]

Serves a small site on loopback, and sends each operation what its schema allows and what it does not,
anonymous and with a token that may everything, with every check of schemathesis. What is done is kept
in `--out`, so that a run of a few minutes goes on where the last one ended, until all is done:
`--again` begins anew. The tools are in `benchmarks/requirements.txt`.
"""

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.api import write_schema
from benchmarks.api_site import fill_site, list_slugs, serve_site
from benchmarks.report import build_parser
from benchmarks.site import open_site

PORT = 8939
FOLDER = Path(__file__).parent
RESULT = FOLDER / "fuzzing.json"
READERS = ("anonymous", "token")
STATEFUL = "all, one after the other"  # what schemathesis does with what links lead to
PHASES = "examples,coverage,fuzzing"
CASES = re.compile(r"(\d+) generated")
FAILURES = re.compile(r"(\d+) unique failures?")


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--tools", type=Path, required=True, help="bin folder of the tools")
    parser.add_argument("--examples", type=int, default=500, help="examples of an operation")
    parser.add_argument("--minutes", type=float, default=5, help="begin nothing after these")
    parser.add_argument("--again", action="store_true", help="forget what is done")
    parser.add_argument("--only", nargs="+", default=[], help="operations, by name")
    parser.add_argument("--out", type=Path, default=RESULT)
    options = parser.parse_args()
    end = time.monotonic() + 60 * options.minutes
    result = read_result(options.out, options.examples, options.again)
    with open_site("fuzzing"), tempfile.TemporaryDirectory() as name:
        from django.db import connection

        token = fill_site()
        schema = Path(name) / "schema.yaml"
        write_schema(schema)
        known = {"slugs": list_slugs(), "fields": list_field_patterns()}
        (Path(name) / "known.json").write_text(json.dumps(known))
        with serve_site(str(connection.settings_dict["NAME"]), PORT) as site:
            for reader, operation in list_left(result, options.only):
                if time.monotonic() > end:
                    break
                run = Run(options.tools, schema, site, token if reader == "token" else "")
                result[reader][operation] = run.fuzz(operation, options.examples)
                write_result(result, options.out)
    tell(result)


def read_result(path: Path, examples: int, again: bool) -> dict[str, Any]:
    if path.exists() and not again:
        result: dict[str, Any] = json.loads(path.read_text())
        if result["examples"] == examples:
            return result
    return {"examples": examples, **{reader: {} for reader in READERS}}


def write_result(result: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(result, indent=2) + "\n")


def list_left(result: dict[str, Any], only: list[str]) -> Iterator[tuple[str, str]]:
    """Yield who is to ask for which operation, and has not yet."""
    from claims.api.docs import list_operations, load_schema

    names = [operation["operationId"] for operation in list_operations(load_schema())]
    for reader in READERS:
        for name in [*names, STATEFUL]:
            if name not in result[reader] and (not only or name in only):
                yield reader, name


def list_field_patterns() -> dict[str, str]:
    """Return what `fields` takes, by the path of each operation that has it."""
    from claims.api.docs import load_schema

    patterns = {}
    for path, methods in load_schema()["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", []):
            if parameter["name"] == "fields":
                patterns[path] = parameter["schema"]["pattern"]
    return patterns


class Run:
    """A run of schemathesis against a site."""

    def __init__(self, tools: Path, schema: Path, site: str, token: str):
        self.tools = tools
        self.schema = schema
        self.site = site
        self.token = token

    def fuzz(self, operation: str, examples: int) -> dict[str, Any]:
        """Try an operation; return how many cases there were, and what failed in words."""
        command = [str(self.tools / "schemathesis"), "--config-file", str(FOLDER / "fuzzing.toml")]
        command += ["run", str(self.schema), "--url", self.site, "--no-color", "--workers", "1"]
        command += ["--max-examples", str(examples), "--continue-on-failure", "--warnings", "off"]
        if operation == STATEFUL:
            command += ["--phases", "stateful"]
        else:
            command += ["--phases", PHASES, "--include-operation-id", operation]
        if self.token:
            command += ["--header", f"Authorization: Bearer {self.token}"]
        hooks = {
            "PYTHONPATH": str(FOLDER.parent),
            "SCHEMATHESIS_HOOKS": "benchmarks.fuzzing_checks",
        }
        began = time.monotonic()
        done = subprocess.run(
            command,
            cwd=self.schema.parent,
            env={**os.environ, **hooks},
            capture_output=True,
            text=True,
        )
        said = done.stdout + done.stderr
        found: dict[str, Any] = {
            "cases": read_number(CASES, said),
            "failures": read_number(FAILURES, said),
            "seconds": round(time.monotonic() - began),
        }
        print(operation, found, flush=True)
        if done.returncode:
            found["said"] = said[-20_000:]
            print(said, flush=True)
        return found


def read_number(pattern: re.Pattern[str], said: str) -> int:
    found = pattern.search(said)
    return int(found[1]) if found else 0


def tell(result: dict[str, Any]) -> None:
    for reader in READERS:
        done = result[reader].values()
        cases = sum(each["cases"] for each in done)
        failed = [name for name, each in result[reader].items() if "said" in each]
        print(f"{reader}: {len(done)} done, {cases} cases, failed: {', '.join(failed) or 'none'}")


if __name__ == "__main__":
    main()
