"""Names that bodies of many places have: "Foreign Ministry", "Police". Written by hand."""

import re

from claims.extraction.lexicon.words import build_alternation, phrase_set, word_set

# Bodies of a state.
BODIES_OF_STATES = phrase_set(
    """government, central government, federal government, cabinet, parliament, national assembly,
    legislative assembly, house of representatives, senate, congress, supreme court, supreme
    people's court, constitutional court, court of appeal, court of appeals, federal court,
    electoral commission, election commission, council of ministers, security council, central
    bank, reserve bank, treasury, armed forces, military, army, navy, air force, coast guard, civil
    aviation authority, anti-corruption commission, human rights commission, attorney general's
    office, prime minister's office, president's office, presidential office, presidency,
    government communications office, civil service commission, tax authority, national police,
    national police agency, federal police, state police"""
)
# Bodies of a town, of a district or of nobody in particular.
BODIES_OF_TOWNS = phrase_set(
    """police, police department, high court, district court, magistrate's court, magistrates
    court, court, city council, council, town council, district council, county council, hospital,
    general hospital, university, school, school board, school district, health department, fire
    department, fire brigade, fire service, sheriff's office, sheriff's department, prosecutor's
    office, state government, local government, municipality, city, county, city government,
    authorities, embassy, ministry, department, commission, committee, agency, party, army
    headquarters, chamber of commerce, labour court, labor court, military court, metro police,
    metropolitan police, traffic police, university hospital, assembly, administration, company,
    bank, union, federation, association, board, campaign, office, palace, airport, port authority,
    police service, police force, department of health, board of elections, transport authority"""
)
MINISTRY_FIELDS = """
    foreign|foreign affairs|external affairs|interior|the interior|internal affairs|home
    affairs|defence|defense|national defence|national defense|finance|health|public
    health|education|higher education|justice|agriculture|trade|commerce|industry|
    energy|electricity|oil|environment|the environment|transport|transportation|tourism|labour|
    labor|housing|culture|information|planning|economy|economic affairs|science|water|
    public works|human rights|youth|sports|communications|religious affairs|women|
    public security|unification|intelligence
"""
FIELDS_OF_MINISTRIES = frozenset(
    " ".join(field.split()) for field in MINISTRY_FIELDS.split("|") if field.strip()
)
_FIELD = build_alternation(FIELDS_OF_MINISTRIES)
_MORE_FIELDS = rf"{_FIELD}(?:(?:,| and)(?: {_FIELD}))*"
MINISTRY = re.compile(
    rf"(?P<before>{_MORE_FIELDS}) (?:ministry|department)"
    rf"|(?:ministry|department) of (?:the )?(?P<after>{_MORE_FIELDS})"
    r"|foreign office|home office"
)

# Bodies of one state whose names no other has.
STATE_OF_BODY = {
    "state department": "United States",
    "department of homeland security": "United States",
    "department of the treasury": "United States",
    "central command": "United States",
    "secret service": "United States",
    "home office": "United Kingdom",
}
# Capitalized words before the name of a body that are no place: "Local Police".
WORDS_BEFORE_BODIES = word_set(
    """the a an and but if when while as in on at by for from this that these those some many most
    several two three local state federal national county city town village regional provincial
    royal former new senior chief deputy military transport traffic riot armed undercover secret
    other another our their his her its your my public private general special central high
    supreme however meanwhile also later after before since until although though because
    according said says told according mr mrs ms dr what why how who whose which where no not"""
)

# Bodies that news knows by several names, by the one under which they are kept.
KNOWN_AS_TABLE = """
    Islamic State|isis|isil|islamic state group|islamic state of iraq and syria|islamic state of iraq and the levant
    World Health Organization|world health organisation
    European Union|eu|e.u.
    United Nations|un|u.n.
"""
KNOWN_AS: dict[str, str] = {}
for _line in KNOWN_AS_TABLE.strip().splitlines():
    _name, *_others = _line.strip().split("|")
    KNOWN_AS |= dict.fromkeys(_others, _name)

# How words are written in Britain, and in America.
SPELLINGS = {"defence": "defense", "labour": "labor", "organisation": "organization"}
SPELLINGS_OF_NAMES = {"Defence": "Defense", "Organisation": "Organization"}

# The endings of hosts, and the states of the outlets that have them.
ENDINGS_TEXT = """
    ae:United Arab Emirates, au:Australia, bd:Bangladesh, bh:Bahrain, ca:Canada, cn:China,
    eg:Egypt, et:Ethiopia, fj:Fiji, gh:Ghana, ie:Ireland, il:Israel, in:India, iq:Iraq, ir:Iran,
    jo:Jordan, jp:Japan, ke:Kenya, kr:South Korea, kw:Kuwait, lb:Lebanon, lk:Sri Lanka,
    mn:Mongolia, my:Malaysia, na:Namibia, ng:Nigeria, np:Nepal, nz:New Zealand, om:Oman,
    ph:Philippines, pk:Pakistan, qa:Qatar, ru:Russia, sa:Saudi Arabia, sg:Singapore, th:Thailand,
    tr:Turkey, tw:Taiwan, tz:Tanzania, ua:Ukraine, ug:Uganda, uk:United Kingdom, vn:Vietnam,
    za:South Africa, zm:Zambia, zw:Zimbabwe
"""
STATE_OF_ENDING: dict[str, str] = {}
for _entry in ENDINGS_TEXT.split(","):
    _ending, _state = _entry.strip().split(":")
    STATE_OF_ENDING[_ending] = _state
