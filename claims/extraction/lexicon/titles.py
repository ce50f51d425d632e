"""Titles and ranks, by what they tell of the name behind them. From the news of the
English-speaking world.
"""

from claims.extraction.lexicon.persons import HONORIFICS
from claims.extraction.lexicon.words import word_set

# Written so before given names: "Mr Christian Julius Aforlah".
TITLES_BEFORE_GIVEN_NAMES = word_set(
    "Mr Mrs Ms Dr Prof Madam Sir Dame Sen Rep Gov Gen Col Capt Rev"
)


# Before a surname: "Sgt Cross". Firms' names begin with none of them.
UNAMBIGUOUS_RANKS = word_set("sgt ms miss sir dame lt col capt maj cpl cmdr insp supt prof")


# Before a surname too, but firms' names begin with some of them: "Rev Group".
RANKS_BEFORE_SURNAME = HONORIFICS - {"st"} | {"maj", "cpl", "cmdr", "adm", "insp", "supt", "det"}


# Words for the same office, of which an article may use one before the name and another later.
EQUIVALENT_ROLES = {
    "justice": ("judge",), "judge": ("justice",), "sen": ("senator",), "rep": ("representative",),
    "gov": ("governor",), "gen": ("general",), "prof": ("professor",), "dr": ("doctor",),
    "lt": ("lieutenant",), "sgt": ("sergeant",),
}  # fmt: skip
