# ruff: noqa: E501
"""Shapes of pages with posts of other networks among their paragraphs, as these have them embedded."""

from collections.abc import Callable
from html import escape
from typing import Any

from benchmarks.page_shapes import Told, write_start


def set_with_posts(story: Told, write_post: Callable[[str, str, str], str]) -> str:
    out = []
    for kind, text in story.parts:
        if kind == "post":
            out.append(write_post(*text.split("|")))
        else:
            out.append(f"<p>{escape(text, quote=False)}</p>")
    return f"{write_start(story)}<article><h1>{escape(story.title)}</h1>{''.join(out)}</article></body></html>"


def set_with_bluesky(story: Told) -> str:
    def write_post(words: str, name: str, handle: str) -> str:
        return (
            f'<blockquote class="bluesky-embed" data-bluesky-uri="at://did/app.bsky.feed.post/3k"><p lang="en">{words}<br><br><a href="https://bsky.app/x">[image or embed]</a></p>'
            f'&mdash; {name} (<a href="https://bsky.app/profile/{handle}">@{handle}.bsky.social</a>) <a href="https://bsky.app/p">March 5, 2024 at 3:04 PM</a></blockquote>'
        )

    return set_with_posts(story, write_post)


def set_with_instagram(story: Told) -> str:
    def write_post(words: str, name: str, handle: str) -> str:
        return (
            f'<blockquote class="instagram-media" data-instgrm-captioned><div><a href="#">View this post on Instagram</a><p><a href="#">{words}</a></p>'
            f'<p>A post shared by <a href="#">{name}</a> (@{handle}) on <time>Mar 5, 2024 at 8:15am PST</time></p></div></blockquote>'
        )

    return set_with_posts(story, write_post)


def set_with_mastodon(story: Told) -> str:
    def write_post(words: str, name: str, handle: str) -> str:
        return f'<blockquote class="mastodon-embed" data-embed-url="https://social.example/@{handle}/1"><a href="https://social.example/@{handle}/1"><div>Post by @{handle}@social.example</div><div>View on Mastodon</div></a></blockquote>'

    return set_with_posts(story, write_post)


def set_with_facebook(story: Told) -> str:
    def write_post(words: str, name: str, handle: str) -> str:
        return (
            f'<div class="fb-post" data-href="https://www.facebook.com/{handle}/posts/1"><blockquote cite="https://www.facebook.com/{handle}/posts/1" class="fb-xfbml-parse-ignore"><p>{words}</p>'
            f'Posted by <a href="https://www.facebook.com/{handle}">{name}</a> on&nbsp;<a href="#">Tuesday, March 5, 2024</a></blockquote></div>'
        )

    return set_with_posts(story, write_post)


def set_with_threads(story: Told) -> str:
    def write_post(words: str, name: str, handle: str) -> str:
        return f'<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@{handle}/post/1"><a href="#"><div>Post by @{handle}</div><div>View on Threads</div></a></blockquote>'

    return set_with_posts(story, write_post)


POST_SHAPES: dict[str, Callable[[Any], str]] = {
    "Bluesky": set_with_bluesky,
    "Instagram": set_with_instagram,
    "Facebook": set_with_facebook,
    "Mastodon": set_with_mastodon,
    "Threads": set_with_threads,
}
WITHOUT_WORDS_OF_POSTS = frozenset(["Mastodon", "Threads"])  # a script of theirs brings them
