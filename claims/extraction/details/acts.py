"""The act of a cue, by its words: a table of verbs and nouns, and a few rules on negation and light verbs."""

import re
from functools import lru_cache

from claims.extraction.lexicon.verbs import ACT_OF_NOUN, ACT_OF_VERB, LEMMA_OF_FORM, LIGHT_VERBS
from claims.extraction.schema import Act

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
