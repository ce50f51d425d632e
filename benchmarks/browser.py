"""A browser without a window: Debian's Chromium, or the one that CHROMIUM names."""

import os
from pathlib import Path

from playwright.sync_api import Browser, Playwright

# The shell draws pages alone, where Chromium also draws a window around them that nobody sees:
# that costs as much again.
BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One process for all pages: a new one for each takes longer than most pages.
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
]


def find_browser() -> str:
    """Return what CHROMIUM names, else the first of `BROWSERS` that is there.

    It is empty if none is.
    """
    there = [browser for browser in BROWSERS if Path(browser).exists()]
    return os.environ.get("CHROMIUM") or next(iter(there), "")


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=find_browser(), args=SWITCHES)
