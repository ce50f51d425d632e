"""What benchmarks are asked, and how they tell what they found."""

import argparse
import json
from pathlib import Path
from typing import Any


def build_parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of options whose help is the description as it is written."""
    return argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def report(result: dict[str, Any], out: Path | None) -> None:
    """Print a result as JSON, and write it to a file where one is given."""
    written = json.dumps(result, indent=2)
    print(written)
    if out:
        out.write_text(written + "\n")
