"""What of a page is not its article: told by the names of elements, and by what their lines say."""

import re

# A word of an element's `class`, `id` or `data-…` attributes, as a whole; hyphens and underscores part words.
FURNITURE_NAMES = re.compile(
    r"""(?:^|\s)(?:
      [\w-]*(?:newsletter|signup|sign-up|subscribe|subscription|paywall|regwall)[\w-]*
    | [\w-]*(?:related|readmore|read-more|read_more|recommended|recirc|recirculation|most-read|mostread
        |most-popular|
        more-stories|more-from|more-on|also-read|up-next|next-article|trending|outbrain|taboola|zergnet|promo|
        storylines?-list|in-?depth-link|rich-link|richlink|inline-link-?box|further-reading)s?(?:[-_][\w-]*)?
    | (?:[\w-]*[-_])?pull-?quotes?(?:[-_][\w-]*)?
    | [\w-]*(?:social|sharedaddy|share-?bar|share-?tools|share-?buttons?|sharing|addtoany|addthis
        |jp-relatedposts)[\w-]*
    | (?:[\w-]*[-_])?(?:ad|ads|advert|adverts|advertisement|advertising|adunit|ad-?slot|ad-?container|dfp
        |gpt-ad|sponsored|promoted)(?:[-_][\w-]*)?
    | (?:[\w-]*[-_])?(?:caption|captions|credit|credits|figcaption|image-?caption|photo-?credit
        |wp-caption-text|media-caption|cutline)(?:[-_][\w-]*)?
    | (?:[\w-]*[-_])?(?:byline|bylines|author-?bio|author-?box|author-?card|author-?info|about-?the-?author
        |bio-?box|contributor-?bio|dateline-date|timestamp|pubdate|publish-?date|published-date|entry-date
        |post-date|entry-meta|post-meta|article-?meta|reading-time|read-time)(?:[-_][\w-]*)?
    | (?:[\w-]*[-_])?(?:tags?|tag-?list|taglist|topics?-list|topic-?tags|keywords|breadcrumbs?|comments?
        |comment-?list|disqus|livefyre|respond)(?:[-_]?(?:list|section|container|links|wrapper|thread|area
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
    r"read\s+more|read\s+also|also\s+read|see\s+also|related|more\s+on\s+this(?:\s+story)?|recommended|more\s+from|"
    r"read\s+next|read\s+the\s+full\s+story|full\s+(?:story|coverage)|you\s+may\s+also\s+like|don['’]t\s+miss|must\s+read|"
    r"most\s+read|trending(?:\s+now)?|further\s+reading|in\s+case\s+you\s+missed\s+it|what\s+to\s+read\s+next|more\s+stories|"
    r"related\s+(?:stories|articles|coverage|content|topics|news|links|posts|video)|more\s+coverage|up\s+next|"
    r"editor['’]?s['’]?\s+picks?|suggested\s+reading|watch\s+(?:more|now|also)|listen\s+now|click\s+here|latest\s+news"
)
FURNITURE_LINE = re.compile(
    rf"""^\W*(?:
      (?:{MORE_STORIES})\b\s*(?::|–|—|-|\||>|»|\Z).*
    | (?:{MORE_STORIES})\W*
    | (?:read|watch|listen|see|related|more|explainer|analysis|opinion|video|photos|gallery|live
        |in\s+pictures)\s*:\s[^.!?]*\??
    | [^"“”.]{{0,120}}\b(?:in|to)\s+your\s+inbox\b[^"“”]{{0,60}}
    | (?:[-–—\s]*)(?:advertise?ments?|advertising|sponsored|promoted|ad|story\s+continues(?:\s+below)?.*
        |article\s+continues(?:\s+(?:below|after).*)?
        |continue\s+reading.*|scroll\s+(?:down\s+)?(?:for|to)\s+.{{0,60}}|skip\s+(?:past\s+)?(?:ad
        |advertisement|newsletter|promotion|to).*)\W*
    | (?:sign\s+up|subscribe|follow\s+us|join\s+our|download\s+our|get\s+our|support\s+our|like\s+us
        |click\s+here|tap\s+here|find\s+us)\b[^"“”]{{0,250}}
    | (?:share|tweet|email|print|pin|save|copy\s+link|link\s+copied!?|more|share\s+(?:this|on|via|article
        |story).*|facebook|twitter|whatsapp|reddit|linkedin|pinterest|comments?|\d+\s+(?:comments?|shares?)
        |view\s+comments|leave\s+a\s+comment|show\s+comments|flipboard)
    | (?:(?:last\s+)?(?:updated|published|modified|posted|first\s+published)\b\s*(?:on|at
        |:)?\W*[^.!?]{{0,80}}\d{{4}}[^.!?]{{0,30}})
    | (?:image|photo|picture|media|video|file)\s+(?:source|caption|copyright|credit)s?\b.{{0,200}}
    | (?:photo|photograph|picture|image|photos|pictures|images|illustration|credit|photo\s+credit
        |image\s+credit)s?\s*(?:by|:|/)\s?.{{0,150}}
    | (?:©|\(c\)\s|copyright\s*(?:©|\(c\)|by\b|\d{{4}})|all\s+rights\s+reserved).{{0,300}}
    | (?:this\s+material\s+may\s+not\s+be\s+published).*
    | \d{{1,2}}\s*(?:min(?:ute)?s?)\s*(?:read|ago)\W*
    | (?:listen\s+to\s+this\s+article|this\s+(?:video|content)\s+(?:is|can|has)\s.{{0,80}}
        |(?:your\s+browser|javascript).{{0,120}}|please\s+enable\s.{{0,120}}
        |watch\s+(?:the\s+)?video.{{0,60}}|play\s+video|video\s+unavailable|loading\W*|(?:unmute|mute|play
        |pause|close|menu|search|login|log\s+in|sign\s+in|register))
    | (?:topics?|tags?|filed\s+under|categories|more\s+about|in\s+this\s+story)\s*:.{{0,300}}
    | follow\s+(?:\S+\s+){{0,6}}(?:on\s+(?:twitter|x|facebook|instagram|threads|bluesky)|coverage|news
        |updates)\b.{{0,200}}
    | (?:follow|visit|more|for\s+more)\b[^.!?]{{0,120}}https?://\S+
    | [_*=~·•-]{{2,}}
    | (?:we\s+use\s+cookies|by\s+(?:signing\s+up|subscribing|clicking|submitting)
        |thank\s+you\s+for\s+(?:signing|subscribing|your\s+support)|enter\s+your\s+email
        |your\s+email\s+address|this\s+site\s+is\s+protected\s+by\s+recaptcha|we\s+(?:earn
        |may\s+earn)\s.{{0,40}}commission)\b.*
    )$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
CREDIT_END = re.compile(
    r"(?:\bGetty(?:\s+Images)?|/AFP|/Reuters|/AP|\bShutterstock|\bAP\s+Photo|/EPA|\bAlamy|/Bloomberg|\bvia\s+(?:AP|Getty|Reuters))[)\]\s]*$"
)
BYLINE_LINE = re.compile(
    r"^\W*(?i:(?:(?:written|reported|posted|story|words|published)\s+)?by):?\s+(?:[A-Z][\w.'’-]*|and|of|the|for|with|,|&|\s|\||@\S+|\S+@\S+)+\W*"
    r"(?:[\s,|–—-]*(?:(?:updated|published|posted)?\W*[A-Z][a-z]+\.?\s+\d{1,2},?\s+\d{4}.*|\d{1,2}\s+[A-Z][a-z]+\s+\d{4}.*|(?:staff|senior|chief|special|political|business)\b.{0,60}|[\w\s]{0,40}(?:correspondent|reporter|writer|editor)))?$"
)
DATE_LINE = re.compile(
    r"^\W*(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\W+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"\s*(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\d{4}(?:[\s,|•·–—-]*(?:at\s+)?\d{1,2}[:.]\d\d.{0,30})?\W*$",
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
    return len(line) <= LONGEST_CREDIT and bool(CREDIT_END.search(line))


ABOUT_THE_AUTHOR = re.compile(
    r"^\W*(?:follow\s+(?:him|her|them|@?\w+(?:\s\w+)?)\s+(?:on|at)\b|contact\s.{1,60}@|(?:e-?mail|write\s+to)\s.{0,60}@"
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
