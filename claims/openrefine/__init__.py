"""Actors for a table that somebody has elsewhere: which of them its names mean, and what is known
of each, as the Reconciliation Service API 0.2 asks it, which OpenRefine and others speak.
"""
