"""Words that mean the same to whoever searches: other names of one thing, British and American
spellings. And the words that mean nothing to a search.
"""

# The words that the index of English leaves out: PostgreSQL's own list, `english.stop`. No search
# by index finds them.
COMMON_WORDS_TEXT = """
i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its
itself they them their theirs themselves what which who whom this that these those am is are was were be been being have
has had having do does did doing a an the and but if or because as until while of at by for with about against between
into through during before after above below to from up down in out on off over under again further then once here there
when where why how all any both each few more most other some such no nor not only own same so than too very s t can will
just don should now
"""
COMMON_WORDS = frozenset(COMMON_WORDS_TEXT.split())

# Each of a group finds the others. A word with a space is looked for as a phrase.
ONE_THING: tuple[tuple[str, ...], ...] = (
    ("covid", "covid-19", "covid19", "coronavirus", "sars-cov-2"),
    ("email", "e-mail"),
    ("emails", "e-mails"),
    ("emailed", "e-mailed"),
    ("emailing", "e-mailing"),
)

# What ends so in one English ends otherwise in the other: patterns, and what stands in their place.
BRITISH_ENDINGS = (
    (r"(?<=\w{3})our(?=(?:s|ed|ing|ite|ites|able|ful|ly|er|ers|hood)?$)", "or"),
    (r"(?<=\w{3})or(?=(?:s|ed|ing|ite|ites|able|ful|ly|er|ers|hood)?$)", "our"),
    (r"(?<=\w{3})is(?=(?:e|ed|es|ing|er|ers|ation|ations|ational)$)", "iz"),
    (r"(?<=\w{3})iz(?=(?:e|ed|es|ing|er|ers|ation|ations|ational)$)", "is"),
    (r"(?<=\w{2})ys(?=(?:e|ed|es|ing|er|ers)$)", "yz"),
    (r"(?<=\w{2})yz(?=(?:e|ed|es|ing|er|ers)$)", "ys"),
    (r"(?<=\w{3})ll(?=(?:ed|ing|er|ers)$)", "l"),
    (r"(?<=\w{2}[aeiou])l(?=(?:ed|ing|er|ers)$)", "ll"),
    (r"(?<=\w{3})ogue(?=s?$)", "og"),
    (r"(?<=\w{3})og(?=s?$)", "ogue"),
    (r"^(?P<stem>\w{2,}[bt])re(?=s?$)", r"\g<stem>er"),
    (r"^(?P<stem>\w{2,}[bt])er(?=s?$)", r"\g<stem>re"),
)
BRITISH_WORDS = {
    "ageing": "aging",
    "aeroplane": "airplane",
    "aeroplanes": "airplanes",
    "aluminium": "aluminum",
    "anaesthetic": "anesthetic",
    "artefact": "artifact",
    "artefacts": "artifacts",
    "defence": "defense",
    "defences": "defenses",
    "diarrhoea": "diarrhea",
    "encyclopaedia": "encyclopedia",
    "enrol": "enroll",
    "enrolment": "enrollment",
    "foetal": "fetal",
    "foetus": "fetus",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "gynaecologist": "gynecologist",
    "grey": "gray",
    "haemorrhage": "hemorrhage",
    "instalment": "installment",
    "instalments": "installments",
    "jewellery": "jewelry",
    "judgement": "judgment",
    "judgements": "judgments",
    "licence": "license",
    "licences": "licenses",
    "manoeuvre": "maneuver",
    "manoeuvres": "maneuvers",
    "mould": "mold",
    "oestrogen": "estrogen",
    "offence": "offense",
    "offences": "offenses",
    "orthopaedic": "orthopedic",
    "paediatric": "pediatric",
    "paediatrician": "pediatrician",
    "paediatricians": "pediatricians",
    "paedophile": "pedophile",
    "paedophiles": "pedophiles",
    "plough": "plow",
    "practise": "practice",
    "pretence": "pretense",
    "programme": "program",
    "programmes": "programs",
    "sceptic": "skeptic",
    "sceptical": "skeptical",
    "scepticism": "skepticism",
    "sceptics": "skeptics",
    "skilful": "skillful",
    "sulphur": "sulfur",
    "tyre": "tire",
    "tyres": "tires",
    "wilful": "willful",
}
