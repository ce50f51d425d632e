"""Takes documents in and stores them as rows, and says what became of rows that were there."""
