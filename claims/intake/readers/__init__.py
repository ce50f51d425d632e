"""Reads documents, with one file for each input format. Nothing here touches the database."""

from claims.intake.readers.documents import Document, Problem
from claims.intake.readers.sources import SkippedFile, read_documents

__all__ = ["Document", "Problem", "SkippedFile", "read_documents"]
