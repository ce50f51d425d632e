"""Nouns for persons and groups whom articles leave without a name. Gathered from the news of many
countries.
"""

from claims.extraction.lexicon.persons import PERSON_NOUNS, PRIVATE_PERSON_NOUNS
from claims.extraction.lexicon.words import word_set

# Before "familiar with the talks" or "briefed on the plan".
HEAD_NOUNS_OF_UNNAMED = word_set(
    """people person persons those man men woman women individual individuals someone somebody
    others one two three four official officials source sources diplomat diplomats aide aides
    adviser advisers advisor advisors insider insiders lawmaker lawmakers staffer staffers executive
    executives lawyer lawyers associate associates friend friends allies ally"""
)


# With which a sentence about somebody without a name begins: "One fan waited for an hour".
NOUNS_OF_STRANGERS = (
    PERSON_NOUNS
    | PRIVATE_PERSON_NOUNS
    | word_set(
        """child cousin dad diner doctor fan gran grandad guard mum mom nurse onlooker passer-by
        pensioner sibling shopkeeper shopper spectator stepfather stepmother teacher tourist
        traveller trader visitor waiter waitress walker"""
    )
) - word_set("the ex former vice deputy chief foreign director general major prime")


# Of these, those who are strangers even with "the" before them; "the driver" may be whoever has
# just been named.
NOUNS_OF_CERTAIN_STRANGERS = word_set(
    """bystander caller diner doctor fan onlooker passer-by resident shopper spectator spokesman
    spokeswoman spokesperson tourist villager visitor witness aide adviser advisor source insider
    official neighbour neighbor survivor victim"""
)
