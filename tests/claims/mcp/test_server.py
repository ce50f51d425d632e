"""The server of the Model Context Protocol, as a process that a real client speaks to."""

import asyncio
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import TextContent

from claims.models import Actor, Quote
from claims.search import columns
from tests.factories import make_quote

ROOT = Path(__file__).resolve().parents[3]
SERVER = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
call_command(*sys.argv[2:])
"""
TOOLS = {"search_quotes", "who_said", "get_actor", "get_claim", "get_article", "list_changes"}


def read_command() -> list[str]:
    """Return the command by which the README starts the server, without `manage.py`."""
    (command,) = re.findall(r"manage\.py (mcp[^`\n]*)", (ROOT / "README.md").read_text())
    return str(command).split()


async def ask_all(*questions: tuple[str, dict[str, Any]]) -> tuple[set[str], list[Any]]:
    """Return which tools a server in a process of its own has, and its answers."""
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-c", SERVER, str(connection.settings_dict["NAME"]), *read_command()],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)},
        cwd=str(ROOT),
    )
    async with Client(stdio_client(parameters)) as client:
        tools = (await client.list_tools()).tools
        for tool in tools:
            assert tool.annotations
            assert tool.annotations.read_only_hint
        told = [await client.call_tool(name, asked) for name, asked in questions]
    return {tool.name for tool in tools}, told


def say(result: Any) -> str:
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text


@pytest.mark.django_db(transaction=True)
def test_an_assistant_asks_by_the_command_that_the_readme_shows() -> None:
    quote = make_quote(cue="denied", act="deny", content="that the bridge is safe")
    actors = Actor.objects.count()
    questions: tuple[tuple[str, dict[str, Any]], ...] = (
        ("search_quotes", {"words": "bridge", "speaker": "Veldania", "limit": 3}),
        ("get_claim", {"claim": quote.claim_id}),
        ("list_changes", {}),
        ("search_quotes", {"speaker": "Nobody"}),
        ("search_quotes", {"stance": "shouts"}),
        ("get_article", {"article": quote.article_id, "limit": 0}),
        ("delete_quote", {"quote": quote.pk}),
    )

    # In a thread of its own, as a browser's loop may run in that of the tests.
    with ThreadPoolExecutor(1) as apart:
        tools, told = apart.submit(asyncio.run, ask_all(*questions)).result()
    found, claim, changes, nobody, shouts, none, unknown = told

    assert tools == TOOLS
    assert found.structured_content, say(found)
    assert found.structured_content["total"] == 1
    (first,) = found.structured_content["quotes"]
    assert first["sentence"].startswith("Veldania denied that the bridge is safe")
    assert first["link"] == f"http://127.0.0.1:8000/quotes/{quote.pk}/"
    assert claim.structured_content["sides"][0]["side"] == "denies"
    assert re.fullmatch(r"\d+-\d+", changes.structured_content["since"])
    assert "Nobody called “Nobody” is quoted here." in say(nobody)
    assert "1 or more" in say(none)
    assert [each.is_error for each in told] == [False, False, False, True, True, True, True]
    assert "asserts" in say(shouts)
    assert "delete_quote" in say(unknown)
    assert (Quote.objects.count(), Actor.objects.count()) == (1, actors)


@pytest.mark.django_db(transaction=True)
def test_a_question_can_write_nothing() -> None:
    from mcp.server.mcpserver.exceptions import ToolError

    from claims.mcp.server import read

    quote = make_quote()

    with pytest.raises(ToolError, match="cannot be read") as raised:
        read(lambda: Quote.objects.filter(pk=quote.pk).update(status="rejected"))

    assert "read-only transaction" in str(raised.value.__cause__)
    assert Quote.objects.get().status == "unreviewed"


@pytest.mark.django_db(transaction=True)
def test_the_quotes_are_read_once_for_many_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    from claims.mcp.server import read

    make_quote()
    readings = []

    def count_reading() -> columns.Columns:
        readings.append(1)
        return read_all_columns()

    read_all_columns = columns.read_all_columns
    monkeypatch.setattr(columns, "_kept", {})
    monkeypatch.setattr(columns, "read_all_columns", count_reading)

    told = [len(read(columns.get_current_columns)) for _ in range(3)]

    assert told == [1, 1, 1]
    assert len(readings) == 1


def test_without_its_package_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.delitem(sys.modules, "claims.mcp.server", raising=False)
    for name in [each for each in sys.modules if each.startswith("mcp.")]:
        monkeypatch.delitem(sys.modules, name)

    with pytest.raises(CommandError, match=r"pip install newsroom-quotes\[mcp\]"):
        call_command("mcp")
