"""The phrases by which news tells where something was said: "in a statement", "on Twitter", "speaking in Kyiv"."""

import re

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

VENUE_NOUN = (
    r"(?:statements?|interviews?|(?:news|press|joint)\sconferences?|conferences?|briefings?|speech(?:es)?|address|tweets?|posts?|"
    r"messages?|letters?|e-?mails?|memos?|notes?|op-?eds?|articles?|columns?|essays?|blogs?|podcasts?|calls?|conversations?|"
    r"meetings?|summits?|hearings?|testimony|testimonies|rall(?:y|ies)|debates?|events?|ceremony|ceremonies|forums?|"
    r"town\shalls?|sessions?|videos?|broadcasts?|radio|television|TV|shows?|programmes?|programs?|(?:press|news)\sreleases?|"
    r"reports?|filings?|lawsuits?|complaints?|affidavits?|depositions?|trials?|remarks|comments|reply|replies|stops?|dinners?|"
    r"lunch(?:eon)?|visits?|tours?|panels?|discussions?|exchanges?|gatherings?|conventions?|newsletters?|editorials?|books?|"
    r"memoirs?|documentary|documentaries|captions?|texts?|threads?|livestreams?|rulings?|indictments?|declarations?|"
    r"communiqués?|communiques?|appearances?|monologues?|sermons?|keynotes?|lectures?|presentations?|webcasts?|Q&As?|"
    r"court\s(?:filings?|documents?|files?|papers|hearings?)|parliament|Congress|website|fundraisers?|bulletins?|files?|"
    r"documents?|papers|magazine|newspaper|dispatch(?:es)?|resolutions?|notices?)"
)
VENUE_NOUN_WITHOUT_ARTICLE = (  # those that need no article
    r"(?:statements|interviews|speeches|tweets|posts|messages|letters|emails|e-mails|testimony|remarks|comments|parliament|"
    r"court(?!\s(?:filing|file|document|paper|record|order))|court\s(?:filings|files|documents|papers|records)|Congress|filings|briefings|hearings|debates|rallies|texts|replies|conversations|documents|advertisements)"
)
OWNER_OF_VENUE = (
    rf"(?:{WEEKDAY_NAME}(?:\s{PART_OF_DAY})?['’]s|(?:[Yy]esterday|[Tt]oday)['’]s|[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){{0,2}}['’]s?|"
    rf"(?:last|this)\s(?:week|month|year|{PART_OF_DAY})['’]s)"
)
DETERMINER_OF_VENUE = (
    rf"(?:(?:{DETERMINER}|{OWNER_OF_VENUE}|each|every)\s+(?:{OWNER_OF_VENUE}\s+)?)"
)
MODIFIER_OF_VENUE = rf"(?:(?!(?:(?:{WORDS_AFTER_PHRASE})(?<!ly)(?<!ed)(?<!ing))(?!\w))[\w'’.&/-]+)"
CAPITALIZED_WORD = rf"(?!{WEEKDAY_NAME})[A-Z][\w'’&.-]*"
CAPITALIZED_WORDS = (
    rf"{CAPITALIZED_WORD}(?:\s(?:(?:of|de|the|al|del|von)\s){{0,2}}{CAPITALIZED_WORD}){{0,4}}"
)
CAPITALIZED_NO_PLACE = (
    r"(?:English|French|Spanish|Russian|Arabic|German|Chinese|Mandarin|Hebrew|Farsi|Persian|Ukrainian|Turkish|Hindi|God|"
    r"Republicans?|Democrats?|Americans?|Mr|Mrs|Ms)\b"
)
PLACE_PHRASE = (
    rf"(?:[Ii]n|[Aa]t|[Oo]utside|[Ff]rom)\s(?:the\s(?=[A-Z]))?(?!{CAPITALIZED_NO_PLACE}){CAPITALIZED_WORDS}(?:\s(?:magazine|newspaper))?"
    rf"(?:,\s(?!{TIME_EXPRESSION}){CAPITALIZED_WORDS}(?=\s*[,.]|\s(?:on|in)\s|\s{TIME_EXPRESSION}|\Z))?"
)
MEDIUM_NAME = (
    r"(?:Twitter|Facebook|Instagram|Telegram|TikTok|YouTube|Truth\sSocial|Weibo|LinkedIn|Reddit|WhatsApp|Threads|Bluesky|Snapchat|"
    r"X(?=[\s,.]|\Z)|social\smedia|air|(?:(?:state|live|national|local|public)\s)?(?:television|TV|radio)|camera|"
    r"the\ssidelines(?=\sof)|Capitol\sHill|the\scampaign\strail|the\s(?:House|Senate)\sfloor|the\sfloor\sof\sthe\s(?:House|Senate)|"
    r"(?:CNN|MSNBC|NBC|ABC|CBS|CNBC|Fox\sNews|Fox|BBC|Sky\sNews|NPR|PBS|C-SPAN|ITV|CBC|Al\sJazeera)(?:\s[A-Z][\w.]*){0,3})"
)
ON_MEDIUM = (
    rf"(?:[Oo]n|[Vv]ia)\s(?:(?:his|her|its|their|the|a)\s(?:\w+\s){{0,2}})?{MEDIUM_NAME}"
    rf"(?:\s(?:feed|account|page|channel|posts?|videos?|messages?)\b)?(?:(?:['’]s)?\s{PROGRAMME_TITLE})?(?![\w'’])"
    rf"|[Oo]n\s(?:(?:[A-Z][\w.]*\s){{0,3}}[A-Z][\w.]*['’]s\s)?{PROGRAMME_TITLE}"
)
MEANS_OF_SPEAKING = (
    r"[Bb]y\s(?:phone|telephone|e-?mail|text(?:\smessage)?|video(?:\slink)?|letter)\b|"
    r"(?:[Oo]ver|[Oo]n)\sthe\s(?:phone|telephone|radio|record)\b|[Uu]nder\soath\b|[Ii]n\swriting\b"
)
NO_VENUE_AFTER_AT = (
    r"(?!every\s|(?:the|an?|one|some|this|that)\s(?:same\s|very\s)?(?:time|moment|age|end|least|heart|risk|outset|start|beginning|expense|hands|cost|rate|"
    r"point|ready)\b)"
)
PUBLISHING_PARTICIPLE = (
    r"(?:released|issued|published|posted|aired|airing|broadcast|delivered|held|obtained|seen|sent|made|carried|given|taped|"
    r"recorded|shared|hosted|organi[sz]ed|attended|televised|printed|addressed|dated)"
)
ISSUING_PARTICIPLE = r"(?:released|issued|published|posted|aired|broadcast|delivered|held|sent|given|recorded|televised|dated|filed|taped)"

SPEAKING_PHRASE = PhraseRule(
    rf"(?:(?:[Ww]hen|[Ww]hile)\s)?(?:[Ss]peaking|[Tt]alking|[Aa]ppearing|[Tt]estifying|[Ww]riting|[Pp]osting|[Tt]weeting)"
    rf"(?:\s(?:\w+ly|live|alongside|later|earlier))?"
    rf"(?=\s(?:in|at|to|on|with|before|from|during|outside|after|ahead\sof|via|{TIME_EXPRESSION}))"
    rf"(?!\s(?:on|with|under)\s(?:the\s)?(?:condition|anonym|background))|[Aa]ddressing\s{NOUN_PHRASE}{END_OF_PHRASE}"
)
VENUE_PHRASE = re.compile(
    rf"(?:[Ii]n|[Aa]t|[Dd]uring|[Oo]n|[Vv]ia|[Tt]hrough|[Aa]s\spart\sof)\s"
    rf"(?:{DETERMINER_OF_VENUE}(?:{MODIFIER_OF_VENUE}\s+){{0,5}}?(?:{VENUE_NOUN}\s+){{0,2}}{VENUE_NOUN}|(?:{MODIFIER_OF_VENUE}\s+){{0,3}}?{VENUE_NOUN_WITHOUT_ARTICLE})(?![\w'’-])"
)
OTHER_VENUE_PHRASE = PhraseRule(
    rf"(?:{ON_MEDIUM}|{MEANS_OF_SPEAKING}|[Dd]uring\s{NOUN_PHRASE}{END_OF_PHRASE}|[Aa]t\s{NO_VENUE_AFTER_AT}(?={DETERMINER_OF_VENUE}){NOUN_PHRASE}{END_OF_PHRASE})"
)
PLACE_PHRASE_RULE = PhraseRule(
    rf"{PLACE_PHRASE}{END_OF_PHRASE}"
)  # not the first half of "from the Example campaign"
# What a venue may have after it: "released on", "with Reuters", "of the party".
PHRASE_AFTER_VENUE = PhraseRule(
    rf"(?:(?:which\s(?:was|were)\s)?{PUBLISHING_PARTICIPLE}\s)?"
    rf"(?:with|to|before|by|of|for|from|about|on|in|at|via|outside|alongside|near|marking|after|ahead\sof|against)\s{JOINED_NOUN_PHRASES}{END_OF_PHRASE}"
    rf"|{ISSUING_PARTICIPLE}(?=\s(?:{TIME_EXPRESSION})|\s*[,.;]|\s*\Z)"
)
