"""What an error of the database says: whether one document is at fault, or nothing can be stored."""

from django.db import DatabaseError

# The first two characters of an SQLSTATE of PostgreSQL: the server is gone (08, 57) or full (53,
# 58), or has no tables (42).
CLASSES_OF_UNUSABLE_DATABASE = ("08", "42", "53", "57", "58")

# The state of one that has no room for more locks: it may have room for those of one document.
TOO_MANY_LOCKS = "53200"


def is_database_unusable(error: DatabaseError) -> bool:
    """Return whether nothing more can be stored, by the error's SQLSTATE.

    An error without one comes from the connection.
    """
    state = get_state(error)
    return state is None or state[:2] in CLASSES_OF_UNUSABLE_DATABASE


def has_too_many_locks(error: DatabaseError) -> bool:
    return get_state(error) == TOO_MANY_LOCKS


def get_state(error: DatabaseError) -> str | None:
    """Return the SQLSTATE of an error, None if it comes from the connection."""
    return getattr(error.__cause__, "sqlstate", None)


def describe_refusal(error: DatabaseError) -> str:
    return f"the database refused it: {get_first_line(error)}"


def get_first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]
