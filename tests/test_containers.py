"""Dockerfile and docker-compose.yml, as far as they can be checked without an engine."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from newsroom import __version__

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "docker-compose.yml").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
OURS = ("web", "worker")
FILES_FOLDER = "/srv/newsroom/var/files"  # of large files
PINNED = re.compile(r"[a-z0-9./-]+:(?!latest$)[\w.-]*\d[\w.-]*")


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions and what each says, continued lines joined."""
    lines = [line for line in DOCKERFILE.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines)).splitlines()
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in joined]


def said(keyword: str) -> list[str]:
    return [rest for word, rest in instructions() if word == keyword]


def read_by_settings() -> set[str]:
    """The names of the environment that newsroom/ asks for."""
    code = "\n".join(path.read_text() for path in (ROOT / "newsroom").glob("*.py"))
    asked = (
        r"""(?:environ(?:\.get)?[\[(]|\bread_flag\(|\bread_list\(|\bread_number\()\s*"([A-Z_]+)\""""
    )
    return set(re.findall(asked, code))


def commands(service: dict[str, Any]) -> str:
    test = service.get("healthcheck", {}).get("test", [])
    return " ".join([*service.get("command", []), *test])


def test_every_image_is_pinned_to_a_tag() -> None:
    images = [image.split()[0] for image in said("FROM")] + [
        service["image"] for service in SERVICES.values()
    ]

    assert len(images) == 1 + len(SERVICES)
    assert not [image for image in images if not PINNED.fullmatch(image)]


def test_the_image_has_the_python_that_the_project_asks_for() -> None:
    assert said("FROM") == ["python:3.11-slim-bookworm"]
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text()


def test_the_image_of_our_services_has_the_version_of_the_project() -> None:
    assert {SERVICES[name]["image"] for name in OURS} == {f"newsroom:{__version__}"}


def test_the_database_has_vectors_and_a_version_that_newsroom_supports() -> None:
    image, version = SERVICES["db"]["image"].split(":pg")

    assert image == "pgvector/pgvector"
    assert int(version) >= 15


def test_everything_copied_exists_and_is_not_kept_out() -> None:
    ignored = [line.strip("/") for line in (ROOT / ".dockerignore").read_text().splitlines()]
    sources = [
        path
        for rest in said("COPY")
        for path in shlex.split(rest)[:-1]
        if not path.startswith("--")
    ]

    assert {"manage.py", "newsroom", "claims", "templates", "static"} <= set(sources)
    assert not [path for path in sources if not (ROOT / path).exists() or path in ignored]


def test_secrets_and_data_stay_out_of_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()

    assert {".git", ".venv", "var"} <= set(ignored)
    assert not [
        rest for rest in said("ENV") + said("ARG") if "SECRET_KEY" in rest or "DATABASE_URL" in rest
    ]
    assert "." not in [path for rest in said("COPY") for path in shlex.split(rest)[:-1]]


def test_packages_come_from_the_hashed_lock() -> None:
    installs = [rest for rest in said("RUN") if "pip install" in rest]

    assert installs == ["pip install --require-hashes -r requirements.lock"]


def test_static_files_are_collected_while_building() -> None:
    assert [rest for rest in said("RUN") if "manage.py collectstatic --noinput" in rest]


def test_what_runs_is_not_root() -> None:
    words = [word for word, _ in instructions()]

    assert said("USER") == ["newsroom"]
    assert words.index("USER") < words.index("CMD")
    assert [rest for rest in said("RUN") if "useradd" in rest and "newsroom" in rest]


def test_the_port_is_the_same_everywhere_and_open_to_this_machine_alone() -> None:
    assert said("EXPOSE") == ["8000"]
    assert "0.0.0.0:8000" in said("CMD")[0]
    assert "0.0.0.0:8000" in commands(SERVICES["web"])
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_every_management_command_named_exists() -> None:
    named = re.findall(
        r"manage\.py ([a-z_]+)", DOCKERFILE + " ".join(commands(each) for each in SERVICES.values())
    )

    assert {"collectstatic", "migrate", "work"} <= set(named)
    assert set(named) <= set(get_commands())


def test_gunicorn_is_given_a_configuration_and_an_application_that_exist() -> None:
    for command in (said("CMD")[0], commands(SERVICES["web"])):
        assert "newsroom/gunicorn.py" in command
        assert "newsroom.wsgi" in command
    assert (ROOT / "newsroom" / "gunicorn.py").exists()
    assert "application = " in (ROOT / "newsroom" / "wsgi.py").read_text()


@pytest.mark.parametrize("name", OURS)
def test_every_variable_given_is_one_that_the_settings_read(name: str) -> None:
    given = set(SERVICES[name]["environment"])

    assert {"DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"} <= given <= read_by_settings()


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD"])
def test_a_secret_has_no_default_and_compose_refuses_to_start_without_it(name: str) -> None:
    uses = re.findall(rf"\$\{{{name}([^}}]*)\}}", COMPOSE)

    assert uses
    assert all(use.startswith(":?") for use in uses)


def test_the_database_address_names_the_database_that_compose_makes() -> None:
    made, address = SERVICES["db"]["environment"], SERVICES["web"]["environment"]["DATABASE_URL"]

    assert address.startswith(f"postgresql://{made['POSTGRES_USER']}:${{POSTGRES_PASSWORD:?")
    assert address.endswith(f"@db:5432/{made['POSTGRES_DB']}")


def test_every_service_has_a_health_check_and_comes_back_after_a_failure() -> None:
    for name, service in SERVICES.items():
        assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL"), name
        assert service["restart"] == "unless-stopped", name
    assert "pg_isready" in commands(SERVICES["db"])


def test_the_health_checks_of_the_site_ask_an_address_that_it_answers() -> None:
    for check in (said("HEALTHCHECK")[0], commands(SERVICES["web"])):
        assert "http://127.0.0.1:8000/readyz" in check
    assert SERVICES["web"]["environment"]["ALLOWED_HOSTS"].startswith("127.0.0.1,")
    assert 'path("readyz"' in (ROOT / "newsroom" / "urls.py").read_text()


def test_a_service_waits_until_what_it_needs_is_healthy() -> None:
    needs = {name: service.get("depends_on", {}) for name, service in SERVICES.items()}

    assert needs == {
        "db": {},
        "web": {"db": {"condition": "service_healthy"}},
        "worker": {"web": {"condition": "service_healthy"}},
    }


def test_the_site_migrates_before_it_serves() -> None:
    command = commands(SERVICES["web"])

    assert command.index("manage.py migrate --noinput &&") < command.index("exec gunicorn")


def test_the_site_sends_the_large_files_that_the_worker_makes_and_may_write() -> None:
    shared = f"files:{FILES_FOLDER}"

    assert shared in SERVICES["web"]["volumes"]
    assert shared in SERVICES["worker"]["volumes"]
    assert "install -d -o newsroom -g newsroom var/files" in DOCKERFILE


def test_the_worker_reads_the_folder_that_is_mounted_for_it() -> None:
    folders = [volume.split(":")[1] for volume in SERVICES["worker"]["volumes"]]
    mounted = [folder for folder in folders if folder != FILES_FOLDER]

    assert SERVICES["worker"]["command"] == ["python", "manage.py", "work", "--folder", *mounted]
    assert SERVICES["worker"]["environment"]["NEWSROOM_FOLDERS"].split(",") == mounted


def test_every_volume_mounted_is_declared_and_every_one_declared_is_mounted() -> None:
    mounted = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
    }

    assert mounted == set(yaml.safe_load(COMPOSE)["volumes"])
