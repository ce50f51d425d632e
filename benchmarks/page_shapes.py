# ruff: noqa: E501
"""The shapes in which twelve content systems set an article: their elements, class names and what stands around the text."""

import json
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Protocol


class Told(Protocol):
    """What a shape has to be told of a story."""

    @property
    def title(self) -> str: ...
    @property
    def day(self) -> str: ...
    @property
    def outlet(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def parts(self) -> Sequence[tuple[str, str]]: ...
    @property
    def pull_quote(self) -> str: ...
    @property
    def related(self) -> Sequence[str]: ...


FILLER = "Lorem is not news, but it fills the room of a teaser with words that nobody wrote for this article."
WP_BLOCK_EMBED = "<figure class='wp-block-embed is-type-rich is-provider-twitter'><div class='wp-block-embed__wrapper'>{}</div></figure>"
ARTICLE_BODY_CHAIN = (
    "<div class='article-body-chain'><p class='font--article-body' data-el='text'>{}</p></div>"
)
FONT__SUBHEAD = "<h3 class='font--subhead'>{}</h3>"
ELEMENT = "<figure class='element element-tweet'>{}</figure>"
SSRCSS_PARAGRAPH = "<div data-component='text-block'><p class='ssrcss-Paragraph'>{}</p></div>"
SET_6 = "<div data-component='subheadline-block'><h2>{}</h2></div>"
SET_7 = "<p id='x1'>{}</p>"
SET_8 = "<p style='white-space:pre-wrap;'>{}</p>"
KG_CARD = "<figure class='kg-card kg-embed-card'>{}</figure>"
COMMENTS = (
    "I crossed it yesterday and my hat is still wet, thank you very much for nothing.",
    "Whoever wrote this has never been to the harbour on a market day.",
)


def write_json_ld(story: Told, **more: Any) -> str:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": f"{story.day}T08:15:00-05:00",
        "dateModified": "2025-01-02T10:00:00-05:00",
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "NewsMediaOrganization", "name": story.outlet},
        "articleSection": story.section,
        "mainEntityOfPage": story.url,
    }
    return f'<script type="application/ld+json">{json.dumps(record | more)}</script>'


def write_head(story: Told, *extra: str, title: str = "", language: str = "en") -> str:
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title or story.title)}</title>'
        f'<link rel="canonical" href="{story.url}">{"".join(extra)}'
        "<style>.x{color:red}</style><script>var a = '<p>not text</p>';</script></head>"
    )


def write_open_graph(story: Told, name: str = "", title: str = "") -> str:
    return (
        f'<meta property="og:title" content="{escape(title or story.title)}"><meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="{escape(name or story.outlet)}">'
        f'<meta property="og:url" content="{story.url}?utm_source=feed">'
    )


def write_links(story: Told, tag: str = "li") -> str:
    return "".join(
        f'<{tag}><a href="/n/{i}">{escape(title)}</a></{tag}>'
        for i, title in enumerate(story.related)
    )


def write_start(story: Told, *extra: str) -> str:
    """Return a head with all that machines are told, and the top of the body."""
    return (
        write_head(story, write_open_graph(story), write_json_ld(story), *extra)
        + f'<body><div id="top"><a href="/">{story.outlet}</a>{write_links(story, "span")}</div>'
    )


def write_tweet(text: str) -> str:
    words, name, handle = text.split("|")
    return (
        f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{escape(words)} <a href="https://t.co/Xa">pic.twitter.com/Xa</a></p>'
        f'&mdash; {name} (@{handle}) <a href="https://twitter.com/{handle}/status/1">March 5, 2024</a></blockquote>'
        '<script async src="https://platform.twitter.com/widgets.js"></script>'
    )


def write_parts(
    story: Told,
    *,
    paragraph: str = "<p>{}</p>",
    heading: str = "<h2>{}</h2>",
    item: str = "<ul><li>{}</li></ul>",
    post: str = "{}",
    between: Sequence[str] = (),
    every: int = 3,
) -> str:
    """Return the parts of a story as HTML, with pieces of what is not the article between them."""
    out: list[str] = []
    pieces = list(between)
    for i, (kind, text) in enumerate(story.parts):
        match kind:
            case "paragraph":
                out.append(paragraph.format(link_words(escape(text, quote=False))))
            case "heading":
                out.append(heading.format(escape(text, quote=False)))
            case "item":
                out.append(item.format(escape(text, quote=False)))
            case _:
                out.append(post.format(write_tweet(text)))
        if i % every == every - 2 and pieces and kind == "paragraph":
            out.append(pieces.pop(0))
    return "".join(out)


def write_comments() -> str:
    return "".join(f'<li class="comment"><p>{words}</p></li>' for words in COMMENTS)


def link_words(text: str) -> str:
    """Return a paragraph with a link and emphasis in it, as real ones have."""
    return text.replace("the council", '<a href="/topics/council">the council</a>', 1).replace(
        "years", "<em>years</em>", 1
    )


def set_as_wordpress(story: Told) -> str:
    between = (
        f'<figure class="wp-block-image"><img src="a.jpg"><figcaption class="wp-element-caption">The pier on Monday. {FILLER}</figcaption></figure>',
        f'<figure class="wp-block-pullquote"><blockquote><p>{escape(story.pull_quote)}</p></blockquote></figure>',
        f'<p><strong>Read more:</strong> <a href="/x">{escape(story.related[0])}</a></p>',
        '<div class="code-block code-block-1"><div class="adsbygoogle">Advertisement</div></div>',
    )
    return (
        write_head(story, write_open_graph(story), f'<meta property="article:published_time" content="{story.day}T08:15:00+00:00">',
                   f'<meta name="author" content="{story.author}">', title=f"{story.title} - {story.outlet}")
        + f'<body class="post-template-default single single-post tag-news has-sidebar"><header id="masthead"><nav>{write_links(story)}</nav></header>'
        f'<div id="content"><article class="post type-post category-local tag-harbour"><header class="entry-header"><h1 class="entry-title">{escape(story.title)}</h1>'
        f'<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{story.day}T08:15:00+00:00">{story.day}</time></span> by <span class="author vcard"><a href="/author/a">{story.author}</a></span></div></header>'
        f'<div class="entry-content">{write_parts(story, post=WP_BLOCK_EMBED, between=between)}'
        f'<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li>Twitter</li><li>Facebook</li></ul></div><div id="jp-relatedposts"><h3>Related</h3>{write_links(story, "p")}</div></div>'
        f'<footer class="entry-footer">Posted in <a href="/c">Local</a> Tagged <a href="/t">harbour</a></footer></article>'
        f'<div id="comments" class="comments-area"><h2>2 thoughts on “{escape(story.title)}”</h2><ol class="comment-list">{write_comments()}</ol></div></div>'
        f'<aside id="secondary" class="widget-area"><h2>Recent posts</h2><ul>{write_links(story)}</ul></aside><footer>Proudly powered by WordPress</footer></body></html>'
    )  # fmt: skip


def set_as_drupal(story: Told) -> str:
    between = (
        f'<div class="field--name-field-related-inline"><p>Related: <a href="/r">{escape(story.related[1])}</a></p></div>',
        f'<aside class="pull-quote"><p>“{escape(story.pull_quote)}”</p></aside>',
        f'<div class="media media--image"><img src="b.jpg"><div class="field--name-field-caption caption">{FILLER}</div></div>',
    )
    return (
        write_head(story, f'<meta name="dcterms.date" content="{story.day}">', f'<meta property="og:title" content="{escape(story.title)}">', title=f"{story.title} | {story.outlet}")
        + f'<body class="path-node page-node-type-article"><div class="layout-container"><header role="banner"><a href="/">{story.outlet}</a></header><nav role="navigation">{write_links(story)}</nav>'
        f'<main role="main"><div class="region-content"><h1 class="page-title"><span class="field--name-title">{escape(story.title)}</span></h1>'
        f'<article class="node node--type-article"><div class="node__meta">Submitted by <span class="username">{story.author}</span> on {story.day}</div>'
        f'<div class="field field--name-field-author"><div class="field__item author">{story.author}</div></div>'
        f'<div class="node__content"><div class="field field--name-body field__item">{write_parts(story, between=between, heading="<h3>{}</h3>")}</div>'
        f'<div class="field--name-field-tags"><div class="field__label">Tags</div>{write_links(story, "div")}</div></div></article></div></main>'
        f'<footer>{story.outlet} is a member of the press council. {FILLER}</footer></div></body></html>'
    )  # fmt: skip


def set_as_arc(story: Told) -> str:
    between = (
        '<div class="ad-container"><div id="slug_inline_bb" class="hide-for-print"><div class="center">Advertisement</div></div></div>',
        '<div class="newsletter-inline"><h3>Morning mix</h3><p>The stories that everybody will be talking about, in your inbox at seven every day.</p></div>',
        f'<div class="interstitial-link"><a href="/q">[{escape(story.related[0])}]</a></div>',
        '<p class="dn-print">Story continues below advertisement</p>',
        f'<div class="article-image"><img src="c"><figcaption class="pb-caption">{FILLER} (Ruth Okoro/For {story.outlet})</figcaption></div>',
    )
    return (
        write_head(story, write_open_graph(story), write_json_ld(story, isAccessibleForFree=False), title=f"{story.title} - {story.outlet}")
        + f'<body><div id="fusion-app"><header class="masthead">{write_links(story)}</header><main><article data-qa="main"><header><div class="kicker">{story.section}</div><h1 data-qa="headline">{escape(story.title)}</h1>'
        f'<div class="byline" data-qa="author-byline">By <a rel="author">{story.author}</a></div><div class="display-date">{story.day} at 8:15 a.m. EST</div></header>'
        f'<div class="article-body">{write_parts(story, paragraph=ARTICLE_BODY_CHAIN, heading=FONT__SUBHEAD, between=between, every=2)}</div>'
        f'<div class="author-bio"><p>{story.author} covers the harbour and the county. She joined the paper in 2011 and lives in Coldbrook.</p></div></article>'
        f'<section class="most-read"><h2>Most read</h2><ol>{write_links(story)}</ol></section></main></div></body></html>'
    )  # fmt: skip


def set_as_guardian(story: Told) -> str:
    between = (
        f'<aside class="element element-rich-link element--thumbnail"><div class="rich-link"><h1 class="rich-link__title"><a href="/g">{escape(story.related[2])}</a></h1><div class="rich-link__read-more">Read more</div></div></aside>',
        f'<aside class="element element-pullquote"><blockquote><p>{escape(story.pull_quote)}</p><footer><cite>{story.author}</cite></footer></blockquote></aside>',
        f'<figure class="element element-image"><img src="d"><figcaption class="caption caption--img">{FILLER} Photograph: Hugh Sato/{story.outlet}</figcaption></figure>',
        '<div class="ad-slot ad-slot--inline" data-name="inline1"></div>',
        '<figure data-spacefinder-type="newsletter"><div class="email-sub"><p>Sign up to First Thing, our free daily newsletter about the coast</p></div></figure>',
    )
    return (
        write_head(story, write_open_graph(story), write_json_ld(story, author=[{"@type": "Person", "name": story.author, "sameAs": "https://x.example/p"}]), title=f"{story.title} | {story.section} | {story.outlet}")
        + f'<body><header class="new-header">{write_links(story)}</header><main><article id="article" class="content content--article"><div class="content__head"><h1 class="content__headline">{escape(story.title)}</h1><div class="content__standfirst"></div>'
        f'<p class="byline"><a rel="author" href="/profile">{story.author}</a></p><p class="content__dateline"><time datetime="{story.day}T13:15:00-0500" class="content__dateline-wpd">{story.day}</time></p></div>'
        f'<div class="content__article-body from-content-api js-article__body" itemprop="articleBody">{write_parts(story, between=between, post=ELEMENT)}'
        f'<div class="submeta"><span>Topics</span><ul class="submeta__keywords">{write_links(story)}</ul></div></div>'
        f'<div class="contributions__epic"><p>Since you are here, we have a small favour to ask. Millions are turning to us for open news every day, and readers pay for it.</p><p>Support us from as little as one crown. Thank you.</p></div></article>'
        f'<section id="most-viewed">{write_links(story)}</section></main></body></html>'
    )  # fmt: skip


def set_as_bbc(story: Told) -> str:
    between = (
        f'<div data-component="image-block" class="ssrcss-image"><figure><img src="e"><span class="visually-hidden">Image source, Getty Images</span><figcaption><span class="visually-hidden">Image caption, </span>{FILLER}</figcaption></figure></div>',
        f'<div data-component="unordered-list-block"><ul><li><a href="/1">{escape(story.related[0])}</a></li><li><a href="/2">{escape(story.related[1])}</a></li></ul></div>',
    )
    return (
        write_head(story, write_open_graph(story, f"{story.outlet}"), write_json_ld(story, author={"@type": "NewsMediaOrganization", "name": story.outlet}), title=f"{story.title} - {story.outlet}", language="en-GB")
        + f'<body><header role="banner"><nav>{write_links(story)}</nav></header><main id="main-content"><article class="ssrcss-article"><header><h1 id="main-heading">{escape(story.title)}</h1><div data-component="byline-block">By <div class="ssrcss-TextContributorName">{story.author}</div></div><time data-testid="timestamp" datetime="{story.day}T13:15:00-05:00">{story.day}</time></header>'
        f'{write_parts(story, paragraph=SSRCSS_PARAGRAPH, heading=SET_6, between=between)}'
        f'<section data-component="topic-list"><h2>Related Topics</h2><ul>{write_links(story)}</ul></section><section data-component="links-block"><h2>More on this story</h2><ul>{write_links(story)}</ul></section></article></main><footer role="contentinfo">© 2024 BBC-like</footer></body></html>'
    )  # fmt: skip


def set_as_ap(story: Told) -> str:
    between = (
        f'<div class="Enhancement"><div class="PageListEnhancementGeneric"><div class="PageList-header-title">Related stories</div>{write_links(story, "div")}</div></div>',
        '<div class="HtmlModuleEnhancement"><p>___</p></div>',
        f'<div class="Enhancement"><figure class="Figure"><img src="f"><figcaption class="Figure-caption">{FILLER} (AP Photo/Hugh Sato)</figcaption></figure></div>',
    )
    return (
        write_head(story, write_open_graph(story), write_json_ld(story, author=[{"@type": "Person", "name": story.author.upper()}]), title=f"{story.title} | {story.outlet}")
        + f'<body><div class="Page-header">{write_links(story)}</div><main class="Page-main"><h1 class="Page-headline">{escape(story.title)}</h1><div class="Page-byline"><div class="Page-authors">By&nbsp;<a class="Link">{story.author.upper()}</a></div><div class="Page-dateModified">Updated 10:00 AM EST, January 2, 2025</div></div>'
        f'<div class="Page-storyBody"><div class="RichTextStoryBody RichTextBody">{write_parts(story, between=between)}<p>___</p><p>Follow our coverage of the harbour at https://harbour.example/hub</p></div></div>'
        f'<div class="Page-below"><div class="Page-authorInfo"><div class="AuthorInfo-bio">{story.author} is a reporter who has covered floods, fires and councils for many years and in several counties.</div></div></div></main></body></html>'
    )  # fmt: skip


def set_as_chorus(story: Told) -> str:
    between = (
        f'<aside class="c-pullquote"><q>{escape(story.pull_quote)}</q></aside>',
        f'<div class="c-float-right"><div class="c-related-list"><h3>Related</h3><ul>{write_links(story)}</ul></div></div>',
        '<figure class="e-image"><span class="e-image__inner"><img src="g"></span><span class="e-image__meta"><cite>Photo by Hugh Sato/Getty Images</cite></span></figure>',
        '<div class="c-newsletter_signup_box"><p>Sign up for the newsletter</p><p>Understand the coast, one tide at a time.</p></div>',
    )
    return (
        write_head(story, write_open_graph(story), write_json_ld(story), title=f"{story.title} - {story.outlet}")
        + f'<body><div class="c-global-header">{write_links(story)}</div><section class="l-wrapper"><article class="l-segment"><div class="c-entry-hero"><h1 class="c-page-title">{escape(story.title)}</h1><div class="c-byline"><span class="c-byline__item">By <a href="/a"><span class="c-byline__author-name">{story.author}</span></a></span> <time class="c-byline__item" datetime="{story.day}T13:15:00">{story.day}</time></div></div>'
        f'<div class="l-sidebar-fixed l-segment l-article-body-segment"><div class="l-col__main"><div class="c-entry-content">{write_parts(story, paragraph=SET_7, between=between, every=4)}</div><div class="c-tab-bar"><span>More from {story.outlet}</span>{write_links(story, "div")}</div></div></div></article></section></body></html>'
    )  # fmt: skip


def set_as_squarespace(story: Told) -> str:
    return (
        write_head(story, write_open_graph(story, title=f"{story.title} — {story.outlet}"), f'<meta itemprop="datePublished" content="{story.day}T08:15:00-0500"><meta itemprop="author" content="{story.author}">', title=f"{story.title} — {story.outlet}")
        + f'<body class="collection-type-blog view-item"><header id="header"><h1 id="site-title"><a href="/">{story.outlet}</a></h1>{write_links(story)}</header><main><article class="entry hentry author-a post-type-text"><div class="entry-title-wrapper"><h1 class="entry-title" data-content-field="title">{escape(story.title)}</h1></div>'
        f'<div class="entry-content e-content"><div class="sqs-layout"><div class="row"><div class="col"><div class="sqs-block html-block"><div class="sqs-block-content">{write_parts(story, paragraph=SET_8)}</div></div>'
        f'<div class="sqs-block image-block"><div class="image-caption-wrapper"><div class="image-caption"><p>{FILLER}</p></div></div></div><div class="sqs-block newsletter-block"><form><p>Sign up with your email address to receive news and updates.</p></form></div></div></div></div></div>'
        f'<div class="entry-actions">Comment <span class="like">3 Likes</span> Share</div></article><nav id="pagination"><a href="/p">{escape(story.related[0])}</a></nav></main></body></html>'
    )  # fmt: skip


def set_as_ghost(story: Told) -> str:
    between = (
        f'<blockquote class="kg-blockquote-alt">{escape(story.pull_quote)}</blockquote>',
        f'<div class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="/b"><div class="kg-bookmark-title">{escape(story.related[3])}</div><div class="kg-bookmark-description">{FILLER}</div></a></div>',
        f'<div class="kg-card kg-signup-card"><h2>Subscribe to {story.outlet}</h2><p>No noise, once a week, by people who live here.</p></div>',
    )
    return (
        write_head(story, write_open_graph(story), write_json_ld(story, **{"@type": "Article"}), title=story.title)
        + f'<body class="post-template tag-news"><div class="viewport"><header id="gh-head">{write_links(story)}</header><main class="site-main"><article class="article post tag-news"><header class="article-header gh-canvas"><div class="article-tag">{story.section}</div><h1 class="article-title">{escape(story.title)}</h1><div class="article-byline"><h4 class="author-name"><a href="/author/a/">{story.author}</a></h4><time datetime="{story.day}">{story.day}</time> <span class="byline-reading-time">4 min read</span></div></header>'
        f'<section class="gh-content gh-canvas">{write_parts(story, between=between, post=KG_CARD)}</section></article><section class="footer-cta"><h2>Sign up for more like this.</h2></section><aside class="read-more-wrap"><div class="read-more">{write_links(story, "article")}</div></aside></main></div></body></html>'
    )  # fmt: skip


def set_as_old_table(story: Told) -> str:
    text = write_parts(
        story, paragraph="{}<br><br>\n", heading="<b>{}</b><br><br>\n", item="&#149; {}<br><br>\n"
    )
    year, month, day = story.day.split("-")
    return (
        f"<HTML><HEAD><TITLE>{story.outlet}: {escape(story.title)}</TITLE></HEAD><BODY BGCOLOR=white><!-- saved from url=(0040){story.url} -->"
        f'<TABLE width=100% border=0><TR><TD colspan=3><A HREF="/"><IMG SRC=logo.gif ALT="{story.outlet}"></A></TD></TR><TR><TD width=150 valign=top><FONT size=1>{write_links(story, "p")}</FONT></TD>'
        f"<TD valign=top><FONT face=Arial size=5><B>{escape(story.title)}</B></FONT><BR><FONT size=2>By {story.author}</FONT><BR><FONT size=1>{MONTHS[int(month)]} {int(day)}, {year}</FONT><P><FONT face=Times size=3>{text}</FONT></TD>"
        f'<TD width=120 valign=top><FONT size=1><B>Also today</B><BR>{write_links(story, "p")}</FONT></TD></TR><TR><TD colspan=3 align=center><FONT size=1>Copyright {year} {story.outlet}. All rights reserved.</FONT></TD></TR></TABLE></BODY></HTML>'
    )  # fmt: skip


def set_as_hashed(story: Told) -> str:
    """Names of classes that say nothing, as programs make them."""
    between = (
        f'<div class="css-1xk2"><div class="css-9ab"><img src="h"></div><div class="css-7tt"><span>{FILLER}</span><span>Credit: Hugh Sato for {story.outlet}</span></div></div>',
        f'<div class="css-3ll"><p class="css-3lm">“{escape(story.pull_quote)}”</p></div>',
        f'<div class="css-5rr"><h3>Read next</h3><div><a href="/1">{escape(story.related[0])}</a></div><div><a href="/2">{escape(story.related[1])}</a></div></div>',
        '<div class="css-ad1"><p>Advertisement</p><a href="#after">Skip to content</a></div>',
        '<div class="css-8nl"><p>Get the best of the coast in your inbox.</p><label>Email</label><input type="email"><button>Sign up</button></div>',
    )
    return (
        write_head(
            story,
            write_open_graph(story),
            write_json_ld(story),
            title=f"{story.title} - {story.outlet}",
        )
        + f'<body><div id="__next"><div class="css-0aa"><a href="/">{story.outlet}</a>{write_links(story, "span")}</div><div class="css-1bb"><section name="articleBody" class="css-2cc"><h1 class="css-h1">{escape(story.title)}</h1>'
        f'<div class="css-by"><p>By <span>{story.author}</span></p><time datetime="{story.day}T08:15:00-05:00">{story.day}</time><span>5 min read</span></div>'
        f"{write_parts(story, paragraph='<div class=css-p><p class=css-at9>{}</p></div>', heading='<h2 class=css-h2>{}</h2>', between=between, every=2)}</section>"
        f'<div class="css-4dd"><p>{story.author} is a reporter who covers the harbour for {story.outlet}. She lives in Tilling.</p></div></div>'
        f'<div class="css-6ee"><h2>More in {story.section}</h2>{write_links(story, "div")}</div><div class="css-foot"><a href="/terms">Terms of service</a> © 2024 {story.outlet}</div></div></body></html>'
    )


def set_as_plain_divisions(story: Told) -> str:
    """No paragraphs at all: divisions and line breaks."""
    text = write_parts(
        story,
        paragraph="<div>{}</div><div><br></div>",
        heading="<div><b>{}</b></div><div><br></div>",
        item="<div>• {}</div>",
    )
    return (
        write_head(
            story,
            write_open_graph(story, title=story.title),
            f'<meta name="publish-date" content="{story.day}"><meta name="byl" content="By {story.author}">',
            title=f"{story.outlet} | {story.title}",
        )
        + f'<body><div id="top"><div class="menu">{write_links(story, "span")}</div></div><div id="page"><div id="headline">{escape(story.title)}</div><div id="by">By {story.author} | {story.outlet}</div>'
        f'<div id="storytext">{text}</div><div id="tools"><a href="#">Print</a> <a href="#">E-mail</a></div><div id="others"><b>Other stories</b>{write_links(story, "div")}</div></div></body></html>'
    )


MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
SHAPES: dict[str, Callable[[Any], str]] = {
    "WordPress": set_as_wordpress,
    "Drupal": set_as_drupal,
    "Arc": set_as_arc,
    "Guardian": set_as_guardian,
    "BBC": set_as_bbc,
    "AP": set_as_ap,
    "Chorus": set_as_chorus,
    "Squarespace": set_as_squarespace,
    "Ghost": set_as_ghost,
    "old table": set_as_old_table,
    "hashed": set_as_hashed,
    "divisions": set_as_plain_divisions,
}
