"""Imports run one way: the site knows nothing of the pipeline, the pipeline nothing of the site."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WEB = (
    "views",
    "api",
    "admin",
    "models",
    "querysets",
    "search",
    "urls",
    "api_urls",
    "listing",
    "marking",
    "charts",
    "reading",
    "quotations",
    "curation",
    "desk",
)
HEAVY = (
    "spacy",
    "onnxruntime",
    "tokenizers",
    "torch",
    "claims.extraction.pipeline",
    "claims.extraction.encoder.session",
)


def modules(*parts: str) -> list[Path]:
    """A module's files: one of its own, or those of the package it has become."""
    path = ROOT.joinpath(*parts)
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def imported(path: Path) -> Iterator[str]:
    """Every name that a file imports, at its top or within, in full: `from a.b import c` gives `a.b.c`."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            start = ".".join(part for part in (base, node.module or "") if part)
            yield from (f"{start}.{alias.name}" for alias in node.names)


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


EXTRACTION = modules("claims", "extraction")
NEWSROOM = modules("newsroom")
WEB_FILES = [path for name in WEB for path in modules("claims", name)]


def test_an_import_is_found_in_each_of_its_forms(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    path = tmp_path / "a" / "b.py"
    path.parent.mkdir()
    path.write_text(
        "import x.y\nfrom . import c\nfrom .d import e\ndef f():\n    from spacy.tokens import Doc\n"
    )

    assert list(imported(path)) == ["x.y", "a.c", "a.d.e", "spacy.tokens.Doc"]


@pytest.mark.parametrize("path", EXTRACTION, ids=named(EXTRACTION))
def test_extraction_knows_nothing_of_the_site(path: Path) -> None:
    for name in imported(path):
        assert not within(name, "django"), name
        assert not within(name, "newsroom"), name
        assert not within(name, "claims") or within(name, "claims.extraction"), name


@pytest.mark.parametrize("path", WEB_FILES, ids=named(WEB_FILES))
def test_the_site_never_imports_the_pipeline(path: Path) -> None:
    for name in imported(path):
        assert not any(within(name, heavy) for heavy in HEAVY), name


@pytest.mark.parametrize("path", NEWSROOM, ids=named(NEWSROOM))
def test_the_project_knows_nothing_of_news(path: Path) -> None:
    assert not [name for name in imported(path) if within(name, "claims")]


@pytest.mark.parametrize(
    "path",
    [path for path in NEWSROOM if path.name not in ("urls.py", "settings.py")],
    ids=lambda path: str(path.name),
)
def test_the_project_names_the_app_only_in_its_settings_and_addresses(path: Path) -> None:
    strings = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    assert not [text for text in strings if text.startswith("claims")]


def test_a_web_process_loads_neither_the_pipeline_nor_its_libraries() -> None:
    program = (
        "import json, sys, newsroom.wsgi\n"
        "from django.urls import get_resolver\n"
        "assert get_resolver().url_patterns\n"
        "from django.contrib import admin\n"
        "admin.autodiscover()\n"
        "print(json.dumps(sorted(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    loaded = json.loads(done.stdout)
    assert "claims.views" in loaded
    assert not [name for name in loaded if any(within(name, heavy) for heavy in HEAVY)]


def test_migrations_import_nothing_that_may_move() -> None:
    """What a migration needs stands in it, as it was then."""
    for path in modules("claims", "migrations"):
        assert not [
            name for name in imported(path) if within(name, "claims") or within(name, "newsroom")
        ], path.name
