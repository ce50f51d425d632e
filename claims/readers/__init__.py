"""Documents in, one file per input format. Nothing here touches the database."""

from claims.readers.documents import Document, Problem
from claims.readers.sources import Skipped, read

__all__ = ["Document", "Problem", "Skipped", "read"]
