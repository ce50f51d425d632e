"""Words of the labels before the lines of transcripts and lists. From the records of parliaments,
courts and stations.
"""

from claims.extraction.lexicon.persons import ROLE_NOUNS
from claims.extraction.lexicon.words import word_set

# First words of labels that are nobody who speaks.
LABELS_OF_NOBODY = word_set(
    """image video photo caption credit source note update updated correction read watch listen more
    related tags topics published editor editors contact email phone address subject date from to cc
    re title score what where when why how name location time place length built cost price"""
)

# What may stand for a name.
PARTS_IN_TRANSCRIPT = (
    frozenset(["q", "a", "question", "answer", "host", "narrator", "all", "voice", "voices"])
    | ROLE_NOUNS
)

# Small words within a label: "Minister for Health", "Some hon. members", "VAN DER BERG".
WORDS_WITHIN_LABELS = word_set(
    """of for the and to in from on pro tempore hon. hon members member a an de da del der den di
    dos du el la le van von bin al y"""
)

# Of who is on the chair or holds an office, in a label: "The DEPUTY SPEAKER".
OFFICES_IN_LABELS = word_set(
    """speaker president chair chairman chairwoman chairperson clerk court minister secretary
    ministers members senators premier chancellor judge justice moderator foreman tempore sergeant registrar"""
)

# Before a name in a label, and not before what is no person's.
TITLES_IN_LABELS = word_set(
    """mr mrs ms miss dr hon sen senator rep gov sir dame lord lady prof justice judge shri smt dato
    datuk"""
)

# Past forms that do not end in "ed", of what is told between speeches: "The jury rose."
PAST_FORMS = word_set(
    """was were had did went came rose stood sat left took gave made began read spoke ran fell broke
    put cut held met got kept lost won sent brought bought thought felt found heard saw said told
    wrote drew flew grew knew threw shook swore sang drank led paid laid set shut"""
)
