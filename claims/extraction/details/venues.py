"""The phrases by which news tells where something was said: "in a statement", "on Twitter", "speaking in Kyiv"."""

import re

from claims.extraction.text.days import PART, WEEKDAY_NAME, WHEN
from claims.extraction.text.phrases import BEYOND, DETERMINER, END, JOINED, PHRASE, TITLE, Rule

VENUE = (
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
BARE = (  # those that need no article
    r"(?:statements|interviews|speeches|tweets|posts|messages|letters|emails|e-mails|testimony|remarks|comments|parliament|"
    r"court(?!\s(?:filing|file|document|paper|record|order))|court\s(?:filings|files|documents|papers|records)|Congress|filings|briefings|hearings|debates|rallies|texts|replies|conversations|documents|advertisements)"
)
OWNER = (
    rf"(?:{WEEKDAY_NAME}(?:\s{PART})?['’]s|(?:[Yy]esterday|[Tt]oday)['’]s|[A-Z][\w.-]+(?:\s[A-Z][\w.-]+){{0,2}}['’]s?|"
    rf"(?:last|this)\s(?:week|month|year|{PART})['’]s)"
)
HEAD = rf"(?:(?:{DETERMINER}|{OWNER}|each|every)\s+(?:{OWNER}\s+)?)"
MODIFIER = rf"(?:(?!(?:(?:{BEYOND})(?<!ly)(?<!ed)(?<!ing))(?!\w))[\w'’.&/-]+)"
CAPITAL = rf"(?!{WEEKDAY_NAME})[A-Z][\w'’&.-]*"
NAMED = rf"{CAPITAL}(?:\s(?:(?:of|de|the|al|del|von)\s){{0,2}}{CAPITAL}){{0,4}}"
NO_PLACE = (
    r"(?:English|French|Spanish|Russian|Arabic|German|Chinese|Mandarin|Hebrew|Farsi|Persian|Ukrainian|Turkish|Hindi|God|"
    r"Republicans?|Democrats?|Americans?|Mr|Mrs|Ms)\b"
)
PLACE = (
    rf"(?:[Ii]n|[Aa]t|[Oo]utside|[Ff]rom)\s(?:the\s(?=[A-Z]))?(?!{NO_PLACE}){NAMED}(?:\s(?:magazine|newspaper))?"
    rf"(?:,\s(?!{WHEN}){NAMED}(?=\s*[,.]|\s(?:on|in)\s|\s{WHEN}|\Z))?"
)
SITES = (
    r"(?:Twitter|Facebook|Instagram|Telegram|TikTok|YouTube|Truth\sSocial|Weibo|LinkedIn|Reddit|WhatsApp|Threads|Bluesky|Snapchat|"
    r"X(?=[\s,.]|\Z)|social\smedia|air|(?:(?:state|live|national|local|public)\s)?(?:television|TV|radio)|camera|"
    r"the\ssidelines(?=\sof)|Capitol\sHill|the\scampaign\strail|the\s(?:House|Senate)\sfloor|the\sfloor\sof\sthe\s(?:House|Senate)|"
    r"(?:CNN|MSNBC|NBC|ABC|CBS|CNBC|Fox\sNews|Fox|BBC|Sky\sNews|NPR|PBS|C-SPAN|ITV|CBC|Al\sJazeera)(?:\s[A-Z][\w.]*){0,3})"
)
ONLINE = (
    rf"(?:[Oo]n|[Vv]ia)\s(?:(?:his|her|its|their|the|a)\s(?:\w+\s){{0,2}})?{SITES}"
    rf"(?:\s(?:feed|account|page|channel|posts?|videos?|messages?)\b)?(?:(?:['’]s)?\s{TITLE})?(?![\w'’])"
    rf"|[Oo]n\s(?:(?:[A-Z][\w.]*\s){{0,3}}[A-Z][\w.]*['’]s\s)?{TITLE}"
)
MEANS = (
    r"[Bb]y\s(?:phone|telephone|e-?mail|text(?:\smessage)?|video(?:\slink)?|letter)\b|"
    r"(?:[Oo]ver|[Oo]n)\sthe\s(?:phone|telephone|radio|record)\b|[Uu]nder\soath\b|[Ii]n\swriting\b"
)
NOT_AT = (
    r"(?!every\s|(?:the|an?|one|some|this|that)\s(?:same\s|very\s)?(?:time|moment|age|end|least|heart|risk|outset|start|beginning|expense|hands|cost|rate|"
    r"point|ready)\b)"
)
DONE = (
    r"(?:released|issued|published|posted|aired|airing|broadcast|delivered|held|obtained|seen|sent|made|carried|given|taped|"
    r"recorded|shared|hosted|organi[sz]ed|attended|televised|printed|addressed|dated)"
)
SAID = r"(?:released|issued|published|posted|aired|broadcast|delivered|held|sent|given|recorded|televised|dated|filed|taped)"

SPEAKING = Rule(
    rf"(?:(?:[Ww]hen|[Ww]hile)\s)?(?:[Ss]peaking|[Tt]alking|[Aa]ppearing|[Tt]estifying|[Ww]riting|[Pp]osting|[Tt]weeting)"
    rf"(?:\s(?:\w+ly|live|alongside|later|earlier))?"
    rf"(?=\s(?:in|at|to|on|with|before|from|during|outside|after|ahead\sof|via|{WHEN}))"
    rf"(?!\s(?:on|with|under)\s(?:the\s)?(?:condition|anonym|background))|[Aa]ddressing\s{PHRASE}{END}"
)
STATED = re.compile(
    rf"(?:[Ii]n|[Aa]t|[Dd]uring|[Oo]n|[Vv]ia|[Tt]hrough|[Aa]s\spart\sof)\s"
    rf"(?:{HEAD}(?:{MODIFIER}\s+){{0,5}}?(?:{VENUE}\s+){{0,2}}{VENUE}|(?:{MODIFIER}\s+){{0,3}}?{BARE})(?![\w'’-])"
)
ELSEWHERE = Rule(rf"(?:{ONLINE}|{MEANS}|[Dd]uring\s{PHRASE}{END}|[Aa]t\s{NOT_AT}(?={HEAD}){PHRASE}{END})")
PLACES = Rule(rf"{PLACE}{END}")  # not the first half of "from the Example campaign"
# What a venue may have after it: "released on", "with Reuters", "of the party".
MORE = Rule(
    rf"(?:(?:which\s(?:was|were)\s)?{DONE}\s)?"
    rf"(?:with|to|before|by|of|for|from|about|on|in|at|via|outside|alongside|near|marking|after|ahead\sof|against)\s{JOINED}{END}"
    rf"|{SAID}(?=\s(?:{WHEN})|\s*[,.;]|\s*\Z)"
)
