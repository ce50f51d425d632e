"""Verbs and nouns of reporting, by the act that they perform, in all their forms.

Written by hand, from the cues that English-language news uses.
"""

import re
from collections.abc import Iterable, Iterator

from claims.extraction.lexicon.words import add_plurals, word_set
from claims.extraction.schema import Act

# The verbs of each act. A verb of several acts stands with the one that news means most often.
VERBS_BY_ACT: dict[Act, str] = {
    "say": """say tell add write note state explain tweet retweet post remark comment reply
        respond answer speak talk mention describe call recall continue quip joke email announce
        declare refer discuss address repeat reiterate stress emphasize emphasise underscore
        underline highlight observe recount elaborate detail outline read quote cite name list
        put summarize summarise characterize characterise yell shout chant whisper sing text
        message blog relay reference invoke remind share offer label conclude point interject
        signal clarify reflect muse paraphrase declaim proclaim profess inform brief advise
        testify opine recollect narrate pronounce""",
    "claim": """claim allege argue insist suggest contend assert maintain imply liken portray
        cast purport posit reckon intimate hint theorize theorise boast brag aver charge compare
        equate depict paint frame""",
    "report": """report find show reveal disclose indicate document publish uncover estimate
        calculate discover expose cover chronicle determine rate rank rule establish leak""",
    "confirm": """confirm acknowledge admit concede agree accept verify recognize recognise
        grant affirm allow confess corroborate attest concur certify vouch""",
    "deny": """deny reject dismiss refute dispute disagree disavow rebut oppose contradict
        repudiate disown downplay rebuff counter renounce discount challenge""",
    "accuse": """accuse blame criticize criticise attack condemn mock denounce blast slam rip
        lambast lambaste rail complain decry assail deride ridicule chide rebuke scold lash
        excoriate bash berate castigate censure fault insult taunt disparage vilify lament
        skewer savage pan hammer knock scorch bemoan deplore upbraid admonish slate smear
        indict protest grumble""",
    "support": """praise endorse defend support welcome thank like back applaud commend hail
        admire champion congratulate laud salute celebrate compliment extol encourage nominate
        second tout plug herald cheer appreciate favour favor approve honour honor embrace""",
    "warn": "warn caution threaten alert forewarn",
    "promise": """promise vow pledge plan intend swear propose commit guarantee undertake
        resolve assure aim volunteer prepare""",
    "demand": """demand urge order request require exhort implore beg plead press push command
        recommend instruct direct lobby petition advocate summon beseech prod""",
    "predict": "predict expect forecast anticipate foresee project prophesy foretell bet",
    "question": "ask wonder question query doubt inquire enquire quiz probe grill interrogate",
    "believe": """think believe feel know hope fear worry want see consider suspect understand
        realize realise wish dream regard view prefer assume guess imagine suppose judge take
        trust love hate dislike desire seek remember forget learn decide care mind enjoy resent
        regret deem presume perceive figure sense seem appear sound look despair""",
    "no_comment": "",
}

# The nouns of each act, which count where the verb says little: "issued a denial".
NOUNS_BY_ACT: dict[Act, str] = {
    "say": """statement remark comment reply response answer announcement declaration message
        word explanation description""",
    "claim": """claim allegation assertion argument suggestion contention insinuation
        implication narrative charge""",
    "report": "report finding revelation disclosure data estimate leak survey poll",
    "confirm": """confirmation acknowledgment acknowledgement admission agreement concession
        acceptance confession""",
    "deny": """denial rejection dismissal rebuttal opposition disagreement refusal objection
        repudiation""",
    "accuse": """accusation criticism attack condemnation complaint rebuke denunciation blame
        insult critique mockery""",
    "support": """support praise endorsement defence defense backing admiration thanks welcome
        approval defender supporter""",
    "warn": "warning caution threat",
    "promise": "promise vow pledge plan intention commitment guarantee proposal oath",
    "demand": "demand request order appeal plea recommendation requirement",
    "predict": "prediction forecast expectation projection",
    "question": "question query misgiving scepticism skepticism",
    "believe": """belief thought feeling knowledge hope fear worry concern desire view opinion
        conviction suspicion wish sense confidence understanding dream doubt preference regret
        alarm anger eagerness impression""",
    "no_comment": "",
}


# The commonest of them, which hardly ever do anything but report.
REPORTING_VERBS = word_set(
    """say tell claim allege argue insist assert contend deny reject accuse warn announce
    declare report add note state explain confirm admit acknowledge concede suggest predict
    promise vow pledge demand urge ask reply respond tweet write estimate find show reveal
    conclude blame criticize criticise condemn describe believe think fear testify confess
    recall reiterate complain assure disclose emphasize emphasise stress caution boast hint
    imply indicate remind opine aver"""
)

# Forms that no rule of spelling gives, and some that it gives to another verb too.
LEMMA_OF_IRREGULAR_FORM = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "spoke": "speak",
    "spoken": "speak", "thought": "think", "felt": "feel", "knew": "know", "known": "know",
    "saw": "see", "seen": "see", "found": "find", "shown": "show", "swore": "swear",
    "sworn": "swear", "put": "put", "read": "read", "cast": "cast", "hit": "hit", "began": "begin",
    "understood": "understand", "sought": "seek", "took": "take", "taken": "take",
    "forgot": "forget", "forgotten": "forget", "held": "hold", "gave": "give", "given": "give",
    "made": "make", "ridden": "ride", "foresaw": "foresee", "undertook": "undertake",
    "sang": "sing", "sung": "sing", "beset": "beset", "bet": "bet", "withdrew": "withdraw",
    "drew": "draw", "spread": "spread", "raised": "raise", "ripped": "rip", "foretold": "foretell",
    "is": "be", "was": "be", "are": "be", "were": "be", "been": "be", "being": "be", "has": "have",
    "had": "have", "pled": "plead", "beheld": "behold", "meant": "mean", "pleaded": "plead",
    "admittedly": "admit", "laid": "lay",
}  # fmt: skip

# Verbs that leave the meaning to their noun: "made a promise".
LIGHT_VERBS = word_set(
    """make give issue offer express have take raise voice deliver share release show repeat
    hold be send"""
)

# Verbs whose object is told what is said: "told the BBC that …".
VERBS_OF_TELLING = word_set(
    """tell inform remind assure reassure warn caution notify brief alert convince persuade
    promise"""
)

# Verbs whose object is asked to do what is said: "urged lawmakers to …".
VERBS_OF_ASKING = word_set(
    "urge ask advise beg implore order instruct encourage command exhort entreat"
)

# Forms of verbs that name a hearer only after "to": "said to reporters".
FORMS_OF_SPEAKING = word_set(
    """said say says saying wrote write writes written spoke speak speaks speaking confirmed
    explained admitted confessed confided complained stressed announced testified remarked added
    denied claimed stated suggested repeated insisted commented tweeted boasted joked conceded
    acknowledged appealed pleaded emailed e-mailed"""
)

# Verbs whose object is the target of an accusation: "slammed the minister".
VERBS_OF_BLAMING = word_set(
    """accuse blame criticise criticize denounce excoriate castigate censure lambast lambaste
    disparage deride ridicule chide berate savage skewer condemn attack slam blast rebuke assail
    scold bash mock insult taunt rap rip smear indict slate vilify fault"""
)

# Verbs of decisions, whose subject may be who cites: "the firm cancelled the show, citing costs".
FORMS_OF_DECIDING = word_set(
    """cancel canceled cancelled closed banned halt halted fired sued drop approved block
    blocked voted resign resigned imposed suspend suspended postponed scrapped delay delayed
    withheld adopt adopted arrest arrested cut cuts pull pulled removed revoked sack sacked shut
    stopped end ended quit withdrew overturn overturned sentenced"""
)

# Words that report as verbs of reporting do: "is confident that", "declined to".
WORDS_OF_ATTITUDE = word_set(
    """confident convinced certain optimistic hopeful aware concerned worried afraid scared unaware
    unsure uncertain skeptical sceptical doubtful refuse refuses refused refusing decline declines
    declined declining fail fails failed failing"""
)


def list_verb_forms(verb: str) -> Iterator[str]:
    """Yield the regular forms of a verb.

    Where the last consonant may be doubled, both spellings come, and one of them is no word.
    """
    yield verb
    if re.search(r"[^aeiou]y$", verb):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    elif verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing", verb + "ing")
    elif re.search(r"(?:s|x|z|ch|sh)$", verb):
        yield from (verb + "es", verb + "ed", verb + "ing")
    else:
        yield from (verb + "s", verb + "ed", verb + "ing")
        yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


def list_forms_of_verbs(verbs: Iterable[str]) -> frozenset[str]:
    """Return all forms of some verbs, irregular ones among them."""
    lemmas = frozenset(verbs)
    forms = {form for form, lemma in LEMMA_OF_IRREGULAR_FORM.items() if lemma in lemmas}
    for verb in lemmas:
        forms.update(list_verb_forms(verb))
    return frozenset(forms)


def build_lemma_table() -> dict[str, str]:
    """Return the verb that each form is of. A verb of reporting goes before a light one."""
    lemmas = {}
    for verbs in (" ".join(LIGHT_VERBS), *VERBS_BY_ACT.values()):
        for verb in verbs.split():
            for form in list_verb_forms(verb):
                lemmas[form] = verb
    return lemmas | LEMMA_OF_IRREGULAR_FORM


LEMMA_OF_FORM = build_lemma_table()

ACT_OF_VERB: dict[str, Act] = {}
for _act, _verbs in VERBS_BY_ACT.items():
    ACT_OF_VERB |= dict.fromkeys(_verbs.split(), _act)

ACT_OF_NOUN: dict[str, Act] = {}
for _act, _nouns in NOUNS_BY_ACT.items():
    ACT_OF_NOUN |= dict.fromkeys(add_plurals(_nouns.split()), _act)
