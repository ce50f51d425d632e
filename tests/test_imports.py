"""Imports run one way. `MAY_IMPORT` says what may import what; the real imports of every file are read and held to it."""

import ast
import json
import subprocess
import sys
from collections import defaultdict
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ENGINE = "claims.extraction"

SCHEMA, LEXICON, TEXT, RECORDS = (
    f"{ENGINE}.{name}" for name in ("schema", "lexicon", "text", "records")
)
ENCODER, DETAILS, QUOTES, SPEAKERS = (
    f"{ENGINE}.{name}" for name in ("encoder", "details", "quotes", "speakers")
)
PACKING, PIPELINE, SCORING = (f"{ENGINE}.{name}" for name in ("packing", "pipeline", "scoring"))
STEPS, DOCUMENTS = (f"{ENGINE}.{name}" for name in ("steps", "documents"))
MODEL_FOLDER = f"{ENGINE}.model_folder"
TIME_LIMITS, READING_AHEAD = (f"{ENGINE}.{name}" for name in ("time_limits", "reading_ahead"))

# What the engine may use, room by room: words, then text, then numbers and details, then spans, then speakers.
ENGINE_MAY_IMPORT = {
    SCHEMA: set(),
    MODEL_FOLDER: set(),
    LEXICON: {SCHEMA},
    TEXT: {SCHEMA, LEXICON},
    RECORDS: {SCHEMA, TEXT},
    SCORING: {LEXICON},
    ENCODER: {SCHEMA, MODEL_FOLDER, TEXT},
    DETAILS: {SCHEMA, LEXICON, TEXT},
    QUOTES: {SCHEMA, LEXICON, TEXT, ENCODER, DETAILS},
    SPEAKERS: {SCHEMA, MODEL_FOLDER, LEXICON, TEXT, ENCODER, QUOTES},
    PACKING: {SCHEMA, ENCODER},
    TIME_LIMITS: set(),
    READING_AHEAD: {SCHEMA, TEXT, RECORDS, TIME_LIMITS},
    STEPS: {SCHEMA, TEXT, ENCODER, DETAILS, QUOTES, SPEAKERS},
    DOCUMENTS: {SCHEMA, TEXT, ENCODER, PACKING, STEPS},
    PIPELINE: {SCHEMA, MODEL_FOLDER, ENCODER, RECORDS, READING_AHEAD, STEPS, DOCUMENTS},
}

# What the site may use: rows know nothing of pages, pages nothing of HTTP, and nothing but commands loads the pipeline.
WORDS = {SCHEMA, LEXICON}
PASSAGES = "claims.passages"
RELATING = "claims.relating"
MODELS = "claims.models"
BELOW = {*WORDS, PASSAGES, MODELS}
SITE_MAY_IMPORT = {
    PASSAGES: {SCHEMA, TEXT},
    RELATING: {SCHEMA, MODEL_FOLDER, LEXICON, TEXT, DETAILS},
    MODELS: {*WORDS, PASSAGES},
    "claims.roles": {MODELS},
    "claims.history": BELOW,
    "claims.search": BELOW,
    "claims.actors": {*BELOW, "claims.history"},
    "claims.intake": {*BELOW, TEXT, "claims.history", "claims.actors", READING_AHEAD, RECORDS},
    "claims.desk": {*BELOW, "claims.history", "claims.search"},
    "claims.gathering": {*BELOW, RELATING},
    "claims.trust": {*BELOW, "claims.desk"},
    "claims.openrefine": {*BELOW, "claims.actors", "claims.search"},
    "claims.outputs": {*BELOW, "claims.history", "claims.search"},
    "claims.pages": {*BELOW, "claims.search", "claims.outputs"},
    "claims.following": {
        *BELOW,
        "claims.history",
        "claims.intake",
        "claims.desk",
        "claims.search",
        "claims.outputs",
        "claims.pages",
    },
}
IDEAS = set(SITE_MAY_IMPORT) | WORDS

# The mouths: what speaks to people and programs. They may use every idea, and each other only as said here.
MOUTHS_MAY_IMPORT = {
    "claims.templatetags": IDEAS,
    "claims.views": IDEAS,
    "claims.api": IDEAS,
    "claims.admin": IDEAS,
    "claims.mcp": {*IDEAS, "claims.api"},
    "claims.jobs": {*IDEAS, RECORDS},
    "claims.urls": {"claims.views"},
    "claims.apps": set(),
    "claims.management": {
        *IDEAS,
        "claims.jobs",
        "claims.mcp",
        MODEL_FOLDER,
        ENCODER,
        PIPELINE,
        READING_AHEAD,
        RECORDS,
        SCORING,
        TIME_LIMITS,
    },
}
MAY_IMPORT: dict[str, set[str]] = {**ENGINE_MAY_IMPORT, **SITE_MAY_IMPORT, **MOUTHS_MAY_IMPORT}

HEAVY = ("spacy", "onnxruntime", "tokenizers", "torch", PIPELINE, ENCODER)
LOADS_THE_PIPELINE = {"claims.management"}


def list_modules(folder: str) -> dict[str, Path]:
    """Return every module below a folder with its file; packages stand for their `__init__.py`."""
    found = {}
    for path in sorted((ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path
    return found


@cache
def list_imports(path: Path) -> list[str]:
    """Return every name that a file imports, at its top or within, in full: `from a.b import c` gives `a.b.c`."""
    package = path.relative_to(ROOT).parent.parts
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names.append(alias.name)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            start = ".".join(part for part in (base, node.module or "") if part)
            for alias in node.names:
                names.append(f"{start}.{alias.name}")
    return names


def is_within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def find_room(name: str) -> str | None:
    """Return the row of `MAY_IMPORT` that a module belongs to, or None."""
    for room in sorted(MAY_IMPORT, key=len, reverse=True):
        if is_within(name, room):
            return room
    return None


def list_rooms_imported(path: Path) -> set[str]:
    rooms = set()
    for name in list_imports(path):
        room = find_room(name)
        if room is not None:
            rooms.add(room)
    return rooms


APP = {
    name: path
    for name, path in list_modules("claims").items()
    if not is_within(name, "claims.migrations") and name not in ("claims", ENGINE)
}
NEWSROOM = list_modules("newsroom")


def test_an_import_is_found_in_each_of_its_forms(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    path = tmp_path / "a" / "b.py"
    path.parent.mkdir()
    path.write_text(
        "import x.y\nfrom . import c\nfrom .d import e\ndef f():\n    from spacy.tokens import Doc\n"
    )

    found = list_imports(path)

    assert found == ["x.y", "a.c", "a.d.e", "spacy.tokens.Doc"]


@pytest.mark.parametrize("module", APP)
def test_a_module_imports_only_what_its_room_may(module: str) -> None:
    room = find_room(module)
    assert room is not None, f"{module} has no row in MAY_IMPORT"

    beyond = list_rooms_imported(APP[module]) - MAY_IMPORT[room] - {room}

    assert not beyond, f"{module} imports {sorted(beyond)}"


def test_the_table_has_no_circle_and_no_row_for_nothing() -> None:
    rooms = {find_room(module) for module in APP}

    list(TopologicalSorter(MAY_IMPORT).static_order())  # raises CycleError

    assert set(MAY_IMPORT) == rooms


def test_the_table_allows_nothing_that_nobody_does() -> None:
    really: defaultdict[str, set[str]] = defaultdict(set)
    for module, path in APP.items():
        room = find_room(module)
        assert room is not None
        really[room] |= list_rooms_imported(path)

    for room, allowed in {**ENGINE_MAY_IMPORT, **SITE_MAY_IMPORT}.items():
        unused = allowed - really[room] - BELOW
        assert not unused, f"{room} imports no {sorted(unused)}"


ENGINE_MODULES = [module for module in APP if is_within(module, ENGINE)]
SITE_MODULES = [module for module in APP if not is_within(module, ENGINE)]


@pytest.mark.parametrize("module", ENGINE_MODULES)
def test_the_engine_knows_nothing_of_the_site(module: str) -> None:
    for name in list_imports(APP[module]):
        assert not is_within(name, "django"), name
        assert not is_within(name, "newsroom"), name
        assert not is_within(name, "claims") or is_within(name, ENGINE), name


@pytest.mark.parametrize(
    "module", [m for m in SITE_MODULES if find_room(m) not in LOADS_THE_PIPELINE]
)
def test_the_site_never_imports_the_pipeline(module: str) -> None:
    for name in list_imports(APP[module]):
        for heavy in HEAVY:
            assert not is_within(name, heavy), name


NETWORK = ("httpx", "httpcore", "socket", "urllib.request", "claims.intake.fetching")
READERS = [module for module in APP if is_within(module, "claims.intake.readers")]


@pytest.mark.parametrize("module", READERS)
def test_readers_know_no_network(module: str) -> None:
    for name in list_imports(APP[module]):
        for network in NETWORK:
            assert not is_within(name, network), name


@pytest.mark.parametrize("module", NEWSROOM)
def test_the_project_knows_nothing_of_news(module: str) -> None:
    about_news = [name for name in list_imports(NEWSROOM[module]) if is_within(name, "claims")]

    assert not about_news


@pytest.mark.parametrize(
    "module", [m for m in NEWSROOM if m not in ("newsroom.urls", "newsroom.settings")]
)
def test_the_project_names_the_app_only_in_its_settings_and_addresses(module: str) -> None:
    tree = ast.parse(NEWSROOM[module].read_text(encoding="utf-8"))
    strings = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            strings.append(node.value)

    assert not [text for text in strings if text.startswith("claims")]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "claims" / "migrations").glob("0*.py")), ids=lambda path: str(path.name)
)
def test_a_migration_imports_nothing_that_may_change(path: Path) -> None:
    live = [name for name in list_imports(path) if is_within(name, "claims")]

    assert not live


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
    for name in loaded:
        for heavy in HEAVY:
            assert not is_within(name, heavy), name
