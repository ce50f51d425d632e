from pathlib import Path

import pytest
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings


def test_a_process_that_runs_says_so_without_its_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_site_that_can_serve_is_ready(client: Client, settings: Settings) -> None:
    settings.NEEDED_FILES = [Path(__file__)]

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"ready": True, "missing": []})


@pytest.mark.django_db
def test_a_missing_model_file_is_named(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.NEEDED_FILES = [tmp_path / "encoder.onnx"]

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"ready": False, "missing": ["the file encoder.onnx is missing"]}


def test_a_database_that_does_not_answer_is_named_without_its_address(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("password of db.example is hunter2")

    monkeypatch.setattr("newsroom.health.MigrationExecutor", fail)
    settings.NEEDED_FILES = []

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["missing"] == ["the database does not answer"]


@pytest.mark.django_db
def test_migrations_that_are_not_applied_are_counted(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "newsroom.health.MigrationExecutor.migration_plan",
        lambda *_: [("one", False), ("two", False)],
    )
    settings.NEEDED_FILES = []

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["missing"] == ["2 migrations are not applied"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_health_check_is_never_cached_and_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
    if address == "/healthz":
        assert "no-store" in client.get(address)["Cache-Control"]


def test_the_model_file_that_readiness_looks_for_is_in_the_extraction_folder(
    settings: Settings,
) -> None:
    assert [path.parent.name for path in settings.NEEDED_FILES] == ["model"]
