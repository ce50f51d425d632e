"""Posts of social networks inside an article, made signed quotations, since they are not the
article's words.
"""

import re
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

from claims.intake.readers.html.titles import read_words

POST_NAMES = re.compile(
    r"(?:^|\s)(?:twitter-tweet|twitter-video|tweet-embed|instagram-media|tiktok-embed|fb-post"
    r"|fb-video|bluesky-embed|"
    r"mastodon-embed|reddit-embed-bq|reddit-card|truthsocial-embed|threads-embed"
    r"|text-post-media)(?:\s|$)"
)
SIGNATURE = re.compile(
    r"(?:\s[—–―-]+\s*|\b(?:A (?:post|photo|video) (?:shared|posted)|Posted|Shared) by\s+)"
    r"(?P<name>[^()—–]{2,60}?)\s*(?P<handle>\(@?[\w.@-]+\))?\s*(?:\bon\b\s*)?"
    r"(?P<day>(?:[A-Z][a-z]{2,5}day,\s)?[A-Z][a-z]{2,8}\s\d{1,2},\s\d{4}(?:\s+(?:at\s)?.{0,30})?"
    r"|\d{1,2}\s[A-Z][a-z]+\s\d{4}.{0,30})?\W*$"
)
LINK_WORDS = re.compile(r"(?:https?://|pic\.twitter\.com/|t\.co/|bit\.ly/)[^\s—–]*")
VIEW_POST = re.compile(
    r"View this (?:post|photo|profile) on \w+|See more on \w+|\[image or embed\]"
    r"|Post by @[\w.@-]+|View on (?:Mastodon|Threads|Bluesky|Instagram|Facebook|X|Twitter)\b",
    re.I,
)
OWN_MARKS = re.compile(r"^[“\"‘'](.*)[”\"’']$", re.S)
POST_MARK = "data-post"


@dataclass(frozen=True, slots=True)
class Post:
    text: str
    author: str
    handle: str
    day: str

    def __str__(self) -> str:
        """Return the post as a quotation with its author's name after a dash."""
        whole = OWN_MARKS.match(self.text)
        quotation = f"“{whole[1] if whole else self.text}”"
        if not self.author:
            return quotation
        signed = " ".join(part for part in (self.author, self.handle) if part)
        return f"{quotation} — {signed}, {self.day}" if self.day else f"{quotation} — {signed}"


def sign_posts(page: HtmlElement) -> int:
    """Put a signed quotation in the place of every embedded post, and return how many there
    were.
    """
    count = 0
    for element in list(page.iter("blockquote", "div")):
        if element.getparent() is None or not POST_NAMES.search(element.get("class") or ""):
            continue
        post = read_post(element)
        paragraph = html.Element("p")
        paragraph.set(POST_MARK, "1")
        paragraph.text = str(post) if post else ""
        replace_embed(element, paragraph)
        count += bool(post)
    return count


def read_post(element: HtmlElement) -> Post | None:
    """Return the post in an element; None if it has no words, as where a script would put them."""
    part_words(element)
    words = LINK_WORDS.sub(" ", VIEW_POST.sub("", read_words(element)))
    signature = SIGNATURE.search(words)
    if signature:
        text = words[: signature.start()]
        author, handle = signature["name"].strip(), signature["handle"] or ""
        day = signature["day"] or ""
    else:
        text, author, handle, day = words, read_handle(element), "", ""
        text = text.removeprefix(author).strip() if author else text
    text = " ".join(text.split())
    if len(text) < 2:
        return None
    return Post(text, author, handle, day.strip())


def part_words(element: HtmlElement) -> None:
    """Put blanks around the blocks of an element, whose words would run into each other else."""
    for block in element.iter("p", "br", "div", "section"):
        block.tail = f" {block.tail or ''}"
        if block.tag != "br":
            block.text = f" {block.text or ''}"


def read_handle(element: HtmlElement) -> str:
    for link in element.iter("a"):
        title = read_words(link)
        if title.startswith("@") and " " not in title:
            return title
    return ""


def replace_embed(element: HtmlElement, paragraph: HtmlElement) -> None:
    """Put a paragraph in place of an embed, and of what holds nothing else."""
    holder = element
    while (parent := holder.getparent()) is not None:
        if parent.tag not in ("div", "figure", "span", "section", "center"):
            break
        if (
            len(read_words(parent)) > len(read_words(holder)) + 40
            or parent.find(".//p[@id]") is not None
        ):
            break
        paragraphs = [p for p in parent.iter("p") if not is_within(p, holder)]
        if paragraphs:
            break
        holder = parent
    parent = holder.getparent()
    if parent is None:
        return
    paragraph.tail = holder.tail
    parent.replace(holder, paragraph)


def is_within(element: HtmlElement, holder: HtmlElement) -> bool:
    return any(ancestor is holder for ancestor in element.iterancestors())
