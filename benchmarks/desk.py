"""How long a curator waits at the review desk: from a key pressed to the next quote shown, in a
real browser.

    python -m benchmarks.desk DOCUMENTS.jsonl[.gz] [--quotes 50] [--out benchmarks/desk.json]

Ingests the documents into a database of its own, dropped at the end, serves the site from this
process, and reviews quotes in Chromium by the keyboard alone: each kind of decision in turn, the
first of each and every other undone, and compared with what was before, row by row. All of it is in
the time: the way to the server and back, its queries, the page's part swapped and laid out, and the
focus on the next quote. CHROMIUM names the browser if it is not Debian's.
"""

import itertools
import os
import statistics
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.browser import launch
from benchmarks.report import build_parser, report
from benchmarks.site import build_reader, ingest_file, open_site

SELECT_WORD_KEYS = "Control+Shift+ArrowRight"
# What is pressed for each decision: keys that only get ready, then the one from which time is taken. In a text that is
# edited the caret stands where the quote's cue is; "found" waits until actors are offered for what was typed.
DECISION_KEYS: dict[str, tuple[list[str], str]] = {
    "accept": ([], "a"),
    "reject": ([], "x"),
    "speaker unknown": ([], "0"),
    "speaker by name": (["s", *"Hill", "found"], "Enter"),
    "new speaker": (["w", *"Ruth Okafor"], "Enter"),
    "act": (["t", "d", "e"], "Enter"),
    "kind": (["k", "d"], "Enter"),
    "limits": (["e", "Shift+ArrowRight", "Shift+ArrowRight", "3"], "Enter"),
    "split": (["p", "Control+Home", SELECT_WORD_KEYS, "2", "first words", "3"], "Enter"),
    "join": ([], "j"),
    "add": (["m", "Control+Home", SELECT_WORD_KEYS, "2", SELECT_WORD_KEYS, "3"], "Enter"),
    "skip": ([], "n"),
}
# From the beginning of the text that is shown to the content: a step for each character, and one into each paragraph.
COUNT_STEPS_SCRIPT = """() => {
    const start = Number(document.getElementById("desk-editor").dataset.contents.split("-")[0]);
    let steps = 0;
    for (const each of document.getElementById("desk-text").children) {
      const from = Number(each.dataset.start), length = each.textContent.length;
      if (start < from + length) return steps + start - from;
      steps += length + 1;
    }
    return 0;
}"""
DECISIONS_PER_UNDO = 2  # of so many decisions of each kind, the first is undone
MOST_LOOKS = 1000  # at whether the next quote is there
MILLISECONDS_BETWEEN_LOOKS = 5

ACTORS_OFFERED_SCRIPT = """
    document.querySelector("#desk-found button") && !document.querySelector(".htmx-request")
"""

# When the next quote is there and has the focus, and the browser has drawn it.
WATCH_SCRIPT = """
    window.pressedAt = null;
    window.waits = [];
    document.addEventListener("keydown", (event) => (window.pressedAt = event.timeStamp), { capture: true });
    document.addEventListener("htmx:afterSettle", (event) => {
      if (event.detail.target.id !== "desk") return;
      const from = window.pressedAt;
      requestAnimationFrame(() => requestAnimationFrame(() => window.waits.push(performance.now() - from)));
    });
"""


class DeskReview:
    """Reviews quotes on an open page of the desk, and notes what came of it.

    `waits` are milliseconds by what was decided. `counts` say how often a decision was refused or
    not possible, and how many were undone, to the last byte as before.
    """

    def __init__(self, page: Any):
        self.page = page
        self.waits: dict[str, list[float]] = defaultdict(list)
        self.counts = dict.fromkeys(("refused", "not_possible", "undone", "as_before"), 0)

    def review(self, quotes: int) -> None:
        """Decide on so many quotes, in each way in turn."""
        kinds = itertools.cycle(DECISION_KEYS)
        for kind in itertools.islice(kinds, quotes):
            if kind == "join" and not self.page.locator("[data-key=j]").count():
                self.counts["not_possible"] += 1  # what follows is of another source
                self.decide("accept")
            else:
                self.decide(kind)

    def decide(self, kind: str) -> None:
        """Decide on the quote that is shown, and undo that in its turn."""
        before = list_decision_rows()
        wait = measure_wait(self.page, *DECISION_KEYS[kind])
        if self.page.locator(".desk-told.wrong, .desk-told.stale").count():
            self.counts["refused"] += 1
            self.page.keyboard.press("Escape")
            measure_wait(self.page, [], "n")
            return
        self.waits[kind].append(wait)
        is_undone_now = len(self.waits[kind]) % DECISIONS_PER_UNDO == 1
        if kind != "skip" and is_undone_now:
            self.waits[f"undo {kind}"].append(measure_wait(self.page, [], "u"))
            self.counts["undone"] += 1
            self.counts["as_before"] += list_decision_rows() == before
            measure_wait(self.page, [], "n")


def list_decision_rows() -> list[Any]:
    """Return all rows that a decision may touch."""
    from claims.models import About, Actor, ActorName, Quote, Report, Span, Wording

    tables: tuple[Any, ...] = (Quote, Span, About, Wording, Actor, ActorName, Report)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def measure_wait(page: Any, ready: list[str], last: str) -> float:
    """Press keys that only get ready, then the last one, and return the milliseconds until its
    quote is shown.
    """
    for key in ready:
        press_key(page, key)
    before = page.evaluate("window.waits.length")
    page.keyboard.press(last)
    for _ in range(MOST_LOOKS):
        if page.evaluate("window.waits.length") > before:
            return float(page.evaluate("window.waits[window.waits.length - 1]"))
        page.wait_for_timeout(MILLISECONDS_BETWEEN_LOOKS)
    raise SystemExit(f"nothing came after {[*ready, last]}")


def press_key(page: Any, key: str) -> None:
    """Press a key, or do what stands for one in `DECISION_KEYS`."""
    if key == "found":
        page.wait_for_function(ACTORS_OFFERED_SCRIPT)
    elif key == "first words":  # of the content
        page.keyboard.press("Control+Home")
        for _ in range(page.evaluate(COUNT_STEPS_SCRIPT)):
            page.keyboard.press("ArrowRight")
        page.keyboard.press(SELECT_WORD_KEYS)
    else:
        page.keyboard.press(key)
        if key == "m":
            page.wait_for_selector("#desk-text[data-whole][contenteditable]")


def summarize_waits(waits: dict[str, list[float]]) -> dict[str, Any]:
    all_waits = [wait for waits_of_kind in waits.values() for wait in waits_of_kind]
    summaries = {"all": summarize(all_waits)}
    for kind, waits_of_kind in waits.items():
        summaries[kind] = summarize(waits_of_kind)
    return summaries


def summarize(times: list[float]) -> dict[str, int]:
    ordered = sorted(times)
    place_of_p95 = min(len(ordered) - 1, int(len(ordered) * 0.95))
    return {
        "number": len(ordered),
        "median_ms": round(statistics.median(ordered)),
        "p95_ms": round(ordered[place_of_p95]),
    }


@contextmanager
def serve_site() -> Iterator[str]:
    """Serve the site from this process, and give its address."""
    from django.db import connection
    from django.test.testcases import LiveServerThread, _StaticFilesHandler

    server = LiveServerThread("127.0.0.1", _StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()
        # The server's threads keep their connections open, and the database could not be dropped.
        with connection.cursor() as cursor:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
        connection.close()


def sign_in() -> str:
    """Make a curator, and return the cookie of their session."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.create_superuser("Clara"))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def review_in_browser(site: str, quotes: int) -> dict[str, Any]:
    """Review so many quotes at the desk of the site, and return what was counted."""
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sign_in(), "url": site}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        context.add_cookies([cookie])  # type: ignore[list-item]
        context.add_init_script(WATCH_SCRIPT)
        page = context.new_page()
        page.goto(f"{site}/admin/claims/quote/desk/")
        loads: list[Any] = []
        page.on("load", lambda loaded: loads.append(loaded))  # it takes no method of a list
        review = DeskReview(page)
        review.review(quotes)
        browser.close()
    return {"pages_loaded": len(loads), **review.counts, "waits": summarize_waits(review.waits)}


def measure(path: Path, quotes: int) -> dict[str, Any]:
    from claims.desk.queue import ReviewQueue
    from claims.models import Article, Decision, Quote

    ingest_file(path, build_reader())
    waiting = {reason.name: count for reason, count, _ in ReviewQueue().count_by_reason()}
    with serve_site() as site:
        reviewed = review_in_browser(site, quotes)
        waits = reviewed.pop("waits")
        return {
            "articles": Article.objects.count(),
            "quotes": Quote.objects.count(),
            "waiting": waiting,
            "reviewed": quotes,
            **reviewed,
            "decisions": Decision.objects.count(),
            "waits": waits,
        }


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--quotes", type=int, default=50)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".json"))
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with open_site():
        report(measure(options.documents, options.quotes), options.out)


if __name__ == "__main__":
    main()
