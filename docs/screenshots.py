"""Every page and state of the site as docs/screenshots/*.jpg: `python -m docs.screenshots`.

Makes a site of its own in a temporary folder, reads the seeds and the made-up articles of docs/screenshots/articles, and
ends it. Needs Debian's Chromium, or the one that CHROMIUM names.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import launch
from benchmarks.report import build_parser

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent / "screenshots"
FORMS = {"desk": (1280, 900, "light"), "phone": (390, 844, "dark")}  # width, height, colours
PICTURE_QUALITY = 75  # of JPEG, up to 100
PATIENCE_SECONDS = 60


@contextmanager
def open_site() -> Iterator[str]:
    """Give the address of a site in a folder of its own, which has read nothing yet."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ["NEWSROOM_VAR"] = folder
        port = find_free_port()
        manage("migrate", "--verbosity", "0")
        manage("collectstatic", "--noinput", "--verbosity", "0")
        gunicorn = [sys.executable, "-m", "gunicorn", "newsroom.wsgi", "-b", f"127.0.0.1:{port}"]
        worker = [sys.executable, "manage.py", "work"]
        processes = [subprocess.Popen(command, cwd=ROOT) for command in (gunicorn, worker)]
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            for process in processes:
                process.terminate()
                process.wait()
            manage("db", "stop")


def find_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=True)


def wait_until_it_answers(address: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            urlopen(address, timeout=5).close()
        except OSError:  # it refuses, or is slow to begin
            time.sleep(0.2)
        else:
            return
    sys.exit(f"the site does not answer at {address}")


def find_address(page: Page, address: str, link: str) -> str:
    """Return the address that the first such link of a page leads to."""
    page.goto(address)
    return urlsplit(page.locator(link).first.evaluate("link => link.href")).path


def list_addresses(page: Page, site: str) -> dict[str, str]:
    """Return the address of each page and state by its name.

    The quote, actor, claim and article shown are those that have the most to show.
    """
    article = find_address(page, f"{site}/?actor=helen-marsh", ".quotes .where .title")
    denial = find_address(page, f"{site}/?act=deny", ".quotes .permalink.opens")
    return {
        "quotes": "/",
        "quotes-filtered": "/?act=deny&act=accuse&since=2024-01-01",
        "quotes-searched": "/?q=bridge+safe&kind=indirect",
        "quotes-names": "/?more=actor&find=r",
        "quotes-nothing-found": "/?q=%22no+such+words%22&act=deny",
        "quotes-not-understood": "/?act=shout&actor=nobody-of-this-name",
        "quote": find_address(
            page, f"{site}/?act=accuse&actor=helen-marsh", ".quotes .permalink.opens"
        ),
        "report": f"{denial}report/",
        "report-thanks": f"{denial}report/thanks/",
        "overview": "/overview/",
        "trust": "/trust/",
        "actors": "/actors/",
        "actor": "/actors/ruth-okafor/",
        "compare-nobody-yet": "/compare/",
        "compare": "/compare/?actor=ruth-okafor&actor=tomas-brandt&q=bridge",
        "claims": "/claims/",
        "claim": find_address(page, f"{site}/claims/", ".claims .words a"),
        "articles": "/articles/",
        "article": article,
        "article-versions": f"{article}versions/",
        "article-nested": find_address(
            page, f"{site}/?actor=antony-blinken", ".quotes .where .title"
        ),
        "article-right-to-left": find_address(page, f"{site}/articles/?q=spokesman", ".rows a"),
        "outlets": "/outlets/",
        "outlet": find_address(page, site + article, ".above a"),
        "add": "/add/?url=https://herald.example/2024/bridge",
        "feeds": "/feeds/",
        "api": "/api/docs/",
        "not-found": "/quotes/999999999/",
    }


def show_loading(page: Page, site: str) -> None:
    """Show a page that waits for an answer which does not come."""
    page.route("**/?act=deny*", lambda route: None)
    page.goto(site)
    page.evaluate("document.querySelector('#act-deny').click()")
    page.wait_for_timeout(1500)


def show_failure(page: Page, site: str) -> None:
    """Show a page whose site failed to answer."""
    page.route("**/?act=deny*", lambda route: route.fulfill(status=500, body=""))
    page.goto(site)
    page.evaluate("document.querySelector('#act-deny').click()")
    page.wait_for_selector("#failure a")


def show_what_was_read(page: Page, site: str) -> None:
    """Show a text that was pasted, as it was read and before it is kept."""
    text = min((HERE / "articles").glob("*.txt")).read_text(encoding="utf-8")
    page.goto(f"{site}/add/")
    page.get_by_label("Text of the article").fill(text)
    page.get_by_role("button", name="Read this text").click()
    page.get_by_role("heading", name="Nothing is stored").wait_for()


def show_what_is_not_in(page: Page, site: str) -> None:
    """Show files that were handed in together, one of which cannot be read."""
    files = sorted((HERE / "articles").glob("*.txt"))[:2]
    page.goto(f"{site}/add/")
    page.get_by_label("Choose files").set_input_files([*files, HERE / "quote-desk.jpg"])
    page.get_by_role("button", name="Read these files").click()
    page.get_by_role("heading", name="Done: 3 documents").wait_for()


STATES = {
    "loading": show_loading,
    "failed": show_failure,
    "add-read": show_what_was_read,
    "add-several": show_what_is_not_in,
}


def take_pictures(browser: Browser, name: str, show: Callable[[Page], object]) -> int:
    """Take a picture in each form of what is shown, and return how many they are."""
    for form, (width, height, colours) in FORMS.items():
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if colours == "dark" else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        show(page)
        page.screenshot(path=HERE / f"{name}-{form}.jpg", type="jpeg", quality=PICTURE_QUALITY)
        context.close()
    return len(FORMS)


def main() -> None:
    build_parser(__doc__).parse_args()
    with open_site() as site, sync_playwright() as playwright:
        browser = launch(playwright)
        pictures = take_pictures(browser, "nothing-read-yet", lambda page: page.goto(site))
        manage("ingest", "seeds", str(HERE / "articles"))
        for name, path in list_addresses(browser.new_page(), site).items():
            address = f"{site}{path}"
            pictures += take_pictures(browser, name, partial(Page.goto, url=address))
        for name, show in STATES.items():
            pictures += take_pictures(browser, name, partial(show, site=site))
        browser.close()
    print(f"{pictures} pictures in {HERE}")


if __name__ == "__main__":
    main()
