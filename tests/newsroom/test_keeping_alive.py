"""A program that is kept running beside another one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsroom.conftest import ROOT

# Notes its process, and ends when its input does.
PROGRAM = """
import os, sys
with open(sys.argv[1], "a") as notes:
    notes.write(f"{os.getpid()}\\n")
sys.stdin.read()
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def keeper(notes: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "newsroom.keeping_alive", sys.executable, "-c", PROGRAM]
    running = subprocess.Popen([*command, str(notes)], cwd=ROOT, stdin=subprocess.PIPE)
    assert running.stdin
    yield running
    running.stdin.close()
    running.kill()
    running.wait()


def read_processes(notes: Path, number: int) -> list[int]:
    """Return the processes that were started, once there are so many."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        lines = notes.read_text().splitlines() if notes.exists() else []
        if len(lines) >= number:
            return [int(line) for line in lines]
        time.sleep(0.02)
    pytest.fail(f"{number} processes were not started")


def wait_for_end(pid: int) -> bool:
    """Return whether a process ends within half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_program_that_dies_is_started_again(
    keeper: "subprocess.Popen[bytes]", notes: Path
) -> None:
    (first,) = read_processes(notes, 1)

    os.kill(first, signal.SIGKILL)

    assert read_processes(notes, 2)[1] != first
    assert keeper.poll() is None


def test_it_ends_with_the_program_that_holds_its_input(
    keeper: "subprocess.Popen[bytes]", notes: Path
) -> None:
    (program,) = read_processes(notes, 1)

    assert keeper.stdin
    keeper.stdin.close()

    assert keeper.wait(30) == 0
    assert wait_for_end(program)


def test_a_program_ends_even_when_what_keeps_it_is_killed(
    keeper: "subprocess.Popen[bytes]", notes: Path
) -> None:
    (program,) = read_processes(notes, 1)

    keeper.kill()

    assert wait_for_end(program)
