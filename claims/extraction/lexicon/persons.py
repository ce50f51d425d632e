"""What news calls persons: titles, roles, kin, and the parts of names that are none by themselves.

Written by hand, from English-language news of many countries.
"""

import re

from claims.extraction.lexicon.words import add_plurals, phrase_set, word_set

# Words of the titles that stand before a name: "former Deputy Prime Minister".
PERSON_TITLES = word_set(
    """mr mrs ms miss mx dr sir dame lord lady president vice senator sen rep representative
    congressman congresswoman gov governor secretary minister prime chancellor king queen prince
    princess pope father rev reverend bishop archbishop cardinal gen general lt lieutenant col
    colonel capt captain maj major sgt sergeant cmdr commander adm admiral justice judge chief
    professor prof mayor deputy foreign defence defense ambassador councillor cllr dep det
    inspector sheriff officer attorney speaker leader chairman chairwoman director ex former the
    ayatollah sheikh imam rabbi emir pastor monsignor mullah mufti constable detective
    superintendent commissioner brigadier corporal undersecretary hon honourable honorable shri
    smt datuk dato alhaji mallam maulana engr atty councilman councilwoman alderman assemblyman
    assemblywoman monsieur madame mme madam garda recorder taoiseach tanaiste insp supt dci pc
    wpc dsp asp const cst cpl pte comrade seri otunba coxswain baroness baron viscount"""
)

# Roles of the people whom news quotes: "an aide".
ROLE_NOUNS = word_set(
    """spokesman spokeswoman spokesperson official aide adviser advisor source insider staffer
    lawyer attorney representative strategist consultant operative analyst diplomat lawmaker
    officer expert economist professor critic resident witness voter reporter journalist
    negotiator surrogate ally supporter manager executive host moderator interviewer presenter
    anchor caller head founder boss owner coach chair ceo engineer scientist researcher author
    editor writer activist campaigner principal teacher doctor nurse farmer"""
)

ABBREVIATED_TITLES = word_set("mr mrs ms dr sen rep gov gen col capt lt sgt prof rev st")

# Titles that are nobody's surname.
HONORIFICS = ABBREVIATED_TITLES | {"sir", "dame", "miss", "mx"}

# Titles that, before a single word, are part of the name: "Pope Francis".
TITLES_OF_SINGLE_NAMES = word_set("pope king queen prince princess sheikh father")

# Particles after which more of a name follows.
NAME_PARTICLES = word_set("bin bint ibn al el van von der den de da dos du di")

# Small words inside a title: "ambassador to Spain", "secretary of state for health".
WORDS_WITHIN_TITLES = word_set("of for and to")

# Letters after a name that are no part of it.
LETTERS_AFTER_NAMES = word_set("KC QC SC MP MSP MEP TD MBE OBE CBE PhD")

GENERATION_SUFFIXES = word_set("jr sr ii iii iv")

# Words of titles that are common words too, and alone make nobody a person.
WEAK_TITLES = word_set("the ex former vice deputy chief foreign father leader director general")

TITLES_OF_MEN = word_set("mr sir lord king prince pope father congressman baron viscount")

TITLES_OF_WOMEN = word_set("mrs ms miss dame lady queen princess congresswoman madam baroness wpc")

# Relatives, by blood or marriage.
RELATIVES = word_set(
    """husband son father brother uncle nephew grandfather grandson widower wife daughter mother
    sister aunt niece grandmother granddaughter widow partner cousin"""
)

# Every noun for one person.
PERSON_NOUNS = (
    PERSON_TITLES
    | ROLE_NOUNS
    | word_set(
        """actor actress artist athlete billionaire businessman businesswoman candidate
        celebrity challenger citizen client colleague commentator comedian contender
        correspondent counsel daughter defendant designer driver employee employer entrepreneur
        ex-wife ex-husband fighter filmmaker friend gunman guest historian husband incumbent
        investigator investor juror lobbyist man millionaire mogul mother musician neighbor
        neighbour nominee novelist opponent paramedic parent partner passenger patient performer
        photographer pilot pioneer plaintiff player poet politician pollster predecessor premier
        priest prisoner producer prosecutor provider rapper rival shooter singer sister brother
        soldier son star student subject successor survivor suspect tycoon veteran vice-chair
        victim visitor volunteer widow wife winner woman worker mp pm cm mla mep vp vpm veep
        girl boy child teen teenager uncle aunt nephew niece grandmother grandfather cousin
        republican democrat tory conservative liberal socialist muslim christian"""
    )
)

# Private people, of whom articles often tell without a name.
PRIVATE_PERSON_NOUNS = word_set(
    """suspect defendant accused driver victim witness resident deputy complainant passenger
    patient survivor claimant tenant worker employee customer farmer fisherman villager
    colleague friend teenager caller bystander"""
)

# Nouns for one person that no table need list.
PERSON_NOUN_BY_ENDING = re.compile(
    r"(?:[a-z]{3,}(?:ologist|ographer|ician|eer)|[\w-]+(?:man|woman|person|in-law))$"
)

# Nouns for several persons that are no bodies.
CROWD_NOUNS = word_set(
    """family left right crowd couple team staff opposition electorate bloc crew trio duo pair
    audience"""
)

# Nouns for whoever belongs to somebody: "her brother", "his friend".
KIN_NOUNS = RELATIVES | word_set(
    "friend child girl boy parent neighbor neighbour ex-wife ex-husband"
)

# Words for sources that are not named. A phrase that begins with one is no name.
WORDS_FOR_UNNAMED_SOURCES = word_set(
    """officials official sources source diplomats aides advisers advisors insiders staffers police
    lawmakers witnesses analysts others he she they it somebody someone"""
)

# Nouns for those who are told something: "said to reporters", "told the court".
AUDIENCE_NOUNS = word_set(
    """reporters journalists media MPs lawmakers legislators supporters voters investors
    shareholders colleagues staff staffers employees workers officials police prosecutors
    investigators detectives officers students followers fans viewers listeners readers parliament
    parliamentarians deputies senators congressmen jurors members diplomats donors delegates crowds
    audiences residents allies friends analysts critics customers users subscribers leaders
    ministers troops soldiers authorities regulators attendees aides advisers citizens people
    parents patients countries governments companies crowd audience court judge jury committee
    panel council commission newspaper magazine network station broadcaster agency outlet assembly
    congregation president minister group class rally gathering nation public press board reporter
    journalist interviewer host governor mayor government army king pope"""
)

# Nouns that a critic calls somebody by: "called the mayor a liar".
SLURS = add_plurals(
    word_set(
        """liar coward hypocrite racist bigot thug criminal crook terrorist traitor fascist idiot
        murderer killer loser"""
    )
) | phrase_set(
    """fraud, bully, sexist, misogynist, con man, conman, con artist, disgrace, dictator, tyrant,
    clown, fool, moron, puppet, phony, charlatan, demagogue, butcher, menace, failure, joke,
    embarrassment"""
)
