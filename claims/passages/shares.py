"""Shares as people read them."""


def describe_share(part: int, whole: int) -> str:
    """Return a share in percent: never “0%” of what there is some of, and nothing of nothing."""
    if not whole:
        return ""
    share = part / whole
    if 0 < share < 0.01:
        return "under 1%"
    return f"{share:.0%}"
