"""How long a curator waits at the review desk: from a key pressed to the next quote shown, in a real browser.

    python -m benchmarks.desk DOCUMENTS.jsonl[.gz] [--quotes 50] [--out benchmarks/desk.json]

Ingests the documents into a database of its own, dropped at the end, serves the site from this process, and reviews quotes
in Chromium by the keyboard alone: each kind of decision in turn, the first of each and every other undone, and compared with
what was before, row by row. All of it is in the time: the way to
the server and back, its queries, the page's part swapped and laid out, and the focus on the next quote. CHROMIUM names the
browser if it is not Debian's.
"""

import argparse
import json
import os
import statistics
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.browser import launch
from benchmarks.site import open_site

# What is pressed for each decision: keys that only get ready, then the one from which time is taken. In a text that is edited
# the caret stands where the quote's cue is; "found" waits until actors are offered for what was typed.
SELECT_WORD_KEYS = "Control+Shift+ArrowRight"
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
DECISIONS_PER_UNDO = 2  # decisions of each kind, one is undone

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


def review_quotes(page: Any, number: int) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Milliseconds waited, by what was decided; and how much was refused, undone, and undone to the last byte."""
    waits: dict[str, list[float]] = defaultdict(list)
    done = dict.fromkeys(("refused", "not possible", "undone", "as before"), 0)
    kinds = list(DECISION_KEYS)
    for at in range(number):
        kind = kinds[at % len(kinds)]
        if kind == "join" and not page.locator("[data-key=j]").count():
            done["not possible"] += 1  # what follows is of another source
            kind = "accept"
        before = list_decision_rows()
        wait = measure_wait(page, *DECISION_KEYS[kind])
        if page.locator(".desk-told.wrong, .desk-told.stale").count():
            done["refused"] += 1
            page.keyboard.press("Escape")
            measure_wait(page, [], "n")
            continue
        waits[kind].append(wait)
        if kind != "skip" and len(waits[kind]) % DECISIONS_PER_UNDO:
            waits[f"undo {kind}"].append(measure_wait(page, [], "u"))
            done["undone"] += 1
            done["as before"] += list_decision_rows() == before
            measure_wait(page, [], "n")
    return waits, done


def list_decision_rows() -> list[Any]:
    """All rows that a decision may touch."""
    from claims.models import About, Actor, ActorName, Claim, Quote, Report, Span

    tables: tuple[Any, ...] = (Quote, Span, About, Claim, Actor, ActorName, Report)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def measure_wait(page: Any, ready: list[str], last: str) -> float:
    for key in ready:
        press_key(page, key)
    before = page.evaluate("window.waits.length")
    page.keyboard.press(last)
    for _ in range(1000):
        if page.evaluate("window.waits.length") > before:
            return float(page.evaluate("window.waits[window.waits.length - 1]"))
        page.wait_for_timeout(5)
    raise SystemExit(f"nothing came after {[*ready, last]}")


def press_key(page: Any, key: str) -> None:
    if key == "found":
        page.wait_for_function(
            "document.querySelector('#desk-found button') && !document.querySelector('.htmx-request')"
        )
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
    def row(times: list[float]) -> dict[str, Any]:
        ordered = sorted(times)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        return {
            "number": len(times),
            "median_ms": round(statistics.median(times)),
            "p95_ms": round(p95),
        }

    return {"all": row([time for times in waits.values() for time in times])} | {
        kind: row(waits[kind]) for kind in waits
    }


def measure(path: Path, number: int) -> dict[str, Any]:
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.testcases import LiveServerThread, _StaticFilesHandler
    from playwright.sync_api import sync_playwright

    from claims.desk.queue import ReviewQueue
    from claims.extraction.pipeline import load, read_article, version
    from claims.intake.ingest import ingest_documents
    from claims.intake.readers import read_documents
    from claims.models import Article, Decision, Quote

    nlp = load()
    for _ in ingest_documents(
        read_documents([str(path)]),
        lambda document: read_article(nlp, document.text, document.published_on),
        version(),
    ):
        pass
    client = Client()
    client.force_login(User.objects.create_superuser("Clara"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    server = LiveServerThread("127.0.0.1", _StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    base = f"http://127.0.0.1:{server.port}"
    waiting = {reason.name: count for reason, count, _ in ReviewQueue().count_by_reason()}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
        context.add_init_script(WATCH_SCRIPT)
        page = context.new_page()
        page.goto(f"{base}/admin/claims/quote/desk/")
        loads: list[Any] = []
        page.on("load", lambda each: loads.append(each))
        waits, done = review_quotes(page, number)
        browser.close()
    result = {
        "articles": Article.objects.count(),
        "quotes": Quote.objects.count(),
        "waiting": waiting,
        "reviewed": number,
        "pages_loaded": len(loads),
        **{name.replace(" ", "_"): number for name, number in done.items()},
        "decisions": Decision.objects.count(),
        "waits": summarize_waits(waits),
    }
    server.terminate()
    with (
        connection.cursor() as cursor
    ):  # the server's threads keep theirs open, and the database could not be dropped
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    connection.close()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=Path)
    parser.add_argument("--quotes", type=int, default=50)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_suffix(".json"))
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with open_site():
        result = json.dumps(measure(options.documents, options.quotes), indent=2)
        print(result)
        options.out.write_text(result + "\n")


if __name__ == "__main__":
    main()
