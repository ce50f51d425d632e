"""What goes on, told and noted: how far a part is, and what its processes take meanwhile."""

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.processes import CpuTimes, measure_cpu, measure_memory

if TYPE_CHECKING:
    from claims.intake.ingest import Outcome

SECONDS_BETWEEN_LINES = 10.0  # of progress
SECONDS_BETWEEN_LOOKS = 2.0  # at memory and CPU time


@dataclass
class Progress:
    """Tells on standard error how far a part is, every few seconds.

    It notes when each article was in, and the memory in MB and the CPU time that all processes had
    then.
    """

    name: str
    began: float = field(default_factory=time.perf_counter)
    cpu_before: CpuTimes = field(default_factory=measure_cpu)
    times: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    cpu: list[CpuTimes] = field(default_factory=list)
    told: float = 0.0
    looked: float = 0.0

    def note(self) -> None:
        now = time.perf_counter()
        self.times.append(now)
        if now - self.looked > SECONDS_BETWEEN_LOOKS:
            self.looked = now
            self.memory.append(measure_memory())
            self.cpu.append(measure_cpu())
        else:
            self.memory.append(self.memory[-1])
            self.cpu.append(self.cpu[-1])
        if now - self.told > SECONDS_BETWEEN_LINES:
            self.told = now
            self.tell(f"{len(self.times):,} articles")

    def tell(self, words: str) -> None:
        tell(f"{self.name}: {words}, {self.count_seconds():.0f} s")

    def count_seconds(self) -> float:
        return time.perf_counter() - self.began

    def count_cpu(self) -> CpuTimes:
        """Return the CPU time that was taken since the part began."""
        return measure_cpu() - self.cpu_before


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def compare_ends(progress: Progress, step: int) -> dict[str, float]:
    """Return the articles a second of the first and of the last so many, starts aside, what CPU time
    they took, and how much memory there was.

    Processes tell what they did a chunk at a time, so `step` should be several chunks.
    """
    times, memory, cpu = progress.times, progress.memory, progress.cpu
    first = step / (times[2 * step] - times[step])
    last = step / (times[-1] - times[-step - 1])
    first_cpu = (cpu[2 * step] - cpu[step]).both
    last_cpu = (cpu[-1] - cpu[-step - 1]).both
    return {
        "first_articles_a_second": round(first, 1),
        "last_articles_a_second": round(last, 1),
        "last_by_first": round(last / first, 2),
        "last_cpu_by_first": round(last_cpu / first_cpu, 2),
        "first_memory_mb": round(max(memory[step : 2 * step])),
        "last_memory_mb": round(max(memory[-step:])),
    }


def follow(outcomes: "Iterable[Outcome]", progress: Progress) -> int:
    """Note when what came of each document is known, and return how many quotes all have; none may
    be a problem.
    """
    quotes = 0
    for outcome in outcomes:
        assert getattr(outcome, "outcome", "") == "new", outcome
        quotes += getattr(outcome, "quotes", 0)
        progress.note()
    progress.tell(f"done, {len(progress.times):,} articles with {quotes:,} quotes")
    return quotes
