"""Reads documents, with one file for each input format. Nothing here touches the database."""

from claims.intake.readers.documents import Document, Problem
from claims.intake.readers.links import Link
from claims.intake.readers.sources import SkippedFile, read_content, read_documents

__all__ = ["Document", "Link", "Problem", "SkippedFile", "read_content", "read_documents"]
