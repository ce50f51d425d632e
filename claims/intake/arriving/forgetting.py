"""Forgets what was handed in and not kept; and finds what nobody would take up any more."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from claims.intake.queueing import OPEN_ARRIVAL, READ_ARRIVAL, queue_opening, queue_reading
from claims.models import Arrival, ArrivalState, Delivery

NOT_KEPT_IS_FORGOTTEN_AFTER = timedelta(days=1)
ALL_IS_FORGOTTEN_AFTER = timedelta(days=30)
IS_LOST_AFTER = timedelta(minutes=2)  # that it is not settled, has not changed and has no job
SETTLED = (ArrivalState.READ, ArrivalState.KEPT, ArrivalState.REFUSED)
LOST_SQL = """
    SELECT arrival.id FROM claims_arrival AS arrival
      JOIN claims_delivery AS delivery ON delivery.id = arrival.delivery_id
     WHERE arrival.state IN ('queued', 'reading', 'read') AND arrival.changed_at < %s
       AND (arrival.state <> 'read' OR delivery.keeps_itself)
       AND NOT EXISTS (
           SELECT FROM procrastinate_jobs AS job
            WHERE job.status IN ('todo', 'doing') AND job.task_name IN (%s, %s)
              AND (job.args ->> 'arrival')::bigint = arrival.id
       )
     ORDER BY arrival.id
"""


def discard_delivery(delivery: Delivery) -> None:
    """Forget all documents of a delivery; articles that were made of them stay.

    That something was handed in is known for a day: so much is allowed within an hour.
    """
    delivery.arrivals.all().delete()


def forget_old_deliveries() -> int:
    """Forget what nobody has kept within a day, and after a month what became of the rest.

    What feeds brought is remembered for that month. Return how many documents are forgotten.
    """
    now = timezone.now()
    month_old = Arrival.objects.filter(
        delivery__made_at__lt=now - ALL_IS_FORGOTTEN_AFTER, state__in=SETTLED
    )
    day_old = Arrival.objects.filter(
        delivery__made_at__lt=now - NOT_KEPT_IS_FORGOTTEN_AFTER,
        delivery__feed=None,
        state__in=(ArrivalState.READ, ArrivalState.REFUSED),
    )
    forgotten = 0
    for arrivals in (month_old, day_old):
        forgotten += arrivals.order_by().delete()[0]
    Delivery.objects.filter(
        made_at__lt=now - NOT_KEPT_IS_FORGOTTEN_AFTER, arrivals=None
    ).order_by().delete()
    return forgotten


def queue_lost_arrivals() -> int:
    """Have what is on its way without a job taken up again; return how much that is.

    A job is lost where it failed too often, or where two workers had it and one of them died.
    """
    before = timezone.now() - IS_LOST_AFTER
    with connection.cursor() as cursor:
        cursor.execute(LOST_SQL, [before, OPEN_ARRIVAL, READ_ARRIVAL])
        numbers = [number for (number,) in cursor.fetchall()]
    rows = Arrival.objects.filter(pk__in=numbers).select_related("delivery").defer("content")
    lost = list(rows)
    queue_opening([each for each in lost if each.document is None], is_urgent=False)
    queue_reading([each for each in lost if each.document is not None], is_urgent=False)
    return len(lost)
