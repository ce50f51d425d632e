"""What Lighthouse says of the five kinds of page, on a phone and a desk: `python -m
benchmarks.lighthouse --help`.

Needs node's `npx`, which fetches Lighthouse, and Debian's chromium. The site must be served as in
production (collected static files, gunicorn); the pages are those of its newest quote.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.report import build_parser

LIGHTHOUSE = "lighthouse@13.5.0"
LIGHTHOUSE_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST_AUDIT_SCORE = 0.9  # of a single audit, 0 to 1
LEAST_SCORES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95}


def list_pages_to_audit(site: str) -> dict[str, str]:
    """Return an address of each kind of page: those of the newest quote whose speaker is known."""
    with urlopen(f"{site}/api/v1/quotes/?page_size=50") as answer:
        quote = next(row for row in json.load(answer)["results"] if row["actor"])
    return {
        "front page": "/",
        "quote": f"/quotes/{quote['id']}/",
        "actor": f"/actors/{quote['actor']['slug']}/",
        "article": f"/articles/{quote['article']['id']}/",
        "overview": "/overview/",
    }


def audit_page(address: str, desktop: bool, chromium: str) -> dict[str, Any]:
    """Return the scores, 0 to 100, and what was found wanting."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = [
            *("npx", "--yes", LIGHTHOUSE, address, "--quiet"),
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            "--output=json",
            f"--output-path={out}",
            f"--only-categories={','.join(LIGHTHOUSE_CATEGORIES)}",
        ]
        if desktop:
            command.append("--preset=desktop")
        environment = {**os.environ, "CHROME_PATH": chromium}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        report = json.loads(out.read_text())
    result: dict[str, Any] = {
        name: round(100 * (report["categories"][name]["score"] or 0))
        for name in LIGHTHOUSE_CATEGORIES
    }
    result["layout shift"] = round(report["audits"]["cumulative-layout-shift"]["numericValue"], 3)
    wanting = find_wanting_audits(report)
    if wanting:
        result["wanting"] = wanting
    return result


def find_wanting_audits(report: dict[str, Any]) -> dict[str, str]:
    """Return the titles of the audits that count, and that the page does not pass well, by their
    ids.
    """
    wanting = {}
    for category in report["categories"].values():
        for reference in category["auditRefs"]:
            audit = report["audits"][reference["id"]]
            score = audit["score"]
            if reference["weight"] and score is not None and score < LEAST_AUDIT_SCORE:
                wanting[reference["id"]] = audit["title"]
    return wanting


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--site", default="http://127.0.0.1:8000", help="where it is served")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--out", type=Path, help="a file for the scores, as JSON")
    options = parser.parse_args()
    result: dict[str, Any] = {"lighthouse": LIGHTHOUSE, "least": LEAST_SCORES, "pages": {}}
    for name, path in list_pages_to_audit(options.site).items():
        for form, desktop in (("phone", False), ("desk", True)):
            scores = audit_page(f"{options.site}{path}", desktop, options.chromium)
            result["pages"][f"{name}, {form}"] = scores
            low = [category for category, least in LEAST_SCORES.items() if scores[category] < least]
            warning = f" TOO LOW: {', '.join(low)}" if low else ""
            print(f"{name}, {form}: {scores}{warning}", flush=True)
    if options.out:
        options.out.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
