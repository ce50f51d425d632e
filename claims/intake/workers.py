"""Whether anything reads what was handed in, and what workers are at."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from claims.intake.queueing import KEEP_READ, name_keeping
from claims.models import Delivery

SILENT_FOR = timedelta(seconds=60)  # after which a worker counts as gone


def is_worker_running() -> bool:
    """Return whether any worker has said lately that it is there."""
    since = timezone.now() - SILENT_FOR
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=since).exists()


def is_being_kept(delivery: Delivery) -> bool:
    """Return whether what was read of a delivery is being kept, or waits for that."""
    waits = Q(status="todo", queueing_lock=name_keeping(delivery))
    goes_on = Q(
        status="doing", worker__isnull=False, task_name=KEEP_READ, args__delivery=delivery.pk
    )
    return ProcrastinateJob.objects.filter(waits | goes_on).exists()
