"""The REST API's answers, by what they are about: the pages' verbs, as JSON."""

# The resources, each by the word for one, with the name of its list.
RESOURCES = {
    "quote": "quotes",
    "actor": "actors",
    "claim": "claims",
    "wording": "wordings",
    "match": "matches",
    "factcheck": "factchecks",
    "article": "articles",
    "outlet": "outlets",
}
