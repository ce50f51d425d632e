"""Documents in, one file per input format. Nothing here touches the database."""

from claims.intake.readers.documents import Document, Problem
from claims.intake.readers.sources import Skipped, read

__all__ = ["Document", "Problem", "Skipped", "read"]
