"""What is written about the project: complete, true where a test can tell, and the same on every machine."""

import ast
import importlib.util
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from rest_framework.serializers import Serializer

from claims.api import paging, parameters, serializers, views
from claims.api.urls import router
from claims.extraction.records import build_record
from claims.extraction.schema import (
    ACTOR_KINDS,
    ACTS,
    DETAIL_ROLES,
    KINDS,
    STANCES,
    Attribution,
    Span,
)
from claims.intake.readers import json_lines
from claims.intake.readers.seed import read_seed
from claims.intake.readers.sources import FILE_FORMATS
from claims.models import QuoteStatus
from claims.models.actors import SPEAKER_VALUES
from claims.models.doubt import REVIEW_BELOW
from claims.outputs.fields import FIELDS
from claims.outputs.formats import FORMATS
from claims.search.parameters import FILTER_PARAMETERS, LIST_PARAMETERS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LONGEST_README = 150  # lines
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
OURS = {name: app for name, app in sorted(get_commands().items()) if app in ("claims", "newsroom")}
TARGETS = re.findall(r"^([a-z][\w-]*):(?!=)", MAKEFILE, re.MULTILINE)
RESOURCES: dict[str, Any] = {f"/api/v1/{prefix}/": view for prefix, view, _ in router.registry}


def kept_files() -> list[Path]:
    """The files of the repository, and those that would be with the next commit."""
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(
        listed, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [ROOT / name for name in sorted(set(names)) if name and (ROOT / name).is_file()]


FILES = kept_files()
PAGES = [path for path in FILES if path.suffix == ".md"]


def text_of(path: Path) -> str | None:
    """The text of a file; None where it is no text."""
    content = path.read_bytes()
    return None if b"\0" in content else content.decode("utf-8", errors="replace")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def page(name: str) -> str:
    """Return the text of a page of the documents."""
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """Return what stands on a page under a heading, to the next one of any level."""
    found = re.search(
        rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", page(name), re.MULTILINE | re.DOTALL
    )
    assert found, f"docs/{name}.md has no section {heading!r}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """Return the cells of the tables of a text, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [
        row
        for row, after in zip(cells, [*cells[1:], [""]], strict=True)
        if not {row[0], after[0]} & {"---"}
    ]


def code(text: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`\n]+)`", text)


def blocks(text: str, language: str = r"\w*") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def printed(path: Path) -> str:
    """All code of a page, in blocks and within lines."""
    text = path.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join(blocks(text) + code(prose))


# The README, and the way from it to the rest


def linked_from(path: Path) -> set[Path]:
    """Return the pages that a page links to."""
    named = {target.partition("#")[0] for target in targets(path.read_text(encoding="utf-8"))}
    return {(path.parent / name).resolve() for name in named} & set(PAGES)


def test_the_readme_is_short_and_has_the_two_commands() -> None:
    lines = [line for block in blocks(README) for line in block.splitlines()]

    assert len(README.splitlines()) <= LONGEST_README
    assert {"make run", "make test"} <= set(lines)


def test_every_page_of_the_documents_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    following = {ROOT / "README.md"}

    while following:
        reached |= following
        following = {page for path in following for page in linked_from(path)} - reached

    assert {path for path in PAGES if path.is_relative_to(ROOT / "docs")} <= reached
    assert {ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"} <= reached


# Settings


READS_SETTINGS = re.compile("environ|getenv|read_flag|read_list|read_number")
READS_ONE = re.compile(r"\b(environ\.get|getenv|read_flag|read_list|read_number)$")


def asked_of_the_environment(program: str) -> Iterator[tuple[str, str]]:
    """Every variable that a program reads, with its default.

    It is read by `environ["A"]`, `environ.get`, `getenv`, `read_flag` or `read_list`.
    """
    if not READS_SETTINGS.search(program):  # as most do not, whose syntax need not be read
        return
    for node in ast.walk(ast.parse(program)):
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Load)
            and ast.unparse(node.value).endswith("environ")
        ):
            given = [node.slice]
        elif isinstance(node, ast.Call) and READS_ONE.search(ast.unparse(node.func)):
            given = node.args
        else:
            continue
        values = [each.value if isinstance(each, ast.Constant) else None for each in given]
        if values and isinstance(values[0], str):
            yield values[0], str(values[1]) if len(values) > 1 and values[1] else ""


def settings_read() -> dict[str, str]:
    """Every variable that the project reads, with its default, or nothing where it has none."""
    files = [path for path in FILES if path.suffix == ".py" and not path.name.startswith("test_")]
    programs = [path.read_text(encoding="utf-8") for path in files]
    made = re.findall(r"^(\w+) \?= (\S+)", MAKEFILE, re.MULTILINE)
    composed = [(name, "") for name in re.findall(r"\$\{(\w+)", COMPOSE)]
    found: dict[str, str] = {}
    for name, default in [
        *(pair for program in programs for pair in asked_of_the_environment(program)),
        *made,
        *composed,
    ]:
        found[name] = found.get(name) or default
    return found


SETTINGS = settings_read()


def test_a_variable_is_found_however_it_is_read() -> None:
    program = """
import os
os.environ["A"]; os.environ.get("B", "b"); os.getenv("C"); environ["F"]
environment.read_flag("D"); environment.read_list("E", "e")
os.environ["X"] = "written"; os.environ.setdefault("Y", "written"); {}.get("Z")
"""

    assert sorted(asked_of_the_environment(program)) == [
        ("A", ""),
        ("B", "b"),
        ("C", ""),
        ("D", ""),
        ("E", "e"),
        ("F", ""),
    ]


def test_every_setting_is_documented_and_every_one_documented_is_read() -> None:
    documented = [name for row in rows(page("settings")) for name in code(row[0])]

    assert {"DATABASE_URL", "SECRET_KEY", "PORT", "POSTGRES_PASSWORD"} <= SETTINGS.keys()
    assert sorted(documented) == sorted(SETTINGS)


@pytest.mark.parametrize("name", [name for name, default in SETTINGS.items() if default])
def test_the_documents_say_what_a_setting_is_by_default(name: str) -> None:
    said = next(row[1] for row in rows(page("settings")) if f"`{name}`" in row[0])

    assert f"`{SETTINGS[name]}`" in said


# Commands


def options_of(name: str) -> set[str]:
    """The options and choices that a command adds to those of every command."""

    def words(command: BaseCommand) -> set[str]:
        parser = command.create_parser("manage.py", name)
        options = {
            option
            for action in parser._actions
            for option in action.option_strings
            if option.startswith("--")
        }
        return options | {
            str(choice)
            for a in parser._actions
            if not a.option_strings
            for choice in a.choices or ()
        }

    return words(load_command_class(OURS[name], name)) - words(BaseCommand())


@pytest.mark.parametrize("name", OURS)
def test_a_command_is_documented_with_its_options(name: str) -> None:
    said = [
        " ".join(row)
        for row in rows(page("commands"))
        if re.match(rf"`manage\.py {name}\b", row[0])
    ]

    assert len(said) == 1
    assert options_of(name) <= set(re.findall(r"[\w-]+", said[0]))


def test_every_target_of_make_is_documented() -> None:
    named = [each for row in rows(page("commands")) for each in code(row[0])]
    documented = [each.removeprefix("make ") for each in named if each.startswith("make ")]

    assert {"run", "test"} <= set(TARGETS)
    assert sorted(documented) == sorted(TARGETS)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_command_that_a_page_prints_exists(path: Path) -> None:
    shown = printed(path)

    assert not set(re.findall(r"\bmake ([a-z][\w-]*)", shown)) - set(TARGETS)
    assert not set(re.findall(r"\bmanage\.py ([a-z]\w*)", shown)) - set(get_commands())


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_program_that_a_page_prints_exists(path: Path) -> None:
    shown = printed(path)

    assert not [
        name
        for name in re.findall(r"\bpython -m ([\w.]+)", shown)
        if importlib.util.find_spec(name) is None
    ]
    assert not [
        name for name in re.findall(r"\bpython (\S+\.py)\b", shown) if not (ROOT / name).is_file()
    ]


# Articles in, attributions out


def test_every_field_of_a_json_line_is_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Record(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            asked.append(key)
            return super().get(key, default)

    monkeypatch.setattr(
        json_lines,
        "parse_json_line",
        lambda line: Record(text="It rained.", date="2024-03-05", id="1"),
    )
    json_lines.read_json_line(b"", "here")

    assert sorted(code(row[0])[0] for row in rows(section("formats", "Articles in"))) == sorted(
        asked
    )


def test_every_format_of_a_file_is_documented() -> None:
    named = {name for row in rows(section("formats", "Other files")) for name in code(row[0])}

    assert set(FILE_FORMATS) <= named


def test_the_articles_that_are_shown_can_be_read() -> None:
    (text,) = blocks(section("formats", "Articles in"), "text")[:1]
    (line,) = blocks(section("formats", "Articles in"), "json")

    seed, document = (
        read_seed(text.encode(), "formats.md"),
        json_lines.read_json_line(line.encode(), "formats.md"),
    )

    assert (seed.title, seed.url) == (document.title, "https://news.example/2024/bridge")
    assert (document.published_on, document.publisher) == (seed.published_on, "Harbour Herald")


def test_the_attribution_that_is_shown_is_as_extract_writes_it() -> None:
    document = json.loads(blocks(section("formats", "Articles in"), "json")[0])
    shown = json.loads(blocks(section("formats", "Attributions out"), "json")[0])
    made = build_record(Attribution(None, Span(0, 1), (Span(2, 3),), "direct", "say", 0.5, None))

    (attribution,) = shown["attributions"]
    words = {
        part: [document["text"][start:end] for start, end in attribution[part]]
        for part in ("source", "cue", "content")
    }

    assert shown["id"] == document["id"]
    assert list(attribution) == list(made)
    assert words == {
        "source": ["Ana Bell"],
        "cue": ["said"],
        "content": ["The bridge will stay open"],
    }


# The API


def every_serializer() -> dict[str, set[str]]:
    """The fields of each serializer of the API, those within others included, by its name."""
    classes = [
        each
        for each in vars(serializers).values()
        if isinstance(each, type) and issubclass(each, Serializer)
    ]
    return {
        each.__name__: set(each().get_fields())
        for each in classes
        if each.__module__ == serializers.__name__
    }


def serializers_of(address: str) -> set[str]:
    """The names of the serializers that a resource answers with."""
    return {
        RESOURCES[address](action=action).get_serializer_class().__name__
        for action in ("list", "retrieve")
    }


SERIALIZERS = every_serializer()


def row_of(address: str) -> list[str]:
    return next(row for row in rows(page("api")) if f"`{address}`" in row[0])


def test_every_resource_of_the_api_is_documented() -> None:
    documented = [code(row[0])[0] for row in rows(page("api"))]

    assert sorted(documented) == sorted(RESOURCES)
    assert [f"/api/v1/{plural}/" for plural in views.RESOURCES.values()] == list(RESOURCES)


@pytest.mark.parametrize("address", RESOURCES)
def test_every_field_of_a_resource_is_documented_and_no_other(address: str) -> None:
    fields = {field for name in serializers_of(address) for field in SERIALIZERS[name]}

    assert sorted(code(row_of(address)[2])) == sorted(fields)


@pytest.mark.parametrize(
    "name",
    sorted(SERIALIZERS.keys() - {name for each in RESOURCES for name in serializers_of(each)}),
)
def test_every_field_within_a_field_is_documented(name: str) -> None:
    prose = "\n".join(line for line in page("api").splitlines() if not line.startswith("|"))

    assert SERIALIZERS[name] <= set(code(prose))


@pytest.mark.parametrize(
    "address", [address for address in RESOURCES if address != "/api/v1/quotes/"]
)
def test_every_parameter_of_a_list_is_documented(address: str) -> None:
    parameters = RESOURCES[address].parameters

    said = re.sub(r"\([^)]*\)", "", row_of(address)[1])

    assert sorted(code(said)) == sorted(parameters)


def test_the_documents_say_how_lists_are_paged() -> None:
    said = " ".join(page("api").split())

    assert set(paging.PAGING_PARAMETERS) <= set(code(page("api")))
    assert (
        f"`page_size` is {paging.RowCursorPagination.page_size}, and {paging.RowCursorPagination.max_page_size} at most"
        in said
    )


def test_every_filter_is_documented_and_whether_it_may_be_repeated() -> None:
    documented = {code(row[0])[0]: row[2] for row in rows(page("filters"))}

    assert sorted(documented) == sorted(FILTER_PARAMETERS)
    assert sorted(name for name, repeatable in documented.items() if repeatable == "yes") == sorted(
        LIST_PARAMETERS
    )


def test_every_format_and_column_of_a_file_is_documented() -> None:
    table, columns = (
        rows(page("outputs").split("## Columns")[0]),
        rows(section("outputs", "Columns")),
    )
    endings = [ending for row in table for ending in code(row[0])]

    assert sorted(endings) == sorted(each.ending for each in FORMATS)
    assert columns == [[f"`{each.name}`", each.type, each.description] for each in FIELDS]


def test_every_sort_of_speaker_is_documented() -> None:
    said = next(row[1] for row in rows(page("filters")) if row[0] == "`speaker`")

    assert sorted(code(said)) == sorted(SPEAKER_VALUES)


def test_every_filter_is_in_the_schema_of_the_api() -> None:
    assert sorted(parameter.name for parameter in parameters.QUOTE_PARAMETERS) == sorted(
        FILTER_PARAMETERS
    )


@pytest.mark.parametrize(
    ("word", "values"),
    [("kind", KINDS), ("act", ACTS), ("stance", STANCES), ("status", tuple(QuoteStatus.values))],
)
def test_every_value_of_a_closed_set_is_documented(word: str, values: tuple[str, ...]) -> None:
    said = next(row[1] for row in rows(page("words")) if row[0] == word)

    assert sorted(code(said)) == sorted(values)


def test_every_role_of_a_detail_is_documented() -> None:
    prose = "\n".join(line for line in page("api").splitlines() if not line.startswith("|"))

    assert set(DETAIL_ROLES) <= set(code(prose))


def test_the_documents_say_from_where_on_a_speaker_is_unsure() -> None:
    assert f"(confidence below {REVIEW_BELOW}) says “unsure”" in page("pages")


def test_every_kind_of_actor_is_documented() -> None:
    assert set(ACTOR_KINDS) <= set(code(row_of("/api/v1/actors/")[1]))


# Links, hosts and places


def targets(text: str) -> list[str]:
    """Where a page links to within the repository or itself; links in code are none."""
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)
    inline = re.findall(r"\]\(\s*<?([^)\s>]+)", prose)
    defined = re.findall(r"^\s{0,3}\[[^\]]+\]:\s*<?([^\s>]+)", prose, re.MULTILINE)
    return [target for target in inline + defined if not re.match(r"[a-z][a-z0-9+.-]*:|//", target)]


def anchors(text: str) -> set[str]:
    """The names that headings give their sections."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.+?) *$", prose, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).casefold().replace(" ", "-") for heading in headings}


def broken(path: Path, target: str) -> bool:
    """Whether a link of the page `path` points at nothing that another checkout would have too."""
    name, _, anchor = target.partition("#")
    found = (path.parent / name).resolve() if name else path
    kept = found in FILES or any(found in file.parents for file in FILES)
    return not kept or bool(
        anchor
        and found.suffix == ".md"
        and anchor not in anchors(found.read_text(encoding="utf-8"))
    )


def test_a_link_is_found_in_each_of_its_forms() -> None:
    text = "[a](a.md) ![b](<b.png>) [c](#c) [d](https://d.example) `[e](e.md)` [f][1]\n\n[1]: f.md\n```\n[g](g.md)\n```\n"

    assert targets(text) == ["a.md", "b.png", "#c", "f.md"]


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_link_points_at_nothing(path: Path) -> None:
    assert [
        target for target in targets(path.read_text(encoding="utf-8")) if broken(path, target)
    ] == []


INDEX = re.compile(
    r"""\bpypi\.(?:org|python\.org) | \bpythonhosted\.org | \bregistry\.(?:npmjs|yarnpkg)\. | \banaconda\.org
    | \bdownload\.pytorch\.org | \w+://[^\s"'`]+/(?:\+?simple|pypi|npm)(?:/|\b)
    | (?:index-url|find-links|trusted-host|registry)[ =]+["']?\w[^\s"']*[.:/]
    | \b(?:PIP|UV)_\w*(?:INDEX|FIND_LINKS|TRUSTED_HOST)\w*["']?\s*[=:,]""",
    re.VERBOSE | re.IGNORECASE,
)
PLACES = (
    r"(?:/home|/Users|/work|/workspaces?|/builds|/mnt)/[\w.-]+",
    r"/root/[\w.-]+",
    r"\b[A-Za-z]:\\Users\\",
)


def place_pattern(*more: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./:\\<>-])(?:{'|'.join([*PLACES, *map(re.escape, more)])})")


def mentions(pattern: re.Pattern[str]) -> list[str]:
    texts = [(path, text) for path in FILES if (text := text_of(path)) is not None]
    return [
        f"{name_of(path)}: {found[0]}" for path, text in texts for found in pattern.finditer(text)
    ]


# Put together from halves, so that this file itself names none.
@pytest.mark.parametrize(
    "halves",
    [
        ("https://pypi", ".org/project/newsroom/"),
        ("https://files.python", "hosted.org/packages/x.whl"),
        ("http://10.0.0.1:3141/root/", "pypi/+simple/"),
        ("https://packages.example/", "simple/"),
        ("--extra-index", "-url https://packages.example/"),
        ("--trusted", "-host packages.example"),
        ("PIP_IN", "DEX_URL=x"),
    ],
    ids="".join,
)
def test_a_package_index_is_recognised(halves: tuple[str, str]) -> None:
    assert INDEX.search(f"see {''.join(halves)} there")


@pytest.mark.parametrize(
    "text",
    ["uv pip compile --no-emit-index-url --custom-compile-command", "https://news.example/simply/"],
)
def test_what_names_no_package_index_is_left_alone(text: str) -> None:
    assert not INDEX.search(text)


@pytest.mark.parametrize(
    "halves",
    [("/ho", "me/ann/newsroom"), ("/Us", "ers/ann"), ("/ro", "ot/x"), ("C:\\Us", "ers\\ann")],
)
def test_a_place_on_a_machine_is_recognised(halves: tuple[str, str]) -> None:
    assert place_pattern().search(f"in {''.join(halves)}")


@pytest.mark.parametrize(
    "text", ["https://news.example/home/politics", "/srv/newsroom", "tests/browser", "</root>"]
)
def test_what_names_no_place_on_a_machine_is_left_alone(text: str) -> None:
    assert not place_pattern().search(text)


def test_no_file_names_a_package_index() -> None:
    assert len(FILES) > len(PAGES) > 2
    assert mentions(INDEX) == []


def test_no_file_names_a_place_on_a_machine() -> None:
    here = (
        [] if str(ROOT) in (ROOT / "Dockerfile").read_text() else [str(ROOT)]
    )  # the image has a place of its own

    assert mentions(place_pattern(*here)) == []


def test_every_picture_is_in_the_gallery_and_every_one_there_is_kept() -> None:
    taken = {path.name for path in FILES if path.match("docs/screenshots/*.jpg")}

    shown = re.findall(r"!\[[^\]]+\]\(screenshots/([^)]+)\)", page("gallery"))

    assert taken == set(shown)
