"""When a quote or its speaker is shown as unsure, and waits for a person to look at it."""

from django.db.models import Q

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
