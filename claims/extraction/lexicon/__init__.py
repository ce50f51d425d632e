"""Every table of words, once. No behaviour."""
