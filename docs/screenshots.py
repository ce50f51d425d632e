"""The screenshots of the README: `python docs/screenshots.py http://127.0.0.1:8000` writes docs/screenshots/*.png.

Needs a running site with articles in it, and Debian's Chromium (or the one that CHROMIUM names).
"""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}
SCHEMES = ("light", "dark")


def first(page: Page, site: str, listing: str, link: str) -> str:
    """The address of the first row of a list."""
    page.goto(site + listing)
    return urlsplit(page.locator(link).first.evaluate("link => link.href")).path


def addresses(page: Page, site: str) -> Iterator[tuple[str, str]]:
    yield "quotes", "/"
    yield "quotes-filtered", "/?act=deny&act=accuse"
    yield "quotes-empty", "/?q=%22no+such+words+anywhere%22&act=deny"
    yield "quotes-problem", "/?act=shout&actor=nobody-of-this-name"
    yield "quote", first(page, site, "/", ".quotes .permalink")
    yield "actors", "/actors/"
    yield "actor", first(page, site, "/actors/", ".rows a")
    yield "claims", "/claims/"
    yield "claim", first(page, site, "/claims/", ".rows a")
    yield "articles", "/articles/"
    yield "article", first(page, site, "/", ".quotes .place a")
    page.goto(site + first(page, site, "/articles/", ".rows a"))
    yield "outlet", urlsplit(page.locator(".above a").first.evaluate("link => link.href")).path
    yield "not-found", "/quotes/999999999/"


def shoot(browser: Browser, site: str, folder: Path, *, schemes: tuple[str, ...], full: bool) -> Iterator[Path]:
    scout = browser.new_page()
    pages = list(addresses(scout, site))
    for width_name, (width, height) in WIDTHS.items():
        for scheme in schemes:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page = context.new_page()
            for name, address in pages:
                page.goto(site + address)
                path = folder / f"{name}-{width_name}-{scheme}.png"
                page.screenshot(path=path, full_page=full)
                yield path
            context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Screenshots of every page of a running site.")
    parser.add_argument("site", help="its address, such as http://127.0.0.1:8000")
    parser.add_argument("--into", type=Path, default=Path(__file__).parent / "screenshots")
    parser.add_argument("--scheme", choices=SCHEMES, action="append", help="default: both")
    parser.add_argument("--full", action="store_true", help="the whole page, not the first screen")
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        schemes = tuple(asked.scheme or SCHEMES)
        taken = list(shoot(browser, asked.site.rstrip("/"), asked.into, schemes=schemes, full=asked.full))
        browser.close()
    print(f"{len(taken)} screenshots in {asked.into}")


if __name__ == "__main__":
    main()
