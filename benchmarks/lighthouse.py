"""What Lighthouse says of the five kinds of page, on a phone and a desk: `python -m benchmarks.lighthouse --help`.

Needs node's `npx`, which fetches Lighthouse, and Debian's chromium. The site must be served as in production (collected
static files, gunicorn); the pages are those of its newest quote.
"""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

LIGHTHOUSE = "lighthouse@13.5.0"
LIGHTHOUSE_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST_SCORES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95}


def list_pages_to_audit(site: str) -> dict[str, str]:
    """An address of each kind of page: those of the newest quote whose speaker is known."""
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
    """The scores, 0 to 100, and what was found wanting."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = [
            "npx",
            "--yes",
            LIGHTHOUSE,
            address,
            *(["--preset=desktop"] if desktop else []),
            "--quiet",
        ]
        command += [
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            "--output=json",
            f"--output-path={out}",
        ]
        command += [f"--only-categories={','.join(LIGHTHOUSE_CATEGORIES)}"]
        subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": chromium}
        )
        report = json.loads(out.read_text())
    scores = {
        name: round(100 * (report["categories"][name]["score"] or 0))
        for name in LIGHTHOUSE_CATEGORIES
    }
    audits = report["audits"]
    wanting = {
        ref["id"]: audits[ref["id"]]["title"]
        for category in report["categories"].values()
        for ref in category["auditRefs"]
        if ref["weight"]
        and (audits[ref["id"]]["score"] or 0) < 0.9
        and audits[ref["id"]]["score"] is not None
    }
    shift = round(audits["cumulative-layout-shift"]["numericValue"], 3)
    return {**scores, "layout shift": shift, **({"wanting": wanting} if wanting else {})}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
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
            print(
                f"{name}, {form}: {scores}{' TOO LOW: ' + ', '.join(low) if low else ''}",
                flush=True,
            )
    if options.out:
        options.out.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
