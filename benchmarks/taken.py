"""What other people's tools make of the files, feeds and pages: `python -m benchmarks.taken --help`.

Fills a database of its own with quotes whose words are hard on formats, writes every output of them
into a folder, and has the tools of `benchmarks/takers.py` read it, which may be in an environment of
their own (`benchmarks/requirements.txt`). LibreOffice reads the tables if there is a `soffice`.
"""

import csv
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.report import build_parser, report
from benchmarks.site import open_site

HARD_WORDS = (
    "the bridge is safe",
    "=1+1",
    "-2 of 3; \"so\", it's 'said'",
    "{tex} $x$ \\cite{y} 50% @article{ # & _ ~ ^",
    "]]></title><b>bold</b> & <i>",
    "שלום, 𝕌𝕟𝕚 🦊 é — “inner” ‘marks’",
    "two\nlines\tand a tab",
    "1,234 of 56.7 per cent, 00123",
)
PAGES = ("quotes/{quote}/", "claims/{claim}/", "articles/{article}/", "actors/ana-bell/")
LIBREOFFICE = "soffice"
CSV_FILTER = "Text - txt - csv (StarCalc):44,34,76"  # commas, quotation marks, UTF-8
COLUMNS_COMPARED = ("quote", "sentence", "published_on", "said_on", "article_title", "confidence")


def fill_site() -> dict[str, int]:
    """Store quotes with hard words everywhere; return the numbers of the last of them."""
    from claims.models import ExternalId
    from tests.factories import make_actor, make_article, make_quote

    bell = make_actor("Ana Bell", "person", names=("Mayor Bell",))
    ExternalId.objects.create(actor=bell, value="Q42")
    for number, words in enumerate(HARD_WORDS):
        cue = "denied" if number % 2 else "said"
        article = make_article(
            f"It was noon. Ana Bell {cue} {words}. Rain fell.",
            title=f"Report {number}: {words}",
            outlet=f"Outlet {words}"[:200],
            author="" if number % 3 else f"Ruth {words}"[:200],
            language="en-GB" if number % 2 else "",
            section=words[:60],
            published_on=None if number == 3 else date(2024, 3, 1 + number),
        )
        quote = make_quote(
            actor=bell if number % 4 else None,
            source="Ana Bell",
            cue=cue,
            content=words,
            article=article,
            act="deny" if number % 2 else "say",
            said_on=date(2024, 2, 28) if number % 2 else None,
            actor_confidence=0.4 if number == 5 else 0.9 if number % 4 else None,
        )
    return {"quote": quote.pk, "claim": quote.claim_id, "article": article.pk}


def write_outputs(folder: Path, numbers: dict[str, int]) -> None:
    """Write every format and what programs find on pages."""
    from django.test import Client

    from claims.outputs.formats import FORMATS

    client = Client(headers={"host": "localhost"})
    for kind in FORMATS:
        response = client.get(f"/quotes.{kind.ending}")
        content = b"".join(response) if response.streaming else response.content
        assert response.status_code == 200, (kind.ending, content[:300])
        (folder / f"quotes.{kind.ending}").write_bytes(content)
    for number, page in enumerate(PAGES):
        address = "/" + page.format(**numbers)
        (folder / f"page-{number}.html").write_bytes(client.get(address).content)
    popolo = client.get("/actors/ana-bell.popolo").content
    (folder / "actors.popolo.json").write_bytes(popolo)


def ask_takers(python: str, folder: Path) -> dict[str, Any]:
    """Have the tools read the folder; a tool that fails tells why in the place of its result."""
    command = [python, str(Path(__file__).with_name("takers.py")), str(folder)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise SystemExit(finished.stderr)
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def ask_libreoffice(folder: Path) -> dict[str, Any]:
    """Have LibreOffice read the Excel file and the CSV, and write what it understood as CSV.

    It is told that the CSV is UTF-8, as its dialog offers it; a cell there that would be a formula
    keeps its apostrophe.
    """
    wanted = {str(row["id"]): row for row in read_lines(folder)}
    program = shutil.which(LIBREOFFICE)
    if program is None:
        return {"problem": f"there is no {LIBREOFFICE}"}
    result: dict[str, Any] = {}
    for ending in ("xlsx", "csv"):
        out = folder / f"libreoffice-{ending}"
        command = [
            *(program, "--headless", f"-env:UserInstallation=file://{folder}/profile"),
            *((f"--infilter={CSV_FILTER}",) if ending == "csv" else ()),
            *("--convert-to", f"csv:{CSV_FILTER},1,,0,false,true,false"),
            *("--outdir", str(out), str(folder / f"quotes.{ending}")),
        ]
        subprocess.run(command, capture_output=True, check=True, timeout=240)
        (written,) = out.glob("*.csv")
        with written.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        differing = set()
        for row in rows:
            told = wanted[row["id"]]
            for name in COLUMNS_COMPARED:
                if row[name].removeprefix("'") != str(told[name] or ""):
                    differing.add(name)
        result[ending] = {"quotes": len(rows), "columns_that_differ": sorted(differing)}
    return result


def read_lines(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "quotes.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--tools", default=sys.executable, help="the Python that has the tools")
    parser.add_argument("--folder", type=Path, help="keep what was written here")
    parser.add_argument("--again", action="store_true", help="read what the folder has already")
    parser.add_argument("--out", type=Path, help="write the result here, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        folder.mkdir(exist_ok=True)
        if not options.again:
            with open_site("taken"):
                write_outputs(folder, fill_site())
        result = {
            "quotes": len(read_lines(folder)),
            **ask_takers(options.tools, folder),
            "LibreOffice": ask_libreoffice(folder),
        }
        report(result, options.out)


if __name__ == "__main__":
    main()
