"""Actors as a table: out and in again without a change, each line that cannot go in named with its number."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from claims.actors.exchange import (
    ActorLineRefused,
    ActorLineReport,
    escape_formula,
    import_actors,
    join_cell_values,
    split_cell,
    unescape_formula,
    write_actors,
)
from claims.actors.merging import merge_actors
from claims.models import Actor, ExternalId
from tests.claims.merged import dump_tables
from tests.factories import make_actor, make_article

pytestmark = pytest.mark.django_db

HEADER = "slug,name,kind,aliases,wikidata\n"


def out() -> str:
    file = io.StringIO()
    write_actors(file)
    return file.getvalue()


def taken(*lines: str, dry: bool = False, header: str = HEADER) -> list[ActorLineReport]:
    return list(import_actors(io.StringIO(header + "\n".join(lines)), dry=dry))


def told(*lines: str) -> list[str]:
    return [each.problem or "; ".join(each.changes) for each in taken(*lines)]


@pytest.fixture
def actors() -> None:
    jen = make_actor("Jennifer Psaki", "person", names=("Psaki", "Jen | Psaki", "back\\slash"))
    ExternalId.objects.create(actor=jen, value="Q10853588")
    make_actor("=SUM(A1)", "group", names=("@home", "'=x"))
    make_actor("O'Neill, “the quick”\nof Port Alder", "person")
    Actor.objects.create(name="Bell", kind="person", slug="bell-1", article=make_article())


@pytest.mark.usefixtures("actors")
def test_what_went_out_comes_in_and_changes_nothing() -> None:
    before = dump_tables()

    found = list(import_actors(io.StringIO(out())))

    assert [(each.changes, each.problem) for each in found] == [([], "")] * 3
    assert dump_tables() == before


@pytest.mark.usefixtures("actors")
def test_it_comes_into_an_empty_database_as_it_was() -> None:
    table = out()
    Actor.objects.all().delete()

    assert not any(each.problem for each in import_actors(io.StringIO(table)))

    assert out() == table


@pytest.mark.parametrize(
    "value", ["=1+1", "+1", "-1", "@x", "'=1", "''=1", "\tx", "'Abd", "plain", "", "a=b"]
)
def test_no_cell_is_a_formula_and_each_comes_back(value: str) -> None:
    assert not escape_formula(value).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescape_formula(escape_formula(value)) == value


@pytest.mark.usefixtures("actors")
def test_a_name_that_looks_like_a_formula_goes_out_escaped() -> None:
    rows = list(csv.reader(io.StringIO(out())))

    assert [row[1] for row in rows if "SUM" in row[1]] == ["'=SUM(A1)"]


def test_values_between_strokes_come_back() -> None:
    values = sorted(["a|b", "c\\", "d\\|", "e"])

    assert split_cell(join_cell_values(values)) == values
    assert split_cell(" a | | a ") == ["a"]


def test_a_line_changes_its_actor() -> None:
    jen = make_actor("Jen Psaki", "person", names=("Psaki",))
    ExternalId.objects.create(actor=jen, value="Q1")

    (line,) = told("jen-psaki,Jennifer Psaki,person,Jen Psaki|Press Secretary,Q2")

    assert line == (
        "jen-psaki: name “Jen Psaki” becomes “Jennifer Psaki”; jen-psaki: no alias “Psaki” any more;"
        " jen-psaki: alias “Press Secretary”; jen-psaki: no longer Q1; jen-psaki: Q2"
    )
    jen.refresh_from_db()
    assert jen.name == "Jennifer Psaki"
    assert set(jen.names.values_list("name", flat=True)) == {"Jen Psaki", "Press Secretary"}
    assert jen.external_ids.get().value == "Q2"


def test_columns_that_are_not_there_are_left_alone() -> None:
    make_actor("Jen Psaki", "person", names=("Psaki",))
    before = dump_tables()

    assert taken("jen-psaki,Jen Psaki,person", header="slug,name,kind\n")[0].changes == []

    assert dump_tables() == before


def test_a_line_without_a_slug_makes_an_actor() -> None:
    assert told(",Ana Bell,person,,") == ["new: Ana Bell, person, ana-bell"]
    assert Actor.objects.get().slug == "ana-bell"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param("jen-psaki,,person,,", "a name has 1 to 300 characters", id="no name"),
        pytest.param(
            f"jen-psaki,{'x' * 301},person,,", "a name has 1 to 300 characters", id="a long name"
        ),
        pytest.param("jen-psaki,Jen Psaki,robot,,", "there is no kind “robot”", id="kind"),
        pytest.param("no slug,Jen,person,,", "“no slug” is no slug", id="slug"),
        pytest.param("unknown,Jen,person,,", "is not “unknown”", id="a slug of nobody"),
        pytest.param(
            "jen-psaki,Jen Psaki,person,,7747", "“7747” is no item of Wikidata", id="item"
        ),
        pytest.param(
            "jen-psaki,Jen Psaki,person,,Q7", "Q7 is “veldania” already", id="another's item"
        ),
        pytest.param(
            "jen-psaki,Jen Psaki,person,,,more", "more or fewer cells", id="a cell too many"
        ),
        pytest.param("jen-psaki,Jen Psaki,person", "more or fewer cells", id="a cell too few"),
        pytest.param(
            "jen-psaki,Veldania,state,,",
            "the state “Veldania” already; actors are merged",
            id="a merge",
        ),
        pytest.param(
            ",Veldania,state,,",
            "“veldania” is the state “Veldania” already",
            id="another of a name",
        ),
        pytest.param("old,Old,person,,", "“old” was merged into “veldania”", id="a former slug"),
        pytest.param("bell-1,Bell,person,,", "known in one article alone", id="of one article"),
        pytest.param(
            f"jen-psaki,Jen Psaki,person,{'x' * 301},",
            "an alias has 300 characters at most",
            id="a long alias",
        ),
    ],
)
def test_a_line_that_cannot_go_in_is_named_and_the_rest_goes_in(line: str, problem: str) -> None:
    make_actor("Jen Psaki", "person")
    veldania, old = make_actor("Veldania"), make_actor("Old", "person")
    ExternalId.objects.create(actor=veldania, value="Q7")
    merge_actors(veldania.pk, [old.pk], None, "one")
    Actor.objects.create(name="Bell", kind="person", slug="bell-1", article=make_article())
    before = dump_tables()

    bad, good = taken(line, ",Ana Bell,person,,")

    assert (bad.line, bad.changes) == (2, [])
    assert problem in bad.problem
    assert good.changes
    Actor.objects.get(slug="ana-bell").delete()
    assert dump_tables() == before


def test_a_slug_stands_in_one_line() -> None:
    assert told("a,A,person,,", "a,B,person,,")[1] == "“a” stands in line 2 already"


def test_a_dry_run_tells_the_same_and_changes_nothing() -> None:
    make_actor("Jen Psaki", "person")
    lines = ("jen-psaki,Jennifer Psaki,person,Psaki,Q5", ",Ana Bell,person,,", "x,,person,,")
    before = dump_tables()

    dry = taken(*lines, dry=True)

    assert dump_tables() == before
    assert taken(*lines) == dry
    assert dump_tables() != before


@pytest.mark.parametrize("header", ["", "slug,name\n", "slug,name,kind,colour\n"])
def test_a_table_of_other_columns_is_refused(header: str) -> None:
    with pytest.raises(ActorLineRefused, match="should name the columns"):
        taken("a,b", header=header)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("actors")
def test_the_command_exports_and_imports(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "actors.csv"
    call_command("actors", "export", str(file))
    before = dump_tables()
    call_command("actors", "import", str(file))
    assert dump_tables() == before
    assert "Actors: 3 in" in (said := capsys.readouterr().out)
    assert "Lines: 0 changed something, 3 nothing, 0 not in." in said

    file.write_text(f"{HEADER},Ana Bell,person,,\n,,person,,\n")
    for options in (["--dry-run"], []):
        with pytest.raises(SystemExit):
            call_command("actors", "import", str(file), *options)
        assert Actor.objects.filter(name="Ana Bell").exists() == (not options)
    assert "not in: line 3: a name has 1 to 300 characters" in capsys.readouterr().err
    with pytest.raises(CommandError, match="No such file"):
        call_command("actors", "import", str(tmp_path / "none.csv"))
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(CommandError, match="nothing of it is in"):
        call_command("actors", "import", str(file))
