"""Who is who across articles: resolved, proposed, merged, split, undone, exchanged as a table."""
