"""When a quote is doubtful enough to be shown as such, and for a person to look at."""

REVIEW_BELOW = 0.7  # of the confidence in the speaker, and of that in the quote and its limits
