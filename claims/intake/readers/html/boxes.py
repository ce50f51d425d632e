"""Boxes of a page that its words give away, whatever their elements are called: sign-ups, offers,
consent, comments.
"""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from claims.intake.readers.html.furniture import MORE_STORIES
from claims.intake.readers.html.posts import POST_MARK
from claims.intake.readers.html.titles import fold, read_words

BOX_TAGS = ("div", "section", "aside", "center", "form")
NEVER_A_BOX = frozenset(["html", "body", "article", "main", "h1", "p", "head"])
LARGEST_SHARE = 0.35  # of a page's words; what holds more of them is the article
LARGEST_SHARE_OF_DISCUSSION = 0.6
LONGEST_SIGN_UP = 60  # words
LONGEST_OFFER = 80
LONGEST_CONSENT = 500
LONGEST_CARD = 80
LONGEST_LINK = 30
LONGEST_TEASER = 60
FEWEST_TEASERS = 3
LONGEST_CAPTION = 50
FEWEST_WORDS_OF_CONSENT = 15
WORDS_A_CONSENT_WORD = 12  # at most, of a box about cookies
FEWEST_WORDS_OF_CARD = 3
MAIN_SHARE = (
    0.5  # of the words of the longest article on a page, at least, has that with the headline
)
OFFER = re.compile(
    r"""\b(?:
      already\s(?:a|an)\s(?:subscriber|member)
    | cancel\s(?:at\s)?any\s?time
    | unlimited\s(?:digital\s)?(?:articles|access)
    | (?:start|begin)\syour\s(?:free\s)?trial
    | subscribe\s(?:now|today|to\s(?:continue|read|our))
    | sign\sup\s(?:here|now|today|for\s(?:our|the|a|free)\b)
    | (?:in|to)\syour\sinbox
    | (?:our|free|weekly|daily)\snewsletters?
    | become\san?\s(?:member|subscriber|supporter)
    | support\s(?:our|independent|quality)\sjournalism
    | create\s(?:a\s)?(?:free\s)?account
    | keep\sreading\sfor
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
CONSENT = re.compile(
    r"\b(?:cookies?|consent|your privacy|personal data|GDPR|partners|personali[sz]ed (?:ads"
    r"|advertising))\b",
    re.I,
)
DISCUSSION = re.compile(
    r"""\W{0,9}(?:
      join\sthe\s(?:discussion|conversation|debate)
    | (?:\d{1,6}\s)?(?:comments?|replies|responses)(?:\s?\(?\d{1,6}\)?)?
    | \d{1,6}\sthoughts?\son\s.+
    | (?:leave|post|write|add)\s(?:a|your)\s(?:reply|comment)
    | readers?['’]?\scomments
    | have\syour\ssay | your\s(?:comments|views) | what\sdo\syou\sthink
    )\W{0,9}""",
    re.VERBOSE | re.IGNORECASE,
)
MORE = re.compile(rf"\W{{0,9}}(?:{MORE_STORIES})\s?[:|–—]\s?\S", re.I)
MORE_AT_END = re.compile(rf"[\[(]?\b(?:{MORE_STORIES})\s?:\s{{0,9}}$", re.I)
TRANSCRIPT = re.compile(r"\btranscript\b", re.I)
PROSE = f".//p|.//h1|.//h2|.//h3|.//h4|.//li|.//blockquote|.//table|.//*[@{POST_MARK}]"
PICTURE_TAGS = ("div", "section", "a", "span")
CARD_CONTENT = ".//h2|.//h3|.//h4|.//h5|.//img|.//picture"
CONTROLS = ".//a|.//button|.//input"


def take_out_boxes(page: HtmlElement, headlines: Sequence[str]) -> None:
    """Remove what stands among the paragraphs of an article and is none of it."""
    total = count_words(page)
    take_out_other_articles(page, headlines)
    take_out_sign_ups(page)
    take_out_boxes_by_words(page, total)
    take_out_cards(page, total)
    take_out_teasers(page, total)
    take_out_captions(page)
    take_out_transcripts(page)
    take_out_links_in_paragraphs(page)
    take_out_discussions(page, total)


def count_words(element: HtmlElement) -> int:
    return len(str(element.text_content()).split())


def is_there(element: HtmlElement) -> bool:
    """Return whether an element has not been taken out with what held it."""
    return element.getparent() is not None


def take_out_other_articles(page: HtmlElement, headlines: Sequence[str]) -> None:
    """Remove the articles of a page beside the one with the headline, such as the next one of the
    site.
    """
    articles = [each for each in page.iter("article") if not any(each.iterancestors("article"))]
    titles = {fold(headline) for headline in headlines}
    named = [
        article
        for article in articles
        if any(fold(read_words(heading)) in titles for heading in article.iter("h1", "h2"))
    ]
    if len(articles) < 2 or not named:
        return
    longest = max(count_words(article) for article in articles)
    if count_words(named[0]) < MAIN_SHARE * longest:
        return
    for article in articles:
        if article is not named[0] and article.xpath(".//h1|.//h2|.//h3"):
            article.drop_tree()


def take_out_sign_ups(page: HtmlElement) -> None:
    """Remove the boxes around fields for mail addresses, with the words that ask for them."""
    for field in page.xpath(".//input[@type='email' or contains(@name, 'email')]"):
        box = field
        while (parent := box.getparent()) is not None and parent.tag not in NEVER_A_BOX:
            if count_words(parent) > LONGEST_SIGN_UP:
                break
            box = parent
        if is_there(box):
            box.drop_tree()


def take_out_boxes_by_words(page: HtmlElement, total: int) -> None:
    """Remove the boxes that ask for a subscription or for consent to cookies."""
    for box in list(page.iter(*BOX_TAGS)):
        if not is_there(box) or box.find(".//h1") is not None:
            continue
        words = read_words(box)
        count = len(words.split())
        is_small = count <= LARGEST_SHARE * total
        if (is_small and is_offer(box, words, count)) or is_about_consent(box, words, count):
            box.drop_tree()


def is_offer(box: HtmlElement, words: str, count: int) -> bool:
    """Return whether a box offers a subscription or a newsletter, with something to press."""
    if not 0 < count <= LONGEST_OFFER or not OFFER.search(words):
        return False
    if box.get(POST_MARK) or box.find(f".//*[@{POST_MARK}]") is not None:
        return False
    return bool(box.xpath(".//a|.//button|.//h2|.//h3|.//h4|.//form"))


def is_about_consent(box: HtmlElement, words: str, count: int) -> bool:
    """Return whether a box asks for consent to cookies, with something to press."""
    if not box.xpath(CONTROLS) or not FEWEST_WORDS_OF_CONSENT <= count <= LONGEST_CONSENT:
        return False
    return len(CONSENT.findall(words)) * WORDS_A_CONSENT_WORD > count


def take_out_cards(page: HtmlElement, total: int) -> None:
    """Remove links that hold headings or pictures: teasers of other articles."""
    for link in list(page.iter("a")):
        if not is_there(link) or not link.xpath(CARD_CONTENT) or link.find(".//h1") is not None:
            continue
        count = count_words(link)
        is_small = count <= min(LONGEST_CARD, LARGEST_SHARE * total)
        if count >= FEWEST_WORDS_OF_CARD and is_small:
            link.drop_tree()


def take_out_teasers(page: HtmlElement, total: int) -> None:
    """Remove rows of teasers: elements of one kind beside each other, each with a linked heading."""
    for parent in list(page.iter("div", "section", "ul", "ol", "main", "aside")):
        if parent.find("p") is not None:
            continue  # it is a text, and what it lists is of it
        rows: dict[tuple[str, str], list[HtmlElement]] = {}
        for child in parent:
            if is_teaser(child):
                rows.setdefault((child.tag, child.get("class") or ""), []).append(child)
        for row in rows.values():
            words = sum(count_words(teaser) for teaser in row)
            if len(row) >= FEWEST_TEASERS and words <= LARGEST_SHARE * total:
                for teaser in row:
                    teaser.drop_tree()


def is_teaser(element: HtmlElement) -> bool:
    """Return whether an element is short, and has a heading that is all link."""
    if element.tag not in ("div", "li", "section", "article") or element.find(".//h1") is not None:
        return False
    headings = element.xpath(".//h2|.//h3|.//h4|.//h5")
    if len(headings) != 1 or count_words(element) > LONGEST_TEASER:
        return False
    linked = "".join(read_words(link) for link in headings[0].iter("a"))
    return bool(linked) and linked == read_words(headings[0])


def take_out_captions(page: HtmlElement) -> None:
    """Remove divisions of a picture and a few words that are no paragraph."""
    for image in list(page.iter("img", "picture", "amp-img")):
        holder = image
        while (parent := holder.getparent()) is not None and parent.tag in PICTURE_TAGS:
            if not holds_picture_alone(parent):
                break
            holder = parent
        if holder is not image and is_there(holder):
            holder.drop_tree()


def holds_picture_alone(element: HtmlElement) -> bool:
    """Return whether an element holds a picture, and no more than its caption in elements beside it."""
    own_words = [element.text, *(child.tail for child in element)]
    if any(words and words.strip() for words in own_words):
        return False
    return not element.xpath(PROSE) and count_words(element) <= LONGEST_CAPTION


def take_out_transcripts(page: HtmlElement) -> None:
    """Remove the words of films and sound that can be unfolded."""
    for summary in list(page.iter("summary")):
        details = summary.getparent()
        if details.tag == "details" and TRANSCRIPT.search(read_words(summary)):
            details.drop_tree()


def take_out_links_in_paragraphs(page: HtmlElement) -> None:
    """Remove links to other articles at the ends of paragraphs: "… at dawn. READ MORE: A storm"."""
    for element in list(page.iter("a", "strong", "b", "em")):
        if not is_there(element) or (element.tail or "").strip(" .])"):
            continue
        words = read_words(element)
        if not words or len(words.split()) > LONGEST_LINK or element.getparent().tag != "p":
            continue
        lead = element.getprevious()
        before = element.getparent().text if lead is None else lead.tail
        introduced = MORE_AT_END.search(before or "")
        if MORE.match(words):
            element.drop_tree()
        elif introduced and (element.tag == "a" or element.find(".//a") is not None):
            kept = (before or "")[: introduced.start()]
            if lead is None:
                element.getparent().text = kept
            else:
                lead.tail = kept
            element.drop_tree()


def take_out_discussions(page: HtmlElement, total: int) -> None:
    """Remove what readers wrote: a heading that says so, and all that follows it in its element."""
    for heading in list(page.iter("h2", "h3", "h4", "h5")):
        if not is_there(heading) or not DISCUSSION.fullmatch(read_words(heading)):
            continue
        following = [heading, *heading.itersiblings()]
        count = sum(count_words(each) for each in following if isinstance(each.tag, str))
        if count <= LARGEST_SHARE_OF_DISCUSSION * total:
            for each in following:
                each.drop_tree()
