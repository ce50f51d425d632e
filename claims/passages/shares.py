"""Shares as people read them."""


def describe_share(part: int, whole: int) -> str:
    """A share in words: never “0 %” of what there is some of."""
    if not whole:
        return ""
    return "under 1%" if 0 < part / whole < 0.01 else f"{part / whole:.0%}"
