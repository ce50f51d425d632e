"""Nouns for persons and groups whom articles leave without a name. Gathered from the news of many
countries.
"""

from claims.extraction.lexicon.words import word_set

# Before "familiar with the talks" or "briefed on the plan".
HEAD_NOUNS_OF_UNNAMED = word_set(
    """people person persons those man men woman women individual individuals someone somebody
    others one two three four official officials source sources diplomat diplomats aide aides
    adviser advisers advisor advisors insider insiders lawmaker lawmakers staffer staffers executive
    executives lawyer lawyers associate associates friend friends allies ally"""
)
