"""When a quote or its speaker is shown as unsure, and waits for a person to look at it."""

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from claims.models.quotes import Quote

REVIEW_BELOW = 0.7  # of the confidence in the speaker, and of that in the quote and its limits

IS_SPEAKER_UNKNOWN = Q(actor__isnull=True, source_start__isnull=False)
IS_SPEAKER_DOUBTFUL = Q(actor__isnull=False, actor_confidence__lt=REVIEW_BELOW)
IS_QUOTE_DOUBTFUL = Q(confidence__lt=REVIEW_BELOW)
IS_IN_DOUBT = IS_SPEAKER_UNKNOWN | IS_SPEAKER_DOUBTFUL | IS_QUOTE_DOUBTFUL


def is_unsure(confidence: float | None) -> bool:
    """Return whether what has this confidence is shown as unsure.

    What was never measured is not.
    """
    return confidence is not None and confidence < REVIEW_BELOW


def is_speaker_unsure(quote: "Quote") -> bool:
    """Return whether readers are told that the speaker may be wrong.

    They are not once a person has decided on the quote.
    """
    return not quote.touched and is_unsure(quote.actor_confidence)
