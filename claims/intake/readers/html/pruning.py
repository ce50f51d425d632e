"""Takes out of a page what is not its article, before the article is looked for."""

import re

from lxml import html
from lxml.html import HtmlElement

from claims.extraction.lexicon.words import word_set
from claims.intake.readers.html.furniture import (
    FURNITURE_NAMES,
    FURNITURE_ROLES,
    FURNITURE_TAGS,
    HOLDS_THE_ARTICLE,
)
from claims.intake.readers.html.posts import POST_MARK
from claims.intake.readers.html.titles import read_words

NEVER_TAKEN = frozenset(["html", "body", "article", "main", "h1", "p", "head"])
COMMENT_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?-?(?:list|section|area|thread)|disqus_thread|livefyre)\b", re.I
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
LARGEST_SHARE = (
    0.35  # of a page's words; what holds more of them is the article, whatever it is called
)
FEWEST_BREAKS = 3  # of an element whose lines are paragraphs
INLINE_TAGS = word_set("a b i em strong font span u small sup sub abbr cite q code mark time img")
HEADINGS = ("h2", "h3", "h4", "h5")
FEWEST_WORDS_UNDER_HEADING = 15
FEWEST_WORDS_OF_PROSE = 8  # of a paragraph by which the article is looked for
MOST_OF_PROSE = 0.8  # of its words are in the element that holds the article
ARTICLE_MARK = "article-body"  # a class by which trafilatura knows where an article is
LONG_CELL = 80  # words; a table with such a cell lays out a page
SENTENCE_END = re.compile(r"[.!?…:;,][\"”’')\]]*\s*$")
FEWEST_WORDS_OF_LINK = 3
LONGEST_INTRODUCTION = 8  # words of a line above a list of links
LONGEST_LINK = 30  # words of a paragraph that is all link


def prune_page(page: HtmlElement) -> None:
    """Take out scripts, menus, advertisements, captions, boxes and links to other articles."""
    total = count_prose(page)
    for element in list(page.iter()):
        if element.getparent() is None:
            continue  # the root, or gone with what held it
        if not isinstance(element.tag, str) or (
            is_furniture_element(element) and is_small(element, total)
        ):
            take_out(element)
    unfold_layout_tables(page)
    mend_paragraphs(page)
    take_out_figures(page)
    take_out_link_paragraphs(page)
    take_out_headless_introductions(page)


def drop_scripts(page: HtmlElement) -> None:
    for element in list(page.iter("script", "style", "template")):
        element.drop_tree()


def count_prose(element: HtmlElement) -> int:
    return len(str(element.text_content()).split())


def is_furniture_element(element: HtmlElement) -> bool:
    if element.get(POST_MARK):
        return False
    if element.tag in FURNITURE_TAGS:
        return not (element.tag == "footer" and element.getparent().tag == "blockquote")
    if element.tag in NEVER_TAKEN and element.tag != "p":
        return False
    if (element.get("role") or "").lower() in FURNITURE_ROLES:
        return True
    if element.get("hidden") is not None or HIDDEN.search(element.get("style") or ""):
        return True
    names = " ".join(element.get(key) or "" for key in ("class", "id", "data-component"))
    if HOLDS_THE_ARTICLE.search(names):
        return False
    return bool(FURNITURE_NAMES.search(names))


def is_small(element: HtmlElement, total: int) -> bool:
    """Whether an element may be taken out: it holds neither the headline nor much of the page's
    words.
    """
    if element.tag in ("noscript", "svg"):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if COMMENT_NAMES.search(names):
        return element.find(".//h1") is None
    if element.find(f".//*[@{POST_MARK}]") is not None and element.tag in (
        "figure",
        "div",
        "section",
    ):
        return False
    return count_prose(element) <= LARGEST_SHARE * total


def take_out(element: HtmlElement) -> None:
    """Remove an element and leave the text behind it."""
    element.drop_tree()


def unfold_layout_tables(page: HtmlElement) -> None:
    """Make divisions of tables that lay out a page, as old ones do: they hold tables or long
    cells.
    """
    for table in list(page.iter("table")):
        cells = list(table.iter("td", "th"))
        nested = table.find(".//table") is not None
        if nested or any(len(read_words(cell).split()) > LONG_CELL for cell in cells):
            for part in [table, *table.iter("tbody", "thead", "tfoot", "tr", "td", "th")]:
                part.tag = "div"


def mend_paragraphs(page: HtmlElement) -> None:
    """Make paragraphs of the stretches between line breaks, in elements that have no other
    paragraphs.
    """
    for element in list(page.iter("div", "td", "font", "center", "section", "span", "article")):
        breaks = [child for child in element if child.tag == "br"]
        if len(breaks) >= FEWEST_BREAKS:
            wrap_stretches(element)
        elif element.tag == "div" and is_paragraph(element):
            element.tag = "p"


def is_paragraph(division: HtmlElement) -> bool:
    """Return whether a division beside paragraphs holds words and what stands within lines alone."""
    if any(child.tag not in INLINE_TAGS for child in division) or division.get(POST_MARK):
        return False
    own = " ".join([division.text or "", *(child.tail or "" for child in division)])
    beside = division.getparent()
    is_among_paragraphs = len(beside.findall("p")) > len(beside.findall("div"))
    return is_among_paragraphs and len(own.split()) >= FEWEST_WORDS_OF_PROSE


def wrap_stretches(element: HtmlElement) -> None:
    """Put what stands between the line breaks and blocks of an element into paragraphs of its
    own.
    """
    for holder in (element, *element.iterancestors("p", "font", "span", "b")):
        holder.tag = "div"
    parts = list(element)
    text = element.text or ""
    element.text = None
    paragraph = html.Element("p")
    paragraph.text = text
    element.insert(0, paragraph)
    for child in parts:
        tail, child.tail = child.tail or "", None
        if child.tag == "br":
            element.remove(child)
        elif child.tag in INLINE_TAGS:
            paragraph.append(child)
            child.tail = tail
            continue
        new = html.Element("p")
        new.text = tail
        if child.tag == "br":
            paragraph.addnext(new)
        else:
            child.addnext(new)
        paragraph = new


def take_out_figures(page: HtmlElement) -> None:
    """Remove pictures with what stands in them, but not quotations, tables and posts set as
    figures.
    """
    for figure in list(page.iter("figure")):
        if figure.getparent() is None:
            continue
        kept = figure.xpath(f".//blockquote|.//table|.//*[@{POST_MARK}]")
        paragraphs = [p for p in figure.iter("p") if len(read_words(p).split()) > LONGEST_LINK]
        if not kept and not paragraphs:
            take_out(figure)


def take_out_link_paragraphs(page: HtmlElement) -> None:
    """Remove paragraphs, items and headings that are nothing but a link, and no sentence."""
    for element in list(page.iter("p", "h2", "h3", "h4", "h5", "li", "div", "strong", "b")):
        if element.getparent() is None or element.get(POST_MARK):
            continue
        links = element.findall(".//a")
        if not links:
            continue
        words = read_words(element)
        linked = "".join(read_words(link) for link in links)
        if not words or len(words.split()) > LONGEST_LINK or SENTENCE_END.search(words):
            continue
        parent_is_prose = element.tag in ("strong", "b") and element.getparent().tag != "div"
        is_all_link = len(linked.replace(" ", "")) >= 0.9 * len(words.replace(" ", ""))
        is_long = len(words.split()) >= FEWEST_WORDS_OF_LINK
        heads_text = element.tag in HEADINGS and is_followed_by_text(element)
        if is_all_link and is_long and not parent_is_prose and not heads_text:
            take_out(element)


def take_out_headless_introductions(page: HtmlElement) -> None:
    """Remove lists of which nothing is left, with the line that introduced them: "More on the
    harbour:".
    """
    for items in list(page.iter("ul", "ol")):
        before = items.getprevious()
        if items.getparent() is None or read_words(items):
            continue
        if before is not None and before.tag in ("p", *HEADINGS):
            words = read_words(before)
            if words.endswith(":") and len(words.split()) <= LONGEST_INTRODUCTION:
                take_out(before)
        take_out(items)


def is_followed_by_text(heading: HtmlElement) -> bool:
    """Whether a paragraph follows a heading, as under the linked headings of a list of things."""
    after = heading.getnext()
    while after is not None and after.tag in ("img", "div") and not read_words(after):
        after = after.getnext()
    return after is not None and len(read_words(after).split()) >= FEWEST_WORDS_UNDER_HEADING


def mark_article(page: HtmlElement) -> None:
    """Name the element that holds the article, where the page names none: else its headings would
    be lost.
    """
    holder = page.find("body")
    if holder is None:
        return
    words = {paragraph: count_prose(paragraph) for paragraph in holder.iter("p")}
    prose = {
        paragraph: count for paragraph, count in words.items() if count >= FEWEST_WORDS_OF_PROSE
    }
    total = sum(prose.values())
    while total and (child := find_main_child(holder, prose, total)) is not None:
        holder = child
        names = (
            f"{holder.get('class') or ''} {holder.get('id') or ''} {holder.get('itemprop') or ''}"
        )
        if HOLDS_THE_ARTICLE.search(names):
            return
    own = sum(count for paragraph, count in prose.items() if paragraph.getparent() is holder)
    if holder.tag == "body" and total and own >= MOST_OF_PROSE * total:
        holder = wrap_children(holder)
    if holder.tag in ("div", "section", "main", "article"):
        holder.set("class", ARTICLE_MARK)


def wrap_children(body: HtmlElement) -> HtmlElement:
    """Put all that a page holds into one division, and return that."""
    division = html.Element("div")
    division.text, body.text = body.text, None
    for child in list(body):
        division.append(child)
    body.append(division)
    return division


def find_main_child(
    holder: HtmlElement, prose: dict[HtmlElement, int], total: int
) -> HtmlElement | None:
    """Return the part of an element that holds most of the page's prose; None if no one part
    does.
    """
    for child in holder:
        if not isinstance(child.tag, str) or child.tag == "p":
            continue
        held = sum(prose.get(paragraph, 0) for paragraph in child.iter("p"))
        if held >= MOST_OF_PROSE * total:
            return child
    return None
