"""`ingest` and `load` killed at random moments, with PostgreSQL, and run again until they end."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.killing import (
    count_rows,
    empty,
    kill_postgres,
    list_rows,
    make_documents,
    retry,
)

PROCESSES = 2
ROOT = Path(__file__).resolve().parent.parent
KILLED_COMMANDS = ("ingest", "load")
# How often what is killed is the command itself; else it is one of its processes.
SHARE_OF_COMMANDS = 0.5
# Of the seconds that a clean run takes: later, one that goes on where another was killed has ended.
LATEST_KILL = 0.7
SECONDS_TO_END = 300.0  # for the processes of a command that was killed


def measure_command(
    name: str,
    folder: Path,
    rng: random.Random,
    kills: int,
    postgres_kills: int,
    documents: int,
) -> dict[str, Any]:
    """Run a command clean, and then killed so often, round after round; compare the rows of each.

    A round begins with empty tables and ends when the command ends by itself.
    """
    words = build_command(name, folder, make_documents(rng, documents))
    began = time.monotonic()
    run(words)
    clean_seconds = time.monotonic() - began
    clean = list_rows()

    victims = ["PostgreSQL"] * postgres_kills
    for _ in range(kills):
        victims.append("command" if rng.random() < SHARE_OF_COMMANDS else "process")
    rng.shuffle(victims)
    killed: dict[str, int] = {}
    rounds_with_same_rows = []
    began = time.monotonic()
    while victims:
        retry(empty)
        while not run_until_killed(words, victims, killed, rng, LATEST_KILL * clean_seconds):
            pass
        rows = retry(list_rows)
        rounds_with_same_rows.append(rows == clean)
        print(f"{name}: {killed}, {len(victims)} left", file=sys.stderr, flush=True)
    return {
        "documents": documents,
        "killed": killed,
        "rounds": len(rounds_with_same_rows),
        "seconds": {
            "clean": round(clean_seconds, 1),
            "killed": round(time.monotonic() - began, 1),
        },
        **count_rows(clean),
        "same rows": all(rounds_with_same_rows),
        "articles twice": len(clean["articles"]) - documents,
    }


def build_command(name: str, folder: Path, made_up: list[dict[str, str]]) -> list[str]:
    """Return the words of a command that stores made-up documents."""
    documents = folder / "documents.jsonl"
    with documents.open("w", encoding="utf-8") as lines:
        for number, document in enumerate(made_up):
            day = f"2024-03-{number % 28 + 1:02}"
            line = {**document, "date": day, "id": document["url"]}
            lines.write(json.dumps(line) + "\n")
    options = ["--workers", str(PROCESSES)]
    if name == "ingest":
        return ["ingest", str(documents), *options]
    found = folder / "found.jsonl"
    run(["extract", str(documents), str(found), "--documents"])
    return ["load", str(found), *options]


def start(words: list[str]) -> "subprocess.Popen[bytes]":
    """Start a command as the first of a group of processes."""
    command = [sys.executable, "manage.py", *words]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True)


def run(words: list[str]) -> None:
    code = start(words).wait()
    if code:
        sys.exit(f"{words[0]} ended with status {code}")


def run_until_killed(
    words: list[str],
    victims: list[str],
    killed: dict[str, int],
    rng: random.Random,
    longest: float,
) -> bool:
    """Run a command, and kill the last of the victims after some seconds; return whether it ended
    well before.
    """
    process = start(words)
    try:
        if victims:
            process.wait(rng.uniform(0.5, longest))
        else:
            process.wait()
    except subprocess.TimeoutExpired:
        victim = victims.pop()
        killed[victim] = killed.get(victim, 0) + 1
        kill(victim, process.pid, rng)
        process.wait()
    wait_for_group(process.pid)
    return process.returncode == 0


def kill(victim: str, command: int, rng: random.Random) -> None:
    if victim == "PostgreSQL":
        kill_postgres()
        return
    others = [process for process in list_processes_of_group(command) if process != command]
    number = rng.choice(others) if victim == "process" and others else command
    with suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def wait_for_group(command: int) -> None:
    """Wait until the processes of a command that ended have ended, too."""
    until = time.monotonic() + SECONDS_TO_END
    while list_processes_of_group(command):
        if time.monotonic() > until:
            sys.exit("a process outlives the command that started it")
        time.sleep(0.05)


def list_processes_of_group(group: int) -> list[int]:
    """Return the live processes of a group."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, _, group_of_process = (
                (place / "stat").read_text().rpartition(") ")[2].split()[:3]
            )
            if int(group_of_process) == group and state != "Z":
                found.append(int(place.name))
    return found
