"""Abbreviations with a full stop that ends no sentence.

Written by hand, from English-language news of many countries.
"""

from claims.extraction.lexicon.persons import ABBREVIATED_TITLES
from claims.extraction.lexicon.time import MONTH_PREFIXES, WEEKDAY_PREFIXES
from claims.extraction.lexicon.words import word_set

# States of the USA as American news writes them: "in Flint, Mich.".
ABBREVIATED_US_STATES = word_set(
    """ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont
    neb nev okla ore pa tenn tex va vt wash wis wyo"""
)

ABBREVIATED_COMPANY_FORMS = word_set("inc ltd co corp bros")

# Abbreviations after which no sentence ends, whatever follows.
ABBREVIATIONS = (
    ABBREVIATED_TITLES
    | ABBREVIATED_US_STATES
    | ABBREVIATED_COMPANY_FORMS
    | frozenset(MONTH_PREFIXES)
    | frozenset(WEEKDAY_PREFIXES)
    | word_set(
        """mx jr sr hon reps sens messrs cmdr maj cpl adm pres dep det supt insp atty dist eng engr
        vs no nos fig vol dept est approx sept tues wed thur thurs mt ft al cf ald amb asst fr
        spc pvt pfc cllr msgr const cst pte bro brig smt adv mdm univ wm rt ven"""
    )
) - {"may"}  # which is a verb more often than a month, and written in full as both

# Abbreviations after which a sentence may end: the next word decides.
ABBREVIATIONS_THAT_MAY_END = word_set("inc ltd co corp jr sr no est al a.m p.m u.s u.k e.u u.n d.c")
