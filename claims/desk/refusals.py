"""Why a decision on a quote cannot be taken."""

from claims.models.refusals import Refused


class DecisionRefused(Refused):
    """A decision that cannot be taken, or not be undone."""


class StaleQuote(DecisionRefused):
    """A decision on a quote that is no longer what the curator saw."""
