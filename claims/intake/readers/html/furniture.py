"""What of a page is not its article: told by the names of elements, and by what their lines say."""

import re

from claims.extraction.lexicon.words import word_set

# A word of an element's `class`, `id` or `data-…` attributes, as a whole; hyphens and underscores
# part words.
FURNITURE_NAMES = re.compile(
    r"""(?:^|\s)(?:
      [\w-]*(?:newsletter|signup|sign-up|subscribe|subscription|paywall|regwall)[\w-]*
    | [\w-]*(?:related|readmore|read-more|read_more|recommended|recirc|recirculation|most-read
        |mostread
        |most-popular|
        more-stories|more-from|more-on|also-read|up-next|next-article|trending|outbrain|taboola
        |zergnet|promo|
        storylines?-list|in-?depth-link|rich-link|richlink|inline-link-?box
        |further-reading)s?(?:[-_][\w-]*)?
    | (?:[\w-]*[-_])?pull-?quotes?(?:[-_][\w-]*)?
    | [\w-]*(?:social|sharedaddy|share-?bar|share-?tools|share-?buttons?|sharing|addtoany|addthis
        |jp-relatedposts)[\w-]*
    | (?:[\w-]*[-_])?(?:ad|ads|advert|adverts|advertisement|advertising|adunit|ad-?slot
        |ad-?container|dfp
        |gpt-ad|sponsored|promoted)(?:[-_][\w-]*)?
    | (?:[\w-]*[-_])?(?:caption|captions|credit|credits|figcaption|image-?caption|photo-?credit
        |wp-caption-text|media-caption|cutline)(?:[-_][\w-]*)?
    | (?:[\w-]*[-_])?(?:byline|bylines|author-?bio|author-?box|author-?card|author-?info
        |about-?the-?author
        |bio-?box|contributor-?bio|dateline-date|timestamp|pubdate|publish-?date|published-date
            |entry-date
        |post-date|entry-meta|post-meta|article-?meta|reading-time|read-time)(?:[-_][\w-]*)?
    | (?:[\w-]*[-_])?(?:tags?|tag-?list|taglist|topics?-list|topic-?tags|keywords|breadcrumbs?
        |comments?
        |comment-?list|disqus|livefyre|respond)(?:[-_]?(?:list|section|container|links|wrapper
            |thread|area
        |form|block))?
    | [\w-]*(?:cookie-(?:banner|notice|consent)|consent-banner|gdpr|onetrust)[\w-]*
    | (?:[\w-]*[-_])?(?:toolbar|print-only|screen-reader-text|sr-only|visually-hidden|visuallyhidden
        |skip-link|noprint|no-print)(?:[-_][\w-]*)?
    | (?:[\w-]*[-_])?(?:donate|donation|donations|membership|contribute|support-us|appeal|epic
        |support-box)(?:[-_][\w-]*)?
    )(?=\s|$)""",
    re.VERBOSE | re.IGNORECASE,
)
# Names of what holds a whole article though a word of it is among those above.
HOLDS_THE_ARTICLE = re.compile(
    r"article-?body|story-?body|entry-content|post-content|articlebody|article__body|story-content|"
    r"has-sidebar|single-post|article-content|main-content|no-ads?\b|hide-ad",
    re.I,
)
FURNITURE_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog",
     "toolbar", "menu", "doc-pullquote", "tooltip", "status"]
)  # fmt: skip
FURNITURE_TAGS = frozenset(
    ["script", "style", "noscript", "template", "nav", "form", "button", "select", "textarea",
     "input", "svg", "canvas", "object", "embed", "audio", "video", "picture", "iframe", "footer",
     "figcaption", "dialog", "map", "menu"]
)  # fmt: skip

MORE_STORIES = (
    r"read\s{1,3}more|read\s{1,3}also|also\s{1,3}read|see\s{1,3}also|related"
    r"|more\s{1,3}on\s{1,3}this(?:\s{1,3}story)?|recommended|more\s{1,3}from|"
    r"read\s{1,3}next|read\s{1,3}the\s{1,3}full\s{1,3}story|full\s{1,3}(?:story|coverage)"
    r"|you\s{1,3}may\s{1,3}also\s{1,3}like|don['’]t\s{1,3}miss|must\s{1,3}read|"
    r"most\s{1,3}read|trending(?:\s{1,3}now)?|further\s{1,3}reading"
    r"|in\s{1,3}case\s{1,3}you\s{1,3}missed\s{1,3}it|what\s{1,3}to\s{1,3}read\s{1,3}next"
    r"|more\s{1,3}stories|"
    r"related\s{1,3}(?:stories|articles|coverage|content|topics|news|links|posts|video)"
    r"|more\s{1,3}coverage|up\s{1,3}next|"
    r"editor['’]?s['’]?\s{1,3}picks?|suggested\s{1,3}reading|watch\s{1,3}(?:more|now|also)"
    r"|listen\s{1,3}now|click\s{1,3}here|latest\s{1,3}news"
)
FURNITURE_LINE = re.compile(
    rf"""^\W{{0,9}}(?:
      (?:{MORE_STORIES})\b\s{{0,3}}(?::|–|—|-|\||>|»|\Z).*
    | (?:{MORE_STORIES})\W{{0,9}}
    | (?:read|watch|listen|see|related|more|explainer|analysis|opinion|video|photos|gallery|live
        |in\s{{1,3}}pictures)\s{{0,3}}:\s[^.!?]*\??
    | [^"“”.]{{0,120}}\b(?:in|to)\s{{1,3}}your\s{{1,3}}inbox\b[^"“”]{{0,60}}
    | (?:advertise?ments?|advertising|sponsored|promoted|ad
        |story\s{{1,3}}continues(?:\s{{1,3}}below)?.*
        |article\s{{1,3}}continues(?:\s{{1,3}}(?:below|after).*)?
        |continue\s{{1,3}}reading.*|scroll\s{{1,3}}(?:down\s{{1,3}})?(?:for|to)\s{{1,3}}.{{0,60}}
            |skip\s{{1,3}}(?:past\s{{1,3}})?(?:ad
        |advertisement|newsletter|promotion|to).*)\W{{0,9}}
    | (?:sign\s{{1,3}}up|subscribe|follow\s{{1,3}}us|join\s{{1,3}}our|download\s{{1,3}}our
        |get\s{{1,3}}our
        |support\s{{1,3}}our|like\s{{1,3}}us
        |click\s{{1,3}}here|tap\s{{1,3}}here|find\s{{1,3}}us|become\s{{1,3}}an?\s{{1,3}}(?:member
            |subscriber
        |supporter))\b[^"“”]{{0,250}}
    | (?:enjoy(?:ing|ed)|lik(?:e|ing)|lov(?:e|ed|ing))\s{{1,3}}(?:this
        |what)\b[^"“”]{{0,120}}\b(?:member|subscrib
        |sign\s{{1,3}}up|support|donat)\w*[^"“”]{{0,120}}
    | (?:do\s{{1,3}}you\s{{1,3}}have|have|got)\s{{1,3}}an?\s{{1,3}}(?:news\s{{1,3}}
        |confidential\s{{1,3}})?(?:story
        |tip)\b[^"“”]{{0,200}}
    | this\s{{1,3}}(?:article|story)\s{{1,3}}is\s{{1,3}}(?:more\s{{1,3}}than|over)\s.{{1,20}}\sold
    | comments?\s{{1,3}}(?:are|is)\s{{1,3}}(?:now\s{{1,3}})?(?:closed|open).{{0,60}}
    | [^"“”]{{0,150}}\b(?:newsletter|podcast|e-?mail)\b[^"“”]{{0,100}}\b(?:sign\s{{1,3}}up
        |subscribe)\s{{1,3}}(?:here|now|today)\W{{0,9}}
    | loading\s{{1,3}}(?:\w+\s{{1,3}}){{0,2}}content\W{{0,9}}
    | join\s{{1,3}}the\s{{1,3}}(?:discussion|conversation|debate)
    | printed\s{{1,3}}from\s{{1,3}}https?://\S{{1,300}}
    | \d{{1,3}}\s{{1,3}}(?:of|/)\s{{1,3}}\d{{1,3}}
    | \d{{1,2}}[:.]\d\d(?:\s{{0,2}}[ap]\.?m\.?)?(?:\s{{0,2}}(?:GMT|BST|UTC|CES?T|[ECMP][SD]?T))?
    | \d{{1,2}}\s{{1,3}}(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\s{{1,3}}ago
    | (?:reply|report|like|show\s{{1,3}}more|(?:load|view|see)\s{{1,3}}more(?:\s\w+)?)
    | (?:share|tweet|email|print|pin|save|copy\s{{1,3}}link|link\s{{1,3}}copied!?|more
        |share\s{{1,3}}(?:this|on|via|article
        |story).*|facebook|twitter|whatsapp|reddit|linkedin|pinterest|comments?
            |\d+\s{{1,3}}(?:comments?|shares?)
        |view\s{{1,3}}comments|leave\s{{1,3}}a\s{{1,3}}comment|show\s{{1,3}}comments|flipboard)
    | (?:(?:last\s{{1,3}})?(?:updated|published|modified|posted
        |first\s{{1,3}}published)\b\s{{0,3}}(?:on|at
        |:)?\W{{0,9}}[^.!?]{{0,80}}\d{{4}}[^.!?]{{0,30}})
    | (?:last\s{{1,3}})?(?:updated|published|modified|posted)\W{{1,4}}(?:on\s)?\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}.{{0,30}}
    | (?:image|photo|picture|media|video|file)\s{{1,3}}(?:source|caption|copyright
        |credit)s?\b.{{0,200}}
    | (?:photo|photograph|picture|image|photos|pictures|images|illustration|credit
        |photo\s{{1,3}}credit
        |image\s{{1,3}}credit)s?\s{{0,3}}(?:by|:|/)\s?.{{0,150}}
    | (?:©|\(c\)\s|copyright\s{{0,3}}(?:©|\(c\)|by\b|\d{{4}})
        |all\s{{1,3}}rights\s{{1,3}}reserved).{{0,300}}
    | (?:this\s{{1,3}}material\s{{1,3}}may\s{{1,3}}not\s{{1,3}}be\s{{1,3}}published).*
    | \d{{1,2}}\s{{0,3}}(?:min(?:ute)?s?)\s{{0,3}}(?:read|ago)\W{{0,9}}
    | (?:listen\s{{1,3}}to\s{{1,3}}this\s{{1,3}}article|this\s{{1,3}}(?:video
        |content)\s{{1,3}}(?:is|can|has)\s.{{0,80}}
        |(?:your\s{{1,3}}browser|javascript).{{0,120}}|please\s{{1,3}}enable\s.{{0,120}}
        |watch\s{{1,3}}(?:the\s{{1,3}})?video.{{0,60}}|play\s{{1,3}}video
            |video\s{{1,3}}unavailable|loading\W{{0,9}}|(?:unmute|mute|play
        |pause|close|menu|search|login|log\s{{1,3}}in|sign\s{{1,3}}in|register))
    | (?:topics?|tags?|filed\s{{1,3}}under|categories|more\s{{1,3}}about
        |in\s{{1,3}}this\s{{1,3}}story)\s{{0,3}}:.{{0,300}}
    | follow\s{{1,3}}(?:\S+\s{{1,3}}){{0,6}}(?:on\s{{1,3}}(?:twitter|x|facebook|instagram|threads
        |bluesky)|coverage|news
        |updates)\b.{{0,200}}
    | (?:follow|visit|more|for\s{{1,3}}more)\b[^.!?]{{0,120}}https?://\S+
    | [_*=~·•-]{{2,99}}
    | (?:we\s{{1,3}}use\s{{1,3}}cookies|by\s{{1,3}}(?:signing\s{{1,3}}up|subscribing|clicking
        |submitting)
        |thank\s{{1,3}}you\s{{1,3}}for\s{{1,3}}(?:signing|subscribing|your\s{{1,3}}support)
            |enter\s{{1,3}}your\s{{1,3}}email
        |your\s{{1,3}}email\s{{1,3}}address
            |this\s{{1,3}}site\s{{1,3}}is\s{{1,3}}protected\s{{1,3}}by\s{{1,3}}recaptcha
                |we\s{{1,3}}(?:earn
        |may\s{{1,3}}earn)\s.{{0,40}}commission)\b.*
    )$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
CREDIT_END = re.compile(
    r"(?:\bGetty(?:\s+Images)?|/AFP|/Reuters|/AP|\bShutterstock|\bAP\s+Photo|/EPA|\bAlamy"
    r"|/Bloomberg|\bvia\s+(?:AP|Getty|Reuters))[)\]\s]*$"
)
CREDIT_IN_BRACKETS = re.compile(
    r"\((?:[A-Z][\w.'’-]{0,40}\s){0,3}[A-Z][\w.'’-]{0,40}\s?/\s?[A-Z][^()]{1,60}\)\W{0,9}$"
    r"|[.!?…]\s(?:Pictures?|Photos?|Photographs?|Images?|Credit)(?:\sby|:"
    r"|\scredit:)\s?[A-Z][^.!?]{1,60}$"
)
WORD_OF_BYLINE = r"(?:[A-Z][\w.'’-]*|and|of|the|for|with|@\w+)"
END_OF_BYLINE = (
    r"(?:(?:updated|published|posted)?\W{0,5}[A-Z][a-z]+\.?\s{1,3}\d{1,2},?\s{1,3}\d{4}.*"
    r"|\d{1,2}\s{1,3}[A-Z][a-z]+\s{1,3}\d{4}.*"
    r"|(?:staff|senior|chief|special|political|business)\b.{0,60}"
    r"|[a-z][\w ]{0,40}(?:correspondent|reporter|writer|editor))"
)
BYLINE_LINE = re.compile(
    r"^\W{0,9}(?i:(?:(?:written|reported|posted|story|words|published)\s{1,3})?by):?\s{1,3}"
    rf"{WORD_OF_BYLINE}(?:[\s,|&]{{1,4}}{WORD_OF_BYLINE}){{0,30}}"
    rf"(?:[\s,|–—-]{{1,4}}{END_OF_BYLINE})?\W{{0,9}}$"
)
DATE_LINE = re.compile(
    r"^\W*(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\W+)?(?:\d{1,2}(?:st|nd|rd"
    r"|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"\s*(?:\d{1,2}(?:st|nd|rd"
    r"|th)?,?\s+)?\d{4}(?:[\s,|•·–—-]*(?:at\s+)?\d{1,2}[:.]\d\d.{0,30})?\W*$",
    re.I,
)
LONGEST_FURNITURE = 300  # characters; a longer line is prose whatever it begins with
LONGEST_CREDIT = 250


def is_furniture_line(line: str) -> bool:
    """Whether a paragraph of an article's text is none of its own."""
    if len(line) > LONGEST_FURNITURE:
        return False
    if FURNITURE_LINE.match(line) or DATE_LINE.match(line) or BYLINE_LINE.match(line):
        return True
    return len(line) <= LONGEST_CREDIT and is_credited(line)


def is_credited(line: str) -> bool:
    """Whether a line ends with whose picture it tells of: "The pier. (Hugh Sato/Channel News)"."""
    return bool(CREDIT_END.search(line) or CREDIT_IN_BRACKETS.search(line))


WORDS_OF_BYLINE = word_set(
    """by for in at on of the and with from staff reporter reporters writer writers correspondent
    editor special to news desk published updated posted written story words"""
)
LONGEST_LINE_OF_NAMES = 12  # words


def is_of_names(line: str, author: str, outlet: str) -> bool:
    """Whether a line holds nothing but the names of author and outlet, and words of bylines."""
    words = re.findall(r"[^\W_]+", line.casefold())
    names = set(re.findall(r"[^\W_]+", f"{author} {outlet}".casefold())) - WORDS_OF_BYLINE
    if not 0 < len(words) <= LONGEST_LINE_OF_NAMES or names.isdisjoint(words):
        return False
    return all(word in names or word in WORDS_OF_BYLINE for word in words)


ABOUT_THE_AUTHOR = re.compile(
    r"^\W*(?:follow\s+(?:him|her|them|@?\w+(?:\s\w+)?)\s+(?:on|at)\b|contact\s.{1,60}@"
    r"|(?:e-?mail|write\s+to)\s.{0,60}@"
    r"|.{1,80}\bcan\s+be\s+(?:reached|followed|contacted)\b)",
    re.I,
)
WHAT_AUTHORS_DO = r"\s(?:is|was|has|covers|writes|reports|joined|works|lives|teaches|edits)\b"
LONGEST_NOTE = 400  # characters of what a page says of its author


def is_about_author(line: str, author: str) -> bool:
    """Whether a paragraph at the end tells of the author, and not of the news."""
    if len(line) > LONGEST_NOTE:
        return False
    if ABOUT_THE_AUTHOR.match(line):
        return True
    names = [re.escape(name) for name in author.split(", ") if name]
    return any(re.match(rf"\W*{name}(?:,[^,]{{1,80}},)?{WHAT_AUTHORS_DO}", line) for name in names)
