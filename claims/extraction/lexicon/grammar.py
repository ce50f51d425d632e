"""The small words of English grammar, grouped by what they tell about the phrase around them.

Written by hand. These classes are closed: news adds no words to them.
"""

from claims.extraction.lexicon.pronouns import REFLEXIVE_PRONOUNS
from claims.extraction.lexicon.words import word_set

# Words that begin a noun phrase.
DETERMINERS = word_set(
    """the a an his her its their our my this these those some several many all both one two three
    four five six another other fellow"""
)

PREPOSITIONS = word_set(
    """of in on at to for from with by about over after before during as into against between among
    amid through via without within until till since upon under like than following according
    despite outside inside near behind alongside around across toward towards"""
)

CONJUNCTIONS = word_set(
    """because while when where who whom whose which that if whether why how what so but or nor yet
    and then there here once unless though although whereas instead"""
)

FORMS_OF_BE = word_set("be am is are was were been being")

# Auxiliaries of a passive: "was told", "got fined".
PASSIVE_AUXILIARIES = (FORMS_OF_BE - {"am"}) | word_set("get gets got")

# Auxiliaries between a subject and its verb.
AUXILIARIES_BEFORE_VERB = PASSIVE_AUXILIARIES | word_set("has have had will would could may might")

AUXILIARIES = FORMS_OF_BE | word_set(
    "has have had do does did will would could should might must can shall may"
)

# Before a cue: of "to say", "the claim" and "had said" the encoder may have the last word alone.
WORDS_THAT_TELL_BEFORE_CUE = AUXILIARIES | word_set("to the a his her their not 's")

PERSONAL_PRONOUNS = word_set("he she they it we I you him them us me")

# Adverbs that follow a noun phrase and are no part of it.
ADVERBS_AFTER_PHRASE = word_set(
    """not also again later earlier ahead afterward afterwards soon nationwide just only never ever
    even too"""
)

# Forms of reporting verbs that follow their subject at once.
REPORTING_AFTER_PHRASE = word_set(
    """said says saying told tells wrote writes asked asks added adds called calls warned warns
    argued argues"""
)

# Words that no noun phrase goes on with.
WORDS_THAT_END_PHRASES = (
    PREPOSITIONS
    | CONJUNCTIONS
    | AUXILIARIES
    | PERSONAL_PRONOUNS
    | ADVERBS_AFTER_PHRASE
    | REPORTING_AFTER_PHRASE
    | word_set("the a an")
    | word_set("As For Over After In On At By With To That From")  # in headlines
)

# Nouns and adjectives with the endings of words that end a noun phrase.
NOUNS_IN_ING = word_set(
    """meeting hearing briefing gathering ruling building spring king being thing wing wedding
    evening morning training housing banking planning offspring sibling siblings"""
)
ADJECTIVES_IN_ED = word_set(
    """united allied hundred armed joint unnamed led red bed shed seed need feed speed embed breed
    creed deed weed watershed biped"""
)
NOUNS_IN_LY = word_set(
    "family ally assembly daily weekly monthly anomaly italy july supply reply elderly only"
)

# Words that cannot be the first one of a noun phrase without a determiner.
WORDS_THAT_BEGIN_NO_PHRASE = word_set(
    """of in on at to for from with by that who which not be he she they it we I you if as is was
    what and"""
)

# Words that, capitalized after a full stop, begin a sentence rather than a name.
SENTENCE_STARTERS = word_set(
    """the a an he she it they we i you this that these those there but and in on at for from with
    after before when while if as his her its their our my what who how why however meanwhile still
    also yet so no not"""
)

# Adverbs between a cue and what tells when or where: "said again on Friday".
ADVERBS_AFTER_CUE = REFLEXIVE_PRONOUNS | word_set(
    """also again later earlier recently exclusively separately repeatedly previously only just
    bluntly flatly simply publicly back"""
)
