"""What news calls persons: titles, roles, kin, and the parts of names that are none by themselves."""

import re

from claims.extraction.lexicon.words import word_set

PERSON_TITLES = word_set(
    """mr mrs ms miss mx dr sir dame lord lady president vice senator sen rep representative congressman congresswoman gov
    governor secretary minister prime chancellor king queen prince princess pope father rev reverend bishop archbishop
    cardinal gen general lt lieutenant col colonel capt captain maj major sgt sergeant cmdr commander adm admiral
    justice judge chief professor prof mayor deputy foreign defence defense ambassador councillor cllr dep det
    inspector sheriff officer attorney speaker leader chairman chairwoman director ex former the ayatollah sheikh imam
    rabbi emir pastor monsignor mullah mufti constable detective superintendent commissioner brigadier corporal
    undersecretary hon honourable honorable shri smt datuk dato alhaji mallam maulana engr atty councilman
    councilwoman alderman assemblyman assemblywoman monsieur madame mme madam garda recorder taoiseach tanaiste insp supt dci pc
    wpc dsp asp const cst cpl pte comrade seri otunba coxswain baroness baron viscount"""
)


ROLE_NOUNS = word_set(
    """spokesman spokeswoman spokesperson official aide adviser advisor source insider staffer lawyer attorney representative
    strategist consultant operative analyst diplomat lawmaker officer expert economist professor critic resident
    witness voter reporter journalist negotiator surrogate ally supporter manager executive host moderator interviewer
    presenter anchor caller head founder boss owner coach chair ceo engineer economist scientist researcher author editor
    writer activist campaigner principal teacher doctor nurse farmer"""
)


ABBREVIATED_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sen",
        "rep",
        "gov",
        "gen",
        "col",
        "capt",
        "lt",
        "sgt",
        "prof",
        "rev",
        "st",
    ]
)


HONORIFICS = ABBREVIATED_TITLES | {"sir", "dame", "miss", "mx"}  # which are nobody's surname


# Before a single word, of the name: "Pope Francis".
TITLES_OF_SINGLE_NAMES = frozenset(
    ["pope", "king", "queen", "prince", "princess", "sheikh", "father"]
)


# After these more of a name follows.
NAME_PARTICLES = frozenset(
    ["bin", "bint", "ibn", "al", "el", "van", "von", "der", "den", "de", "da", "dos", "du", "di"]
)  # more follows


WORDS_WITHIN_TITLES = frozenset(
    ["of", "for", "and", "to"]
)  # "ambassador to Spain", "secretary of state for health"


LETTERS_AFTER_NAMES = frozenset(
    ["KC", "QC", "SC", "MP", "MSP", "MEP", "TD", "MBE", "OBE", "CBE", "PhD"]
)  # no part of a name


GENERATION_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])


WEAK_TITLES = frozenset(
    [
        "the",
        "ex",
        "former",
        "vice",
        "deputy",
        "chief",
        "foreign",
        "father",
        "leader",
        "director",
        "general",
    ]
)


TITLES_OF_MEN = frozenset(
    ["mr", "sir", "lord", "king", "prince", "pope", "father", "congressman", "baron", "viscount"]
)


TITLES_OF_WOMEN = frozenset(
    [
        "mrs",
        "ms",
        "miss",
        "dame",
        "lady",
        "queen",
        "princess",
        "congresswoman",
        "madam",
        "baroness",
        "wpc",
    ]
)


RELATIVES = word_set(
    """husband son father brother uncle nephew grandfather grandson widower wife daughter mother sister aunt niece
    grandmother granddaughter widow partner cousin"""
)


PERSON_NOUNS = (
    PERSON_TITLES
    | ROLE_NOUNS
    | word_set(
        """actor actress artist athlete author billionaire businessman businesswoman candidate captain celebrity challenger
    citizen client colleague commentator comedian contender correspondent counsel daughter defendant designer driver
    employee employer entrepreneur ex-wife ex-husband father fighter filmmaker friend gunman guest historian husband
    incumbent inspector investigator investor judge juror lobbyist lawmaker man mayor millionaire minister mogul mother
    musician neighbor neighbour nominee novelist opponent owner paramedic parent partner passenger patient performer
    photographer pilot pioneer plaintiff player poet politician pollster predecessor premier priest prisoner producer
    professor prosecutor provider rapper rival sergeant shooter singer sister brother soldier son speaker star student
    subject successor superintendent survivor suspect tycoon veteran vice-chair victim visitor volunteer widow wife
    winner woman worker mp pm cm mla mep vp vpm veep girl boy child teen teenager uncle aunt nephew niece grandmother
    grandfather cousin republican democrat tory conservative liberal socialist muslim christian"""
    )
)


# Private people, of whom articles often tell without a name.
PRIVATE_PERSON_NOUNS = word_set(
    """suspect defendant accused driver victim witness resident deputy complainant passenger patient survivor claimant tenant
    worker employee customer farmer fisherman villager colleague friend teenager caller bystander"""
)


PERSON_NOUN_BY_ENDING = re.compile(
    r"(?:[a-z]{3,}(?:ologist|ographer|ician|eer)|[\w-]+(?:man|woman|person|in-law))$"
)


CROWD_NOUNS = word_set(
    "family left right crowd couple team staff opposition electorate bloc crew trio duo pair audience"
)


KIN_NOUNS = RELATIVES | word_set(
    "friend child girl boy parent neighbor neighbour ex-wife ex-husband"
)
