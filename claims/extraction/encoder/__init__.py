"""One pass of the model over a text, and what is read off it as numbers."""
