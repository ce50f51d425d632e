"""Small words that tell where a noun phrase begins and ends. English grammar has them; nobody
else's list was taken over.
"""

from claims.extraction.lexicon.words import word_set

DETERMINERS_OF_ANTECEDENT = word_set(
    """the a an some many several most all other both these those this that his her its their our my
    your no"""
)


# Before the noun that "who" or "which" means; not what text/phrases.py has, which ends a phrase by
# what comes after it.
WORDS_OUTSIDE_ANTECEDENT = word_set(
    """of in on at by for with from to about against among between into over under through during
    without within as than like and or but nor so if when while because which who whom whose is are
    was were be been being has have had do does did will would can could may might must should not
    said says say told asked"""
)


DETERMINERS_OF_SOURCE = word_set(
    """the a an some many several most all other two three four five one another both these those
    his her its their our my"""
)


# Between a noun and what it is done with: "a survey taken by the council", "the resolution
# published in the gazette".
PARTICIPLES_AFTER_NOUN = word_set(
    """released published conducted issued obtained seen taken posted written commissioned based
    held dated compiled collected gathered provided prepared produced reviewed"""
)


# After what somebody is: "a diplomat familiar with the plan", "prosecutors representing the state".
WORDS_AFTER_ROLE = PARTICIPLES_AFTER_NOUN | word_set(
    """who that which whose whom in at on with from to by about against after before during as
    speaking representing working living attending involved calling seeking protesting investigating
    monitoring studying quoted cited reached asked familiar close briefed including because when
    while also"""
)


# After "her" as an object: "met her at the door"; before any other word in small letters it is a
# possessor.
WORDS_AFTER_OBJECT_HER = word_set(
    """at in on to with from and that for when as about after before by of into if home there no not
    so because while but or until again out up down off over away back"""
)


# After a person's name that is the head of a source: "Ann Lee of the union", "Ann Lee herself".
WORDS_AFTER_HEAD_NAME = word_set(
    """and or who whose of in at on from with to himself herself also later then told say says said
    again both now too as the"""
)


# Before a name these make it somebody's or something's: "aide to President …", "a spokesman for …".
PREPOSITIONS_BEFORE_NAME = word_set(
    "for of to by with from at about against near behind on than in under"
)


# Before "his mother, Sven Dahl" these tell that the name is not hers.
PREPOSITIONS_BEFORE_KIN = word_set(
    "after with like unlike for to of by from about without before as than against beside"
)


# After words in quotation marks these belong to a headline, not to a name: "Kane 'Shocked' Over Fire".
WORDS_IN_HEADLINE = word_set("Over In For After On At With As By From To And The Amid Is")

# After a hyphen that hangs: "pre- and post-war".
WORDS_AFTER_HANGING_HYPHEN = word_set("and or to nor but")


# With which clauses and phrases of what is said begin; the first word of others tells nothing.
WORDS_THAT_BEGIN_CONTENTS = word_set(
    """to that whether if for as how why what who when where a the it on of in against not his her
    their its"""
)

# These alone are nobody who says anything: "Never urged the council to sell".
WORDS_OF_NO_SOURCE = word_set("the a an this that never not also once again then later still now")

NEGATIONS = word_set("not never no without nor neither cannot")
