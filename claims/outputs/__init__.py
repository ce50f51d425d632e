"""Quotes for other people's tools: files, feeds, citations and sentences ready to print."""
