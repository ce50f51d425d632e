"""Finds, when articles are in, which of the names in them are one actor's."""

from claims.actors.joining import join_all_waiting_names


def join_names() -> None:
    """Find the joins of all names that wait; whatever is killed here is made up for the next time."""
    for _ in join_all_waiting_names():
        pass
