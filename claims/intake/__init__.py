"""Documents in, rows out, and what became of the rows."""
