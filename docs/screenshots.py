"""Every page and state of the site as docs/screenshots/*.jpg: `python -m docs.screenshots`.

Makes a site of its own in a temporary folder, reads the seeds and the made-up articles of docs/screenshots/articles, and
ends it. Needs Debian's Chromium, or the one that CHROMIUM names.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import launch

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent / "screenshots"
FORMS = {"desk": (1280, 900, "light"), "phone": (390, 844, "dark")}  # width, height, colours
QUALITY = 75  # of the pictures
PATIENCE = 60  # seconds


@contextmanager
def site() -> Iterator[str]:
    """The address of a site in a folder of its own, which has read nothing yet."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            name: value for name, value in os.environ.items() if name != "DATABASE_URL"
        } | {"NEWSROOM_VAR": folder}
        os.environ.clear()
        os.environ.update(environment)
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
        manage("migrate", "--verbosity", "0")
        manage("collectstatic", "--noinput", "--verbosity", "0")
        served = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "newsroom.wsgi", "-b", f"127.0.0.1:{port}"], cwd=ROOT
        )
        try:
            answering(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            served.terminate()
            served.wait()
            manage("db", "stop")


def manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=True)


def answering(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urlopen(address, timeout=5).close()
        except OSError:  # it refuses, or is slow to begin
            time.sleep(0.2)
        else:
            return
    sys.exit(f"the site does not answer at {address}")


def linked(page: Page, address: str, link: str) -> str:
    """The address of the first such link of a page."""
    page.goto(address)
    return urlsplit(page.locator(link).first.evaluate("link => link.href")).path


def addresses(page: Page, site: str) -> dict[str, str]:
    """Each page and state by its name; of a quote, an actor, a claim and an article those that have the most to show."""
    article = linked(page, f"{site}/?actor=helen-marsh", ".quotes .place a")
    denial = linked(page, f"{site}/?act=deny", ".quotes .permalink")
    return {
        "quotes": "/",
        "quotes-filtered": "/?act=deny&act=accuse&since=2024-01-01",
        "quotes-searched": "/?q=bridge+safe&kind=indirect",
        "quotes-names": "/?more=actor&find=r",
        "quotes-nothing-found": "/?q=%22no+such+words%22&act=deny",
        "quotes-not-understood": "/?act=shout&actor=nobody-of-this-name",
        "quote": linked(page, f"{site}/?act=accuse&actor=helen-marsh", ".quotes .permalink"),
        "report": f"{denial}report/",
        "report-thanks": f"{denial}report/thanks/",
        "overview": "/overview/",
        "trust": "/trust/",
        "actors": "/actors/",
        "actor": "/actors/ruth-okafor/",
        "compare-nobody-yet": "/compare/",
        "compare": "/compare/?actor=ruth-okafor&actor=tomas-brandt&q=bridge",
        "claims": "/claims/",
        "claim": linked(page, f"{site}/claims/", ".rows a"),
        "articles": "/articles/",
        "article": article,
        "article-versions": f"{article}versions/",
        "article-nested": linked(page, f"{site}/?actor=antony-blinken", ".quotes .place a"),
        "article-right-to-left": linked(page, f"{site}/articles/?q=spokesman", ".rows a"),
        "outlet": linked(page, site + article, ".above a"),
        "api": "/api/docs/",
        "not-found": "/quotes/999999999/",
    }


def loading(page: Page, site: str) -> None:
    page.route("**/?act=deny*", lambda route: None)
    page.goto(site)
    page.evaluate("document.querySelector('#act-deny').click()")
    page.wait_for_timeout(1500)


def failed(page: Page, site: str) -> None:
    page.route("**/?act=deny*", lambda route: route.fulfill(status=500, body=""))
    page.goto(site)
    page.evaluate("document.querySelector('#act-deny').click()")
    page.wait_for_selector("#failure a")


def shot(browser: Browser, site: str, name: str, address: str) -> int:
    """The pictures of one page or state; the number of them."""
    for form, (width, height, colours) in FORMS.items():
        scheme = "dark" if colours == "dark" else "light"
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        page = context.new_page()
        states = {"loading": loading, "failed": failed}
        if name in states:
            states[name](page, site)
        else:
            page.goto(site + address)
        page.screenshot(path=HERE / f"{name}-{form}.jpg", type="jpeg", quality=QUALITY)
        context.close()
    return len(FORMS)


def main() -> None:
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    with site() as address, sync_playwright() as playwright:
        browser = launch(playwright)
        taken = shot(browser, address, "nothing-read-yet", "/")
        manage("ingest", "seeds", str(HERE / "articles"))
        pages = addresses(browser.new_page(), address)
        for name, path in {**pages, "loading": "", "failed": ""}.items():
            taken += shot(browser, address, name, path)
        browser.close()
    print(f"{taken} pictures in {HERE}")


if __name__ == "__main__":
    main()
