"""What the processes of a benchmark and those of its PostgreSQL take: memory and CPU time.

On a machine where others work, too, CPU time tells what work costs; the time of a clock does not.
"""

import ctypes
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

BECOME_PARENT_OF_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER of Linux
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# Of the fields of /proc/PID/stat after the program's name: the ticks of the process itself, and of
# those that it started and that have ended.
FIRST_FIELD_OF_TICKS, LAST_FIELD_OF_TICKS = 11, 14


@dataclass(frozen=True, slots=True)
class CpuTimes:
    """CPU seconds of this process and those it started, and of all processes of PostgreSQL."""

    python: float = 0.0
    postgresql: float = 0.0

    @property
    def both(self) -> float:
        return self.python + self.postgresql

    def __sub__(self, other: "CpuTimes") -> "CpuTimes":
        return CpuTimes(self.python - other.python, self.postgresql - other.postgresql)

    def for_each_thousand(self, number: int) -> dict[str, float]:
        """Return the CPU seconds for each thousand of so many things."""
        return {
            "python": round(self.python * 1000 / number, 3),
            "postgresql": round(self.postgresql * 1000 / number, 3),
        }


def adopt_orphans() -> None:
    """Have all that this process will start counted as its own, also what outlives its parent.

    That begins after PostgreSQL was started, which belongs to nobody.
    """
    ctypes.CDLL(None).prctl(BECOME_PARENT_OF_ORPHANS, 1, 0, 0, 0)


def measure_cpu() -> CpuTimes:
    """Return what was taken since the processes began."""
    return CpuTimes(sum_cpu(os.getpid()), measure_cpu_of_postgres())


def measure_cpu_of_postgres() -> float:
    """Return the CPU seconds of the embedded PostgreSQL, with the processes that have ended."""
    from django.conf import settings

    from newsroom.embedded_postgres import PostgresServer

    if not settings.configured or not settings.EMBEDDED_POSTGRES:
        return 0.0
    number = PostgresServer(settings.EMBEDDED_POSTGRES).find_process_id()
    return sum_cpu(number) if number else 0.0


def sum_cpu(process: int) -> float:
    """Return the CPU seconds of a process and of all that it started."""
    return sum(read_ticks(each) for each in list_processes(process)) / TICKS_A_SECOND


def read_ticks(process: int) -> int:
    """Return the ticks of a process and of those that it has waited for; none if it has just ended:
    then they are its parent's.
    """
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0
    return sum(int(field) for field in fields[FIRST_FIELD_OF_TICKS : LAST_FIELD_OF_TICKS + 1])


def measure_memory() -> float:
    """Return the memory in MB that this process and those that it started have for themselves."""
    return sum(read_memory(process) for process in list_processes(os.getpid())) / 1024


def read_memory(process: int) -> int:
    """Return the memory in kB that a process has for itself; none if it has just ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))


def list_processes(process: int) -> Iterator[int]:
    """Yield a process and all that it started, as far as they have not ended."""
    yield process
    children: list[int] = []
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            children += map(int, (thread / "children").read_text().split())
    for child in children:
        yield from list_processes(child)
