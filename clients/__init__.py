"""Programs that read Newsroom over its REST API, and what makes the parts of them that the API tells."""
