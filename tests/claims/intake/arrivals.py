"""Documents on their way in: what can be fetched, and the jobs of workers."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext

from claims.jobs import PATIENCE, READERS
from claims.models.refusals import Refused
from tests.claims.intake.quick_readers import QuickReaders


@dataclass(frozen=True)
class Fetched:
    """A page as the fetcher gives it."""

    address: str
    content: bytes = b""
    content_type: str = "text/html"
    charset: str = "utf-8"
    etag: str = ""
    last_modified: str = ""
    is_unchanged: bool = False


@dataclass
class Web:
    """What stands at addresses, and which of them were fetched."""

    pages: dict[str, Fetched | Refused] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)

    def add(self, address: str, content: str, **values: Any) -> None:
        self.pages[address] = Fetched(address, content.encode(), **values)

    def fetch_page(self, address: str, *, is_crawl: bool) -> Fetched:
        self.fetched.append(address)
        found = self.pages.get(address, Refused("there is no page at this address"))
        if isinstance(found, Refused):
            raise found
        return found

    def fetch_feed(self, address: str, etag: str, last_modified: str) -> Fetched:
        self.marks.append((etag, last_modified))
        return self.fetch_page(address, is_crawl=True)


def run_jobs(readers: Any = None, *, most: int = 1000) -> int:
    """Do what waits in the queue as a worker would, one job after the other; return how many."""
    done = 0
    while done < most and do_next_job(readers or QuickReaders()):
        done += 1
    return done


def do_next_job(readers: Any) -> bool:
    """Do the next job that is due, and return whether there was one. It stays if it fails."""
    waiting = ProcrastinateJob.objects.filter(status="todo")
    due = waiting.exclude(scheduled_at__gt=datetime.now(UTC)).order_by("-priority", "id")
    row = due.first()
    if row is None:
        return False
    task = app.tasks[row.task_name]
    context = JobContext(
        app=app,
        job=row.procrastinate_job,
        start_timestamp=0,
        additional_context={READERS: readers, PATIENCE: 20},
        abort_reason=lambda: None,
    )
    arguments: list[Any] = [context] if task.pass_context else []
    set_status(row.pk, "doing")
    try:
        task.func(*arguments, **row.args)
    except Exception:
        set_status(row.pk, "todo")
        raise
    remove_job(row.pk)
    return True


def set_status(number: int, status: str) -> None:
    with connection.cursor() as cursor:
        sql = "UPDATE procrastinate_jobs SET status = %s WHERE id = %s"
        cursor.execute(sql, [status, number])


def remove_job(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])


def count_jobs(task: str = "") -> int:
    jobs = ProcrastinateJob.objects.filter(status="todo")
    return (jobs.filter(task_name=task) if task else jobs).count()
