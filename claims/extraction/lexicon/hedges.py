"""Words by which a speaker weakens what is said. Written by hand."""

from claims.extraction.lexicon.words import word_set

HEDGING_ADVERBS = word_set(
    """possibly perhaps probably maybe reportedly allegedly apparently presumably supposedly
    purportedly seemingly potentially conceivably"""
)

# Words after which "might" is a noun: "its military might".
WORDS_BEFORE_MIGHT_AS_NOUN = word_set(
    """the its his her our my their of all military full economic naval political industrial
    financial with no such great"""
)
