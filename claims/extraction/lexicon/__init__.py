"""Every table of words, once, in a file named for what the words are about."""
