"""Who is who across articles: speakers become actors, and people merge, split, undo and exchange them."""
