"""What programs that speak the Model Context Protocol may ask: the pages' verbs, to read and no more."""
