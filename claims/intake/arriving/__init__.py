"""Documents on their way in: handed over, opened, read, kept or forgotten.

The site hands over, keeps and forgets. Workers open and read (`claims/jobs.py`), each step a job of
its own that may be done again from its beginning, wherever it was cut off.
"""

from claims.intake.arriving.attempts import MOST_ATTEMPTS, note_failure, take_attempt_back
from claims.intake.arriving.delivering import (
    LARGEST_DELIVERY,
    LARGEST_FILE,
    LONGEST_TEXT,
    MOST_FILES,
    deliver_address,
    deliver_files,
    deliver_text,
)
from claims.intake.arriving.forgetting import (
    discard_delivery,
    forget_old_deliveries,
    queue_lost_arrivals,
)
from claims.intake.arriving.keeping import keep_arrival, keep_read_arrivals
from claims.intake.arriving.opening import open_arrival
from claims.intake.arriving.reading import read_arrival

__all__ = [
    "LARGEST_DELIVERY",
    "LARGEST_FILE",
    "LONGEST_TEXT",
    "MOST_ATTEMPTS",
    "MOST_FILES",
    "deliver_address",
    "deliver_files",
    "deliver_text",
    "discard_delivery",
    "forget_old_deliveries",
    "keep_arrival",
    "keep_read_arrivals",
    "note_failure",
    "open_arrival",
    "queue_lost_arrivals",
    "read_arrival",
    "take_attempt_back",
]
