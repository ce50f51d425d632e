"""Each table of words stands once, and in the lexicon."""

import ast
import importlib
import pkgutil
from pathlib import Path
from types import ModuleType

import pytest

from claims.extraction import details, lexicon, text

MAKERS_OF_TABLES = ("word_set", "phrase_set")


def list_tables() -> dict[str, frozenset[str]]:
    """Return every table of the lexicon by its name."""
    tables = {}
    for info in pkgutil.iter_modules(lexicon.__path__):
        module = importlib.import_module(f"{lexicon.__name__}.{info.name}")
        for name, value in vars(module).items():
            if isinstance(value, frozenset):
                tables[name] = value
    return tables


def list_names_called(path: Path) -> set[str]:
    """Return the functions that a file calls by a bare name."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            names.add(node.func.id)
    return names


def test_no_table_stands_twice_under_two_names() -> None:
    tables = list_tables()
    names: dict[frozenset[str], list[str]] = {}
    for name, table in tables.items():
        names.setdefault(table, []).append(name)

    assert len(tables) > 60
    assert [several for several in names.values() if len(several) > 1] == []


@pytest.mark.parametrize("room", [text, details], ids=["text", "details"])
def test_a_room_with_rules_makes_no_tables_of_its_own(room: ModuleType) -> None:
    files = sorted(Path(room.__path__[0]).glob("*.py"))

    makers = {path.name: list_names_called(path) & set(MAKERS_OF_TABLES) for path in files}

    assert len(files) > 5
    assert [name for name, called in makers.items() if called] == []
