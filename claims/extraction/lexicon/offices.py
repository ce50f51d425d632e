"""Offices that news gives persons, by the title under which each is kept. Written by hand."""

from claims.extraction.lexicon.words import word_set

# A line an office: title|other ways in which it is written.
OFFICES_TABLE = """
    president
    vice president
    prime minister|premier|taoiseach
    deputy prime minister
    chancellor
    king
    queen
    emir|amir
    sultan
    crown prince
    pope
    supreme leader
    secretary of state
    secretary of defense|secretary of defence
    secretary general
    attorney general
    press secretary
    governor|gov.
    senator|sen.
    representative|rep.|congressman|congresswoman
    member of parliament
    mayor
    ambassador
    high commissioner
    speaker
    chief justice
    chief executive|ceo|chief executive officer
    chairman|chairwoman|chairperson
    director general
    fbi director|director of the fbi|f.b.i. director|director of the f.b.i.
    cia director|director of the cia|c.i.a. director|director of the c.i.a.
    police chief|chief of police
    archbishop
"""
# Fields that have a minister or a secretary: "foreign minister", "minister of health".
MINISTERS_TEXT = """
    foreign defense interior finance health education justice labor agriculture energy trade
    transport environment information culture tourism housing commerce treasury home homeland
    economy industry
"""
FIELDS_OF_MINISTERS = word_set(MINISTERS_TEXT)
TITLE_OF_OFFICE: dict[str, str] = {}
for _line in OFFICES_TABLE.strip().splitlines():
    _title, *_others = _line.strip().split("|")
    TITLE_OF_OFFICE |= dict.fromkeys((_title, *_others), _title)
for _field in FIELDS_OF_MINISTERS:
    TITLE_OF_OFFICE |= dict.fromkeys(
        (
            f"{_field} minister",
            f"minister of {_field}",
            f"minister for {_field}",
            f"minister of {_field} affairs",
            f"minister of the {_field}",
        ),
        f"{_field} minister",
    )
    TITLE_OF_OFFICE[f"{_field} secretary"] = f"{_field} secretary"
TITLE_OF_OFFICE |= {
    title.replace("defense", "defence").replace("labor", "labour"): kept
    for title, kept in TITLE_OF_OFFICE.items()
}
# Words before a title by which somebody does not hold the office on that day.
NOT_IN_OFFICE = word_set(
    """former ex late ousted deposed deputy vice assistant under shadow be
    onetime exiled for as become becoming next potential possible candidate nominee presumptive elected
    not next a any every no incoming future past proclaimed aspiring"""
)
# Words between a title and a name.
WORDS_BEFORE_NAMES = word_set(
    "h e he h.e h.e. dr dr. mr mr. mrs ms sheikh sir gen gen. shri hon hon."
)
