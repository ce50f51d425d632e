"""The phrases by which news tells where something was said: "in a statement", "on Twitter"."""

import re

from claims.extraction.lexicon.venues import (
    BROADCASTERS,
    CAPITALIZED_NO_PLACES,
    NOUNS_OF_NO_VENUE_AFTER_AT,
    PARTICIPLES_OF_ISSUING,
    PARTICIPLES_OF_PUBLISHING,
    SOCIAL_MEDIA,
    VENUE_NOUNS,
    VENUES_WITHOUT_ARTICLE,
)
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.text.days import PART_OF_DAY, TIME_EXPRESSION, WEEKDAY_NAME
from claims.extraction.text.phrases import (
    DETERMINER,
    END_OF_PHRASE,
    JOINED_NOUN_PHRASES,
    NOUN_PHRASE,
    PROGRAMME_TITLE,
    WORDS_AFTER_PHRASE,
    PhraseRule,
)

VENUE_NOUN = build_alternation(VENUE_NOUNS)
VENUE_NOUN_WITHOUT_ARTICLE = (
    r"(?:court(?!\s(?:filing|file|document|paper|record|order))"
    rf"|{build_alternation(VENUES_WITHOUT_ARTICLE)})"
)
OWNER_OF_VENUE = (
    rf"(?:{WEEKDAY_NAME}(?:\s{PART_OF_DAY})?['’]s|(?:[Yy]esterday|[Tt]oday)['’]s"
    r"|[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){0,2}['’]s?"
    rf"|(?:last|this)\s(?:week|month|year|{PART_OF_DAY})['’]s)"
)
DETERMINER_OF_VENUE = (
    rf"(?:(?:{DETERMINER}|{OWNER_OF_VENUE}|each|every)\s+(?:{OWNER_OF_VENUE}\s+)?)"
)
# Participles and adverbs end a noun phrase, but not this one: "in a widely shared post".
MODIFIER_OF_VENUE = rf"(?:(?!(?:(?:{WORDS_AFTER_PHRASE})(?<!ly)(?<!ed)(?<!ing))(?!\w))[\w'’.&/-]+)"

CAPITALIZED_WORD = rf"(?!{WEEKDAY_NAME})[A-Z][\w'’&.-]*"
CAPITALIZED_WORDS = (
    rf"{CAPITALIZED_WORD}(?:\s(?:(?:of|de|the|al|del|von)\s){{0,2}}{CAPITALIZED_WORD}){{0,4}}"
)
PLACE_PHRASE = (
    r"(?:[Ii]n|[Aa]t|[Oo]utside|[Ff]rom)\s(?:the\s(?=[A-Z]))?"
    rf"(?!{build_alternation(CAPITALIZED_NO_PLACES)}\b){CAPITALIZED_WORDS}"
    r"(?:\s(?:magazine|newspaper))?"
    rf"(?:,\s(?!{TIME_EXPRESSION}){CAPITALIZED_WORDS}"
    rf"(?=\s*[,.]|\s(?:on|in)\s|\s{TIME_EXPRESSION}|\Z))?"
)

MEDIUM_NAME = (
    rf"(?:{build_alternation(SOCIAL_MEDIA)}|X(?=[\s,.]|\Z)|air|camera"
    r"|(?:(?:state|live|national|local|public)\s)?(?:television|TV|radio)"
    r"|the\ssidelines(?=\sof)|Capitol\sHill|the\scampaign\strail"
    r"|the\s(?:House|Senate)\sfloor|the\sfloor\sof\sthe\s(?:House|Senate)"
    rf"|{build_alternation(BROADCASTERS)}(?:\s[A-Z][\w.]*){{0,3}})"
)
ON_MEDIUM = (
    rf"(?:[Oo]n|[Vv]ia)\s(?:(?:his|her|its|their|the|a)\s(?:\w+\s){{0,2}})?{MEDIUM_NAME}"
    r"(?:\s(?:feed|account|page|channel|posts?|videos?|messages?)\b)?"
    rf"(?:(?:['’]s)?\s{PROGRAMME_TITLE})?(?![\w'’])"
    rf"|[Oo]n\s(?:(?:[A-Z][\w.]*\s){{0,3}}[A-Z][\w.]*['’]s\s)?{PROGRAMME_TITLE}"
)
MEANS_OF_SPEAKING = (
    r"[Bb]y\s(?:phone|telephone|e-?mail|text(?:\smessage)?|video(?:\slink)?|letter)\b"
    r"|(?:[Oo]ver|[Oo]n)\sthe\s(?:phone|telephone|radio|record)\b"
    r"|[Uu]nder\soath\b|[Ii]n\swriting\b"
)
NO_VENUE_AFTER_AT = (
    r"(?!every\s|(?:the|an?|one|some|this|that)\s(?:same\s|very\s)?"
    rf"{build_alternation(NOUNS_OF_NO_VENUE_AFTER_AT)}\b)"
)
PUBLISHING_PARTICIPLE = build_alternation(PARTICIPLES_OF_PUBLISHING)
ISSUING_PARTICIPLE = build_alternation(PARTICIPLES_OF_ISSUING | {"filed"})

SPEAKING_PHRASE = PhraseRule(
    r"(?:(?:[Ww]hen|[Ww]hile)\s)?"
    r"(?:[Ss]peaking|[Tt]alking|[Aa]ppearing|[Tt]estifying|[Ww]riting|[Pp]osting|[Tt]weeting)"
    r"(?:\s(?:\w+ly|live|alongside|later|earlier))?"
    r"(?=\s(?:in|at|to|on|with|before|from|during|outside|after|ahead\sof|via"
    rf"|{TIME_EXPRESSION}))"
    r"(?!\s(?:on|with|under)\s(?:the\s)?(?:condition|anonym|background))"
    rf"|[Aa]ddressing\s{NOUN_PHRASE}{END_OF_PHRASE}"
)
VENUE_PHRASE = re.compile(
    r"(?:[Ii]n|[Aa]t|[Dd]uring|[Oo]n|[Vv]ia|[Tt]hrough|[Aa]s\spart\sof)\s"
    rf"(?:{DETERMINER_OF_VENUE}(?:{MODIFIER_OF_VENUE}\s+){{0,5}}?"
    rf"(?:{VENUE_NOUN}\s+){{0,2}}{VENUE_NOUN}"
    rf"|(?:{MODIFIER_OF_VENUE}\s+){{0,3}}?{VENUE_NOUN_WITHOUT_ARTICLE})(?![\w'’-])"
)
OTHER_VENUE_PHRASE = PhraseRule(
    rf"(?:{ON_MEDIUM}|{MEANS_OF_SPEAKING}|[Dd]uring\s{NOUN_PHRASE}{END_OF_PHRASE}"
    rf"|[Aa]t\s{NO_VENUE_AFTER_AT}(?={DETERMINER_OF_VENUE}){NOUN_PHRASE}{END_OF_PHRASE})"
)
# A whole phrase: of "from the Example campaign" no half is a place.
PLACE_PHRASE_RULE = PhraseRule(rf"{PLACE_PHRASE}{END_OF_PHRASE}")
# What a venue may have after it: "released on", "with Reuters", "of the party".
PHRASE_AFTER_VENUE = PhraseRule(
    rf"(?:(?:which\s(?:was|were)\s)?{PUBLISHING_PARTICIPLE}\s)?"
    r"(?:with|to|before|by|of|for|from|about|on|in|at|via|outside|alongside|near|marking|after"
    rf"|ahead\sof|against)\s{JOINED_NOUN_PHRASES}{END_OF_PHRASE}"
    rf"|{ISSUING_PARTICIPLE}(?=\s(?:{TIME_EXPRESSION})|\s*[,.;]|\s*\Z)"
)
