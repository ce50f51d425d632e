"""Quotes as spans: found, completed, chosen, laid out, nested."""
