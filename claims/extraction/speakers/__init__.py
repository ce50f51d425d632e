"""Who said it: names, descriptions and pronouns resolved to speakers."""
