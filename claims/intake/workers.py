"""Whether anything reads what was handed in."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

SILENT_FOR = timedelta(seconds=60)  # after which a worker counts as gone


def is_worker_running() -> bool:
    """Return whether any worker has said lately that it is there."""
    since = timezone.now() - SILENT_FOR
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=since).exists()
