"""Who is who across articles: speakers become actors, which people merge, split and exchange."""
