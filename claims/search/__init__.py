"""Which quotes are asked for: filters, counts in memory, facets, a histogram, a page of results."""
