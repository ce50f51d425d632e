"""Fit what each sign weighs that two names are one person's: `claims/actors/model/joins.json`.

    python -m training.joins ATTRIBUTED.jsonl [...] --gold GOLD.jsonl [--gold …]
        [--decisions DECISIONS.jsonl] [--test GOLD.jsonl] [--weights FILE.json] [--leave SIGN …]

The documents come with what was found in them (`manage.py extract --documents`), the gold with who
is meant by a name in an article (`benchmarks.actors`), and decisions from `manage.py decisions
export --actors`. Each surname in turn is left out, and
joined by weights that have not seen it; so it is measured. `--test` has names of other articles,
which teach nothing. `--leave` tells what signs are worth: without these.
"""

import os

import django


def main() -> None:
    """Set up Django, which the names of models need, and fit; no database is used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from training.join_fitting import fit_joins

    fit_joins()


if __name__ == "__main__":
    main()
