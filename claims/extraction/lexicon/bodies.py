"""Nouns for documents and bodies, roles in letters, and words for nobody in particular.

Written by hand, from English-language news of many countries.
"""

from claims.extraction.lexicon.words import word_set

# Sources that are nobody in particular; "Q" and "A" stand before the turns of an interview.
WORDS_FOR_NOBODY = word_set(
    """q a you your one people everyone everybody anyone anybody someone somebody nobody many
    some others most all both few this these those what there something nothing each either
    neither several according former latter majesty highness excellency holiness another second
    third"""
)

# What is read, seen or heard and can be a source: "the report said".
DOCUMENT_NOUNS = word_set(
    """report poll survey study inquiry investigation review audit analysis statement memo
    letter book article story document paper transcript email e-mail editorial column headline
    ad advertisement release bulletin filing lawsuit complaint indictment affidavit ruling tweet
    post website site data figures statistics numbers results findings information record
    records log diary blog budget index chart graph research evidence polling census dossier
    communique resolution dispatch video clip film movie documentary footage recording tape
    piece program programme episode account law act bill constitution treaty accord agreement
    deal rule policy motion average poster caption convention estimate estimates forecast
    forecasts projection projections calculation calculations tally circular gazette"""
)

# Bodies that act and speak as one, places of government among them: "the county said".
BODY_NOUNS = word_set(
    """ministry department government committee party agency campaign administration court
    police council company university institute commission parliament senate congress army
    military navy force office team union association bank board bureau embassy foundation group
    organization organisation network newspaper magazine paper outlet station channel cabinet
    regime authority authorities service services watchdog charity firm federation society
    church league club institution house assembly coalition alliance delegation mission
    secretariat tribunal treasury junta daily times post press center centre panel jury chapter
    chain fund journal city county town state province country nation municipality district
    village academy hospital school airline airport clinic laboratory library theatre theater
    museum label retailer manufacturer regulator operator startup division prosecution
    consortium presidency broadcaster publisher television tv radio"""
)

# Those of BODY_NOUNS that are seldom in the name of the body that they are said of: of annotated
# sources "the party", "the company", "the group" and their like one in ten is.
NOUNS_SELDOM_IN_NAMES = word_set(
    """party company group agency organization organisation firm club team paper newspaper outlet
    network campaign regime airline bank chain channel station broadcaster publisher"""
)

# Letters for a role: prime minister, managing director.
ROLES_IN_LETTERS = word_set("pm cm fm vp ceo ag md dg cj")

# Letters for a role only where the article has it in words too, and for a body otherwise.
RARER_ROLES_IN_LETTERS = {
    "dp": "deputy president",
    "dpp": "director of public prosecutions",
    "igp": "inspector general",
    "ig": "inspector general",
    "dig": "deputy inspector general",
    "vc": "vice chancellor",
    "dc": "deputy commissioner",
    "ssp": "senior superintendent",
    "cs": "cabinet secretary",
    "ps": "principal secretary",
    "cp": "commissioner of police",
    "hod": "head of department",
    "sp": "superintendent of police",
    "asp": "superintendent of police",
    "oc": "officer-in-charge",
    "io": "investigation officer",
    "uno": "upazila nirbahi",
}

# Right before a firm's name that may be taken for a person's: "the airline Veloro".
FIRM_NOUNS = word_set(
    """company firm airline retailer regulator bank charity supermarket carmaker startup start-up
    operator developer insurer chain broadcaster website watchdog lender brewer drugmaker chipmaker
    maker group publisher manufacturer union platform"""
)
