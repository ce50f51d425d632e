"""The lock files: every package pinned and hashed, and no host, so that any mirror will do."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(
    r"([A-Za-z0-9][A-Za-z0-9._-]*)==[^\s;]+( ; [^\\]+?)?( --hash=sha256:[0-9a-f]{64})+"
)


def requirements(lock: str) -> list[str]:
    """A lock's requirements, each on one line, without remarks."""
    lines = [line.split("#")[0].rstrip() for line in (ROOT / lock).read_text().splitlines()]
    joined = "\n".join(line for line in lines if line.strip()).replace("\\\n", " ")
    return [" ".join(line.split()) for line in joined.splitlines()]


def name_of(requirement: str) -> str:
    """The package's name, as indexes compare names; extras and versions aside."""
    found = re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def direct(lock: str) -> list[str]:
    if lock == "requirements.lock":
        needed = project()["project"]
        return [*needed["dependencies"], *needed["optional-dependencies"]["postgres"]]
    return [str(each) for each in project()["dependency-groups"]["dev"]]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()

    assert not re.findall(
        r"\w+://\S+|--(?:extra-)?index-url|--find-links|--trusted-host|^-i ", text, re.MULTILINE
    )
    assert not re.findall(r"\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)\b", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    found = requirements(lock)

    assert len(found) >= len(direct(lock))
    assert not [line for line in found if not PINNED.fullmatch(line)]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_direct_dependency_is_in_its_lock(lock: str) -> None:
    locked = {name_of(line) for line in requirements(lock)}

    assert {name_of(each) for each in direct(lock)} <= locked


def test_the_two_locks_agree_on_every_version() -> None:
    versions = [
        {name_of(line): line.split()[0] for line in requirements(lock) if " ; " not in line}
        for lock in LOCKS
    ]

    shared = versions[0].keys() & versions[1].keys()

    assert [name for name in shared if versions[0][name] != versions[1][name]] == []


def test_training_libraries_are_no_part_of_what_runs() -> None:
    assert not {"torch", "transformers", "sentence-transformers"} & {
        name_of(line) for line in requirements(LOCKS[0])
    }
