"""Make `claims/extraction/lexicon/given_names.txt`, whose given names are men's and whose are women's:
`python -m training.given_names --names name_data.json`.

The names are those of the package `nomquamgender` (MIT; I. Van Buskirk, A. Clauset and D. B.
Larremore), which joined 36 lists of many countries: of each name in how many it stands, how many people
have it, and the share of women among these. Kept are names of many lists that are plainly either.
"""

import argparse
import json
from pathlib import Path

from claims.extraction.lexicon.given_names import FILE_OF_GIVEN_NAMES

LEAST_LISTS = 8
LEAST_PEOPLE = 50
MOST_OF_OTHER_GENDER = 0.1


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--names", type=Path, required=True, help="the package's `name_data.json`")
    options = parser.parse_args()
    men, women = [], []
    for name, (lists, people, women_share, *_) in json.loads(options.names.read_text()).items():
        if lists < LEAST_LISTS or people < LEAST_PEOPLE or not name.isalpha() or len(name) < 2:
            continue
        if women_share <= MOST_OF_OTHER_GENDER:
            men.append(name)
        elif women_share >= 1 - MOST_OF_OTHER_GENDER:
            women.append(name)
    lines = [" ".join(sorted(names)) for names in (men, women)]
    FILE_OF_GIVEN_NAMES.write_text("\n".join(lines) + "\n")
    print(f"{len(men):,} names of men and {len(women):,} of women")


if __name__ == "__main__":
    main()
