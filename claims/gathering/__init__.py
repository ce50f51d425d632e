"""Wordings into claims: which of them are alike, how each pair relates, and what they form together."""
