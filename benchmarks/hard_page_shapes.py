# ruff: noqa: E501
"""Shapes of pages that are hard to read: what is not the article stands in the middle of it, under names that say nothing."""

from collections.abc import Callable
from html import escape
from typing import Any

from benchmarks.page_shapes import (
    COMMENTS,
    FILLER,
    MONTHS,
    Told,
    link_words,
    write_head,
    write_json_ld,
    write_links,
    write_open_graph,
    write_parts,
    write_start,
    write_tweet,
)
from benchmarks.post_shapes import POST_SHAPES, WITHOUT_WORDS_OF_POSTS

OTHER_TEXT = (
    "The lighthouse keeper of Skerry Point has been given a new lamp, a hundred years after the last one was lit for the first time.",
    "“I shall miss the old one, which hummed,” said Martha Quill, who has climbed its steps twice a day since she was nineteen.",
    "A museum in the county town has offered to take the old lamp, and to have it hum again on the days when schools come.",
    "The harbour office said that ships would see the new light from six miles further out than before, if the weather is fair.",
    "Two keepers of other lights had come by boat for the evening, and one of them had brought a cake in the shape of a buoy.",
)
BAIT = "The tide tables that every sailor hates"


def write_other_text() -> str:
    return "".join(f"<p>{text}</p>" for text in OTHER_TEXT)


def set_as_live_blog(story: Told) -> str:
    """Entries with a time and buttons, two paragraphs each."""
    record = write_json_ld(story, **{"@type": "LiveBlogPosting", "coverageStartTime": story.day})
    entries, entry = [], ""
    for i, (kind, text) in enumerate(story.parts):
        body = (
            write_tweet(text)
            if kind == "post"
            else f"<p>{link_words(escape(text, quote=False))}</p>"
        )
        entry += f"<h2>{escape(text, quote=False)}</h2>" if kind == "heading" else body
        if i % 2 and kind != "heading":
            entries.append(entry)
            entry = ""
    blocks = "".join(
        f'<div class="blk" id="e{i}"><div class="tm"><time datetime="{story.day}T1{i % 10}:05:00Z">1{i % 10}:05</time></div>{body}<div class="btns"><a href="#">Share</a> <a href="#">Copy link</a></div></div>'
        for i, body in enumerate([*entries, entry])
    )
    return (
        write_head(story, write_open_graph(story), record)
        + f'<body><div class="hd">{write_links(story, "span")}</div><main><h1>{escape(story.title)}</h1><p class="by">By {story.author}</p><div class="stream">{blocks}</div><button>Load more updates</button></main></body></html>'
    )


def set_with_gallery(story: Told) -> str:
    """Pictures with captions of two paragraphs, and a row of slides."""
    slides = "".join(
        f'<li class="slide"><img src="s{i}.jpg"><div><span>{i} of 4</span><p>The pier in the rain, seen from the ferry. Hugh Sato/{story.outlet}</p></div></li>'
        for i in range(1, 5)
    )
    between = (
        f'<figure><img src="a.jpg"><figcaption><p>{FILLER}</p><p>Credit: Hugh Sato</p></figcaption></figure>',
        f'<div class="gallery"><ul>{slides}</ul></div>',
        '<div class="pic"><img src="b.jpg"><p class="txt">The old mill at dusk. Photograph: Hugh Sato/Getty Images</p></div>',
    )
    return f"{write_start(story)}<article><h1>{escape(story.title)}</h1>{write_parts(story, between=between)}</article></body></html>"


def set_as_interview(story: Told) -> str:
    """Questions in bold, with their answers in the same paragraph behind a line break."""
    out = []
    for i, (kind, text) in enumerate(story.parts):
        words = escape(text, quote=False)
        if kind == "post":
            out.append(write_tweet(text))
        elif kind == "paragraph" and i % 3 == 1:
            sentence, _, rest = words.partition(". ")
            out.append(
                f"<p><strong>{sentence}.</strong><br>{rest}</p>"
                if rest
                else f"<p><strong>{words}</strong></p>"
            )
        else:
            out.append(f"<p>{words}</p>")
    return f'{write_start(story)}<div class="wrap"><h1>{escape(story.title)}</h1><div class="intro-by">{story.author}</div><div class="story">{"".join(out)}</div></div></body></html>'


def set_with_sign_ups(story: Told) -> str:
    """Boxes that ask readers to sign up, without any field, under names that say nothing."""
    between = (
        '<div class="m-box"><h3>The Morning Tide</h3><p>Our pick of the day, every morning before the first ferry. <a href="/s">Sign up here</a>.</p></div>',
        '<p><em>Sign up for our weekly letter <a href="/s">here</a> and never miss a story about the harbour.</em></p>',
        f'<div class="x9"><p><strong>Get {story.outlet} in your inbox</strong></p><p>News that matters, once a day, for nothing.</p><a class="btn" href="/s">Subscribe</a></div>',
        "<p><em>This is an extract from The Morning Tide, our newsletter. Sign up here.</em></p>",
        f'<p>Enjoying this article? <a href="/m">Become a member of {story.outlet}</a> and support our journalism.</p>',
    )
    return f'{write_start(story)}<main><h1>{escape(story.title)}</h1><div class="body">{write_parts(story, between=between)}</div></main></body></html>'


def set_with_inline_links(story: Told) -> str:
    """Links to other articles between the paragraphs and at their ends."""
    first, second, third, fourth = (escape(title) for title in story.related[:4])
    between = (
        f'<p><strong>READ MORE: <a href="/1">{first}</a></strong></p>',
        f'<p><em>(Related: <a href="/2">{second}</a>)</em></p>',
        f'<p>[Also read: <a href="/3">{third}</a>]</p>',
        f'<p><b>&gt;&gt; <a href="/4">{fourth}</a></b></p>',
        f'<p>More on the harbour:</p><ul><li><a href="/1">{first}</a></li><li><a href="/2">{second}</a></li></ul>',
    )
    text = write_parts(story, between=between, every=2)
    text = text.replace("</p>", f' <strong><a href="/5">READ MORE: {first}</a></strong></p>', 1)
    start, end, rest = text.rpartition("</p>")
    text = f'{start} Read also: <a href="/6">{second}</a>{end}{rest}'
    return f'{write_start(story)}<div class="page"><h1>{escape(story.title)}</h1><div class="text">{text}</div></div></body></html>'


def set_with_cards(story: Told) -> str:
    """Teasers of other articles, with a picture and a sentence of theirs."""
    cards = [
        f'<a class="k" href="/{i}"><div><img src="k.jpg"><h3>{escape(title)}</h3><p>{OTHER_TEXT[i]}</p></div></a>'
        for i, title in enumerate(story.related[:3])
    ]
    return f'{write_start(story)}<div class="page"><h1>{escape(story.title)}</h1><div class="text">{write_parts(story, between=cards)}</div></div></body></html>'


def set_behind_consent(story: Told) -> str:
    """A page with its dialog about cookies open, with all of its words."""
    dialog = (
        '<div class="layer"><h2>We value your privacy</h2><p>We and our 842 partners store and access personal data, like browsing data or unique identifiers, on your device. '
        "Selecting “I accept” enables tracking technologies to support the purposes shown.</p><p>You can withdraw your consent at any time. Purposes: store information on a device, personalised advertising, "
        'measure content performance, understand audiences through statistics.</p><p><a href="#">Manage options</a> <a href="#">I accept</a> <a href="#">Reject all</a></p></div>'
    )
    return f'{write_head(story, write_open_graph(story), write_json_ld(story))}<body>{dialog}<div class="page"><h1>{escape(story.title)}</h1><div class="text">{write_parts(story)}</div></div></body></html>'


def set_with_offer(story: Told) -> str:
    """The whole text, and below it what it costs to read more."""
    offer = (
        '<div class="offer"><h2>Keep reading for one crown</h2><p>Then five crowns a month. Cancel any time during your trial.</p>'
        '<ul><li>Unlimited articles on every device</li><li>The paper as it was printed, every morning</li></ul><p>Already a subscriber? <a href="/l">Log in</a></p></div>'
    )
    return f'{write_start(story)}<article><h1>{escape(story.title)}</h1><div class="c-text">{write_parts(story)}</div>{offer}</article></body></html>'


def set_before_next_article(story: Told) -> str:
    """The next article of the site under this one, as pages that never end have it."""
    following = f'<article class="post"><h1><a href="/next">{BAIT}</a></h1><p>By Martha Quill</p>{write_other_text()}</article>'
    return f'{write_start(story)}<div id="feed"><article class="post"><h1>{escape(story.title)}</h1>{write_parts(story)}</article>{following}</div></body></html>'


def set_among_others(story: Told) -> str:
    """Several short articles beside the long one."""
    side = "".join(
        f"<div class='u'><h3><a href='/{i}'>{escape(title)}</a></h3><p>{OTHER_TEXT[i]}</p></div>"
        for i, title in enumerate(story.related[:4])
    )
    return f'{write_start(story)}<div class="grid"><div class="u"><h1>{escape(story.title)}</h1>{write_parts(story)}</div>{side}</div></body></html>'


def set_above_discussion(story: Told) -> str:
    """What readers wrote, under names that do not say so."""
    posts = "".join(
        f'<div class="entry"><b>harbourcat{i}</b> <i>{i} hours ago</i><p>{words}</p><a href="#">Reply</a> <a href="#">Report</a></div>'
        for i, words in enumerate(COMMENTS * 3, 1)
    )
    return f'{write_start(story)}<div class="main-col"><h1>{escape(story.title)}</h1><div class="text">{write_parts(story)}</div><div id="discussion"><h3>Join the discussion</h3>{posts}</div></div></body></html>'


def set_with_lines_of_head(story: Told) -> str:
    """Byline, times and a note on how long it takes to read, as paragraphs of the text."""
    year, month, day = story.day.split("-")
    head = (
        f"<p>By {story.author}</p><p>Published {day}.{month}.{year}, 08:15</p><p>4 min read</p><p>Updated: {story.day} 10:20</p>"
        f"<p>{story.author}, {story.outlet}</p><p>Share this article</p>"
    )
    foot = f"<p><em>{story.author} is a reporter at {story.outlet}.</em></p><p><em>Contact {story.author} at news@paper.example</em></p><p>Copyright {year} {story.outlet}. All rights reserved.</p>"
    return f'{write_start(story)}<div class="page"><h1>{escape(story.title)}</h1><div class="text">{head}{write_parts(story)}{foot}</div></div></body></html>'


def set_with_credits(story: Told) -> str:
    """Captions and credits of pictures as paragraphs of the text."""
    between = (
        '<p><img src="a.jpg"></p><p><em>The pier on Monday. (Hugh Sato/The Associated Press)</em></p>',
        '<p>Photo: Hugh Sato</p><span><img src="c.jpg"><span>Lanterns on the pier after dark</span></span>',
        f'<p><img src="b.jpg"><br><i>Dogs and lanterns at the ferry pier. Picture: {story.outlet}</i></p>',
        "<p><span>Image credit: Hugh Sato / Shutterstock</span></p>",
    )
    return f'{write_start(story)}<div class="page"><h1>{escape(story.title)}</h1><div class="text">{write_parts(story, between=between)}</div></div></body></html>'


def set_with_video(story: Told) -> str:
    """A film with its own words, which can be unfolded."""
    film = f'<div class="player"><p>Your browser does not support the video tag.</p><details><summary>Transcript</summary><p>{OTHER_TEXT[0]}</p><p>{OTHER_TEXT[1]}</p></details><span>02:14</span></div>'
    return f"{write_start(story)}<main><h1>{escape(story.title)}</h1>{film}{write_parts(story, between=['<p>WATCH: The pier in the storm</p>', '<p>Video: a walk over the bridge, 02:14</p>'])}</main></body></html>"


def set_with_breaks(story: Told) -> str:
    """All paragraphs in one, with two line breaks between them."""
    text = write_parts(
        story,
        paragraph="{}<br/><br/>",
        heading="<strong>{}</strong><br/><br/>",
        item="- {}<br/>",
        post="<br/>{}<br/>",
    )
    return f'{write_start(story)}<div class="page"><h1>{escape(story.title)}</h1><div class="text"><p>{text}</p></div></div></body></html>'


def set_in_divisions(story: Told) -> str:
    """Paragraphs that are divisions with spans in them, among divisions of advertisements."""
    text = write_parts(
        story,
        paragraph='<div class="t"><span>{}</span></div>',
        heading='<div class="t"><span><b>{}</b></span></div>',
        item='<div class="t"><span>• {}</span></div>',
        post='<div class="t">{}</div>',
        between=[
            '<div class="t"><span>Advertisement</span></div>',
            '<div class="t"><div id="div-gpt-1"></div></div>',
        ],
    )
    return f'{write_start(story)}<div class="page"><div class="t0">{escape(story.title)}</div><div class="w">{text}</div></div></body></html>'


def set_as_amp(story: Told) -> str:
    post = '<amp-twitter width="1" height="1" data-tweetid="1">{}</amp-twitter>'
    between = (
        f'<amp-img src="a.jpg" alt="x"></amp-img><figcaption>{FILLER}</figcaption>',
        '<amp-ad type="doubleclick"><div placeholder>Advertisement</div></amp-ad>',
        f'<amp-list><div class="rel"><a href="/1">{escape(story.related[0])}</a></div></amp-list>',
    )
    return (
        write_head(
            story,
            write_json_ld(story),
            '<script async src="https://cdn.ampproject.org/v0.js"></script>',
        ).replace("<html", "<html amp")
        + f'<body><amp-sidebar id="s">{write_links(story)}</amp-sidebar><header>{story.outlet}</header><main><h1>{escape(story.title)}</h1><amp-social-share type="email"></amp-social-share>{write_parts(story, post=post, between=between)}</main><amp-consent id="c"><div>We use cookies. <button>OK</button></div></amp-consent></body></html>'
    )


def set_for_print(story: Told) -> str:
    text = write_parts(story, heading="<h4>{}</h4>")
    year, month, day = story.day.split("-")
    return (
        f'<html><head><title>{escape(story.title)} - {story.outlet}</title><link rel="canonical" href="{story.url}"><meta name="robots" content="noindex"><meta property="og:site_name" content="{story.outlet}"><meta name="author" content="{story.author}"></head>'
        f'<body onload="window.print()"><p>{story.outlet}</p><h2>{escape(story.title)}</h2><p>{story.author}</p><p>{int(day)} {MONTHS[int(month)]} {year}</p><hr>{text}<hr><p>Printed from {story.url}</p><p>© {year} {story.outlet}</p></body></html>'
    )


def set_as_data_alone(story: Told) -> str:
    """A page that a script fills: its text is in what machines are told alone."""
    body = "\n\n".join(
        text.replace("|", " ") if kind == "post" else text
        for kind, text in story.parts
        if kind != "post"
    )
    return f'{write_head(story, write_open_graph(story), write_json_ld(story, articleBody=body))}<body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>'


def set_in_windows_letters(story: Told) -> bytes:
    page = set_with_breaks(story).replace('charset="utf-8"', 'charset="windows-1252"')
    return page.encode("cp1252", "xmlcharrefreplace")


def set_with_other_script(story: Told) -> str:
    """Words of another script, from right to left, in the middle of a paragraph."""
    text = write_parts(story).replace("</p>", ' <bdi lang="ar" dir="rtl">الجسر لنا</bdi></p>', 1)
    return f"{write_start(story)}<main><h1>{escape(story.title)}</h1>{text}</main></body></html>"


def set_with_pull_quotes(story: Told) -> str:
    """Sentences of the text set large in its middle, once with the name of who said them."""
    words = escape(story.pull_quote)
    between = (
        f'<div class="big"><p>“{words}”</p><p>{story.parts[0][1].split(",")[0]}</p></div>',
        f'<h3 class="hl">“{words}”</h3>',
        f'<div class="kb"><span>{words}</span></div>',
    )
    return f"{write_start(story)}<main><h1>{escape(story.title)}</h1>{write_parts(story, between=between)}</main></body></html>"


def set_with_bold_headings(story: Told) -> str:
    text = write_parts(story, heading="<p><strong>{}</strong></p>", item="<p>• {}</p>")
    return f'{write_start(story)}<main><h1>{escape(story.title)}</h1><div class="standout">{text}</div></main></body></html>'


def set_in_sections(story: Told) -> str:
    """Each paragraph in a section of its own, and every few of them in another box."""
    paragraphs = write_parts(story, paragraph='<section class="zn"><div class="l"><div class="zn-p">{}</div></div></section>', every=2,
        between=[f'<section class="zn"><div class="el"><div><img src="a.jpg"></div><div class="c2">{FILLER}</div></div></section>', '<section class="zn"><div class="ad-x">Advertisement</div></section>'])  # fmt: skip
    return f'{write_start(story)}<div class="pg"><h1>{escape(story.title)}</h1><div class="ct">{paragraphs}</div></div></body></html>'


def set_with_notes(story: Told) -> str:
    """What an outlet says of itself and its methods around the text."""
    head = "<p><em>This article is more than 1 year old</em></p><p>Listen to this article</p>"
    foot = (
        "<p><em>Do you have a story for us? Write to tips@paper.example</em></p>"
        f"<p><strong>Follow {story.outlet} on <a href='/f'>Facebook</a> and <a href='/x'>X</a>.</strong></p>"
        f"<p><a href='/c'>Click here to read more from {story.outlet}</a></p><p>Tags: <a href='/t'>harbour</a>, <a href='/t'>bridge</a></p><p>Comments are closed.</p>"
    )
    return f'{write_start(story)}<main><h1>{escape(story.title)}</h1><div class="ct">{head}{write_parts(story)}{foot}</div></main></body></html>'


HARD_SHAPES: dict[str, Callable[[Any], str | bytes]] = {
    "live blog": set_as_live_blog,
    "gallery": set_with_gallery,
    "interview": set_as_interview,
    "sign-ups": set_with_sign_ups,
    "inline links": set_with_inline_links,
    "cards": set_with_cards,
    "consent": set_behind_consent,
    "offer": set_with_offer,
    "next article": set_before_next_article,
    "several": set_among_others,
    "discussion": set_above_discussion,
    "head lines": set_with_lines_of_head,
    "credits": set_with_credits,
    "video": set_with_video,
    "breaks": set_with_breaks,
    "spans": set_in_divisions,
    "AMP": set_as_amp,
    "print": set_for_print,
    "data alone": set_as_data_alone,
    "Windows": set_in_windows_letters,
    "other script": set_with_other_script,
    "pull quotes": set_with_pull_quotes,
    "bold headings": set_with_bold_headings,
    "sections": set_in_sections,
    "notes": set_with_notes,
    **POST_SHAPES,
}
WITHOUT_POSTS = WITHOUT_WORDS_OF_POSTS | {"data alone"}  # that hold no words of posts
