"""The act of a cue, by its words: a table of verbs and nouns, and a few rules on negation and light verbs."""

import re
from collections.abc import Iterator
from functools import lru_cache

from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import Act

VERBS_BY_ACT: dict[Act, str] = {
    "say": """say tell add write note state explain tweet retweet post remark comment reply respond answer speak talk
        mention describe call recall continue quip joke email announce declare refer discuss address repeat reiterate
        stress emphasize emphasise underscore underline highlight observe recount elaborate detail outline read quote cite
        name list put summarize summarise characterize characterise yell shout chant whisper sing text message blog relay
        reference invoke remind share offer label conclude point interject signal clarify reflect muse paraphrase declaim
        proclaim profess inform brief advise testify opine recollect narrate pronounce""",
    "claim": """claim allege argue insist suggest contend assert maintain imply liken portray cast purport posit reckon
        intimate hint theorize theorise boast brag aver charge compare equate depict paint frame""",
    "report": """report find show reveal disclose indicate document publish uncover estimate calculate discover expose
        cover chronicle determine rate rank rule establish leak""",
    "confirm": """confirm acknowledge admit concede agree accept verify recognize recognise grant affirm allow confess
        corroborate attest concur certify vouch""",
    "deny": """deny reject dismiss refute dispute disagree disavow rebut oppose contradict repudiate disown downplay
        rebuff counter renounce discount challenge""",
    "accuse": """accuse blame criticize criticise attack condemn mock denounce blast slam rip lambast lambaste rail
        complain decry assail deride ridicule chide rebuke scold lash excoriate bash berate castigate censure fault insult
        taunt disparage vilify lament skewer savage pan hammer knock scorch bemoan deplore upbraid admonish berate slate
        smear indict protest grumble""",
    "support": """praise endorse defend support welcome thank like back applaud commend hail admire champion congratulate
        laud salute celebrate compliment extol encourage nominate second tout plug herald cheer appreciate favour favor
        approve honour honor embrace""",
    "warn": "warn caution threaten alert forewarn",
    "promise": """promise vow pledge plan intend swear propose commit guarantee undertake resolve assure aim volunteer
        prepare""",
    "demand": """demand urge order request require exhort implore beg plead press push command recommend
        instruct direct lobby petition advocate summon beseech prod""",
    "predict": "predict expect forecast anticipate foresee project prophesy foretell bet",
    "question": "ask wonder question query doubt inquire enquire quiz probe grill interrogate",
    "believe": """think believe feel know hope fear worry want see consider suspect understand realize realise wish dream
        regard view prefer assume guess imagine suppose judge take trust love hate dislike desire seek remember
        forget learn decide care mind enjoy resent regret deem presume perceive figure sense seem appear sound
        look despair""",
    "no_comment": "",
}

NOUNS_BY_ACT: dict[Act, str] = {
    "say": "statement remark comment reply response answer announcement declaration message word explanation description",
    "claim": "claim allegation assertion argument suggestion contention insinuation implication narrative charge",
    "report": "report finding revelation disclosure data estimate leak survey poll",
    "confirm": "confirmation acknowledgment acknowledgement admission agreement concession acceptance confession",
    "deny": "denial rejection dismissal rebuttal opposition disagreement refusal objection repudiation",
    "accuse": "accusation criticism attack condemnation complaint rebuke denunciation blame insult critique mockery",
    "support": "support praise endorsement defence defense backing admiration thanks welcome approval defender supporter",
    "warn": "warning caution threat",
    "promise": "promise vow pledge plan intention commitment guarantee proposal oath",
    "demand": "demand request order appeal plea recommendation requirement",
    "predict": "prediction forecast expectation projection",
    "question": "question doubt query misgiving scepticism skepticism",
    "believe": """belief thought feeling knowledge hope fear worry concern desire view opinion conviction suspicion wish
        sense confidence understanding dream doubt preference regret alarm anger eagerness impression""",
    "no_comment": "",
}

REPORTING_VERBS = word_set(
    """say tell claim allege argue insist assert contend deny reject accuse warn announce declare report add note state explain
    confirm admit acknowledge concede suggest predict promise vow pledge demand urge ask reply respond tweet write estimate
    find show reveal conclude blame criticize criticise condemn describe believe think fear testify confess recall reiterate
    complain assure disclose emphasize emphasise stress caution boast hint imply indicate remind opine aver"""
)  # verbs

LEMMA_OF_IRREGULAR_FORM = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "spoke": "speak", "spoken": "speak",
    "thought": "think", "felt": "feel", "knew": "know", "known": "know", "saw": "see", "seen": "see", "found": "find",
    "shown": "show", "swore": "swear", "sworn": "swear", "put": "put", "read": "read", "cast": "cast", "hit": "hit",
    "began": "begin", "understood": "understand", "sought": "seek", "took": "take", "taken": "take", "forgot": "forget",
    "forgotten": "forget", "held": "hold", "gave": "give", "given": "give", "made": "make", "ridden": "ride",
    "foresaw": "foresee", "undertook": "undertake", "sang": "sing", "sung": "sing", "beset": "beset", "bet": "bet",
    "withdrew": "withdraw", "drew": "draw", "spread": "spread", "raised": "raise", "ripped": "rip", "foretold": "foretell",
    "is": "be", "was": "be", "are": "be", "were": "be", "been": "be", "being": "be", "has": "have", "had": "have",
    "pled": "plead", "beheld": "behold", "meant": "mean", "pleaded": "plead", "admittedly": "admit", "laid": "lay",
}  # fmt: skip

LIGHT_VERBS = word_set(
    """make give issue offer express have take raise voice deliver share release show repeat hold be send"""
)
NEGATION = re.compile(
    r"\b(?:not|never|no|without|nor|neither|cannot|avoid\w*|refrain\w*|stop\w* short|sh(?:y|ies|ied) away)\b|n't\b",
    re.I,
)
PLEA_IN_COURT = re.compile(
    r"\b(?:plead(?:s|ed|ing)?|pled)\b(?P<plea>\s(?:not\s)?guilty)?|\benter(?:s|ed|ing)?\b.*\bguilty pleas?\b"
)
REFUSING_VERB = re.compile(r"\b(?:refus|declin|fail)\w*", re.I)
ANSWERING_WORD = re.compile(
    r"\b(?:comment|respond|repl(?:y|ies)|response|answer|discuss|say|elaborate|speculate|return)\w*",
    re.I,
)
# Cues of several words whose act is not their verb's.
PHRASE_TEXTS_WITH_ACTS: tuple[tuple[str, Act], ...] = (
    (r"no comment", "no_comment"),
    (
        r"(?:call|calls|called|calling) (?:for|on|upon)|(?:ask|asks|asked|asking) (?:\w+ ){0,3}to",
        "demand",
    ),
    (r"rul(?:e|es|ed|ing) out|back(?:s|ed|ing)? (?:off|away|down)|play(?:s|ed|ing)? down", "deny"),
    (
        r"push(?:es|ed|ing)? back|shot down|tak(?:e|es|ing) issue|took issue|hit(?:s|ting)? back",
        "deny",
    ),
    (
        r"lash(?:es|ed|ing)? out|hit(?:s|ting)? out|tak(?:e|es|ing) aim|took aim|go(?:es|ing)? after|went after",
        "accuse",
    ),
    (r"cast(?:s|ing)? doubt|rais(?:e|es|ed|ing) (?:\w+ )?(?:questions?|doubts?)", "question"),
    (
        r"(?:not|n't|never|no longer) (?:\w+ ){0,2}(?:aware|sure|certain|confident|convinced)|"
        r"un(?:aware|sure|certain|convinced)|s[ck]eptical|doubtful|"
        r"no (?:\w+ )?(?:evidence|proof|indications?|information|knowledge)",
        "question",
    ),
    (r"(?:not|n't|never|no longer) (?:\w+ ){0,2}(?:think|believe)", "deny"),
    (
        r"no (?:\w+ )?doubts?|confident|convinced|certain|optimistic|hopeful|aware|concerned|worried|afraid|scared",
        "believe",
    ),
    (r"plead(?:s|ed|ing)? guilty|came clean|own(?:s|ed) up", "confirm"),
    (r"plead(?:s|ed|ing)? not guilty", "deny"),
    (r"stand(?:s|ing)? by|stood by|stuck up for", "support"),
    (
        r"point(?:s|ed|ing)? (?:out|to)|made (?:it )?clear|mak(?:es|ing) (?:it )?clear|spell(?:s|ed)? out",
        "say",
    ),
    (r"would like|look(?:s|ed|ing)? forward|is afraid|are afraid|was afraid", "believe"),
    (r"(?:is|are|was|were) (?:\w+ )?determined", "promise"),
)
PHRASE_PATTERNS_WITH_ACTS = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.I), act) for pattern, act in PHRASE_TEXTS_WITH_ACTS
)


def list_verb_forms(verb: str) -> Iterator[str]:
    yield verb
    if re.search(r"[^aeiou]y$", verb):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    elif verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing", verb + "ing")
    elif re.search(r"(?:s|x|z|ch|sh)$", verb):
        yield from (verb + "es", verb + "ed", verb + "ing")
    else:
        yield from (
            verb + "s",
            verb + "ed",
            verb + "ing",
            verb + verb[-1] + "ed",
            verb + verb[-1] + "ing",
        )


def build_lemma_table() -> dict[str, str]:
    """Each form of each verb of the table, to the verb."""
    forms = {
        form: verb
        for verbs in VERBS_BY_ACT.values()
        for verb in verbs.split()
        for form in list_verb_forms(verb)
    }
    light = {form: verb for verb in LIGHT_VERBS for form in list_verb_forms(verb)}
    return light | forms | LEMMA_OF_IRREGULAR_FORM


LEMMA_OF_FORM = build_lemma_table()
ACT_OF_VERB: dict[str, Act] = {
    verb: act for act, verbs in VERBS_BY_ACT.items() for verb in verbs.split()
}
ACT_OF_NOUN: dict[str, Act] = {
    form: act
    for act, nouns in NOUNS_BY_ACT.items()
    for noun in nouns.split()
    for form in (noun, noun + "s")
}
ACT_WHEN_NEGATED: dict[Act, Act] = {
    "confirm": "deny",
    "support": "deny",
    "deny": "confirm",
    "promise": "deny",
    "claim": "deny",
    # Who does not do these says nothing of the kind; that is all that can be told.
    "accuse": "say",
    "warn": "say",
    "demand": "say",
    "predict": "say",
}


def classify_act_with_confidence(
    cue: str, content: str = "", source_is_person: bool = True
) -> tuple[Act, float]:
    """The act of `cue` and how sure that is.

    `content` decides where the cue stops short ("declined" | "to comment on the claim").
    `source_is_person` matters to "according to" alone: a person says, a document or an outlet reports.
    """
    plain = cue.replace("’", "'").casefold()
    around = f"{plain} {content[:40].casefold()}"
    if REFUSING_VERB.search(plain):
        if classify_act_by_words(re.findall(r"[a-z]+", plain))[0] == "accuse":
            return "say", 0.6
        return ("no_comment", 0.9) if ANSWERING_WORD.search(around) else ("deny", 0.7)
    if (plea := PLEA_IN_COURT.search(plain)) and (
        plea["plea"] or "guilty" in plea[0] or re.match(r"(?:not )?guilty\b", content.casefold())
    ):
        return ("deny" if "not guilty" in around else "confirm"), 0.9
    negated = NEGATION.search(plain) is not None
    if negated and re.search(r"\b(?:respond|comment|reply|return|answer)\w*", plain):
        return "no_comment", 0.85
    if re.search(r"\baccording to\b|^in$|\bper\b", plain):
        return ("say" if source_is_person else "report"), 0.9
    for pattern, act in PHRASE_PATTERNS_WITH_ACTS:
        if pattern.search(plain):
            return act, 0.85
    act, sure = classify_act_by_words(re.findall(r"[a-z]+", plain))
    return (ACT_WHEN_NEGATED.get(act, act), 0.7) if negated else (act, sure)


@lru_cache(4096)
def is_known_to_report(cue: str) -> bool:
    """Whether the tables know the cue, which few words that report nothing are in."""
    plain = cue.replace("’", "'").casefold()
    words = re.findall(r"[a-z]+", plain)
    known = any(LEMMA_OF_FORM.get(word) in ACT_OF_VERB or word in ACT_OF_NOUN for word in words)
    return (
        known
        or not words
        or bool(REFUSING_VERB.search(plain))
        or "according" in words
        or any(pattern.search(plain) for pattern, _ in PHRASE_PATTERNS_WITH_ACTS)
    )


def classify_act_by_words(words: list[str]) -> tuple[Act, float]:
    """The last verb of the table; the noun where that verb is a light one or there is none."""
    verbs = [lemma for word in words if (lemma := LEMMA_OF_FORM.get(word))]
    nouns = [act for word in words if (act := ACT_OF_NOUN.get(word))]
    strong = [verb for verb in verbs if verb not in LIGHT_VERBS and verb in ACT_OF_VERB]
    if nouns and not any(ACT_OF_VERB[verb] != "say" or verb in ("say", "tell") for verb in strong):
        return nouns[-1], 0.8
    if strong:
        # "said he" before "continued": neutral verbs give way to the one that says more.
        telling = [ACT_OF_VERB[verb] for verb in strong if ACT_OF_VERB[verb] != "say"]
        last = ACT_OF_VERB[strong[-1]]
        plain = last != "say" or strong[-1] in ("say", "tell") or not telling
        return (last, 0.95) if plain else (telling[-1], 0.8)
    return (ACT_OF_VERB.get(verbs[-1], "say"), 0.6) if verbs else ("say", 0.6)
